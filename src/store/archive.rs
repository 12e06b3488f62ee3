//! The older lines of a history, read when undo or redo reaches them.
//!
//! On opening every line is held against its checksum; a hundred thousand of them take less than the snapshot. What a line did is read
//! where the snapshot does not hold it yet, and otherwise here. So damage is found on opening, and a line that was forged, with a checksum
//! that fits, where it is read.

use std::path::PathBuf;
use std::sync::Arc;

use super::StoreError;
use super::format::complaint;
use super::history::{Indexed, TransactionV1};
use crate::session::{Archive, Transaction};
use crate::text::Text;

/// The lines of a history, as they were found.
#[derive(Debug)]
pub(super) struct Lines {
    pub(super) path: PathBuf,
    pub(super) bytes: Arc<Vec<u8>>,
    /// Revisions ascending.
    pub(super) entries: Vec<Indexed>,
    pub(super) text: Text,
}

impl Archive for Lines {
    fn transaction(&self, revision: u64) -> Result<Transaction, String> {
        let unknown = || format!("revision {revision} is not in the history");
        let at = self.entries.binary_search_by_key(&revision, |own| own.revision).ok();
        let Indexed { line, ron, .. } = at.and_then(|at| self.entries.get(at)).ok_or_else(unknown)?;
        let fault = |message| {
            let path = self.path.clone();
            StoreError::History { path, line: *line, column: None, message }.brief()
        };
        let ron = self.bytes.get(ron.clone()).and_then(|ron| std::str::from_utf8(ron).ok()).ok_or_else(unknown)?;
        let stated: TransactionV1 = ron::from_str(ron).map_err(|error| fault(complaint(&error.code)))?;
        stated.into_transaction(revision, &self.text).map_err(fault)
    }
}
