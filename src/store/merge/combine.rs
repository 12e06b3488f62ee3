//! The three-way merge as a pure function.
//!
//! First it is found out what is the same, and all is put in our numbers; then a number means the same on all sides.
//! What one side changed, added or deleted is taken; what both did alike is done once; what both changed is blended field by
//! field. Where they contradict each other both versions stay, theirs under a number of its own, and the conflict is told. So is
//! the case that one side deleted what the other changed, or refers to: it stays. An annotation that waits for a place is one like
//! any other: that it found one, on one side, is a change.

use std::collections::{BTreeMap, BTreeSet};

use super::numbers::{Both, Numbers, in_our_numbers};
use super::same::Same;
use crate::annotation::AnnotationSet;
use crate::store::format::{AnnotationV1, EditV1, SpeakerV1, StatusV1, one_of};
use crate::store::snapshot;
use crate::text::Text;

/// What a snapshot says, by number.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::store) struct State {
    pub(in crate::store) status: StatusV1,
    pub(in crate::store) speakers: BTreeMap<u32, SpeakerV1>,
    pub(in crate::store) annotations: BTreeMap<u32, Held>,
}

/// An annotation that stands on the text, or waits for a place on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::store) struct Held {
    pub(in crate::store) own: AnnotationV1,
    pub(in crate::store) waits: bool,
}

impl Held {
    pub(in crate::store) fn standing(own: AnnotationV1) -> (u32, Self) {
        (own.id, Self { own, waits: false })
    }

    pub(in crate::store) fn waiting(own: AnnotationV1) -> (u32, Self) {
        (own.id, Self { own, waits: true })
    }

    /// Whether a change can have made this of `before`, which had its number: its place stayed, or its label did and the place is near.
    pub(super) fn may_have_been(&self, before: &Self) -> bool {
        self.own.may_have_been(&before.own, self.waits || before.waits)
    }

    /// The edit by which it comes, or goes.
    fn edit(self, comes: bool) -> EditV1 {
        match (self.waits, comes) {
            (false, true) => EditV1::Insert(self.own),
            (false, false) => EditV1::Remove(self.own),
            (true, true) => EditV1::Wait { before: Vec::new(), after: vec![self.own] },
            (true, false) => EditV1::Wait { before: vec![self.own], after: Vec::new() },
        }
    }
}

/// A merge, and what is left to decide.
#[derive(Debug)]
pub(in crate::store) struct Combined {
    pub(in crate::store) state: State,
    /// Whether the two have something in common.
    pub(super) is_based: bool,
    /// The numbers of speakers and of annotations that only theirs has.
    pub(super) added: Both<BTreeSet<u32>>,
    /// A sentence each, without a full stop.
    pub(in crate::store) conflicts: Vec<String>,
}

impl State {
    /// What `stated` says.
    pub(in crate::store) fn of(stated: &snapshot::Stated) -> Self {
        Self {
            status: stated.status,
            speakers: stated.speakers.iter().map(|own| (own.id, own.clone())).collect(),
            annotations: Self::held(stated.annotations.iter().cloned(), stated.strays.iter().cloned()),
        }
    }

    /// The annotations that stand, and those that wait, by number. A number that is among both stands.
    pub(in crate::store) fn held(
        standing: impl Iterator<Item = AnnotationV1>,
        waiting: impl Iterator<Item = AnnotationV1>,
    ) -> BTreeMap<u32, Held> {
        waiting.map(Held::waiting).chain(standing.map(Held::standing)).collect()
    }

    /// What `set`, which is about `text`, says.
    pub(in crate::store) fn of_set(set: &AnnotationSet, text: &Text) -> Self {
        Self {
            status: set.status().into(),
            speakers: set.speakers().map(|own| (own.id.0, SpeakerV1::of(own))).collect(),
            annotations: Self::held(
                set.iter().map(|own| AnnotationV1::of(own, text)),
                set.waiting().map(AnnotationV1::of_waiting),
            ),
        }
    }

    /// The numbers of speakers and of annotations that it has, or refers to.
    pub(super) fn numbers(&self) -> Both<BTreeSet<u32>> {
        let mut all =
            [self.speakers.keys().copied().collect(), self.annotations.keys().copied().collect::<BTreeSet<_>>()];
        for Held { own, .. } in self.annotations.values() {
            all[0].extend(own.named_speakers());
            all[1].extend(own.ends());
        }
        all
    }

    /// Those of them that it refers to and does not have.
    pub(super) fn missing(&self) -> Both<BTreeSet<u32>> {
        let [mut speakers, mut annotations] = self.numbers();
        speakers.retain(|id| !self.speakers.contains_key(id));
        annotations.retain(|id| !self.annotations.contains_key(id));
        [speakers, annotations]
    }

    /// Leaves nothing that `side`, which was made of it, does not have.
    pub(in crate::store) fn retain_what_is_in(&mut self, side: &Self) {
        let Same { speakers, annotations } = Same::of(side, self);
        self.speakers.retain(|id, _| speakers.here(*id).is_some());
        self.annotations.retain(|id, _| annotations.here(*id).is_some());
    }

    /// The annotations that wait for a place, by number.
    pub(in crate::store) fn strays(&self) -> Vec<AnnotationV1> {
        self.annotations.values().filter(|held| held.waits).map(|held| held.own.clone()).collect()
    }

    /// The annotations that stand, as a snapshot lists them.
    pub(in crate::store) fn in_text_order(&self) -> Vec<&AnnotationV1> {
        let mut annotations: Vec<_> =
            self.annotations.values().filter(|held| !held.waits).map(|held| &held.own).collect();
        annotations.sort_by_key(|own| own.rank());
        annotations
    }

    /// The edits that lead from `before` to this.
    pub(in crate::store) fn edits_from(&self, before: &Self) -> Vec<EditV1> {
        let mut edits = Vec::new();
        for (_, before, after) in differences(&before.speakers, &self.speakers) {
            let side = |own: Option<&SpeakerV1>| own.into_iter().cloned().collect();
            edits.push(EditV1::Speaker { before: side(before), after: side(after) });
        }
        for (_, before, after) in differences(&before.annotations, &self.annotations) {
            match (before.cloned(), after.cloned()) {
                (Some(Held { own: before, waits: false }), Some(Held { own: after, waits: false })) => {
                    edits.push(EditV1::Replace { before, after });
                }
                (before, after) => {
                    edits.extend(before.map(|own| own.edit(false)));
                    edits.extend(after.map(|own| own.edit(true)));
                }
            }
        }
        if before.status != self.status {
            edits.push(EditV1::Status { before: before.status, after: self.status });
        }
        edits
    }
}

/// The numbers under which `before` and `after` differ, ascending, with what stands there.
fn differences<'a, T: PartialEq>(
    before: &'a BTreeMap<u32, T>,
    after: &'a BTreeMap<u32, T>,
) -> impl Iterator<Item = (u32, Option<&'a T>, Option<&'a T>)> {
    let numbers: BTreeSet<u32> = before.keys().chain(after.keys()).copied().collect();
    let sides = |number| (number, before.get(&number), after.get(&number));
    numbers.into_iter().map(sides).filter(|(_, before, after)| before != after)
}

/// Merges `theirs` into `ours`, which both started from `base`. Fresh numbers are above those in `used`, of an annotation and of
/// a speaker.
pub(in crate::store) fn combine(base: &State, ours: &State, theirs: &State, used: (u32, u32)) -> Combined {
    let mut numbers = Numbers::of_both(base, ours, theirs, used);
    let (base, theirs) = &in_our_numbers(base, ours, theirs, &mut numbers);
    let [for_speakers, for_annotations] = &mut numbers;
    let mut conflicts = Vec::new();
    let added = [
        only_in(&theirs.speakers, [&base.speakers, &ours.speakers]),
        only_in(&theirs.annotations, [&base.annotations, &ours.annotations]),
    ];
    let speakers = merge_maps(&base.speakers, &ours.speakers, &theirs.speakers, for_speakers, &mut conflicts);
    let annotations =
        merge_maps(&base.annotations, &ours.annotations, &theirs.annotations, for_annotations, &mut conflicts);
    // Of two values that differ, at most one differs from the base.
    let status = one_of(&base.status, &ours.status, &theirs.status).unwrap_or(ours.status);
    let mut state = State { status, speakers, annotations };
    restore(base, &mut state, &mut conflicts);
    Combined { state, is_based: !base.annotations.is_empty(), added, conflicts }
}

/// The numbers that only `side` has.
fn only_in<T>(side: &BTreeMap<u32, T>, others: [&BTreeMap<u32, T>; 2]) -> BTreeSet<u32> {
    side.keys().copied().filter(|number| !others.iter().any(|other| other.contains_key(number))).collect()
}

/// A record that can be merged by its number.
pub(super) trait Record: Clone + PartialEq {
    /// How a message speaks of it.
    fn called(&self) -> String;
    fn under(self, number: u32) -> Self;
    /// What both say, unless they contradict each other; without a base both added it.
    fn both(base: Option<&Self>, ours: &Self, theirs: &Self) -> Option<Self>;
}

impl Record for Held {
    fn called(&self) -> String {
        self.own.name()
    }

    fn under(self, number: u32) -> Self {
        Self { own: self.own.numbered(number), ..self }
    }

    fn both(base: Option<&Self>, ours: &Self, theirs: &Self) -> Option<Self> {
        let own = AnnotationV1::blend(&base?.own, &ours.own, &theirs.own).filter(|_| ours.waits == theirs.waits)?;
        Some(Self { own, waits: ours.waits })
    }
}

impl Record for SpeakerV1 {
    fn called(&self) -> String {
        format!("speaker {} ({})", self.id, self.name.as_str())
    }

    fn under(self, number: u32) -> Self {
        self.numbered(number)
    }

    fn both(base: Option<&Self>, ours: &Self, theirs: &Self) -> Option<Self> {
        let named = ours.unknown_but_for_name();
        Self::blend(base.unwrap_or(&named), ours, theirs)
    }
}

fn merge_maps<T: Record>(
    base: &BTreeMap<u32, T>,
    ours: &BTreeMap<u32, T>,
    theirs: &BTreeMap<u32, T>,
    numbers: &mut Numbers,
    conflicts: &mut Vec<String>,
) -> BTreeMap<u32, T> {
    let mut merged = BTreeMap::new();
    let all: BTreeSet<u32> = base.keys().chain(ours.keys()).chain(theirs.keys()).copied().collect();
    for number in all {
        let (base, own, other) = (base.get(&number), ours.get(&number), theirs.get(&number));
        let kept = match (own, other) {
            _ if own == other || other == base => own.cloned(),
            _ if own == base => other.cloned(),
            (Some(own), Some(other)) => {
                let both = T::both(base, own, other);
                if both.is_none() {
                    let fresh = numbers.fresh();
                    let copy = other.clone().under(fresh);
                    conflicts.push(format!(
                        "{}: both sides changed it; theirs is kept as {}",
                        own.called(),
                        copy.called()
                    ));
                    merged.insert(fresh, copy);
                }
                both.or_else(|| Some(own.clone()))
            }
            (Some(own), None) => {
                conflicts.push(format!("{}: they deleted it and we changed it; it is kept", own.called()));
                Some(own.clone())
            }
            (None, other) => {
                conflicts.extend(
                    other.map(|other| format!("{}: we deleted it and they changed it; it is kept", other.called())),
                );
                other.cloned()
            }
        };
        merged.extend(kept.map(|kept| (number, kept)));
    }
    merged
}

/// Brings back what one side deleted and something refers to that the other side added or changed.
fn restore(base: &State, state: &mut State, conflicts: &mut Vec<String>) {
    let mut open: Vec<AnnotationV1> = state.annotations.values().map(|held| held.own.clone()).collect();
    while let Some(annotation) = open.pop() {
        let name = annotation.name();
        for number in annotation.ends() {
            if let Some(missing) = base.annotations.get(&number)
                && !state.annotations.contains_key(&number)
            {
                conflicts.push(format!(
                    "{}: one side deleted it and {name} of the other leads to it; it is kept",
                    missing.called()
                ));
                state.annotations.insert(number, missing.clone());
                open.push(missing.own.clone());
            }
        }
        for number in annotation.named_speakers() {
            if let Some(missing) = base.speakers.get(&number)
                && !state.speakers.contains_key(&number)
            {
                let called = missing.called();
                conflicts.push(format!("{called}: one side deleted it and {name} of the other names it; it is kept"));
                state.speakers.insert(number, missing.clone());
            }
        }
    }
}
