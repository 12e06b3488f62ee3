//! What looks wrong in someone's annotations: found, located, and explained, never changed.
//!
//! [`check`] is a pure function of a document, a schema and a set. Each rule is a function of its own; the tables in this file
//! list them. A false alarm costs more than a missed slip: whoever learns to skip warnings skips all of them.
//!
//! | file | holds |
//! |---|---|
//! | `allow` | [`Allow`]: the rules that a corpus does not follow |
//! | `diagnostic` | [`Diagnostic`], [`Code`], [`Severity`] |
//! | `tagset` | rules that compare an annotation with the schema |
//! | `extent` | rules about where a span starts and ends |
//! | `marks` | rules about quotation marks |
//! | `among` | rules that compare annotations with each other |
//! | `phrase` | the rule that compares annotations with what is not annotated |
//! | `remedy` | [`fix`]: what can be put right without asking |

mod allow;
mod among;
mod diagnostic;
mod extent;
mod marks;
mod phrase;
mod remedy;
mod tagset;
#[cfg(test)]
mod tests;

pub use allow::Allow;
pub use diagnostic::{Code, Diagnostic, Severity};
pub use remedy::fix;

use crate::annotation::{Annotation, AnnotationSet};
use crate::document::Document;
use crate::schema::Schema;
use crate::text::Span;

/// The rules that look at one annotation.
const RULES_FOR_ONE: &[fn(&mut Scene<'_>, &Annotation)] = &[
    tagset::layer_is_known,
    tagset::label_is_known,
    tagset::target_fits_layer,
    tagset::attributes_are_known,
    tagset::values_fit,
    tagset::required_attributes_are_there,
    tagset::speakers_are_registered,
    extent::no_blank_at_edge,
    extent::no_punctuation_at_edge,
    extent::no_word_is_cut,
    among::relation_is_admitted,
];

/// The rules that look at all annotations together.
const RULES_FOR_ALL: &[fn(&mut Scene<'_>)] = &[
    among::forbidden_overlaps,
    among::document_labels_exclude_each_other,
    among::duplicates,
    among::done_means_something_is_tagged,
    marks::quotation_marks_are_paired,
    phrase::phrases_are_tagged_throughout,
];

/// What looks wrong in `set`, which is about `document`, under `schema`: by place in the text, then by annotation.
///
/// What has no place (relations, document labels, the document itself) comes last.
pub fn check(document: &Document, schema: &Schema, set: &AnnotationSet) -> Vec<Diagnostic> {
    let mut scene = Scene { document, schema, set, found: Vec::new() };
    for annotation in set.iter() {
        for rule in RULES_FOR_ONE {
            rule(&mut scene, annotation);
        }
    }
    for rule in RULES_FOR_ALL {
        rule(&mut scene);
    }
    let mut found = scene.found;
    found.sort_by_key(|own| (own.place.is_none(), own.place, own.annotation, own.code));
    found
}

/// What the rules look at, and what they have found.
struct Scene<'a> {
    document: &'a Document,
    schema: &'a Schema,
    set: &'a AnnotationSet,
    found: Vec<Diagnostic>,
}

impl Scene<'_> {
    /// Reports something about an annotation as a whole.
    fn report(&mut self, code: Code, annotation: &Annotation, message: String, hint: impl Into<String>) {
        let span = annotation.fragments().map(|fragments| fragments.spans()[0]);
        self.push(code, Some(annotation), span, message, hint);
    }

    /// Reports something about an annotation at a stretch of the text.
    fn report_at(&mut self, code: Code, annotation: &Annotation, span: Span, message: String, hint: impl Into<String>) {
        self.push(code, Some(annotation), Some(span), message, hint);
    }

    fn push(
        &mut self,
        code: Code,
        annotation: Option<&Annotation>,
        span: Option<Span>,
        message: String,
        hint: impl Into<String>,
    ) {
        self.found.push(Diagnostic {
            code,
            severity: code.severity(),
            annotation: annotation.map(|own| own.id),
            place: span.map(|span| self.document.text.place(span.start())),
            span,
            message,
            hint: hint.into(),
        });
    }
}
