//! What can be put right without asking.

use super::{Code, Diagnostic, check};
use crate::annotation::{Annotation, AnnotationId, AnnotationSet, Edit, Target};
use crate::document::Document;
use crate::schema::Schema;
use crate::text::{Fragments, Span, Text};

/// The edits that put right those findings in `set` that `wanted` admits and that have one safe remedy, in order.
///
/// Blanks and marks at an edge are left out of the annotation, however many there are; of two annotations that say the same the
/// later one goes, unless a relation leads to it or it has a note of its own. Nothing that would leave an annotation empty.
pub fn fix(
    document: &Document,
    schema: &Schema,
    set: &AnnotationSet,
    wanted: impl Fn(&Diagnostic) -> bool,
) -> Vec<Edit> {
    let mut set = set.clone();
    let mut edits = Vec::new();
    // One remedy may bring up the next, as where a comma stands behind the blank. Each makes something shorter, so it ends.
    loop {
        let before = edits.len();
        for finding in check(document, schema, &set).iter().filter(|finding| wanted(finding)) {
            if let Some(edit) = remedy(&document.text, &set, finding)
                && set.apply(&edit).is_ok()
            {
                edits.push(edit);
            }
        }
        if edits.len() == before {
            return edits;
        }
    }
}

fn remedy(text: &Text, set: &AnnotationSet, finding: &Diagnostic) -> Option<Edit> {
    let before = set.get(finding.annotation?)?;
    match finding.code {
        Code::BlankAtEdge | Code::PunctuationAtEdge => {
            let fragments = without_edge(text, before.fragments()?, finding.span?)?;
            let after = Annotation { target: Target::Text(fragments), ..before.clone() };
            Some(Edit::Replace { before: before.clone(), after })
        }
        Code::Duplicate => {
            let is_needed = set.relations_of(before.id).next().is_some();
            let is_said = set.iter().any(|other| other.id < before.id && says_all_of(other, before));
            (is_said && !is_needed).then(|| Edit::Remove(before.clone()))
        }
        _ => None,
    }
}

/// Whether `other` says everything that `own` says.
fn says_all_of(other: &Annotation, own: &Annotation) -> bool {
    let id = AnnotationId(0);
    let said = |annotation: &Annotation| Annotation {
        id,
        note: own.note.as_ref().and_then(|_| annotation.note.clone()),
        origin: own.origin.clone(),
        ..annotation.clone()
    };
    said(other) == said(own)
}

/// `fragments` without `edge`, which stands at the start or the end of one of them; none when nothing would be left.
fn without_edge(text: &Text, fragments: &Fragments, edge: Span) -> Option<Fragments> {
    let mut spans = Vec::new();
    for own in fragments.spans() {
        let (start, end) = match *own {
            own if edge.covers(own) => continue,
            own if own.start() == edge.start() => (edge.end(), own.end()),
            own if own.end() == edge.end() => (own.start(), edge.start()),
            own => (own.start(), own.end()),
        };
        spans.push(text.span(start, end).ok()?);
    }
    Fragments::new(spans).ok().filter(|trimmed| trimmed != fragments)
}
