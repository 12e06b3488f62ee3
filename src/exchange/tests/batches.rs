//! Random speeches for other people's software to check.
//!
//! `TRIBUNE_BATCHES=DIRECTORY cargo test --lib exchange::tests::batches -- --ignored` makes corpora there, the same every time: each
//! has a transcript of fifty random documents in a row, `speech.txt`, and what is said of it, `tags.jsonl`, which `tribune import` takes.
//! What is said is tamer than in the law: names are those of the built-in schema, and spans do not begin or end with white space, so that
//! what others read can be compared word by word.

use std::cmp::Ordering;
use std::ops::Range;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::annotation::tests::generators::boundaries;
use crate::annotation::{Annotation, AnnotationId, AnnotationSet, Edit, Origin, Speaker, SpeakerId, Target, Value};
use crate::document::{Digest, Document, DocumentId};
use crate::exchange::tests::written;
use crate::exchange::tokens::trimmed;
use crate::exchange::{Format, Memory, Source};
use crate::schema::{AttributeId, LabelId, LayerId, Schema};
use crate::text::{Fragments, Offset, Span, Text};

const BATCHES: usize = 4;
/// Documents in a batch.
const DOCUMENTS: usize = 50;

const WORDS: [&str; 28] = [
    "труд",
    "право",
    "молодёжь",
    "За\u{301}мок",
    "Әділет",
    "қоғам",
    "Ұлы",
    "«Адам",
    "бала»",
    "—",
    "freedom",
    "e\u{301}te\u{301}",
    "naïve",
    "👩🏽\u{200d}🌾",
    "👨\u{200d}👩\u{200d}👧",
    "😀",
    "🇰🇿",
    "שלום",
    "مرحبا",
    "&lt;b>",
    "c\\d",
    "[смех]",
    "#Text",
    "T1",
    "B-quote",
    "5%",
    "漢字",
    "\"да\"",
];
const BLANKS: [&str; 12] = [" ", " ", " ", " ", " ", ", ", ". ", "  ", "\n", "\r\n", "\r", "\t"];
const PEOPLE: [(&str, Option<&str>); 3] =
    [("Ермаганбет Булекпаев", Some("аким")), ("Se\u{301}rik 👤", None), ("Сергей; Иванов | «С»", None)];
const LABELS: [(&str, &str); 5] =
    [("quote", "quote"), ("claim", "claim"), ("theme", "rights"), ("theme", "youth"), ("theme", "labour")];
const NOTES: [&str; 3] = ["нота 👍, «да»\nвторая строка", "и\u{306}", "a \"b\" \\ c"];

/// How an annotation lies.
#[derive(Clone, Copy, Debug)]
enum Lie {
    /// Anywhere, some characters long.
    Anywhere,
    /// On one character as people count.
    Character,
    /// On several pieces.
    Pieces,
    /// Where the one before lies.
    Same,
    /// Within the one before.
    Inside,
    /// Beginning within the one before and ending behind it.
    Crossing,
    /// Over a line end.
    OverLineEnd,
}

#[derive(Clone, Debug)]
struct Sketch {
    label: (&'static str, &'static str),
    lie: Lie,
    picks: [Index; 6],
    speaker: Option<u32>,
    note: Option<&'static str>,
}

fn words() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec((select(&WORDS[..]), select(&BLANKS[..])), 4..60);
    pieces.prop_map(|pieces| pieces.into_iter().flat_map(|(word, blank)| [word, blank]).collect())
}

fn sketch() -> impl Strategy<Value = Sketch> {
    use Lie::{Anywhere, Character, Crossing, Inside, OverLineEnd, Pieces, Same};
    let lie = select(vec![Anywhere, Anywhere, Anywhere, Character, Pieces, Same, Inside, Crossing, OverLineEnd]);
    let speaker = prop::option::of(1..=3_u32);
    let note = prop::option::weighted(0.2, select(&NOTES[..]));
    (select(&LABELS[..]), lie, any::<[Index; 6]>(), speaker, note)
        .prop_map(|(label, lie, picks, speaker, note)| Sketch { label, lie, picks, speaker, note })
}

/// Documents with what is said of each, relations between any two of the annotations, and labels of the speech as a whole with their
/// notes.
type Batch = (Vec<(String, Vec<Sketch>)>, Vec<(Index, Index, &'static str)>, Vec<(&'static str, Option<&'static str>)>);

fn batch() -> impl Strategy<Value = Batch> {
    let documents = prop::collection::vec((words(), prop::collection::vec(sketch(), 0..12)), DOCUMENTS);
    let relation = (any::<Index>(), any::<Index>(), select(vec!["supports", "attacks"]));
    let label = (select(vec!["speech", "debate", "interview"]), prop::option::of(select(&NOTES[..])));
    (documents, prop::collection::vec(relation, 2..30), prop::collection::vec(label, 1..4))
}

/// Where `sketch` lies in the document that begins at each of `boundaries`; none if there is no such place.
fn fragments(sketch: &Sketch, boundaries: &[Offset], text: &Text, before: Option<&Fragments>) -> Option<Fragments> {
    let pick = |number: usize| sketch.picks[number].index(boundaries.len() - 1);
    let at = |number: usize| boundaries[number.min(boundaries.len() - 1)];
    let between = |start: Offset, end: Offset| text.span(start, end).ok().and_then(|own| trimmed(text, own));
    let within =
        |own: Span| boundaries.iter().position(|place| *place > own.start()).filter(|place| at(*place) < own.end());
    let (start, length) = (pick(0), 1 + sketch.picks[1].index(20));
    match sketch.lie {
        Lie::Anywhere => between(at(start), at(start + length)).map(Fragments::from),
        Lie::Character => between(at(start), at(start + 1)).map(Fragments::from),
        Lie::Pieces => {
            let mut ends: Vec<usize> = (0..6).map(pick).collect();
            ends.sort_unstable();
            ends.dedup();
            let spans = ends.chunks_exact(2).filter_map(|pair| between(at(pair[0]), at(pair[1])));
            Fragments::new(spans.collect()).ok()
        }
        Lie::Same => before.cloned(),
        Lie::Inside => before.and_then(|own| between(at(within(own.hull())?), own.end())).map(Fragments::from),
        Lie::Crossing => {
            let own = before?.hull();
            let end = boundaries.iter().position(|place| *place >= own.end())? + length;
            between(at(within(own)?), at(end)).map(Fragments::from)
        }
        Lie::OverLineEnd => {
            let rest = text.between(at(start), at(boundaries.len()));
            let line_end = at(start).bytes() + rest.trim_end().find('\n')?;
            let place = boundaries.iter().position(|place| place.bytes() > line_end)?;
            between(at(place.saturating_sub(length)), at(place + length)).map(Fragments::from)
        }
    }
}

fn annotation(
    id: u32,
    (layer, label): (&str, &str),
    target: Target,
    speaker: Option<u32>,
    note: Option<&str>,
) -> Annotation {
    let mut attributes: Vec<(&str, Value)> = Vec::new();
    if layer != "theme" {
        attributes.extend(speaker.map(|id| ("speaker", Value::Speaker(SpeakerId(id)))));
    }
    match layer {
        "quote" => attributes.push(("mode", Value::Choice(["direct", "indirect"][id as usize % 2].to_owned()))),
        "claim" => attributes.push(("checkable", Value::Flag(id.is_multiple_of(3)))),
        _ => {}
    }
    Annotation {
        id: AnnotationId(id),
        layer: LayerId::new(layer),
        label: LabelId::new(label),
        target,
        attributes: attributes.into_iter().map(|(name, value)| (AttributeId::new(name), value)).collect(),
        note: note.map(str::to_owned),
        origin: Origin::Manual,
    }
}

/// The text of the documents in a row, and what is said of it.
fn speech((documents, relations, labels): Batch) -> (Text, AnnotationSet) {
    let mut content = String::new();
    let mut places: Vec<Range<usize>> = Vec::new();
    for (own, _) in &documents {
        let start = content.len();
        content += own;
        places.push(start..content.len());
        content += "\n\n";
    }
    let text = Text::new(content).unwrap();
    let boundaries = boundaries(&text);
    let mut annotations: Vec<Annotation> = Vec::new();
    let mut next = 1;
    for ((_, sketches), place) in documents.iter().zip(places) {
        let order = |own: &Offset| match own.bytes() {
            at if at < place.start => Ordering::Less,
            at if at > place.end => Ordering::Greater,
            _ => Ordering::Equal,
        };
        let own: Vec<Offset> = boundaries.iter().copied().filter(|own| order(own) == Ordering::Equal).collect();
        let mut before: Option<Fragments> = None;
        for sketch in sketches {
            let Some(fragments) = fragments(sketch, &own, &text, before.as_ref()) else { continue };
            before = Some(fragments.clone());
            let target = Target::Text(fragments);
            annotations.push(annotation(next, sketch.label, target, sketch.speaker, sketch.note));
            next += 1;
        }
    }
    let count = next - 1;
    let id = |pick: Index| AnnotationId(1 + u32::try_from(pick.index(count as usize)).unwrap());
    for (from, to, label) in relations {
        let target = Target::Relation { from: id(from), to: id(to) };
        annotations.push(annotation(next, ("argument", label), target, None, None));
        next += 1;
    }
    for (label, note) in labels {
        annotations.push(annotation(next, ("genre", label), Target::Document, None, note));
        next += 1;
    }
    let speakers = PEOPLE.into_iter().zip(1..).map(|((name, role), id)| Speaker {
        id: SpeakerId(id),
        name: name.to_owned(),
        role: role.map(str::to_owned),
        aliases: Vec::new(),
    });
    let mut set = AnnotationSet::default();
    let speakers = speakers.map(|own| Edit::Speaker { before: None, after: Some(own) });
    let edits: Vec<Edit> = speakers.chain(annotations.into_iter().map(Edit::Insert)).collect();
    set.apply_all(&edits).unwrap();
    (text, set)
}

/// Makes the corpus `directory` of a batch.
fn make(directory: &Path, batch: Batch) {
    let (text, set) = speech(batch);
    let (schema, digest) = (Schema::builtin(), Digest::of(&text));
    let document = Document::new(DocumentId::new("speech.txt"), text);
    let source =
        Source { document: &document, digest: &digest, annotator: "gold", revision: 1, schema: &schema, set: &set };
    let Memory(files) = written(Format::named("jsonl").unwrap(), &[source]);
    std::fs::create_dir_all(directory).unwrap();
    std::fs::write(directory.join("speech.txt"), document.text.as_str()).unwrap();
    std::fs::write(directory.join("tags.jsonl"), &files["annotations.jsonl"]).unwrap();
}

#[test]
#[ignore = "makes corpora for other software: needs TRIBUNE_BATCHES"]
fn random_speeches_can_be_handed_to_other_software() {
    let directory = PathBuf::from(std::env::var_os("TRIBUNE_BATCHES").expect("TRIBUNE_BATCHES names a directory"));
    let mut runner = TestRunner::deterministic();
    for number in 1..=BATCHES {
        make(&directory.join(format!("batch-{number}")), batch().new_tree(&mut runner).unwrap().current());
    }
}

/// What the batches are for is in them.
#[test]
fn a_random_speech_has_every_way_to_lie() {
    let (text, set) = speech(batch().new_tree(&mut TestRunner::deterministic()).unwrap().current());
    let all: Vec<&Fragments> = set.iter().filter_map(Annotation::fragments).collect();
    let any = |is: &dyn Fn(&Fragments, &Fragments) -> bool| {
        all.iter().enumerate().any(|(place, own)| all[place + 1..].iter().any(|other| is(own, other)))
    };
    let crosses =
        |own: Span, other: Span| own.start() < other.start() && other.start() < own.end() && own.end() < other.end();
    assert!(any(&|own, other| own == other), "two on one place");
    assert!(any(&|own, other| crosses(own.hull(), other.hull())), "crossing");
    assert!(any(&|own, other| own != other && own.hull().covers(other.hull())), "nested");
    assert!(all.iter().any(|own| own.spans().len() > 1), "discontinuous");
    assert!(all.iter().any(|own| own.spans().iter().any(|span| text.slice(*span).contains('\n'))), "over a line end");
    assert!(all.iter().any(|own| text.slice(own.hull()) == "👩🏽\u{200d}🌾"), "one character");
    assert!(set.iter().any(Annotation::is_relation), "related");
    assert!(set.iter().any(|own| own.target == Target::Document), "labelled as a whole");
    let hard = ["а\u{301}", "\r\n", "\r", "👨\u{200d}👩\u{200d}👧", "Әділет"];
    assert!(hard.iter().all(|own| text.as_str().contains(own)), "{hard:?}");
}
