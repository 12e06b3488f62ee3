//! Where the annotator is in a document: found on opening it, kept on leaving it.

use super::runtime::Request;
use crate::app::{App, Message};
use crate::document::{Digest, Place};
use crate::store::Opening;

/// Where the annotator was in the document the last time, and what tells that its text is still the same.
#[derive(Default)]
pub(super) struct Whereabouts {
    digest: Option<Digest>,
    found: Option<Place>,
}

impl Whereabouts {
    /// Finds out where the annotator was in a document that was opened.
    pub(super) fn find(&mut self, request: &Request, app: &App, opening: &Opening) -> Vec<Message> {
        self.digest = Some(opening.digest.clone());
        let places = request.places.as_ref();
        self.found =
            places.and_then(|places| places.find(&request.corpus, &app.document, &opening.digest, &app.annotator));
        self.found.clone().map(Message::Placed).into_iter().collect()
    }

    /// Keeps where the annotator is, if that is elsewhere. It is no loss if that does not work.
    pub(super) fn keep(&self, request: &Request, app: &App) {
        let place = app.place();
        let (Some(places), Some(digest)) = (&request.places, &self.digest) else { return };
        if self.found.clone().unwrap_or_default() != place {
            drop(places.keep(&request.corpus, &app.document, digest, &app.annotator, place));
        }
    }
}
