//! What an annotator's files say, held against the text.

use std::io;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::archive::Lines;
use super::corpus::Files;
use super::elsewhere::Brought;
use super::format::{AnnotationV1, Readable};
use super::found::{Found, find};
use super::seen::Seen;
use super::{AnnotatorName, Corpus, StoreError, history};
use crate::annotation::{AnnotationId, AnnotationSet};
use crate::document::{Digest, Document};
use crate::session::{History, Rival, Session};
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
    pub(super) saved: Option<u64>,
    /// The snapshot as it was found.
    pub(super) seen: Seen,
    /// What the snapshot says, where it is not what the history led to.
    pub(super) rival: Option<Rival>,
    /// What a merge elsewhere made of the history, in the session and not yet recorded.
    pub(super) merged: Option<Brought>,
    /// The checksums of lines in other histories that the history took in at once, the latest first.
    pub(super) taken: Vec<Vec<Readable>>,
    /// Those that the snapshot beside it goes back to, where that says something else.
    pub(super) names_beside: Vec<Readable>,
    /// The lines with which a history begins of a snapshot that stands there alone.
    pub(super) begin: Option<String>,
    /// The annotations that wait for a place since the text changed.
    pub(super) waiting: Vec<AnnotationV1>,
    /// The length of the history's good lines, and of the whole file.
    pub(super) history: Option<(usize, usize)>,
    /// The history as it was read.
    pub(super) bytes: Arc<Vec<u8>>,
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
    /// Whether the file itself says so: it was set aside when the text changed, and saving keeps it.
    pub is_kept: bool,
}

/// Reads what `annotator` says about `document`, or nothing when there is no file.
pub fn read(
    corpus: &Corpus,
    document: &Document,
    digest: &Digest,
    annotator: &AnnotatorName,
) -> Result<Option<Reading>, StoreError> {
    let reading = load(&corpus.files(&document.id, annotator), document, digest, false)?;
    Ok((reading.saved.is_some() || reading.history.is_some()).then_some(reading))
}

/// Reads the files and holds every span against the text.
///
/// As long as everything stands, the history is replayed and can be undone. Otherwise its lines are followed without
/// being understood, for some of the words they speak of are gone: what stands can be looked at, and that is all.
///
/// Where the snapshot is none of the history's, whoever only looks (`!asks`) is shown the snapshot. Else the history is gone on with, by what
/// a merge elsewhere made of it or by what somebody decides.
pub(super) fn load(files: &Files, document: &Document, digest: &Digest, asks: bool) -> Result<Reading, StoreError> {
    let found = find(files)?;
    let mut found = if asks { found } else { found.shown()? };
    let text = &document.text;
    let changed = found.is_elsewhere() || found.texts.iter().any(|text| text != digest);
    let is_off = changed || !found.work.stands_on(text);
    let (saved, seen, history, bytes) = (found.saved, found.seen.clone(), found.history, Arc::clone(&found.bytes));
    let (mut rival, mut merged, mut misfits) = (None, None, Vec::new());
    let taken = found.taken.clone();
    let names_beside = found.beside.as_ref().map_or_else(Vec::new, |beside| beside.names().to_vec());
    let begin = if asks { found.begin(written_at(files)).transpose() } else { Ok(None) };
    let begin = begin.map_err(|error| StoreError::io(&files.history, "begin it")(io::Error::other(error)))?;
    let session = if is_off {
        if found.follow_elsewhere().is_none() {
            found.agree(files)?;
        }
        let mut history = History::default();
        history.skip_to(found.work.revision());
        let (set, strays) = found.work.place(text);
        misfits.extend(strays.into_iter().filter(|stray| !stray.is_kept));
        Session::resume(set, history)
    } else if let Some(mut beside) = found.beside.take() {
        found.work = std::mem::take(&mut beside.ours);
        let mut session = found.resume(files, text)?;
        let lines = history.and_then(|(good, _)| bytes.get(..good)).unwrap_or_default();
        match beside.go_on(&mut session, written_at(files), text, lines) {
            Ok(brought) => merged = Some(brought),
            Err(asked) => rival = Some(asked),
        }
        session
    } else {
        found.resume(files, text)?
    };
    let strays = misfits.into_iter().chain(session.set().waiting().map(Stray::of_waiting)).collect();
    let waiting = session.set().waiting().map(AnnotationV1::of_waiting).collect();
    let digest = digest.clone();
    Ok(Reading {
        session,
        digest,
        strays,
        changed,
        saved,
        seen,
        rival,
        merged,
        taken,
        names_beside,
        begin,
        waiting,
        history,
        bytes,
    })
}

/// When the snapshot was written, by whomever.
pub(super) fn written_at(files: &Files) -> Timestamp {
    let modified = std::fs::metadata(&files.snapshot).and_then(|data| data.modified()).ok();
    modified.and_then(|at| Timestamp::try_from(at).ok()).unwrap_or(Timestamp::UNIX_EPOCH)
}

impl Found {
    /// The session of what stands on `text`, with the lines beyond.
    fn resume(self, files: &Files, text: &Text) -> Result<Session, StoreError> {
        let Self { work, later, entries, bytes, .. } = self;
        let revision = work.revision();
        let (set, _) = work.place(text);
        let mut history = History::with_archive(Arc::new(Lines {
            path: files.history.clone(),
            bytes,
            entries: entries.clone(),
            text: text.clone(),
        }));
        for own in entries.iter().filter(|own| own.revision <= revision) {
            history.note(own.revision, own.kind);
        }
        let later = later.into_iter().filter(|(_, own, _)| *own > revision).collect();
        replay(set, history, revision, later, text, &files.history)
    }
}

/// The session of `set`, which holds everything up to `revision` and is what `history` led to, with the `lines` beyond it.
fn replay(
    mut set: AnnotationSet,
    mut history: History,
    revision: u64,
    lines: Vec<history::Line>,
    text: &Text,
    path: &Path,
) -> Result<Session, StoreError> {
    for (line, own, stated) in lines {
        let fault = |message| StoreError::History { path: path.to_owned(), line, column: None, message };
        let transaction = stated.into_transaction(own, text).map_err(fault)?;
        let fit = set.apply_all(&transaction.edits);
        fit.map_err(|error| fault(format!("the transaction does not fit what came before: {error}")))?;
        history.push(transaction);
    }
    history.skip_to(revision);
    Ok(Session::resume(set, history))
}
