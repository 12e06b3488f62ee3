//! What is kept beside an annotator's files, so that neither of two versions gets lost.
//!
//! Theirs, where it is not taken, stays as `….theirs`. Ours, where another history stands in its place, is in memory alone until it is
//! decided what becomes of the two: so long it stays as `….ours`, and whoever opens the files after a crash is told of it.

use std::fs;
use std::path::{Path, PathBuf};

use super::bounds::read_if_there;
use super::corpus::Files;
use super::{StoreError, write_whole};

/// Our version, beside the files that another program put in its place.
#[derive(Debug)]
pub(super) struct Ours {
    /// The revision it holds.
    pub(super) revision: u64,
    pub(super) snapshot: PathBuf,
    pub(super) history: PathBuf,
}

impl Ours {
    /// A place for it that nothing has.
    pub(super) fn beside(files: &Files) -> Self {
        let named = |number| (beside(&files.snapshot, "ours", number), beside(&files.history, "ours", number));
        let is_free = |(snapshot, history): &(PathBuf, PathBuf)| !is_there(snapshot) && !is_there(history);
        let (snapshot, history) = (1..u32::MAX).map(named).find(is_free).unwrap_or_else(|| named(u32::MAX));
        Self { revision: 0, snapshot, history }
    }

    /// What a crash left of it beside `files`, in words.
    pub(super) fn left(files: &Files) -> Option<String> {
        let path = (1..10).map(|number| beside(&files.snapshot, "ours", number)).find(|path| is_there(path))?;
        Some(format!(
            "another program replaced your annotations, and nothing was decided: yours is kept as {}, with its history; \
             take it in by tribune merge, or delete it",
            name(&path)
        ))
    }

    /// Takes it away: it stands where it belongs.
    pub(super) fn remove(self) {
        for path in [self.snapshot, self.history] {
            // What stays is told on the next opening.
            drop(fs::remove_file(path));
        }
    }
}

/// Keeps a copy of theirs, the file at `path`, beside it, under a name that nothing has; returns that name.
pub(super) fn set_aside(path: &Path) -> Result<Option<String>, StoreError> {
    let Some(bytes) = read_if_there(path)? else { return Ok(None) };
    // Nobody is helped by several copies of the same.
    let is_for_us = |path: &PathBuf| !is_there(path) || fs::read(path).is_ok_and(|there| there == bytes);
    let named = |number| beside(path, "theirs", number);
    let aside = (1..u32::MAX).map(named).find(is_for_us).unwrap_or_else(|| named(u32::MAX));
    write_whole(&aside, |out| out.write_all(&bytes))?;
    Ok(Some(name(&aside)))
}

/// `….theirs`, `….theirs-2` and so on.
fn beside(path: &Path, whose: &str, number: u32) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(if number == 1 { format!(".{whose}") } else { format!(".{whose}-{number}") });
    PathBuf::from(name)
}

fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The name of a file, for people.
pub(super) fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
