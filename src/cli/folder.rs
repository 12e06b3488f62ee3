//! A directory as the place where exported files go, and where they come from.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::exchange::{Files, Sink, in_utf8};

/// A directory.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    /// The only files to read, if they are not all.
    only: Option<Vec<String>>,
    /// The file that was written to last.
    open: Option<(String, BufWriter<File>)>,
}

impl Folder {
    /// The directory at `root`.
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), only: None, open: None }
    }

    /// The file at `path` in its directory.
    pub(super) fn only(path: &Path) -> Self {
        let only = path.file_name().map(|name| vec![name.to_string_lossy().into_owned()]);
        Self { only, ..Self::new(path.parent().unwrap_or(Path::new(""))) }
    }

    /// The same directory, with no other files to read than those called `names`.
    pub(super) fn among(&self, names: Vec<String>) -> Self {
        Self { only: Some(names), ..Self::new(&self.root) }
    }

    /// Where the file called `name` lies.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        name.split('/').fold(self.root.clone(), |path, part| path.join(part))
    }

    /// Hands over what is still buffered.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.open.take().map_or(Ok(()), |(_, mut file)| file.flush())
    }

    fn collect(&self, below: &str, names: &mut Vec<String>) -> io::Result<()> {
        for entry in fs::read_dir(self.path(below))? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let name = if below.is_empty() { name } else { format!("{below}/{name}") };
            if entry.file_type()?.is_dir() {
                self.collect(&name, names)?;
            } else {
                names.push(name);
            }
        }
        Ok(())
    }
}

impl Sink for Folder {
    fn file(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        if self.open.as_ref().is_none_or(|(own, _)| own != name) {
            self.flush()?;
            let path = self.path(name);
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            let file = File::options().create(true).append(true).open(path)?;
            self.open = Some((name.to_owned(), BufWriter::new(file)));
        }
        let (_, file) = self.open.as_mut().expect("it was opened just now");
        Ok(file)
    }
}

impl Files for Folder {
    fn names(&self) -> Vec<String> {
        if let Some(only) = &self.only {
            return only.clone();
        }
        let mut names = Vec::new();
        // What cannot be listed will be missed when it is asked for.
        self.collect("", &mut names).ok();
        names.sort();
        names
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.path(name)).map(in_utf8)
    }
}
