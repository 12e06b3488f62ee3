//! Writing lines.

use std::io::{self, Write};
use std::ops::Range;

use crate::annotation::{Annotation, Speaker, Target, Value};
use crate::exchange::{Exporter, Losses, OriginParts, Sink, Source};
use crate::text::{Fragments, Text};

use super::VERSION;
use super::line::Line;

/// Writes a line per source.
#[derive(Debug)]
pub(super) struct Lines;

impl Exporter for Lines {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, _: &mut Losses) -> io::Result<()> {
        write(source, sink.file("annotations.jsonl")?)
    }
}

/// Writes `source` as one line.
fn write(source: &Source<'_>, mut out: impl Write) -> io::Result<()> {
    let mut line = Line::default();
    line.object(|line| {
        head(line, source);
        line.key("annotations").list(|line| {
            source.set.iter().try_for_each(|own| {
                line.object(|line| annotation(line, source, own));
                line.relieve(&mut out)
            })
        })
    })?;
    line.end(&mut out)
}

/// The document, who says it, the text and the register.
fn head(line: &mut Line, source: &Source<'_>) {
    let document = source.document;
    line.key("format").text("tribune");
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
    line.key("offset_unit").text("code points");
    line.key("text").text(document.text.as_str());
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
}

/// The number in the annotator's file, what people call it, and all that is said.
fn annotation(line: &mut Line, source: &Source<'_>, own: &Annotation) {
    line.key("id").number(own.id.0);
    line.key("name").text(&own.name());
    line.key("layer").text(own.layer.as_str());
    line.key("label").text(own.label.as_str());
    target(line, &source.document.text, own);
    line.key("speaker").maybe(source.speaker_of(own).as_deref());
    line.key("attributes").list(|line| {
        for (name, value) in &own.attributes {
            line.object(|line| attribute(line, source, name.as_str(), value));
        }
    });
    line.key("note").maybe(own.note.as_deref());
    line.key("origin").object(|line| origin(line, (&own.origin).into()));
    place(line, source, own.fragments());
}

/// What it is about: `start` and `end` are those of all fragments together.
fn target(line: &mut Line, text: &Text, own: &Annotation) {
    let (kind, ends) = match own.target {
        Target::Text(_) => ("text", None),
        Target::Relation { from, to } => ("relation", Some((from, to))),
        Target::Document => ("document", None),
    };
    let spans = own.fragments().map_or(&[][..], Fragments::spans);
    let ranges: Vec<Range<usize>> = spans.iter().map(|span| text.code_points(*span)).collect();
    line.key("target").text(kind);
    line.key("start").number(ranges.first().map(|own| own.start));
    line.key("end").number(ranges.last().map(|own| own.end));
    line.key("fragments").list(|line| {
        for (range, span) in ranges.iter().zip(spans) {
            line.object(|line| {
                line.key("start").number(range.start);
                line.key("end").number(range.end);
                line.key("quote").text(text.slice(*span));
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
    line.key("kind").text(kind);
    line.key("value").text(&source.words(value));
    line.key("speaker_id").number(speaker);
}

fn origin(line: &mut Line, OriginParts { kind, from, score }: OriginParts<'_>) {
    line.key("kind").text(kind);
    line.key("from").list(|line| from.iter().for_each(|own| line.text(own)));
    line.key("score").number(score);
}

/// Who is speaking where the annotation starts, and the numbers of that turn and of that paragraph, from 1.
fn place(line: &mut Line, source: &Source<'_>, fragments: Option<&Fragments>) {
    let start = fragments.map(Fragments::start);
    let turn = start.and_then(|start| source.turn_at(start));
    line.key("turn_speaker").maybe(turn.and_then(|(_, turn)| turn.speaker.as_deref()));
    line.key("turn").number(turn.map(|(number, _)| number));
    line.key("paragraph").number(start.and_then(|start| source.paragraph_at(start)));
}
