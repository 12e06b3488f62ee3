//! An edit as a line of the history states it.

use serde::{Deserialize, Serialize};

use super::{AnnotationV1, Misfit, SpeakerV1, StatusV1};
use crate::annotation::{Edit, Speaker, Waiting};
use crate::text::Text;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Edit")]
pub(in crate::store) enum EditV1 {
    Insert(AnnotationV1),
    Remove(AnnotationV1),
    Replace {
        before: AnnotationV1,
        after: AnnotationV1,
    },
    /// None or one speaker on either side.
    Speaker {
        before: Vec<SpeakerV1>,
        after: Vec<SpeakerV1>,
    },
    Status {
        before: StatusV1,
        after: StatusV1,
    },
    /// An annotation, as it was, that found no place on a changed text; only where the text changes.
    Stray(AnnotationV1),
    /// An annotation that begins to wait among the strays, or waits no more: none or one on either side, as it was on the text that
    /// is gone.
    Wait {
        before: Vec<AnnotationV1>,
        after: Vec<AnnotationV1>,
    },
}

impl EditV1 {
    pub(in crate::store) fn of(edit: &Edit, text: &Text) -> Self {
        let speaker = |speaker: &Option<Speaker>| speaker.iter().map(SpeakerV1::of).collect();
        let waiting = |own: &Option<Waiting>| own.iter().map(AnnotationV1::of_waiting).collect();
        match edit {
            Edit::Insert(annotation) => Self::Insert(AnnotationV1::of(annotation, text)),
            Edit::Remove(annotation) => Self::Remove(AnnotationV1::of(annotation, text)),
            Edit::Replace { before, after } => {
                Self::Replace { before: AnnotationV1::of(before, text), after: AnnotationV1::of(after, text) }
            }
            Edit::Speaker { before, after } => Self::Speaker { before: speaker(before), after: speaker(after) },
            Edit::Status { before, after } => Self::Status { before: (*before).into(), after: (*after).into() },
            Edit::Wait { before, after } => Self::Wait { before: waiting(before), after: waiting(after) },
        }
    }

    pub(in crate::store) fn into_edit(self, text: &Text) -> Result<Edit, Misfit> {
        let waiting = |side: Vec<AnnotationV1>| side.into_iter().next().map(AnnotationV1::into_waiting);
        let speaker = |side: Vec<SpeakerV1>| side.into_iter().next().map(Speaker::from);
        Ok(match self {
            Self::Insert(annotation) => Edit::Insert(annotation.on(text)?),
            Self::Remove(annotation) => Edit::Remove(annotation.on(text)?),
            Self::Replace { before, after } => Edit::Replace { before: before.on(text)?, after: after.on(text)? },
            Self::Speaker { before, after } => Edit::Speaker { before: speaker(before), after: speaker(after) },
            Self::Status { before, after } => Edit::Status { before: before.into(), after: after.into() },
            Self::Wait { before, after } => Edit::Wait { before: waiting(before), after: waiting(after) },
            Self::Stray(annotation) => return Err(Misfit::Stray(annotation.id)),
        })
    }
}
