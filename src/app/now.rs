//! What can be done now: a key and a few words each, the most useful first, how to learn the rest last. The hints show it, and
//! [`Command::Help`] lists it, to be done from there.

mod lacking;
mod reading;

use std::time::Duration;

use super::picker::{Choice, Item, KEYS, Purpose, named};
use super::{Access, App, Ask, Find, Form, Manner, Mode, Picker, Subject, Sweep};
use crate::annotation::Annotation;
use crate::command::{COMMANDS, Command, Entry, Group};
use crate::keymap::{ANNOTATE, Action, Key, RELABEL};
use crate::schema::{Attribute, AttributeKind};

/// Something that can be done now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The keys, as hints show them: with the letter on the layout in use, if that is another.
    pub keys: String,
    /// What they do.
    pub what: String,
    /// The keys to press, where the hint is not of several.
    press: Vec<Key>,
}

impl Hint {
    /// What `keys` do, which are written as in the command table; or words such as `type` that stand for many.
    fn new(keys: &str, what: impl Into<String>) -> Self {
        Self { keys: spelled(keys), what: what.into(), press: press(keys) }
    }

    /// What `keys` do, shown with the letters on the layout in use.
    fn local(app: &App, keys: &str, what: impl Into<String>) -> Self {
        Self { keys: app.hint_keys(keys), what: what.into(), press: press(keys) }
    }

    /// What the letter `key` does.
    fn letter(app: &App, key: char, what: impl Into<String>) -> Self {
        Self::local(app, &key.to_string(), what)
    }
}

/// The keys that one hint tells to press one after the other; `w b s p` are four ways to go on.
fn press(keys: &str) -> Vec<Key> {
    let press: Option<Vec<Key>> = keys.split(' ').map(Key::parse).collect();
    press.filter(|press| press.len() == 1 || keys.starts_with("Space ")).unwrap_or_default()
}

/// `C-d` as people read it: `Ctrl-D`.
fn spelled(keys: &str) -> String {
    let spell = |key: &str| match key
        .strip_prefix("C-")
        .map(|own| ("Ctrl-", own))
        .or(key.strip_prefix("A-").map(|own| ("Alt-", own)))
    {
        Some((held, own)) if own.chars().count() == 1 => format!("{held}{}", own.to_uppercase()),
        Some((held, own)) => format!("{held}{own}"),
        None => key.to_owned(),
    };
    keys.split(' ').map(spell).collect::<Vec<_>>().join(" ")
}

impl App {
    /// A key as hints show it: with the letter on the layout in use, if that is another.
    pub fn hint_key(&self, key: char) -> String {
        match self.config.keyboard.local(key).filter(|_| self.cyrillic) {
            Some(local) => format!("{key}({local})"),
            None => key.to_string(),
        }
    }

    /// A sequence of keys as hints show it.
    pub fn hint_keys(&self, keys: &str) -> String {
        let shown = |key: &str| match (key.chars().next(), key.chars().nth(1)) {
            (Some(letter), None) => self.hint_key(letter),
            _ => spelled(key),
        };
        keys.split(' ').map(shown).collect::<Vec<_>>().join(" ")
    }

    /// How long the annotator may rest in a sequence of keys before [`Message::Rested`](super::Message::Rested) is due.
    pub fn popup_after(&self) -> Option<Duration> {
        let is_due = !self.pending.is_empty() && !self.rested;
        self.config.popup.filter(|_| is_due).map(|delay| Duration::from_millis(delay.into()))
    }

    /// Whether it is shown how a sequence of keys goes on.
    pub fn shows_continuations(&self) -> bool {
        self.rested && !self.pending.is_empty()
    }

    /// What can be done now.
    pub fn hints(&self) -> Vec<Hint> {
        match &self.mode {
            Mode::Find(Find { manner: Some(manner), .. }) => tagging(*manner),
            Mode::Find(_) => {
                let mut hints = fixed(&[("Enter", "go there"), ("C-a", "tag all at once"), ("Esc", "back")]);
                hints.push(Hint::local(self, "n N", "then next, previous"));
                hints
            }
            Mode::Sweep(sweep) => sweeping(self, sweep),
            Mode::Goto(_) => fixed(&[("Enter", "go there: 9 or ¶9 s2, @828, 828–841, 12:5, Q1"), ("Esc", "back")]),
            Mode::Elsewhere(_) => fixed(&[("Enter", "write snapshot and history there"), ("Esc", "back")]),
            Mode::Picker(picker) => {
                let may_change = self.access == Access::Write && !picker.is_blank_register();
                choosing(&picker.purpose, may_change)
            }
            Mode::Ask(ask) => asked(self, ask),
            Mode::Form(Form { subject: Subject::Speaker(_), .. }) => {
                fixed(&[("Enter", "accept"), ("Esc", "leave"), ("↑ ↓", "field")])
            }
            Mode::Form(_) => fixed(&[
                ("Enter", "accept"),
                ("Esc", "leave"),
                ("↑ ↓", "field"),
                ("← →", "choose"),
                ("A-Enter", "new line in the note"),
            ]),
            Mode::Normal => reading::hints(self),
        }
    }

    /// Whether `key` asks what can be done: any key for help, where it would not be typed.
    pub(super) fn asks_for_help(&self, key: Key) -> bool {
        let is_help = |found: crate::keymap::Found| found.action == Some(Action::Run(Command::Help));
        let types = !matches!(self.mode, Mode::Normal | Mode::Ask(_) | Mode::Sweep(_)) && key.typed().is_some();
        !types && self.keymap.look_up(&[], key).is_some_and(is_help)
    }

    /// Lists what can be done now; what has the keyboard waits meanwhile.
    pub(super) fn list_now(&mut self) {
        if !self.pending.is_empty() {
            self.rested = true;
            return;
        }
        let items = match &self.mode {
            Mode::Picker(Picker { purpose: Purpose::Now(_), .. }) => return,
            Mode::Normal => self.things_to_do(),
            Mode::Ask(ask) => {
                let answers = ask.answers.iter().map(|own| Hint::letter(self, own.key, own.text.clone()));
                answers.chain(self.hints()).map(item).collect()
            }
            _ => self.hints().into_iter().map(item).collect(),
        };
        let mode = std::mem::take(&mut self.mode);
        let title = "what can be done here: type to filter, Enter does it";
        self.mode = Mode::Picker(Picker::new(title, Purpose::Now(Box::new(mode)), items));
    }

    /// While reading: the hints first, then every other command.
    fn things_to_do(&self) -> Vec<Item> {
        let help = Action::Run(Command::Help);
        let hints: Vec<Hint> = self.hints().into_iter().filter(|hint| !self.leads_to(&hint.press, help)).collect();
        let is_hinted = |command| hints.iter().any(|hint| self.leads_to(&hint.press, Action::Run(command)));
        // Where Enter and Esc do something of their own, and where a name is told, the hint says more than the command's title.
        let explained = |hint: &Hint| {
            let entry = COMMANDS.iter().find(|entry| self.leads_to(&hint.press, Action::Run(entry.command)));
            let says_more =
                |entry: &&Entry| self.is_busy() || matches!(entry.command, Command::Repeat | Command::AddFragment);
            match entry {
                Some(entry) if !says_more(&entry) => self.command_item(entry),
                Some(entry) => Item { detail: named(entry), ..item(hint.clone()) },
                None => item(hint.clone()),
            }
        };
        let mut items: Vec<Item> = hints.iter().map(explained).collect();
        items.extend([ANNOTATE, RELABEL].into_iter().flat_map(|prefix| self.label_items(prefix)));
        for group in Group::ALL {
            let others = COMMANDS.iter().filter(|entry| entry.group == group && entry.command != Command::Help);
            items.extend(others.filter(|entry| !is_hinted(entry.command)).map(|entry| self.command_item(entry)));
        }
        items
    }

    /// Whether pressing `keys` leads to `action`.
    fn leads_to(&self, keys: &[Key], action: Action) -> bool {
        let Some((last, before)) = keys.split_last() else { return false };
        self.keymap.look_up(before, *last).is_some_and(|found| found.action == Some(action))
    }

    /// Whether something was begun that Enter ends.
    fn is_busy(&self) -> bool {
        self.extent.is_some() || self.adjusting.is_some() || self.review.is_some() || self.relating.is_some()
    }

    /// Whether `command` would do something now, while reading; `here` is the annotation at the cursor.
    fn applies(&self, command: Command, here: Option<&Annotation>) -> bool {
        let set = self.session.set();
        let is_busy = self.is_busy();
        let may_change = self.access == Access::Write;
        match command {
            Command::Help => false,
            Command::Repeat => is_busy || (may_change && self.may_repeat()),
            Command::Delete | Command::Edit | Command::EditExtent | Command::RelabelAs => may_change && here.is_some(),
            Command::AnnotateAs => may_change && self.selected().is_some(),
            Command::Values => may_change && here.is_some_and(|own| has_values(self, own)),
            Command::Speaker => may_change && here.is_some_and(|own| has_speaker(self, own)),
            Command::Relate => may_change && here.is_some_and(|own| self.may_relate(own)),
            Command::Relations | Command::SelectAnnotation => here.is_some(),
            Command::AddFragment => may_change && self.may_toggle_fragment(),
            Command::SameEverywhere => may_change && (here.is_some() || self.selected().is_some()),
            Command::FindAndTag | Command::ToggleDone | Command::DocumentLabels => may_change,
            Command::Waiting => self.access == Access::Changed || set.waiting().next().is_some(),
            Command::Copy | Command::Cite => here.is_some() || self.selected().is_some(),
            Command::Undo => may_change && self.session.history().may_undo(),
            Command::Redo => may_change && self.session.history().may_redo(),
            Command::FindNext | Command::FindPrevious => self.query.is_some(),
            Command::JumpBack => self.jumps.1 > 0,
            Command::JumpForward => self.jumps.1 + 1 < self.jumps.0.len(),
            Command::NextAnnotation | Command::PreviousAnnotation | Command::Annotations => !set.is_empty(),
            Command::Shrink => !self.grown.is_empty(),
            Command::SwapEnds | Command::AnchorNextWord | Command::AnchorPreviousWord => self.selected().is_some(),
            Command::Cancel => is_busy || self.extending || self.selected().is_some() || self.query.is_some(),
            Command::NextTurn | Command::PreviousTurn | Command::SelectTurn => !self.document.turns.is_empty(),
            Command::Notices => !self.notices.is_empty(),
            _ => true,
        }
    }
}

/// A hint as a line of a list.
fn item(hint: Hint) -> Item {
    let Hint { keys, what, press } = hint;
    Item::new(format!("{keys:KEYS$} {what}"), "", Choice::Press(press))
}

fn fixed(hints: &[(&str, &str)]) -> Vec<Hint> {
    hints.iter().map(|(keys, what)| Hint::new(keys, *what)).collect()
}

/// While what is to be tagged is typed.
fn tagging(manner: Manner) -> Vec<Hint> {
    let switch = |on: bool, what: &str| format!("{what}{}", if on { " ✓" } else { "" });
    let switches = [
        ("C-r", switch(manner.regex, "pattern")),
        ("C-b", switch(manner.whole_words, "whole words")),
        ("C-e", switch(manner.exact, "exactly")),
    ];
    let mut hints = fixed(&[("Enter", "choose a label")]);
    hints.extend(switches.map(|(keys, what)| Hint::new(keys, what)));
    hints.extend(fixed(&[("C-a", "tag all at once"), ("Esc", "leave")]));
    hints
}

/// While place after place is decided on.
fn sweeping(app: &App, sweep: &Sweep) -> Vec<Hint> {
    let rest = format!("all {} left", sweep.places.len() - sweep.decided.len());
    let letters = [('y', "tag"), ('n', "pass"), ('a', &rest), ('e', "edges")];
    let letters = letters.map(|(key, what)| Hint::letter(app, key, what));
    letters.into_iter().chain(fixed(&[("Bksp", "back"), ("Esc", "end here")])).collect()
}

/// In a list.
fn choosing(purpose: &Purpose, may_write: bool) -> Vec<Hint> {
    let hints: &[(&str, &str)] = match purpose {
        Purpose::Relations(_) => &[
            ("Enter", "go to the other end"),
            ("C-d", "remove"),
            ("C-e", "edit"),
            ("type", "to filter"),
            ("Esc", "leave"),
        ],
        Purpose::Document => {
            &[("Enter", "give or take away"), ("C-e", "values and note"), ("type", "to filter"), ("Esc", "leave")]
        }
        Purpose::Layers => {
            &[("Enter", "hide or show"), ("C-t", "only this, or all"), ("type", "to filter"), ("Esc", "leave")]
        }
        Purpose::Register => &[
            ("Enter", "rename, role, other names"),
            ("type", "a name, to filter or to add"),
            ("C-t", "is the same as …"),
            ("C-d", "delete"),
            ("Esc", "leave"),
        ],
        Purpose::Go => {
            &[("type", "to filter"), ("Enter", "go there"), ("C-d", "delete"), ("C-e", "edit"), ("Esc", "leave")]
        }
        Purpose::Check => &[("Enter", "go there"), ("C-r", "put right"), ("type", "to filter"), ("Esc", "leave")],
        Purpose::Waiting => {
            &[("Enter", "look for its place"), ("C-d", "delete"), ("type", "to filter"), ("Esc", "leave")]
        }
        _ => &[("type", "to filter"), ("↑ ↓", "choose"), ("Enter", "take it"), ("Esc", "leave")],
    };
    let changes = |key: &str| match (purpose, key) {
        (Purpose::Register, "Enter" | "C-t") | (Purpose::Document, "Enter") => true,
        (_, key) => matches!(key, "C-d" | "C-e" | "C-r"),
    };
    let hints: Vec<(&str, &str)> = hints.iter().copied().filter(|(key, _)| may_write || !changes(key)).collect();
    fixed(&hints)
}

/// At a question.
fn asked(app: &App, ask: &Ask) -> Vec<Hint> {
    match &ask.series {
        None => {
            let last = app.last_label.filter(|_| ask.has_usual()).and_then(|number| app.label(number));
            let usual = last.map(|(_, label)| label.title.in_language(&app.language).to_owned());
            let usual = usual.map(|title| Hint::new("Enter", format!("again: {title}")));
            usual.into_iter().chain(fixed(&[("Esc", "leave")])).collect()
        }
        Some(series) => {
            let before = series.before.as_ref().map(|word| Hint::new("Enter", format!("as before: {word}")));
            let others = fixed(&[("Space", "pass on"), ("Bksp", "none"), ("S-Tab", "back"), ("Esc", "done")]);
            before.into_iter().chain(others).collect()
        }
    }
}

fn has_speaker(app: &App, annotation: &Annotation) -> bool {
    attributes(app, annotation).any(|own| own.kind == AttributeKind::Speaker)
}

fn has_values(app: &App, annotation: &Annotation) -> bool {
    attributes(app, annotation).any(|own| matches!(own.kind, AttributeKind::Choice(_) | AttributeKind::Flag))
}

fn attributes<'a>(app: &'a App, annotation: &Annotation) -> impl Iterator<Item = &'a Attribute> {
    app.schema.layer(&annotation.layer).into_iter().flat_map(|layer| &layer.attributes)
}
