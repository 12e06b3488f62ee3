//! Relations whose ends are there. One that is refused may be the end of another, which cannot be taken either, and so on.

use std::collections::BTreeMap;

use crate::exchange::{Aim, Item, Refusal};
use crate::text::Fragments;

/// Takes the relations out of `placed` that have an end which is not there, or is taken out with them, and says why.
pub(super) fn take_out(placed: &mut Vec<(Option<Fragments>, Item)>) -> Vec<Refusal> {
    // The first of those with one id is what it names.
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    let mut related: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, (_, item)) in placed.iter().enumerate() {
        named.entry(&item.id).or_insert(number);
        if let Aim::Relation { from, to } = &item.target {
            for end in [from, to] {
                related.entry(end).or_default().push(number);
            }
        }
    }
    let mut reasons: BTreeMap<usize, String> = BTreeMap::new();
    let mut gone: Vec<&str> = related.keys().filter(|end| !named.contains_key(*end)).copied().collect();
    while let Some(end) = gone.pop() {
        for number in related.get(end).into_iter().flatten() {
            let id = placed[*number].1.id.as_str();
            if !reasons.contains_key(number) && named.get(id) == Some(number) {
                gone.push(id);
            }
            reasons.entry(*number).or_insert_with(|| format!("it relates to {end}, which is not there"));
        }
    }
    let refusals = reasons.iter().map(|(number, reason)| placed[*number].1.spot.refuse(reason.as_str())).collect();
    let mut number = 0..;
    placed.retain(|_| number.next().is_some_and(|number| !reasons.contains_key(&number)));
    refusals
}
