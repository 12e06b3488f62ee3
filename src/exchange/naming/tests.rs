use super::*;
use crate::annotation::{AnnotationSet, Origin};
use crate::document::{Digest, Document, DocumentId};
use crate::exchange::names::{Called, untagged};
use crate::exchange::{FORMATS, Settled, Source, Spot, settle, tagset, tests};
use crate::text::Text;

const TEXT: &str = "За\u{301}мок 👩🏽\u{200d}🌾 труд";

/// A draft with a span for each of `names`, tagged as lines of JSON have it.
fn draft(names: &[&str]) -> Draft {
    let item = |name: &&str| {
        let (layer, label) = untagged(name);
        let target = Aim::Text { pieces: std::iter::once(0..1).collect(), words: Vec::new(), apart: None };
        Item { spot: Spot::new("й.jsonl", 1), layer: Some(layer), label, target, ..Item::default() }
    };
    Draft { items: names.iter().map(item).collect(), ..Draft::default() }
}

fn kept(given: Given<'_>, draft: &Draft) -> (Schema, Settled) {
    let named = named(given, std::iter::once(draft));
    let text = Text::new(TEXT.to_owned()).unwrap();
    let settled = settle(draft.clone(), &text, Some(&named), &Origin::Manual);
    let schema = tagset::observed("imported", &named, [settled.statement.set.as_ref()]);
    let written = crate::schema::write(&schema);
    assert_eq!(crate::schema::read(&written).as_ref(), Ok(&schema), "{written}");
    (schema, settled)
}

/// What `names` become, and what they are called when they go out again.
fn there_and_back(names: &[&str]) -> (Vec<String>, Vec<String>) {
    let (schema, settled) = kept(Given::Nothing, &draft(names));
    let ids = settled.statement.set.iter().map(|own| {
        let (layer, label) = (own.layer.as_str(), own.label.as_str());
        if layer == label { layer.to_owned() } else { format!("{layer}:{label}") }
    });
    let back = settled.statement.set.iter().map(|own| Called::of(&schema, own).tag());
    (ids.collect(), back.collect())
}

#[test]
fn names_that_differ_stay_apart_and_go_out_as_they_came() {
    let names = [
        "Person",
        "person",
        "New York",
        "New_York",
        "new York",
        "PERSON",
        "person_2",
        "Қа\u{301}ғаз 👍",
        "қа\u{301}ғаз_👍",
    ];
    let (ids, back) = there_and_back(&names);
    let expected = [
        "person",
        "person_2",
        "new_York",
        "new_York_2",
        "new_York_3",
        "PERSON",
        "person_2_2",
        "қа\u{301}ғаз_👍",
        "қа\u{301}ғаз_👍_2",
    ];
    assert_eq!(ids, expected);
    assert_eq!(back, names);
}

#[test]
fn a_name_in_small_letters_goes_out_in_small_letters() {
    let names = ["person", "new york", "жест 👍", "GPE"];
    let (ids, back) = there_and_back(&names);
    assert_eq!(ids, ["person", "new_york", "жест_👍", "GPE"]);
    assert_eq!(back, names);
}

#[test]
fn a_colon_is_split_at_only_where_a_label_of_ours_follows() {
    let names = ["Theme: rights", "http://x.org/Person", "a:b:c", "x:", ":x", "Theme:права\u{301}_👍"];
    let (ids, back) = there_and_back(&names);
    assert_eq!(ids, ["theme:_rights", "http://x.org/Person", "a:b:c", "x:", ":x", "theme:права\u{301}_👍"]);
    assert_eq!(back, names);
}

#[test]
fn no_name_makes_a_schema_that_cannot_be_read() {
    let names = ["", " ", "\n", "a\nb", "a\tb 👍", "е\u{301}:", "\u{a0}", "_"];
    let mut draft = draft(&names);
    for item in &mut draft.items {
        item.attributes = ["", " ", "Weight score", "Weight_score", "a\nb", "е\u{301} 👍"]
            .iter()
            .map(|name| ((*name).to_owned(), Stated::Words("5".to_owned())))
            .collect();
    }
    let (schema, settled) = kept(Given::Nothing, &draft);
    assert!(settled.statement.set.iter().all(|own| own.attributes.len() == 6));
    let attributes: Vec<(&str, &str)> =
        schema.layers[0].attributes.iter().map(|own| (own.id.as_str(), own.title.in_language("en"))).collect();
    assert!(attributes.contains(&("Weight_score", "Weight score")), "{attributes:?}");
    assert!(attributes.contains(&("Weight_score_2", "Weight_score")), "{attributes:?}");
}

#[test]
fn a_carried_tagset_keeps_its_names_and_those_beyond_it_stay_apart() {
    let mut layers = Vec::new();
    for name in ["Person", "person", "Person"] {
        add(&mut layers, name, name, None, LayerKind::Span);
    }
    add(&mut layers, "PER", "Се\u{301}рик 👤", None, LayerKind::Span);
    let ids: Vec<&str> = layers.iter().map(|own| own.id.as_str()).collect();
    assert_eq!(ids, ["person", "person_2", "PER"]);
    let carried = Schema { name: "ls".to_owned(), version: 1, layers };
    let (_, settled) = kept(Given::Carried(&carried), &draft(&["person", "Person", "PERSON", "PER", "per"]));
    let found: Vec<&str> = settled.statement.set.iter().map(|own| own.layer.as_str()).collect();
    assert_eq!(found, ["person_2", "person", "PERSON", "PER", "per"]);
}

#[test]
fn the_schema_in_force_takes_what_differs_in_case_and_each_renaming_is_told_once() {
    let schema = Schema::builtin();
    let draft = draft(&["Quote", "quote", "quote", "Цитата", "За\u{301}мок 👍"]);
    let (_, settled) = kept(Given::InForce(&schema), &draft);
    let found: Vec<&str> = settled.statement.set.iter().map(|own| own.layer.as_str()).collect();
    assert_eq!(found, ["quote", "quote", "quote", "quote", "за\u{301}мок_👍"]);
    let named = named(Given::InForce(&schema), std::iter::once(&draft));
    let told: Vec<String> = renamed(&named, std::iter::once(&draft)).iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "«Quote» is quote here (1 annotation)",
            "«За\u{301}мок 👍» is за\u{301}мок_👍 here (1 annotation)",
            "«Цитата» is quote here (1 annotation)",
        ]
    );
}

#[test]
fn a_name_that_only_one_layer_of_the_schema_in_force_has_for_a_label_is_that_label() {
    let labels = |ids: &[&str]| ids.iter().map(|id| new_label(LabelId::new(*id), id, None, Vec::new())).collect();
    let layer =
        |id: &str, ids: &[&str]| Layer { labels: labels(ids), ..empty_layer(id.to_owned(), id, LayerKind::Span) };
    let layers = vec![layer("тема", &["труд", "мо\u{301}ст", "both"]), layer("claim", &["claim", "both"])];
    let schema = Schema { name: "👍".to_owned(), version: 1, layers };
    let names = ["труд", "both", "Мо\u{301}ст", "claim", "Other:труд", "👍"];
    let found = |names: &[&str]| {
        let (_, settled) = kept(Given::InForce(&schema), &draft(names));
        let ids = settled.statement.set.iter().map(|own| format!("{}:{}", own.layer.as_str(), own.label.as_str()));
        ids.collect::<Vec<_>>()
    };
    assert_eq!(found(&names[..4]), ["тема:труд", "both:both", "тема:мо\u{301}ст", "claim:claim"]);
    assert_eq!(found(&names), ["труд:труд", "both:both", "тема:мо\u{301}ст", "claim:claim", "other:труд", "👍:👍"]);
    let (_, settled) = kept(Given::Carried(&schema), &draft(&["труд"]));
    assert_eq!(settled.statement.set.iter().next().map(|own| own.layer.as_str()), Some("труд"), "a tagset is exact");
    let unknown = Called::named(&schema, &LayerId::new("труд"), &LabelId::new("труд"));
    assert_eq!(unknown.tag(), "Труд:труд", "what is of another layer says so");
}

#[test]
fn names_of_others_go_through_every_format_and_are_the_same_in_another_corpus() {
    let names =
        ["Person", "person", "New York", "New_York", "new York", "Theme: rights", "http://x.org/й", "Қа\u{301}ғаз 👍"];
    let (schema, settled) = kept(Given::Nothing, &draft(&names));
    let text = settled.statement.text;
    let document = Document::new(DocumentId::new("й.txt"), text.clone());
    let (digest, set) = (Digest::of(&text), settled.statement.set.as_ref());
    let source = Source { document: &document, digest: &digest, annotator: "alpha", revision: 0, schema: &schema, set };
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    let ids = |set: &AnnotationSet| sorted(set.iter().map(|own| own.layer.to_string()).collect());
    // The line of all there is has ids alone.
    for format in FORMATS.iter().filter(|own| own.read.is_some() && own.name != "jsonl") {
        let draft = tests::read(format, &tests::written(format, &[source])).remove(0);
        let again = settle(draft.clone(), &text, Some(&schema), &Origin::Manual);
        assert_eq!(ids(&again.statement.set), ids(set), "{format}");
        let given = draft.schema.as_ref().map_or(Given::Nothing, Given::Carried);
        let fresh = named(given, std::iter::once(&draft));
        let other = settle(draft.clone(), &text, Some(&fresh), &Origin::Manual).statement.set;
        let back = other.iter().map(|own| Called::of(&fresh, own).tag()).collect();
        assert_eq!(sorted(back), sorted(names.map(str::to_owned).to_vec()), "{format}");
    }
}

#[test]
fn attributes_that_are_called_otherwise_are_told_too() {
    let mut draft = draft(&["Person", "Person"]);
    for item in &mut draft.items {
        item.attributes = vec![("Вес балла\u{301} 👍".to_owned(), Stated::Flag(true))];
    }
    let named = named(Given::Nothing, std::iter::once(&draft));
    let told: Vec<String> = renamed(&named, std::iter::once(&draft)).iter().map(ToString::to_string).collect();
    assert_eq!(told, ["«Вес балла\u{301} 👍» is the attribute Вес_балла\u{301}_👍 here (2 annotations)"]);
}
