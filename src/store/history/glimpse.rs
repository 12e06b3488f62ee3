//! What must be known of a transaction that is not read.

use super::KindV1;
use crate::store::format::LAST_ID;

/// What a line does in the story of undo and redo, and the highest numbers that it speaks of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glimpse {
    pub(super) kind: KindV1,
    /// An annotation's and a speaker's.
    pub(super) last_ids: (u32, u32),
}

impl Glimpse {
    /// A glimpse of `ron`, which is laid out as we write it; nothing where it is not.
    pub(super) fn of(ron: &str) -> Option<Self> {
        let rest = ron.strip_prefix("(kind: ")?;
        let (kind, rest) = rest.split_once(", at: ")?;
        let number = |name: &str| kind.strip_prefix(name)?.strip_suffix(')')?.parse().ok();
        let kind = match kind {
            "Commit" => KindV1::Commit,
            "Reanchor" => KindV1::Reanchor,
            _ => number("Undo(").map(KindV1::Undo).or_else(|| number("Redo(").map(KindV1::Redo))?,
        };
        Some(Self { kind, last_ids: last_ids(rest)? })
    }
}

/// How what is no numbered record goes on behind its parenthesis, as we write it.
const OTHERS: [&str; 19] = [
    "(", "[", "\"", "before: ", "from: ", "engine: ", "true", "false", ")", "0", "1", "2", "3", "4", "5", "6", "7",
    "8", "9",
];

/// The highest numbers of annotations and speakers in `ron`. Every record begins with its number; what stands in strings is passed
/// over, and whatever else could hide a number (raw strings, comments) makes it nothing.
fn last_ids(ron: &str) -> Option<(u32, u32)> {
    let (mut annotation, mut speaker) = (0, 0);
    let mut rest = ron.as_bytes();
    while let Some(at) = memchr::memchr3(b'"', b'(', b'/', rest) {
        let (first, behind) = (rest.get(at)?, rest.get(at + 1..)?);
        match first {
            b'"' if rest.get(..at)?.ends_with(b"r") || rest.get(..at)?.ends_with(b"#") => return None,
            b'"' => rest = behind_string(behind)?,
            b'(' => {
                rest = behind;
                if let Some(numbered) = behind.strip_prefix(b"id: ") {
                    let length = numbered.iter().take_while(|byte| byte.is_ascii_digit()).count();
                    let id: u32 = std::str::from_utf8(numbered.get(..length)?).ok()?.parse().ok()?;
                    let field = numbered.get(length..)?;
                    match () {
                        () if id > LAST_ID => return None,
                        () if field.starts_with(b", layer: ") => annotation = annotation.max(id),
                        () if field.starts_with(b", name: ") => speaker = speaker.max(id),
                        () => return None,
                    }
                } else if !OTHERS.iter().any(|start| behind.starts_with(start.as_bytes())) {
                    return None;
                }
            }
            _ => return None,
        }
    }
    Some((annotation, speaker))
}

/// What stands behind a string of which `rest` is what stands behind its opening quotation mark.
fn behind_string(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        let at = memchr::memchr2(b'"', b'\\', rest)?;
        match rest.get(at)? {
            b'"' => return rest.get(at + 1..),
            _ => rest = rest.get(at + 2..)?,
        }
    }
}
