//! Choosing from a list, with a filter that takes the right word on the wrong layout.

mod lists;

pub(super) use lists::{KEYS, named, names_of};

use jiff::Timestamp;

use super::{App, Chosen, Decision, Effect, Field, Form, Mode, Notice, WayOut};
use crate::annotation::{AnnotationId, SpeakerId, Target};
use crate::check::Diagnostic;
use crate::keymap::{Action, Key, KeyCode, on_each_layout};
use crate::suggest;

/// A list to choose from.
#[derive(Debug)]
pub struct Picker {
    /// What is being chosen.
    pub title: String,
    /// What is typed to narrow the list, or as a new name.
    pub filter: Field,
    /// What the choice is for.
    pub purpose: Purpose,
    /// Everything there is to choose from.
    items: Vec<Item>,
    /// The place of the chosen one among those that the filter leaves.
    selected: usize,
}

/// What a choice is for.
#[derive(Debug)]
pub enum Purpose {
    /// The speaker of an annotation.
    Attribute(AnnotationId),
    /// The speaker in a form that waits meanwhile, and the place of its field.
    Field(Box<Form>, usize),
    /// The register of speakers.
    Register,
    /// Who in the register this speaker is the same as.
    Same(SpeakerId),
    /// An annotation to go to.
    Go,
    /// What a relation from this annotation leads to.
    Relate(AnnotationId),
    /// A relation of this annotation to follow.
    Relations(AnnotationId),
    /// Labels of the document, to be given and taken.
    Document,
    /// Labels to be shown and hidden.
    Layers,
    /// A command to run.
    Run,
    /// A label for the places of what is looked for; whether for all of them at once.
    Tag(bool),
    /// Something that can be done while this has the keyboard; it waits meanwhile.
    Now(Box<Mode>),
    /// Something to read.
    Read,
    /// A way out, where doing this would lose something.
    Leave(Effect),
    /// What becomes of two versions of the annotations.
    Rival,
    /// What to do about a changed text.
    Changed,
    /// An annotation that waits for a place.
    Waiting,
    /// Something that `check` found.
    Check,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is called.
    pub text: String,
    /// More about it, shown in the background.
    pub detail: String,
    /// What is chosen with it.
    pub choice: Choice,
    /// What else it is found by: titles in every language.
    pub(super) found_by: Vec<String>,
}

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A speaker, or nobody.
    Speaker(Chosen),
    /// An annotation.
    Annotation(AnnotationId),
    /// A label, by its number in the schema.
    Label(usize),
    /// A label to show or hide; `None` for those that the schema does not know.
    Shown(Option<usize>),
    /// A command.
    Action(Action),
    /// Keys to press; none where the line only explains.
    Press(Vec<Key>),
    /// Something to be told.
    Text(String),
    /// A way out.
    WayOut(WayOut),
    /// What becomes of two versions.
    Decision(Decision),
    /// Whether to carry the annotations over to a changed text.
    Follow(bool),
    /// An annotation that waits for a place.
    Waiting(AnnotationId),
    /// Something that looks wrong.
    Finding(Box<Diagnostic>),
}

impl Item {
    pub(super) fn new(text: impl Into<String>, detail: impl Into<String>, choice: Choice) -> Self {
        Self { text: text.into(), detail: detail.into(), choice, found_by: Vec::new() }
    }

    /// The item, found by these words too.
    pub(super) fn found_by<'a>(self, words: impl IntoIterator<Item = &'a str>) -> Self {
        Self { found_by: words.into_iter().map(folded).collect(), ..self }
    }

    /// Whether it is someone who is not in the register yet.
    pub fn is_new(&self) -> bool {
        matches!(self.choice, Choice::Speaker(Chosen::New { .. }))
    }

    /// A line of a list of speakers.
    pub(super) fn speaker(name: String, detail: String, chosen: Chosen) -> Self {
        Self::new(name, detail, Choice::Speaker(chosen))
    }

    /// A line of a list of ways out.
    pub(super) fn way_out(text: String, detail: String, way: WayOut) -> Self {
        Self::new(text, detail, Choice::WayOut(way))
    }
}

impl Picker {
    /// Whether this is a register with nobody in it, and nobody typed to be added: then there is nobody to do anything to.
    pub(super) fn is_blank_register(&self) -> bool {
        matches!(self.purpose, Purpose::Register) && self.items.is_empty() && self.filter.is_empty()
    }

    /// The items that the filter leaves, the best first; in a list of speakers a typed name that is not there can be added, behind those
    /// of whom it may be a form.
    pub fn matches(&self) -> Vec<Item> {
        let typed = self.filter.text();
        let readings = on_each_layout(&typed);
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let names = matches!(self.purpose, Purpose::Attribute(_) | Purpose::Field(..) | Purpose::Register);
        let names = names && !name.is_empty();
        let rank = |item: &Item| {
            let is_form = names && suggest::may_be_one(&item.text, &name);
            readings.iter().map(|typed| score(item, typed)).max().unwrap_or(0).max(if is_form { FORM } else { 0 })
        };
        let mut found: Vec<(u8, &Item)> =
            self.items.iter().map(|item| (rank(item), item)).filter(|(rank, _)| *rank > 0).collect();
        found.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
        let mut found: Vec<Item> = found.into_iter().map(|(_, item)| item.clone()).collect();
        if names && !self.items.iter().any(|item| item.text == name) {
            let detail = "add to the register".to_owned();
            found.push(Item::speaker(name.clone(), detail, Chosen::New { name, role: None }));
        }
        found
    }

    /// The place of the chosen item among [`matches`](Self::matches).
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Moves the choice by `count`, not beyond the ends.
    pub(super) fn step(&mut self, on: bool, count: usize) {
        let last = self.matches().len().saturating_sub(1);
        self.selected = if on { (self.selected + count).min(last) } else { self.selected.saturating_sub(count) };
    }

    /// Changes the filter; the choice returns to the best match.
    pub(super) fn type_in(&mut self, change: impl FnOnce(&mut Field)) {
        let before = self.filter.text();
        change(&mut self.filter);
        if self.filter.text() != before {
            self.selected = 0;
        }
    }

    fn chosen(&self) -> Option<Choice> {
        self.matches().into_iter().nth(self.selected).map(|item| item.choice)
    }
}

/// How well a name answers that what is typed may be a form of: as one that has a word which begins so.
const FORM: u8 = 4;

/// How well `item` answers `typed`, 0 for not at all: a title that is just that first, a word that begins so before a word that contains it.
fn score(item: &Item, typed: &str) -> u8 {
    let typed = folded(typed);
    let (text, detail, titles) = (folded(&item.text), folded(&item.detail), &item.found_by);
    let elsewhere = titles.join(" ");
    let begins = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(&typed));
    match () {
        () if titles.contains(&typed) => 6,
        () if typed.is_empty() || text.starts_with(&typed) || titles.iter().any(|own| own.starts_with(&typed)) => 5,
        () if begins(&text) => 4,
        () if text.contains(&typed) => 3,
        () if begins(&detail) || begins(&elsewhere) => 2,
        () if typed
            .split_whitespace()
            .all(|word| [&text, &detail, &elsewhere].iter().any(|own| own.contains(word))) =>
        {
            1
        }
        () => 0,
    }
}

/// `text` as it is compared: neither case nor «ё» matters.
fn folded(text: &str) -> String {
    text.to_lowercase().replace('ё', "е")
}

impl App {
    pub(super) fn picker_key(&mut self, now: Timestamp, mut picker: Picker, key: Key) -> Vec<Effect> {
        match key.code {
            KeyCode::Esc => {
                match picker.purpose {
                    Purpose::Field(form, _) => self.mode = Mode::Form(*form),
                    Purpose::Now(mode) => self.mode = *mode,
                    Purpose::Same(_) => self.open_register(),
                    _ => {}
                }
                return Vec::new();
            }
            KeyCode::Enter => {
                if let Some(choice) = picker.chosen() {
                    return self.choose(now, picker, choice);
                }
            }
            KeyCode::Delete => return self.strike(now, picker),
            KeyCode::Char(_) if key.ctrl && key.readings_include('d') => return self.strike(now, picker),
            KeyCode::Char(_) if key.ctrl && key.readings_include('e') => return self.edit_chosen(now, picker),
            KeyCode::Char(_) if key.ctrl && key.readings_include('t') => {
                if let Some(Choice::Shown(label)) = picker.chosen() {
                    self.choose_shown(label, true);
                    self.renew(picker);
                    return Vec::new();
                }
                if let (Purpose::Register, Some(Choice::Speaker(Chosen::Known(id)))) =
                    (&picker.purpose, picker.chosen())
                    && self.may_write()
                {
                    self.list_the_same(id);
                    if matches!(self.mode, Mode::Picker(_)) {
                        return Vec::new();
                    }
                }
            }
            KeyCode::Char(_) if key.ctrl && key.readings_include('r') => return self.mend(now, picker),
            KeyCode::Up => picker.step(false, 1),
            KeyCode::Down => picker.step(true, 1),
            KeyCode::Tab => picker.step(!key.shift, 1),
            KeyCode::PageUp => picker.step(false, 10),
            KeyCode::PageDown => picker.step(true, 10),
            _ => picker.type_in(|field| {
                field.key(key);
            }),
        }
        self.mode = Mode::Picker(picker);
        Vec::new()
    }

    fn choose(&mut self, now: Timestamp, picker: Picker, choice: Choice) -> Vec<Effect> {
        match (picker.purpose, choice) {
            (Purpose::Attribute(id), Choice::Speaker(speaker)) => self.set_speaker(now, id, &speaker),
            (Purpose::Field(form, place), Choice::Speaker(speaker)) => {
                self.mode = Mode::Form(form.with_speaker(self, place, speaker));
                Vec::new()
            }
            (Purpose::Register, Choice::Speaker(speaker)) => self.edit_register(now, &speaker),
            (Purpose::Same(id), Choice::Speaker(Chosen::Known(kept))) => self.make_the_same(now, id, kept),
            (Purpose::Rival, Choice::Decision(decision)) => self.decide(now, decision),
            (Purpose::Leave(effect), Choice::WayOut(way)) => self.take_way_out(way, effect),
            (Purpose::Relate(from), Choice::Annotation(other)) => self.relate(now, from, other),
            (Purpose::Relations(id), Choice::Annotation(relation)) => {
                self.follow(id, relation);
                Vec::new()
            }
            (Purpose::Layers, Choice::Shown(label)) => {
                self.choose_shown(label, false);
                self.renew(Picker { purpose: Purpose::Layers, ..picker });
                Vec::new()
            }
            (Purpose::Tag(all), Choice::Label(number)) => self.sweep(now, number, all),
            (Purpose::Document, Choice::Label(number)) => {
                let effects = self.toggle_document_label(now, number);
                self.renew(Picker { purpose: Purpose::Document, ..picker });
                effects
            }
            (_, Choice::Annotation(id))
                if self.session.set().get(id).is_some_and(|own| own.target == Target::Document) =>
            {
                self.list_document_labels();
                Vec::new()
            }
            (_, Choice::Annotation(id)) => {
                self.reach(id);
                Vec::new()
            }
            (Purpose::Changed, Choice::Follow(yes)) => self.follow_text(now, yes),
            (_, Choice::Waiting(id)) => {
                self.begin_review(id);
                Vec::new()
            }
            (_, Choice::Finding(finding)) => {
                self.go_to_finding(&finding);
                Vec::new()
            }
            (Purpose::Now(mode), Choice::Press(keys)) => {
                self.mode = *mode;
                keys.into_iter().flat_map(|key| self.key(now, key)).collect()
            }
            (_, Choice::Action(action)) => self.act(now, action),
            (_, Choice::Text(text)) => {
                // It was told before: it is not a notice of its own.
                self.notice = Some(Notice { text, fault: false });
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Deletes what is chosen, where that can be deleted, and goes on with the list.
    fn strike(&mut self, now: Timestamp, picker: Picker) -> Vec<Effect> {
        let effects = match (&picker.purpose, picker.chosen()) {
            (Purpose::Go | Purpose::Relations(_), Some(Choice::Annotation(id))) => {
                let annotation = self.session.set().get(id).cloned();
                annotation.map_or_else(Vec::new, |own| self.remove(now, &own))
            }
            (Purpose::Waiting, Some(Choice::Waiting(id))) => self.drop_waiting(now, id),
            (Purpose::Document, Some(Choice::Label(number))) if self.document_has(number) => {
                self.toggle_document_label(now, number)
            }
            (Purpose::Register, Some(Choice::Speaker(Chosen::Known(id)))) => self.strike_speaker(now, id),
            _ => Vec::new(),
        };
        self.renew(picker);
        effects
    }

    /// Puts right what is chosen, where that can be put right, and goes on with the list.
    fn mend(&mut self, now: Timestamp, picker: Picker) -> Vec<Effect> {
        let effects = match picker.chosen() {
            Some(Choice::Finding(finding)) => self.put_right(now, &finding),
            _ => Vec::new(),
        };
        self.renew(picker);
        effects
    }

    /// Opens the form of what is chosen, where it has one.
    fn edit_chosen(&mut self, now: Timestamp, picker: Picker) -> Vec<Effect> {
        match (&picker.purpose, picker.chosen()) {
            (Purpose::Go | Purpose::Relations(_), Some(Choice::Annotation(id))) if self.may_write() => {
                if let Some(own) = self.session.set().get(id).cloned() {
                    self.mode = Mode::Form(Form::of_annotation(self, &own));
                }
                Vec::new()
            }
            (Purpose::Document, Some(Choice::Label(number))) => self.edit_document_label(now, number),
            (Purpose::Register, Some(Choice::Speaker(speaker))) => self.edit_register(now, &speaker),
            _ => {
                self.mode = Mode::Picker(picker);
                Vec::new()
            }
        }
    }

    /// Shows the list again as things stand now; filter and choice stay.
    fn renew(&mut self, mut picker: Picker) {
        picker.items = match &picker.purpose {
            Purpose::Go => self.session.set().iter().map(|own| self.annotation_item(own.id)).collect(),
            Purpose::Relations(id) => self.relation_items(*id),
            Purpose::Document => self.document_label_items(),
            Purpose::Layers => self.layer_items(),
            Purpose::Register => self.register_items(),
            Purpose::Waiting => self.waiting_items(),
            Purpose::Check => self.finding_items(),
            _ => picker.items,
        };
        picker.step(true, 0);
        if !picker.items.is_empty() {
            self.mode = Mode::Picker(picker);
        }
    }
}
