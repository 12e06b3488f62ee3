//! Opening a document for work: lock → snapshot → the history's lines beyond it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::aside::Ours;
use super::corpus::Files;
use super::desk::ChangeOfText;
use super::format::LAST_TO_GO_ON_FROM;
use super::found::Agreed;
use super::lock::{Asked, Lock, Taken};
use super::reading::load;
use super::reanchor::Start;
use super::rival::Offer;
use super::seen::Seen;
use super::tail::Tail;
use super::{AnnotatorName, Case, Corpus, Desk, Reading, Snapshot, StoreError, reanchor};
use crate::anchor::Placement;
use crate::annotation::AnnotationId;
use crate::check::Allow;
use crate::document::{Digest, Document};
use crate::schema::Schema;
use crate::session::Rival;

/// A document opened for work.
#[derive(Debug)]
pub struct Opening {
    /// The digest of the text.
    pub digest: Digest,
    /// What was found.
    pub reading: Reading,
    /// Where to record, or why nothing may be changed.
    pub desk: Result<Desk, String>,
    /// That another program works on it, if that is why.
    pub taken: Option<Taken>,
    /// What the annotator should be told.
    pub notices: Vec<String>,
    /// What became of each annotation, by id, where the text is another than the one that was annotated, or the file does not say
    /// what stands there, and the file may be changed. Nothing of it is recorded before something else is.
    pub change: Option<Vec<Case>>,
    /// Where the annotations that wait for a place may belong.
    pub places: BTreeMap<AnnotationId, Placement>,
    /// The rules of `check` that the corpus does not follow.
    pub allow: Allow,
    /// Another version of the annotations, to be decided on.
    pub rival: Option<Rival>,
}

/// Opens `document` for `annotator` to work on.
///
/// Nothing may be changed when another program works on it, when its files cannot be written, or when `read_only` asks for that. Nothing is left on disk until something is recorded.
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
    open_from(corpus, document, annotator, schema, read_only, None)
}

/// The same; `old` is the text that was annotated, if it is another and at hand.
pub(super) fn open_from(
    corpus: &Corpus,
    document: &Document,
    annotator: &AnnotatorName,
    schema: &Schema,
    read_only: bool,
    old: Option<&Document>,
) -> Result<Opening, StoreError> {
    let files = corpus.files(&document.id, annotator);
    let digest = Digest::of(&document.text);
    let (lock, taken) = lock(corpus, annotator, &files, read_only)?;
    let mut reading = load(&files, document, &digest, true)?;
    let is_off = reading.changed || reading.strays.iter().any(|stray| !stray.is_kept);
    let changed = if is_off && lock.is_ok() {
        follow(corpus, document, annotator, old, &mut reading)?
    } else {
        Changed::default()
    };
    let Changed { start, cases: change, is_broken, mut notices } = changed;
    let mut places = reanchor::places(corpus, &files, &reading.waiting, old, &document.text)?;
    places.extend(change.iter().flatten().map(|case| (case.id, case.placement.clone())));
    let saved = if change.is_some() { reading.session.revision() } else { saved(&reading) };
    let begin = reading.begin.take();
    notices.extend(lock.as_ref().ok().and_then(|_| Ours::left(&files)));
    let mut desk = match (refusal(&reading, document), lock) {
        (Some(reason), Err(_)) if read_only => Err(reason),
        (_, Err(reason)) | (Some(reason), Ok(_)) => Err(reason),
        (None, Ok(lock)) => resume(&files, &reading, &mut notices).map(|tail| Desk {
            corpus: corpus.clone(),
            document: document.clone(),
            digest: digest.clone(),
            annotator: annotator.clone(),
            schema: Snapshot::citation(schema),
            files,
            tail,
            begin,
            start,
            names: reading.taken.clone(),
            taken: if reading.rival.is_none() { reading.names_beside.clone() } else { Vec::new() },
            pending: String::new(),
            last: reading.session.revision(),
            saved,
            seen: reading.seen.clone(),
            is_broken,
            offer: reading.rival.as_ref().map(|rival| Offer::of_opening(rival, &reading)),
            aside: None,
            stale: false,
            transcript: Seen::of(document.text.as_str().as_bytes()),
            transcript_told: false,
            lock,
        }),
    };
    notices.extend(desk.iter_mut().flat_map(|desk| record_merge(desk, &reading)));
    let allow = corpus.allow();
    notices.extend(allow.as_ref().err().map(ToString::to_string));
    notices.extend(corpus.blank_schema());
    let (allow, rival) = (allow.unwrap_or_default(), reading.rival.take());
    Ok(Opening { digest, reading, desk, taken, notices, change, places, allow, rival })
}

/// How a text is gone on with that changed, or of which the file does not say what stands there.
#[derive(Debug, Default)]
struct Changed {
    start: Option<ChangeOfText>,
    /// What became of each annotation.
    cases: Option<Vec<Case>>,
    /// Whether the snapshot cannot be read.
    is_broken: bool,
    /// What there is to tell.
    notices: Vec<String>,
}

/// Has what was found follow such a text.
fn follow(
    corpus: &Corpus,
    document: &Document,
    annotator: &AnnotatorName,
    old: Option<&Document>,
    reading: &mut Reading,
) -> Result<Changed, StoreError> {
    let Start { session, strays, cases, edits, agreed, merged } = reanchor::start(corpus, document, annotator, old)?;
    let Agreed { edits: agreed, conflicts, names, is_broken } = agreed;
    // What is a transaction of its own says itself what it takes in.
    let (names, by_itself) = if merged.is_some() { (Vec::new(), names) } else { (names, Vec::new()) };
    (reading.session, reading.strays, reading.changed) = (session, strays, false);
    (reading.merged, reading.names_beside) = (merged, by_itself);
    Ok(Changed {
        start: Some(ChangeOfText { agreed, names, edits }),
        cases: Some(cases),
        is_broken,
        notices: conflicts.iter().map(|conflict| format!("conflict: {conflict}")).collect(),
    })
}

/// Records what a merge elsewhere made of the history, if one did; returns what there is to tell.
fn record_merge(desk: &mut Desk, reading: &Reading) -> Vec<String> {
    let Some(merged) = &reading.merged else { return Vec::new() };
    let recorded = desk.record(&merged.transaction).unwrap_or_else(|error| Some(error.to_string()));
    recorded.into_iter().chain(merged.told(reading.session.set())).collect()
}

/// The revision of ours that the snapshot holds: a number that somebody else gave is none.
fn saved(reading: &Reading) -> u64 {
    let is_ours = reading.rival.is_none() && reading.merged.is_none();
    reading.saved.filter(|_| is_ours).unwrap_or(0)
}

/// The lock, or why there is none to be had; and that another program has it, if that is why.
fn lock(
    corpus: &Corpus,
    annotator: &AnnotatorName,
    files: &Files,
    read_only: bool,
) -> Result<(Result<Lock, String>, Option<Taken>), StoreError> {
    if read_only {
        return Ok((Err("opened with --read-only".to_owned()), None));
    }
    corpus.admit(annotator)?;
    if let Err(error) = files.stay_within() {
        return Ok((Err(error.to_string()), None));
    }
    Ok(match Lock::ask(&files.lock) {
        Ok(Asked::Ours(lock)) => (Ok(lock), None),
        Ok(Asked::Theirs(holder)) => {
            (Err(format!("{holder} is working on it as {annotator}")), Some(Taken::at(&files.lock)))
        }
        Err(error) => (Err(error.to_string()), None),
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
    } else if reading.session.revision() > LAST_TO_GO_ON_FROM {
        Some(format!("its revision is {}, and there are none to go on to", reading.session.revision()))
    } else {
        None
    }
}
