//! What somebody else's snapshot has in common with our history: what it comes from, as far as that is ours.
//!
//! A snapshot names the last line of the history it was saved with, and lines of others that this goes back to. We have the state at a
//! line of ours that it names. A line of ours took theirs in, if what it took had an end that theirs names: what that brought was theirs
//! before. Of what it took besides theirs may know but a part.

use super::format::{EditV1, Readable};
use super::history::{Taking, lines_back};
use super::merge::State;
use super::work::Work;

/// What a snapshot that names some lines has in common with a history.
#[derive(Debug, Default)]
pub(super) struct Common {
    /// The last revision that it goes back to; none if it names no line of ours, nor the one that ours began with.
    revision: Option<u64>,
    /// The revision with which ours began, where that tells more.
    began: Option<u64>,
    /// What was taken in of it since, and what became of ours where the text changed.
    taken: Vec<EditV1>,
    /// Whether there is anything else in the history since.
    is_behind: bool,
    /// Whether the line it was saved with was taken in.
    took_end: bool,
}

impl Common {
    /// What one has in common that was made of what was so at `revision`.
    pub(super) fn at(revision: u64) -> Self {
        Self { revision: Some(revision), ..Self::default() }
    }

    /// What a snapshot that names `names`, its own line first, has in common with a history of these whole lines, in several parts.
    pub(super) fn of(parts: &[&[u8]], names: &[Readable]) -> Self {
        let mut common = Self::default();
        let mut taken: Vec<Vec<EditV1>> = Vec::new();
        let is_named = |checksum: &str| names.iter().any(|name| name.as_str() == checksum);
        for line in lines_back(parts) {
            if is_named(line.checksum) {
                common.revision = Some(line.revision);
                break;
            }
            match line.taking() {
                // The first is the end of what it began with, or took; the others lie further back.
                Taking::Began(lines) if lines.first().is_some_and(|name| is_named(name)) => {
                    common.revision = Some(line.revision);
                    break;
                }
                Taking::Began(_) => common.began = Some(line.revision),
                Taking::Merged(lines) => {
                    common.took_end |= names.first().is_some_and(|end| lines.contains(&end.as_str()));
                    if lines.first().is_some_and(|name| is_named(name)) {
                        taken.extend(line.edits());
                    } else {
                        common.is_behind = true;
                    }
                }
                // It is so on the text that there is now, whoever follows it there.
                Taking::Reanchored => {
                    taken.extend(line.edits());
                    common.is_behind = true;
                }
                Taking::Nothing => common.is_behind = true,
            }
        }
        common.taken = taken.into_iter().rev().flatten().collect();
        common
    }

    /// The revision at which the state is needed for [`Common::base`], if one is.
    pub(super) fn revision(&self) -> Option<u64> {
        self.revision.or(self.began)
    }

    /// Whether all of it was taken in, unless somebody changed it since.
    pub(super) fn is_taken_in(&self) -> bool {
        self.took_end
    }

    /// Whether the history holds nothing that is not theirs too.
    pub(super) fn is_all(&self) -> bool {
        self.revision.is_some() && !self.is_behind
    }

    /// What the snapshot of the revision `stated`, which says `theirs`, comes from; `state` is what was so at [`Common::revision`].
    pub(super) fn base(&self, state: &State, stated: u64, theirs: &State) -> State {
        let is_common = match (self.revision, self.began) {
            (Some(_), _) => true,
            // Both went on from there, if theirs is not older and says some of the same.
            (None, Some(began)) => stated >= began && is_akin(state, theirs),
            (None, None) => false,
        };
        let mut work = Work::default();
        if is_common {
            work.go_to(state);
        }
        work.go_on(self.taken.clone());
        work.state()
    }
}

/// Whether the two have an annotation or a speaker in common.
fn is_akin(state: &State, theirs: &State) -> bool {
    let mut annotations = state.annotations.iter();
    let mut speakers = state.speakers.iter();
    annotations.any(|(id, own)| theirs.annotations.get(id) == Some(own))
        || speakers.any(|(id, own)| theirs.speakers.get(id) == Some(own))
}
