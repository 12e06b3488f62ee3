//! Work for a thread that may wait for the disk.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::seen::{Change, Seen};
use super::{Snapshot, StoreError, aside, atomic, bounds, texts};
use crate::outcome::Failure;

/// Something a [`Desk`](super::Desk) wants done that may take long.
///
/// The desk must outlive it: with the desk goes the lock, and another program may begin to write.
#[derive(Debug)]
pub enum Job {
    /// Makes the history durable.
    Sync {
        /// The history.
        file: Arc<File>,
        /// Its path.
        path: PathBuf,
        /// The corpus, up to which directories may have been made for it.
        root: PathBuf,
        /// The last revision in it.
        revision: u64,
    },
    /// Replaces the snapshot.
    Save {
        /// What it is to hold.
        snapshot: Box<Snapshot>,
        /// Where it goes.
        path: PathBuf,
        /// The corpus, which must not be left.
        root: PathBuf,
        /// What stands there, unless another program changed it.
        seen: Seen,
        /// Whether that cannot be read: then a copy of it must stay.
        is_broken: bool,
        /// Where the text is kept.
        text: Option<Box<Path>>,
    },
}

/// What a [`Job`] achieved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The history is on disk up to this revision.
    Synced(u64),
    /// The snapshot holds a revision.
    Saved(Saved),
}

/// A snapshot that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// What it holds.
    pub revision: u64,
    /// What was there and is kept beside, in words.
    pub kept: Option<String>,
    pub(super) seen: Seen,
}

/// What could not be kept, and why.
#[derive(Debug, thiserror::Error)]
pub enum Unkept {
    /// What was recorded may not be on disk.
    #[error(transparent)]
    History(StoreError),
    /// The snapshot is what it was; the history holds everything.
    #[error(transparent)]
    Snapshot(StoreError),
}

impl Unkept {
    /// Why it could not.
    pub fn into_error(self) -> StoreError {
        match self {
            Self::History(error) | Self::Snapshot(error) => error,
        }
    }
}

impl From<Unkept> for Failure {
    fn from(unkept: Unkept) -> Self {
        match unkept {
            Unkept::History(error) => error.into(),
            Unkept::Snapshot(error) => Self::from(error)
                .hint("nothing is lost: the history holds every change, and the next start takes it from there"),
        }
    }
}

impl Job {
    /// Does it, waiting for the disk.
    pub fn run(self) -> Result<Kept, Unkept> {
        match self {
            Self::Sync { file, path, root, revision } => {
                let within = |directory: &&Path| directory.starts_with(&root);
                let sync_above = || path.ancestors().skip(1).take_while(within).try_for_each(atomic::sync_directory);
                let synced = file.sync_data().map_err(StoreError::io(&path, "sync it"));
                synced.and_then(|()| sync_above()).map_err(Unkept::History)?;
                Ok(Kept::Synced(revision))
            }
            Self::Save { snapshot, path, root, mut seen, is_broken, text } => {
                // Where it cannot be kept, annotations have only their words to follow a change by: no reason not to save them.
                drop(text.map(|path| texts::keep(&root, &path, &snapshot.document.text)));
                let mut unchanged = || match seen.change(&path)? {
                    Change::Replaced => Err(StoreError::Overtaken(path.clone())),
                    Change::None | Change::Removed => Ok(()),
                };
                let save = || {
                    unchanged()?;
                    make_room(&root, &path)?;
                    let kept = if is_broken { aside::set_aside(&path)? } else { None };
                    let kept = kept.map(|name| format!("the snapshot that cannot be read is kept as {name}"));
                    let seen = atomic::write_checked(&path, |out| snapshot.write(out), unchanged)?;
                    Ok(Saved { revision: snapshot.revision, kept, seen })
                };
                save().map(Kept::Saved).map_err(Unkept::Snapshot)
            }
        }
    }
}

/// Makes the directory of `path`, which may have been taken away.
fn make_room(root: &Path, path: &Path) -> Result<(), StoreError> {
    bounds::stay_within(root, path)?;
    path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(StoreError::io(path, "write it"))
}
