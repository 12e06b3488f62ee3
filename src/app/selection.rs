//! The annotator's moving range.

use crate::text::{Offset, Span};

/// A range with a fixed end and a moving one. Both lie *between* characters:
///
/// ```text
/// пра│во   anchor = head: nothing is selected, the cursor stands before «в»
/// [пра]во  anchor 0, head 3: «пра» is selected
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The end that stays.
    pub anchor: Offset,
    /// The end that moves: the cursor.
    pub head: Offset,
}

/// Where a selection ends that is dragged or extended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edges {
    /// Where words do.
    #[default]
    Words,
    /// Between any two characters.
    Characters,
}

impl Selection {
    /// Nothing selected, the cursor at `offset`.
    pub const fn caret(offset: Offset) -> Self {
        Self { anchor: offset, head: offset }
    }

    /// The same range with its ends exchanged.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self { anchor: self.head, head: self.anchor }
    }

    /// Where it starts.
    pub fn start(self) -> Offset {
        self.anchor.min(self.head)
    }

    /// Where it ends, exclusive.
    pub fn end(self) -> Offset {
        self.anchor.max(self.head)
    }

    /// Whether nothing is selected.
    pub fn is_empty(self) -> bool {
        self.anchor == self.head
    }
}

impl From<Span> for Selection {
    fn from(span: Span) -> Self {
        Self { anchor: span.start(), head: span.end() }
    }
}
