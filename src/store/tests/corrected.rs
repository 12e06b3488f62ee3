//! A snapshot that was gone on with elsewhere, where the transcript was corrected too.

use super::begun::{THREE, handed_on, two_places};
use super::rival::{Scene, words};
use super::*;
use crate::annotation::Waiting;

/// A colleague went on from our snapshot, and their transcript was corrected; both are put in our place.
fn corrected_elsewhere() -> (Place, AnnotationSet) {
    corrected_after(|_| ())
}

/// The same, after they did something more.
fn corrected_after(change: impl FnOnce(&mut Scene)) -> (Place, AnnotationSet) {
    let (ours, mut theirs) = two_places();
    change(&mut theirs);
    save(&theirs.session, &mut theirs.desk);
    let Scene { place: mut there, desk, .. } = theirs;
    drop(desk);
    let Scene { mut place, desk, .. } = ours;
    drop(desk);
    let corrected = format!("\u{feff}Ещё й\u{301}. 👍\n{}", TEXT.trim_start_matches('\u{feff}'));
    there.change(&corrected);
    reanchor(&there.corpus, &there.document, &alpha(), &schema(), None, Some(at(30))).unwrap();
    place.change(&corrected);
    fs::copy(there.files().snapshot, place.files().snapshot).unwrap();
    let set = there.open().0.set().clone();
    (place, set)
}

#[test]
fn what_followed_a_changed_text_elsewhere_is_gone_on_with() {
    let (place, set) = corrected_elsewhere();
    let digest = Digest::of(&place.document.text);
    let shown = read(&place.corpus, &place.document, &digest, &alpha()).unwrap().unwrap();
    assert_eq!((shown.session.set(), shown.changed), (&set, false), "whoever only looks sees theirs");
    let done = reanchor(&place.corpus, &place.document, &alpha(), &schema(), None, Some(at(40))).unwrap();
    assert!(done.cases.iter().all(|case| matches!(case.placement, crate::anchor::Placement::Exact(_))), "{done:?}");
    assert_eq!((done.cases.len(), done.revision), (3, Some(4)));
    assert_eq!(done.brought.as_deref(), Some("another program brought 1 change: u takes it back"));
    assert_eq!(place.open().0.set(), &set);
    fs::remove_file(place.files().snapshot).unwrap();
    assert_eq!(place.open().0.set(), &set, "the history alone says so");
}

#[test]
fn what_was_changed_and_taken_away_before_the_text_was_corrected_elsewhere_is_told_and_can_be_undone() {
    let (place, set) = corrected_after(|theirs| {
        let first = theirs.session.set().get(AnnotationId(1)).unwrap().clone();
        let second = theirs.session.set().get(AnnotationId(2)).unwrap().clone();
        let after = Annotation { label: LabelId::new("rights"), ..first.clone() };
        let edits = vec![Edit::Remove(second), Edit::Replace { before: first, after }];
        theirs.desk.record(&theirs.session.commit(at(9), "прочь 👍", edits).unwrap()).unwrap();
    });
    let told = "another program brought 3 changes, and took away T2 “И\u{306}од”: u takes them back";
    let opening = place.try_open().unwrap();
    assert_eq!(opening.notices, [told]);
    assert_eq!(opening.reading.session.set(), &set);
    drop(opening);
    let (mut session, mut desk) = place.open();
    assert_eq!(session.set(), &set, "it is recorded");
    desk.record(&session.undo(at(60)).unwrap()).unwrap();
    assert_eq!(words(&place, session.set()), [THREE[0]]);
    assert_eq!(session.set().waiting().map(Waiting::name).collect::<Vec<_>>(), ["T2"]);
    assert!(!desk.seek(&session).unwrap()[&AnnotationId(2)].fragments().unwrap().spans().is_empty());
    drop(desk);
    fs::remove_file(place.files().snapshot).unwrap();
    assert_eq!(place.open().0.set(), session.set(), "the history alone says so");
}

/// A snapshot that goes on from ours on another text than the transcript, which was corrected here, and there in another way; and one
/// that followed the text as it was before it was corrected here.
fn on_other_texts() -> [(Place, &'static [&'static str]); 2] {
    let corrected = format!("Ещё й\u{301}! 👍\n{TEXT}");
    let (mut place, _) = corrected_elsewhere();
    let kept = place.corpus.kept_text(&Digest::of(&place.document.text)).unwrap();
    super::super::texts::keep(place.corpus.root(), &kept, &place.document.text).unwrap();
    place.change(&corrected);
    let Scene { place: mut ours, desk, .. } = Scene::new();
    drop(desk);
    ours.change(&corrected);
    reanchor(&ours.corpus, &ours.document, &alpha(), &schema(), None, Some(at(30))).unwrap();
    let mut there = handed_on(&ours);
    let old = there.document.clone();
    there.change(TEXT);
    reanchor(&there.corpus, &there.document, &alpha(), &schema(), Some(&old), Some(at(40))).unwrap();
    fs::copy(there.files().snapshot, ours.files().snapshot).unwrap();
    [(place, &THREE), (ours, &THREE[..2])]
}

#[test]
fn what_followed_another_text_than_the_transcript_is_gone_on_with_from_there() {
    for (place, expected) in on_other_texts() {
        let looked = reanchor(&place.corpus, &place.document, &alpha(), &schema(), None, None).unwrap();
        let done = reanchor(&place.corpus, &place.document, &alpha(), &schema(), None, Some(at(50))).unwrap();
        assert_eq!((looked.waiting.len(), done.waiting.len()), (0, 0));
        assert_eq!((looked.cases.len(), done.cases.len()), (expected.len(), expected.len()));
        let session = place.open().0;
        assert_eq!(words(&place, session.set()), expected);
        fs::remove_file(place.files().snapshot).unwrap();
        assert_eq!(place.open().0.set(), session.set(), "the history alone says so");
    }
    for (place, expected) in on_other_texts() {
        let opening = place.try_open().unwrap();
        assert!(opening.change.is_some() && opening.rival.is_none());
        let Opening { reading, desk, places, .. } = opening;
        let (mut session, mut desk) = (reading.session, desk.unwrap());
        let waiting: Vec<_> = session.set().waiting().cloned().collect();
        let edits = waiting.iter().flat_map(|own| own.settle(places[&own.id].fragments().unwrap().clone())).collect();
        desk.record(&session.commit(at(60), "follow 👍", edits).unwrap()).unwrap();
        save(&session, &mut desk);
        assert_eq!(words(&place, session.set()), expected);
        drop(desk);
        assert_eq!(place.open().0.set(), session.set());
    }
}

/// Opens what was corrected elsewhere, does what `change` makes of it, and is killed before the snapshot is written.
fn killed_after(theirs: impl FnOnce(&mut Scene), change: impl FnOnce(&AnnotationSet) -> Vec<Edit>) {
    let (place, _) = corrected_after(theirs);
    let opening = place.try_open().unwrap();
    let (mut session, mut desk) = (opening.reading.session, opening.desk.unwrap());
    let edits = change(session.set());
    if !edits.is_empty() {
        desk.record(&session.commit(at(60), "тема й\u{301} 👍", edits).unwrap()).unwrap();
    }
    drop(desk);
    let opening = place.try_open().unwrap();
    assert_eq!(opening.rival, None);
    let again = opening.reading.session;
    assert_eq!((again.set(), again.revision()), (session.set(), session.revision()));
}

fn with_note(set: &AnnotationSet) -> Vec<Edit> {
    let own = set.get(AnnotationId(1)).unwrap().clone();
    vec![Edit::Replace { after: Annotation { note: Some("й\u{301} 👍".to_owned()), ..own.clone() }, before: own }]
}

#[test]
fn killed_after_following_a_text_corrected_elsewhere_it_does_not_ask_about_what_it_took() {
    killed_after(|_| (), |_| Vec::new());
}

#[test]
fn killed_after_a_change_on_a_text_corrected_elsewhere_it_does_not_ask_about_what_it_took() {
    killed_after(|_| (), with_note);
}

#[test]
fn killed_after_a_deletion_on_a_text_corrected_elsewhere_it_does_not_ask_about_what_it_took() {
    killed_after(|_| (), |set| vec![Edit::Remove(set.get(AnnotationId(2)).unwrap().clone())]);
}

#[test]
fn killed_after_a_change_on_a_text_that_was_but_corrected_elsewhere_it_does_not_ask() {
    let nothing_else = |theirs: &mut Scene| {
        let third = theirs.session.set().get(AnnotationId(3)).unwrap().clone();
        theirs.desk.record(&theirs.session.commit(at(9), "прочь 👍", vec![Edit::Remove(third)]).unwrap()).unwrap();
    };
    killed_after(nothing_else, with_note);
}
