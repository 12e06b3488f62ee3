//! What an annotator's files say, held against the text.

use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use super::archive::Lines;
use super::bounds::read_if_there;
use super::corpus::{Files, utf8};
use super::format::AnnotationV1;
use super::history::Indexed;
use super::merge::State;
use super::rival::{ways, would_lose};
use super::seen::Seen;
use super::work::Work;
use super::{AnnotatorName, Corpus, StoreError, history, snapshot};
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
    /// What the history says, where the snapshot is not one of its own and leaves something out.
    pub(super) rival: Option<Rival>,
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
/// When the snapshot is none of the history's, and there is somebody who can be asked (`asks`), both are taken.
pub(super) fn load(files: &Files, document: &Document, digest: &Digest, asks: bool) -> Result<Reading, StoreError> {
    let found = find(files)?;
    let changed = found.texts.iter().any(|text| text != digest);
    let (set, mut strays) = found.work.place(&document.text);
    let has_misfits = strays.iter().any(|stray| !stray.is_kept);
    let (saved, seen, history, bytes) = (found.saved, found.seen.clone(), found.history, Arc::clone(&found.bytes));
    let mut rival = None;
    let session = if changed || has_misfits {
        let Found { mut work, later, .. } = found;
        work.follow(later);
        let (set, found) = work.place(&document.text);
        strays = found;
        let mut history = History::default();
        history.skip_to(work.revision());
        Session::resume(set, history)
    } else {
        let session;
        (session, rival) = found.resume(set, files, &document.text, asks)?;
        session
    };
    strays.retain(|stray| !stray.is_kept);
    strays.extend(session.set().waiting().map(Stray::of_waiting));
    let waiting = session.set().waiting().map(AnnotationV1::of_waiting).collect();
    let digest = digest.clone();
    Ok(Reading { session, digest, strays, changed, saved, seen, rival, waiting, history, bytes })
}

impl Found {
    /// The session of `set`, which the snapshot holds, with the history. When the snapshot is none of the history's, and there is
    /// somebody who can be asked (`asks`), what can be made of the two.
    fn resume(
        self,
        set: AnnotationSet,
        files: &Files,
        text: &Text,
        asks: bool,
    ) -> Result<(Session, Option<Rival>), StoreError> {
        let Self { work, later, entries, bytes, is_whole, .. } = self;
        let last = entries.last().map_or(0, |own| own.revision);
        let asks = asks && is_whole && !self.has_all;
        let all = || history::parse(&bytes, &files.history).map(|stated| stated.split().1);
        let beside_ours = || {
            let session = replay(AnnotationSet::default(), History::default(), 0, all()?, text, &files.history)?;
            let ours = State::of_set(session.set(), text);
            let rival = beside(&work, [&ours, &ours], &session, text);
            Ok((session, Some(rival)))
        };
        let mut history = History::with_archive(Arc::new(Lines {
            path: files.history.clone(),
            bytes: Arc::clone(&bytes),
            entries: entries.clone(),
            text: text.clone(),
        }));
        for own in entries.iter().filter(|own| own.revision <= work.revision()) {
            history.note(own.revision, own.kind);
        }
        match replay(set, history, work.revision(), later, text, &files.history) {
            Ok(session) if asks && work.revision() > last => {
                let rival = ahead_of_history(&work, all()?, &session, text);
                Ok((session, rival))
            }
            Ok(_) if asks && leaves_out(&work, all()?) => beside_ours(),
            Ok(session) => Ok((session, None)),
            // Whatever the snapshot is, it is none of this history's.
            Err(_) if asks => beside_ours(),
            Err(error) => Err(error),
        }
    }
}

/// What becomes of a snapshot, held by `session`, that holds more transactions than the history of `lines`, which is whole: it is somebody
/// else's. Nothing, where it has all that the history has.
fn ahead_of_history(theirs: &Work, lines: Vec<history::Line>, session: &Session, text: &Text) -> Option<Rival> {
    let mut ours = Work::default();
    ours.follow(lines);
    let (ours, theirs_state) = (ours.state(), theirs.state());
    would_lose(&ours, &theirs_state).then(|| beside(theirs, [&theirs_state, &ours], session, text))
}

/// Whether a snapshot leaves out something that the history of `lines`, which is whole, says up to its revision.
fn leaves_out(theirs: &Work, lines: Vec<history::Line>) -> bool {
    let mut ours = Work::default();
    ours.follow(lines.into_iter().filter(|(_, revision, _)| *revision <= theirs.revision()).collect());
    would_lose(&ours.state(), &theirs.state())
}

/// The snapshot of `theirs` beside ours; `held` is what `session` says.
fn beside(theirs: &Work, [held, ours]: [&State; 2], session: &Session, text: &Text) -> Rival {
    let ways = ways(&State::default(), [held, ours, &theirs.state()], session, text);
    Rival { found_in: "the snapshot", revision: session.revision(), ways }
}

/// What is found in an annotator's files, not yet held against a text.
pub(super) struct Found {
    /// The snapshot, and on it what led to the last text.
    pub(super) work: Work,
    /// The revision that the snapshot holds; none without a snapshot.
    pub(super) saved: Option<u64>,
    /// The snapshot's file.
    pub(super) seen: Seen,
    /// What was done on the last text and is not in the snapshot.
    pub(super) later: Vec<history::Line>,
    /// All that was done on the last text.
    pub(super) entries: Vec<Indexed>,
    /// The history as it was read.
    pub(super) bytes: Arc<Vec<u8>>,
    /// Whether those are all that ever was done.
    pub(super) is_whole: bool,
    /// Whether the snapshot says, word for word, all that the history says up to its revision.
    pub(super) has_all: bool,
    /// The texts that the files are about: one, unless they are at odds; none without files.
    pub(super) texts: Vec<Digest>,
    /// All the texts that the history's headers speak of, the last at the end.
    pub(super) past: Vec<Digest>,
    /// The length of the text that the snapshot or the history's last header is about, in code points.
    pub(super) code_points: usize,
    /// The length of the history's good lines, and of the whole file.
    pub(super) history: Option<(usize, usize)>,
}

/// Reads an annotator's files.
pub(super) fn find(files: &Files) -> Result<Found, StoreError> {
    let bytes = read_if_there(&files.snapshot)?;
    let seen = bytes.as_deref().map_or(Seen::NOTHING, Seen::of);
    let source = bytes.map(|bytes| utf8(bytes, &files.snapshot)).transpose()?;
    let bytes = read_if_there(&files.history)?.map(Arc::new);
    let found = bytes.as_ref().map_or(&[][..], |bytes| bytes);
    let follow = |revision| history::parse_beyond(revision, found, &files.history);
    // Both are long, and what the snapshot holds is told in its first lines.
    let likely = source.as_deref().and_then(snapshot::revision_in).unwrap_or(0);
    let (stated, lines) = thread::scope(|scope| {
        let lines = scope.spawn(|| follow(likely));
        let stated = source.as_deref().map(|source| snapshot::parse(source, &files.snapshot)).transpose();
        (stated, lines.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    let stated = stated?;
    let saved = stated.as_ref().map(|stated| stated.revision);
    let lines = if saved.unwrap_or(0) == likely { lines? } else { follow(saved.unwrap_or(0))? };
    lines.continue_from(saved, &files.history)?;
    // A snapshot from before the text changed speaks of a text that the history has left behind.
    let is_left_behind = lines.origin() > saved.unwrap_or(0);
    let of_snapshot = stated.as_ref().filter(|_| !is_left_behind);
    let code_points = of_snapshot.map_or(lines.code_points, |stated| stated.document.code_points);
    let of_snapshot = of_snapshot.map(|stated| Digest::stated(stated.document.sha256.as_str()));
    let mut texts: Vec<Digest> = of_snapshot.into_iter().chain(lines.digest.clone()).collect();
    texts.dedup();
    let history = bytes.as_ref().map(|bytes| (lines.good, bytes.len()));
    let said = lines.said.clone();
    let has_all = said.is_some_and(|said| said.stands_in(source.as_deref().unwrap_or_default(), found));
    let (entries, last_ids) = (lines.on_last_text().to_vec(), lines.last_ids);
    let past = lines.past.clone();
    let (earlier, later) = lines.split();
    let is_whole = !entries.is_empty() && (1..).zip(&entries).all(|(revision, own)| own.revision == revision);
    let mut work = Work::of(stated);
    work.follow(earlier);
    work.count_as_used(last_ids);
    Ok(Found {
        work,
        saved,
        seen,
        later,
        entries,
        bytes: bytes.unwrap_or_default(),
        is_whole,
        has_all,
        texts,
        past,
        code_points,
        history,
    })
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
