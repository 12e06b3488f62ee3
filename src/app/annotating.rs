//! The commands that change annotations.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{App, Effect, Selection, plural};
use crate::annotation::{Annotation, Attributes, Edit, Origin, Target, Value};
use crate::command::Command;
use crate::schema::{AttributeId, Default, Label, Layer, LayerKind, Overlap};
use crate::text::{Fragments, Span};

impl App {
    /// Annotates the selection with the label of this number.
    pub(super) fn annotate(&mut self, now: Timestamp, number: usize) -> Vec<Effect> {
        let Some(span) = self.selected() else {
            self.refuse(self.lacks(Command::AnnotateAs));
            return Vec::new();
        };
        let Some((layer, label)) = self.label(number) else { return Vec::new() };
        if layer.kind != LayerKind::Span {
            let text = format!("“{}” is not for spans of text", layer.title.in_language(&self.language));
            self.refuse(text);
            return Vec::new();
        }
        let mut annotation = Annotation {
            id: self.session.set().next_id(),
            layer: layer.id.clone(),
            label: label.id.clone(),
            target: Target::Text(span.into()),
            attributes: defaults(layer),
            note: None,
            origin: Origin::Manual,
        };
        let twin = self.twin(layer, label, span).map(|own| (own.id, own.name()));
        if let Some((id, name)) = twin {
            self.focus = Some(id);
            self.refuse(format!("{name} is just that already"));
            return Vec::new();
        }
        if self.overlap_is_forbidden(&annotation) {
            return Vec::new();
        }
        self.inherit_speaker(&mut annotation);
        let id = annotation.id;
        let summary = self.called(&annotation);
        let effects = self.commit(now, &summary, vec![Edit::Insert(annotation)]);
        if !effects.is_empty() {
            self.focus = Some(id);
            self.last_label = Some(number);
            self.extending = false;
            self.tell(format!("{summary}: {}", self.quote_start(span)));
            self.ask_for_speaker(id);
        }
        effects
    }

    /// The annotation that gives `span` this label already.
    fn twin(&self, layer: &Layer, label: &Label, span: Span) -> Option<&Annotation> {
        let target = Target::Text(span.into());
        let is_twin = |own: &&Annotation| own.layer == layer.id && own.label == label.id && own.target == target;
        self.session.set().overlapping(span).map(|(_, own)| own).find(is_twin)
    }

    /// Whether the last label can be given to the selection.
    pub(super) fn may_repeat(&self) -> bool {
        let last = self.last_label.and_then(|number| self.label(number)).zip(self.selected());
        last.is_some_and(|((layer, label), span)| {
            let overlaps = || self.session.set().overlapping(span).any(|(_, own)| own.layer == layer.id);
            self.twin(layer, label, span).is_none() && (layer.overlap == Overlap::Allowed || !overlaps())
        })
    }

    /// Whether the schema forbids `annotation` to share text with another of its layer; says so if it does.
    pub(super) fn overlap_is_forbidden(&mut self, annotation: &Annotation) -> bool {
        let layer = self.schema.layer(&annotation.layer);
        if layer.is_none_or(|layer| layer.overlap == Overlap::Allowed) {
            return false;
        }
        let spans = annotation.fragments().into_iter().flat_map(Fragments::spans);
        let other = |own: &&Annotation| own.layer == annotation.layer && own.id != annotation.id;
        let set = self.session.set();
        let found = spans.flat_map(|span| set.overlapping(*span)).map(|(_, own)| own).find(other).map(Annotation::name);
        if let Some(name) = &found {
            self.refuse(format!("{name} overlaps, which the schema forbids in this layer"));
        }
        found.is_some()
    }

    /// The first words of `span`, for messages.
    fn quote_start(&self, span: Span) -> String {
        const MOST: usize = 40;
        let text = self.document.text.slice(span);
        let short: String = text.chars().take(MOST).collect();
        if short.len() < text.len() { format!("{}…", short.trim_end()) } else { short }
    }

    /// Gives the annotation here the label of this number.
    pub(super) fn relabel(&mut self, now: Timestamp, number: usize) -> Vec<Effect> {
        let Some(before) = self.need_annotation() else { return Vec::new() };
        let Some((layer, label)) = self.label(number) else { return Vec::new() };
        if layer.kind != LayerKind::Span {
            self.refuse("that label is not for spans of text");
            return Vec::new();
        }
        let after = relabelled(&before, layer, label);
        let gone = |id: &&AttributeId| !after.attributes.contains_key(id);
        let dropped: Vec<String> = before.attributes.keys().filter(gone).map(ToString::to_string).collect();
        let id = after.id;
        self.last_label = Some(number);
        let effects = self.replace(now, Vec::new(), before, after);
        if !effects.is_empty() {
            if !dropped.is_empty() {
                self.tell_done(&format!("its layer has no {}: dropped", dropped.join(", ")));
            }
            self.ask_for_speaker(id);
        }
        effects
    }

    /// Makes `edits` and replaces an annotation, unless nothing changes.
    pub(super) fn replace(
        &mut self,
        now: Timestamp,
        mut edits: Vec<Edit>,
        before: Annotation,
        after: Annotation,
    ) -> Vec<Effect> {
        if before == after {
            self.tell(format!("{} stays as it is", before.name()));
            return Vec::new();
        }
        let relayered = before.layer != after.layer;
        let moved = (&before.layer, &before.target) != (&after.layer, &after.target);
        if moved && self.overlap_is_forbidden(&after) {
            return Vec::new();
        }
        let unfit = if relayered { self.unfit_relations(&after) } else { Vec::new() };
        let dropped = match unfit.len() {
            0 => String::new(),
            count => format!("; its layer admits {count} of its relations no more: gone with it"),
        };
        edits.extend(unfit);
        let summary = self.change_in_words(&before, &after);
        let (id, has_span) = (after.id, after.fragments().is_some());
        let twins = self.twins_in(&edits).map_or_else(String::new, |twins| format!("; {twins}"));
        edits.push(Edit::Replace { before, after });
        let effects = self.commit(now, &summary, edits);
        if !effects.is_empty() {
            self.focus = Some(id).filter(|_| has_span).or(self.focus);
            self.tell(summary + &dropped + &twins);
        }
        effects
    }

    /// What was changed: `set speaker of quote Q1` where that is values and the note only, else what befell its label or its extent.
    fn change_in_words(&self, before: &Annotation, after: &Annotation) -> String {
        let (old, new) = (&before.attributes, &after.attributes);
        let ids: BTreeSet<&AttributeId> = old.keys().chain(new.keys()).collect();
        let values = ids.into_iter().filter(|id| old.get(*id) != new.get(*id)).map(AttributeId::to_string);
        let note = (before.note != after.note).then(|| "note".to_owned());
        let changed: Vec<String> = values.chain(note).collect();
        let rest = Annotation { attributes: old.clone(), note: before.note.clone(), ..after.clone() };
        let called = self.called(after);
        if rest == *before {
            return format!("set {} of {called}", changed.join(", "));
        }
        if (&before.layer, &before.label) != (&after.layer, &after.label) {
            return format!("change {} to {called}", self.called(before));
        }
        let size = |own: &Annotation| {
            let spans = own.fragments().map_or(&[][..], Fragments::spans);
            (spans.len(), spans.iter().map(|span| span.bytes()).sum::<usize>())
        };
        match (size(before), size(after)) {
            ((old, _), (new, _)) if old == new => format!("move the edges of {called}"),
            ((_, old), (_, new)) if old < new => format!("add a fragment to {called}"),
            _ => format!("take words out of {called}"),
        }
    }

    /// The annotation that commands act on; says so if there is none.
    pub(super) fn need_annotation(&mut self) -> Option<Annotation> {
        let found = self.annotation_here().cloned();
        if found.is_none() {
            self.refuse(self.lacks(Command::SelectAnnotation));
        }
        found
    }

    pub(super) fn delete(&mut self, now: Timestamp) -> Vec<Effect> {
        match self.need_annotation() {
            Some(annotation) => self.remove(now, &annotation),
            None => Vec::new(),
        }
    }

    /// Deletes an annotation with its relations.
    pub(super) fn remove(&mut self, now: Timestamp, annotation: &Annotation) -> Vec<Effect> {
        let edits = self.removal(annotation);
        let with = match edits.len() {
            0 | 1 => String::new(),
            2 => " and a relation of it".to_owned(),
            count => format!(" and {} relations of it", count - 1),
        };
        let summary = format!("delete {}", self.called(annotation));
        let effects = self.commit(now, &summary, edits);
        if !effects.is_empty() {
            self.focus = self.focus.filter(|id| self.session.set().get(*id).is_some());
            self.relating = self.relating.filter(|id| self.session.set().get(*id).is_some());
            self.tell_done(&format!("{summary}{with}"));
        }
        effects
    }

    /// Makes the fragment at the cursor the selection, to be set anew.
    pub(super) fn edit_extent(&mut self) {
        if self.need_annotation().is_none() || !self.may_write() {
            return;
        }
        let Some((id, span)) = self.fragment_here() else { return };
        let Some(own) = self.session.set().get(id) else { return };
        let place = own.fragments().and_then(|fragments| fragments.spans().iter().position(|own| *own == span));
        let text = format!("extent of {}: move its end; x goes to the other", own.name());
        self.extent = place.map(|place| (id, place));
        self.focus = Some(id);
        self.select(span);
        self.extending = true;
        self.tell(text);
    }

    /// Sets the fragment whose edges were being moved to the selection.
    pub(super) fn set_extent(&mut self, now: Timestamp) -> Vec<Effect> {
        let (Some((id, place)), Some(span)) = (self.extent, self.selected()) else {
            self.refuse("nothing is selected: an annotation needs at least one character");
            return Vec::new();
        };
        self.extent = None;
        self.extending = false;
        let Some(before) = self.session.set().get(id).cloned() else { return Vec::new() };
        let Some(fragments) = before.fragments() else { return Vec::new() };
        let moved = fragments.without(place).map_or_else(|| span.into(), |rest| rest.with(span));
        let after = Annotation { target: Target::Text(moved), ..before.clone() };
        self.replace(now, Vec::new(), before, after)
    }

    /// Whether the selection can be added to the focused annotation, or taken out of it.
    pub(super) fn may_toggle_fragment(&self) -> bool {
        let focused = self.focus.and_then(|id| self.session.set().get(id)).and_then(Annotation::fragments);
        focused.zip(self.selected()).is_some_and(|(own, span)| own.spans() != [span])
    }

    /// Adds the selection to the focused annotation, or takes out the fragment that it is.
    pub(super) fn toggle_fragment(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(span) = self.selected() else {
            self.refuse(self.lacks(Command::AddFragment));
            return Vec::new();
        };
        let focused = self.focus.and_then(|id| self.session.set().get(id)).cloned();
        let Some((before, fragments)) = focused.and_then(|own| own.fragments().cloned().map(|f| (own, f))) else {
            self.refuse(self.lacks(Command::AddFragment));
            return Vec::new();
        };
        let inside = fragments.spans().iter().any(|own| own.covers(span));
        let text = &self.document.text;
        let left = || fragments.minus(span).and_then(|left| left.trimmed(text));
        let Some(changed) = (if inside { left() } else { Some(fragments.with(span)) }) else {
            self.refuse(format!("that is all of {}; d deletes it", before.name()));
            return Vec::new();
        };
        self.extending = false;
        let name = before.name();
        let count = changed.spans().len();
        let last = changed.spans().iter().rev().map(|own| own.end()).find(|end| *end <= span.start());
        let beside = last.unwrap_or(changed.start());
        let after = Annotation { target: Target::Text(changed), ..before.clone() };
        let effects = self.replace(now, Vec::new(), before, after);
        if !effects.is_empty() {
            if inside {
                // What was taken out is no longer of it: commands act on it from what is left.
                self.selection = Selection::caret(beside);
            }
            let done = if inside { "taken out of" } else { "added to" };
            self.tell(format!("{done} {name}: {}", plural(count, "fragment")));
        }
        effects
    }

    /// Undoes or redoes, and goes where that changed something.
    pub(super) fn travel(&mut self, now: Timestamp, forth: bool) -> Vec<Effect> {
        if !self.may_write() {
            return Vec::new();
        }
        if let Err(fault) = self.session.recall(forth) {
            self.refuse(fault);
            return Vec::new();
        }
        self.extent = None;
        let transaction = if forth { self.session.redo(now) } else { self.session.undo(now) };
        let Some(transaction) = transaction else {
            self.tell(self.lacks(if forth { Command::Redo } else { Command::Undo }));
            return Vec::new();
        };
        self.tell(format!("{}: {}", if forth { "redone" } else { "undone" }, transaction.summary));
        let changed = transaction.edits.iter().filter_map(|edit| match edit {
            Edit::Insert(own) | Edit::Remove(own) | Edit::Replace { after: own, .. } => {
                Some((own.id, own.fragments()?.hull()))
            }
            Edit::Speaker { .. } | Edit::Status { .. } | Edit::Wait { .. } => None,
        });
        let changed = changed.min_by_key(|(_, span)| span.start());
        self.relating = self.relating.filter(|id| self.session.set().get(*id).is_some());
        if let Some((id, span)) = changed {
            self.focus = self.session.set().get(id).map(|own| own.id);
            self.extending = false;
            self.select(span);
        }
        self.to_record(transaction)
    }
}

/// `annotation` with another label; into another layer it takes what that layer asks for.
pub(super) fn relabelled(annotation: &Annotation, layer: &Layer, label: &Label) -> Annotation {
    let mut attributes = annotation.attributes.clone();
    if annotation.layer != layer.id {
        let kept = attributes.into_iter().filter(|(id, _)| layer.attribute(id).is_some());
        attributes = defaults(layer).into_iter().chain(kept).collect();
    }
    Annotation { layer: layer.id.clone(), label: label.id.clone(), attributes, ..annotation.clone() }
}

/// What a fresh annotation of `layer` carries.
pub(super) fn defaults(layer: &Layer) -> Attributes {
    let value = |default: &Default| match default {
        Default::Choice(choice) => Value::Choice(choice.clone()),
        Default::Flag(flag) => Value::Flag(*flag),
        Default::Text(text) => Value::Text(text.clone()),
    };
    layer.attributes.iter().filter_map(|own| Some((own.id.clone(), value(own.default.as_ref()?)))).collect()
}
