//! The formats, and what a format is made of.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};

#[cfg(feature = "parquet")]
use super::parquet;
use super::{
    Draft, Losses, Source, Unit, Unreadable, bdocjs, brat, cas, conll, csv, doccano, html, huggingface, jsonl,
    labelstudio, prodigy, qdpx, spacy, surfaces, tei, w3c,
};
use crate::schema::Schema;

/// Every format, in the order in which help lists them and files are looked at: what only we write comes before what looks much like it.
pub const FORMATS: &[Format] = &[
    jsonl::FORMAT,
    csv::FORMAT,
    csv::TSV,
    brat::FORMAT,
    cas::FORMAT,
    cas::XMI,
    cas::TSV,
    huggingface::FORMAT,
    spacy::FORMAT,
    prodigy::FORMAT,
    doccano::FORMAT,
    conll::FORMAT,
    conll::BILOU,
    #[cfg(feature = "parquet")]
    parquet::FORMAT,
    bdocjs::FORMAT,
    labelstudio::FORMAT,
    w3c::FORMAT,
    tei::FORMAT,
    html::FORMAT,
    qdpx::FORMAT,
    qdpx::CODEBOOK,
    surfaces::FORMAT,
];

/// A way to keep annotations.
#[derive(Debug)]
pub struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// What it is, for help: a sentence without its full stop.
    pub about: &'static str,
    /// One file or several.
    pub shape: Shape,
    /// How files end, in small letters, that lie beside others and say how those are to be read.
    pub beside: &'static [&'static str],
    /// What its offsets count; several where its readers disagree, the usual one first. Empty when it has no offsets.
    pub units: &'static [Unit],
    /// Starts to write.
    pub start: fn(&Plan<'_>) -> Box<dyn Exporter>,
    /// Reads it, if it can be read.
    pub read: Option<Reader>,
    /// Whether a file with this name and these bytes looks like one.
    pub sniff: fn(&str, &[u8]) -> bool,
}

/// How many files a format takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One, which may as well be a pipe.
    Stream,
    /// Several, below a directory.
    Directory,
    /// Several, of which the one with this name may go alone into a file that ends as it does, or into a pipe.
    Tables(&'static str),
}

/// Hands each draft that it finds in the files to the visitor. What cannot be taken within a draft is a refusal there; the error
/// is for files that are nothing of the kind.
pub type Reader = fn(&dyn Files, &mut dyn FnMut(Draft)) -> Result<(), Unreadable>;

/// What is to be written, as far as it must be known beforehand.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// The schemas of all sources.
    pub schemas: &'a [&'a Schema],
    /// The names of all annotators.
    pub annotators: &'a [&'a str],
    /// What offsets are to count; one of the format's units.
    pub unit: Unit,
    /// Whether tables begin with a byte-order mark, without which Excel takes them for anything but UTF-8.
    pub is_marked: bool,
}

/// What the files of each source are called: a directory for each annotator, where there are several.
#[derive(Debug)]
pub(super) struct Stems {
    are_several: bool,
}

impl Stems {
    /// The names that `plan` asks for.
    pub(super) fn of(plan: &Plan<'_>) -> Self {
        Self { are_several: plan.annotators.iter().any(|own| Some(own) != plan.annotators.first()) }
    }

    /// The directory of `annotator`, with a slash; nothing when there is only one.
    pub(super) fn directory(&self, annotator: &str) -> String {
        if self.are_several { format!("{annotator}/") } else { String::new() }
    }

    /// The name of the files of `source`, without an ending.
    pub(super) fn stem(&self, source: &Source<'_>) -> String {
        let id = source.document.id.as_str();
        self.directory(source.annotator) + id.strip_suffix(".txt").unwrap_or(id)
    }
}

/// A format being written. The sources come one after the other, those of one document in a row: only one text is in memory.
pub trait Exporter {
    /// Writes `source` and tells what of it is lost.
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()>;

    /// Writes what stands behind the last source, or beside them all: nothing, in most formats.
    fn finish(&mut self, _sink: &mut dyn Sink) -> io::Result<()> {
        Ok(())
    }
}

/// Where files go. They may be written by [another thread](super::relayed).
pub trait Sink: Send {
    /// The file called `name`, with `/` between directories, at its end. A sink for a single stream takes any name.
    fn file(&mut self, name: &str) -> io::Result<&mut dyn Write>;
}

/// Where files come from.
pub trait Files {
    /// The names of the files to read, sorted, with `/` between directories.
    fn names(&self) -> Vec<String>;

    /// The bytes of the file called `name`, which may be one that merely lies beside those to read.
    fn read(&self, name: &str) -> io::Result<Vec<u8>>;
}

/// Files in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory(pub BTreeMap<String, Vec<u8>>);

impl Sink for Memory {
    fn file(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        Ok(self.0.entry(name.to_owned()).or_default())
    }
}

impl Files for Memory {
    fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        self.0.get(name).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl Format {
    /// The format called `name`.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|own| own.name == name || own.aliases.contains(&name))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
