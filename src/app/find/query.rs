//! What is looked for, and where it is.

use regex::{Regex, RegexBuilder};
use unicode_segmentation::UnicodeSegmentation;

use super::alike::{Alphabet, at_home, has_mixed, is_of_word};
use super::loose::{loosened, pattern_of};
use crate::app::Edges;
use crate::text::{Offset, Span, Text, segment};

/// How much text is searched at a time when looking back.
const STRIDE: usize = 1 << 16;

/// How far beyond a stretch a hit in it may end: drawing waits for it.
const BEYOND: usize = 1 << 12;

/// Places are counted in texts of up to this many bytes,
const COUNTED: usize = 1 << 20;

/// and up to this many of them: so no key waits for it.
const MOST: usize = 9999;

/// How words to be tagged are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// Whether they are a regular expression.
    pub regex: bool,
    /// Whether whole words only are found.
    pub whole_words: bool,
    /// Whether every letter is taken as it is typed.
    pub exact: bool,
}

/// Why a regular expression is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {message} — \\ before a mark finds the mark itself, Ctrl-R takes words as they are")]
pub struct PatternFault {
    /// Where, in code points from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

/// Words to look for. Case counts only if there is a capital; how a letter is written does not matter.
#[derive(Clone, Debug)]
pub struct Query {
    /// As typed.
    pub words: String,
    pattern: Regex,
    /// What takes no letter for one that looks alike, where `pattern` does: what that finds must read so.
    strict: Option<Regex>,
    /// Whether a hit may not end within a character.
    exact: bool,
    /// Whether a hit within a word is the whole word when it is tagged.
    widens: bool,
    /// What is known of its hits.
    known: Known,
}

/// What is known of the hits of a query, once it was looked for.
#[derive(Clone, Debug)]
enum Known {
    /// Nothing yet.
    Nothing,
    /// The first one, if there is any: the text is long, or they are many.
    First(Option<Span>),
    /// All of them, in order.
    All(Vec<Span>),
}

impl Query {
    /// The query for `words`, unless they are empty.
    ///
    /// ```
    /// use tribune::{app::Query, text::Text};
    ///
    /// let text = Text::new("Всё 👍 за\u{301}мок, пpаво (latin p), cop".to_owned()).unwrap();
    /// let found = |words| Query::new(words).unwrap().in_window(&text, text.whole().unwrap()).count();
    /// assert_eq!((found("все"), found("замок"), found("Замок"), found("право"), found("сор")), (1, 1, 0, 1, 0));
    /// ```
    pub fn new(words: &str) -> Option<Self> {
        let sensitive = words.chars().any(char::is_uppercase);
        let settled = at_home(words);
        let built = |pattern: &str| RegexBuilder::new(pattern).case_insensitive(!sensitive).build().ok();
        let pattern = built(&pattern_of(&settled, takes_look_alikes(words)))?;
        let strict = built(&pattern_of(&settled, false));
        (!words.is_empty()).then(|| Self {
            words: words.to_owned(),
            pattern,
            strict,
            exact: false,
            widens: true,
            known: Known::Nothing,
        })
    }

    /// The query for words that are to be tagged: case does not matter, nor how a letter is written, unless asked to be exact.
    ///
    /// # Errors
    ///
    /// Where the words should be a regular expression and are none.
    ///
    /// ```
    /// use tribune::{app::{Manner, Query}, text::Text};
    ///
    /// let text = Text::new("Қазақ, казак; пpаво 👍 (latin p)".to_owned()).unwrap();
    /// let whole = text.whole().unwrap();
    /// let found = |words| Query::to_tag(words, Manner::default()).unwrap().in_window(&text, whole).count();
    /// assert_eq!((found("казак"), found("право"), found("с")), (2, 1, 0));
    /// let fault = Query::to_tag("пра(", Manner { regex: true, ..Manner::default() }).unwrap_err();
    /// assert_eq!(fault.column, 4);
    /// ```
    pub fn to_tag(words: &str, manner: Manner) -> Result<Self, PatternFault> {
        if manner.regex {
            check(words)?;
        }
        let built = |pattern: &str| {
            // What begins or ends with a mark, as in «Да», ends no word there.
            let ends = |c: Option<char>| manner.whole_words && (manner.regex || c.is_some_and(is_of_word));
            let start = if ends(words.chars().next()) { r"\b{start-half}" } else { "" };
            let end = if ends(words.chars().next_back()) { r"\b{end-half}" } else { "" };
            let pattern = format!("{start}(?:{pattern}){end}");
            // Lines are those of the text: a pattern's edges are theirs.
            RegexBuilder::new(&pattern).case_insensitive(!manner.exact).multi_line(true).crlf(true).build()
        };
        let settled = at_home(words);
        let loosely = |look_alikes| match (manner.regex, manner.exact) {
            (true, true) => built(words),
            // A pattern about bytes takes no letters beyond ASCII: it finds what it says.
            (true, false) => built(&loosened(words, look_alikes)).or_else(|_| built(words)),
            (false, true) => built(&regex::escape(words)),
            (false, false) => built(&pattern_of(&settled, look_alikes)),
        };
        let pattern = loosely(takes_look_alikes(words))
            .map_err(|error| PatternFault { column: 1, message: error.to_string() })?;
        let strict = if manner.exact { None } else { loosely(false).ok() };
        let widens = !manner.regex;
        Ok(Self { words: words.to_owned(), pattern, strict, exact: manner.exact, widens, known: Known::Nothing })
    }

    /// The query with its hits counted, or, where the text is long or they are many, with the first found. So the text is searched once for a
    /// letter typed.
    pub(super) fn counted(self, text: &Text) -> Self {
        let whole = text.whole().filter(|whole| whole.bytes() <= COUNTED);
        let hits = whole.map(|whole| self.in_window(text, whole).take(MOST + 1).collect());
        let known = match hits.filter(|hits: &Vec<Span>| hits.len() <= MOST) {
            Some(hits) => Known::All(hits),
            None => Known::First(self.next(text, Offset::ZERO)),
        };
        Self { known, ..self }
    }

    /// The hits in order; none where they were not counted.
    pub fn places(&self) -> Option<&[Span]> {
        match &self.known {
            Known::All(places) => Some(places),
            Known::Nothing | Known::First(_) => None,
        }
    }

    /// Whether a hit within a word is the whole word when it is tagged, if edges are those of words.
    pub(super) fn widens(&self) -> bool {
        self.widens
    }

    /// The hit from `from` on, or back from there, and whether it stands beyond an end of the text.
    pub(super) fn around(&self, text: &Text, from: Offset, on: bool) -> Option<(Span, bool)> {
        let find = |from| if on { self.next(text, from) } else { self.previous(text, from) };
        let beyond = || find(if on { Offset::ZERO } else { text.end() });
        find(from).map(|hit| (hit, false)).or_else(|| beyond().map(|hit| (hit, true)))
    }

    /// The first hit from `from` on.
    pub(super) fn next(&self, text: &Text, from: Offset) -> Option<Span> {
        match &self.known {
            Known::All(places) => places.get(places.partition_point(|place| place.start() < from)).copied(),
            Known::First(first) if first.is_none_or(|first| from <= first.start()) => *first,
            Known::First(_) | Known::Nothing => self.next_before(text, from, text.end()),
        }
    }

    /// The first hit from `from` on that ends at `limit` or before it.
    fn next_before(&self, text: &Text, from: Offset, limit: Offset) -> Option<Span> {
        let searched = text.between(Offset::ZERO, limit);
        let mut from = from.bytes();
        loop {
            let hit = self.pattern.find_at(searched, from)?;
            let found = self.hit(text, hit.start(), hit.end());
            if found.is_some() {
                return found;
            }
            let end = text.boundary_at_or_before(hit.end());
            from = if end.bytes() > from { end } else { text.next_boundary(end)? }.bytes();
            if from > searched.len() {
                return None;
            }
        }
    }

    /// The hits from `from` on that end at `limit` or before it, in order.
    fn hits(&self, text: &Text, from: Offset, limit: Offset) -> impl Iterator<Item = Span> {
        let first = self.next_before(text, from, limit);
        std::iter::successors(first, move |hit| self.next_before(text, hit.end(), limit))
    }

    /// The last hit that starts before `to`.
    pub(super) fn previous(&self, text: &Text, to: Offset) -> Option<Span> {
        if let Some(places) = self.places() {
            return places.iter().rfind(|place| place.start() < to).copied();
        }
        let mut end = to;
        while end > Offset::ZERO {
            let start = text.boundary_at_or_before(end.bytes().saturating_sub(STRIDE));
            // A hit that starts before `end` ends within a stride behind it; nothing farther is searched.
            let limit = text.boundary_at_or_before(end.bytes() + STRIDE);
            if let Some(hit) = self.hits(text, start, limit).take_while(|hit| hit.start() < end).last() {
                return Some(hit);
            }
            end = start;
        }
        None
    }

    /// The hits that start in a stretch of text.
    pub fn in_window<'a>(&'a self, text: &'a Text, window: Span) -> impl Iterator<Item = Span> + 'a {
        // A stretch may end within a line, and what is found there be longer.
        let limit = text.boundary_at_or_before(window.end().bytes() + BEYOND);
        self.hits(text, window.start(), limit).take_while(move |hit| hit.start() < window.end())
    }

    /// Every hit as it is tagged, each stretch once; whole words where edges are those of words and the query is no pattern.
    pub(in crate::app) fn to_be_tagged(&self, text: &Text, edges: Edges) -> Vec<Span> {
        let Some(whole) = text.whole() else { return Vec::new() };
        let hits = self.in_window(text, whole);
        let mut hits: Vec<Span> = hits
            .map(|hit| if edges == Edges::Words && self.widens { segment::widened(text, hit) } else { hit })
            .collect();
        hits.dedup();
        hits
    }

    /// The span of a hit, widened to whole grapheme clusters unless it is to be exact; none where there is nothing, or a word of another
    /// alphabet that only looks the same.
    fn hit(&self, text: &Text, start: usize, end: usize) -> Option<Span> {
        let end = Offset::new(end);
        if self.exact && !(text.is_boundary(end) && text.is_boundary(Offset::new(start))) {
            return None;
        }
        let end = if text.is_boundary(end) { end } else { text.next_boundary(end)? };
        let hit = text.span(text.boundary_at_or_before(start), end).ok()?;
        self.strict.as_ref().is_none_or(|strict| reads(strict, text, start, end)).then_some(hit)
    }
}

/// Whether letters of `words` are found by those that look alike. One alone is not: a long text has so many of them to be looked at that
/// the key would be felt.
fn takes_look_alikes(words: &str) -> bool {
    words.graphemes(true).nth(1).is_some()
}

/// Whether `strict` finds what stands from `start` to `end`, as it is or with the words in it that mix alphabets as words of one.
fn reads(strict: &Regex, text: &Text, start: usize, end: Offset) -> bool {
    /// How many code points a word is followed to either side.
    const LONGEST: usize = 100;
    if finds(strict, text.between(Offset::ZERO, end), start) {
        return true;
    }
    let (before, behind) = (text.between(Offset::ZERO, Offset::new(start)), text.between(end, text.end()));
    let length = |letters: &mut dyn Iterator<Item = char>| -> usize {
        letters.take(LONGEST).take_while(|c| is_of_word(*c)).map(char::len_utf8).sum()
    };
    let from = start - length(&mut before.chars().rev());
    let to = end.bytes() + length(&mut behind.chars());
    if !has_mixed(text.between(Offset::new(from), Offset::new(to))) {
        return false;
    }
    // What a pattern's edge is about stands at most two code points before it: the end of a line.
    let edge: usize = text.between(Offset::ZERO, Offset::new(from)).chars().rev().take(2).map(char::len_utf8).sum();
    let around = text.between(Offset::new(from - edge), Offset::new(to));
    let place = |bytes: usize| text.between(Offset::new(from - edge), Offset::new(bytes)).chars().count();
    let (first, last) = (place(start), place(end.bytes()));
    Alphabet::ALL.into_iter().any(|alphabet| {
        let reading: String = alphabet.reading_of(around).chars().take(last).collect();
        finds(strict, &reading, reading.chars().take(first).map(char::len_utf8).sum())
    })
}

/// Whether `pattern` finds something that begins at the byte `start` of `searched`.
fn finds(pattern: &Regex, searched: &str, start: usize) -> bool {
    pattern.find_at(searched, start).is_some_and(|own| own.start() == start)
}

/// Whether `pattern` is a regular expression; else what is wrong with it, and where.
fn check(pattern: &str) -> Result<(), PatternFault> {
    let Err(error) = regex_syntax::Parser::new().parse(pattern) else { return Ok(()) };
    let (column, message) = match &error {
        regex_syntax::Error::Parse(error) => (error.span().start.column, error.kind().to_string()),
        regex_syntax::Error::Translate(error) => (error.span().start.column, error.kind().to_string()),
        other => (1, other.to_string()),
    };
    Err(PatternFault { column, message })
}
