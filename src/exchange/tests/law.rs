//! Random worlds to export, and the law.

use std::fmt;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestCaseError;

use crate::annotation::tests::generators::boundaries;
use crate::annotation::{
    Annotation, AnnotationId, AnnotationSet, Edit, Origin, Speaker, SpeakerId, Status, Target, Value,
};
use crate::document::{Digest, Document, DocumentId};
use crate::exchange::fixture::Fixture;
use crate::exchange::{Draft, Export, Files, Format, Loss, Memory, Plan, Source, Statement, Unit, settle};
use crate::schema::{Attribute, AttributeId, AttributeKind, LabelId, LayerId, Schema, Title};
use crate::text::{Fragments, Text};

/// One document with what one or two annotators say about it.
pub(super) struct World {
    document: Document,
    digest: Digest,
    schema: Schema,
    said: Vec<(&'static str, AnnotationSet)>,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.document.text.as_str())?;
        let lines = self.sources().into_iter().flat_map(|source| Statement::of(&source).lines());
        lines.into_iter().try_for_each(|line| write!(f, "\n    {line}"))
    }
}

impl World {
    /// What goes out, annotator by annotator.
    pub(super) fn sources(&self) -> Vec<Source<'_>> {
        let source = |(annotator, set)| {
            let (document, digest, schema) = (&self.document, &self.digest, &self.schema);
            Source { document, digest, annotator, revision: 3, schema, set }
        };
        self.said.iter().map(|(annotator, set)| source((*annotator, set))).collect()
    }
}

/// Everything that trips formats up: accents, joined emoji, right-to-left words, all kinds of line ends and blanks, control characters,
/// what formats use as marks.
const PIECES: [&str; 30] = [
    "труд",
    "За\u{301}мок",
    " ",
    "  ",
    "👩🏽\u{200d}🌾",
    "😀",
    "e\u{301}",
    "\r\n",
    "\n",
    "\n\n",
    "\r",
    "\t",
    "«",
    "»",
    "🇰🇿",
    "a",
    "שלום",
    "\u{feff}",
    "\u{2028}",
    "\u{b}",
    "\u{c}",
    "\u{1}",
    "\u{85}",
    "\u{a0}",
    "\u{ffff}",
    "\\n",
    "&lt;<b>",
    "\"|,;:",
    "\u{600}",
    "#: T1\t",
];

/// Names, notes and values: some of them take each other's place when letters change case, some are long, odd or empty.
const WORDS: [&str; 14] = [
    "Жакип Асанов",
    "Se\u{301}rik",
    "👤",
    "direct",
    "true",
    "",
    " a ",
    "a\tb",
    "C:\\new",
    "две\nстроки\r\n",
    "\u{2028}",
    "a|b,c;d:e",
    "\"<&>\"",
    "=1+1",
];

const NAMES: [(&str, &str); 12] = [
    ("quote", "quote"),
    ("claim", "claim"),
    ("theme", "rights"),
    ("theme", "youth"),
    ("theme", "theme"),
    ("жест", "laugh"),
    ("жест", "жест"),
    ("Theme", "labour"),
    ("GPE", "GPE"),
    ("gPE", "x"),
    ("link", "supports"),
    ("genre", "speech"),
];

#[derive(Clone, Debug)]
struct Sketch {
    name: (&'static str, &'static str),
    about: About,
    attributes: Vec<(&'static str, Value)>,
    note: Option<&'static str>,
    origin: Origin,
}

#[derive(Clone, Debug)]
enum About {
    Text(Vec<Index>),
    Relation(Index, Index),
    Document,
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let about = prop_oneof![
        8 => prop::collection::vec(any::<Index>(), 2..7).prop_map(About::Text),
        3 => any::<(Index, Index)>().prop_map(|(from, to)| About::Relation(from, to)),
        1 => Just(About::Document),
    ];
    let words = || select(&WORDS[..]).prop_map(str::to_owned);
    let value = prop_oneof![
        any::<bool>().prop_map(Value::Flag),
        words().prop_map(Value::Choice),
        words().prop_map(Value::Text),
        (1..6_u32).prop_map(|id| Value::Speaker(SpeakerId(id))),
    ];
    let attribute = (select(vec!["speaker", "mode", "checkable", "value", "apart", "атрибут", MADE]), value);
    let origin = prop_oneof![
        4 => Just(Origin::Manual),
        1 => (words(), 0..1000_u16).prop_map(|(engine, score)| Origin::Suggested { engine, score }),
        1 => words().prop_map(|from| Origin::Imported { from }),
        1 => prop::collection::vec(words(), 0..3).prop_map(|from| Origin::Merged { from }),
    ];
    let note = prop::option::weighted(0.3, select(&WORDS[..]));
    (select(&NAMES[..]), about, prop::collection::vec(attribute, 0..3), note, origin)
        .prop_map(|(name, about, attributes, note, origin)| Sketch { name, about, attributes, note, origin })
}

fn fragments(text: &Text, picks: &[Index]) -> Fragments {
    let boundaries = boundaries(text);
    let mut offsets: Vec<_> = picks.iter().map(|pick| *pick.get(&boundaries)).collect();
    offsets.sort_unstable();
    offsets.dedup();
    let spans = offsets.chunks_exact(2).map(|ends| text.span(ends[0], ends[1]).unwrap()).collect();
    Fragments::new(spans).unwrap_or_else(|_| text.whole().unwrap().into())
}

fn annotation(sketch: Sketch, id: u32, count: u32, text: &Text) -> Annotation {
    let Sketch { name: (layer, label), about, attributes, note, origin } = sketch;
    // Some relations lead to what is not there.
    let other = |pick: Index| AnnotationId(u32::try_from(pick.index(count as usize + 1)).unwrap() + 1);
    let target = match about {
        About::Text(picks) => Target::Text(fragments(text, &picks)),
        About::Relation(from, to) => Target::Relation { from: other(from), to: other(to) },
        About::Document => Target::Document,
    };
    let attributes = attributes.into_iter().map(|(name, value)| (AttributeId::new(name), value)).collect();
    let (layer, label, note) = (LayerId::new(layer), LabelId::new(label), note.map(str::to_owned));
    Annotation { id: AnnotationId(id), layer, label, target, attributes, note, origin }
}

prop_compose! {
    fn set(text: Text)(
        sketches in prop::collection::vec(sketch(), 0..9),
        names in prop::collection::vec((select(&WORDS[..]), any::<bool>()), 0..5),
        is_done: bool,
    ) -> AnnotationSet {
        let mut set = AnnotationSet::default();
        for (id, (name, is_known)) in (1..).map(SpeakerId).zip(names) {
            let role = is_known.then(|| "аким".to_owned());
            let aliases = if is_known { vec!["ә".to_owned()] } else { Vec::new() };
            let speaker = Speaker { id, name: name.to_owned(), role, aliases };
            set.apply(&Edit::Speaker { before: None, after: Some(speaker) }).unwrap();
        }
        if is_done {
            set.apply(&Edit::Status { before: Status::Open, after: Status::Done }).unwrap();
        }
        let count = u32::try_from(sketches.len()).unwrap();
        for (id, sketch) in (1..).zip(sketches) {
            set.apply(&Edit::Insert(annotation(sketch, id, count, &text))).unwrap();
        }
        set
    }
}

/// That of the fixture, with an attribute whose id was made of a name with blanks.
fn schema() -> Schema {
    let mut schema = Fixture::new().schema;
    for layer in &mut schema.layers {
        layer.attributes.push(Attribute {
            id: AttributeId::new(MADE),
            title: Title::One(MADE.replace('_', " ")),
            kind: AttributeKind::Text,
            required: false,
            default: None,
            guideline: String::new(),
        });
    }
    schema
}

/// The id of an attribute that files call otherwise.
const MADE: &str = "мой_уве\u{301}ренный_👍";

/// A world.
pub(super) fn world() -> impl Strategy<Value = World> {
    let text = prop::collection::vec(select(&PIECES[..]), 1..25).prop_map(|pieces| Text::new(pieces.concat()).unwrap());
    let said = text.prop_flat_map(|text| {
        let sets = prop::collection::vec(set(text.clone()), 1..3);
        (Just(text), sets)
    });
    said.prop_map(|(text, sets)| World {
        digest: Digest::of(&text),
        document: Document::new(DocumentId::new("речи/аким.txt"), text),
        schema: schema(),
        said: ["alpha", "Айгу\u{301}л 👍"].into_iter().zip(sets).collect(),
    })
}

/// `sources` in `format`, in its usual unit.
pub(crate) fn written(format: &'static Format, sources: &[Source<'_>]) -> Memory {
    exported(format, sources, usual(format)).1
}

fn usual(format: &Format) -> Unit {
    format.units.first().copied().unwrap_or(Unit::CodePoints)
}

/// What was written, and what of each source is expected with what was told.
type Exported<'a> = (Export, Memory, Vec<(Statement<'a>, Vec<Loss>)>);

fn exported<'a>(format: &'static Format, sources: &[Source<'a>], unit: Unit) -> Exported<'a> {
    let schemas: Vec<&Schema> = sources.iter().map(|own| own.schema).collect();
    let annotators: Vec<&str> = sources.iter().map(|own| own.annotator).collect();
    let mut export = Export::new(format, &Plan { schemas: &schemas, annotators: &annotators, unit, is_marked: false });
    let mut files = Memory::default();
    let expected = sources.iter().map(|source| {
        export.add(source, &mut files).unwrap();
        let lost = export.losses().last().to_vec();
        (Statement::of(source).minus(&lost), lost)
    });
    let expected = expected.collect();
    export.finish(&mut files).unwrap();
    (export, files, expected)
}

/// What the format's reader makes of `files`.
pub(crate) fn read(format: &'static Format, files: &dyn Files) -> Vec<Draft> {
    let mut drafts = Vec::new();
    format.read.expect("the format has a reader")(files, &mut |draft| drafts.push(draft)).unwrap();
    drafts
}

/// Whether flags and the layers of relations are in `bare`, which was read without the schema, just where it was not told that they
/// are not.
fn without_schema(said: &Statement<'_>, bare: &Statement<'_>, lost: &[Loss]) -> Result<(), TestCaseError> {
    for (own, read) in said.set.iter().zip(bare.set.iter()) {
        let flags = |own: &Annotation| -> Vec<AttributeId> {
            own.attributes.iter().filter(|(_, own)| matches!(own, Value::Flag(_))).map(|(id, _)| id.clone()).collect()
        };
        let mut expected = flags(own);
        // What has another kind with the schema was told as that.
        let is_other = |id: &AttributeId| {
            lost.iter().any(|lost| matches!(lost, Loss::Value(of, name, _) if *of == own.id && name == id))
        };
        expected.retain(|id| !lost.contains(&Loss::Flag(own.id, id.clone())) && !is_other(id));
        let mut found = flags(read);
        found.retain(|id| !is_other(id));
        prop_assert_eq!(found, expected, "{:?} {:?}", own, lost);
        let is_same = own.layer.as_str().to_lowercase() == read.layer.as_str().to_lowercase();
        let is_told = lost.contains(&Loss::Layer(own.id));
        prop_assert!(!own.is_relation() || is_same || is_told, "{:?} {:?}", own, read);
        prop_assert!(!is_told || own.layer != read.layer, "{:?}", own);
    }
    Ok(())
}

/// Holds `format` to the law, in each of its units.
pub(crate) fn law(format: &'static Format) {
    let mut runner = proptest::test_runner::TestRunner::default();
    let outcome = runner.run(&(world(), any::<Index>()), |(world, unit)| {
        let unit = *unit.get(format.units);
        let sources = world.sources();
        let (export, files, expected) = exported(format, &sources, unit);
        let again = exported(format, &sources, unit).1;
        prop_assert_eq!(&files, &again, "the bytes are always the same");
        let mut drafts = read(format, &files);
        prop_assert_eq!(drafts.len(), expected.len());
        for (statement, lost) in expected {
            let same = |draft: &Draft| {
                draft.document.as_deref().unwrap_or_default() == statement.document
                    && draft.annotator.as_deref().unwrap_or_default() == statement.annotator
            };
            let at = drafts.iter().position(same);
            prop_assert!(at.is_some(), "{} by {}: {drafts:?}", statement.document, statement.annotator);
            let draft = drafts.remove(at.unwrap());
            let text = draft.text.clone().map_or_else(|| world.document.text.clone(), |own| Text::new(own).unwrap());
            prop_assert_eq!(text.as_str(), statement.text.as_str());
            let bare = draft.clone();
            let settled = settle(draft, &text, Some(&world.schema), &Origin::Manual);
            prop_assert_eq!(settled.refusals, vec![]);
            prop_assert_eq!(settled.unit, unit);
            prop_assert_eq!(settled.statement.lines(), statement.lines(), "{:?}", export.losses());
            let bare = settle(bare, &text, None, &Origin::Manual);
            without_schema(&statement, &bare.statement, &lost)?;
        }
        let lend = |_: &str| Some(world.document.text.clone());
        let proof = export.prove(&files, &lend);
        prop_assert!(proof.is_ok(), "{:?}", proof);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
