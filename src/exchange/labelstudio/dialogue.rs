//! Dialogues, as `<Paragraphs>` shows them: paragraphs with their authors, and regions in them.
//!
//! ```json
//! "data": {"dialogue": [{"author": "Анна", "text": "Hello"}]}       a line of the transcript each: `Анна: Hello`
//! "value": {"start": "0", "end": "1", "startOffset": 2, "endOffset": 3, "text": "…", "paragraphlabels": ["Quote"]}
//! ```
//!
//! `start` and `end` count paragraphs, the offsets are within the first and the last of them. Whether they count code points or UTF-16
//! units is not said, and the words tell. A region over several paragraphs is a piece of each: who says the next is not in it.

use std::ops::Range;

use serde_json::Value as Json;

use crate::exchange::Unit;

/// A dialogue as a transcript.
pub(super) struct Dialogue<'a> {
    /// The transcript.
    pub(super) text: String,
    /// What is said in each paragraph, and the code point at which it begins.
    paragraphs: Vec<(usize, &'a str)>,
}

impl<'a> Dialogue<'a> {
    /// The dialogue in `list`, if each entry says something.
    pub(super) fn of(list: &'a Json) -> Option<Self> {
        let (mut text, mut at, mut paragraphs) = (String::new(), 0, Vec::new());
        for own in list.as_array().filter(|own| !own.is_empty())? {
            let author = own.get("author").and_then(Json::as_str).map(str::trim).filter(|own| !own.is_empty());
            let before = author.map(|own| format!("{own}: ")).unwrap_or_default();
            let words = own.get("text")?.as_str()?;
            at += before.chars().count();
            paragraphs.push((at, words));
            at += words.chars().count() + 1;
            text.extend([before.as_str(), words, "\n"]);
        }
        Some(Self { text, paragraphs })
    }

    /// The pieces of a region, in code points of the transcript, counted so that its words are found there; none where they are not.
    pub(super) fn pieces(&self, value: &Json) -> Option<Vec<Range<usize>>> {
        let number = |key: &str| match value.get(key)? {
            Json::String(words) => words.parse().ok(),
            other => usize::try_from(other.as_u64()?).ok(),
        };
        let (start, end) = ((number("start")?, number("startOffset")?), (number("end")?, number("endOffset")?));
        let shown = value.get("text").and_then(Json::as_str);
        let without_blanks = |words: &str| words.split_whitespace().collect::<String>();
        let fits = |words: &str| shown.is_none_or(|shown| without_blanks(shown) == without_blanks(words));
        let ways = [Unit::CodePoints, Unit::Utf16].into_iter().filter_map(|unit| self.between(start, end, unit));
        ways.into_iter().find(|(_, words)| fits(words)).map(|(pieces, _)| pieces)
    }

    /// What is between two places, each a paragraph and an offset in it, and the words there.
    fn between(
        &self,
        (first, start): (usize, usize),
        (last, end): (usize, usize),
        unit: Unit,
    ) -> Option<(Vec<Range<usize>>, String)> {
        let (mut pieces, mut covered) = (Vec::new(), String::new());
        for number in first..=last {
            let (at, words) = self.paragraphs.get(number)?;
            let from = if number == first { code_points(words, start, unit)? } else { 0 };
            let to = if number == last { code_points(words, end, unit)? } else { words.chars().count() };
            covered.extend(words.chars().skip(from).take(to.checked_sub(from)?));
            pieces.extend((from < to).then_some(at + from..at + to));
        }
        (!pieces.is_empty()).then_some((pieces, covered))
    }
}

/// How many code points stand before the offset `at` in `words`; none if it is beyond them or within a character.
fn code_points(words: &str, at: usize, unit: Unit) -> Option<usize> {
    let length = |c: char| if unit == Unit::Utf16 { c.len_utf16() } else { 1 };
    let ends = words.chars().scan(0, |sum, c| {
        *sum += length(c);
        Some(*sum)
    });
    std::iter::once(0).chain(ends).position(|end| end == at)
}
