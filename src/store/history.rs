//! The history: transactions as lines, appended and never rewritten.
//!
//! The first line is a header with the format and the text's digest. Every other line is one transaction,
//! `<revision> <crc32> <RON>`: the checksum, eight hexadecimal digits over the RON's bytes, tells a line that a crash left
//! unfinished from one that somebody mistyped.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::StoreError;
use super::format::{DocumentV1, EditV1, FORMAT, Misfit, Readable, line};
use crate::document::{Digest, Document};
use crate::session::{Kind, Transaction};
use crate::text::Text;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "History")]
struct HeaderV1 {
    format: u32,
    document: DocumentV1,
    annotator: Readable,
}

/// A transaction as a line states it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Transaction")]
pub(super) struct TransactionV1 {
    kind: KindV1,
    at: String,
    summary: Readable,
    pub(super) edits: Vec<EditV1>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename = "Kind")]
enum KindV1 {
    Commit,
    Undo(u64),
    Redo(u64),
}

/// The header line of a history about `document`.
pub(super) fn header(document: &Document, digest: &Digest, annotator: &str) -> Result<String, ron::Error> {
    let document = DocumentV1 {
        path: document.id.as_str().into(),
        sha256: digest.as_str().into(),
        code_points: document.text.code_point_count(),
    };
    Ok(line(&HeaderV1 { format: FORMAT, document, annotator: annotator.into() })? + "\n")
}

/// The line that records `transaction`.
pub(super) fn record(transaction: &Transaction, text: &Text) -> Result<String, ron::Error> {
    let kind = match transaction.kind {
        Kind::Commit => KindV1::Commit,
        Kind::Undo(revision) => KindV1::Undo(revision),
        Kind::Redo(revision) => KindV1::Redo(revision),
    };
    let ron = line(&TransactionV1 {
        kind,
        at: transaction.at.to_string(),
        summary: transaction.summary.as_str().into(),
        edits: transaction.edits.iter().map(|edit| EditV1::of(edit, text)).collect(),
    })?;
    Ok(format!("{} {:08x} {ron}\n", transaction.revision, crc32fast::hash(ron.as_bytes())))
}

/// A history as its file states it.
#[derive(Debug, Default)]
pub(super) struct Stated {
    /// The digest of the text it is about; none when the file holds no whole line.
    pub(super) digest: Option<Digest>,
    /// The transactions, revisions ascending, each with the number of its line.
    pub(super) transactions: Vec<(usize, u64, TransactionV1)>,
    /// The bytes up to the end of the last good line.
    pub(super) good: usize,
}

/// Reads a history from the bytes of the file at `path`.
///
/// What a crash can leave is set aside: a last line that is not whole. Any other bad line is an error that names it.
pub(super) fn parse(bytes: &[u8], path: &Path) -> Result<Stated, StoreError> {
    let mut stated = Stated::default();
    for (number, bytes_of_line) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        let end = stated.good + bytes_of_line.len();
        let fault = match understand(bytes_of_line, number, &mut stated) {
            Ok(()) => {
                stated.good = end;
                continue;
            }
            Err(Fault::Newer(found)) => return Err(StoreError::Newer { path: path.to_owned(), found }),
            Err(Fault::Bad(message)) => message,
        };
        if end == bytes.len() {
            break;
        }
        return Err(StoreError::History { path: path.to_owned(), line: number, message: fault });
    }
    Ok(stated)
}

enum Fault {
    Newer(u32),
    Bad(String),
}

/// Takes one line with its line end into `stated`, or says what is wrong with it.
fn understand(bytes: &[u8], number: usize, stated: &mut Stated) -> Result<(), Fault> {
    let bad = |message: &str| Fault::Bad(message.to_owned());
    let bytes = bytes.strip_suffix(b"\n").ok_or_else(|| bad("the line is not whole"))?;
    let content = std::str::from_utf8(bytes).map_err(|error| Fault::Bad(format!("the line is not UTF-8: {error}")))?;
    if number == 1 {
        let header: HeaderV1 =
            ron::from_str(content).map_err(|error| Fault::Bad(format!("expected the header of a history: {error}")))?;
        if header.format > FORMAT {
            return Err(Fault::Newer(header.format));
        }
        stated.digest = Some(Digest::stated(header.document.sha256));
        return Ok(());
    }
    let mut parts = content.splitn(3, ' ');
    let (Some(revision), Some(crc), Some(ron)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(bad("expected `<revision> <crc32> <transaction>`"));
    };
    let revision: u64 =
        revision.parse().map_err(|error| Fault::Bad(format!("expected the number of a revision: {error}")))?;
    let last = stated.transactions.last().map_or(0, |(_, last, _)| *last);
    if revision <= last {
        return Err(Fault::Bad(format!("expected a revision above {last}, found {revision}")));
    }
    let actual = format!("{:08x}", crc32fast::hash(ron.as_bytes()));
    if crc != actual {
        return Err(Fault::Bad(format!("the checksum is {crc}, but the line's content has {actual}")));
    }
    let transaction = ron::from_str(ron).map_err(|error| Fault::Bad(error.to_string()))?;
    stated.transactions.push((number, revision, transaction));
    Ok(())
}

impl TransactionV1 {
    /// The transaction on `text`, or why it does not stand there.
    pub(super) fn into_transaction(self, revision: u64, text: &Text) -> Result<Transaction, String> {
        let at = self.at.parse().map_err(|error: jiff::Error| error.to_string())?;
        let kind = match self.kind {
            KindV1::Commit => Kind::Commit,
            KindV1::Undo(revision) => Kind::Undo(revision),
            KindV1::Redo(revision) => Kind::Redo(revision),
        };
        let edits: Result<_, Misfit> = self.edits.into_iter().map(|edit| edit.into_edit(text)).collect();
        let edits = edits.map_err(|misfit| misfit.to_string())?;
        Ok(Transaction { revision, kind, at, summary: self.summary.into(), edits })
    }
}
