//! Base and theirs in our numbers: afterwards a number means the same on all sides.
//!
//! Ours keep their numbers. What we deleted, and what theirs adds, keeps its own where that is free, else it gets a fresh one; what
//! both added alike gets ours. What refers to it follows.

use std::collections::{BTreeMap, BTreeSet};

use super::combine::{Held, State};
use super::same::{Pairs, Same};
use crate::store::format::LAST_ID;

/// One for speakers and one for annotations.
pub(super) type Both<T> = [T; 2];

/// Which numbers are given.
#[derive(Debug)]
pub(super) struct Numbers {
    given: BTreeSet<u32>,
    /// The last that was ever given where the result goes.
    used: u32,
    /// None above it is given, or will be but as a fresh one.
    last: u32,
}

impl Numbers {
    /// Those of `ours` are given. Fresh ones are above all that any side has, and above those in `used`, of an annotation and of a speaker.
    pub(super) fn of_both(base: &State, ours: &State, theirs: &State, used: (u32, u32)) -> Both<Self> {
        let [base, given, theirs] = [base, ours, theirs].map(State::numbers);
        let of = |given: &BTreeSet<u32>, others: [&BTreeSet<u32>; 2], used: u32| {
            let last =
                others.into_iter().chain([given]).filter_map(BTreeSet::last).fold(used, |last, id| last.max(*id));
            Self { given: given.clone(), used, last }
        };
        [of(&given[0], [&base[0], &theirs[0]], used.1), of(&given[1], [&base[1], &theirs[1]], used.0)]
    }

    /// A number that nothing has, and that is given to nothing else.
    pub(super) fn fresh(&mut self) -> u32 {
        let number = match self.last {
            last if last < LAST_ID => last + 1,
            // Somebody has used the last number there is.
            _ => (1..LAST_ID).find(|number| !self.given.contains(number)).unwrap_or(LAST_ID),
        };
        self.last = self.last.max(number);
        self.given.insert(number);
        number
    }

    /// The number `id`, where it is free, else a fresh one.
    fn keep(&mut self, id: u32) -> u32 {
        if self.given.insert(id) { id } else { self.fresh() }
    }

    /// The same for what is new where the result goes: there, no number is used again.
    fn admit(&mut self, id: u32) -> u32 {
        if id > self.used { self.keep(id) } else { self.fresh() }
    }
}

/// `base` and `theirs` in the numbers of `ours`.
pub(super) fn in_our_numbers(
    base: &State,
    ours: &State,
    theirs: &State,
    numbers: &mut Both<Numbers>,
) -> (State, State) {
    let (in_ours, in_theirs) = (Same::of(ours, base), Same::of(theirs, base));
    let [speakers, annotations] = base.numbers();
    let map = |ids: BTreeSet<u32>, same: &Pairs, numbers: &mut Numbers| -> BTreeMap<u32, u32> {
        ids.into_iter().map(|id| (id, same.here(id).unwrap_or_else(|| numbers.keep(id)))).collect()
    };
    let of_base =
        [map(speakers, &in_ours.speakers, &mut numbers[0]), map(annotations, &in_ours.annotations, &mut numbers[1])];
    let follow = |pairs: &Pairs, of_base: &BTreeMap<u32, u32>| -> Pairs {
        pairs.iter().filter_map(|(id, base)| Some((id, *of_base.get(&base)?))).collect()
    };
    let mut same = Same {
        speakers: follow(&in_theirs.speakers, &of_base[0]),
        annotations: follow(&in_theirs.annotations, &of_base[1]),
    };
    same.add_twins(theirs, ours);
    let [speakers, annotations] = theirs.numbers();
    let map = |ids: BTreeSet<u32>, same: &Pairs, numbers: &mut Numbers| -> BTreeMap<u32, u32> {
        ids.into_iter().map(|id| (id, same.there(id).unwrap_or_else(|| numbers.admit(id)))).collect()
    };
    let of_theirs =
        [map(speakers, &same.speakers, &mut numbers[0]), map(annotations, &same.annotations, &mut numbers[1])];
    (renumbered(base, &of_base), renumbered(theirs, &of_theirs))
}

/// `state` under other numbers.
fn renumbered(state: &State, [speakers, annotations]: &Both<BTreeMap<u32, u32>>) -> State {
    let speaker = |id: u32| speakers.get(&id).copied().unwrap_or(id);
    let annotation = |id: u32| annotations.get(&id).copied().unwrap_or(id);
    State {
        status: state.status,
        speakers: state.speakers.iter().map(|(id, own)| (speaker(*id), own.clone().numbered(speaker(*id)))).collect(),
        annotations: state
            .annotations
            .iter()
            .map(|(id, Held { own, waits })| {
                let (id, own) = (annotation(*id), own.clone().referring(annotation, speaker));
                (id, Held { own: own.numbered(id), waits: *waits })
            })
            .collect(),
    }
}
