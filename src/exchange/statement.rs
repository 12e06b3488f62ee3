//! What is said, comparable.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::shipped::is_same_but_for_blanks;
use super::{Loss, Shipped, Source};
use crate::annotation::{
    Annotation, AnnotationId, AnnotationSet, Edit, Origin, Speaker, SpeakerId, Status, Target, Value,
};
use crate::schema::AttributeId;
use crate::text::{Fragments, Span, Text};

/// What one annotator says about one document: what goes out, and what comes in.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The document's name.
    pub document: String,
    /// The annotator's name.
    pub annotator: String,
    /// The text.
    pub text: Text,
    /// The annotations, the register, the status.
    pub set: AnnotationSet,
}

impl Statement {
    /// What `source` says.
    pub fn of(source: &Source<'_>) -> Self {
        Self {
            document: source.document.id.to_string(),
            annotator: source.annotator.to_owned(),
            text: source.document.text.clone(),
            set: source.set.clone(),
        }
    }

    /// The same without what was lost: what is expected to be read back.
    #[must_use]
    pub fn minus(mut self, losses: &[Loss]) -> Self {
        if losses.is_empty() {
            return self;
        }
        let mut parts = Parts::of(&self.set);
        if losses.contains(&Loss::Text) {
            let shipped = Shipped::of(&self.text);
            parts.annotations.values_mut().for_each(|own| ship(own, &shipped));
            self.text = shipped.text().clone();
        }
        for loss in losses {
            match loss {
                Loss::Document => self.document.clear(),
                Loss::Annotator => self.annotator.clear(),
                loss => parts.lose(loss),
            }
        }
        self.set = parts.into_set();
        if losses.contains(&Loss::Numbers) {
            self.set = numbered_in_text_order(&self.set);
        }
        self
    }

    /// The same about `text`, if that is the text, or the one that was shipped as it, see [`Shipped`], or either of them with other
    /// white space where there is some, for not all formats can say which: each character must be where it was.
    pub fn onto(self, text: &Text) -> Option<Self> {
        if self.text.as_str() == text.as_str() {
            return Some(Self { text: text.clone(), ..self });
        }
        let shipped = Shipped::of(text);
        if !is_same_but_for_blanks(shipped.text().as_str(), self.text.as_str()) {
            return None;
        }
        let moved = |span: Span| {
            let range = self.text.code_points(span);
            shipped.back(shipped.text().span_of_code_points(range.start, range.end).ok()?, text)
        };
        let mut parts = Parts::of(&self.set);
        for own in parts.annotations.values_mut() {
            if let Target::Text(fragments) = &own.target {
                let spans = fragments.spans().iter().map(|span| moved(*span));
                own.target = Target::Text(Fragments::new(spans.collect::<Option<_>>()?).ok()?);
            }
        }
        Some(Self { text: text.clone(), set: parts.into_set(), ..self })
    }

    /// Each annotation and speaker as a line, with spans by their code points and their words, and speakers by number in the order
    /// in which annotations first point to them: two statements that say the same have the same lines.
    pub fn lines(&self) -> Vec<String> {
        self.each(|line| line.to_string())
    }

    /// The lines, hashed: 8 bytes for each.
    pub(super) fn fingerprint(&self) -> Vec<u64> {
        self.each(|line| {
            let mut hasher = DefaultHasher::new();
            line.hash(&mut hasher);
            hasher.finish()
        })
    }

    fn each<T>(&self, look: impl Fn(&Line<'_>) -> T) -> Vec<T> {
        let numbers = self.speaker_numbers();
        let number = |id: &SpeakerId| numbers.get(id).copied().unwrap_or(*id);
        let head = Line::Head(&self.document, &self.annotator, self.set.status() == Status::Done);
        let mut speakers: Vec<Speaker> =
            self.set.speakers().map(|own| Speaker { id: number(&own.id), ..own.clone() }).collect();
        speakers.sort_by_key(|own| own.id);
        let speakers = speakers.iter().map(|own| look(&Line::Speaker(own)));
        let value = |value| match value {
            Value::Speaker(id) => Value::Speaker(number(&id)),
            other => other,
        };
        let annotations = self.set.iter().map(|own| {
            let spans = own.fragments().into_iter().flat_map(Fragments::spans);
            look(&Line::Annotation {
                annotation: own,
                spans: spans.map(|span| (self.text.code_points(*span), self.text.slice(*span))).collect(),
                attributes: own.attributes.iter().map(|(id, own)| (id, value(own.clone()))).collect(),
            })
        });
        [look(&head)].into_iter().chain(speakers).chain(annotations).collect()
    }

    /// New numbers for the speakers of the register: in the order of first mention, then the others by name.
    fn speaker_numbers(&self) -> BTreeMap<SpeakerId, SpeakerId> {
        let mentions = self.set.iter().flat_map(|own| own.attributes.values()).filter_map(|value| match value {
            Value::Speaker(id) => self.set.speaker(*id).map(|own| own.id),
            Value::Choice(_) | Value::Flag(_) | Value::Text(_) => None,
        });
        let mut others: Vec<&Speaker> = self.set.speakers().collect();
        others.sort_by(|one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        let mut numbers = BTreeMap::new();
        for id in mentions.chain(others.into_iter().map(|own| own.id)) {
            let next = SpeakerId(u32::try_from(numbers.len() + 1).unwrap_or(u32::MAX));
            numbers.entry(id).or_insert(next);
        }
        numbers
    }
}

/// One of the things that are said, with its words, and with speakers by the numbers that both sides give them.
enum Line<'a> {
    Head(&'a str, &'a str, bool),
    Speaker(&'a Speaker),
    Annotation {
        annotation: &'a Annotation,
        spans: Vec<(Range<usize>, &'a str)>,
        attributes: Vec<(&'a AttributeId, Value)>,
    },
}

impl Hash for Line<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Head(document, annotator, is_done) => (document, annotator, is_done).hash(state),
            Self::Speaker(own) => own.hash(state),
            Self::Annotation { annotation, spans, attributes } => {
                let Annotation { id, layer, label, target, note, origin, .. } = annotation;
                (id, layer, label, spans, attributes, note, origin).hash(state);
                match target {
                    Target::Text(_) => {}
                    Target::Relation { from, to } => (from, to).hash(state),
                    Target::Document => "document".hash(state),
                }
            }
        }
    }
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Head(document, annotator, is_done) => write!(f, "{document:?} {annotator:?} {is_done}"),
            Self::Speaker(own) => write!(f, "{own:?}"),
            Self::Annotation { annotation, spans, attributes } => {
                let Annotation { id, layer, label, target, note, origin, .. } = annotation;
                let about = match target {
                    Target::Text(_) => String::new(),
                    Target::Relation { from, to } => format!("{from}→{to}"),
                    Target::Document => "document".to_owned(),
                };
                write!(f, "{id} {layer}:{label} {spans:?}{about} {attributes:?} {note:?} {origin:?}")
            }
        }
    }
}

/// Moves `annotation` to where it is in the text that is shipped. What does not come along becomes a label of the document, which
/// no reader will find: to say that it is lost is the exporter's.
fn ship(annotation: &mut Annotation, shipped: &Shipped) {
    if let Target::Text(fragments) = &annotation.target {
        annotation.target = shipped.fragments(fragments).map_or(Target::Document, Target::Text);
    }
}

/// A set taken apart, to lose pieces.
struct Parts {
    annotations: BTreeMap<AnnotationId, Annotation>,
    speakers: BTreeMap<SpeakerId, Speaker>,
    status: Status,
}

impl Parts {
    fn of(set: &AnnotationSet) -> Self {
        Self {
            annotations: set.iter().map(|own| (own.id, own.clone())).collect(),
            speakers: set.speakers().map(|own| (own.id, own.clone())).collect(),
            status: set.status(),
        }
    }

    fn lose(&mut self, loss: &Loss) {
        let mut change = |id: &AnnotationId, change: &dyn Fn(&mut Annotation)| {
            self.annotations.get_mut(id).into_iter().for_each(change);
        };
        match loss {
            Loss::Annotation(id) => drop(self.annotations.remove(id)),
            Loss::Note(id) => change(id, &|own| own.note = None),
            Loss::Origin(id) => change(id, &|own| own.origin = Origin::Manual),
            Loss::Attribute(id, attribute) => change(id, &|own| drop(own.attributes.remove(attribute))),
            Loss::Value(id, attribute, value) => {
                change(id, &|own| drop(own.attributes.insert(attribute.clone(), value.clone())));
            }
            Loss::Name(id, layer, label) => change(id, &|own| {
                own.layer = layer.clone();
                own.label = label.clone();
            }),
            Loss::Fragments(id, fragments) => change(id, &|own| own.target = Target::Text(fragments.clone())),
            Loss::Speaker(id) => drop(self.speakers.remove(id)),
            Loss::SpeakerDetails(id) => {
                if let Some(own) = self.speakers.get_mut(id) {
                    own.role = None;
                    own.aliases.clear();
                }
            }
            Loss::Namesake(id) => self.merge(*id),
            Loss::Unregistered(id) => {
                let speaker = Speaker { id: *id, name: format!("#{}", id.0), role: None, aliases: Vec::new() };
                self.speakers.entry(*id).or_insert(speaker);
            }
            Loss::Status => self.status = Status::Open,
            Loss::Numbers | Loss::Text | Loss::Document | Loss::Annotator => {}
        }
    }

    /// Makes the first other speaker of the same name out of this one.
    fn merge(&mut self, id: SpeakerId) {
        let Some(own) = self.speakers.get(&id) else { return };
        let Some(other) = self.speakers.values().find(|other| other.id != id && other.name == own.name) else { return };
        let other = other.id;
        self.speakers.remove(&id);
        for value in self.annotations.values_mut().flat_map(|own| own.attributes.values_mut()) {
            if *value == Value::Speaker(id) {
                *value = Value::Speaker(other);
            }
        }
    }

    fn into_set(self) -> AnnotationSet {
        let mut set = AnnotationSet::default();
        let speakers = self.speakers.into_values().map(|own| Edit::Speaker { before: None, after: Some(own) });
        let status = Edit::Status { before: Status::default(), after: self.status };
        let annotations = self.annotations.into_values().map(Edit::Insert);
        for edit in speakers.chain([status]).chain(annotations) {
            let fits = set.apply(&edit);
            debug_assert!(fits.is_ok(), "ids from a map differ");
        }
        set
    }
}

/// `set` with numbers that count in text order.
fn numbered_in_text_order(set: &AnnotationSet) -> AnnotationSet {
    let numbers: BTreeMap<AnnotationId, AnnotationId> =
        set.iter().map(|own| own.id).zip((1..).map(AnnotationId)).collect();
    let number = |id: AnnotationId| numbers.get(&id).copied().unwrap_or(id);
    let mut parts = Parts::of(set);
    parts.annotations = std::mem::take(&mut parts.annotations)
        .into_values()
        .map(|own| {
            let id = number(own.id);
            let target = match own.target {
                Target::Relation { from, to } => Target::Relation { from: number(from), to: number(to) },
                other => other,
            };
            (id, Annotation { id, target, ..own })
        })
        .collect();
    parts.into_set()
}
