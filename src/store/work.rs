//! Annotations as files state them, not yet held against a text.

use std::collections::BTreeMap;

use super::format::{AnnotationV1, EditV1, SpeakerV1, StatusV1};
use super::{Stray, history, snapshot};
use crate::annotation::{AnnotationId, AnnotationSet, Edit};
use crate::text::Text;

/// What an annotator did, in code points of the text it was done on, which may not be the one at hand.
#[derive(Debug, Default)]
pub(super) struct Work {
    revision: u64,
    status: StatusV1,
    speakers: BTreeMap<u32, SpeakerV1>,
    annotations: BTreeMap<u32, AnnotationV1>,
}

impl Work {
    /// What a snapshot holds; without one, nothing.
    pub(super) fn of(stated: Option<snapshot::Stated>) -> Self {
        stated.map_or_else(Self::default, |stated| Self {
            revision: stated.revision,
            status: stated.status,
            speakers: stated.speakers.into_iter().map(|speaker| (speaker.id, speaker)).collect(),
            annotations: stated.annotations.into_iter().map(|own| (own.id, own)).collect(),
        })
    }

    /// The number of transactions in it.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// Does the transactions beyond its revision without asking whether they fit: the text they were made on is gone.
    pub(super) fn follow(&mut self, lines: history::Stated) {
        for (_, revision, transaction) in lines.transactions {
            if revision > self.revision {
                self.revision = revision;
                transaction.edits.into_iter().for_each(|edit| self.follow_edit(edit));
            }
        }
    }

    fn follow_edit(&mut self, edit: EditV1) {
        match edit {
            EditV1::Insert(own) | EditV1::Replace { after: own, .. } => {
                self.annotations.insert(own.id, own);
            }
            EditV1::Remove(own) => {
                self.annotations.remove(&own.id);
            }
            EditV1::Speaker { before, after } => {
                for speaker in before {
                    self.speakers.remove(&speaker.id);
                }
                self.speakers.extend(after.into_iter().map(|speaker| (speaker.id, speaker)));
            }
            EditV1::Status { after, .. } => self.status = after,
        }
    }

    /// What of it stands on `text`, and what does not.
    pub(super) fn place(&self, text: &Text) -> (AnnotationSet, Vec<Stray>) {
        let mut set = AnnotationSet::default();
        let mut strays = Vec::new();
        let mut apply = |edit: &Edit| {
            let fits = set.apply(edit);
            debug_assert!(fits.is_ok(), "ids from a map differ");
        };
        for speaker in self.speakers.values() {
            apply(&Edit::Speaker { before: None, after: Some(speaker.clone().into()) });
        }
        apply(&Edit::Status { before: StatusV1::default().into(), after: self.status.into() });
        for stated in self.annotations.values() {
            match stated.clone().into_annotation(text) {
                Ok(annotation) => apply(&Edit::Insert(annotation)),
                Err(misfit) => strays.push(Stray {
                    id: AnnotationId(stated.id),
                    title: stated.title(),
                    start: stated.start(),
                    quote: stated.quote(),
                    reason: misfit.to_string(),
                }),
            }
        }
        (set, strays)
    }
}
