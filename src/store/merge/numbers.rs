//! Theirs in our numbers: afterwards a number means the same on all sides.
//!
//! What was there before both began keeps its number, also where an earlier merge gave it another on one side and its own to an addition:
//! else what one side says of it would be blended into that. What theirs adds gets the number of the same addition of ours, where there
//! is one; else its own, where that is free; else a fresh one. What refers to it follows.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::combine::{Held, State};
use crate::store::format::{AnnotationV1, LAST_ID};

/// Numbers that nothing has.
#[derive(Debug)]
pub(super) struct Numbers(BTreeSet<u32>);

impl Numbers {
    /// Those above `last` and all in `taken`.
    pub(super) fn above(last: u32, taken: impl IntoIterator<Item = u32>) -> Self {
        Self(taken.into_iter().chain([last]).collect())
    }

    /// A number that nothing has, and that is given to nothing else.
    pub(super) fn fresh(&mut self) -> u32 {
        let number = match self.0.last() {
            Some(last) if *last < LAST_ID => last + 1,
            // Somebody has used the last number there is.
            _ => (1..LAST_ID).find(|number| !self.0.contains(number)).unwrap_or(LAST_ID),
        };
        self.0.insert(number);
        number
    }
}

/// New numbers by old ones.
type Map = BTreeMap<u32, u32>;

fn look_up(map: &Map) -> impl Fn(u32) -> u32 {
    |number| map.get(&number).copied().unwrap_or(number)
}

/// `theirs` in the numbers of `base` and `ours`.
pub(super) fn in_our_numbers(
    base: &State,
    ours: &State,
    theirs: &State,
    speaker_numbers: &mut Numbers,
    annotation_numbers: &mut Numbers,
) -> State {
    let speakers = map_speakers(base, ours, theirs, speaker_numbers);
    let annotations = map_annotations(base, ours, theirs, &speakers, annotation_numbers);
    renumbered(theirs, &speakers, &annotations)
}

/// `state` under other numbers.
fn renumbered(state: &State, speakers: &Map, annotations: &Map) -> State {
    let (speaker, annotation) = (look_up(speakers), look_up(annotations));
    State {
        status: state.status,
        speakers: state.speakers.iter().map(|(id, own)| (speaker(*id), own.clone().numbered(speaker(*id)))).collect(),
        annotations: state
            .annotations
            .iter()
            .map(|(id, own)| {
                let (id, Held { own, waits }) = (annotation(*id), own.clone());
                (id, Held { own: own.numbered(id).referring(&annotation, &speaker), waits })
            })
            .collect(),
    }
}

/// `base` and `theirs` in numbers under which what was in the base is what it was, on either side; ours keep theirs.
pub(super) fn realigned(base: &State, ours: &State, theirs: &State) -> (State, State) {
    let (speakers, annotations) = exchanged(base, ours);
    let (base, theirs) = (renumbered(base, &speakers, &annotations), renumbered(theirs, &speakers, &annotations));
    let (speakers, annotations) = exchanged(&base, &theirs);
    let theirs = renumbered(&theirs, &speakers, &annotations);
    (base, theirs)
}

/// The numbers, of speakers and of annotations, that `side` gave to something else than `base` has there, with those under which what
/// the base has stands now; either leads to the other.
fn exchanged(base: &State, side: &State) -> (Map, Map) {
    let new_speakers = || side.speakers.iter().filter(|(id, _)| !base.speakers.contains_key(id));
    let mut speakers = Map::new();
    for (id, own) in &base.speakers {
        let is_other = side.speakers.get(id).is_some_and(|there| there.name != own.name);
        let is_free = |other: &u32| !speakers.contains_key(other);
        let found = new_speakers().find(|(other, there)| is_other && is_free(other) && there.name == own.name);
        speakers.extend(found.into_iter().flat_map(|(other, _)| [(*id, *other), (*other, *id)]));
    }
    let is_same = |a: &AnnotationV1, b: &AnnotationV1| a.title() == b.title() && a.target == b.target;
    let mut additions: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    for (id, held) in
        side.annotations.iter().filter(|(id, held)| !base.annotations.contains_key(id) && !held.own.is_relation())
    {
        additions.entry(place(&held.own)).or_default().push(*id);
    }
    let mut annotations = Map::new();
    for (id, Held { own, .. }) in &base.annotations {
        if side.annotations.get(id).is_none_or(|there| is_same(&there.own, own)) {
            continue;
        }
        let alike = additions.get(&place(own)).into_iter().flatten();
        let stands = |other: &&u32| side.annotations.get(other).is_some_and(|there| is_same(&there.own, own));
        // Two that say the same do not become one.
        let found = alike.copied().find(|other| stands(&other) && !annotations.contains_key(other));
        annotations.extend(found.into_iter().flat_map(|other| [(*id, other), (other, *id)]));
    }
    (speakers, annotations)
}

/// Where theirs' own speakers go: to ours of the same name, or to a number of their own.
fn map_speakers(base: &State, ours: &State, theirs: &State, numbers: &mut Numbers) -> Map {
    let mut map = Map::new();
    let mut met = BTreeSet::new();
    for (id, own) in theirs.speakers.iter().filter(|(id, _)| !base.speakers.contains_key(id)) {
        let is_theirs = |number: &u32| base.speakers.contains_key(number) && theirs.speakers.contains_key(number);
        let is_free = |number: &u32| !met.contains(number) && !is_theirs(number);
        let same = |(number, other): &(&u32, &_)| is_free(number) && own.may_be(other);
        let twin = ours.speakers.get_key_value(id).filter(same).or_else(|| ours.speakers.iter().find(same));
        let number = match twin {
            Some((number, _)) => *number,
            None if ours.speakers.contains_key(id) => numbers.fresh(),
            None => *id,
        };
        met.insert(number);
        map.insert(*id, number);
    }
    map
}

/// Where it stands, whatever its number.
fn place(own: &AnnotationV1) -> (bool, usize, Reverse<usize>) {
    let (spanless, start, end, _) = own.rank();
    (spanless, start, end)
}

/// Where theirs' own annotations go: to the same additions of ours, or to a number of their own. Relations come last, for
/// whether two are the same depends on where their ends went.
fn map_annotations(base: &State, ours: &State, theirs: &State, speakers: &Map, numbers: &mut Numbers) -> Map {
    let is_new = |(id, _): &(&u32, &Held)| !base.annotations.contains_key(id);
    let mut additions: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    for (id, own) in ours.annotations.iter().filter(is_new) {
        additions.entry(place(&own.own)).or_default().push(*id);
    }
    let mut map = Map::new();
    let (relations, others): (Vec<_>, Vec<_>) =
        theirs.annotations.iter().filter(is_new).partition(|(_, held)| held.own.is_relation());
    for (id, Held { own, waits }) in others.into_iter().chain(relations) {
        let (own, waits) = (own.clone().referring(look_up(&map), look_up(speakers)), *waits);
        let alike = additions.get_mut(&place(&own));
        let twin = alike.and_then(|alike| {
            let is_twin = |number: &u32| {
                let twin = Held { own: own.clone().numbered(*number), waits };
                ours.annotations.get(number) == Some(&twin)
            };
            let at = alike.iter().position(is_twin)?;
            Some(alike.remove(at))
        });
        let number = match twin {
            Some(number) => number,
            None if ours.annotations.contains_key(id) => numbers.fresh(),
            None => *id,
        };
        map.insert(*id, number);
    }
    map
}
