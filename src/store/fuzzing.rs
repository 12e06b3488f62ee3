//! What the fuzz targets do with bytes; built only for them.

#![expect(clippy::missing_panics_doc, reason = "a panic is what a fuzz target looks for")]

use std::path::Path;

use super::merge::State;
use super::work::Work;
use super::{Snapshot, history, snapshot};
use crate::annotation::AnnotationSet;
use crate::document::{Digest, Document, DocumentId};
use crate::session::{History, Session};
use crate::text::Text;

/// The text that every fuzzed file is about.
const TEXT: &str = "\u{feff}За\u{301}мок 👩🏽‍🌾 и «труд», – сказал он, – «Йод».\r\nИ\u{306}од, O’Нил's 👍.\n";

fn text() -> Text {
    Text::new(TEXT.to_owned()).expect("it is short")
}

/// Reads `bytes` as a snapshot. What stands on the text must be the same after writing and reading again.
pub fn snapshot(bytes: &[u8]) {
    let path = Path::new("x.ron");
    let Ok(source) = super::corpus::utf8(bytes.to_vec(), path) else { return };
    let Ok(stated) = snapshot::parse(&source, path) else { return };
    let revision = stated.revision;
    let (set, _) = Work::of(Some(stated)).place(&text());
    let document = Document::new(DocumentId::new("x.txt"), text());
    let digest = Digest::of(&document.text);
    let written = Snapshot::new(document, digest, "alpha", revision, ("s".to_owned(), 1), set.clone());
    let mut out = Vec::new();
    written.write(&mut out).expect("memory can be written");
    let again =
        snapshot::parse(std::str::from_utf8(&out).expect("RON is UTF-8"), path).expect("what was written is read");
    let (same, strays) = Work::of(Some(again)).place(&text());
    assert_eq!(same, set);
    assert!(strays.is_empty());
}

/// Reads `bytes` as a history, as they are and with checksums made good; replays it, undoes and redoes.
pub fn history(bytes: &[u8]) {
    let path = Path::new("x.history");
    for bytes in [bytes.to_vec(), sealed(bytes)] {
        let Ok(stated) = history::parse(&bytes, path) else { continue };
        let good = stated.good;
        let glimpsed = history::parse_beyond(u64::MAX, &bytes, path).expect("less is asked of it");
        assert_eq!((glimpsed.last_ids, glimpsed.good), (stated.last_ids, good));
        assert!(glimpsed.entries.iter().zip(&stated.entries).all(|(own, other)| own.kind == other.kind));
        let (earlier, later) = stated.split();
        let again = history::parse(bytes.get(..good).expect("it is a part"), path).expect("the good part is good");
        assert_eq!(again.good, good);
        let mut work = Work::default();
        work.follow(earlier);
        work.follow(later.clone());
        drop(work.place(&text()));
        let mut session = Session::resume(AnnotationSet::default(), History::default());
        for (_, revision, transaction) in later {
            let Ok(transaction) = transaction.into_transaction(revision, &text()) else { return };
            if session.commit(transaction.at, &transaction.summary, transaction.edits).is_err() {
                return;
            }
        }
        let before = State::of_set(session.set(), &text());
        let at = jiff::Timestamp::UNIX_EPOCH;
        if session.undo(at).is_some() {
            session.redo(at).expect("what was undone can be done again");
        }
        assert_eq!(State::of_set(session.set(), &text()), before);
    }
}

/// The lines of `bytes` with the checksums that they should have.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    let content = String::from_utf8_lossy(bytes);
    let line = |line: &str| {
        let end = if line.ends_with('\n') { "\n" } else { "" };
        match line.trim_end_matches('\n').splitn(3, ' ').collect::<Vec<_>>()[..] {
            [revision, _, ron] if !revision.starts_with('(') => {
                format!("{revision} {:08x} {ron}{end}", crc32fast::hash(format!("{revision} {ron}").as_bytes()))
            }
            _ => line.to_owned(),
        }
    };
    content.split_inclusive('\n').map(line).collect::<Vec<_>>().concat().into_bytes()
}
