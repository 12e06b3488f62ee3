//! TEI P5 (Text Encoding Initiative, release 4.1 or later): the text, and what is said about it standing off.
//!
//! ```text
//! <teiHeader>… <particDesc><listPerson><person xml:id="S1">…              the register of speakers
//!              <textClass><keywords><term xml:id="T34">…                   labels of the document
//! <text><body><ab xml:id="text" xml:space="preserve">…</ab></body></text>
//! <standOff><listAnnotation><annotation xml:id="T7" target="#string-range(text,80,19)">
//!               <note type="label">Quote</note><note type="attribute" n="speaker" corresp="#S1">…
//!           <listRelation><relation xml:id="R9" name="supports" active="#T7" passive="#T8">
//! ```
//!
//! `string-range` (Guidelines, chapter SA) counts characters from 0: code points, so a combining mark counts. Several pairs of
//! offset and length are the fragments of one annotation. A file for each transcript and annotator.

mod inline;
mod links;
mod places;
mod read;
mod write;

use super::{Format, Shape, Unit};

/// The format.
pub const FORMAT: Format = Format {
    name: "tei",
    aliases: &["standoff"],
    about: "TEI P5 files with standOff annotations; a directory",
    shape: Shape::Directory,
    beside: &[],
    units: &[Unit::CodePoints],
    start: write::start,
    read: Some(read::read),
    sniff: read::sniff,
};

/// The namespace of all elements.
const NAMESPACE: &str = "http://www.tei-c.org/ns/1.0";
/// How files end.
const ENDING: &str = ".tei.xml";
/// The id of the element that holds the text.
const TEXT: &str = "text";

#[cfg(test)]
mod tests;
