//! What our history took away and theirs still has comes back, and that is told.

use super::*;
use crate::store::format::EditV1;

/// A history of these transactions, in lines.
fn lines(transactions: &[Vec<EditV1>]) -> String {
    let lines = (1..)
        .zip(transactions)
        .map(|(revision, edits)| history::merging(revision, at(9), Vec::new(), edits.clone()).unwrap());
    lines.collect()
}

/// What ours went through, and a history of that.
fn went(states: &[State]) -> (State, String) {
    let mut before = State::default();
    let transactions: Vec<_> =
        states.iter().map(|state| state.edits_from(&std::mem::replace(&mut before, state.clone()))).collect();
    (before, lines(&transactions))
}

fn told_from(base: &State, ours: &State, lines: &str, theirs: &State) -> Vec<String> {
    let parts: Vec<&[u8]> = lines.as_bytes().split_inclusive(|byte| *byte == b'\n').collect();
    combine(base, ours, theirs, (20, 20)).told_against(ours, || Bygone::of(&parts)).conflicts
}

/// What is told where theirs says `theirs`, ours went through `states`, and nothing is in common.
fn told(states: &[State], theirs: &State) -> Vec<String> {
    let (ours, lines) = went(states);
    told_from(&State::default(), &ours, &lines, theirs)
}

fn sentence(name: &str) -> String {
    format!("{name}: one like it was taken away or changed here before, and theirs has it; it is kept")
}

#[test]
fn what_was_taken_away_and_comes_back_is_told_by_name_and_what_is_new_is_not() {
    let both = state("", &(theme(1, "тег", 0) + &theme(2, "и\u{306}👍", 4)));
    let one = state("", &theme(1, "тег", 0));
    let theirs = state("", &(theme(1, "тег", 0) + &theme(7, "и\u{306}👍", 4) + &theme(8, "новый", 4)));
    assert_eq!(told(&[both.clone(), one], &theirs), [sentence("T21")]);
    assert_eq!(told(std::slice::from_ref(&both), &theirs), Vec::<String>::new(), "it stands here");
    let again = [both.clone(), State::default(), both];
    assert_eq!(told(&again, &theirs), Vec::<String>::new(), "it was taken back itself");
}

#[test]
fn what_was_changed_before_it_was_taken_away_is_told_as_it_was() {
    let label = |label: &str| state("", &theme(1, label, 0));
    let states = [label("тег"), label("и\u{306}👍"), State::default()];
    assert_eq!(told(&states, &label("тег")), [sentence("T21")]);
    assert_eq!(told(&states, &label("и\u{306}👍")), [sentence("T21")]);
    let noted = theme(1, "тег", 0).replace("])),", "]), note: \"й\u{301} 👍\"),");
    assert_eq!(told(&states, &state("", &noted)), [sentence("T21")], "whatever was said of it");
}

#[test]
fn a_relation_comes_back_with_its_ends_and_a_speaker_with_the_quotation() {
    let people = person(1, "Й\u{301}од 👍", "аким");
    let quotes = said(1, 0, 1) + &said(2, 4, 1);
    let whole = state(&people, &(quotes.clone() + &relation(3, 1, 2)));
    let theirs = state(&people.replace("id: 1", "id: 5"), &(said(11, 0, 5) + &said(12, 4, 5) + &relation(13, 11, 12)));
    let expected = ["speaker 21 (Й\u{301}од 👍)", "Q21", "Q22", "A23"].map(sentence);
    assert_eq!(told(&[whole.clone(), State::default()], &theirs), expected);
    let without = state(&people, &quotes);
    assert_eq!(told(&[whole, without], &theirs), [sentence("A21")]);
}

#[test]
fn what_was_taken_away_before_the_text_changed_is_known_by_its_words_where_nothing_is_in_common() {
    let one = state("", &theme(1, "тег", 0));
    let (ours, lines) = went(&[one.clone(), State::default(), state("", &theme(2, "и\u{306}👍", 4))]);
    let lines = lines + &history::reanchoring(4, at(9), "й\u{301} 👍", Vec::new()).unwrap();
    let theirs = state("", &(theme(2, "и\u{306}👍", 4) + &theme(3, "тег", 7) + &theme(4, "новый", 7)));
    assert_eq!(told_from(&State::default(), &ours, &lines, &theirs), [sentence("T21")]);
    assert_eq!(told_from(&ours, &ours, &lines, &theirs), Vec::<String>::new(), "they went on from ours");
    let (ours, lines) = went(&[one.clone(), State::default()]);
    assert_eq!(told_from(&State::default(), &ours, &lines, &theirs), Vec::<String>::new(), "it stood elsewhere");
}
