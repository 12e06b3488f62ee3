//! What must be known of a transaction that is not read.

use super::KindV1;
use crate::store::format::{LAST_ID, StatusV1, behind_string};

/// What a line does in the story of undo and redo, and what it says of whom.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glimpse {
    pub(super) kind: KindV1,
    /// In the order of the line.
    pub(super) sayings: Vec<Saying>,
    /// What it makes of the document's status.
    pub(super) status: Option<StatusV1>,
}

/// What a numbered record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::store) enum About {
    Annotation,
    Speaker,
}

/// A numbered record in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Saying {
    pub(super) about: About,
    pub(super) id: u32,
    /// Where it begins, in bytes of the RON.
    pub(super) at: usize,
    pub(super) becomes: Becomes,
}

/// What becomes of what a record states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Becomes {
    /// It is so from now on.
    Stated,
    /// It waits for a place from now on.
    Waiting,
    /// It is so no more.
    Gone,
}

impl Glimpse {
    /// A glimpse of `ron`, which is laid out as we write it; nothing where it is not.
    pub(super) fn of(ron: &str) -> Option<Self> {
        let rest = ron.strip_prefix("(kind: ")?;
        let (kind, _) = rest.split_once(", at: ")?;
        let within = |name: &str| kind.strip_prefix(name)?.strip_suffix(')');
        let number = |name: &str| within(name)?.parse().ok();
        let names = |name: &str| ron::from_str(within(name)?).ok();
        let start = ron.len() - rest.len() + kind.len();
        let kind = match kind {
            "Commit" => KindV1::Commit,
            "Further" => KindV1::Further,
            "Reanchor" => KindV1::Reanchor,
            _ => number("Undo(")
                .map(KindV1::Undo)
                .or_else(|| number("Redo(").map(KindV1::Redo))
                .or_else(|| names("Begin(").map(KindV1::Begin))
                .or_else(|| names("Merge(").map(KindV1::Merge))?,
        };
        let (sayings, status) = sayings(ron, start)?;
        Some(Self { kind, sayings, status })
    }

    /// The highest numbers of annotations and of speakers.
    pub(super) fn last_ids(&self) -> (u32, u32) {
        let last = |about| self.sayings.iter().filter(|own| own.about == about).map(|own| own.id).max().unwrap_or(0);
        (last(About::Annotation), last(About::Speaker))
    }
}

/// How what is no numbered record goes on behind its parenthesis, as we write it.
const OTHERS: [&str; 19] = [
    "(", "[", "\"", "before: ", "from: ", "engine: ", "true", "false", ")", "0", "1", "2", "3", "4", "5", "6", "7",
    "8", "9",
];

/// What stands before a record, and what that means for it.
const BEFORE: [(&str, Becomes); 7] = [
    ("Insert(", Becomes::Stated),
    ("after: ", Becomes::Stated),
    ("Remove(", Becomes::Gone),
    ("before: ", Becomes::Gone),
    ("before: [", Becomes::Gone),
    ("after: [", Becomes::Waiting),
    ("Stray(", Becomes::Waiting),
];

/// The numbered records in `ron` from `start` on. Every record begins with its number; what stands in strings is passed over, and
/// whatever else could hide a number (raw strings, comments) makes it nothing. With the status that it gives the document.
fn sayings(ron: &str, start: usize) -> Option<(Vec<Saying>, Option<StatusV1>)> {
    let (mut sayings, mut status) = (Vec::new(), None);
    let mut rest = ron.get(start..)?;
    while let Some(at) = memchr::memchr3(b'"', b'(', b'/', rest.as_bytes()) {
        let (first, behind) = (rest.as_bytes().get(at)?, rest.get(at + 1..)?);
        match first {
            b'"' if rest.get(..at)?.ends_with(['r', '#']) => return None,
            b'"' => rest = behind_string(behind)?,
            b'(' => {
                if let Some(numbered) = behind.strip_prefix("id: ") {
                    let at = ron.len() - behind.len() - 1;
                    sayings.push(saying(ron.get(..at)?, numbered, at)?);
                } else if rest.get(..at)?.ends_with("Status") {
                    let (_, after) = behind.split_once(", after: ")?;
                    status = Some(if after.starts_with("Done)") { StatusV1::Done } else { StatusV1::Open });
                } else if !OTHERS.iter().any(|start| behind.starts_with(start)) {
                    return None;
                }
                rest = behind;
            }
            _ => return None,
        }
    }
    Some((sayings, status))
}

/// The record at `at`, between `before` and the number that it goes on with.
fn saying(before: &str, numbered: &str, at: usize) -> Option<Saying> {
    let length = numbered.bytes().take_while(u8::is_ascii_digit).count();
    let id = numbered.get(..length)?.parse().ok().filter(|id| *id <= LAST_ID)?;
    let field = numbered.get(length..)?;
    let (_, becomes) = *BEFORE.iter().find(|(start, _)| before.ends_with(start))?;
    let (about, becomes) = match becomes {
        _ if field.starts_with(", layer: ") => (About::Annotation, becomes),
        Becomes::Waiting if field.starts_with(", name: ") => (About::Speaker, Becomes::Stated),
        _ if field.starts_with(", name: ") => (About::Speaker, becomes),
        _ => return None,
    };
    Some(Saying { about, id, at, becomes })
}
