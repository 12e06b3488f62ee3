//! The end of a history, where lines are appended.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use super::StoreError;
use super::atomic::is_still_at;
use super::corpus::Files;

/// A history open for appending.
#[derive(Debug)]
pub(super) struct Tail {
    file: Arc<File>,
    path: PathBuf,
    /// The bytes of its good lines.
    length: u64,
    /// Whether half a line of ours may stand behind them.
    torn: bool,
}

impl Tail {
    /// Makes the history of `files`, empty; there must be none with anything in it.
    pub(super) fn create(files: &Files) -> Result<Self, StoreError> {
        Self::at(files, 0, true)
    }

    /// Goes on with the history of `files`, of whose `all` bytes the first `good` are whole lines.
    ///
    /// What a crash left behind these is set aside; the notice says so.
    pub(super) fn resume(files: &Files, good: usize, all: usize) -> Result<(Self, Option<String>), StoreError> {
        let tail = Self::at(files, good as u64, false)?;
        if good == all {
            return Ok((tail, None));
        }
        let (path, torn) = (&files.history, &files.torn);
        let bytes = fs::read(path).map_err(StoreError::io(path, "read it"))?;
        let rest = bytes.get(good..).unwrap_or_default();
        let mut aside =
            OpenOptions::new().create(true).append(true).open(torn).map_err(StoreError::io(torn, "write it"))?;
        aside.write_all(rest).and_then(|()| aside.sync_data()).map_err(StoreError::io(torn, "write it"))?;
        tail.file.set_len(good as u64).map_err(StoreError::io(path, "cut it"))?;
        let name = torn.file_name().unwrap_or_default().to_string_lossy();
        let notice = format!("the history ended in an unfinished line of {} bytes, set aside in {name}", rest.len());
        Ok((tail, Some(notice)))
    }

    fn at(files: &Files, length: u64, create: bool) -> Result<Self, StoreError> {
        let path = files.history.clone();
        let opened = OpenOptions::new().read(true).append(true).create(create).open(&path);
        let file = Arc::new(opened.map_err(StoreError::io(&path, "write it"))?);
        Ok(Self { file, path, length, torn: false })
    }

    /// Whether there is no line yet, not even the header.
    pub(super) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The file, for making it durable.
    pub(super) fn file(&self) -> Arc<File> {
        Arc::clone(&self.file)
    }

    /// Appends whole `lines`, or leaves the history as it was.
    pub(super) fn append(&mut self, lines: &str) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.try_append(lines).map_err(StoreError::io(&path, "record in it"))
    }

    fn try_append(&mut self, lines: &str) -> io::Result<()> {
        if self.torn {
            self.file.set_len(self.length)?;
            self.torn = false;
        }
        if !is_still_at(&self.file, &self.path) || self.file.metadata()?.len() != self.length {
            return Err(io::Error::other("another program changed or removed it"));
        }
        if let Err(error) = (&*self.file).write_all(lines.as_bytes()) {
            self.torn = self.file.set_len(self.length).is_err();
            return Err(error);
        }
        self.length += lines.len() as u64;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
