//! What is the same on two sides, whatever its number.
//!
//! Numbers are counters of each file. So two copies give one number to different things, a merge gives different numbers to the same
//! thing in each of them, and whoever goes on from a snapshot alone may use a number again. What is the same is therefore told by what
//! it says, and by its number only where that is not enough:
//!
//! 1. what says the same in everything is the same;
//! 2. else what has the same label on the same place, or the same name;
//! 3. else what has the same number and may have become the other by a change;
//! 4. else what has another label of the layer on the same place, or the same label from or up to the same place.
//!
//! Under one number is looked first, then elsewhere. What is left is not the same: one was deleted and the other added. So what somebody
//! said of a thing is only ever said of what looks as it did to them, or of what it has become.

use std::collections::{BTreeMap, BTreeSet};

use super::combine::{Held, State};
use crate::store::format::{Readable, SpeakerV1, TargetV1};

/// A number that nothing has: what refers to it refers to nothing that the other side knows.
const UNKNOWN: u32 = 0;

/// Numbers of one side by those of the other, one for one.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs {
    there: BTreeMap<u32, u32>,
    here: BTreeMap<u32, u32>,
}

impl FromIterator<(u32, u32)> for Pairs {
    fn from_iter<I: IntoIterator<Item = (u32, u32)>>(pairs: I) -> Self {
        let mut all = Self::default();
        pairs.into_iter().for_each(|(here, there)| all.add(here, there));
        all
    }
}

impl Pairs {
    /// The number over there of what has the number `here`.
    pub(super) fn there(&self, here: u32) -> Option<u32> {
        self.there.get(&here).copied()
    }

    /// The number here of what has the number `there`.
    pub(super) fn here(&self, there: u32) -> Option<u32> {
        self.here.get(&there).copied()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        self.there.iter().map(|(here, there)| (*here, *there))
    }

    fn add(&mut self, here: u32, there: u32) {
        if self.there(here).is_none() && self.here(there).is_none() {
            self.there.insert(here, there);
            self.here.insert(there, here);
        }
    }

    /// Pairs what has one number on both sides and is the `same`.
    fn add_under_one_number<T>(
        &mut self,
        here: &BTreeMap<u32, T>,
        there: &BTreeMap<u32, T>,
        same: impl Fn(&T, &T) -> bool,
    ) {
        for (id, own) in here {
            let is_open = self.there(*id).is_none() && self.here(*id).is_none();
            if is_open && there.get(id).is_some_and(|other| same(own, other)) {
                self.add(*id, *id);
            }
        }
    }

    /// Pairs what has the same `sign` on both sides and fits: under one number, then wherever it is.
    fn add_alike<'a, T, K: Ord>(
        &mut self,
        here: &'a BTreeMap<u32, T>,
        there: &'a BTreeMap<u32, T>,
        sign: impl Fn(&'a T) -> Option<K>,
        fits: impl Fn(&T, &T) -> bool,
    ) {
        for (id, own) in here {
            let Some((sign_there, other)) = there.get(id).and_then(|other| Some((sign(other)?, other))) else {
                continue;
            };
            if sign(own) == Some(sign_there) && fits(own, other) {
                self.add(*id, *id);
            }
        }
        let mut open: BTreeMap<K, Vec<u32>> = BTreeMap::new();
        for (id, other) in there.iter().filter(|(id, _)| !self.here.contains_key(id)) {
            if let Some(sign) = sign(other) {
                open.entry(sign).or_default().push(*id);
            }
        }
        for (id, own) in here {
            if self.there.contains_key(id) {
                continue;
            }
            let Some(alike) = sign(own).and_then(|sign| open.get_mut(&sign)) else { continue };
            if let Some(at) = alike.iter().position(|other| fits(own, &there[other])) {
                self.add(*id, alike.remove(at));
            }
        }
    }
}

/// What is the same here and there.
#[derive(Clone, Debug, Default)]
pub(super) struct Same {
    pub(super) speakers: Pairs,
    pub(super) annotations: Pairs,
}

impl Same {
    /// What of `base` is what in `side`, which was made of it, here being `side`.
    pub(super) fn of(side: &State, base: &State) -> Self {
        let mut same = Self::default();
        same.add(side, base, true);
        same
    }

    /// Adds what both sides added alike.
    pub(super) fn add_twins(&mut self, here: &State, there: &State) {
        self.add(here, there, false);
    }

    /// Adds what is the same; that one may have become the other by a `change` is asked only where one was made of the other.
    fn add(&mut self, here: &State, there: &State, change: bool) {
        self.add_missing(here, there);
        self.add_speakers(here, there, change);
        // Whether two relations are the same depends on what their ends are.
        let mut before = None;
        while before != Some(self.annotations.there.len()) {
            before = Some(self.annotations.there.len());
            self.add_annotations(here, there, change);
        }
    }

    /// What is not there, but referred to by its number on both sides.
    fn add_missing(&mut self, here: &State, there: &State) {
        let ([speakers, annotations], others) = (here.missing(), there.missing());
        speakers.intersection(&others[0]).for_each(|id| self.speakers.add(*id, *id));
        annotations.intersection(&others[1]).for_each(|id| self.annotations.add(*id, *id));
    }

    fn add_speakers(&mut self, here: &State, there: &State, change: bool) {
        let (own, others) = (&here.speakers, &there.speakers);
        self.speakers.add_alike(own, others, |own| Some(own.content()), |_, _| true);
        if change {
            self.speakers.add_under_one_number(own, others, |own, other| own.name == other.name);
        }
        self.speakers.add_alike(own, others, |own| Some(&own.name), SpeakerV1::may_be);
        if change {
            self.speakers.add_under_one_number(own, others, SpeakerV1::shares_a_name);
            self.speakers.add_alike(own, others, |_| Some(()), SpeakerV1::may_be_called_otherwise);
            self.speakers.add_under_one_number(own, others, |own, _| is_quoted_alike(own.id, here, there));
        }
    }

    fn add_annotations(&mut self, here: &State, there: &State, change: bool) {
        let (annotation, speaker) = (&self.annotations, &self.speakers);
        let known = |pairs: &Pairs, id| pairs.there(id).unwrap_or(UNKNOWN);
        let as_there = |(id, held): (&u32, &Held)| {
            let own = held.own.clone().numbered(UNKNOWN);
            (*id, Held { own: own.referring(|id| known(annotation, id), |id| known(speaker, id)), waits: held.waits })
        };
        let as_it_is =
            |(id, held): (&u32, &Held)| (*id, Held { own: held.own.clone().numbered(UNKNOWN), waits: held.waits });
        let own = here.annotations.iter().filter(|(id, _)| annotation.there(**id).is_none()).map(as_there).collect();
        let others = there.annotations.iter().filter(|(id, _)| annotation.here(**id).is_none()).map(as_it_is).collect();
        let pairs = &mut self.annotations;
        pairs.add_alike(&own, &others, Some, |_, _| true);
        if change {
            pairs.add_alike(&own, &others, |held| Some(held.own.tag_and_target()), |_, _| true);
            pairs.add_under_one_number(&own, &others, Held::may_have_been);
            pairs.add_alike(&own, &others, |held| held.own.place_in_layer(), |_, _| true);
            pairs.add_alike(&own, &others, |held| held.own.tag_and_start(), |_, _| true);
            pairs.add_alike(&own, &others, |held| held.own.tag_and_end(), |_, _| true);
        }
    }
}

/// Whether a label on the same place names the speaker `id` here and there.
fn is_quoted_alike(id: u32, here: &State, there: &State) -> bool {
    !quotes_of(id, here).is_disjoint(&quotes_of(id, there))
}

fn quotes_of(id: u32, state: &State) -> BTreeSet<(&Readable, &Readable, &TargetV1)> {
    let naming = state.annotations.values().filter(|held| held.own.named_speakers().contains(&id));
    naming.map(|held| held.own.tag_and_target()).collect()
}
