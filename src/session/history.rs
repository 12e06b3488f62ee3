//! Transactions in the order in which they happened.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::RangeInclusive;
use std::sync::Arc;

use jiff::Timestamp;

use super::Archive;
use crate::annotation::{AnnotationId, Edit, SpeakerId};

/// A named group of edits, applied together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// Its number; the first is 1.
    pub revision: u64,
    /// Whether it does something, or takes back or repeats another.
    pub kind: Kind,
    /// When it happened.
    pub at: Timestamp,
    /// What it did, for people: «quote Q1».
    pub summary: String,
    /// The changes, in order.
    pub edits: Vec<Edit>,
}

/// What a transaction is in the story of undo and redo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It does something.
    Commit,
    /// It does something that belongs to the step of the transaction just before it, and is taken back with that.
    Further,
    /// It takes back the step that the transaction with this revision began.
    Undo(u64),
    /// It repeats the step that the transaction with this revision began, which was taken back.
    Redo(u64),
}

/// What is taken back at once: the revisions of a transaction and of those that go on with it.
type Step = RangeInclusive<u64>;

/// All transactions, and which of them can be undone or redone. It only grows.
///
/// Of older ones only the revision and the kind may be known; what they did is fetched from an [`Archive`] when it is needed.
#[derive(Clone, Debug, Default)]
pub struct History {
    last: u64,
    transactions: BTreeMap<u64, Transaction>,
    done: Vec<Step>,
    undone: Vec<Step>,
    archive: Option<Arc<dyn Archive>>,
}

impl History {
    /// A history whose older transactions are in `archive`.
    pub fn with_archive(archive: Arc<dyn Archive>) -> Self {
        Self { archive: Some(archive), ..Self::default() }
    }

    /// Counts the revisions up to `revision` as passed, though their transactions are not known, as when only a snapshot was
    /// handed on. What lies before such a gap cannot be undone.
    pub fn skip_to(&mut self, revision: u64) {
        if revision > self.last {
            self.last = revision;
            self.done.clear();
            self.undone.clear();
        }
    }

    /// Whether there is a transaction to take back.
    pub fn may_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is one to do again.
    pub fn may_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Appends a transaction.
    pub fn push(&mut self, transaction: Transaction) {
        self.note(transaction.revision, transaction.kind);
        self.transactions.insert(transaction.revision, transaction);
    }

    /// Appends a transaction that is in the archive.
    pub fn note(&mut self, revision: u64, kind: Kind) {
        self.skip_to(revision.saturating_sub(1));
        self.last = self.last.max(revision);
        match kind {
            Kind::Commit => {
                self.done.push(revision..=revision);
                self.undone.clear();
            }
            Kind::Further => {
                let first = self.done.pop_if(|step| step.end() + 1 == revision).map_or(revision, |step| *step.start());
                self.done.push(first..=revision);
                self.undone.clear();
            }
            Kind::Undo(first) => self.undone.push(take_out(&mut self.done, first)),
            Kind::Redo(first) => self.done.push(take_out(&mut self.undone, first)),
        }
    }

    /// The number of the last transaction, 0 when there never was one.
    pub fn revision(&self) -> u64 {
        self.last
    }

    /// The transactions that are known, in the order in which they happened.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Transaction> {
        self.transactions.values()
    }

    /// The transactions of the step that undo, or with `forth` redo, would take, if they are known.
    pub fn next_step(&self, forth: bool) -> Option<Vec<&Transaction>> {
        let step = if forth { self.undone.last() } else { self.done.last() };
        step?.clone().map(|revision| self.transactions.get(&revision)).collect()
    }

    /// Fetches the transactions that undo, or with `forth` redo, would need.
    pub(super) fn recall(&mut self, forth: bool) -> Result<(), String> {
        let next = if forth { self.undone.last() } else { self.done.last() };
        if let (Some(step), Some(archive)) = (next, &self.archive) {
            for revision in step.clone() {
                if let Entry::Vacant(unknown) = self.transactions.entry(revision) {
                    unknown.insert(archive.transaction(revision)?);
                }
            }
        }
        Ok(())
    }

    /// The highest ids ever given out.
    pub(super) fn last_ids(&self) -> (AnnotationId, SpeakerId) {
        let (mut annotation, mut speaker) = (0, 0);
        for edit in self.iter().flat_map(|transaction| &transaction.edits) {
            match edit {
                Edit::Insert(own) | Edit::Remove(own) | Edit::Replace { after: own, .. } => {
                    annotation = annotation.max(own.id.0);
                }
                Edit::Speaker { before, after } => {
                    speaker = before.iter().chain(after).fold(speaker, |sum: u32, own| sum.max(own.id.0));
                }
                Edit::Wait { before, after } => {
                    annotation = before.iter().chain(after).fold(annotation, |sum: u32, own| sum.max(own.id.0));
                }
                Edit::Status { .. } => {}
            }
        }
        (AnnotationId(annotation), SpeakerId(speaker))
    }
}

/// Takes the step that begins with `first` out of `stack`: it is the last, unless somebody else wrote the history.
fn take_out(stack: &mut Vec<Step>, first: u64) -> Step {
    let at = stack.iter().rposition(|step| *step.start() == first);
    at.map_or(first..=first, |at| stack.remove(at))
}
