//! Label Studio: `speech.ls.json`, a task with an annotation for each annotator, and `labelstudio.xml`, the labelling configuration.
//!
//! | ours | there |
//! |---|---|
//! | a fragment of `T5` | a region: rows with the id `T5_0`, the next `T5_1` |
//! | layer, label | a row of `labels`, and one of `choices` called `value` where the layer has several |
//! | an attribute | a row of `textarea` that is called as it is |
//! | the note | `meta.text` of the region |
//! | a relation | a row of `relation`; its id and attributes are not Label Studio's business |
//! | a label of the document | an entry of `document_labels` beside the text, with its annotator |
//! | document, annotators | `document` and `annotators` beside the text; `completed_by` counts them from 1 |
//!
//! Offsets are code points; servers before 2022 counted UTF-16 units, and the words tell. A line break in a region's text is a
//! backslash and an n, as the web client writes it (`captureSelection` in `selection-tools`). Of others' files, regions of `<Text>`,
//! `<HyperText>` and `<Paragraphs>` (`dialogue`) are taken, choices about the text as a whole as labels of the document, and predictions
//! where there is no annotation; tasks may also be in JSON-MIN.

mod config;
mod data;
mod dialogue;
mod document;
mod minimal;
mod read;
mod region;
mod shown;
mod tagset;
mod tasks;
mod write;

use super::{Format, Shape, Unit};

/// The format.
pub const FORMAT: Format = Format {
    name: "labelstudio",
    aliases: &["label-studio", "ls"],
    about: "Tasks for Label Studio, with its configuration; a directory",
    shape: Shape::Directory,
    beside: &tagset::NAMES,
    units: &[Unit::CodePoints],
    start: write::start,
    read: Some(read::read),
    sniff: read::sniff,
};

/// The control that holds labels where a layer has several.
const VALUE: &str = "value";

/// Names of controls that no attribute may have.
const TAKEN: [&str; 3] = ["label", VALUE, "text"];

/// The control for the attribute called `name`, which is not one that is taken.
fn control(name: &str) -> String {
    let is_taken = TAKEN.contains(&name.trim_end_matches('_'));
    if is_taken { format!("{name}_") } else { name.to_owned() }
}

/// The attribute that `control` is for.
fn attribute(control: &str) -> &str {
    let is_taken = TAKEN.contains(&control.trim_end_matches('_'));
    if is_taken { control.strip_suffix('_').unwrap_or(control) } else { control }
}

#[cfg(test)]
mod tests;
