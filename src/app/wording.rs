//! Annotations in words: what lists, the inspector and messages call them.

use std::borrow::Cow;

use super::{App, Choice};
use crate::annotation::{Annotation, AnnotationId, Target};
use crate::keymap::Action;
use crate::schema::{Label, Layer};

/// The most characters of the text that stand for an annotation.
const MOST: usize = 60;

/// The bytes of it that are more than any line shows.
const LINE: usize = 4096;

/// When to use a label: what the schema says of it, else of its layer; empty where it says nothing.
pub(super) fn guideline<'a>(layer: &'a Layer, label: &'a Label) -> &'a str {
    if label.guideline.is_empty() { &layer.guideline } else { &label.guideline }
}

/// `1 annotation`, `2 annotations`.
pub fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

impl App {
    /// When to use the label that `choice` is about, if the schema says so.
    pub fn guideline(&self, choice: &Choice) -> Option<&str> {
        let (Choice::Label(number)
        | Choice::Shown(Some(number))
        | Choice::Action(Action::Annotate(number) | Action::Relabel(number))) = choice
        else {
            return None;
        };
        let (layer, label) = self.label(*number)?;
        Some(guideline(layer, label)).filter(|words| !words.is_empty())
    }

    /// What people call an annotation's label.
    pub fn label_title<'a>(&'a self, annotation: &'a Annotation) -> &'a str {
        let known = self.schema.label(&annotation.layer, &annotation.label);
        known.map_or(annotation.label.as_str(), |label| label.title.in_language(&self.language))
    }

    /// What people call the annotation with this number: `C4`, or `#4` where there is none.
    pub(super) fn name_of(&self, id: AnnotationId) -> String {
        self.session.set().get(id).map_or_else(|| format!("#{id}"), Annotation::name)
    }

    /// What an annotation says, on one line: the first words it covers, `C4 supports C7`, or `genre: debate`.
    pub fn gist(&self, annotation: &Annotation) -> Cow<'_, str> {
        match self.words(annotation) {
            Cow::Borrowed(words) => {
                let end = words.char_indices().nth(MOST).map_or(words.len(), |(end, _)| end);
                words.get(..end).unwrap_or(words).into()
            }
            words @ Cow::Owned(_) => words,
        }
    }

    /// The same from its first words on, further than a line goes.
    pub fn words(&self, annotation: &Annotation) -> Cow<'_, str> {
        match &annotation.target {
            Target::Text(fragments) => {
                let words = self.document.text.slice(fragments.spans()[0]);
                // No character is longer than four bytes.
                (0..4).find_map(|less| words.get(..LINE - less)).unwrap_or(words).into()
            }
            Target::Relation { from, to } => self.relation_in_words(self.label_title(annotation), *from, *to).into(),
            Target::Document => {
                let layer = self.schema.layer(&annotation.layer);
                let layer = layer.map_or(annotation.layer.as_str(), |own| own.title.in_language(&self.language));
                format!("{layer}: {}", self.label_title(annotation)).into()
            }
        }
    }

    /// `C4 supports C7`.
    pub(super) fn relation_in_words(&self, label: &str, from: AnnotationId, to: AnnotationId) -> String {
        format!("{} {label} {}", self.name_of(from), self.name_of(to))
    }

    /// What the history and messages about it call an annotation: `claim C4`; of a relation and of a document's label what it says. In the
    /// schema's own names, so that histories read alike whatever language their annotators work in.
    pub(super) fn called(&self, annotation: &Annotation) -> String {
        let label = annotation.label.as_str();
        match annotation.target {
            Target::Relation { from, to } => self.relation_in_words(label, from, to),
            Target::Document => format!("{}: {label}", annotation.layer),
            Target::Text(_) => format!("{label} {}", annotation.name()),
        }
    }
}
