//! Where things are: the layout of a corpus.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::bounds::{MOST_SETTINGS, read_up_to};
use super::format::{deceives, literal};
use super::{StoreError, bounds, transcript};
use crate::document::{Digest, Document, DocumentId};
use crate::schema::{self, Schema};

const ANNOTATIONS: &str = "annotations";
const SCHEMA: &str = "schema.ron";
pub(super) const CORPUS: &str = "corpus.ron";

/// A directory of transcripts with one schema and its annotators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corpus {
    root: PathBuf,
}

/// The name of an annotator, fit to be a directory's name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnnotatorName(String);

impl AnnotatorName {
    /// The name `name`, unless it could leave its directory or vanish in a listing.
    ///
    /// ```
    /// use tribune::store::AnnotatorName;
    ///
    /// assert!(AnnotatorName::new("Айгу\u{301}л 🌾").is_ok());
    /// assert!(AnnotatorName::new("../gold").is_err());
    /// ```
    pub fn new(name: &str) -> Result<Self, StoreError> {
        let fault = if name.trim().is_empty() {
            "it is empty"
        } else if name.trim() != name {
            "it begins or ends with a blank"
        } else if name.starts_with('.') {
            "it begins with a dot"
        } else if name.ends_with('.') {
            "it ends with a dot"
        } else if name.chars().any(|c| c.is_control() || r#"/\:*?"<>|"#.contains(c)) {
            r#"it holds one of / \ : * ? " < > | or a control character"#
        } else if name.chars().any(deceives) {
            "it holds a character that cannot be seen"
        } else if name.len() > 200 {
            "it is longer than 200 bytes"
        } else {
            return Ok(Self(name.to_owned()));
        };
        Err(StoreError::Annotator { name: name.to_owned(), reason: fault.to_owned() })
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AnnotatorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Annotations whose transcript is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftBehind {
    /// The snapshot, or the history if that is all.
    pub path: PathBuf,
    /// Whose annotations they are.
    pub annotator: AnnotatorName,
    /// The name of the transcript.
    pub id: DocumentId,
}

/// Whether nothing is said in `source`.
fn is_blank(source: &str) -> bool {
    source.chars().all(|c| c.is_whitespace() || c == '\u{feff}')
}

/// The name of the document at `path`, which begins in the corpus.
fn id_of(path: &Path) -> DocumentId {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    DocumentId::new(parts.join("/"))
}

/// Where the symbolic link to a file is that `path` names, if it is one.
fn link(path: &Path) -> Option<PathBuf> {
    let is_link = fs::symlink_metadata(path).is_ok_and(|data| data.file_type().is_symlink());
    let (parent, name) = (path.parent()?, path.file_name().filter(|_| is_link && path.is_file())?);
    let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    Some(fs::canonicalize(parent).ok()?.join(name))
}

impl Corpus {
    /// The corpus that holds `path`, a transcript or a directory: the nearest ancestor (or the directory itself) with
    /// `corpus.ron`, `schema.ron` or `annotations/`, else the directory, or the transcript's own.
    ///
    /// A transcript that is a symbolic link leading out of such a directory belongs to it all the same.
    pub fn containing(path: &Path) -> Result<Self, StoreError> {
        let is_marked = |directory: &&Path| {
            directory.join(CORPUS).is_file() || directory.join(SCHEMA).is_file() || directory.join(ANNOTATIONS).is_dir()
        };
        let whole = fs::canonicalize(path).map_err(StoreError::io(path, "read it"))?;
        if let Some(link) = link(path)
            && let Some(root) = link.ancestors().skip(1).find(is_marked).filter(|root| !whole.starts_with(root))
        {
            return Ok(Self { root: root.to_owned() });
        }
        let own = if whole.is_dir() { whole.as_path() } else { whole.parent().unwrap_or(&whole) };
        let marked = own.ancestors().find(is_marked);
        Ok(Self { root: marked.unwrap_or(own).to_owned() })
    }

    /// The directory.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The name of the transcript at `path` in this corpus.
    pub fn document_id(&self, path: &Path) -> Result<DocumentId, StoreError> {
        let whole = fs::canonicalize(path).map_err(StoreError::io(path, "read it"))?;
        let within = if whole.starts_with(&self.root) { None } else { link(path) };
        let own = within.filter(|own| own.starts_with(&self.root)).unwrap_or(whole);
        let below = own.strip_prefix(&self.root).unwrap_or(&own);
        Ok(id_of(below))
    }

    /// Where the transcript `id` lies.
    pub fn transcript(&self, id: &DocumentId) -> PathBuf {
        id.as_str().split('/').fold(self.root.clone(), |path, part| path.join(part))
    }

    /// Reads the transcript `id`.
    pub fn read_document(&self, id: &DocumentId) -> Result<Document, StoreError> {
        self.open_document(id).map(Document::with_turns)
    }

    /// Reads the transcript at `path`, which errors name as it was given.
    pub fn read_transcript(&self, path: &Path) -> Result<Document, StoreError> {
        self.open_transcript(path).map(Document::with_turns)
    }

    /// Reads the transcript `id`, its turns still to be found.
    pub fn open_document(&self, id: &DocumentId) -> Result<Document, StoreError> {
        transcript::read(&self.transcript(id), id.clone())
    }

    /// Reads the transcript at `path`, its turns still to be found.
    pub fn open_transcript(&self, path: &Path) -> Result<Document, StoreError> {
        transcript::read(path, self.document_id(path)?)
    }

    /// The transcripts: every `*.txt` below the root, but for `annotations/`, `target/` and what a dot hides; sorted.
    pub fn documents(&self) -> Result<Vec<DocumentId>, StoreError> {
        self.documents_below(&self.root)
    }

    /// Whether something called `name` in a corpus would lie where annotations do.
    pub fn is_among_annotations(name: &str) -> bool {
        name.split_once('/').is_some_and(|(first, _)| first == ANNOTATIONS)
    }

    /// Whether a symbolic link at `path` leads to a file outside of the corpus; one inside is there without it.
    fn leads_out(&self, path: &Path) -> bool {
        link(path)
            .is_some_and(|path| fs::canonicalize(path).is_ok_and(|own| own.is_file() && !own.starts_with(&self.root)))
    }

    /// The transcripts in `directory` and below.
    pub fn documents_below(&self, directory: &Path) -> Result<Vec<DocumentId>, StoreError> {
        let mut found = Vec::new();
        let mut open = vec![fs::canonicalize(directory).map_err(StoreError::io(directory, "read it"))?];
        while let Some(directory) = open.pop() {
            let entries = fs::read_dir(&directory).map_err(StoreError::io(&directory, "list it"))?;
            for entry in entries {
                let entry = entry.map_err(StoreError::io(&directory, "list it"))?;
                let (path, name) = (entry.path(), entry.file_name());
                let name = name.to_string_lossy();
                let kind = entry.file_type().map_err(StoreError::io(&path, "read it"))?;
                if name.starts_with('.') {
                    continue;
                }
                if kind.is_dir() && name != ANNOTATIONS && name != "target" {
                    open.push(path);
                } else if (kind.is_file() || self.leads_out(&path))
                    && path.extension().is_some_and(|end| end.eq_ignore_ascii_case("txt"))
                {
                    found.push(self.document_id(&path)?);
                }
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// The schema in force as its source text, with the file it comes from: `given`, else the corpus's `schema.ron`, else
    /// the built-in one (no file). A blank `schema.ron` is none: a shell makes it so before it runs `tribune schema > schema.ron`.
    pub fn schema_source(&self, given: Option<&Path>) -> Result<(String, Option<PathBuf>), StoreError> {
        let own = self.root.join(SCHEMA);
        let path = match given {
            Some(path) => path.to_owned(),
            None if own.exists() => own,
            None => return Ok((schema::BUILTIN.to_owned(), None)),
        };
        fs::metadata(&path).map_err(StoreError::io(&path, "read it"))?;
        let source = utf8(read_up_to(MOST_SETTINGS, &path)?.unwrap_or_default(), &path)?;
        if given.is_none() && is_blank(&source) {
            return Ok((schema::BUILTIN.to_owned(), None));
        }
        Ok((source, Some(path)))
    }

    /// What there is to tell of a `schema.ron` that counts as none.
    pub fn blank_schema(&self) -> Option<String> {
        let path = self.root.join(SCHEMA);
        let source = read_up_to(MOST_SETTINGS, &path).ok()??;
        let is_blank = std::str::from_utf8(&source).is_ok_and(is_blank);
        is_blank.then(|| format!("{} is empty and counts as none", path.display()))
    }

    /// Finds out whether annotations can be written here, by writing an empty file and removing it.
    ///
    /// # Errors
    ///
    /// When they cannot.
    pub fn try_writing(&self) -> Result<(), StoreError> {
        let own = self.root.join(ANNOTATIONS);
        let place = if own.is_dir() { own } else { self.root.clone() };
        let written = tempfile::Builder::new().prefix(".tribune-").suffix(".tmp").tempfile_in(&place);
        written.map(drop).map_err(StoreError::io(&place, "write in it"))
    }

    /// The schema in force.
    pub fn schema(&self, given: Option<&Path>) -> Result<Schema, StoreError> {
        let (source, path) = self.schema_source(given)?;
        schema::read(&source).map_err(|fault| StoreError::Syntax {
            path: path.unwrap_or_else(|| PathBuf::from("built-in schema")),
            line: fault.line,
            column: fault.column,
            message: fault.message,
        })
    }

    /// The annotators who have a directory, sorted.
    pub fn annotators(&self) -> Result<Vec<AnnotatorName>, StoreError> {
        let directory = self.root.join(ANNOTATIONS);
        let entries = match fs::read_dir(&directory) {
            Ok(entries) => entries,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(Vec::new());
            }
            Err(error) => return Err(StoreError::io(&directory, "list it")(error)),
        };
        let names = entries.filter_map(Result::ok).filter(|entry| entry.path().is_dir());
        let mut names: Vec<_> =
            names.filter_map(|entry| AnnotatorName::new(&entry.file_name().to_string_lossy()).ok()).collect();
        names.sort_unstable();
        Ok(names)
    }

    /// The annotators who have a file for `document`, sorted.
    pub fn annotators_of(&self, document: &DocumentId) -> Result<Vec<AnnotatorName>, StoreError> {
        let has_file = |name: &AnnotatorName| {
            let files = self.files(document, name);
            files.snapshot.exists() || files.history.exists()
        };
        Ok(self.annotators()?.into_iter().filter(has_file).collect())
    }

    /// The snapshots, or histories without one, of annotations in `directory` and below whose transcript is not there; each with its
    /// annotator and the transcript's name, sorted.
    pub fn left_behind(&self, directory: &Path) -> Result<Vec<LeftBehind>, StoreError> {
        let below = self.document_id(directory)?;
        let mut found = Vec::new();
        for annotator in self.annotators()? {
            let home = self.root.join(ANNOTATIONS).join(annotator.as_str());
            let mut ids = BTreeSet::new();
            let mut open = vec![home.clone()];
            while let Some(directory) = open.pop() {
                for entry in
                    fs::read_dir(&directory).map_err(StoreError::io(&directory, "list it"))?.filter_map(Result::ok)
                {
                    let path = entry.path();
                    if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                        open.push(path);
                    } else if path.extension().is_some_and(|end| end == "ron" || end == "history") {
                        ids.extend(path.with_extension("").strip_prefix(&home).ok().map(id_of));
                    }
                }
            }
            let is_below = |id: &DocumentId| Path::new(id.as_str()).starts_with(below.as_str());
            let is_gone = |id: &DocumentId| is_below(id) && !self.transcript(id).exists();
            found.extend(ids.into_iter().filter(is_gone).map(|id| {
                let Files { snapshot, history, .. } = self.files(&id, &annotator);
                let path = if snapshot.exists() { snapshot } else { history };
                LeftBehind { path, annotator: annotator.clone(), id }
            }));
        }
        Ok(found)
    }

    /// The bytes that `annotator` keeps about `document`.
    pub fn weight(&self, document: &DocumentId, annotator: &AnnotatorName) -> u64 {
        let Files { snapshot, history, .. } = self.files(document, annotator);
        [snapshot, history].iter().filter_map(|path| path.metadata().ok()).map(|file| file.len()).sum()
    }

    /// Refuses the name of somebody new that differs from another annotator's only by case: on some systems the two would be
    /// one directory.
    pub fn admit(&self, name: &AnnotatorName) -> Result<(), StoreError> {
        let known = self.annotators()?;
        let lower = name.as_str().to_lowercase();
        match known.iter().find(|own| own.as_str().to_lowercase() == lower) {
            Some(own) if !known.contains(name) => Err(StoreError::Annotator {
                name: name.as_str().to_owned(),
                reason: format!("there is an annotator {} already, and only the case differs", literal(own.as_str())),
            }),
            _ => Ok(()),
        }
    }

    /// Where the text with this digest is kept, if it is one.
    pub(super) fn kept_text(&self, digest: &Digest) -> Option<PathBuf> {
        let name = digest.as_str();
        let is_digest = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_digest.then(|| self.root.join(ANNOTATIONS).join(".texts").join(format!("{name}.txt")))
    }

    /// The files of `annotator` about `document`.
    pub(super) fn files(&self, document: &DocumentId, annotator: &AnnotatorName) -> Files {
        let own = self.root.join(ANNOTATIONS).join(annotator.as_str());
        let base = document.as_str().split('/').fold(own, |path, part| path.join(part));
        let with = |end: &str| {
            let mut name = base.clone().into_os_string();
            name.push(end);
            PathBuf::from(name)
        };
        let root = self.root.clone();
        Files { root, snapshot: with(".ron"), history: with(".history"), torn: with(".torn"), lock: with(".lock") }
    }
}

/// What one annotator keeps about one document.
#[derive(Clone, Debug)]
pub(super) struct Files {
    /// What must not be left: the corpus.
    pub(super) root: PathBuf,
    pub(super) snapshot: PathBuf,
    pub(super) history: PathBuf,
    /// Where bytes of a line go that a crash left unfinished in the history.
    pub(super) torn: PathBuf,
    pub(super) lock: PathBuf,
}

impl Files {
    /// The files beside the snapshot at `path`, if it is named as one.
    pub(super) fn of_snapshot(path: &Path) -> Option<Self> {
        path.extension().filter(|end| *end == "ron")?;
        let with = |end| path.with_extension(end);
        let root = path.parent().unwrap_or(path).to_owned();
        let snapshot = path.to_owned();
        Some(Self { root, snapshot, history: with("history"), torn: with("torn"), lock: with("lock") })
    }

    /// Refuses when a symbolic link would take what is written out of the corpus.
    pub(super) fn stay_within(&self) -> Result<(), StoreError> {
        [&self.lock, &self.history, &self.torn, &self.snapshot]
            .into_iter()
            .try_for_each(|path| bounds::stay_within(&self.root, path))
    }
}

/// Takes `bytes` as UTF-8 without its BOM, or says where they are not.
pub(super) fn utf8(bytes: Vec<u8>, path: &Path) -> Result<String, StoreError> {
    let content = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        StoreError::Syntax {
            path: path.to_owned(),
            line: 1 + memchr::memchr_iter(b'\n', before).count(),
            column: 1 + String::from_utf8_lossy(&before[start..]).chars().count(),
            message: "expected UTF-8 text, found another byte".to_owned(),
        }
    })?;
    Ok(content.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(content))
}
