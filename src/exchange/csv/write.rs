//! Writing tables.

use std::collections::BTreeMap;
use std::io;

use super::dialect::{Dialect, Table};
use super::{OTHERS, PREFIX};
use crate::exchange::tidy::{About, Registered, Row, Stamp, Tidy, doc_id, status};
use crate::exchange::{Exporter, Losses, Plan, Shipped, Sink, Source};
use crate::schema::{AttributeId, Schema};
use crate::text::{Fragments, Span, Text};

const SPANS: &[&str] = &[
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
    "file_start_byte",
    "file_end_byte",
    "speaker",
    "turn",
    "turn_speaker",
    "paragraph",
];
const RELATIONS: &[&str] = &["doc_id", "relation_id", "annotator", "label", "value", "from", "to", "speaker"];
const LABELS: &[&str] = &["doc_id", "label_id", "annotator", "label", "value", "speaker"];
/// What every annotation has, before its attributes.
const SAID: &[&str] = &["note", "origin", "origin_from", "score"];
const SPEAKERS: &[&str] = &["doc_id", "annotator", "speaker_id", "speaker", "role", "aliases"];
const ANNOTATORS: &[&str] = &["doc_id", "annotator", "status", "revision", "schema"];
const DOCUMENTS: &[&str] = &["doc_id", "file", "sha256", "code_points", "text"];

/// Starts to write.
pub(super) fn start(plan: &Plan<'_>, dialect: Dialect) -> Box<dyn Exporter> {
    Box::new(Tables { dialect, attributes: attributes(plan.schemas), has_headers: false, document: None })
}

/// Tables being written.
struct Tables {
    dialect: Dialect,
    attributes: Vec<AttributeId>,
    has_headers: bool,
    /// The last document that was written.
    document: Option<String>,
}

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

impl Exporter for Tables {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        self.headers(sink)?;
        let shipped = Shipped::reported(&source.document.text, losses);
        let tidy = Tidy::of(source, &shipped, losses);
        let head = Head { doc: doc_id(source).to_owned(), source, shipped: &shipped };
        if self.document.as_deref() != Some(source.document.id.as_str()) {
            self.document = Some(source.document.id.to_string());
            self.write(sink, "documents", &[head.document()])?;
        }
        self.write(sink, "annotators", &[head.annotator()])?;
        let speakers: Vec<_> = tidy.speakers.iter().map(|own| head.speaker(own)).collect();
        self.write(sink, "speakers", &speakers)?;
        let (mut spans, mut relations, mut labels) = (Vec::new(), Vec::new(), Vec::new());
        for own in &tidy.rows {
            let said = self.said(own)?;
            match &own.about {
                About::Text(fragments) => {
                    spans.extend(head.spans(own, fragments).map(|row| [row, said.clone()].concat()));
                }
                About::Relation { from, to } => {
                    relations.push(
                        [head.named(own), vec![from.clone(), to.clone(), cell(own.speaker.as_ref())], said].concat(),
                    );
                }
                About::Document => labels.push([head.named(own), vec![cell(own.speaker.as_ref())], said].concat()),
            }
        }
        self.write(sink, "spans", &spans)?;
        self.write(sink, "relations", &relations)?;
        self.write(sink, "labels", &labels)
    }

    fn finish(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        self.headers(sink)
    }
}

impl Tables {
    /// Begins each table with its header, once.
    fn headers(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        if std::mem::replace(&mut self.has_headers, true) {
            return Ok(());
        }
        let owned = |names: &[&str]| names.iter().map(|own| (*own).to_owned()).collect::<Vec<_>>();
        let attributes = self.attributes.iter().map(|id| format!("{PREFIX}{id}"));
        let said: Vec<String> = owned(SAID).into_iter().chain(attributes).chain([OTHERS.to_owned()]).collect();
        for (name, columns) in [("spans", SPANS), ("relations", RELATIONS), ("labels", LABELS)] {
            self.write(sink, name, &[[owned(columns), said.clone()].concat()])?;
        }
        for (name, columns) in [("speakers", SPEAKERS), ("annotators", ANNOTATORS), ("documents", DOCUMENTS)] {
            self.write(sink, name, &[owned(columns)])?;
        }
        Ok(())
    }

    /// Appends `rows` to the table called `name`.
    fn write(&self, sink: &mut dyn Sink, name: &str, rows: &[Vec<String>]) -> io::Result<()> {
        let mut table = Table::new(self.dialect);
        rows.iter().try_for_each(|row| table.row(row))?;
        sink.file(&format!("{name}.{}", self.dialect.ending()))?.write_all(&table.into_bytes()?)
    }

    /// The cells under [`SAID`], and the attributes.
    fn said(&self, own: &Row) -> io::Result<Vec<String>> {
        let Stamp { kind, from, score } = &own.stamp;
        let mut cells = vec![cell(own.note.as_ref()), (*kind).to_owned(), from.clone(), cell(*score)];
        let mut others: BTreeMap<&str, &str> =
            own.attributes.iter().map(|(id, words)| (id.as_str(), words.as_str())).collect();
        cells.extend(self.attributes.iter().map(|id| cell(others.remove(id.as_str()))));
        cells.push(if others.is_empty() { String::new() } else { serde_json::to_string(&others)? });
        Ok(cells)
    }
}

/// What the rows of one source begin with.
struct Head<'a> {
    doc: String,
    source: &'a Source<'a>,
    shipped: &'a Shipped,
}

impl Head<'_> {
    fn document(&self) -> Vec<String> {
        let text = self.shipped.text();
        let digest = self.source.digest.as_str().to_owned();
        let file = self.source.document.id.to_string();
        vec![self.doc.clone(), file, digest, text.code_point_count().to_string(), text.as_str().to_owned()]
    }

    fn annotator(&self) -> Vec<String> {
        let Source { annotator, revision, schema, .. } = self.source;
        let status = status(self.source);
        let schema = schema.name.clone();
        vec![self.doc.clone(), (*annotator).to_owned(), status.to_owned(), revision.to_string(), schema]
    }

    fn speaker(&self, own: &Registered) -> Vec<String> {
        let Registered { id, name, role, aliases } = own;
        let annotator = self.source.annotator.to_owned();
        vec![self.doc.clone(), annotator, id.0.to_string(), name.clone(), cell(role.as_ref()), aliases.clone()]
    }

    /// Document, id, annotator, label and value.
    fn named(&self, own: &Row) -> Vec<String> {
        let annotator = self.source.annotator.to_owned();
        let (label, value) = (own.called.layer.clone(), cell(own.called.value.as_ref()));
        vec![self.doc.clone(), own.id.clone(), annotator, label, value]
    }

    /// The cells under [`SPANS`], fragment by fragment.
    fn spans(&self, own: &Row, fragments: &Fragments) -> impl Iterator<Item = Vec<String>> {
        (1..).zip(fragments.spans()).map(|(number, span): (usize, _)| {
            let mut cells = self.named(own);
            cells.insert(2, number.to_string());
            cells.extend(offsets(self.shipped.text(), *span));
            let there = self.shipped.back(*span, &self.source.document.text);
            cells.extend([cell(there.map(|own| own.start().bytes())), cell(there.map(|own| own.end().bytes()))]);
            cells.push(cell(own.speaker.as_ref()));
            cells.extend(there.map_or_else(Default::default, |own| place(self.source, own)));
            cells
        })
    }
}

/// Offsets in three units and the text between.
pub(super) fn offsets(text: &Text, span: Span) -> Vec<String> {
    let ranges = [text.code_points(span), text.utf16(span), span.range()];
    let offsets = ranges.into_iter().flat_map(|own| [own.start.to_string(), own.end.to_string()]);
    offsets.chain([text.slice(span).to_owned()]).collect()
}

/// Turn, who is speaking, paragraph.
pub(super) fn place(source: &Source<'_>, span: Span) -> [String; 3] {
    let turn = source.turn_at(span.start());
    let speaking = turn.and_then(|(_, turn)| turn.speaker.as_deref());
    [cell(turn.map(|(number, _)| number)), cell(speaking), cell(source.paragraph_at(span.start()))]
}

pub(super) fn cell(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
