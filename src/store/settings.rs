//! What a corpus says of itself: `corpus.ron`.

use std::path::PathBuf;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::bounds::{MOST_SETTINGS, read_up_to};
use super::corpus::{CORPUS, utf8};
use super::format::complaint;
use super::{Corpus, StoreError};
use crate::check::Allow;

/// The settings of a corpus. Without a file, or in an empty one, nothing is set.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The rules of `check` that the corpus does not follow: `code`, or `code:document` for one document.
    pub allow: Vec<String>,
    name: IgnoredAny,
    languages: IgnoredAny,
    annotators: IgnoredAny,
    options: IgnoredAny,
}

impl Corpus {
    /// The rules of `check` that the corpus does not follow.
    pub fn allow(&self) -> Result<Allow, StoreError> {
        let (Settings { allow, .. }, path) = self.settings()?;
        Allow::of(&allow).map_err(|name| StoreError::Rule { path, name })
    }

    /// What `corpus.ron` says, with its path.
    pub fn settings(&self) -> Result<(Settings, PathBuf), StoreError> {
        let path = self.root().join(CORPUS);
        let source = utf8(read_up_to(MOST_SETTINGS, &path)?.unwrap_or_default(), &path)?;
        if source.trim().is_empty() {
            return Ok((Settings::default(), path));
        }
        match ron::from_str(&source) {
            Ok(settings) => Ok((settings, path)),
            Err(error) => Err(StoreError::Syntax {
                path,
                line: error.span.start.line,
                column: error.span.start.col,
                message: complaint(&error.code),
            }),
        }
    }
}
