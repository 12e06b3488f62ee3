//! A history that says everything, and a snapshot beside it that says something else.
//!
//! Such a snapshot was edited by hand, checked out, copied over, damaged, or merged. Where it goes on from the end of the history its
//! maker knew that; else it is a rival, and whoever works on the two decides.

use jiff::Timestamp;

use super::common::Common;
use super::elsewhere::Brought;
use super::format::Readable;
use super::merge::{Bygone, Combined, State, combine};
use super::rival::ways;
use super::work::Work;
use super::{StoreError, history, snapshot};
use crate::document::Digest;
use crate::session::{Rival, Session};
use crate::text::Text;

/// What a rival is called that says what ours said before.
pub(super) const OLDER: &str = "the snapshot: it is older than yours";

/// A history that says everything, and a snapshot that says something else.
#[derive(Debug)]
pub(super) struct Beside {
    /// What the history says.
    pub(super) ours: Work,
    /// What the snapshot says, or why that cannot be known.
    pub(super) theirs: Result<Theirs, StoreError>,
}

/// What a snapshot says that is not the history's.
#[derive(Debug)]
pub(super) struct Theirs {
    pub(super) state: State,
    /// What it comes from, as far as that is ours.
    pub(super) base: State,
    /// The text it is about.
    pub(super) digest: Digest,
    /// Whether that is the text of the history.
    pub(super) is_same_text: bool,
    /// Whether it goes on from the end of the history, as after a merge elsewhere.
    pub(super) goes_on: bool,
    /// Whether it says what the history said before.
    is_older: bool,
    /// The checksums of lines that it goes back to and the history does not.
    pub(super) names: Vec<Readable>,
}

impl Theirs {
    /// What the snapshot says, whose history has these `lines`, `content`; with what the two have in common, and what was so then.
    pub(super) fn of(
        stated: &snapshot::Stated,
        lines: &history::Stated,
        content: &[u8],
        common: &Common,
        shared: &State,
    ) -> Self {
        let digest = Digest::stated(stated.document.sha256.as_str());
        let is_same_text = lines.digest.as_ref() == Some(&digest);
        let names = history::unknown(&[content.get(..lines.good).unwrap_or_default()], &stated.history);
        // One that was taken in and names nothing new was changed since.
        let is_further = stated.revision > lines.revision() && !common.is_taken_in();
        let goes_on = common.is_all() && (is_further || !names.is_empty());
        let state = State::of(stated);
        let base = common.base(shared, stated.revision, &state);
        Self { state, base, digest, is_same_text, goes_on, is_older: false, names }
    }

    /// The same, as what the history said before.
    pub(super) fn older(self) -> Self {
        Self { base: self.state.clone(), goes_on: false, is_older: true, ..self }
    }

    /// Whether there is nothing in it that `ours` does not say, under whatever numbers.
    pub(super) fn brings_nothing_to(&self, ours: &Work) -> bool {
        let state = ours.state();
        let Combined { state: both, conflicts, .. } = combine(&self.base, &state, &self.state, ours.last_ids());
        both == state && conflicts.is_empty()
    }
}

impl Beside {
    /// Goes on with `session`, which says what the history says, by what a snapshot made of it that goes on from there; else what can be
    /// made of the two, by whom `session` belongs to. `lines` are those of the history.
    pub(super) fn go_on(
        &self,
        session: &mut Session,
        at: Timestamp,
        text: &Text,
        lines: &[u8],
    ) -> Result<Brought, Rival> {
        let rival = self.rival(session, text, lines);
        match (&self.theirs, &rival.ways) {
            (Ok(Theirs { goes_on: true, state, .. }), Ok(ways)) => {
                let ours = State::of_set(session.set(), text);
                match session.commit(at, "merge", ways.theirs.clone()) {
                    Ok(transaction) => {
                        let conflicts = Bygone::of(&[lines]).told_of(&ours, state);
                        Ok(Brought { transaction, conflicts })
                    }
                    Err(_) => Err(rival),
                }
            }
            _ => Err(rival),
        }
    }

    /// The checksums of the lines that the snapshot goes back to.
    pub(super) fn names(&self) -> &[Readable] {
        self.theirs.as_ref().map_or(&[], |theirs| &theirs.names)
    }

    fn rival(&self, session: &Session, text: &Text, lines: &[u8]) -> Rival {
        let ours = State::of_set(session.set(), text);
        let ways = match &self.theirs {
            Ok(theirs) if theirs.is_same_text => {
                ways(&theirs.base, [&ours, &ours, &theirs.state], session, text, || Bygone::of(&[lines]))
            }
            Ok(_) => Err("it is about another text".to_owned()),
            Err(error) => Err(error.to_string()),
        };
        let is_older = self.theirs.as_ref().is_ok_and(|theirs| theirs.is_older);
        Rival { found_in: if is_older { OLDER } else { "the snapshot" }, revision: session.revision(), ways }
    }
}
