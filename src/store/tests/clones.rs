//! What two clones give each other, time and again: what the one takes away that the other once took from it does not come back.

use std::collections::BTreeMap;

use proptest::prelude::*;

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

#[test]
fn a_snapshot_that_was_taken_in_and_has_our_revision_by_chance_but_other_numbers_is_known_again() {
    let mut ours = Scene::new();
    let place = handed_on(&ours.place);
    let (session, desk) = place.open();
    let mut theirs = Scene { place, session, desk };
    add(&mut theirs, "👍");
    remove(&mut ours, 1);
    add(&mut theirs, "сказал");
    remove(&mut theirs, 1);
    add(&mut ours, "«труд»");
    let ours = taken(&theirs, ours).0;
    let mut theirs = taken(&ours, theirs).0;
    add(&mut theirs, "«труд»");
    let before = annotated(&theirs);
    let theirs = taken(&ours, theirs).0;
    assert_eq!(annotated(&theirs), before);
}

/// Writes a note of annotation `id`, and saves.
fn note(scene: &mut Scene, id: u32, place: usize) {
    let before = scene.session.set().get(AnnotationId(id)).unwrap().clone();
    let revision = i64::try_from(scene.session.revision()).unwrap();
    let after = Annotation { note: Some(format!("й\u{301} {place} {revision}")), ..before.clone() };
    let edits = vec![Edit::Replace { before, after }];
    scene.desk.record(&scene.session.commit(at(revision), "тема 👍", edits).unwrap()).unwrap();
    save(&scene.session, &mut scene.desk);
}

const WORDS: [&str; 6] = ["«труд»", "И\u{306}од", "👍", "сказал", "За\u{301}мок", "Йод"];

#[derive(Clone, Copy, Debug)]
enum Step {
    /// At a place, words are annotated, or no more if they were.
    Toggle(usize, usize),
    /// A note is written, where they are.
    Note(usize, usize),
    /// One place takes in what another saved.
    Take(usize, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let toggle = (0..3_usize, 0..WORDS.len()).prop_map(|(place, words)| Step::Toggle(place, words));
    let take = (0..3_usize, 1..3_usize).prop_map(|(place, on)| Step::Take(place, (place + on) % 3));
    let note = (0..3_usize, 0..WORDS.len()).prop_map(|(place, words)| Step::Note(place, words));
    proptest::collection::vec(prop_oneof![3 => toggle, 1 => note, 2 => take], 1..30)
}

/// What is annotated in `scene`, with the numbers.
fn annotated(scene: &Scene) -> BTreeMap<String, u32> {
    let text = &scene.place.document.text;
    let words = |own: &Annotation| text.slice(own.fragments().unwrap().hull()).to_owned();
    scene.session.set().iter().map(|own| (words(own), own.id.0)).collect()
}

/// What `ours` holds after it took in what `theirs` saved, and all that was told.
fn taken(theirs: &Scene, ours: Scene) -> (Scene, Vec<String>) {
    let Scene { place, desk, .. } = ours;
    drop(desk);
    fs::copy(theirs.place.files().snapshot, place.files().snapshot).unwrap();
    let opening = place.try_open().unwrap();
    let mut told = opening.notices;
    let mut ours = Scene { place, session: opening.reading.session, desk: opening.desk.unwrap() };
    if let Some(ways) = opening.rival.map(|rival| rival.ways.unwrap()) {
        told.extend(ways.conflicts);
        ours.settle(false, ways.merged);
    }
    save(&ours.session, &mut ours.desk);
    (ours, told)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whoever took it away, and by whomever it comes.
    #[test]
    fn nothing_that_was_taken_away_comes_back_untold(steps in steps()) {
        let ours = Scene::new();
        // Each has a history of its own, or nothing could be known.
        let others = ["👍", "сказал"].map(|words| {
            let place = handed_on(&ours.place);
            let (session, desk) = place.open();
            let mut scene = Scene { place, session, desk };
            add(&mut scene, words);
            scene
        });
        let mut places: Vec<Option<Scene>> = std::iter::once(ours).chain(others).map(Some).collect();
        let mut ever: Vec<BTreeMap<String, u32>> = places.iter().flatten().map(annotated).collect();
        for step in steps {
            let place = match step {
                Step::Toggle(place, words) => {
                    let scene = places[place].as_mut().unwrap();
                    match annotated(scene).get(WORDS[words]) {
                        Some(id) => remove(scene, *id),
                        None => add(scene, WORDS[words]),
                    }
                    place
                }
                Step::Note(place, words) => {
                    let scene = places[place].as_mut().unwrap();
                    if let Some(id) = annotated(scene).get(WORDS[words]) {
                        note(scene, *id, place);
                    }
                    place
                }
                Step::Take(place, from) => {
                    let ours = places[place].take().unwrap();
                    let before = annotated(&ours);
                    let (ours, told) = taken(places[from].as_ref().unwrap(), ours);
                    for (words, id) in annotated(&ours) {
                        let comes_back = !before.contains_key(&words) && ever[place].contains_key(&words);
                        let is_told = told.iter().any(|told| told.contains(&format!("T{id}: ")));
                        prop_assert!(!comes_back || is_told, "{words} comes back as T{id}: {told:?}");
                    }
                    places[place] = Some(ours);
                    place
                }
            };
            ever[place].extend(annotated(places[place].as_ref().unwrap()));
        }
    }
}
