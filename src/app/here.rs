//! What is at the cursor: the selection, and the annotations that commands act on.

use super::App;
use crate::annotation::{Annotation, AnnotationId};
use crate::text::{Fragments, Span};

impl App {
    /// The selection, unless it is empty.
    pub fn selected(&self) -> Option<Span> {
        self.document.text.span(self.selection.start(), self.selection.end()).ok()
    }

    /// The annotation that commands act on.
    pub fn annotation_here(&self) -> Option<&Annotation> {
        self.annotations_here().into_iter().next()
    }

    /// The annotation that stands out, in the text, on the rails, in the lanes and in the list alike: the one that commands act on; where
    /// none is here, the focused one, which fragments are added to.
    pub fn outstanding(&self) -> Option<AnnotationId> {
        self.annotation_here().map(|own| own.id).or(self.focus)
    }

    /// Whether commands act on the focused one. Then it stays focused until the cursor moves away: what was tagged inside another
    /// annotation and given up would else leave the commands to the other.
    pub(super) fn acts_on_focus(&self) -> bool {
        self.annotation_here().is_some_and(|own| self.focus == Some(own.id))
    }

    /// The annotations shown at the cursor, the one that commands act on first: the focused one, then from the shortest to the
    /// longest. The focused one is here still when the cursor is right behind it, for there it stands when a selection was tagged and
    /// given up.
    pub fn annotations_here(&self) -> Vec<&Annotation> {
        let set = self.session.set();
        let here = self.here().into_iter().flat_map(|window| set.overlapping(window)).map(|(_, own)| own);
        let ends_here = |own: &&Annotation| {
            self.selection.is_empty()
                && own.fragments().is_some_and(|own| own.spans().iter().any(|span| span.end() == self.selection.head))
        };
        let behind = self.focus.and_then(|id| set.get(id)).filter(ends_here);
        let mut found: Vec<&Annotation> = here.chain(behind).filter(|own| self.shows(own)).collect();
        let length = |annotation: &Annotation| annotation.fragments().map_or(0, Fragments::bytes);
        found.sort_by_key(|annotation| (self.focus != Some(annotation.id), length(annotation), annotation.id));
        found.dedup_by_key(|annotation| annotation.id);
        found
    }

    /// The selection, or the character at the cursor.
    pub(super) fn here(&self) -> Option<Span> {
        let text = &self.document.text;
        self.selected().or_else(|| {
            let head = self.selection.head;
            text.span(head, text.next_boundary(head)?).ok()
        })
    }
}
