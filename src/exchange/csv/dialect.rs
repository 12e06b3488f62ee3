//! The two ways to write a table, and any way to read one.

use std::io;

use csv::ReaderBuilder;

use crate::exchange::Sink;
use crate::exchange::contents::AT_ONCE;
use crate::exchange::tables::Record;

/// What stands between cells, and what happens to a cell that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Commas; what holds one is quoted (RFC 4180).
    Csv,
    /// Tabs; what holds one is escaped.
    Tsv,
}

impl Dialect {
    /// What the names of its files end with.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
        }
    }
}

/// How tables are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    pub(super) dialect: Dialect,
    /// Whether they begin with a byte-order mark.
    pub(super) is_marked: bool,
}

/// A table being written: its rows, until they are passed on.
pub(super) struct Table {
    name: &'static str,
    dialect: Dialect,
    rows: Vec<u8>,
    /// Whether the last row has a cell.
    is_begun: bool,
}

impl Table {
    /// The table called `name`, which begins with the header.
    pub(super) fn new<'a>(name: &'static str, manner: Manner, header: impl IntoIterator<Item = &'a str>) -> Self {
        let Manner { dialect, is_marked } = manner;
        let rows = if is_marked { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
        let mut table = Self { name, dialect, rows, is_begun: false };
        for column in header {
            table.cell(column);
        }
        table.end();
        table
    }

    /// Appends a cell to the row.
    pub(super) fn cell(&mut self, words: &str) {
        self.separate();
        match self.dialect {
            Dialect::Csv => quote(words, &mut self.rows),
            Dialect::Tsv => escape(words, &mut self.rows),
        }
    }

    /// Appends a cell with a number in it, or an empty one.
    pub(super) fn number(&mut self, number: Option<usize>) {
        self.separate();
        if let Some(number) = number {
            // In a hundred thousand rows it matters that this is quicker than `write!`; into memory it cannot fail.
            serde_json::to_writer(&mut self.rows, &number).ok();
        }
    }

    fn separate(&mut self) {
        if std::mem::replace(&mut self.is_begun, true) {
            self.rows.push(match self.dialect {
                Dialect::Csv => b',',
                Dialect::Tsv => b'\t',
            });
        }
    }

    /// Ends the row.
    pub(super) fn end(&mut self) {
        self.rows.push(b'\n');
        self.is_begun = false;
    }

    /// Passes on the rows if they are many.
    pub(super) fn relieve(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        if self.rows.len() < AT_ONCE { Ok(()) } else { self.pass_on(sink) }
    }

    /// Passes on the rows.
    pub(super) fn pass_on(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        sink.file(&format!("{}.{}", self.name, self.dialect.ending()))?.write_all(&self.rows)?;
        self.rows.clear();
        Ok(())
    }
}

/// Appends `cell`, within quotation marks if it holds what would end it.
fn quote(cell: &str, row: &mut Vec<u8>) {
    if !cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        row.extend_from_slice(cell.as_bytes());
        return;
    }
    row.reserve(cell.len() + 2);
    row.push(b'"');
    let mut rest = cell.as_bytes();
    while let Some(at) = memchr::memchr(b'"', rest) {
        row.extend_from_slice(&rest[..=at]);
        row.push(b'"');
        rest = &rest[at + 1..];
    }
    row.extend_from_slice(rest);
    row.push(b'"');
}

/// Appends `cell` with an escape for whatever would end it.
fn escape(cell: &str, row: &mut Vec<u8>) {
    for byte in cell.bytes() {
        match byte {
            b'\\' => row.extend_from_slice(b"\\\\"),
            b'\t' => row.extend_from_slice(b"\\t"),
            b'\n' => row.extend_from_slice(b"\\n"),
            b'\r' => row.extend_from_slice(b"\\r"),
            byte => row.push(byte),
        }
    }
}

/// What was escaped; a backslash before anything else is itself.
fn plain(cell: &str) -> String {
    let mut plain = String::with_capacity(cell.len());
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        let code = if c == '\\' { chars.peek().copied() } else { None };
        let meant = match code {
            Some('\\') => '\\',
            Some('t') => '\t',
            Some('n') => '\n',
            Some('r') => '\r',
            _ => {
                plain.push(c);
                continue;
            }
        };
        chars.next();
        plain.push(meant);
    }
    plain
}

/// The rows of a table, the header first: with tabs, semicolons or commas, whichever the header has; escaped if `is_escaped` says
/// so of the header, else quoted.
pub(super) fn records(content: &str, is_escaped: impl Fn(&str) -> bool) -> Vec<Record> {
    let header = header(content);
    let is_escaped = header.contains('\t') && is_escaped(header);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(header))
        .quoting(!is_escaped)
        .from_reader(content.as_bytes());
    let (mut line, mut counted) = (1, 0);
    let mut records = Vec::new();
    // Errors there are none: any text is some table.
    for record in reader.records().filter_map(Result::ok) {
        let at = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0));
        // The line feed of a CR LF still stands before the record.
        let blank = content.get(at..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let start = at + blank;
        line += content.get(counted..start).map_or(0, |passed| passed.matches('\n').count());
        counted = start;
        let cells = record.iter().map(|cell| if is_escaped { plain(cell) } else { cell.to_owned() }).collect();
        records.push(Record { line, cells });
    }
    records
}

/// The first line.
pub(super) fn header(content: &str) -> &str {
    content.split(['\n', '\r']).next().unwrap_or_default()
}

/// What stands between the cells of `header`.
pub(super) fn delimiter(header: &str) -> u8 {
    let count = |mark: u8| header.bytes().filter(|byte| *byte == mark).count();
    if count(b'\t') > 0 {
        b'\t'
    } else if count(b';') > count(b',') {
        b';'
    } else {
        b','
    }
}
