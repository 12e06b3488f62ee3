//! Another program put other files in our files' place while we were away: neither version is overwritten.

use super::rival::{Scene, without_second, words};
use super::*;
use crate::session::Rival;

/// Opens what lies in `place`, to be asked about.
pub(super) fn opened(place: &Place) -> (Session, Desk, Option<Rival>) {
    let opening = place.try_open().unwrap();
    (opening.reading.session, opening.desk.unwrap(), opening.rival)
}

#[test]
fn a_colleagues_snapshot_ahead_of_our_history_is_asked_about() {
    let Scene { place, desk, .. } = Scene::new();
    drop(desk);
    edit(&place.files().snapshot, |own| colleagues(&without_second(&own)));
    let before = place.leavings();
    let (session, desk, rival) = opened(&place);
    assert_eq!(words(&place, session.set()), ["labour «труд»", "labour И\u{306}од"]);
    let ways = rival.unwrap().ways.unwrap();
    assert_eq!((ways.mine.len(), ways.theirs.len(), ways.merged.len()), (0, 1, 0));
    drop(desk);
    assert_eq!(place.leavings(), before);

    let (session, desk, _) = opened(&place);
    let mut scene = Scene { place, session, desk };
    assert!(scene.desk.look(&scene.session).unwrap().is_some(), "until it is decided");
    assert!(scene.desk.is_undecided());
    assert_eq!(scene.settle(true, ways.mine).unwrap(), "theirs is kept as speech.txt.ron.theirs");
    assert!(!scene.desk.is_undecided());
    assert_eq!(scene.desk.look(&scene.session).unwrap(), None);
    assert_eq!(scene.session.revision(), 3, "their number is none of ours");
    assert_eq!(scene.kept(), ["labour «труд»", "labour И\u{306}од"]);
}

#[test]
fn theirs_once_taken_is_not_asked_about_again() {
    let Scene { place, desk, .. } = Scene::new();
    drop(desk);
    edit(&place.files().snapshot, |own| colleagues(&without_second(&own)));
    let (session, desk, rival) = opened(&place);
    let mut scene = Scene { place, session, desk };
    scene.settle(false, rival.unwrap().ways.unwrap().theirs);
    assert_eq!(scene.kept(), ["labour «труд»"]);
}

/// A snapshot that comes from a history of its own, and is further on.
fn colleagues(own: &str) -> String {
    let lines = own.lines().filter(|line| !line.starts_with("    history: ")).map(|line| format!("{line}\n"));
    lines.collect::<String>().replace("revision: 2", "revision: 9")
}

#[test]
fn a_snapshot_of_another_number_that_says_the_same_is_taken_without_a_word() {
    let Scene { place, desk, .. } = Scene::new();
    drop(desk);
    edit(&place.files().snapshot, |own| colleagues(&own));
    assert_eq!(place.open().0.revision(), 2);
    assert_eq!(opened(&place).2, None);
}

#[test]
fn a_merge_elsewhere_is_gone_on_with_and_can_be_undone() {
    let Scene { place, desk, session: before } = Scene::new();
    drop(desk);
    edit(&place.files().snapshot, |own| without_second(&own).replace("revision: 2", "revision: 9"));
    let opening = place.try_open().unwrap();
    assert_eq!(
        (opening.rival, opening.notices),
        (None, vec!["another program brought 1 change, and took away T2: u takes it back".to_owned()])
    );
    let (mut session, mut desk) = (opening.reading.session, opening.desk.unwrap());
    assert_eq!((words(&place, session.set()), session.revision()), (vec!["labour «труд»".to_owned()], 3));
    desk.record(&session.undo(at(9)).unwrap()).unwrap();
    assert_eq!(session.set(), before.set());
    drop(desk);
    fs::remove_file(place.files().snapshot).unwrap();
    assert_eq!(place.open().0.set(), before.set(), "the history alone says so");
}

#[test]
fn a_snapshot_that_our_later_lines_do_not_fit_is_asked_about() {
    let mut scene = Scene::new();
    let own = scene.session.set().get(AnnotationId(1)).unwrap().clone();
    let after = Annotation { label: LabelId::new("rights"), ..own.clone() };
    let done = scene.session.commit(at(9), "право 👍", vec![Edit::Replace { before: own, after }]).unwrap();
    scene.desk.record(&done).unwrap();
    let Scene { place, session: before, desk } = scene;
    drop(desk);
    edit(&place.files().snapshot, |own| own.replacen("labour", "youth", 1));
    let (session, desk, rival) = opened(&place);
    assert_eq!(session.set(), before.set());
    let ways = rival.unwrap().ways.unwrap();
    assert_eq!((ways.mine.len(), ways.theirs.len()), (0, 1));
    let digest = Digest::of(&place.document.text);
    let headless = read(&place.corpus, &place.document, &digest, &alpha()).unwrap_err().to_string();
    assert!(headless.contains("the transaction does not fit what came before"), "{headless}");
    let mut scene = Scene { place, session, desk };
    scene.settle(true, ways.mine);
    assert_eq!(scene.kept(), ["rights «труд»", "labour И\u{306}од"]);
}

#[test]
fn a_snapshot_of_our_own_revision_is_asked_about() {
    for is_behind in [false, true] {
        let mut scene = Scene::new();
        if is_behind {
            scene.add("👍");
        }
        let Scene { place, session: before, desk } = scene;
        drop(desk);
        edit(&place.files().snapshot, |own| without_second(&own).replace("labour", "youth"));
        let (session, desk, rival) = opened(&place);
        assert_eq!(session.set(), before.set(), "ours, until it is decided");
        let ways = rival.unwrap().ways.unwrap();
        let mut scene = Scene { place, session, desk };
        assert_eq!(scene.settle(false, ways.theirs), None);
        assert_eq!(scene.kept(), ["youth «труд»"]);
    }
}

#[test]
fn what_was_added_to_a_snapshot_by_hand_is_asked_about() {
    let Scene { place, desk, .. } = Scene::new();
    drop(desk);
    edit(&place.files().snapshot, |own| {
        let second = own.lines().find(|line| line.contains("(id: 2, ")).unwrap().to_owned();
        own.replace(&second, &format!("{second}\n{}", second.replace("id: 2", "id: 3").replace("labour", "youth")))
    });
    let (_, _, rival) = opened(&place);
    let ways = rival.unwrap().ways.unwrap();
    assert_eq!((ways.mine.len(), ways.theirs.len(), ways.merged.len()), (0, 1, 1));
}

#[test]
fn a_colleagues_snapshot_is_asked_about_also_where_the_text_has_changed_since_the_history_began() {
    let Scene { mut place, desk, .. } = Scene::new();
    drop(desk);
    place.change(&format!("ещё 👍\n{TEXT}"));
    reanchor(&place.corpus, &place.document, &alpha(), &schema(), None, Some(at(5))).unwrap();
    let (before, desk) = place.open();
    drop(desk);
    edit(&place.files().snapshot, |own| without_second(&own).replace("labour", "youth"));
    let (session, desk, rival) = opened(&place);
    assert_eq!(session.set(), before.set(), "ours, until it is decided");
    let ways = rival.unwrap().ways.unwrap();
    assert_eq!((ways.mine.len(), ways.theirs.len()), (0, 2));
    let mut scene = Scene { place, session, desk };
    scene.settle(true, ways.mine);
    assert_eq!(scene.kept(), ["labour «труд»", "labour И\u{306}од"]);
}

#[test]
fn a_snapshot_and_a_text_both_changed_lose_nothing() {
    for has_lineage in [true, false] {
        let Scene { mut place, desk, .. } = Scene::new();
        drop(desk);
        edit(&place.files().snapshot, |own| {
            let own = without_second(&own).replace("labour", "youth");
            if has_lineage { own } else { colleagues(&own) }
        });
        place.change(&format!("ещё 👍\n{TEXT}"));
        let done = reanchor(&place.corpus, &place.document, &alpha(), &schema(), None, Some(at(5))).unwrap();
        let (session, desk) = place.open();
        let all = words(&place, session.set());
        let (expected, conflicts): (&[&str], _) = if has_lineage {
            (&["youth «труд»", "labour И\u{306}од"], 1)
        } else {
            (&["labour «труд»", "youth «труд»", "labour И\u{306}од"], 1)
        };
        assert_eq!(
            (all.as_slice(), done.conflicts.len()),
            (expected.iter().map(|own| (*own).to_owned()).collect::<Vec<_>>().as_slice(), conflicts)
        );
        drop(desk);
        fs::remove_file(place.files().snapshot).unwrap();
        assert_eq!(place.open().0.set(), session.set(), "the history alone says so");
    }
}

#[test]
fn a_damaged_snapshot_beside_a_whole_history_opens_from_that() {
    for content in ["", "(\n    format: 1,\n    document: (path: \"й 👍"] {
        let Scene { place, session: before, desk } = Scene::new();
        drop(desk);
        fs::write(place.files().snapshot, content).unwrap();
        let (session, _desk, rival) = opened(&place);
        assert_eq!(session.set(), before.set());
        assert!(rival.unwrap().ways.unwrap_err().contains("speech.txt.ron:"));
    }
}

/// An hour after now.
fn later(path: &Path) {
    let file = fs::File::options().write(true).open(path).unwrap();
    let modified = file.metadata().unwrap().modified().unwrap();
    file.set_modified(modified + std::time::Duration::from_secs(3600)).unwrap();
}

#[test]
fn an_older_snapshot_of_ours_put_back_is_asked_about_and_not_taken_for_what_a_crash_left() {
    for is_put_back in [true, false] {
        let mut scene = Scene::new();
        let snapshot = scene.place.files().snapshot;
        let older = fs::read(&snapshot).unwrap();
        scene.add("👍");
        if is_put_back {
            save(&scene.session, &mut scene.desk);
        }
        let Scene { place, session: before, desk } = scene;
        drop(desk);
        if is_put_back {
            fs::write(&snapshot, &older).unwrap();
            later(&snapshot);
        }
        let (session, desk, rival) = opened(&place);
        assert_eq!(session.set(), before.set(), "ours, until it is decided");
        let Some(rival) = rival else {
            assert!(!is_put_back);
            continue;
        };
        assert_eq!((rival.found_in, is_put_back), ("the snapshot: it is older than yours", true));
        let ways = rival.ways.unwrap();
        assert_eq!((ways.mine.len(), ways.theirs.len(), ways.merged.len(), ways.conflicts.len()), (0, 1, 0, 0));
        let mut scene = Scene { place, session, desk };
        scene.settle(false, ways.theirs);
        later(&scene.place.files().snapshot);
        assert_eq!(scene.kept(), ["labour «труд»", "labour И\u{306}од"], "and it is not asked again");
    }
}
