//! Placing fragments with the old text at hand.

use std::collections::HashMap;
use std::ops::Range;

use super::blocks::Blocks;
use super::folded::{Folded, fold_quote};
use super::tokens::Tokens;
use super::{Found, Lead, Stated, Why};

/// How many places of the same words are looked at, the nearest first.
const NEAR: usize = 50;

/// How many words around a place are compared, on either side.
const AROUND: usize = 16;

/// How many words in a row are evidence by themselves, wherever they went: more than any formula of address has.
const FAR: usize = 11;

/// How many words in a row, those around them among them, are more than chance.
const ENOUGH: usize = 4;

/// Finds what became of each fragment `stated` of the text `old` in the text `new`.
pub(super) fn trace(stated: &[Stated<'_>], old: &Folded<'_>, new: &Folded<'_>) -> Vec<Found> {
    let mut numbers = HashMap::new();
    let (old_tokens, new_tokens) = (old.numbered(&mut numbers), new.numbered(&mut numbers));
    let blocks = Blocks::of(&old_tokens, &new_tokens);
    let (old_tokens, new_tokens) = (Tokens::of(old_tokens), Tokens::of(new_tokens));
    let trace = Trace { old, new, old_tokens, new_tokens, blocks };
    stated.iter().map(|own| trace.find(own)).collect()
}

struct Trace<'a> {
    old: &'a Folded<'a>,
    new: &'a Folded<'a>,
    old_tokens: Tokens,
    new_tokens: Tokens,
    blocks: Blocks,
}

impl Trace<'_> {
    fn find(&self, stated: &Stated<'_>) -> Found {
        let span = self.old.text().span_of_code_points(stated.start, stated.end).ok();
        let Some(span) = span.filter(|span| self.old.text().slice(*span) == stated.quote) else {
            // The file does not speak of this text: its words are all there is.
            return Err(self.alike(&fold_quote(stated.quote), stated.start, stated.quote, None));
        };
        let range = self.old.fold(span);
        let tokens = self.old.tokens_in(&range);
        if tokens.is_empty() {
            return Err(Vec::new());
        }
        let images = self.images(&range, &tokens);
        if let [image] = images.as_slice()
            && !self.is_contested(image, &range)
            && self.is_settled(&tokens)
            && !self.has_rival(&tokens, &self.new.tokens_in(image))
            && let Some(span) = self.new.unfold(image, stated.quote)
        {
            return Ok(span);
        }
        let claimed = images.iter().filter_map(|image| self.lead(image, stated.quote, Some(&tokens)));
        let mut leads: Vec<Lead> = claimed.collect();
        let expected = self.blocks.expected(tokens.start);
        leads.extend(self.alike(self.old.slice(range), expected, stated.quote, Some(&tokens)));
        leads.extend(self.changed(&tokens));
        Err(Lead::best(leads))
    }

    /// Where the blocks put the old `range`, which touches `tokens`, with the same words.
    fn images(&self, range: &Range<usize>, tokens: &Range<usize>) -> Vec<Range<usize>> {
        let into_first = range.start - self.old.tokens()[tokens.start].start;
        let words = self.old.slice(range.clone());
        let mut images: Vec<_> = self
            .blocks
            .images(tokens)
            .filter_map(|first| {
                let start = self.new.tokens()[first].start + into_first;
                let last = first + tokens.len() - 1;
                let into_last = range.end - self.old.tokens()[tokens.end - 1].start;
                let end = self.new.tokens()[last].start + into_last;
                (self.new.slice(start..end) == words).then_some(start..end)
            })
            .collect();
        images.sort_unstable_by_key(|image| image.start);
        images.dedup();
        images
    }

    /// Whether the blocks put other words of the old text than those in `range` on `image`, too.
    fn is_contested(&self, image: &Range<usize>, range: &Range<usize>) -> bool {
        let (own, tokens) = (self.old.tokens_in(range), self.new.tokens_in(image));
        self.blocks.sources(&tokens).any(|source| source != own.start)
    }

    /// Whether a block over the old `tokens` is evidence for them: a long one anywhere; a shorter one where it follows another, or
    /// where what it says of them stands once in each text.
    fn is_settled(&self, tokens: &Range<usize>) -> bool {
        let stands_once = |own| [&self.old_tokens, &self.new_tokens].iter().all(|text| text.places(own).count() == 1);
        self.blocks.over_old(tokens).any(|block| {
            let enough = if self.blocks.is_moved(block) { FAR } else { ENOUGH };
            block.length >= enough
                || !self.blocks.is_moved(block) && stands_once(self.old_tokens.slice(&block.old_range()))
        })
    }

    /// Whether the words of the old tokens `own`, which were put on the new tokens `image`, may have gone elsewhere, or others may
    /// have come there: the words stand at another place that nothing else claims, in something of the same surroundings.
    fn has_rival(&self, own: &Range<usize>, image: &Range<usize>) -> bool {
        let words = self.old_tokens.slice(own);
        let (before, behind) = self.sides(own, image);
        let is_near = |old: &Range<usize>, new: &Range<usize>| {
            let sides = self.sides(old, new);
            words.len() >= ENOUGH || sides.0 > before || sides.1 > behind || sides.0 + sides.1 >= ENOUGH
        };
        let mut there = self.new_tokens.places(words).filter(|place| place != image);
        let mut earlier = self.old_tokens.places(words).filter(|place| place != own);
        there.any(|place| self.blocks.sources(&place).all(|source| source == own.start) && is_near(own, &place))
            || earlier.any(|place| self.blocks.images(&place).next().is_none() && is_near(&place, image))
    }

    /// The places of `words` that the blocks do not give to other words of the old text, the nearest to the token `expected` first.
    fn alike(&self, words: &str, expected: usize, quote: &str, own: Option<&Range<usize>>) -> Vec<Lead> {
        let mut places = self.new.occurrences(words);
        let distance = |place: &Range<usize>| self.new.tokens_in(place).start.abs_diff(expected);
        places.sort_by_key(distance);
        let taken = |place: &Range<usize>| {
            let tokens = self.new.tokens_in(place);
            let mut sources = self.blocks.sources(&tokens);
            own.is_some_and(|own| sources.any(|source| source != own.start))
        };
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

    /// How many words agree before the `old` and the `new` tokens, and how many behind them.
    fn sides(&self, old: &Range<usize>, new: &Range<usize>) -> (usize, usize) {
        let same = |(a, b): &(&u32, &u32)| a == b;
        let (old_before, old_behind) = self.old_tokens.around(old);
        let (new_before, new_behind) = self.new_tokens.around(new);
        let before = old_before.iter().rev().zip(new_before.iter().rev()).take(AROUND).take_while(same).count();
        let behind = old_behind.iter().zip(new_behind).take(AROUND).take_while(same).count();
        (before, behind)
    }

    /// What stands between the first and the last of the old `tokens` that are still there.
    fn changed(&self, tokens: &Range<usize>) -> Option<Lead> {
        let places = tokens.clone().filter_map(|token| self.blocks.images(&(token..token + 1)).next());
        let (first, last) = places.fold((usize::MAX, 0), |(first, last), own| (first.min(own), last.max(own)));
        if first > last || last - first > 2 * tokens.len() + AROUND {
            return None;
        }
        let range = self.new.tokens()[first].start..self.new.tokens()[last].end;
        Some(Lead { span: self.new.unfold(&range, "")?, why: Why::Changed })
    }
}
