//! The old text, as far as it is known: all of it, or what the quotes say of it.
//!
//! Quotes overlap and stand at known places: together they are islands of the old text, with holes of known length between them.

use std::cmp::Reverse;

use super::folded::Folded;
use super::{Old, Stated};
use crate::text::{Offset, Span, Text};

/// What is known of the old text.
#[derive(Debug)]
pub(super) struct Past {
    /// The islands, a line each.
    text: Text,
    islands: Vec<Island>,
    /// How long the old text was, in code points.
    length: usize,
}

/// A stretch of the old text that is known.
#[derive(Debug)]
struct Island {
    /// Where it was in the old text, in code points, half-open.
    start: usize,
    end: usize,
    /// Where it stands among the islands.
    at: usize,
}

impl Past {
    pub(super) fn of(old: Old<'_>, stated: &[Stated<'_>]) -> Self {
        match old {
            Old::Text(text) => {
                let length = text.code_point_count();
                Self { text: text.clone(), islands: vec![Island { start: 0, end: length, at: 0 }], length }
            }
            Old::Length(length) => Self::of_quotes(stated, length),
        }
    }

    fn of_quotes(stated: &[Stated<'_>], length: usize) -> Self {
        let mut sorted: Vec<&Stated<'_>> = stated.iter().filter(|own| is_sound(own)).collect();
        sorted.sort_by_key(|own| (own.start, Reverse(own.end)));
        let (mut islands, mut content): (Vec<Island>, Vec<char>) = (Vec::new(), Vec::new());
        for own in sorted {
            let Some(last) = islands.last_mut().filter(|last| own.start <= last.end) else {
                content.extend(islands.last().map(|_| '\n'));
                islands.push(Island { start: own.start, end: own.end, at: content.len() });
                content.extend(own.quote.chars());
                continue;
            };
            let known = &content[last.at + own.start - last.start..];
            let fits = known.iter().zip(own.quote.chars()).all(|(known, own)| *known == own);
            if fits && own.end > last.end {
                content.extend(own.quote.chars().skip(last.end - own.start));
                last.end = own.end;
            }
        }
        let text = Text::new(content.into_iter().collect()).expect("quotes come from files far below 4 GiB");
        Self { text, islands, length }
    }

    /// The islands, a line each.
    pub(super) fn text(&self) -> &Text {
        &self.text
    }

    /// Where `stated` stands among the islands; nowhere, when its words are others there.
    pub(super) fn span(&self, stated: &Stated<'_>) -> Option<Span> {
        let island = self.islands[..self.islands.partition_point(|own| own.start <= stated.start)].last()?;
        let place = |number: usize| (number <= island.end).then(|| island.at + (number - island.start));
        let (start, end) = (place(stated.start)?, place(stated.end).filter(|_| stated.end > stated.start)?);
        let span = self.text.span_of_code_points(start, end).ok()?;
        (self.text.slice(span) == stated.quote).then_some(span)
    }

    /// Where the tokens of the islands stood in the old text, in code points, half-open.
    pub(super) fn places(&self, folded: &Folded<'_>) -> Vec<(i64, i64)> {
        let place = |bytes: usize| {
            let at = self.text.code_point(Offset::new(bytes));
            let island = self.islands[..self.islands.partition_point(|own| own.at <= at)].last();
            signed(island.map_or(at, |island| island.start + (at - island.at)))
        };
        folded.tokens().iter().map(|token| folded.bytes(token)).map(|own| (place(own.start), place(own.end))).collect()
    }

    /// How long the old text was, in code points.
    pub(super) fn length(&self) -> i64 {
        signed(self.length)
    }

    /// The length of the hole before each of the tokens at `places`, and behind the last, in code points.
    pub(super) fn holes(&self, places: &[(i64, i64)]) -> Vec<Option<i64>> {
        let starts = places.iter().map(|place| place.0).chain([signed(self.length)]);
        let ends = [0].into_iter().chain(places.iter().map(|place| place.1));
        let is_known = |from: i64, to: i64| {
            let island = self.islands[..self.islands.partition_point(|own| signed(own.start) <= from)].last();
            island.is_some_and(|island| to <= signed(island.end)) || from == to
        };
        ends.zip(starts).map(|(from, to)| (!is_known(from, to)).then_some(to.saturating_sub(from))).collect()
    }
}

/// Whether the quote is as long as it is said to be.
fn is_sound(stated: &Stated<'_>) -> bool {
    stated.end.checked_sub(stated.start).is_some_and(|length| length > 0 && stated.quote.chars().count() == length)
}

/// `count` code points.
fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
