//! Work for a thread that may wait for the disk.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Snapshot, StoreError, atomic};

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
    },
}

/// What a [`Job`] achieved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The history is on disk up to this revision.
    Synced(u64),
    /// The snapshot holds this revision.
    Saved(u64),
}

impl Job {
    /// Does it, waiting for the disk.
    pub fn run(self) -> Result<Kept, StoreError> {
        match self {
            Self::Sync { file, path, root, revision } => {
                file.sync_data().map_err(StoreError::io(&path, "sync it"))?;
                let within = |directory: &&Path| directory.starts_with(&root);
                path.ancestors().skip(1).take_while(within).try_for_each(atomic::sync_directory)?;
                Ok(Kept::Synced(revision))
            }
            Self::Save { snapshot, path } => {
                atomic::write_whole(&path, |out| snapshot.write(out))?;
                Ok(Kept::Saved(snapshot.revision))
            }
        }
    }
}
