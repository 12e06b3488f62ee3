//! What formats lose that write names and values as words: told once, for all of them.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Called, Kind, resolve};
use super::settle::value;
use super::{Loss, Losses, Source, Stated};
use crate::annotation::{Annotation, AnnotationId, Origin, Speaker, SpeakerId, Status, Target, Value};
use crate::schema::{AttributeId, LayerId};

/// What of a [`Source`] a format writes that has names and words, but no register, no origins and no document status.
///
/// The format asks for each thing that it is about to write, first what an annotation is called; what it does not write it tells
/// itself.
#[derive(Debug)]
pub struct InWords<'a> {
    source: Source<'a>,
    mentioned: BTreeSet<SpeakerId>,
    /// The annotations that have been called by their layer.
    called: BTreeSet<AnnotationId>,
    /// The layer as which the annotation last called will be read.
    layer: LayerId,
}

/// What is said of an annotation, in words.
#[derive(Clone, Debug)]
pub struct Described {
    /// What it is called.
    pub called: Called,
    /// The names and values of its attributes.
    pub attributes: Vec<(String, String)>,
    /// The note.
    pub note: Option<String>,
}

impl<'a> InWords<'a> {
    /// Begins with `source`.
    pub fn of(source: &Source<'a>) -> Self {
        Self { source: *source, mentioned: BTreeSet::new(), called: BTreeSet::new(), layer: LayerId::new("") }
    }

    /// What `annotation` is called; told where that does not lead back.
    pub fn called(&mut self, annotation: &Annotation, losses: &mut Losses) -> Called {
        let called = Called::of(self.source.schema, annotation);
        self.called.insert(annotation.id);
        self.must_lead_back(annotation, Some(&called.layer), called.value.as_deref(), losses);
        called
    }

    /// The label of a relation in a format that knows no layers of relations; told where that does not lead back.
    pub fn relation_type(&mut self, annotation: &Annotation, losses: &mut Losses) -> String {
        let label = annotation.label.to_string();
        self.must_lead_back(annotation, None, Some(&label), losses);
        label
    }

    /// The ends of a relation, if both have been called: where relations join what was written with its layer.
    pub fn ends(&self, annotation: &Annotation) -> Option<(AnnotationId, AnnotationId)> {
        match annotation.target {
            Target::Relation { from, to } if self.called.contains(&from) && self.called.contains(&to) => {
                Some((from, to))
            }
            Target::Relation { .. } | Target::Text(_) | Target::Document => None,
        }
    }

    fn must_lead_back(&mut self, own: &Annotation, layer: Option<&str>, label: Option<&str>, losses: &mut Losses) {
        let (layer, label) = resolve(Some(self.source.schema), Kind::of(&own.target), layer, label);
        self.layer = layer.clone();
        if (&layer, &label) != (&own.layer, &own.label) {
            losses.tell(Loss::Name(own.id, layer, label));
        }
    }

    /// A flag, for formats that have flags; told where it does not lead back to one. None if the value is no flag.
    pub fn flag(&mut self, own: &Annotation, id: &AttributeId, losses: &mut Losses) -> Option<bool> {
        let Value::Flag(flag) = *own.attributes.get(id)? else { return None };
        self.told(own, id, &Stated::Flag(flag), losses).then_some(flag)
    }

    /// A value in words, `true` and `false` for a flag; told where they do not lead back to its kind. None if they would be
    /// taken for the name of someone; that is told too.
    pub fn words(&mut self, own: &Annotation, id: &AttributeId, losses: &mut Losses) -> Option<String> {
        let words = self.source.words(own.attributes.get(id)?).into_owned();
        self.told(own, id, &Stated::Words(words.clone()), losses).then_some(words)
    }

    /// Tells what is read of `stated`, if it is not the value; whether it may be written.
    fn told(&mut self, own: &Annotation, id: &AttributeId, stated: &Stated, losses: &mut Losses) -> bool {
        let Some(actual) = own.attributes.get(id) else { return false };
        let known = self.source.schema.layer(&self.layer).and_then(|layer| layer.attribute(id));
        let speaker = if let Value::Speaker(id) = actual { Some(*id) } else { None };
        let mut is_someone = false;
        let read = value(known.map(|known| &known.kind), stated, &mut |_| {
            is_someone = true;
            speaker.unwrap_or(SpeakerId(0))
        });
        if is_someone && speaker.is_none() {
            losses.tell(Loss::Attribute(own.id, id.clone()));
            return false;
        }
        if read == *actual {
            self.mentioned.extend(speaker);
        } else {
            losses.tell(Loss::Value(own.id, id.clone(), read));
        }
        true
    }

    /// All that is said of `own`, for formats that hold only the words for which `holds`; the others are told. None if its names
    /// are among them.
    pub fn described(&mut self, own: &Annotation, holds: fn(&str) -> bool, losses: &mut Losses) -> Option<Described> {
        if !holds(own.layer.as_str()) || !holds(own.label.as_str()) {
            return None;
        }
        let called = self.called(own, losses);
        let mut attributes = Vec::new();
        for (id, value) in &own.attributes {
            if !holds(id.as_str()) || !holds(&self.source.words(value)) {
                losses.tell(Loss::Attribute(own.id, id.clone()));
            } else if let Some(words) = self.words(own, id, losses) {
                attributes.push((id.to_string(), words));
            }
        }
        let note = own.note.clone().filter(|note| holds(note));
        if note != own.note {
            losses.tell(Loss::Note(own.id));
        }
        Some(Described { called, attributes, note })
    }

    /// Tells of origins and of the document's status, for formats that hold the register.
    pub fn finish_with_register(&self, losses: &mut Losses) {
        let Source { set, .. } = self.source;
        for own in set.iter().filter(|own| own.origin != Origin::Manual) {
            losses.tell(Loss::Origin(own.id));
        }
        if set.status() != Status::default() {
            losses.tell(Loss::Status);
        }
    }

    /// Tells of origins, of the document's status, and of what the register holds beyond the names mentioned.
    pub fn finish(self, losses: &mut Losses) {
        self.finish_with_register(losses);
        self.unregistered(losses);
        let Source { set, .. } = self.source;
        let mut names: BTreeMap<&str, SpeakerId> = BTreeMap::new();
        for Speaker { id, name, role, aliases } in set.speakers() {
            if !self.mentioned.contains(id) {
                losses.tell(Loss::Speaker(*id));
                continue;
            }
            if role.is_some() || !aliases.is_empty() {
                losses.tell(Loss::SpeakerDetails(*id));
            }
            if *names.entry(name).or_insert(*id) != *id {
                losses.tell(Loss::Namesake(*id));
            }
        }
    }

    /// The register as it is held by formats that call speakers by name: without those who have the name of another; those and
    /// whoever is missing are told.
    pub fn register(&self, losses: &mut Losses) -> Vec<&'a Speaker> {
        self.unregistered(losses);
        let mut names = BTreeSet::new();
        let (kept, namesakes): (Vec<&Speaker>, Vec<_>) =
            self.source.set.speakers().partition(|own| names.insert(own.name.as_str()));
        for own in namesakes {
            losses.tell(Loss::Namesake(own.id));
        }
        kept
    }

    fn unregistered(&self, losses: &mut Losses) {
        for id in self.mentioned.iter().filter(|id| self.source.set.speaker(**id).is_none()) {
            losses.tell(Loss::Unregistered(*id));
        }
    }
}
