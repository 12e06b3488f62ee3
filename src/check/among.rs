//! Rules that compare annotations with each other.

use std::collections::HashMap;

use super::{Code, Scene};
use crate::annotation::{Annotation, AnnotationId, Status, Target};
use crate::schema::{LayerId, LayerKind, Overlap};
use crate::text::{Offset, Span};

/// A relation joins annotations that are there, of layers that its own admits.
pub(super) fn relation_is_admitted(scene: &mut Scene<'_>, annotation: &Annotation) {
    let Target::Relation { from, to } = annotation.target else { return };
    let kind = scene.schema.layer(&annotation.layer).map(|layer| &layer.kind);
    let any = Vec::new();
    let (from_layers, to_layers) = match kind {
        Some(LayerKind::Relation { from, to }) => (from, to),
        _ => (&any, &any),
    };
    for (verb, end, admitted) in [("starts from", from, from_layers), ("leads to", to, to_layers)] {
        check_end(scene, annotation, verb, end, admitted);
    }
}

/// Checks the annotation `end` of `relation`; an empty list admits any layer.
fn check_end(scene: &mut Scene<'_>, relation: &Annotation, verb: &str, end: AnnotationId, admitted: &[LayerId]) {
    let name = relation.name();
    match scene.set.get(end) {
        None => {
            let message = format!("{name} {verb} number {end}, which is not there");
            scene.report(Code::BrokenRelation, relation, message, "delete the relation");
        }
        Some(other) if !admitted.is_empty() && !admitted.contains(&other.layer) => {
            let message = format!("{name} {verb} {}, which is in the layer `{}`", other.name(), other.layer);
            let layers: Vec<String> = admitted.iter().map(|layer| format!("`{layer}`")).collect();
            scene.report(
                Code::ForbiddenRelation,
                relation,
                message,
                format!("here only {} will do", layers.join(" or ")),
            );
        }
        Some(_) => {}
    }
}

/// Annotations of a layer that forbids it share no text. Each fragment is held against the one before that reaches furthest.
pub(super) fn forbidden_overlaps(scene: &mut Scene<'_>) {
    let set = scene.set;
    for layer in scene.schema.layers.iter().filter(|layer| layer.overlap == Overlap::Forbidden) {
        let mut spans: Vec<(Span, &Annotation)> = set
            .iter()
            .filter(|annotation| annotation.layer == layer.id)
            .flat_map(|own| {
                own.fragments().into_iter().flat_map(move |f| f.spans().iter().map(move |span| (*span, own)))
            })
            .collect();
        spans.sort_by_key(|(span, annotation)| (span.start(), annotation.id));
        let mut furthest: Option<(Offset, &Annotation)> = None;
        for (span, annotation) in spans {
            if let Some((end, other)) = furthest
                && span.start() < end
            {
                let message =
                    format!("{} overlaps {}, which the layer `{}` forbids", annotation.name(), other.name(), layer.id);
                scene.report_at(
                    Code::ForbiddenOverlap,
                    annotation,
                    span,
                    message,
                    "move an edge, or delete one of the two",
                );
            }
            if furthest.is_none_or(|(end, _)| end < span.end()) {
                furthest = Some((span.end(), annotation));
            }
        }
    }
}

/// Of a layer that forbids overlap the document as a whole has one label.
pub(super) fn document_labels_exclude_each_other(scene: &mut Scene<'_>) {
    let set = scene.set;
    for layer in scene.schema.layers.iter().filter(|layer| layer.overlap == Overlap::Forbidden) {
        let mut labels = set.spanless().filter(|own| own.layer == layer.id && own.target == Target::Document);
        let Some(first) = labels.next() else { continue };
        for other in labels {
            let message = format!(
                "{} calls the document `{}`, which {} calls `{}`; the layer `{}` forbids two",
                other.name(),
                other.label,
                first.name(),
                first.label,
                layer.id
            );
            scene.report(Code::ForbiddenOverlap, other, message, "delete one of the two");
        }
    }
}

/// No two annotations say the same: layer, label, target and attributes. The later one is reported.
pub(super) fn duplicates(scene: &mut Scene<'_>) {
    let set = scene.set;
    let mut seen: HashMap<_, Vec<&Annotation>> = HashMap::new();
    let mut annotations: Vec<&Annotation> = set.iter().collect();
    annotations.sort_by_key(|annotation| annotation.id);
    for annotation in annotations {
        let ends = match annotation.target {
            Target::Relation { from, to } => Some((from, to)),
            Target::Text(_) | Target::Document => None,
        };
        let alike = seen.entry((&annotation.layer, &annotation.label, annotation.fragments(), ends)).or_default();
        match alike.iter().find(|other| other.attributes == annotation.attributes) {
            Some(other) => {
                let message = format!("{} says the same as {}", annotation.name(), other.name());
                scene.report(Code::Duplicate, annotation, message, "delete one of the two");
            }
            None => alike.push(annotation),
        }
    }
}

/// A document that is done has an annotation.
pub(super) fn done_means_something_is_tagged(scene: &mut Scene<'_>) {
    if scene.set.status() == Status::Done && scene.set.is_empty() {
        let message = "the document is done, but nothing is tagged in it".to_owned();
        scene.push(Code::NothingTagged, None, None, message, "tag something, or reopen the document");
    }
}
