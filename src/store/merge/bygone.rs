//! What stood here once and does no more, for telling that a merge brings it back.
//!
//! A snapshot names but some of the lines that it goes back to. So what theirs has, and what the two have in common has not, may be new to
//! us, or what somebody took away here after they had it. It is kept, for that cannot be told; but where our own history says that it was
//! taken away, or changed, the two contradict each other, and that is told. What was done before the text changed is known by its words
//! alone, which may stand elsewhere too: it is only asked where the two have nothing in common, and all of theirs is in doubt.

use std::collections::{BTreeMap, BTreeSet};

use super::combine::{Combined, Record, State};
use crate::store::format::{AnnotationV1, EditV1, Readable, TargetV1};
use crate::store::history::{Taking, lines_back};

/// What an annotation is called in the schema, and what it is about.
type Sign = (Readable, Readable, TargetV1);

/// What a history took away or changed.
#[derive(Debug, Default)]
pub(in crate::store) struct Bygone {
    /// The numbers that annotations had, by what they were on the text as it is.
    placed: BTreeMap<Sign, u32>,
    /// The same, by what they were wherever they stood on the text before, or waited for a place.
    anywhere: BTreeMap<Sign, u32>,
    /// The names of speakers.
    speakers: BTreeSet<Readable>,
}

impl Bygone {
    /// What a history of these whole lines, in several parts, took away or changed.
    pub(in crate::store) fn of(parts: &[&[u8]]) -> Self {
        let (mut bygone, mut is_before) = (Self::default(), false);
        for line in lines_back(parts) {
            is_before |= line.taking() == Taking::Reanchored;
            let edits = if line.looks_back() { line.edits() } else { None };
            for edit in edits.into_iter().flatten() {
                match edit {
                    EditV1::Remove(own) | EditV1::Replace { before: own, .. } => bygone.add(&own, is_before),
                    EditV1::Wait { before, .. } => before.iter().for_each(|own| {
                        bygone.add(own, false);
                        bygone.add(own, true);
                    }),
                    EditV1::Speaker { before, .. } => bygone.speakers.extend(before.into_iter().map(|own| own.name)),
                    EditV1::Insert(_) | EditV1::Stray(_) | EditV1::Status { .. } => {}
                }
            }
        }
        bygone
    }

    fn add(&mut self, own: &AnnotationV1, is_anywhere: bool) {
        if is_anywhere {
            self.anywhere.insert(sign_anywhere(own), own.id);
        } else {
            self.placed.insert(sign(own), own.id);
        }
    }

    /// What of `theirs`, which goes on from `ours` and takes its place, is among it, and no more among what ours says; a sentence each.
    pub(in crate::store) fn told_of(self, ours: &State, theirs: &State) -> Vec<String> {
        let added = [theirs.speakers.keys().copied().collect(), theirs.annotations.keys().copied().collect()];
        let (state, conflicts) = (theirs.clone(), Vec::new());
        self.told(ours, &Combined { state, is_based: true, added, conflicts })
    }

    /// What of what only theirs has is among it, and no more among what `ours` says; a sentence each.
    fn told(mut self, ours: &State, combined: &Combined) -> Vec<String> {
        for held in ours.annotations.values() {
            self.placed.remove(&sign(&held.own));
            self.anywhere.remove(&sign_anywhere(&held.own));
        }
        for own in ours.speakers.values() {
            self.speakers.remove(&own.name);
        }
        if combined.is_based {
            self.anywhere.clear();
        }
        let tell = |called: String| {
            format!("{called}: one like it was taken away or changed here before, and theirs has it; it is kept")
        };
        let speakers = combined.added[0].iter().filter_map(|id| combined.state.speakers.get(id));
        let speakers = speakers.filter(|own| self.speakers.contains(&own.name));
        let mut told: Vec<String> = speakers.map(|own| tell(own.called())).collect();
        let back = self.back(combined);
        told.extend(back.keys().filter_map(|id| Some(tell(combined.state.annotations.get(id)?.called()))));
        told
    }

    /// The numbers of annotations that come back, with those that they had.
    fn back(&self, combined: &Combined) -> BTreeMap<u32, u32> {
        let mut back = BTreeMap::new();
        loop {
            // What a relation was about is only known when it is known what its ends were.
            let then = |id: u32| back.get(&id).copied().unwrap_or(id);
            let had = |id: &u32| {
                let own = combined.state.annotations.get(id)?.own.clone().referring(then, |speaker| speaker);
                let then = self.placed.get(&sign(&own)).or_else(|| self.anywhere.get(&sign_anywhere(&own)))?;
                Some((*id, *then))
            };
            let found: BTreeMap<u32, u32> = combined.added[1].iter().filter_map(had).collect();
            let before = back.len();
            back.extend(found);
            if back.len() == before {
                return back;
            }
        }
    }
}

fn sign(own: &AnnotationV1) -> Sign {
    let (layer, label, target) = own.tag_and_target();
    (layer.clone(), label.clone(), target.clone())
}

/// The same wherever its words stand.
fn sign_anywhere(own: &AnnotationV1) -> Sign {
    let (layer, label, mut target) = sign(own);
    if let TargetV1::Text(fragments) = &mut target {
        for (start, end, _) in fragments {
            (*start, *end) = (0, 0);
        }
    }
    (layer, label, target)
}

impl Combined {
    /// The same; that something comes back which our history took away is a conflict. What that is, `bygone` finds out: it costs reading
    /// the history, and is asked only where theirs has something of its own.
    pub(in crate::store) fn told_against(mut self, ours: &State, bygone: impl FnOnce() -> Bygone) -> Self {
        if self.added.iter().any(|added| !added.is_empty()) {
            self.conflicts.extend(bygone().told(ours, &self));
        }
        self
    }
}
