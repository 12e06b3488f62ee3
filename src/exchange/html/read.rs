//! Reading our own pages back.

use std::collections::BTreeMap;
use std::ops::Range;

use roxmltree::Node;

use super::{DOCTYPE, ENDING, GENERATOR};
use crate::exchange::contents::{alike, content};
use crate::exchange::{Aim, Draft, Files, Item, Refusal, Spot, Stated, Unit, Unreadable, names, xml};

/// Whether a file is a page of ours.
pub(super) fn sniff(name: &str, head: &[u8]) -> bool {
    name.ends_with(ENDING) && memchr::memmem::find(head, format!("content=\"{GENERATOR}\"").as_bytes()).is_some()
}

/// Reads every page.
pub(super) fn read(files: &dyn Files, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    for name in &alike(files, &[ENDING], sniff) {
        let content = content(files, name)?;
        let page = content.strip_prefix(DOCTYPE).ok_or_else(|| {
            Unreadable::Content(Spot::new(name, 1), "only pages that tribune wrote can be read".to_owned())
        })?;
        let page = xml::parse(name, page)?;
        visit(draft(name, page.root_element()));
    }
    Ok(())
}

fn draft(name: &str, root: Node<'_, '_>) -> Draft {
    let elements = || root.descendants().filter(Node::is_element);
    let find = |id: &str| elements().find(|own| own.attribute("id") == Some(id));
    let (text, pieces) = find("text").map(pieces).unwrap_or_default();
    let spot = |id: &str| Spot::new(&format!("{name}, {id}"), 0);
    let (mut items, mut refusals): (Vec<Item>, Vec<Refusal>) = Default::default();
    for list in ["spans", "relations", "labels"] {
        for element in find(list).into_iter().flat_map(|own| own.children()).filter(Node::is_element) {
            let id = element.attribute("id").unwrap_or_default();
            match item(element, &pieces) {
                Ok(item) => items.push(Item { spot: spot(id), ..item }),
                Err(reason) => refusals.push(spot(id).refuse(reason)),
            }
        }
    }
    let meta = |name: &str| elements().find(|own| own.has_tag_name("meta") && own.attribute("name") == Some(name));
    Draft {
        document: elements().find(|own| own.has_tag_name("title")).map(words),
        annotator: meta("author").and_then(|own| own.attribute("content")).map(str::to_owned),
        text: Some(text),
        unit: Some(Unit::CodePoints),
        items,
        refusals,
        ..Draft::default()
    }
}

/// The text, and where the fragments of each annotation are in it, by annotation and number.
type Pieces = BTreeMap<String, BTreeMap<usize, Range<usize>>>;

fn pieces(text: Node<'_, '_>) -> (String, Pieces) {
    let (mut all, mut count, mut pieces) = (String::new(), 0, Pieces::new());
    for node in text.descendants().filter(Node::is_text) {
        let words = node.text().unwrap_or_default();
        let end = count + words.chars().count();
        let covering = node.parent().and_then(|own| own.attribute("data-a")).unwrap_or_default();
        for (id, number) in covering.split(' ').filter_map(|own| own.rsplit_once('.')) {
            let number = number.parse().unwrap_or_default();
            let own = pieces.entry(id.to_owned()).or_default().entry(number).or_insert(count..end);
            own.end = end;
        }
        all.push_str(words);
        count = end;
    }
    (all, pieces)
}

fn item(element: Node<'_, '_>, pieces: &Pieces) -> Result<Item, String> {
    let id = element.attribute("id").ok_or("expected an id")?.to_owned();
    let (layer, label) = names::untagged(element.attribute("data-label").ok_or("expected a label")?);
    let target = match (element.attribute("data-from"), element.attribute("data-to"), pieces.get(&id)) {
        (Some(from), Some(to), _) => Aim::Relation { from: from.to_owned(), to: to.to_owned() },
        (_, _, Some(own)) => Aim::Text { pieces: own.values().cloned().collect(), words: Vec::new(), apart: None },
        _ => Aim::Document,
    };
    let mut item = Item { id, layer: Some(layer), label, target, ..Item::default() };
    for value in element.descendants().filter(|own| own.has_tag_name("dd")) {
        match value.attribute("data-name") {
            Some(name) => item.attributes.push((name.to_owned(), Stated::Words(words(value)))),
            None => item.note = Some(words(value)),
        }
    }
    Ok(item)
}

fn words(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|own| own.text()).collect()
}
