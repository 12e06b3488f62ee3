//! Who speaks where.

use crate::text::{Span, Text};

/// One speaker's contiguous stretch of a transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The stretch, with the speaker's name in front of it.
    pub span: Span,
    /// Who is speaking, as the transcript names them; none for a line of dialogue that only a dash opens.
    pub speaker: Option<String>,
}

/// The turns of `text`.
pub fn turns(_text: &Text) -> Vec<Turn> {
    Vec::new()
}
