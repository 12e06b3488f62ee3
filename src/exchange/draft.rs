//! What a reader found in a file, in the file's own terms: offsets in an unknown unit, names as they stand, ids as text.

use std::fmt;
use std::io;
use std::ops::Range;

use super::Unit;
use crate::annotation::{Origin, Speaker, Status};
use crate::schema::Schema;
use crate::text::Text;

/// What one annotator says about one document, as a file has it.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The document's name in the file.
    pub document: Option<String>,
    /// Who annotated it.
    pub annotator: Option<String>,
    /// The text, if the files carry it.
    pub text: Option<String>,
    /// Why they carry none, and where, if they should: to be told unless there is a transcript.
    pub textless: Option<Refusal>,
    /// What the file says its offsets count, or what is usual in its format.
    pub unit: Option<Unit>,
    /// What else is to be said of how they count, behind the unit; nothing, mostly.
    pub counted: &'static str,
    /// What they count instead when a span cuts a character in two under `unit` and none does under this: for formats whose
    /// writers disagree and that have no words to tell by.
    pub rival: Option<Unit>,
    /// What they are known to count, because somebody said so or all agree; then nothing is found out.
    pub stated: Option<Unit>,
    /// Whether names and numbers in it are exactly ours, because we wrote it and the format takes them as they are.
    pub is_exact: bool,
    /// How far the annotator is.
    pub status: Status,
    /// The register.
    pub speakers: Vec<Speaker>,
    /// The annotations, in the order of the file.
    pub items: Vec<Item>,
    /// The tagset, if the files carry one.
    pub schema: Option<Schema>,
    /// What could not be taken.
    pub refusals: Vec<Refusal>,
    /// What stays behind and is no annotation: it is told, and nothing of the annotations is lost.
    pub remarks: Vec<Refusal>,
}

impl Draft {
    /// The text that the files carry, if it is one.
    pub fn own_text(&self) -> Option<Text> {
        self.text.clone().map(Text::new).and_then(Result::ok)
    }
}

/// An annotation as a file has it.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// Where it stands.
    pub spot: Spot,
    /// Its id, as it stands there; empty when it has none.
    pub id: String,
    /// What the file has for the layer; none for relations of formats that give only a type.
    pub layer: Option<String>,
    /// What the file has for the label; none when the layer says all.
    pub label: Option<String>,
    /// What it is about.
    pub target: Aim,
    /// The attributes, by name.
    pub attributes: Vec<(String, Stated)>,
    /// The note.
    pub note: Option<String>,
    /// How it came to be, if the file says so.
    pub origin: Option<Origin>,
}

/// Somebody else's `id` as the attribute `name`, unless it is a number, alone or behind a letter, which becomes our own.
pub(super) fn kept(name: &str, id: &str) -> Option<(String, Stated)> {
    let digits = id.strip_prefix(char::is_alphabetic).unwrap_or(id);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (!id.is_empty() && !is_number).then(|| (name.to_owned(), Stated::Words(id.to_owned())))
}

/// What an [`Item`] is about.
#[derive(Clone, Debug, Default)]
pub enum Aim {
    /// Pieces of the text.
    Text {
        /// The pieces, half-open.
        pieces: Vec<Range<usize>>,
        /// The words of each piece, or one string for all that joins them with blanks; nothing when the file has no words.
        words: Vec<String>,
        /// Given when the format cuts pieces at line ends: they are joined again where only blanks and line ends are between them,
        /// but for those with these numbers, which begin a fragment of their own.
        apart: Option<Vec<usize>>,
    },
    /// Two items, by id.
    Relation {
        /// Where it starts.
        from: String,
        /// Where it leads.
        to: String,
    },
    /// The document as a whole.
    #[default]
    Document,
}

/// The value of an attribute as a file has it, as far as the file tells its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stated {
    /// Words; the schema says what kind of value they are, and text they are without one.
    Words(String),
    /// Yes or no.
    Flag(bool),
    /// A word from a list.
    Choice(String),
    /// Free text.
    Text(String),
    /// Someone, by name.
    Speaker(String),
    /// Someone, by number in the register.
    Number(u32),
}

/// A place in the files.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The file's name.
    pub file: String,
    /// The line, from 1; 0 when it is not known.
    pub line: usize,
    /// Which of its parts, in the file's own words: `%ID 7`, `task 3`; empty when that says no more.
    pub part: String,
}

/// What could not be taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where it stands.
    pub spot: Spot,
    /// Why: lower case, no full stop.
    pub reason: String,
}

/// Why files cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The machine refused.
    #[error("cannot read {0}")]
    Io(String, #[source] io::Error),
    /// The file is nothing of the kind.
    #[error("{0}: {1}")]
    Content(Spot, String),
}

impl Spot {
    /// Line `line` of `file`.
    pub fn new(file: &str, line: usize) -> Self {
        Self { file: file.to_owned(), line, part: String::new() }
    }

    /// The part called `part` there.
    #[must_use]
    pub fn part(self, part: impl Into<String>) -> Self {
        Self { part: part.into(), ..self }
    }

    /// Refuses what stands here.
    pub fn refuse(&self, reason: impl Into<String>) -> Refusal {
        Refusal { spot: self.clone(), reason: reason.into() }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if self.part.is_empty() { Ok(()) } else { write!(f, ", {}", self.part) }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.spot, self.reason)
    }
}
