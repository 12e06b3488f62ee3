//! What is done when something cannot be kept: nothing gets lost without a word.

use super::{Access, App, Effect, Field, Item, Mode, Picker, Purpose};
use crate::keymap::{Key, KeyCode};

/// The prompt for another place to save in.
#[derive(Debug)]
pub struct Elsewhere {
    /// What is being typed: a directory, or the name of a snapshot.
    pub field: Field,
    /// What was to be done when the annotator found that something would be lost.
    then: Option<Effect>,
}

/// A way out for whoever wants to leave while something is not recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayOut {
    /// Save in another place, then leave.
    Elsewhere,
    /// Try again to record it.
    Again,
    /// Leave without it.
    Lose,
}

impl App {
    /// What was done and is not recorded: what is said of each transaction, the earliest first.
    pub fn unrecorded(&self) -> Vec<&str> {
        let Access::Failed(_) = self.access else { return Vec::new() };
        let behind = self.session.history().iter().rev().take_while(|own| own.revision > self.kept.recorded);
        let mut behind: Vec<&str> = behind.map(|own| own.summary.as_str()).collect();
        behind.reverse();
        behind
    }

    /// What must not be overlooked as long as it lasts: short enough for the most of it to stand on one row.
    pub fn banner(&self) -> Option<String> {
        if let Some(rival) = &self.rival {
            let found_in = rival.found_in;
            return Some(format!("ANOTHER PROGRAM CHANGED {found_in} · C-s: keep mine, take theirs or merge"));
        }
        match (&self.access, &self.unsaved) {
            (Access::Failed(reason), _) => {
                Some(format!("NOT RECORDED · C-s tries again · Space p saves elsewhere · {reason}"))
            }
            (_, Some(reason)) => {
                Some(format!("SNAPSHOT NOT WRITTEN, the history holds everything · C-s tries again · {reason}"))
            }
            _ => None,
        }
    }

    /// Does `effect`, which leaves the document, unless something would be lost: then asks.
    pub(super) fn leave(&mut self, effect: Effect) -> Vec<Effect> {
        let is_asked = matches!(&self.mode, Mode::Picker(Picker { purpose: Purpose::Rival, .. }));
        if self.rival.is_some() && !is_asked {
            self.ask_for_decision();
            self.tell("C-q once more leaves without a decision: yours stays, and theirs beside it");
            return Vec::new();
        }
        let lost = self.unrecorded();
        if lost.is_empty() {
            return vec![effect];
        }
        let what = lost.join(", ");
        let count = lost.len();
        let item = |text: &str, detail: String, way| Item::way_out(text.to_owned(), detail, way);
        let items = vec![
            item("save elsewhere, then leave", "snapshot and history, whole".to_owned(), WayOut::Elsewhere),
            item("try again to record it", "C-s does the same".to_owned(), WayOut::Again),
            item("leave and lose it", what.clone(), WayOut::Lose),
        ];
        let changes = if count == 1 { "1 change is".to_owned() } else { format!("{count} changes are") };
        let title = format!("{changes} not recorded: {what}");
        self.mode = Mode::Picker(Picker::new(title, Purpose::Leave(effect), items));
        Vec::new()
    }

    /// Takes a way out; `leaving` is what was to be done.
    pub(super) fn take_way_out(&mut self, way: WayOut, leaving: Effect) -> Vec<Effect> {
        match way {
            WayOut::Elsewhere => {
                self.mode = Mode::Elsewhere(Elsewhere { field: Field::default(), then: Some(leaving) });
                Vec::new()
            }
            WayOut::Again => vec![Effect::Save],
            WayOut::Lose => vec![leaving],
        }
    }

    /// Asks for another place to save in.
    pub(super) fn ask_elsewhere(&mut self) {
        self.mode = Mode::Elsewhere(Elsewhere { field: Field::default(), then: None });
    }

    pub(super) fn elsewhere_key(&mut self, mut prompt: Elsewhere, key: Key) -> Vec<Effect> {
        match key.code {
            KeyCode::Esc => return Vec::new(),
            KeyCode::Enter if !prompt.field.text().trim().is_empty() => {
                let place = prompt.field.text().trim().to_owned();
                return vec![Effect::SaveElsewhere { place, then: prompt.then.map(Box::new) }];
            }
            _ => {
                prompt.field.key(key);
            }
        }
        self.mode = Mode::Elsewhere(prompt);
        Vec::new()
    }

    /// Takes note that everything up to `revision` is recorded; says so when it was not before.
    pub(super) fn recorded(&mut self, revision: u64) {
        self.kept.recorded = revision;
        if let Access::Failed(_) = self.access {
            self.access = Access::Write;
            self.tell("recorded again: nothing was lost");
        }
    }

    /// Takes note that the snapshot holds `revision`; says so when it could not be written before.
    pub(super) fn saved(&mut self, revision: u64) {
        self.kept.saved = self.kept.saved.max(revision);
        if self.unsaved.take().is_some() {
            self.tell("the snapshot is written again");
        }
    }

    /// Takes note that the snapshot cannot be written.
    pub(super) fn not_saved(&mut self, reason: String) {
        if self.unsaved.as_ref() != Some(&reason) {
            self.refuse(format!("the snapshot cannot be written: {reason}"));
        }
        self.unsaved = Some(reason);
    }

    /// Takes note that what was done could not be recorded.
    pub(super) fn not_recorded(&mut self, reason: String) {
        if !matches!(&self.access, Access::Failed(before) if *before == reason) {
            self.refuse(format!("not recorded: {reason}"));
        }
        self.access = Access::Failed(reason);
    }
}
