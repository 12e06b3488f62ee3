//! What other people's texts have marked up in line: speech, names, and what is analysed.
//!
//! | element | taken |
//! |---|---|
//! | `q`, `quote`, `said` | always |
//! | `name`, `persName`, `placeName`, `orgName`, `rs`, `term` | always |
//! | `seg`, `span`, `phr` | with `ana`, `type` or `who`: without, they only divide the text |
//!
//! The layer is the element. What it is said to be (`ana`, else `type`) is the label; `who` is a speaker, by the name that the header
//! has for the pointer; `ref` and `key` are attributes. TEI P5, chapters 3.3, 13 and 17.

use roxmltree::Node;

use super::read::{elements_called, id_of, words};
use crate::exchange::{Aim, Item, Spot, Stated};

/// Whether an element marks up some of the text.
pub(super) fn is_marked(element: Node<'_, '_>) -> bool {
    match element.tag_name().name() {
        "q" | "quote" | "said" | "name" | "persName" | "placeName" | "orgName" | "rs" | "term" => true,
        "span" if element.has_attribute("target") || element.has_attribute("from") => false,
        "seg" | "span" | "phr" => ["ana", "type", "who"].iter().any(|name| element.has_attribute(*name)),
        _ => false,
    }
}

/// Whether a node of a spoken text is, or stands behind, an utterance or what is heard or noted beside it: TEI P5, chapter 8.
pub(super) fn begins_line(node: Node<'_, '_>) -> bool {
    let is_apart = |own: Node<'_, '_>| {
        matches!(own.tag_name().name(), "u" | "head" | "note" | "desc" | "vocal" | "kinesic" | "incident" | "gap")
    };
    is_apart(node) || node.prev_sibling().is_some_and(is_apart)
}

/// Who speaks an utterance, if that is said.
pub(super) fn speaker(node: Node<'_, '_>, root: Node<'_, '_>) -> Option<String> {
    let who = node.attribute("who").filter(|_| node.tag_name().name() == "u").map(pointed_to)?;
    Some(name_of(root, &who)).filter(|name| !name.is_empty())
}

/// Why what `element` says beside its text is not taken, if it is not.
pub(super) fn left(element: Node<'_, '_>) -> Option<&'static str> {
    let has = |name: &str| element.has_attribute(name);
    match element.tag_name().name() {
        "span" if has("target") || has("from") => Some("spans that point to elements are not taken"),
        "del" => Some("what was deleted (del) is taken as it stands"),
        "sic" | "orig" | "abbr" if element.parent_element().is_some_and(|own| own.tag_name().name() == "choice") => {
            Some("of a choice all is taken as it stands")
        }
        _ => None,
    }
}

/// The annotation that `element`, whose text begins at the code point `start`, stands for; none where there is no text in it.
pub(super) fn item(element: Node<'_, '_>, start: usize, root: Node<'_, '_>, spot: Spot) -> Option<Item> {
    let covered = words(element);
    let end = start + covered.chars().count();
    let own = |name: &str| element.attribute(name).map(pointed_to).filter(|own| !own.is_empty());
    let mut attributes: Vec<(String, Stated)> = ["ref", "key"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), Stated::Words(element.attribute(name)?.to_owned()))))
        .collect();
    attributes.extend(own("who").map(|id| ("speaker".to_owned(), Stated::Speaker(name_of(root, &id)))));
    (start < end).then(|| Item {
        spot,
        id: id_of(element).unwrap_or_default().to_owned(),
        layer: Some(element.tag_name().name().to_owned()),
        label: own("ana").or_else(|| own("type")),
        target: Aim::Text { pieces: std::iter::once(start..end).collect(), words: vec![covered], apart: None },
        attributes,
        ..Item::default()
    })
}

/// What a pointer such as `#rights` or `ner:PER` names: several, as they stand, without the marks before them.
fn pointed_to(pointers: &str) -> String {
    let all: Vec<&str> = pointers.split_whitespace().map(|own| own.trim_start_matches('#')).collect();
    all.join(" ")
}

/// The name of the person with this id in the header; the id where there is none.
fn name_of(root: Node<'_, '_>, id: &str) -> String {
    let person = elements_called(root, "person").find(|own| id_of(*own) == Some(id));
    let name = person.and_then(|person| elements_called(person, "persName").next()).map(words);
    let name = name.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_owned())
}
