//! Everything one annotator says about one document.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Annotation, AnnotationId, Edit, EditError, SpanIndex, Speaker, SpeakerId, Status, Target, Waiting};
use crate::text::{Fragments, Offset, Span};

/// Annotations by id, in text order and by place; the speaker register; the document's status.
///
/// Once there, it changes only by [`apply`](Self::apply). Every operation costs the logarithm of the number of annotations, so a key
/// press is as quick in a nine-hour sitting as in a news item. Clones share the annotations until one of them changes its own.
#[derive(Clone, Debug, Default)]
pub struct AnnotationSet {
    annotations: Arc<Annotations>,
    speakers: BTreeMap<SpeakerId, Speaker>,
    status: Status,
    waiting: BTreeMap<AnnotationId, Waiting>,
    last_id: u32,
    last_speaker: u32,
}

/// The annotations, each in every order.
#[derive(Clone, Debug, Default)]
struct Annotations {
    by_id: BTreeMap<AnnotationId, Arc<Annotation>>,
    order: BTreeMap<Rank, Arc<Annotation>>,
    index: SpanIndex<Arc<Annotation>>,
}

/// Where an annotation stands in text order: by start, the longer first, then by id; what has no span comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    spanless: bool,
    start: Offset,
    end: Reverse<Offset>,
    id: AnnotationId,
}

impl Rank {
    fn of(annotation: &Annotation) -> Self {
        let (start, end) = annotation.fragments().map_or_else(Default::default, |f| (f.start(), f.end()));
        Self { spanless: annotation.fragments().is_none(), start, end: Reverse(end), id: annotation.id }
    }

    /// Before everything that starts at `start` or behind it.
    fn before(start: Offset) -> Self {
        Self { spanless: false, start, end: Reverse(Offset::new(u32::MAX as usize)), id: AnnotationId(0) }
    }

    /// Behind everything with a span, before everything without one.
    const FIRST_SPANLESS: Self =
        Self { spanless: true, start: Offset::ZERO, end: Reverse(Offset::ZERO), id: AnnotationId(0) };
}

/// Reading.
impl AnnotationSet {
    /// The number of annotations.
    pub fn len(&self) -> usize {
        self.annotations.by_id.len()
    }

    /// Whether there is nothing: no annotation, none that waits, no speaker, and the status is open.
    pub fn is_blank(&self) -> bool {
        let Self { annotations, waiting, speakers, status, .. } = self;
        annotations.by_id.is_empty() && waiting.is_empty() && speakers.is_empty() && *status == Status::Open
    }

    /// Whether there is no annotation.
    pub fn is_empty(&self) -> bool {
        self.annotations.by_id.is_empty()
    }

    /// The annotation with this id.
    pub fn get(&self, id: AnnotationId) -> Option<&Annotation> {
        self.annotations.by_id.get(&id).map(AsRef::as_ref)
    }

    /// All annotations in text order: by start, the longer first, then by id; those without a span last.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Annotation> {
        self.annotations.order.values().map(AsRef::as_ref)
    }

    /// The annotations behind `id` in text order.
    pub fn after(&self, id: AnnotationId) -> impl Iterator<Item = &Annotation> {
        let rank = self.get(id).map(Rank::of);
        rank.into_iter().flat_map(|rank| self.annotations.order.range(rank..).skip(1)).map(|(_, own)| own.as_ref())
    }

    /// The annotations before `id` in text order, the nearest first.
    pub fn before(&self, id: AnnotationId) -> impl Iterator<Item = &Annotation> {
        let rank = self.get(id).map(Rank::of);
        rank.into_iter().flat_map(|rank| self.annotations.order.range(..rank).rev()).map(|(_, own)| own.as_ref())
    }

    /// The annotations that start at `offset` or behind it, in text order.
    pub fn starting_from(&self, offset: Offset) -> impl Iterator<Item = &Annotation> {
        self.annotations.order.range(Rank::before(offset)..Rank::FIRST_SPANLESS).map(|(_, own)| own.as_ref())
    }

    /// The annotations that start before `offset`, the last in text order first.
    pub fn starting_before(&self, offset: Offset) -> impl Iterator<Item = &Annotation> {
        self.annotations.order.range(..Rank::before(offset)).rev().map(|(_, own)| own.as_ref())
    }

    /// The fragments that share a byte with `window`, each with its annotation, in no order.
    pub fn overlapping(&self, window: Span) -> impl Iterator<Item = (Span, &Annotation)> {
        self.annotations.index.overlapping(window).map(|(span, own)| (span, own.as_ref()))
    }

    /// The relations that start or end at `id`.
    pub fn relations_of(&self, id: AnnotationId) -> impl Iterator<Item = &Annotation> {
        let touches =
            move |a: &&Annotation| matches!(a.target, Target::Relation { from, to } if from == id || to == id);
        self.spanless().filter(touches)
    }

    /// The annotations without a span: relations and document labels, by id.
    pub fn spanless(&self) -> impl Iterator<Item = &Annotation> {
        self.annotations.order.range(Rank::FIRST_SPANLESS..).map(|(_, own)| own.as_ref())
    }

    /// The speaker with this id.
    pub fn speaker(&self, id: SpeakerId) -> Option<&Speaker> {
        self.speakers.get(&id)
    }

    /// The register, by id.
    pub fn speakers(&self) -> impl Iterator<Item = &Speaker> {
        self.speakers.values()
    }

    /// The document's status.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The annotations that wait for a place since their text changed, by id.
    pub fn waiting(&self) -> impl Iterator<Item = &Waiting> {
        self.waiting.values().filter(|own| !self.annotations.by_id.contains_key(&own.id))
    }

    /// An id that no annotation has or had.
    pub fn next_id(&self) -> AnnotationId {
        AnnotationId(self.last_id + 1)
    }

    /// An id that no speaker has or had.
    pub fn next_speaker(&self) -> SpeakerId {
        SpeakerId(self.last_speaker + 1)
    }
}

/// Changing.
impl AnnotationSet {
    /// The set of `annotations`, as a file holds them; of two with one id the later counts.
    pub fn of(annotations: impl IntoIterator<Item = Annotation>) -> Self {
        let by_id: BTreeMap<_, _> = annotations.into_iter().map(|own| (own.id, Arc::new(own))).collect();
        let order = by_id.values().map(|own| (Rank::of(own), Arc::clone(own))).collect();
        let mut index = SpanIndex::default();
        for own in by_id.values() {
            for span in own.fragments().into_iter().flat_map(Fragments::spans) {
                index.insert(*span, Arc::clone(own));
            }
        }
        let last_id = by_id.last_key_value().map_or(0, |(id, _)| id.0);
        Self { annotations: Arc::new(Annotations { by_id, order, index }), last_id, ..Self::default() }
    }

    /// Applies one edit, or changes nothing and says why not.
    ///
    /// Applying an edit and then its inverse leaves the set as it was, but for the ids that count as used.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), EditError> {
        match edit {
            Edit::Insert(annotation) => self.insert(annotation),
            Edit::Remove(annotation) => self.remove(annotation),
            Edit::Replace { before, after } if before.id != after.id => Err(EditError::Renumbered(before.id, after.id)),
            Edit::Replace { before, after } => {
                self.remove(before)?;
                self.insert(after)
            }
            Edit::Speaker { before, after } => self.replace_speaker(before.as_ref(), after.as_ref()),
            Edit::Status { before, .. } if self.status != *before => Err(EditError::StaleStatus(*before)),
            Edit::Status { after, .. } => {
                self.status = *after;
                Ok(())
            }
            Edit::Wait { before, after } => self.replace_waiting(before.as_ref(), after.as_ref()),
        }
    }

    /// Applies all edits in order, or none of them.
    pub fn apply_all(&mut self, edits: &[Edit]) -> Result<(), EditError> {
        for (done, edit) in edits.iter().enumerate() {
            if let Err(error) = self.apply(edit) {
                for edit in edits[..done].iter().rev() {
                    let undone = self.apply(&edit.clone().inverse());
                    debug_assert!(undone.is_ok(), "an edit just applied can be taken back");
                }
                return Err(error);
            }
        }
        Ok(())
    }

    fn insert(&mut self, annotation: &Annotation) -> Result<(), EditError> {
        if self.get(annotation.id).is_some() {
            return Err(EditError::Taken(annotation.id));
        }
        self.last_id = self.last_id.max(annotation.id.0);
        let Annotations { by_id, order, index } = Arc::make_mut(&mut self.annotations);
        let own = Arc::new(annotation.clone());
        order.insert(Rank::of(annotation), Arc::clone(&own));
        for span in annotation.fragments().into_iter().flat_map(Fragments::spans) {
            index.insert(*span, Arc::clone(&own));
        }
        by_id.insert(annotation.id, own);
        Ok(())
    }

    fn remove(&mut self, annotation: &Annotation) -> Result<(), EditError> {
        if self.get(annotation.id) != Some(annotation) {
            return Err(EditError::Stale(annotation.id));
        }
        let Annotations { by_id, order, index } = Arc::make_mut(&mut self.annotations);
        order.remove(&Rank::of(annotation));
        for span in annotation.fragments().into_iter().flat_map(Fragments::spans) {
            index.remove(*span, |own| own.id == annotation.id);
        }
        by_id.remove(&annotation.id);
        Ok(())
    }

    fn replace_speaker(&mut self, before: Option<&Speaker>, after: Option<&Speaker>) -> Result<(), EditError> {
        let id = match (before, after) {
            (Some(before), Some(after)) if before.id != after.id => return Err(EditError::NoSpeaker),
            (Some(speaker), _) | (None, Some(speaker)) => speaker.id,
            (None, None) => return Err(EditError::NoSpeaker),
        };
        if self.speakers.get(&id) != before {
            return Err(EditError::StaleSpeaker(id));
        }
        match after {
            Some(after) => {
                self.last_speaker = self.last_speaker.max(id.0);
                self.speakers.insert(id, after.clone());
            }
            None => {
                self.speakers.remove(&id);
            }
        }
        Ok(())
    }

    fn replace_waiting(&mut self, before: Option<&Waiting>, after: Option<&Waiting>) -> Result<(), EditError> {
        let id = match (before, after) {
            (Some(before), Some(after)) if before.id != after.id => {
                return Err(EditError::Renumbered(before.id, after.id));
            }
            (Some(own), _) | (None, Some(own)) => own.id,
            (None, None) => return Err(EditError::NobodyWaits),
        };
        if self.waiting.get(&id) != before {
            return Err(EditError::Stale(id));
        }
        self.last_id = self.last_id.max(id.0);
        match after {
            Some(after) => self.waiting.insert(id, after.clone()),
            None => self.waiting.remove(&id),
        };
        Ok(())
    }

    /// Counts every id up to these as used, as a history does that knows of deletions.
    pub fn count_as_used(&mut self, annotation: AnnotationId, speaker: SpeakerId) {
        self.last_id = self.last_id.max(annotation.0);
        self.last_speaker = self.last_speaker.max(speaker.0);
    }
}

impl PartialEq for AnnotationSet {
    /// Whether the two say the same; which ids count as used does not matter.
    fn eq(&self, other: &Self) -> bool {
        self.annotations.by_id == other.annotations.by_id
            && self.speakers == other.speakers
            && self.status == other.status
            && self.waiting == other.waiting
    }
}

impl Eq for AnnotationSet {}
