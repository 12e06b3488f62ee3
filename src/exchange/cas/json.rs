//! Structures as CAS JSON, one a line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value as Json;

use super::structure::{FIRST, Features, Structure};

/// A file being written.
pub(super) struct Lines<W>(W);

#[derive(Serialize)]
struct Line<'a> {
    // Keywords come before the features.
    #[serde(rename = "%ID")]
    id: usize,
    #[serde(rename = "%TYPE")]
    kind: &'static str,
    #[serde(rename = "@sofa")]
    sofa: u8,
    #[serde(flatten)]
    features: &'a Features<'a>,
}

#[derive(Serialize)]
struct Sofa<'a> {
    #[serde(rename = "%ID")]
    id: u8,
    #[serde(rename = "%TYPE")]
    kind: &'static str,
    #[serde(rename = "mimeType")]
    mime: &'static str,
    #[serde(rename = "sofaID")]
    name: &'static str,
    #[serde(rename = "sofaNum")]
    number: u8,
    #[serde(rename = "sofaString")]
    text: &'a str,
}

impl<W: Write> Lines<W> {
    /// Begins with the types and the text.
    pub(super) fn new(mut out: W, text: &str, types: &Json) -> io::Result<Self> {
        write!(out, "{{\"%TYPES\":{types},\n\"%FEATURE_STRUCTURES\":[\n")?;
        let (kind, mime, name) = ("uima.cas.Sofa", "text", "_InitialView");
        serde_json::to_writer(&mut out, &Sofa { id: 1, kind, mime, name, number: 1, text })?;
        Ok(Self(out))
    }

    /// Writes structure number `id`.
    pub(super) fn add(&mut self, id: usize, (kind, features): &Structure<'_>) -> io::Result<()> {
        self.0.write_all(b",\n")?;
        Ok(serde_json::to_writer(&mut self.0, &Line { id, kind, sofa: 1, features })?)
    }

    /// Ends with the view, in which `count` structures are.
    pub(super) fn finish(mut self, count: usize) -> io::Result<()> {
        self.0.write_all(b"],\n\"%VIEWS\":{\"_InitialView\":{\"%MEMBERS\":")?;
        serde_json::to_writer(&mut self.0, &(FIRST..FIRST + count).collect::<Vec<_>>())?;
        self.0.write_all(b",\"%SOFA\":1}}}\n")?;
        self.0.flush()
    }
}
