//! Recording and saving what an annotator does.

use std::path::{Path, PathBuf};

use super::corpus::Files;
use super::format::AnnotationV1;
use super::job::Saved;
use super::lock::{Asked, Lock};
use super::seen::Seen;
use super::tail::{Appended, Tail};
use super::{AnnotatorName, Corpus, Job, Snapshot, StoreError, history, write_whole};
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
    pub(super) tail: Tail,
    /// Lines that could not be appended yet.
    pub(super) pending: String,
    /// The revision that the snapshot on disk holds.
    pub(super) saved: u64,
    /// The snapshot on disk.
    pub(super) seen: Seen,
    /// The annotations that wait for a place; every snapshot keeps them.
    pub(super) strays: Vec<AnnotationV1>,
    /// Held for its end.
    pub(super) lock: Lock,
}

/// Recording.
impl Desk {
    /// Appends `transaction` to the history. It is handed to the system, not yet forced to disk: see [`Desk::sync`].
    ///
    /// When that fails, the history is as it was before; the transaction is kept for [`Desk::catch_up`].
    pub fn record(&mut self, transaction: &Transaction) -> Result<Option<String>, StoreError> {
        let line = history::record(transaction, &self.document.text);
        self.pending += &line.map_err(self.unwritable())?;
        self.catch_up()
    }

    /// Appends what could not be recorded before. Where the file was taken away or cut, or the disk did not take it, all of it is
    /// written anew, and that is told.
    ///
    /// # Errors
    ///
    /// When that does not work either; when another program has begun to work on it, or has put another history there
    /// ([`StoreError::Overtaken`]).
    pub fn catch_up(&mut self) -> Result<Option<String>, StoreError> {
        if !self.is_behind() {
            return Ok(None);
        }
        self.hold_lock()?;
        let mut lines = String::new();
        if self.tail.is_empty() {
            let header = history::header(&self.document, &self.digest, self.annotator.as_str());
            lines += &header.map_err(self.unwritable())?;
        }
        lines += &self.pending;
        let appended = self.tail.append(&lines)?;
        self.pending.clear();
        let name = self.files.history.file_name().unwrap_or_default().to_string_lossy();
        Ok(match appended {
            Appended::Behind => None,
            Appended::Anew => Some(format!("{name} was not what it had been: the whole history was written anew")),
        })
    }

    /// Whether something is still to be recorded.
    pub fn is_behind(&self) -> bool {
        !self.pending.is_empty() || !self.tail.is_trusted()
    }

    /// Takes note that the disk did not take what was recorded.
    pub fn note_unsynced(&mut self) {
        self.tail.distrust();
    }

    /// The work of making everything recorded up to `revision` durable, if anything is recorded.
    pub fn sync(&self, revision: u64) -> Option<Job> {
        let file = self.tail.file()?;
        Some(Job::Sync { file, path: self.files.history.clone(), root: self.corpus.root().to_owned(), revision })
    }

    /// Takes the lock again when somebody removed its file.
    fn hold_lock(&mut self) -> Result<(), StoreError> {
        if self.lock.is_held() {
            return Ok(());
        }
        match Lock::ask(&self.files.lock)? {
            Asked::Ours(lock) => {
                self.lock = lock;
                Ok(())
            }
            Asked::Theirs(holder) => {
                let message = format!("{holder} works on it now");
                Err(StoreError::Refused { path: self.files.history.clone(), message })
            }
        }
    }

    fn unwritable(&self) -> impl FnOnce(ron::Error) -> StoreError {
        let path = self.files.history.clone();
        move |error| StoreError::io(&path, "record in it")(std::io::Error::other(error))
    }
}

/// Saving.
impl Desk {
    /// The work of writing the snapshot of `session`, unless the one on disk holds the same.
    pub fn save(&self, session: &Session) -> Option<Job> {
        (session.revision() > self.saved).then(|| Job::Save {
            snapshot: Box::new(self.snapshot(session)),
            path: self.files.snapshot.clone(),
            seen: self.seen.clone(),
        })
    }

    /// Takes note of a snapshot that was written.
    pub fn note_saved(&mut self, saved: Saved) {
        self.saved = self.saved.max(saved.revision);
        self.seen = saved.seen;
    }

    /// Writes snapshot and history, whole, to another place: a directory, or the name of the snapshot, which ends in `.ron`. Nothing
    /// is replaced. Returns where the snapshot is.
    pub fn save_elsewhere(&self, session: &Session, place: &Path) -> Result<PathBuf, StoreError> {
        let is_name = place.extension().is_some_and(|end| end == "ron") && !place.is_dir();
        let name = self.files.snapshot.file_name().unwrap_or_default();
        let snapshot = if is_name { place.to_owned() } else { place.join(name) };
        let history = snapshot.with_extension("history");
        if let Some(there) = [&snapshot, &history].into_iter().find(|path| path.symlink_metadata().is_ok()) {
            let message = "it is there already; name another place".to_owned();
            return Err(StoreError::Refused { path: there.clone(), message });
        }
        let directory = snapshot.parent().unwrap_or(place);
        std::fs::create_dir_all(directory).map_err(StoreError::io(directory, "make it"))?;
        let [found, own] = self.tail.content();
        let header = if self.tail.is_empty() {
            history::header(&self.document, &self.digest, self.annotator.as_str()).map_err(self.unwritable())?
        } else {
            String::new()
        };
        let parts = [found, own, header.as_bytes(), self.pending.as_bytes()];
        write_whole(&history, |out| parts.iter().try_for_each(|part| out.write_all(part)))?;
        let whole = self.snapshot(session);
        write_whole(&snapshot, |out| whole.write(out))?;
        Ok(snapshot)
    }

    fn snapshot(&self, session: &Session) -> Snapshot {
        Snapshot {
            document: self.document.clone(),
            digest: self.digest.clone(),
            annotator: self.annotator.as_str().to_owned(),
            revision: session.revision(),
            schema: self.schema.clone(),
            set: session.set().clone(),
            strays: self.strays.clone(),
        }
    }
}
