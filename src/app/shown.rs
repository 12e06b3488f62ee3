//! Which labels are shown, and the list in which that is chosen.

use std::collections::BTreeSet;

use super::picker::{Choice, Item, Purpose, names_of};
use super::{App, Mode, Picker};
use crate::annotation::Annotation;

/// Which labels are shown. What is hidden stays as it is in the files; it is only out of sight, and commands pass over it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The labels that are not, by their numbers in [`Schema::labels`](crate::schema::Schema::labels); `None` stands for those that
    /// the schema does not know.
    pub hidden: BTreeSet<Option<usize>>,
}

impl Shown {
    /// Hides a label, or shows it again.
    fn toggle(&mut self, label: Option<usize>) {
        if !self.hidden.remove(&label) {
            self.hidden.insert(label);
        }
    }

    /// Hides every label of `all` but this one; all are shown again if that is so already.
    fn only(&mut self, label: Option<usize>, all: impl Iterator<Item = Option<usize>>) {
        let others: BTreeSet<_> = all.filter(|own| *own != label).collect();
        self.hidden = if self.hidden == others { BTreeSet::new() } else { others };
    }
}

impl App {
    /// Whether an annotation is to be seen. The one with the focus always is, so that what was just made or gone to is in sight.
    pub fn shows(&self, annotation: &Annotation) -> bool {
        self.shown.hidden.is_empty()
            || self.focus == Some(annotation.id)
            || !self.shown.hidden.contains(&self.label_number(annotation))
    }

    /// Lists the labels; Enter hides one or shows it again.
    pub(super) fn list_layers(&mut self) {
        self.mode = Mode::Picker(Picker::new("labels that are shown", Purpose::Layers, self.layer_items()));
    }

    /// Every label that can be hidden, with a mark where it is shown.
    pub(super) fn layer_items(&self) -> Vec<Item> {
        let item = |label: Option<usize>| {
            let mark = if self.shown.hidden.contains(&label) { " " } else { "✓" };
            let (title, layer) = label.and_then(|number| self.label(number)).map_or_else(
                || ("labels that the schema does not know", ""),
                |(layer, label)| (label.title.in_language(&self.language), layer.title.in_language(&self.language)),
            );
            let names = label.and_then(|number| self.label(number)).map(|(layer, label)| names_of(layer, label));
            Item::new(format!("{mark} {title}"), layer, Choice::Shown(label)).found_by(names.into_iter().flatten())
        };
        self.hideable().map(item).collect()
    }

    /// The labels of text; `None` for those that the schema does not know, if there are any.
    fn hideable(&self) -> impl Iterator<Item = Option<usize>> {
        let strangers = self.rails.iter().any(|rail| rail.shows(None)).then_some(None);
        self.schema.span_labels().map(|(number, ..)| Some(number)).chain(strangers)
    }

    /// Hides a label or shows it again; or hides all others.
    pub(super) fn choose_shown(&mut self, label: Option<usize>, only: bool) {
        if only {
            let all: Vec<_> = self.hideable().collect();
            self.shown.only(label, all.into_iter());
        } else {
            self.shown.toggle(label);
        }
        let focus = self.focus.take().and_then(|id| self.session.set().get(id));
        self.focus = focus.filter(|own| self.shows(own)).map(|own| own.id);
    }
}
