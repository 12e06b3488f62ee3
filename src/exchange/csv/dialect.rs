//! The two ways to write a table, and any way to read one.

use std::io;

use csv::{QuoteStyle, ReaderBuilder, Writer, WriterBuilder};

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

/// A table being written, in memory.
pub(super) struct Table {
    dialect: Dialect,
    rows: Writer<Vec<u8>>,
}

impl Table {
    pub(super) fn new(dialect: Dialect) -> Self {
        let rows = match dialect {
            Dialect::Csv => Writer::from_writer(Vec::new()),
            Dialect::Tsv => {
                WriterBuilder::new().delimiter(b'\t').quote_style(QuoteStyle::Never).from_writer(Vec::new())
            }
        };
        Self { dialect, rows }
    }

    /// Appends a row.
    pub(super) fn row(&mut self, cells: &[String]) -> io::Result<()> {
        match self.dialect {
            Dialect::Csv => self.rows.write_record(cells.iter().map(String::as_bytes)),
            Dialect::Tsv => self.rows.write_record(cells.iter().map(|cell| escaped(cell))),
        }
        .map_err(io::Error::other)
    }

    /// The bytes of all rows.
    pub(super) fn into_bytes(self) -> io::Result<Vec<u8>> {
        self.rows.into_inner().map_err(|error| io::Error::other(error.to_string()))
    }
}

fn escaped(cell: &str) -> String {
    let mut escaped = String::with_capacity(cell.len());
    for c in cell.chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            c => escaped.push(c),
        }
    }
    escaped
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

/// A row as it was read, with the line on which it starts, from 1.
pub(super) struct Record {
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
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
