//! What of a project cannot be taken, so that it is told: what is not about words of a text, and what is said about codes and sources.

use roxmltree::Node;

use super::read::{line, words};
use crate::exchange::{Refusal, Spot};

/// What is left of the project `root`, in the file called `name`; of one that we wrote, nothing.
pub(super) fn left(root: Node<'_, '_>, name: &str) -> Vec<Refusal> {
    let elements = root.descendants().filter(Node::is_element);
    elements.filter_map(|own| Some(Spot::new(name, line(own)).refuse(reason(own)?))).collect()
}

fn reason(own: Node<'_, '_>) -> Option<String> {
    let parent = own.parent_element()?;
    let called = || called(own);
    match (own.tag_name().name(), parent.tag_name().name()) {
        ("PDFSource" | "PictureSource" | "AudioSource" | "VideoSource", _) => {
            let codings = count(own, "Coding");
            Some(format!("{}: only plain text is taken; {codings} on it left out", called()))
        }
        ("Case", "Cases") => Some(format!("{}: cases are not taken, with {}", called(), count(own, "VariableValue"))),
        ("Variable" | "Set" | "Graph", _) => Some(format!("{}: this is not taken", called())),
        ("VariableValue", "TextSource" | "Project") => {
            Some(format!("{}: values of variables are not taken", self::called(parent)))
        }
        ("NoteRef", _) if !is_taken(own) => {
            let guid = own.attribute("targetGUID").unwrap_or_default();
            let notes = own.document().root_element().descendants().filter(|own| own.tag_name().name() == "Note");
            let note = notes.into_iter().find(|own| own.attribute("guid") == Some(guid));
            let note = note.map_or_else(|| format!("note {guid}"), self::called);
            Some(format!("{note}: notes are not taken, here one of {}", self::called(parent)))
        }
        ("Description", "TextSource" | "Project") if !words(own).trim().is_empty() => {
            Some(format!("{}: its description is not taken", self::called(parent)))
        }
        ("PlainTextSelection", "TextSource") if !is_coded(own) => Some(format!("{}: it has no code", called())),
        ("Link", _) if !is_within_a_source(own) => {
            Some(format!("{}: only links between coded selections of one text are taken", called()))
        }
        _ => None,
    }
}

/// Whether a note is one about a passage, which becomes that of the annotation.
fn is_taken(reference: Node<'_, '_>) -> bool {
    let mut above = reference.ancestors().skip(1).skip_while(|own| own.tag_name().name() == "Coding");
    let is_passage = above.next().is_some_and(|own| own.tag_name().name() == "PlainTextSelection" && is_coded(own));
    is_passage && above.next().is_some_and(|own| own.tag_name().name() == "TextSource")
}

fn is_coded(selection: Node<'_, '_>) -> bool {
    selection.children().any(|own| own.tag_name().name() == "Coding")
}

/// Whether both ends of a link are coded passages of the same text.
fn is_within_a_source(link: Node<'_, '_>) -> bool {
    let source = |end: &str| {
        let guid = link.attribute(end)?;
        let mut all = link.document().descendants().filter(|own| own.attribute("guid") == Some(guid));
        let own = all.find(|own| matches!(own.tag_name().name(), "PlainTextSelection" | "Coding"))?;
        let selection = own.ancestors().find(|own| own.tag_name().name() == "PlainTextSelection" && is_coded(*own))?;
        selection.parent_element().filter(|own| own.tag_name().name() == "TextSource")
    };
    source("originGUID").is_some_and(|own| source("targetGUID") == Some(own))
}

/// The number of `element`s in `node`, with its name.
fn count(node: Node<'_, '_>, element: &str) -> String {
    let count = node.descendants().filter(|own| own.tag_name().name() == element).count();
    format!("{count} {element}{}", if count == 1 { "" } else { "s" })
}

/// An element as people find it in the project: its kind, its name and its GUID.
fn called(own: Node<'_, '_>) -> String {
    let name = own.attribute("name").map(|name| format!(" «{name}»")).unwrap_or_default();
    let guid = own.attribute("guid").map(|guid| format!(" {guid}")).unwrap_or_default();
    format!("{}{name}{guid}", own.tag_name().name())
}
