//! Relations: from one annotation to another, made, followed and removed.
//!
//! `r` marks the annotation here as one end; then everything that moves leads to the other (`Tab` stops at those only which the
//! schema admits), and Enter takes it. The kind and the direction are asked for where the schema leaves a choice.

use jiff::Timestamp;

use super::annotating::defaults;
use super::ask::{Answer, Ask, Reply, distinct_keys};
use super::picker::{Choice, Item, Purpose};
use super::{App, Effect, Mode, Picker};
use crate::annotation::{Annotation, AnnotationId, Edit, Origin, Target};

/// How many annotations on either side are listed to relate to.
const NEAR: usize = 500;

/// A relation that the schema admits between two annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Proposal {
    /// The number of its label in [`Schema::labels`](crate::schema::Schema::labels).
    label: usize,
    from: AnnotationId,
    to: AnnotationId,
}

impl App {
    /// Every relation that the schema admits between two annotations: those that start from `one` first.
    fn proposals(&self, one: &Annotation, other: &Annotation) -> Vec<Proposal> {
        let leading = |from: &Annotation, to: &Annotation| {
            let admitted = self.schema.labels().enumerate();
            let admitted = admitted.filter(|(_, (layer, _))| layer.kind.joins(&from.layer, &to.layer));
            admitted.map(|(label, _)| Proposal { label, from: from.id, to: to.id }).collect::<Vec<_>>()
        };
        if one.id == other.id || one.fragments().is_none() || other.fragments().is_none() {
            return Vec::new();
        }
        [leading(one, other), leading(other, one)].concat()
    }

    /// Whether the schema knows a relation that starts from, or leads to, an annotation like this.
    pub fn may_relate(&self, annotation: &Annotation) -> bool {
        let span_layers = || self.schema.span_labels().map(|(_, layer, _)| &layer.id);
        let joins = |layer: &crate::schema::Layer| {
            let (kind, own) = (&layer.kind, &annotation.layer);
            span_layers().any(|other| kind.joins(own, other) || kind.joins(other, own))
        };
        annotation.fragments().is_some() && self.schema.layers.iter().any(joins)
    }

    /// Whether Tab stops at an annotation: while an end is looked for, at those which may be it.
    pub(super) fn is_stop(&self, annotation: &Annotation) -> bool {
        let from = self.relating.and_then(|id| self.session.set().get(id));
        annotation.fragments().is_some()
            && self.shows(annotation)
            && from.is_none_or(|from| !self.proposals(from, annotation).is_empty())
    }

    /// Begins a relation from the annotation here; asked again, lists what it may lead to.
    pub(super) fn begin_relation(&mut self) {
        if let Some(from) = self.relating.filter(|id| self.session.set().get(*id).is_some()) {
            self.list_ends(from);
            return;
        }
        let Some(annotation) = self.need_annotation() else { return };
        if !self.may_write() {
            return;
        }
        if !self.may_relate(&annotation) {
            self.refuse(format!("the schema relates nothing of the layer {} to anything", annotation.layer));
            return;
        }
        self.relating = Some(annotation.id);
        self.focus = Some(annotation.id);
        self.extending = false;
        self.go(self.selection.start(), false);
        let way = self.keyed("{next-annotation} or a click to the other, Enter takes it; {relate} lists them");
        self.tell(format!("{} is one end: {way}", annotation.name()));
    }

    /// Relates the annotation at the cursor to the one that was begun with.
    pub(super) fn take_end(&mut self, now: Timestamp) -> Vec<Effect> {
        let from = self.relating.and_then(|id| self.session.set().get(id)).cloned();
        let Some(from) = from else {
            self.relating = None;
            return Vec::new();
        };
        let here = self.annotations_here();
        let found = here.iter().find(|own| !self.proposals(&from, own).is_empty()).map(|own| own.id);
        if let Some(other) = found {
            return self.relate(now, from.id, other);
        }
        let what = if here.iter().all(|own| own.id == from.id) { "no other annotation" } else { "nothing fit" };
        let way = self.keyed("{next-annotation} goes on, Esc leaves it");
        self.refuse(format!("there is {what} here to relate {} to: {way}", from.name()));
        Vec::new()
    }

    /// Makes the one relation that the schema admits, or asks which.
    pub(super) fn relate(&mut self, now: Timestamp, from: AnnotationId, other: AnnotationId) -> Vec<Effect> {
        let set = self.session.set();
        let (Some(from), Some(other)) = (set.get(from), set.get(other)) else { return Vec::new() };
        let proposals = self.proposals(from, other);
        if let [only] = proposals[..] {
            return self.make_relation(now, &only);
        }
        let wishes = proposals.iter().filter_map(|own| {
            let (_, label) = self.label(own.label)?;
            // The way back has the same letter with Shift.
            let back = own.from != from.id;
            let key = label.key.map(|key| if back { key.to_ascii_uppercase() } else { key });
            Some((key, label.title.in_language(&self.language)))
        });
        let keys = distinct_keys(wishes);
        let answer = |(key, own): (char, &Proposal)| {
            let label = self.label(own.label).map_or("", |(_, label)| label.title.in_language(&self.language));
            Answer::new(key, self.relation_in_words(label, own.from, own.to), Reply::Relate(*own))
        };
        let answers = keys.into_iter().zip(&proposals).map(answer).collect();
        let title = format!("how {} and {} relate", from.name(), other.name());
        self.mode = Mode::Ask(Ask::new(title, answers));
        Vec::new()
    }

    pub(super) fn make_relation(&mut self, now: Timestamp, proposal: &Proposal) -> Vec<Effect> {
        let Proposal { label, from, to } = *proposal;
        let Some((layer, label)) = self.label(label) else { return Vec::new() };
        let relation = Annotation {
            id: self.session.set().next_id(),
            layer: layer.id.clone(),
            label: label.id.clone(),
            target: Target::Relation { from, to },
            attributes: defaults(layer),
            note: None,
            origin: Origin::Manual,
        };
        let says_the_same = |own: &&Annotation| {
            own.layer == relation.layer && own.label == relation.label && own.target == relation.target
        };
        let twin = self.session.set().relations_of(from).find(says_the_same).map(Annotation::name);
        if let Some(name) = twin {
            self.refuse(format!("{name} says just that already"));
            return Vec::new();
        }
        let summary = self.called(&relation);
        let effects = self.commit(now, &summary, vec![Edit::Insert(relation)]);
        if !effects.is_empty() {
            // Back to where the relation was begun: what is worked on is there.
            if let Some(begun) = self.relating.take() {
                self.reach(begun);
            }
            self.tell_done(&format!("{summary}; Space c lists relations"));
        }
        effects
    }

    /// The edits that remove an annotation with all that relates to it.
    pub(super) fn removal(&self, annotation: &Annotation) -> Vec<Edit> {
        let set = self.session.set();
        let mut going = vec![annotation];
        let mut place = 0;
        while let Some(own) = going.get(place).copied() {
            let fresh: Vec<_> =
                set.relations_of(own.id).filter(|own| going.iter().all(|one| one.id != own.id)).collect();
            going.extend(fresh);
            place += 1;
        }
        // A relation goes before its ends, so that at no point one leads nowhere.
        going.into_iter().rev().cloned().map(Edit::Remove).collect()
    }

    /// The relations that the schema no longer admits once `annotation` is what it is to be.
    pub(super) fn unfit_relations(&self, annotation: &Annotation) -> Vec<Edit> {
        let set = self.session.set();
        let layer_of = |id| if id == annotation.id { Some(annotation) } else { set.get(id) }.map(|own| &own.layer);
        let fits = |own: &&Annotation| {
            let kind = self.schema.layer(&own.layer).map(|layer| &layer.kind);
            match (kind, &own.target) {
                (Some(kind), Target::Relation { from, to }) => {
                    layer_of(*from).zip(layer_of(*to)).is_some_and(|(from, to)| kind.joins(from, to))
                }
                _ => true,
            }
        };
        set.relations_of(annotation.id).filter(|own| !fits(own)).flat_map(|own| self.removal(own)).collect()
    }

    /// Lists the relations of the annotation here; Enter goes to the other end.
    pub(super) fn list_relations(&mut self) {
        let Some(annotation) = self.need_annotation() else { return };
        let items = self.relation_items(annotation.id);
        if items.is_empty() {
            let way = self.keyed("{relate} begins one");
            self.tell(format!("{} has no relations: {way}", annotation.name()));
            return;
        }
        self.focus = Some(annotation.id);
        let title = format!("relations of {}", annotation.name());
        self.mode = Mode::Picker(Picker::new(title, Purpose::Relations(annotation.id), items));
    }

    /// The relations of an annotation in words, those that start from it first.
    pub(super) fn relation_items(&self, id: AnnotationId) -> Vec<Item> {
        let item = |(relation, other, words): (AnnotationId, AnnotationId, String)| {
            let other = self.session.set().get(other).map_or_else(String::new, |own| self.gist(own).into_owned());
            Item::new(words, other, Choice::Annotation(relation))
        };
        self.relations_in_words(id).into_iter().map(item).collect()
    }

    /// The relations of an annotation, each with its other end and what it says: `→ C4 supports C7`, `← C2 attacks C4`.
    pub(super) fn relations_in_words(&self, id: AnnotationId) -> Vec<(AnnotationId, AnnotationId, String)> {
        let mut found: Vec<(bool, AnnotationId, AnnotationId, String)> = Vec::new();
        for own in self.session.set().relations_of(id) {
            let Target::Relation { from, to } = own.target else { continue };
            let incoming = from != id;
            let (arrow, other) = if incoming { ('←', from) } else { ('→', to) };
            found.push((incoming, own.id, other, format!("{arrow} {}", self.gist(own))));
        }
        found.sort_by_key(|(incoming, relation, ..)| (*incoming, *relation));
        found.into_iter().map(|(_, relation, other, words)| (relation, other, words)).collect()
    }

    /// Goes to the other end of `relation`, seen from `id`.
    pub(super) fn follow(&mut self, id: AnnotationId, relation: AnnotationId) {
        let found = self.relations_in_words(id).into_iter().find(|(own, ..)| *own == relation);
        if let Some((_, other, _)) = found {
            self.reach(other);
        }
    }

    /// Lists the annotations that `from` may be related to, the nearest first.
    fn list_ends(&mut self, from: AnnotationId) {
        let set = self.session.set();
        let Some(own) = set.get(from) else { return };
        let start = |own: &Annotation| own.fragments().map_or(0, |fragments| fragments.start().bytes());
        let near = set.before(from).take(NEAR).chain(set.after(from).take(NEAR));
        let mut ends: Vec<&Annotation> = near.filter(|other| !self.proposals(own, other).is_empty()).collect();
        ends.sort_by_key(|other| (start(other).abs_diff(start(own)), other.id));
        let items = ends.into_iter().map(|other| self.annotation_item(other.id)).collect();
        let title = format!("relate {} to", own.name());
        self.mode = Mode::Picker(Picker::new(title, Purpose::Relate(from), items));
    }
}
