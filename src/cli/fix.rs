//! `tribune check --fix`: what can be put right without asking, as one transaction that undo takes back.

use super::inputs::Annotated;
use crate::check::{self, Allow};
use crate::outcome::Failure;
use crate::store::{self, Opening, Reading};
use crate::work::now;

/// What came of trying.
#[derive(Debug)]
pub(super) enum Fixed {
    /// There was nothing to put right.
    Nothing,
    /// So many changes were made; what was found afterwards.
    Done(usize, Box<Reading>),
    /// The file must not be changed, for this reason.
    Refused(String),
}

/// Puts right what can be in the file of `annotated`, but for what `allow` covers. The file is locked meanwhile.
pub(super) fn fix(annotated: &Annotated<'_>, allow: &Allow) -> Result<Fixed, Failure> {
    let Annotated { corpus, annotator, source, .. } = annotated;
    let fixes =
        |set| check::fix(source.document, source.schema, set, |finding| !allow.covers(finding, &source.document.id));
    if fixes(source.set).is_empty() {
        return Ok(Fixed::Nothing);
    }
    let Opening { mut reading, desk, rival, change, .. } =
        store::open(corpus, source.document, annotator, source.schema, false)?;
    let mut desk = match desk {
        Ok(desk) => desk,
        Err(reason) => return Ok(Fixed::Refused(reason)),
    };
    if change.is_some() {
        return Ok(Fixed::Refused("text and annotations do not match: see `tribune reanchor --help`".to_owned()));
    }
    if let Some(rival) = rival {
        return Ok(Fixed::Refused(format!("another program changed {}: open it in tribune to decide", rival.found_in)));
    }
    // Between the reading and the lock somebody may have been at work.
    let edits = fixes(reading.session.set());
    let number = edits.len();
    if number > 0 {
        let done = reading.session.commit(now(), "check --fix", edits);
        let transaction = done.map_err(|error| Failure::data("the remedies do not fit").because(error))?;
        desk.record(&transaction)?;
        for job in [desk.sync(transaction.revision), desk.save(&reading.session)].into_iter().flatten() {
            job.run()?;
        }
    }
    Ok(Fixed::Done(number, Box::new(reading)))
}
