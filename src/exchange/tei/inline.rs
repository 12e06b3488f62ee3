//! What other people's texts have marked up in line: speech, names, and what is analysed.
//!
//! | element | taken |
//! |---|---|
//! | `q`, `quote`, `said` | always |
//! | `name`, `persName`, `placeName`, `orgName`, `geogName`, `rs`, `term`, `date`, `time`, `num`, `measure`, `ref` | always |
//! | `seg`, `span`, `phr` | with `type` or `who`, or as all others: without, they only divide the text |
//! | all others within a line but `w` and `pc` (`hi`, `emph`, `foreign`, `title`, `add`, `unclear` …) | with `ana`, `corresp` or `resp` |
//!
//! The layer is the element. What it is said to be (`ana`, else `type`) is the label, and what more is said so is an attribute; `who` is a
//! speaker, by the name that the header has for the pointer; `ref`, `key`, `source`, `toWhom`, `cert` and all else are attributes, but for
//! what says how it is shown (`n`, `rend`, `xml:lang`). TEI P5, chapters 3.3, 13 and 17.

use std::ops::Range;

use roxmltree::Node;

use super::NAMESPACE;
use super::read::{elements_called, id_of, words};
use crate::exchange::{Aim, Item, Spot, Stated};

/// What has a line of its own, or holds what has.
const BLOCKS: [&str; 18] = [
    "text", "front", "body", "back", "div", "p", "ab", "lg", "l", "list", "item", "stage", "sp", "speaker", "u",
    "head", "table", "row",
];

/// Whether an element marks up some of the text.
pub(super) fn is_marked(element: Node<'_, '_>) -> bool {
    let has = |names: &[&str]| names.iter().any(|name| element.has_attribute(*name));
    match element.tag_name().name() {
        "q" | "quote" | "said" | "name" | "persName" | "placeName" | "orgName" | "geogName" | "rs" | "term"
        | "date" | "time" | "num" | "measure" | "ref" => true,
        "span" if has(&["target", "from"]) => false,
        "seg" | "span" | "phr" => is_said(element) || has(&["type", "who"]),
        // What a parser found out.
        "w" | "pc" => false,
        _ => is_said(element) && is_in_line(element),
    }
}

/// Whether somebody said something of an element, by a pointer.
fn is_said(element: Node<'_, '_>) -> bool {
    ["ana", "corresp", "resp"].iter().any(|name| element.has_attribute(*name))
}

/// Whether an element marks up some of the text only to say how it looks, or how an editor or a parser reads it.
pub(super) fn is_passed_over(element: Node<'_, '_>) -> bool {
    is_in_line(element) && !is_marked(element) && left(element).is_none()
}

/// Whether an element stands within a line, has words, and does more than to divide it or to hold others.
fn is_in_line(element: Node<'_, '_>) -> bool {
    const LINES: [&str; 11] = ["p", "ab", "l", "item", "stage", "speaker", "u", "head", "cell", "seg", "quote"];
    const HOLDERS: [&str; 11] = ["seg", "span", "phr", "cl", "s", "c", "cell", "choice", "app", "subst", "cit"];
    let divides = match element.tag_name().name() {
        "w" | "pc" => element.attributes().all(|own| ["id", "join", "n"].contains(&own.name())),
        name => BLOCKS.contains(&name) || (HOLDERS.contains(&name) && !is_said(element)),
    };
    let has_words = || element.descendants().any(|own| own.text().is_some_and(|own| !own.trim().is_empty()));
    let is_of_text = || is_below(element, &LINES) && is_below(element, &["text"]) && !is_apart(element);
    element.is_element() && !divides && is_of_text() && has_words()
}

/// Whether an element stands in one that has one of these names.
fn is_below(element: Node<'_, '_>, names: &[&str]) -> bool {
    element.ancestors().skip(1).any(|own| names.contains(&own.tag_name().name()))
}

/// Whether a node is, or stands behind, what has a line of its own: a paragraph, a line of verse or an utterance. TEI P5, chapters 3, 7
/// and 8.
pub(super) fn begins_line(node: Node<'_, '_>) -> bool {
    let is_block = |own: Node<'_, '_>| match own.tag_name().name() {
        "lb" => own.attribute("break") != Some("no"),
        // The paragraphs of what is spoken.
        "seg" => own.parent().is_some_and(|parent| parent.has_tag_name((NAMESPACE, "u"))),
        name => BLOCKS.contains(&name),
    };
    !is_apart(node) && (is_block(node) || node.prev_sibling().is_some_and(is_block))
}

/// How an element stands to the words beside it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spacing {
    /// Whether it is apart from them, whatever the file has between.
    pub(super) is_apart: bool,
    pub(super) joins_before: bool,
    pub(super) joins_behind: bool,
}

/// The spacing of `element`, if it is a word, a mark, a cell or the end of a line within a word. TEI P5, chapters 14 and 17.
pub(super) fn spacing(element: Node<'_, '_>) -> Option<Spacing> {
    let joins = |sides: [&str; 2]| element.attribute("join").is_some_and(|own| sides.contains(&own));
    match element.tag_name().name() {
        "w" | "pc" if element.parent().is_some_and(|own| own.has_tag_name((NAMESPACE, "w"))) => None,
        "w" | "pc" => Some(Spacing {
            is_apart: false,
            joins_before: joins(["left", "both"]),
            joins_behind: joins(["right", "both"]),
        }),
        "cell" => Some(Spacing { is_apart: true, ..Spacing::default() }),
        "lb" => Some(Spacing { joins_before: element.attribute("break") == Some("no"), ..Spacing::default() }),
        _ => None,
    }
}

/// Whether a word says that it is joined to another.
pub(super) fn is_joining(word: Node<'_, '_>) -> bool {
    word.has_attribute("join")
}

/// Whether white space in a text stands as it is.
pub(super) fn keeps_space(text: Node<'_, '_>) -> bool {
    let said = |own: Node<'_, '_>| own.attribute((roxmltree::NS_XML_URI, "space")).map(|own| own == "preserve");
    text.ancestors().find_map(said).unwrap_or(false)
}

/// Whether the words of a node are about the text, and not of it: it stands among annotations that are written within the text, or in
/// what is noted [beside speech](is_beside_speech).
pub(super) fn is_apart(node: Node<'_, '_>) -> bool {
    node.ancestors().any(|own| match own.tag_name().name() {
        "spanGrp" | "linkGrp" | "standOff" => true,
        "span" => own.has_attribute("target") || own.has_attribute("from"),
        _ => is_beside_speech(own),
    })
}

/// Whether an element is a note or a description in an utterance or beside one: that is the record's, and would be the speaker's words.
fn is_beside_speech(element: Node<'_, '_>) -> bool {
    const HEARD: [&str; 5] = ["gap", "vocal", "kinesic", "incident", "writing"];
    let is_utterance = |own: Node<'_, '_>| own.has_tag_name((NAMESPACE, "u"));
    let name = element.tag_name().name();
    (name == "note" || name == "desc" || HEARD.contains(&name))
        && element.ancestors().skip(1).any(|own| {
            is_utterance(own)
                || own.has_tag_name((NAMESPACE, "annotationBlock"))
                || (HEARD.contains(&own.tag_name().name()) && is_beside_speech(own))
                || (element.parent() == Some(own) && own.children().any(is_utterance))
        })
}

/// Who speaks an utterance, if that is said, there or of the block that it stands in.
pub(super) fn speaker(node: Node<'_, '_>, root: Node<'_, '_>) -> Option<String> {
    let utterance = Some(node).filter(|own| own.tag_name().name() == "u")?;
    let block = || utterance.parent_element().filter(|own| own.tag_name().name() == "annotationBlock");
    let who = utterance.attribute("who").or_else(|| block()?.attribute("who"))?;
    let names: Vec<String> = pointed_to(who).split(' ').map(|id| name_of(root, id)).collect();
    Some(names.join(", ")).filter(|name| !name.is_empty())
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
        "rdg" => Some("of an apparatus all readings are taken as they stand"),
        "note" | "desc" | "writing" if is_beside_speech(element) => {
            Some("notes and descriptions beside what is said (note, desc) are not taken")
        }
        "note" if is_below(element, &["text"]) => Some("notes within the text (note) are taken as they stand"),
        "u" if has("ana") => Some("what an utterance is said to be (ana) is not taken"),
        name if BLOCKS.contains(&name) && has("ana") => {
            Some("what a paragraph or a part is said to be (ana) is not taken")
        }
        _ => None,
    }
}

/// The attributes of elements that say how they look, which number they have and in which language they are: no annotation.
const SHOWN: [&str; 8] = ["n", "rend", "rendition", "style", "lang", "space", "base", "facs"];

/// What `element` says that is shown and not taken.
pub(super) fn shown<'a>(element: Node<'a, '_>) -> impl Iterator<Item = &'a str> {
    element.attributes().map(|own| own.name()).filter(|name| SHOWN.contains(name))
}

/// The annotation that `element` stands for, whose text is at the code points `piece`.
pub(super) fn item(element: Node<'_, '_>, piece: Range<usize>, root: Node<'_, '_>, spot: Spot) -> Item {
    let own = |name: &str| element.attribute(name).map(pointed_to).filter(|own| !own.is_empty());
    let is_else = |name: &str| !SHOWN.contains(&name) && !["id", "ana", "type", "who"].contains(&name);
    let others = element.attributes().filter(|own| is_else(own.name()) && !own.value().is_empty());
    let mut attributes: Vec<(String, Stated)> =
        others.map(|own| (own.name().to_owned(), Stated::Words(own.value().to_owned()))).collect();
    let mut kinds = own("ana").into_iter().flat_map(|own| own.split(' ').map(str::to_owned).collect::<Vec<_>>());
    let (first, kind) = (kinds.next(), own("type"));
    attributes.extend(kinds.map(|kind| ("ana".to_owned(), Stated::Words(kind))));
    attributes.extend(kind.clone().filter(|_| first.is_some()).map(|kind| ("type".to_owned(), Stated::Words(kind))));
    let who = own("who").unwrap_or_default();
    let named = who.split(' ').filter(|id| !id.is_empty()).map(|id| name_of(root, id));
    attributes.extend(named.map(|name| ("speaker".to_owned(), Stated::Speaker(name))));
    Item {
        spot,
        id: id_of(element).unwrap_or_default().to_owned(),
        layer: Some(element.tag_name().name().to_owned()),
        label: first.or(kind),
        target: Aim::Text { pieces: vec![piece], words: Vec::new(), apart: None },
        attributes,
        ..Item::default()
    }
}

/// What a pointer such as `#rights` or `ner:PER` names: several, as they stand, without the marks before them.
pub(super) fn pointed_to(pointers: &str) -> String {
    let all: Vec<&str> = pointers.split_whitespace().map(|own| own.trim_start_matches('#')).collect();
    all.join(" ")
}

/// Parts of a name. TEI P5, 14.2.1 "Personal names".
const PARTS: [&str; 6] = ["forename", "surname", "genName", "nameLink", "addName", "roleName"];

/// The name of the person with this id in the header; the id where there is none.
fn name_of(root: Node<'_, '_>, id: &str) -> String {
    let person = elements_called(root, "person").find(|own| id_of(*own) == Some(id));
    let name = person.and_then(|person| elements_called(person, "persName").next());
    // Parts of a name are words of their own, with blanks between them or without.
    let part = |own: Node<'_, '_>| {
        let is_part = PARTS.contains(&own.tag_name().name());
        if is_part { format!(" {} ", words(own)) } else { words(own) }
    };
    let parts = |name: Node<'_, '_>| name.children().map(part).collect::<String>();
    let name = name.map(|name| parts(name).split_whitespace().collect::<Vec<_>>().join(" "));
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_owned())
}
