//! The same annotations on a changed text.
//!
//! A transcript that is corrected is another text. What was said about the old one is carried over where the words
//! themselves show their place, and nowhere else: an annotation is placed, or its candidates are listed, or it is lost.
//! A look-alike is never chosen in silence.
//!
//! Words count as the same when they differ only in how they are written: composed or decomposed (NFC, NFD), wrapped
//! otherwise, with other line ends. Letters, marks and punctuation must be the same.
//!
//! What is known of the old text is all of it, or what the quotes say: islands of it, with holes of known length between them
//! (`past`). How the islands were written, composed or not and with which line ends, shows by what fits (`ruler`).
//!
//! Stretches of words that stand once in each text belong together wherever they stand (`blocks`); paragraphs may change
//! places. What is between them is weighed (`likely`, `links`): a place is taken when it is certain to one in a thousand. A copy is no matter
//! of chance, and so is looked for apart (`traced`): words that stand elsewhere too, with something of the same surroundings, are
//! ambiguous, unless much more agrees around the one place on either side.
//!
//! | file | holds |
//! |---|---|
//! | `past` | what is known of the old text |
//! | `folded` | a text as it is compared: decomposed, blanks made one |
//! | `tokens` | the words of a text, found by any run of them |
//! | `blocks` | the stretches of words that two texts share without doubt |
//! | `likely` | how likely words of two stretches belong together |
//! | `links` | which words of two texts do |
//! | `ruler` | how far apart things were in a text that is gone |
//! | `traced` | placing a fragment where its words went |
//! | `lead` | a place where a fragment may belong |
//! | `combine` | the fragments of one annotation together |

mod blocks;
mod combine;
mod folded;
mod lead;
mod likely;
mod links;
mod past;
mod ruler;
#[cfg(test)]
mod tests;
mod tokens;
mod traced;

use std::fmt;

use folded::Folded;
use lead::Lead;
use past::Past;

use crate::text::{Fragments, Span, Text};

/// A fragment as a file states it: where it was in the old text, and the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated<'a> {
    /// Where it started, in code points of the old text.
    pub start: usize,
    /// Where it ended, exclusive, in code points of the old text.
    pub end: usize,
    /// The words.
    pub quote: &'a str,
}

/// What is known of the old text.
#[derive(Clone, Copy, Debug)]
pub enum Old<'a> {
    /// All of it.
    Text(&'a Text),
    /// Only its length in code points.
    Length(usize),
}

/// What became of an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placement {
    /// It stands where it stood, code point by code point.
    Exact(Fragments),
    /// The same words at another place, or written otherwise.
    Moved(Fragments),
    /// It may be one of these, the likeliest first. Somebody has to decide.
    Ambiguous(Vec<Candidate>),
    /// Its words are gone.
    Lost,
}

impl Placement {
    /// Where it stands, if that is certain.
    pub fn fragments(&self) -> Option<&Fragments> {
        match self {
            Self::Exact(fragments) | Self::Moved(fragments) => Some(fragments),
            Self::Ambiguous(_) | Self::Lost => None,
        }
    }
}

/// A place where an annotation may belong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The place.
    pub fragments: Fragments,
    /// What speaks for it, and against it.
    pub why: Why,
}

/// What speaks for a candidate, and against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The same words, and so many words around them as before; but they stand, or stood, elsewhere just so.
    Around(usize),
    /// The same words; nothing but they says that it is here.
    Alike,
    /// Something stands here in place of the words, or between them.
    Changed,
    /// Only some of its fragments.
    Part,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Around(1) => f.write_str("the same words, with 1 word around them as before"),
            Self::Around(count) => write!(f, "the same words, with {count} words around them as before"),
            Self::Alike => f.write_str("the same words, in other surroundings"),
            Self::Changed => f.write_str("the words were changed here"),
            Self::Part => f.write_str("only some of its fragments"),
        }
    }
}

/// Places annotations, each given by its fragments, on the text `new`; the answers come in the same order.
///
/// ```
/// use tribune::anchor::{Old, Placement, Stated, place};
/// use tribune::text::Text;
///
/// let old = Text::new("Право на труд. За\u{301}мок 👍.".to_owned()).unwrap();
/// let new = Text::new("Итак, право. Право на труд. За\u{301}мок 👍.".to_owned()).unwrap();
/// let castle = Stated { start: 15, end: 21, quote: "За\u{301}мок" };
/// let placed = place(&[vec![castle]], Old::Text(&old), &new);
/// let Placement::Moved(fragments) = &placed[0] else { panic!("{placed:?}") };
/// assert_eq!(new.slice(fragments.hull()), "За\u{301}мок");
/// ```
pub fn place(annotations: &[Vec<Stated<'_>>], old: Old<'_>, new: &Text) -> Vec<Placement> {
    let stated: Vec<Stated<'_>> = annotations.iter().flatten().copied().collect();
    let new = Folded::of(new);
    let past = Past::of(old, &stated);
    let mut found = traced::trace(&stated, &past, &new).into_iter();
    let placed = annotations.iter().map(|own| {
        let found: Vec<Found> = found.by_ref().take(own.len()).collect();
        combine::combine(own, &found, new.text())
    });
    placed.collect()
}

/// What became of a fragment: its place, or where it may be, the likeliest first.
type Found = Result<Span, Vec<Lead>>;
