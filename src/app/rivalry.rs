//! Deciding between two versions of the annotations, ours and the one that another program put in the files.

use jiff::Timestamp;

use super::{App, Choice, Effect, Item, Mode, Picker, Purpose};
use crate::annotation::Edit;
use crate::session::Rival;

/// What becomes of the two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Ours stays; a copy of theirs is kept beside.
    Mine,
    /// Theirs is taken, as a change that can be undone.
    Theirs,
    /// Both are merged, as a change that can be undone.
    Merge,
}

impl App {
    /// Takes note of another version. The first time it is asked what to do; after that a banner reminds of it.
    pub(super) fn meet(&mut self, rival: Rival) {
        let is_new = self.rival.replace(rival).is_none();
        if is_new && matches!(self.mode, Mode::Normal) {
            self.pending.clear();
            self.ask_for_decision();
        }
    }

    /// Asks what becomes of the two versions.
    pub(super) fn ask_for_decision(&mut self) {
        let Some(rival) = &self.rival else { return };
        let item = |text: &str, detail: String, decision| Item::new(text, detail, Choice::Decision(decision));
        let mut items = Vec::new();
        match &rival.ways {
            Ok(ways) => {
                let conflicts = match ways.conflicts.len() {
                    0 => String::new(),
                    1 => "; 1 conflict, both kept".to_owned(),
                    count => format!("; {count} conflicts, both kept"),
                };
                let merged = format!("here: {}{conflicts}", summary(&ways.merged));
                items.push(item("merge the two", merged, Decision::Merge));
                items.push(item(
                    "keep mine",
                    format!("here: {}; theirs stays beside", summary(&ways.mine)),
                    Decision::Mine,
                ));
                items.push(item("take theirs", format!("here: {}", summary(&ways.theirs)), Decision::Theirs));
            }
            Err(reason) => items.push(item("keep mine", format!("theirs stays beside: {reason}"), Decision::Mine)),
        }
        let title = format!("another program changed {}", rival.found_in);
        self.mode = Mode::Picker(Picker::new(title, Purpose::Rival, items));
    }

    pub(super) fn decide(&mut self, now: Timestamp, decision: Decision) -> Vec<Effect> {
        let Some(rival) = self.rival.take() else { return Vec::new() };
        if rival.revision != self.session.revision() {
            // What was done meanwhile is not in it: look again.
            return vec![Effect::Save];
        }
        let ways = rival.ways.unwrap_or_default();
        let (edits, name) = match decision {
            Decision::Merge => (ways.merged, "merge with theirs"),
            Decision::Theirs => (ways.theirs, "take theirs"),
            Decision::Mine => (ways.mine, "keep mine"),
        };
        let told = format!("{name}: {}", summary(&edits));
        let settle = Effect::Settle { keep_theirs: decision == Decision::Mine };
        if decision == Decision::Mine && edits.is_empty() {
            self.tell("mine is kept");
            return vec![settle, Effect::Save];
        }
        match self.session.commit(now, name, edits) {
            Ok(transaction) => {
                self.extent = None;
                self.focus = self.focus.filter(|id| self.session.set().get(*id).is_some());
                self.tell_done(&told);
                for conflict in ways.conflicts.iter().filter(|_| decision == Decision::Merge) {
                    self.refuse(format!("conflict: {conflict}"));
                }
                std::iter::once(settle).chain(self.to_record(transaction)).chain([Effect::Save]).collect()
            }
            Err(error) => {
                self.refuse(error.to_string());
                Vec::new()
            }
        }
    }
}

/// How many annotations `edits` add, remove and change.
fn summary(edits: &[Edit]) -> String {
    let (mut added, mut removed, mut changed) = (0, 0, 0);
    for edit in edits {
        match edit {
            Edit::Insert(_) => added += 1,
            Edit::Remove(_) => removed += 1,
            Edit::Replace { .. } | Edit::Speaker { .. } | Edit::Status { .. } | Edit::Wait { .. } => changed += 1,
        }
    }
    match (added, removed, changed) {
        (0, 0, 0) => "nothing changes".to_owned(),
        _ => format!("+{added} −{removed} ~{changed}"),
    }
}
