//! Reading files: ours, and others with annotations that point by `string-range` or stand in line.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::links::Links;
use super::places::Places;
use super::{ENDING, NAMESPACE, inline};
use crate::annotation::{Speaker, SpeakerId};
use crate::exchange::contents::{alike, content, counted};
use crate::exchange::{Aim, Draft, Files, Item, Refusal, Spot, Stated, Unit, Unreadable, xml};

/// How the files of others end.
const XML: &str = ".xml";

/// Whether a file is TEI.
pub(super) fn sniff(name: &str, head: &[u8]) -> bool {
    name.ends_with(ENDING) || memchr::memmem::find(head, NAMESPACE.as_bytes()).is_some()
}

/// Reads every file.
pub(super) fn read(files: &dyn Files, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    for name in &alike(files, &[XML], sniff) {
        let content = content(files, name)?;
        let document = xml::parse(name, &content)?;
        if document.root_element().tag_name().namespace() != Some(NAMESPACE) {
            let reason = format!("expected elements of {NAMESPACE}");
            return Err(Unreadable::Content(Spot::new(name, 1), reason));
        }
        let root = document.root_element();
        if root.tag_name().name() != "teiCorpus" {
            visit(draft(name, stem_of(name), root));
            continue;
        }
        let texts = root.children().filter(|own| own.tag_name().name() == "TEI");
        for (number, text) in (1..).zip(texts) {
            let own = id_of(text).map_or_else(|| format!("{}-{number}", stem_of(name)), str::to_owned);
            visit(draft(name, &own, text));
        }
    }
    Ok(())
}

/// The name of a file without its ending.
fn stem_of(name: &str) -> &str {
    name.strip_suffix(ENDING).or_else(|| name.strip_suffix(XML)).unwrap_or(name)
}

/// What the text `root` in the file called `name` says; the document is called `stem`, unless we wrote it.
fn draft(name: &str, stem: &str, root: Node<'_, '_>) -> Draft {
    let is_own = first(root, "respStmt").is_some_and(is_ours);
    let places = Places::of(root, !is_own);
    let (mut items, mut refusals, mut remarks): (Vec<Item>, Vec<Refusal>, Vec<Refusal>) = Default::default();
    let stated = elements(root).filter(|own| {
        let parent = own.parent_element().map(|own| own.tag_name().name().to_owned());
        matches!(
            (own.tag_name().name(), parent.as_deref()),
            ("annotation", _) | ("relation", Some("listRelation")) | ("term", Some("keywords"))
        )
    });
    let spot_of = |element: Node<'_, '_>| {
        let line = root.document().text_pos_at(element.range().start).row;
        Spot::new(name, usize::try_from(line).unwrap_or_default())
    };
    for element in stated {
        let spot = spot_of(element);
        match item(element, &places, &spot) {
            Ok(item) => items.push(item),
            Err(reason) => refusals.push(spot.refuse(reason)),
        }
    }
    if !is_own {
        let marked = places.marked().filter(|(_, piece)| !piece.is_empty());
        items.extend(marked.map(|(element, piece)| inline::item(element, piece, root, spot_of(element))));
        let told_once = [shown(&places), passed_over(root)].into_iter().flatten();
        remarks.extend(told_once.map(|reason| Spot::new(name, 0).refuse(reason)));
        let taken = items.iter().map(|own| own.id.clone()).filter(|own| !own.is_empty()).collect();
        let Links { relations, loose, others } = Links::of(root, &taken, spot_of);
        items.extend(relations);
        let loose = loose.into_iter().map(|own| (own, "links (link) are taken between two annotations only"));
        let beside = elements(root).filter_map(|own| Some((own, inline::left(own)?))).chain(loose);
        refusals.extend(told(beside).into_iter().map(|(first, reason)| spot_of(first).refuse(reason)));
        let other = |count| format!("links between what is no annotation (link) are not taken: {count}");
        remarks.extend((others > 0).then(|| Spot::new(name, 0).refuse(other(others))));
    }
    let named = first(root, "title").map(words).filter(|_| is_own);
    Draft {
        document: Some(named.unwrap_or_else(|| format!("{stem}.txt"))),
        annotator: first(root, "respStmt").and_then(|own| first(own, "name")).map(words),
        text: Some(places.text),
        unit: Some(Unit::CodePoints),
        speakers: elements_called(root, "person").filter_map(speaker).collect(),
        items,
        refusals,
        remarks,
        ..Draft::default()
    }
}

/// Why what is said of how the elements that are taken are shown is not taken, if anything is.
fn shown(places: &Places<'_, '_>) -> Option<String> {
    let names = numbered(places.marked().flat_map(|(element, _)| inline::shown(element)))?;
    Some(format!("how what is marked up is shown is not taken ({names})"))
}

/// What is marked up within the lines of `root` and passed over, if anything is.
fn passed_over(root: Node<'_, '_>) -> Option<String> {
    let names = elements(root).filter(|own| inline::is_passed_over(*own)).map(|own| own.tag_name().name());
    Some(format!("what is marked up in line and says nothing of what it means is not taken ({})", numbered(names)?))
}

/// How often each of `names` is there, in words.
fn numbered<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    counted(&counts)
}

/// The reasons why something is not taken: each once, with the first element and how many there are.
fn told<'a, 'i>(all: impl Iterator<Item = (Node<'a, 'i>, &'static str)>) -> Vec<(Node<'a, 'i>, String)> {
    let mut left: Vec<(Node<'a, 'i>, &str, usize)> = Vec::new();
    for (element, reason) in all {
        match left.iter_mut().find(|(_, own, _)| *own == reason) {
            Some((.., count)) => *count += 1,
            None => left.push((element, reason, 1)),
        }
    }
    let told =
        |reason: &str, count| if count > 1 { format!("{reason}: {count} from here on") } else { reason.to_owned() };
    left.into_iter().map(|(first, reason, count)| (first, told(reason, count))).collect()
}

/// Whether a statement of responsibility names an annotator, as ours do.
fn is_ours(statement: Node<'_, '_>) -> bool {
    first(statement, "resp").map(words).as_deref() == Some("annotator")
}

fn item(element: Node<'_, '_>, places: &Places<'_, '_>, spot: &Spot) -> Result<Item, String> {
    let mut item = Item { spot: spot.clone(), id: id_of(element).unwrap_or_default().to_owned(), ..Item::default() };
    let end = |name: &str| element.attribute(name).map(|own| own.trim_start_matches('#').to_owned());
    item.target = match (element.tag_name().name(), end("active"), end("passive")) {
        ("term", ..) => Aim::Document,
        ("relation", Some(from), Some(to)) => Aim::Relation { from, to },
        ("relation", ..) => return Err("expected one active and one passive end".to_owned()),
        _ => {
            let target = element.attribute("target").ok_or("expected a target")?;
            let pieces: Result<Vec<_>, _> = target.split_whitespace().map(|own| places.pieces(own)).collect();
            Aim::Text { pieces: pieces?.concat(), words: Vec::new(), apart: None }
        }
    };
    for note in element.children().filter(|own| matches!(own.tag_name().name(), "note" | "desc")) {
        match (note.attribute("type"), note.attribute("n")) {
            (Some("label"), _) => item.layer = Some(words(note)),
            (Some("value"), _) => item.label = Some(words(note)),
            (Some("attribute"), Some(name)) => item.attributes.push((name.to_owned(), stated(note))),
            _ => {
                let before = item.note.take().map(|own| own + "\n").unwrap_or_default();
                item.note = Some(before + &words(note));
            }
        }
    }
    if item.layer.is_none() {
        let own = ["name", "motivation"].into_iter().find_map(|name| element.attribute(name));
        item.layer = Some(own.unwrap_or("annotation").to_owned());
        let mut kinds = element.attribute("ana").unwrap_or_default().split_whitespace().map(inline::pointed_to);
        item.label = item.label.or_else(|| kinds.next());
        item.attributes.extend(kinds.map(|kind| ("ana".to_owned(), Stated::Words(kind))));
    }
    Ok(item)
}

/// The value of an attribute: a person by number, if it points to one of ours.
fn stated(note: Node<'_, '_>) -> Stated {
    let person = note.attribute("corresp").and_then(|own| own.strip_prefix("#S")).and_then(|own| own.parse().ok());
    person.map_or_else(|| Stated::Words(words(note)), Stated::Number)
}

/// A person whose id is one of ours.
fn speaker(person: Node<'_, '_>) -> Option<Speaker> {
    let id = id_of(person)?.strip_prefix('S')?.parse().ok()?;
    let names = elements_called(person, "persName");
    let (aliases, names): (Vec<_>, Vec<_>) = names.partition(|own| own.attribute("type") == Some("alias"));
    let role = elements_called(person, "note").find(|own| own.attribute("type") == Some("role")).map(words);
    let name = names.first().copied().map(words)?;
    Some(Speaker { id: SpeakerId(id), name, role, aliases: aliases.into_iter().map(words).collect() })
}

fn elements<'a, 'i>(root: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    root.descendants().filter(Node::is_element)
}

pub(super) fn elements_called<'a, 'i>(root: Node<'a, 'i>, name: &str) -> impl Iterator<Item = Node<'a, 'i>> {
    elements(root).filter(move |own| own.tag_name().name() == name)
}

pub(super) fn first<'a, 'i>(root: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    elements_called(root, name).next()
}

pub(super) fn id_of<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attribute((roxmltree::NS_XML_URI, "id"))
}

/// All words in an element.
pub(super) fn words(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|own| own.text()).collect()
}
