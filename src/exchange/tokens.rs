//! Words, for formats whose annotations begin and end with one.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{Offset, Span, Text};

/// A word, a mark, or a blank that no word before it takes along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) start: Offset,
    pub(super) end: Offset,
    /// Whether one U+0020 follows that is no token.
    pub(super) is_spaced: bool,
    /// Whether it is white space.
    pub(super) is_blank: bool,
}

/// The tokens of `text`: words after UAX #29, cut where `spans` start and end. Together with the spaces that follow they are the whole
/// text; white space beyond a single space is one token a character, as spaCy has it.
pub(super) fn tokens(text: &Text, spans: &[Span]) -> Vec<Token> {
    let starts: BTreeSet<Offset> = spans.iter().map(|span| span.start()).collect();
    let ends: BTreeSet<Offset> = spans.iter().map(|span| span.end()).collect();
    let mut tokens: Vec<Token> = Vec::new();
    let mut push = |start: Offset, words: &str| {
        let end = Offset::new(start.bytes() + words.len());
        let is_blank = words.chars().all(char::is_whitespace);
        let is_free = words == " " && !starts.contains(&start) && !ends.contains(&end);
        match tokens.last_mut() {
            Some(last) if is_free && !last.is_blank && !last.is_spaced => last.is_spaced = true,
            _ => tokens.push(Token { start, end, is_spaced: false, is_blank }),
        }
    };
    for (at, word) in text.as_str().split_word_bound_indices() {
        let mut start = at;
        let is_blank = word.chars().all(char::is_whitespace);
        for (within, c) in word.char_indices() {
            let here = at + within;
            let is_edge = starts.contains(&Offset::new(here)) || ends.contains(&Offset::new(here));
            if here > start && (is_edge || is_blank || c.is_whitespace() || follows_blank(word, within)) {
                push(Offset::new(start), word.get(start - at..within).unwrap_or_default());
                start = here;
            }
        }
        push(Offset::new(start), word.get(start - at..).unwrap_or_default());
    }
    tokens
}

/// `span` without white space at its ends, and without what is joined to that white space; none when nothing is left.
pub(super) fn trimmed(text: &Text, span: Span) -> Option<Span> {
    let (mut start, mut end) = (span.start(), span.end());
    while start < end && text.between(start, end).starts_with(char::is_whitespace) {
        start = text.next_boundary(start)?;
    }
    while start < end && text.between(start, end).ends_with(char::is_whitespace) {
        end = text.previous_boundary(end)?;
    }
    text.span(start, end).ok()
}

/// Whether white space stands before byte `at` of `word`.
fn follows_blank(word: &str, at: usize) -> bool {
    word.get(..at).and_then(|before| before.chars().next_back()).is_some_and(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_at_the_ends_of_spans_and_take_one_space_along() {
        let text = Text::new("За\u{301}мок  да,\n👩🏽\u{200d}🌾 нет".to_owned()).unwrap();
        let span = |start, end| text.span_of_code_points(start, end).unwrap();
        let shown = |spans: &[Span]| -> Vec<(String, bool)> {
            let tokens = tokens(&text, spans);
            tokens.iter().map(|own| (text.between(own.start, own.end).to_owned(), own.is_spaced)).collect()
        };
        let plain = |words: &str| (words.to_owned(), false);
        let spaced = |words: &str| (words.to_owned(), true);
        assert_eq!(
            shown(&[]),
            [
                spaced("За\u{301}мок"),
                plain(" "),
                plain("да"),
                plain(","),
                plain("\n"),
                spaced("👩🏽\u{200d}🌾"),
                plain("нет")
            ]
        );
        let trimmed = |start, end| trimmed(&text, span(start, end)).map(|own| text.slice(own));
        assert_eq!(trimmed(6, 12), Some("да,"));
        assert_eq!(trimmed(6, 8), None);
        assert_eq!(shown(&[span(0, 3), span(6, 7)])[..4], [plain("За\u{301}"), plain("мок"), plain(" "), plain(" ")]);
    }
}
