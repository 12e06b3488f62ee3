//! The two ways to write a table, and any way to read one.

use std::io;

use csv::ReaderBuilder;

use crate::exchange::Sink;
use crate::exchange::contents::AT_ONCE;
use crate::exchange::scan::places;
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

/// A table being written.
pub(super) struct Table {
    name: &'static str,
    /// Its rows, until they are passed on.
    pub(super) rows: Rows,
}

impl Table {
    /// The table called `name`, which begins with the header.
    pub(super) fn new<'a>(name: &'static str, manner: Manner, header: impl IntoIterator<Item = &'a str>) -> Self {
        let Manner { dialect, is_marked } = manner;
        let mut rows = Rows::new(dialect);
        if is_marked {
            rows.bytes.extend_from_slice("\u{feff}".as_bytes());
        }
        for column in header {
            rows.cell(column);
        }
        rows.end();
        Self { name, rows }
    }

    /// Appends a cell that may be long, and passes it on piece by piece: what is large need not be in memory once more.
    pub(super) fn long_cell(&mut self, words: &str, sink: &mut dyn Sink) -> io::Result<()> {
        self.rows.separate();
        let mark = self.rows.mark(words);
        self.rows.bytes.extend(mark);
        for piece in words.as_bytes().chunks(AT_ONCE) {
            self.rows.guarded(piece);
            self.relieve(sink)?;
        }
        self.rows.bytes.extend(mark);
        Ok(())
    }

    /// Passes on the rows if they are many.
    pub(super) fn relieve(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        if self.rows.bytes.len() < AT_ONCE { Ok(()) } else { self.pass_on(sink) }
    }

    /// Passes on the rows.
    pub(super) fn pass_on(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        let Self { name, rows: Rows { dialect, bytes, .. } } = self;
        sink.file(&format!("{name}.{}", dialect.ending()))?.write_all(bytes)?;
        bytes.clear();
        Ok(())
    }
}

/// How many bytes a part of a row is likely to have.
const PART: usize = 128;

/// Rows of a table, or a part of one.
#[derive(Debug)]
pub(super) struct Rows {
    dialect: Dialect,
    bytes: Vec<u8>,
    /// Whether the last row has a cell.
    is_begun: bool,
}

impl Rows {
    /// No rows yet.
    pub(super) fn new(dialect: Dialect) -> Self {
        Self { dialect, bytes: Vec::with_capacity(PART), is_begun: false }
    }

    /// How they are written.
    pub(super) fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Appends a cell to the row.
    pub(super) fn cell(&mut self, words: &str) {
        self.separate();
        if words.is_empty() {
            return;
        }
        match (self.dialect, self.mark(words)) {
            (Dialect::Csv, None) => self.bytes.extend_from_slice(words.as_bytes()),
            (_, mark) => {
                self.bytes.extend(mark);
                self.guarded(words.as_bytes());
                self.bytes.extend(mark);
            }
        }
    }

    /// Appends a cell with a word of plain letters, which needs no look for what would end it.
    pub(super) fn word(&mut self, word: &'static str) {
        self.separate();
        self.bytes.extend_from_slice(word.as_bytes());
    }

    /// Appends a cell with a number in it, or an empty one.
    pub(super) fn number(&mut self, number: Option<usize>) {
        self.separate();
        if let Some(number) = number {
            self.bytes.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
        }
    }

    /// Appends the cells of a part of another row.
    pub(super) fn again(&mut self, part: &Self) {
        self.separate();
        self.bytes.extend_from_slice(&part.bytes);
    }

    /// Ends the row.
    pub(super) fn end(&mut self) {
        self.bytes.push(b'\n');
        self.is_begun = false;
    }

    fn separate(&mut self) {
        if std::mem::replace(&mut self.is_begun, true) {
            self.bytes.push(match self.dialect {
                Dialect::Csv => b',',
                Dialect::Tsv => b'\t',
            });
        }
    }

    /// What stands before and behind a cell that holds what would end it.
    fn mark(&self, words: &str) -> Option<u8> {
        let ends = || places(words.as_bytes(), |_, own| ends(own)).next().is_some();
        (self.dialect == Dialect::Csv && ends()).then_some(b'"')
    }

    /// Appends a piece of a cell so that nothing in it ends the cell, within marks.
    fn guarded(&mut self, piece: &[u8]) {
        match self.dialect {
            Dialect::Csv => double(piece, &mut self.bytes),
            Dialect::Tsv => escape(piece, &mut self.bytes),
        }
    }
}

/// Whether a byte would end a cell, or what stands in one.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "without branches many are asked at once")]
fn ends(byte: u8) -> bool {
    (byte == b',') | (byte == b'"') | (byte == b'\n') | (byte == b'\r')
}

/// Appends `piece` with each quotation mark twice.
fn double(piece: &[u8], row: &mut Vec<u8>) {
    let mut rest = piece;
    while let Some(at) = memchr::memchr(b'"', rest) {
        row.extend_from_slice(&rest[..=at]);
        row.push(b'"');
        rest = &rest[at + 1..];
    }
    row.extend_from_slice(rest);
}

/// Appends `piece` with an escape for whatever would end it.
fn escape(piece: &[u8], row: &mut Vec<u8>) {
    for byte in piece.iter().copied() {
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
    let (delimiter, passed) = stated(content);
    let header = header(content.get(passed..).unwrap_or_default());
    let delimiter = delimiter.unwrap_or_else(|| self::delimiter(header));
    let is_escaped = header.contains('\t') && is_escaped(header);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(!is_escaped)
        .from_reader(content.as_bytes().get(passed..).unwrap_or_default());
    let (mut line, mut counted) = (1, 0);
    let mut records = Vec::new();
    // Errors there are none: any text is some table.
    for record in reader.records().filter_map(Result::ok) {
        let at = record.position().map_or(0, |at| usize::try_from(at.byte()).unwrap_or(0)) + passed;
        // The line feed of a CR LF still stands before the record.
        let blank = content.get(at..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let start = at + blank;
        line += content.get(counted..start).map_or(0, |passed| passed.matches('\n').count());
        counted = start;
        let cells: Vec<String> =
            record.iter().map(|cell| if is_escaped { plain(cell) } else { cell.to_owned() }).collect();
        let missing =
            if is_escaped { Vec::new() } else { missing(&cells, content.get(start..).unwrap_or_default(), delimiter) };
        records.push(Record { line, cells, missing });
    }
    records
}

/// The places of `cells` that say `NA` without quotation marks; `content` begins with them.
fn missing(cells: &[String], content: &str, delimiter: u8) -> Vec<usize> {
    if !cells.iter().any(|cell| cell == NOTHING) {
        return Vec::new();
    }
    let (mut starts, mut is_quoted) = (vec![0], false);
    for (at, byte) in content.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            byte if byte == delimiter && !is_quoted => starts.push(at + 1),
            _ => {}
        }
    }
    let is_plain = |(place, start): &(usize, usize)| {
        let is_nothing = cells.get(*place).is_some_and(|cell| cell == NOTHING);
        is_nothing && content.get(*start..).is_some_and(|rest| rest.starts_with(NOTHING))
    };
    starts.into_iter().enumerate().filter(is_plain).map(|(place, _)| place).collect()
}

/// What R writes where nothing stands.
const NOTHING: &str = "NA";

/// The delimiter that a first line such as `sep=;` names, as Excel has it, and where what is behind it starts, in bytes.
pub(super) fn stated(content: &str) -> (Option<u8>, usize) {
    let first = header(content);
    let named = first.get(..4).filter(|own| own.eq_ignore_ascii_case("sep=")).and_then(|_| first.as_bytes().get(4..));
    match named {
        Some([delimiter]) if delimiter.is_ascii() => {
            let rest = content.get(first.len()..).unwrap_or_default();
            let end = if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
            (Some(*delimiter), first.len() + end)
        }
        _ => (None, 0),
    }
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
