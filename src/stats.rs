//! How much each annotator has tagged: counts, and the share of the text that is covered.
//!
//! Covered is the number of code points that lie in at least one fragment: two themes on the same words cover them once, so
//! shares of labels do not add up to the share of their layer.
//!
//! | file | holds |
//! |---|---|
//! | `count` | counting one document |
//! | `table` | the table for people |
//! | `json` | the same for programs |

mod count;
mod json;
mod table;

use std::collections::BTreeMap;

use crate::annotation::Status;
use crate::exchange::Source;
use crate::schema::{LabelId, LayerId};

/// What is counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Everything.
    Total,
    /// A layer.
    Layer(LayerId),
    /// A label of a layer.
    Label(LayerId, LabelId),
    /// What is ascribed to this speaker, by name; none for what could have a speaker and has not: the narrator's.
    Speaker(Option<String>),
}

/// The counts of one group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Annotations, those without a span included.
    pub annotations: usize,
    /// Fragments: an interrupted annotation has several.
    pub fragments: usize,
    /// Code points in at least one fragment.
    pub covered: usize,
}

/// The counts of one annotator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Documents counted.
    pub documents: usize,
    /// How many of them the annotator calls done.
    pub done: usize,
    /// The length of their texts in code points.
    pub code_points: usize,
    /// The groups, those of the schema first and in its order, also where they are empty.
    pub groups: Vec<(Group, Tally)>,
}

/// The counts of any number of documents, by annotator.
///
/// [`table`](Self::table) and [`json`](Self::json) write them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// By the annotator's name.
    pub annotators: BTreeMap<String, Counts>,
}

/// Counts one document.
pub fn stats(source: &Source<'_>) -> Stats {
    let groups = count::groups(source);
    let done = usize::from(source.set.status() == Status::Done);
    let counts = Counts { documents: 1, done, code_points: source.document.text.code_point_count(), groups };
    Stats { annotators: [(source.annotator.to_owned(), counts)].into() }
}

impl Stats {
    /// Adds the counts of other documents.
    pub fn add(&mut self, other: Self) {
        for (annotator, counts) in other.annotators {
            self.annotators.entry(annotator).or_default().add(counts);
        }
    }
}

impl Counts {
    /// The share of the text that `tally` covers, from 0 to 1.
    pub fn share(&self, tally: Tally) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a share is shown with three digits")]
        if self.code_points == 0 { 0.0 } else { tally.covered as f64 / self.code_points as f64 }
    }

    fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.done += other.done;
        self.code_points += other.code_points;
        for (group, tally) in other.groups {
            match self.groups.iter_mut().find(|(own, _)| *own == group) {
                Some((_, own)) => own.add(tally),
                None => self.groups.push((group, tally)),
            }
        }
    }
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.annotations += other.annotations;
        self.fragments += other.fragments;
        self.covered += other.covered;
    }
}

#[cfg(test)]
mod tests;
