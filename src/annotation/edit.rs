//! One invertible change to an annotation set.

use super::{Annotation, AnnotationId, Speaker, SpeakerId, Status, Waiting};

/// A change to what an annotator's file says. It carries the old value, so its inverse needs nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// An annotation that was not there.
    Insert(Annotation),
    /// An annotation that was there just so.
    Remove(Annotation),
    /// An annotation that changes; the id stays.
    Replace {
        /// As it was.
        before: Annotation,
        /// As it is to be.
        after: Annotation,
    },
    /// A speaker that comes (`before` is none), changes, or goes (`after` is none).
    Speaker {
        /// As they were registered.
        before: Option<Speaker>,
        /// As they are to be.
        after: Option<Speaker>,
    },
    /// The document's status.
    Status {
        /// As it was.
        before: Status,
        /// As it is to be.
        after: Status,
    },
    /// An annotation that begins to wait for a place (`before` is none), or waits no more.
    Wait {
        /// As it waited.
        before: Option<Waiting>,
        /// As it is to wait.
        after: Option<Waiting>,
    },
}

/// Why an edit does not fit the set it is applied to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// Inserting an id that is taken.
    #[error("there is an annotation {0} already")]
    Taken(AnnotationId),
    /// Removing or replacing what is not there as the edit says.
    #[error("annotation {0} is not what the edit expects")]
    Stale(AnnotationId),
    /// A replacement may not change the id.
    #[error("annotation {0} cannot become annotation {1}")]
    Renumbered(AnnotationId, AnnotationId),
    /// The register is not what the edit expects.
    #[error("speaker {} is not what the edit expects", .0.0)]
    StaleSpeaker(SpeakerId),
    /// The status is not what the edit expects.
    #[error("the document is not {0}")]
    StaleStatus(Status),
    /// An edit of what waits for a place with neither side.
    #[error("an edit must say what waits")]
    NobodyWaits,
    /// A speaker edit with neither side, or with two ids.
    #[error("a speaker edit must keep to one speaker")]
    NoSpeaker,
}

impl Edit {
    /// The edit that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        match self {
            Self::Insert(annotation) => Self::Remove(annotation),
            Self::Remove(annotation) => Self::Insert(annotation),
            Self::Replace { before, after } => Self::Replace { before: after, after: before },
            Self::Speaker { before, after } => Self::Speaker { before: after, after: before },
            Self::Status { before, after } => Self::Status { before: after, after: before },
            Self::Wait { before, after } => Self::Wait { before: after, after: before },
        }
    }
}
