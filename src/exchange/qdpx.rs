//! REFI-QDA project exchange (version 1.0, 1.5 of the description): one project for ATLAS.ti, MAXQDA, `NVivo`, `QualCoder`.
//!
//! ```text
//! project.qde                 users, codes, cases, sources with selections, links
//! sources/<GUID>.txt          the texts, UTF-8, LF, without a byte-order mark
//! ```
//!
//! | ours | theirs |
//! |---|---|
//! | annotator | `User`, who made the selection and its coding |
//! | layer, label | `Code`, and the `Code` within it |
//! | fragment | `PlainTextSelection` with a `Coding`; positions are code points, the end exclusive (§10.2, annex A.2) |
//! | note, attributes | the selection's `Description`, attributes first: `@speaker: Иванов`; of others, its `Note`s too |
//! | speaker | `Case`, which refers to the selections that name them |
//! | relation | `Link` between the first selections |
//! | label of the document | `Coding` of the source |
//!
//! Programs want the names of codes to differ in the whole tree, so one that is taken gets its parent's in front: `Theme: rights`. GUIDs
//! are made of the names of document and annotator and end in our number (RFC 9562, version 8), so exports of one file differ
//! only where the annotations do, and numbers come back.

mod codes;
mod description;
mod guid;
mod left;
mod read;
mod selections;
mod tree;
mod write;

use super::{Format, Shape, Unit};

/// The project.
pub const FORMAT: Format = Format {
    name: "qdpx",
    aliases: &["refi", "refi-qda"],
    about: "A REFI-QDA project for ATLAS.ti, MAXQDA, NVivo and QualCoder",
    shape: Shape::Stream,
    beside: &[],
    units: &[Unit::CodePoints],
    start: write::start,
    read: Some(read::read),
    sniff: read::sniff,
};

/// The codes alone.
pub const CODEBOOK: Format = Format {
    name: "qdc",
    aliases: &["codebook"],
    about: "A REFI-QDA codebook: the schema alone, without annotations",
    shape: Shape::Stream,
    beside: &[],
    units: &[],
    start: codes::start,
    read: None,
    sniff: |_, _| false,
};

/// What we write as the origin of a project.
const ORIGIN: &str = "tribune";
/// The name of a link between the fragments of one annotation.
const CONTINUES: &str = "continues";

/// What the description of a source calls those who annotated it.
const ANNOTATOR: &str = "annotator";

#[cfg(test)]
mod tests;
