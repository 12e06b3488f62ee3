use proptest::prelude::*;

use super::*;

/// The schema with these layers.
fn with_layers(layers: &str) -> String {
    format!("(\n    format: 1, name: \"и\u{306}👍\", version: 1,\n    layers: [\n{layers}\n    ],\n)")
}

/// Checks that the faulty schema `marked` is reported with `message` where `‸` stands in it.
///
/// The text before the mark has Cyrillic, an accent and an emoji, so that columns are seen to count code points.
#[track_caller]
fn check(marked: &str, message: &str) {
    let before = marked.split('‸').next().unwrap();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    let error = read(&marked.replace('‸', "")).expect_err("the schema is faulty");
    assert_eq!(error.to_string(), format!("{line}:{column}: {message}"), "in {marked}");
}

/// The same for a schema with these layers.
#[track_caller]
fn check_layers(layers: &str, message: &str) {
    check(&with_layers(layers), message);
}

#[test]
fn a_label_has_the_number_under_which_it_is_listed() {
    let layers = r#"(id: "право", labels: [(id: "é"), (id: "👍")]), (id: "и", labels: [(id: "👍"), (id: "é")])"#;
    for schema in [Schema::builtin(), read(&with_layers(&layers.replace('é', "e\u{301}"))).unwrap()] {
        for (number, (layer, label)) in schema.labels().enumerate() {
            assert_eq!(schema.label_number(&layer.id, &label.id), Some(number), "{layer:?} {label:?}");
        }
        let (first, last) = (schema.labels().next().unwrap(), schema.labels().last().unwrap());
        assert_eq!(schema.label_number(&first.0.id, &LabelId::new("нет")), None);
        assert_eq!(schema.label_number(&LayerId::new("нет"), &last.1.id), None);
    }
}

#[test]
fn the_builtin_schema_has_quotes_claims_themes_relations_and_genres() {
    let schema = Schema::builtin();
    assert_eq!((schema.name.as_str(), schema.version), ("speeches", 1));
    let labels: Vec<_> =
        schema.labels().map(|(layer, label)| (layer.id.as_str(), label.id.as_str(), label.key)).collect();
    assert_eq!(
        labels,
        [
            ("quote", "quote", Some('q')),
            ("claim", "claim", Some('c')),
            ("theme", "rights", Some('r')),
            ("theme", "youth", Some('y')),
            ("theme", "labour", Some('l')),
            ("argument", "supports", Some('s')),
            ("argument", "attacks", Some('a')),
            ("statement", "states", Some('t')),
            ("genre", "speech", None),
            ("genre", "debate", None),
            ("genre", "interview", None),
            ("genre", "report", None),
        ]
    );
    let layers = |ids: &[&str]| ids.iter().map(|id| LayerId::new(*id)).collect::<Vec<_>>();
    let relation = |from: &[&str], to: &[&str]| LayerKind::Relation { from: layers(from), to: layers(to) };
    let kinds: Vec<&LayerKind> = schema.layers.iter().skip(3).map(|layer| &layer.kind).collect();
    assert_eq!(kinds, [&relation(&["claim"], &["claim"]), &relation(&["quote"], &["claim"]), &LayerKind::Document]);
    assert_eq!(schema.span_labels().map(|(number, ..)| number).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    for layer in &schema.layers {
        assert!(layer.overlap == Overlap::Allowed && !layer.guideline.is_empty());
        for attribute in &layer.attributes {
            assert!(!attribute.guideline.is_empty(), "{}", attribute.id);
        }
    }
    for (layer, label) in schema.labels() {
        assert!(label.color.is_some() == (layer.kind == LayerKind::Span));
        assert!(!label.guideline.is_empty() && !label.aliases.is_empty(), "{}", label.id);
        assert!(
            matches!(&label.title, Title::PerLanguage(titles) if titles.keys().eq(["en", "kk", "ru"])),
            "{}",
            label.id
        );
    }
    let mode = schema.layer(&LayerId::new("quote")).unwrap().attribute(&AttributeId::new("mode")).unwrap();
    assert_eq!((mode.required, &mode.default), (true, &Some(Default::Choice("direct".to_owned()))));
}

#[test]
fn everything_a_schema_can_say_is_read() {
    let schema = read(&with_layers(
        r##"(id: "цитата", title: "Цита́та 👍", overlap: Forbidden, guideline: "г", labels: [
                (id: "a", title: {"ru": "а", "kk": "ә"}, key: 'a', color: "#56b4E9", guideline: "g", aliases: ["й"]), (id: "b")],
             attributes: [(id: "s", kind: Speaker, required: true), (id: "c", kind: Choice(["x", "й"]), default: "й"),
                (id: "f", kind: Flag, default: true), (id: "t", title: "t", kind: Text, default: Some("…"), guideline: "g")]),
            (id: "answers", kind: Relation(from: ["цитата"], to: []), labels: [(id: "yes", key: "a")]),
            (id: "genre", kind: Document, labels: [(id: "speech", key: "a")])"##,
    ))
    .unwrap();
    let [quote, answers, genre] = schema.layers.as_slice() else { panic!("three layers") };
    assert_eq!((&quote.title, quote.overlap), (&Title::One("Цита\u{301}та 👍".into()), Overlap::Forbidden));
    let [a, b] = quote.labels.as_slice() else { panic!("two labels") };
    assert_eq!(
        (a.key, a.color, a.title.in_language("kk")),
        (Some('a'), Some(Rgb { red: 0x56, green: 0xb4, blue: 0xe9 }), "ә")
    );
    assert_eq!((&b.title, b.key, b.color, b.aliases.len()), (&Title::One("b".into()), None, None, 0));
    let defaults: Vec<_> = quote.attributes.iter().map(|attribute| attribute.default.clone()).collect();
    let (choice, text) = (Default::Choice("й".into()), Default::Text("…".into()));
    assert_eq!(defaults, [None, Some(choice), Some(Default::Flag(true)), Some(text)]);
    assert_eq!(quote.attributes[1].kind, AttributeKind::Choice(vec!["x".into(), "й".into()]));
    assert_eq!(answers.kind, LayerKind::Relation { from: vec![LayerId::new("цитата")], to: vec![] });
    assert_eq!(
        (&genre.kind, genre.labels[0].key),
        (&LayerKind::Document, Some('a')),
        "other layers have menus of their own"
    );
}

#[test]
fn a_byte_order_mark_is_skipped_and_not_counted() {
    assert_eq!(read(&format!("\u{feff}{BUILTIN}")).unwrap(), Schema::builtin());
    let error = read("\u{feff}(format: 9)").unwrap_err();
    assert_eq!((error.line, error.column), (1, 10));
}

#[test]
fn the_format_is_stated_and_known() {
    check("‸(name: \"и\u{306}👍\")", "the file states no format; it should begin with `format: 1`");
    check("// и\u{306}👍\n‸(name: \"s\")", "the file states no format; it should begin with `format: 1`");
    check(
        "(name: \"и\u{306}👍\", format: /* ё */ ‸2, fields: [yet, unknown])",
        "format 2 is newer than this program, which reads format 1; a newer tribune is needed",
    );
    check("(format: ‸0)", "there is no format 0; this program reads format 1");
    check("(format: ‸\"1\")", "expected a whole number");
}

#[test]
fn broken_ron_is_reported_where_it_breaks() {
    check("‸", "expected `(`, which opens a group of fields");
    check("‸[]", "expected `(`, which opens a group of fields");
    check("(format: 1, name: \"и\u{306}👍\" ‸version: 1)", "expected a comma or a closing bracket");
    check("(format: 1, name: \"и\u{306}👍\", version: 1‸)", "the field `layers` is missing");
    check("(format: ‸99999999999)", "expected a whole number from 0 to 4294967295");
    check(
        "(format: 1, name: \"и\u{306}👍\", version: ‸-1, layers: [])",
        "the version is a whole number from 0 to 4294967295",
    );
    check("(format: 1, version: 1,\r\n layers: [], ‸layers: [], name: \"\")", "the field `layers` stands here twice");
    check("(format: 1, name: \"и\u{306}👍\",\n layers: [(‸", "the file ends too early; a bracket is not closed");
    check("(format: 1, name: ‸\"и\u{306}👍, version: 1)", "this string has no closing quote");
    check(&format!("{BUILTIN} ‸()"), "there is something behind the end of the schema");
}

#[test]
fn an_unknown_name_is_reported_with_its_nearest() {
    check_layers("(id: \"и\u{306}👍\", ‸label: [])", "there is no field `label` here; did you mean `labels`?");
    check_layers(
        "(id: \"и\u{306}👍\", labels: [(id: \"x\", ‸colour: \"\")])",
        "there is no field `colour` here; did you mean `color`?",
    );
    check_layers("(id: \"и\u{306}👍\", kind: ‸Spam, labels: [])", "there is no kind `Spam` here; did you mean `Span`?");
    check_layers(
        "(id: \"и\u{306}👍\", labels: [(id: \"x\")], attributes: [(id: \"y\", kind: ‸Number)])",
        "there is no kind `Number` here; there is Speaker, Choice, Flag, Text",
    );
}

#[test]
fn a_value_of_the_wrong_type_is_reported_at_the_value() {
    check_layers(
        "(id: \"и\u{306}👍\", title: ‸5, labels: [(id: \"x\")])",
        "expected a title in quotes, or titles by language as in {\"en\": \"quote\", \"ru\": \"цитата\"}, found the unsigned integer `5`",
    );
    check_layers("(id: \"и\u{306}👍\", title: {\"en\":\n ‸5}, labels: [(id: \"x\")])", "expected a string in quotes");
    check_layers("(id: \"и\u{306}👍\", labels: [(id: \"x\",\nkey: /* /* й */ */ ‸5)])", "expected a string in quotes");
    check_layers("(id: \"и\u{306}👍\", labels: ‸5)", "expected a list in [brackets]");
}

#[test]
fn ids_are_words_that_differ() {
    check_layers("(id: /* и\u{306}👍 */ ‸\"\", labels: [])", "the id is empty");
    check_layers("(id: // и\u{306}👍\n ‸\"a b\", labels: [])", "an id has no blanks in it, but `a b` has");
    check_layers(
        "(id: \"x\", labels: [(id: \"и\u{306}👍\"), (id: ‸\"a\\u{a0}b\")])",
        "an id has no blanks in it, but `a\\u{a0}b` has",
    );
    check_layers(
        "(id: \"и\u{306}👍\", labels: [(id: \"x\")]), (id: \"x\", labels: []), (id: ‸\"и\u{306}👍\", labels: [])",
        "there is another layer called `и\u{306}👍`; ids must differ",
    );
    check_layers(
        "(id: \"y\", labels: [(id: \"x\"), (id: \"и\u{306}👍\"), (id: ‸\"x\")])",
        "there is another label called `x`; ids must differ",
    );
    check_layers(
        "(id: \"y\", labels: [(id: \"x\")], attributes: [(id: \"и\u{306}👍\", kind: Flag), (id: ‸\"и\u{306}👍\", kind: Text)])",
        "there is another attribute called `и\u{306}👍`; ids must differ",
    );
}

#[test]
fn there_is_a_layer_and_every_layer_has_a_label() {
    check(
        "(format: 1, name: \"и\u{306}👍\", version: 1, layers: ‸[])",
        "the schema has no layer; it needs one at least",
    );
    check_layers("(id: \"и\u{306}👍\", labels: ‸[ ])", "the layer `и\u{306}👍` has no label; it needs one at least");
    check("(format: 1, name: /* и\u{306}👍 */ ‸\" \", version: 1, layers: [])", "the schema has no name");
}

#[test]
fn titles_are_not_empty_and_one_per_language() {
    check_layers("(id: \"и\u{306}👍\", title: ‸\" \", labels: [(id: \"x\")])", "the title is empty");
    check_layers(
        "(id: \"и\u{306}👍\", labels: [(id: \"x\", title: ‸{})])",
        "there is a title in no language; write one, or leave `title` out",
    );
    check_layers(
        "(id: \"y\", title: {\"ru\": \"и\u{306}👍\", ‸\"kk\": \"\"}, labels: [(id: \"x\")])",
        "the title in the language `kk` is empty",
    );
    check_layers(
        "(id: \"y\", title: {\"ru\": \"и\u{306}👍\", ‸\"ru\": \"й\"}, labels: [(id: \"x\")])",
        "there is another title in the language `ru`",
    );
}

#[test]
fn keys_are_lower_case_letters_that_differ_among_the_span_layers() {
    check_layers(
        "(id: \"и\u{306}👍\", labels: [(id: \"x\", key: \"k\")]), (id: \"y\", labels: [(id: \"x\", key: ‸'k')])",
        "the key `k` picks another label already",
    );
    check_layers(
        "(id: \"и\u{306}👍\", kind: Document, labels: [(id: \"x\", key: \"k\"), (id: \"y\", key: ‸\"k\")])",
        "the key `k` picks another label already",
    );
    for key in ["K", "", "kk", "й", "5", "и\u{306}", "👍"] {
        let layer = format!("(id: \"и\u{306}👍\", labels: [(id: \"x\", key: ‸\"{key}\")])");
        check_layers(&layer, &format!("a key is one lower-case letter from a to z, not `{key}`"));
    }
}

#[test]
fn colours_have_six_digits() {
    for color in ["", "56B4E9", "#56B4E", "#56B4E9F", "#56B4Eй", "#+6B4E9", "red", "👍"] {
        let layer = format!("(id: \"и\u{306}👍\", labels: [(id: \"x\", color: ‸\"{color}\")])");
        check_layers(&layer, &format!("a colour is # and six hexadecimal digits, as in #56B4E9, not `{color}`"));
    }
}

#[test]
fn choices_are_words_that_differ() {
    let attribute =
        |kind: &str| format!("(id: \"и\u{306}👍\", labels: [(id: \"x\")], attributes: [(id: \"y\", kind: {kind})])");
    check_layers(&attribute("‸Choice([])"), "there is nothing to choose from; a choice needs one word at least");
    check_layers(&attribute("Choice([\"и\u{306}👍\", ‸\" \"])"), "the word to choose is empty");
    check_layers(&attribute("Choice([\"и\u{306}👍\", \"x\", // \"x\"\n ‸\"x\"])"), "`x` is among the choices already");
}

#[test]
fn a_default_fits_its_attribute() {
    let attribute =
        |rest: &str| format!("(id: \"и\u{306}👍\", labels: [(id: \"x\")], attributes: [(id: \"y\", kind: {rest})])");
    check_layers(
        &attribute("Speaker, default: ‸\"и\u{306}\""),
        "a speaker has no default: a schema does not know who speaks",
    );
    check_layers(&attribute("Flag, default: ‸\"и\u{306}\""), "the default of a flag is true or false");
    check_layers(&attribute("Text, default: ‸true"), "the default of a text is a string in quotes");
    check_layers(
        &attribute("Choice([\"й\", \"x\"]), default: ‸\"и\u{306}\""),
        "the default is one of the choices in quotes: й, x",
    );
    check_layers(
        &attribute("Choice([\"й\", \"x\"]), default: ‸x"),
        "the default is one of the choices in quotes: й, x",
    );
}

#[test]
fn relations_join_layers_that_exist() {
    check_layers(
        "(id: \"и\u{306}👍\", labels: [(id: \"x\")]), (id: \"r\", kind: Relation(from: [\"r\"], to: [\"r\", ‸\"y\"]), labels: [(id: \"x\")])",
        "there is no layer `y` in this schema",
    );
}

#[test]
fn deep_nesting_is_refused() {
    for bracket in ["[", "(", "{", "Some(", "/*", "Choice([", "{\"и\u{306}👍\":"] {
        let nested = bracket.repeat(100_000);
        read(&nested).unwrap_err();
        read(&with_layers(&nested)).unwrap_err();
        read(&format!("(format: {nested}")).unwrap_err();
        read(&with_layers(&format!("(id: \"x\", title: {nested}"))).unwrap_err();
    }
}

/// What schema files are made of.
fn fragment() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"",
        "'",
        "\\",
        "/*",
        "*/",
        "//",
        "\n",
        " ",
        "#",
        "r#\"",
        "\"#",
        "1",
        "-",
        ".",
        "0x",
        "b'",
        "format: 1",
        "name: \"s\"",
        "version: 1",
        "layers: [",
        "(id: \"a\"",
        "labels: [",
        "title",
        "kind: ",
        "Choice(",
        "Some(",
        "Span",
        "Relation(",
        "from: ",
        "key: \"q\"",
        "color: \"#000000\"",
        "#![enable(",
        "unwrap_newtypes",
        "explicit_struct_names",
        ")]",
        "default: true",
        "None",
        "Schema",
        "и\u{306}",
        "👩🏽\u{200d}🌾",
        "Қ",
        "\u{feff}",
        "\u{0}",
        "\r\n",
    ])
}

proptest! {
    #[test]
    fn no_text_makes_reading_panic(source in any::<String>()) {
        drop(read(&source));
    }

    #[test]
    fn no_soup_of_ron_makes_reading_panic(fragments in prop::collection::vec(fragment(), 0..60)) {
        drop(read(&fragments.concat()));
    }

    #[test]
    fn no_damage_to_a_schema_makes_reading_panic(
        at in any::<prop::sample::Index>(),
        length in 0..40_usize,
        fragment in fragment(),
    ) {
        let chars: Vec<char> = BUILTIN.chars().collect();
        let at = at.index(chars.len());
        let behind = (at + length).min(chars.len());
        let damaged: String = chars[..at].iter().copied().chain(fragment.chars()).chain(chars[behind..].iter().copied()).collect();
        if let Err(error) = read(&damaged) {
            let line = damaged.trim_start_matches('\u{feff}').split('\n').nth(error.line - 1);
            prop_assert!(line.is_some_and(|line| error.column <= line.chars().count() + 1), "{} is outside the file", error);
        }
    }
}
