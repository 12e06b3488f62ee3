//! Placing fragments by their words and positions alone, when the old text is not at hand.
//!
//! Words that stand once may be look-alikes of words that are gone, and nothing but the company they keep can tell. Long
//! quotes that stand once and keep their order, or move together, are placed; very long ones wherever they went. They are the
//! neighbours of the others, together with both ends of the text. What lies between two neighbours that went equally far goes
//! with them, code point by code point. Where something was changed between them, it goes as far as one of them or not at
//! all: it is placed when its words are no small ones and stand nowhere else between the two.

use std::collections::BTreeMap;

use super::blocks::{LONG, longest_rising};
use super::folded::{Folded, fold_quote};
use super::ruler::Ruler;
use super::{Found, Lead, Stated, Why};
use crate::text::Span;

/// How many places of the same words are shown, the nearest first.
const NEAR: usize = 50;

/// How many words in a row are more than any formula of address has.
const FAR: usize = 12;

/// How many letters a quote has that is not found by chance at a given place.
const WEIGHTY: usize = 8;

/// How many code points a copy is looked for around a place.
const COPIED: u64 = 3000;

/// A fragment with the places of its words.
struct Quote<'a> {
    stated: &'a Stated<'a>,
    /// The words as they are compared.
    folded: String,
    places: Vec<Place>,
    /// How many tokens it has.
    words: usize,
    /// Whether it begins and ends with whole words wherever it stands.
    is_whole: bool,
}

/// Where words stand, and how far that is from where they stood.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    span: Span,
    shift: i64,
}

/// Finds what became of each fragment `stated` of a text of `length` code points in the text `new`.
pub(super) fn seek(stated: &[Stated<'_>], length: usize, new: &Folded<'_>) -> Vec<Found> {
    let mut quotes: Vec<Quote<'_>> = stated.iter().map(|own| Quote::of(own, new)).collect();
    let mut order: Vec<usize> = (0..quotes.len()).collect();
    order.sort_by_key(|at| (quotes[*at].stated.start, quotes[*at].stated.end));
    let counts = fitting(&quotes, &order, length, new);
    for quote in &mut quotes {
        quote.measure(&counts);
    }
    let mut placed = certain(&quotes, &order);
    let end = shift(length, *counts.last().expect("the end is counted") as usize);
    for settle in [Neighbours::between, Neighbours::beside, Neighbours::between, Neighbours::beside] {
        let neighbours = Neighbours::of(&quotes, &placed, end);
        for (quote, place) in quotes.iter().zip(&mut placed) {
            *place = place.or_else(|| settle(&neighbours, quote));
        }
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
        let folded = fold_quote(stated.quote);
        let places = new.occurrences(&folded);
        let words = places.first().map_or(0, |place| new.tokens_in(place).len());
        let is_whole = places.iter().all(|place| new.is_whole(place));
        let spans = places.iter().filter_map(|place| new.unfold(place, stated.quote));
        Self { stated, folded, places: spans.map(|span| Place { span, shift: 0 }).collect(), words, is_whole }
    }

    /// Finds how far each place is, as `counts` has it.
    fn measure(&mut self, counts: &[u32]) {
        for place in &mut self.places {
            place.shift = shift(self.stated.start, counts[place.span.start().bytes()] as usize);
        }
    }

    /// The only place, if there is one.
    fn sole(&self) -> Option<Place> {
        match self.places.as_slice() {
            [place] if self.is_whole => Some(*place),
            _ => None,
        }
    }

    /// Whether its words, which are no small ones, stand near `place` once more: somebody may have made a copy.
    fn has_copy_near(&self, place: Place) -> bool {
        let near = |other: &Place| *other != place && other.shift.abs_diff(place.shift) < COPIED;
        self.words > 1 && self.places.iter().any(near)
    }

    fn leads(&self) -> Vec<Lead> {
        let mut places = self.places.clone();
        places.sort_by_key(|place| place.shift.unsigned_abs());
        Lead::best(places.iter().take(NEAR).map(|place| Lead { span: place.span, why: Why::Alike }).collect())
    }
}

/// The counts of the code points before every byte of the new text, by the ruler on which most is as it was stated.
fn fitting(quotes: &[Quote<'_>], order: &[usize], length: usize, new: &Folded<'_>) -> Vec<u32> {
    let long: Vec<(&Stated<'_>, Span)> = order
        .iter()
        .map(|at| &quotes[*at])
        .filter(|quote| quote.words >= LONG)
        .filter_map(|quote| Some((quote.stated, quote.sole()?.span)))
        .collect();
    let misfits = |counts: &Vec<u32>| {
        let count = |place: usize| counts[place] as usize;
        let mut last = 0;
        let mut sum = 0;
        for (stated, span) in &long {
            let (from, to) = (count(span.start().bytes()), count(span.end().bytes()));
            let own = shift(stated.start, from);
            sum += usize::from(own != last) + usize::from(to - from != stated.end.saturating_sub(stated.start));
            last = own;
        }
        sum + usize::from(shift(length, count(counts.len() - 1)) != last)
    };
    let rulers = Ruler::all().map(|ruler| ruler.measure(new.text()));
    rulers.min_by_key(misfits).expect("there are rulers")
}

/// The long quotes that stand once, in the order they had, or next to one that moved just as far; very long ones wherever they are.
fn certain(quotes: &[Quote<'_>], order: &[usize]) -> Vec<Option<Place>> {
    let long = order.iter().filter(|at| quotes[**at].words >= LONG);
    let long: Vec<(usize, Place)> = long.filter_map(|at| Some((*at, quotes[*at].sole()?))).collect();
    let mut placed = vec![None; quotes.len()];
    for kept in longest_rising(&long.iter().map(|(_, place)| place.span).collect::<Vec<_>>()) {
        placed[long[kept].0] = Some(long[kept].1);
    }
    for pair in long.windows(2).filter(|pair| pair[0].1.shift == pair[1].1.shift && pair[0].1 != pair[1].1) {
        for (at, place) in pair {
            placed[*at] = Some(*place);
        }
    }
    for (at, place) in long.into_iter().filter(|(at, _)| quotes[*at].words >= FAR) {
        placed[at] = Some(place);
    }
    placed
}

/// The placed quotes, by where they were.
struct Neighbours {
    places: BTreeMap<(usize, usize), Place>,
    /// How far the end of the text moved.
    end: i64,
}

impl Neighbours {
    fn of(quotes: &[Quote<'_>], placed: &[Option<Place>], end: i64) -> Self {
        let own =
            |(quote, found): (&Quote<'_>, &Option<Place>)| Some(((quote.stated.start, quote.stated.end), (*found)?));
        Self { places: quotes.iter().zip(placed).filter_map(own).collect(), end }
    }

    /// Those before and behind `quote`.
    fn around(&self, quote: &Quote<'_>) -> (Option<Place>, Option<Place>) {
        let own = (quote.stated.start, quote.stated.end);
        let left = self.places.range(..own).next_back().map(|(_, place)| *place);
        (left, self.places.range(own..).next().map(|(_, place)| *place))
    }

    /// How far those before and behind `quote` went.
    fn shifts(&self, quote: &Quote<'_>) -> (i64, i64) {
        let (left, right) = self.around(quote);
        (left.map_or(0, |place| place.shift), right.map_or(self.end, |place| place.shift))
    }

    /// Whether nothing moved, or everything equally far.
    fn is_still(&self) -> bool {
        self.places.values().all(|place| place.shift == self.end)
    }

    /// The place of `quote` between neighbours that went equally far.
    fn between(&self, quote: &Quote<'_>) -> Option<Place> {
        let (left, right) = self.shifts(quote);
        let place = quote.places.iter().find(|place| left == right && place.shift == left).copied()?;
        (self.is_still() || quote.is_whole && !quote.has_copy_near(place)).then_some(place)
    }

    /// The place of `quote` next to one of its neighbours, when its words stand nowhere else between them.
    fn beside(&self, quote: &Quote<'_>) -> Option<Place> {
        let (left, right) = self.around(quote);
        let is_within = |place: &&Place| {
            left.is_none_or(|left| left.span.start() <= place.span.start())
                && right.is_none_or(|right| place.span.end() <= right.span.end())
        };
        let mut within = quote.places.iter().filter(is_within);
        let lone = within.next().filter(|_| within.next().is_none()).copied();
        let is_weighty = quote.is_whole && quote.folded.chars().count() >= WEIGHTY;
        let place = quote.sole().or_else(|| lone.filter(|place| is_weighty && !quote.has_copy_near(*place)))?;
        let (left, right) = self.shifts(quote);
        [left, right].contains(&place.shift).then_some(place)
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
