//! Counting one document.

use std::collections::BTreeMap;

use super::{Group, Tally};
use crate::annotation::Annotation;
use crate::exchange::Source;
use crate::schema::{AttributeKind, Schema};
use crate::text::{Fragments, Span, Text};

/// What a group holds while it is being counted.
#[derive(Default)]
struct Gathered {
    annotations: usize,
    spans: Vec<Span>,
}

/// The groups of `source`: those of the schema in its order, then what the schema does not know, then speakers by name.
pub(super) fn groups(source: &Source<'_>) -> Vec<(Group, Tally)> {
    let mut gathered: BTreeMap<Group, Gathered> = BTreeMap::new();
    for annotation in source.set.iter() {
        for group in groups_of(source, annotation) {
            let own = gathered.entry(group).or_default();
            own.annotations += 1;
            own.spans.extend(annotation.fragments().into_iter().flat_map(Fragments::spans));
        }
    }
    let mut counted = Vec::new();
    for group in groups_of_schema(source.schema) {
        let own = gathered.remove(&group).unwrap_or_default();
        counted.push((group, tally(&source.document.text, own)));
    }
    counted.extend(gathered.into_iter().map(|(group, own)| (group, tally(&source.document.text, own))));
    counted
}

/// The groups that `annotation` counts in.
fn groups_of(source: &Source<'_>, annotation: &Annotation) -> impl Iterator<Item = Group> {
    let (layer, label) = (annotation.layer.clone(), annotation.label.clone());
    let speaker = source.speaker_of(annotation).map(std::borrow::Cow::into_owned);
    let is_speech = speaker.is_some() || may_have_speaker(source.schema, annotation);
    [Group::Total, Group::Layer(layer.clone()), Group::Label(layer, label)]
        .into_iter()
        .chain(is_speech.then_some(Group::Speaker(speaker)))
}

fn may_have_speaker(schema: &Schema, annotation: &Annotation) -> bool {
    let layer = schema.layer(&annotation.layer);
    layer.is_some_and(|layer| layer.attributes.iter().any(|own| own.kind == AttributeKind::Speaker))
}

fn groups_of_schema(schema: &Schema) -> impl Iterator<Item = Group> {
    let layers = schema.layers.iter().map(|layer| Group::Layer(layer.id.clone()));
    let labels = schema.labels().map(|(layer, label)| Group::Label(layer.id.clone(), label.id.clone()));
    [Group::Total].into_iter().chain(layers).chain(labels)
}

/// Counts what was gathered: the spans are sorted, joined where they touch or overlap, and measured.
fn tally(text: &Text, Gathered { annotations, mut spans }: Gathered) -> Tally {
    let fragments = spans.len();
    spans.sort_unstable();
    let joined = spans.into_iter().fold(Vec::<Span>::new(), |mut joined, span| {
        match joined.last_mut() {
            Some(last) if span.start() <= last.end() => *last = last.hull(span),
            _ => joined.push(span),
        }
        joined
    });
    let covered = joined.into_iter().map(|span| text.code_points(span).len()).sum();
    Tally { annotations, fragments, covered }
}
