//! What is kept beside the files, so that neither of two versions gets lost.

use super::rival::Scene;
use super::*;

const KEPT: &str = "yours is kept as speech.txt.ron.ours until you decide";

/// Three annotations of ours, and in the place of both files those of a colleague, who made other ones.
fn replaced() -> Scene {
    let mut scene = Scene::new();
    scene.add("👍");
    save(&scene.session, &mut scene.desk);
    let mut theirs = Scene::new();
    theirs.add("За\u{301}мок");
    save(&theirs.session, &mut theirs.desk);
    fs::copy(theirs.place.files().history, scene.place.files().history).unwrap();
    fs::copy(theirs.place.files().snapshot, scene.place.files().snapshot).unwrap();
    scene
}

/// What stands beside the files of `place`, and ends so.
fn beside(place: &Place, end: &str) -> Vec<PathBuf> {
    let all = place.leavings().into_iter().map(|(path, _)| path);
    all.filter(|path| path.to_string_lossy().ends_with(end)).collect()
}

#[test]
fn ours_is_on_disk_while_it_is_asked_about_theirs_in_the_place_of_both_files() {
    let mut scene = replaced();
    assert_eq!(scene.rival().found_in, "the history");
    assert_eq!(scene.desk.keep_aside(&scene.session).unwrap().unwrap(), KEPT);
    assert_eq!(scene.desk.keep_aside(&scene.session).unwrap(), None, "told once");

    // The program is killed.
    let Scene { place, session, desk } = scene;
    drop(desk);
    let notices = place.try_open().unwrap().notices;
    assert!(notices[0].contains("yours is kept as speech.txt.ron.ours, with its history"), "{notices:?}");
    let again = Place::new(TEXT);
    let files = again.files();
    fs::create_dir_all(files.snapshot.parent().unwrap()).unwrap();
    fs::copy(&beside(&place, ".ron.ours")[0], files.snapshot).unwrap();
    fs::copy(&beside(&place, ".history.ours")[0], files.history).unwrap();
    let (mut kept, _desk) = again.open();
    assert_eq!(kept.set(), session.set());
    assert!(kept.undo(at(60)).is_some(), "with all that led there");
}

#[test]
fn what_is_done_while_it_is_asked_is_kept_too() {
    let mut scene = replaced();
    scene.rival();
    scene.desk.keep_aside(&scene.session).unwrap();
    let more = annotation(9, "theme", "labour", scene.place.span("сказал"));
    let done = scene.session.commit(at(9), "тема 👍", vec![Edit::Insert(more)]).unwrap();
    scene.desk.record(&done).unwrap_err();
    scene.rival();
    assert_eq!(scene.desk.keep_aside(&scene.session).unwrap(), None, "told once");
    let kept = |end: &str| fs::read_to_string(&beside(&scene.place, end)[0]).unwrap();
    assert!(kept(".ron.ours").contains("\"сказал\"") && kept(".history.ours").contains("\"сказал\""));
}

#[test]
fn an_older_state_of_both_files_keeps_ours_beside_too() {
    let mut scene = Scene::new();
    let files = scene.place.files();
    let older = (fs::read(&files.snapshot).unwrap(), fs::read(&files.history).unwrap());
    scene.add("👍");
    save(&scene.session, &mut scene.desk);
    fs::write(&files.snapshot, older.0).unwrap();
    fs::write(&files.history, older.1).unwrap();
    scene.rival();
    assert_eq!(scene.desk.keep_aside(&scene.session).unwrap().unwrap(), KEPT);
    scene.desk.settle(true).unwrap();
    assert_eq!(beside(&scene.place, ".ours").len(), 2, "it is not yet in the history again");
    scene.desk.catch_up().unwrap();
    assert_eq!(beside(&scene.place, ".ours"), [""; 0].map(PathBuf::from));
    assert_eq!(scene.kept().len(), 3);
}

#[test]
fn ours_stays_beside_no_longer_than_the_question() {
    for is_answered in [true, false] {
        let mut scene = replaced();
        let ways = scene.rival().ways.unwrap();
        scene.desk.keep_aside(&scene.session).unwrap();
        if is_answered {
            let told = scene.settle(true, ways.mine).unwrap();
            assert_eq!(told, "theirs is kept as speech.txt.ron.theirs and speech.txt.history.theirs");
        } else {
            let files = scene.place.files();
            fs::copy(&beside(&scene.place, ".ron.ours")[0], files.snapshot).unwrap();
            fs::copy(&beside(&scene.place, ".history.ours")[0], files.history).unwrap();
            assert_eq!(scene.desk.look(&scene.session).unwrap(), None, "they were put back");
        }
        assert_eq!(beside(&scene.place, ".ours"), [""; 0].map(PathBuf::from));
        assert_eq!(scene.kept().len(), 3);
    }
}

#[test]
fn a_changed_snapshot_beside_our_history_needs_nothing_kept() {
    let mut scene = Scene::new();
    edit(&scene.place.files().snapshot, |own| own.replace("labour", "youth"));
    scene.rival();
    assert_eq!(scene.desk.keep_aside(&scene.session).unwrap(), None);
    assert_eq!(beside(&scene.place, ".ours"), [""; 0].map(PathBuf::from));
}

#[test]
fn what_is_kept_of_theirs_is_kept_once() {
    let place = Place::new(TEXT);
    let path = place.path("й👍.ron");
    for (content, name) in [("а\u{301}", "й👍.ron.theirs"), ("б", "й👍.ron.theirs-2"), ("а\u{301}", "й👍.ron.theirs")]
    {
        fs::write(&path, content).unwrap();
        assert_eq!(super::super::aside::set_aside(&path).unwrap().unwrap(), name);
    }
}
