//! What an annotation is.

use std::fmt;

use super::Attributes;
use crate::schema::{LabelId, LayerId};
use crate::text::Fragments;

/// The number of an annotation in its file, from 1; never used again after a deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnnotationId(pub u32);

/// The number of a speaker in the annotator's register, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpeakerId(pub u32);

/// A statement about a text: this stretch is a quote, that one is about labour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Its number in the file.
    pub id: AnnotationId,
    /// The kind of statement.
    pub layer: LayerId,
    /// The value from the layer's tagset.
    pub label: LabelId,
    /// What it is about.
    pub target: Target,
    /// Named values, by name.
    pub attributes: Attributes,
    /// Free text of the annotator's; may have several lines.
    pub note: Option<String>,
    /// How it came to be.
    pub origin: Origin,
}

impl Annotation {
    /// The spans it is about, if it is about text.
    pub fn fragments(&self) -> Option<&Fragments> {
        match &self.target {
            Target::Text(fragments) => Some(fragments),
            Target::Relation { .. } | Target::Document => None,
        }
    }

    /// What people call it: the first letter of its layer and its number, as in `Q1` or `T7`.
    ///
    /// ```
    /// # use tribune::annotation::*;
    /// # use tribune::schema::{LabelId, LayerId};
    /// let theme = Annotation {
    ///     id: AnnotationId(7),
    ///     layer: LayerId::new("theme"),
    ///     label: LabelId::new("rights"),
    ///     target: Target::Document,
    ///     attributes: [].into(),
    ///     note: Some("и\u{306}, 👍".to_owned()),
    ///     origin: Origin::Manual,
    /// };
    /// assert_eq!(theme.name(), "T7");
    /// ```
    pub fn name(&self) -> String {
        called(&self.layer, self.id)
    }

    /// Whether it is about two other annotations.
    pub fn is_relation(&self) -> bool {
        matches!(self.target, Target::Relation { .. })
    }

    /// The speaker that an attribute names, if one does.
    pub fn speaker(&self) -> Option<SpeakerId> {
        self.attributes.values().find_map(|value| match value {
            Value::Speaker(speaker) => Some(*speaker),
            Value::Choice(_) | Value::Flag(_) | Value::Text(_) => None,
        })
    }
}

/// What an annotation is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Spans of the text.
    Text(Fragments),
    /// Two other annotations.
    Relation {
        /// Where the relation starts.
        from: AnnotationId,
        /// Where it leads.
        to: AnnotationId,
    },
    /// The document as a whole.
    Document,
}

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A word from the schema's list.
    Choice(String),
    /// Yes or no.
    Flag(bool),
    /// Free text.
    Text(String),
    /// Someone in the register.
    Speaker(SpeakerId),
}

/// How an annotation came to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The annotator made it.
    #[default]
    Manual,
    /// An engine proposed it and the annotator agreed.
    Suggested {
        /// The engine's name and version.
        engine: String,
        /// Its score, per mille.
        score: u16,
    },
    /// It was read from a file of another program.
    Imported {
        /// Which file or program.
        from: String,
    },
    /// It was decided from what these annotators say.
    Merged {
        /// Their names.
        from: Vec<String>,
    },
}

/// Someone who is quoted or makes claims; an entry of the annotator's register.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Speaker {
    /// The number that annotations refer to.
    pub id: SpeakerId,
    /// The name as the annotator wants it listed.
    pub name: String,
    /// Office or role, as in «Аким Карагандинской области».
    pub role: Option<String>,
    /// Other names and inflected forms.
    pub aliases: Vec<String>,
}

/// How far the annotator is with the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// There is work left.
    #[default]
    Open,
    /// The annotator calls it finished.
    Done,
}

impl fmt::Display for AnnotationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "open",
            Self::Done => "done",
        })
    }
}

/// The first letter of `layer`, and the number.
pub(super) fn called(layer: &LayerId, id: AnnotationId) -> String {
    let mut name = String::with_capacity(16);
    name.extend(layer.as_str().chars().next().unwrap_or('?').to_uppercase());
    name.push_str(itoa::Buffer::new().format(id.0));
    name
}
