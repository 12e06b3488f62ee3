//! What the terminal interface is started with.

use std::path::PathBuf;

use super::Environment;
use super::args::Interface;
use crate::document::{Document, DocumentId};
use crate::outcome::Failure;
use crate::schema::Schema;
use crate::store::{AnnotatorName, Corpus};

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
}

/// What the terminal interface opens.
#[derive(Debug)]
pub enum Subject {
    /// This transcript, read already: a file that is no transcript is refused while the screen is still the shell's.
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
    /// Resolves what was typed. Files come first: a mistyped path is told of even where there is no terminal.
    pub(super) fn resolve(interface: Interface, environment: &Environment) -> Result<Self, Failure> {
        let Interface { path, annotator, schema, read_only } = interface;
        let corpus = Corpus::containing(&path)?;
        let subject = Subject::at(path, &corpus)?;
        let schema = corpus.schema(schema.as_deref())?;
        let annotator = environment.annotator(annotator.as_deref())?;
        if !read_only {
            corpus.admit(&annotator)?;
        }
        if !environment.is_interactive {
            return Err(Failure::usage("standard input and output are not both a terminal").hint(
                "`tribune show PATH` prints an annotated transcript; `tribune --help` lists what else works in a pipe",
            ));
        }
        Ok(Self { corpus, subject, annotator, schema, read_only, language: environment.language })
    }
}

impl Subject {
    fn at(path: PathBuf, corpus: &Corpus) -> Result<Self, Failure> {
        if !path.is_dir() {
            return Ok(Self::Transcript(corpus.read_transcript(&path)?));
        }
        let documents = corpus.documents_below(&path)?;
        if documents.is_empty() {
            return Err(Failure::usage(format!("{}: there is no transcript in this directory", path.display()))
                .hint("transcripts are text files whose names end in .txt"));
        }
        Ok(Self::Directory { path, documents })
    }
}
