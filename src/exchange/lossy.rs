//! What formats lose that write names and values as words: told once, for all of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::names::{self, Called, Kind, resolve};
use super::settle::{value, value_in_words};
use super::{Loss, Losses, Source, Stated};
use crate::annotation::{Annotation, AnnotationId, Origin, Speaker, SpeakerId, Status, Target, Value};
use crate::schema::{AttributeId, AttributeKind, LabelId, Layer, LayerId};

/// What of a [`Source`] a format writes that has names and words, but no register, no origins and no document status.
///
/// The format asks for each thing that it is about to write, first what an annotation is called; what it does not write it tells
/// itself.
#[derive(Debug)]
pub struct InWords<'a> {
    source: Source<'a>,
    mentioned: BTreeSet<SpeakerId>,
    /// Whether there are relations.
    has_relations: bool,
    /// The annotations that have been called by their layer; only relations ask for them.
    called: BTreeSet<AnnotationId>,
    /// What annotations of each layer and label are called: few, and asked for once for each annotation.
    names: Vec<Name<'a>>,
    /// The layer as which the annotation last called will be read.
    layer: Option<&'a Layer>,
}

/// A name that leads back to a layer and a label, or not.
#[derive(Clone, Debug)]
struct Name<'a> {
    /// What has the name.
    of: (Kind, &'a LabelId, &'a LayerId),
    called: Arc<Called>,
    /// The layer as which it will be read.
    layer: Option<&'a Layer>,
    /// As what it will be read, if that is something else.
    astray: Option<(LayerId, LabelId)>,
}

/// What is said of an annotation, in words.
#[derive(Clone, Debug)]
pub struct Described<'a> {
    /// What it is called.
    pub called: Arc<Called>,
    /// What its attributes are called, and their values.
    pub attributes: Vec<(&'a str, Cow<'a, str>)>,
    /// The note.
    pub note: Option<&'a str>,
}

/// Makes a value of what is written, as a reader will that knows its kind and finds speakers by name.
type Reading<'r> = dyn FnMut(Option<&AttributeKind>, &mut dyn FnMut(&str) -> SpeakerId) -> Value + 'r;

impl<'a> InWords<'a> {
    /// Begins with `source`.
    pub fn of(source: &Source<'a>) -> Self {
        Self {
            source: *source,
            mentioned: BTreeSet::new(),
            has_relations: source.set.spanless().any(Annotation::is_relation),
            called: BTreeSet::new(),
            names: Vec::new(),
            layer: None,
        }
    }

    /// Whether there are relations, which need to know what they join.
    pub(super) fn has_relations(&self) -> bool {
        self.has_relations
    }

    /// What `annotation` is called; told where that does not lead back.
    pub fn called(&mut self, annotation: &'a Annotation, losses: &mut Losses) -> Arc<Called> {
        if self.has_relations {
            self.called.insert(annotation.id);
        }
        let schema = self.source.schema;
        let kind = Kind::of(&annotation.target);
        let of = (kind, &annotation.label, &annotation.layer);
        let number = self.names.iter().position(|own| own.of == of).unwrap_or_else(|| {
            let called = Called::of(schema, annotation);
            let read = resolve(Some(schema), kind, Some(&called.layer), called.value.as_deref());
            let (layer, astray) = (schema.layer(&read.0), astray(annotation, read));
            self.names.push(Name { of, called: Arc::new(called), layer, astray });
            self.names.len() - 1
        });
        let name = &self.names[number];
        self.layer = name.layer;
        tell(annotation, name.astray.as_ref(), losses);
        Arc::clone(&name.called)
    }

    /// The label of a relation in a format that knows no layers of relations; told where that does not lead back, or with the schema
    /// alone.
    pub fn relation_type(&mut self, annotation: &'a Annotation, losses: &mut Losses) -> String {
        let schema = self.source.schema;
        let label = names::relation_type(schema, &annotation.layer, &annotation.label);
        let kind = Kind::of(&annotation.target);
        let read = resolve(Some(schema), kind, None, Some(&label));
        self.layer = schema.layer(&read.0);
        let astray = astray(annotation, read);
        tell(annotation, astray.as_ref(), losses);
        if astray.is_none() && resolve(None, kind, None, Some(&label)).0 != annotation.layer {
            losses.tell(Loss::Layer(annotation.id));
        }
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

    /// A flag, for formats that have flags; told where it does not lead back to one. None if the value is no flag.
    pub fn flag(&mut self, own: &Annotation, id: &AttributeId, losses: &mut Losses) -> Option<bool> {
        let Value::Flag(flag) = *own.attributes.get(id)? else { return None };
        let stated = Stated::Flag(flag);
        self.told(own, id, true, &mut |kind, speaker| value(kind, &stated, speaker), losses).then_some(flag)
    }

    /// A value in words, `true` and `false` for a flag; told where they do not lead back to its kind. None if they would be
    /// taken for the name of someone; that is told too.
    pub fn words(&mut self, own: &'a Annotation, id: &AttributeId, losses: &mut Losses) -> Option<Cow<'a, str>> {
        let words = self.source.words(own.attributes.get(id)?);
        self.may_be(own, id, &words, losses).then_some(words)
    }

    /// What others call the attribute `id` of the annotation that was last called.
    pub(super) fn attribute_name<'s>(&self, id: &'s str) -> &'s str
    where
        'a: 's,
    {
        self.layer.and_then(|layer| names::attribute_name(layer, id)).unwrap_or(id)
    }

    /// Whether a value may be written in these words.
    fn may_be(&mut self, own: &Annotation, id: &AttributeId, words: &str, losses: &mut Losses) -> bool {
        self.told(own, id, false, &mut |kind, speaker| value_in_words(kind, words, speaker), losses)
    }

    /// Tells what is read, if it is not the value, and that a flag is none without the schema unless it `is_stated`; whether it may be
    /// written.
    fn told(
        &mut self,
        own: &Annotation,
        id: &AttributeId,
        is_stated: bool,
        read: &mut Reading<'_>,
        losses: &mut Losses,
    ) -> bool {
        let Some(actual) = own.attributes.get(id) else { return false };
        let known = self.layer.and_then(|layer| layer.attribute(id));
        let speaker = if let Value::Speaker(id) = actual { Some(*id) } else { None };
        let mut is_someone = false;
        let read = read(known.map(|known| &known.kind), &mut |_| {
            is_someone = true;
            speaker.unwrap_or(SpeakerId(0))
        });
        if is_someone && speaker.is_none() {
            losses.tell(Loss::Attribute(own.id, id.clone()));
            return false;
        }
        if read == *actual {
            self.mentioned.extend(speaker);
            if matches!(actual, Value::Flag(_)) && !is_stated {
                losses.tell(Loss::Flag(own.id, id.clone()));
            }
        } else {
            losses.tell(Loss::Value(own.id, id.clone(), read));
        }
        true
    }

    /// All that is said of `own`, for formats that hold only the words for which `holds`; the others are told. None if its names
    /// are among them.
    pub fn described(
        &mut self,
        own: &'a Annotation,
        holds: fn(&str) -> bool,
        losses: &mut Losses,
    ) -> Option<Described<'a>> {
        if !holds(own.layer.as_str()) || !holds(own.label.as_str()) {
            return None;
        }
        let called = self.called(own, losses);
        let mut attributes = Vec::new();
        for (id, value) in &own.attributes {
            let words = self.source.words(value);
            if !holds(id.as_str()) || !holds(&words) {
                losses.tell(Loss::Attribute(own.id, id.clone()));
            } else if self.may_be(own, id, &words, losses) {
                let name = Some(self.attribute_name(id.as_str())).filter(|own| holds(own));
                attributes.push((name.unwrap_or(id.as_str()), words));
            }
        }
        let note = own.note.as_deref().filter(|note| holds(note));
        if note != own.note.as_deref() {
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

/// What `own` will be read as, if that is something else.
fn astray(own: &Annotation, read: (LayerId, LabelId)) -> Option<(LayerId, LabelId)> {
    ((&read.0, &read.1) != (&own.layer, &own.label)).then_some(read)
}

/// Tells that `own` will be read as something else, if it will.
fn tell(own: &Annotation, astray: Option<&(LayerId, LabelId)>, losses: &mut Losses) {
    if let Some((layer, label)) = astray {
        losses.tell(Loss::Name(own.id, layer.clone(), label.clone()));
    }
}
