//! What the offsets in files of other programs count: found out for all of them together, and told.

use super::Console;
use super::failure::unwritten;
use crate::document::DocumentId;
use crate::exchange::{Doubt, Part, Unit, agree};
use crate::outcome::{Failure, Outcome};
use crate::show::visible;

/// States in all of `parts` what their offsets count, and tells what is in doubt; `option` is how to state it.
pub(super) fn count(parts: &mut [Part<'_>], option: &str, console: &mut Console<'_>) -> Outcome {
    let mut outcome = Outcome::Done;
    for doubt in agree(parts) {
        match doubt {
            Doubt::Apart { .. } => {
                console.tell(&format!("error: {doubt}"));
                outcome = Outcome::Findings;
            }
            Doubt::Either { other, .. } => {
                console.tell(&format!("note: {doubt}"));
                console.tell(&format!("hint: state it if they do: {option} {}", other.name()));
            }
        }
    }
    outcome
}

/// Tells that `count` annotations of the document `id` were taken for `annotator`, and what their offsets count.
pub(super) fn report(
    id: &DocumentId,
    annotator: &str,
    count: usize,
    counted: (Unit, &str),
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let things = if count == 1 { "annotation" } else { "annotations" };
    let (unit, how) = counted;
    let annotator = if annotator.is_empty() { String::new() } else { format!(", {annotator}") };
    let line = format!("{id}{annotator}: {count} {things}; offsets count {unit}{how}");
    writeln!(console.out, "{}", visible::line(&line)).map_err(unwritten("the output"))
}
