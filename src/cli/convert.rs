//! `tribune convert`: from one program's format to another's, without a corpus.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Console;
use super::counting::{count, report};
use super::export::{Writing, choose_unit, deliver, spare};
use super::incoming::{Found, Incoming, Namesakes, refused};
use crate::annotation::Origin;
use crate::document::{Digest, Document, DocumentId};
use crate::exchange::naming::{self, Given};
use crate::exchange::{Format, Part, Plan, Settled, Source, Unit, settle, tagset};
use crate::outcome::{Failure, Outcome};
use crate::schema::Schema;

/// What to convert into what.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    /// A file or directory of another program.
    pub(super) input: &'a PathBuf,
    /// The file or directory to write.
    pub(super) output: &'a Path,
    /// What the input is; found out where it is not said.
    pub(super) from: Option<&'static Format>,
    /// What its offsets count; found out where it is not said.
    pub(super) from_unit: Option<Unit>,
    /// What to write.
    pub(super) to: &'static Format,
    /// What offsets are to count.
    pub(super) unit: Option<Unit>,
}

/// Converts. What cannot be taken is told with its line; the rest is written.
pub(super) fn convert(asked: &Asked<'_>, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let unit = choose_unit(asked.to, asked.unit)?;
    spare(asked.output, std::iter::once(asked.input.as_path()), "this is what is to be converted")?;
    let Incoming { mut drafts, mut outcome } = Incoming::read(std::slice::from_ref(asked.input), asked.from, console)?;
    let carried: Option<Schema> = drafts.iter().find_map(|own| own.draft.schema.clone());
    let given = carried.as_ref().map_or(Given::Nothing, Given::Carried);
    let named = naming::named(given, drafts.iter().map(|own| &own.draft));
    for told in naming::renamed(&named, drafts.iter().map(|own| &own.draft)) {
        console.tell(&format!("note: {told}"));
    }
    let parts = drafts.iter_mut().map(|Found { format, draft, .. }| {
        draft.stated = asked.from_unit;
        Part { format, draft, transcript: None }
    });
    outcome = outcome.and(count(&mut parts.collect::<Vec<_>>(), "--from-unit", console));
    let (taken, settled) = settled(drafts, &named, console)?;
    outcome = outcome.and(settled);
    let id = |own: &Settled| id_of(own, asked.input);
    let (mut taken, others) = in_a_row(taken, id);
    for own in others {
        let (id, annotator) = (id(&own), &own.statement.annotator);
        console.tell(&format!("error: {id}: left out what {annotator} says of another text of that name"));
        outcome = Outcome::Findings;
    }
    let mut namesakes = Namesakes::default();
    for own in taken.iter_mut().filter(|own| !own.statement.annotator.is_empty()) {
        own.statement.annotator = namesakes.apart(&id(own), &own.statement.annotator, console).into();
    }
    for own in &taken {
        report(&id(own), &own.statement.annotator, own.statement.set.len(), (own.unit, own.counted), console)?;
    }
    let observed = tagset::observed("converted", &named, taken.iter().map(|own| own.statement.set.as_ref()));
    let schema = carried.map_or_else(|| observed.clone(), |carried| tagset::joined(carried, &observed));
    let schemas: Vec<&Schema> = taken.iter().map(|_| &schema).collect();
    let annotators: Vec<&str> = taken.iter().map(|own| own.statement.annotator.as_ref()).collect();
    let lend = |name: &str| taken.iter().find(|own| id(own).as_str() == name).map(|own| own.statement.text.clone());
    deliver(asked.to, Some(asked.output), console, |made, console| {
        let mut writing =
            Writing::new(asked.to, &Plan { schemas: &schemas, annotators: &annotators, unit, is_marked: false }, made);
        for own in &taken {
            let document = Document::new(id(own), own.statement.text.clone());
            let (digest, statement) = (Digest::of(&document.text), &own.statement);
            let (annotator, set) = (statement.annotator.as_ref(), statement.set.as_ref());
            writing.add(&Source {
                document: &document,
                digest: &digest,
                annotator,
                revision: 0,
                schema: &schema,
                set,
            })?;
        }
        writing.finish(&lend, console).map(|()| Outcome::Done)
    })?;
    Ok(outcome)
}

/// What is said in `drafts` on the texts that they carry; what has none, and what cannot be taken, is told.
fn settled(drafts: Vec<Found>, named: &Schema, console: &mut Console<'_>) -> Result<(Vec<Settled>, Outcome), Failure> {
    let (mut taken, mut failures, mut outcome) = (Vec::new(), Vec::new(), Outcome::Done);
    for Found { from, draft, .. } in drafts {
        let Some(text) = draft.own_text() else {
            refused(&draft.refusals, console);
            let name = draft.document.map_or_else(String::new, |own| format!(" for {own}"));
            let told = match draft.textless {
                Some(reason) => reason.to_string(),
                None => format!("{from}: there is no text in it{name}"),
            };
            let failure = Failure::data(told);
            failures.push(failure.hint("`tribune import` reads it into a corpus that has the transcript"));
            continue;
        };
        let settled = settle(draft, &text, Some(named), &Origin::Manual);
        outcome = outcome.and(refused(&settled.refusals, console));
        taken.push(settled);
    }
    outcome = outcome.and(console.report_all(failures, !taken.is_empty())?);
    Ok((taken, outcome))
}

/// Those of each document one after the other, as exporters want them, and those with another text than the first of that name.
fn in_a_row(all: Vec<Settled>, id: impl Fn(&Settled) -> DocumentId) -> (Vec<Settled>, Vec<Settled>) {
    let (mut places, mut rows, mut others) = (BTreeMap::new(), Vec::<Vec<Settled>>::new(), Vec::new());
    for own in all {
        let place = *places.entry(id(&own)).or_insert(rows.len());
        match rows.get_mut(place) {
            None => rows.push(vec![own]),
            Some(row) if row[0].statement.text.as_str() == own.statement.text.as_str() => row.push(own),
            Some(_) => others.push(own),
        }
    }
    (rows.into_iter().flatten().collect(), others)
}

/// The name of the document, for want of another after the file it came from.
fn id_of(own: &Settled, input: &Path) -> DocumentId {
    let stem = input.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let name = if own.statement.document.is_empty() { stem.as_str() } else { own.statement.document.as_ref() };
    let is_text = Path::new(name).extension().is_some_and(|end| end == "txt");
    DocumentId::new(if is_text { name.to_owned() } else { format!("{name}.txt") })
}
