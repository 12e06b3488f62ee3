//! Web Annotation (W3C Recommendation of 23 February 2017): a page of JSON-LD for each transcript and annotator, with the text beside it.
//!
//! ```text
//! speech.txt               the text that the offsets count in
//! speech.w3c.json          an AnnotationPage: what is said about the text
//! speech.links.w3c.json    another, if there is need: relations, and labels of the document
//! ```
//!
//! A target has two selectors that mean the same: a `TextPositionSelector`, which counts code points (§4.2.5: "in terms of unicode
//! code points … not code units"), and a `TextQuoteSelector` with as much of the text around as makes the words unique. Several
//! fragments are several targets. The layer and the label are a body that tags (`Theme:rights`), an attribute is one that
//! describes (`speaker=Иванов`), a note one that comments. A relation joins two annotations by their ids, with the motivation
//! linking; relations stand on a page of their own, since readers of a page expect selectors in each target.
//!
//! A foreign page may be an annotation alone, a list or a collection of them, or what the API of Hypothesis gives (`hypothesis`).
//!
//! Ids are URNs that end in our numbers: `urn:tribune:karaganda.txt:alpha:T7`.

mod beside;
mod hypothesis;
mod name;
mod read;
mod write;

use super::{Format, Shape, Unit};

/// The format.
pub const FORMAT: Format = Format {
    name: "w3c",
    aliases: &["webannotation", "jsonld"],
    about: "Web Annotation pages in JSON-LD with the texts beside them; a directory",
    shape: Shape::Directory,
    beside: &[],
    units: &[Unit::CodePoints],
    start: write::start,
    read: Some(read::read),
    sniff: read::sniff,
};

/// What JSON-LD takes its terms from.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// How the file of a page ends.
const PAGE: &str = ".w3c.json";
/// How the file of the other page ends.
const LINKS: &str = ".links.w3c.json";

#[cfg(test)]
mod tests;
