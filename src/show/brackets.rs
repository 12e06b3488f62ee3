//! The text with its annotations in brackets, for reading, for pipes and for screen readers.
//!
//! ```text
//! [Q1 Человек [T2 имеет право [C3 на труд Q1] T2] и отдых C3].
//! ```
//!
//! Both ends of a span carry its name, so crossing spans stay readable; the fragments of an interrupted annotation are
//! `[Q1.1 … Q1.1]` and `[Q1.2 … Q1.2]`. Where several meet, closing ends stand before opening ones, the longer span opens first
//! and what was opened last closes first: spans that can nest do.
//!
//! Brackets of the text itself stay (`[смех]`), except where they would read as one of ours: a `[` before something like
//! `Q1 ` becomes `⟦`, a `]` after something like ` Q1` becomes `⟧`. So whatever looks like an end of a span is one.
//! What could steer a terminal is made visible.
//!
//! Below the text every annotation has a line of its own with label, speaker, attributes and note.

use std::cmp::Reverse;
use std::io::{self, Write};

use super::visible;
use crate::annotation::{Annotation, AnnotationSet, Target, Value};
use crate::exchange::Source;
use crate::text::{Offset, Span, Text};

/// Writes `source`: a header, the text, a legend, with an empty line between.
pub fn write(source: &Source<'_>, mut out: impl Write) -> io::Result<()> {
    let (id, annotator) = (visible::line(source.document.id.as_str()), visible::line(source.annotator));
    writeln!(out, "{id}, annotated by {annotator} (revision {}, {})\n", source.revision, source.set.status())?;
    write_text(source, &mut out)?;
    writeln!(out)?;
    if source.set.is_empty() {
        writeln!(out, "no annotations")?;
    }
    source.set.iter().try_for_each(|annotation| writeln!(out, "{}", legend(source, annotation)))
}

/// An end of a span.
struct Mark<'a> {
    at: Offset,
    opens: bool,
    name: &'a str,
}

fn write_text(source: &Source<'_>, out: &mut impl Write) -> io::Result<()> {
    let text = &source.document.text;
    let shown = bracketed(text, source.set.iter(), Offset::ZERO, text.end());
    out.write_all(visible::prose(&shown).as_bytes())?;
    if text.as_str().ends_with(['\n', '\r']) { Ok(()) } else { writeln!(out) }
}

/// A passage of the text with the brackets that stand in it: what opened before it closes here, and the other way round.
pub fn passage(text: &Text, set: &AnnotationSet, window: Span) -> String {
    let mut annotations: Vec<&Annotation> = set.overlapping(window).map(|(_, own)| own).collect();
    annotations.sort_by_key(|own| own.id);
    annotations.dedup_by_key(|own| own.id);
    visible::prose(&bracketed(text, annotations, window.start(), window.end()))
}

/// The text from `start` to `end` with the brackets of `annotations`.
fn bracketed<'a>(
    text: &Text,
    annotations: impl IntoIterator<Item = &'a Annotation>,
    start: Offset,
    end: Offset,
) -> String {
    let spans = named_spans(annotations);
    let mut shown = String::new();
    let mut written = start;
    for Mark { at, opens, name } in marks(&spans) {
        if at < start || at > end || at == if opens { end } else { start } {
            continue;
        }
        shown += &guarded(text.between(written, at));
        let parts = if opens { ["[", name, " "] } else { [" ", name, "]"] };
        shown.extend(parts);
        written = at;
    }
    shown + &guarded(text.between(written, end))
}

/// Every fragment with the name it goes by, in the order in which they open.
fn named_spans<'a>(annotations: impl IntoIterator<Item = &'a Annotation>) -> Vec<(Span, String)> {
    let mut spans: Vec<(Span, String)> = annotations.into_iter().flat_map(fragments).collect();
    spans.sort_by_key(|(span, _)| (span.start(), Reverse(span.end())));
    spans
}

fn fragments(annotation: &Annotation) -> impl Iterator<Item = (Span, String)> {
    let name = visible::line(&annotation.name());
    let spans = annotation.fragments().map_or(&[][..], |fragments| fragments.spans());
    let is_whole = spans.len() == 1;
    (1..)
        .zip(spans)
        .map(move |(number, span)| (*span, if is_whole { name.clone() } else { format!("{name}.{number}") }))
}

/// The ends of `spans` (in the order in which they open) as they follow each other in the text.
fn marks(spans: &[(Span, String)]) -> Vec<Mark<'_>> {
    let mut closing: Vec<usize> = (0..spans.len()).collect();
    closing.sort_by_key(|number| (spans[*number].0.end(), Reverse(*number)));
    let mut openings = spans.iter().map(|(span, name)| Mark { at: span.start(), opens: true, name }).peekable();
    let mut marks = Vec::with_capacity(2 * spans.len());
    for (span, name) in closing.into_iter().map(|number| &spans[number]) {
        while let Some(opening) = openings.next_if(|opening| opening.at < span.end()) {
            marks.push(opening);
        }
        marks.push(Mark { at: span.end(), opens: false, name });
    }
    marks
}

/// `piece` with other brackets where its own would read as an end of a span. Ends of spans stand at both ends of the piece,
/// and they come with a space.
fn guarded(piece: &str) -> String {
    let is_edge = |c: char| c.is_whitespace() || c == '[' || c == ']';
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    piece
        .char_indices()
        .map(|(at, c)| {
            let (before, behind) = piece.split_at(at);
            match c {
                '[' => {
                    let behind = behind.strip_prefix('[').unwrap_or_default();
                    let word = behind.split(is_edge).next().unwrap_or_default();
                    let next = behind.strip_prefix(word).and_then(|rest| rest.chars().next());
                    if is_space(next) && is_name(word) { '⟦' } else { c }
                }
                ']' => {
                    let word = before.rsplit(is_edge).next().unwrap_or_default();
                    let previous = before.strip_suffix(word).and_then(|rest| rest.chars().next_back());
                    if is_space(previous) && is_name(word) { '⟧' } else { c }
                }
                _ => c,
            }
        })
        .collect()
}

/// Whether `word` could be the name of an annotation or fragment: `Q1`, `Q1.2`. A first letter in upper case has up to three.
fn is_name(word: &str) -> bool {
    let number = word.trim_start_matches(|c: char| !c.is_ascii_digit());
    let letters = word.chars().count() - number.chars().count();
    !number.is_empty() && (1..=3).contains(&letters) && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// An annotation in a line: `Q1 quote; speaker: Булекпаев; mode: direct; note: …`, `A9 argument: C4 supports C7`.
fn legend(source: &Source<'_>, annotation: &Annotation) -> String {
    let (layer, label) = (annotation.layer.as_str(), annotation.label.as_str());
    let kind = match annotation.target {
        Target::Relation { from, to } => format!("{layer}: {} {label} {}", source.name_of(from), source.name_of(to)),
        _ if layer == label => label.to_owned(),
        _ => format!("{layer}: {label}"),
    };
    let is_known = source.schema.label(&annotation.layer, &annotation.label).is_some();
    let unknown = (!is_known).then(|| "not in the schema".to_owned());
    let whole = (annotation.target == Target::Document).then(|| "the whole document".to_owned());
    // The speaker is what one looks for first.
    let (speakers, others): (Vec<_>, Vec<_>) =
        annotation.attributes.iter().partition(|(_, value)| matches!(value, Value::Speaker(_)));
    let attributes = speakers.into_iter().chain(others).map(|(id, value)| format!("{id}: {}", source.words(value)));
    let note = annotation.note.as_ref().map(|note| format!("note: {note}"));
    let parts: Vec<String> = [kind].into_iter().chain(unknown).chain(whole).chain(attributes).chain(note).collect();
    visible::line(&format!("{} {}", annotation.name(), parts.join("; ")))
}

#[cfg(test)]
mod tests;
