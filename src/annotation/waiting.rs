//! An annotation whose text changed, and that waits for a place on the new one.

use super::model::called;
use super::{Annotation, AnnotationId, Attributes, Edit, Origin, Target};
use crate::schema::{LabelId, LayerId};
use crate::text::Fragments;

/// An annotation that waits for a place: all it said, and where it stood on a text that is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its number in the file.
    pub id: AnnotationId,
    /// Its layer.
    pub layer: LayerId,
    /// Its label.
    pub label: LabelId,
    /// Its fragments, as they were.
    pub past: Vec<Past>,
    /// What it carries.
    pub attributes: Attributes,
    /// What its annotator noted.
    pub note: Option<String>,
    /// Where it came from.
    pub origin: Origin,
}

/// A fragment of a text that is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Where it started, in code points.
    pub start: usize,
    /// Where it ended, exclusive.
    pub end: usize,
    /// The words.
    pub quote: String,
}

impl Waiting {
    /// The annotation, now that it is known that it stands at `fragments`.
    pub fn at(&self, fragments: Fragments) -> Annotation {
        Annotation {
            id: self.id,
            layer: self.layer.clone(),
            label: self.label.clone(),
            target: Target::Text(fragments),
            attributes: self.attributes.clone(),
            note: self.note.clone(),
            origin: self.origin.clone(),
        }
    }

    /// The edits that give it its place at `fragments`.
    pub fn settle(&self, fragments: Fragments) -> [Edit; 2] {
        [Edit::Wait { before: Some(self.clone()), after: None }, Edit::Insert(self.at(fragments))]
    }

    /// What people call it: the first letter of its layer, and its number.
    pub fn name(&self) -> String {
        called(&self.layer, self.id)
    }

    /// The words it was made for.
    pub fn quote(&self) -> String {
        self.past.iter().map(|own| own.quote.as_str()).collect::<Vec<_>>().join(" … ")
    }

    /// Where it started, in code points of the text that is gone.
    pub fn start(&self) -> usize {
        self.past.first().map_or(0, |own| own.start)
    }
}
