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
