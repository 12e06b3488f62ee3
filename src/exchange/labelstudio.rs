//! Label Studio: `speech.ls.json`, a task with an annotation for each annotator, and `labelstudio.xml`, the labelling configuration.
//!
//! | ours | there |
//! |---|---|
//! | a fragment of `T5` | a region: rows with the id `T5_0`, the next `T5_1` |
//! | layer, label | a row of `labels`, and one of `choices` called `value` where the layer has several |
//! | an attribute | a row of `textarea` that is called as it is |
//! | the note | `meta.text` of the region |
//! | a relation | a row of `relation`; its id and attributes are not Label Studio's business |
//! | labels of the document | a row of `choices` for each layer, `document:Genre`, with the id `D5_7` for `D5` and `D7` |
//! | document, annotators | `document` and `annotators` beside the text; `completed_by` counts them from 1 |
//!
//! Offsets are code points; servers before 2022 counted UTF-16 units, and the words tell. A line break in a region's text is a
//! backslash and an n, as the web client writes it (`captureSelection` in `selection-tools`). Of others' files, regions of `<Text>` and `<HyperText>` are taken, choices about the text as a whole as labels of the
//! document, and predictions where there is no annotation; tasks may also be in JSON-MIN.

mod config;
mod minimal;
mod read;
mod tagset;
mod write;

use super::{Format, Shape, Unit};

/// The format.
pub const FORMAT: Format = Format {
    name: "labelstudio",
    aliases: &["label-studio", "ls"],
    about: "Tasks for Label Studio, with its configuration; a directory",
    shape: Shape::Directory,
    units: &[Unit::CodePoints],
    start: write::start,
    read: Some(read::read),
    sniff: read::sniff,
};

/// The control that holds labels where a layer has several.
const VALUE: &str = "value";

/// What controls begin with that hold labels of the document.
const DOCUMENT: &str = "document:";

/// Whether no attribute may have a control called `name`, with whatever `_` behind.
fn is_taken(name: &str) -> bool {
    ["label", VALUE, "text"].contains(&name.trim_end_matches('_')) || name.starts_with(DOCUMENT)
}

/// The control for the attribute called `name`, which is not one that is taken.
fn control(name: &str) -> String {
    if is_taken(name) { format!("{name}_") } else { name.to_owned() }
}

/// The attribute that `control` is for.
fn attribute(control: &str) -> &str {
    if is_taken(control) { control.strip_suffix('_').unwrap_or(control) } else { control }
}

#[cfg(test)]
mod tests;
