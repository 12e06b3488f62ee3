//! What there is to choose from.

use std::cmp::Reverse;
use std::iter;

use super::super::{App, Area, Field, Mode, plural};
use super::{Choice, Item, Picker, Purpose};
use crate::annotation::{Annotation, AnnotationId};
use crate::command::{COMMANDS, Command, Entry, Group};
use crate::keymap::{ANNOTATE, Action, RELABEL};
use crate::schema::{Label, Layer};
use crate::text::Fragments;

/// The characters that keys take in a list.
pub(in crate::app) const KEYS: usize = 18;

/// What people look for who want to tag, and to tag otherwise.
const TAG: &[&str] = &["tag", "тег", "метка", "разметить", "аннотировать", "тегтеу", "аннотациялау"];
const RETAG: &[&str] = &["relabel", "сменить тег", "заменить метку", "тегті ауыстыру", "басқа белгі"];

/// Where a command belongs, and what it is called by those who type it.
pub(in crate::app) fn named(entry: &Entry) -> String {
    format!("{} · {}", entry.group.title(), entry.name)
}

/// What a label is found by: its titles and those of its layer in every language, its other names,
/// and what files call it.
pub(in crate::app) fn names_of<'a>(layer: &'a Layer, label: &'a Label) -> impl Iterator<Item = &'a str> {
    let ids = [label.id.as_str(), layer.id.as_str()];
    label.title.all().chain(layer.title.all()).chain(label.aliases.iter().map(String::as_str)).chain(ids)
}

impl Picker {
    pub(in crate::app) fn new(title: impl Into<String>, purpose: Purpose, items: Vec<Item>) -> Self {
        Self { title: title.into(), filter: Field::default(), purpose, items, selected: 0 }
    }

    /// All annotations, in text order, the one here chosen.
    pub(in crate::app) fn annotations(app: &App) -> Self {
        let set = app.session.set();
        let here = app.annotation_here().map(|own| own.id);
        let items: Vec<Item> = set.iter().map(|own| app.annotation_item(own.id)).collect();
        let chosen = |item: &Item| matches!(item.choice, Choice::Annotation(id) if Some(id) == here);
        let selected = items.iter().position(chosen).unwrap_or(0);
        Self { selected, ..Self::new(plural(set.len(), "annotation"), Purpose::Go, items) }
    }

    /// Every command with its keys, also those that would do nothing now; Enter runs it.
    pub(in crate::app) fn palette(app: &App) -> Self {
        let mut items = Vec::new();
        for group in Group::ALL {
            items.extend(COMMANDS.iter().filter(|entry| entry.group == group).map(|entry| app.command_item(entry)));
            if group == Group::Annotate {
                items.extend(app.label_items(ANNOTATE).into_iter().chain(app.label_items(RELABEL)));
            }
        }
        Self::new("commands: type to filter, Enter does it", Purpose::Run, items)
    }
}

impl App {
    /// Opens the list of labels to annotate or relabel with, as the keys behind `prefix` do.
    pub(in crate::app) fn list_labels(&mut self, prefix: &str) {
        let what = if prefix == ANNOTATE { "annotate" } else { "another label" };
        let title = format!("{what}: type to filter, Enter takes it");
        self.mode = Mode::Picker(Picker::new(title, Purpose::Run, self.label_items(prefix)));
    }

    /// The labels that annotate or relabel, with their keys behind `prefix`, one item each.
    pub(in crate::app) fn label_items(&self, prefix: &str) -> Vec<Item> {
        let (verb, verbs, command) = match prefix {
            ANNOTATE => ("annotate as", TAG, Command::AnnotateAs),
            _ => ("change to", RETAG, Command::RelabelAs),
        };
        let obstacle = self.obstacle(command, self.annotation_here());
        let item = |(number, layer, label): (usize, &Layer, &Label)| {
            let action = if prefix == ANNOTATE { Action::Annotate(number) } else { Action::Relabel(number) };
            let keys = label.key.map_or_else(String::new, |key| self.hint_keys(&format!("{prefix} {key}")));
            let (title, layer_title) =
                (label.title.in_language(&self.language), layer.title.in_language(&self.language));
            let aliases = label.aliases.join(", ");
            let detail = if layer_title == title { aliases } else { format!("{layer_title} · {aliases}") };
            let item = Item::new(format!("{keys:KEYS$} {verb} {title}"), detail, Choice::Action(action));
            let item = Item { obstacle: obstacle.clone(), ..item };
            item.found_by(names_of(layer, label).chain(verbs.iter().copied()))
        };
        self.schema.span_labels().map(item).collect()
    }

    /// The labels of spans, by their titles.
    pub(in crate::app) fn labels_to_give(&self) -> Vec<Item> {
        let item = |(number, layer, label): (usize, &Layer, &Label)| {
            let titles = [label.title.in_language(&self.language), layer.title.in_language(&self.language)];
            let detail = if titles[0] == titles[1] { "" } else { titles[1] };
            Item::new(titles[0], detail, Choice::Label(number)).found_by(names_of(layer, label))
        };
        self.schema.span_labels().map(item).collect()
    }

    /// A command as a line of a list: as many of its keys as there is room for, and the first in any case.
    pub(in crate::app) fn command_item(&self, entry: &Entry) -> Item {
        let action = Action::Run(entry.command);
        let mut keys = String::new();
        for own in self.keymap.keys_for(action).iter().map(|keys| self.hint_keys(keys)) {
            if keys.is_empty() {
                keys = own;
            } else if keys.chars().count() + 2 + own.chars().count() <= KEYS {
                keys = format!("{keys}, {own}");
            }
        }
        let text = format!("{keys:KEYS$} {}", entry.title(&self.language));
        let obstacle = self.obstacle(entry.command, self.annotation_here());
        let item = Item { obstacle, ..Item::new(text, named(entry), Choice::Action(action)) };
        item.found_by(entry.found_by())
    }

    pub(in crate::app) fn annotation_item(&self, id: AnnotationId) -> Item {
        let Some(own) = self.session.set().get(id) else {
            return Item::new("", "", Choice::Annotation(id));
        };
        let text = &self.document.text;
        let start = own.fragments().map_or_else(String::new, |own| text.code_point(own.start()).to_string());
        let text = format!("{:5} {start:>6} {:10} {}", own.name(), self.label_title(own), self.gist(own));
        let speaker = own.speaker().and_then(|id| self.session.set().speaker(id));
        Item::new(text, speaker.map_or("", |own| own.name.as_str()), Choice::Annotation(id))
    }

    /// The annotations that a list panel of this area shows: those around the one that stands out, or around the cursor.
    pub fn listed(&self, area: Area) -> Vec<&Annotation> {
        let rows = usize::from(area.height.saturating_sub(1));
        let set = self.session.set();
        let outstanding = self.outstanding().and_then(|id| set.get(id));
        let shown = |own: &&Annotation| self.shows(own);
        let pivot = outstanding
            .or_else(|| set.starting_from(self.selection.head).find(shown))
            .or_else(|| set.iter().rfind(shown));
        let Some(pivot) = pivot else { return Vec::new() };
        if let Some(page) = self.page_of(pivot, rows) {
            return page;
        }
        let behind: Vec<&Annotation> = set.after(pivot.id).filter(shown).take(rows).collect();
        let room = rows.saturating_sub(1 + behind.len()).max(rows / 2);
        let mut shown: Vec<&Annotation> = set.before(pivot.id).filter(shown).take(room).collect();
        shown.reverse();
        shown.push(pivot);
        shown.extend(behind);
        shown.truncate(rows);
        shown
    }

    /// The annotations that the screen has a part of, and those behind them, in lists of `rows`: the one with `pivot`, if it is full. So the
    /// list stands still as long as the text does, and moving the cursor sends two of its rows and not all.
    fn page_of(&self, pivot: &Annotation, rows: usize) -> Option<Vec<&Annotation>> {
        const PAGES: usize = 8;
        let rows = rows.max(1);
        let reaching = self.reaching_in();
        let starts_above = pivot.fragments().is_some_and(|own| own.start() < self.top);
        if starts_above && !reaching.iter().any(|own| own.id == pivot.id) {
            return None;
        }
        let starting = self.session.set().starting_from(self.top).filter(|own| self.shows(own));
        let mut paged = reaching.into_iter().chain(starting).take(PAGES * rows);
        let full = |page: &Vec<&Annotation>| page.len() == rows;
        iter::from_fn(|| Some(paged.by_ref().take(rows).collect()).filter(full))
            .find(|page| page.iter().any(|own| own.id == pivot.id))
    }

    /// The annotations that start above the screen and end in it, or below; in text order.
    fn reaching_in(&self) -> Vec<&Annotation> {
        /// No more bytes than this are shown in a cell, but for marks.
        const CELL: usize = 4;
        let text = &self.document.text;
        let cells = usize::from(self.size.width) * usize::from(self.size.height);
        let end = text.boundary_at_or_before(text.end().bytes().min(self.top.bytes() + CELL * cells));
        let window = text.span(self.top, end).ok();
        let found = window.into_iter().flat_map(|window| self.session.set().overlapping(window)).map(|(_, own)| own);
        let starts_above = |own: &&Annotation| own.fragments().is_some_and(|own| own.start() < self.top);
        let mut reaching: Vec<&Annotation> = found.filter(starts_above).filter(|own| self.shows(own)).collect();
        let hull = |own: &Annotation| own.fragments().map(Fragments::hull);
        reaching.sort_by_key(|own| (hull(own).map(|own| (own.start(), Reverse(own.end()))), own.id));
        reaching.dedup_by_key(|own| own.id);
        reaching
    }
}
