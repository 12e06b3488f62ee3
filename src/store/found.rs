//! What is found in an annotator's files, not yet held against a text; and whether snapshot and history go together.
//!
//! A history that leaves nothing out says everything, so a snapshot that says something else is somebody else's: it was edited by hand,
//! checked out, copied over, damaged, or merged. What it names of our lines it was made of; where that is the last one, and it is further
//! on or names lines of others too, it was gone on with elsewhere.

use std::cmp::Ordering;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use jiff::Timestamp;

use super::beside::{Beside, Theirs};
use super::bounds::read_if_there;
use super::common::Common;
use super::corpus::{Files, utf8};
use super::elsewhere::Elsewhere;
use super::format::{EditV1, Readable};
use super::history::Indexed;
use super::merge::{Bygone, Combined, State, combine};
use super::seen::{Seen, is_later};
use super::snapshot::Head;
use super::work::Work;
use super::{StoreError, history, snapshot};
use crate::document::Digest;

/// What is found in an annotator's files.
#[derive(Debug)]
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
    /// What the history alone says, where the snapshot says something else.
    pub(super) beside: Option<Beside>,
    /// The texts that the files are about: one, unless they are at odds; none without files.
    pub(super) texts: Vec<Digest>,
    /// All the texts that the history's headers speak of, the last at the end.
    pub(super) past: Vec<Digest>,
    /// The length of the text that the snapshot or the history's last header is about, in code points.
    pub(super) code_points: usize,
    /// The length of the history's good lines, and of the whole file.
    pub(super) history: Option<(usize, usize)>,
    /// The checksums of lines in other histories that were taken in at once, the latest first.
    pub(super) taken: Vec<Vec<Readable>>,
    /// The head of a snapshot that stands there without a history.
    alone: Option<Head>,
}

/// What it took to make one of two versions.
#[derive(Debug, Default)]
pub(super) struct Agreed {
    /// The edits that lead there from what the history says.
    pub(super) edits: Vec<EditV1>,
    /// What the two contradict each other in, a sentence each; both versions are kept.
    pub(super) conflicts: Vec<String>,
    /// The checksums of lines in other histories that this goes back to.
    pub(super) names: Vec<Readable>,
    /// Whether the snapshot cannot be read.
    pub(super) is_broken: bool,
}

/// Reads an annotator's files.
pub(super) fn find(files: &Files) -> Result<Found, StoreError> {
    let Sources { snapshot, stated, seen, bytes, mut lines } = Sources::read(files)?;
    let content = bytes.as_ref().map_or(&[][..], |bytes| bytes);
    let all = || history::parse(content, &files.history);
    let stated = match stated {
        Ok(stated) => stated,
        Err(error) if !lines.is_whole() => return Err(error),
        Err(error) => {
            let (ours, []) = follow(all()?, []);
            return Ok(Found::of(None, lines, seen, bytes).beside(Beside { ours, theirs: Err(error) }));
        }
    };
    lines.continue_from(stated.as_ref().map(|stated| stated.revision), &files.history)?;
    if stated.as_ref().is_some_and(|stated| !lines.may_go_on_from(stated.revision, &stated.history, content)) {
        let message =
            "it is not the snapshot that the history beside it goes on from: bring that back, or move the history away";
        return Err(StoreError::Refused { path: files.snapshot.clone(), message: message.to_owned() });
    }
    let said = lines.said.take();
    let says_the_same = || said.is_some_and(|said| said.says_the_same_as(&snapshot, content));
    let was_put_back = is_later(&files.snapshot, &files.history);
    let is_moved = stated.as_ref().is_some_and(|stated| match stated.revision.cmp(&lines.revision()) {
        Ordering::Greater => true,
        Ordering::Less => was_put_back,
        Ordering::Equal => false,
    });
    let is_other = stated.is_some() && lines.is_whole() && (is_moved || !says_the_same());
    // It may be long, and what it says is to take its room.
    drop(snapshot);
    match stated {
        Some(stated) if is_other => {
            let common = Common::of(&[content.get(..lines.good).unwrap_or_default()], &stated.history);
            let revision = common.revision().unwrap_or(0);
            let (ours, [before, shared]) = follow(all()?, [stated.revision, revision]);
            let theirs = Theirs::of(&stated, &lines, content, &common, &shared);
            let last = lines.revision();
            let held = [(ours.state(), last), (before, stated.revision.min(last)), (theirs.base.clone(), revision)];
            // What goes back to lines that we do not know is none of ours from before, though it may say the same.
            let is_known = |revision: u64| theirs.names.is_empty() || revision == last;
            let held = held.into_iter().find(|(state, revision)| is_known(*revision) && *state == theirs.state);
            let is_taken_in = || common.is_taken_in() && theirs.names.is_empty() && theirs.brings_nothing_to(&ours);
            let held = held.map(|(_, revision)| revision).or_else(|| is_taken_in().then_some(revision));
            let found = Found::of(Some(stated), lines, seen, bytes);
            Ok(match held {
                Some(revision) if revision == last || !was_put_back => found.holding(revision, ours),
                Some(_) => found.beside(Beside { ours, theirs: Ok(theirs.older()) }),
                None => found.beside(Beside { ours, theirs: Ok(theirs) }),
            })
        }
        stated => Ok(Found::of(stated, lines, seen, bytes)),
    }
}

/// The two files as they were read.
struct Sources {
    /// The snapshot, or nothing.
    snapshot: String,
    /// What it states, if there is one; or why that cannot be understood.
    stated: Result<Option<snapshot::Stated>, StoreError>,
    seen: Seen,
    bytes: Option<Arc<Vec<u8>>>,
    /// What the history states; up to what the snapshot holds it is not read.
    lines: history::Stated,
}

impl Sources {
    fn read(files: &Files) -> Result<Self, StoreError> {
        let snapshot = read_if_there(&files.snapshot)?;
        let seen = snapshot.as_deref().map_or(Seen::NOTHING, Seen::of);
        let bytes = read_if_there(&files.history)?.map(Arc::new);
        let content = bytes.as_ref().map_or(&[][..], |bytes| bytes);
        let read = |revision| history::parse_beyond(revision, content, &files.history);
        let source = snapshot.map(|bytes| utf8(bytes, &files.snapshot)).transpose();
        // Both are long, and what the snapshot holds is told in its first lines.
        let likely = source.iter().flatten().find_map(|source| snapshot::revision_in(source)).unwrap_or(0);
        let (stated, lines) = thread::scope(|scope| {
            let lines = scope.spawn(|| read(likely));
            let parse = |source: &String| snapshot::parse(source, &files.snapshot);
            let stated = source.as_ref().ok().and_then(Option::as_ref).map(parse).transpose();
            (stated, lines.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        let (snapshot, stated) = match (source, stated) {
            (Ok(source), Ok(stated)) => (source.unwrap_or_default(), Ok(stated)),
            (Err(error @ StoreError::Syntax { .. }), _) | (_, Err(error @ StoreError::Syntax { .. })) => {
                (String::new(), Err(error))
            }
            (Err(error), _) | (_, Err(error)) => return Err(error),
        };
        let saved = stated.iter().flatten().next().map_or(0, |stated| stated.revision);
        let lines = if saved == likely { lines? } else { read(saved)? };
        Ok(Self { snapshot, stated, seen, bytes, lines })
    }
}

/// What a history says in the end that says everything, and what it said at earlier revisions.
fn follow<const N: usize>(all: history::Stated, revisions: [u64; N]) -> (Work, [State; N]) {
    let last_ids = all.last_ids;
    let (mut lines, later) = all.split();
    lines.extend(later);
    let states = revisions.map(|revision| {
        let mut work = Work::default();
        work.follow(lines.iter().filter(|(_, own, _)| *own <= revision).cloned().collect());
        work.state()
    });
    let mut work = Work::default();
    work.follow(lines);
    work.count_as_used(last_ids);
    (work, states)
}

impl Found {
    fn of(
        mut stated: Option<snapshot::Stated>,
        lines: history::Stated,
        seen: Seen,
        bytes: Option<Arc<Vec<u8>>>,
    ) -> Self {
        let is_alone = lines.revision() == 0;
        if let Some(stated) = stated.as_mut().filter(|stated| is_alone && State::of(stated) != State::default()) {
            // What a script wrote may count nothing, and a history cannot begin with nothing.
            stated.revision = stated.revision.max(1);
        }
        let saved = stated.as_ref().map(|stated| stated.revision);
        // A snapshot from before the text changed speaks of a text that the history has left behind.
        let is_left_behind = lines.origin() > saved.unwrap_or(0);
        let of_snapshot = stated.as_ref().filter(|_| !is_left_behind);
        let code_points = of_snapshot.map_or(lines.code_points, |stated| stated.document.code_points);
        let of_snapshot = of_snapshot.map(|stated| Digest::stated(stated.document.sha256.as_str()));
        let mut texts: Vec<Digest> = of_snapshot.into_iter().chain(lines.digest.clone()).collect();
        texts.dedup();
        let history = bytes.as_ref().map(|bytes| (lines.good, bytes.len()));
        let (entries, last_ids) = (lines.on_last_text().to_vec(), lines.last_ids);
        let past = lines.past.clone();
        let head = stated.as_ref().map(|stated| stated.head(stated.status));
        let alone = head.filter(|_| is_alone);
        let taken = alone.as_ref().map_or_else(|| lines.taken.clone(), |head| vec![head.history.clone()]);
        let (earlier, later) = lines.split();
        let mut work = Work::of(stated);
        work.follow(earlier);
        work.count_as_used(last_ids);
        let bytes = bytes.unwrap_or_default();
        let beside = None;
        Self { work, saved, seen, later, entries, bytes, beside, texts, past, code_points, history, taken, alone }
    }

    /// The whole lines of the history.
    pub(super) fn lines(&self) -> &[u8] {
        self.history.and_then(|(good, _)| self.bytes.get(..good)).unwrap_or_default()
    }

    /// The lines with which a history begins of a snapshot that stands there without one, written `at` that time.
    pub(super) fn begin(&self, at: Timestamp) -> Option<Result<String, ron::Error>> {
        let head = self.alone.clone().filter(|head| head.revision > 0)?;
        Some(history::begin(head, at, self.work.edits()))
    }

    /// What the history alone says, where the snapshot says something else.
    fn beside(mut self, beside: Beside) -> Self {
        self.texts = self.past.last().cloned().into_iter().collect();
        Self { beside: Some(beside), ..self }
    }

    /// The snapshot says what the history said at `revision`, be its own number another, as after a merge. It may say so under other numbers,
    /// which the lines beyond do not fit.
    fn holding(self, revision: u64, ours: Work) -> Self {
        Self { work: ours, saved: Some(revision), ..self }
    }

    /// What whoever only looks is shown: what the snapshot says.
    ///
    /// # Errors
    ///
    /// When that cannot be known.
    pub(super) fn shown(mut self) -> Result<Self, StoreError> {
        match self.beside.take() {
            Some(Beside { theirs: Err(error), .. }) => Err(error.with_whole_history()),
            Some(Beside { theirs: Ok(theirs), .. }) => Ok(Self { texts: vec![theirs.digest], ..self }),
            None => Ok(self),
        }
    }

    /// Whether the snapshot goes on from the history on another text than that: the annotations followed it elsewhere.
    pub(super) fn is_elsewhere(&self) -> bool {
        let goes_there = |theirs: &Theirs| theirs.goes_on && !theirs.is_same_text;
        self.beside.as_ref().is_some_and(|beside| beside.theirs.as_ref().is_ok_and(goes_there))
    }

    /// Goes on with the history by such a snapshot. Returns from what.
    pub(super) fn follow_elsewhere(&mut self) -> Option<Elsewhere> {
        let Beside { ours, theirs } = if self.is_elsewhere() { self.beside.take()? } else { return None };
        let theirs = theirs.ok()?;
        let before = ours.state();
        self.later.clear();
        self.work = ours;
        self.work.go_to(&theirs.state);
        self.texts = vec![theirs.digest];
        Some(Elsewhere { ours: before, names: theirs.names })
    }

    /// Makes one of snapshot and history where nobody can be asked, so that nothing either says is left out.
    ///
    /// # Errors
    ///
    /// When they cannot be compared.
    pub(super) fn agree(&mut self, files: &Files) -> Result<Agreed, StoreError> {
        let Some(Beside { ours, theirs }) = self.beside.take() else {
            self.work.follow(std::mem::take(&mut self.later));
            return Ok(Agreed::default());
        };
        self.later.clear();
        let mut theirs = match theirs {
            Ok(theirs) => theirs,
            // The history says everything, and theirs says nothing that could be known.
            Err(error) => {
                self.work = ours;
                let told = format!("the snapshot is gone on without, for the history holds everything: {error}");
                return Ok(Agreed { conflicts: vec![told], is_broken: true, ..Agreed::default() });
            }
        };
        if !theirs.is_same_text {
            let message = "it is about another text than its history, and says something else: move away the one that is not to count";
            return Err(StoreError::Refused { path: files.snapshot.clone(), message: message.to_owned() });
        }
        let state = ours.state();
        if !theirs.goes_on {
            // That it is not there is no reason to take it away unasked.
            theirs.base.retain_what_is_in(&theirs.state);
        }
        let combined = combine(&theirs.base, &state, &theirs.state, ours.last_ids());
        let Combined { state: both, mut conflicts, .. } = combined.told_against(&state, || Bygone::of(&[self.lines()]));
        let edits = both.edits_from(&state);
        if !theirs.goes_on {
            let told = "the snapshot said something else than its history: what it changed is taken in, what it left out is kept";
            conflicts.push(told.to_owned());
        }
        let names = theirs.names;
        self.work = ours;
        self.work.go_on(edits.clone());
        Ok(Agreed { edits, conflicts, names, is_broken: false })
    }
}
