//! Choosing from a list, with a filter that takes the right word on the wrong layout: what is in it (`lists`), what keys do in it (`keys`).

mod keys;
mod lists;

pub(super) use lists::{KEYS, named, names_of};

use super::{Chosen, Decision, Effect, Field, Form, Mode, WayOut};
use crate::annotation::{AnnotationId, Speaker, SpeakerId};
use crate::check::Diagnostic;
use crate::keymap::{Action, Key, on_each_layout};
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
    /// Why it would do nothing now, if it would not.
    pub obstacle: Option<String>,
    /// What else it is found by: titles in every language, the aliases of a speaker.
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
        Self { text: text.into(), detail: detail.into(), choice, obstacle: None, found_by: Vec::new() }
    }

    /// The item, found by these words too.
    pub(super) fn found_by<'a>(self, words: impl IntoIterator<Item = &'a str>) -> Self {
        Self { found_by: words.into_iter().map(folded).collect(), ..self }
    }

    /// The item with a word more about it.
    pub(super) fn detailed(self, more: &str) -> Self {
        let detail = if self.detail.is_empty() { more.to_owned() } else { format!("{} · {more}", self.detail) };
        Self { detail, ..self }
    }

    /// Whether this is its name, or another that it has.
    pub fn is_called(&self, name: &str) -> bool {
        self.names().any(|own| own == folded(name))
    }

    /// Whether this is part of a name that it has.
    pub fn has_in_name(&self, part: &str) -> bool {
        self.names().any(|own| own.contains(&folded(part)))
    }

    fn names(&self) -> impl Iterator<Item = String> {
        std::iter::once(folded(&self.text)).chain(self.found_by.iter().cloned())
    }

    /// Whether it is someone who is not in the register yet.
    pub fn is_new(&self) -> bool {
        matches!(self.choice, Choice::Speaker(Chosen::New { .. }))
    }

    /// A line of a list of speakers.
    pub(super) fn speaker(name: String, detail: String, chosen: Chosen) -> Self {
        Self::new(name, detail, Choice::Speaker(chosen))
    }

    /// The same of someone in the register, found by every name they have.
    pub(super) fn known_speaker(speaker: &Speaker, detail: String) -> Self {
        let item = Self::speaker(speaker.name.clone(), detail, Chosen::Known(speaker.id));
        item.found_by(speaker.aliases.iter().map(String::as_str))
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

    /// The items that the filter leaves, the best first, of equals those that do something now; in a list of speakers a typed name that is
    /// not there can be added, behind those of whom it may be a form.
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
        // Of what can be done here, the rest is there for whoever types its name.
        let is_left_out =
            |item: &&Item| item.obstacle.is_some() && typed.is_empty() && matches!(self.purpose, Purpose::Now(_));
        let offered = self.items.iter().filter(|item| !is_left_out(item));
        let mut found: Vec<(u8, &Item)> =
            offered.map(|item| (rank(item), item)).filter(|(rank, _)| *rank > 0).collect();
        found.sort_by_key(|(rank, item)| (std::cmp::Reverse(*rank), !typed.is_empty() && item.obstacle.is_some()));
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

    fn chosen_item(&self) -> Option<Item> {
        self.matches().into_iter().nth(self.selected)
    }

    fn chosen(&self) -> Option<Choice> {
        self.chosen_item().map(|item| item.choice)
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
