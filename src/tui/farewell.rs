//! What is told when the screen that was there before has come back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::app::plural;
use crate::work::Left;

/// What is to be told on the screen that comes back, a line each.
#[derive(Debug)]
pub struct Farewell {
    /// What was found on leaving and is still to be looked at.
    pub found: Vec<String>,
    /// Where annotations were changed.
    pub written: Vec<String>,
}

/// How the documents that have been left were left.
#[derive(Debug, Default)]
pub(super) struct Leavings {
    /// The snapshots of documents that were changed, and the annotations in each.
    written: BTreeMap<PathBuf, usize>,
    /// What was found.
    pub(super) found: Vec<String>,
}

impl Leavings {
    /// Takes note of how a document with `count` annotations was left; of one that `goes_too`, only what was found.
    pub(super) fn note(&mut self, left: Left, count: usize, goes_too: bool) {
        self.found.extend(left.notices);
        self.written.extend(left.snapshot.filter(|_| !goes_too).map(|path| (path, count)));
    }

    /// What is to be told of all.
    pub(super) fn told(self) -> Farewell {
        Farewell { found: self.found, written: self.written.iter().map(|(path, count)| saved(path, *count)).collect() }
    }
}

/// `12 annotations in annotations/alpha/речь.txt.ron`, the path as seen from here.
fn saved(path: &Path, count: usize) -> String {
    let here = std::env::current_dir().ok();
    let path = here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    format!("{} in {}", plural(count, "annotation"), path.display())
}
