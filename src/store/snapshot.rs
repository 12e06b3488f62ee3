//! The snapshot: everything an annotator says about a document, as RON text.
//!
//! Deterministic: text order, stable ids, one speaker and one annotation a line, trailing commas. Saving twice writes the same
//! bytes; changing one annotation changes its line and the revision.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;

use serde::Deserialize;

use super::StoreError;
use super::format::{
    AnnotationV1, DocumentV1, FORMAT, Readable, SchemaV1, SpeakerV1, StatusV1, behind_string, complaint, format_number,
    line, revision,
};
use crate::annotation::AnnotationSet;
use crate::document::{Digest, Document};
use crate::schema::Schema;

/// What a snapshot is written from.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The transcript.
    pub document: Document,
    /// The digest of its text.
    pub digest: Digest,
    /// Whose annotations they are.
    pub annotator: String,
    /// The number of transactions they hold.
    pub revision: u64,
    /// The schema's name and version.
    pub schema: (String, u32),
    /// The checksums of the lines that it goes back to: the last one of its own history, and of others.
    pub history: Vec<String>,
    /// The annotations, those that wait for a place too, the register, the status.
    pub set: AnnotationSet,
}

impl Snapshot {
    /// The name and version by which a snapshot cites `schema`.
    pub fn citation(schema: &Schema) -> (String, u32) {
        (schema.name.clone(), schema.version)
    }

    /// What a snapshot is written from.
    pub fn new(
        document: Document,
        digest: Digest,
        annotator: impl Into<String>,
        revision: u64,
        schema: (String, u32),
        set: AnnotationSet,
    ) -> Self {
        Self { document, digest, annotator: annotator.into(), revision, schema, history: Vec::new(), set }
    }

    /// Writes the snapshot in format 1.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let readable = |text: &str| Readable::from(text);
        let text = &self.document.text;
        let document = DocumentV1 {
            path: readable(self.document.id.as_str()),
            sha256: readable(self.digest.as_str()),
            code_points: text.code_point_count(),
        };
        let head = Head {
            document,
            annotator: readable(&self.annotator),
            revision: self.revision,
            status: self.set.status().into(),
            schema: SchemaV1 { name: readable(&self.schema.0), version: self.schema.1 },
            history: self.history.iter().map(|end| readable(end)).collect(),
        };
        let annotations = self.set.iter().map(|own| AnnotationV1::of(own, text));
        let strays: Vec<AnnotationV1> = self.set.waiting().map(AnnotationV1::of_waiting).collect();
        write(out, &head, self.set.speakers().map(SpeakerV1::of), annotations, &strays)
    }
}

/// What a snapshot says before it comes to speakers and annotations.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) document: DocumentV1,
    pub(super) annotator: Readable,
    pub(super) revision: u64,
    pub(super) status: StatusV1,
    pub(super) schema: SchemaV1,
    /// The checksums of the last lines of the histories that it goes back to: one, or several after a merge.
    pub(super) history: Vec<Readable>,
}

/// Writes the snapshot of these records, which are in order.
pub(super) fn write(
    out: &mut dyn Write,
    head: &Head,
    speakers: impl Iterator<Item = impl Borrow<SpeakerV1>>,
    annotations: impl Iterator<Item = impl Borrow<AnnotationV1>>,
    strays: &[AnnotationV1],
) -> io::Result<()> {
    writeln!(out, "(")?;
    writeln!(out, "    format: {FORMAT},")?;
    writeln!(out, "    document: {},", line(&head.document).map_err(io::Error::other)?)?;
    writeln!(out, "    annotator: {},", line(&head.annotator).map_err(io::Error::other)?)?;
    writeln!(out, "    revision: {},", head.revision)?;
    writeln!(out, "    status: {},", line(&head.status).map_err(io::Error::other)?)?;
    writeln!(out, "    schema: {},", line(&head.schema).map_err(io::Error::other)?)?;
    if !head.history.is_empty() {
        writeln!(out, "    history: {},", line(&head.history).map_err(io::Error::other)?)?;
    }
    writeln!(out, "    speakers: [")?;
    for speaker in speakers {
        writeln!(out, "        {},", line(speaker.borrow()).map_err(io::Error::other)?)?;
    }
    writeln!(out, "    ],")?;
    writeln!(out, "    annotations: [")?;
    for annotation in annotations {
        writeln!(out, "        {},", line(annotation.borrow()).map_err(io::Error::other)?)?;
    }
    writeln!(out, "    ],")?;
    if !strays.is_empty() {
        writeln!(out, "    strays: [")?;
        for stray in strays {
            writeln!(out, "        {},", line(stray).map_err(io::Error::other)?)?;
        }
        writeln!(out, "    ],")?;
    }
    writeln!(out, ")")
}

/// A snapshot as its file states it, not yet held against the text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "Snapshot")]
pub(super) struct Stated {
    format: u32,
    pub(super) document: DocumentV1,
    /// For people who get the file by mail: the directory names the annotator.
    annotator: Readable,
    #[serde(deserialize_with = "revision")]
    pub(super) revision: u64,
    pub(super) status: StatusV1,
    /// For people and later formats: the schema in force is the corpus's.
    pub(super) schema: SchemaV1,
    #[serde(default)]
    pub(super) history: Vec<Readable>,
    pub(super) speakers: Vec<SpeakerV1>,
    pub(super) annotations: Vec<AnnotationV1>,
    #[serde(default)]
    pub(super) strays: Vec<AnnotationV1>,
}

impl Stated {
    /// What it says first, with another status.
    pub(super) fn head(&self, status: StatusV1) -> Head {
        let Self { document, annotator, revision, schema, history, .. } = self;
        let (document, annotator, schema) = (document.clone(), annotator.clone(), schema.clone());
        Head { document, annotator, revision: *revision, status, schema, history: history.clone() }
    }
}

/// Reads the snapshot `source`, which stands at `path`.
pub(super) fn parse(source: &str, path: &Path) -> Result<Stated, StoreError> {
    match format_number(source) {
        Some(found) if found > FORMAT => return Err(StoreError::Newer { path: path.to_owned(), found }),
        _ => {}
    }
    let fault = |line, column, message| StoreError::Syntax { path: path.to_owned(), line, column, message };
    let stated: Stated = match read_by_lines(source) {
        Some(stated) => stated,
        None => ron::from_str(source)
            .map_err(|error| fault(error.span.start.line, error.span.start.col, complaint(&error.code)))?,
    };
    if stated.format != FORMAT {
        return Err(fault(1, 1, format!("expected format {FORMAT}, found {}", stated.format)));
    }
    let speakers = first_repeated(stated.speakers.iter().map(|own| own.id)).map(|id| ("speaker", id));
    let annotations = || {
        first_repeated(stated.annotations.iter().chain(&stated.strays).map(|own| own.id)).map(|id| ("annotation", id))
    };
    match speakers.or_else(annotations) {
        Some((what, id)) => {
            let line = second_line_with(source, &format!("{what}s:"), id);
            Err(fault(line, 1, format!("{what} {id} stands here for the second time")))
        }
        None => Ok(stated),
    }
}

/// What `source` says, its annotations read line by line; nothing where it is not laid out as we write it.
fn read_by_lines(source: &str) -> Option<Stated> {
    const START: &str = "\n    annotations: [\n";
    let start = find_outside_strings(source, START)? + START.len();
    let (head, mut rest) = source.split_at_checked(start)?;
    let mut annotations = Vec::new();
    while !rest.starts_with("    ],\n") {
        let (line, behind) = rest.split_once('\n')?;
        let own = line.strip_prefix("        ")?.strip_suffix(',')?;
        annotations.push(AnnotationV1::of_line(own).or_else(|| ron::from_str(own).ok())?);
        rest = behind;
    }
    let others = [head, rest].concat();
    let stated: Stated = ron::from_str(&others).ok()?;
    Some(Stated { annotations, ..stated })
}

/// Where `wanted` begins in `source`, outside strings and before anything else that could hide it: raw strings, comments.
fn find_outside_strings(source: &str, wanted: &str) -> Option<usize> {
    let found = memchr::memmem::find(source.as_bytes(), wanted.as_bytes())?;
    let mut head = source.get(..found)?;
    while let Some(at) = head.find(['"', '/']) {
        let before = head.get(..at)?;
        if !head.get(at..)?.starts_with('"') || before.ends_with(['r', '#']) {
            return None;
        }
        head = behind_string(head.get(at + 1..)?)?;
    }
    Some(found)
}

/// The revision that `source` most likely states, if it is laid out as we write it; the rest is not read.
pub(super) fn revision_in(source: &str) -> Option<u64> {
    let stated = source.lines().take(8).find_map(|line| line.strip_prefix("    revision: "))?;
    stated.strip_suffix(',')?.parse().ok()
}

fn first_repeated(ids: impl Iterator<Item = u32>) -> Option<u32> {
    let mut seen = BTreeSet::new();
    ids.into_iter().find(|id| !seen.insert(*id))
}

/// The line, from 1, on which `id` stands for the second time behind `heading`, in a file laid out as we write it.
fn second_line_with(source: &str, heading: &str, id: u32) -> usize {
    let start = format!("(id: {id},");
    let mut lines = (1..).zip(source.lines().map(str::trim_start)).skip_while(|(_, line)| !line.starts_with(heading));
    lines.by_ref().filter(|(_, line)| line.starts_with(&start)).nth(1).map_or(1, |(number, _)| number)
}
