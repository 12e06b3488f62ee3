use super::*;
use crate::exchange::Memory;
use crate::exchange::fixture::{Fixture, text};
use crate::exchange::tests::written;

#[test]
fn what_is_written_is_read_back_minus_what_was_told() {
    crate::exchange::tests::law(&FORMAT);
}

#[test]
fn what_is_written_has_no_blanks_at_its_ends_since_readers_strip_the_line() {
    let mut fixture = Fixture::of("Он  \n За\u{301}мок 👩🏽\u{200d}🌾 \nда");
    let within = fixture.find("  \n За\u{301}мок 👩🏽\u{200d}🌾 \n");
    fixture.add("quote", "quote", text(vec![within]), &[]);
    let Memory(files) = written(&FORMAT, &[fixture.source()]);
    let lines = String::from_utf8(files["речи/аким.ann"].clone()).unwrap();
    assert_eq!(lines, "T1\tQuote 6 17\tЗа\u{301}мок 👩🏽\u{200d}🌾\n");
}

#[test]
fn blanks_at_a_line_end_within_a_fragment_stay() {
    let mut fixture = Fixture::of(" За\u{301}мок  \n 👍 ");
    let whole = text(vec![fixture.document.text.whole().unwrap()]);
    fixture.add("quote", "quote", whole, &[]);
    let Memory(files) = written(&FORMAT, &[fixture.source()]);
    let lines = String::from_utf8(files["речи/аким.ann"].clone()).unwrap();
    assert_eq!(lines, "T1\tQuote 1 9;10 12\tЗа\u{301}мок    👍\n");
}

/// What the lines of a file on the text `За́мок 👍 да` say, and what is told of it.
fn taken(lines: &str) -> (Vec<crate::exchange::Item>, Vec<String>) {
    let files = [("а.ann", lines), ("а.txt", "За\u{301}мок 👍 да")].map(|(name, own)| (name.to_owned(), own.into()));
    let draft = crate::exchange::tests::read(&FORMAT, &Memory(files.into())).remove(0);
    (draft.items, draft.refusals.iter().map(ToString::to_string).collect())
}

#[test]
fn the_kind_of_a_note_by_others_stays_in_its_words() {
    let lines = "T1\tА 0 6\tЗа\u{301}мок\n#1\tAnnotatorNotes T1\tи\u{306}\n#2\tNormalization T1\tQ1\n#3\tTODO T1\n";
    let (items, told) = taken(lines);
    assert_eq!(items[0].note.as_deref(), Some("и\u{306}\nNormalization: Q1\nTODO: "));
    assert_eq!(told, Vec::<String>::new());
}

#[test]
fn a_relation_of_three_is_told_and_apart_without_numbers_is_an_attribute() {
    let lines = "T1\tА 0 6\tЗа\u{301}мок\nR1\tЁ Arg1:T1 Arg2:T1 Arg3:T1\nA1\tapart T1 👍\n";
    let (items, told) = taken(lines);
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].attributes, [("apart".to_owned(), crate::exchange::Stated::Words("👍".to_owned()))]);
    assert_eq!(told, ["а.ann:2: expected two arguments, as in Arg1:T1 Arg2:T2"]);
}

#[test]
fn a_line_that_stands_for_itself_goes_on_no_other() {
    let lines = "T1\tА 0 6\tЗа\u{301}мок\nA1\tNegation T1\nT2 Б 7 8 👍\nORG\t9\t11\tда\nслово\n#1\tAnnotatorNotes T1\tи\u{306}\nдальше\n";
    let (items, told) = taken(lines);
    let layers: Vec<_> = items.iter().map(|own| own.layer.as_deref().unwrap()).collect();
    assert_eq!(layers, ["А", "Б"]);
    assert_eq!(items[0].attributes, [("Negation".to_owned(), crate::exchange::Stated::Flag(true))]);
    assert_eq!(items[0].note.as_deref(), Some("и\u{306} дальше"));
    let reasons = [
        "3: blanks stand where tabs belong: it is taken as if they were tabs",
        "4: expected an id such as T1, R2, A3 or #4, found ORG",
        "5: expected a tab behind the id",
    ];
    assert_eq!(told, reasons.map(|own| format!("а.ann:{own}")));
}

/// Each item in a line: its id and layer, or its ends and label, and its attributes in words.
fn shown(items: &[crate::exchange::Item]) -> Vec<String> {
    let line = |own: &crate::exchange::Item| {
        let said: Vec<String> = own.attributes.iter().map(|(name, own)| format!(" {name}={own:?}")).collect();
        match &own.target {
            crate::exchange::Aim::Relation { from, to } => format!("{from} {} {to}", own.label.as_ref().unwrap()),
            _ => format!("{} {}{}", own.id, own.layer.as_ref().unwrap(), said.concat()),
        }
    };
    items.iter().map(line).collect()
}

#[test]
fn events_are_relations_from_their_triggers_and_each_has_an_annotation_of_its_own() {
    let lines = "E2\tЁ:T1 Who:E3 Theme:T2\nT1\tЁ 0 6\tЗа\u{301}мок\nT2\tА 7 8\t👍\nT3\tА 9 11\tда\n\
        E1\tЁ:T1 Theme:T2 Theme2:T3 Arg1:T2\nE3\tИ\u{306}:T2\nR1\tдо Arg1:E1 Arg2:E3\nA1\tNeg E1\n";
    let (items, told) = taken(lines);
    let expected = [
        "T1 Ё",
        "T2 А",
        "T3 А",
        "E1 Ё Neg=Flag(true)",
        "E3 И\u{306}",
        "E1 до E3",
        "T1 Who E3",
        "T1 Theme T2",
        "E1 Theme T2",
        "E1 Theme T3",
        "E1 Arg1 T2",
    ];
    let mut lines = shown(&items);
    lines.sort();
    let mut expected = expected.map(str::to_owned);
    expected.sort();
    assert_eq!((lines, told), (expected.to_vec(), vec![]));
}

#[test]
fn equivalents_are_relations_from_each_to_the_next_and_references_attributes() {
    let lines = "T1\tА 0 6\tЗа\u{301}мок\nT2\tА 7 8\t👍\nT3\tА 9 11\tда\n*\tEquiv T1 T2 T3\n\
        N1\tReference T2 Wikipedia:12\tи\u{306}\nN2\tReference T2 Q:7\n*\tEquiv T1\nE1\tА\nE2\tА:T9\nN3\tReference T2\n";
    let (items, told) = taken(lines);
    let attributes = [("Reference", "Wikipedia:12 и\u{306}"), ("Reference", "Q:7")]
        .map(|(name, words)| (name.to_owned(), crate::exchange::Stated::Words(words.to_owned())));
    assert_eq!(items[1].attributes, attributes);
    let relations: Vec<String> = shown(&items).into_iter().filter(|own| own.contains("Equiv")).collect();
    assert_eq!(relations, ["T1 Equiv T2", "T2 Equiv T3"]);
    let told_of = [
        "7: expected two equivalents or more, as in Equiv T1 T2",
        "8: expected a trigger, as in Attack:T1",
        "10: expected what the reference is of and what to, as in Reference T1 Wikipedia:12",
        "9: its trigger T9 is not there",
    ];
    assert_eq!(told, told_of.map(|own| format!("а.ann:{own}")));
}

#[test]
fn what_was_an_event_an_equivalence_or_a_reference_is_the_same_when_it_was_written_and_read_again() {
    let files = [
        ("речи/аким.txt", "За\u{301}мок 👍 да"),
        (
            "речи/аким.ann",
            "T1\tSay 0 6\tЗа\u{301}мок\nT2\tPerson 7 8\t👍\nE1\tSay:T1 Who:T2\nE2\tSay:T1 Who:E1\n\
                *\tEquiv T1 T2\nN1\tReference T2 Q:7\tи\u{306}\n",
        ),
    ];
    let files = Memory(files.map(|(name, own)| (name.to_owned(), own.into())).into());
    let draft = crate::exchange::tests::read(&FORMAT, &files).remove(0);
    let mut fixture = Fixture::of("За\u{301}мок 👍 да");
    let names = crate::exchange::naming::named(crate::exchange::naming::Given::Nothing, std::iter::once(&draft));
    let settle = |draft: crate::exchange::Draft, text: &crate::text::Text| {
        let settled = crate::exchange::settle(draft, text, Some(&names), &crate::annotation::Origin::Manual);
        assert_eq!(settled.refusals, vec![]);
        settled.statement
    };
    let first = settle(draft, &fixture.document.text);
    (fixture.set, fixture.schema) = (first.set.clone().into_owned(), names.clone());
    let written = written(&FORMAT, &[fixture.source()]);
    let again = settle(crate::exchange::tests::read(&FORMAT, &written).remove(0), &fixture.document.text);
    assert_eq!(again.lines()[1..], first.lines()[1..]);
    assert_eq!(first.set.len(), 6, "three about words, and who said what, and who is who");
}
