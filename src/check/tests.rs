use super::*;
use crate::annotation::{AnnotationId, Edit, Origin, Speaker, SpeakerId, Status, Target, Value};
use crate::document::DocumentId;
use crate::schema::{self, AttributeId, LabelId, LayerId};
use crate::text::{Fragments, Offset, Text};

mod remedies;
mod words;

const CHOICE: fn(&str) -> Value = |word| Value::Choice(word.to_owned());

/// A document with a set to check, made annotation by annotation.
struct Case {
    document: Document,
    schema: Schema,
    set: AnnotationSet,
}

impl Case {
    fn new(text: &str) -> Self {
        let text = Text::new(text.to_owned()).unwrap();
        let document = Document::new(DocumentId::new("и\u{306}👍.txt"), text);
        Self { document, schema: Schema::builtin(), set: AnnotationSet::default() }
    }

    fn with_schema(mut self, layers: &str) -> Self {
        let source = format!("(format: 1, name: \"test\", version: 1, layers: [{layers}])");
        self.schema = schema::read(&source).unwrap();
        self
    }

    fn with_speaker(self) -> Self {
        let name = "Ерболат 👍".to_owned();
        let speaker = Speaker { id: SpeakerId(1), name, role: None, aliases: Vec::new() };
        self.edit(&Edit::Speaker { before: None, after: Some(speaker) })
    }

    fn edit(mut self, edit: &Edit) -> Self {
        self.set.apply(edit).unwrap();
        self
    }

    /// Adds an annotation of `layer/label` with these attributes.
    fn add(self, tag: &str, target: Target, attributes: &[(&str, Value)]) -> Self {
        let (layer, label) = tag.split_once('/').unwrap();
        let annotation = Annotation {
            id: self.set.next_id(),
            layer: LayerId::new(layer),
            label: LabelId::new(label),
            target,
            attributes: attributes.iter().map(|(id, value)| (AttributeId::new(*id), value.clone())).collect(),
            note: None,
            origin: Origin::Manual,
        };
        self.edit(&Edit::Insert(annotation))
    }

    /// Adds an annotation of the first place where `words` stand; `…` separates fragments.
    fn tag(self, tag: &str, words: &str, attributes: &[(&str, Value)]) -> Self {
        let text = &self.document.text;
        let span = |part: &str| {
            let start = text.as_str().find(part).unwrap();
            text.span(Offset::new(start), Offset::new(start + part.len())).unwrap()
        };
        let spans = words.split('…').map(span).collect();
        let target = Target::Text(Fragments::new(spans).unwrap());
        self.add(tag, target, attributes)
    }

    #[track_caller]
    fn finds(self, expected: &[&str]) {
        let found: Vec<String> = check(&self.document, &self.schema, &self.set)
            .iter()
            .map(|own| {
                assert!(!own.hint.is_empty() && own.severity == own.code.severity());
                let place = own.place.map_or("-".to_owned(), |place| format!("{}:{}", place.line, place.column));
                let slice = own.span.map_or("-", |span| self.document.text.slice(span));
                format!("{place} {} {}: {} «{slice}»", own.severity, own.code, own.message)
            })
            .collect();
        assert_eq!(found, expected);
    }
}

const TEXT: &str =
    "Тру\u{301}д 👩🏽\u{200d}🌾 важен.\r\nОн сказал: «Право на труд, – и ушёл, – есть у всех» (см. выше).\n";

#[test]
fn a_clean_set_has_no_findings() {
    let quote = [("speaker", Value::Speaker(SpeakerId(1))), ("mode", CHOICE("direct"))];
    Case::new(TEXT)
        .with_speaker()
        .tag("quote/quote", "«Право на труд,…есть у всех»", &quote)
        .tag(
            "claim/claim",
            "Право на труд…есть у всех",
            &[("kind", CHOICE("factual")), ("checkable", Value::Flag(true))],
        )
        .tag("theme/rights", "труд", &[])
        .tag("theme/labour", "труд", &[])
        .tag("theme/labour", "Тру\u{301}д 👩🏽\u{200d}🌾", &[])
        .tag("claim/claim", "Тру\u{301}д 👩🏽\u{200d}🌾 важен.", &[])
        .finds(&[]);
    Case::new("").finds(&[]);
}

#[test]
fn what_the_schema_lacks_is_reported() {
    Case::new(TEXT)
        .tag("emotion/joy", "важен", &[("x", Value::Flag(true))])
        .tag("theme/peace", "Тру\u{301}д", &[("weight", Value::Text("5".into()))])
        .finds(&[
            "1:1 error unknown-label: T2 has the label `peace`, which the layer `theme` lacks «Тру\u{301}д»",
            "1:1 error unknown-attribute: T2 has the attribute `weight`, which the layer `theme` lacks «Тру\u{301}д»",
            "1:12 error unknown-layer: E1 is in the layer `emotion`, which the schema lacks «важен»",
        ]);
}

#[test]
fn a_value_must_be_of_its_attributes_kind() {
    let wrong = [("speaker", CHOICE("Он")), ("kind", CHOICE("й👍")), ("checkable", Value::Text("да".into()))];
    Case::new(TEXT).tag("claim/claim", "важен", &wrong).finds(&[
        "1:12 error wrong-value: the `speaker` of C1 is `Он`, not a speaker «важен»",
        "1:12 error wrong-value: the `kind` of C1 is `й👍`, not `factual`, `interpretive`, `normative`, `evaluative`, `effect`, `definition` or `prediction` «важен»",
        "1:12 error wrong-value: the `checkable` of C1 is a text, not yes or no «важен»",
    ]);
}

#[test]
fn a_quote_needs_a_speaker_and_a_mode() {
    Case::new(TEXT)
        .tag("quote/quote", "«Право на труд, – и ушёл, – есть у всех»", &[("mode", CHOICE("mixed"))])
        .finds(&["2:12 error missing-attribute: Q1 has no `speaker` ««Право на труд, – и ушёл, – есть у всех»»"]);
    Case::new(TEXT)
        .with_schema("(id: \"é\", labels: [(id: \"x\")], attributes: [(id: \"t\", kind: Text, required: true)])")
        .tag("é/x", "важен", &[("t", Value::Text(" \n".into()))])
        .finds(&["1:12 error missing-attribute: É1 has no `t` «важен»"]);
}

#[test]
fn a_speaker_must_be_registered() {
    Case::new(TEXT)
        .with_speaker()
        .tag("claim/claim", "важен", &[("speaker", Value::Speaker(SpeakerId(2)))])
        .finds(&["1:12 error unknown-speaker: the `speaker` of C1 is number 2, who is not in the register «важен»"]);
}

#[test]
fn spans_of_a_layer_that_forbids_it_must_be_apart() {
    Case::new(TEXT)
        .with_schema(
            "(id: \"theme\", overlap: Forbidden, labels: [(id: \"x\")]), (id: \"other\", labels: [(id: \"x\")])",
        )
        .tag("theme/x", "Право на труд, – и ушёл", &[])
        .tag("theme/x", "Право", &[])
        .tag("theme/x", "труд", &[])
        .tag("theme/x", "ушёл, – есть", &[])
        .tag("theme/x", "Он сказал", &[])
        .tag("other/x", "сказал", &[])
        .tag("other/x", "сказал: «Право", &[])
        .finds(&[
            "2:13 error forbidden-overlap: T2 overlaps T1, which the layer `theme` forbids «Право»",
            "2:22 error forbidden-overlap: T3 overlaps T1, which the layer `theme` forbids «труд»",
            "2:32 error forbidden-overlap: T4 overlaps T1, which the layer `theme` forbids «ушёл, – есть»",
        ]);
}

#[test]
fn interleaved_fragments_do_not_overlap() {
    Case::new(TEXT)
        .with_schema("(id: \"theme\", overlap: Forbidden, labels: [(id: \"x\")])")
        .tag("theme/x", "Право…труд…есть", &[])
        .tag("theme/x", "на…ушёл", &[])
        .finds(&[]);
}

const RELATIONS: &str = "(id: \"theme\", labels: [(id: \"x\")]), (id: \"claim\", labels: [(id: \"x\")]),
    (id: \"answer\", kind: Relation(from: [\"claim\"], to: []), labels: [(id: \"x\")])";

#[test]
fn a_document_has_one_label_of_a_layer_that_forbids_overlap() {
    let layer = |overlap: &str| {
        format!("(id: \"tone\", kind: Document, overlap: {overlap}, labels: [(id: \"x\"), (id: \"y\")])")
    };
    let case = |overlap| Case::new("и\u{306} 👍").with_schema(&layer(overlap));
    case("Allowed").add("tone/x", Target::Document, &[]).add("tone/y", Target::Document, &[]).finds(&[]);
    case("Forbidden").add("tone/x", Target::Document, &[]).add("tone/y", Target::Document, &[]).finds(&[
        "- error forbidden-overlap: T2 calls the document `y`, which T1 calls `x`; the layer `tone` forbids two «-»",
    ]);
}

#[test]
fn relations_join_annotations_that_are_there_and_admitted() {
    let relation = |from, to| Target::Relation { from: AnnotationId(from), to: AnnotationId(to) };
    Case::new(TEXT)
        .with_schema(RELATIONS)
        .tag("theme/x", "важен", &[])
        .tag("claim/x", "Право", &[])
        .add("answer/x", relation(2, 1), &[])
        .add("answer/x", relation(1, 2), &[])
        .add("answer/x", relation(2, 9), &[])
        .finds(&[
            "- error forbidden-relation: A4 starts from T1, which is in the layer `theme` «-»",
            "- error broken-relation: A5 leads to number 9, which is not there «-»",
        ]);
}

#[test]
fn an_annotation_is_about_what_its_layer_is_about() {
    Case::new(TEXT)
        .with_schema(RELATIONS)
        .tag("answer/x", "важен", &[])
        .add("theme/x", Target::Document, &[])
        .finds(&[
            "1:12 error wrong-target: A1 is about a stretch of text, but the layer `answer` is about two annotations «важен»",
            "- error wrong-target: T2 is about the document, but the layer `theme` is about a stretch of text «-»",
        ]);
}

#[test]
fn blanks_at_an_edge_are_reported() {
    Case::new(TEXT)
        .tag("theme/rights", " важен", &[])
        .tag("theme/rights", "важен.\r\n", &[])
        .tag("theme/rights", "Право … – есть ", &[])
        .tag("theme/youth", "\r\n", &[])
        .finds(&[
            "1:11 warning blank-at-edge: T1 begins with a blank « »",
            "1:18 warning blank-at-edge: T2 ends with a blank «\r\n»",
            "1:18 warning blank-at-edge: T4 begins with a blank «\r\n»",
            "2:18 warning blank-at-edge: T3 ends with a blank « »",
            "2:37 warning blank-at-edge: T3 begins with a blank « »",
            "2:44 warning blank-at-edge: T3 ends with a blank « »",
        ]);
}

#[test]
fn punctuation_at_an_edge_is_reported_but_no_quotation_mark_or_full_stop() {
    Case::new(TEXT)
        .tag("theme/rights", "Право на труд,", &[])
        .tag("theme/rights", "труд, –", &[])
        .tag("theme/rights", ", – и ушёл", &[])
        .tag("theme/rights", "Он сказал:", &[])
        .tag("theme/rights", ". выше", &[])
        .tag("theme/rights", "есть у всех» (", &[])
        .tag("theme/rights", ":", &[])
        .tag("theme/youth", "«Право на труд", &[])
        .tag("theme/youth", "есть у всех»", &[])
        .tag("theme/youth", "– есть у всех", &[])
        .tag("theme/youth", "(см. выше)", &[])
        .tag("theme/youth", "(см. выше).", &[])
        .tag("theme/youth", "«", &[])
        .finds(&[
            "2:10 warning punctuation-at-edge: T4 ends with `:` «:»",
            "2:10 warning punctuation-at-edge: T7 begins with `:` «:»",
            "2:26 warning punctuation-at-edge: T1 ends with `,` «,»",
            "2:26 warning punctuation-at-edge: T3 begins with `,` «,»",
            "2:28 warning punctuation-at-edge: T2 ends with `–` «–»",
            "2:53 warning punctuation-at-edge: T6 ends with `(` «(»",
            "2:56 warning punctuation-at-edge: T5 begins with `.` «.»",
        ]);
}

#[test]
fn a_word_cut_in_two_is_reported() {
    Case::new("За\u{301}мок, пол-Москвы, don't, 5G, 中文字, 👩🏽\u{200d}🌾👍, q\u{308}x")
        .tag("theme/rights", "мок", &[])
        .tag("theme/rights", "За\u{301}", &[])
        .tag("theme/rights", "Москв", &[])
        .tag("theme/rights", "G", &[])
        .tag("theme/rights", "q\u{308}", &[])
        .tag("theme/youth", "пол", &[])
        .tag("theme/youth", "don", &[])
        .tag("theme/youth", "文", &[])
        .tag("theme/youth", "👍", &[])
        .finds(&[
            "1:2 warning cut-word: T2 ends inside a word «а\u{301}»",
            "1:4 warning cut-word: T1 begins inside a word «м»",
            "1:17 warning cut-word: T3 ends inside a word «в»",
            "1:29 warning cut-word: T4 begins inside a word «G»",
            "1:44 warning cut-word: T5 ends inside a word «q\u{308}»",
        ]);
}

#[test]
fn what_is_said_twice_is_reported_once() {
    Case::new(TEXT)
        .tag("claim/claim", "Право…труд", &[("kind", CHOICE("effect"))])
        .tag("claim/claim", "Право…труд", &[("kind", CHOICE("factual"))])
        .tag("claim/claim", "Право на труд", &[("kind", CHOICE("effect"))])
        .tag("theme/rights", "Право…труд", &[])
        .tag("theme/labour", "Право…труд", &[])
        .tag("claim/claim", "Право…труд", &[("kind", CHOICE("effect"))])
        .finds(&["2:13 warning duplicate: C6 says the same as C1 «Право»"]);
}

#[test]
fn a_document_that_is_done_has_something_tagged() {
    let done = Edit::Status { before: Status::Open, after: Status::Done };
    Case::new(TEXT)
        .edit(&done)
        .finds(&["- warning nothing-tagged: the document is done, but nothing is tagged in it «-»"]);
    Case::new(TEXT).edit(&done).tag("theme/rights", "важен", &[]).finds(&[]);
}

#[test]
#[expect(clippy::print_stdout, reason = "a test says why it skips")]
fn the_gold_annotations_of_karaganda_are_clean() {
    let shared = std::env::var_os("TRIBUNE_SHARED")
        .map_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").into(), std::path::PathBuf::from);
    let Ok(gold) = std::fs::read_to_string(shared.join("data/karaganda_gold.json")) else {
        println!("skipped: {} has no data/karaganda_gold.json", shared.display());
        return;
    };
    let gold: serde_json::Value = serde_json::from_str(&gold).unwrap();
    let mut case = Case::new(include_str!("../../data/karaganda.txt")).with_speaker();
    let speaker = || ("speaker", Value::Speaker(SpeakerId(1)));
    for (list, mode) in [("direct_quotes", "direct"), ("indirect_quotes", "indirect")] {
        for quote in gold[list].as_array().unwrap() {
            let target = target(&case.document.text, quote.get("outer").unwrap_or(quote));
            case = case.add("quote/quote", target, &[speaker(), ("mode", CHOICE(mode))]);
        }
    }
    for claim in gold["claims"].as_array().unwrap() {
        let kind = CHOICE(claim["claim_type"].as_str().unwrap());
        let checkable = Value::Flag(claim["checkable"].as_bool().unwrap());
        let target = target(&case.document.text, claim);
        case = case.add("claim/claim", target, &[speaker(), ("kind", kind), ("checkable", checkable)]);
    }
    for theme in gold["themes"].as_array().unwrap() {
        let target = target(&case.document.text, theme);
        case = case.add(&format!("theme/{}", theme["theme"].as_str().unwrap()), target, &[]);
    }
    assert_eq!(case.set.len(), 3 + 7 + 13 + 19);
    case.finds(&[]);
}

/// The spans of an item of the gold file: its fragments, if it has any, else from start to end.
fn target(text: &Text, item: &serde_json::Value) -> Target {
    let number = |value: &serde_json::Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let span =
        |item: &serde_json::Value| text.span_of_code_points(number(&item["start"]), number(&item["end"])).unwrap();
    let spans = item["fragments"].as_array().map_or_else(|| vec![span(item)], |items| items.iter().map(span).collect());
    Target::Text(Fragments::new(spans).unwrap())
}

#[test]
fn every_rule_has_a_name_of_its_own() {
    let names: std::collections::BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(names.len(), Code::ALL.len());
    assert!(Code::ALL.iter().all(|code| Code::named(code.name()) == Some(*code)));
    assert_eq!(Code::named("и\u{306}👍"), None);
}
