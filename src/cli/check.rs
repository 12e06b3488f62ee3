//! `tribune check`: what looks wrong.

use super::Console;
use super::args::Selection;
use super::failure::unwritten;
use super::finding::{self, Finding};
use super::fix::{Fixed, fix};
use super::inputs::{Annotated, Inputs};
use crate::check::{Allow, Severity};
use crate::outcome::{Failure, Outcome};

/// What is done with the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Manner {
    /// Whether they are printed as JSON objects, not for people.
    pub(super) json: bool,
    /// Whether those with a safe remedy are put right first.
    pub(super) fix: bool,
}

/// How many there are.
#[derive(Debug, Default)]
struct Tally {
    files: usize,
    errors: usize,
    warnings: usize,
    refused: usize,
}

/// Prints the findings in `selection`, and how many there are as a message.
pub(super) fn check(selection: &Selection, manner: Manner, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let inputs = Inputs::find(&selection.paths, &selection.annotators, selection.schema.as_deref())?;
    let outcome = inputs.tell_missing(console);
    let mut tally = Tally::default();
    inputs.each(|annotated| {
        tally.files += 1;
        let allow = annotated.corpus.allow()?;
        let fixed = if manner.fix { put_right(annotated, &allow, &mut tally, console)? } else { Fixed::Nothing };
        let findings = match &fixed {
            Fixed::Done(_, reading) => finding::all(&annotated.reread(reading), &allow),
            Fixed::Nothing | Fixed::Refused(_) => finding::all(annotated, &allow),
        };
        findings.iter().try_for_each(|found| print(found, manner, &mut tally, console))
    })?;
    let Tally { files, errors, warnings, refused } = tally;
    let [errors_found, warnings_found] = [count(errors, "error"), count(warnings, "warning")];
    console.tell(&format!("{errors_found} and {warnings_found} in {}", count(files, "annotation file")));
    if refused > 0 {
        return Err(Failure::usage(format!("{} could not be put right", count(refused, "annotation file"))));
    }
    Ok(if errors + warnings == 0 { outcome } else { Outcome::Findings })
}

/// Puts right what can be, and tells of it.
fn put_right(
    annotated: &Annotated<'_>,
    allow: &Allow,
    tally: &mut Tally,
    console: &mut Console<'_>,
) -> Result<Fixed, Failure> {
    let fixed = fix(annotated, allow)?;
    let whose = format!("{}: {}", annotated.path.display(), annotated.annotator);
    match &fixed {
        Fixed::Nothing | Fixed::Done(0, _) => {}
        Fixed::Done(number, _) => {
            console.tell(&format!("{whose}: {} in one step, which undo takes back", count(*number, "change")));
        }
        Fixed::Refused(reason) => {
            tally.refused += 1;
            console.tell(&format!("{whose}: nothing was put right: {reason}"));
        }
    }
    Ok(fixed)
}

fn print(found: &Finding, manner: Manner, tally: &mut Tally, console: &mut Console<'_>) -> Result<(), Failure> {
    match found.severity {
        Severity::Error => tally.errors += 1,
        Severity::Warning => tally.warnings += 1,
    }
    let line = if manner.json { found.json().map_err(Into::into) } else { Ok(found.to_string()) };
    line.and_then(|line| writeln!(console.out, "{line}")).map_err(unwritten("the output"))
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
