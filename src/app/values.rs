//! The values of an annotation, a key each: what a form asks for with arrows, for those who tag by the hundred.
//!
//! Choices and flags are asked one after the other; nothing is forced. Enter takes over what the annotation made before it says, Space
//! passes on, Esc is done. What was said until then is one step of undo.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::ask::{Answer, Ask, Reply, distinct_keys};
use super::{App, Effect, Mode};
use crate::annotation::{Annotation, AnnotationId, Value};
use crate::keymap::{Key, KeyCode};
use crate::schema::{Attribute, AttributeId, AttributeKind};

/// Attributes being asked for, one after the other.
#[derive(Debug)]
pub struct Series {
    annotation: AnnotationId,
    attributes: Vec<AttributeId>,
    /// The one that is asked for now.
    place: usize,
    /// What was said so far; none where a value is taken away.
    said: BTreeMap<AttributeId, Option<Value>>,
    /// What the annotation made before says here, for the hint.
    pub before: Option<String>,
}

impl App {
    /// Asks for the values of the annotation here: those that are still to be said, or all of them.
    pub(super) fn begin_values(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(annotation) = self.need_annotation() else { return Vec::new() };
        if !self.may_write() {
            return Vec::new();
        }
        let layer = self.schema.layer(&annotation.layer);
        let asked = |own: &&Attribute| matches!(own.kind, AttributeKind::Choice(_) | AttributeKind::Flag);
        let all: Vec<AttributeId> =
            layer.iter().flat_map(|layer| &layer.attributes).filter(asked).map(|own| own.id.clone()).collect();
        if all.is_empty() {
            let label = self.label_title(&annotation);
            let way = self.keyed("{edit} opens its form");
            self.refuse(format!("“{label}” has no values to choose from: {way}"));
            return Vec::new();
        }
        let open: Vec<AttributeId> =
            all.iter().filter(|id| !annotation.attributes.contains_key(*id)).cloned().collect();
        let attributes = if open.is_empty() { all } else { open };
        self.focus = Some(annotation.id);
        let said = BTreeMap::new();
        self.ask_value(now, Series { annotation: annotation.id, attributes, place: 0, said, before: None })
    }

    /// Asks for the attribute whose turn it is; behind the last, takes what was said.
    fn ask_value(&mut self, now: Timestamp, mut series: Series) -> Vec<Effect> {
        let annotation = self.session.set().get(series.annotation);
        let attribute = annotation.zip(series.attributes.get(series.place)).and_then(|(own, id)| {
            let attribute = self.schema.layer(&own.layer)?.attribute(id)?;
            Some((own, attribute))
        });
        let Some((annotation, attribute)) = attribute else { return self.take_values(now, series) };
        let words: Vec<(&str, Value)> = match &attribute.kind {
            AttributeKind::Choice(words) => {
                words.iter().map(|word| (word.as_str(), Value::Choice(word.clone()))).collect()
            }
            _ => vec![("yes", Value::Flag(true)), ("no", Value::Flag(false))],
        };
        let said = series.said.get(&attribute.id).map_or(annotation.attributes.get(&attribute.id), Option::as_ref);
        let answer = |(key, (word, value)): (char, &(&str, Value))| {
            let mark = if said == Some(value) { " ✓" } else { "" };
            Answer::new(key, format!("{word}{mark}"), Reply::Value(value.clone()))
        };
        let keys = distinct_keys(words.iter().map(|(word, _)| (None, *word)));
        let answers = keys.into_iter().zip(&words).map(answer).collect();
        let before = self.value_before(annotation, &attribute.id);
        series.before =
            before.and_then(|value| words.iter().find(|(_, own)| own == value)).map(|(word, _)| (*word).into());
        let title = format!("{} of {}", attribute.title.in_language(&self.language), annotation.name());
        self.mode = Mode::Ask(Ask { series: Some(series), ..Ask::new(title, answers) });
        Vec::new()
    }

    /// What the annotation of its layer that was made last before `annotation`, and says anything, says here.
    fn value_before(&self, annotation: &Annotation, attribute: &AttributeId) -> Option<&Value> {
        let earlier = self.session.set().iter().filter(|own| own.layer == annotation.layer && own.id < annotation.id);
        earlier
            .filter_map(|own| Some((own.id, own.attributes.get(attribute)?)))
            .max_by_key(|(id, _)| *id)
            .map(|own| own.1)
    }

    pub(super) fn value_key(&mut self, now: Timestamp, ask: Ask, mut series: Series, key: Key) -> Vec<Effect> {
        let attribute = series.attributes.get(series.place).cloned();
        let answered = ask.answered(key);
        match (answered, attribute, key.code) {
            (Some(Reply::Value(value)), Some(attribute), _) => {
                series.said.insert(attribute, Some(value));
                series.place += 1;
            }
            (_, Some(_), KeyCode::Enter) => {
                self.take_over_values(&mut series);
                series.place = series.attributes.len();
            }
            (_, Some(attribute), KeyCode::Backspace | KeyCode::Delete) => {
                series.said.insert(attribute, None);
                series.place += 1;
            }
            (_, _, KeyCode::Tab) if key.shift => series.place = series.place.saturating_sub(1),
            (_, _, KeyCode::Tab | KeyCode::Char(' ')) => series.place += 1,
            (_, _, KeyCode::Esc) => series.place = series.attributes.len(),
            (_, _, KeyCode::Char(_)) => {
                self.refuse_answer(&ask);
                self.mode = Mode::Ask(Ask { series: Some(series), ..ask });
                return Vec::new();
            }
            // Whoever moves on is done here.
            _ => {
                let mut effects = self.take_values(now, series);
                effects.extend(self.normal_key(now, key));
                return effects;
            }
        }
        self.ask_value(now, series)
    }

    /// For what is still to be asked, takes what the annotation before says.
    fn take_over_values(&self, series: &mut Series) {
        let Some(annotation) = self.session.set().get(series.annotation) else { return };
        for id in series.attributes.iter().skip(series.place) {
            if let Some(value) = self.value_before(annotation, id) {
                series.said.insert(id.clone(), Some(value.clone()));
            }
        }
    }

    /// Gives the annotation what was said.
    fn take_values(&mut self, now: Timestamp, series: Series) -> Vec<Effect> {
        let Some(before) = self.session.set().get(series.annotation).cloned() else { return Vec::new() };
        let mut after = before.clone();
        for (id, value) in series.said {
            match value {
                Some(value) => after.attributes.insert(id, value),
                None => after.attributes.remove(&id),
            };
        }
        if before == after {
            return Vec::new();
        }
        let values = self.values_in_words(&after).join(" · ");
        let name = after.name();
        let effects = self.replace(now, Vec::new(), before, after);
        if !effects.is_empty() {
            self.tell(format!("{name}: {values}"));
        }
        effects
    }
}
