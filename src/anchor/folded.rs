//! A text as it is compared: canonically decomposed (UAX #15, NFD), and every run of blanks one space.
//!
//! Every byte of the folded text knows where it comes from, so that what is found can be given back as a span of the text itself.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use crate::text::{Offset, Span, Text};

/// A text with its folded form, `content`, and the tokens in it.
#[derive(Debug)]
pub(super) struct Folded<'a> {
    text: &'a Text,
    content: String,
    /// For every byte of `content` the start of the letter it comes from, in bytes of the text; the text's end behind the last.
    origins: Vec<u32>,
    tokens: Vec<Range<usize>>,
}

impl<'a> Folded<'a> {
    pub(super) fn of(text: &'a Text) -> Self {
        let mut own = Self { text, content: String::new(), origins: Vec::new(), tokens: Vec::new() };
        let mut at = 0;
        while let Some(rest) = text.as_str().get(at..).filter(|rest| !rest.is_empty()) {
            let length = letter(rest);
            if is_blank(rest) {
                own.push([' '], at);
            } else {
                own.push(rest.get(..length).unwrap_or_default().nfd(), at);
            }
            at += length;
        }
        own.origins.push(origin(at));
        own.tokens = tokens(&own.content);
        own
    }

    fn push(&mut self, letters: impl IntoIterator<Item = char>, at: usize) {
        self.content.extend(letters);
        self.origins.resize(self.content.len(), origin(at));
    }

    pub(super) fn text(&self) -> &'a Text {
        self.text
    }

    /// The words and marks, as ranges of the folded text; blanks are none.
    pub(super) fn tokens(&self) -> &[Range<usize>] {
        &self.tokens
    }

    /// The folded text at `range`.
    #[expect(clippy::string_slice, reason = "ranges come from tokens and letters of this very text")]
    pub(super) fn slice(&self, range: Range<usize>) -> &str {
        &self.content[range]
    }

    /// The folded text at `range`, if that is no half letter, nor beyond its end.
    pub(super) fn get(&self, range: &Range<usize>) -> Option<&str> {
        self.content.get(range.clone())
    }

    /// The numbers of the tokens, with `numbers` keeping equal tokens equal across texts.
    pub(super) fn numbered<'b>(&'b self, numbers: &mut HashMap<&'b str, u32>) -> Vec<u32> {
        let mut number = |token: &Range<usize>| {
            let next = u32::try_from(numbers.len()).expect("a text has fewer tokens than bytes");
            *numbers.entry(self.slice(token.clone())).or_insert(next)
        };
        self.tokens.iter().map(&mut number).collect()
    }

    /// Where `range` of the folded text stands in the text itself, in bytes.
    pub(super) fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        self.origins[range.start] as usize..self.origins[range.end] as usize
    }

    /// The tokens that `range` of the folded text touches.
    pub(super) fn tokens_in(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.end <= range.start);
        let behind = self.tokens.partition_point(|token| token.start < range.end);
        first..behind.max(first)
    }

    /// `span` as a range of the folded text, without blanks at its edges.
    pub(super) fn fold(&self, span: Span) -> Range<usize> {
        let place = |offset: Offset| self.origins.partition_point(|own| (*own as usize) < offset.bytes());
        let end = self.content.len();
        let (start, end) = (place(span.start()).min(end), place(span.end()).min(end));
        let slice = self.slice(start..end.max(start));
        let blank = slice.len() - slice.trim_start().len();
        start + blank..(start + slice.trim_end().len()).max(start + blank)
    }

    /// The span of the text behind `range`, which must begin and end with a letter; none when it would cut one.
    ///
    /// Blanks that `quote` has at its edges are taken in where they are the same.
    pub(super) fn unfold(&self, range: &Range<usize>, quote: &str) -> Option<Span> {
        if range.is_empty() || !self.is_edge(range.start) || !self.is_edge(range.end) {
            return None;
        }
        let start = self.origins[range.start] as usize;
        let last = self.origins[range.end - 1] as usize;
        let end = last + letter(self.text.as_str().get(last..)?);
        let lead = quote.len() - quote.trim_start().len();
        let trail = quote.len() - quote.trim_end().len();
        let whole = start.checked_sub(lead).map(|start| start..end + trail);
        let whole = whole.filter(|whole| self.text.as_str().get(whole.clone()) == Some(quote));
        let wanted = whole.unwrap_or(start..end);
        self.text.span(Offset::new(wanted.start), Offset::new(wanted.end)).ok()
    }

    /// Whether a letter of the text ends or starts at `place` of the folded text.
    fn is_edge(&self, place: usize) -> bool {
        place == 0 || self.origins[place] != self.origins[place - 1]
    }

    /// Where `folded` stands: as whole words where it does so anywhere, else wherever it stands; ascending.
    pub(super) fn occurrences(&self, folded: &str) -> Vec<Range<usize>> {
        if folded.is_empty() {
            return Vec::new();
        }
        let places = overlapping(self.content.as_bytes(), folded.as_bytes());
        let all: Vec<_> = places.into_iter().map(|at| at..at + folded.len()).collect();
        let whole: Vec<_> = all.iter().filter(|range| self.is_whole(range)).cloned().collect();
        if whole.is_empty() { all } else { whole }
    }

    /// Whether `range` begins with the start of a word or mark and ends with the end of one.
    pub(super) fn is_whole(&self, range: &Range<usize>) -> bool {
        let tokens = self.tokens_in(range);
        !tokens.is_empty()
            && self.tokens[tokens.start].start == range.start
            && self.tokens[tokens.end - 1].end == range.end
    }
}

/// `quote` as it is compared, without blanks at its edges.
pub(super) fn fold_quote(quote: &str) -> String {
    let mut folded = String::with_capacity(quote.len());
    let mut rest = quote.trim();
    while !rest.is_empty() {
        let (own, next) = rest.split_at(letter(rest));
        if is_blank(own) {
            folded.push(' ');
        } else {
            folded.extend(own.nfd());
        }
        rest = next;
    }
    folded
}

/// All the places of `needle`, also where they overlap.
fn overlapping(text: &[u8], needle: &[u8]) -> Vec<usize> {
    let finder = memmem::Finder::new(needle);
    let mut places: Vec<usize> = Vec::new();
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| finder.find(rest)) {
        places.push(from + found);
        from += found + 1;
    }
    places
}

/// The bytes of what `text` starts with: a run of blanks, or a letter with the marks on it, which decompose together.
pub(super) fn letter(text: &str) -> usize {
    let blank = |c: &char| is_space(*c);
    let mut letters = text.chars().peekable();
    let Some(first) = letters.next() else { return 0 };
    let rest: usize = if is_space(first) {
        letters.take_while(blank).map(char::len_utf8).sum()
    } else {
        letters.take_while(|c| canonical_combining_class(*c) != 0).map(char::len_utf8).sum()
    };
    first.len_utf8() + rest
}

fn is_blank(text: &str) -> bool {
    text.starts_with(is_space)
}

/// Whether `c` is a blank; a byte order mark is as good as one.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

fn origin(at: usize) -> u32 {
    u32::try_from(at).expect("a text is shorter than 4 GiB")
}

/// Runs of letters and digits with their marks, and every other character but blanks by itself.
fn tokens(folded: &str) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let mut is_open = false;
    for (at, c) in folded.char_indices() {
        let end = at + c.len_utf8();
        let is_mark = canonical_combining_class(c) != 0;
        match tokens.last_mut() {
            Some(last) if last.end == at && (is_mark || is_open && c.is_alphanumeric()) => last.end = end,
            _ if is_space(c) => {}
            _ => {
                tokens.push(at..end);
                is_open = c.is_alphanumeric();
            }
        }
    }
    tokens
}
