//! Ids for the names in files: one place makes them, so that names that differ stay apart.
//!
//! A name that the schema does not know becomes an id of ours, [without blanks](super::names::own), with a number behind it where two would
//! be alike: `Person` and `person` are `person` and `person_2`. The name itself stays as the title, by which it is found again.
//!
//! What is made here leads `settle`; `tagset` makes of it a schema to keep.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::names::{
    self, Kind, capital, cleaned, free, is_id, is_made_of, is_original, is_original_attribute, is_original_of,
    label_called, label_of, own,
};
use super::{Aim, Draft, Item, Stated};
use crate::schema::{
    Attribute, AttributeId, AttributeKind, Label, LabelId, Layer, LayerId, LayerKind, Overlap, Rgb, Schema, Title,
};

/// Whose names are looked up first.
#[derive(Clone, Copy, Debug)]
pub enum Given<'a> {
    /// Nobody's.
    Nothing,
    /// Those of the tagset that the files carry: it knows each name apart, so no two are one.
    Carried(&'a Schema),
    /// Those of the schema in force: what differs from it in case only is what it knows.
    InForce(&'a Schema),
}

/// What a file calls an annotation.
type Name<'d> = (Kind, Option<&'d str>, Option<&'d str>);

/// The schema that is given, with all that `drafts` say beyond it.
pub fn named<'d>(given: Given<'_>, drafts: impl Iterator<Item = &'d Draft> + Clone) -> Schema {
    let (schema, are_apart) = match given {
        Given::Nothing => (None, true),
        Given::Carried(own) => (Some(own), true),
        Given::InForce(own) => (Some(own), false),
    };
    let schema = schema.cloned().unwrap_or_else(|| Schema { name: String::new(), version: 1, layers: Vec::new() });
    let known = schema.layers.len();
    let given = schema.layers.iter().map(|own| own.attributes.len()).collect();
    let exact = drafts.clone().flat_map(|draft| draft.items.iter().filter(|item| is_exact(draft, item)));
    let taken = exact.filter_map(|item| item.layer.clone()).collect();
    let mut naming =
        Naming { schema, known, given, are_apart, taken, layers: BTreeMap::new(), claims: BTreeMap::new() };
    let mut seen: BTreeMap<Name<'d>, Vec<(&'d str, bool)>> = BTreeMap::new();
    let mut order = Vec::new();
    for (draft, item) in drafts.flat_map(|draft| draft.items.iter().map(move |item| (draft, item))) {
        if is_exact(draft, item) {
            continue;
        }
        let name = name_of(item);
        let attributes = seen.entry(name).or_insert_with(|| {
            order.push(name);
            Vec::new()
        });
        for (name, stated) in &item.attributes {
            let is_flag = matches!(stated, Stated::Flag(_));
            match attributes.iter_mut().find(|(own, _)| *own == name.as_str()) {
                Some((_, are_flags)) => *are_flags &= is_flag,
                None => attributes.push((name, is_flag)),
            }
        }
    }
    // Who is called exactly so comes before whom a name only fits, and layers before what may be a label of only one.
    let (first, mut then): (Vec<Name<'d>>, Vec<_>) = order.into_iter().partition(|name| naming.is_original(*name));
    if !naming.are_apart {
        then.sort_by_key(|(_, layer, label)| layer.is_some() && label.is_none());
    }
    for name in first.into_iter().chain(then) {
        let layer = naming.place(name);
        for (attribute, is_flag) in seen.get(&name).into_iter().flatten() {
            naming.attribute(layer, attribute, *is_flag);
        }
    }
    naming.schema
}

/// Whether the names of `item` are taken as they are.
pub(super) fn is_exact(draft: &Draft, item: &Item) -> bool {
    let are_ids = item.layer.as_deref().is_some_and(is_id) && item.label.as_deref().is_some_and(is_id);
    draft.is_exact && are_ids
}

fn name_of(item: &Item) -> Name<'_> {
    let kind = match &item.target {
        Aim::Text { .. } => Kind::Span,
        Aim::Relation { .. } => Kind::Relation,
        Aim::Document => Kind::Document,
    };
    (kind, item.layer.as_deref(), item.label.as_deref())
}

/// A schema that grows.
struct Naming<'d> {
    schema: Schema,
    /// How many of its layers were given.
    known: usize,
    /// How many attributes of each of these were.
    given: Vec<usize>,
    are_apart: bool,
    /// Ids of layers that are taken besides.
    taken: BTreeSet<String>,
    /// The layers found or made, by name; that of a relation's type is without a layer's.
    layers: BTreeMap<(Kind, bool, &'d str), usize>,
    /// Which name a given layer or a label of it goes by.
    claims: BTreeMap<(usize, Option<LabelId>), &'d str>,
}

impl<'d> Naming<'d> {
    fn is_original(&self, (kind, layer, label): Name<'d>) -> bool {
        let name = layer.or(label).unwrap_or_default();
        let known = self.schema.layers.iter().find(|own| Kind::of_layer(own) == kind && is_original(own, name));
        let is_label = |own: &Layer| label.is_none_or(|label| own.labels.iter().any(|own| is_original_of(own, label)));
        known.is_some_and(is_label)
    }

    /// The number of the layer for `name`, which has a label for it from now on.
    fn place(&mut self, (kind, layer, label): Name<'d>) -> usize {
        let name = layer.or(label).unwrap_or_default();
        let key = (kind, layer.is_some(), name);
        let at = self.layers.get(&key).copied().unwrap_or_else(|| {
            let found = match layer {
                Some(name) if self.are_apart => names::layer_called(&self.schema, kind, name),
                _ => names::known(&self.schema, kind, layer, label),
            };
            let found = found.map(|own| own.id.clone());
            let found = self.schema.layers.iter().take(self.known).position(|own| Some(&own.id) == found.as_ref());
            let at = found.filter(|at| self.claim(*at, None, name)).unwrap_or_else(|| self.add_layer(kind, name));
            self.layers.insert(key, at);
            at
        });
        match (layer, label) {
            (Some(_), Some(label)) => self.label(at, label, true),
            (None, Some(label)) => self.label(at, label, false),
            (_, None) if at >= self.known => self.own_label(at, name),
            (_, None) => {}
        }
        at
    }

    /// Whether the layer, or the label, may go by `name`.
    fn claim(&mut self, layer: usize, label: Option<LabelId>, name: &'d str) -> bool {
        !self.are_apart || *self.claims.entry((layer, label)).or_insert(name) == name
    }

    fn add_layer(&mut self, kind: Kind, name: &str) -> usize {
        let is_taken = |id: &str| self.taken.contains(id) || self.schema.layers.iter().any(|own| own.id.as_str() == id);
        let id = free(own(name), is_taken);
        let kind = match kind {
            Kind::Span => LayerKind::Span,
            Kind::Relation => LayerKind::Relation { from: Vec::new(), to: Vec::new() },
            Kind::Document => LayerKind::Document,
        };
        self.schema.layers.push(empty_layer(id, name, kind));
        self.schema.layers.len() - 1
    }

    /// The label that is called as its layer is.
    fn own_label(&mut self, at: usize, name: &str) {
        let layer = &mut self.schema.layers[at];
        if layer.labels.iter().all(|own| own.id.as_str() != layer.id.as_str()) {
            let id = LabelId::new(layer.id.as_str());
            layer.labels.push(new_label(id, name, None, aliases_for(layer.id.as_str(), name, name)));
        }
    }

    fn label(&mut self, at: usize, name: &'d str, has_layer: bool) {
        let is_given = at < self.known;
        let layer = &self.schema.layers[at];
        if !is_given && !has_layer {
            return self.own_label(at, name);
        }
        let original = layer.labels.iter().find(|own| is_original_of(own, name));
        let found = original.or_else(|| label_called(layer, name).filter(|_| is_given)).map(|own| own.id.clone());
        let is_it = found.is_some_and(|id| !is_given || self.claim(at, Some(id), name));
        if !is_it {
            let layer = &mut self.schema.layers[at];
            let is_taken = |id: &str| layer.labels.iter().any(|own| own.id.as_str() == id);
            let id = label_of(has_layer.then_some(""), name);
            let id = LabelId::new(free(id, is_taken));
            layer.labels.push(new_label(id, name, None, Vec::new()));
        }
    }

    fn attribute(&mut self, at: usize, name: &str, is_flag: bool) {
        let layer = &mut self.schema.layers[at];
        let given = self.given.get(at).copied().unwrap_or_default();
        let is_it = |(number, own): (usize, &Attribute)| {
            is_original_attribute(own, name) || (number < given && own.id.as_str() == name)
        };
        if let Some(number) = layer.attributes.iter().enumerate().position(is_it) {
            if number >= given && !is_flag {
                layer.attributes[number].kind = AttributeKind::Text;
            }
            return;
        }
        let is_taken = |id: &str| layer.attributes.iter().any(|own| own.id.as_str() == id);
        layer.attributes.push(Attribute {
            id: AttributeId::new(free(cleaned(name), is_taken)),
            title: title(name),
            kind: if is_flag { AttributeKind::Flag } else { AttributeKind::Text },
            required: false,
            default: None,
            guideline: String::new(),
        });
    }
}

/// Adds the layer of what other programs have one name for, which people know as `title`, to `layers`, unless it is there: it has one
/// label, of the same name.
pub(super) fn add<'l>(
    layers: &'l mut Vec<Layer>,
    name: &str,
    title: &str,
    color: Option<Rgb>,
    kind: LayerKind,
) -> &'l mut Layer {
    let title = if title.trim().is_empty() { name } else { title };
    let is_there = |own: &Layer| is_original(own, name) || (own.id.as_str() == self::own(name) && says(own, name));
    let at = layers.iter().position(is_there).unwrap_or_else(|| {
        let id = free(own(name), |id| layers.iter().any(|own| own.id.as_str() == id));
        layers.push(layer(id, name, title, color, kind));
        layers.len() - 1
    });
    &mut layers[at]
}

/// The layer `id` that files call `name`, with its one label.
pub(super) fn layer(id: String, name: &str, title: &str, color: Option<Rgb>, kind: LayerKind) -> Layer {
    let label = new_label(LabelId::new(id.as_str()), title, color, aliases_for(&id, name, title));
    Layer { labels: vec![label], ..empty_layer(id, title, kind) }
}

/// Whether the id of `layer` says by itself that files call it `name`.
fn says(layer: &Layer, name: &str) -> bool {
    layer.labels.iter().all(|own| own.aliases.is_empty()) && capital(layer.id.as_str()) == name
}

/// Adds the label that files call `name` and people `title`, unless it is there.
pub(super) fn add_label(labels: &mut Vec<Label>, name: &str, title: &str) {
    let title = if title.trim().is_empty() { name } else { title };
    let id = own(name);
    let is_there = |own: &Label| is_original_of(own, name);
    if !labels.iter().any(is_there) {
        let id = LabelId::new(free(id, |id| labels.iter().any(|own| own.id.as_str() == id)));
        let aliases = if title == name { Vec::new() } else { vec![name.to_owned()] };
        labels.push(new_label(id, title, None, aliases));
    }
}

fn empty_layer(id: String, name: &str, kind: LayerKind) -> Layer {
    Layer {
        id: LayerId::new(id),
        title: title(name),
        kind,
        overlap: Overlap::Allowed,
        guideline: String::new(),
        labels: Vec::new(),
        attributes: Vec::new(),
    }
}

fn new_label(id: LabelId, shown: &str, color: Option<Rgb>, aliases: Vec<String>) -> Label {
    Label { id, title: title(shown), key: None, color, guideline: String::new(), aliases }
}

/// A title is never empty.
fn title(name: &str) -> Title {
    Title::One(if name.trim().is_empty() { "_".to_owned() } else { name.to_owned() })
}

/// What tells that files say `name`, where the id and the title do not.
pub(super) fn aliases_for(id: &str, name: &str, title: &str) -> Vec<String> {
    let is_title = title == name && title != id;
    let is_id = capital(id) == name && (title == id || !is_made_of(id, title));
    if is_title || is_id || name.trim().is_empty() { Vec::new() } else { vec![name.to_owned()] }
}

/// A name in files that is not its id, or not its alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// What the file says.
    pub name: String,
    /// Layer and label, or one of them where both are the same; or the attribute.
    pub id: String,
    /// How many annotations are called so, or have it.
    pub count: usize,
    /// Whether another name has become the same.
    pub is_shared: bool,
    /// Whether it is an attribute.
    pub is_attribute: bool,
}

/// What becomes of names in `drafts` under `schema`; those that are the id but for a capital, and alone in it, are left out.
pub fn renamed<'d>(schema: &Schema, drafts: impl Iterator<Item = &'d Draft>) -> Vec<Renamed> {
    let mut counts: BTreeMap<Name<'d>, usize> = BTreeMap::new();
    let mut attributes: BTreeMap<&str, BTreeMap<Name<'d>, usize>> = BTreeMap::new();
    for draft in drafts {
        for item in draft.items.iter().filter(|item| !is_exact(draft, item)) {
            let own = name_of(item);
            *counts.entry(own).or_default() += 1;
            for (name, _) in &item.attributes {
                *attributes.entry(name).or_default().entry(own).or_default() += 1;
            }
        }
    }
    let ids: BTreeMap<Name<'d>, (LayerId, LabelId)> =
        counts.keys().map(|own| (*own, names::resolve(Some(schema), own.0, own.1, own.2))).collect();
    let mut renamed = labels_renamed(&counts, &ids);
    for (name, counts) in attributes {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (own, count) in counts {
            let layer = ids.get(&own).and_then(|(layer, _)| schema.layer(layer));
            let known = layer.and_then(|layer| names::attribute_called(layer, name));
            *seen.entry(known.map_or_else(|| cleaned(name), |own| own.id.to_string())).or_default() += count;
        }
        let others = seen.into_iter().filter(|(id, _)| id != name);
        renamed.extend(others.map(|(id, count)| Renamed {
            name: name.to_owned(),
            id,
            count,
            is_shared: false,
            is_attribute: true,
        }));
    }
    renamed
}

/// The same of layers and labels alone.
fn labels_renamed(counts: &BTreeMap<Name<'_>, usize>, ids: &BTreeMap<Name<'_>, (LayerId, LabelId)>) -> Vec<Renamed> {
    let mut shared: BTreeMap<(Kind, &(LayerId, LabelId)), BTreeSet<String>> = BTreeMap::new();
    for (name, id) in ids {
        shared.entry((name.0, id)).or_default().insert(said(*name));
    }
    let one = |(name, count): (&Name<'_>, &usize)| {
        let own = ids.get(name)?;
        let (layer, label) = own;
        let id = if layer.as_str() == label.as_str() { layer.to_string() } else { format!("{layer}:{label}") };
        let is_shared = shared.get(&(name.0, own)).is_some_and(|names| names.len() > 1);
        let name = said(*name);
        let is_same = id == name || (capital(&id) == name && !is_shared);
        (!is_same).then_some(Renamed { name, id, count: *count, is_shared, is_attribute: false })
    };
    counts.iter().filter_map(one).collect()
}

impl fmt::Display for Renamed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, id, count, is_attribute, .. } = self;
        let things = if *count == 1 { "annotation" } else { "annotations" };
        let what = if *is_attribute { "the attribute " } else { "" };
        write!(f, "«{name}» is {what}{id} here ({count} {things})")
    }
}

/// What a file says.
fn said((_, layer, label): Name<'_>) -> String {
    match (layer, label) {
        (Some(layer), Some(label)) => format!("{layer}:{label}"),
        (layer, label) => layer.or(label).unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests;
