//! What two clones give each other, time and again: what the one takes away that the other once took from it does not come back.

use super::begun::{THREE, handed_on, met, pulled, two_places};
use super::found::opened;
use super::rival::{Scene, words};
use super::*;

/// Takes annotation `id` away, and saves.
fn remove(scene: &mut Scene, id: u32) {
    let own = scene.session.set().get(AnnotationId(id)).unwrap().clone();
    let second = i64::try_from(scene.session.revision()).unwrap();
    scene
        .desk
        .record(&scene.session.commit(at(second), "прочь й\u{301} 👍", vec![Edit::Remove(own)]).unwrap())
        .unwrap();
    save(&scene.session, &mut scene.desk);
}

/// Adds an annotation, and saves.
fn add(scene: &mut Scene, words: &str) {
    scene.add(words);
    save(&scene.session, &mut scene.desk);
}

/// What `ours` holds after it took in what `theirs` saved, by merging where it is asked.
fn merged(theirs: &Scene, ours: Scene) -> Scene {
    let (mut ours, rival) = met(theirs, ours);
    match rival {
        Some(rival) => drop(ours.settle(false, rival.ways.unwrap().merged)),
        None => save(&ours.session, &mut ours.desk),
    }
    ours
}

#[test]
fn what_they_take_away_that_we_had_from_them_stays_away() {
    for goes_on in [false, true] {
        let (ours, mut theirs) = two_places();
        let mut ours = pulled(&theirs, ours).0;
        if goes_on {
            add(&mut ours, "сказал");
        }
        remove(&mut theirs, 3);
        let ours = merged(&theirs, ours);
        let kept = words(&ours.place, ours.session.set());
        assert!(!kept.contains(&THREE[2].to_owned()), "{kept:?}");
        assert_eq!(kept.len(), if goes_on { 3 } else { 2 });
    }
}

#[test]
fn what_they_took_away_long_ago_stays_away() {
    let (ours, mut theirs) = two_places();
    let mut ours = pulled(&theirs, ours).0;
    add(&mut ours, "сказал");
    let night = |scene: &Scene| at(i64::try_from(scene.session.revision()).unwrap() * 50_000);
    for day in 0..30 {
        if day == 20 {
            remove(&mut theirs, 3);
        }
        let own = theirs.session.set().get(AnnotationId(1)).unwrap().clone();
        let after = Annotation { note: Some(format!("й\u{301} {}", theirs.session.revision())), ..own.clone() };
        let edits = vec![Edit::Replace { before: own, after }];
        theirs.desk.record(&theirs.session.commit(night(&theirs), "тема 👍", edits).unwrap()).unwrap();
    }
    save(&theirs.session, &mut theirs.desk);
    let ours = merged(&theirs, ours);
    assert_eq!(words(&ours.place, ours.session.set()).len(), 3);
}

#[test]
fn what_they_take_away_stays_away_where_it_comes_by_a_third() {
    let (ours, mut theirs) = two_places();
    let place = handed_on(&ours.place);
    let (session, desk) = place.open();
    let mut third = Scene { place, session, desk };
    add(&mut third, "За\u{301}мок");
    let third = merged(&theirs, third);
    add(&mut theirs, "сказал");
    remove(&mut theirs, 3);
    let ours = merged(&theirs, ours);
    let third = merged(&ours, third);
    let kept = words(&third.place, third.session.set());
    assert_eq!(kept.len(), 4, "{kept:?}");
    assert!(!kept.contains(&THREE[2].to_owned()), "{kept:?}");
}

#[test]
fn who_was_reset_to_an_older_state_takes_nothing_away_that_we_had_of_a_later_one() {
    let (ours, mut theirs) = two_places();
    let older = handed_on(&theirs.place);
    fs::copy(theirs.place.files().history, older.files().history).unwrap();
    add(&mut theirs, "сказал");
    let mut ours = pulled(&theirs, ours).0;
    add(&mut ours, "За\u{301}мок");
    let (session, desk) = older.open();
    let mut theirs = Scene { place: older, session, desk };
    add(&mut theirs, "Йод");
    add(&mut theirs, "👩🏽‍🌾");
    let ours = merged(&theirs, ours);
    assert_eq!(words(&ours.place, ours.session.set()).len(), 7);
}

#[test]
fn what_came_with_theirs_from_another_is_not_taken_away_by_that_other_who_never_saw_theirs() {
    let (mut ours, theirs) = two_places();
    let place = handed_on(&ours.place);
    let (session, desk) = place.open();
    let mut third = Scene { place, session, desk };
    add(&mut third, "сказал");
    let theirs = merged(&third, theirs);
    ours = merged(&theirs, ours);
    assert_eq!(words(&ours.place, ours.session.set()).len(), 4);
    add(&mut third, "Йод");
    let ours = merged(&third, ours);
    assert_eq!(words(&ours.place, ours.session.set()).len(), 5);
}

#[test]
fn what_git_merged_is_taken_away_by_nobody_who_knows_only_one_side_of_it() {
    let (mut ours, theirs) = two_places();
    let place = handed_on(&ours.place);
    let (session, desk) = place.open();
    let mut third = Scene { place, session, desk };
    add(&mut third, "За\u{301}мок");
    let base = ours.place.path("base.ron");
    fs::copy(ours.place.files().snapshot, &base).unwrap();
    add(&mut ours, "сказал");
    let Scene { place, session: _, desk } = third;
    drop(desk);
    let git = Merge {
        base,
        ours: ours.place.files().snapshot,
        theirs: theirs.place.files().snapshot,
        out: ours.place.path("out"),
        destination: None,
    };
    merge(&git, at(60)).unwrap();
    fs::copy(ours.place.path("out"), place.files().snapshot).unwrap();
    let (session, desk, rival) = opened(&place);
    let mut third = Scene { place, session, desk };
    third.settle(false, rival.unwrap().ways.unwrap().merged);
    assert_eq!(words(&third.place, third.session.set()).len(), 5);
    add(&mut ours, "Йод");
    let third = merged(&ours, third);
    assert_eq!(words(&third.place, third.session.set()).len(), 6);
}

/// What `theirs` saved, as if it went back to lines that nobody here has ever seen: names are few.
fn of_unknown_lines(theirs: &Scene) {
    edit(&theirs.place.files().snapshot, |own| {
        let (before, rest) = own.split_once("    history: ").unwrap();
        let (_, behind) = rest.split_once('\n').unwrap();
        format!("{before}    history: [\"00c0ffee\"],\n{behind}").replace("revision: 3", "revision: 90")
    });
}

#[test]
fn what_was_taken_away_here_and_comes_back_from_lines_that_we_do_not_know_is_told() {
    for at_work in [false, true] {
        let (ours, theirs) = two_places();
        let mut ours = pulled(&theirs, ours).0;
        of_unknown_lines(&theirs);
        remove(&mut ours, 3);
        let rival = if at_work {
            fs::copy(theirs.place.files().snapshot, ours.place.files().snapshot).unwrap();
            ours.rival()
        } else {
            met(&theirs, ours).1.unwrap()
        };
        let told = "T4: one like it was taken away or changed here before, and theirs has it; it is kept";
        assert_eq!(rival.ways.unwrap().conflicts, [told]);
    }
}
