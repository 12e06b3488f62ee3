//! Values that remember where in the file they stand.

use ron::error::Position;
use ron::extensions::Extensions;
use ron::value::RawValue;
use serde::de::{Deserialize, Deserializer};

use super::{SchemaError, wording};

/// The text of a schema file, which places are counted in.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a>(&'a str);

/// A value as the file has it, not read yet: a slice of the [`Source`], which is how its place is known.
///
/// RON itself keeps places only for what it complains about.
#[derive(Clone, Copy)]
pub(crate) struct Located<'a>(&'a str);

impl<'a> Source<'a> {
    /// The source `text`, without its byte order mark.
    pub(crate) fn new(text: &'a str) -> Self {
        Self(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// The file as one value.
    pub(crate) fn all(self) -> Located<'a> {
        Located(self.0)
    }

    /// The line and column, from 1, at which `slice`, a slice of this source, starts.
    fn place(self, slice: &str) -> (usize, usize) {
        let offset = slice.as_ptr().addr().saturating_sub(self.0.as_ptr().addr());
        let before = self.0.get(..offset).unwrap_or_default();
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        (before.matches('\n').count() + 1, column)
    }
}

impl<'a> Located<'a> {
    /// Reads the value as a `T`.
    pub(crate) fn read<T: Deserialize<'a>>(self, source: Source<'_>) -> Result<T, SchemaError> {
        // `key: "q"` instead of `key: Some("q")`
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        options.from_str(self.0).map_err(|error| {
            let (message, position) = wording::of(&error);
            Self(from(self.0, position)).fault(source, message)
        })
    }

    /// Reads the value as a `T`, or says `message` about it.
    pub(super) fn read_or<T: Deserialize<'a>>(self, source: Source<'_>, message: &str) -> Result<T, SchemaError> {
        self.read(source).ok().ok_or_else(|| self.fault(source, message))
    }

    /// The fault `message` about this value.
    pub(crate) fn fault(self, source: Source<'_>, message: impl Into<String>) -> SchemaError {
        let (line, column) = source.place(skip_blank(self.0));
        SchemaError { line, column, message: message.into() }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Located<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&'de RawValue>::deserialize(deserializer).map(|raw| Self(skip_blank(raw.get_ron())))
    }
}

/// `text` from `position` on, or its end where it has no such position.
fn from(text: &str, position: Position) -> &str {
    let line = (1..position.line).fold(text, |rest, _| rest.split_once('\n').map_or("", |(_, behind)| behind));
    let mut chars = line.chars();
    chars.by_ref().take(position.col - 1).for_each(drop);
    chars.as_str()
}

/// `ron` from its first token on, behind blanks and comments; block comments nest.
fn skip_blank(ron: &str) -> &str {
    let mut rest = ron.trim_start();
    loop {
        let behind = if let Some(comment) = rest.strip_prefix("//") {
            comment.split_once('\n').map(|(_, behind)| behind)
        } else if let Some(comment) = rest.strip_prefix("/*") {
            behind_block_comment(comment)
        } else {
            None
        };
        match behind {
            Some(behind) => rest = behind.trim_start(),
            None => return rest,
        }
    }
}

/// What follows the block comment whose inside `comment` starts with.
fn behind_block_comment(comment: &str) -> Option<&str> {
    let mut depth = 1_u32;
    let mut rest = comment;
    while depth > 0 {
        let mark = rest.find(['*', '/'])?;
        let (_, from_mark) = rest.split_at(mark);
        if let Some(behind) = from_mark.strip_prefix("*/") {
            (depth, rest) = (depth - 1, behind);
        } else if let Some(behind) = from_mark.strip_prefix("/*") {
            (depth, rest) = (depth + 1, behind);
        } else {
            (_, rest) = from_mark.split_at(1);
        }
    }
    Some(rest)
}
