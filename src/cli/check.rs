//! `tribune check`: what looks wrong.

use super::Console;
use super::args::Selection;
use super::failure::unwritten;
use super::finding;
use super::inputs::Inputs;
use crate::check::Severity;
use crate::outcome::{Failure, Outcome};

/// How the findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// For people.
    Lines,
    /// A JSON object a line.
    Json,
}

/// Prints the findings in `selection`, and how many there are as a message.
pub(super) fn check(selection: &Selection, form: Form, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let inputs = Inputs::find(&selection.paths, selection.annotator.as_deref(), selection.schema.as_deref())?;
    inputs.tell_bare(console);
    let (mut files, mut errors, mut warnings) = (0, 0, 0);
    inputs.each(|annotated| {
        files += 1;
        for found in finding::all(annotated) {
            match found.severity {
                Severity::Error => errors += 1,
                Severity::Warning => warnings += 1,
            }
            let printed = match form {
                Form::Lines => Ok(found.to_string()),
                Form::Json => found.json().map_err(Into::into),
            };
            printed.and_then(|line| writeln!(console.out, "{line}")).map_err(unwritten("the output"))?;
        }
        Ok(())
    })?;
    let [errors_found, warnings_found] = [count(errors, "error"), count(warnings, "warning")];
    console.tell(&format!("{errors_found} and {warnings_found} in {}", count(files, "annotation file")));
    Ok(if errors + warnings == 0 { Outcome::Done } else { Outcome::Findings })
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
