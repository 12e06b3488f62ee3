//! Opening a document for work: lock → snapshot → the history's lines beyond it.

use std::sync::Arc;

use super::corpus::Files;
use super::lock::{Asked, Lock};
use super::reading::load;
use super::rival::Offer;
use super::tail::Tail;
use super::{AnnotatorName, Corpus, Desk, Reading, Snapshot, StoreError};
use crate::document::{Digest, Document};
use crate::schema::Schema;
use crate::session::Rival;

/// A document opened for work.
#[derive(Debug)]
pub struct Opening {
    /// What was found.
    pub reading: Reading,
    /// Where to record, or why nothing may be changed.
    pub desk: Result<Desk, String>,
    /// What the annotator should be told.
    pub notices: Vec<String>,
    /// Another version of the annotations, to be decided on.
    pub rival: Option<Rival>,
}

/// Opens `document` for `annotator` to work on.
///
/// Nothing may be changed when another program works on it, when its files cannot be written, when the text is not the
/// one that was annotated, or when `read_only` asks for that. Nothing is left on disk until something is recorded.
///
/// # Errors
///
/// When the files are there and cannot be understood, or when the annotator's name clashes with another's.
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
    let mut reading = load(&files, document, &digest, true)?;
    let mut notices = Vec::new();
    let desk = match (refusal(&reading, document), lock) {
        (Some(reason), _) | (None, Err(reason)) => Err(reason),
        (None, Ok(lock)) => resume(&files, &reading, &mut notices).map(|tail| Desk {
            corpus: corpus.clone(),
            document: document.clone(),
            digest,
            annotator: annotator.clone(),
            schema: Snapshot::citation(schema),
            files,
            tail,
            pending: String::new(),
            last: reading.session.revision(),
            saved: reading.saved.unwrap_or(0),
            seen: reading.seen.clone(),
            offer: reading.rival.as_ref().map(|rival| Offer::of_opening(rival, &reading.seen)),
            stale: false,
            strays: reading.waiting.clone(),
            lock,
        }),
    };
    let rival = reading.rival.take();
    Ok(Opening { reading, desk, notices, rival })
}

/// The lock, or why there is none to be had.
pub(super) fn lock(
    corpus: &Corpus,
    annotator: &AnnotatorName,
    files: &Files,
) -> Result<Result<Lock, String>, StoreError> {
    corpus.admit(annotator)?;
    if let Err(error) = files.stay_within() {
        return Ok(Err(error.to_string()));
    }
    Ok(match Lock::ask(&files.lock) {
        Ok(Asked::Ours(lock)) => Ok(lock),
        Ok(Asked::Theirs(holder)) => Err(format!("{holder} is working on it as {annotator}")),
        Err(error) => Err(error.to_string()),
    })
}

/// The history for appending, or why it cannot be written.
fn resume(files: &Files, reading: &Reading, notices: &mut Vec<String>) -> Result<Tail, String> {
    let Some((good, _)) = reading.history else { return Ok(Tail::fresh(files)) };
    let (tail, notice) = Tail::go_on(files, Arc::clone(&reading.bytes), good).map_err(|error| error.to_string())?;
    notices.extend(notice);
    Ok(tail)
}

/// Why annotations read so must not be added to.
fn refusal(reading: &Reading, document: &Document) -> Option<String> {
    let strays = reading.strays.iter().filter(|stray| !stray.is_kept).count();
    let kept = reading.session.set().len();
    let all = kept + strays;
    if reading.changed {
        Some(format!("{} is not the text that was annotated: {kept} of {all} annotations still match it", document.id))
    } else if strays > 0 {
        Some(format!("{strays} of {all} annotations do not match the text"))
    } else {
        None
    }
}
