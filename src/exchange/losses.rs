//! What a target could not hold.

use std::collections::BTreeMap;

use crate::annotation::{AnnotationId, AnnotationSet, SpeakerId, Value};
use crate::schema::{AttributeId, LabelId, LayerId};
use crate::text::Fragments;

/// One thing that a target could not hold, with what is read instead where that is not nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// An annotation as a whole.
    Annotation(AnnotationId),
    /// Its note.
    Note(AnnotationId),
    /// One of its attributes.
    Attribute(AnnotationId, AttributeId),
    /// What kind of value an attribute has; it reads as this one.
    Value(AnnotationId, AttributeId, Value),
    /// That an attribute is a flag: only who has the schema reads it as one, and others a word.
    Flag(AnnotationId, AttributeId),
    /// The layer of a relation: only who has the schema reads it, and others the label alone.
    Layer(AnnotationId),
    /// How it came to be.
    Origin(AnnotationId),
    /// Its layer or label; it reads as these.
    Name(AnnotationId, LayerId, LabelId),
    /// The exact ends of its fragments; they read as these, in the text that is shipped.
    Fragments(AnnotationId, Fragments),
    /// The numbers of the annotations; they read as numbered in text order.
    Numbers,
    /// A speaker to whom no annotation points.
    Speaker(SpeakerId),
    /// A speaker's role and other names.
    SpeakerDetails(SpeakerId),
    /// A speaker who has the name of another, and becomes that one.
    Namesake(SpeakerId),
    /// That a speaker is missing in the register; one with a number for a name is read.
    Unregistered(SpeakerId),
    /// That the document is finished.
    Status,
    /// Line ends, byte-order mark and control characters of the text; see [`Shipped`](super::Shipped).
    Text,
    /// The document's name.
    Document,
    /// The annotator's name.
    Annotator,
}

impl Loss {
    /// The annotation that lost something.
    fn annotation(&self) -> Option<AnnotationId> {
        match self {
            Self::Annotation(id)
            | Self::Note(id)
            | Self::Attribute(id, _)
            | Self::Value(id, ..)
            | Self::Flag(id, _)
            | Self::Layer(id)
            | Self::Origin(id)
            | Self::Name(id, ..)
            | Self::Fragments(id, _) => Some(*id),
            Self::Numbers
            | Self::Speaker(_)
            | Self::SpeakerDetails(_)
            | Self::Namesake(_)
            | Self::Unregistered(_)
            | Self::Status
            | Self::Text
            | Self::Document
            | Self::Annotator => None,
        }
    }
}

/// What was lost, source by source.
#[derive(Clone, Debug, Default)]
pub struct Losses {
    sources: Vec<Lost>,
}

/// What was lost of one source.
#[derive(Clone, Debug)]
struct Lost {
    document: String,
    annotator: String,
    losses: Vec<Loss>,
    /// What people call the annotations that lost something.
    names: BTreeMap<AnnotationId, String>,
}

impl Losses {
    /// Turns to what `annotator` says about `document`.
    pub fn turn_to(&mut self, document: &str, annotator: &str) {
        let (document, annotator) = (document.to_owned(), annotator.to_owned());
        self.sources.push(Lost { document, annotator, losses: Vec::new(), names: BTreeMap::new() });
    }

    /// Takes note of a loss of the source last turned to.
    pub fn tell(&mut self, loss: Loss) {
        if self.sources.is_empty() {
            self.turn_to("", "");
        }
        if let Some(own) = self.sources.last_mut() {
            own.losses.push(loss);
        }
    }

    /// The losses of the source last turned to.
    pub fn last(&self) -> &[Loss] {
        self.sources.last().map_or(&[], |own| &own.losses)
    }

    /// Takes note of what people call the annotations that lost something since the source was turned to; `set` has them.
    pub(super) fn name(&mut self, set: &AnnotationSet) {
        if let Some(own) = self.sources.last_mut() {
            let lost = own.losses.iter().filter_map(Loss::annotation).filter_map(|id| set.get(id));
            own.names = lost.map(|annotation| (annotation.id, annotation.name())).collect();
        }
    }

    /// Whether nothing was lost.
    pub fn is_empty(&self) -> bool {
        self.sources.iter().all(|own| own.losses.is_empty())
    }

    /// A line for each kind of loss of each source, with how often and whose, as in
    /// `speech.txt, alpha: 2 notes: R9, R12`.
    pub fn lines(&self) -> Vec<String> {
        self.sources.iter().flat_map(Lost::lines).collect()
    }
}

/// The most ids that a line names.
const NAMED: usize = 12;

impl Lost {
    fn lines(&self) -> Vec<String> {
        let mut kinds: Vec<(&'static str, &'static str, Vec<String>)> = Vec::new();
        for loss in &self.losses {
            let (one, several, whose) = self.words(loss);
            match kinds.iter_mut().find(|(own, ..)| *own == one) {
                Some((_, _, all)) => all.extend(whose),
                None => kinds.push((one, several, whose.into_iter().collect())),
            }
        }
        let line = |(one, several, whose): (&str, &str, Vec<String>)| {
            let what = match whose.len() {
                0 => one.to_owned(),
                1 => format!("1 {one}: {}", whose[0]),
                count => {
                    let more = if count > NAMED { format!(" and {} more", count - NAMED) } else { String::new() };
                    format!("{count} {several}: {}{more}", whose[..count.min(NAMED)].join(", "))
                }
            };
            format!("{}, {}: {what}", self.document, self.annotator)
        };
        kinds.into_iter().map(line).collect()
    }

    /// What is lost, once and several times, and whose it is.
    fn words(&self, loss: &Loss) -> (&'static str, &'static str, Option<String>) {
        let name = |id: &AnnotationId| Some(self.names.get(id).cloned().unwrap_or_else(|| format!("#{id}")));
        let of = |id: &AnnotationId, attribute: &AttributeId| name(id).map(|name| format!("{name} {attribute}"));
        let speaker = |id: &SpeakerId| Some(format!("#{}", id.0));
        match loss {
            Loss::Annotation(id) => ("annotation", "annotations", name(id)),
            Loss::Note(id) => ("note", "notes", name(id)),
            Loss::Attribute(id, attribute) => ("attribute", "attributes", of(id, attribute)),
            Loss::Value(id, attribute, _) => {
                ("kind of an attribute's value", "kinds of attributes' values", of(id, attribute))
            }
            Loss::Flag(id, attribute) => {
                ("flag that is a word without the schema", "flags that are words without the schema", of(id, attribute))
            }
            Loss::Layer(id) => {
                ("relation whose layer only the schema tells", "relations whose layers only the schema tells", name(id))
            }
            Loss::Origin(id) => ("origin", "origins", name(id)),
            Loss::Name(id, layer, label) => (
                "annotation that reads as another",
                "annotations that read as others",
                name(id).map(|name| format!("{name} ({layer}: {label})")),
            ),
            Loss::Fragments(id, _) => ("annotation with other ends", "annotations with other ends", name(id)),
            Loss::Numbers => ("the numbers of the annotations", "", None),
            Loss::Speaker(id) => ("speaker without an annotation", "speakers without an annotation", speaker(id)),
            Loss::SpeakerDetails(id) => {
                ("speaker's role and other names", "speakers' roles and other names", speaker(id))
            }
            Loss::Namesake(id) => {
                ("speaker with the name of another", "speakers with the names of others", speaker(id))
            }
            Loss::Unregistered(id) => {
                ("speaker missing in the register", "speakers missing in the register", speaker(id))
            }
            Loss::Status => ("that it is done", "", None),
            Loss::Text => {
                ("line ends or control characters of the text; offsets are those of the text that is written", "", None)
            }
            Loss::Document => ("the name of the document", "", None),
            Loss::Annotator => ("the name of the annotator", "", None),
        }
    }
}
