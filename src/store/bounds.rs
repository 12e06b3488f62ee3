//! What is not read and not written: files beyond all use, and places outside the corpus.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::StoreError;

/// The most that a file of annotations may hold, in bytes. A hundred thousand annotations and their history are thirty million.
const MOST: u64 = 1 << 30;

/// The most that a file of settings may hold, in bytes.
pub(super) const MOST_SETTINGS: u64 = 1 << 24;

/// The bytes of the file at `path`, or nothing when there is none; a device or a pipe might never end.
pub(super) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    read_up_to(MOST, path)
}

/// The same with another limit, in bytes.
pub(super) fn read_up_to(most: u64, path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    let data = match fs::metadata(path) {
        Ok(data) => data,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(error) => return Err(StoreError::io(path, "read it")(error)),
    };
    if data.is_dir() {
        let message = "there is a directory where a file should be".to_owned();
        return Err(StoreError::Refused { path: path.to_owned(), message });
    }
    if !data.is_file() {
        return Err(StoreError::Special(path.to_owned()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(data.len().min(most)).unwrap_or(0));
    let read = File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
    let length = read.map_err(StoreError::io(path, "read it"))? as u64;
    if length > most {
        let message = format!("it is longer than {most} bytes, and none of ours is");
        return Err(StoreError::Refused { path: path.to_owned(), message });
    }
    Ok(Some(bytes))
}

/// Refuses a `path` below `root` that a symbolic link leads out of it: what is written there would land outside the corpus. A link that
/// leads nowhere is refused too, for writing would make its target.
pub(super) fn stay_within(root: &Path, path: &Path) -> Result<(), StoreError> {
    let Ok(below) = path.strip_prefix(root) else { return Ok(()) };
    let mut at = root.to_owned();
    for part in below {
        at.push(part);
        let is_link = fs::symlink_metadata(&at).is_ok_and(|data| data.file_type().is_symlink());
        if is_link && !fs::canonicalize(&at).is_ok_and(|target| target.starts_with(root)) {
            let message = "this symbolic link leads out of the corpus; nothing is written there".to_owned();
            return Err(StoreError::Refused { path: at, message });
        }
    }
    Ok(())
}
