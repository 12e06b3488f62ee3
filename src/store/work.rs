//! Annotations as files state them, not yet held against a text.

use std::collections::BTreeMap;

use super::format::{AnnotationV1, EditV1, Misfit, SpeakerV1, StatusV1, title};
use super::merge::State;
use super::{Stray, history, snapshot};
use crate::annotation::{AnnotationId, AnnotationSet, Edit, SpeakerId, Waiting};
use crate::text::Text;

/// What an annotator did, in code points of the text it was done on, which may not be the one at hand.
#[derive(Debug, Default)]
pub(super) struct Work {
    revision: u64,
    status: StatusV1,
    speakers: BTreeMap<u32, SpeakerV1>,
    annotations: BTreeMap<u32, AnnotationV1>,
    /// The annotations that wait for a place since the text changed.
    strays: BTreeMap<u32, AnnotationV1>,
    /// The highest ids that lines speak of: an annotation's and a speaker's.
    last: (u32, u32),
}

impl Work {
    /// What a snapshot holds; without one, nothing.
    pub(super) fn of(stated: Option<snapshot::Stated>) -> Self {
        stated.map_or_else(Self::default, |stated| Self {
            revision: stated.revision,
            status: stated.status,
            speakers: stated.speakers.into_iter().map(|speaker| (speaker.id, speaker)).collect(),
            annotations: stated.annotations.into_iter().map(|own| (own.id, own)).collect(),
            strays: stated.strays.into_iter().map(|own| (own.id, own)).collect(),
            last: (0, 0),
        })
    }

    /// The number of transactions in it.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// Does the transactions beyond its revision without asking whether they fit: the text they were made on is gone.
    pub(super) fn follow(&mut self, lines: Vec<history::Line>) {
        for (_, revision, transaction) in lines {
            transaction.edits.iter().for_each(|edit| self.count(edit));
            if revision > self.revision {
                self.revision = revision;
                transaction.edits.into_iter().for_each(|edit| self.follow_edit(edit));
            }
        }
    }

    /// Does one transaction more, if there is something to do.
    pub(super) fn go_on(&mut self, edits: Vec<EditV1>) {
        self.revision += u64::from(!edits.is_empty());
        for edit in edits {
            self.count(&edit);
            self.follow_edit(edit);
        }
    }

    /// The highest ids ever given out, of an annotation and of a speaker.
    pub(super) fn last_ids(&self) -> (u32, u32) {
        let annotations = self.annotations.keys().chain(self.strays.keys());
        (
            annotations.fold(self.last.0, |last, id| last.max(*id)),
            self.speakers.keys().fold(self.last.1, |last, id| last.max(*id)),
        )
    }

    /// Takes note that these ids, of an annotation and of a speaker, and all below them were given out.
    pub(super) fn count_as_used(&mut self, last_ids: (u32, u32)) {
        self.last = (self.last.0.max(last_ids.0), self.last.1.max(last_ids.1));
    }

    /// Takes note of the ids that `edit` gave out.
    fn count(&mut self, edit: &EditV1) {
        match edit {
            EditV1::Insert(own) => self.last.0 = self.last.0.max(own.id),
            EditV1::Speaker { after, .. } => {
                self.last.1 = after.iter().fold(self.last.1, |last, own| last.max(own.id));
            }
            EditV1::Remove(_)
            | EditV1::Replace { .. }
            | EditV1::Status { .. }
            | EditV1::Stray(_)
            | EditV1::Wait { .. } => {}
        }
    }

    /// Does one edit as it is stated.
    pub(super) fn follow_edit(&mut self, edit: EditV1) {
        match edit {
            EditV1::Insert(own) | EditV1::Replace { after: own, .. } => {
                self.strays.remove(&own.id);
                self.annotations.insert(own.id, own);
            }
            EditV1::Remove(own) => {
                self.strays.remove(&own.id);
                self.annotations.remove(&own.id);
            }
            EditV1::Wait { before, after } => {
                for own in before {
                    self.strays.remove(&own.id);
                }
                self.strays.extend(after.into_iter().map(|own| (own.id, own)));
            }
            EditV1::Stray(own) => {
                self.annotations.remove(&own.id);
                self.strays.insert(own.id, own);
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

    /// The annotations, by id, but for those that wait for a place.
    pub(super) fn annotations(&self) -> impl Iterator<Item = &AnnotationV1> {
        self.annotations.values()
    }

    /// The annotations that wait for a place, by id.
    pub(super) fn strays(&self) -> impl Iterator<Item = &AnnotationV1> {
        self.strays.values()
    }

    /// The edits that lead to what it says from nothing.
    pub(super) fn edits(&self) -> impl Iterator<Item = EditV1> {
        let speaker = |own: &SpeakerV1| EditV1::Speaker { before: Vec::new(), after: vec![own.clone()] };
        let stray = |own: &AnnotationV1| EditV1::Wait { before: Vec::new(), after: vec![own.clone()] };
        let (before, after) = (StatusV1::default(), self.status);
        let status = (before != after).then_some(EditV1::Status { before, after });
        let annotations = self.annotations.values().cloned().map(EditV1::Insert);
        self.speakers.values().map(speaker).chain(annotations).chain(self.strays.values().map(stray)).chain(status)
    }

    /// What it says.
    pub(super) fn state(&self) -> State {
        let annotations = State::held(self.annotations.values().cloned(), self.strays.values().cloned());
        State { status: self.status, speakers: self.speakers.clone(), annotations }
    }

    /// Says what `state` says, as the same transaction.
    pub(super) fn go_to(&mut self, state: &State) {
        state.edits_from(&self.state()).into_iter().for_each(|edit| self.follow_edit(edit));
    }

    /// Whether all of it stands on `text`, but for what waits.
    pub(super) fn stands_on(&self, text: &Text) -> bool {
        self.annotations.values().all(|own| own.target_on(text).is_ok())
    }

    /// What of it stands on `text`, and what does not. What is placed goes out of memory one by one, for there may be very much.
    pub(super) fn place(self, text: &Text) -> (AnnotationSet, Vec<Stray>) {
        let mut strays = Vec::new();
        let on_text = self.annotations.into_values().filter_map(|stated| {
            let misfit = |misfit: Misfit| strays.push(Stray::of(&stated, misfit.to_string(), false));
            let target = stated.target_on(text).map_err(misfit).ok()?;
            Some(stated.about(target))
        });
        let mut set = AnnotationSet::of(on_text);
        let mut apply = |edit: &Edit| {
            let fits = set.apply(edit);
            debug_assert!(fits.is_ok(), "ids from a map differ");
        };
        for speaker in self.speakers.into_values() {
            apply(&Edit::Speaker { before: None, after: Some(speaker.into()) });
        }
        apply(&Edit::Status { before: StatusV1::default().into(), after: self.status.into() });
        for stated in self.strays.into_values() {
            apply(&Edit::Wait { before: None, after: Some(stated.into_waiting()) });
        }
        strays.extend(set.waiting().map(Stray::of_waiting));
        set.count_as_used(AnnotationId(self.last.0), SpeakerId(self.last.1));
        (set, strays)
    }
}

impl Stray {
    /// An annotation that waits for a place.
    pub(super) fn of_waiting(own: &Waiting) -> Self {
        let reason = "it is not certain where its words stand now".to_owned();
        let title = title(own.layer.as_str(), own.label.as_str());
        Self {
            id: own.id,
            title,
            start: own.past.first().map(|past| past.start),
            quote: own.quote(),
            reason,
            is_kept: true,
        }
    }

    fn of(stated: &AnnotationV1, reason: String, is_kept: bool) -> Self {
        let (title, start, quote) = (stated.title(), stated.start(), stated.quote());
        Self { id: AnnotationId(stated.id), title, start, quote, reason, is_kept }
    }
}
