//! What a command works on: the annotated transcripts behind the paths that were typed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Console;
use crate::audit::Entry;
use crate::document::{Digest, Document, DocumentId};
use crate::exchange::Source;
use crate::outcome::{Failure, Outcome};
use crate::schema::Schema;
use crate::store::{self, AnnotatorName, Corpus, LeftBehind, Reading};
use crate::text::Text;

/// Annotated transcripts, in the order in which they were typed, each once.
#[derive(Debug, Default)]
pub(super) struct Inputs {
    shelves: Vec<Shelf>,
    transcripts: Vec<Transcript>,
    /// The paths at which nobody has annotated anything.
    bare: Vec<PathBuf>,
    /// The annotations there whose transcript is not there.
    left_behind: Vec<LeftBehind>,
}

/// A corpus with the schema in force there.
#[derive(Debug)]
struct Shelf {
    corpus: Corpus,
    schema: Schema,
}

/// A transcript and those who annotated it.
#[derive(Debug)]
pub(super) struct Transcript {
    /// Its path, as short as the one that was typed.
    pub(super) path: PathBuf,
    /// Those of its annotators who were asked for, at least one.
    pub(super) annotators: Vec<AnnotatorName>,
    /// Its name in its corpus.
    pub(super) id: DocumentId,
    /// The number of its corpus.
    shelf: usize,
}

/// What one annotator says about one transcript.
#[derive(Debug)]
pub(super) struct Annotated<'a> {
    /// The path of the transcript, for messages.
    pub(super) path: &'a Path,
    /// The corpus that holds it.
    pub(super) corpus: &'a Corpus,
    /// Who says it.
    pub(super) annotator: &'a AnnotatorName,
    /// The annotations that stand on the text.
    pub(super) source: Source<'a>,
    /// The file as it was found.
    pub(super) reading: &'a Reading,
}

/// Finding them.
impl Inputs {
    /// The annotated transcripts at `paths`: transcripts, or directories for all their transcripts. Only those annotated by
    /// one of `annotators`, if any are named.
    ///
    /// A name that has annotated nothing at a path is a failure: it is likely mistyped.
    pub(super) fn find(
        paths: &[PathBuf],
        annotators: &[impl AsRef<str>],
        schema: Option<&Path>,
    ) -> Result<Self, Failure> {
        let names = annotators.iter().map(|own| AnnotatorName::new(own.as_ref())).collect::<Result<Vec<_>, _>>()?;
        let mut inputs = Self::default();
        let mut seen = BTreeSet::new();
        for path in paths {
            let shelf = inputs.shelf(path, schema)?;
            let found = inputs.transcripts_at(path, shelf)?;
            let mut left_behind =
                if path.is_dir() { inputs.shelves[shelf].corpus.left_behind(path)? } else { Vec::new() };
            left_behind.retain(|own| names.is_empty() || names.contains(&own.annotator));
            let others = names.iter().filter(|name| left_behind.iter().all(|own| own.annotator != **name));
            others.into_iter().try_for_each(|name| must_have_annotated(name, &found, path))?;
            if left_behind.is_empty()
                && names.is_empty()
                && found.iter().all(|transcript| transcript.annotators.is_empty())
            {
                inputs.bare.push(path.clone());
            }
            inputs.left_behind.extend(left_behind);
            for mut transcript in found {
                transcript.annotators.retain(|own| names.is_empty() || names.contains(own));
                if !transcript.annotators.is_empty() && seen.insert((shelf, transcript.id.clone())) {
                    inputs.transcripts.push(transcript);
                }
            }
        }
        Ok(inputs)
    }

    /// The number of the corpus that holds `path`; a corpus and its schema are read once.
    fn shelf(&mut self, path: &Path, schema: Option<&Path>) -> Result<usize, Failure> {
        let corpus = Corpus::containing(path)?;
        if let Some(number) = self.shelves.iter().position(|shelf| shelf.corpus == corpus) {
            return Ok(number);
        }
        let schema = corpus.schema(schema)?;
        self.shelves.push(Shelf { corpus, schema });
        Ok(self.shelves.len() - 1)
    }

    /// The transcripts at `path` with all their annotators, also where there are none.
    fn transcripts_at(&self, path: &Path, number: usize) -> Result<Vec<Transcript>, Failure> {
        let corpus = &self.shelves[number].corpus;
        if path.is_dir() {
            let below = corpus.document_id(path)?;
            let transcript = |id: DocumentId| {
                let annotators = corpus.annotators_of(&id)?;
                Ok(Transcript { path: path_below(path, &below, &id), annotators, id, shelf: number })
            };
            corpus.documents_below(path)?.into_iter().map(transcript).collect()
        } else {
            let id = corpus.document_id(path)?;
            if Corpus::is_among_annotations(id.as_str()) {
                let failure = Failure::usage(format!("{}: this is a file of annotations", path.display()));
                return Err(failure.hint("name the transcript that they are about, or a directory"));
            }
            let annotators = corpus.annotators_of(&id)?;
            if annotators.is_empty() {
                // Nobody will read it further on, and what cannot be read cannot have been annotated.
                corpus.read_transcript(path)?;
            }
            Ok(vec![Transcript { path: path.to_owned(), annotators, id, shelf: number }])
        }
    }
}

/// Reading them.
impl Inputs {
    /// The transcripts.
    pub(super) fn transcripts(&self) -> &[Transcript] {
        &self.transcripts
    }

    /// Fails where transcripts of two corpora have one name: in one export they would be one document.
    pub(super) fn must_differ_in_name(&self) -> Result<(), Failure> {
        let mut seen = BTreeMap::new();
        for Transcript { id, path, .. } in &self.transcripts {
            if let Some(other) = seen.insert(id, path) {
                let (other, path) = (other.display(), path.display());
                let failure = Failure::usage(format!("{other} and {path} are both called {id} in their corpora"));
                return Err(failure.hint("export one corpus after the other"));
            }
        }
        Ok(())
    }

    /// Leaves out what others say of each transcript than the one of `annotators` at its place.
    pub(super) fn keep_only(&mut self, annotators: &[AnnotatorName]) {
        for (transcript, annotator) in self.transcripts.iter_mut().zip(annotators) {
            transcript.annotators.retain(|own| own == annotator);
        }
    }

    /// Tells of the paths at which there was nothing to find, and of annotations that are left out for want of their transcript.
    pub(super) fn tell_missing(&self, console: &mut Console<'_>) -> Outcome {
        for path in &self.bare {
            console.tell(&format!("note: {}: nobody has annotated {}", path.display(), pronoun(path)));
        }
        for LeftBehind { path, id, .. } in &self.left_behind {
            console.tell(&format!("warning: {}: left out, for its transcript {id} is not there", path.display()));
        }
        if self.left_behind.is_empty() {
            return Outcome::Done;
        }
        console.tell("hint: bring the transcript back, or give snapshot and history the name that it has now");
        Outcome::Findings
    }

    /// The schemas in force.
    pub(super) fn schemas(&self) -> impl Iterator<Item = &Schema> {
        self.shelves.iter().map(|shelf| &shelf.schema)
    }

    /// The names of all annotators, each once, sorted.
    pub(super) fn annotators(&self) -> Vec<&str> {
        let names: BTreeSet<_> = self.transcripts.iter().flat_map(|own| &own.annotators).collect();
        names.into_iter().map(AnnotatorName::as_str).collect()
    }

    /// The text of the transcript called `id`.
    pub(super) fn text(&self, id: &str) -> Option<Text> {
        let transcript = self.transcripts.iter().find(|own| own.id.as_str() == id)?;
        let document = self.shelves[transcript.shelf].corpus.read_transcript(&transcript.path).ok()?;
        Some(document.text)
    }

    /// Reads one after the other and hands each to `visit`: only one text is in memory at a time.
    pub(super) fn each(&self, mut visit: impl FnMut(&Annotated<'_>) -> Result<(), Failure>) -> Result<(), Failure> {
        for transcript in &self.transcripts {
            let Shelf { corpus, schema } = &self.shelves[transcript.shelf];
            let document = corpus.read_transcript(&transcript.path)?;
            let digest = Digest::of(&document.text);
            for annotator in &transcript.annotators {
                let Some(reading) = store::read(corpus, &document, &digest, annotator)? else { continue };
                visit(&Annotated {
                    path: &transcript.path,
                    corpus,
                    annotator,
                    source: source(&document, schema, annotator, &reading),
                    reading: &reading,
                })?;
            }
        }
        Ok(())
    }
}

/// Reading what needs no text.
impl Inputs {
    /// Hands the path of each transcript with each of its annotators and what their history says to `visit`.
    pub(super) fn each_log(
        &self,
        mut visit: impl FnMut(&Transcript, &AnnotatorName, Vec<Entry>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        for transcript in &self.transcripts {
            let corpus = &self.shelves[transcript.shelf].corpus;
            for annotator in &transcript.annotators {
                visit(transcript, annotator, store::log(corpus, &transcript.id, annotator)?)?;
            }
        }
        Ok(())
    }
}

impl<'a> Annotated<'a> {
    /// The same with what the file says by now.
    pub(super) fn reread<'b>(&self, reading: &'b Reading) -> Annotated<'b>
    where
        'a: 'b,
    {
        let Self { path, corpus, annotator, ref source, .. } = *self;
        Annotated {
            path,
            corpus,
            annotator,
            source: self::source(source.document, source.schema, annotator, reading),
            reading,
        }
    }
}

fn source<'a>(
    document: &'a Document,
    schema: &'a Schema,
    annotator: &'a AnnotatorName,
    reading: &'a Reading,
) -> Source<'a> {
    let session = &reading.session;
    let (annotator, revision, set) = (annotator.as_str(), session.revision(), session.set());
    Source { document, digest: &reading.digest, annotator, revision, schema, set }
}

/// The path of the transcript `id` in `directory`, which is called `below` in its corpus.
fn path_below(directory: &Path, below: &DocumentId, id: &DocumentId) -> PathBuf {
    let inside = id.as_str().strip_prefix(below.as_str()).unwrap_or(id.as_str()).trim_start_matches('/');
    if directory == Path::new(".") { inside.into() } else { directory.join(inside) }
}

fn must_have_annotated(name: &AnnotatorName, found: &[Transcript], path: &Path) -> Result<(), Failure> {
    let annotators: BTreeSet<_> = found.iter().flat_map(|transcript| &transcript.annotators).collect();
    if annotators.contains(name) {
        return Ok(());
    }
    let failure = Failure::usage(format!("{}: {name} has not annotated {}", path.display(), pronoun(path)));
    let names: Vec<_> = annotators.iter().map(|own| own.as_str()).collect();
    Err(failure.hint(match names.as_slice() {
        [] => "nobody has".to_owned(),
        names => format!("these have: {}", names.join(", ")),
    }))
}

fn pronoun(path: &Path) -> &'static str {
    if path.is_dir() { "anything in it" } else { "it" }
}
