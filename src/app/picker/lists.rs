//! What there is to choose from.

use jiff::Timestamp;

use super::super::annotating::Chosen;
use super::super::{App, Area, Effect, Field, Form, Mode};
use super::{Choice, Item, Picker, Purpose};
use crate::annotation::{AnnotationId, Edit, Speaker, SpeakerId};
use crate::command::{COMMANDS, Group};
use crate::keymap::{ANNOTATE, Action, RELABEL};

impl Picker {
    fn new(title: impl Into<String>, purpose: Purpose, items: Vec<Item>) -> Self {
        Self { title: title.into(), filter: Field::default(), purpose, items, selected: 0 }
    }

    /// The speakers for `purpose`: the one last named before the cursor first, nobody at the end.
    pub(in crate::app) fn speakers(app: &App, title: impl Into<String>, purpose: Purpose) -> Self {
        let recent = app.speakers_by_nearness();
        let rank = |speaker: &Speaker| recent.iter().position(|id| *id == speaker.id).unwrap_or(usize::MAX);
        let mut speakers: Vec<&Speaker> = app.session.set().speakers().collect();
        speakers.sort_by_key(|speaker| (rank(speaker), speaker.id));
        let mut items: Vec<Item> = speakers.into_iter().map(speaker_item).collect();
        let (text, detail) = ("nobody".to_owned(), "the narrator, or not known".to_owned());
        items.push(Item { text, detail, choice: Choice::Nobody });
        Self::new(title, purpose, items)
    }

    /// The register; a short selection is offered as a new name.
    pub(in crate::app) fn register(app: &App) -> Self {
        const LONGEST: usize = 200;
        let items = app.session.set().speakers().map(speaker_item).collect();
        let mut picker = Self::new("speakers", Purpose::Register, items);
        if let Some(span) = app.selected().filter(|span| span.bytes() <= LONGEST) {
            picker.filter.paste(app.document.text.slice(span));
        }
        picker
    }

    /// All annotations, in text order, the one here chosen.
    pub(in crate::app) fn annotations(app: &App) -> Self {
        let set = app.session.set();
        let here = app.annotation_here().map(|own| own.id);
        let items: Vec<Item> = set.iter().map(|own| app.annotation_item(own.id)).collect();
        let chosen = |item: &Item| matches!(item.choice, Choice::Annotation(id) if Some(id) == here);
        let selected = items.iter().position(chosen).unwrap_or(0);
        Self { selected, ..Self::new(format!("{} annotations", set.len()), Purpose::Go, items) }
    }

    /// Every command with its keys; Enter runs it.
    pub(in crate::app) fn help(app: &App) -> Self {
        let mut items = Vec::new();
        for group in Group::ALL {
            let commands = COMMANDS.iter().filter(|entry| entry.group == group);
            items.extend(commands.map(|entry| Item {
                text: format!("{:14} {}", entry.keys.join(", "), entry.help),
                detail: format!("{} · {}", group.title(), entry.name),
                choice: Choice::Action(Action::Run(entry.command)),
            }));
            if group == Group::Annotate {
                items.extend(app.label_items());
            }
        }
        Self::new("keys — type to filter, Enter does it", Purpose::Run, items)
    }
}

fn speaker_item(speaker: &Speaker) -> Item {
    let mut detail = speaker.role.clone().unwrap_or_default();
    for alias in &speaker.aliases {
        let between = if detail.is_empty() { "" } else { " · " };
        detail = format!("{detail}{between}{alias}");
    }
    Item { text: speaker.name.clone(), detail, choice: Choice::Speaker(speaker.id) }
}

impl App {
    /// The keys that annotate and relabel, one item each.
    fn label_items(&self) -> Vec<Item> {
        let mut items = Vec::new();
        for (prefix, verb) in [(ANNOTATE, "annotate as"), (RELABEL, "change to")] {
            for (number, (layer, label)) in self.schema.labels().enumerate() {
                let Some(key) = label.key else { continue };
                let action = if prefix == ANNOTATE { Action::Annotate(number) } else { Action::Relabel(number) };
                let keys = format!("{prefix} {key}");
                let title = label.title.in_language(&self.language);
                items.push(Item {
                    text: format!("{keys:14} {verb} {title}"),
                    detail: format!("{} · {}", layer.id, label.aliases.join(", ")),
                    choice: Choice::Action(action),
                });
            }
        }
        items
    }

    fn annotation_item(&self, id: AnnotationId) -> Item {
        let Some(own) = self.session.set().get(id) else {
            return Item { text: String::new(), detail: String::new(), choice: Choice::Annotation(id) };
        };
        let text = &self.document.text;
        let quote: String =
            own.fragments().map_or_else(String::new, |f| text.slice(f.spans()[0]).chars().take(60).collect());
        let start = own.fragments().map_or(0, |fragments| text.code_point(fragments.start()));
        Item {
            text: format!("{:5} {start:6} {:10} {quote}", own.name(), self.label_title(own)),
            detail: own
                .speaker()
                .and_then(|id| self.session.set().speaker(id))
                .map(|s| s.name.clone())
                .unwrap_or_default(),
            choice: Choice::Annotation(id),
        }
    }

    /// The speakers that annotations around the cursor name, the nearest before it first.
    fn speakers_by_nearness(&self) -> Vec<SpeakerId> {
        const LOOKED_AT: usize = 200;
        let (set, head) = (self.session.set(), self.selection.end());
        let before = set.starting_before(head).take(LOOKED_AT);
        let behind = set.starting_from(head).take(LOOKED_AT);
        let mut found: Vec<SpeakerId> = Vec::new();
        for speaker in before.chain(behind).filter_map(crate::annotation::Annotation::speaker) {
            if !found.contains(&speaker) {
                found.push(speaker);
            }
        }
        found
    }

    /// The annotations that a list panel of this area shows: those around the focus, or around the cursor.
    pub fn listed(&self, area: Area) -> Vec<AnnotationId> {
        let rows = usize::from(area.height.saturating_sub(1));
        let set = self.session.set();
        let focus = self.focus.and_then(|id| set.get(id)).or_else(|| self.annotation_here());
        let pivot = focus.or_else(|| set.starting_from(self.selection.head).next()).or_else(|| set.iter().next_back());
        let Some(pivot) = pivot else { return Vec::new() };
        let behind: Vec<AnnotationId> = set.after(pivot.id).take(rows).map(|own| own.id).collect();
        let room = rows.saturating_sub(1 + behind.len()).max(rows / 2);
        let mut shown: Vec<AnnotationId> = set.before(pivot.id).take(room).map(|own| own.id).collect();
        shown.reverse();
        shown.push(pivot.id);
        shown.extend(behind);
        shown.truncate(rows);
        shown
    }

    /// Opens the list of speakers for the annotation here.
    pub(in crate::app) fn pick_speaker(&mut self) {
        let Some(annotation) = self.need_annotation() else { return };
        if !self.may_write() {
            return;
        }
        if self.speaker_attribute(&annotation).is_none() {
            self.refuse(format!("a {} has no speaker", self.label_title(&annotation)));
            return;
        }
        self.focus = Some(annotation.id);
        let title = format!("speaker of {}", annotation.name());
        self.mode = Mode::Picker(Picker::speakers(self, title, Purpose::Attribute(annotation.id)));
    }

    /// Registers a speaker, or opens the form of one who is registered.
    pub(in crate::app) fn open_register(&mut self, now: Timestamp, chosen: Chosen) -> Vec<Effect> {
        let mut edits: Vec<Edit> = Vec::new();
        let Some(id) = self.resolve(chosen, &mut edits) else { return Vec::new() };
        let effects = if edits.is_empty() { Vec::new() } else { self.commit(now, "register a speaker", edits) };
        if let Some(form) = Form::of_speaker(self, id) {
            self.mode = Mode::Form(form);
        }
        effects
    }
}
