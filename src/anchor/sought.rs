//! Placing fragments by their words and positions alone, when the old text is not at hand.
//!
//! Words that stand once may be look-alikes of words that are gone, and nothing but the company they keep can tell. Long
//! quotes that stand once and keep their order, or move together, are placed. They are the neighbours of the others, together
//! with both ends of the text: a short quote that stands once must have moved just as far as a neighbour, and one that stands
//! several times just as far as the neighbours on both sides, code point by code point.

use std::collections::BTreeMap;

use super::blocks::{LONG, longest_rising};
use super::folded::{Folded, fold_quote};
use super::{Found, Lead, Stated, Why};
use crate::text::Span;

/// How many places of the same words are shown, the nearest first.
const NEAR: usize = 50;

/// A fragment with the places of its words.
struct Quote<'a> {
    stated: &'a Stated<'a>,
    places: Vec<Place>,
    is_long: bool,
}

/// Where words stand, and how far that is from where they stood.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    span: Span,
    shift: i64,
}

/// Finds what became of each fragment `stated` of a text of `length` code points in the text `new`.
pub(super) fn seek(stated: &[Stated<'_>], length: usize, new: &Folded<'_>) -> Vec<Found> {
    let quotes: Vec<Quote<'_>> = stated.iter().map(|own| Quote::of(own, new)).collect();
    let mut order: Vec<usize> = (0..quotes.len()).collect();
    order.sort_by_key(|at| (quotes[*at].stated.start, quotes[*at].stated.end));
    let mut placed = certain(&quotes, &order);
    let neighbours = Neighbours::of(&quotes, &placed, shift(length, new.text().code_point_count()));
    for (quote, place) in quotes.iter().zip(&mut placed) {
        *place = place.or_else(|| neighbours.settle(quote));
    }
    let contested = contested(&quotes, &placed);
    let found = quotes.iter().zip(placed).map(|(quote, place)| match place {
        Some(place) if !contested.contains(&place.span) => Ok(place.span),
        _ => Err(quote.leads()),
    });
    found.collect()
}

impl<'a> Quote<'a> {
    fn of(stated: &'a Stated<'a>, new: &Folded<'_>) -> Self {
        let places = new.occurrences(&fold_quote(stated.quote));
        let is_long = places.first().is_some_and(|place| new.tokens_in(place).len() >= LONG);
        let place = |span: Span| Place { span, shift: shift(stated.start, new.text().code_point(span.start())) };
        let spans = places.iter().filter_map(|place| new.unfold(place, stated.quote));
        Self { stated, places: spans.map(place).collect(), is_long }
    }

    /// The only place, if there is one.
    fn sole(&self) -> Option<Place> {
        match self.places.as_slice() {
            [place] => Some(*place),
            _ => None,
        }
    }

    fn leads(&self) -> Vec<Lead> {
        let mut places = self.places.clone();
        places.sort_by_key(|place| place.shift.unsigned_abs());
        Lead::best(places.iter().take(NEAR).map(|place| Lead { span: place.span, why: Why::Alike }).collect())
    }
}

/// The long quotes that stand once, in the order they had, or next to one that moved just as far.
fn certain(quotes: &[Quote<'_>], order: &[usize]) -> Vec<Option<Place>> {
    let long: Vec<(usize, Place)> =
        order.iter().filter(|at| quotes[**at].is_long).filter_map(|at| Some((*at, quotes[*at].sole()?))).collect();
    let mut placed = vec![None; quotes.len()];
    for kept in longest_rising(&long.iter().map(|(_, place)| place.span).collect::<Vec<_>>()) {
        placed[long[kept].0] = Some(long[kept].1);
    }
    for pair in long.windows(2).filter(|pair| pair[0].1.shift == pair[1].1.shift && pair[0].1 != pair[1].1) {
        for (at, place) in pair {
            placed[*at] = Some(*place);
        }
    }
    placed
}

/// How far the placed quotes moved, by where they were.
struct Neighbours {
    shifts: BTreeMap<(usize, usize), i64>,
    /// How far the end of the text moved.
    end: i64,
}

impl Neighbours {
    fn of(quotes: &[Quote<'_>], placed: &[Option<Place>], end: i64) -> Self {
        let shifts = quotes
            .iter()
            .zip(placed)
            .filter_map(|(quote, place)| Some(((quote.stated.start, quote.stated.end), (*place)?.shift)));
        Self { shifts: shifts.collect(), end }
    }

    /// The place of `quote` that its neighbours leave no doubt about.
    fn settle(&self, quote: &Quote<'_>) -> Option<Place> {
        let own = (quote.stated.start, quote.stated.end);
        let left = self.shifts.range(..own).next_back().map_or(0, |(_, shift)| *shift);
        let right = self.shifts.range(own..).next().map_or(self.end, |(_, shift)| *shift);
        match quote.sole() {
            Some(place) => [left, right].contains(&place.shift).then_some(place),
            None if left == right => quote.places.iter().find(|place| place.shift == left).copied(),
            None => None,
        }
    }
}

/// The spans on which words from two places were put.
fn contested(quotes: &[Quote<'_>], placed: &[Option<Place>]) -> Vec<Span> {
    let mut origins: BTreeMap<Span, usize> = BTreeMap::new();
    let mut contested = Vec::new();
    for (quote, place) in quotes.iter().zip(placed) {
        let Some(place) = place else { continue };
        if *origins.entry(place.span).or_insert(quote.stated.start) != quote.stated.start {
            contested.push(place.span);
        }
    }
    contested
}

fn shift(from: usize, to: usize) -> i64 {
    let code_points = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    code_points(to) - code_points(from)
}
