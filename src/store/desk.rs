//! Recording and saving what an annotator does.

use super::corpus::Files;
use super::format::AnnotationV1;
use super::lock::Lock;
use super::tail::Tail;
use super::{AnnotatorName, Corpus, Job, Snapshot, StoreError, history};
use crate::document::{Digest, Document};
use crate::session::{Session, Transaction};

/// The right and the means to record what an annotator does to one document.
#[derive(Debug)]
pub struct Desk {
    pub(super) corpus: Corpus,
    pub(super) document: Document,
    pub(super) digest: Digest,
    pub(super) annotator: AnnotatorName,
    pub(super) schema: (String, u32),
    pub(super) files: Files,
    /// The history; made by the first transaction.
    pub(super) tail: Option<Tail>,
    /// The revision that the snapshot on disk holds.
    pub(super) saved: u64,
    /// The annotations that wait for a place; every snapshot keeps them.
    pub(super) strays: Vec<AnnotationV1>,
    /// Held for its end.
    pub(super) _lock: Lock,
}

impl Desk {
    /// Appends `transaction` to the history. It is handed to the system, not yet forced to disk: see [`Desk::sync`].
    ///
    /// When that fails, the history is as it was before, and the same transaction may be tried again.
    pub fn record(&mut self, transaction: &Transaction) -> Result<(), StoreError> {
        let path = &self.files.history;
        let unwritable = |error| StoreError::io(path, "record in it")(std::io::Error::other::<ron::Error>(error));
        let mut lines = String::new();
        if self.tail.as_ref().is_none_or(Tail::is_empty) {
            lines += &history::header(&self.document, &self.digest, self.annotator.as_str()).map_err(unwritable)?;
        }
        lines += &history::record(transaction, &self.document.text).map_err(unwritable)?;
        let tail = match &mut self.tail {
            Some(tail) => tail,
            none => none.insert(Tail::create(&self.files)?),
        };
        tail.append(&lines)
    }

    /// The work of making everything recorded up to `revision` durable, if anything is recorded.
    pub fn sync(&self, revision: u64) -> Option<Job> {
        let file = self.tail.as_ref()?.file();
        Some(Job::Sync { file, path: self.files.history.clone(), root: self.corpus.root().to_owned(), revision })
    }

    /// The work of writing the snapshot of `session`, unless the one on disk holds the same.
    pub fn save(&self, session: &Session) -> Option<Job> {
        (session.revision() > self.saved).then(|| Job::Save {
            snapshot: Box::new(Snapshot {
                document: self.document.clone(),
                digest: self.digest.clone(),
                annotator: self.annotator.as_str().to_owned(),
                revision: session.revision(),
                schema: self.schema.clone(),
                set: session.set().clone(),
                strays: self.strays.clone(),
            }),
            path: self.files.snapshot.clone(),
        })
    }

    /// Takes note that the snapshot on disk holds `revision`.
    pub fn note_saved(&mut self, revision: u64) {
        self.saved = self.saved.max(revision);
    }
}
