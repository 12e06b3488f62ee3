//! What stands beside body and target of an annotation: who made it, which is taken, and the rest, which is not.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::read::{is_iri, several};
use crate::exchange::contents::counted;

/// What is taken of an annotation, of a body and of a target, or says only what kind of thing it is.
const OF_ANNOTATIONS: [&str; 8] = ["@context", "id", "type", "motivation", "body", "bodyValue", "target", "creator"];
const OF_BODIES: [&str; 6] = ["id", "type", "value", "purpose", "source", "creator"];
const OF_TARGETS: [&str; 4] = ["id", "type", "source", "selector"];

/// Why what stands in annotations beside what is taken is not, if anything does.
pub(super) fn left<'a>(annotations: impl Iterator<Item = &'a Json>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for own in annotations {
        let parts = |name: &str| several(own.get(name));
        let said = names(&[own], &OF_ANNOTATIONS);
        let said = said.chain(names(&parts("body"), &OF_BODIES)).chain(names(&parts("target"), &OF_TARGETS));
        said.for_each(|name| *counts.entry(name).or_default() += 1);
    }
    counted(&counts).map(|names| format!("what is said beside body and target is not taken ({names})"))
}

/// The names in `all` that are not among `taken`.
fn names<'a>(all: &[&'a Json], taken: &'static [&str]) -> impl Iterator<Item = &'a str> + use<'a> {
    let objects: Vec<_> = all.iter().filter_map(|own| own.as_object()).collect();
    let said = objects.into_iter().flatten().filter(|(_, value)| !value.is_null());
    said.map(|(name, _)| name.as_str()).filter(|name| !taken.contains(name))
}

/// Who made something: the same person has the same address.
#[derive(Clone, Debug)]
pub(super) struct Creator {
    /// The address, or else the name: two people may have one name.
    id: String,
    /// The name, or what the address of a person ends in, for a file is called so.
    pub(super) name: String,
}

impl PartialEq for Creator {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Creator {}

impl Creator {
    fn of(creator: &Json) -> Option<Self> {
        let id = creator.get("id").and_then(Json::as_str);
        let name = creator.get("name").and_then(Json::as_str).or(id).or_else(|| creator.as_str())?;
        let is_address = is_iri(name) || ["acct:", "mailto:"].iter().any(|scheme| name.starts_with(scheme));
        let last = name.rsplit(['/', ':', '#']).find(|part| !part.is_empty());
        let shown = last.filter(|_| is_address).unwrap_or(name);
        Some(Self { id: id.unwrap_or(name).to_owned(), name: shown.to_owned() })
    }
}

/// Who made `annotation`, or else its first body, and what is to be told of others who did.
pub(super) fn creator(annotation: &Json) -> (Option<Creator>, Vec<String>) {
    let creators = several(annotation.get("creator"));
    let of_bodies: Vec<Creator> = several(annotation.get("body"))
        .into_iter()
        .flat_map(|own| several(own.get("creator")))
        .filter_map(Creator::of)
        .collect();
    let first = creators.first().copied().and_then(Creator::of);
    let first = if creators.is_empty() { of_bodies.first().cloned() } else { first };
    let taken = first.as_ref().map_or("the first", |own| own.name.as_str());
    let more = creators.len().saturating_sub(1);
    let several = (more > 0).then(|| format!("it has other creators too ({more}): it is taken as by {taken}"));
    let others = of_bodies.iter().filter(|own| Some(*own) != first.as_ref());
    let mut others: Vec<&str> = others.map(|own| own.name.as_str()).collect();
    others.dedup();
    let told = format!("it has bodies by others too ({}): it is taken as by {taken}", others.join(", "));
    let told = several.into_iter().chain((!others.is_empty()).then_some(told)).collect();
    (first, told)
}
