//! `tribune import`: annotations of other programs, into a corpus.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::folder::Folder;
use super::{Console, Environment};
use crate::annotation::{AnnotationSet, Edit, Origin, Status};
use crate::document::Document;
use crate::exchange::{Draft, FORMATS, Files, Format, Settled, settle, tagset};
use crate::outcome::{Failure, Outcome};
use crate::schema::{self, Schema};
use crate::store::{self, AnnotatorName, Corpus, Opening, write_whole};
use crate::text::Text;

/// What to import.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    /// Files and directories of other programs.
    pub(super) files: &'a [PathBuf],
    /// The corpus, or a directory in it.
    pub(super) into: &'a Path,
    /// What the files are; found out where it is not said.
    pub(super) format: Option<&'static Format>,
    /// Whose annotations they are, where the files do not say.
    pub(super) annotator: Option<&'a str>,
    /// The schema in force instead of the corpus's own.
    pub(super) schema: Option<&'a Path>,
}

/// A draft on its way into the corpus.
struct Arrival {
    /// The file or directory it came from.
    from: String,
    draft: Draft,
    document: Document,
    annotator: AnnotatorName,
}

/// Imports what is asked for. What cannot be taken is told with its line; the rest is kept.
pub(super) fn import(
    asked: &Asked<'_>,
    environment: &Environment,
    console: &mut Console<'_>,
) -> Result<Outcome, Failure> {
    fs::create_dir_all(asked.into).map_err(|error| {
        Failure::system(format!("{}: cannot make the directory", asked.into.display())).because(error)
    })?;
    let corpus = Corpus::containing(asked.into)?;
    let mut arrivals = Vec::new();
    let mut outcome = Outcome::Done;
    for (from, draft) in drafts(asked.files, asked.format)? {
        match arrive(from, draft, asked, &corpus, environment)? {
            Ok(arrival) => arrivals.push(arrival),
            Err(reason) => {
                console.tell(&format!("error: {reason}"));
                outcome = Outcome::Findings;
            }
        }
    }
    let schema = schema_for(&arrivals, asked, &corpus)?;
    for arrival in arrivals {
        outcome = outcome.and(take(arrival, &corpus, &schema, console)?);
    }
    Ok(outcome)
}

/// What the readers find in `files`, each with where it came from.
pub(super) fn drafts(files: &[PathBuf], format: Option<&'static Format>) -> Result<Vec<(String, Draft)>, Failure> {
    let mut drafts = Vec::new();
    for path in files {
        fs::metadata(path)
            .map_err(|error| Failure::usage(format!("{}: cannot read it", path.display())).because(error))?;
        let folder = if path.is_dir() { Folder::new(path) } else { Folder::only(path) };
        let format = format.map_or_else(|| sniff(&folder, path), Ok)?;
        let read = format.read.ok_or_else(|| {
            let failure = Failure::usage(format!("{format} can be written, not read"));
            failure.hint(format!("these can be read: {}", readable()))
        })?;
        let from = path.display().to_string();
        read(&folder, &mut |draft| drafts.push((from.clone(), draft)))
            .map_err(|error| Failure::data(format!("{from}: this cannot be read as {format}")).because(error))?;
    }
    Ok(drafts)
}

/// The names of the formats that can be read.
fn readable() -> String {
    FORMATS.iter().filter(|own| own.read.is_some()).map(|own| own.name).collect::<Vec<_>>().join(", ")
}

/// The first format that a file of `folder` looks like.
fn sniff(folder: &Folder, path: &Path) -> Result<&'static Format, Failure> {
    for name in folder.names() {
        let bytes = folder.read(&name).unwrap_or_default();
        let found = FORMATS.iter().find(|own| own.read.is_some() && (own.sniff)(&name, &bytes));
        if let Some(found) = found {
            return Ok(found);
        }
    }
    Err(Failure::usage(format!("{}: this looks like nothing that can be read", path.display()))
        .hint(format!("name its format with --format: {}", readable())))
}

/// Finds the transcript of `draft`, or writes the text it carries; or says why there is none.
fn arrive(
    from: String,
    draft: Draft,
    asked: &Asked<'_>,
    corpus: &Corpus,
    environment: &Environment,
) -> Result<Result<Arrival, String>, Failure> {
    let annotator = match asked.annotator.or(draft.annotator.as_deref()) {
        Some(name) => AnnotatorName::new(name)?,
        None => environment.annotator(None)?,
    };
    let stem = || Path::new(&from).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let name = draft.document.clone().unwrap_or_else(stem);
    let Some(path) = path_below(asked.into, &name) else {
        return Ok(Err(format!("{from}: {name} is no name for a transcript")));
    };
    if !path.exists() {
        let Some(text) = draft.text.as_deref().filter(|text| !text.is_empty()) else {
            return Ok(Err(format!("{}: there is no such transcript, and {from} has no text for it", path.display())));
        };
        path.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .map_err(super::failure::unwritten(&path.display().to_string()))?;
        write_whole(&path, |out| out.write_all(text.as_bytes()))?;
    }
    let document = corpus.read_transcript(&path)?;
    Ok(Ok(Arrival { from, draft, document, annotator }))
}

/// The path of the transcript called `name` below `directory`; none for a name that leads elsewhere.
fn path_below(directory: &Path, name: &str) -> Option<PathBuf> {
    let name = if Path::new(name).extension().is_some_and(|end| end == "txt") {
        name.to_owned()
    } else {
        format!("{name}.txt")
    };
    let is_plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']);
    name.split('/').all(is_plain).then(|| name.split('/').fold(directory.to_owned(), |path, part| path.join(part)))
}

/// What `arrival` says, on the text that it carries or else on the transcript.
fn settled(arrival: &Arrival, schema: Option<&Schema>) -> Settled {
    let carried = arrival.draft.text.clone().map(Text::new).and_then(Result::ok);
    let text = carried.unwrap_or_else(|| arrival.document.text.clone());
    settle(arrival.draft.clone(), &text, schema, &Origin::Imported { from: arrival.from.clone() })
}

/// The schema in force. A corpus without one gets the built-in one if that has all that is said, else the one that the files carry,
/// and in it whatever else is said.
fn schema_for(arrivals: &[Arrival], asked: &Asked<'_>, corpus: &Corpus) -> Result<Schema, Failure> {
    let (_, own) = corpus.schema_source(asked.schema)?;
    let builtin = corpus.schema(asked.schema)?;
    let covers = || arrivals.iter().all(|own| tagset::covers(&builtin, &settled(own, Some(&builtin)).statement.set));
    if own.is_some() || covers() {
        return Ok(builtin);
    }
    let sets: Vec<AnnotationSet> = arrivals.iter().map(|own| settled(own, None).statement.set.into_owned()).collect();
    let carried = arrivals.iter().find_map(|own| own.draft.schema.clone());
    let observed = tagset::observed("imported", &sets);
    let made = carried.map_or_else(|| observed.clone(), |own| tagset::joined(own, &observed));
    let path = corpus.root().join("schema.ron");
    write_whole(&path, |out| out.write_all(schema::write(&made).as_bytes()))?;
    Ok(corpus.schema(None)?)
}

/// Records what `arrival` says, unless its annotator has said something already.
fn take(arrival: Arrival, corpus: &Corpus, schema: &Schema, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let Settled { statement, unit, refusals, .. } = settled(&arrival, Some(schema));
    let Arrival { from, document, annotator, .. } = arrival;
    let mut outcome = Outcome::Done;
    for refusal in &refusals {
        console.tell(&format!("refused: {refusal}"));
        outcome = Outcome::Findings;
    }
    let count = statement.set.len();
    let Some(statement) = statement.onto(&document.text) else {
        let failure = Failure::data(format!("{}: the transcript there is not the text in {from}", document.id));
        return Err(failure.hint("import into another directory, or move the transcript away"));
    };
    let Opening { mut reading, desk, .. } = store::open(corpus, &document, &annotator, schema, false)?;
    if !reading.session.set().is_blank() {
        let failure = Failure::usage(format!("{}: {annotator} has annotated it already", document.id));
        return Err(failure.hint("import under another name with --annotator"));
    }
    let mut desk = desk.map_err(|reason| Failure::usage(format!("{}: {reason}", document.id)))?;
    let edits = edits(&statement.set);
    if !edits.is_empty() {
        let done = reading.session.commit(Timestamp::now(), &format!("import {from}"), edits);
        let transaction = done.map_err(|error| Failure::data("what was read does not fit").because(error))?;
        desk.record(&transaction)?;
        for job in [desk.sync(transaction.revision), desk.save(&reading.session)].into_iter().flatten() {
            job.run()?;
        }
    }
    let things = if count == 1 { "annotation" } else { "annotations" };
    let line = format!("{}, {annotator}: {count} {things}; offsets count {unit}", document.id);
    writeln!(console.out, "{}", crate::show::visible::line(&line)).map_err(super::failure::unwritten("the output"))?;
    Ok(outcome)
}

/// What makes `set` out of nothing.
fn edits(set: &AnnotationSet) -> Vec<Edit> {
    let speakers = set.speakers().map(|own| Edit::Speaker { before: None, after: Some(own.clone()) });
    let annotations = set.iter().map(|own| Edit::Insert(own.clone()));
    let before = Status::default();
    let status = (set.status() != before).then(|| Edit::Status { before, after: set.status() });
    speakers.chain(annotations).chain(status).collect()
}
