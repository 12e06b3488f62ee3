//! An annotation read from a line as we lay it out.
//!
//! A file of a hundred thousand annotations is to be open within a second, and reading RON in general takes longer than that.
//! What is laid out in any other way is nothing to this reader: it is left to `ron`, which also says what is wrong with it.

use std::str::FromStr;

use super::{AnnotationV1, AttributesV1, LAST_ID, OriginV1, Readable, TargetV1, ValueV1};

impl AnnotationV1 {
    /// What `line` says, as `ron` would read it; nothing where it is not laid out as we write it.
    pub(in crate::store) fn of_line(line: &str) -> Option<Self> {
        let mut rest = Rest(line);
        let own = rest.annotation()?;
        rest.0.is_empty().then_some(own)
    }
}

/// What is still to be read.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    fn annotation(&mut self) -> Option<AnnotationV1> {
        let id = self.behind("(id: ")?.number().filter(|id| (1..=LAST_ID).contains(id))?;
        let layer = self.behind(", layer: ")?.string()?;
        let label = self.behind(", label: ")?.string()?;
        let target = self.behind(", target: ")?.target()?;
        let attributes = if self.goes_on(", attributes: {") { self.attributes()? } else { AttributesV1::default() };
        let note = if self.goes_on(", note: ") { self.string()? } else { Readable::default() };
        let origin = if self.goes_on(", origin: ") { self.origin()? } else { OriginV1::Manual };
        self.behind(")")?;
        Some(AnnotationV1 { id, layer, label, target, attributes, note, origin })
    }

    fn target(&mut self) -> Option<TargetV1> {
        if self.goes_on("Text([") {
            let fragment = |rest: &mut Self| {
                let start = rest.behind("(")?.number()?;
                let end = rest.behind(", ")?.number()?;
                let quote = rest.behind(", ")?.string()?;
                rest.behind(")")?;
                Some((start, end, quote))
            };
            let fragments = self.list("]", fragment)?;
            self.behind(")")?;
            return Some(TargetV1::Text(fragments));
        }
        if self.goes_on("Relation(from: ") {
            let from = self.number()?;
            let to = self.behind(", to: ")?.number()?;
            self.behind(")")?;
            return Some(TargetV1::Relation { from, to });
        }
        self.goes_on("Document").then_some(TargetV1::Document)
    }

    fn attributes(&mut self) -> Option<AttributesV1> {
        let attribute = |rest: &mut Self| {
            let name = rest.string()?;
            Some((name, rest.behind(": ")?.value()?))
        };
        let all = self.list("}", attribute)?;
        let count = all.len();
        // Of two with one name, let `ron` say which counts.
        Some(all.into_iter().collect::<AttributesV1>()).filter(|map| map.len() == count)
    }

    fn value(&mut self) -> Option<ValueV1> {
        let value = if self.goes_on("Choice(") {
            ValueV1::Choice(self.string()?)
        } else if self.goes_on("Text(") {
            ValueV1::Text(self.string()?)
        } else if self.goes_on("Speaker(") {
            ValueV1::Speaker(self.number()?)
        } else if self.goes_on("Flag(true") {
            ValueV1::Flag(true)
        } else if self.goes_on("Flag(false") {
            ValueV1::Flag(false)
        } else {
            return None;
        };
        self.behind(")")?;
        Some(value)
    }

    fn origin(&mut self) -> Option<OriginV1> {
        let origin = if self.goes_on("Suggested(engine: ") {
            let engine = self.string()?;
            OriginV1::Suggested { engine, score: self.behind(", score: ")?.number()? }
        } else if self.goes_on("Imported(from: ") {
            OriginV1::Imported { from: self.string()? }
        } else if self.goes_on("Merged(from: [") {
            OriginV1::Merged { from: self.list("]", Self::string)? }
        } else {
            return None;
        };
        self.behind(")")?;
        Some(origin)
    }

    /// What `one` reads, again and again, up to `end`.
    fn list<T>(&mut self, end: &str, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        // Most lists have one.
        let mut all = Vec::with_capacity(1);
        while !self.goes_on(end) {
            if !all.is_empty() {
                self.behind(", ")?;
            }
            all.push(one(self)?);
        }
        Some(all)
    }

    /// A number without a sign and without zeros before it.
    fn number<T: FromStr>(&mut self) -> Option<T> {
        let length = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        digits.parse().ok().filter(|_| !digits.starts_with('0') || length == 1)
    }

    fn string(&mut self) -> Option<Readable> {
        self.behind("\"")?;
        let mut string = String::new();
        loop {
            let at = memchr::memchr2(b'"', b'\\', self.0.as_bytes())?;
            string.push_str(self.0.get(..at)?);
            let is_end = self.0.as_bytes().get(at) == Some(&b'"');
            self.0 = self.0.get(at + 1..)?;
            if is_end {
                return Some(string.into());
            }
            string.push(self.escaped()?);
        }
    }

    /// The character whose escape goes on behind the backslash.
    fn escaped(&mut self) -> Option<char> {
        let (kind, rest) = self.0.split_at_checked(1)?;
        self.0 = rest;
        match kind {
            "\"" => Some('"'),
            "\\" => Some('\\'),
            "n" => Some('\n'),
            "r" => Some('\r'),
            "t" => Some('\t'),
            "u" => {
                let (digits, rest) = self.0.strip_prefix('{')?.split_once('}')?;
                self.0 = rest;
                let is_hexadecimal = digits.len() <= 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
                u32::from_str_radix(digits, 16).ok().filter(|_| is_hexadecimal).and_then(char::from_u32)
            }
            _ => None,
        }
    }

    /// Passes over `word`, which must stand here.
    fn behind(&mut self, word: &str) -> Option<&mut Self> {
        self.goes_on(word).then_some(self)
    }

    /// Passes over `word`, if it stands here.
    fn goes_on(&mut self, word: &str) -> bool {
        let rest = self.0.strip_prefix(word);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }
}
