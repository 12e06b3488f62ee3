//! Another version of an annotator's files, and what can be made of the two.
//!
//! Whoever checks out another branch, or copies a colleague's file over ours, while we work or between two sessions, leaves two versions
//! of the same annotations. Neither is overwritten: the annotator keeps one or merges them, as one transaction that can be undone.

use std::path::Path;

use super::bounds::read_if_there;
use super::common::Common;
use super::corpus::{Files, utf8};
use super::format::Readable;
use super::merge::{Bygone, Combined, State, combine};
use super::seen::Seen;
use super::work::Work;
use super::{Reading, StoreError, history, snapshot};
use crate::annotation::Edit;
use crate::document::Digest;
use crate::session::{Rival, Session, Ways};
use crate::text::Text;

/// What was found in the files, until it is decided what becomes of it.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    /// The snapshot as it was looked at.
    pub(super) seen: Seen,
    /// Whether the history is theirs.
    pub(super) history: bool,
    /// The checksums of the lines that theirs goes back to.
    pub(super) names: Vec<Readable>,
    /// What was found on opening, when the files were not yet ours to watch.
    pub(super) on_opening: Option<Rival>,
}

impl Offer {
    /// A snapshot found on opening that is none of the history's.
    pub(super) fn of_opening(rival: &Rival, found: &Reading) -> Self {
        let (seen, names) = (found.seen.clone(), found.names_beside.clone());
        Self { seen, history: false, names, on_opening: Some(rival.clone()) }
    }
}

/// What ours stands on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground<'a> {
    /// The text that the two versions are about, and its digest.
    pub(super) text: &'a Text,
    pub(super) digest: &'a Digest,
    /// The lines of our history, in parts.
    pub(super) lines: [&'a [u8]; 4],
    /// The revision that was saved last.
    pub(super) saved: u64,
}

impl Ground<'_> {
    /// What a snapshot that names these lines has in common with ours; one that names none was made of what was saved last.
    fn common(&self, names: &[Readable]) -> Common {
        match names {
            [] => Common::at(self.saved),
            _ => Common::of(&self.lines, names),
        }
    }
}

/// Reads theirs from `files`: the snapshot, and where `with_history` says so what the history there has beyond it. What it was made of
/// is what the lines that it names have in common with ours.
pub(super) fn look(
    files: &Files,
    with_history: bool,
    ground: Ground<'_>,
    session: &Session,
) -> Result<(Rival, Offer), StoreError> {
    let bytes = read_if_there(&files.snapshot)?;
    let seen = bytes.as_deref().map_or(Seen::NOTHING, Seen::of);
    let theirs = theirs(files, bytes, with_history, ground);
    let found_in = if with_history { "the history" } else { "the snapshot" };
    let names = theirs.as_ref().map_or_else(|_| Vec::new(), |(_, names)| names.clone());
    let offer = Offer { seen, history: with_history, names, on_opening: None };
    let ways = theirs.map_err(|error| error.to_string()).and_then(|(theirs, names)| {
        let ours = State::of_set(session.set(), ground.text);
        let common = ground.common(&names);
        let shared = common.revision().and_then(|revision| session.set_at(revision));
        let shared = shared.map(|set| State::of_set(&set, ground.text)).unwrap_or_default();
        let base = common.base(&shared, theirs.revision(), &theirs.state());
        ways(&base, [&ours, &ours, &theirs.state()], session, ground.text, || Bygone::of(&ground.lines))
    });
    Ok((Rival { found_in, revision: session.revision(), ways }, offer))
}

/// Theirs, and the checksums of the lines that it goes back to.
fn theirs(
    files: &Files,
    bytes: Option<Vec<u8>>,
    with_history: bool,
    ground: Ground<'_>,
) -> Result<(Work, Vec<Readable>), StoreError> {
    let refuse = |path: &Path| {
        let message = "it is about another text".to_owned();
        StoreError::Refused { path: path.to_owned(), message }
    };
    let stated = match bytes {
        Some(bytes) => Some(snapshot::parse(&utf8(bytes, &files.snapshot)?, &files.snapshot)?),
        None => None,
    };
    if stated.as_ref().is_some_and(|stated| stated.document.sha256.as_str() != ground.digest.as_str()) {
        return Err(refuse(&files.snapshot));
    }
    let names = stated.as_ref().map_or_else(Vec::new, |stated| stated.history.clone());
    let mut work = Work::of(stated);
    if with_history {
        let bytes = read_if_there(&files.history)?.unwrap_or_default();
        let lines = history::parse(&bytes, &files.history)?;
        if lines.digest.as_ref().is_some_and(|digest| digest != ground.digest) {
            return Err(refuse(&files.history));
        }
        let (earlier, later) = lines.split();
        work.follow(earlier);
        work.follow(later);
    }
    Ok((work, names))
}

/// The ways from what `session` holds to `ours`, to `theirs` and to both, where the two come from `base`, and our history took away what
/// `bygone` says.
pub(super) fn ways(
    base: &State,
    [held, ours, theirs]: [&State; 3],
    session: &Session,
    text: &Text,
    bygone: impl FnOnce() -> Bygone,
) -> Result<Ways, String> {
    let used = (session.set().next_id().0 - 1, session.set().next_speaker().0 - 1);
    let Combined { state, conflicts, .. } = combine(base, ours, theirs, used).told_against(ours, bygone);
    let edits = |state: &State| -> Result<Vec<Edit>, String> {
        let stated = state.edits_from(held).into_iter();
        stated.map(|edit| edit.into_edit(text).map_err(|misfit| misfit.to_string())).collect()
    };
    Ok(Ways { mine: edits(ours)?, theirs: edits(theirs)?, merged: edits(&state)?, conflicts })
}
