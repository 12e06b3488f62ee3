//! Of a history that the snapshot holds, lines are checked on opening and read when undo reaches them.

use proptest::prelude::*;

use super::super::format::Readable;
use super::super::history;
use super::*;
use crate::session::Kind;

/// A day's work, saved: the sets behind its transactions, and the history.
fn saved() -> (Place, Vec<AnnotationSet>, String) {
    let place = Place::new(TEXT);
    let (mut session, mut desk) = place.open();
    let sets = day(&place, &mut session, &mut desk);
    save(&session, &mut desk);
    drop(desk);
    let content = fs::read_to_string(place.files().history).unwrap();
    (place, sets, content)
}

#[test]
fn what_the_snapshot_holds_is_not_read_and_can_be_undone_all_the_same() {
    let (place, sets, _) = saved();
    let (mut session, mut desk) = place.open();
    assert_eq!(session.history().iter().count(), 0);
    assert_eq!(session.set().next_id(), AnnotationId(3), "ids of what was removed count as used");
    for (second, before) in (20..).zip([7, 6, 3, 2, 1, 0]) {
        desk.record(&session.undo(at(second)).unwrap()).unwrap();
        assert_eq!(*session.set(), sets[before]);
    }
    assert_eq!(session.undo(at(30)), None);
    for (second, after) in (30..).zip([1, 2, 3, 4, 7, 8]) {
        desk.record(&session.redo(at(second)).unwrap()).unwrap();
        assert_eq!(*session.set(), sets[after]);
    }
    drop(desk);
    assert_eq!(place.open().0.set(), sets.last().unwrap());
}

/// Lines that fit their checksums and cannot be understood: whoever reads one fails.
fn unreadable(content: &str) -> String {
    let forge = |line: &str| match line.splitn(3, ' ').collect::<Vec<_>>()[..] {
        [revision, _, ron] if !line.starts_with('(') => {
            let (before, rest) = ron.split_once("summary: \"").unwrap();
            let ron = format!("{before}summary: 0{}", rest.split_once('"').unwrap().1);
            format!("{revision} {:08x} {ron}\n", crc32fast::hash(format!("{revision} {ron}").as_bytes()))
        }
        _ => format!("{line}\n"),
    };
    content.lines().map(forge).collect()
}

#[test]
fn opening_reads_no_line_that_the_snapshot_holds_however_many_they_are() {
    for count in [0, 2_000] {
        let place = Place::new(TEXT);
        let (mut session, mut desk) = place.open();
        day(&place, &mut session, &mut desk);
        for turn in 0..count {
            let own = session.set().get(AnnotationId(1)).unwrap().clone();
            let after = Annotation { note: Some(format!("й\u{301} 👍 {turn}")), ..own.clone() };
            let edits = vec![Edit::Replace { before: own, after }];
            desk.record(&session.commit(at(20 + turn), "тема 👍", edits).unwrap()).unwrap();
        }
        save(&session, &mut desk);
        let history = place.files().history;
        let held = fs::read_to_string(&history).unwrap();
        let theme = annotation(9, "theme", "youth", place.span("И\u{306}од"));
        desk.record(&session.commit(at(9_000), "тема 👍", vec![Edit::Insert(theme)]).unwrap()).unwrap();
        drop(desk);
        edit(&history, |all| all.replace(&held, &unreadable(&held)));
        let (mut again, _desk) = place.open();
        assert_eq!((again.set(), again.revision()), (session.set(), session.revision()));
        assert!(again.undo(at(9_001)).is_some());
        assert!(again.recall(false).unwrap_err().contains("string"), "the others are read when undo reaches them");
    }
}

#[test]
fn a_forged_line_is_told_when_it_is_reached_and_changes_nothing() {
    let (place, sets, content) = saved();
    let forge = |line: &str| match line.splitn(3, ' ').collect::<Vec<_>>()[..] {
        ["7", _, ron] => {
            let ron = ron.replace("label", "lable");
            format!("7 {:08x} {ron}\n", crc32fast::hash(format!("7 {ron}").as_bytes()))
        }
        _ => format!("{line}\n"),
    };
    fs::write(place.files().history, content.lines().map(forge).collect::<Vec<_>>().concat()).unwrap();
    let (mut session, mut desk) = place.open();
    desk.record(&session.undo(at(20)).unwrap()).unwrap();
    assert_eq!(*session.set(), sets[7]);
    let said = session.recall(false).unwrap_err();
    assert!(said.starts_with("speech.txt.history:8: unexpected field named `lable`"), "{said}");
    assert_eq!(session.undo(at(21)), None);
    assert_eq!(*session.set(), sets[7]);
}

#[test]
fn a_flipped_byte_is_told_on_opening_though_the_line_is_not_needed() {
    let (place, _, content) = saved();
    for at in (200..content.len()).step_by(7) {
        let mut bytes = content.clone().into_bytes();
        bytes[at] ^= 0x04;
        fs::write(place.files().history, &bytes).unwrap();
        let line = 1 + memchr::memchr_iter(b'\n', &content.as_bytes()[..at]).count();
        let said = place.try_open().unwrap_err().to_string();
        assert!(said.starts_with(&format!("{}:{line}:", place.files().history.display())), "{said}");
    }
}

#[test]
fn lines_laid_out_otherwise_are_read_at_once() {
    let (place, sets, content) = saved();
    let other = |line: &str| match line.splitn(3, ' ').collect::<Vec<_>>()[..] {
        [revision, _, ron] if !line.starts_with('(') => {
            let ron = ron.replace("(id: 1,", "( id : 1,").replace("(id: 2,", "(/* й 👍 */id: 2,");
            format!("{revision} {:08x} {ron}\n", crc32fast::hash(format!("{revision} {ron}").as_bytes()))
        }
        _ => format!("{line}\n"),
    };
    fs::write(place.files().history, content.lines().map(other).collect::<Vec<_>>().concat()).unwrap();
    let (mut session, _desk) = place.open();
    assert_eq!(session.set().next_id(), AnnotationId(3));
    session.undo(at(20)).unwrap();
    session.undo(at(21)).unwrap();
    assert_eq!(*session.set(), sets[6]);
}

/// Found by fuzzing.
#[test]
fn reading_and_glimpsing_count_both_sides_of_a_replacement() {
    let place = Place::new(TEXT);
    let (before, after) = [9, 4].map(|id| annotation(id, "theme", "youth", place.span("И\u{306}од"))).into();
    let edits = vec![Edit::Replace { before, after }];
    let own = Transaction { revision: 1, kind: Kind::Commit, at: at(0), summary: "👍".to_owned(), edits };
    let line = history::record(&own, Vec::new(), &place.document.text).unwrap();
    let header = "(format: 1, document: (path: \"й\", sha256: \"0\", code_points: 1), annotator: \"a\")\n";
    let bytes = format!("{header}{line}").into_bytes();
    let last_ids = |known| history::parse_beyond(known, &bytes, Path::new("x")).unwrap().last_ids;
    assert_eq!([last_ids(0), last_ids(1)], [(9, 0); 2]);
}

proptest! {
    /// A glimpse tells what reading tells, whatever stands in strings.
    #[test]
    fn a_glimpse_tells_kind_and_numbers(
        note in r#"[\\"(){}id:Insert layer, name 0-9/#rйи\u{306}👍\n]{0,40}"#,
        ids in (1_u32..2_000_000, 1_u32..2_000_000),
        names in proptest::collection::vec(r#"[\\"\](), at:0-9и\u{306}👍]{1,9}"#, 0..3),
        kind in prop_oneof![Just(Kind::Commit), Just(Kind::Further), (1_u64..9_999).prop_map(Kind::Undo), (1_u64..9_999).prop_map(Kind::Redo)],
    ) {
        let place = Place::new(TEXT);
        let own = Annotation {
            note: Some(note.clone()),
            attributes: [
                (AttributeId::new(note.as_str()), Value::Text(note.clone())),
                (AttributeId::new("speaker"), Value::Speaker(SpeakerId(ids.1))),
            ].into(),
            ..annotation(ids.0, "quote", &note, place.span("«труд»"))
        };
        let related = Annotation {
            target: Target::Relation { from: AnnotationId(4), to: AnnotationId(3_000_000) },
            origin: Origin::Merged { from: vec![note.clone()] },
            ..own.clone()
        };
        let edits = vec![
            Edit::Speaker { before: None, after: Some(speaker(ids.1, &note)) },
            Edit::Insert(own.clone()),
            Edit::Replace { before: own, after: related },
            Edit::Status { before: Status::Open, after: Status::Done },
        ];
        let transaction = Transaction { revision: 1, kind, at: at(0), summary: note, edits };
        let names: Vec<Readable> = names.into_iter().map(Readable::from).filter(|_| kind == Kind::Commit).collect();
        let line = history::record(&transaction, names.clone(), &place.document.text).unwrap();
        let ron = line.trim_end().splitn(3, ' ').nth(2).unwrap();
        // What is laid out so that it could be taken for something else is read.
        let Some((seen, last_ids)) = history::glimpse(ron) else {
            prop_assert!(names.iter().any(|name| name.as_str().contains(", at: ")));
            return Ok(());
        };
        prop_assert_eq!(seen.names(), names.as_slice());
        prop_assert_eq!((Kind::from(seen), last_ids), (kind, ids));
    }
}

/// What a history has said last is found in the snapshot that it led to, and in no other, without either being read.
#[test]
fn a_snapshot_of_a_history_is_known_word_for_word() {
    let mut place = Place::new(TEXT);
    let (mut session, mut desk) = place.open();
    day(&place, &mut session, &mut desk);
    let theme = annotation(9, "theme", "youth", place.span("И\u{306}од"));
    desk.record(&session.commit(at(20), "ждёт 👍", vec![Edit::Insert(theme)]).unwrap()).unwrap();
    save(&session, &mut desk);
    drop(desk);
    place.change(&TEXT.replace("И\u{306}од", "Мёд"));
    reanchor(&place.corpus, &place.document, &alpha(), &schema(), None, Some(at(30))).unwrap();
    let [snapshot, history] =
        [place.files().snapshot, place.files().history].map(|path| fs::read_to_string(path).unwrap());
    assert!(snapshot.contains("strays: ["), "{snapshot}");
    let said = history::parse_beyond(u64::MAX, history.as_bytes(), Path::new("x")).unwrap().said.unwrap();
    let stands_in = |snapshot: &str| said.clone().says_the_same_as(snapshot, history.as_bytes());
    assert!(stands_in(&snapshot), "{snapshot}\n{history}");
    assert!(!stands_in(&snapshot.replace("    ],\n", "        (id: 12, layer: \"й\"),\n    ],\n")), "more");
    assert!(snapshot.contains("status: Done") && !stands_in(&snapshot.replace("status: Done", "status: Open")));
    for (own, other) in
        [("label: \"quote\"", "label: \"claim\""), ("👍\"", "👍👍\""), ("strays", "annotations"), ("id: 9", "id: 8")]
    {
        assert!(snapshot.contains(own) && !stands_in(&snapshot.replacen(own, other, 1)), "{own} in {snapshot}");
    }
}
