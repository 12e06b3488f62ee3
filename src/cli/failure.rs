//! Troubles of the files as failures of the run.

use std::io;

use crate::outcome::Failure;
use crate::store::StoreError;

impl From<StoreError> for Failure {
    /// One line with the path, and what to do about it. The causes are in that line already.
    fn from(error: StoreError) -> Self {
        let message = error.to_string();
        let failure = match &error {
            StoreError::Io { .. } => Self::system(message),
            StoreError::Annotator { .. } => Self::usage(message),
            _ => Self::data(message),
        };
        match error.hint() {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

/// Says that `target` could not be written.
pub(super) fn unwritten(target: &str) -> impl Fn(io::Error) -> Failure {
    move |error| Failure::system(format!("cannot write {target}")).because(error)
}
