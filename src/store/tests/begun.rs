//! A snapshot handed on without its history: the one that begins there says what it held, and where it came from.

use super::found::opened;
use super::rival::{Scene, without_second, words};
use super::*;
use crate::session::Rival;

pub(super) const THREE: [&str; 3] = ["labour «труд»", "labour И\u{306}од", "labour 👍"];

/// A colleague's copy of the snapshot in `place`, without the history.
pub(super) fn handed_on(place: &Place) -> Place {
    let copy = Place::new(place.document.text.as_str());
    let (from, to) = (place.files().snapshot, copy.files().snapshot);
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::copy(from, to).unwrap();
    copy
}

/// Two annotations of ours, and a colleague who goes on from the snapshot alone with a third.
pub(super) fn two_places() -> (Scene, Scene) {
    let ours = Scene::new();
    let place = handed_on(&ours.place);
    let (session, desk) = place.open();
    let mut theirs = Scene { place, session, desk };
    theirs.add("👍");
    save(&theirs.session, &mut theirs.desk);
    (ours, theirs)
}

/// Closes `to`, puts the snapshot of `from` there and opens it again: the words, and what is told.
pub(super) fn pulled(from: &Scene, to: Scene) -> (Scene, Vec<String>) {
    let Scene { place, desk, .. } = to;
    drop(desk);
    fs::copy(from.place.files().snapshot, place.files().snapshot).unwrap();
    let opening = place.try_open().unwrap();
    assert_eq!(opening.rival, None);
    let (session, mut desk) = (opening.reading.session, opening.desk.unwrap());
    save(&session, &mut desk);
    (Scene { place, session, desk }, opening.notices)
}

#[test]
fn looking_at_a_snapshot_alone_leaves_it_alone() {
    let place = handed_on(&Scene::new().place);
    let before = place.leavings();
    let (session, desk) = place.open();
    assert_eq!((session.revision(), desk.save(&session).is_none()), (2, true));
    drop(desk);
    assert_eq!(place.leavings(), before);
}

#[test]
fn the_history_that_begins_there_says_everything() {
    let (_, Scene { place, session, desk }) = two_places();
    drop(desk);
    let history = fs::read_to_string(place.files().history).unwrap();
    assert!(history.lines().nth(1).unwrap().contains(" (kind: Begin([\""), "{history}");
    fs::remove_file(place.files().snapshot).unwrap();
    let (mut again, _desk) = place.open();
    assert_eq!((again.set(), again.revision()), (session.set(), 3));
    assert!(again.undo(at(60)).is_some());
    assert_eq!(words(&place, again.set()), THREE[..2]);
    assert!(again.undo(at(61)).is_none(), "what it began with is no step of theirs");
}

#[test]
fn what_waits_for_a_place_is_what_it_begins_with_too() {
    let Scene { mut place, desk, .. } = Scene::new();
    drop(desk);
    place.change(&TEXT.replace("И\u{306}од", "Мёд"));
    reanchor(&place.corpus, &place.document, &alpha(), &schema(), None, Some(at(30))).unwrap();
    let place = handed_on(&place);
    let (session, desk) = place.open();
    let mut theirs = Scene { place, session, desk };
    theirs.add("👍");
    assert_eq!(theirs.session.set().waiting().count(), 1);
    assert_eq!(theirs.kept(), [THREE[0], THREE[2]]);
}

#[test]
fn a_text_that_changes_at_the_same_time_follows_what_it_begins_with() {
    let mut place = handed_on(&Scene::new().place);
    let old = place.document.clone();
    place.change(&format!("👍 {TEXT}"));
    let done = reanchor(&place.corpus, &place.document, &alpha(), &schema(), Some(&old), Some(at(30))).unwrap();
    assert_eq!(done.cases.len(), 2);
    let session = place.open().0;
    fs::remove_file(place.files().snapshot).unwrap();
    assert_eq!(place.open().0.set(), session.set(), "the history alone says so");
    assert_eq!(words(&place, session.set()), THREE[..2]);
}

#[test]
fn a_snapshot_of_a_script_that_counts_nothing_can_be_gone_on_from() {
    let place = handed_on(&Scene::new().place);
    edit(&place.files().snapshot, |own| own.replace("revision: 2", "revision: 0"));
    let (session, desk) = place.open();
    let mut scene = Scene { place, session, desk };
    scene.add("👍");
    assert_eq!(scene.kept(), THREE);
}

#[test]
fn another_snapshot_beside_it_is_asked_about() {
    let (_, Scene { place, session: before, desk }) = two_places();
    drop(desk);
    edit(&place.files().snapshot, |own| {
        let own = without_second(&own).replace("revision: 3", "revision: 1");
        own.split_inclusive('\n').filter(|line| !line.starts_with("    history: ")).collect()
    });
    let (session, _desk, rival) = opened(&place);
    assert_eq!(session.set(), before.set());
    assert_eq!(rival.unwrap().ways.unwrap().theirs.len(), 1);
}

#[test]
fn what_was_gone_on_with_elsewhere_is_taken_and_comes_back_without_a_question() {
    let (ours, theirs) = two_places();
    let (mut ours, told) = pulled(&theirs, ours);
    assert_eq!(told, ["another program brought 1 change: u takes it back"]);
    assert_eq!(words(&ours.place, ours.session.set()), THREE);
    let (theirs, told) = pulled(&ours, theirs);
    assert_eq!((told, theirs.session.revision()), (vec![], 3), "it says what they say");
    ours.add("сказал");
    save(&ours.session, &mut ours.desk);
    let (theirs, told) = pulled(&ours, theirs);
    assert_eq!(told, ["another program brought 1 change: u takes it back"]);
    assert_eq!(theirs.kept().len(), 4);
}

#[test]
fn where_both_went_on_the_two_are_held_against_what_they_come_from() {
    let (mut ours, mut theirs) = two_places();
    ours.add("сказал");
    let first = theirs.session.set().get(AnnotationId(1)).unwrap().clone();
    theirs.desk.record(&theirs.session.commit(at(9), "прочь 👍", vec![Edit::Remove(first)]).unwrap()).unwrap();
    save(&theirs.session, &mut theirs.desk);
    save(&ours.session, &mut ours.desk);
    let Scene { place, desk, .. } = ours;
    drop(desk);
    fs::copy(theirs.place.files().snapshot, place.files().snapshot).unwrap();
    let (session, desk, rival) = opened(&place);
    let ways = rival.unwrap().ways.unwrap();
    let mut ours = Scene { place, session, desk };
    ours.settle(false, ways.merged);
    assert_eq!(words(&ours.place, ours.session.set()).len(), 3, "theirs took the first away, and each added one");
    let (theirs, told) = pulled(&ours, theirs);
    assert_eq!(told, ["another program brought 2 changes: u takes them back"], "theirs got another number");
    assert_eq!(theirs.session.set(), ours.session.set());
}

#[test]
fn what_both_began_with_is_what_a_snapshot_is_held_against_that_names_only_what_came_after() {
    for is_running in [false, true] {
        let (mut ours, theirs) = two_places();
        let first = ours.session.set().get(AnnotationId(1)).unwrap().clone();
        ours.desk.record(&ours.session.commit(at(9), "прочь 👍", vec![Edit::Remove(first)]).unwrap()).unwrap();
        save(&ours.session, &mut ours.desk);
        let from = ours.place.files().snapshot;
        let mut theirs = if is_running {
            fs::copy(from, theirs.place.files().snapshot).unwrap();
            theirs
        } else {
            let Scene { place, desk, .. } = theirs;
            drop(desk);
            fs::copy(from, place.files().snapshot).unwrap();
            let (session, desk, _) = opened(&place);
            Scene { place, session, desk }
        };
        let ways = theirs.rival().ways.unwrap();
        theirs.settle(false, ways.merged);
        assert_eq!(words(&theirs.place, theirs.session.set()), THREE[1..], "what we took away stays away");
    }
}

/// Closes `to` and opens it with the snapshot of `from`, which is not saved in the end; whether it was asked.
pub(super) fn met(from: &Scene, to: Scene) -> (Scene, Option<Rival>) {
    let Scene { place, desk, .. } = to;
    drop(desk);
    fs::copy(from.place.files().snapshot, place.files().snapshot).unwrap();
    let (session, desk, rival) = opened(&place);
    (Scene { place, session, desk }, rival)
}

#[test]
fn killed_after_going_on_with_theirs_it_does_not_ask_about_what_it_took() {
    let (ours, mut theirs) = two_places();
    theirs.add("сказал");
    theirs.add("За\u{301}мок");
    save(&theirs.session, &mut theirs.desk);
    let (mut ours, rival) = met(&theirs, ours);
    assert_eq!(rival, None);
    ours.add("Йод");
    let Scene { place, session, desk } = ours;
    drop(desk);
    let (again, desk) = place.open();
    assert_eq!((again.set(), again.revision()), (session.set(), session.revision()));
    assert!(desk.save(&again).is_some(), "theirs still stands there");
}

#[test]
fn killed_after_a_merge_was_recorded_it_does_not_ask_about_what_it_took() {
    let (mut ours, theirs) = two_places();
    ours.add("сказал");
    let (mut ours, rival) = met(&theirs, ours);
    let merged = rival.unwrap().ways.unwrap().merged;
    ours.desk.settle(false).unwrap();
    ours.desk.record(&ours.session.commit(at(50), "решено 👍", merged).unwrap()).unwrap();
    let Scene { place, session, desk } = ours;
    drop(desk);
    let (again, desk) = place.open();
    assert_eq!((again.set(), again.revision()), (session.set(), session.revision()));
    assert!(desk.save(&again).is_some(), "theirs still stands there");
    drop(desk);
    edit(&place.files().snapshot, |own| without_second(&own));
    assert!(opened(&place).2.is_some(), "somebody changed it since");
}

#[test]
fn an_answer_whose_snapshot_was_not_yet_written_is_not_asked_for_again() {
    let Scene { place, desk, .. } = Scene::new();
    drop(desk);
    edit(&place.files().snapshot, |own| without_second(&own).replace("revision: 2", "revision: 0"));
    let (mut session, mut desk, rival) = opened(&place);
    desk.settle(false).unwrap();
    desk.record(&session.commit(at(9), "take theirs", rival.unwrap().ways.unwrap().theirs).unwrap()).unwrap();
    drop(desk);
    assert_eq!(opened(&place).2, None);
}

#[test]
fn headless_a_foreign_snapshot_is_left_for_somebody_to_decide_on() {
    let Scene { place, desk, .. } = Scene::new();
    drop(desk);
    edit(&place.files().snapshot, |own| without_second(&own));
    let before = place.leavings();
    let error = reanchor(&place.corpus, &place.document, &alpha(), &schema(), None, Some(at(30))).unwrap_err();
    assert!(error.to_string().ends_with("another program changed the annotations: open it to decide"), "{error}");
    assert_eq!(place.leavings(), before);
}

#[test]
fn a_colleague_who_deletes_what_they_had_added_is_followed_though_we_said_the_same_before() {
    let (ours, theirs) = two_places();
    let (ours, _) = pulled(&theirs, ours);
    let mut theirs = pulled(&ours, theirs).0;
    let third = theirs.session.set().get(AnnotationId(3)).unwrap().clone();
    theirs.desk.record(&theirs.session.commit(at(9), "прочь 👍", vec![Edit::Remove(third)]).unwrap()).unwrap();
    save(&theirs.session, &mut theirs.desk);
    let Scene { place, desk, .. } = ours;
    drop(desk);
    fs::copy(theirs.place.files().snapshot, place.files().snapshot).unwrap();
    let opening = place.try_open().unwrap();
    assert_eq!(opening.notices, ["another program brought 1 change, and took away T3: u takes it back"]);
    assert_eq!(words(&place, opening.reading.session.set()), THREE[..2]);
}

#[test]
fn a_copy_made_of_an_older_snapshot_takes_nothing_away_that_we_added_since() {
    let (mut ours, theirs) = two_places();
    ours.add("сказал");
    save(&ours.session, &mut ours.desk);
    fs::copy(theirs.place.files().snapshot, ours.place.files().snapshot).unwrap();
    let ways = ours.rival().ways.unwrap();
    ours.settle(false, ways.merged);
    assert_eq!(words(&ours.place, ours.session.set()).len(), 4);
}

#[test]
fn a_beginning_that_a_power_cut_tore_is_written_again() {
    let (_, Scene { place, session, desk }) = two_places();
    drop(desk);
    let history = fs::read_to_string(place.files().history).unwrap();
    let header = history.lines().next().unwrap();
    fs::write(place.files().history, format!("{header}\n3 0")).unwrap();
    let opening = place.try_open().unwrap();
    let mut scene = Scene { place, session: opening.reading.session, desk: opening.desk.unwrap() };
    assert_eq!(scene.session.set(), session.set());
    scene.add("сказал");
    let Scene { place, session, desk } = scene;
    drop(desk);
    fs::remove_file(place.files().snapshot).unwrap();
    assert_eq!(place.open().0.set(), session.set(), "the history alone says so");
}

#[test]
fn the_latest_lines_are_those_that_a_snapshot_names() {
    let mut ends = Vec::new();
    let mut place = Scene::new().place;
    for _ in 0..20 {
        place = handed_on(&place);
        let (session, desk) = place.open();
        let mut scene = Scene { place, session, desk };
        scene.add("👍");
        save(&scene.session, &mut scene.desk);
        place = scene.place;
        let stated = fs::read_to_string(place.files().snapshot).unwrap();
        let names = crate::store::snapshot::parse(&stated, &place.files().snapshot).unwrap().history;
        ends.insert(0, names[0].clone());
        let of_ends: Vec<_> = names.into_iter().filter(|name| ends.contains(name)).collect();
        assert_eq!(of_ends, ends, "each end, the latest first");
    }
    assert_eq!(ends.len(), 20);
}
