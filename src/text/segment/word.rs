//! Words, and the blanks and marks between them.

use std::iter;

use unicode_segmentation::UnicodeSegmentation;

use super::{Grid, Stretch};
use crate::text::{Offset, Span, Text};

/// Before a blank that follows no blank, every rule of UAX #29 for words has come to its end.
const GRID: Grid = Grid { size: 1024, is_anchor: |before, c| c == ' ' && !before.is_whitespace() };

/// Whether a segment is a word: whether it has a letter or a digit.
pub fn is_word(segment: &str) -> bool {
    segment.chars().any(char::is_alphanumeric)
}

/// The segment between two word bounds of UAX #29 that holds `at`, or `None` at the end of the text.
///
/// It is a word, a run of blanks, or a mark. Where a bound lies inside a grapheme cluster, the segments on both sides are
/// one. A segment of more than 1024 bytes may be cut.
pub fn word_segment(text: &Text, at: Offset) -> Option<Span> {
    let stretch = GRID.stretch(text, at)?;
    segments_of(text, stretch).find(|segment| at < segment.end())
}

/// `span` widened to the ends of the words that it begins and ends in.
pub fn widened(text: &Text, span: Span) -> Span {
    let word = |at: Offset| word_segment(text, at).filter(|own| own.overlaps(span) && is_word(text.slice(*own)));
    let last = text.previous_boundary(span.end());
    let ends = [word(span.start()), last.and_then(word)];
    ends.into_iter().flatten().fold(span, Span::hull)
}

/// The segments from the one that holds `from` to the end of the text, in one pass.
pub fn word_segments(text: &Text, from: Offset) -> impl Iterator<Item = Span> {
    iter::successors(GRID.stretch(text, from), |stretch| GRID.stretch(text, stretch.end))
        .flat_map(|stretch| segments_of(text, stretch))
        .skip_while(move |segment| segment.end() <= from)
}

/// The first word that starts at or behind `at`.
///
/// Costs the distance to that word, not the length of the text.
pub fn next_word(text: &Text, at: Offset) -> Option<Span> {
    let own = word_segment(text, at)?;
    let from = if own.start() < at { own.end() } else { at };
    let (ahead, _) = text.between(from, text.end()).char_indices().find(|(_, c)| c.is_alphanumeric())?;
    word_segment(text, Offset::new(from.bytes() + ahead))
}

/// The last word that starts before `at`.
///
/// Costs the distance to that word, not the length of the text.
pub fn previous_word(text: &Text, at: Offset) -> Option<Span> {
    let own = word_segment(text, at).filter(|own| own.start() < at && is_word(text.slice(*own)));
    own.or_else(|| {
        let (back, _) = text.between(Offset::ZERO, at).char_indices().rfind(|(_, c)| c.is_alphanumeric())?;
        word_segment(text, Offset::new(back))
    })
}

fn segments_of(text: &Text, stretch: Stretch) -> impl Iterator<Item = Span> {
    let mut start = stretch.start;
    text.between(stretch.start, stretch.end)
        .split_word_bound_indices()
        .map(move |(at, segment)| Offset::new(stretch.start.bytes() + at + segment.len()))
        .filter(|end| text.is_boundary(*end))
        .map(move |end| Span::new_unchecked(std::mem::replace(&mut start, end), end))
}
