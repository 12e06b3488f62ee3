//! The lines of a history as they are written.

use jiff::Timestamp;

use super::transaction::KindV1;
use super::{HeaderV1, TransactionV1, checksum};
use crate::document::{Digest, Document};
use crate::session::{Kind, Transaction};
use crate::store::format::{DocumentV1, EditV1, FORMAT, Readable, line};
use crate::store::snapshot::Head;
use crate::text::Text;

/// The header line of a history about `document`.
pub(in crate::store) fn header(document: &Document, digest: &Digest, annotator: &str) -> Result<String, ron::Error> {
    header_about(
        DocumentV1 {
            path: document.id.as_str().into(),
            sha256: digest.as_str().into(),
            code_points: document.text.code_point_count(),
        },
        annotator.into(),
    )
}

fn header_about(document: DocumentV1, annotator: Readable) -> Result<String, ron::Error> {
    Ok(line(&HeaderV1 { format: FORMAT, document, annotator })? + "\n")
}

/// The first lines of a history that begins where `snapshot`, written `at` that time, says what these `edits` lead to.
pub(in crate::store) fn begin(
    snapshot: Head,
    at: Timestamp,
    edits: impl Iterator<Item = EditV1>,
) -> Result<String, ron::Error> {
    let (kind, summary) = (KindV1::Begin(snapshot.history), "what there was".into());
    let mut ron = line(&TransactionV1 { kind, at: at.to_string(), summary, edits: Vec::new() })?;
    // One edit after the other, for they may be many: each goes where the list ends.
    let end = ron.split_off(ron.len() - "])".len());
    for (place, edit) in edits.enumerate() {
        ron += if place == 0 { "" } else { ", " };
        ron += &line(&edit)?;
    }
    Ok(header_about(snapshot.document, snapshot.annotator)? + &sealed(snapshot.revision, &(ron + &end)))
}

/// The line that records `transaction`, which takes in what goes back to the lines that `names` names.
pub(in crate::store) fn record(
    transaction: &Transaction,
    names: Vec<Readable>,
    text: &Text,
) -> Result<String, ron::Error> {
    let kind = match transaction.kind {
        Kind::Commit => commit(names),
        Kind::Further => KindV1::Further,
        Kind::Undo(revision) => KindV1::Undo(revision),
        Kind::Redo(revision) => KindV1::Redo(revision),
    };
    let stated = TransactionV1 {
        kind,
        at: transaction.at.to_string(),
        summary: transaction.summary.as_str().into(),
        edits: transaction.edits.iter().map(|edit| EditV1::of(edit, text)).collect(),
    };
    numbered(transaction.revision, &stated)
}

/// The line that records a merge with what goes back to the lines that `names` names.
pub(in crate::store) fn merging(
    revision: u64,
    at: Timestamp,
    names: Vec<Readable>,
    edits: Vec<EditV1>,
) -> Result<String, ron::Error> {
    numbered(revision, &TransactionV1 { kind: commit(names), at: at.to_string(), summary: "merge".into(), edits })
}

fn commit(names: Vec<Readable>) -> KindV1 {
    if names.is_empty() { KindV1::Commit } else { KindV1::Merge(names) }
}

/// The line that records what became of the annotations when the text changed; a header belongs before it.
pub(in crate::store) fn reanchoring(
    revision: u64,
    at: Timestamp,
    summary: &str,
    edits: Vec<EditV1>,
) -> Result<String, ron::Error> {
    numbered(revision, &TransactionV1 { kind: KindV1::Reanchor, at: at.to_string(), summary: summary.into(), edits })
}

fn numbered(revision: u64, transaction: &TransactionV1) -> Result<String, ron::Error> {
    Ok(sealed(revision, &line(transaction)?))
}

fn sealed(revision: u64, ron: &str) -> String {
    let revision = revision.to_string();
    format!("{revision} {} {ron}\n", checksum(&revision, ron))
}
