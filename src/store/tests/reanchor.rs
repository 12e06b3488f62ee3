//! A file that follows its changed text.

use super::*;
use crate::anchor::Placement;

/// Three annotations on `TEXT`; saved, or only recorded.
fn annotated(with_snapshot: bool) -> Place {
    annotated_in(Place::new(TEXT), with_snapshot)
}

fn annotated_in(place: Place, with_snapshot: bool) -> Place {
    let (mut session, mut desk) = place.open();
    for (id, words) in (1..).zip(["За\u{301}мок", "«труд»", "O’Нил's 👍"]) {
        let theme = annotation(id, "theme", "labour", place.span(words));
        let done = session.commit(at(0), "тема", vec![Edit::Insert(theme)]).unwrap();
        desk.record(&done).unwrap();
    }
    if with_snapshot {
        save(&session, &mut desk);
    }
    place
}

/// The text with something before the second annotation, and without the third's words.
fn changed() -> String {
    TEXT.replace("и «труд»", "и 👍 ещё «труд»").replace("O’Нил's 👍.\n", "")
}

/// Annotations by number, with their words.
type Words = Vec<(u32, String)>;

fn follow(place: &Place, old: Option<&Document>) -> Result<Reanchoring, StoreError> {
    reanchor(&place.corpus, &place.document, &alpha(), &schema(), old, Some(at(5)))
}

/// What a file holds: the annotations with their words, and the strays.
fn holds(place: &Place) -> (Words, Words) {
    let reading = read(&place.corpus, &place.document, &Digest::of(&place.document.text), &alpha()).unwrap().unwrap();
    assert!(!reading.changed && reading.strays.iter().all(|stray| stray.is_kept));
    let text = &place.document.text;
    let words = |own: &Annotation| text.slice(own.fragments().unwrap().hull()).to_owned();
    let set = reading.session.set().iter().map(|own| (own.id.0, words(own))).collect();
    (set, reading.strays.iter().map(|stray| (stray.id.0, stray.quote.clone())).collect())
}

fn expected() -> (Words, Words) {
    let own = |id, words: &str| (id, words.to_owned());
    (vec![own(1, "За\u{301}мок"), own(2, "«труд»")], vec![own(3, "O’Нил's 👍")])
}

#[test]
fn what_finds_its_place_moves_and_the_rest_stays_in_the_file() {
    for with_snapshot in [true, false] {
        let mut place = annotated(with_snapshot);
        let old = place.document.clone();
        place.change(&changed());
        let done = follow(&place, Some(&old)).unwrap();
        assert!(matches!(done.cases[0].placement, Placement::Exact(_)));
        assert!(matches!(done.cases[1].placement, Placement::Moved(_)));
        assert!(done.cases[2].placement.fragments().is_none());
        assert_eq!(done.revision, Some(5), "the text changed, and what moved");
        assert_eq!(holds(&place), expected());
        let again = follow(&place, None).unwrap();
        assert_eq!((again.cases, again.waiting, again.revision), (Vec::new(), vec![AnnotationId(3)], None));
    }
}

#[test]
fn the_history_alone_and_an_old_snapshot_with_it_tell_the_same() {
    let mut place = annotated(true);
    let before = fs::read(&place.files().snapshot).unwrap();
    let old = place.document.clone();
    place.change(&changed());
    follow(&place, Some(&old)).unwrap();
    fs::write(&place.files().snapshot, before).unwrap();
    assert_eq!(holds(&place), expected());
    fs::remove_file(&place.files().snapshot).unwrap();
    assert_eq!(holds(&place), expected());
}

#[test]
fn work_goes_on_afterwards_and_keeps_the_strays() {
    let mut place = annotated(true);
    let old = place.document.clone();
    place.change(&changed());
    follow(&place, Some(&old)).unwrap();
    let (mut session, mut desk) = place.open();
    let waits = |session: &Session| session.set().waiting().map(|own| own.id.0).collect::<Vec<_>>();
    assert_eq!(waits(&session), [3]);
    let undone = session.undo(at(6)).unwrap();
    desk.record(&undone).unwrap();
    assert_eq!((session.set().len(), waits(&session)), (1, vec![2, 3]), "what moved waits again");
    let places = desk.seek(&session).unwrap();
    assert!(matches!(places[&AnnotationId(2)], Placement::Moved(_)), "{places:?}");
    assert_eq!(places.len(), 2);
    drop(desk);
    let (mut session, mut desk) = place.open();
    assert_eq!((session.set().len(), waits(&session)), (1, vec![2, 3]), "also after a restart");
    let redone = session.redo(at(6)).unwrap();
    desk.record(&redone).unwrap();
    assert!(session.redo(at(6)).is_none());
    assert_eq!(session.set().next_id(), AnnotationId(4), "the stray's number is taken");
    let done = session.commit(at(7), "тема", vec![Edit::Insert(annotation(4, "theme", "labour", place.span("ещё")))]);
    desk.record(&done.unwrap()).unwrap();
    save(&session, &mut desk);
    drop(desk);
    let (mut set, strays) = expected();
    set.insert(1, (4, "ещё".to_owned()));
    assert_eq!(holds(&place), (set, strays));
    fs::remove_file(&place.files().snapshot).unwrap();
    let (session, _desk) = place.open();
    assert_eq!((session.set().len(), session.revision()), (3, 8));
}

#[test]
fn a_history_cut_anywhere_in_the_move_is_that_of_the_old_text() {
    let mut place = annotated(false);
    let whole = fs::read(&place.files().history).unwrap().len();
    let old = place.document.clone();
    place.change(&changed());
    follow(&place, Some(&old)).unwrap();
    fs::remove_file(&place.files().snapshot).unwrap();
    let bytes = fs::read(&place.files().history).unwrap();
    for end in whole..bytes.len() {
        fs::write(&place.files().history, &bytes[..end]).unwrap();
        let opening = place.try_open().unwrap();
        // Either the text has not changed yet, or what moved still waits.
        let waiting = opening.reading.session.set().waiting().count();
        assert_eq!((opening.reading.session.revision(), waiting), (4, 2), "cut at {end}");
    }
    fs::write(&place.files().history, &bytes[..bytes.len() - 1]).unwrap();
    assert_eq!(follow(&place, Some(&old)).unwrap().revision, Some(5));
    assert_eq!(holds(&place), expected());
}

#[test]
fn another_old_text_and_a_held_file_are_refused() {
    let mut place = annotated(true);
    let (_, desk) = place.open();
    place.change(&changed());
    let before = place.leavings();
    assert!(follow(&place, None).unwrap_err().to_string().contains("is working on it as alpha"));
    drop(desk);
    let other = place.document.clone();
    assert!(follow(&place, Some(&other)).unwrap_err().to_string().contains("not the text that was annotated"));
    let looked = reanchor(&place.corpus, &place.document, &alpha(), &schema(), None, None).unwrap();
    assert_eq!((looked.cases.len(), looked.revision), (3, None));
    let kept = |leavings: Vec<(PathBuf, Vec<u8>)>| -> Vec<_> {
        leavings.into_iter().filter(|(path, _)| path.extension().is_none_or(|end| end != "lock")).collect()
    };
    assert_eq!(kept(place.leavings()), kept(before), "nothing is written");
}

#[test]
fn a_quote_changed_by_hand_waits_or_follows_its_words() {
    let place = annotated(true);
    edit(&place.files().snapshot, |own| own.replace("«труд»", "«пру\u{301}т»").replace("(52, 61,", "(9, 18,"));
    let files = || [place.files().snapshot, place.files().history].map(|path| fs::read_to_string(path).unwrap());
    let before = files();
    let opening = place.try_open().unwrap();
    let (mut session, mut desk) = (opening.reading.session, opening.desk.unwrap());
    let waiting = |set: &AnnotationSet| set.waiting().map(|own| own.id.0).collect::<Vec<_>>();
    assert_eq!((session.set().len(), waiting(session.set())), (1, vec![2, 3]));
    let placements: Vec<_> = opening.change.unwrap().into_iter().map(|case| case.placement).collect();
    assert!(matches!(placements[..], [Placement::Exact(_), Placement::Lost, Placement::Moved(_)]), "{placements:?}");
    assert_eq!(files(), before, "nothing is recorded before the annotator agrees");

    let moved = session.set().waiting().nth(1).unwrap().settle(placements[2].fragments().unwrap().clone());
    desk.record(&session.commit(at(7), "follow 👍", moved.into()).unwrap()).unwrap();
    save(&session, &mut desk);
    drop(desk);
    let expected =
        (vec![(1, "За\u{301}мок".to_owned()), (3, "O’Нил's 👍".to_owned())], vec![(2, "«пру\u{301}т»".to_owned())]);
    assert_eq!(holds(&place), expected);
    let (mut again, _desk) = place.open();
    again.undo(at(8)).unwrap();
    assert_eq!(waiting(again.set()), [2, 3], "one step lets them wait again");
}

#[test]
fn a_quote_changed_by_hand_is_reanchored_without_a_screen_too() {
    let place = annotated(true);
    edit(&place.files().snapshot, |own| own.replace("(52, 61,", "(9, 18,"));
    let done = follow(&place, None).unwrap();
    assert_eq!((done.waiting, done.revision), (Vec::new(), Some(6)));
    assert_eq!(holds(&place).0.len(), 3);
}

#[test]
fn where_the_snapshot_cannot_be_read_the_history_is_followed_and_that_is_kept_beside() {
    for is_opened in [false, true] {
        let mut place = annotated(true);
        let snapshot = place.files().snapshot;
        edit(&snapshot, |own| own.replace("labour", "й\u{301} 👍\"("));
        let broken = fs::read(&snapshot).unwrap();
        place.change(&changed());
        let unread = "the snapshot is gone on without, for the history holds everything: ";
        let kept = "the snapshot that cannot be read is kept as speech.txt.ron.theirs";
        if is_opened {
            let opening = place.try_open().unwrap();
            assert!(opening.notices[0].starts_with(&format!("conflict: {unread}")), "{:?}", opening.notices);
            assert_eq!(fs::read(&snapshot).unwrap(), broken, "nothing is done yet");
            let (mut session, mut desk) = (opening.reading.session, opening.desk.unwrap());
            assert_eq!(session.set().iter().count() + session.set().waiting().count(), 3);
            let told = desk.record(&session.commit(at(60), "тема 👍", Vec::new()).unwrap()).unwrap();
            assert_eq!(told, None);
            let Kept::Saved(saved) = desk.save(&session).unwrap().run().unwrap() else { panic!("a save saves") };
            assert_eq!(saved.kept.as_deref(), Some(kept));
        } else {
            let done = follow(&place, None).unwrap();
            assert!(done.conflicts[0].starts_with(unread), "{:?}", done.conflicts);
            assert_eq!(done.conflicts[1..], [kept]);
            assert_eq!(holds(&place), expected());
        }
        assert_eq!(fs::read(snapshot.with_file_name("speech.txt.ron.theirs")).unwrap(), broken);
        assert_eq!(place.open().0.set().waiting().count(), if is_opened { 2 } else { 1 });
    }
}

#[test]
fn a_snapshot_that_cannot_be_read_and_cannot_be_kept_beside_is_not_replaced() {
    // Too long a name for what ends in `.ron.theirs`, and not for what the program itself needs.
    let mut place = annotated_in(Place::with(TEXT, &format!("{}.txt", "й".repeat(121))), true);
    let snapshot = place.files().snapshot;
    edit(&snapshot, |own| own.replace("labour", "й\u{301} 👍\"("));
    let broken = fs::read(&snapshot).unwrap();
    place.change(&changed());
    let opening = place.try_open().unwrap();
    let (mut session, mut desk) = (opening.reading.session, opening.desk.unwrap());
    desk.record(&session.commit(at(60), "тема 👍", Vec::new()).unwrap()).unwrap();
    for _ in 0..2 {
        let error = desk.save(&session).expect("it is tried again").run().unwrap_err().to_string();
        assert!(error.contains(".ron.theirs: cannot "), "{error}");
        assert_eq!(fs::read(&snapshot).unwrap(), broken);
    }
    drop(desk);
    let (_, mut desk) = place.open();
    assert!(desk.look(&session).unwrap().is_some(), "the next start asks about it");
}

#[test]
fn those_are_counted_as_waiting_that_have_found_no_place_since_an_earlier_change() {
    let mut place = annotated(true);
    let numbers = |all: &[u32]| all.iter().copied().map(AnnotationId).collect::<Vec<_>>();
    let lost = |done: &Reanchoring| -> Vec<u32> {
        done.cases.iter().filter(|case| case.placement.fragments().is_none()).map(|case| case.id.0).collect()
    };
    let without_third = TEXT.replace("O’Нил's 👍.\n", "");
    for (text, waiting, cases) in [
        (without_third.clone(), &[][..], &[3][..]),
        (without_third.replace(" и «труд»", ""), &[3], &[2]),
        (TEXT.replace(" и «труд»", ""), &[2], &[]),
        (TEXT.to_owned(), &[], &[]),
    ] {
        place.change(&text);
        let looked = reanchor(&place.corpus, &place.document, &alpha(), &schema(), None, None).unwrap();
        let done = follow(&place, None).unwrap();
        for done in [looked, done] {
            assert_eq!((done.waiting.clone(), lost(&done)), (numbers(waiting), cases.to_vec()), "{text}");
        }
        assert_eq!(place.open().0.set().waiting().count(), waiting.len() + cases.len(), "{text}");
    }
}
