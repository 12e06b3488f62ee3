//! Where each annotator was in each document: a small file each, in the user's directory for such things.
//!
//! ```text
//! ~/.local/state/tribune/places/<digest of the path and the annotator's name>.ron
//! ```
//!
//! Nothing depends on it: what cannot be read, or is of another text, is as if it were not there.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::bounds::{MOST_SETTINGS, read_up_to};
use super::{Corpus, StoreError, write_whole};
use crate::document::{Digest, Document, DocumentId, Place};
use crate::text::Text;

/// Where places are kept.
#[derive(Clone, Debug)]
pub struct Places {
    directory: PathBuf,
}

/// A place as its file has it; offsets in code points. What a later version adds is passed over.
#[derive(Debug, Deserialize, Serialize)]
struct PlaceV1 {
    /// Of the document: for people, and for when two paths have one digest.
    path: String,
    annotator: String,
    sha256: String,
    cursor: usize,
    top: usize,
    #[serde(default)]
    hidden: Vec<String>,
    #[serde(default)]
    view: String,
}

impl Places {
    /// Places kept below `state`, the program's own directory for what it remembers.
    pub fn below(state: &Path) -> Self {
        Self { directory: state.join("places") }
    }

    /// Where `annotator` was in `document`, if that is known and its text, whose digest is given, is still the same.
    pub fn find(&self, corpus: &Corpus, document: &Document, digest: &Digest, annotator: &str) -> Option<Place> {
        let path = whole_path(corpus, &document.id)?;
        let content = read_up_to(MOST_SETTINGS, &self.file(&path, annotator)?).ok()??;
        let found: PlaceV1 = ron::de::from_bytes(&content).ok()?;
        if found.path != path || found.annotator != annotator || found.sha256 != digest.as_str() {
            return None;
        }
        let text = &document.text;
        let offset = |code_point| text.offset_of_code_point(code_point).filter(|offset| text.is_boundary(*offset));
        Some(Place { cursor: offset(found.cursor)?, top: offset(found.top)?, hidden: found.hidden, view: found.view })
    }

    /// Keeps where `annotator` is in `document`, whose text has this digest.
    pub fn keep(
        &self,
        corpus: &Corpus,
        document: &Document,
        digest: &Digest,
        annotator: &str,
        place: Place,
    ) -> Result<(), StoreError> {
        let Some(path) = whole_path(corpus, &document.id) else { return Ok(()) };
        let Some(file) = self.file(&path, annotator) else { return Ok(()) };
        fs::create_dir_all(&self.directory).map_err(StoreError::io(&self.directory, "make it"))?;
        let text = &document.text;
        let own = PlaceV1 {
            path,
            annotator: annotator.to_owned(),
            sha256: digest.as_str().to_owned(),
            cursor: text.code_point(place.cursor),
            top: text.code_point(place.top),
            hidden: place.hidden,
            view: place.view,
        };
        write_whole(&file, |out| {
            let written =
                ron::ser::to_string_pretty(&own, ron::ser::PrettyConfig::default()).map_err(std::io::Error::other)?;
            writeln!(out, "{written}")
        })
    }

    fn file(&self, path: &str, annotator: &str) -> Option<PathBuf> {
        // No name of a file or of an annotator has this in it.
        let name = Digest::of(&Text::new(format!("{path}\n{annotator}")).ok()?);
        Some(self.directory.join(format!("{name}.ron")))
    }
}

/// The path of a document, whichever way it was come by.
fn whole_path(corpus: &Corpus, id: &DocumentId) -> Option<String> {
    Some(fs::canonicalize(corpus.root().join(id.as_str())).ok()?.to_str()?.to_owned())
}
