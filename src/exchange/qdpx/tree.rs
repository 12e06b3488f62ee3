//! The codes of a project, as layers and labels.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::read::words;
use crate::exchange::{names, naming};
use crate::schema::{Label, LabelId, Layer, LayerId, LayerKind, Overlap, Rgb, Title};

/// A code and those within it, as a layer with its labels, whose names are those of the codes on the way down: `rights/labour`. Two that
/// would be called alike are told apart by a number.
///
/// None of them is called as the layer by its id, for that is the code itself; in our own files it is the label of that name.
pub(super) fn layer<'a>(
    code: Node<'a, '_>,
    before: &[Layer],
    is_ours: bool,
    codes: &mut BTreeMap<&'a str, (String, Option<String>)>,
) -> Layer {
    let name = code.attribute("name").unwrap_or("code");
    let id = names::free(names::own(name), |id| before.iter().any(|own| own.id.as_str() == id));
    let mut labels: Vec<Label> = Vec::new();
    let mut seen = BTreeSet::new();
    for below in code.descendants().filter(|own| own.tag_name().name() == "Code" && *own != code) {
        let above = below.ancestors().take_while(|own| *own != code).filter(|own| own.tag_name().name() == "Code");
        let mut path: Vec<&str> = above.map(within).collect();
        path.reverse();
        let path = path.join("/");
        let numbered = (2..).map(|number: u32| format!("{path} ({number})"));
        let own =
            std::iter::once(path.clone()).chain(numbered).find(|own| seen.insert(own.clone())).unwrap_or_default();
        let is_itself = |label: &str| !is_ours && label == id;
        let label_id = names::free(names::own(&own), |label| {
            is_itself(label) || labels.iter().any(|own| own.id.as_str() == label)
        });
        labels.push(label(label_id, &own, below));
        if let Some(guid) = below.attribute("guid") {
            codes.insert(guid, (name.to_owned(), Some(own)));
        }
    }
    if let Some(guid) = code.attribute("guid") {
        codes.insert(guid, (name.to_owned(), None));
    }
    if labels.is_empty() {
        let aliases = naming::aliases_for(&id, name, name);
        labels.push(Label { aliases, ..label(id.clone(), name, code) });
    }
    Layer {
        id: LayerId::new(id),
        title: Title::One(name.to_owned()),
        kind: LayerKind::Span,
        overlap: Overlap::Allowed,
        guideline: guideline(code),
        labels,
        attributes: Vec::new(),
    }
}

/// The layers of the codes by which words are coded, or sources as a whole.
pub(super) fn coded<'c>(
    root: Node<'_, '_>,
    codes: &'c BTreeMap<&str, (String, Option<String>)>,
    are_sources: bool,
) -> BTreeSet<&'c str> {
    let is_source =
        |own: Node<'_, '_>| own.parent_element().is_some_and(|own| own.tag_name().name().ends_with("Source"));
    let codings = root.descendants().filter(|own| own.tag_name().name() == "Coding" && is_source(*own) == are_sources);
    let targets = codings.flat_map(|own| own.children()).filter_map(|own| own.attribute("targetGUID"));
    targets.filter_map(|guid| codes.get(guid)).map(|(layer, _)| layer.as_str()).collect()
}

/// What a code is called within the one above it: a name that repeats that one's in front loses it again.
fn within<'a>(code: Node<'a, '_>) -> &'a str {
    let name = |own: Node<'a, '_>| own.attribute("name").unwrap_or("code");
    let (own, above) = (name(code), code.parent_element().map_or("", name));
    own.strip_prefix(above).and_then(|own| own.strip_prefix(": ")).unwrap_or(own)
}

fn label(id: String, name: &str, code: Node<'_, '_>) -> Label {
    Label {
        id: LabelId::new(id),
        title: Title::One(name.to_owned()),
        key: None,
        color: code.attribute("color").and_then(color),
        guideline: guideline(code),
        aliases: Vec::new(),
    }
}

fn guideline(code: Node<'_, '_>) -> String {
    let description = code.children().find(|own| own.tag_name().name() == "Description");
    description.map(words).unwrap_or_default()
}

fn color(words: &str) -> Option<Rgb> {
    let hex = words.strip_prefix('#')?;
    let channel = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    Some(Rgb { red: channel(0)?, green: channel(2)?, blue: channel(4)? })
}
