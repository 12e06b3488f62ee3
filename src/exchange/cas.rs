//! UIMA CAS JSON 0.4, the way into `INCEpTION`, XMI and `WebAnno` TSV: `speech.cas.json`, `speech.xmi` or `speech.tsv`, a file per
//! document and annotator.
//!
//! | ours | there |
//! |---|---|
//! | an annotation about text | `webanno.custom.Span`, one for each fragment, with one `uid` for all of them |
//! | layer, label | features `label` (`Theme`) and `value` (`rights`, where the layer has several) |
//! | a relation | `webanno.custom.Rel` from `Governor` to `Dependent`, standing where its `Dependent` stands |
//! | a label of the document | `webanno.custom.Document`, without offsets |
//! | attributes, note | features; one whose values are all flags is a boolean |
//! | document, annotator | `documentTitle` and `documentId` of `DocumentMetaData`, as `WebAnno` fills them; of a TSV, its name and the vendor of the type system |
//!
//! Offsets count UTF-16 units. Of other programs' files, every annotation is taken whose type is not segmentation: the type's last
//! name is the layer and its `value`, or what stands for one in the types of `DKPro`, the label. Rules: `SPECIFICATION.adoc`
//! of `uimaj-io-jsoncas`.

mod foreign;
mod json;
mod names;
mod read;
mod structure;
mod tsv;
mod view;
mod write;
mod xmi;

use serde_json::{Map, Value as Json};

use super::{Format, Shape, Unit};

/// The format.
pub const FORMAT: Format = Format {
    name: "cas",
    aliases: &["cas-json", "uima"],
    about: "UIMA CAS JSON, for INCEpTION; a directory",
    shape: Shape::Directory,
    beside: &["typesystem.xml"],
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
    beside: &["typesystem.xml"],
    units: &[Unit::Utf16],
    start: |plan| write::start(plan, write::Notation::Xmi),
    read: Some(read::read_xmi),
    sniff: xmi::sniff,
};

/// The same as a table of tokens, with the type system that it needs.
pub const TSV: Format = Format {
    name: "webanno",
    aliases: &["tsv3", "webanno-tsv"],
    about: "WebAnno TSV 3.3, a row per token, with its TypeSystem.xml; a directory",
    shape: Shape::Directory,
    beside: &["typesystem.xml"],
    units: &[Unit::Utf16],
    start: |plan| write::start(plan, write::Notation::Tsv),
    read: Some(tsv::read),
    sniff: tsv::sniff,
};

/// A structure as a reader has it: its features by name, those that lead to others with `@` before the name. Beside `%ID` and
/// `%TYPE`, `%LINE` is where it stands in the file and `%WORDS` what the file has between its offsets, where these are known.
type Structure = Map<String, Json>;

const SPAN: &str = "webanno.custom.Span";
const RELATION: &str = "webanno.custom.Rel";
const DOCUMENT: &str = "webanno.custom.Document";
const META: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
/// Features that are not attributes.
const OWN: [&str; 9] = ["label", "value", "uid", "note", "begin", "end", "sofa", "Governor", "Dependent"];

#[cfg(test)]
mod tests;
