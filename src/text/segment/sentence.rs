//! Sentences: the bounds of UAX #29, without those that an abbreviation feigns and with those that it does not see.

use unicode_segmentation::UnicodeSegmentation;

use super::exception::{also_ends, goes_on};
use super::stretch::char_boundary_from;
use super::{Grid, Stretch};
use crate::text::{Offset, Span, Text};

/// A sentence of more than 8 KiB may be cut; no shorter one is.
const GRID: Grid = Grid { size: 8192, is_anchor: |_, c| resets(c) };

/// How far behind a stretch rule SB8 looks for a lower-case letter, in bytes.
const AHEAD: usize = 256;

/// How much is read before and behind a bound to judge it, in bytes.
const CONTEXT: usize = 96;

/// The sentence that holds `at`, with the blanks and the line end behind it, or `None` at the end of the text.
///
/// Sentences partition each line, and none reaches over a line end. Closing marks behind the stop belong to the sentence.
pub fn sentence(text: &Text, at: Offset) -> Option<Span> {
    let stretch = GRID.stretch(text, at)?;
    let candidates = candidates(text, stretch);
    let (up_to, behind) = candidates.split_at(candidates.partition_point(|bound| *bound <= at));
    let own_start = last_bound(text, stretch, up_to);
    let start = own_start.unwrap_or_else(|| {
        GRID.previous(text, stretch).map_or(stretch.line_start, |previous| {
            last_bound(text, previous, &self::candidates(text, previous)).unwrap_or(previous.end)
        })
    });
    let end = first_bound(text, stretch, behind).unwrap_or_else(|| match GRID.next(text, stretch) {
        Some(next) if own_start.is_some() => first_bound(text, next, &self::candidates(text, next)).unwrap_or(next.end),
        _ => stretch.end,
    });
    Some(Span::new_unchecked(start, end))
}

/// The sentence that holds `at` without the blanks around it, or `None` where there are only blanks.
pub fn sentence_core(text: &Text, at: Offset) -> Option<Span> {
    sentence(text, at).and_then(|whole| core(text, whole))
}

/// The sentences that start in `[start, end)`, each with the blanks behind it, in one pass.
pub fn sentences(text: &Text, start: Offset, end: Offset) -> impl Iterator<Item = Span> {
    let first = sentence(text, start).map(|own| if own.start() < start { own.end() } else { own.start() });
    let mut from = first.unwrap_or(end);
    std::iter::successors(GRID.stretch(text, from), |stretch| GRID.stretch(text, stretch.end))
        .flat_map(|stretch| bounds_of(text, stretch))
        .skip_while(move |bound| *bound <= first.unwrap_or(end))
        .map(move |bound| Span::new_unchecked(std::mem::replace(&mut from, bound), bound))
        .take_while(move |sentence| sentence.start() < end)
}

/// Where the first sentence behind `at` starts, blanks aside.
pub fn next_sentence(text: &Text, at: Offset) -> Option<Offset> {
    let own = sentence(text, at)?;
    if let Some(start) = core(text, own).map(Span::start).filter(|start| *start > at) {
        return Some(start);
    }
    let line = text.line_of(own.end());
    let next = if text.line(line).start == own.end() {
        text.paragraph(text.paragraphs_before(line))?.start
    } else {
        own.end()
    };
    sentence_core(text, next).map(Span::start)
}

/// Where the last sentence that starts before `at` starts, blanks aside.
pub fn previous_sentence(text: &Text, at: Offset) -> Option<Offset> {
    let before = text.previous_boundary(at)?;
    let own = sentence(text, before)?;
    if let Some(start) = core(text, own).map(Span::start).filter(|start| *start < at) {
        return Some(start);
    }
    let line = text.line_of(own.start());
    let last = text.paragraph(text.paragraphs_before(line).checked_sub(1)?)?;
    sentence_core(text, text.previous_boundary(last.end)?).map(Span::start)
}

/// The sentence bounds of UAX #29 in the stretch around `at`, ascending: what sentences are made of, before exceptions.
///
/// The last bound of a stretch, from which the next call goes on, is its end only in a line's last stretch.
pub fn unicode_sentence_bounds(text: &Text, at: Offset) -> Vec<Offset> {
    GRID.stretch(text, at).map(|stretch| unicode_bounds(text, stretch).collect()).unwrap_or_default()
}

fn core(text: &Text, whole: Span) -> Option<Span> {
    let content = text.slice(whole);
    let start = whole.start().bytes() + content.len() - content.trim_start().len();
    let end = whole.start().bytes() + content.trim_end().len();
    // A blank may carry a combining mark; it is then kept.
    (start < end).then(|| text.span(Offset::new(start), Offset::new(end)).unwrap_or(whole))
}

/// Whether the rules of UAX #29 forget what came before `c`: it is a letter, a digit or any other character but a stop, a
/// closing mark, a blank, a comma or an extension, so that a question mark before it ends a sentence.
fn resets(c: char) -> bool {
    let probe: String = ['?', c].iter().collect();
    probe.split_sentence_bounds().count() == 2
}

/// The ends of the sentences that end behind the start of `stretch` and not behind its end. Where there is none, its end is
/// one, so that a sentence reaches over one stretch border at most.
fn bounds_of(text: &Text, stretch: Stretch) -> Vec<Offset> {
    let mut bounds = candidates(text, stretch);
    bounds.retain(|bound| is_bound(text, stretch, *bound));
    if bounds.is_empty() {
        bounds.push(stretch.end);
    }
    bounds
}

fn first_bound(text: &Text, stretch: Stretch, candidates: &[Offset]) -> Option<Offset> {
    candidates.iter().copied().find(|bound| is_bound(text, stretch, *bound))
}

fn last_bound(text: &Text, stretch: Stretch, candidates: &[Offset]) -> Option<Offset> {
    candidates.iter().copied().rfind(|bound| is_bound(text, stretch, *bound))
}

fn is_bound(text: &Text, stretch: Stretch, bound: Offset) -> bool {
    let (before, after) = context(text, stretch, bound);
    text.is_boundary(bound) && !goes_on(before, after)
}

/// Where sentences of the stretch may end: by UAX #29, and where it sees no end. Ascending.
fn candidates(text: &Text, stretch: Stretch) -> Vec<Offset> {
    let unseen = blank_ends(text, stretch).filter(|bound| {
        let (before, after) = context(text, stretch, *bound);
        also_ends(before, after)
    });
    let mut candidates: Vec<Offset> = unicode_bounds(text, stretch).chain(unseen).collect();
    candidates.sort_unstable();
    candidates.dedup();
    candidates
}

/// What stands before and behind `bound` in its line.
fn context(text: &Text, stretch: Stretch, bound: Offset) -> (&str, &str) {
    let from = char_boundary_from(text, bound.bytes().saturating_sub(CONTEXT)).max(stretch.line_start);
    let to = char_boundary_from(text, (bound.bytes() + CONTEXT).min(stretch.line_limit.bytes()));
    (text.between(from, bound), text.between(bound, to))
}

fn unicode_bounds(text: &Text, stretch: Stretch) -> impl Iterator<Item = Offset> {
    let ahead = char_boundary_from(text, (stretch.end.bytes() + AHEAD).min(stretch.line_limit.bytes()));
    text.between(stretch.start, ahead)
        .split_sentence_bound_indices()
        .map(move |(at, piece)| Offset::new(stretch.start.bytes() + at + piece.len()))
        .take_while(move |bound| *bound <= stretch.end)
}

/// Where a run of blanks ends and something follows.
fn blank_ends(text: &Text, stretch: Stretch) -> impl Iterator<Item = Offset> {
    let mut blank = false;
    text.between(stretch.start, stretch.end).char_indices().filter_map(move |(at, c)| {
        let ends = std::mem::replace(&mut blank, c.is_whitespace()) && !c.is_whitespace();
        ends.then(|| Offset::new(stretch.start.bytes() + at))
    })
}
