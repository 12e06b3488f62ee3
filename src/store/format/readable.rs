//! Strings that stand readable in RON.
//!
//! `ron` escapes combining marks, joiners, no-break spaces and apostrophes, so «й» decomposed becomes `и\u{306}` and an emoji
//! family a row of numbers. People are to read, diff and mail these files, so only what would break the line, end the string
//! or deceive the eye is escaped.

use ron::value::RawValue;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error, Serialize, Serializer};

/// A string that is written with as few escapes as possible.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::store) struct Readable(String);

impl Readable {
    pub(in crate::store) fn as_str(&self) -> &str {
        &self.0
    }

    pub(in crate::store) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Readable {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Readable {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<Readable> for String {
    fn from(readable: Readable) -> Self {
        readable.0
    }
}

impl Serialize for Readable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_ron(&literal(&self.0)).map_err(Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Readable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}

/// `text` as a RON string on one line.
pub(in crate::store) fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            c => push_legible(&mut literal, c),
        }
    }
    literal.push('"');
    literal
}

/// `text` on one line, for messages: what would break the line or deceive the eye stands as an escape.
pub(in crate::store) fn legible(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut line, c| {
        push_legible(&mut line, c);
        line
    })
}

fn push_legible(line: &mut String, c: char) {
    match c {
        '\n' | '\r' | '\t' => line.extend(c.escape_default()),
        c if deceives(c) => line.extend(c.escape_unicode()),
        c => line.push(c),
    }
}

/// Whether `c` moves the cursor, breaks a line, turns the direction of reading or cannot be seen at all. Joiners and
/// variation selectors are left: emoji and some scripts need them.
pub(in crate::store) fn deceives(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e001f}')
}

/// What stands behind a string of which `rest` is what stands behind its opening quotation mark.
pub(in crate::store) fn behind_string(mut rest: &str) -> Option<&str> {
    loop {
        let at = memchr::memchr2(b'"', b'\\', rest.as_bytes())?;
        match rest.as_bytes().get(at)? {
            b'"' => return rest.get(at + 1..),
            // What is escaped is one character, or goes on with others that end no string.
            _ => rest = rest.get(at + 1 + rest.get(at + 1..)?.chars().next()?.len_utf8()..)?,
        }
    }
}
