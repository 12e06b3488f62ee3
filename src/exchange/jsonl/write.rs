//! Writing lines.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::ser::{CompactFormatter, Formatter};

use crate::annotation::{Annotation, Speaker, Target, Value};
use crate::exchange::contents::AT_ONCE;
use crate::exchange::{Exporter, Losses, OriginParts, Sink, Source};
use crate::text::{Span, Text};

use super::VERSION;

/// Writes a line per source.
#[derive(Debug)]
pub(super) struct Lines;

impl Exporter for Lines {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, _: &mut Losses) -> io::Result<()> {
        let mut out = io::BufWriter::with_capacity(AT_ONCE, sink.file("annotations.jsonl")?);
        write(source, &mut out)?;
        out.flush()
    }
}

#[derive(Serialize)]
struct Row<'a> {
    format: &'static str,
    version: u32,
    id: &'a str,
    annotator: &'a str,
    revision: u64,
    status: String,
    schema: SchemaName<'a>,
    sha256: &'a str,
    code_points: usize,
    offset_unit: &'static str,
    text: &'a str,
    speakers: Vec<SpeakerRow<'a>>,
    annotations: Annotations<'a>,
}

/// A row for each annotation, made when it is written.
struct Annotations<'a>(Source<'a>);

impl Serialize for Annotations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.set.iter().map(|own| annotation_row(&self.0, own)))
    }
}

#[derive(Serialize)]
struct SchemaName<'a> {
    name: &'a str,
    version: u32,
}

#[derive(Serialize)]
struct SpeakerRow<'a> {
    id: u32,
    name: &'a str,
    role: Option<&'a str>,
    aliases: &'a [String],
}

#[derive(Serialize)]
struct AnnotationRow<'a> {
    /// The number in the annotator's file.
    id: u32,
    /// What people call it.
    name: String,
    layer: &'a str,
    label: &'a str,
    /// `text`, `relation` or `document`.
    target: &'static str,
    /// The first fragment's start.
    start: Option<usize>,
    /// The last fragment's end.
    end: Option<usize>,
    fragments: Vec<FragmentRow<'a>>,
    relation: Option<RelationRow>,
    /// Who is quoted or makes the claim.
    speaker: Option<Cow<'a, str>>,
    attributes: Vec<AttributeRow<'a>>,
    note: Option<&'a str>,
    origin: OriginRow<'a>,
    /// Who is speaking where the annotation starts.
    turn_speaker: Option<&'a str>,
    /// The number of that turn, from 1.
    turn: Option<usize>,
    /// The number of the paragraph where the annotation starts, from 1.
    paragraph: Option<usize>,
}

#[derive(Serialize)]
struct FragmentRow<'a> {
    start: usize,
    end: usize,
    quote: &'a str,
}

#[derive(Serialize)]
struct RelationRow {
    from: u32,
    to: u32,
}

#[derive(Serialize)]
struct AttributeRow<'a> {
    name: &'a str,
    kind: &'static str,
    value: Cow<'a, str>,
    speaker_id: Option<u32>,
}

#[derive(Serialize)]
struct OriginRow<'a> {
    kind: &'static str,
    from: Vec<&'a str>,
    score: Option<f64>,
}

/// Writes `source` as one line.
pub(super) fn write(source: &Source<'_>, mut out: impl Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, OneLine);
    row(source).serialize(&mut serializer)?;
    out.write_all(b"\n")
}

fn row<'a>(source: &Source<'a>) -> Row<'a> {
    let document = source.document;
    Row {
        format: "tribune",
        version: VERSION,
        id: document.id.as_str(),
        annotator: source.annotator,
        revision: source.revision,
        status: source.set.status().to_string(),
        schema: SchemaName { name: &source.schema.name, version: source.schema.version },
        sha256: source.digest.as_str(),
        code_points: document.text.code_point_count(),
        offset_unit: "code points",
        text: document.text.as_str(),
        speakers: source.set.speakers().map(speaker_row).collect(),
        annotations: Annotations(*source),
    }
}

fn speaker_row(speaker: &Speaker) -> SpeakerRow<'_> {
    SpeakerRow { id: speaker.id.0, name: &speaker.name, role: speaker.role.as_deref(), aliases: &speaker.aliases }
}

fn annotation_row<'a>(source: &Source<'a>, annotation: &'a Annotation) -> AnnotationRow<'a> {
    let text = &source.document.text;
    let fragments = annotation.fragments();
    let pieces: Vec<_> = fragments.iter().flat_map(|own| own.spans()).map(|span| fragment_row(text, *span)).collect();
    let start = fragments.map(crate::text::Fragments::start);
    let turn = start.and_then(|start| source.turn_at(start));
    let (target, relation) = match annotation.target {
        Target::Text(_) => ("text", None),
        Target::Relation { from, to } => ("relation", Some(RelationRow { from: from.0, to: to.0 })),
        Target::Document => ("document", None),
    };
    let OriginParts { kind, from, score } = (&annotation.origin).into();
    AnnotationRow {
        id: annotation.id.0,
        name: annotation.name(),
        layer: annotation.layer.as_str(),
        label: annotation.label.as_str(),
        target,
        start: pieces.first().map(|own| own.start),
        end: pieces.last().map(|own| own.end),
        fragments: pieces,
        relation,
        speaker: source.speaker_of(annotation),
        attributes: annotation
            .attributes
            .iter()
            .map(|(name, value)| attribute_row(source, name.as_str(), value))
            .collect(),
        note: annotation.note.as_deref(),
        origin: OriginRow { kind, from, score },
        turn_speaker: turn.and_then(|(_, turn)| turn.speaker.as_deref()),
        turn: turn.map(|(number, _)| number),
        paragraph: start.and_then(|start| source.paragraph_at(start)),
    }
}

fn fragment_row(text: &Text, span: Span) -> FragmentRow<'_> {
    let range = text.code_points(span);
    FragmentRow { start: range.start, end: range.end, quote: text.slice(span) }
}

fn attribute_row<'a>(source: &Source<'a>, name: &'a str, value: &'a Value) -> AttributeRow<'a> {
    let (kind, speaker_id) = match value {
        Value::Choice(_) => ("choice", None),
        Value::Flag(_) => ("flag", None),
        Value::Text(_) => ("text", None),
        Value::Speaker(id) => ("speaker", Some(id.0)),
    };
    AttributeRow { name, kind, value: source.words(value), speaker_id }
}

/// Compact JSON that stays on one line for every reader's idea of a line.
struct OneLine;

impl Formatter for OneLine {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // Most are names of fields.
        if fragment.is_ascii() {
            return CompactFormatter.write_string_fragment(writer, fragment);
        }
        let mut rest = fragment;
        while let Some(at) = separator(rest.as_bytes()) {
            let (plain, behind) = rest.split_at(at);
            CompactFormatter.write_string_fragment(writer, plain)?;
            let mut behind = behind.chars();
            if let Some(separator) = behind.next() {
                write!(writer, "\\u{:04x}", u32::from(separator))?;
            }
            rest = behind.as_str();
        }
        CompactFormatter.write_string_fragment(writer, rest)
    }
}

/// Where the first of NEL, U+2028 and U+2029 is, the line separators that JSON does not escape.
fn separator(bytes: &[u8]) -> Option<usize> {
    let is_one = |at: &usize| {
        let rest = &bytes[*at..];
        ["\u{85}", "\u{2028}", "\u{2029}"].iter().any(|own| rest.starts_with(own.as_bytes()))
    };
    memchr::memchr2_iter(0xC2, 0xE2, bytes).find(is_one)
}
