//! What is put right.

use super::super::fix;
use super::{Case, RELATIONS, TEXT};
use crate::annotation::{Annotation, AnnotationId, Edit, Target};
use crate::text::Fragments;

/// What is left of the annotations, as words, after everything that can be is put right, with the number of edits.
fn put_right(case: &Case) -> (Vec<String>, usize) {
    let edits = fix(&case.document, &case.schema, &case.set, |_| true);
    let mut set = case.set.clone();
    set.apply_all(&edits).unwrap();
    let words = |own: &Annotation| {
        let spans = own.fragments().into_iter().flat_map(Fragments::spans);
        spans.map(|span| case.document.text.slice(*span)).collect::<Vec<_>>().join("…")
    };
    (set.iter().map(|own| format!("{} {}", own.name(), words(own))).collect(), edits.len())
}

#[test]
fn blanks_and_marks_at_an_edge_are_trimmed_as_far_as_they_go() {
    let case = Case::new(TEXT)
        .tag("theme/rights", " важен.\r\n", &[])
        .tag("theme/rights", "Право на труд, – ", &[])
        .tag("theme/youth", " – и ушёл, ", &[])
        .tag("theme/youth", "Тру\u{301}д…\r\n", &[])
        .tag("theme/youth", ":", &[]);
    let (words, edits) = put_right(&case);
    assert_eq!(words, ["T4 Тру\u{301}д", "T1 важен.", "T5 :", "T2 Право на труд", "T3 – и ушёл"]);
    assert_eq!(edits, 10);
}

#[test]
fn of_two_that_say_the_same_the_later_goes_unless_it_is_needed() {
    let mut case = Case::new(TEXT).with_schema(RELATIONS);
    for _ in 0..4 {
        case = case.tag("claim/x", "важен", &[]);
    }
    let related = Target::Relation { from: AnnotationId(1), to: AnnotationId(3) };
    let before = case.set.get(AnnotationId(4)).unwrap().clone();
    let after = Annotation { note: Some("нет 👍 и\u{306}".to_owned()), ..before.clone() };
    let case = case.add("answer/x", related, &[]).edit(&Edit::Replace { before, after });
    assert_eq!(put_right(&case).0, ["C1 важен", "C3 важен", "C4 важен", "A5 "]);
}
