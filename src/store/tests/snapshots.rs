//! The snapshot: written exactly so, and read back the same.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::Index;

use super::super::format::{AnnotationV1, Readable, line};
use super::super::snapshot;
use super::super::work::Work;
use super::*;
use crate::text::Offset;

fn written(snapshot: &Snapshot) -> String {
    let mut bytes = Vec::new();
    snapshot.write(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn snapshot_of(document: &Document, set: AnnotationSet) -> Snapshot {
    Snapshot {
        history: vec!["3184b4a9".to_owned()],
        document: document.clone(),
        digest: Digest::of(&document.text),
        annotator: "alpha".to_owned(),
        revision: 41,
        schema: ("speeches".to_owned(), 1),
        set,
    }
}

fn set_of(edits: &[Edit]) -> AnnotationSet {
    let mut set = AnnotationSet::default();
    set.apply_all(edits).unwrap();
    set
}

fn sample() -> Snapshot {
    let text = format!("{TEXT}\"Принцип\" – право человека на труд.");
    let document = Document::new(DocumentId::new("речи/speech.txt"), Text::new(text).unwrap());
    let place = |words| span(&document.text, words);
    let mut quote = annotation(1, "quote", "quote", place("\"Принцип\""));
    quote.attributes = [
        (AttributeId::new("speaker"), Value::Speaker(SpeakerId(1))),
        (AttributeId::new("mode"), Value::Choice("direct".to_owned())),
    ]
    .into();
    let mut claim = annotation(3, "claim", "claim", Fragments::from(place("«труд»")).with(place("«Йод»")));
    claim.note = Some("две\nстроки: И\u{306}".to_owned());
    claim.origin = Origin::Suggested { engine: "cues 1".to_owned(), score: 870 };
    let akim = Speaker { role: Some("Аким".to_owned()), ..speaker(1, "Ермаганбет Булекпаев") };
    let other = Speaker {
        aliases: vec!["O’Нила".to_owned(), "Нил".to_owned()], ..speaker(2, "O'Нил 👩🏽‍🌾")
    };
    let mut relation = annotation(9, "reply", "supports", place("труд"));
    relation.target = Target::Relation { from: AnnotationId(1), to: AnnotationId(3) };
    snapshot_of(
        &document,
        set_of(&[
            Edit::Speaker { before: None, after: Some(akim) },
            Edit::Speaker { before: None, after: Some(other) },
            Edit::Insert(annotation(7, "theme", "rights", place("право человека на труд"))),
            Edit::Insert(relation),
            Edit::Insert(quote),
            Edit::Insert(claim),
        ]),
    )
}

#[test]
#[expect(clippy::unicode_not_nfc, reason = "combining marks are what is tested")]
fn the_sample_is_written_exactly_so() {
    let digest = sample().digest;
    insta::assert_snapshot!(written(&sample()).replace(digest.as_str(), "815e67…"), @r#"
    (
        format: 1,
        document: (path: "речи/speech.txt", sha256: "815e67…", code_points: 98),
        annotator: "alpha",
        revision: 41,
        status: Open,
        schema: (name: "speeches", version: 1),
        history: ["3184b4a9"],
        speakers: [
            (id: 1, name: "Ермаганбет Булекпаев", role: "Аким", aliases: []),
            (id: 2, name: "O'Нил 👩🏽‍🌾", aliases: ["O’Нила", "Нил"]),
        ],
        annotations: [
            (id: 3, layer: "claim", label: "claim", target: Text([(15, 21, "«труд»"), (38, 43, "«Йод»")]), note: "две\nстроки: Й", origin: Suggested(engine: "cues 1", score: 870)),
            (id: 1, layer: "quote", label: "quote", target: Text([(63, 72, "\"Принцип\"")]), attributes: {"mode": Choice("direct"), "speaker": Speaker(1)}),
            (id: 7, layer: "theme", label: "rights", target: Text([(75, 97, "право человека на труд")])),
            (id: 9, layer: "reply", label: "supports", target: Relation(from: 1, to: 3)),
        ],
    )
    "#);
}

#[test]
fn the_revision_is_told_in_its_first_lines() {
    let whole = written(&sample());
    assert_eq!(snapshot::revision_in(&whole), Some(sample().revision));
    let quoted = whole.replace("    revision: ", "revision: ") + "//й\u{301} 👍\n    revision: 7,\n";
    assert_eq!(snapshot::revision_in(&quoted), None, "what is laid out otherwise is read whole first");
}

#[test]
fn saving_twice_writes_the_same_bytes() {
    assert_eq!(written(&sample()), written(&sample().clone()));
    let place = Place::new(TEXT);
    let (mut session, mut desk) = place.open();
    day(&place, &mut session, &mut desk);
    save(&session, &mut desk);
    let before = fs::read(place.files().snapshot).unwrap();
    assert!(desk.save(&session).is_none(), "there is nothing to save");
    drop(desk);
    fs::remove_file(place.files().snapshot).unwrap();
    let (session, mut desk) = place.open();
    save(&session, &mut desk);
    assert_eq!(before, fs::read(place.files().snapshot).unwrap(), "the history alone leads to the same bytes");
}

#[test]
fn changing_one_annotation_changes_its_line_and_the_revision() {
    let before = sample();
    let mut after = sample();
    let theme = before.set.get(AnnotationId(7)).unwrap().clone();
    let noted = Annotation { note: Some("Й\u{301} 👍".to_owned()), ..theme.clone() };
    after.set.apply(&Edit::Replace { before: theme, after: noted }).unwrap();
    after.revision += 1;
    let (before, after) = (written(&before), written(&after));
    let changed: Vec<_> = before.lines().zip(after.lines()).filter(|(a, b)| a != b).map(|(a, _)| a.trim()).collect();
    assert_eq!(before.lines().count(), after.lines().count());
    assert_eq!(changed.len(), 2, "{changed:?}");
    assert!(changed[0].starts_with("revision: ") && changed[1].starts_with("(id: 7, "), "{changed:?}");
}

#[test]
fn offsets_are_code_points_and_quotes_what_stands_there() {
    let document = Document::new(DocumentId::new("speech.txt"), Text::new(TEXT.to_owned()).unwrap());
    let words = ["За\u{301}мок", "👩🏽‍🌾", "«Йод»", "\r\n", "И\u{306}од", "O’Нил's 👍"];
    let edits: Vec<_> = (1..)
        .zip(words)
        .map(|(id, words)| Edit::Insert(annotation(id, "theme", "labour", span(&document.text, words))))
        .collect();
    let file = written(&snapshot_of(&document, set_of(&edits)));
    let stated = snapshot::parse(&file, Path::new("x")).unwrap();
    let code_points: Vec<char> = TEXT.chars().collect();
    assert_eq!(stated.document.code_points, code_points.len());
    for (own, words) in stated.annotations.iter().zip(words) {
        let super::super::format::TargetV1::Text(fragments) = &own.target else { panic!("{own:?}") };
        let (start, end, quote) = &fragments[0];
        assert_eq!(quote.as_str(), words);
        assert_eq!(code_points[*start..*end].iter().collect::<String>(), words);
    }
}

#[test]
fn what_people_read_stands_readable_and_what_deceives_does_not() {
    let shown = |text: &str| line(&Readable::from(text)).unwrap();
    for plain in [
        "За\u{301}мок",
        "И\u{306}од",
        "O’Нил's",
        "d'Été",
        "👩🏽‍🌾 👨‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "Әлімбаев «ғ»",
        "неразрывный\u{a0}пробел\u{202f}–",
        "क्‍ष",
    ] {
        assert_eq!(shown(plain), format!("\"{plain}\""));
    }
    assert_eq!(shown("a\nb\r\tc"), r#""a\nb\r\tc""#);
    assert_eq!(shown("\"\\"), r#""\"\\""#);
    assert_eq!(
        shown("\0\u{1b}[2J\u{202e}\u{85}\u{2028}\u{feff}й"),
        r#""\u{0}\u{1b}[2J\u{202e}\u{85}\u{2028}\u{feff}й""#
    );
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[а-яё \u{301}\u{306}👍\u{200d}\"'\\\\\n\r\t\0\u{1b}\u{202e}]{1,12}"]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        words().prop_map(Value::Choice),
        any::<bool>().prop_map(Value::Flag),
        words().prop_map(Value::Text),
        (1..9u32).prop_map(|id| Value::Speaker(SpeakerId(id))),
    ]
}

fn origin() -> impl Strategy<Value = Origin> {
    prop_oneof![
        Just(Origin::Manual),
        (words(), any::<u16>()).prop_map(|(engine, score)| Origin::Suggested { engine, score }),
        words().prop_map(|from| Origin::Imported { from }),
        vec(words(), 0..3).prop_map(|from| Origin::Merged { from }),
    ]
}

/// What an annotation is to be about, once there is a text.
#[derive(Clone, Debug)]
enum About {
    Text(Vec<(Index, Index)>),
    Relation(u32, u32),
    Document,
}

fn about() -> impl Strategy<Value = About> {
    prop_oneof![
        4 => vec(any::<(Index, Index)>(), 1..4).prop_map(About::Text),
        1 => (1..9u32, 1..9u32).prop_map(|(from, to)| About::Relation(from, to)),
        1 => Just(About::Document),
    ]
}

impl About {
    fn target(self, text: &Text) -> Option<Target> {
        let boundaries: Vec<Offset> =
            text.graphemes(Offset::ZERO, text.end()).map(|(at, _)| at).chain([text.end()]).collect();
        match self {
            Self::Relation(from, to) => Some(Target::Relation { from: AnnotationId(from), to: AnnotationId(to) }),
            Self::Document => Some(Target::Document),
            Self::Text(spans) => {
                let mut spans = spans.into_iter().filter_map(|(a, b)| {
                    let (a, b) = (*a.get(&boundaries), *b.get(&boundaries));
                    text.span(a.min(b), a.max(b)).ok()
                });
                let first = Fragments::from(spans.next()?);
                Some(Target::Text(spans.fold(first, |all, span| all.with(span))))
            }
        }
    }
}

prop_compose! {
    fn raw()(layer in words(), label in words(), about in about(), attributes in btree_map(words(), value(), 0..3),
             note in proptest::option::of(words()), origin in origin()) -> (About, Annotation) {
        let attributes = attributes.into_iter().map(|(id, value)| (AttributeId::new(id), value)).collect();
        let note = note.filter(|note| !note.is_empty());
        let (layer, label) = (LayerId::new(layer), LabelId::new(label));
        (about, Annotation { id: AnnotationId(0), layer, label, target: Target::Document, attributes, note, origin })
    }
}

prop_compose! {
    fn document_and_edits()(tail in words(), raw in vec(raw(), 0..6), names in vec((words(), words(), vec(words(), 0..3)), 0..3))
            -> (Document, Vec<Edit>) {
        let document = Document::new(DocumentId::new("д/и\u{306} 👍.txt"), Text::new(format!("{TEXT}{tail}")).unwrap());
        let mut edits = Vec::new();
        for (id, (name, role, aliases)) in (1..).zip(names) {
            let role = Some(role).filter(|role| !role.is_empty());
            edits.push(Edit::Speaker { before: None, after: Some(Speaker { id: SpeakerId(id), name, role, aliases }) });
        }
        for (id, (about, annotation)) in (1..).zip(raw) {
            let Some(target) = about.target(&document.text) else { continue };
            edits.push(Edit::Insert(Annotation { id: AnnotationId(id), target, ..annotation }));
        }
        (document, edits)
    }
}

proptest! {
    #[test]
    fn every_string_reads_back_equal_from_one_line(text in words()) {
        let line = line(&Readable::from(text.as_str())).unwrap();
        prop_assert!(!line.chars().any(char::is_control));
        prop_assert_eq!(ron::from_str::<String>(&line).unwrap(), text);
    }

    #[test]
    fn every_set_reads_back_equal_from_its_snapshot((document, edits) in document_and_edits()) {
        let set = set_of(&edits);
        let file = written(&snapshot_of(&document, set.clone()));
        prop_assert_eq!(file.lines().count(), 13 + set.len() + set.speakers().count());
        let stated = snapshot::parse(&file, Path::new("x")).unwrap();
        let (read, strays) = Work::of(Some(stated)).place(&document.text);
        prop_assert_eq!(strays, []);
        prop_assert_eq!(&read, &set);
        prop_assert_eq!(written(&snapshot_of(&document, read)), file);
    }

    #[test]
    fn every_transaction_reads_back_equal_from_its_line((document, edits) in document_and_edits(), summary in words()) {
        let transaction = Transaction { revision: 1, kind: crate::session::Kind::Commit, at: at(0), summary, edits };
        let mut file = history::header(&document, &Digest::of(&document.text), "и\u{306}").unwrap();
        file += &history::record(&transaction, Vec::new(), &document.text).unwrap();
        prop_assert_eq!(file.lines().count(), 2);
        let mut stated = history::parse(file.as_bytes(), Path::new("x")).unwrap();
        let (_, revision, line) = stated.transactions.remove(0);
        prop_assert_eq!(line.into_transaction(revision, &document.text).unwrap(), transaction);
    }
}

/// One annotation with all that can be in one, whatever stands in its strings.
fn any_annotation() -> impl Strategy<Value = Annotation> {
    let words = || r#"[\\\"(){}\[\]:, a-zA-Z0-9/#йи\u{306}👍\n\r\t\u{0}\u{202e}]{0,20}"#;
    let value = prop_oneof![
        words().prop_map(Value::Choice),
        any::<bool>().prop_map(Value::Flag),
        words().prop_map(Value::Text),
        (1_u32..9).prop_map(|id| Value::Speaker(SpeakerId(id))),
    ];
    let origin = prop_oneof![
        Just(Origin::Manual),
        (words(), any::<u16>()).prop_map(|(engine, score)| Origin::Suggested { engine, score }),
        words().prop_map(|from| Origin::Imported { from }),
        vec(words(), 0..3).prop_map(|from| Origin::Merged { from }),
    ];
    let attributes =
        vec((words().prop_map(AttributeId::new), value), 0..3).prop_map(crate::annotation::Attributes::from_iter);
    (1_u32..1 << 31, words(), 0..4, attributes, words(), origin).prop_map(
        |(id, label, kind, attributes, note, origin)| {
            let text = Text::new(TEXT.to_owned()).unwrap();
            let target = match kind {
                0 => Target::Document,
                1 => Target::Relation { from: AnnotationId(1), to: AnnotationId(u32::MAX / 2) },
                2 => Target::Text(span(&text, "O’Нил's 👍").into()),
                _ => Target::Text(Fragments::from(span(&text, "За\u{301}мок")).with(span(&text, "«труд»"))),
            };
            let note = (!note.is_empty()).then_some(note);
            let own = annotation(id, &label, &label, span(&text, "«труд»"));
            Annotation { target, attributes, note, origin, ..own }
        },
    )
}

proptest! {
    /// Reading by lines is reading.
    #[test]
    fn a_line_is_read_as_ron_reads_it(own in any_annotation(), scrap in r#"[\\\"(){}:, 0-9a-z_\u{301}]{0,2}"#, at: Index) {
        let text = Text::new(TEXT.to_owned()).unwrap();
        let stated = AnnotationV1::of(&own, &text);
        let written = line(&stated).unwrap();
        prop_assert_eq!(AnnotationV1::of_line(&written), Some(stated));
        let place = at.index(written.len());
        let place = (0..=place).rev().find(|place| written.is_char_boundary(*place)).unwrap();
        let (before, behind) = written.split_at(place);
        let broken = format!("{before}{scrap}{}", behind.chars().skip(1).collect::<String>());
        if let Some(read) = AnnotationV1::of_line(&broken) {
            prop_assert_eq!(ron::from_str::<AnnotationV1>(&broken).ok(), Some(read));
        }
    }
}
