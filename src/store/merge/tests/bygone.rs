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

/// What is told where theirs says `theirs`, ours went through `states`, and nothing is in common.
fn told(states: &[State], theirs: &State) -> Vec<String> {
    let mut before = State::default();
    let transactions: Vec<_> =
        states.iter().map(|state| state.edits_from(&std::mem::replace(&mut before, state.clone()))).collect();
    let lines = lines(&transactions);
    let used = (20, 20);
    let parts: Vec<&[u8]> = lines.as_bytes().split_inclusive(|byte| *byte == b'\n').collect();
    combine(&State::default(), &before, theirs, used).told_against(&before, || Bygone::of(&parts)).conflicts
}

fn sentence(name: &str) -> String {
    format!("{name}: it was taken away or changed here before, and theirs has it as it was; it is kept")
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
