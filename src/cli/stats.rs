//! `tribune stats`: how much is annotated.

use super::args::Selection;
use super::failure::unwritten;
use super::inputs::Inputs;
use super::{Console, warn};
use crate::outcome::{Failure, Outcome};
use crate::stats::{self, Stats};

/// How the counts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// For people.
    Table,
    /// For programs.
    Json,
}

/// Prints the counts of `selection`. What does not match its text is not counted but told of.
pub(super) fn stats(selection: &Selection, form: Form, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let inputs = Inputs::find(&selection.paths, &selection.annotators, selection.schema.as_deref())?;
    let (mut sum, mut outcome) = (Stats::default(), inputs.tell_missing(console));
    inputs.each(|annotated| {
        outcome = outcome.and(warn(annotated, console.messages));
        sum.add(stats::stats(&annotated.source));
        Ok(())
    })?;
    let written = match form {
        Form::Table => sum.table(&mut *console.out),
        Form::Json => sum.json(&mut *console.out),
    };
    written.map_err(unwritten("the output"))?;
    Ok(outcome)
}
