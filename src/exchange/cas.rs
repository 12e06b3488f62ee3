//! UIMA CAS JSON 0.4, the way into `INCEpTION`, and XMI: `speech.cas.json` or `speech.xmi`, a file per document and annotator.
//!
//! | ours | there |
//! |---|---|
//! | an annotation about text | `webanno.custom.Span`, one for each fragment, with one `uid` for all of them |
//! | layer, label | features `label` (`Theme`) and `value` (`rights`, where the layer has several) |
//! | a relation | `webanno.custom.Rel` from `Governor` to `Dependent`, standing where its `Dependent` stands |
//! | a label of the document | `webanno.custom.Document`, without offsets |
//! | attributes, note | features; one whose values are all flags is a boolean |
//! | document, annotator | `documentTitle` and `documentId` of `DocumentMetaData`, as `WebAnno` fills them |
//!
//! Offsets count UTF-16 units. Of other programs' files, every annotation is taken whose type is not segmentation: the type's last
//! name is the layer and its `value`, or what stands for one in the types of `DKPro`, the label. Rules: `SPECIFICATION.adoc`
//! of `uimaj-io-jsoncas`.

mod names;
mod read;
mod write;
mod xmi;

use super::{Format, Shape, Unit};

/// The format.
pub const FORMAT: Format = Format {
    name: "cas",
    aliases: &["cas-json", "uima"],
    about: "UIMA CAS JSON, for INCEpTION; a directory",
    shape: Shape::Directory,
    units: &[Unit::Utf16],
    start: |plan| write::start(plan, write::Notation::Json),
    read: Some(read::read),
    sniff: read::sniff,
};

/// The same as XMI, with the type system that it needs.
pub const XMI: Format = Format {
    name: "xmi",
    aliases: &["uima-xmi"],
    about: "UIMA XMI with its TypeSystem.xml, for INCEpTION and other UIMA programs; a directory",
    shape: Shape::Directory,
    units: &[Unit::Utf16],
    start: |plan| write::start(plan, write::Notation::Xmi),
    read: Some(read::read_xmi),
    sniff: xmi::sniff,
};

const SPAN: &str = "webanno.custom.Span";
const RELATION: &str = "webanno.custom.Rel";
const DOCUMENT: &str = "webanno.custom.Document";
const META: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
/// Features that are not attributes.
const OWN: [&str; 9] = ["label", "value", "uid", "note", "begin", "end", "sofa", "Governor", "Dependent"];

#[cfg(test)]
mod tests;
