//! The files of the user's config.

use std::path::{Path, PathBuf};

use super::Corpus;
use super::bounds::{MOST_SETTINGS, read_up_to};
use super::corpus::{CORPUS, utf8};
use crate::config::{Config, Fault};

/// Where a config is read from; any of the files may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFiles {
    /// The user's `config.ron`; `keymap.ron` and `theme.ron` lie beside it.
    pub user: Option<PathBuf>,
    /// The corpus's `corpus.ron`, whose options win.
    pub corpus: Option<PathBuf>,
}

impl ConfigFiles {
    /// The same with what `corpus` says.
    #[must_use]
    pub fn within(self, corpus: &Corpus) -> Self {
        Self { corpus: Some(corpus.root().join(CORPUS)), ..self }
    }

    /// The files, in the order in which they are read.
    pub fn paths(&self) -> Vec<PathBuf> {
        let beside = |name: &str| self.user.as_ref().map(|path| path.with_file_name(name));
        let paths = [self.user.clone(), beside("keymap.ron"), beside("theme.ron"), self.corpus.clone()];
        paths.into_iter().flatten().collect()
    }

    /// Reads them all. What cannot be read or taken is among the faults of the config.
    pub fn read(&self) -> Config {
        let mut config = Config::default();
        for path in self.paths() {
            let Some(content) = content(&path, &mut config) else { continue };
            let shown = path.display().to_string();
            let is = |own: &Option<PathBuf>| own.as_ref() == Some(&path);
            if is(&self.corpus) {
                config.take_corpus(&content, &shown);
            } else if is(&self.user) {
                config.take_options(&content, &shown);
            } else if path.ends_with("keymap.ron") {
                config.take_keymap(&content, &shown);
            } else {
                config.take_theme(&content, &shown);
            }
        }
        config
    }
}

/// What stands in the file at `path`, unless there is none or nothing in it.
fn content(path: &Path, config: &mut Config) -> Option<String> {
    let read = read_up_to(MOST_SETTINGS, path).and_then(|bytes| utf8(bytes.unwrap_or_default(), path));
    match read {
        Ok(content) => Some(content).filter(|content| !content.trim().is_empty()),
        Err(error) => {
            let path = path.display().to_string();
            config.faults.push(Fault { path, line: 1, column: 1, message: error.to_string() });
            None
        }
    }
}
