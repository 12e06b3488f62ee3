//! Writing 10 MB with 100,000 annotations for other programs, as MB/s of text, and beside the same work in Python.
//!
//! `cargo bench --bench exchange` runs all. With `TRIBUNE_PYTHON=…` naming a Python that has dkpro-cassis, spaCy and bioc, what
//! `peers.py` takes for the same text and annotations is measured in the same run, and the ratios are printed. Its jsonl and csv must
//! be our bytes.

#[path = "../speed/sample.rs"]
#[expect(dead_code, reason = "the screen is timed elsewhere")]
mod sample;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tribune::annotation::AnnotationSet;
use tribune::document::{Digest, Document, Turn};
use tribune::exchange::{Export, Format, Losses, Memory, Plan, Source, relayed};
use tribune::schema::Schema;

const BYTES: usize = 10_000_000;
const COUNT: usize = 100_000;
const NAMES: [&str; 5] = ["jsonl", "csv", "brat", "cas", "spacy"];

/// What is written.
struct Speech {
    document: Document,
    digest: Digest,
    schema: Schema,
    set: AnnotationSet,
}

impl Speech {
    fn new() -> Self {
        let document = sample::document(BYTES);
        let schema = Schema::builtin();
        let set = sample::session(&document.text, &schema, COUNT).set().clone();
        Self { digest: Digest::of(&document.text), document, schema, set }
    }

    fn source(&self) -> Source<'_> {
        let Self { document, digest, schema, set } = self;
        Source { document, digest, annotator: "alpha", revision: 1, schema, set }
    }

    fn plan<'a>(schemas: &'a [&'a Schema], format: &Format) -> Plan<'a> {
        Plan { schemas, annotators: &["alpha"], unit: format.units[0], is_marked: false }
    }

    /// The files of `format`, in its usual unit, with what it takes to prove them.
    fn written(&self, format: &'static Format) -> Memory {
        let mut files = Memory::default();
        let mut export = Export::new(format, &Self::plan(&[&self.schema], format));
        export.add(&self.source(), &mut files).expect("memory can be written");
        export.finish(&mut files).expect("memory can be written");
        files
    }

    /// The files alone, which is what the others write.
    fn written_alone(&self, format: &'static Format) -> Memory {
        let (mut files, mut losses) = (Memory::default(), Losses::default());
        let mut exporter = (format.start)(&Self::plan(&[&self.schema], format));
        relayed(&mut files, |sink| exporter.add(&self.source(), sink, &mut losses)).expect("memory can be written");
        exporter.finish(&mut files).expect("memory can be written");
        files
    }

    /// Where turns and lines begin, in code points: a program knows that of a text before it writes anything.
    fn places(&self) -> serde_json::Value {
        let text = &self.document.text;
        let turn = |own: &Turn| {
            let range = text.code_points(own.span);
            (range.start, range.end, own.speaker.clone())
        };
        let line = |number| {
            let paragraph = text.paragraph_number(number).map(|own| own + 1);
            (text.code_point(text.line(number).start), paragraph)
        };
        let turns: Vec<_> = self.document.turns.iter().map(turn).collect();
        let lines: Vec<_> = (0..text.line_count()).map(line).collect();
        serde_json::json!({ "turns": turns, "lines": lines })
    }
}

fn export(criterion: &mut Criterion) {
    let speech = Speech::new();
    let mut group = criterion.benchmark_group("export");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
    group.throughput(Throughput::Bytes(speech.document.text.as_str().len() as u64));
    for name in NAMES {
        let format = Format::named(name).expect("a format");
        group.bench_function(name, |bencher| bencher.iter_with_large_drop(|| speech.written(black_box(format))));
    }
    group.finish();
    if let Ok(python) = env::var("TRIBUNE_PYTHON") {
        beside(&speech, &python);
    }
}

/// Prints how long we take, without and with what the proof needs, and how long `python` takes, which proves nothing.
#[expect(clippy::print_stdout, reason = "the ratios are what it is run for")]
fn beside(speech: &Speech, python: &str) {
    let directory = tempfile::tempdir().expect("a temporary directory");
    for name in ["jsonl", "csv"] {
        let Memory(files) = speech.written(Format::named(name).expect("a format"));
        for (name, content) in files {
            fs::write(directory.path().join(name), content).expect("it can be written");
        }
    }
    fs::write(directory.path().join("places.json"), speech.places().to_string()).expect("it can be written");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/exchange/peers.py");
    let output = Command::new(python).arg(script).arg(directory.path()).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let theirs: BTreeMap<String, f64> = serde_json::from_slice(&output.stdout).expect("seconds");
    for (name, theirs) in theirs {
        let format = Format::named(&name).expect("a format");
        let (alone, proven) = (best(|| speech.written_alone(format)), best(|| speech.written(format)));
        let (faster, prepared) = (theirs / alone, theirs / proven);
        println!(
            "{name:6} {alone:.3} s, in Python {theirs:.2} s: {faster:.1} times as fast; ready to be proven {proven:.3} s: {prepared:.1}"
        );
    }
}

/// Seconds that `write` takes, the best of three.
fn best(write: impl Fn() -> Memory) -> f64 {
    let once = || {
        let begin = Instant::now();
        let files = write();
        let seconds = begin.elapsed().as_secs_f64();
        drop(files);
        seconds
    };
    (0..3).map(|_| once()).fold(f64::INFINITY, f64::min)
}

criterion_group!(benches, export);
criterion_main!(benches);
