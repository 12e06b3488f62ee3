//! What both sides did to records whose numbers mean the same.

use super::*;

#[test]
fn additions_of_both_sides_combine_and_what_refers_to_them_follows() {
    let base = state(&person(1, "А\u{301}", ""), &theme(1, "rights", 0));
    let ours = state(
        &[person(1, "А\u{301}", ""), person(2, "Б", "")].concat(),
        &[theme(1, "rights", 0), said(2, 10, 2), theme(3, "youth", 20)].concat(),
    );
    let theirs = state(
        &[person(1, "А\u{301}", ""), person(2, "В", ""), person(3, "Б", "аким")].concat(),
        &[theme(1, "rights", 0), said(2, 30, 2), theme(3, "youth", 20), said(4, 40, 3), relation(5, 2, 3)].concat(),
    );
    let expected = state(
        &[person(1, "А\u{301}", ""), person(2, "Б", "аким"), person(4, "В", "")].concat(),
        &[
            theme(1, "rights", 0),
            said(2, 10, 2),
            theme(3, "youth", 20),
            said(4, 40, 2),
            relation(5, 6, 3),
            said(6, 30, 4),
        ]
        .concat(),
    );
    combines(&base, &ours, &theirs, &expected, &[]);
}

#[test]
fn the_same_relation_between_the_same_additions_is_one() {
    let ours = state("", &[theme(1, "a", 0), theme(2, "b", 5), relation(3, 1, 2)].concat());
    let theirs = state("", &[theme(1, "b", 5), theme(2, "a", 0), relation(3, 2, 1)].concat());
    combines(&State::default(), &ours, &theirs, &ours, &[]);
}

#[test]
fn what_one_side_did_is_taken_and_what_both_did_is_done_once() {
    let base = state(
        "",
        &[theme(1, "a", 0), theme(2, "a", 5), theme(3, "a", 9), theme(4, "a", 12), theme(5, "a", 15)].concat(),
    );
    let ours = state("", &[theme(1, "b", 0), theme(2, "a", 5), theme(3, "c", 9), theme(5, "b", 15)].concat());
    let theirs = state("", &[theme(1, "a", 0), theme(3, "c", 9), theme(4, "a", 12), theme(5, "a", 16)].concat());
    let expected = state("", &[theme(1, "b", 0), theme(3, "c", 9), theme(5, "b", 16)].concat());
    combines(&base, &ours, &theirs, &expected, &[]);
}

#[test]
fn contradictions_are_kept_side_by_side_and_listed() {
    let base = state(&person(1, "А\u{301}", ""), &[theme(1, "a", 0), theme(2, "a", 5), theme(3, "a", 9)].concat());
    let ours = state(&person(1, "А\u{301}", "аким"), &[theme(1, "b", 0), theme(2, "b", 5)].concat());
    let theirs = state(&person(1, "А\u{301}", "👍"), &[theme(1, "c", 0), theme(3, "b", 9)].concat());
    let expected = state(
        &[person(1, "А\u{301}", "аким"), person(2, "А\u{301}", "👍")].concat(),
        &[theme(1, "b", 0), theme(2, "b", 5), theme(3, "b", 9), theme(4, "c", 0)].concat(),
    );
    combines(
        &base,
        &ours,
        &theirs,
        &expected,
        &[
            "speaker 1 (А\u{301}): both sides changed it; theirs is kept as speaker 2 (А\u{301})",
            "T1: both sides changed it; theirs is kept as T4",
            "T2: they deleted it and we changed it; it is kept",
            "T3: we deleted it and they changed it; it is kept",
        ],
    );
}

#[test]
fn what_one_side_deleted_and_the_other_refers_to_is_kept() {
    let base = state(&person(1, "А\u{301}", ""), &[theme(1, "a", 0), theme(2, "a", 5)].concat());
    let ours = state("", &theme(2, "a", 5));
    let theirs = state(
        &person(1, "А\u{301}", ""),
        &[theme(1, "a", 0), theme(2, "a", 5), said(3, 9, 1), relation(4, 2, 1)].concat(),
    );
    combines(
        &base,
        &ours,
        &theirs,
        &theirs,
        &[
            "T1: one side deleted it and A4 of the other leads to it; it is kept",
            "speaker 1 (А\u{301}): one side deleted it and Q3 of the other names it; it is kept",
        ],
    );
}

#[test]
fn a_side_that_did_nothing_changes_nothing() {
    let base = state(&person(1, "А\u{301}", ""), &[theme(1, "a", 0), theme(2, "a", 5)].concat());
    let other = state(
        &[person(1, "А\u{301}", "аким"), person(2, "Б", "")].concat(),
        &[theme(2, "b", 5), said(3, 9, 2), relation(7, 3, 2)].concat(),
    );
    combines(&base, &other, &base, &other, &[]);
    combines(&base, &base, &other, &other, &[]);
    combines(&base, &other, &other, &other, &[]);
    combines(&State::default(), &other, &other, &other, &[]);
}

#[test]
fn fresh_numbers_are_above_those_of_the_history_and_below_the_last() {
    let (ours, theirs) = (state("", &theme(1, "a", 0)), state("", &theme(1, "b", 5)));
    let numbers =
        |used| combine(&State::default(), &ours, &theirs, used).state.annotations.into_keys().collect::<Vec<_>>();
    assert_eq!(numbers((7, 0)), [1, 8]);
    assert_eq!(numbers((crate::store::format::LAST_ID, 0)), [1, 2]);
}
