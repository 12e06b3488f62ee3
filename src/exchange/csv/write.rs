//! Writing tables.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use super::dialect::{Dialect, Manner, Rows, Table};
use crate::exchange::names::{Called, attribute_name};
use crate::exchange::place::{Place, Places};
use crate::exchange::tables::{OTHERS, PREFIX};
use crate::exchange::tidy::{About, Registered, Row, Stamp, doc_id, each, status};
use crate::exchange::{Exporter, Losses, Plan, Shipped, Sink, Source};
use crate::schema::Schema;
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
    let own: Vec<String> = attributes.iter().map(|name| format!("{PREFIX}{name}")).collect();
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
        dialect,
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
    dialect: Dialect,
    /// What they are called.
    attributes: Vec<String>,
    /// The last document that was written.
    document: Option<String>,
}

/// What is the same for many annotations, once it was written.
struct Written<'a> {
    /// The document.
    id: Rows,
    /// What is [called], for each name that annotations have.
    called: Vec<(Arc<Called>, Rows)>,
    places: Places<'a, Rows>,
    /// What is [said] where the annotator says no more than the label.
    bare: Option<Rows>,
}

impl<'a> Written<'a> {
    fn of(source: &Source<'a>, dialect: Dialect) -> Self {
        let id = part(dialect, |rows| rows.cell(doc_id(source)));
        Self { id, called: Vec::new(), places: Places::of(source), bare: None }
    }

    /// What is [called] of `own`.
    fn called(&mut self, own: &Row<'_>, source: &Source<'_>) -> &Rows {
        let known = self.called.iter().position(|(called, _)| Arc::ptr_eq(called, &own.called));
        let number = known.unwrap_or_else(|| {
            let part = part(self.id.dialect(), |rows| called(rows, own, source));
            self.called.push((Arc::clone(&own.called), part));
            self.called.len() - 1
        });
        &self.called[number].1
    }
}

/// What the attributes of all layers are called, each once.
fn attributes(schemas: &[&Schema]) -> Vec<String> {
    let mut attributes: Vec<String> = Vec::new();
    for layer in schemas.iter().flat_map(|schema| &schema.layers) {
        for id in layer.attributes.iter().map(|own| own.id.as_str()) {
            let name = attribute_name(layer, id).unwrap_or(id);
            if !attributes.iter().any(|own| own == name) {
                attributes.push(name.to_owned());
            }
        }
    }
    attributes
}

impl Exporter for Tables {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        if self.document.as_deref() != Some(source.document.id.as_str()) {
            self.document = Some(source.document.id.to_string());
            document(&mut self.documents, source, &shipped, sink)?;
        }
        annotator(&mut self.annotators.rows, source);
        let mut written = Written::of(source, self.dialect);
        let speakers = each(source, &shipped, losses, &mut |row| {
            self.row(&row, source, &shipped, &mut written);
            let tables = [&mut self.spans, &mut self.relations, &mut self.labels];
            tables.into_iter().try_for_each(|table| table.relieve(sink))
        })?;
        for own in &speakers {
            speaker(&mut self.speakers.rows, source, own);
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
    fn row<'a>(&mut self, own: &Row<'_>, source: &Source<'a>, shipped: &Shipped, written: &mut Written<'a>) {
        match &own.about {
            About::Text(fragments) => {
                for (number, span) in (1..).zip(fragments.spans()) {
                    let rows = &mut self.spans.rows;
                    rows.again(&written.id);
                    rows.cell(&own.id);
                    rows.number(Some(number));
                    rows.again(written.called(own, source));
                    offsets(rows, shipped.text(), *span);
                    let there = shipped.back(*span, &source.document.text);
                    rows.number(there.map(|own| own.start().bytes()));
                    rows.number(there.map(|own| own.end().bytes()));
                    rows.cell(own.speaker.as_deref().unwrap_or_default());
                    rows.again(written.places.at(there.map(Span::start), |own| place(self.dialect, own)));
                    if own.attributes.is_empty() && own.note.is_none() && own.stamp == Stamp::MANUAL {
                        let bare = || part(self.dialect, |rows| said(rows, &self.attributes, own));
                        rows.again(written.bare.get_or_insert_with(bare));
                    } else {
                        said(rows, &self.attributes, own);
                    }
                    rows.end();
                }
            }
            About::Relation { from, to } => {
                let rows = &mut self.relations.rows;
                named(rows, own, source);
                rows.cell(from);
                rows.cell(to);
                rows.cell(own.speaker.as_deref().unwrap_or_default());
                said(rows, &self.attributes, own);
                rows.end();
            }
            About::Document => {
                let rows = &mut self.labels.rows;
                named(rows, own, source);
                rows.cell(own.speaker.as_deref().unwrap_or_default());
                said(rows, &self.attributes, own);
                rows.end();
            }
        }
    }
}

fn document(table: &mut Table, source: &Source<'_>, shipped: &Shipped, sink: &mut dyn Sink) -> io::Result<()> {
    let rows = &mut table.rows;
    rows.cell(doc_id(source));
    rows.cell(source.document.id.as_str());
    rows.cell(source.digest.as_str());
    rows.number(Some(shipped.text().code_point_count()));
    table.long_cell(shipped.text().as_str(), sink)?;
    table.rows.end();
    Ok(())
}

fn annotator(rows: &mut Rows, source: &Source<'_>) {
    rows.cell(doc_id(source));
    rows.cell(source.annotator);
    rows.cell(status(source));
    rows.cell(&source.revision.to_string());
    rows.cell(&source.schema.name);
    rows.end();
}

fn speaker(rows: &mut Rows, source: &Source<'_>, own: &Registered<'_>) {
    rows.cell(doc_id(source));
    rows.cell(source.annotator);
    rows.number(Some(own.id.0 as usize));
    rows.cell(own.name);
    rows.cell(own.role.unwrap_or_default());
    rows.cell(&own.aliases);
    rows.end();
}

/// Document, id, annotator, label and value.
fn named(rows: &mut Rows, own: &Row<'_>, source: &Source<'_>) {
    rows.cell(doc_id(source));
    rows.cell(&own.id);
    called(rows, own, source);
}

/// Annotator, label and value.
fn called(rows: &mut Rows, own: &Row<'_>, source: &Source<'_>) {
    rows.cell(source.annotator);
    rows.cell(&own.called.layer);
    rows.cell(own.called.value.as_deref().unwrap_or_default());
}

/// Offsets in three units and the text between.
pub(super) fn offsets(rows: &mut Rows, text: &Text, span: Span) {
    let (code_points, utf16) = text.code_points_and_utf16(span);
    for range in [code_points, utf16, span.range()] {
        rows.number(Some(range.start));
        rows.number(Some(range.end));
    }
    rows.cell(text.slice(span));
}

/// Turn, who is speaking, paragraph.
pub(super) fn place(dialect: Dialect, Place { turn, speaker, paragraph }: Place<'_>) -> Rows {
    part(dialect, |rows| {
        rows.number(turn);
        rows.cell(speaker.unwrap_or_default());
        rows.number(paragraph);
    })
}

/// A part of a row.
fn part(dialect: Dialect, write: impl FnOnce(&mut Rows)) -> Rows {
    let mut rows = Rows::new(dialect);
    write(&mut rows);
    rows
}

/// The cells under [`SAID`], and the attributes.
fn said(rows: &mut Rows, attributes: &[String], own: &Row<'_>) {
    let Stamp { kind, from, score } = &own.stamp;
    rows.cell(own.note.unwrap_or_default());
    rows.word(kind);
    rows.cell(from);
    rows.cell(&score.map(|score| score.to_string()).unwrap_or_default());
    for name in attributes {
        let words = own.attributes.iter().find(|(own, _)| *own == name.as_str());
        rows.cell(words.map(|(_, words)| words.as_ref()).unwrap_or_default());
    }
    let is_other = |name: &str| attributes.iter().all(|own| own != name);
    let others = own.attributes.iter().filter(|(name, _)| is_other(name));
    let others: BTreeMap<&str, &str> = others.map(|(name, words)| (*name, words.as_ref())).collect();
    // Words can always be an object of JSON.
    rows.cell(&if others.is_empty() { String::new() } else { serde_json::to_string(&others).unwrap_or_default() });
}
