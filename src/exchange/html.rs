//! A page that a person can read, print and filter, in one file without scripts.
//!
//! The whole text is in `<div id="text">`, cut wherever an annotation starts or ends; each piece names those that cover it
//! (`data-a="T1.0 T5.1"`: annotation, fragment from 0), so crossing ones need no nesting. A label has a colour and a line of its own
//! beneath the words, always at the same height, and what starts at a piece is named above it by style sheet: the text of
//! the element stays the text. Check boxes hide labels (`:has`). Below are tables of annotations, relations and labels of the document.
//!
//! The page is well-formed XML too, so that it can be read back and proved. A page for each transcript and annotator.

mod piece;
mod read;
mod style;
mod write;

use super::{Format, Shape, Unit};

/// The format.
pub const FORMAT: Format = Format {
    name: "html",
    aliases: &[],
    about: "A page for reading, printing and filtering for each transcript and annotator; a directory",
    shape: Shape::Directory,
    beside: &[],
    units: &[Unit::CodePoints],
    start: write::start,
    read: Some(read::read),
    sniff: read::sniff,
};

/// What says that a page is ours.
const GENERATOR: &str = "tribune";
/// How files end.
const ENDING: &str = ".html";
/// What every page begins with.
const DOCTYPE: &str = "<!DOCTYPE html>\n";

#[cfg(test)]
mod tests;
