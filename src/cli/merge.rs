//! `tribune merge`: three snapshots → one.

use super::Console;
use crate::outcome::{Failure, Outcome};
use crate::store::{self, Merge};
use crate::work::now;

/// Merges `files` and tells of the conflicts, which are findings.
pub(super) fn merge(files: &Merge, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let merged = store::merge(files, now())?;
    let name = files.destination.as_ref().unwrap_or(&files.out).display();
    for conflict in &merged.conflicts {
        console.tell(&format!("conflict: {name}: {conflict}"));
    }
    Ok(if merged.conflicts.is_empty() { Outcome::Done } else { Outcome::Findings })
}
