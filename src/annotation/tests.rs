pub(crate) mod generators;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::text::{Offset, Span, Text};
use generators::{Move, blind_edit, boundaries, draft, next_move, span, text};

/// The set as anyone would write it who had all the time in the world.
#[derive(Clone, Debug, Default, PartialEq)]
struct Naive {
    annotations: BTreeMap<u32, Annotation>,
    speakers: BTreeMap<u32, Speaker>,
    status: Status,
    waiting: BTreeMap<u32, Waiting>,
}

impl Naive {
    /// Applies `edit` and says whether it fits.
    fn apply(&mut self, edit: &Edit) -> bool {
        let fits = match edit {
            Edit::Insert(own) => !self.annotations.contains_key(&own.id.0),
            Edit::Remove(own) => self.annotations.get(&own.id.0) == Some(own),
            Edit::Replace { before, after } => {
                before.id == after.id && self.annotations.get(&before.id.0) == Some(before)
            }
            Edit::Speaker { before, after } => {
                let mut ids = before.iter().chain(after).map(|speaker| speaker.id.0);
                let first = ids.next();
                first.is_some_and(|id| ids.all(|other| other == id) && self.speakers.get(&id) == before.as_ref())
            }
            Edit::Status { before, .. } => self.status == *before,
            Edit::Wait { before, after } => {
                let mut ids = before.iter().chain(after).map(|own| own.id.0);
                let first = ids.next();
                first.is_some_and(|id| ids.all(|other| other == id) && self.waiting.get(&id) == before.as_ref())
            }
        };
        if fits {
            self.change(edit.clone());
        }
        fits
    }

    fn change(&mut self, edit: Edit) {
        match edit {
            Edit::Insert(own) | Edit::Replace { after: own, .. } => drop(self.annotations.insert(own.id.0, own)),
            Edit::Remove(own) => drop(self.annotations.remove(&own.id.0)),
            Edit::Speaker { after: Some(own), .. } => drop(self.speakers.insert(own.id.0, own)),
            Edit::Speaker { before, after: None } => self.speakers.retain(|_, own| Some(&*own) != before.as_ref()),
            Edit::Status { after, .. } => self.status = after,
            Edit::Wait { after: Some(own), .. } => drop(self.waiting.insert(own.id.0, own)),
            Edit::Wait { before, after: None } => self.waiting.retain(|_, own| Some(&*own) != before.as_ref()),
        }
    }

    /// The annotations in text order.
    fn in_order(&self) -> Vec<&Annotation> {
        let mut all: Vec<&Annotation> = self.annotations.values().collect();
        all.sort_by_key(|own| {
            let hull = own.fragments().map(crate::text::Fragments::hull);
            (hull.is_none(), hull.map(|hull| (hull.start(), Reverse(hull.end()))), own.id)
        });
        all
    }

    fn starts(&self, holds: impl Fn(Offset) -> bool) -> Vec<&Annotation> {
        let starts = |own: &&Annotation| own.fragments().is_some_and(|fragments| holds(fragments.start()));
        self.in_order().into_iter().filter(starts).collect()
    }
}

/// What a script of moves leads to, in a set and in a naive one.
fn played(moves: Vec<Move>, text: &Text) -> Result<(AnnotationSet, Naive), TestCaseError> {
    let (mut set, mut naive) = (AnnotationSet::default(), Naive::default());
    for step in moves {
        let Some(edit) = step.edit(text, &set) else { continue };
        prop_assert_eq!(set.apply(&edit), Ok(()));
        prop_assert!(naive.apply(&edit));
    }
    Ok((set, naive))
}

/// Checks that every question about `set` has the answer that `naive` gives.
fn agree(set: &AnnotationSet, naive: &Naive, text: &Text, window: Span) -> Result<(), TestCaseError> {
    let order = naive.in_order();
    prop_assert_eq!(set.iter().collect::<Vec<_>>(), order.clone());
    prop_assert_eq!(set.iter().rev().collect::<Vec<_>>(), order.iter().rev().copied().collect::<Vec<_>>());
    prop_assert_eq!((set.len(), set.is_empty(), set.status()), (order.len(), order.is_empty(), naive.status));
    prop_assert!(set.speakers().eq(naive.speakers.values()));
    prop_assert_eq!(set.is_blank(), *naive == Naive::default());
    prop_assert!(naive.annotations.keys().all(|id| *id < set.next_id().0));
    prop_assert!(naive.speakers.keys().all(|id| *id < set.next_speaker().0));
    for (at, own) in order.iter().enumerate() {
        prop_assert_eq!(set.get(own.id), Some(*own));
        prop_assert_eq!(set.after(own.id).collect::<Vec<_>>(), &order[at + 1..]);
        prop_assert_eq!(set.before(own.id).collect::<Vec<_>>(), order[..at].iter().rev().copied().collect::<Vec<_>>());
        let touches = |other: &&Annotation| matches!(other.target, Target::Relation { from, to } if from == own.id || to == own.id);
        let relations: Vec<_> = order.iter().copied().filter(touches).collect();
        prop_assert_eq!(set.relations_of(own.id).collect::<Vec<_>>(), relations);
    }
    let spanless: Vec<_> = order.iter().copied().filter(|own| own.fragments().is_none()).collect();
    prop_assert_eq!(set.spanless().collect::<Vec<_>>(), spanless);
    for offset in boundaries(text) {
        prop_assert_eq!(set.starting_from(offset).collect::<Vec<_>>(), naive.starts(|start| start >= offset));
        let mut before = naive.starts(|start| start < offset);
        before.reverse();
        prop_assert_eq!(set.starting_before(offset).collect::<Vec<_>>(), before);
    }
    let mut found: Vec<_> = set.overlapping(window).map(|(span, own)| (own.id, span)).collect();
    found.sort_unstable();
    let fragments = naive
        .annotations
        .values()
        .flat_map(|own| own.fragments().into_iter().flat_map(|f| f.spans().iter().map(|span| (own.id, *span))));
    prop_assert_eq!(found, fragments.filter(|(_, span)| span.overlaps(window)).collect::<Vec<_>>());
    Ok(())
}

proptest! {
    #[test]
    fn a_script_of_moves_leads_where_a_naive_set_leads(
        text in text(),
        moves in prop::collection::vec(next_move(), 0..25),
        window in any::<(Index, Index)>(),
    ) {
        let (set, naive) = played(moves, &text)?;
        agree(&set, &naive, &text, span(&text, window.0, window.1))?;
    }

    #[test]
    fn a_set_made_at_once_is_that_of_inserting_each(
        text in text(),
        moves in prop::collection::vec(next_move(), 0..25),
        window in any::<(Index, Index)>(),
    ) {
        let (set, naive) = played(moves, &text)?;
        let made = AnnotationSet::of(set.iter().rev().cloned());
        let naive = Naive { annotations: naive.annotations, ..Naive::default() };
        agree(&made, &naive, &text, span(&text, window.0, window.1))?;
    }

    #[test]
    fn an_edit_that_does_not_fit_is_refused_and_changes_nothing(
        (text, edits) in text().prop_flat_map(|text| (Just(text.clone()), prop::collection::vec(blind_edit(text), 0..25))),
        window in any::<(Index, Index)>(),
    ) {
        let (mut set, mut naive) = (AnnotationSet::default(), Naive::default());
        for edit in edits {
            let before = set.clone();
            let result = set.apply(&edit);
            prop_assert_eq!(result.is_ok(), naive.apply(&edit), "{:?}: {:?}", edit, result);
            prop_assert!(result.is_ok() || set == before);
        }
        agree(&set, &naive, &text, span(&text, window.0, window.1))?;
    }

    #[test]
    fn an_edit_and_its_inverse_leave_the_set_as_it_was(
        text in text(),
        moves in prop::collection::vec(next_move(), 1..25),
        window in any::<(Index, Index)>(),
    ) {
        let (mut set, mut naive) = (AnnotationSet::default(), Naive::default());
        for step in moves {
            let Some(edit) = step.edit(&text, &set) else { continue };
            prop_assert_eq!(&edit.clone().inverse().inverse(), &edit);
            set.apply(&edit).unwrap();
            set.apply(&edit.clone().inverse()).unwrap();
            agree(&set, &naive, &text, span(&text, window.0, window.1))?;
            set.apply(&edit).unwrap();
            prop_assert!(naive.apply(&edit));
        }
    }

    #[test]
    fn edits_are_applied_all_or_none(
        (text, bad) in text().prop_flat_map(|text| (Just(text.clone()), prop::option::of(blind_edit(text)))),
        moves in prop::collection::vec(next_move(), 0..10),
        batch in prop::collection::vec(next_move(), 0..10),
        window in any::<(Index, Index)>(),
    ) {
        let (mut set, mut naive) = (AnnotationSet::default(), Naive::default());
        for step in moves {
            let Some(edit) = step.edit(&text, &set) else { continue };
            set.apply(&edit).unwrap();
            naive.apply(&edit);
        }
        let (mut ahead, mut edits) = (set.clone(), Vec::new());
        for step in batch {
            let Some(edit) = step.edit(&text, &ahead) else { continue };
            ahead.apply(&edit).unwrap();
            edits.push(edit);
        }
        edits.extend(bad);
        let before = naive.clone();
        let all_fit = edits.iter().all(|edit| naive.apply(edit));
        prop_assert_eq!(set.apply_all(&edits).is_ok(), all_fit);
        agree(&set, if all_fit { &naive } else { &before }, &text, span(&text, window.0, window.1))?;
    }

    #[test]
    fn clones_go_their_own_ways(text in text(), one in draft(), other in draft()) {
        let mut set = AnnotationSet::default();
        set.apply(&Edit::Insert(one.annotation(AnnotationId(1), &text, &set))).unwrap();
        let clone = set.clone();
        set.apply(&Edit::Insert(other.annotation(AnnotationId(2), &text, &set))).unwrap();
        prop_assert_eq!((clone.len(), set.len()), (1, 2));
    }
}

proptest! {
    /// Some come, some go (those without a value), over few names.
    #[test]
    fn attributes_are_the_map_that_a_map_would_be(
        first in prop::collection::vec(("[aәи]\u{306}?👍?", 0..9_u8), 0..6),
        steps in prop::collection::vec(("[aәи]\u{306}?👍?", prop::option::of(0..9_u8)), 0..20),
    ) {
        let mut map: BTreeMap<String, u8> = first.iter().cloned().collect();
        let mut attributes: Attributes<String, u8> = first.into_iter().collect();
        for (name, value) in steps {
            let was = match value {
                Some(value) => (attributes.insert(name.clone(), value), map.insert(name.clone(), value)),
                None => (attributes.remove(&name), map.remove(&name)),
            };
            prop_assert_eq!(was.0, was.1);
            prop_assert_eq!(attributes.get(&name), map.get(&name));
            prop_assert_eq!((attributes.len(), attributes.is_empty()), (map.len(), map.is_empty()));
        }
        prop_assert!(attributes.iter().eq(&map) && attributes.keys().eq(map.keys()) && attributes.values().eq(map.values()));
        prop_assert_eq!(format!("{attributes:?}"), format!("{map:?}"));
        prop_assert!(attributes.into_iter().eq(map));
    }
}

#[test]
fn an_id_is_not_used_again_after_its_annotation_is_gone() {
    let text = Text::new("Труд, и\u{306} 👍".to_owned()).unwrap();
    let mut set = AnnotationSet::default();
    let annotation = Annotation {
        id: set.next_id(),
        layer: crate::schema::LayerId::new("theme"),
        label: crate::schema::LabelId::new("labour"),
        target: Target::Text(text.whole().unwrap().into()),
        attributes: Attributes::default(),
        note: None,
        origin: Origin::Manual,
    };
    set.apply(&Edit::Insert(annotation.clone())).unwrap();
    set.apply(&Edit::Remove(annotation)).unwrap();
    assert!(set.is_blank());
    assert_eq!(set.next_id(), AnnotationId(2));
    set.count_as_used(AnnotationId(7), SpeakerId(3));
    assert_eq!((set.next_id(), set.next_speaker()), (AnnotationId(8), SpeakerId(4)));
}

/// Where bins of the index meet, from the finest to those of 16 MB.
const BORDERS: [usize; 9] = [0, 1 << 12, 2 << 12, 1 << 15, 1 << 18, 3 << 18, 1 << 21, 5 << 21, 1 << 24];

/// A position near a border, as a count of two-byte letters.
fn near_border() -> impl Strategy<Value = usize> {
    (prop::sample::select(&BORDERS[..]), 0..40_usize)
        .prop_map(|(border, shift)| (border / 2 + shift).saturating_sub(20))
}

#[test]
fn the_index_finds_what_brute_force_finds_at_every_border() {
    let text = Text::new("я".repeat((1 << 23) + 30) + "и\u{306}👍").unwrap();
    let span = |one: usize, other: usize| {
        let (start, end) = if one == other { (one, one + 1) } else { (one.min(other), one.max(other)) };
        text.span(Offset::new(start * 2), Offset::new(end * 2)).unwrap()
    };
    let ends = prop::collection::vec((near_border(), near_border(), any::<bool>()), 0..40);
    proptest!(|(ends in ends, windows in prop::collection::vec((near_border(), near_border()), 1..10))| {
        let mut index = SpanIndex::default();
        let mut all: Vec<(Span, AnnotationId)> = (1..).zip(&ends).map(|(id, end)| (span(end.0, end.1), AnnotationId(id))).collect();
        for (span, id) in &all {
            index.insert(*span, *id);
        }
        for ((span, id), (.., goes)) in all.iter().zip(&ends) {
            if *goes {
                index.remove(*span, |own| own == id);
            }
        }
        let mut goes = ends.iter().map(|(.., goes)| *goes);
        all.retain(|_| !goes.next().unwrap());
        for (one, other) in windows {
            let window = span(one, other);
            let mut found: Vec<_> = index.overlapping(window).map(|(span, id)| (span, *id)).collect();
            found.sort_unstable_by_key(|(_, id)| *id);
            let expected: Vec<_> = all.iter().copied().filter(|(span, _)| span.overlaps(window)).collect();
            prop_assert_eq!(found, expected);
        }
    });
}
