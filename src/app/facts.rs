//! What the inspector says of an annotation; the mouse counts the same rows that are drawn.

use super::{App, Area};
use crate::annotation::{Annotation, Value};
use crate::schema::AttributeId;

/// A row below an annotation in the inspector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Who speaks: the attribute's title and the name.
    Speaker(String, String),
    /// The other values.
    Values(String),
    /// A relation that starts from it or leads to it, in words.
    Relation(String),
    /// Something is amiss.
    Fault(String),
    /// The note.
    Note(String),
}

/// A panel of so many cells names the speaker on the annotation's own line.
pub const NAMING: u16 = 60;

impl App {
    /// The annotations at the cursor, each with the rows that the inspector in `area` shows below it.
    pub fn inspected(&self, area: Area) -> Vec<(&Annotation, Vec<Fact>)> {
        let here = self.annotations_here();
        let is_tall = area.width < self.size.width || here.len() == 1;
        // The heading and a line for each come first.
        let mut room = usize::from(area.height).saturating_sub(1 + here.len());
        let facts = |own: &Annotation| {
            let mut facts = self.facts(own);
            let is_known = own.speaker().is_some_and(|id| self.session.set().speaker(id).is_some());
            if area.width >= NAMING && is_known {
                let place = facts.iter().position(|fact| matches!(fact, Fact::Speaker(..)));
                facts.drain(place.map_or(0..0, |place| place..place + 1));
            }
            facts.truncate(if is_tall { facts.len() } else { room });
            room = room.saturating_sub(facts.len());
            facts
        };
        let facts: Vec<_> = here.iter().copied().map(facts).collect();
        here.into_iter().zip(facts).collect()
    }

    /// The values of an annotation but for its speaker: `normative`, `not checkable`.
    pub(super) fn values_in_words(&self, annotation: &Annotation) -> Vec<String> {
        let layer = self.schema.layer(&annotation.layer);
        let words = |(id, value): (&AttributeId, &Value)| {
            let known = layer.and_then(|layer| layer.attribute(id));
            let title = known.map_or(id.as_str(), |own| own.title.in_language(&self.language));
            match value {
                Value::Speaker(_) => None,
                Value::Choice(word) => Some(word.clone()),
                Value::Flag(flag) => Some(if *flag { title.to_owned() } else { format!("not {title}") }),
                Value::Text(text) => Some(format!("{title}: {text}")),
            }
        };
        annotation.attributes.iter().filter_map(words).collect()
    }

    /// What is known of an annotation.
    pub fn facts(&self, annotation: &Annotation) -> Vec<Fact> {
        let layer = self.schema.layer(&annotation.layer);
        let mut facts = Vec::new();
        for (id, value) in &annotation.attributes {
            let known = layer.and_then(|layer| layer.attribute(id));
            let title = known.map_or(id.as_str(), |own| own.title.in_language(&self.language));
            if let Value::Speaker(speaker) = value {
                let speaker = self.session.set().speaker(*speaker);
                let name = speaker.map_or("(not in the register)", |own| own.name.as_str());
                facts.push(Fact::Speaker(title.to_owned(), name.to_owned()));
            }
        }
        let values = self.values_in_words(annotation);
        facts.extend((!values.is_empty()).then(|| Fact::Values(values.join(" · "))));
        for (_, other, words) in self.relations_in_words(annotation.id) {
            let other = self.session.set().get(other).map(|own| self.gist(own)).unwrap_or_default();
            facts.push(Fact::Relation(format!("{words}: {other}")));
        }
        if self.label_number(annotation).is_none() {
            facts.push(Fact::Fault("the schema does not know this label".to_owned()));
        }
        let attributes = layer.into_iter().flat_map(|layer| &layer.attributes);
        let missing = attributes.filter(|own| own.required && !annotation.attributes.contains_key(&own.id));
        facts.extend(missing.map(|own| Fact::Fault(format!("no {} yet", own.title.in_language(&self.language)))));
        facts.extend(annotation.note.clone().map(Fact::Note));
        facts
    }
}
