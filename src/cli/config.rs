//! The user's config: one optional RON file, such as `(annotator: "alpha")`.

use std::fs;
use std::io;
use std::path::Path;

use serde::Deserialize;

use crate::outcome::Failure;

/// What the user's config says.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Config {
    /// The name to annotate under.
    pub(super) annotator: Option<String>,
}

impl Config {
    /// Reads the config at `path`; where there is no file, nothing is configured.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        match fs::read_to_string(path) {
            Ok(content) => Self::parse(&content, path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Failure::system(format!("{}: cannot read the config", path.display())).because(error)),
        }
    }

    fn parse(content: &str, path: &Path) -> Result<Self, Failure> {
        let content = content.strip_prefix('\u{feff}').unwrap_or(content);
        let ron = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        ron.from_str(content).map_err(|error| {
            let (place, message) = (error.span.start, error.code.to_string());
            let message = message.trim_end_matches('.');
            Failure::data(format!("{}:{}:{}: {message}", path.display(), place.line, place.col))
                .hint("the config holds one struct with the field `annotator`: (annotator: \"alpha\")")
        })
    }
}
