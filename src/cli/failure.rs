//! Troubles of output as failures of the run.

use std::io;

use crate::outcome::Failure;

/// Says that `target` could not be written.
pub(super) fn unwritten(target: &str) -> impl Fn(io::Error) -> Failure {
    move |error| Failure::system(format!("cannot write {target}")).because(error)
}
