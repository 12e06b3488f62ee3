//! The configuration of a collection: `annotation.conf` and `visual.conf`.
//!
//! Without them brat shows everything as an error. The reader takes from them the names that brat could not hold.

use std::collections::{BTreeMap, BTreeSet};

use super::escape::{escaped, unescaped};
use super::slugs::Slugs;
use super::{APART, VALUE};
use crate::exchange::Unit;
use crate::exchange::names::{attribute_name, called, relation_type};
use crate::schema::{AttributeKind, Layer, LayerKind, Schema, Title};

/// What the configuration has to say, gathered while annotations are written.
#[derive(Debug)]
pub(super) struct Conf {
    /// Layers, and labels of relations.
    pub(super) types: Slugs,
    pub(super) attributes: Slugs,
    /// The types of annotations about text.
    entities: BTreeSet<String>,
    /// The types of relations.
    relations: BTreeSet<String>,
    /// The words seen in each attribute; none for a flag.
    values: BTreeMap<String, BTreeSet<String>>,
    /// The name of each type for people, and its colour.
    shown: BTreeMap<String, (String, Option<String>)>,
}

impl Conf {
    /// What `schemas` have to say.
    pub(super) fn of(schemas: &[&Schema]) -> Self {
        let mut conf = Self {
            types: Slugs::default(),
            attributes: Slugs::without(&[VALUE, APART]),
            entities: BTreeSet::new(),
            relations: BTreeSet::new(),
            values: BTreeMap::new(),
            shown: BTreeMap::new(),
        };
        for (schema, layer) in schemas.iter().flat_map(|schema| schema.layers.iter().map(move |own| (schema, own))) {
            match layer.kind {
                LayerKind::Span => conf.span_layer(&called(schema, layer), layer),
                LayerKind::Relation { .. } => {
                    for label in &layer.labels {
                        let slug = conf.relation(&relation_type(schema, &layer.id, &label.id));
                        conf.show(slug, &label.title, label.color.map(|own| (own.red, own.green, own.blue)));
                    }
                }
                LayerKind::Document => {}
            }
        }
        conf
    }

    fn span_layer(&mut self, name: &str, layer: &Layer) {
        let slug = self.entity(name).to_owned();
        let color = layer.labels.first().and_then(|label| label.color);
        self.show(slug, &layer.title, color.map(|own| (own.red, own.green, own.blue)));
        if layer.labels.len() > 1 {
            for label in &layer.labels {
                self.saw(VALUE, Some(label.id.as_str()));
            }
        }
        for attribute in &layer.attributes {
            let id = attribute.id.as_str();
            let slug = self.attribute(attribute_name(layer, id).unwrap_or(id));
            match &attribute.kind {
                AttributeKind::Choice(words) => words.iter().for_each(|word| self.saw(&slug, Some(word))),
                AttributeKind::Flag | AttributeKind::Speaker | AttributeKind::Text => self.saw(&slug, None),
            }
        }
    }

    fn show(&mut self, slug: String, title: &Title, color: Option<(u8, u8, u8)>) {
        let title = title.in_language("en").replace(['|', '\n'], " ");
        let color = color.map(|(red, green, blue)| format!("#{red:02x}{green:02x}{blue:02x}"));
        self.shown.entry(slug).or_insert((title, color));
    }

    /// The type of a layer.
    pub(super) fn entity(&mut self, layer: &str) -> &str {
        let slug = self.types.of(layer);
        if !self.entities.contains(slug) {
            self.entities.insert(slug.to_owned());
        }
        slug
    }

    /// The type of a relation.
    pub(super) fn relation(&mut self, label: &str) -> String {
        let slug = self.types.of(label).to_owned();
        self.relations.insert(slug.clone());
        slug
    }

    /// The name of an attribute.
    pub(super) fn attribute(&mut self, name: &str) -> String {
        self.attributes.of(name).to_owned()
    }

    /// Takes note that the attribute `slug` has this value; none is a flag's.
    pub(super) fn saw(&mut self, slug: &str, words: Option<&str>) {
        if !self.values.contains_key(slug) {
            self.values.insert(slug.to_owned(), BTreeSet::new());
        }
        let Some(seen) = self.values.get_mut(slug) else { return };
        // What would end the item cannot stand in a configuration.
        let holds = |words: &&str| !words.contains([',', '|', ':', '<', '>', '\\', '\n', '\t']);
        if let Some(words) = words.filter(|own| !seen.contains(*own)).filter(holds) {
            seen.insert(words.to_owned());
        }
    }

    /// `annotation.conf` for the files of `annotator`.
    pub(super) fn annotation_conf(&self, annotator: &str, unit: Unit) -> String {
        let mut lines = vec![
            "# Written by tribune. Lines that begin with #: are for reading this back.".to_owned(),
            format!("#: annotator {}", escaped(annotator)),
            format!("#: unit {}", unit.name()),
        ];
        let named = [("type", &self.types), ("attribute", &self.attributes)];
        for (what, slugs) in named {
            let changed = slugs.iter().filter(|(name, slug)| name != slug);
            lines.extend(changed.map(|(name, slug)| format!("#: {what} {slug} = {}", escaped(name))));
        }
        lines.extend([String::new(), "[entities]".into()]);
        lines.extend(self.entities.iter().cloned());
        lines.extend([String::new(), "[relations]".into()]);
        lines.extend(self.relations.iter().map(|slug| format!("{slug}\tArg1:<ENTITY>, Arg2:<ENTITY>")));
        lines.push("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>".into());
        lines.extend([String::new(), "[events]".into(), String::new(), "[attributes]".into()]);
        for (slug, values) in &self.values {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let values = if values.is_empty() { String::new() } else { format!(", Value:{}", values.join("|")) };
            lines.push(format!("{slug}\tArg:<ENTITY>{values}"));
        }
        lines.join("\n") + "\n"
    }

    /// `visual.conf`.
    pub(super) fn visual_conf(&self) -> String {
        let mut lines = vec!["[labels]".to_owned()];
        lines.extend(self.shown.iter().map(|(slug, (title, _))| format!("{slug} | {title}")));
        lines.extend([String::new(), "[drawing]".into()]);
        for (slug, (_, color)) in &self.shown {
            lines.extend(
                color.iter().filter(|_| self.entities.contains(slug)).map(|own| format!("{slug}\tbgColor:{own}")),
            );
        }
        lines.join("\n") + "\n"
    }
}

/// What we wrote into a configuration for reading it back.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) annotator: Option<String>,
    pub(super) unit: Option<Unit>,
    types: BTreeMap<String, String>,
    attributes: BTreeMap<String, String>,
}

impl Names {
    /// What no configuration says.
    pub(super) const NONE: Self =
        Self { annotator: None, unit: None, types: BTreeMap::new(), attributes: BTreeMap::new() };

    /// What `conf` says.
    pub(super) fn of(conf: &str) -> Self {
        let mut names = Self::default();
        for line in conf.lines().filter_map(|line| line.strip_prefix("#: ")) {
            match line.split_once(' ') {
                Some(("annotator", name)) => names.annotator = Some(unescaped(name)),
                Some(("unit", name)) => names.unit = Unit::ALL.into_iter().find(|unit| unit.name() == name),
                Some((what, rest)) => {
                    let Some((slug, name)) = rest.split_once(" = ") else { continue };
                    let map = if what == "type" { &mut names.types } else { &mut names.attributes };
                    map.insert(slug.to_owned(), unescaped(name));
                }
                None => {}
            }
        }
        names
    }

    /// The layer or relation that `slug` stands for.
    pub(super) fn type_of(&self, slug: &str) -> String {
        self.types.get(slug).cloned().unwrap_or_else(|| slug.to_owned())
    }

    /// The attribute that `slug` stands for.
    pub(super) fn attribute(&self, slug: &str) -> String {
        self.attributes.get(slug).cloned().unwrap_or_else(|| slug.to_owned())
    }
}
