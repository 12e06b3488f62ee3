//! `tribune reanchor`: annotations follow a changed transcript.

use std::path::Path;

use jiff::Timestamp;

use super::failure::unwritten;
use super::show::choose;
use super::{Console, Environment};
use crate::anchor::Placement;
use crate::outcome::{Failure, Outcome};
use crate::show::visible;
use crate::store::{self, AnnotatorName, Case, Corpus, Reanchoring, StoreError};
use crate::text::{Fragments, Text};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    /// The transcript as it stands.
    pub(super) path: &'a Path,
    /// The transcript as it was.
    pub(super) from: Option<&'a Path>,
    /// Whose annotations.
    pub(super) annotator: Option<&'a str>,
    /// Whether nothing is to be written.
    pub(super) dry_run: bool,
}

/// Places the annotations and prints what became of each. It is a finding if somebody has to decide.
pub(super) fn reanchor(
    asked: &Asked<'_>,
    schema: Option<&Path>,
    environment: &Environment,
    console: &mut Console<'_>,
) -> Result<Outcome, Failure> {
    let path = asked.path;
    if path.is_dir() {
        return Err(StoreError::Directory(path.to_owned()).into());
    }
    let corpus = Corpus::containing(path)?;
    let document = corpus.read_transcript(path)?;
    let old = asked.from.map(|old| corpus.read_transcript(old)).transpose()?;
    let mut annotators = corpus.annotators_of(&document.id)?;
    if let Some(name) = asked.annotator.map(AnnotatorName::new).transpose()? {
        annotators.retain(|own| *own == name);
    }
    let annotator = choose(&annotators, path, environment)?;
    let at = (!asked.dry_run).then(Timestamp::now);
    let schema = corpus.schema(schema)?;
    let done = store::reanchor(&corpus, &document, annotator, &schema, old.as_ref(), at)?;
    for case in &done.cases {
        report(case, &document.text, console).map_err(unwritten("the output"))?;
    }
    Ok(conclude(&done, console))
}

/// Prints what became of one annotation, and its candidates on lines of their own.
fn report(case: &Case, text: &Text, console: &mut Console<'_>) -> std::io::Result<()> {
    let Case { id, title, quote, placement, .. } = case;
    let was: Vec<String> = case.stated.iter().map(|(start, end)| format!("{start}–{end}")).collect();
    let (outcome, is) = match placement {
        Placement::Exact(_) => ("exact", String::new()),
        Placement::Moved(fragments) => ("moved", format!(" → {}", places(fragments, text))),
        Placement::Ambiguous(_) => ("ambiguous", String::new()),
        Placement::Lost => ("lost", String::new()),
    };
    let line = format!("{outcome} {id} {title}: {}{is} \"{quote}\"", was.join(", "));
    writeln!(console.out, "{}", visible::line(&line))?;
    if let Placement::Ambiguous(candidates) = placement {
        for candidate in candidates {
            let (fragments, start) = (&candidate.fragments, text.place(candidate.fragments.start()));
            let there: Vec<&str> = fragments.spans().iter().map(|span| text.slice(*span)).collect();
            let place = format!("{} (line {}, column {})", places(fragments, text), start.line, start.column);
            let line = format!("{place} \"{}\": {}", there.join(" … "), candidate.why);
            writeln!(console.out, "  ? {}", visible::line(&line))?;
        }
    }
    Ok(())
}

fn places(fragments: &Fragments, text: &Text) -> String {
    let ranges = fragments.spans().iter().map(|span| text.code_points(*span));
    ranges.map(|range| format!("{}–{}", range.start, range.end)).collect::<Vec<_>>().join(", ")
}

/// Tells the numbers, and whether anything is left to decide.
fn conclude(done: &Reanchoring, console: &mut Console<'_>) -> Outcome {
    let (mut exact, mut moved, mut ambiguous, mut lost) = (0, 0, 0, 0);
    for case in &done.cases {
        match case.placement {
            Placement::Exact(_) => exact += 1,
            Placement::Moved(_) => moved += 1,
            Placement::Ambiguous(_) => ambiguous += 1,
            Placement::Lost => lost += 1,
        }
    }
    for conflict in &done.conflicts {
        console.tell(&format!("conflict: {conflict}"));
    }
    done.brought.iter().for_each(|brought| console.tell(brought));
    let (waiting, conflicts) = (done.waiting.len(), done.conflicts.len());
    let recorded = match done.revision {
        Some(revision) => format!("recorded as revision {revision}"),
        None => "nothing was written".to_owned(),
    };
    if done.cases.is_empty() {
        let text = if done.changed { &recorded } else { "the text is the one that was annotated" };
        console.tell(&format!("nothing to place: {text}; {waiting} waiting since an earlier change"));
        return if waiting + conflicts == 0 { Outcome::Done } else { Outcome::Findings };
    }
    let counts = format!("{exact} exact, {moved} moved, {ambiguous} ambiguous, {lost} lost");
    console.tell(&format!("{counts}; {waiting} waiting since an earlier change; {recorded}"));
    if ambiguous + lost + waiting + conflicts == 0 { Outcome::Done } else { Outcome::Findings }
}
