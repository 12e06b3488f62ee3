//! What others made of our annotations: what of it is to be told, and what of it is but following a changed text.
//!
//! Where they corrected the text too, theirs says both at once. That the text changed cannot be undone, but what they did can: so ours
//! follows it first, to the places where theirs stand, and what then still differs is a transaction like any other.

use super::format::Readable;
use super::merge::{Held, State};
use crate::annotation::{AnnotationSet, Edit};
use crate::session::Transaction;

/// How a changed text was followed elsewhere.
#[derive(Debug)]
pub(super) struct Elsewhere {
    /// What the history says, on the text before.
    pub(super) ours: State,
    /// The checksums of lines in other histories that this goes back to.
    pub(super) names: Vec<Readable>,
}

/// `ours` on the text of `theirs`, which goes on from it: each where it stands there, and what was left out waits.
pub(super) fn followed(ours: &State, theirs: &State) -> State {
    let follow = |(id, held): (&u32, &Held)| {
        let is_on_text = held.own.fragments().is_some();
        let there = theirs.annotations.get(id).filter(|there| there.own.fragments().is_some() == is_on_text);
        let held = match there {
            Some(there) if is_on_text => Held { own: held.own.clone().placed_as(&there.own), waits: there.waits },
            Some(_) => held.clone(),
            None => Held { own: held.own.clone(), waits: held.waits || is_on_text },
        };
        (*id, held)
    };
    State { annotations: ours.annotations.iter().map(follow).collect(), ..ours.clone() }
}

/// What another program brought.
#[derive(Debug)]
pub(super) struct Brought {
    pub(super) transaction: Transaction,
    /// What our history says against it, a sentence each.
    pub(super) conflicts: Vec<String>,
}

impl Brought {
    /// That, in words; it led to `set`.
    pub(super) fn told(&self, set: &AnnotationSet) -> Vec<String> {
        let conflicts = self.conflicts.iter().map(|conflict| format!("conflict: {conflict}"));
        conflicts.chain([tell(&self.transaction, set)]).collect()
    }
}

/// What a `merged` transaction brought, which led to `set`, in words.
pub(super) fn tell(merged: &Transaction, set: &AnnotationSet) -> String {
    let is_gone = |id| set.get(id).is_none() && set.waiting().all(|own| own.id != id);
    let gone = merged.edits.iter().filter_map(|edit| match edit {
        Edit::Remove(own) if is_gone(own.id) => Some(own.name()),
        Edit::Wait { before: Some(own), .. } if is_gone(own.id) => Some(format!("{} “{}”", own.name(), own.quote())),
        _ => None,
    });
    let gone: Vec<String> = gone.collect();
    let (count, back) = match merged.edits.len() {
        1 => ("1 change".to_owned(), "it"),
        count => (format!("{count} changes"), "them"),
    };
    let gone = if gone.is_empty() { String::new() } else { format!(", and took away {}", gone.join(", ")) };
    format!("another program brought {count}{gone}: u takes {back} back")
}
