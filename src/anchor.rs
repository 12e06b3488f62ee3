//! The same annotations on a changed text.
//!
//! A transcript that is corrected is another text. What was said about the old one is carried over where the words
//! themselves show their place, and nowhere else: an annotation is placed, or its candidates are listed, or it is lost.
//! A look-alike is never chosen in silence.
//!
//! Words count as the same when they differ only in how they are written: composed or decomposed (NFC, NFD), wrapped
//! otherwise, with other line ends. Letters, marks and punctuation must be the same.
//!
//! With the old text at hand, stretches of words are found that stand once in each text, and grow as long as the words
//! agree (`blocks`); paragraphs may change places. Two stretches that lay claim to the same words, in either text, make them
//! ambiguous; so does a look-alike that nothing else claims and that has something of the same surroundings.
//!
//! Without it there are only quotes and positions: long quotes that stand once tell where the others are to be found, to the code
//! point (`sought`). How the old text was written, composed or not and with which line ends, shows in the quotes (`ruler`).
//! What lies right next to a change is then ambiguous more often.
//!
//! | file | holds |
//! |---|---|
//! | `folded` | a text as it is compared: decomposed, blanks made one |
//! | `blocks` | the stretches of words that two texts share |
//! | `tokens` | the words of a text, found by any run of them |
//! | `traced` | placing with the old text |
//! | `sought` | placing without it |
//! | `ruler` | how far apart things were in a text that is gone |
//! | `combine` | the fragments of one annotation together |

mod blocks;
mod combine;
mod folded;
mod lead;
mod ruler;
mod sought;
#[cfg(test)]
mod tests;
mod tokens;
mod traced;

use std::fmt;

use folded::Folded;
use lead::Lead;

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
    let mut found = match old {
        Old::Text(old) => traced::trace(&stated, &Folded::of(old), &new),
        Old::Length(length) => sought::seek(&stated, length, &new),
    }
    .into_iter();
    let placed = annotations.iter().map(|own| {
        let found: Vec<Found> = found.by_ref().take(own.len()).collect();
        combine::combine(own, &found, new.text())
    });
    placed.collect()
}

/// What became of a fragment: its place, or where it may be, the likeliest first.
type Found = Result<Span, Vec<Lead>>;
