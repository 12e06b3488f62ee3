//! Transactions in the order in which they happened.

use std::collections::BTreeMap;

use jiff::Timestamp;

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
    /// It takes back the transaction with this revision.
    Undo(u64),
    /// It repeats the transaction with this revision, which was taken back.
    Redo(u64),
}

/// All transactions, and which of them can be undone or redone. It only grows.
#[derive(Clone, Debug, Default)]
pub struct History {
    base: u64,
    transactions: BTreeMap<u64, Transaction>,
    done: Vec<u64>,
    undone: Vec<u64>,
}

impl History {
    /// Counts the revisions up to `revision` as passed, though their transactions are not known, as when only a snapshot was
    /// handed on. What lies before such a gap cannot be undone.
    pub fn skip_to(&mut self, revision: u64) {
        if revision > self.revision() {
            self.base = revision;
            self.done.clear();
            self.undone.clear();
        }
    }

    /// Appends a transaction.
    pub fn push(&mut self, transaction: Transaction) {
        self.skip_to(transaction.revision.saturating_sub(1));
        match transaction.kind {
            Kind::Commit => {
                self.done.push(transaction.revision);
                self.undone.clear();
            }
            Kind::Undo(revision) => {
                self.done.retain(|own| *own != revision);
                self.undone.push(revision);
            }
            Kind::Redo(revision) => {
                self.undone.retain(|own| *own != revision);
                self.done.push(revision);
            }
        }
        self.transactions.insert(transaction.revision, transaction);
    }

    /// The number of the last transaction, 0 when there never was one.
    pub fn revision(&self) -> u64 {
        self.transactions.last_key_value().map_or(0, |(revision, _)| *revision).max(self.base)
    }

    /// The transactions in the order in which they happened.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Transaction> {
        self.transactions.values()
    }

    /// The transaction that undo would take back.
    pub fn undoable(&self) -> Option<&Transaction> {
        self.done.last().and_then(|revision| self.transactions.get(revision))
    }

    /// The transaction that redo would repeat.
    pub fn redoable(&self) -> Option<&Transaction> {
        self.undone.last().and_then(|revision| self.transactions.get(revision))
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
                Edit::Status { .. } => {}
            }
        }
        (AnnotationId(annotation), SpeakerId(speaker))
    }
}
