//! Standoff files of brat (Stenetorp et al. 2012): `speech.txt`, `speech.ann` beside it, and the configuration of a collection.
//!
//! ```text
//! T1⇥Quote 80 99⇥O tempora, o mores!            an annotation about text; its number is ours
//! T5⇥Theme 131 142;158 165⇥равных прав рабочих   fragments, joined by one blank in the last column
//! A1⇥speaker T1 Иванов И. И.                     an attribute; one without a value is a flag, and so is `false`
//! A2⇥value T5 labour                             the label, where the layer has several
//! A3⇥apart T6 1                                  piece 1 (from 0) begins a fragment of its own, see below
//! R2⇥supports Arg1:T5 Arg2:T1                    a relation
//! #1⇥AnnotatorNotes T1⇥a note\nin two lines       with \\, \n, \t and \u2028 for what would end the column or the line
//! ```
//!
//! Others' events, equivalences and references are read as relations and attributes, see `events`; here they are written as such.
//!
//! A fragment may hold no line end, so it is cut there, as brat itself does; on reading, pieces are joined again where only blanks with
//! a line end among them are between, but for those that `apart` names. Blanks at the edges of pieces are left out, since readers strip
//! the line. Names are ASCII, or brat would change them: «Жест» becomes
//! `Zhest`, and lines that begin with `#:` in `annotation.conf`, comments to brat, say so. One directory per annotator
//! when there are several. Rules: `server/src/annotation.py` of brat; offsets count code points there, and UTF-16 units in
//! `INCEpTION` and `DKPro`.

mod conf;
mod escape;
mod events;
mod loose;
mod read;
mod slugs;
mod tagset;
mod write;

use super::{Format, Shape, Unit};

/// The format.
pub const FORMAT: Format = Format {
    name: "brat",
    aliases: &["ann"],
    about: "Standoff files for brat, with its configuration; a directory",
    shape: Shape::Directory,
    beside: &[".conf"],
    units: &[Unit::CodePoints, Unit::Utf16],
    start: write::start,
    read: Some(read::read),
    sniff: read::sniff,
};

/// The attribute that holds the label.
const VALUE: &str = "value";
/// The attribute that says where fragments begin that a line end would otherwise join.
const APART: &str = "apart";

/// A flag that is not set, in the last column of a file of ours; the word itself is [escaped](FALSE_WORD).
const FALSE: &str = "false";
/// The word `false` and no flag.
const FALSE_WORD: &str = "\\u0066alse";

#[cfg(test)]
mod tests;
