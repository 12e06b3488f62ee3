//! Links between annotations, as relations: `<linkGrp type="…"><link target="#a #b" ana="…"/>`. TEI P5, chapter 17.1.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::inline::pointed_to;
use super::read::{elements_called, id_of};
use crate::exchange::{Aim, Item, Spot, Stated};

/// The links in a file.
pub(super) struct Links<'a, 'i> {
    /// Those that join two annotations.
    pub(super) relations: Vec<Item>,
    /// Those that have an annotation at some end.
    pub(super) loose: Vec<Node<'a, 'i>>,
    /// How many others there are, such as a parser puts between words.
    pub(super) others: usize,
}

impl<'a, 'i> Links<'a, 'i> {
    /// Those in `root`, where annotations have the ids `taken`.
    pub(super) fn of(root: Node<'a, 'i>, taken: &BTreeSet<String>, spot_of: impl Fn(Node<'a, 'i>) -> Spot) -> Self {
        let mut links = Self { relations: Vec::new(), loose: Vec::new(), others: 0 };
        for link in elements_called(root, "link") {
            let ends: Vec<&str> = ends(link).collect();
            match ends.as_slice() {
                [from, to] if ends.iter().all(|own| taken.contains(*own)) => {
                    links.relations.push(item(link, from, to, spot_of(link)));
                }
                _ if ends.iter().any(|own| taken.contains(*own)) => links.loose.push(link),
                _ => links.others += 1,
            }
        }
        links
    }
}

/// The ids of those that `link` joins.
fn ends<'a>(link: Node<'a, '_>) -> impl Iterator<Item = &'a str> {
    link.attribute("target").unwrap_or_default().split_whitespace().map(|own| own.trim_start_matches('#'))
}

/// The relation that `link` is: called as its group, else as itself, with what else they say.
fn item(link: Node<'_, '_>, from: &str, to: &str, spot: Spot) -> Item {
    let group = link.parent().filter(|own| own.tag_name().name() == "linkGrp");
    let said = |of: Node<'_, '_>, name: &str| of.attribute(name).map(pointed_to).filter(|own| !own.is_empty());
    let kinds = |of: Node<'_, '_>| ["type", "ana"].map(|name| Some((name.to_owned(), said(of, name)?)));
    let all = group.into_iter().chain([link]).flat_map(kinds).flatten().collect::<Vec<_>>();
    let mut all = all.into_iter();
    let (layer, label) = (all.next(), all.next());
    let function = group.and_then(|own| said(own, "targFunc")).map(|own| ("targFunc".to_owned(), own));
    Item {
        spot,
        id: id_of(link).unwrap_or_default().to_owned(),
        layer: Some(layer.map_or_else(|| "link".to_owned(), |(_, own)| own)),
        label: label.map(|(_, own)| own),
        target: Aim::Relation { from: from.to_owned(), to: to.to_owned() },
        attributes: all.chain(function).map(|(name, own)| (name, Stated::Words(own))).collect(),
        ..Item::default()
    }
}
