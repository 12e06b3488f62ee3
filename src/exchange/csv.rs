//! A table with a row per fragment, for spreadsheets, R and SQL.
//!
//! RFC 4180 with LF line ends, UTF-8 without a byte-order mark, header always, empty cells where there is nothing. The columns:
//!
//! | column | holds |
//! |---|---|
//! | `doc_id` `span_id` `annotator` | with one another they name the annotation: `karaganda.txt`, `Q1`, `alpha` |
//! | `fragment` | the number of the fragment in its annotation, from 1 |
//! | `label` `value` | the layer (`theme`) and the label in it (`rights`), as exchange formats call the two |
//! | `start_cp` … `end_byte` | half-open, in code points, UTF-16 units and UTF-8 bytes |
//! | `text` | the fragment verbatim |
//! | `speaker` | who is quoted or makes the claim, by name |
//! | `turn` `turn_speaker` `paragraph` | where the fragment starts: turn and paragraph count from 1 |
//! | `from` `to` | the `span_id`s that a relation joins |
//! | `note` `origin` `origin_from` `score` | the annotator's note and how the annotation came to be |
//! | `attr_…` | one column per attribute of the schema |
//! | `other_attributes` | a JSON object of attributes that the schema does not know |
//!
//! Relations and annotations of the whole document have one row, without offsets and text. The header stands in the table
//! once, so its attribute columns come from the schema and not from the annotations, and carry a prefix lest an attribute
//! `text` collide with the text.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Exporter, Format, Losses, OriginParts, Shape, Sink, Source, Unit};
use crate::annotation::{Annotation, Target};
use crate::schema::{AttributeId, Schema};
use crate::text::Span;

const COLUMNS: [&str; 23] = [
    "doc_id",
    "span_id",
    "fragment",
    "annotator",
    "label",
    "value",
    "start_cp",
    "end_cp",
    "start_utf16",
    "end_utf16",
    "start_byte",
    "end_byte",
    "text",
    "speaker",
    "turn",
    "turn_speaker",
    "paragraph",
    "from",
    "to",
    "note",
    "origin",
    "origin_from",
    "score",
];

/// The format.
pub const FORMAT: Format = Format {
    name: "csv",
    aliases: &[],
    about: "A row per fragment, for spreadsheets, R and SQL",
    shape: Shape::Stream,
    units: &[Unit::CodePoints],
    start: |plan| Box::new(Rows { attributes: attributes(plan.schemas), has_header: false }),
    read: None,
    sniff: |_, _| false,
};

/// Rows being written; what comes first is the header.
#[derive(Debug)]
struct Rows {
    attributes: Vec<AttributeId>,
    has_header: bool,
}

impl Rows {
    fn header(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        if std::mem::replace(&mut self.has_header, true) {
            return Ok(());
        }
        let named = self.attributes.iter().map(|id| format!("attr_{id}"));
        let header = COLUMNS.map(str::to_owned).into_iter().chain(named).chain(["other_attributes".to_owned()]);
        let mut out = csv::Writer::from_writer(sink.file(NAME)?);
        out.write_record(header.map(String::into_bytes)).map_err(io_error)?;
        out.flush()
    }
}

impl Exporter for Rows {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, _: &mut Losses) -> io::Result<()> {
        self.header(sink)?;
        let mut table = Table { out: csv::Writer::from_writer(sink.file(NAME)?), attributes: &self.attributes };
        table.add(source)?;
        table.out.flush()
    }

    fn finish(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        self.header(sink)
    }
}

const NAME: &str = "annotations.csv";

/// The attributes of all layers, each once.
fn attributes(schemas: &[&Schema]) -> Vec<AttributeId> {
    let mut attributes: Vec<AttributeId> = Vec::new();
    for attribute in schemas.iter().flat_map(|schema| &schema.layers).flat_map(|layer| &layer.attributes) {
        if !attributes.contains(&attribute.id) {
            attributes.push(attribute.id.clone());
        }
    }
    attributes
}

/// The rows of one source.
#[derive(Debug)]
struct Table<'a, W: Write> {
    out: csv::Writer<W>,
    attributes: &'a [AttributeId],
}

impl<W: Write> Table<'_, W> {
    /// Writes the rows of `source`, in text order.
    fn add(&mut self, source: &Source<'_>) -> io::Result<()> {
        for annotation in source.set.iter() {
            match &annotation.target {
                Target::Text(fragments) => {
                    for (number, span) in (1..).zip(fragments.spans()) {
                        self.row(source, annotation, Some((number, *span)))?;
                    }
                }
                Target::Relation { .. } | Target::Document => self.row(source, annotation, None)?,
            }
        }
        Ok(())
    }

    fn row(&mut self, source: &Source<'_>, annotation: &Annotation, at: Option<(usize, Span)>) -> io::Result<()> {
        let mut cells = vec![
            source.document.id.to_string(),
            annotation.name(),
            cell(at.map(|(number, _)| number)),
            source.annotator.to_owned(),
            annotation.layer.to_string(),
            annotation.label.to_string(),
        ];
        cells.extend(at.map_or_else(Default::default, |(_, span)| text_cells(source, span)));
        cells.push(cell(source.speaker_of(annotation)));
        cells.extend(at.map_or_else(Default::default, |(_, span)| place_cells(source, span)));
        cells.extend(relation_cells(source, &annotation.target));
        let OriginParts { kind, from, score } = (&annotation.origin).into();
        cells.extend([cell(annotation.note.as_deref()), kind.to_owned(), from.join("; "), cell(score)]);
        cells.extend(self.attributes.iter().map(|id| cell(annotation.attributes.get(id).map(|own| source.words(own)))));
        cells.push(self.others(source, annotation)?);
        self.out.write_record(cells.iter().map(String::as_bytes)).map_err(io_error)
    }

    /// The attributes without a column, as a JSON object; nothing when there are none.
    fn others(&self, source: &Source<'_>, annotation: &Annotation) -> io::Result<String> {
        let others: BTreeMap<_, _> = annotation
            .attributes
            .iter()
            .filter(|(id, _)| !self.attributes.contains(id))
            .map(|(id, value)| (id.as_str(), source.words(value)))
            .collect();
        if others.is_empty() { Ok(String::new()) } else { Ok(serde_json::to_string(&others)?) }
    }
}

/// Offsets in three units and the text between.
fn text_cells(source: &Source<'_>, span: Span) -> [String; 7] {
    let text = &source.document.text;
    let [points, utf16, bytes] = [text.code_points(span), text.utf16(span), span.range()];
    let cell = |offset: usize| offset.to_string();
    let quote = text.slice(span).to_owned();
    [
        cell(points.start),
        cell(points.end),
        cell(utf16.start),
        cell(utf16.end),
        cell(bytes.start),
        cell(bytes.end),
        quote,
    ]
}

/// Turn, who is speaking, paragraph.
fn place_cells(source: &Source<'_>, span: Span) -> [String; 3] {
    let turn = source.turn_at(span.start());
    let speaking = turn.and_then(|(_, turn)| turn.speaker.as_deref());
    [cell(turn.map(|(number, _)| number)), cell(speaking), cell(source.paragraph_at(span.start()))]
}

fn relation_cells(source: &Source<'_>, target: &Target) -> [String; 2] {
    match target {
        Target::Relation { from, to } => [source.name_of(*from), source.name_of(*to)],
        Target::Text(_) | Target::Document => Default::default(),
    }
}

fn cell(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The I/O error in a CSV error, so that a closed pipe is recognised as one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests;
