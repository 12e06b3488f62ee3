//! Label, attributes, speaker and note of an annotation, or what is known of a speaker, in one form.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::annotating::relabelled;
use super::{App, Chosen, Effect, Field, Mode, Picker, Purpose};
use crate::annotation::{Annotation, AnnotationId, SpeakerId, Target, Value};
use crate::keymap::{Key, KeyCode};
use crate::schema::{Attribute, AttributeId, AttributeKind, Label, Layer, LayerKind};

/// A form being filled in.
#[derive(Debug)]
pub struct Form {
    /// What it is about.
    pub subject: Subject,
    /// What it says above its entries.
    pub title: String,
    /// Its entries, in order.
    pub entries: Vec<Entry>,
    /// The entry that has the keyboard.
    pub selected: usize,
}

/// What a form is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An annotation.
    Annotation(AnnotationId),
    /// Someone in the register.
    Speaker(SpeakerId),
}

/// One line of a form (several for a note).
#[derive(Debug)]
pub struct Entry {
    /// What it asks for.
    pub title: String,
    /// Whether `check` will miss it.
    pub required: bool,
    /// What it holds.
    pub input: Input,
    /// What the schema says of it: of each word that can be chosen, or of all that can be said.
    guidelines: Vec<String>,
    attribute: Option<AttributeId>,
}

/// What an entry holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Input {
    /// One of these words, or none.
    Choice {
        /// The words.
        words: Vec<String>,
        /// The place of the chosen one.
        chosen: Option<usize>,
        /// Whether none may be chosen.
        optional: bool,
    },
    /// Somebody, by name; picked from the register.
    Speaker {
        /// The name shown.
        name: String,
        /// Who it is.
        chosen: Option<Chosen>,
    },
    /// Free text.
    Text(Field),
}

impl Form {
    pub(super) fn of_annotation(app: &App, annotation: &Annotation) -> Self {
        let labels = app.labels_for(annotation);
        let words = labels.iter().map(|(_, label)| label.title.in_language(&app.language).to_owned()).collect();
        let chosen =
            labels.iter().position(|(layer, label)| (&layer.id, &label.id) == (&annotation.layer, &annotation.label));
        let guidelines =
            labels.iter().map(|(layer, label)| super::wording::guideline(layer, label).to_owned()).collect();
        let label =
            Entry { guidelines, ..Entry::new("label", Input::Choice { words, chosen, optional: chosen.is_none() }) };
        let mut entries = vec![label];
        let layer = app.schema.layer(&annotation.layer);
        entries
            .extend(layer.into_iter().flat_map(|layer| &layer.attributes).map(|own| Entry::of(app, own, annotation)));
        entries.push(Entry::new("note", Input::Text(Field::lines(annotation.note.clone().unwrap_or_default()))));
        let title = app.called(annotation);
        // The first that is still to be said; behind the label, which has a key of its own.
        let selected = entries.iter().skip(1).position(|entry| entry.input.is_empty()).map_or(1, |place| place + 1);
        Self { subject: Subject::Annotation(annotation.id), title, entries, selected }
    }

    /// What is known of a speaker in the register.
    pub(super) fn of_speaker(app: &App, id: SpeakerId, is_new: bool) -> Option<Self> {
        let speaker = app.session.set().speaker(id)?;
        let text = |text: &str| Input::Text(Field::new(text));
        let entries = vec![
            Entry::new("name", text(&speaker.name)),
            Entry::new("role", text(speaker.role.as_deref().unwrap_or_default())),
            Entry::new("also called", text(&speaker.aliases.join("; "))),
        ];
        Some(Self {
            subject: Subject::Speaker(id),
            title: format!("speaker {}", speaker.name),
            entries,
            selected: usize::from(is_new),
        })
    }

    /// The form with a speaker chosen in the entry at `place`.
    pub(super) fn with_speaker(mut self, app: &App, place: usize, choice: Chosen) -> Self {
        if let Some(Entry { input: Input::Speaker { name, chosen }, .. }) = self.entries.get_mut(place) {
            *name = match &choice {
                Chosen::Nobody => String::new(),
                Chosen::Known(id) => app.session.set().speaker(*id).map_or_else(String::new, |own| own.name.clone()),
                Chosen::New { name, .. } => name.clone(),
            };
            *chosen = Some(choice).filter(|choice| *choice != Chosen::Nobody);
        }
        self
    }

    fn step(&mut self, on: bool) {
        let count = self.entries.len().max(1);
        self.selected = (self.selected + if on { 1 } else { count - 1 }) % count;
    }

    pub(super) fn text(&self, place: usize) -> String {
        match self.entries.get(place) {
            Some(Entry { input: Input::Text(field), .. }) => field.text().trim().to_owned(),
            _ => String::new(),
        }
    }
}

impl Entry {
    fn new(title: &str, input: Input) -> Self {
        Self { title: title.to_owned(), required: false, input, guidelines: Vec::new(), attribute: None }
    }

    /// The entry for an attribute, holding its value in `annotation`.
    fn of(app: &App, attribute: &Attribute, annotation: &Annotation) -> Self {
        let value = annotation.attributes.get(&attribute.id);
        let chosen_word = |words: &[String]| match value {
            Some(Value::Choice(word)) => words.iter().position(|own| own == word),
            Some(Value::Flag(flag)) => Some(usize::from(!flag)),
            _ => None,
        };
        let input = match &attribute.kind {
            AttributeKind::Choice(words) => {
                Input::Choice { chosen: chosen_word(words), words: words.clone(), optional: !attribute.required }
            }
            AttributeKind::Flag => {
                let words = vec!["yes".to_owned(), "no".to_owned()];
                Input::Choice { chosen: chosen_word(&words), words, optional: !attribute.required }
            }
            AttributeKind::Speaker => {
                let known = match value {
                    Some(Value::Speaker(id)) => app.session.set().speaker(*id),
                    _ => None,
                };
                Input::Speaker {
                    name: known.map(|speaker| speaker.name.clone()).unwrap_or_default(),
                    chosen: known.map(|speaker| Chosen::Known(speaker.id)),
                }
            }
            AttributeKind::Text => Input::Text(Field::new(match value {
                Some(Value::Text(text)) => text.as_str(),
                _ => "",
            })),
        };
        let title = attribute.title.in_language(&app.language).to_owned();
        let guidelines = vec![attribute.guideline.clone()];
        Self { title, required: attribute.required, input, guidelines, attribute: Some(attribute.id.clone()) }
    }

    /// What the schema says of the entry: of the word that is chosen, where it tells them apart.
    pub fn guideline(&self) -> Option<&str> {
        let chosen = if let Input::Choice { chosen, .. } = self.input { chosen } else { None };
        let own = match self.guidelines.as_slice() {
            [only] => Some(only),
            each => chosen.and_then(|place| each.get(place)),
        };
        own.map(String::as_str).filter(|words| !words.is_empty())
    }

    /// The value for `attribute`.
    fn value(&self, attribute: &Attribute) -> Option<Value> {
        match &self.input {
            Input::Choice { words, chosen, .. } => match attribute.kind {
                AttributeKind::Flag => chosen.map(|place| Value::Flag(place == 0)),
                _ => chosen.and_then(|place| words.get(place).cloned()).map(Value::Choice),
            },
            Input::Text(field) => Some(field.text()).filter(|text| !text.is_empty()).map(Value::Text),
            Input::Speaker { .. } => None,
        }
    }
}

impl Input {
    /// Whether nothing is said yet.
    fn is_empty(&self) -> bool {
        match self {
            Self::Choice { chosen, .. } => chosen.is_none(),
            Self::Speaker { chosen, .. } => chosen.is_none(),
            Self::Text(field) => field.is_empty(),
        }
    }

    /// Takes a key that does not concern the form as a whole.
    fn key(&mut self, key: Key) {
        match self {
            Self::Text(field) => {
                field.key(key);
            }
            Self::Choice { words, chosen, optional } => {
                // One place more than there are words stands for none.
                let count = words.len() + usize::from(*optional);
                let place = chosen.unwrap_or(words.len());
                let place = match key.code {
                    KeyCode::Left => (place + count - 1) % count,
                    KeyCode::Right | KeyCode::Char(' ') => chosen.map_or(0, |place| (place + 1) % count),
                    KeyCode::Backspace | KeyCode::Delete if *optional => words.len(),
                    KeyCode::Char(_) => {
                        let starts = |word: &&String| word.chars().next().is_some_and(|c| key.readings_include(c));
                        let after = words.iter().enumerate().cycle().skip(place + 1).take(words.len());
                        after.clone().find(|(_, word)| starts(word)).map_or(place, |(place, _)| place)
                    }
                    _ => place,
                };
                *chosen = (place < words.len()).then_some(place);
            }
            Self::Speaker { name, chosen } => {
                if matches!(key.code, KeyCode::Backspace | KeyCode::Delete) {
                    name.clear();
                    *chosen = None;
                }
            }
        }
    }
}

impl App {
    /// Opens the form of the annotation here.
    pub(super) fn edit_form(&mut self) {
        let Some(annotation) = self.need_annotation() else { return };
        if self.may_write() {
            self.focus = Some(annotation.id);
            self.mode = Mode::Form(Form::of_annotation(self, &annotation));
        }
    }

    /// The labels that `annotation` may have, by what it is about.
    fn labels_for(&self, annotation: &Annotation) -> Vec<(&Layer, &Label)> {
        let set = self.session.set();
        let layer_of = |id| set.get(id).map(|own| &own.layer);
        let fits = |kind: &LayerKind| match annotation.target {
            Target::Text(_) => *kind == LayerKind::Span,
            Target::Document => *kind == LayerKind::Document,
            Target::Relation { from, to } => {
                layer_of(from).zip(layer_of(to)).is_some_and(|(from, to)| kind.joins(from, to))
            }
        };
        self.schema.labels().filter(|(layer, _)| fits(&layer.kind)).collect()
    }

    /// The list of speakers for the entry of `form` that has the keyboard.
    fn speakers_for(&self, form: Form) -> Picker {
        let annotation = match form.subject {
            Subject::Annotation(id) => self.session.set().get(id),
            Subject::Speaker(_) => None,
        };
        let (items, place) = (self.speaker_items(annotation), form.selected);
        Picker::new("speaker", Purpose::Field(Box::new(form), place), items)
    }

    /// Takes pasted text into the entry of `form` that has the keyboard.
    pub(super) fn paste_into(&mut self, mut form: Form, text: &str) {
        match form.entries.get_mut(form.selected).map(|entry| &mut entry.input) {
            Some(Input::Text(field)) => field.paste(text),
            Some(Input::Speaker { .. }) => {
                let mut picker = self.speakers_for(form);
                picker.type_in(|field| field.paste(text));
                self.mode = Mode::Picker(picker);
                return;
            }
            Some(Input::Choice { .. }) => self.refuse("← and → choose here; nothing was pasted"),
            None => {}
        }
        self.mode = Mode::Form(form);
    }

    pub(super) fn form_key(&mut self, now: Timestamp, mut form: Form, key: Key) -> Vec<Effect> {
        let newline = key.alt || key.shift || key.ctrl;
        match key.code {
            KeyCode::Esc => {
                self.tell_document_label(&form);
                return Vec::new();
            }
            KeyCode::Enter if !newline => {
                let effects = self.accept(now, &form);
                if effects.is_empty() && self.notice.as_ref().is_some_and(|notice| notice.fault) {
                    // What was typed is not lost.
                    self.mode = Mode::Form(form);
                }
                return effects;
            }
            KeyCode::Tab => form.step(!key.shift),
            KeyCode::Down | KeyCode::Up => {
                let down = key.code == KeyCode::Down;
                let entry = form.entries.get_mut(form.selected).map(|entry| &mut entry.input);
                let moved = match entry {
                    Some(Input::Text(field)) => field.move_line(down),
                    _ => false,
                };
                if !moved {
                    form.step(down);
                }
            }
            _ => {
                let place = form.selected;
                if key.typed().is_some() && place == 0 && matches!(form.subject, Subject::Annotation(_)) {
                    // A note begun in the wrong field makes no other label of it.
                    self.tell("this is the label: ← and → choose another, ↓ leads to what is said of it");
                    self.mode = Mode::Form(form);
                    return Vec::new();
                }
                let opens = key.typed().is_some() || matches!(key.code, KeyCode::Right | KeyCode::Left);
                match form.entries.get_mut(place).map(|entry| &mut entry.input) {
                    Some(Input::Speaker { .. }) if opens => {
                        let mut picker = self.speakers_for(form);
                        if key.typed().is_some_and(|c| c != ' ') {
                            picker.type_in(|field| {
                                field.key(key);
                            });
                        }
                        self.mode = Mode::Picker(picker);
                        return Vec::new();
                    }
                    Some(input) => input.key(key),
                    None => {}
                }
            }
        }
        self.mode = Mode::Form(form);
        Vec::new()
    }

    fn accept(&mut self, now: Timestamp, form: &Form) -> Vec<Effect> {
        match form.subject {
            Subject::Annotation(id) => self.accept_annotation(now, form, id),
            Subject::Speaker(id) => self.accept_speaker(now, form, id),
        }
    }

    fn accept_annotation(&mut self, now: Timestamp, form: &Form, id: AnnotationId) -> Vec<Effect> {
        let Some(before) = self.session.set().get(id).cloned() else { return Vec::new() };
        let mut after = before.clone();
        let mut edits = Vec::new();
        if let Some(Entry { input: Input::Choice { chosen: Some(place), .. }, .. }) = form.entries.first()
            && let Some((layer, label)) = self.labels_for(&before).get(*place)
        {
            after = relabelled(&before, layer, label);
        }
        let layer = self.schema.layer(&after.layer);
        let attributes: BTreeMap<_, _> =
            layer.iter().flat_map(|layer| &layer.attributes).map(|own| (&own.id, own)).collect();
        for entry in &form.entries {
            let Some(attribute) = entry.attribute.as_ref().and_then(|id| attributes.get(id)) else { continue };
            // A value that the entry cannot show stays until another is chosen.
            if entry.input == Entry::of(self, attribute, &before).input {
                continue;
            }
            let value = match &entry.input {
                Input::Speaker { chosen, .. } => {
                    let chosen = chosen.as_ref().unwrap_or(&Chosen::Nobody);
                    self.resolve(chosen, &mut edits).map(Value::Speaker)
                }
                _ => entry.value(attribute),
            };
            match value {
                Some(value) => after.attributes.insert(attribute.id.clone(), value),
                None => after.attributes.remove(&attribute.id),
            };
        }
        after.note = Some(form.text(form.entries.len() - 1)).filter(|note| !note.is_empty());
        self.replace(now, edits, before, after)
    }
}
