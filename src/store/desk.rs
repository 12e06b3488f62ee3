//! Opening a document for work: lock → snapshot → the history's lines beyond it; then recording and saving.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::corpus::{Files, utf8};
use super::format::{AnnotationV1, EditV1, SpeakerV1, StatusV1};
use super::lock::{Asked, Lock};
use super::{AnnotatorName, Corpus, Snapshot, StoreError, atomic, history, snapshot};
use crate::annotation::{AnnotationId, AnnotationSet, Edit};
use crate::document::{Digest, Document};
use crate::schema::Schema;
use crate::session::{History, Session, Transaction};
use crate::text::Text;

/// An annotator's file as it was found.
#[derive(Debug)]
pub struct Reading {
    /// The annotations that stand on the text, and the history that led to them.
    pub session: Session,
    /// The digest of the text.
    pub digest: Digest,
    /// Annotations whose words the text does not hold where they should be. They stay in the file.
    pub strays: Vec<Stray>,
    /// Whether the text is another than the one that was annotated.
    pub changed: bool,
    /// The revision that the snapshot on disk holds; none without a snapshot.
    saved: Option<u64>,
    /// The length of the history's good lines, and of the whole file.
    history: Option<(usize, usize)>,
}

/// An annotation that does not stand on the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// Its number in the file.
    pub id: AnnotationId,
    /// Its layer and label.
    pub title: String,
    /// Where the file says it starts, in code points.
    pub start: Option<usize>,
    /// The words it was made for.
    pub quote: String,
    /// Why it does not stand.
    pub reason: String,
}

/// A document opened for work.
#[derive(Debug)]
pub struct Opening {
    /// What was found.
    pub reading: Reading,
    /// Where to record, or why nothing may be changed.
    pub desk: Result<Desk, String>,
    /// What the annotator should be told.
    pub notices: Vec<String>,
}

/// The right and the means to record what an annotator does to one document.
#[derive(Debug)]
pub struct Desk {
    document: Document,
    digest: Digest,
    annotator: AnnotatorName,
    schema: (String, u32),
    files: Files,
    /// The history and the length of its good lines; made by the first transaction.
    history: Option<(Arc<File>, u64)>,
    saved: u64,
    /// Held for its end.
    _lock: Lock,
}

/// Work for a thread that may wait for the disk.
#[derive(Debug)]
pub enum Job {
    /// Makes the history durable.
    Sync {
        /// The history.
        file: Arc<File>,
        /// Its path.
        path: PathBuf,
        /// The last revision in it.
        revision: u64,
    },
    /// Replaces the snapshot.
    Save {
        /// What it is to hold.
        snapshot: Box<Snapshot>,
        /// Where it goes.
        path: PathBuf,
    },
}

/// What a [`Job`] achieved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The history is on disk up to this revision.
    Synced(u64),
    /// The snapshot holds this revision.
    Saved(u64),
}

impl Job {
    /// Does it, waiting for the disk.
    pub fn run(self) -> Result<Kept, StoreError> {
        match self {
            Self::Sync { file, path, revision } => {
                file.sync_data().map_err(StoreError::io(&path, "sync it"))?;
                atomic::sync_directory(path.parent().unwrap_or(Path::new(".")))?;
                Ok(Kept::Synced(revision))
            }
            Self::Save { snapshot, path } => {
                atomic::write_whole(&path, |out| snapshot.write(out))?;
                Ok(Kept::Saved(snapshot.revision))
            }
        }
    }
}

/// Reads what `annotator` says about `document`, or nothing when there is no file.
pub fn read(
    corpus: &Corpus,
    document: &Document,
    digest: &Digest,
    annotator: &AnnotatorName,
) -> Result<Option<Reading>, StoreError> {
    let files = corpus.files(&document.id, annotator);
    let reading = load(&files, document, digest)?;
    Ok((reading.saved.is_some() || reading.history.is_some()).then_some(reading))
}

/// Opens `document` for `annotator` to work on.
///
/// Nothing may be changed when another program works on it, when its directory cannot be written, when the text is not the
/// one that was annotated, or when `read_only` asks for that. Nothing is left on disk until something is recorded.
pub fn open(
    corpus: &Corpus,
    document: &Document,
    annotator: &AnnotatorName,
    schema: &Schema,
    read_only: bool,
) -> Result<Opening, StoreError> {
    let files = corpus.files(&document.id, annotator);
    let digest = Digest::of(&document.text);
    let lock = if read_only { Err("opened with --read-only".to_owned()) } else { lock(corpus, annotator, &files)? };
    let reading = load(&files, document, &digest)?;
    let mut notices = Vec::new();
    let lock = match refusal(&reading, document) {
        Some(reason) => Err(reason),
        None => lock,
    };
    let desk = match lock {
        Err(reason) => Err(reason),
        Ok(lock) => {
            let history = resume_history(&files, reading.history, &mut notices)?;
            Ok(Desk {
                document: document.clone(),
                digest,
                annotator: annotator.clone(),
                schema: Snapshot::citation(schema),
                files,
                history,
                saved: reading.saved.unwrap_or(0),
                _lock: lock,
            })
        }
    };
    Ok(Opening { reading, desk, notices })
}

/// The lock, or why there is none to be had.
fn lock(corpus: &Corpus, annotator: &AnnotatorName, files: &Files) -> Result<Result<Lock, String>, StoreError> {
    corpus.admit(annotator)?;
    Ok(match Lock::ask(&files.lock) {
        Ok(Asked::Ours(lock)) => Ok(lock),
        Ok(Asked::Theirs(holder)) => Err(format!("{holder} is working on it as {annotator}")),
        Err(error) => Err(error.to_string()),
    })
}

/// Why annotations read so must not be added to.
fn refusal(reading: &Reading, document: &Document) -> Option<String> {
    let (kept, strays) = (reading.session.set().len(), reading.strays.len());
    if reading.changed {
        Some(format!(
            "{} is not the text that was annotated: {kept} annotations still match it, {strays} do not",
            document.id
        ))
    } else if strays > 0 {
        Some(format!("{strays} annotations do not match the text"))
    } else {
        None
    }
}

/// The history for appending; bytes that a crash left behind its last good line are set aside first.
fn resume_history(
    files: &Files,
    lengths: Option<(usize, usize)>,
    notices: &mut Vec<String>,
) -> Result<Option<(Arc<File>, u64)>, StoreError> {
    let Some((good, all)) = lengths else { return Ok(None) };
    let path = &files.history;
    let file = OpenOptions::new().read(true).append(true).open(path).map_err(StoreError::io(path, "write it"))?;
    if good < all {
        let bytes = fs::read(path).map_err(StoreError::io(path, "read it"))?;
        let mut torn = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&files.torn)
            .map_err(StoreError::io(&files.torn, "write it"))?;
        torn.write_all(&bytes[good..]).map_err(StoreError::io(&files.torn, "write it"))?;
        torn.sync_data().map_err(StoreError::io(&files.torn, "sync it"))?;
        file.set_len(good as u64).map_err(StoreError::io(path, "cut it"))?;
        notices.push(format!(
            "the history ended in an unfinished line of {} bytes, set aside in {}",
            all - good,
            files.torn.file_name().unwrap_or_default().to_string_lossy()
        ));
    }
    Ok((good > 0).then(|| (Arc::new(file), good as u64)))
}

/// Reads the files and holds every span against the text.
fn load(files: &Files, document: &Document, digest: &Digest) -> Result<Reading, StoreError> {
    let stated = match read_if_there(&files.snapshot)? {
        Some(bytes) => Some(snapshot::parse(&utf8(bytes, &files.snapshot)?, &files.snapshot)?),
        None => None,
    };
    let bytes = read_if_there(&files.history)?;
    let lines = history::parse(bytes.as_deref().unwrap_or_default(), &files.history)?;
    let saved = stated.as_ref().map(|stated| stated.revision);
    let own = |stated: &Digest| stated == digest;
    let of_snapshot = stated.as_ref().map(|stated| Digest::stated(stated.document.sha256.as_str()));
    let changed = !(of_snapshot.as_ref().is_none_or(own) && lines.digest.as_ref().is_none_or(own));
    let first = lines.transactions.first().map_or(1, |(_, revision, _)| *revision);
    if first > saved.unwrap_or(0) + 1 {
        let message = format!("the history begins with revision {first}, and there is no snapshot of what came before");
        return Err(StoreError::History { path: files.history.clone(), line: 2, message });
    }
    let history = bytes.map(|bytes| (lines.good, bytes.len()));
    let mut work = Work::of(stated);
    let (session, strays) = if changed {
        for (_, revision, transaction) in lines.transactions {
            if revision > work.revision {
                work.follow(revision, transaction.edits);
            }
        }
        let mut history = History::default();
        history.skip_to(work.revision);
        let (set, strays) = work.place(&document.text);
        (Session::resume(set, history), strays)
    } else {
        let revision = work.revision;
        let (set, strays) = work.place(&document.text);
        (replay(set, revision, lines, &document.text, &files.history)?, strays)
    };
    Ok(Reading { session, digest: digest.clone(), strays, changed, saved, history })
}

/// The session of `set`, which holds everything up to `revision`, with the history's lines beyond it.
fn replay(
    mut set: AnnotationSet,
    revision: u64,
    lines: history::Stated,
    text: &Text,
    path: &Path,
) -> Result<Session, StoreError> {
    let mut history = History::default();
    for (line, own, stated) in lines.transactions {
        let fault = |message| StoreError::History { path: path.to_owned(), line, message };
        let transaction = stated.into_transaction(own, text).map_err(fault)?;
        if own > revision {
            let fit = set.apply_all(&transaction.edits);
            fit.map_err(|error| fault(format!("the transaction does not fit what came before: {error}")))?;
        }
        history.push(transaction);
    }
    history.skip_to(revision);
    Ok(Session::resume(set, history))
}

fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(path, "read it")(error)),
    }
}

/// Annotations as files state them, in code points of the text they were made on, which may not be the one at hand.
#[derive(Default)]
struct Work {
    revision: u64,
    status: StatusV1,
    speakers: BTreeMap<u32, SpeakerV1>,
    annotations: BTreeMap<u32, AnnotationV1>,
}

impl Work {
    fn of(stated: Option<snapshot::Stated>) -> Self {
        stated.map_or_else(Self::default, |stated| Self {
            revision: stated.revision,
            status: stated.status,
            speakers: stated.speakers.into_iter().map(|speaker| (speaker.id, speaker)).collect(),
            annotations: stated.annotations.into_iter().map(|own| (own.id, own)).collect(),
        })
    }

    /// Does a transaction without asking whether it fits: the text it was made on is gone.
    fn follow(&mut self, revision: u64, edits: Vec<EditV1>) {
        self.revision = revision;
        for edit in edits {
            match edit {
                EditV1::Insert(own) | EditV1::Replace { after: own, .. } => {
                    self.annotations.insert(own.id, own);
                }
                EditV1::Remove(own) => {
                    self.annotations.remove(&own.id);
                }
                EditV1::Speaker { before, after } => {
                    for speaker in before {
                        self.speakers.remove(&speaker.id);
                    }
                    self.speakers.extend(after.into_iter().map(|speaker| (speaker.id, speaker)));
                }
                EditV1::Status { after, .. } => self.status = after,
            }
        }
    }

    /// What of it stands on `text`, and what does not.
    fn place(self, text: &Text) -> (AnnotationSet, Vec<Stray>) {
        let mut set = AnnotationSet::default();
        let mut strays = Vec::new();
        let mut edits: Vec<Edit> = Vec::new();
        for speaker in self.speakers.into_values() {
            edits.push(Edit::Speaker { before: None, after: Some(speaker.into()) });
        }
        edits.push(Edit::Status { before: set.status(), after: self.status.into() });
        for stated in self.annotations.into_values() {
            let (id, title) = (AnnotationId(stated.id), stated.title());
            let (start, quote) = (stated.start(), stated.quote());
            match stated.into_annotation(text) {
                Ok(annotation) => edits.push(Edit::Insert(annotation)),
                Err(misfit) => strays.push(Stray { id, title, start, quote, reason: misfit.to_string() }),
            }
        }
        for edit in &edits {
            let fits = set.apply(edit);
            debug_assert!(fits.is_ok(), "ids from a map differ");
        }
        (set, strays)
    }
}

impl Desk {
    /// Appends `transaction` to the history. It is handed to the system, not yet forced to disk: see [`Desk::sync`].
    ///
    /// When that fails, the history is as it was before.
    pub fn record(&mut self, transaction: &Transaction) -> Result<(), StoreError> {
        let path = &self.files.history;
        let failed = |error: std::io::Error| StoreError::io(path, "record in it")(error);
        let unwritable = |error: ron::Error| failed(std::io::Error::other(error));
        let (file, length) = if let Some((file, length)) = &self.history {
            (Arc::clone(file), *length)
        } else {
            let file = OpenOptions::new().read(true).append(true).create(true).open(path).map_err(failed)?;
            (Arc::new(file), 0)
        };
        let mut lines = String::new();
        if length == 0 {
            lines += &history::header(&self.document, &self.digest, self.annotator.as_str()).map_err(unwritable)?;
        }
        lines += &history::record(transaction, &self.document.text).map_err(unwritable)?;
        if let Err(error) = (&*file).write_all(lines.as_bytes()) {
            let cut = file.set_len(length);
            return Err(failed(cut.err().unwrap_or(error)));
        }
        self.history = Some((file, length + lines.len() as u64));
        Ok(())
    }

    /// The work of making everything recorded up to `revision` durable, if anything is recorded.
    pub fn sync(&self, revision: u64) -> Option<Job> {
        let (file, _) = self.history.as_ref()?;
        Some(Job::Sync { file: Arc::clone(file), path: self.files.history.clone(), revision })
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
            }),
            path: self.files.snapshot.clone(),
        })
    }

    /// Takes note that the snapshot on disk holds `revision`.
    pub fn note_saved(&mut self, revision: u64) {
        self.saved = self.saved.max(revision);
    }
}
