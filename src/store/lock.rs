//! One writer for each annotator and document.
//!
//! The lock is the system's, on a file of its own (the snapshot is replaced by rename and cannot carry it): it ends with the
//! process, however that ends. The file says who holds it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::StoreError;

/// The right to write, given back when dropped; the file goes with it.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    /// Directories made for the file, innermost first; those still empty at the end go too.
    made: Vec<PathBuf>,
}

/// What came of asking for the lock.
#[derive(Debug)]
pub(super) enum Asked {
    /// It is ours.
    Ours(Lock),
    /// Somebody has it; what their file says of them.
    Theirs(String),
}

impl Lock {
    /// Asks for the lock at `path`, making directories as needed.
    pub(super) fn ask(path: &Path) -> Result<Asked, StoreError> {
        let made = make_directories(path)?;
        loop {
            let mut file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(path)
                .map_err(StoreError::io(path, "lock it"))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let mut holder = String::new();
                    let read = file.read_to_string(&mut holder);
                    let holder = if read.is_ok() { holder.trim().to_owned() } else { String::new() };
                    return Ok(Asked::Theirs(if holder.is_empty() { "another program".into() } else { holder }));
                }
                Err(TryLockError::Error(error)) => return Err(StoreError::io(path, "lock it")(error)),
            }
            if !is_still_at(&file, path) {
                continue;
            }
            let host = gethostname::gethostname();
            let write = |file: &mut File| {
                file.set_len(0)?;
                file.rewind()?;
                writeln!(file, "process {} on {}", std::process::id(), host.to_string_lossy())
            };
            write(&mut file).map_err(StoreError::io(path, "write it"))?;
            return Ok(Asked::Ours(Self { file, path: path.to_owned(), made }));
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while still locked: whoever opened it meanwhile sees that the name is gone and asks again.
        let removed = fs::remove_file(&self.path);
        let unlocked = self.file.unlock();
        for directory in &self.made {
            if fs::remove_dir(directory).is_err() {
                break;
            }
        }
        drop((removed, unlocked));
    }
}

/// Makes the directories above `path` and returns those that were not there, innermost first.
fn make_directories(path: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let missing: Vec<PathBuf> =
        path.ancestors().skip(1).take_while(|directory| !directory.exists()).map(Path::to_owned).collect();
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory).map_err(StoreError::io(directory, "make the directory"))?;
    }
    Ok(missing)
}

/// Whether the name `path` still leads to `file`: its holder may have removed it between our opening and our locking.
fn is_still_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let identity = |data: fs::Metadata| (data.dev(), data.ino());
        file.metadata().is_ok_and(|own| fs::metadata(path).is_ok_and(|named| identity(own) == identity(named)))
    }
    #[cfg(not(unix))]
    {
        file.metadata().is_ok() && path.exists()
    }
}
