use super::*;
use crate::exchange::Spot;

const TEXT: &str = "😀 За\u{301}мок, 👩🏽\u{200d}🌾 и труд труд";

fn text() -> Text {
    Text::new(TEXT.to_owned()).unwrap()
}

/// A draft of these pieces with their words, each on a line of its own.
fn draft(pieces: &[(usize, usize, &str)]) -> Draft {
    let item = |(line, (start, end, words)): (usize, &(usize, usize, &str))| Item {
        spot: Spot::new("a.ann", line),
        id: format!("T{line}"),
        layer: Some("Theme".to_owned()),
        target: Aim::Text {
            pieces: std::iter::once(*start..*end).collect(),
            words: vec![(*words).to_owned()],
            apart: None,
        },
        ..Item::default()
    };
    Draft { items: (1..).zip(pieces).map(item).collect(), ..Draft::default() }
}

fn settled(draft: Draft) -> (Unit, Vec<String>, Vec<String>) {
    let settled = settle(draft, &text(), None, &Origin::Manual);
    let words = settled.statement.set.iter().flat_map(|own| own.fragments().unwrap().spans().to_vec());
    let words = words.map(|span| settled.statement.text.slice(span).to_owned()).collect();
    (settled.unit, words, settled.refusals.iter().map(ToString::to_string).collect())
}

#[test]
fn the_unit_is_the_one_under_which_all_words_are_found() {
    let words = || vec!["За\u{301}мок".to_owned(), "труд".to_owned()];
    for (unit, one, other) in [
        (Unit::CodePoints, (2, 8), (17, 21)),
        (Unit::Utf16, (3, 9), (21, 25)),
        (Unit::Bytes, (5, 17), (38, 46)),
        (Unit::Graphemes, (2, 7), (13, 17)),
    ] {
        let pieces = [(one.0, one.1, "За\u{301}мок"), (other.0, other.1, "труд")];
        assert_eq!(settled(draft(&pieces)), (unit, words(), vec![]));
    }
}

#[test]
fn what_is_not_found_at_its_offsets_is_refused_with_what_is_there_and_the_rest_is_kept() {
    let pieces =
        [(2, 8, "За\u{301}мок"), (17, 21, "труды"), (3, 4, "а"), (17, 99, "труд"), (5, 5, ""), (17, 21, "труд")];
    let (unit, words, refusals) = settled(draft(&pieces));
    assert_eq!((unit, words.len()), (Unit::CodePoints, 2));
    assert_eq!(
        refusals,
        [
            "a.ann:2: at 17 to 21 (code points) there is «труд», not «труды»",
            "a.ann:3: 3 to 4 cuts a character in two",
            "a.ann:4: 17 to 99 goes beyond the text",
            "a.ann:5: nothing is between 5 and 5",
        ]
    );
}

#[test]
fn blanks_in_the_words_may_be_others_than_in_the_text() {
    let text = Text::new("й\n😀  e\u{301}".to_owned()).unwrap();
    let settled = settle(draft(&[(0, 7, "й 😀 e\u{301}")]), &text, None, &Origin::Manual);
    assert_eq!((settled.refusals, settled.statement.set.len()), (vec![], 1));
}

#[test]
fn numbers_stay_where_they_differ_and_else_count_in_text_order() {
    let numbers = |ids: [&str; 3]| {
        let mut draft = draft(&[(17, 21, "труд"), (2, 8, "За\u{301}мок"), (0, 1, "😀")]);
        draft.items.iter_mut().zip(ids).for_each(|(item, id)| item.id = id.to_owned());
        settle(draft, &text(), None, &Origin::Manual).statement.set.iter().map(|own| own.id.0).collect::<Vec<_>>()
    };
    assert_eq!(numbers(["T7", "R2", "T40"]), [40, 2, 7]);
    assert_eq!(numbers(["T7", "R7", "T40"]), [1, 2, 3]);
    assert_eq!(numbers(["T7", "x", "T40"]), [1, 2, 3]);
}

#[test]
fn words_are_what_the_schema_says_and_a_speaker_is_found_by_name() {
    let schema = Schema::builtin();
    let mut draft = draft(&[(0, 1, "😀"), (2, 8, "За\u{301}мок")]);
    for item in &mut draft.items {
        item.layer = Some("ЦИТАТА".to_owned());
        let words = |name: &str, words: &str| (name.to_owned(), Stated::Words(words.to_owned()));
        item.attributes = vec![words("speaker", "Се\u{301}рик 👤"), words("mode", "direct"), words("other", "x")];
    }
    let set = settle(draft, &text(), Some(&schema), &Origin::Manual).statement.set;
    assert_eq!(set.speakers().map(|own| own.name.as_str()).collect::<Vec<_>>(), ["Се\u{301}рик 👤"]);
    let own = set.iter().next().unwrap();
    assert_eq!((own.layer.as_str(), own.label.as_str()), ("quote", "quote"));
    let value = |name: &str| own.attributes.get(&AttributeId::new(name)).unwrap().clone();
    assert_eq!(value("speaker"), Value::Speaker(SpeakerId(1)));
    assert_eq!(value("mode"), Value::Choice("direct".to_owned()));
    assert_eq!(value("other"), Value::Text("x".to_owned()));
}

#[test]
fn attributes_of_one_name_stand_in_a_row_and_only_one_speaker_is_taken() {
    let mut draft = draft(&[(2, 8, "За\u{301}мок")]);
    let words = |name: &str, words: &str| (name.to_owned(), Stated::Words(words.to_owned()));
    let speaker = |name: &str| ("кто".to_owned(), Stated::Speaker(name.to_owned()));
    draft.items[0].attributes = vec![
        words("мода", "и\u{306}"),
        words("мода", "👍"),
        words("мода", "👍; и\u{306}"),
        ("да".to_owned(), Stated::Flag(true)),
        ("да".to_owned(), Stated::Flag(true)),
        speaker("А"),
        speaker("Ё"),
    ];
    let settled = settle(draft, &text(), None, &Origin::Manual);
    let own = settled.statement.set.iter().next().unwrap();
    let said: Vec<_> = own.attributes.iter().map(|(id, value)| (id.as_str(), value.clone())).collect();
    let row = Value::Text("и\u{306}; 👍; 👍; и\u{306}".to_owned());
    assert_eq!(said, [("да", Value::Flag(true)), ("кто", Value::Speaker(SpeakerId(1))), ("мода", row)]);
    let told: Vec<_> = settled.refusals.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["a.ann:1: it says кто several times: only the first is taken"]);
}

#[test]
fn a_relation_to_one_that_is_refused_is_refused_too() {
    let relation = |id: &str, from: &str, to: &str| Item {
        spot: Spot::new("a.ann", 9),
        id: id.to_owned(),
        target: Aim::Relation { from: from.to_owned(), to: to.to_owned() },
        ..Item::default()
    };
    let mut draft = draft(&[(0, 1, "😀"), (2, 8, "За\u{301}мки")]);
    draft.items.push(relation("R1", "T1", "T2"));
    draft.items.push(relation("R2", "R1", "T1"));
    draft.items.push(relation("R3", "T1", "T1"));
    draft.items.push(relation("R4", "R3", "R2"));
    draft.items.push(relation("R5", "R3", "T1"));
    let settled = settle(draft, &text(), None, &Origin::Manual);
    assert_eq!(settled.statement.set.len(), 3);
    let told: Vec<_> = settled.refusals.iter().map(ToString::to_string).filter(|own| own.contains("relates")).collect();
    let told_of = |end: &str| format!("a.ann:9: it relates to {end}, which is not there");
    assert_eq!(told, [told_of("T2"), told_of("R1"), told_of("R2")]);
}
