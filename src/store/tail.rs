//! The end of a history, where lines are appended.
//!
//! The whole of it is kept in memory too: when another program takes the file away, or cuts it, it is written anew.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::atomic::is_still_at;
use super::bounds::read_if_there;
use super::corpus::Files;
use super::{StoreError, bounds, write_whole};

/// A history open for appending.
#[derive(Debug)]
pub(super) struct Tail {
    path: PathBuf,
    /// What must not be left: the corpus.
    root: PathBuf,
    /// None until there is something to append, and after the file could not be trusted.
    file: Option<Arc<File>>,
    /// The good lines found on opening; shared with whoever reads older ones.
    found: Arc<Vec<u8>>,
    /// How many of its bytes are good lines.
    good: usize,
    /// The lines appended since.
    own: Vec<u8>,
    /// Whether half a line of ours may stand behind them.
    torn: bool,
}

/// How lines got into a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Appended {
    /// Behind those that were there.
    Behind,
    /// With all others: the file was gone, or not whole any more.
    Anew,
}

/// What the name of a history leads to.
enum Standing {
    /// To our file, as we left it.
    Ours(Arc<File>),
    /// To nothing, or to a part of what we wrote.
    Gone,
    /// To something that others wrote.
    Theirs,
}

impl Tail {
    /// The history of `files`, of which there is none yet: the first append makes it.
    pub(super) fn fresh(files: &Files) -> Self {
        let (path, root, found) = (files.history.clone(), files.root.clone(), Arc::default());
        Self { path, root, file: None, found, good: 0, own: Vec::new(), torn: false }
    }

    /// Goes on with the history of `files`, of whose `all` bytes the first `good` are whole lines.
    ///
    /// What a crash left behind these is set aside; the notice says so.
    pub(super) fn resume(files: &Files, good: usize, all: usize) -> Result<(Self, Option<String>), StoreError> {
        let found = read_if_there(&files.history)?.unwrap_or_default();
        debug_assert!(found.len() >= all, "the lock is ours");
        Self::go_on(files, Arc::new(found), good)
    }

    /// Goes on with the history of `files`, which holds `found`, of which the first `good` bytes are whole lines.
    pub(super) fn go_on(files: &Files, found: Arc<Vec<u8>>, good: usize) -> Result<(Self, Option<String>), StoreError> {
        let path = &files.history;
        let file = open(path, false).map_err(StoreError::io(path, "write it"))?;
        let rest = found.get(good..).unwrap_or_default();
        let notice = match rest.len() {
            0 => None,
            length => {
                let aside = set_aside(files, rest)?;
                file.set_len(good as u64).map_err(StoreError::io(path, "cut it"))?;
                Some(format!("the history ended in an unfinished line of {length} bytes, set aside in {aside}"))
            }
        };
        let root = files.root.clone();
        let tail = Self { path: path.clone(), root, file: Some(file), found, good, own: Vec::new(), torn: false };
        Ok((tail, notice))
    }

    /// Whether there is no line yet, not even the header.
    pub(super) fn is_empty(&self) -> bool {
        self.length() == 0
    }

    /// The file, for making it durable, if there is one.
    pub(super) fn file(&self) -> Option<Arc<File>> {
        self.file.clone()
    }

    /// Waits until what was appended is on disk.
    pub(super) fn sync(&self) -> Result<(), StoreError> {
        self.file.iter().try_for_each(|file| file.sync_data()).map_err(StoreError::io(&self.path, "sync it"))
    }

    /// Everything recorded, in two parts.
    pub(super) fn content(&self) -> [&[u8]; 2] {
        [self.found.get(..self.good).unwrap_or_default(), &self.own]
    }

    /// Whether what was appended may be where it belongs.
    pub(super) fn is_trusted(&self) -> bool {
        self.file.is_some() || self.is_empty()
    }

    /// Does not trust the file any more: the disk did not take what was written. The next append writes everything anew.
    pub(super) fn distrust(&mut self) {
        self.file = None;
    }

    /// Appends whole `lines`, or leaves the history as it was.
    ///
    /// # Errors
    ///
    /// [`StoreError::Overtaken`] when somebody else's lines stand there now.
    pub(super) fn append(&mut self, lines: &str) -> Result<Appended, StoreError> {
        let path = self.path.clone();
        match self.standing()? {
            Standing::Ours(file) => {
                self.write(&file, lines.as_bytes()).map_err(StoreError::io(&path, "record in it"))?;
                self.file = Some(file);
                self.own.extend(lines.as_bytes());
                Ok(Appended::Behind)
            }
            Standing::Gone => self.write_anew(lines).map(|()| Appended::Anew),
            Standing::Theirs => Err(StoreError::Overtaken(path)),
        }
    }

    /// Whether others have put something in the history's place. A history that is gone or cut is not trusted any more.
    pub(super) fn is_overtaken(&mut self) -> Result<bool, StoreError> {
        if self.is_empty() && !self.path.exists() {
            return Ok(false);
        }
        Ok(match self.standing()? {
            Standing::Theirs => true,
            Standing::Gone => {
                self.distrust();
                false
            }
            // The same length is not yet the same content.
            Standing::Ours(_) => {
                let there = read_if_there(&self.path)?.unwrap_or_default();
                let [found, own] = self.content();
                there.strip_prefix(found) != Some(own)
            }
        })
    }

    /// Replaces whatever stands there by everything recorded and `lines`, on disk.
    pub(super) fn write_anew(&mut self, lines: &str) -> Result<(), StoreError> {
        let path = self.path.clone();
        bounds::stay_within(&self.root, &path)?;
        path.parent().map_or(Ok(()), fs::create_dir_all).map_err(StoreError::io(&path, "write it anew"))?;
        let [found, own] = self.content();
        write_whole(&path, |out| [found, own, lines.as_bytes()].iter().try_for_each(|part| out.write_all(part)))?;
        self.file = Some(open(&path, false).map_err(StoreError::io(&path, "write it anew"))?);
        self.own.extend(lines.as_bytes());
        self.torn = false;
        Ok(())
    }

    fn length(&self) -> u64 {
        (self.good + self.own.len()) as u64
    }

    /// What stands at the history's place. Makes it, empty, where there never was one.
    fn standing(&mut self) -> Result<Standing, StoreError> {
        let path = self.path.clone();
        bounds::stay_within(&self.root, &path)?;
        if let Some(file) = self.file.clone().filter(|file| is_still_at(file, &path)) {
            if self.torn {
                file.set_len(self.length()).map_err(StoreError::io(&path, "cut it"))?;
                self.torn = false;
            }
            if file.metadata().map_err(StoreError::io(&path, "read it"))?.len() == self.length() {
                return Ok(Standing::Ours(file));
            }
        }
        let Some(there) = read_if_there(&path)? else {
            let is_first = self.file.is_none() && self.is_empty() && path.parent().is_some_and(Path::exists);
            if !is_first {
                return Ok(Standing::Gone);
            }
            return open(&path, true).map(Standing::Ours).map_err(StoreError::io(&path, "write it"));
        };
        let [found, own] = self.content();
        let (first, second) = there.split_at(there.len().min(found.len()));
        Ok(if !found.starts_with(first) || !own.starts_with(second) {
            Standing::Theirs
        } else if self.file.is_some() && there.len() as u64 == self.length() {
            // Somebody copied it, or took it away and put it back.
            Standing::Ours(open(&path, false).map_err(StoreError::io(&path, "write it"))?)
        } else {
            Standing::Gone
        })
    }

    fn write(&mut self, mut file: &File, lines: &[u8]) -> io::Result<()> {
        let written = file.write_all(lines);
        if written.is_err() {
            self.torn = file.set_len(self.length()).is_err();
        }
        written
    }
}

fn open(path: &Path, create: bool) -> io::Result<Arc<File>> {
    OpenOptions::new().read(true).append(true).create(create).open(path).map(Arc::new)
}

/// Keeps `bytes` of an unfinished line beside the history; returns the name of the file.
fn set_aside(files: &Files, bytes: &[u8]) -> Result<String, StoreError> {
    let torn = &files.torn;
    let mut aside =
        OpenOptions::new().create(true).append(true).open(torn).map_err(StoreError::io(torn, "write it"))?;
    aside.write_all(bytes).and_then(|()| aside.sync_data()).map_err(StoreError::io(torn, "write it"))?;
    Ok(torn.file_name().unwrap_or_default().to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests;
