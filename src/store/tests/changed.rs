//! A text that is not the one that was annotated.

use super::*;

/// A place where three annotations were made, with a snapshot or only a history.
fn annotated(with_snapshot: bool) -> Place {
    let place = Place::new(TEXT);
    let (mut session, mut desk) = place.open();
    let words = ["За\u{301}мок", "«труд»", "O’Нил's 👍"];
    for (id, words) in (1..).zip(words) {
        let theme = annotation(id, "theme", "labour", place.span(words));
        let done = session.commit(at(0), "тема", vec![Edit::Insert(theme)]).unwrap();
        desk.record(&done).unwrap();
    }
    let speaker = Edit::Speaker { before: None, after: Some(speaker(1, "Й\u{301}од")) };
    let done = session.commit(at(1), "speaker", vec![speaker]).unwrap();
    desk.record(&done).unwrap();
    if with_snapshot {
        save(&session, &mut desk);
    }
    place
}

fn reasons(reading: &Reading) -> Vec<(u32, &str)> {
    reading.strays.iter().map(|stray| (stray.id.0, stray.reason.as_str())).collect()
}

/// Opens without the wish to change anything.
fn look(place: &Place) -> Opening {
    open(&place.corpus, &place.document, &alpha(), &schema(), true).unwrap()
}

#[test]
fn what_still_matches_a_changed_text_is_loaded_and_the_rest_strays() {
    for with_snapshot in [true, false] {
        let mut place = annotated(with_snapshot);
        place.change(&TEXT.replace("и «труд»", "и «прут»").replace("O’Нил's 👍.\n", ""));
        let before = place.leavings();
        let opening = look(&place);
        let reading = &opening.reading;
        assert!(reading.changed);
        assert_eq!(reading.session.set().iter().map(|own| own.id.0).collect::<Vec<_>>(), [1]);
        assert_eq!(reading.session.set().speakers().count(), 1);
        assert_eq!(
            reasons(reading),
            [
                (2, "code points 15–21 hold \"«прут»\", not \"«труд»\""),
                (3, "code points 52–61: the span ends behind the text"),
            ]
        );
        let stray = &reading.strays[0];
        assert_eq!((stray.title.as_str(), stray.start, stray.quote.as_str()), ("theme labour", Some(15), "«труд»"));
        assert_eq!(
            opening.desk.as_ref().unwrap_err(),
            "speech.txt is not the text that was annotated: 1 of 3 annotations still match it"
        );
        drop(opening);
        assert_eq!(place.leavings(), before, "nothing on disk changes");
    }
}

#[test]
fn a_text_changed_behind_the_annotations_is_read_only_too() {
    let mut place = annotated(true);
    place.change(&format!("{TEXT}ещё 👍"));
    let opening = look(&place);
    assert_eq!(opening.reading.strays, []);
    let said = "speech.txt is not the text that was annotated: 3 of 3 annotations still match it";
    assert_eq!(opening.desk.unwrap_err(), said);
}

#[test]
fn whoever_only_looks_finds_a_quote_changed_by_hand_to_be_a_stray() {
    let place = annotated(true);
    edit(&place.files().snapshot, |content| content.replace("«труд»", "«прут»"));
    let before = place.leavings();
    let opening = look(&place);
    assert!(!opening.reading.changed);
    assert_eq!(reasons(&opening.reading), [(2, "code points 15–21 hold \"«труд»\", not \"«прут»\"")]);
    assert_eq!(opening.reading.session.set().len(), 2);
    assert_eq!(opening.desk.unwrap_err(), "1 of 3 annotations do not match the text");
    assert_eq!(place.leavings(), before);
}

#[test]
fn a_stray_that_the_history_removes_later_is_kept_and_told() {
    let place = annotated(true);
    let (mut session, mut desk) = place.open();
    let own = session.set().get(AnnotationId(2)).unwrap().clone();
    let gone = session.commit(at(9), "прочь 👍", vec![Edit::Remove(own)]).unwrap();
    desk.record(&gone).unwrap();
    drop(desk);
    edit(&place.files().snapshot, |content| content.replace("«труд»", "«прут»"));
    let opening = place.try_open().unwrap();
    assert_eq!(
        reasons(&opening.reading),
        [(2, "it is not certain where its words stand now")],
        "changed there, and so kept"
    );
    assert_eq!(opening.notices[0], "conflict: T2: we deleted it and they changed it; it is kept");
    assert_eq!(opening.reading.session.set().len(), 2);
}

#[test]
fn spans_that_are_none_stray_with_a_reason() {
    let place = annotated(true);
    edit(&place.files().snapshot, |content| {
        let content = content.replace("(1, 7,", "(1, 3,").replace("(15, 21,", "(21, 15,");
        content.replace("(52, 61,", "(52, 99999999999,")
    });
    let opening = look(&place);
    let said = reasons(&opening.reading);
    assert_eq!(
        said,
        [
            (1, "code points 1–3: the span cuts a character in two: a letter from its accent, or an emoji"),
            (2, "code points 21–15: the span is empty or reversed"),
            (3, "code points 52–99999999999: the span ends behind the text"),
        ]
    );
}

#[test]
fn reading_takes_no_lock_and_finds_nothing_where_nothing_is() {
    let place = Place::new(TEXT);
    let digest = Digest::of(&place.document.text);
    assert!(read(&place.corpus, &place.document, &digest, &alpha()).unwrap().is_none());
    let place = annotated(false);
    let (session, _desk) = place.open();
    let reading = read(&place.corpus, &place.document, &digest, &alpha()).unwrap().unwrap();
    assert_eq!(reading.session.set(), session.set());
}
