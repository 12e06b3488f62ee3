//! Tables with a row per fragment, for spreadsheets, R and SQL; tidy: a thing has one table, and a table one kind of thing.
//!
//! | table | a row for each |
//! |---|---|
//! | `spans` | fragment of an annotation: the table that a pipe gets |
//! | `relations` | relation |
//! | `labels` | label of the document as a whole |
//! | `speakers` | name in an annotator's register |
//! | `annotators` | document and annotator: `status`, `revision` |
//! | `documents` | document: `file`, `sha256` and `text` |
//!
//! | column | holds |
//! |---|---|
//! | `doc_id` `annotator` | what joins the tables: the transcript without `.txt`, and who said it |
//! | `span_id` `relation_id` `label_id` | our name for the annotation, as `Q1`; a span's fragments share it |
//! | `fragment` | the number of the fragment in its annotation, from 1 |
//! | `label` `value` | layer and label as all exports call them: `Quote`; `Theme` and `rights` |
//! | `start_cp` … `end_byte` | half-open, in code points, UTF-16 units and UTF-8 bytes of the `text` of `documents` |
//! | `text` | the fragment verbatim |
//! | `file_start_byte` `file_end_byte` | the same in bytes of the transcript as it lies on the disk |
//! | `speaker` | who is quoted or makes the claim, by name |
//! | `turn` `turn_speaker` `paragraph` | where the fragment starts: turn and paragraph count from 1 |
//! | `from` `to` | the ids that a relation joins |
//! | `note` `origin` `origin_from` `score` | the annotator's note and how the annotation came to be |
//! | `attr_…` | one column per attribute of the schema |
//! | `other_attributes` | a JSON object of attributes that the schema does not know |
//!
//! Headers are always there, cells empty where there is nothing, lines end with LF, the encoding is UTF-8 without a byte-order mark,
//! unless one is asked for.
//! `csv` quotes as RFC 4180 has it. `tsv` quotes nothing and escapes instead: `\t`, `\n`, `\r` and `\\`. Attributes have columns of
//! the schema and not of the annotations, since the header stands in the table once, and a prefix lest an attribute `text` collide.
//!
//! Readers take these tables, and any table with a start, an end and a label in each row.

mod dialect;
mod per;
mod read;
mod write;

use super::{Format, Shape, Unit};
pub use per::Per;

use dialect::Dialect;

/// The format with commas and quotes.
pub const FORMAT: Format = Format {
    name: "csv",
    aliases: &[],
    about: "Tables for spreadsheets, R and SQL: a row per fragment; a directory, or the spans alone",
    shape: Shape::Tables("spans.csv"),
    beside: &[],
    units: &[Unit::CodePoints],
    start: |plan| write::start(plan, Dialect::Csv),
    read: Some(read::read),
    sniff: |name, head| read::sniff(name, head, Dialect::Csv),
};

/// The format with tabs and escapes.
pub const TSV: Format = Format {
    name: "tsv",
    about: "The same tables with tabs, and backslashes where csv has quotes",
    shape: Shape::Tables("spans.tsv"),
    start: |plan| write::start(plan, Dialect::Tsv),
    sniff: |name, head| read::sniff(name, head, Dialect::Tsv),
    ..FORMAT
};

#[cfg(test)]
mod tests;
