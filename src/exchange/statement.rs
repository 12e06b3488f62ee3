//! What is said, comparable.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::shipped::is_same_but_for_blanks;
use super::{Loss, Shipped, Source};
use crate::annotation::{
    Annotation, AnnotationId, AnnotationSet, Edit, Origin, Speaker, SpeakerId, Status, Target, Value,
};
use crate::schema::AttributeId;
use crate::text::{Fragments, Span, Text};

/// What one annotator says about one document: what goes out, and what comes in.
#[derive(Clone, Debug)]
pub struct Statement<'a> {
    /// The document's name.
    pub document: Cow<'a, str>,
    /// The annotator's name.
    pub annotator: Cow<'a, str>,
    /// The text.
    pub text: Text,
    /// The annotations, the register, the status.
    pub set: Cow<'a, AnnotationSet>,
}

impl<'a> Statement<'a> {
    /// What `source` says.
    pub fn of(source: &Source<'a>) -> Self {
        Self {
            document: Cow::Borrowed(source.document.id.as_str()),
            annotator: Cow::Borrowed(source.annotator),
            text: source.document.text.clone(),
            set: Cow::Borrowed(source.set),
        }
    }

    /// The same without what was lost: what is expected to be read back.
    #[must_use]
    pub fn minus(mut self, losses: &[Loss]) -> Self {
        if losses.contains(&Loss::Text) {
            let shipped = Shipped::of(&self.text);
            self.set = Cow::Owned(with(&self.set, self.set.iter().map(|own| ship(own.clone(), &shipped))));
            self.text = shipped.text().clone();
        }
        for loss in losses {
            match loss {
                Loss::Document => self.document = Cow::Borrowed(""),
                Loss::Annotator => self.annotator = Cow::Borrowed(""),
                Loss::Numbers | Loss::Text => {}
                loss => lose(self.set.to_mut(), loss),
            }
        }
        if losses.contains(&Loss::Numbers) {
            self.set = Cow::Owned(numbered_in_text_order(&self.set));
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
        let mut annotations: Vec<Annotation> = self.set.iter().cloned().collect();
        for own in &mut annotations {
            if let Target::Text(fragments) = &own.target {
                let spans = fragments.spans().iter().map(|span| moved(*span));
                own.target = Target::Text(Fragments::new(spans.collect::<Option<_>>()?).ok()?);
            }
        }
        Some(Self { text: text.clone(), set: Cow::Owned(with(&self.set, annotations)), ..self })
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
        let head = Line::Head(&self.document, &self.annotator, self.set.status() == Status::Done);
        let number = |own: &Speaker| Speaker { id: numbers.get(&own.id).copied().unwrap_or(own.id), ..own.clone() };
        let mut speakers: Vec<Speaker> = self.set.speakers().map(number).collect();
        speakers.sort_by_key(|own| own.id);
        let speakers = speakers.iter().map(|own| look(&Line::Speaker(own)));
        let said = |own| Said { annotation: own, text: &self.text, numbers: &numbers };
        let annotations = self.set.iter().map(|own| look(&Line::Annotation(said(own))));
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
    Annotation(Said<'a>),
}

/// An annotation on its text, with new numbers for speakers.
struct Said<'a> {
    annotation: &'a Annotation,
    text: &'a Text,
    numbers: &'a BTreeMap<SpeakerId, SpeakerId>,
}

impl<'a> Said<'a> {
    fn spans(&self) -> impl Iterator<Item = Span> {
        self.annotation.fragments().into_iter().flat_map(Fragments::spans).copied()
    }

    /// The attributes, a speaker by the new number.
    fn attributes(&self) -> impl Iterator<Item = (&'a AttributeId, Cow<'a, Value>)> {
        self.annotation.attributes.iter().map(|(id, value)| match value {
            Value::Speaker(own) => (id, Cow::Owned(Value::Speaker(self.numbers.get(own).copied().unwrap_or(*own)))),
            Value::Choice(_) | Value::Flag(_) | Value::Text(_) => (id, Cow::Borrowed(value)),
        })
    }
}

impl Hash for Line<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Head(document, annotator, is_done) => (document, annotator, is_done).hash(state),
            Self::Speaker(own) => own.hash(state),
            Self::Annotation(said) => {
                let Annotation { id, layer, label, target, attributes, note, origin } = said.annotation;
                (id, layer, label, attributes.len(), note, origin).hash(state);
                said.attributes().for_each(|own| own.hash(state));
                match target {
                    Target::Text(_) => said.spans().for_each(|span| (span, said.text.slice(span)).hash(state)),
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
            Self::Annotation(said) => {
                let Annotation { id, layer, label, target, note, origin, .. } = said.annotation;
                let about = match target {
                    Target::Text(_) => String::new(),
                    Target::Relation { from, to } => format!("{from}→{to}"),
                    Target::Document => "document".to_owned(),
                };
                let spans: Vec<_> =
                    said.spans().map(|span| (said.text.code_points(span), said.text.slice(span))).collect();
                let attributes: Vec<_> = said.attributes().collect();
                write!(f, "{id} {layer}:{label} {spans:?}{about} {attributes:?} {note:?} {origin:?}")
            }
        }
    }
}

/// `own` where it is in the text that is shipped. What does not come along becomes a label of the document, which
/// no reader will find: to say that it is lost is the exporter's.
fn ship(own: Annotation, shipped: &Shipped) -> Annotation {
    let target = match &own.target {
        Target::Text(fragments) => {
            shipped.fragments(fragments).map_or(Target::Document, |own| Target::Text(own.into_owned()))
        }
        other => other.clone(),
    };
    Annotation { target, ..own }
}

/// Takes out of `set` what was lost.
fn lose(set: &mut AnnotationSet, loss: &Loss) {
    match loss {
        Loss::Annotation(id) => {
            if let Some(own) = set.get(*id).cloned() {
                apply(set, &Edit::Remove(own));
            }
        }
        Loss::Note(id) => change(set, *id, |own| own.note = None),
        Loss::Origin(id) => change(set, *id, |own| own.origin = Origin::Manual),
        Loss::Attribute(id, attribute) => change(set, *id, |own| drop(own.attributes.remove(attribute))),
        Loss::Value(id, attribute, value) => {
            change(set, *id, |own| drop(own.attributes.insert(attribute.clone(), value.clone())));
        }
        Loss::Name(id, layer, label) => change(set, *id, |own| {
            own.layer = layer.clone();
            own.label = label.clone();
        }),
        Loss::Fragments(id, fragments) => change(set, *id, |own| own.target = Target::Text(fragments.clone())),
        Loss::Speaker(id) => replace_speaker(set, *id, |_| None),
        Loss::SpeakerDetails(id) => {
            replace_speaker(set, *id, |own| Some(Speaker { role: None, aliases: Vec::new(), ..own? }));
        }
        Loss::Namesake(id) => merge(set, *id),
        Loss::Unregistered(id) => replace_speaker(set, *id, |own| {
            own.or_else(|| Some(Speaker { id: *id, name: format!("#{}", id.0), role: None, aliases: Vec::new() }))
        }),
        Loss::Status => apply(set, &Edit::Status { before: set.status(), after: Status::Open }),
        // Flags and layers are there for who has the schema.
        Loss::Flag(..) | Loss::Layer(_) | Loss::Numbers | Loss::Text | Loss::Document | Loss::Annotator => {}
    }
}

/// Applies an edit that was made from `set` as it is.
fn apply(set: &mut AnnotationSet, edit: &Edit) {
    let fits = set.apply(edit);
    debug_assert!(fits.is_ok(), "{fits:?}");
}

/// Changes the annotation with this number, if there is one.
fn change(set: &mut AnnotationSet, id: AnnotationId, change: impl FnOnce(&mut Annotation)) {
    let Some(before) = set.get(id).cloned() else { return };
    let mut after = before.clone();
    change(&mut after);
    apply(set, &Edit::Replace { before, after });
}

/// Puts what `instead` makes of the speaker with this number in their place.
fn replace_speaker(set: &mut AnnotationSet, id: SpeakerId, instead: impl FnOnce(Option<Speaker>) -> Option<Speaker>) {
    let before = set.speaker(id).cloned();
    let after = instead(before.clone());
    if before != after {
        apply(set, &Edit::Speaker { before, after });
    }
}

/// Makes the first other speaker of the same name out of this one.
fn merge(set: &mut AnnotationSet, id: SpeakerId) {
    let Some(own) = set.speaker(id) else { return };
    let Some(other) = set.speakers().find(|other| other.id != id && other.name == own.name) else { return };
    let (other, own) = (Value::Speaker(other.id), Value::Speaker(id));
    replace_speaker(set, id, |_| None);
    let mentions = set.iter().filter(|annotation| annotation.attributes.values().any(|value| *value == own));
    for annotation in mentions.map(|own| own.id).collect::<Vec<_>>() {
        change(set, annotation, |annotation| {
            annotation.attributes.values_mut().filter(|value| **value == own).for_each(|value| *value = other.clone());
        });
    }
}

/// The register and status of `set` with these annotations.
fn with(set: &AnnotationSet, annotations: impl IntoIterator<Item = Annotation>) -> AnnotationSet {
    let mut own = AnnotationSet::of(annotations);
    let speakers = set.speakers().map(|own| Edit::Speaker { before: None, after: Some(own.clone()) });
    for edit in speakers.chain([Edit::Status { before: Status::default(), after: set.status() }]) {
        apply(&mut own, &edit);
    }
    own
}

/// `set` with numbers that count in text order.
fn numbered_in_text_order(set: &AnnotationSet) -> AnnotationSet {
    let numbers: BTreeMap<AnnotationId, AnnotationId> =
        set.iter().map(|own| own.id).zip((1..).map(AnnotationId)).collect();
    let number = |id: AnnotationId| numbers.get(&id).copied().unwrap_or(id);
    let numbered = set.iter().cloned().map(|own| {
        let target = match own.target {
            Target::Relation { from, to } => Target::Relation { from: number(from), to: number(to) },
            other => other,
        };
        Annotation { id: number(own.id), target, ..own }
    });
    with(set, numbered)
}
