//! A transaction as a line of a history states it, in code points and with quotes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::annotation::Edit;
use crate::audit::Entry;
use crate::session::{Kind, Transaction};
use crate::store::format::{EditV1, Misfit, Readable};
use crate::text::Text;

/// A transaction as a line states it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Transaction")]
pub(in crate::store) struct TransactionV1 {
    pub(super) kind: KindV1,
    pub(super) at: String,
    pub(super) summary: Readable,
    pub(in crate::store) edits: Vec<EditV1>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Kind")]
pub(in crate::store) enum KindV1 {
    /// All that a snapshot held which was handed on alone; it goes back to the lines with these checksums, of other histories.
    Begin(Vec<Readable>),
    Commit,
    /// A commit that took in what goes back to the lines with these checksums, of other histories.
    Merge(Vec<Readable>),
    Further,
    Undo(u64),
    Redo(u64),
    /// The text changed: what was said before speaks of another one.
    Reanchor,
}

impl TransactionV1 {
    /// The highest numbers of annotations and of speakers in it.
    pub(super) fn last_ids(&self) -> (u32, u32) {
        let (mut annotation, mut speaker) = (0, 0);
        for edit in &self.edits {
            match edit {
                EditV1::Insert(own) | EditV1::Remove(own) | EditV1::Stray(own) => annotation = annotation.max(own.id),
                EditV1::Replace { before, after } => annotation = annotation.max(before.id).max(after.id),
                EditV1::Wait { before, after } => {
                    annotation = before.iter().chain(after).fold(annotation, |sum, own| sum.max(own.id));
                }
                EditV1::Speaker { before, after } => {
                    speaker = before.iter().chain(after).fold(speaker, |sum, own| sum.max(own.id));
                }
                EditV1::Status { .. } => {}
            }
        }
        (annotation, speaker)
    }

    /// The transaction on `text`, or why it does not stand there.
    pub(in crate::store) fn into_transaction(self, revision: u64, text: &Text) -> Result<Transaction, String> {
        match self.kind {
            KindV1::Reanchor => return Err("the text changed here".to_owned()),
            KindV1::Begin(_) => return Err("the history begins here".to_owned()),
            _ => {}
        }
        let edits: Result<Vec<Edit>, Misfit> = self.edits.into_iter().map(|edit| edit.into_edit(text)).collect();
        let mut edits = edits.map_err(|misfit| misfit.to_string())?;
        // A history is long, and most of its transactions are one edit.
        edits.shrink_to_fit();
        let (kind, at) = (self.kind.into(), moment(&self.at)?);
        Ok(Transaction { revision, kind, at, summary: self.summary.into(), edits })
    }

    /// What is told of it, or why it cannot be.
    pub(in crate::store) fn into_entry(self, revision: u64) -> Result<Entry, String> {
        Ok(Entry { revision, kind: self.kind.into(), at: moment(&self.at)?, summary: self.summary.into() })
    }
}

fn moment(stated: &str) -> Result<Timestamp, String> {
    stated.parse().map_err(|error: jiff::Error| error.to_string())
}

impl KindV1 {
    /// The checksums of lines in other histories that it names.
    pub(in crate::store) fn names(&self) -> &[Readable] {
        match self {
            Self::Begin(names) | Self::Merge(names) => names,
            _ => &[],
        }
    }
}

impl From<KindV1> for Kind {
    fn from(kind: KindV1) -> Self {
        match kind {
            KindV1::Begin(_) | KindV1::Commit | KindV1::Merge(_) | KindV1::Reanchor => Self::Commit,
            KindV1::Further => Self::Further,
            KindV1::Undo(revision) => Self::Undo(revision),
            KindV1::Redo(revision) => Self::Redo(revision),
        }
    }
}
