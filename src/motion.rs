//! Where the cursor goes and what a selection takes: pure functions over a document.
//!
//! Every function looks at the text around the cursor and at nothing else, so it costs the same in a news item and in a nine-hour
//! sitting.

mod object;

pub use object::{Object, grow, object};

use crate::document::Document;
use crate::text::{Offset, Span, Text, segment};

/// What the cursor moves by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A character as people see it.
    Grapheme,
    /// A word; marks and blanks are passed over.
    Word,
    /// A sentence.
    Sentence,
    /// A paragraph: a line that is not blank.
    Paragraph,
    /// A speaker's turn.
    Turn,
}

/// The start of the next unit, or the end of the text.
pub fn next(document: &Document, unit: Unit, at: Offset) -> Offset {
    let text = &document.text;
    let found = match unit {
        Unit::Grapheme => text.next_boundary(at),
        Unit::Word => text.next_boundary(at).and_then(|behind| {
            let own = segment::word_segment(text, at).map_or(behind, Span::end);
            segment::next_word(text, own).map(Span::start)
        }),
        Unit::Sentence => segment::next_sentence(text, at),
        Unit::Paragraph => {
            let number = text.paragraphs_before(text.line_of(at) + 1);
            text.paragraph(number).map(|line| line.start)
        }
        Unit::Turn => {
            let number = document.turns.partition_point(|turn| turn.span.start() <= at);
            return document.turns.get(number).map_or(at, |turn| turn.span.start());
        }
    };
    found.unwrap_or_else(|| text.end())
}

/// The start of the unit at `at`, or of the one before when `at` is a start already; at last the start of the text.
pub fn previous(document: &Document, unit: Unit, at: Offset) -> Offset {
    let text = &document.text;
    let found = match unit {
        Unit::Grapheme => text.previous_boundary(at),
        Unit::Word => segment::previous_word(text, at).map(Span::start),
        Unit::Sentence => segment::previous_sentence(text, at),
        Unit::Paragraph => {
            let line = text.line_of(at);
            let own = usize::from(text.line(line).start < at);
            text.paragraphs_before(line + own)
                .checked_sub(1)
                .and_then(|number| text.paragraph(number))
                .map(|line| line.start)
        }
        Unit::Turn => {
            let number = document.turns.partition_point(|turn| turn.span.start() < at);
            return number.checked_sub(1).map_or(at, |number| document.turns[number].span.start());
        }
    };
    found.unwrap_or(Offset::ZERO)
}

/// Where the unit at `at` ends, or the next one when `at` is an end already, without the blanks behind it.
pub fn end_of(document: &Document, unit: Unit, at: Offset) -> Offset {
    let text = &document.text;
    match unit {
        Unit::Grapheme => next(document, unit, at),
        Unit::Word => {
            let own = segment::word_segment(text, at).filter(|own| segment::is_word(text.slice(*own)));
            own.or_else(|| segment::next_word(text, at)).map_or_else(|| text.end(), Span::end)
        }
        Unit::Turn => {
            let number = document.turns.partition_point(|turn| turn.span.end() <= at);
            let ends = document.turns[number..].iter();
            let mut ends = ends.map(|turn| without_blanks(text, turn.span.start(), turn.span.end()));
            ends.find(|end| *end > at).unwrap_or(at)
        }
        Unit::Sentence | Unit::Paragraph => {
            let mut from = at;
            loop {
                let behind = match unit {
                    Unit::Paragraph => text.line(text.line_of(from)).end.max(from),
                    _ => next(document, unit, from),
                };
                let end = without_blanks(text, from, behind);
                if end > at {
                    return end;
                }
                let onward = next(document, unit, from);
                if onward <= from {
                    return text.end().min(at.max(onward));
                }
                from = onward;
            }
        }
    }
}

/// `end` drawn back over blanks, not before `start`.
fn without_blanks(text: &Text, start: Offset, end: Offset) -> Offset {
    let kept = text.between(start, end).trim_end();
    Offset::new(start.bytes() + kept.len())
}

#[cfg(test)]
mod tests;
