//! A history as a list of what was done, without its text.

use super::bounds::read_if_there;
use super::{AnnotatorName, Corpus, StoreError, history};
use crate::audit::Entry;
use crate::document::DocumentId;

/// What `annotator` did about `document`, as far as the history tells; nothing when there is none.
///
/// The transcript is not looked at: it may have changed since, or be gone. A last line left unfinished by a crash does not count.
pub fn log(corpus: &Corpus, document: &DocumentId, annotator: &AnnotatorName) -> Result<Vec<Entry>, StoreError> {
    let path = corpus.files(document, annotator).history;
    let bytes = read_if_there(&path)?.unwrap_or_default();
    let entry = |(line, revision, stated): (usize, u64, history::TransactionV1)| {
        let fault = |message| StoreError::History { path: path.clone(), line, column: None, message };
        stated.into_entry(revision).map_err(fault)
    };
    history::parse(&bytes, &path)?.transactions.into_iter().map(entry).collect()
}
