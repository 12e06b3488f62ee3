//! The only place where annotations change.
//!
//! A [`Session`] holds one annotator's [`AnnotationSet`] of one document and the [`History`] of transactions that made it.
//! Nothing is ever taken out of the history: undoing appends the inverse, so replaying the history is a fold, the audit trail
//! tells the truth, and undo reaches across restarts.

mod archive;
mod history;
mod rival;
#[cfg(test)]
mod tests;

pub use archive::Archive;
pub use history::{History, Kind, Transaction};
pub use rival::{Rival, Ways};

use jiff::Timestamp;

use crate::annotation::{AnnotationSet, Edit, EditError};

/// An annotator at work on a document.
#[derive(Clone, Debug, Default)]
pub struct Session {
    set: AnnotationSet,
    history: History,
}

impl Session {
    /// A session that goes on from `set`, which `history` led to.
    pub fn resume(mut set: AnnotationSet, history: History) -> Self {
        let (annotation, speaker) = history.last_ids();
        set.count_as_used(annotation, speaker);
        Self { set, history }
    }

    /// What the annotator says.
    pub fn set(&self) -> &AnnotationSet {
        &self.set
    }

    /// How it came to be.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The number of transactions applied.
    pub fn revision(&self) -> u64 {
        self.history.revision()
    }

    /// What the annotator said after the transaction `revision`, if all since then are known.
    pub fn set_at(&self, revision: u64) -> Option<AnnotationSet> {
        let mut set = self.set.clone();
        let mut next = self.revision();
        for transaction in self.history.iter().rev().take_while(|own| own.revision > revision) {
            let edits: Vec<Edit> = transaction.edits.iter().rev().cloned().map(Edit::inverse).collect();
            set.apply_all(&edits).ok()?;
            (next == transaction.revision).then(|| next -= 1)?;
        }
        (next <= revision).then_some(set)
    }

    /// Applies `edits` as one transaction, all or none, and returns it for the record.
    pub fn commit(&mut self, at: Timestamp, summary: &str, edits: Vec<Edit>) -> Result<Transaction, EditError> {
        self.set.apply_all(&edits)?;
        Ok(self.append(Kind::Commit, at, summary.to_owned(), edits))
    }

    /// The same, but as a part of the step that the last transaction belongs to: both are undone at once.
    pub fn commit_further(&mut self, at: Timestamp, summary: &str, edits: Vec<Edit>) -> Result<Transaction, EditError> {
        self.set.apply_all(&edits)?;
        Ok(self.append(Kind::Further, at, summary.to_owned(), edits))
    }

    /// Fetches what [`undo`](Self::undo), or with `forth` [`redo`](Self::redo), would need of older transactions; each fetches it itself,
    /// but does nothing where that fails.
    ///
    /// # Errors
    ///
    /// When the transaction cannot be understood.
    pub fn recall(&mut self, forth: bool) -> Result<(), String> {
        self.history.recall(forth)
    }

    /// Takes back the last step not yet taken back, by a transaction of its own.
    pub fn undo(&mut self, at: Timestamp) -> Option<Transaction> {
        self.recall(false).ok()?;
        let step = self.history.next_step(false)?;
        let done = step.iter().rev().flat_map(|own| own.edits.iter().rev());
        let edits: Vec<Edit> = done.cloned().map(Edit::inverse).collect();
        let (first, last) = (step.first()?, step.last()?);
        let (kind, summary) = (Kind::Undo(first.revision), last.summary.clone());
        self.set.apply_all(&edits).ok()?;
        Some(self.append(kind, at, summary, edits))
    }

    /// Applies again what was last taken back.
    pub fn redo(&mut self, at: Timestamp) -> Option<Transaction> {
        self.recall(true).ok()?;
        let step = self.history.next_step(true)?;
        let edits: Vec<Edit> = step.iter().flat_map(|own| own.edits.iter().cloned()).collect();
        let (first, last) = (step.first()?, step.last()?);
        let (kind, summary) = (Kind::Redo(first.revision), last.summary.clone());
        self.set.apply_all(&edits).ok()?;
        Some(self.append(kind, at, summary, edits))
    }

    fn append(&mut self, kind: Kind, at: Timestamp, summary: String, edits: Vec<Edit>) -> Transaction {
        let transaction = Transaction { revision: self.revision() + 1, kind, at, summary, edits };
        self.history.push(transaction.clone());
        transaction
    }
}
