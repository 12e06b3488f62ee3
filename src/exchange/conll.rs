//! `CoNLL`: a token and its tag on each line, a blank line between sentences, as taggers of named entities are trained with.
//!
//! ```text
//! Право⇥B-Theme:rights
//! на⇥I-Theme:rights
//! труд⇥I-Theme:rights
//! ,⇥O
//! ```
//!
//! A token has one tag, but annotations overlap. So there is a file for each label (`speech.Theme-rights.conll`; a second one,
//! `….2.conll`, where annotations of a label overlap one another), and `speech.conll` has all labels, of overlapping annotations the
//! longest. Tokens are cut where annotations start and end, white space is none, and no sentence ends within an annotation.
//!
//! What tags have no place for is in `speech.conll.json`: the annotation that each tagged stretch belongs to, file by file, with
//! its attributes, note and relations. `speech.txt` is the text, on which tokens find their offsets again. In files of others, which
//! have neither, tokens are joined by blanks and sentences by line ends.
//!
//! Readers take IOB1, IOB2, BILOU and IOBES, whichever stands in the last column, and entities in the MISC of `CoNLL-U`.

mod beside;
mod entities;
mod read;
mod universal;
mod write;

use serde::{Deserialize, Serialize};

use super::aside::Aside;
use super::{Format, Shape, Unit};

/// The format with IOB2 tags.
pub const FORMAT: Format = Format {
    name: "conll",
    aliases: &["iob2"],
    about: "A token and its IOB2 tag a line, a file per label, for seqeval, spaCy and taggers; a directory",
    shape: Shape::Directory,
    beside: &[],
    units: &[Unit::CodePoints],
    start: |plan| write::start(plan, Scheme::Iob2),
    read: Some(read::read),
    sniff: read::sniff,
};

/// The format with BILOU tags.
pub const BILOU: Format = Format {
    name: "bilou",
    aliases: &[],
    about: "The same with BILOU tags",
    start: |plan| write::start(plan, Scheme::Bilou),
    ..FORMAT
};

/// How tags say where a stretch begins and ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Scheme {
    /// B- and I-.
    #[serde(rename = "IOB2")]
    Iob2,
    /// B-, I- and L-; U- alone.
    #[serde(rename = "BILOU")]
    Bilou,
}

impl Scheme {
    /// What the names of its files end with.
    const fn ending(self) -> &'static str {
        match self {
            Self::Iob2 => "conll",
            Self::Bilou => "bilou",
        }
    }

    /// The letter of the token at `place` of `count`.
    const fn letter(self, place: usize, count: usize) -> char {
        match (self, place, count) {
            (Self::Bilou, 0, 1) => 'U',
            (Self::Bilou, place, count) if place > 0 && place + 1 == count => 'L',
            (_, 0, _) => 'B',
            _ => 'I',
        }
    }
}

/// What lies beside the files of one source.
#[derive(Serialize, Deserialize)]
struct Beside {
    scheme: Scheme,
    /// The files with a label each. Their tagged stretches, file by file, are the spans that `tribune` has annotations for.
    files: Vec<String>,
    tribune: Aside,
}

#[cfg(test)]
mod tests;
