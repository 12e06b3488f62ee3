//! Files of format 1, written once: every later version must open them, say the same of them, and write them as they are.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tempfile::TempDir;
use tribune::annotation::{Origin, Status, Target};
use tribune::document::{Digest, DocumentId};
use tribune::schema::Schema;
use tribune::session::Session;
use tribune::store::{self, AnnotatorName, Corpus, Kept, Opening, Reading};

const SPEECH: &str = "речи/речь 👍.txt";
const CHANGED: &str = "изменён.txt";

/// A copy of the files that may be worked on.
fn copy() -> TempDir {
    let directory = tempfile::tempdir().expect("a temporary directory");
    copy_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/v1"), directory.path());
    directory
}

fn copy_all(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the golden files") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&target).expect("a directory");
            copy_all(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file");
        }
    }
}

fn read(directory: &Path, document: &str, annotator: &str) -> Reading {
    let (corpus, annotator) = corpus_and(directory, annotator);
    let document = corpus.read_document(&DocumentId::new(document)).expect("the transcript");
    let digest = Digest::of(&document.text);
    store::read(&corpus, &document, &digest, &annotator).expect("it is read").expect("there is a file")
}

fn open(directory: &Path, document: &str, annotator: &str) -> Opening {
    let (corpus, annotator) = corpus_and(directory, annotator);
    let document = corpus.read_document(&DocumentId::new(document)).expect("the transcript");
    store::open(&corpus, &document, &annotator, &Schema::builtin(), false).expect("it opens")
}

fn corpus_and(directory: &Path, annotator: &str) -> (Corpus, AnnotatorName) {
    (Corpus::containing(directory).expect("a corpus"), AnnotatorName::new(annotator).expect("a name"))
}

fn file(directory: &Path, document: &str, annotator: &str, end: &str) -> PathBuf {
    directory.join("annotations").join(annotator).join(format!("{document}.{end}"))
}

/// What is annotated, a line each.
fn said(session: &Session) -> Vec<String> {
    let set = session.set();
    let own = set.iter().map(|own| {
        let target = match &own.target {
            Target::Text(fragments) => format!("{} spans", fragments.spans().len()),
            Target::Relation { from, to } => format!("{from}→{to}"),
            Target::Document => "document".to_owned(),
        };
        let origin = match &own.origin {
            Origin::Manual => "manual",
            Origin::Suggested { .. } => "suggested",
            Origin::Imported { .. } => "imported",
            Origin::Merged { .. } => "merged",
        };
        let note = own.note.as_deref().unwrap_or("-").replace('\n', "/");
        format!("{} {} {target} {origin} {} {note}", own.name(), own.label.as_str(), own.attributes.len())
    });
    own.collect()
}

const ALPHA: [&str; 9] = [
    "T9 youth 1 spans manual 0 -",
    "T3 labour 1 spans suggested 0 -",
    "T4 rights 1 spans imported 0 -",
    "C2 claim 1 spans manual 3 заметка «да»/вторая 👍",
    "Q1 quote 2 spans manual 2 -",
    "T5 youth 1 spans merged 0 -",
    "Ч10 неизвестно 1 spans manual 0 -",
    "G6 спор document manual 1 весь документ",
    "A7 возражение 2→1 manual 0 связь 👍",
];

#[test]
fn a_snapshot_with_all_that_can_stand_in_it_is_read_and_written_as_it_is() {
    let directory = copy();
    let snapshot = file(directory.path(), SPEECH, "alpha", "ron");
    let golden = fs::read(&snapshot).expect("the snapshot");
    let Opening { reading, desk, notices, rival, .. } = open(directory.path(), SPEECH, "alpha");
    assert_eq!((said(&reading.session), notices, rival), (ALPHA.map(str::to_owned).to_vec(), vec![], None));
    assert_eq!((reading.session.set().status(), reading.session.revision()), (Status::Done, 13));
    let speakers: Vec<_> = reading.session.set().speakers().map(|own| (own.name.as_str(), own.aliases.len())).collect();
    assert_eq!(speakers, [("Й\u{301}од 👍", 2)]);
    fs::remove_file(&snapshot).expect("it can be removed");
    drop(desk);
    let Opening { reading, desk, .. } = open(directory.path(), SPEECH, "alpha");
    assert_eq!(said(&reading.session), ALPHA, "the history alone leads to the same");
    let job = desk.expect("it can be written").save(&reading.session).expect("there is no snapshot");
    assert!(matches!(job.run(), Ok(Kept::Saved(_))));
    let written = fs::read(&snapshot).expect("the snapshot");
    assert_eq!(without_history(written), without_history(golden), "the end of the history it did not name yet");
}

/// The lines of a snapshot but for the one that names ends of histories.
fn without_history(bytes: Vec<u8>) -> Vec<String> {
    let content = String::from_utf8(bytes).expect("RON");
    content.lines().filter(|line| !line.starts_with("    history: ")).map(str::to_owned).collect()
}

#[test]
fn every_kind_of_edit_is_taken_back_and_done_again() {
    let directory = copy();
    let mut session = read(directory.path(), SPEECH, "alpha").session;
    let mut undone = 0;
    while session.undo(Timestamp::UNIX_EPOCH).is_some() {
        undone += 1;
    }
    assert!(undone == 11 && session.set().is_blank(), "{undone} of 13, of which two are an undo and a redo");
    assert_eq!(session.set().next_id().0, 11, "numbers count as used");
    while session.redo(Timestamp::UNIX_EPOCH).is_some() {}
    assert_eq!(said(&session), ALPHA);
}

#[test]
fn a_history_alone_is_gone_on_with_behind_its_last_whole_line() {
    let directory = copy();
    assert_eq!(read(directory.path(), SPEECH, "бета").session.revision(), 3);
    let Opening { reading, notices, desk, .. } = open(directory.path(), SPEECH, "бета");
    assert_eq!(
        said(&reading.session),
        ["C2 claim 1 spans manual 3 заметка «да»/вторая 👍", "Q1 quote 2 spans manual 2 -"]
    );
    let told = "the history ended in an unfinished line of 6 bytes, set aside in речь 👍.txt.torn";
    assert_eq!(notices, [told]);
    assert!(desk.is_ok());
}

#[test]
fn a_step_of_several_transactions_is_taken_back_as_one() {
    let directory = copy();
    let Opening { reading, rival, .. } = open(directory.path(), SPEECH, "эпсилон");
    let mut session = reading.session;
    assert_eq!(rival, None);
    assert_eq!((session.set().len(), session.revision()), (2, 4));
    session.undo(Timestamp::UNIX_EPOCH);
    assert_eq!((session.set().len(), session.undo(Timestamp::UNIX_EPOCH)), (0, None));
}

#[test]
fn a_snapshot_alone_is_gone_on_with() {
    let directory = copy();
    let Opening { mut reading, desk, .. } = open(directory.path(), SPEECH, "гамма");
    assert_eq!((said(&reading.session).len(), reading.session.revision()), (1, 40));
    assert!(desk.is_ok());
    assert_eq!(reading.session.undo(Timestamp::UNIX_EPOCH), None);
}

#[test]
fn a_history_that_begins_with_a_snapshot_says_everything() {
    let directory = copy();
    let before = read(directory.path(), SPEECH, "зита").session;
    fs::remove_file(file(directory.path(), SPEECH, "зита", "ron")).expect("it can be removed");
    let Opening { reading, notices, .. } = open(directory.path(), SPEECH, "зита");
    let mut session = reading.session;
    assert_eq!((session.set(), session.revision(), notices), (before.set(), 42, vec![]));
    let mut undone = 0;
    while session.undo(Timestamp::UNIX_EPOCH).is_some() {
        undone += 1;
    }
    assert_eq!((said(&session), undone), (vec!["Q1 quote 2 spans manual 2 -".to_owned()], 2));
}

#[test]
fn a_text_that_changed_keeps_its_stray() {
    let directory = copy();
    let Opening { reading, desk, .. } = open(directory.path(), CHANGED, "дельта");
    assert_eq!(said(&reading.session), ["T1 labour 1 spans manual 0 -", "T3 rights 1 spans manual 0 -"]);
    let strays: Vec<_> = reading.strays.iter().map(|own| (own.id.0, own.quote.as_str(), own.is_kept)).collect();
    assert_eq!(strays, [(2, "Старое", true)]);
    let mut session = reading.session;
    assert!(session.undo(Timestamp::UNIX_EPOCH).is_some());
    assert_eq!(session.undo(Timestamp::UNIX_EPOCH), None, "what was done on the former text is not undone");
    assert!(desk.is_ok());
}

#[test]
fn a_later_format_is_refused_and_nothing_is_changed() {
    for end in ["ron", "history"] {
        let directory = copy();
        let path = file(directory.path(), SPEECH, "alpha", end);
        let later = fs::read_to_string(&path).expect("the file").replacen("format: 1", "format: 2, новое: \"й 👍\"", 1);
        fs::write(&path, &later).expect("it can be written");
        let (corpus, alpha) = corpus_and(directory.path(), "alpha");
        let document = corpus.read_document(&DocumentId::new(SPEECH)).expect("the transcript");
        let error = store::open(&corpus, &document, &alpha, &Schema::builtin(), false).expect_err("it is refused");
        assert!(error.to_string().ends_with(": the file has format 2; this program reads format 1"), "{error}");
        assert_eq!(fs::read_to_string(&path).expect("the file"), later);
    }
}
