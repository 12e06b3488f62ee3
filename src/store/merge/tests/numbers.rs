//! Numbers that mean something else on each side.

use super::*;

/// A theme with a note.
fn noted(id: u32, label: &str, start: usize) -> String {
    theme(id, label, start).replace("),", ", note: \"й\u{301} 👍\"),")
}

#[test]
fn speakers_whose_numbers_are_exchanged_keep_their_quotes() {
    let (a, b) = (|id| person(id, "А\u{301}", ""), |id| person(id, "Б 👍", "аким"));
    let start = state(&a(1), "");
    let ours = state(&[a(1), b(2)].concat(), &said(1, 0, 2));
    let theirs = state(&[a(1), person(2, "В", "")].concat(), &said(1, 9, 2));
    let Combined { state: here, .. } = combine(&start, &ours, &theirs, (0, 0));
    let Combined { state: there, .. } = combine(&start, &theirs, &ours, (0, 0));
    assert_eq!([&here, &there].map(|state| state.speakers[&3].name.as_str()), ["В", "Б 👍"]);
    // Both go on, and git merges what each was merged of for a base.
    let mut later = there.clone();
    let quote = state(&b(3), &said(7, 20, 3)).annotations;
    later.annotations.extend(quote.clone());
    let Combined { state: merged, conflicts, .. } = combine(&here, &here, &later, (0, 0));
    assert_eq!((merged.speakers, conflicts), (here.speakers.clone(), Vec::new()));
    assert_eq!(merged.annotations[&7].own.named_speakers(), [2], "Б said it");
    let mut later = here.clone();
    later.annotations.extend(state(&b(2), &said(7, 20, 2)).annotations);
    let Combined { state: merged, conflicts, .. } = combine(&here, &there, &later, (0, 0));
    assert_eq!((merged.speakers, conflicts), (there.speakers, Vec::new()));
    assert_eq!(merged.annotations[&7], quote[&7], "Б said it");
}

#[test]
fn annotations_whose_numbers_are_exchanged_keep_their_notes_and_relations() {
    let base = state("", &[theme(1, "a", 0), theme(2, "a", 9), theme(3, "b", 20)].concat());
    let ours = state("", &[noted(1, "a", 0), theme(2, "a", 9), theme(3, "b", 20)].concat());
    let theirs = state("", &[theme(1, "a", 9), theme(2, "a", 0), theme(3, "b", 20), relation(4, 2, 3)].concat());
    let merged = state("", &[noted(1, "a", 0), theme(2, "a", 9), theme(3, "b", 20), relation(4, 1, 3)].concat());
    combines(&base, &ours, &theirs, &merged, &[]);
    let merged = state("", &[theme(1, "a", 9), noted(2, "a", 0), theme(3, "b", 20), relation(4, 2, 3)].concat());
    combines(&base, &theirs, &ours, &merged, &[]);
}

#[test]
fn relations_between_what_was_renumbered_are_the_same_relations() {
    let base = state("", &[theme(1, "a", 0), theme(2, "a", 9), relation(3, 1, 2), relation(4, 2, 1)].concat());
    let theirs = state("", &[theme(2, "a", 0), theme(1, "a", 9), relation(3, 1, 2), relation(4, 2, 1)].concat());
    let ours = state("", &[theme(1, "a", 0), theme(2, "a", 9), relation(3, 1, 2)].concat());
    combines(&base, &ours, &theirs, &ours, &[]);
    combines(&base, &base, &theirs, &base, &[]);
}

#[test]
fn a_number_used_again_is_another_annotation() {
    let base = state("", &theme(3, "a", 0));
    let again = state("", &theme(3, "b", 20));
    let changed = state("", &noted(3, "a", 0));
    let kept = state("", &[theme(3, "b", 20), noted(4, "a", 0)].concat());
    combines(&base, &again, &changed, &kept, &["T4: we deleted it and they changed it; it is kept"]);
    let kept = state("", &[noted(3, "a", 0), theme(4, "b", 20)].concat());
    combines(&base, &changed, &again, &kept, &["T3: they deleted it and we changed it; it is kept"]);
    let related = state("", &[theme(3, "a", 0), theme(4, "c", 9), relation(5, 4, 3)].concat());
    let kept = state("", &[theme(3, "b", 20), theme(6, "a", 0), theme(4, "c", 9), relation(5, 4, 6)].concat());
    combines(&base, &again, &related, &kept, &["T6: one side deleted it and A5 of the other leads to it; it is kept"]);
    combines(&base, &again, &base, &again, &[]);
}

#[test]
fn a_number_used_again_is_another_speaker_and_a_corrected_name_is_not() {
    let base = state(&person(1, "Иваноф", ""), &said(1, 0, 1));
    let quotes = state(&person(1, "Иваноф", ""), &[said(1, 0, 1), said(2, 9, 1)].concat());
    let corrected = state(&person(1, "Ивано\u{301}в 👍", ""), &said(1, 0, 1));
    let both = state(&person(1, "Ивано\u{301}в 👍", ""), &[said(1, 0, 1), said(2, 9, 1)].concat());
    combines(&base, &corrected, &quotes, &both, &[]);
    combines(&base, &quotes, &corrected, &both, &[]);
    let again = state(&person(1, "Ивано\u{301}в 👍", ""), &said(3, 20, 1));
    let kept = state(
        &[person(1, "Ивано\u{301}в 👍", ""), person(2, "Иваноф", "")].concat(),
        &[said(3, 20, 1), said(2, 9, 2)].concat(),
    );
    let told = "speaker 2 (Иваноф): one side deleted it and Q2 of the other names it; it is kept";
    combines(&base, &again, &quotes, &kept, &[told]);
}

#[test]
fn a_speaker_that_nobody_knows_does_not_become_one_that_the_other_side_added() {
    let base = state("", &said(1, 0, 2));
    let added = state(&person(2, "Й\u{301} 👍", ""), "");
    for (ours, theirs) in [(&base, &added), (&added, &base)] {
        let Combined { state, .. } = combine(&State::default(), ours, theirs, (0, 0));
        let named = state.annotations[&1].own.named_speakers();
        assert!(named.iter().all(|id| !state.speakers.contains_key(id)), "{state:?}");
    }
    combines(&base, &base, &base, &base, &[]);
}

#[test]
fn no_number_that_our_history_used_is_given_to_what_theirs_added() {
    let theirs = state(&person(1, "Й\u{301} 👍", ""), &said(2, 9, 1));
    let Combined { state, .. } = combine(&State::default(), &State::default(), &theirs, (2, 1));
    assert_eq!(state, self::state(&person(2, "Й\u{301} 👍", ""), &said(3, 9, 2)));
}

#[test]
fn what_a_merge_renumbered_stays_what_it_was() {
    let base = state("", &theme(2, "a", 0));
    let noted = |id, at| theme(id, "a", at).replace("),", ", note: \"й\u{301} 👍\"),");
    let changed = state("", &noted(2, 0));
    let renumbered = state("", &[theme(3, "a", 0), theme(2, "a", 9)].concat());
    let Combined { state: ours, conflicts, .. } = combine(&base, &changed, &renumbered, (0, 0));
    assert_eq!(conflicts, [""; 0]);
    assert_eq!(ours, state("", &[noted(2, 0), theme(4, "a", 9)].concat()));
    let Combined { state: theirs, conflicts, .. } = combine(&base, &renumbered, &changed, (0, 0));
    assert_eq!(conflicts, [""; 0]);
    assert_eq!(theirs, state("", &[noted(3, 0), theme(2, "a", 9)].concat()));
}

#[test]
fn two_that_say_the_same_do_not_become_one_where_others_have_their_numbers() {
    let both = [theme(1, "a", 0), theme(2, "a", 0)].concat();
    let (base, ours) = (state("", &both), state("", &both));
    let theirs = state("", &[theme(1, "a", 9), theme(2, "a", 5), theme(3, "a", 0)].concat());
    let Combined { state, .. } = combine(&base, &ours, &theirs, (0, 0));
    let starts: Vec<_> = state.annotations.values().map(|held| held.own.start()).collect();
    for start in [5, 9] {
        assert!(starts.contains(&Some(start)), "what theirs added stands: {state:?}");
    }
    assert!(starts.contains(&Some(0)), "{state:?}");
}
