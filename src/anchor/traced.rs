//! Placing fragments where their words went.

use std::collections::HashMap;
use std::ops::Range;

use super::blocks::FAR;
use super::folded::{Folded, fold_quote};
use super::links::{Links, Words};
use super::past::Past;
use super::ruler;
use super::tokens::Tokens;
use super::{Found, Lead, Stated, Why};

/// How many places of the same words are looked at, the nearest first.
const NEAR: usize = 50;

/// How many words around a place are compared, on either side.
const AROUND: usize = 40;

/// How doubtful a place may be that is taken.
const DOUBT: f64 = 1e-3;

/// How many words in a row, those around them among them, are more than chance.
const ENOUGH: usize = 4;

/// How many words in a row are likely a copy.
const COPIED: usize = 8;

/// How many more words agree on either side of what was copied than of the copy.
const BEYOND: usize = 20;

/// How often rare words stand in a text.
const RARE: usize = 4;

/// How near copies are looked for that have little around them as it was, in words.
const CLOSE: usize = 100;

/// Finds what became of each fragment `stated` of the text `past` in the text `new`.
pub(super) fn trace(stated: &[Stated<'_>], past: &Past, new: &Folded<'_>) -> Vec<Found> {
    let old = Folded::of(past.text());
    let mut numbers = HashMap::new();
    let (old_tokens, new_tokens) = (old.numbered(&mut numbers), new.numbered(&mut numbers));
    let places = past.places(&old);
    let holes = past.holes(&places);
    let (starts, ends) = ruler::fitting(&places, past.length(), &holes, &old_tokens, new, &new_tokens);
    let places = places.iter().map(|place| place.0).chain([past.length()]).collect();
    let words = Words { old: old_tokens, places, holes, new: new_tokens, starts, ends };
    let links = Links::of(&words);
    let (old_tokens, new_tokens) = (Tokens::of(words.old.clone()), Tokens::of(words.new.clone()));
    let trace = Trace {
        past,
        old: &old,
        new,
        has_holes: words.holes.iter().any(Option::is_some),
        words,
        old_tokens,
        new_tokens,
        links,
    };
    stated.iter().map(|own| trace.find(own)).collect()
}

struct Trace<'a> {
    past: &'a Past,
    old: &'a Folded<'a>,
    new: &'a Folded<'a>,
    words: Words,
    has_holes: bool,
    old_tokens: Tokens,
    new_tokens: Tokens,
    links: Links,
}

impl Trace<'_> {
    fn find(&self, stated: &Stated<'_>) -> Found {
        let Some(span) = self.past.span(stated) else {
            // The file does not speak of this text: its words are all there is.
            return Err(self.alike(&fold_quote(stated.quote), stated.start, stated.quote, None));
        };
        let range = self.old.fold(span);
        let tokens = self.old.tokens_in(&range);
        if tokens.is_empty() {
            return Err(Vec::new());
        }
        let images = self.images(&range, &tokens);
        let sure = images.iter().find(|image| self.links.doubt(&tokens, image.0) <= DOUBT);
        let sure = sure.cloned().or_else(|| self.far(&range, &tokens));
        if let Some((_, place)) = sure.filter(|image| !self.is_disputed(&tokens, image.0))
            && let Some(span) = self.new.unfold(&place, stated.quote)
        {
            return Ok(span);
        }
        let linked = images.iter().filter_map(|(_, place)| self.lead(place, stated.quote, Some(&tokens)));
        let mut leads: Vec<Lead> = linked.collect();
        leads.extend(self.alike(self.old.slice(range), self.expected(tokens.start), stated.quote, Some(&tokens)));
        leads.extend(self.changed(&tokens));
        Err(Lead::best(leads))
    }

    /// Where the old `range`, which touches `tokens`, may have gone with the same words: the first token and the place.
    fn images(&self, range: &Range<usize>, tokens: &Range<usize>) -> Vec<(usize, Range<usize>)> {
        self.links
            .images(tokens)
            .into_iter()
            .filter_map(|first| Some((first, self.image(range, tokens, first)?)))
            .collect()
    }

    /// The place of the old `range`, which touches `tokens`, if these begin with the new token `first`.
    fn image(&self, range: &Range<usize>, tokens: &Range<usize>, first: usize) -> Option<Range<usize>> {
        let into_first = range.start - self.old.tokens()[tokens.start].start;
        let into_last = range.end - self.old.tokens()[tokens.end - 1].start;
        let last = first + tokens.len() - 1;
        let start = self.new.tokens()[first].start + into_first;
        let place = start..(self.new.tokens()[last].start + into_last).max(start);
        let is_same = self.new.tokens_in(&place) == (first..last + 1)
            && self.new.get(&place) == Some(self.old.slice(range.clone()));
        is_same.then_some(place)
    }

    /// The only place where the old `tokens` stand with so many words around them that it is evidence wherever it is.
    fn far(&self, range: &Range<usize>, tokens: &Range<usize>) -> Option<(usize, Range<usize>)> {
        let agrees = |place: &Range<usize>| tokens.len() + self.around(tokens, place);
        let mut places = self.new_tokens.places(self.old_tokens.slice(tokens)).filter(|place| agrees(place) >= ENOUGH);
        let place = places.next().filter(|_| places.next().is_none()).filter(|place| agrees(place) >= FAR)?;
        let taken = place.clone().zip(tokens.clone()).filter(|(new, old)| self.links.is_taken_from(*new, *old)).count();
        // A mark at the edge may be another's, by chance.
        Some((place.start, self.image(range, tokens, place.start).filter(|_| taken <= tokens.len() / FAR)?))
    }

    /// About where the old `token` is to be expected in the new text.
    fn expected(&self, token: usize) -> usize {
        let near = (0..=token).rev().take(200).find_map(|at| Some(self.links.partner(at)? + (token - at)));
        near.unwrap_or(token)
    }

    /// The places of `words` that do not probably belong to other words of the old text, the nearest to the token `expected` first.
    fn alike(&self, words: &str, expected: usize, quote: &str, own: Option<&Range<usize>>) -> Vec<Lead> {
        let mut places = self.new.occurrences(words);
        let distance = |place: &Range<usize>| self.new.tokens_in(place).start.abs_diff(expected);
        places.sort_by_key(distance);
        let taken = |place: &Range<usize>| own.is_some() && self.new.tokens_in(place).any(|at| self.links.is_taken(at));
        let free = places.iter().take(NEAR).filter(|place| !taken(place));
        free.filter_map(|place| self.lead(place, quote, own)).collect()
    }

    fn lead(&self, place: &Range<usize>, quote: &str, own: Option<&Range<usize>>) -> Option<Lead> {
        let span = self.new.unfold(place, quote)?;
        let around = own.map_or(0, |own| self.around(own, &self.new.tokens_in(place)));
        Some(Lead { span, why: if around == 0 { Why::Alike } else { Why::Around(around) } })
    }

    /// How many words agree around the `old` and the `new` tokens.
    fn around(&self, old: &Range<usize>, new: &Range<usize>) -> usize {
        let (before, behind) = self.sides(old, new);
        before + behind
    }

    /// How many words agree before the `old` and the `new` tokens, and how many behind them; over holes that are as long as they were.
    fn sides(&self, old: &Range<usize>, new: &Range<usize>) -> (usize, usize) {
        let words = &self.words;
        let before = (0..AROUND).try_fold((0, old.start, new.start), |(count, old, new), _| {
            let new = words.behind_hole(old, new).ok_or(count)?;
            match (old.checked_sub(1), new.checked_sub(1)) {
                (Some(old), Some(new)) if words.old[old] == words.new[new] => Ok((count + 1, old, new)),
                (None, None) => Err(AROUND),
                _ => Err(count),
            }
        });
        let behind = (0..AROUND).try_fold((0, old.end, new.end), |(count, old, new), _| {
            let new = words.before_hole(old, new).ok_or(count)?;
            match (words.old.get(old), words.new.get(new)) {
                (Some(one), Some(other)) if one == other => Ok((count + 1, old + 1, new + 1)),
                (None, None) => Err(AROUND),
                _ => Err(count),
            }
        });
        let count = |sides: Result<(usize, usize, usize), usize>| sides.map_or_else(|count| count, |sides| sides.0);
        (count(before), count(behind))
    }

    /// Whether something speaks against placing the old tokens `own` from the new token `first` on.
    fn is_disputed(&self, own: &Range<usize>, first: usize) -> bool {
        let image = first..first + own.len();
        let sides = self.sides(own, &image);
        // Where little is known of the old text, a formula of address may be another one.
        self.has_holes && own.len() + sides.0 + sides.1 < FAR
            || self.has_rival(own, first, sides)
            || self.has_come(own, &image, sides)
    }

    /// Whether the old tokens `own` may have gone elsewhere than to the new token `first`, where `around` so many words agree: they
    /// stand at a place that nothing else claims. Then somebody made a copy. Where enough agrees beyond it, it is the copy.
    fn has_rival(&self, own: &Range<usize>, first: usize, around: (usize, usize)) -> bool {
        let places: Vec<_> = self.new_tokens.places(self.old_tokens.slice(own)).collect();
        let is_rare = places.len() <= RARE;
        let few = if self.has_holes { 2 } else { 1 };
        places.into_iter().filter(|place| place.start != first).any(|place| {
            let sides = self.sides(own, &place);
            let agree = own.len() + sides.0 + sides.1;
            let is_as_good = sides.0 >= around.0 || sides.1 >= around.1;
            let counts = self.has_holes || is_rare && agree > 1;
            let is_near = counts && place.start.abs_diff(first) < CLOSE;
            let is_beyond = around.0 >= sides.0 + BEYOND && around.1 >= sides.1 + BEYOND;
            let is_free = || place.clone().zip(own.clone()).all(|(new, old)| !self.links.is_taken_from(new, old));
            let speaks = agree >= COPIED / few || is_as_good && (is_near || agree >= ENOUGH / few);
            speaks && !is_beyond && is_free()
        })
    }

    /// Whether other words of the old text, of which nothing is left elsewhere, may have come to `image` instead of the tokens `own`,
    /// `around` which so many words agree.
    fn has_come(&self, own: &Range<usize>, image: &Range<usize>, around: (usize, usize)) -> bool {
        let places = self.old_tokens.places(self.old_tokens.slice(own)).filter(|place| place != own);
        let mut gone = places.filter(|place| place.clone().all(|word| self.links.partner(word).is_none()));
        gone.any(|place| {
            let sides = self.sides(&place, image);
            // What is in the holes next to it nobody knows.
            let holes = [place.start - sides.0.min(place.start), place.end + sides.1];
            let is_open = holes.iter().all(|at| self.words.holes.get(*at).is_some_and(Option::is_some));
            let is_as_good = sides.0 >= around.0 || sides.1 >= around.1;
            own.len() + sides.0 + sides.1 > 1 && (is_open || is_as_good)
        })
    }

    /// What stands between the first and the last of the old `tokens` that are still there.
    fn changed(&self, tokens: &Range<usize>) -> Option<Lead> {
        let places = tokens.clone().filter_map(|token| self.links.partner(token));
        let (first, last) = places.fold((usize::MAX, 0), |(first, last), own| (first.min(own), last.max(own)));
        if first > last || last - first > 2 * tokens.len() + AROUND {
            return None;
        }
        let range = self.new.tokens()[first].start..self.new.tokens()[last].end;
        Some(Lead { span: self.new.unfold(&range, "")?, why: Why::Changed })
    }
}
