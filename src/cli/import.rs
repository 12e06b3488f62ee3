//! `tribune import`: annotations of other programs, into a corpus.

use std::fs;
use std::path::{Path, PathBuf};

use super::counting::{self, report};
use super::incoming::{Found, Incoming, Namesakes, refused, transcript_name};
use super::{Console, Environment};
use crate::annotation::{AnnotationSet, Edit, Origin, Status};
use crate::document::Document;
use crate::exchange::naming::{self, Given};
use crate::exchange::{Draft, Format, Part, Settled, Unit, settle, tagset};
use crate::outcome::{Failure, Outcome};
use crate::schema::{self, Schema};
use crate::show::visible;
use crate::store::{self, AnnotatorName, Corpus, Opening, write_whole};
use crate::work::now;

/// What to import.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    /// Files and directories of other programs.
    pub(super) files: &'a [PathBuf],
    /// The corpus, or a directory in it.
    pub(super) into: &'a Path,
    /// What the files are; found out where it is not said.
    pub(super) format: Option<&'static Format>,
    /// What their offsets count; found out where it is not said.
    pub(super) unit: Option<Unit>,
    /// Whose annotations they are, where the files do not say.
    pub(super) annotator: Option<&'a str>,
    /// The schema in force instead of the corpus's own.
    pub(super) schema: Option<&'a Path>,
}

/// A draft on its way into the corpus.
struct Arrival {
    /// The file or directory it came from.
    from: String,
    /// What it was read as.
    format: &'static str,
    draft: Draft,
    document: Document,
    annotator: AnnotatorName,
    /// The transcript, if it was not there before.
    written: Option<PathBuf>,
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
    let Incoming { drafts, mut outcome } = Incoming::read(asked.files, asked.format, console)?;
    let (mut arrivals, mut failures, mut namesakes) = (Vec::new(), Vec::new(), Namesakes::default());
    for found in drafts {
        let refusals = found.draft.refusals.clone();
        match arrive(found, asked, &corpus, environment).and_then(|own| renamed(own, &mut namesakes, console)) {
            Ok(arrival) => arrivals.push(arrival),
            Err(failure) => {
                refused(&refusals, console);
                failures.push(failure);
            }
        }
    }
    let parts = arrivals.iter_mut().map(|Arrival { format, draft, document, .. }| {
        draft.stated = asked.unit;
        Part { format, draft, transcript: Some(document.text.clone()) }
    });
    outcome = outcome.and(counting::count(&mut parts.collect::<Vec<_>>(), "--unit", console));
    let (schema, named) = schema_for(&arrivals, asked, &corpus, console).inspect_err(|_| {
        for path in arrivals.iter().filter_map(|own| own.written.as_ref()) {
            fs::remove_file(path).ok();
        }
    })?;
    let mut is_any = false;
    for arrival in arrivals {
        match take(arrival, &corpus, &schema, &named, console) {
            Ok(taken) => (outcome, is_any) = (outcome.and(taken), true),
            Err(failure) => failures.push(failure),
        }
    }
    Ok(outcome.and(console.report_all(failures, is_any)?))
}

/// Finds the transcript of `draft`, or writes the text it carries.
fn arrive(
    Found { from, format, draft }: Found,
    asked: &Asked<'_>,
    corpus: &Corpus,
    environment: &Environment,
) -> Result<Arrival, Failure> {
    let annotator = match asked.annotator.or(draft.annotator.as_deref()) {
        Some(name) => AnnotatorName::new(name)?,
        None => environment.annotator(None)?,
    };
    let stem = || Path::new(&from).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let name = draft.document.clone().unwrap_or_else(stem);
    let file = transcript_name(&name)
        .ok_or_else(|| Failure::data(format!("{from}: {} is no name for a transcript", visible::line(&name))))?;
    let path = file.split('/').fold(asked.into.to_owned(), |path, part| path.join(part));
    let is_new = !path.exists();
    if is_new {
        let text = draft.text.as_deref().filter(|text| !text.is_empty()).ok_or_else(|| {
            let told = match &draft.textless {
                Some(reason) => format!("{reason}, and there is no transcript {}", path.display()),
                None => format!("{}: there is no such transcript, and {from} has no text for it", path.display()),
            };
            Failure::data(told).hint(format!("put {file} beside it, or into {}", asked.into.display()))
        })?;
        path.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .map_err(super::failure::unwritten(&path.display().to_string()))?;
        write_whole(&path, |out| out.write_all(text.as_bytes()))?;
    }
    let document = corpus.read_transcript(&path).inspect_err(|_| {
        // What nobody can open is not left behind.
        if is_new {
            fs::remove_file(&path).ok();
        }
    })?;
    Ok(Arrival { from, format, draft, document, annotator, written: is_new.then_some(path) })
}

/// `arrival` with a number behind the name of its annotator where one of that name is among those `before` it, on the same document.
fn renamed(arrival: Arrival, before: &mut Namesakes, console: &mut Console<'_>) -> Result<Arrival, Failure> {
    let name = before.apart(&arrival.document.id, arrival.annotator.as_str(), console);
    Ok(Arrival { annotator: AnnotatorName::new(&name)?, ..arrival })
}

/// What `arrival` says, on the text that it carries or else on the transcript.
fn settled(arrival: &Arrival, schema: &Schema) -> Settled {
    let text = arrival.draft.own_text().unwrap_or_else(|| arrival.document.text.clone());
    settle(arrival.draft.clone(), &text, Some(schema), &Origin::Imported { from: arrival.from.clone() })
}

/// The schema in force, and what leads names to it. A corpus without one gets the built-in one if that has all that is said, else the one
/// that the files carry, and in it whatever else is said.
fn schema_for(
    arrivals: &[Arrival],
    asked: &Asked<'_>,
    corpus: &Corpus,
    console: &mut Console<'_>,
) -> Result<(Schema, Schema), Failure> {
    let (_, own) = corpus.schema_source(asked.schema)?;
    let builtin = corpus.schema(asked.schema)?;
    let drafts = || arrivals.iter().map(|own| &own.draft);
    let is_clear = || naming::renamed(&builtin, drafts()).iter().all(|own| !own.is_shared);
    let covers = || arrivals.iter().all(|own| tagset::covers(&builtin, &settled(own, &builtin).statement.set));
    let (schema, named, told) = if own.is_some() || (is_clear() && covers()) {
        let named = naming::named(Given::InForce(&builtin), drafts());
        let told = naming::renamed(&named, drafts());
        (builtin, named, told)
    } else {
        let made = made(arrivals)?;
        let told = naming::renamed(&made, drafts());
        let path = corpus.root().join("schema.ron");
        write_whole(&path, |out| out.write_all(schema::write(&made).as_bytes()))?;
        (corpus.schema(None)?, made, told)
    };
    for told in told {
        console.tell(&format!("note: {told}"));
    }
    Ok((schema, named))
}

/// A schema for what `arrivals` say.
fn made(arrivals: &[Arrival]) -> Result<Schema, Failure> {
    let carried = arrivals.iter().find_map(|own| own.draft.schema.clone());
    let given = carried.as_ref().map_or(Given::Nothing, Given::Carried);
    let named = naming::named(given, arrivals.iter().map(|own| &own.draft));
    let sets: Vec<AnnotationSet> = arrivals.iter().map(|own| settled(own, &named).statement.set.into_owned()).collect();
    let observed = tagset::observed("imported", &named, &sets);
    let made = carried.map_or_else(|| observed.clone(), |own| tagset::joined(own, &observed));
    schema::read(&schema::write(&made))
        .map_err(|error| Failure::data(format!("no schema can be made of what is there: {error}")))
}

/// Records what `arrival` says, unless its annotator has said something already.
fn take(
    arrival: Arrival,
    corpus: &Corpus,
    schema: &Schema,
    named: &Schema,
    console: &mut Console<'_>,
) -> Result<Outcome, Failure> {
    let Settled { statement, unit, counted, refusals, .. } = settled(&arrival, named);
    let Arrival { from, document, annotator, .. } = arrival;
    let outcome = refused(&refusals, console);
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
        let done = reading.session.commit(now(), &format!("import {from}"), edits);
        let transaction = done.map_err(|error| Failure::data("what was read does not fit").because(error))?;
        desk.record(&transaction)?;
        for job in [desk.sync(transaction.revision), desk.save(&reading.session)].into_iter().flatten() {
            job.run()?;
        }
    }
    report(&document.id, annotator.as_str(), count, (unit, counted), console)?;
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
