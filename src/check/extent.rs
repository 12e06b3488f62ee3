//! Rules about where a span starts and ends.
//!
//! Quotation marks are never complained about: whether a quote is tagged with its marks is for the annotator to say. Nor is a
//! full stop at the end, since sentences are tagged whole.

use super::{Code, Scene};
use crate::annotation::Annotation;
use crate::text::segment::word_segment;
use crate::text::{Fragments, Offset, Span, Text};

/// Closing marks and separators: at the start of a span they belong to what stands before it.
///
/// A dash may open a line of dialogue, dots may stand for something left out.
const NEVER_FIRST: &[char] = &[',', ';', ':', '!', '?', ')', ']', '}', '،', '؛', '、', '，', '。'];

/// Opening marks and separators: at the end of a span they belong to what follows.
const NEVER_LAST: &[char] = &[',', ';', ':', '(', '[', '{', '،', '؛', '、', '，'];

/// Dashes; behind a blank they separate, without one they may say that someone was interrupted.
const DASHES: &[char] = &['-', '–', '—', '―'];

/// No fragment begins or ends with a blank.
pub(super) fn no_blank_at_edge(scene: &mut Scene<'_>, annotation: &Annotation) {
    let text = &scene.document.text;
    for span in spans(annotation) {
        let (first, last) = (blanks_at_start(text, *span), blanks_at_end(text, *span));
        for (blanks, verb) in [(first, "begins"), (last.filter(|last| Some(*last) != first), "ends")] {
            if let Some(blanks) = blanks {
                let message = format!("{} {verb} with a blank", annotation.name());
                scene.report_at(Code::BlankAtEdge, annotation, blanks, message, "leave the blank out");
            }
        }
    }
}

/// The annotation neither begins nor ends with a mark that belongs to its surroundings.
///
/// Where an interrupted quote breaks off there is a comma as a rule, so only the outer edges count.
pub(super) fn no_punctuation_at_edge(scene: &mut Scene<'_>, annotation: &Annotation) {
    let text = &scene.document.text;
    let Some(hull) = annotation.fragments().map(Fragments::hull) else { return };
    let first = first_grapheme(text, hull).filter(|first| {
        let (char, behind) = (first_char(text, *first), first_char_at(text, first.end()));
        NEVER_FIRST.contains(&char) || char == '.' && behind.is_some_and(char::is_whitespace)
    });
    let last = last_grapheme(text, hull).filter(|last| {
        let (char, before) = (first_char(text, *last), last_char_before(text, last.start()));
        NEVER_LAST.contains(&char) || DASHES.contains(&char) && before.is_some_and(char::is_whitespace)
    });
    for (mark, verb) in [(first, "begins"), (last.filter(|last| Some(*last) != first), "ends")] {
        if let Some(mark) = mark {
            let message = format!("{} {verb} with `{}`", annotation.name(), text.slice(mark));
            let hint = format!("leave the `{}` out", text.slice(mark));
            scene.report_at(Code::PunctuationAtEdge, annotation, mark, message, hint);
        }
    }
}

/// No fragment begins or ends inside a word.
pub(super) fn no_word_is_cut(scene: &mut Scene<'_>, annotation: &Annotation) {
    let text = &scene.document.text;
    for span in spans(annotation) {
        for (edge, inside, verb, outer) in [
            (span.start(), first_grapheme(text, *span), "begins", "start"),
            (span.end(), last_grapheme(text, *span), "ends", "end"),
        ] {
            if let Some(inside) = inside.filter(|_| is_inside_word(text, edge)) {
                let message = format!("{} {verb} inside a word", annotation.name());
                let hint = format!("move the edge to the {outer} of the word");
                scene.report_at(Code::CutWord, annotation, inside, message, &hint);
            }
        }
    }
}

fn spans(annotation: &Annotation) -> impl Iterator<Item = &Span> {
    annotation.fragments().into_iter().flat_map(Fragments::spans)
}

/// Whether letters or digits of one word stand on both sides of `offset` (UAX #29).
///
/// Not whether a word of UAX #29 merely goes on: the standard joins «мир.Он» where a blank was forgotten.
fn is_inside_word(text: &Text, offset: Offset) -> bool {
    let Some(before) = text.previous_boundary(offset) else { return false };
    let is_letter = |start| first_char_at(text, start).is_some_and(char::is_alphanumeric);
    // Chinese and Thai are written without blanks: there every letter is a word to the standard
    is_letter(before) && is_letter(offset) && word_segment(text, offset).is_some_and(|segment| segment.start() < offset)
}

fn first_grapheme(text: &Text, span: Span) -> Option<Span> {
    text.span(span.start(), text.next_boundary(span.start())?).ok()
}

fn last_grapheme(text: &Text, span: Span) -> Option<Span> {
    text.span(text.previous_boundary(span.end())?, span.end()).ok()
}

fn blanks_at_start(text: &Text, span: Span) -> Option<Span> {
    let content = text.slice(span);
    let blanks = content.len() - content.trim_start().len();
    text.span(span.start(), Offset::new(span.start().bytes() + blanks)).ok()
}

fn blanks_at_end(text: &Text, span: Span) -> Option<Span> {
    let blanks = text.slice(span).trim_end().len();
    text.span(Offset::new(span.start().bytes() + blanks), span.end()).ok()
}

fn first_char(text: &Text, span: Span) -> char {
    text.slice(span).chars().next().unwrap_or_default()
}

fn first_char_at(text: &Text, offset: Offset) -> Option<char> {
    text.between(offset, text.end()).chars().next()
}

fn last_char_before(text: &Text, offset: Offset) -> Option<char> {
    text.between(Offset::ZERO, offset).chars().next_back()
}
