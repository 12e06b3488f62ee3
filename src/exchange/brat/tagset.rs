//! The schema that `annotation.conf` and `visual.conf` of other people's collections hold.
//!
//! ```text
//! [entities]                                     a layer each; what is indented is below the type before it, and a type itself
//! !Thing                                         a heading, no type
//! Person
//! [relations]
//! Located⇥Arg1:Person, Arg2:Place|City           a layer of relations
//! [attributes]
//! Negated⇥Arg:<ENTITY>                           a flag
//! Certainty⇥Arg:Person, Value:high|low           a choice
//! ```
//!
//! Events are layers, too, since their triggers are spans. What `visual.conf` calls a type is its title, and its `bgColor` the colour.

use std::collections::BTreeMap;

use super::{APART, VALUE};
use crate::exchange::{naming, tagset};
use crate::schema::{Attribute, AttributeId, AttributeKind, Layer, LayerId, LayerKind, Rgb, Schema, Title};

/// The schema of a collection, called `name`; none if its configuration has no types.
pub(super) fn schema(name: &str, conf: &str, visual: &str) -> Option<Schema> {
    let looks = Looks::of(visual);
    let mut layers: Vec<Layer> = Vec::new();
    let lines = || sections(conf).filter(|(_, line)| !line.starts_with(['!', '<', '-']));
    let mut ids: BTreeMap<&str, LayerId> = BTreeMap::new();
    for (_, line) in lines().filter(|(section, _)| matches!(*section, "entities" | "events" | "spans")) {
        let slug = head(line).0;
        ids.insert(slug, looks.add(&mut layers, slug, LayerKind::Span));
    }
    let known = |arguments, name| types(arguments, name).iter().filter_map(|own| ids.get(own).cloned()).collect();
    for (_, line) in lines().filter(|(section, _)| *section == "relations") {
        let (slug, arguments) = head(line);
        let kind = LayerKind::Relation { from: known(arguments, "Arg1"), to: known(arguments, "Arg2") };
        looks.add(&mut layers, slug, kind);
    }
    for (_, line) in lines().filter(|(section, _)| *section == "attributes") {
        let (slug, arguments) = head(line);
        let (of, is_of_any): (Vec<LayerId>, _) = (known(arguments, "Arg"), types(arguments, "Arg").is_empty());
        let is_of = |layer: &&mut Layer| of.contains(&layer.id) || (is_of_any && layer.kind == LayerKind::Span);
        for layer in layers.iter_mut().filter(is_of).filter(|_| ![VALUE, APART].contains(&slug)) {
            layer.attributes.push(attribute(slug, arguments));
        }
    }
    (!layers.is_empty()).then(|| Schema { name: name.to_owned(), version: 1, layers })
}

/// The lines of a configuration, each with the section that it is in; without blanks around it, comments and empty lines.
fn sections(conf: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = "";
    let lines = conf.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(move |line| match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(name) => {
            section = name;
            None
        }
        None => Some((section, line)),
    })
}

/// A type and what is said of it.
fn head(line: &str) -> (&str, &str) {
    line.split_once(char::is_whitespace).map_or((line, ""), |(slug, rest)| (slug, rest.trim()))
}

/// What stands behind `name:`, apart by `|`.
fn alternatives<'a>(arguments: &'a str, name: &str) -> Vec<&'a str> {
    let parts = arguments.split(',').filter_map(|part| part.trim().split_once(':'));
    let own = parts.filter(|(own, _)| own.trim_end_matches(['?', '*', '+']) == name);
    own.flat_map(|(_, words)| words.split('|')).map(str::trim).filter(|own| !own.is_empty()).collect()
}

/// The types behind `name:`; nothing where a macro such as `<ENTITY>` admits any.
fn types<'a>(arguments: &'a str, name: &str) -> Vec<&'a str> {
    let all = alternatives(arguments, name);
    if all.iter().any(|own| own.starts_with('<')) { Vec::new() } else { all }
}

fn attribute(slug: &str, arguments: &str) -> Attribute {
    let words: Vec<String> = alternatives(arguments, "Value").into_iter().map(str::to_owned).collect();
    Attribute {
        id: AttributeId::new(slug),
        title: Title::One(slug.replace('_', " ")),
        kind: if words.is_empty() { AttributeKind::Flag } else { AttributeKind::Choice(words) },
        required: false,
        default: None,
        guideline: String::new(),
    }
}

/// What types look like.
struct Looks {
    titles: BTreeMap<String, String>,
    colors: BTreeMap<String, Rgb>,
}

impl Looks {
    fn of(visual: &str) -> Self {
        let (mut titles, mut colors) = (BTreeMap::new(), BTreeMap::new());
        for (section, line) in sections(visual) {
            match section {
                "labels" => {
                    let mut names = line.split('|').map(str::trim);
                    if let (Some(slug), Some(title)) = (names.next(), names.next().filter(|own| !own.is_empty())) {
                        titles.insert(slug.to_owned(), title.to_owned());
                    }
                }
                "drawing" => {
                    let (slug, looks) = head(line);
                    let color = alternatives(looks, "bgColor").into_iter().find_map(tagset::color);
                    colors.extend(color.map(|color| (slug.to_owned(), color)));
                }
                _ => {}
            }
        }
        Self { titles, colors }
    }

    /// Adds the layer of a type to `layers`, unless it is there; gives its id.
    fn add(&self, layers: &mut Vec<Layer>, slug: &str, kind: LayerKind) -> LayerId {
        let title = self.titles.get(slug).cloned().unwrap_or_else(|| slug.replace('_', " "));
        naming::add(layers, slug, &title, self.colors.get(slug).copied(), kind).id.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONF: &str = "# ре\u{301}чи 👍\n[entities]\n!Thing\n\tPerson\n\t\tЖест\nPlace\n-----\n[relations]\n\
        Located\tArg1:Person, Arg2:Place|City\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n[events]\nSay\tWho:Person\n\
        [attributes]\nNegated\tArg:<ENTITY>\nCertainty\tArg:Person, Value:high|ни\u{306}зкая\n";
    const VISUAL: &str = "[labels]\nPerson | человек 👤 | чел\n[drawing]\nSPAN_DEFAULT\tfgColor:black\n\
        Person\tbgColor:#7fa2ff, borderColor:darken\nPlace\tbgColor:red\n";

    #[test]
    fn types_become_layers_with_titles_colours_and_attributes() {
        let schema = schema("речи", CONF, VISUAL).unwrap();
        let shown: Vec<String> = schema
            .layers
            .iter()
            .map(|own| {
                let kind = |own: &Attribute| match &own.kind {
                    AttributeKind::Choice(words) => words.join("|"),
                    other => format!("{other:?}"),
                };
                let attributes: Vec<String> =
                    own.attributes.iter().map(|own| format!("{}: {}", own.id, kind(own))).collect();
                let (title, color) = (own.title.in_language("ru"), own.labels[0].color.map(|own| own.red));
                let joins = match &own.kind {
                    LayerKind::Relation { from, to } => format!("{} → {}", from[0], to[0]),
                    LayerKind::Span | LayerKind::Document => "span".to_owned(),
                };
                format!("{} «{title}», {joins}, {color:?}, {}", own.id, attributes.join(", "))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "person «человек 👤», span, Some(127), Negated: Flag, Certainty: high|ни\u{306}зкая",
                "жест «Жест», span, None, Negated: Flag",
                "place «Place», span, None, Negated: Flag",
                "say «Say», span, None, Negated: Flag",
                "located «Located», person → place, None, ",
            ]
        );
    }

    #[test]
    fn a_configuration_without_types_is_no_schema() {
        assert_eq!(schema("речи", "[entities]\n# и\u{306} 👍\n[attributes]\nNegated\tArg:<ENTITY>\n", ""), None);
    }

    #[test]
    fn types_that_differ_only_in_case_are_two_layers_each_with_its_title_and_colour() {
        let conf = "[entities]\nЖест\nжест\n[relations]\nR\tArg1:жест, Arg2:Жест\n[attributes]\nNegated\tArg:жест\n";
        let visual = "[labels]\nЖест | боль\u{301}шой 👍\nжест | малый\n[drawing]\nжест\tbgColor:#102030\n";
        let schema = schema("речи", conf, visual).unwrap();
        let shown = schema.layers.iter().map(|own| {
            let color = own.labels[0].color.map(|own| own.red);
            (own.id.as_str(), own.title.in_language("ru"), color, own.attributes.len())
        });
        let expected = [("жест", "боль\u{301}шой 👍", None, 0), ("жест_2", "малый", Some(16), 1), ("r", "R", None, 0)];
        assert_eq!(shown.collect::<Vec<_>>(), expected);
        let ends = |own: &[LayerId]| own.iter().map(ToString::to_string).collect::<Vec<_>>();
        let LayerKind::Relation { from, to } = &schema.layers[2].kind else { panic!("expected a relation") };
        assert_eq!((ends(from), ends(to)), (vec!["жест_2".to_owned()], vec!["жест".to_owned()]));
    }
}
