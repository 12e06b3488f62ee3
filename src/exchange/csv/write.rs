//! Writing tables.

use std::collections::BTreeMap;
use std::io;

use super::dialect::{Dialect, Manner, Table};
use crate::exchange::tables::{OTHERS, PREFIX};
use crate::exchange::tidy::{About, Registered, Row, Stamp, doc_id, each, status};
use crate::exchange::{Exporter, Losses, Plan, Shipped, Sink, Source};
use crate::schema::{AttributeId, Schema};
use crate::text::{Span, Text};

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
    let attributes = attributes(plan.schemas);
    let own: Vec<String> = attributes.iter().map(|id| format!("{PREFIX}{id}")).collect();
    let said = || SAID.iter().copied().chain(own.iter().map(String::as_str)).chain([OTHERS]);
    let manner = Manner { dialect, is_marked: plan.is_marked };
    let annotations = |name, columns: &[&'static str]| Table::new(name, manner, columns.iter().copied().chain(said()));
    let other = |name, columns: &[&'static str]| Table::new(name, manner, columns.iter().copied());
    Box::new(Tables {
        spans: annotations("spans", SPANS),
        relations: annotations("relations", RELATIONS),
        labels: annotations("labels", LABELS),
        speakers: other("speakers", SPEAKERS),
        annotators: other("annotators", ANNOTATORS),
        documents: other("documents", DOCUMENTS),
        attributes,
        document: None,
    })
}

/// Tables being written.
struct Tables {
    spans: Table,
    relations: Table,
    labels: Table,
    speakers: Table,
    annotators: Table,
    documents: Table,
    attributes: Vec<AttributeId>,
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
        let shipped = Shipped::reported(&source.document.text, losses);
        if self.document.as_deref() != Some(source.document.id.as_str()) {
            self.document = Some(source.document.id.to_string());
            document(&mut self.documents, source, &shipped);
        }
        annotator(&mut self.annotators, source);
        let speakers = each(source, &shipped, losses, &mut |row| {
            self.row(&row, source, &shipped)?;
            let tables = [&mut self.spans, &mut self.relations, &mut self.labels];
            tables.into_iter().try_for_each(|table| table.relieve(sink))
        })?;
        for own in &speakers {
            speaker(&mut self.speakers, source, own);
        }
        self.finish(sink)
    }

    fn finish(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        let Self { spans, relations, labels, speakers, annotators, documents, .. } = self;
        let tables = [spans, relations, labels, speakers, annotators, documents];
        tables.into_iter().try_for_each(|table| table.pass_on(sink))
    }
}

impl Tables {
    /// Appends what is said of an annotation to the table for its kind.
    fn row(&mut self, own: &Row<'_>, source: &Source<'_>, shipped: &Shipped) -> io::Result<()> {
        match &own.about {
            About::Text(fragments) => {
                for (number, span) in (1..).zip(fragments.spans()) {
                    let table = &mut self.spans;
                    table.cell(doc_id(source));
                    table.cell(&own.id);
                    table.number(Some(number));
                    called(table, own, source);
                    offsets(table, shipped.text(), *span);
                    let there = shipped.back(*span, &source.document.text);
                    table.number(there.map(|own| own.start().bytes()));
                    table.number(there.map(|own| own.end().bytes()));
                    table.cell(own.speaker.as_deref().unwrap_or_default());
                    place(table, source, there);
                    said(table, &self.attributes, own)?;
                }
                Ok(())
            }
            About::Relation { from, to } => {
                named(&mut self.relations, own, source);
                self.relations.cell(from);
                self.relations.cell(to);
                self.relations.cell(own.speaker.as_deref().unwrap_or_default());
                said(&mut self.relations, &self.attributes, own)
            }
            About::Document => {
                named(&mut self.labels, own, source);
                self.labels.cell(own.speaker.as_deref().unwrap_or_default());
                said(&mut self.labels, &self.attributes, own)
            }
        }
    }
}

fn document(table: &mut Table, source: &Source<'_>, shipped: &Shipped) {
    table.cell(doc_id(source));
    table.cell(source.document.id.as_str());
    table.cell(source.digest.as_str());
    table.number(Some(shipped.text().code_point_count()));
    table.cell(shipped.text().as_str());
    table.end();
}

fn annotator(table: &mut Table, source: &Source<'_>) {
    table.cell(doc_id(source));
    table.cell(source.annotator);
    table.cell(status(source));
    table.cell(&source.revision.to_string());
    table.cell(&source.schema.name);
    table.end();
}

fn speaker(table: &mut Table, source: &Source<'_>, own: &Registered<'_>) {
    table.cell(doc_id(source));
    table.cell(source.annotator);
    table.number(Some(own.id.0 as usize));
    table.cell(own.name);
    table.cell(own.role.unwrap_or_default());
    table.cell(&own.aliases);
    table.end();
}

/// Document, id, annotator, label and value.
fn named(table: &mut Table, own: &Row<'_>, source: &Source<'_>) {
    table.cell(doc_id(source));
    table.cell(&own.id);
    called(table, own, source);
}

/// Annotator, label and value.
fn called(table: &mut Table, own: &Row<'_>, source: &Source<'_>) {
    table.cell(source.annotator);
    table.cell(&own.called.layer);
    table.cell(own.called.value.as_deref().unwrap_or_default());
}

/// Offsets in three units and the text between.
pub(super) fn offsets(table: &mut Table, text: &Text, span: Span) {
    let (code_points, utf16) = text.code_points_and_utf16(span);
    for range in [code_points, utf16, span.range()] {
        table.number(Some(range.start));
        table.number(Some(range.end));
    }
    table.cell(text.slice(span));
}

/// Turn, who is speaking, paragraph, of a span of the transcript.
pub(super) fn place(table: &mut Table, source: &Source<'_>, span: Option<Span>) {
    let start = span.map(Span::start);
    let turn = start.and_then(|start| source.turn_at(start));
    table.number(turn.map(|(number, _)| number));
    table.cell(turn.and_then(|(_, turn)| turn.speaker.as_deref()).unwrap_or_default());
    table.number(start.and_then(|start| source.paragraph_at(start)));
}

/// The cells under [`SAID`], and the attributes; they end the row.
fn said(table: &mut Table, attributes: &[AttributeId], own: &Row<'_>) -> io::Result<()> {
    let Stamp { kind, from, score } = &own.stamp;
    table.cell(own.note.unwrap_or_default());
    table.cell(kind);
    table.cell(from);
    table.cell(&score.map(|score| score.to_string()).unwrap_or_default());
    for id in attributes {
        let words = own.attributes.iter().find(|(own, _)| *own == id.as_str());
        table.cell(words.map(|(_, words)| words.as_ref()).unwrap_or_default());
    }
    let is_other = |id: &str| attributes.iter().all(|own| own.as_str() != id);
    let others: BTreeMap<&str, &str> =
        own.attributes.iter().filter(|(id, _)| is_other(id)).map(|(id, words)| (*id, words.as_ref())).collect();
    table.cell(&if others.is_empty() { String::new() } else { serde_json::to_string(&others)? });
    table.end();
    Ok(())
}
