//! A structure as it is written.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

/// The number of the first structure after the text, which is number 1.
pub(super) const FIRST: usize = 2;

/// Features by name; the names of those that lead to other structures begin with `@`.
pub(super) type Features<'a> = BTreeMap<Cow<'a, str>, Feature<'a>>;

/// A type and its features.
pub(super) type Structure<'a> = (&'static str, Features<'a>);

/// What a feature holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Feature<'a> {
    /// Words.
    Words(Cow<'a, str>),
    /// An offset, or the number of a structure.
    Number(usize),
    /// Yes or no.
    Flag(bool),
}

impl Feature<'_> {
    /// The words, if it holds words.
    pub(super) fn words(&self) -> Option<&str> {
        match self {
            Self::Words(words) => Some(words),
            Self::Number(_) | Self::Flag(_) => None,
        }
    }

    /// The number, if it holds one.
    pub(super) fn number(&self) -> Option<usize> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Words(_) | Self::Flag(_) => None,
        }
    }
}

impl<'a> From<&'a str> for Feature<'a> {
    fn from(words: &'a str) -> Self {
        Self::Words(Cow::Borrowed(words))
    }
}

impl From<String> for Feature<'_> {
    fn from(words: String) -> Self {
        Self::Words(Cow::Owned(words))
    }
}
