//! Writing lines.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::Range;

use crate::annotation::{Annotation, AnnotationId, AnnotationSet, Origin, Speaker, Target, Value};
use crate::exchange::place::{Place, Places};
use crate::exchange::{Exporter, Loss, Losses, OriginParts, Sink, Source};
use crate::schema::{LabelId, LayerId};
use crate::text::Fragments;

use super::VERSION;
use super::line::{Line, Scanned};

/// Writes a line per source.
#[derive(Debug)]
pub(super) struct Lines;

impl Exporter for Lines {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let astray = astray(source.set);
        for id in &astray {
            losses.tell(Loss::Annotation(*id));
        }
        write(source, &astray, sink.file("annotations.jsonl")?)
    }
}

/// The relations that have an end which is not there, or is among them.
fn astray(set: &AnnotationSet) -> BTreeSet<AnnotationId> {
    let relations: Vec<&Annotation> = set.spanless().filter(|own| own.is_relation()).collect();
    let mut astray = BTreeSet::new();
    loop {
        let is_there = |id: AnnotationId| set.get(id).is_some() && !astray.contains(&id);
        let leads_astray = |own: &&&Annotation| match own.target {
            Target::Relation { from, to } => is_there(own.id) && !(is_there(from) && is_there(to)),
            Target::Text(_) | Target::Document => false,
        };
        let more: Vec<AnnotationId> = relations.iter().filter(leads_astray).map(|own| own.id).collect();
        if more.is_empty() {
            return astray;
        }
        astray.extend(more);
    }
}

/// Writes `source` as one line, but for annotations that are `astray`.
fn write(source: &Source<'_>, astray: &BTreeSet<AnnotationId>, mut out: impl Write) -> io::Result<()> {
    let mut line = Line::default();
    line.object(|line| {
        let text = Scanned::of(source.document.text.as_str());
        head(line, source, &text, &mut out)?;
        let mut written = Written { text, called: Vec::new(), places: Places::of(source), bare: None };
        line.key("annotations").list(|line| {
            source.set.iter().filter(|own| !astray.contains(&own.id)).try_for_each(|own| {
                line.object(|line| annotation(line, source, own, &mut written));
                line.relieve(&mut out)
            })
        })
    })?;
    line.end(&mut out)
}

/// The document, who says it, the text and the register.
fn head(line: &mut Line, source: &Source<'_>, text: &Scanned<'_>, out: &mut impl Write) -> io::Result<()> {
    let document = source.document;
    line.key("format").word("tribune");
    line.key("version").number(VERSION);
    line.key("id").text(document.id.as_str());
    line.key("annotator").text(source.annotator);
    line.key("revision").number(source.revision);
    line.key("status").text(&source.set.status().to_string());
    line.key("schema").object(|line| {
        line.key("name").text(&source.schema.name);
        line.key("version").number(source.schema.version);
    });
    line.key("sha256").text(source.digest.as_str());
    line.key("code_points").number(document.text.code_point_count());
    line.key("offset_unit").word("code points");
    line.key("text").long(text, out)?;
    line.key("speakers").list(|line| {
        for Speaker { id, name, role, aliases } in source.set.speakers() {
            line.object(|line| {
                line.key("id").number(id.0);
                line.key("name").text(name);
                line.key("role").maybe(role.as_deref());
                line.key("aliases").list(|line| aliases.iter().for_each(|own| line.text(own)));
            });
        }
    });
    Ok(())
}

/// What is the same for many annotations, found or written once.
struct Written<'a> {
    text: Scanned<'a>,
    /// Layer and label, for each pair that annotations have.
    called: Vec<((&'a LabelId, &'a LayerId), Line)>,
    places: Places<'a, Line>,
    /// What is [said] where the annotator says no more than the label.
    bare: Option<Line>,
}

impl<'a> Written<'a> {
    /// Layer and label of `own`.
    fn called(&mut self, own: &'a Annotation) -> &Line {
        let of = (&own.label, &own.layer);
        let number = self.called.iter().position(|(known, _)| *known == of).unwrap_or_else(|| {
            let part = Line::of(|line| {
                line.key("layer").text(own.layer.as_str());
                line.key("label").text(own.label.as_str());
            });
            self.called.push((of, part));
            self.called.len() - 1
        });
        &self.called[number].1
    }
}

/// The number in the annotator's file, what people call it, and all that is said.
fn annotation<'a>(line: &mut Line, source: &Source<'a>, own: &'a Annotation, written: &mut Written<'a>) {
    line.key("id").number(own.id.0);
    line.key("name").text(&own.name());
    line.again(written.called(own));
    target(line, source, &written.text, own);
    if own.attributes.is_empty() && own.note.is_none() && own.origin == Origin::Manual {
        line.again(written.bare.get_or_insert_with(|| Line::of(|line| said(line, source, own))));
    } else {
        said(line, source, own);
    }
    line.again(written.places.at(own.fragments().map(Fragments::start), place));
}

/// Who is quoted, attributes, note and origin.
fn said(line: &mut Line, source: &Source<'_>, own: &Annotation) {
    line.key("speaker").maybe(source.speaker_of(own).as_deref());
    line.key("attributes").list(|line| {
        for (name, value) in &own.attributes {
            line.object(|line| attribute(line, source, name.as_str(), value));
        }
    });
    line.key("note").maybe(own.note.as_deref());
    line.key("origin").object(|line| origin(line, (&own.origin).into()));
}

/// What it is about: `start` and `end` are those of all fragments together.
fn target(line: &mut Line, source: &Source<'_>, text: &Scanned<'_>, own: &Annotation) {
    let (kind, ends) = match own.target {
        Target::Text(_) => ("text", None),
        Target::Relation { from, to } => ("relation", Some((from, to))),
        Target::Document => ("document", None),
    };
    let spans = own.fragments().map_or(&[][..], Fragments::spans);
    let ranges: Vec<Range<usize>> = spans.iter().map(|span| source.document.text.code_points(*span)).collect();
    line.key("target").word(kind);
    line.key("start").number(ranges.first().map(|own| own.start));
    line.key("end").number(ranges.last().map(|own| own.end));
    line.key("fragments").list(|line| {
        for (range, span) in ranges.iter().zip(spans) {
            line.object(|line| {
                line.key("start").number(range.start);
                line.key("end").number(range.end);
                line.key("quote").part(text, span.range());
            });
        }
    });
    line.key("relation");
    match ends {
        None => line.maybe(None),
        Some((from, to)) => line.object(|line| {
            line.key("from").number(from.0);
            line.key("to").number(to.0);
        }),
    }
}

fn attribute(line: &mut Line, source: &Source<'_>, name: &str, value: &Value) {
    let (kind, speaker) = match value {
        Value::Choice(_) => ("choice", None),
        Value::Flag(_) => ("flag", None),
        Value::Text(_) => ("text", None),
        Value::Speaker(id) => ("speaker", Some(id.0)),
    };
    line.key("name").text(name);
    line.key("kind").word(kind);
    line.key("value").text(&source.words(value));
    line.key("speaker_id").number(speaker);
}

fn origin(line: &mut Line, OriginParts { kind, from, score }: OriginParts<'_>) {
    line.key("kind").word(kind);
    line.key("from").list(|line| from.iter().for_each(|own| line.text(own)));
    line.key("score").number(score);
}

/// Who is speaking where an annotation starts, and the numbers of that turn and of that paragraph.
fn place(Place { turn, speaker, paragraph }: Place<'_>) -> Line {
    Line::of(|line| {
        line.key("turn_speaker").maybe(speaker);
        line.key("turn").number(turn);
        line.key("paragraph").number(paragraph);
    })
}
