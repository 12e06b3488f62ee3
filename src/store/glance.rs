//! How far an annotator is with a document, without reading the document.

use super::bounds::read_if_there;
use super::format::EditV1;
use super::{AnnotatorName, Corpus, history, snapshot};
use crate::annotation::Status;
use crate::document::DocumentId;

/// The number of annotations and the status that `annotator`'s file about `document` states, or nothing when there is no file. A
/// file that cannot be understood counts as begun and empty: opening it says what is wrong.
pub fn glance(corpus: &Corpus, document: &DocumentId, annotator: &AnnotatorName) -> Option<(usize, Status)> {
    let files = corpus.files(document, annotator);
    if let Some(source) = read_if_there(&files.snapshot).ok().flatten().and_then(|bytes| String::from_utf8(bytes).ok())
    {
        let stated = snapshot::parse(&source, &files.snapshot).ok();
        return Some(stated.map_or((0, Status::Open), |stated| {
            (stated.annotations.len() + stated.strays.len(), stated.status.into())
        }));
    }
    let bytes = read_if_there(&files.history).ok()??;
    let Ok(stated) = history::parse(&bytes, &files.history) else { return Some((0, Status::Open)) };
    let (mut count, mut status) = (0_usize, Status::Open);
    for edit in stated.transactions.into_iter().flat_map(|(_, _, transaction)| transaction.edits) {
        match edit {
            EditV1::Insert(_) => count += 1,
            EditV1::Remove(_) => count = count.saturating_sub(1),
            EditV1::Status { after, .. } => status = after.into(),
            EditV1::Wait { before, after } => count = (count + after.len()).saturating_sub(before.len()),
            EditV1::Replace { .. } | EditV1::Speaker { .. } | EditV1::Stray(_) => {}
        }
    }
    Some((count, status))
}
