//! How long things take at 10 kB, 1 MB and 10 MB with 100 and 10,000 annotations, and some of it with 100,000.
//!
//! `cargo bench` runs all, `cargo bench -- key` those whose names contain a word. What must hold is a ratio, and a test:
//! `tests/speed.rs`.

mod sample;

use std::fs;
use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, BenchmarkId, Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use tempfile::TempDir;
use tribune::annotation::{AnnotationId, Edit, SpanIndex, Status};
use tribune::document::{Digest, Document, DocumentId};
use tribune::layout::Layout;
use tribune::schema::Schema;
use tribune::session::{Session, Transaction};
use tribune::store::{self, AnnotatorName, Corpus, Desk, Snapshot};
use tribune::text::{Offset, Text};

/// Transcripts: what they are called and their bytes.
const SIZES: [(&str, usize); 3] = [("10 kB", sample::KILO), ("1 MB", 1_000_000), ("10 MB", 10_000_000)];
const COUNTS: [usize; 2] = [sample::FEW, 10_000];

/// A group of quick benchmarks.
fn group<'a>(criterion: &'a mut Criterion, name: &str) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    group
}

/// Runs `bench` for every size with every number of annotations.
fn for_each_size(mut bench: impl FnMut(&str, usize, usize)) {
    for (name, bytes) in SIZES {
        for count in COUNTS {
            bench(&format!("{name}, {count}"), bytes, count);
        }
    }
}

/// A corpus on disk with one transcript, and its annotator's snapshot.
struct Shelf {
    corpus: Corpus,
    document: Document,
    schema: Schema,
    annotator: AnnotatorName,
    session: Session,
    _directory: TempDir,
}

impl Shelf {
    fn new(bytes: usize, count: usize) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        fs::write(directory.path().join("речь.txt"), sample::transcript(bytes)).expect("a transcript");
        let corpus = Corpus::containing(directory.path()).expect("a corpus");
        let document = corpus.read_document(&DocumentId::new("речь.txt")).expect("a document");
        let schema = Schema::builtin();
        let session = sample::session(&document.text, &schema, count);
        let annotator = AnnotatorName::new("alpha").expect("a name");
        Self { corpus, document, schema, annotator, session, _directory: directory }
    }

    fn desk(&self) -> Desk {
        let opening = store::open(&self.corpus, &self.document, &self.annotator, &self.schema, false);
        opening.expect("it opens").desk.expect("it can be written")
    }
}

/// Reading the transcript; its digest; reading its annotations and holding them against the text.
fn open(criterion: &mut Criterion) {
    let mut group = group(criterion, "open");
    for_each_size(|size, bytes, count| {
        let shelf = Shelf::new(bytes, count);
        let Shelf { corpus, document, annotator, .. } = &shelf;
        if count == sample::FEW {
            let own = BenchmarkId::new("document", bytes);
            group.bench_function(own, |bencher| bencher.iter(|| corpus.read_document(black_box(&document.id))));
            let own = BenchmarkId::new("digest", bytes);
            group.bench_function(own, |bencher| bencher.iter(|| Digest::of(black_box(&document.text))));
        }
        let desk = shelf.desk();
        desk.save(&shelf.session).expect("there is something to save").run().expect("it is saved");
        drop(desk);
        let digest = Digest::of(&document.text);
        let read = || store::read(corpus, document, &digest, annotator).expect("it can be read");
        assert!(read().is_some_and(|reading| reading.session.set().len() == count));
        group.bench_function(BenchmarkId::new("annotations", size), |bencher| bencher.iter_with_large_drop(read));
    });
    group.finish();
}

/// What `whole` says, said in `session` one transaction after the other.
fn one_by_one(whole: &Session, session: &mut Session) -> Vec<Transaction> {
    let speakers = whole.set().speakers().map(|own| Edit::Speaker { before: None, after: Some(own.clone()) });
    let annotations = whole.set().iter().map(|own| Edit::Insert(own.clone()));
    let edits = speakers.chain(annotations);
    edits.map(|edit| session.commit(Timestamp::UNIX_EPOCH, "тег 👍", vec![edit]).expect("it is fresh")).collect()
}

/// From nothing to ready for the first edit, with a history of as many transactions as there are annotations; and the first undo.
fn ready(criterion: &mut Criterion) {
    let mut group = group(criterion, "ready");
    for count in [sample::FEW, 10_000, 100_000] {
        let shelf = Shelf::new(SIZES[2].1, count);
        let mut desk = shelf.desk();
        let mut session = Session::default();
        for transaction in one_by_one(&shelf.session, &mut session) {
            desk.record(&transaction).expect("it is recorded");
        }
        desk.save(&session).expect("there is something to save").run().expect("it is saved");
        drop(desk);
        let Shelf { corpus, document, annotator, schema, .. } = &shelf;
        let open = || store::open(corpus, document, annotator, schema, false).expect("it opens");
        assert!(open().desk.is_ok_and(|desk| desk.recorded() == session.revision()));
        group.bench_function(BenchmarkId::new("open", count), |bencher| bencher.iter_with_large_drop(open));
        group.bench_function(BenchmarkId::new("first undo", count), |bencher| {
            let undo = |mut session: Session| {
                session.undo(Timestamp::UNIX_EPOCH).expect("there is something to undo");
                session
            };
            bencher.iter_batched(|| open().reading.session, undo, BatchSize::PerIteration);
        });
    }
    group.finish();
}

/// A screen of rows, at the start, in the middle, and in the middle of a text without line ends.
fn wrap(criterion: &mut Criterion) {
    const ROWS: usize = 38;
    let mut group = group(criterion, "wrap");
    for (name, bytes) in SIZES {
        let text = sample::document(bytes).text;
        let one_line = Text::new(text.as_str().replace('\n', " ")).expect("not too long");
        let middle = text.boundary_at_or_before(bytes / 2);
        let middle_of_line = one_line.boundary_at_or_before(bytes / 2);
        let places = [
            ("first page", &text, Offset::ZERO),
            ("page", &text, middle),
            ("page of one line", &one_line, middle_of_line),
        ];
        for (what, text, place) in places {
            let layout = Layout::new(text, 76);
            let own = BenchmarkId::new(what, name);
            group.bench_function(own, |bencher| bencher.iter(|| layout.rows_from(black_box(place), ROWS)));
        }
    }
    group.finish();
}

/// Filling the index; asking it what a screen of text shows.
fn index(criterion: &mut Criterion) {
    let mut group = group(criterion, "index");
    for_each_size(|size, bytes, count| {
        let text = sample::document(bytes).text;
        let spans = sample::spans(&text, count);
        let fill = || {
            let mut index = SpanIndex::default();
            for (number, span) in (1..).zip(&spans) {
                index.insert(*span, AnnotationId(number));
            }
            index
        };
        group.bench_function(BenchmarkId::new("insert all", size), |bencher| bencher.iter_with_large_drop(fill));
        let index = fill();
        let middle = text.boundary_at_or_before(bytes / 2);
        let window = text.span(middle, text.boundary_at_or_before(bytes / 2 + 4_000)).expect("a window");
        let own = BenchmarkId::new("query", size);
        group.bench_function(own, |bencher| bencher.iter(|| index.overlapping(black_box(window)).count()));
    });
    group.finish();
}

/// Handing the snapshot over, which the loop waits for; writing it, which it does not.
fn save(criterion: &mut Criterion) {
    let mut group = group(criterion, "save");
    for_each_size(|size, bytes, count| {
        let document = sample::document(bytes);
        let schema = Schema::builtin();
        let session = sample::session(&document.text, &schema, count);
        let digest = Digest::of(&document.text);
        let snapshot = || {
            let (schema, set) = (Snapshot::citation(&schema), session.set().clone());
            Snapshot::new(document.clone(), digest.clone(), "alpha", session.revision(), schema, set)
        };
        group.bench_function(BenchmarkId::new("hand over", size), |bencher| bencher.iter_with_large_drop(snapshot));
        let snapshot = snapshot();
        group.bench_function(BenchmarkId::new("write", size), |bencher| {
            bencher.iter_batched(Vec::new, |mut out| snapshot.write(&mut out).map(|()| out), BatchSize::LargeInput);
        });
    });
    group.finish();
}

/// Appending a transaction to the history, up to its being handed to the system.
fn record(criterion: &mut Criterion) {
    let mut group = group(criterion, "record");
    let mut bench = |size: &str, bytes, count| {
        let shelf = Shelf::new(bytes, count);
        let mut desk = shelf.desk();
        let mut session = shelf.session.clone();
        let edits = vec![Edit::Status { before: Status::Open, after: Status::Done }];
        let transaction = session.commit(Timestamp::UNIX_EPOCH, "document done", edits).expect("it can be done");
        group.bench_function(size, |bencher| bencher.iter(|| desk.record(black_box(&transaction))));
    };
    for_each_size(&mut bench);
    bench("10 MB, 100000", SIZES[2].1, 100_000);
    group.finish();
}

/// From keys to frames on a screen of 120×40, in memory; each name stands for a few keys that lead back.
fn key_to_frame(criterion: &mut Criterion) {
    let mut group = group(criterion, "key to frame");
    for_each_size(|size, bytes, count| {
        let mut desk = sample::Desk::new(bytes, count);
        desk.press("j j j j j j j j");
        for (name, keys) in sample::KEYS {
            group.bench_function(BenchmarkId::new(name, size), |bencher| bencher.iter(|| desk.press(keys)));
        }
    });
    group.finish();
}

criterion_group!(benches, open, ready, wrap, index, save, record, key_to_frame);
criterion_main!(benches);
