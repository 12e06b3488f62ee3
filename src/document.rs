//! A transcript: its text, who speaks where, and how to recognise it again.

mod digest;
mod place;
mod turns;

pub use digest::Digest;
pub use place::Place;
pub use turns::{Turn, turns};

use std::sync::Arc;

use crate::text::{Offset, Text};

/// The name of a document in its corpus: the path below the corpus, with `/` between folders.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(String);

impl DocumentId {
    /// The document at `path` below its corpus.
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// The path below the corpus.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for DocumentId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text with its turns. Cheap to clone, for work on another thread.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name in the corpus.
    pub id: DocumentId,
    /// The text, verbatim.
    pub text: Text,
    /// Who speaks where, ascending and disjoint; empty when the transcript marks no turns.
    pub turns: Arc<[Turn]>,
}

impl Document {
    /// The document called `id` with this text; its turns are found by their marks.
    pub fn new(id: DocumentId, text: Text) -> Self {
        Self::without_turns(id, text).with_turns()
    }

    /// The document called `id` with this text, its turns still to be found: that takes a look at every line.
    pub fn without_turns(id: DocumentId, text: Text) -> Self {
        Self { id, text, turns: Arc::default() }
    }

    /// The same with its turns, found by their marks.
    #[must_use]
    pub fn with_turns(self) -> Self {
        Self { turns: turns(&self.text).into(), ..self }
    }

    /// The turn that holds `offset`.
    pub fn turn_at(&self, offset: Offset) -> Option<&Turn> {
        self.turn_number_at(offset).map(|number| &self.turns[number])
    }

    /// The number, from 0, of the turn that holds `offset`.
    pub fn turn_number_at(&self, offset: Offset) -> Option<usize> {
        let number = self.turns.partition_point(|turn| turn.span.start() <= offset).checked_sub(1)?;
        self.turns[number].span.contains(offset).then_some(number)
    }
}
