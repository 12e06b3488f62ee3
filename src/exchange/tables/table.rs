//! A table that was read, and what its columns are called.

use crate::exchange::Unit;

/// The column of attributes that have none of their own, by which our tables are known.
pub(in crate::exchange) const OTHERS: &str = "other_attributes";
/// What stands before the name of an attribute.
pub(in crate::exchange) const PREFIX: &str = "attr_";

pub(super) const DOCUMENT: &[&str] =
    &["doc_id", "document", "document_id", "docid", "doc", "file", "filename", "source"];
pub(super) const ID: &[&str] = &["span_id", "relation_id", "label_id", "annotation_id", "id"];
pub(super) const ANNOTATOR: &[&str] = &["annotator", "coder", "rater", "user"];
pub(super) const LABEL: &[&str] = &["label", "layer", "code", "tag", "type", "category", "entity"];
pub(super) const VALUE: &[&str] = &["value", "sublabel", "subtype"];
pub(super) const WORDS: &[&str] = &["text", "quote", "surface", "covered_text", "span", "segment"];
pub(super) const NOTE: &[&str] = &["note", "comment", "memo"];
pub(super) const FROM: &[&str] = &["from", "from_id", "head"];
pub(super) const TO: &[&str] = &["to", "to_id", "child"];
/// Where offsets stand, and what they count; the first pair that is there counts.
const OFFSETS: &[(&str, &str, Option<Unit>)] = &[
    ("start_cp", "end_cp", Some(Unit::CodePoints)),
    ("start_utf16", "end_utf16", Some(Unit::Utf16)),
    ("start_byte", "end_byte", Some(Unit::Bytes)),
    ("start", "end", None),
    ("begin", "end", None),
    ("start", "stop", None),
    ("start_offset", "end_offset", None),
    ("start_char", "end_char", None),
    ("char_start", "char_end", None),
    ("start_char_idx", "end_char_idx", None),
];
/// The same in our tables when the transcript is to be counted in and not the text that was shipped.
pub(super) const FILE: (&str, &str) = ("file_start_byte", "file_end_byte");

/// Whether a table with these columns is one to read, or stands beside one.
pub(in crate::exchange) fn is_known<'a>(header: impl Iterator<Item = &'a str>) -> bool {
    let columns = Columns::of(header);
    columns.offsets().is_some() || columns.place(&["doc_id"]).is_some()
}

/// Whether a table with these columns is one of those that we write.
pub(in crate::exchange) fn is_ours<'a>(header: impl Iterator<Item = &'a str>) -> bool {
    const OURS: [&[&str]; 4] = [
        &["doc_id", OTHERS],
        &["doc_id", "sha256", "text"],
        &["doc_id", "annotator", "status"],
        &["doc_id", "speaker_id"],
    ];
    let columns = Columns::of(header);
    OURS.iter().any(|names| columns.has(names))
}
/// Whether the column at `place` numbers `rows`, as pandas and R do, which call it nothing or `Unnamed: 0`.
fn are_numbers(name: &str, rows: &[Record], place: usize) -> bool {
    let is_unnamed = name.trim().is_empty() || name.starts_with("Unnamed: ");
    let cells = || rows.iter().map(|row| row.cells.get(place).map_or("", String::as_str));
    let count_from = |first: usize| (first..).zip(cells()).all(|(number, cell)| whole(cell) == Some(number));
    is_unnamed && (count_from(0) || count_from(1))
}

/// What a table has in its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Documents,
    Annotators,
    Speakers,
    Spans,
    Relations,
    Labels,
}

/// Columns by their names in small letters.
pub(super) struct Columns(Vec<String>);

impl Columns {
    fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self(names.map(|name| name.trim().to_lowercase()).collect())
    }

    /// The place of the first of `names` that is there.
    pub(super) fn place(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.0.iter().position(|own| own == name))
    }

    fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.place(&[name]).is_some())
    }

    /// Where the offsets stand, and what they count if the names say so.
    pub(super) fn offsets(&self) -> Option<(usize, usize, Option<Unit>)> {
        OFFSETS.iter().find_map(|(start, end, unit)| Some((self.place(&[start])?, self.place(&[end])?, *unit)))
    }
}

/// A row as it was read.
pub(in crate::exchange) struct Record {
    /// The line on which it starts, or its number where there are no lines; from 1.
    pub(in crate::exchange) line: usize,
    pub(in crate::exchange) cells: Vec<String>,
    /// The places of those that say `NA` without quotation marks, as R does where nothing stands.
    pub(in crate::exchange) missing: Vec<usize>,
}

/// A table that was read.
pub(in crate::exchange) struct Table {
    pub(super) name: String,
    pub(super) columns: Columns,
    /// The header as it is written.
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Record>,
    pub(super) is_ours: bool,
    /// The columns that only number the rows.
    pub(super) numbers: Vec<usize>,
}

impl Table {
    /// The table in the file called `name`.
    pub(in crate::exchange) fn new(name: &str, header: Vec<String>, rows: Vec<Record>) -> Self {
        let columns = Columns::of(header.iter().map(String::as_str));
        let is_ours = columns.has(&["doc_id", OTHERS]);
        let numbers = (0..header.len()).filter(|place| are_numbers(&header[*place], &rows, *place)).collect();
        Self { name: name.to_owned(), columns, header, rows, is_ours, numbers }
    }

    pub(super) fn kind(&self) -> Option<Kind> {
        let Self { columns, .. } = self;
        if columns.offsets().is_some() && columns.place(LABEL).is_some() {
            Some(Kind::Spans)
        } else if columns.has(&["doc_id", "sha256", "text"]) {
            Some(Kind::Documents)
        } else if columns.has(&["doc_id", "annotator", "status"]) {
            Some(Kind::Annotators)
        } else if columns.has(&["doc_id", "annotator", "speaker_id"]) {
            Some(Kind::Speakers)
        } else if columns.place(FROM).is_some() && columns.place(TO).is_some() {
            Some(Kind::Relations)
        } else if columns.has(&["doc_id", "label_id"]) {
            Some(Kind::Labels)
        } else {
            None
        }
    }

    /// What stands in `row` under the first of `names` that is a column; none when nothing does.
    pub(super) fn cell<'r>(&self, row: &'r Record, names: &[&str]) -> Option<&'r str> {
        let cell = row.cells.get(self.columns.place(names)?)?;
        Some(cell.as_str()).filter(|cell| !cell.is_empty())
    }

    /// The document that the rows of a table without a column for it are about.
    pub(super) fn stem(&self) -> &str {
        self.name.rsplit_once('.').map_or(self.name.as_str(), |(stem, _)| stem)
    }
}

/// A whole number, also as pandas writes it beside cells that are empty: `4.0`.
pub(super) fn whole(words: &str) -> Option<usize> {
    let whole = words.split_once('.').filter(|(_, rest)| !rest.is_empty() && rest.bytes().all(|own| own == b'0'));
    whole.map_or(words, |(whole, _)| whole).parse().ok()
}
