//! Writing that fails: nothing is lost, and it goes on when it can.

use super::*;

/// A place at work: one transaction is recorded.
fn begun() -> (Place, Session, Desk) {
    let place = Place::new(TEXT);
    let (mut session, mut desk) = place.open();
    add(&place, &mut session, &mut desk, "«труд»").unwrap();
    (place, session, desk)
}

/// Annotates `words` and records that.
fn add(place: &Place, session: &mut Session, desk: &mut Desk, words: &str) -> Result<Option<String>, StoreError> {
    let id = session.set().next_id();
    let own = Annotation { id, ..annotation(0, "theme", "labour", place.span(words)) };
    let done = session.commit(at(i64::try_from(session.revision()).unwrap()), "тема 👍", vec![Edit::Insert(own)]);
    desk.record(&done.unwrap())
}

/// The words annotated in what stands on disk, read as the next start reads it.
fn kept(place: &Place) -> Vec<String> {
    let digest = Digest::of(&place.document.text);
    let Some(reading) = read(&place.corpus, &place.document, &digest, &alpha()).unwrap() else { return Vec::new() };
    assert_eq!(reading.strays, []);
    let words = |own: &Annotation| place.document.text.slice(own.fragments().unwrap().hull()).to_owned();
    reading.session.set().iter().map(words).collect()
}

const ANEW: &str = "speech.txt.history was not what it had been: the whole history was written anew";

#[test]
fn a_history_taken_away_is_written_anew_with_all_that_was_in_it() {
    let (place, mut session, mut desk) = begun();
    fs::remove_file(place.files().history).unwrap();
    let notice = add(&place, &mut session, &mut desk, "И\u{306}од").unwrap();
    assert_eq!(notice.as_deref(), Some(ANEW));
    assert_eq!(kept(&place), ["«труд»", "И\u{306}од"]);
    assert_eq!(add(&place, &mut session, &mut desk, "👍").unwrap(), None);
    assert_eq!(kept(&place), ["«труд»", "И\u{306}од", "👍"]);
}

#[test]
fn what_a_former_session_recorded_is_written_anew_too() {
    let (place, mut session, desk) = begun();
    drop(desk);
    let (_, mut desk) = place.open();
    fs::remove_file(place.files().history).unwrap();
    add(&place, &mut session, &mut desk, "И\u{306}од").unwrap();
    assert_eq!(kept(&place), ["«труд»", "И\u{306}од"]);
}

#[test]
fn a_directory_taken_away_comes_back_with_history_snapshot_and_lock() {
    let (place, mut session, mut desk) = begun();
    save(&session, &mut desk);
    fs::remove_dir_all(place.path("annotations")).unwrap();
    let notice = add(&place, &mut session, &mut desk, "И\u{306}од").unwrap();
    assert_eq!(notice.as_deref(), Some(ANEW));
    save(&session, &mut desk);
    assert_eq!(kept(&place), ["«труд»", "И\u{306}од"]);
    assert!(place.try_open().unwrap().desk.is_err(), "it is locked again");
    fs::remove_file(place.files().snapshot).unwrap();
    assert_eq!(kept(&place), ["«труд»", "И\u{306}од"]);
}

#[test]
fn a_history_cut_short_is_made_whole() {
    for length in [0, 1, 40, 150] {
        let (place, mut session, mut desk) = begun();
        let history = fs::OpenOptions::new().write(true).open(place.files().history).unwrap();
        history.set_len(length).unwrap();
        let notice = add(&place, &mut session, &mut desk, "И\u{306}од").unwrap();
        assert_eq!(notice.as_deref(), Some(ANEW), "cut to {length}");
        assert_eq!(kept(&place), ["«труд»", "И\u{306}од"]);
    }
}

#[test]
fn a_history_copied_over_itself_is_gone_on_with() {
    let (place, mut session, mut desk) = begun();
    let history = place.files().history;
    let bytes = fs::read(&history).unwrap();
    fs::remove_file(&history).unwrap();
    fs::write(&history, bytes).unwrap();
    assert_eq!(add(&place, &mut session, &mut desk, "И\u{306}од").unwrap(), None);
    assert_eq!(kept(&place), ["«труд»", "И\u{306}од"]);
}

#[test]
fn a_history_of_others_in_its_place_is_not_touched() {
    for change in [|own: String| own.replace("тема", "чужо\u{301}е"), |own: String| own + "x"] {
        let (place, mut session, mut desk) = begun();
        let history = place.files().history;
        edit(&history, change);
        let others = fs::read(&history).unwrap();
        for words in ["👍", "И\u{306}од"] {
            let error = add(&place, &mut session, &mut desk, words).unwrap_err();
            assert_eq!(error.brief(), "speech.txt.history: another program changed it");
            assert_eq!(fs::read(&history).unwrap(), others);
        }
        save(&session, &mut desk);
        drop(desk);
        fs::remove_file(&history).unwrap();
        assert_eq!(kept(&place), ["«труд»", "И\u{306}од", "👍"], "the snapshot has it all");
    }
}

#[test]
fn what_could_not_be_recorded_is_recorded_when_it_can_be() {
    let (place, mut session, mut desk) = begun();
    let (home, away) = (place.path("annotations"), place.path("away"));
    fs::rename(&home, &away).unwrap();
    fs::write(&home, "a file й 👍").unwrap();
    for words in ["И\u{306}од", "👍"] {
        assert!(add(&place, &mut session, &mut desk, words).is_err());
        assert!(desk.is_behind());
    }
    assert!(desk.catch_up().is_err());
    fs::remove_file(&home).unwrap();
    assert_eq!(desk.catch_up().unwrap().as_deref(), Some(ANEW));
    assert!(!desk.is_behind());
    assert_eq!(kept(&place), ["«труд»", "И\u{306}од", "👍"]);
}

#[test]
fn what_the_disk_did_not_take_is_written_anew() {
    let (place, session, mut desk) = begun();
    desk.note_unsynced();
    assert!(desk.is_behind());
    assert_eq!(desk.catch_up().unwrap().as_deref(), Some(ANEW));
    assert_eq!(kept(&place), ["«труд»"]);
    assert_eq!(desk.sync(session.revision()).unwrap().run().unwrap(), Kept::Synced(1));
}

#[test]
fn another_program_that_began_to_work_on_it_is_left_alone() {
    let (place, mut session, mut desk) = begun();
    fs::remove_file(place.files().lock).unwrap();
    let (other, _other_desk) = place.open();
    assert_eq!(other.set().len(), 1);
    let error = add(&place, &mut session, &mut desk, "👍").unwrap_err();
    assert!(error.brief().ends_with("works on it now"), "{error}");
    assert_eq!(kept(&place), ["«труд»"]);
    drop(desk);
    assert!(place.files().lock.exists(), "the lock of the other stays");
}

#[test]
fn everything_can_be_saved_elsewhere_whole_and_replaces_nothing() {
    let (place, mut session, mut desk) = begun();
    let home = place.path("annotations");
    fs::remove_dir_all(&home).unwrap();
    fs::write(&home, "a file й 👍").unwrap();
    assert!(add(&place, &mut session, &mut desk, "И\u{306}од").is_err());
    let elsewhere = Place::new(TEXT);
    let snapshot = desk.save_elsewhere(&session, elsewhere.files().snapshot.parent().unwrap()).unwrap();
    assert_eq!(snapshot, elsewhere.files().snapshot);
    assert_eq!(kept(&elsewhere), ["«труд»", "И\u{306}од"]);
    fs::remove_file(&snapshot).unwrap();
    assert_eq!(kept(&elsewhere), ["«труд»", "И\u{306}од"], "the history alone holds everything");
    let refused = desk.save_elsewhere(&session, &snapshot).unwrap_err();
    assert_eq!(refused.brief(), "speech.txt.history: it is there already; name another place");
    let named = desk.save_elsewhere(&session, &elsewhere.path("копия и\u{306} 👍.ron")).unwrap();
    assert!(named.with_extension("history").exists());
}

#[test]
fn a_copy_elsewhere_of_what_nobody_annotated_opens() {
    let place = Place::new(TEXT);
    let (session, desk) = place.open();
    let elsewhere = Place::new(TEXT);
    desk.save_elsewhere(&session, elsewhere.files().snapshot.parent().unwrap()).unwrap();
    assert_eq!(kept(&elsewhere), Vec::<String>::new());
    assert!(elsewhere.try_open().unwrap().desk.is_ok());
}

#[test]
fn revisions_order_what_was_done_and_not_the_clock() {
    let place = Place::new(TEXT);
    let (mut session, mut desk) = place.open();
    for (second, words) in [(100, "«труд»"), (-5_000, "И\u{306}од"), (7, "👍")] {
        let id = session.set().next_id();
        let own = Annotation { id, ..annotation(0, "theme", "labour", place.span(words)) };
        desk.record(&session.commit(at(second), "тема 👍", vec![Edit::Insert(own)]).unwrap()).unwrap();
    }
    desk.record(&session.undo(at(-90_000)).unwrap()).unwrap();
    save(&session, &mut desk);
    drop(desk);
    let (mut again, mut desk) = place.open();
    assert_eq!(again.set(), session.set());
    let redone = again.redo(at(-100_000)).unwrap();
    assert_eq!(redone.kind, crate::session::Kind::Redo(3));
    desk.record(&redone).unwrap();
    drop(desk);
    assert_eq!(kept(&place), ["«труд»", "И\u{306}од", "👍"]);
}
