//! Two versions of the same annotations.

use crate::annotation::Edit;

/// Another version of what a session holds, found in its files: another program put it there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rival {
    /// The files it was found in, for people.
    pub found_in: &'static str,
    /// The revision of the session from which the ways lead.
    pub revision: u64,
    /// How to go on, or why theirs cannot be read.
    pub ways: Result<Ways, String>,
}

/// The edits that lead from what a session holds to one version or to both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ways {
    /// To ours.
    pub mine: Vec<Edit>,
    /// To theirs.
    pub theirs: Vec<Edit>,
    /// To both.
    pub merged: Vec<Edit>,
    /// What the two contradict each other in, a sentence each; when merged, both versions are kept.
    pub conflicts: Vec<String>,
}
