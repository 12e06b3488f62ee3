//! What the terminal interface is started with.

use std::path::PathBuf;
use std::{fs, io};

use super::Environment;
use super::args::Interface;
use tempfile::TempDir;

use crate::config::Config;
use crate::document::{Document, DocumentId};
use crate::outcome::Failure;
use crate::schema::Schema;
use crate::store::{AnnotatorName, ConfigFiles, Corpus, Places};

/// Everything that the terminal interface needs to know before it takes the screen.
#[derive(Debug)]
pub struct UiRequest {
    /// The corpus of what is opened.
    pub corpus: Corpus,
    /// What is opened.
    pub subject: Subject,
    /// Who annotates.
    pub annotator: AnnotatorName,
    /// The schema in force.
    pub schema: Schema,
    /// The file that was given for it, if one was.
    pub schema_file: Option<PathBuf>,
    /// Whether nothing may be changed.
    pub read_only: bool,
    /// The language of the schema's titles: `en`, `ru` or `kk`.
    pub language: &'static str,
    /// Where the config is read from.
    pub files: ConfigFiles,
    /// What it says.
    pub config: Config,
    /// Where it is kept where somebody is in each document, if it is.
    pub places: Option<Places>,
    /// The directory of the tutor's report, if this is the tutor; gone when dropped.
    pub tutor: Option<TempDir>,
}

/// The report that the tutor is about.
const REPORT: &str = include_str!("../../data/karaganda.txt");

/// What the terminal interface opens.
#[derive(Debug)]
pub enum Subject {
    /// This transcript, read already but for its turns: a file that is none is refused while the screen is still the shell's.
    Transcript(Document),
    /// A directory, to choose a transcript from.
    Directory {
        /// The directory as it was typed.
        path: PathBuf,
        /// Its transcripts, sorted; at least one.
        documents: Vec<DocumentId>,
    },
}

impl UiRequest {
    /// Resolves what was typed.
    pub(super) fn resolve(interface: Interface, environment: &Environment) -> Result<Self, Failure> {
        let Interface { path, annotator, schema: schema_file, read_only, linear: _, strict: _ } = interface;
        let corpus = Corpus::containing(&path)?;
        let subject = Subject::at(path, &corpus)?;
        let schema = corpus.schema(schema_file.as_deref())?;
        let annotator = environment.annotator(annotator.as_deref())?;
        if !read_only {
            corpus.admit(&annotator)?;
        }
        let files = environment.config_files().within(&corpus);
        let config = files.read();
        let (language, places) = (environment.language, environment.state.as_deref().map(Places::below));
        let tutor = None;
        Ok(Self { corpus, subject, annotator, schema, schema_file, read_only, language, files, config, places, tutor })
    }

    /// The tutor: a copy of the report in a corpus of its own, with the built-in schema.
    pub(super) fn tutor(environment: &Environment) -> Result<Self, Failure> {
        let failed = |error: io::Error| Failure::system("the tutor needs a temporary directory").because(error);
        let place = tempfile::Builder::new().prefix("tribune-tutor-").tempdir().map_err(failed)?;
        let path = place.path().join("karaganda.txt");
        fs::write(&path, REPORT).and_then(|()| fs::write(place.path().join("corpus.ron"), "()")).map_err(failed)?;
        // Whoever learns need not have a name yet.
        let name = environment.annotator(None).map_or_else(|_| "me".to_owned(), |name| name.as_str().to_owned());
        let interface =
            Interface { path, annotator: Some(name), schema: None, read_only: false, linear: false, strict: false };
        Ok(Self { tutor: Some(place), places: None, ..Self::resolve(interface, environment)? })
    }
}

/// Refuses where there is no terminal that can show the interface.
pub(super) fn admit_screen(environment: &Environment) -> Result<(), Failure> {
    let reason = match (environment.is_interactive, environment.is_dumb) {
        (false, _) => "standard input and output are not both a terminal",
        (true, true) => "the terminal cannot show a screen: TERM is dumb",
        (true, false) => return Ok(()),
    };
    Err(Failure::usage(reason).hint(
        "`tribune PATH --linear` annotates by lines, also from a pipe; `tribune --help` lists what else works in one",
    ))
}

impl Subject {
    fn at(path: PathBuf, corpus: &Corpus) -> Result<Self, Failure> {
        if !path.is_dir() {
            return Ok(Self::Transcript(corpus.open_transcript(&path)?));
        }
        let documents = corpus.documents_below(&path)?;
        if documents.is_empty() {
            return Err(Failure::usage(format!("{}: there is no transcript in this directory", path.display()))
                .hint("transcripts are text files whose names end in .txt"));
        }
        Ok(Self::Directory { path, documents })
    }
}
