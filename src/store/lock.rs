//! One writer for each annotator and document.
//!
//! The lock is the system's, on a file of its own (the snapshot is replaced by rename and cannot carry it): it ends with the
//! process, however that ends. The file says who holds it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::atomic::is_still_at;
use super::format::legible;

/// How often to ask again when another program removes the file, or its directory, while we open it.
const ATTEMPTS: usize = 20;

/// The right to write, given back when dropped; the file goes with it.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    /// Dropped after the file is gone.
    _made: Made,
}

/// What came of asking for the lock.
#[derive(Debug)]
pub(super) enum Asked {
    /// It is ours.
    Ours(Lock),
    /// Somebody has it; what their file says of them.
    Theirs(String),
}

/// What another program works on.
#[derive(Debug)]
pub struct Taken(PathBuf);

impl Taken {
    /// What the lock at `path` is for.
    pub(super) fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Whether that program has ended, or works on something else by now. The lock is had for a moment and given back.
    pub fn is_over(&self) -> bool {
        matches!(Lock::ask(&self.0), Ok(Asked::Ours(_)))
    }
}

impl Lock {
    /// Asks for the lock at `path`, making directories as needed.
    pub(super) fn ask(path: &Path) -> Result<Asked, StoreError> {
        let mut reason = io::Error::other("other programs keep taking it");
        for _ in 0..ATTEMPTS {
            match Self::attempt(path) {
                Ok(Some(asked)) => return Ok(asked),
                Ok(None) => {}
                // A directory that another program makes or takes away in this moment.
                Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::AlreadyExists) => {
                    reason = error;
                }
                Err(error) => return Err(StoreError::io(path, "lock it")(error)),
            }
        }
        Err(StoreError::io(path, "lock it")(reason))
    }

    /// Whether others still find it: somebody may have removed the file.
    pub(super) fn is_held(&self) -> bool {
        is_still_at(&self.file, &self.path)
    }

    /// Nothing when the file we locked has lost its name meanwhile.
    fn attempt(path: &Path) -> io::Result<Option<Asked>> {
        let made = Made::above(path)?;
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Some(Asked::Theirs(holder(&file)))),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        if !is_still_at(&file, path) {
            return Ok(None);
        }
        let lock = Self { file, path: path.to_owned(), _made: made };
        lock.file.set_len(0)?;
        let host = whoami::hostname().unwrap_or_else(|_unnamed| "an unnamed host".to_owned());
        writeln!(&lock.file, "process {} on {}", std::process::id(), host)?;
        Ok(Some(Asked::Ours(lock)))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still locked: whoever opened it meanwhile sees that the name is gone and asks again.
        if self.is_held() {
            drop(fs::remove_file(&self.path));
        }
        drop(self.file.unlock());
    }
}

/// What the first line of a lock says of its holder.
fn holder(file: &File) -> String {
    let mut bytes = Vec::new();
    drop(file.take(300).read_to_end(&mut bytes));
    let said = String::from_utf8_lossy(&bytes);
    match said.lines().next().map(str::trim).filter(|line| !line.is_empty()) {
        Some(line) => legible(line),
        None => "another program".to_owned(),
    }
}

/// Directories made for the lock, innermost first; those still empty at the end go again.
#[derive(Debug)]
struct Made(Vec<PathBuf>);

impl Made {
    /// Makes the directories above `path` that are not there.
    fn above(path: &Path) -> io::Result<Self> {
        let missing = path.ancestors().skip(1).take_while(|directory| !directory.exists());
        let made = Self(missing.map(Path::to_owned).collect());
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        Ok(made)
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        self.0.iter().for_each(|directory| drop(fs::remove_dir(directory)));
    }
}
