//! Noticing that another program changed a file.

use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use super::StoreError;
use super::bounds::read_if_there;

/// How long it may take to write a file.
const WRITING: Duration = Duration::from_secs(10);

/// A file as we last read or wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen(Option<Sight>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Sight {
    /// As long as this stays, the content need not be looked at; none when it is not known.
    stamp: Option<Stamp>,
    content: Fingerprint,
}

/// Tells contents apart that differ by accident, at little cost: length and CRC-32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fingerprint {
    length: u64,
    checksum: u32,
}

/// What the system says of a file that changes when somebody writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<Timestamp>,
    /// Device and number of the file, where there are such.
    identity: Option<(u64, u64)>,
}

impl Stamp {
    fn of(data: &Metadata) -> Self {
        #[cfg(unix)]
        let identity = {
            use std::os::unix::fs::MetadataExt;
            Some((data.dev(), data.ino()))
        };
        #[cfg(not(unix))]
        let identity = None;
        Self {
            length: data.len(),
            modified: data.modified().ok().and_then(|at| Timestamp::try_from(at).ok()),
            identity,
        }
    }
}

/// How a file stands to what was last seen of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// It is as it was.
    None,
    /// It is gone.
    Removed,
    /// It holds something else, or is there though it was not.
    Replaced,
}

impl Seen {
    /// No file.
    pub(super) const NOTHING: Self = Self(None);

    /// A file that holds `bytes`.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let content = Fingerprint { length: bytes.len() as u64, checksum: crc32fast::hash(bytes) };
        Self(Some(Sight { stamp: None, content }))
    }

    /// A file that was written just now, with the fingerprint of its content.
    pub(super) fn written(file: &File, content: Fingerprint) -> Self {
        Self(Some(Sight { stamp: file.metadata().ok().map(|data| Stamp::of(&data)), content }))
    }

    /// What became of the file at `path`. That it holds the same although somebody touched it is noted.
    pub(super) fn change(&mut self, path: &Path) -> Result<Change, StoreError> {
        let stamp = match std::fs::metadata(path) {
            Ok(data) => Some(Stamp::of(&data)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => None,
            Err(error) => return Err(StoreError::io(path, "read it")(error)),
        };
        Ok(match (&mut self.0, stamp) {
            (None, None) => Change::None,
            (Some(_), None) => Change::Removed,
            (None, Some(_)) => Change::Replaced,
            (Some(sight), Some(stamp)) if sight.stamp.as_ref() == Some(&stamp) => Change::None,
            (Some(sight), Some(stamp)) => {
                let there = read_if_there(path)?.map(|bytes| Self::of(&bytes));
                match there {
                    Some(Self(Some(there))) if there.content == sight.content => {
                        sight.stamp = Some(stamp);
                        Change::None
                    }
                    Some(_) => Change::Replaced,
                    None => Change::Removed,
                }
            }
        })
    }
}

/// Whether the file at `path` was put there after all that the one at `other` holds was done: what a crash leaves is as old as that, but
/// for the time that writing it took.
pub(super) fn is_later(path: &Path, other: &Path) -> bool {
    let written = |path: &Path| std::fs::metadata(path).and_then(|data| data.modified()).ok();
    let between = written(path).zip(written(other)).map(|(path, other)| path.duration_since(other));
    between.is_some_and(|between| between.is_ok_and(|between| between > WRITING))
}

/// Passes on what is written and takes its fingerprint.
pub(super) struct Watched<'a> {
    out: &'a mut dyn Write,
    length: u64,
    checksum: crc32fast::Hasher,
}

impl<'a> Watched<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { out, length: 0, checksum: crc32fast::Hasher::new() }
    }

    /// What was written.
    pub(super) fn fingerprint(self) -> Fingerprint {
        Fingerprint { length: self.length, checksum: self.checksum.finalize() }
    }
}

impl Write for Watched<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = self.out.write(bytes)?;
        self.checksum.update(bytes.get(..length).unwrap_or_default());
        self.length += length as u64;
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
