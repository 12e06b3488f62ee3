//! Labels of the document as a whole.

use jiff::Timestamp;

use super::annotating::defaults;
use super::picker::{Choice, Item, Purpose, names_of};
use super::{App, Effect, Form, Mode, Picker, Subject};
use crate::annotation::{Annotation, Edit, Origin, Target};
use crate::schema::{LayerKind, Overlap};

impl App {
    /// The annotations of the document as a whole, by their numbers.
    pub fn document_labels(&self) -> impl Iterator<Item = &Annotation> {
        self.session.set().spanless().filter(|own| own.target == Target::Document)
    }

    /// The one with the label of this number.
    fn document_label(&self, number: usize) -> Option<&Annotation> {
        self.document_labels().find(|own| self.label_number(own) == Some(number))
    }

    /// Whether the document has the label of this number.
    pub(super) fn document_has(&self, number: usize) -> bool {
        self.document_label(number).is_some()
    }

    /// Lists the labels for documents; Enter gives one, or takes it away.
    pub(super) fn list_document_labels(&mut self) {
        let items = self.document_label_items();
        if items.is_empty() {
            self.refuse(
                "the schema has no labels for documents: tribune schema says how to add a layer of kind Document",
            );
            return;
        }
        self.mode = Mode::Picker(Picker::new("the document is", Purpose::Document, items));
    }

    /// Every label for documents, with a mark and its values where the document has it.
    pub(super) fn document_label_items(&self) -> Vec<Item> {
        let labels = self.schema.labels().enumerate().filter(|(_, (layer, _))| layer.kind == LayerKind::Document);
        let item = |(number, (layer, label)): (usize, (&crate::schema::Layer, &crate::schema::Label))| {
            let own = self.document_label(number);
            let mark = if own.is_some() { "✓" } else { " " };
            let names = names_of(layer, label);
            let layer = layer.title.in_language(&self.language).to_owned();
            let unused = || vec![label.guideline.clone(), label.aliases.join(", ")];
            let about = own.map_or_else(unused, |own| self.values_in_words(own));
            let detail = [layer].into_iter().chain(about).collect::<Vec<_>>().join(" · ");
            let text = format!("{mark} {}", label.title.in_language(&self.language));
            Item::new(text, detail, Choice::Label(number)).found_by(names)
        };
        labels.map(item).collect()
    }

    /// Gives the document the label of this number, or takes it away; a layer without overlap gives up its other label.
    pub(super) fn toggle_document_label(&mut self, now: Timestamp, number: usize) -> Vec<Effect> {
        let Some((layer, label)) = self.label(number) else { return Vec::new() };
        let name = label.id.to_string();
        if let Some(own) = self.document_label(number) {
            let edits = self.removal(own);
            let effects = self.commit(now, &format!("the document is not {name}"), edits);
            return self.toggled(effects, &format!("not {name}"));
        }
        let fresh = Annotation {
            id: self.session.set().next_id(),
            layer: layer.id.clone(),
            label: label.id.clone(),
            target: Target::Document,
            attributes: defaults(layer),
            note: None,
            origin: Origin::Manual,
        };
        let others = self.document_labels().filter(|own| own.layer == layer.id && layer.overlap == Overlap::Forbidden);
        let mut edits: Vec<Edit> = others.flat_map(|own| self.removal(own)).collect();
        edits.push(Edit::Insert(fresh));
        let effects = self.commit(now, &format!("the document is {name}"), edits);
        self.toggled(effects, &name)
    }

    fn toggled(&mut self, effects: Vec<Effect>, what: &str) -> Vec<Effect> {
        if !effects.is_empty() {
            self.tell_done(&format!("the document is {what}"));
        }
        effects
    }

    /// Says, when its form is left, that the document has a label all the same: opening the form may have given it.
    pub(super) fn tell_document_label(&mut self, form: &Form) {
        let Subject::Annotation(id) = form.subject else { return };
        let own = self.session.set().get(id).filter(|own| own.target == Target::Document);
        if let Some(title) = own.map(|own| self.label_title(own).to_owned()) {
            self.tell(format!("the document is {title}{}", self.keyed(": {document-labels} takes that away")));
        }
    }

    /// Opens the form of the document label of this number, giving it to the document if it lacks it.
    pub(super) fn edit_document_label(&mut self, now: Timestamp, number: usize) -> Vec<Effect> {
        let effects =
            if self.document_label(number).is_none() { self.toggle_document_label(now, number) } else { Vec::new() };
        if let Some(own) = self.document_label(number).cloned() {
            self.mode = Mode::Form(Form::of_annotation(self, &own));
        }
        effects
    }
}
