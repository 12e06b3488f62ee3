//! Apache Parquet: `documents.parquet`, `spans.parquet` and the other tables, for pyarrow, `DuckDB`, Spark and R.
//!
//! ```sql
//! SELECT s.label, s.value, substring(d.text, f.start + 1, f."end" - f.start) AS words
//! FROM (SELECT doc_id, label, value, unnest(fragments) AS f FROM 'spans.parquet') s JOIN 'documents.parquet' d USING (doc_id)
//! ```
//!
//! | table | a row for each |
//! |---|---|
//! | `spans` | annotation of the text, with the list of its `fragments` |
//! | `relations` `labels` `speakers` `annotators` `documents` | the same as in the tables of `csv`, with the same columns |
//!
//! `fragments` are structs of `start`, `end` (code points), `start_utf16`, `end_utf16`, `start_byte`, `end_byte` and `text`; `attributes` a map
//! of words. `turn`, `turn_speaker` and `paragraph` are those of the first fragment. Offsets are half-open and count in the `text` of
//! `documents`; the metadata of each file say so too (`offset_unit`). Compressed by Snappy, one row group.
//!
//! Readers take these tables, as other programs write them again too, and flat ones with the columns that `csv` knows.
//!
//! A feature of its own (`--features parquet`), since the crate brings two dozen others. Its arrow half is left out: the
//! columns here are few and their nesting is fixed. It only writes: see `footer` and `pages` for why reading is ours.

mod column;
mod cursor;
mod footer;
mod hybrid;
mod pages;
mod read;
mod thrift;

use std::io;
use std::ops::Range;

use self::column::{Cells, Table};
use super::place::Place;
use super::tidy::{About, Row, Stamp, Tidy, doc_id, status};
use super::{Exporter, Format, Losses, Shape, Shipped, Sink, Source, Unit};
use crate::text::{Fragments, Span};

/// The format.
pub const FORMAT: Format = Format {
    name: "parquet",
    aliases: &[],
    about: "Tables for pyarrow, DuckDB, Spark and R, with a list of fragments per annotation; a directory",
    shape: Shape::Directory,
    beside: &[],
    units: &[Unit::CodePoints],
    start: |_| Box::new(Tables::new()),
    read: Some(read::read),
    sniff: |_, head| head.starts_with(footer::MARK),
};

const SPANS: &str = "message spans {
    required binary doc_id (UTF8); required binary span_id (UTF8); required binary annotator (UTF8);
    required binary label (UTF8); optional binary value (UTF8);
    required group fragments (LIST) { repeated group list { required group element {
        required int32 start; required int32 end; required int32 start_utf16; required int32 end_utf16;
        required int32 start_byte; required int32 end_byte; required binary text (UTF8);
    } } }
    optional binary speaker (UTF8); optional int32 turn; optional binary turn_speaker (UTF8); optional int32 paragraph;
    required group attrs (MAP) { repeated group key_value { required binary key (UTF8); required binary value (UTF8); } }
    optional binary note (UTF8); optional binary origin (UTF8); optional binary origin_from (UTF8); optional double score;
}";
const RELATIONS: &str = "message relations {
    required binary doc_id (UTF8); required binary relation_id (UTF8); required binary annotator (UTF8);
    required binary label (UTF8); optional binary value (UTF8);
    required binary from (UTF8); required binary to (UTF8); optional binary speaker (UTF8);
    required group attrs (MAP) { repeated group key_value { required binary key (UTF8); required binary value (UTF8); } }
    optional binary note (UTF8); optional binary origin (UTF8); optional binary origin_from (UTF8); optional double score;
}";
const LABELS: &str = "message labels {
    required binary doc_id (UTF8); required binary label_id (UTF8); required binary annotator (UTF8);
    required binary label (UTF8); optional binary value (UTF8); optional binary speaker (UTF8);
    required group attrs (MAP) { repeated group key_value { required binary key (UTF8); required binary value (UTF8); } }
    optional binary note (UTF8); optional binary origin (UTF8); optional binary origin_from (UTF8); optional double score;
}";
const SPEAKERS: &str = "message speakers {
    required binary doc_id (UTF8); required binary annotator (UTF8); required int32 speaker_id; required binary speaker (UTF8);
    optional binary role (UTF8); optional binary aliases (UTF8);
}";
const ANNOTATORS: &str = "message annotators {
    required binary doc_id (UTF8); required binary annotator (UTF8); required binary status (UTF8); required int32 revision;
    required binary schema (UTF8);
}";
const DOCUMENTS: &str = "message documents {
    required binary doc_id (UTF8); required binary file (UTF8); required binary sha256 (UTF8); required int32 code_points;
    required binary text (UTF8);
}";

/// Tables being written: Parquet wants a column at a time, so they are kept until the end.
struct Tables {
    spans: Table,
    relations: Table,
    labels: Table,
    speakers: Table,
    annotators: Table,
    documents: Table,
    /// The last document that was written.
    document: Option<String>,
}

impl Tables {
    fn new() -> Self {
        Self {
            spans: Table::new(SPANS),
            relations: Table::new(RELATIONS),
            labels: Table::new(LABELS),
            speakers: Table::new(SPEAKERS),
            annotators: Table::new(ANNOTATORS),
            documents: Table::new(DOCUMENTS),
            document: None,
        }
    }
}

impl Exporter for Tables {
    fn add(&mut self, source: &Source<'_>, _: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let (doc, text) = (doc_id(source), shipped.text());
        let tidy = Tidy::of(source, &shipped, losses)?;
        if self.document.as_deref() != Some(source.document.id.as_str()) {
            self.document = Some(source.document.id.to_string());
            let cells = self.documents.row().text(doc).text(source.document.id.as_str()).text(source.digest.as_str());
            cells.number(text.code_point_count()).text(text.as_str());
        }
        let revision = usize::try_from(source.revision).unwrap_or(usize::MAX);
        let cells = self.annotators.row().text(doc).text(source.annotator).text(status(source));
        cells.number(revision).text(&source.schema.name);
        for own in &tidy.speakers {
            let cells = self.speakers.row().text(doc).text(source.annotator).number(own.id.0 as usize);
            let aliases = Some(own.aliases.as_str()).filter(|own| !own.is_empty());
            cells.text(own.name).maybe(own.role).maybe(aliases);
        }
        for own in &tidy.rows {
            match &own.about {
                About::Text(fragments) => {
                    let cells = named(&mut self.spans, own, source);
                    said(placed(cells, own, fragments, source, &shipped), own);
                }
                About::Relation { from, to } => {
                    let cells = named(&mut self.relations, own, source).text(from).text(to);
                    said(cells.maybe(own.speaker.as_deref()), own);
                }
                About::Document => {
                    let cells = named(&mut self.labels, own, source);
                    said(cells.maybe(own.speaker.as_deref()), own);
                }
            }
        }
        Ok(())
    }

    fn finish(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        let Self { spans, relations, labels, speakers, annotators, documents, .. } = self;
        let tables = [spans, relations, labels, speakers, annotators, documents];
        let names = ["spans", "relations", "labels", "speakers", "annotators", "documents"];
        for (name, table) in names.into_iter().zip(tables) {
            let bytes = table.bytes().map_err(io::Error::other)?;
            sink.file(&format!("{name}.parquet"))?.write_all(&bytes)?;
        }
        Ok(())
    }
}

/// What all annotations begin with.
fn named<'a>(table: &'a mut Table, own: &Row<'_>, source: &Source<'_>) -> Cells<'a> {
    let cells = table.row().text(doc_id(source)).text(&own.id).text(source.annotator);
    cells.text(&own.called.layer).maybe(own.called.value.as_deref())
}

/// The fragments, who is quoted, and where the first fragment starts.
fn placed<'a>(
    cells: Cells<'a>,
    own: &Row<'_>,
    fragments: &Fragments,
    source: &Source<'_>,
    shipped: &Shipped,
) -> Cells<'a> {
    let (text, spans) = (shipped.text(), fragments.spans());
    let ends = |ranges: &[Range<usize>]| [0, 1].map(|end| ranges.iter().map(|own| [own.start, own.end][end]).collect());
    let points: Vec<_> = spans.iter().map(|own| text.code_points(*own)).collect();
    let utf16: Vec<_> = spans.iter().map(|own| text.utf16(*own)).collect();
    let bytes: Vec<_> = spans.iter().map(|own| own.range()).collect();
    let columns: [[Vec<usize>; 2]; 3] = [ends(&points), ends(&utf16), ends(&bytes)];
    let cells = columns.into_iter().flatten().fold(cells, Cells::numbers);
    let cells = cells.texts(spans.iter().map(|own| text.slice(*own))).maybe(own.speaker.as_deref());
    let start = shipped.back(spans[0], &source.document.text).map(Span::start);
    let Place { turn, speaker, paragraph } = start.map(|start| Place::at(source, start)).unwrap_or_default();
    cells.maybe_number(turn).maybe(speaker).maybe_number(paragraph)
}

/// What all annotations end with.
fn said(cells: Cells<'_>, own: &Row<'_>) {
    let Stamp { kind, from, score } = &own.stamp;
    let or_nothing = |words: &'_ str| (!words.is_empty()).then(|| words.to_owned());
    let cells = cells.texts(own.attributes.iter().map(|(id, _)| *id));
    let cells = cells.texts(own.attributes.iter().map(|(_, words)| words.as_ref())).maybe(own.note);
    cells.maybe(or_nothing(kind).as_deref()).maybe(or_nothing(from).as_deref()).maybe_real(*score);
}

#[cfg(test)]
mod tests;
