//! A schema from what is said, for annotations that come without one.

use std::collections::{BTreeMap, BTreeSet};

use crate::annotation::{AnnotationSet, Target, Value};
use crate::schema::{
    Attribute, AttributeId, AttributeKind, Label, LabelId, Layer, LayerId, LayerKind, Overlap, Rgb, Schema, Title,
};

/// Whether `schema` has every layer, label and attribute of `set`, for targets and values of their kinds.
pub fn covers(schema: &Schema, set: &AnnotationSet) -> bool {
    set.iter().all(|own| {
        let Some(layer) = schema.layer(&own.layer) else { return false };
        let fits = |(id, value): (&AttributeId, &Value)| match (layer.attribute(id).map(|own| &own.kind), value) {
            (Some(AttributeKind::Choice(words)), Value::Choice(word)) => words.contains(word),
            (Some(AttributeKind::Flag), Value::Flag(_))
            | (Some(AttributeKind::Text), Value::Text(_))
            | (Some(AttributeKind::Speaker), Value::Speaker(_)) => true,
            _ => false,
        };
        kind_of(&own.target, &layer.kind)
            && layer.labels.iter().any(|label| label.id == own.label)
            && own.attributes.iter().all(fits)
    })
}

fn kind_of(target: &Target, kind: &LayerKind) -> bool {
    matches!(
        (target, kind),
        (Target::Text(_), LayerKind::Span)
            | (Target::Relation { .. }, LayerKind::Relation { .. })
            | (Target::Document, LayerKind::Document)
    )
}

/// The schema called `name` that has just the layers, labels and attributes of `sets`, sorted by name, with the titles that they have in
/// `named`.
pub fn observed<'a>(name: &str, named: &Schema, sets: impl IntoIterator<Item = &'a AnnotationSet>) -> Schema {
    let mut layers: BTreeMap<LayerId, Seen> = BTreeMap::new();
    for own in sets.into_iter().flat_map(AnnotationSet::iter) {
        let seen = layers.entry(own.layer.clone()).or_insert_with(|| Seen::new(&own.target));
        seen.labels.insert(own.label.clone());
        for (id, value) in &own.attributes {
            seen.saw(id, value);
        }
    }
    let mut keys = ('a'..='z').collect();
    let layers = layers.into_iter().map(|(id, seen)| seen.layer(id, named, &mut keys)).collect();
    Schema { name: name.to_owned(), version: 1, layers }
}

/// `carried` and what of `observed` it lacks: files say things that their own tagset does not know.
pub fn joined(mut carried: Schema, observed: &Schema) -> Schema {
    for layer in &observed.layers {
        let Some(own) = carried.layers.iter_mut().find(|own| own.id == layer.id) else {
            carried.layers.push(without_keys(layer.clone()));
            continue;
        };
        let labels = layer.labels.iter().filter(|label| own.labels.iter().all(|known| known.id != label.id));
        let labels: Vec<Label> = labels.map(|label| Label { key: None, ..label.clone() }).collect();
        own.labels.extend(labels);
        for attribute in &layer.attributes {
            match own.attributes.iter_mut().find(|known| known.id == attribute.id) {
                Some(known) => widen(&mut known.kind, &attribute.kind),
                None => own.attributes.push(attribute.clone()),
            }
        }
    }
    carried
}

/// A colour such as `#7fa2ff`.
pub(super) fn color(words: &str) -> Option<Rgb> {
    let digits = words.strip_prefix('#').filter(|own| own.len() == 6)?;
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some(Rgb { red, green, blue })
}

/// The keys may be those of labels that are carried.
fn without_keys(mut layer: Layer) -> Layer {
    layer.labels.iter_mut().for_each(|label| label.key = None);
    layer
}

/// Makes `kind` admit what `seen` does: more words of a choice, or any text.
fn widen(kind: &mut AttributeKind, seen: &AttributeKind) {
    match (&mut *kind, seen) {
        (AttributeKind::Choice(words), AttributeKind::Choice(more)) => {
            let new: Vec<String> = more.iter().filter(|word| !words.contains(word)).cloned().collect();
            words.extend(new);
        }
        (kind, seen) if kind == seen => {}
        (kind, _) => *kind = AttributeKind::Text,
    }
}

/// What is seen of a layer.
struct Seen {
    kind: LayerKind,
    labels: BTreeSet<LabelId>,
    attributes: BTreeMap<AttributeId, AttributeKind>,
}

impl Seen {
    fn new(target: &Target) -> Self {
        let kind = match target {
            Target::Text(_) => LayerKind::Span,
            Target::Relation { .. } => LayerKind::Relation { from: Vec::new(), to: Vec::new() },
            Target::Document => LayerKind::Document,
        };
        Self { kind, labels: BTreeSet::new(), attributes: BTreeMap::new() }
    }

    /// Values of several kinds make a text.
    fn saw(&mut self, id: &AttributeId, value: &Value) {
        let kind = self.attributes.entry(id.clone()).or_insert_with(|| match value {
            Value::Choice(_) => AttributeKind::Choice(Vec::new()),
            Value::Flag(_) => AttributeKind::Flag,
            Value::Text(_) => AttributeKind::Text,
            Value::Speaker(_) => AttributeKind::Speaker,
        });
        match (kind, value) {
            (AttributeKind::Choice(words), Value::Choice(word)) if words.contains(word) => {}
            (AttributeKind::Choice(words), Value::Choice(word)) if !word.trim().is_empty() => words.push(word.clone()),
            (AttributeKind::Flag, Value::Flag(_))
            | (AttributeKind::Text, Value::Text(_))
            | (AttributeKind::Speaker, Value::Speaker(_)) => {}
            (kind, _) => *kind = AttributeKind::Text,
        }
    }

    fn layer(self, id: LayerId, named: &Schema, keys: &mut BTreeSet<char>) -> Layer {
        let named = named.layer(&id);
        let label_named = |id: &LabelId| named.and_then(|own| own.labels.iter().find(|own| own.id == *id));
        let title = |known: Option<&Title>, id: &str| known.map_or_else(|| Title::One(id.to_owned()), Title::clone);
        let is_span = self.kind == LayerKind::Span;
        let label = |id: LabelId| Label {
            title: title(label_named(&id).map(|own| &own.title), id.as_str()),
            key: is_span.then(|| id.as_str().to_lowercase().chars().find(|letter| keys.remove(letter))).flatten(),
            color: None,
            guideline: String::new(),
            aliases: label_named(&id).map(|own| own.aliases.clone()).unwrap_or_default(),
            id,
        };
        let attribute = |(id, kind): (AttributeId, AttributeKind)| Attribute {
            title: title(named.and_then(|own| own.attribute(&id)).map(|own| &own.title), id.as_str()),
            kind,
            required: false,
            default: None,
            guideline: String::new(),
            id,
        };
        Layer {
            title: title(named.map(|own| &own.title), id.as_str()),
            kind: self.kind,
            overlap: Overlap::Allowed,
            guideline: String::new(),
            labels: self.labels.into_iter().map(label).collect(),
            attributes: self.attributes.into_iter().map(attribute).collect(),
            id,
        }
    }
}
