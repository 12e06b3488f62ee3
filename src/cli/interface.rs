//! What the terminal interface is started with.

use std::path::PathBuf;

use super::Environment;
use super::args::Interface;
use crate::config::Config;
use crate::document::{Document, DocumentId};
use crate::outcome::Failure;
use crate::schema::Schema;
use crate::store::{AnnotatorName, ConfigFiles, Corpus};

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
    /// Whether nothing may be changed.
    pub read_only: bool,
    /// The language of the schema's titles: `en`, `ru` or `kk`.
    pub language: &'static str,
    /// Where the config is read from.
    pub files: ConfigFiles,
    /// What it says.
    pub config: Config,
}

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
        let Interface { path, annotator, schema, read_only, linear: _, strict: _ } = interface;
        let corpus = Corpus::containing(&path)?;
        let subject = Subject::at(path, &corpus)?;
        let schema = corpus.schema(schema.as_deref())?;
        let annotator = environment.annotator(annotator.as_deref())?;
        if !read_only {
            corpus.admit(&annotator)?;
        }
        let files = environment.config_files().within(&corpus);
        let config = files.read();
        Ok(Self { corpus, subject, annotator, schema, read_only, language: environment.language, files, config })
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
