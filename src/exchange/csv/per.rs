//! Tables with a row for each token, sentence or turn, and a column for each label: what statistics want.
//!
//! | column | holds |
//! |---|---|
//! | `doc_id` `annotator` | the transcript without `.txt`, and who annotated it |
//! | `turn` `turn_speaker` `paragraph` | where it starts; nothing outside of turns |
//! | `sentence` `token` | its number in the text, from 1 |
//! | `start_cp` … `end_byte` `text` | as in the table of spans |
//! | `label_Quote` `label_Theme:rights` … | how many annotations of that label touch it: 0 for none |
//! | `other_labels` | the labels that the schema does not know, apart by blanks |
//!
//! All annotators have the same rows, so their tables can be compared cell by cell. Marks are tokens, blanks are not.

use std::collections::BTreeMap;
use std::io;

use super::dialect::{Dialect, Manner, Rows, Table};
use super::write::{offsets, place};
use crate::annotation::Annotation;
use crate::exchange::names::Called;
use crate::exchange::place::Places;
use crate::exchange::tidy::doc_id;
use crate::exchange::{Exporter, Format, Loss, Losses, Plan, Shape, Shipped, Sink, Source};
use crate::schema::{LayerKind, Schema};
use crate::text::{Offset, Span, segment};

/// What a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// A word or a mark.
    Token,
    /// A sentence.
    Sentence,
    /// What someone says in a row; also what stands before the first and between two.
    Turn,
}

impl Per {
    /// All of them, the smallest first.
    pub const ALL: [Self; 3] = [Self::Token, Self::Sentence, Self::Turn];

    /// What `--per` calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Sentence => "sentence",
            Self::Turn => "turn",
        }
    }

    /// The format of a table like `format` with a row for each of these; none if that is no format of tables.
    pub fn format(self, format: &Format) -> Option<&'static Format> {
        let place = [&super::FORMAT, &super::TSV].iter().position(|own| own.name == format.name)?;
        FORMATS[place].get(self as usize)
    }
}

static FORMATS: [[Format; 3]; 2] = [
    [
        table("csv", |plan| start(plan, Dialect::Csv, Per::Token)),
        table("csv", |plan| start(plan, Dialect::Csv, Per::Sentence)),
        table("csv", |plan| start(plan, Dialect::Csv, Per::Turn)),
    ],
    [
        table("tsv", |plan| start(plan, Dialect::Tsv, Per::Token)),
        table("tsv", |plan| start(plan, Dialect::Tsv, Per::Sentence)),
        table("tsv", |plan| start(plan, Dialect::Tsv, Per::Turn)),
    ],
];

const fn table(name: &'static str, start: fn(&Plan<'_>) -> Box<dyn Exporter>) -> Format {
    Format { name, shape: Shape::Stream, start, read: None, sniff: |_, _| false, ..super::FORMAT }
}

fn start(plan: &Plan<'_>, dialect: Dialect, per: Per) -> Box<dyn Exporter> {
    let labels = labels(plan.schemas);
    let numbers: &[&str] = match per {
        Per::Token => &["sentence", "token"],
        Per::Sentence => &["sentence"],
        Per::Turn => &[],
    };
    let head = ["doc_id", "annotator", "turn", "turn_speaker", "paragraph"];
    let behind = ["start_cp", "end_cp", "start_utf16", "end_utf16", "start_byte", "end_byte", "text"];
    let own: Vec<String> = labels.iter().map(|tag| format!("label_{tag}")).collect();
    let counted = own.iter().map(String::as_str).chain(["other_labels"]);
    let header = head.iter().chain(numbers).chain(&behind).copied().chain(counted);
    let table = Table::new(NAME, Manner { dialect, is_marked: plan.is_marked }, header);
    Box::new(Units { per, dialect, table, labels })
}

/// The labels of spans, each once, as all exports call them.
fn labels(schemas: &[&Schema]) -> Vec<String> {
    let mut labels = Vec::new();
    for schema in schemas {
        for layer in schema.layers.iter().filter(|own| own.kind == LayerKind::Span) {
            for label in &layer.labels {
                let tag = Called::named(schema, &layer.id, &label.id).tag();
                if !labels.contains(&tag) {
                    labels.push(tag);
                }
            }
        }
    }
    labels
}

struct Units {
    per: Per,
    dialect: Dialect,
    table: Table,
    labels: Vec<String>,
}

impl Exporter for Units {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let rows = units(self.per, source, &shipped);
        let mut counts: Vec<BTreeMap<String, usize>> = vec![BTreeMap::new(); rows.len()];
        for own in source.set.iter() {
            let touched = touched(own, &shipped, &rows);
            if touched.is_empty() {
                losses.tell(Loss::Annotation(own.id));
            }
            let tag = Called::of(source.schema, own).tag();
            for place in touched {
                *counts[place].entry(tag.clone()).or_default() += 1;
            }
        }
        let mut places = Places::of(source);
        for (row, counts) in rows.iter().zip(counts) {
            self.row(row, counts, source, &shipped, &mut places);
            self.table.relieve(sink)?;
        }
        self.finish(sink)
    }

    fn finish(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        self.table.pass_on(sink)
    }
}

const NAME: &str = "units";

impl Units {
    /// Appends a row, with how often each label touches it.
    fn row<'a>(
        &mut self,
        row: &Unit,
        mut counts: BTreeMap<String, usize>,
        source: &Source<'a>,
        shipped: &Shipped,
        places: &mut Places<'a, Rows>,
    ) {
        let rows = &mut self.table.rows;
        rows.cell(doc_id(source));
        rows.cell(source.annotator);
        let start = shipped.back(row.span, &source.document.text).map(Span::start);
        rows.again(places.at(start, |own| place(self.dialect, own)));
        match self.per {
            Per::Token => {
                rows.number(row.sentence);
                rows.number(Some(row.number));
            }
            Per::Sentence => rows.number(row.sentence),
            Per::Turn => {}
        }
        offsets(rows, shipped.text(), row.span);
        for tag in &self.labels {
            rows.number(Some(counts.remove(tag).unwrap_or(0)));
        }
        rows.cell(&counts.into_keys().collect::<Vec<_>>().join(" "));
        rows.end();
    }
}

/// What a row is about, in the text that is shipped.
struct Unit {
    span: Span,
    number: usize,
    sentence: Option<usize>,
}

/// The units of a text, ascending and disjoint, without the blanks around them.
fn units(per: Per, source: &Source<'_>, shipped: &Shipped) -> Vec<Unit> {
    let text = shipped.text();
    let sentences: Vec<Span> = segment::sentences(text, Offset::ZERO, text.end())
        .filter_map(|own| text.trimmed(own.start(), own.end()))
        .collect();
    let spans: Vec<Span> = match per {
        Per::Token => {
            segment::word_segments(text, Offset::ZERO).filter_map(|own| text.trimmed(own.start(), own.end())).collect()
        }
        Per::Sentence => sentences.clone(),
        Per::Turn => {
            turns(source, shipped).into_iter().filter_map(|own| text.trimmed(own.start(), own.end())).collect()
        }
    };
    let sentence = |span: &Span| {
        let number = sentences.partition_point(|own| own.start() <= span.start());
        (number > 0).then_some(number)
    };
    (1..).zip(spans).map(|(number, span)| Unit { span, number, sentence: sentence(&span) }).collect()
}

/// The turns, and what is outside of them.
fn turns(source: &Source<'_>, shipped: &Shipped) -> Vec<Span> {
    let text = shipped.text();
    let mut at = Offset::ZERO;
    let mut spans = Vec::new();
    for turn in source.document.turns.iter().filter_map(|own| shipped.span(own.span)) {
        spans.extend(text.span(at, turn.start()));
        spans.push(turn);
        at = turn.end();
    }
    spans.extend(text.span(at, text.end()));
    spans
}

/// The places of the units that share a character with a fragment of `own`.
fn touched(own: &Annotation, shipped: &Shipped, rows: &[Unit]) -> Vec<usize> {
    let mut touched = Vec::new();
    let fragments = own.fragments().and_then(|own| shipped.fragments(own));
    for span in fragments.iter().flat_map(|own| own.spans()) {
        let first = rows.partition_point(|row| row.span.end() <= span.start());
        let behind = rows.partition_point(|row| row.span.start() < span.end());
        touched.extend(first..behind.max(first));
    }
    touched.sort_unstable();
    touched.dedup();
    touched
}
