//! Opening: what it leaves behind, who may write, and what is said when nobody may.

use super::*;

#[test]
fn opening_and_leaving_leaves_nothing_behind() {
    for name in ["speech.txt", "речи/Й\u{301}/👩🏽‍🌾.txt"] {
        let place = Place::with(TEXT, name);
        let before = place.leavings();
        let (session, desk) = place.open();
        assert!(place.files().lock.exists());
        assert!(desk.save(&session).is_none() && desk.sync(0).is_none());
        drop(desk);
        assert_eq!(place.leavings(), before);
    }
}

#[test]
fn directories_that_were_there_stay() {
    let place = Place::new(TEXT);
    fs::create_dir_all(place.path("annotations")).unwrap();
    drop(place.open());
    assert_eq!(place.leavings(), [(place.path("annotations"), Vec::new())]);
}

#[test]
fn read_only_touches_nothing() {
    let place = Place::new(TEXT);
    let opening = open(&place.corpus, &place.document, &alpha(), &schema(), true).unwrap();
    assert_eq!(opening.desk.unwrap_err(), "opened with --read-only");
    assert_eq!(place.leavings(), []);
}

#[test]
fn a_second_opener_is_told_who_works_on_it_and_may_write_afterwards() {
    let place = Place::new(TEXT);
    let (_, desk) = place.open();
    let second = place.try_open().unwrap();
    let host = whoami::hostname().unwrap_or_else(|_unnamed| "an unnamed host".to_owned());
    let holder = format!("process {} on {}", std::process::id(), host);
    assert_eq!(second.desk.unwrap_err(), format!("{holder} is working on it as alpha"));
    assert!(place.files().lock.exists(), "the second leaves the lock of the first alone");
    let beta = AnnotatorName::new("Бета 👍").unwrap();
    assert!(open(&place.corpus, &place.document, &beta, &schema(), false).unwrap().desk.is_ok(), "others may work");
    drop(desk);
    assert!(place.try_open().unwrap().desk.is_ok());
}

#[test]
fn a_lock_left_by_a_killed_process_is_no_obstacle() {
    let place = Place::new(TEXT);
    let files = place.files();
    fs::create_dir_all(files.lock.parent().unwrap()).unwrap();
    fs::write(&files.lock, "process 4194304 on Қарағанды-й\u{301} 👍 with a long name\n").unwrap();
    let (_, desk) = place.open();
    let said = fs::read_to_string(&files.lock).unwrap();
    assert_eq!(said.lines().count(), 1);
    assert!(said.starts_with(&format!("process {} on ", std::process::id())));
    drop(desk);
    assert!(!files.lock.exists());
}

#[test]
fn a_lock_cannot_smuggle_escape_sequences_into_the_message() {
    let place = Place::new(TEXT);
    let files = place.files();
    let (_, _desk) = place.open();
    fs::write(&files.lock, format!("\u{1b}[2Jй 👍\u{202e}{}\n\n", "x".repeat(10_000))).unwrap();
    let said = place.try_open().unwrap().desk.unwrap_err();
    assert!(said.starts_with(r"\u{1b}[2Jй 👍\u{202e}xxx") && said.len() < 400, "{said}");
}

#[test]
fn a_corpus_that_cannot_be_written_opens_read_only_with_the_reason() {
    let place = Place::new(TEXT);
    fs::write(place.path("annotations"), "a file й 👍").unwrap();
    let opening = place.try_open().unwrap();
    assert!(opening.reading.session.set().is_blank());
    let reason = opening.desk.unwrap_err();
    let start = format!("{}: cannot lock it: ", place.files().lock.display());
    assert!(reason.starts_with(&start) && !reason.contains("os error"), "{reason}");
    let digest = Digest::of(&place.document.text);
    assert!(read(&place.corpus, &place.document, &digest, &alpha()).unwrap().is_none());
    assert_eq!(place.corpus.annotators().unwrap(), []);
}

#[test]
fn a_directory_half_made_is_taken_back() {
    let place = Place::new(TEXT);
    fs::create_dir_all(place.files().lock).unwrap();
    let before = place.leavings();
    let reason = place.try_open().unwrap().desk.unwrap_err();
    assert!(reason.contains("cannot lock it"), "{reason}");
    assert_eq!(place.leavings(), before);
}

#[test]
fn a_torn_history_that_cannot_be_set_aside_opens_read_only() {
    let place = Place::new(TEXT);
    let (mut session, mut desk) = place.open();
    let sets = day(&place, &mut session, &mut desk);
    drop(desk);
    let files = place.files();
    edit(&files.history, |content| content + "9 0000й");
    fs::create_dir(&files.torn).unwrap();
    let before = place.leavings();
    let opening = place.try_open().unwrap();
    assert_eq!(opening.reading.session.set(), sets.last().unwrap());
    assert!(opening.desk.unwrap_err().contains("speech.txt.torn: cannot write it"));
    assert_eq!(place.leavings(), before);
}

#[test]
fn two_hundred_openings_by_eight_threads_never_meet_and_leave_nothing() {
    let place = Place::new(TEXT);
    let writers = std::sync::atomic::AtomicUsize::new(0);
    let count = |by| writers.fetch_add(by, std::sync::atomic::Ordering::SeqCst);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..25 {
                    match place.try_open().unwrap().desk {
                        Ok(desk) => {
                            assert_eq!(count(1), 0, "й 👍");
                            count(usize::MAX);
                            drop(desk);
                        }
                        Err(reason) => assert!(reason.ends_with("is working on it as alpha"), "{reason}"),
                    }
                }
            });
        }
    });
    assert!(!place.files().lock.exists());
    assert!(place.try_open().unwrap().desk.is_ok());
}
