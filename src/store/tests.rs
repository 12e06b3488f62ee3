//! What the store promises, on real files in a directory of their own.

mod aside;
mod begun;
mod changed;
mod clones;
mod corpus;
mod corrected;
mod durable;
mod failing;
mod found;
mod hostile;
mod lazy;
mod opening;
mod places;
mod reanchor;
mod rival;
mod snapshots;
mod transcripts;

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tempfile::TempDir;

use super::corpus::Files;
use super::*;
use crate::annotation::{
    Annotation, AnnotationId, AnnotationSet, Edit, Origin, Speaker, SpeakerId, Status, Target, Value,
};
use crate::document::{Digest, Document, DocumentId};
use crate::schema::{AttributeId, LabelId, LayerId, Schema};
use crate::session::{Session, Transaction};
use crate::text::{Fragments, Span, Text};

/// BOM, accents and short vowels as combining marks, an emoji of four code points, apostrophes, CRLF.
pub(super) const TEXT: &str = "\u{feff}За\u{301}мок 👩🏽‍🌾 и «труд», – сказал он, – «Йод».\r\nИ\u{306}од, O’Нил's 👍.\n";

/// A corpus with one transcript.
pub(super) struct Place {
    /// Held for its end.
    _directory: TempDir,
    corpus: Corpus,
    pub(super) document: Document,
}

impl Place {
    pub(super) fn new(text: &str) -> Self {
        Self::with(text, "speech.txt")
    }

    fn with(text: &str, name: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        let corpus = Corpus::containing(directory.path()).unwrap();
        let document = corpus.read_transcript(&path).unwrap();
        Self { _directory: directory, corpus, document }
    }

    pub(super) fn path(&self, below: &str) -> PathBuf {
        self.corpus.root().join(below)
    }

    pub(super) fn files(&self) -> Files {
        self.corpus.files(&self.document.id, &alpha())
    }

    pub(super) fn try_open(&self) -> Result<Opening, StoreError> {
        open(&self.corpus, &self.document, &alpha(), &schema(), false)
    }

    pub(super) fn open(&self) -> (Session, Desk) {
        let opening = self.try_open().unwrap();
        assert_eq!(opening.notices, [""; 0]);
        (opening.reading.session, opening.desk.unwrap())
    }

    /// Every file below the corpus but the transcript, sorted, with its content.
    pub(super) fn leavings(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        let mut open = vec![self.corpus.root().to_owned()];
        while let Some(directory) = open.pop() {
            for entry in fs::read_dir(directory).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path.clone());
                    found.push((path, Vec::new()));
                } else if path != self.corpus.transcript(&self.document.id) {
                    found.push((path.clone(), fs::read(path).unwrap()));
                }
            }
        }
        found.sort();
        found
    }

    /// The text with its transcript replaced by `text`.
    fn change(&mut self, text: &str) {
        let path = self.corpus.transcript(&self.document.id);
        fs::write(&path, text).unwrap();
        self.document = self.corpus.read_transcript(&path).unwrap();
    }

    pub(super) fn span(&self, words: &str) -> Span {
        span(&self.document.text, words)
    }
}

pub(super) fn alpha() -> AnnotatorName {
    AnnotatorName::new("alpha").unwrap()
}

fn schema() -> Schema {
    Schema { name: "speeches".to_owned(), version: 1, layers: Vec::new() }
}

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn span(text: &Text, words: &str) -> Span {
    let start = text.as_str().find(words).unwrap();
    text.span(crate::text::Offset::new(start), crate::text::Offset::new(start + words.len())).unwrap()
}

pub(super) fn annotation(id: u32, layer: &str, label: &str, target: impl Into<Fragments>) -> Annotation {
    Annotation {
        id: AnnotationId(id),
        layer: LayerId::new(layer),
        label: LabelId::new(label),
        target: Target::Text(target.into()),
        attributes: [].into(),
        note: None,
        origin: Origin::Manual,
    }
}

pub(super) fn speaker(id: u32, name: &str) -> Speaker {
    Speaker { id: SpeakerId(id), name: name.to_owned(), role: None, aliases: Vec::new() }
}

/// A working day: what was committed, undone and redone, with the set behind each transaction; the first is the blank set.
pub(super) fn day(place: &Place, session: &mut Session, desk: &mut Desk) -> Vec<AnnotationSet> {
    let mut sets = vec![session.set().clone()];
    let mut keep = |session: &Session, transaction: Transaction| {
        desk.record(&transaction).unwrap();
        sets.push(session.set().clone());
    };
    let quote = annotation(1, "quote", "quote", place.span("«труд»"));
    let quote = Annotation {
        target: Target::Text(Fragments::from(place.span("«труд»")).with(place.span("«Йод»"))),
        ..quote
    };
    let said = Annotation {
        attributes: [(AttributeId::new("speaker"), Value::Speaker(SpeakerId(1)))].into(),
        ..quote.clone()
    };
    let theme = annotation(2, "theme", "labour", place.span("За\u{301}мок"));
    let noted = Annotation { note: Some("две\nстроки 👩🏽‍🌾".to_owned()), ..theme.clone() };
    let steps = [
        vec![Edit::Insert(quote.clone())],
        vec![
            Edit::Speaker { before: None, after: Some(speaker(1, "Й\u{301}од 👍")) },
            Edit::Replace { before: quote, after: said },
        ],
        vec![Edit::Insert(theme.clone())],
        vec![Edit::Replace { before: theme, after: noted.clone() }],
    ];
    for (second, edits) in (0..).zip(steps) {
        let done = session.commit(at(second), "шаг 👍", edits).unwrap();
        keep(session, done);
    }
    let undone = session.undo(at(10)).unwrap();
    keep(session, undone);
    let redone = session.redo(at(11)).unwrap();
    keep(session, redone);
    let removed = session.commit(at(12), "прочь", vec![Edit::Remove(noted)]).unwrap();
    keep(session, removed);
    let done =
        session.commit(at(13), "done", vec![Edit::Status { before: Status::Open, after: Status::Done }]).unwrap();
    keep(session, done);
    sets
}

pub(super) fn save(session: &Session, desk: &mut Desk) {
    let Some(job) = desk.save(session) else { return };
    let Kept::Saved(saved) = job.run().unwrap() else { panic!("a save saves") };
    desk.note_saved(saved);
}

/// Reads what stands in `file`, changes it, and writes it back.
fn edit(file: &Path, change: impl FnOnce(String) -> String) {
    fs::write(file, change(fs::read_to_string(file).unwrap())).unwrap();
}
