//! Annotations that wait for a place.

use super::*;

/// The state of annotations that stand and annotations that wait for a place.
fn with_waiting(annotations: &str, waiting: &str) -> State {
    let source = source(1, "", annotations).replace("annotations: [", &format!("strays: [{waiting}], annotations: ["));
    State::of(&snapshot::parse(&source, Path::new("й👍.ron")).unwrap())
}

#[test]
fn what_becomes_of_an_annotation_that_waits_is_a_change_like_any_other() {
    let waiting = |ids: &[u32]| ids.iter().map(|id| theme(*id, "a", 3 * *id as usize)).collect::<String>();
    let base = with_waiting("", &waiting(&[1, 2, 3, 4, 5, 6]));
    let ours = with_waiting(&[theme(1, "a", 60), theme(4, "a", 70)].concat(), &waiting(&[2, 3, 6]));
    let theirs =
        with_waiting(&[theme(2, "a", 80), theme(4, "a", 90), theme(5, "a", 99)].concat(), &waiting(&[1, 6, 7]));
    let standing = [theme(1, "a", 60), theme(4, "a", 70), theme(2, "a", 80), theme(8, "a", 90), theme(5, "a", 99)];
    let expected = with_waiting(&standing.concat(), &waiting(&[6, 7]));
    let conflicts =
        ["T4: both sides changed it; theirs is kept as T8", "T5: we deleted it and they changed it; it is kept"];
    combines(&base, &ours, &theirs, &expected, &conflicts);
    assert_eq!(expected.strays().len(), 2);
}

#[test]
fn what_waits_keeps_its_number_from_additions_of_the_other_side() {
    let (ours, theirs) = (with_waiting("", &theme(1, "a", 0)), state("", &theme(1, "b", 5)));
    let both = with_waiting(&theme(2, "b", 5), &theme(1, "a", 0));
    combines(&State::default(), &ours, &theirs, &both, &[]);
    let both = with_waiting(&theme(1, "b", 5), &theme(2, "a", 0));
    combines(&State::default(), &theirs, &ours, &both, &[]);
}

#[test]
fn a_place_that_theirs_found_is_taken_and_undo_lets_it_wait_again() {
    let place = Place::new(crate::store::tests::TEXT);
    let (mut session, mut desk) = place.open();
    let past = vec![Past { start: 3, end: 9, quote: "и\u{306}👍".to_owned() }];
    let Annotation { id, layer, label, attributes, note, origin, .. } =
        annotation(7, "theme", "youth", place.span("«труд»"));
    let own = Waiting { id, layer, label, past, attributes, note, origin };
    let wait = Edit::Wait { before: None, after: Some(own.clone()) };
    desk.record(&session.commit(at(1), "ждёт 👍", vec![wait]).unwrap()).unwrap();
    save(&session, &mut desk);
    drop(desk);
    let (ours, theirs) = (place.files().snapshot, place.path("theirs.ron"));
    let mut colleague = session.clone();
    colleague.commit(at(2), "место", own.settle(place.span("«труд»").into()).into()).unwrap();
    fs::write(&theirs, written(&place, &colleague)).unwrap();
    let base = place.path("base.ron");
    fs::copy(&ours, &base).unwrap();
    let files = Merge { base, ours: ours.clone(), theirs, out: ours, destination: None };
    assert_eq!(merge(&files, at(3)).unwrap(), Merged { conflicts: Vec::new(), revision: 2, recorded: true });
    let (mut merged, _desk) = place.open();
    assert_eq!(merged.set(), colleague.set());
    merged.undo(at(4)).unwrap();
    assert_eq!(merged.set(), session.set());
}
