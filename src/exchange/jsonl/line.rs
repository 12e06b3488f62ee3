//! A line of JSON being written.
//!
//! By hand and not through `serde_json`: a hundred thousand annotations have millions of names of fields, which need no escapes, and
//! texts in which few characters do.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

use crate::exchange::contents::AT_ONCE;
use crate::exchange::scan::places;

/// How many bytes a part is likely to have.
const PART: usize = 128;

/// JSON without blanks that stays on one line for every reader's idea of a line.
#[derive(Debug, Default)]
pub(super) struct Line {
    bytes: Vec<u8>,
    /// Whether what comes next is not the first in its list or object, nor the value of a key.
    is_next: bool,
}

impl Line {
    /// The part of an object that `fill` writes, which may be written [again](Self::again).
    pub(super) fn of(fill: impl FnOnce(&mut Self)) -> Self {
        let mut part = Self { bytes: Vec::with_capacity(PART), is_next: false };
        fill(&mut part);
        part
    }

    /// An object with the keys and values that `fill` writes.
    pub(super) fn object<T>(&mut self, fill: impl FnOnce(&mut Self) -> T) -> T {
        self.within(b'{', fill, b'}')
    }

    /// A list of the values that `fill` writes.
    pub(super) fn list<T>(&mut self, fill: impl FnOnce(&mut Self) -> T) -> T {
        self.within(b'[', fill, b']')
    }

    /// A key in an object, of plain letters; its value comes next.
    #[inline]
    pub(super) fn key(&mut self, name: &'static str) -> &mut Self {
        self.separate();
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.extend_from_slice(b"\":");
        self.is_next = false;
        self
    }

    /// A string of plain letters, which needs no look for what must be escaped.
    #[inline]
    pub(super) fn word(&mut self, word: &'static str) {
        self.separate();
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(word.as_bytes());
        self.bytes.push(b'"');
    }

    /// A string.
    pub(super) fn text(&mut self, words: &str) {
        self.separate();
        self.bytes.push(b'"');
        escape(words.as_bytes(), places(words.as_bytes(), may_end), &mut self.bytes);
        self.bytes.push(b'"');
    }

    /// A string that may be long, passed on to `out` piece by piece: what is large need not be in memory once more.
    pub(super) fn long(&mut self, words: &Scanned<'_>, out: &mut impl Write) -> io::Result<()> {
        self.separate();
        self.bytes.push(b'"');
        let mut from = 0;
        while from < words.words.len() {
            let wanted = words.words.len().min(from + AT_ONCE);
            let to = (from..=wanted).rev().find(|at| words.words.is_char_boundary(*at)).unwrap_or(wanted);
            words.escape(from..to, &mut self.bytes);
            self.relieve(out)?;
            from = to;
        }
        self.bytes.push(b'"');
        Ok(())
    }

    /// The string that stands in `words` at these bytes.
    pub(super) fn part(&mut self, words: &Scanned<'_>, range: Range<usize>) {
        self.separate();
        self.bytes.push(b'"');
        words.escape(range, &mut self.bytes);
        self.bytes.push(b'"');
    }

    /// What an earlier object has at the same place.
    pub(super) fn again(&mut self, part: &Self) {
        self.separate();
        self.bytes.extend_from_slice(&part.bytes);
    }

    /// A string or null.
    pub(super) fn maybe(&mut self, words: Option<&str>) {
        match words {
            Some(words) => self.text(words),
            None => self.number(None::<u32>),
        }
    }

    /// A number or null.
    pub(super) fn number(&mut self, number: impl Serialize) {
        self.separate();
        // Into memory it cannot fail.
        serde_json::to_writer(&mut self.bytes, &number).ok();
    }

    /// Passes on what there is to `out` if it is much.
    pub(super) fn relieve(&mut self, out: &mut impl Write) -> io::Result<()> {
        if self.bytes.len() < AT_ONCE { Ok(()) } else { self.pass_on(out) }
    }

    /// Ends the line and passes on its rest to `out`.
    pub(super) fn end(mut self, out: &mut impl Write) -> io::Result<()> {
        self.bytes.push(b'\n');
        self.pass_on(out)
    }

    fn pass_on(&mut self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.bytes)?;
        self.bytes.clear();
        Ok(())
    }

    fn within<T>(&mut self, open: u8, fill: impl FnOnce(&mut Self) -> T, close: u8) -> T {
        self.separate();
        self.bytes.push(open);
        self.is_next = false;
        let filled = fill(self);
        self.bytes.push(close);
        self.is_next = true;
        filled
    }

    fn separate(&mut self) {
        if std::mem::replace(&mut self.is_next, true) {
            self.bytes.push(b',');
        }
    }
}

/// Words of which many parts are written: where something must be escaped is looked for once.
#[derive(Debug)]
pub(super) struct Scanned<'a> {
    words: &'a str,
    /// The [places] of what may have to be escaped.
    places: Vec<usize>,
}

impl<'a> Scanned<'a> {
    /// The words, looked through.
    pub(super) fn of(words: &'a str) -> Self {
        Self { words, places: places(words.as_bytes(), may_end).collect() }
    }

    /// Appends what stands at these bytes to `out`, with escapes.
    fn escape(&self, range: Range<usize>, out: &mut Vec<u8>) {
        let first = self.places.partition_point(|at| *at < range.start);
        let within = self.places[first..].iter().take_while(|at| **at < range.end);
        escape(&self.words.as_bytes()[range.clone()], within.map(|at| at - range.start), out);
    }
}

/// Appends `words` to `out` with escapes for what JSON forbids in a string, and for NEL, U+2028 and U+2029, line separators that it
/// allows; `places` are those of what may have to be escaped.
fn escape(words: &[u8], places: impl Iterator<Item = usize>, out: &mut Vec<u8>) {
    out.reserve(words.len());
    let mut plain = 0;
    for at in places {
        let Some((length, escape)) = escaped(&words[plain..=at]) else { continue };
        out.extend_from_slice(&words[plain..at + 1 - length]);
        out.extend_from_slice(escape.as_bytes());
        plain = at + 1;
    }
    out.extend_from_slice(&words[plain..]);
}

/// How many of the last of `bytes` are to be escaped, and as what.
fn escaped(bytes: &[u8]) -> Option<(usize, Cow<'static, str>)> {
    Some(match bytes {
        [.., b'"'] => (1, "\\\"".into()),
        [.., b'\\'] => (1, "\\\\".into()),
        [.., b'\n'] => (1, "\\n".into()),
        [.., b'\r'] => (1, "\\r".into()),
        [.., b'\t'] => (1, "\\t".into()),
        [.., 0x08] => (1, "\\b".into()),
        [.., 0x0C] => (1, "\\f".into()),
        [.., 0xC2, 0x85] => (2, "\\u0085".into()),
        [.., 0xE2, 0x80, 0xA8] => (3, "\\u2028".into()),
        [.., 0xE2, 0x80, 0xA9] => (3, "\\u2029".into()),
        [.., byte @ 0..=0x1F] => (1, format!("\\u{byte:04x}").into()),
        _ => return None,
    })
}

/// Whether a byte, behind another, may be the last of what is escaped.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "without branches many are asked at once")]
fn may_end(before: u8, own: u8) -> bool {
    let is_plain = (own > 0x1F) & (own != b'"') & (own != b'\\');
    let is_separator = ((before == 0xC2) & (own == 0x85)) | ((before == 0x80) & (own & 0xFE == 0xA8));
    !is_plain | is_separator
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(words: &str) -> String {
        let mut line = Line::default();
        line.text(words);
        String::from_utf8(line.bytes).unwrap()
    }

    #[test]
    fn strings_are_those_of_serde_json() {
        let ascii: String = (0..=0x7F_u8).map(char::from).collect();
        for words in ["", "За\u{301}мок 👍 «—»…\u{84}\u{86}\u{2027}\u{202a}", &ascii, &ascii.repeat(3)] {
            assert_eq!(written(words), serde_json::to_string(words).unwrap());
        }
        for at in 0..70 {
            let words = format!("{}й\"и\u{306}\\👍\n{}", "a".repeat(at), "ё".repeat(40));
            assert_eq!(written(&words), serde_json::to_string(&words).unwrap());
        }
    }

    #[test]
    fn no_reader_finds_a_second_line_in_a_string() {
        let words = "й\u{85}и\u{306}\u{2028}\u{2029}👍";
        assert_eq!(written(words), "\"й\\u0085и\u{306}\\u2028\\u2029👍\"");
        assert_eq!(serde_json::from_str::<String>(&written(words)).unwrap(), words);
    }

    #[test]
    fn parts_of_words_looked_through_are_escaped_as_by_themselves() {
        let words = "й\"и\u{306}\\👍\n\u{85}Ё\u{2028}\u{2029}\u{7}.".repeat(3);
        let scanned = Scanned::of(&words);
        let starts: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
        for (number, start) in starts.iter().enumerate() {
            for end in &starts[number..] {
                let mut line = Line::default();
                line.part(&scanned, *start..*end);
                assert_eq!(String::from_utf8(line.bytes).unwrap(), written(words.get(*start..*end).unwrap()));
            }
        }
    }

    #[test]
    fn commas_stand_between_values_and_only_there() {
        let mut line = Line::default();
        line.object(|line| {
            line.key("a").list(|_| ());
            line.key("b").list(|line| {
                line.number(1);
                line.maybe(None);
                line.object(|line| line.key("c").text("й\u{301}👍"));
            });
        });
        let mut out = Vec::new();
        line.end(&mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "{\"a\":[],\"b\":[1,null,{\"c\":\"й\u{301}👍\"}]}\n");
    }
}
