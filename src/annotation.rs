//! Annotations, the set an annotator makes of them, and the edits that change it.
//!
//! | file | holds |
//! |---|---|
//! | `attributes` | [`Attributes`]: named values |
//! | `model` | [`Annotation`], its target, values and origin; [`Speaker`], [`Status`] |
//! | `set` | [`AnnotationSet`]: everything one annotator says about one document |
//! | `index` | [`SpanIndex`]: what overlaps a stretch of text |
//! | `waiting` | [`Waiting`]: an annotation without a place since its text changed |
//! | `edit` | [`Edit`]: one invertible change |

mod attributes;
mod edit;
mod index;
mod model;
mod set;
#[cfg(test)]
pub(crate) mod tests;
mod waiting;

pub use attributes::Attributes;
pub use edit::{Edit, EditError};
pub use index::SpanIndex;
pub use model::{Annotation, AnnotationId, Origin, Speaker, SpeakerId, Status, Target, Value};
pub use set::AnnotationSet;
pub use waiting::{Past, Waiting};
