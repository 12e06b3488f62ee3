//! Words, for formats whose annotations begin and end with one.

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
    let mut starts = Cuts::of(spans.iter().map(|span| span.start()));
    let mut ends = Cuts::of(spans.iter().map(|span| span.end()));
    let mut edges = Cuts::of(spans.iter().flat_map(|span| [span.start(), span.end()]));
    let mut tokens: Vec<Token> = Vec::new();
    let mut push = |start: usize, words: &str| {
        let (start, end) = (Offset::new(start), Offset::new(start + words.len()));
        let is_blank = words.chars().all(char::is_whitespace);
        let is_cut = starts.has(start) | ends.has(end);
        match tokens.last_mut() {
            Some(last) if words == " " && !is_cut && !last.is_blank && !last.is_spaced => last.is_spaced = true,
            _ => tokens.push(Token { start, end, is_spaced: false, is_blank }),
        }
    };
    for (at, word) in text.as_str().split_word_bound_indices() {
        let mut start = at;
        let mut follows_blank = false;
        for (within, c) in word.char_indices() {
            let here = at + within;
            let is_cut = edges.has(Offset::new(here)) || follows_blank || c.is_whitespace();
            if is_cut && here > start {
                push(start, word.get(start - at..within).unwrap_or_default());
                start = here;
            }
            follows_blank = c.is_whitespace();
        }
        push(start, word.get(start - at..).unwrap_or_default());
    }
    tokens
}

/// Places where tokens are cut, asked for in ascending order.
struct Cuts {
    rest: std::iter::Peekable<std::vec::IntoIter<Offset>>,
}

impl Cuts {
    fn of(places: impl Iterator<Item = Offset>) -> Self {
        let mut places: Vec<Offset> = places.collect();
        places.sort_unstable();
        Self { rest: places.into_iter().peekable() }
    }

    /// Whether `place` is one of them; it is not before the last that was asked for.
    fn has(&mut self, place: Offset) -> bool {
        while self.rest.next_if(|own| *own < place).is_some() {}
        self.rest.peek() == Some(&place)
    }
}

/// `span` without white space at its ends, and without what is joined to that white space; none when nothing is left.
pub(super) fn trimmed(text: &Text, span: Span) -> Option<Span> {
    let words = text.slice(span);
    if !words.starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace) {
        return Some(span);
    }
    let (mut start, mut end) = (span.start(), span.end());
    while start < end && text.between(start, end).starts_with(char::is_whitespace) {
        start = text.next_boundary(start)?;
    }
    while start < end && text.between(start, end).ends_with(char::is_whitespace) {
        end = text.previous_boundary(end)?;
    }
    text.span(start, end).ok()
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
