use std::fs;

use super::super::tests::{Place, annotation, at, day, save, speaker};
use super::*;
use crate::annotation::{Annotation, AnnotationId, Edit, Past, SpeakerId, Target, Value, Waiting};
use crate::schema::AttributeId;
use crate::session::Session;
use crate::store::{Desk, StoreError};

/// The state of speakers and annotations as a snapshot lists them.
fn state(speakers: &str, annotations: &str) -> State {
    State::of(&snapshot::parse(&source(1, speakers, annotations), Path::new("й👍.ron")).unwrap())
}

fn source(revision: u32, speakers: &str, annotations: &str) -> String {
    format!(
        "(format: 1, document: (path: \"й.txt\", sha256: \"00\", code_points: 9), annotator: \"a\", revision: {revision}, \
         status: Open, schema: (name: \"s\", version: 1), speakers: [{speakers}], annotations: [{annotations}])"
    )
}

/// A theme at a place.
fn theme(id: u32, label: &str, start: usize) -> String {
    format!(
        "(id: {id}, layer: \"theme\", label: \"{label}\", target: Text([({start}, {}, \"и\u{306}👍\")])),",
        start + 3
    )
}

fn said(id: u32, start: usize, speaker: u32) -> String {
    let target = format!("Text([({start}, {}, \"и\u{306}👍\")])", start + 3);
    format!(
        "(id: {id}, layer: \"quote\", label: \"quote\", target: {target}, attributes: {{\"by\": Speaker({speaker})}}),"
    )
}

fn relation(id: u32, from: u32, to: u32) -> String {
    format!("(id: {id}, layer: \"answer\", label: \"x\", target: Relation(from: {from}, to: {to})),")
}

fn person(id: u32, name: &str, role: &str) -> String {
    format!("(id: {id}, name: \"{name}\", role: \"{role}\"),")
}

#[track_caller]
fn combines(base: &State, ours: &State, theirs: &State, expected: &State, conflicts: &[&str]) {
    let combined = combine(base, ours, theirs, (0, 0));
    assert_eq!(combined.conflicts, conflicts);
    assert_eq!(&combined.state, expected);
}

#[test]
fn additions_of_both_sides_combine_and_what_refers_to_them_follows() {
    let base = state(&person(1, "А\u{301}", ""), &theme(1, "rights", 0));
    let ours = state(
        &[person(1, "А\u{301}", ""), person(2, "Б", "")].concat(),
        &[theme(1, "rights", 0), said(2, 10, 2), theme(3, "youth", 20)].concat(),
    );
    let theirs = state(
        &[person(1, "А\u{301}", ""), person(2, "В", ""), person(3, "Б", "аким")].concat(),
        &[theme(1, "rights", 0), said(2, 30, 2), theme(3, "youth", 20), said(4, 40, 3), relation(5, 2, 3)].concat(),
    );
    let expected = state(
        &[person(1, "А\u{301}", ""), person(2, "Б", "аким"), person(4, "В", "")].concat(),
        &[
            theme(1, "rights", 0),
            said(2, 10, 2),
            theme(3, "youth", 20),
            said(4, 40, 2),
            relation(5, 6, 3),
            said(6, 30, 4),
        ]
        .concat(),
    );
    combines(&base, &ours, &theirs, &expected, &[]);
}

#[test]
fn the_same_relation_between_the_same_additions_is_one() {
    let ours = state("", &[theme(1, "a", 0), theme(2, "b", 5), relation(3, 1, 2)].concat());
    let theirs = state("", &[theme(1, "b", 5), theme(2, "a", 0), relation(3, 2, 1)].concat());
    combines(&State::default(), &ours, &theirs, &ours, &[]);
}

#[test]
fn what_one_side_did_is_taken_and_what_both_did_is_done_once() {
    let base = state(
        "",
        &[theme(1, "a", 0), theme(2, "a", 5), theme(3, "a", 9), theme(4, "a", 12), theme(5, "a", 15)].concat(),
    );
    let ours = state("", &[theme(1, "b", 0), theme(2, "a", 5), theme(3, "c", 9), theme(5, "b", 15)].concat());
    let theirs = state("", &[theme(1, "a", 0), theme(3, "c", 9), theme(4, "a", 12), theme(5, "a", 16)].concat());
    let expected = state("", &[theme(1, "b", 0), theme(3, "c", 9), theme(5, "b", 16)].concat());
    combines(&base, &ours, &theirs, &expected, &[]);
}

#[test]
fn contradictions_are_kept_side_by_side_and_listed() {
    let base = state(&person(1, "А\u{301}", ""), &[theme(1, "a", 0), theme(2, "a", 5), theme(3, "a", 9)].concat());
    let ours = state(&person(1, "А\u{301}", "аким"), &[theme(1, "b", 0), theme(2, "b", 5)].concat());
    let theirs = state(&person(1, "А\u{301}", "👍"), &[theme(1, "c", 0), theme(3, "b", 9)].concat());
    let expected = state(
        &[person(1, "А\u{301}", "аким"), person(2, "А\u{301}", "👍")].concat(),
        &[theme(1, "b", 0), theme(2, "b", 5), theme(3, "b", 9), theme(4, "c", 0)].concat(),
    );
    combines(
        &base,
        &ours,
        &theirs,
        &expected,
        &[
            "speaker 1 (А\u{301}): both sides changed it; theirs is kept as speaker 2 (А\u{301})",
            "T1: both sides changed it; theirs is kept as T4",
            "T2: they deleted it and we changed it; it is kept",
            "T3: we deleted it and they changed it; it is kept",
        ],
    );
}

#[test]
fn what_one_side_deleted_and_the_other_refers_to_is_kept() {
    let base = state(&person(1, "А\u{301}", ""), &[theme(1, "a", 0), theme(2, "a", 5)].concat());
    let ours = state("", &theme(2, "a", 5));
    let theirs = state(
        &person(1, "А\u{301}", ""),
        &[theme(1, "a", 0), theme(2, "a", 5), said(3, 9, 1), relation(4, 2, 1)].concat(),
    );
    combines(
        &base,
        &ours,
        &theirs,
        &theirs,
        &[
            "T1: one side deleted it and A4 of the other leads to it; it is kept",
            "speaker 1 (А\u{301}): one side deleted it and Q3 of the other names it; it is kept",
        ],
    );
}

#[test]
fn a_side_that_did_nothing_changes_nothing() {
    let base = state(&person(1, "А\u{301}", ""), &[theme(1, "a", 0), theme(2, "a", 5)].concat());
    let other = state(
        &[person(1, "А\u{301}", "аким"), person(2, "Б", "")].concat(),
        &[theme(2, "b", 5), said(3, 9, 2), relation(7, 3, 2)].concat(),
    );
    combines(&base, &other, &base, &other, &[]);
    combines(&base, &base, &other, &other, &[]);
    combines(&base, &other, &other, &other, &[]);
    combines(&State::default(), &other, &other, &other, &[]);
}

#[test]
fn fresh_numbers_are_above_those_of_the_history_and_below_the_last() {
    let (ours, theirs) = (state("", &theme(1, "a", 0)), state("", &theme(1, "b", 5)));
    let numbers =
        |used| combine(&State::default(), &ours, &theirs, used).state.annotations.into_keys().collect::<Vec<_>>();
    assert_eq!(numbers((7, 0)), [1, 8]);
    assert_eq!(numbers((crate::store::format::LAST_ID, 0)), [1, 2]);
}

/// The snapshot of `session` as a colleague writes it.
fn written(place: &Place, session: &Session) -> Vec<u8> {
    let digest = crate::document::Digest::of(&place.document.text);
    let (schema, set) = (("speeches".to_owned(), 1), session.set().clone());
    let snapshot = crate::store::Snapshot::new(place.document.clone(), digest, "beta", session.revision(), schema, set);
    let mut bytes = Vec::new();
    snapshot.write(&mut bytes).unwrap();
    bytes
}

/// A day's work with its snapshot, a copy of it from before, and a colleague's version of that copy.
struct Copies {
    place: Place,
    merge: Merge,
}

impl Copies {
    fn new() -> Self {
        let place = Place::new(super::super::tests::TEXT);
        let (mut session, mut desk) = place.open();
        day(&place, &mut session, &mut desk);
        save(&session, &mut desk);
        drop(desk);
        let [base, theirs] = ["base.ron", "theirs.ron"].map(|name| place.path(name));
        let ours = place.files().snapshot;
        fs::copy(&ours, &base).unwrap();
        let colleague = Self::colleague(&place, session);
        fs::write(&theirs, colleague).unwrap();
        Self { merge: Merge { base, ours: ours.clone(), theirs, out: ours, destination: None }, place }
    }

    /// The snapshot of somebody who goes on from `session`.
    fn colleague(place: &Place, mut session: Session) -> Vec<u8> {
        let by = [(AttributeId::new("speaker"), Value::Speaker(SpeakerId(2)))];
        let quote = Annotation { attributes: by.into(), ..annotation(3, "quote", "quote", place.span("«Йод»")) };
        let relation = Target::Relation { from: AnnotationId(1), to: AnnotationId(3) };
        let relation = Annotation { target: relation, ..annotation(4, "answer", "x", place.span("«Йод»")) };
        let edits = vec![
            Edit::Speaker { before: None, after: Some(speaker(2, "О’Нил 👍")) },
            Edit::Insert(quote),
            Edit::Insert(relation),
        ];
        session.commit(at(50), "ещё", edits).unwrap();
        written(place, &session)
    }

    /// Ours goes on by one transaction, too.
    fn go_on(&self) -> (Session, Desk) {
        let (mut session, mut desk) = self.place.open();
        let own = Edit::Insert(annotation(3, "theme", "youth", self.place.span("труд")));
        desk.record(&session.commit(at(40), "тег", vec![own]).unwrap()).unwrap();
        (session, desk)
    }
}

#[test]
fn the_history_keeps_our_lines_and_gains_one_transaction_that_undo_takes_back() {
    let copies = Copies::new();
    let (session, mut desk) = copies.go_on();
    save(&session, &mut desk);
    drop(desk);
    let lines = fs::read_to_string(copies.place.files().history).unwrap();
    let merged = merge(&copies.merge, at(60)).unwrap();
    assert_eq!(merged, Merged { conflicts: Vec::new(), revision: session.revision() + 1, recorded: true });
    let longer = fs::read_to_string(copies.place.files().history).unwrap();
    assert_eq!(longer.strip_prefix(&lines).unwrap().lines().count(), 1);

    let (mut reopened, _desk) = copies.place.open();
    assert_eq!((reopened.set().len(), reopened.revision()), (session.set().len() + 2, merged.revision));
    assert_eq!(reopened.set().get(AnnotationId(5)).unwrap().speaker(), Some(SpeakerId(2)));
    assert_eq!(
        reopened.set().get(AnnotationId(4)).unwrap().target,
        Target::Relation { from: AnnotationId(1), to: AnnotationId(5) }
    );
    assert!(reopened.undo(at(70)).is_some());
    assert_eq!(reopened.set(), session.set());
    assert!(!copies.place.files().torn.exists());
}

#[test]
fn the_snapshot_alone_is_what_the_history_leads_to() {
    let copies = Copies::new();
    let before = fs::read(&copies.merge.ours).unwrap();
    merge(&copies.merge, at(60)).unwrap();
    let (session, desk) = copies.place.open();
    drop(desk);
    fs::write(&copies.merge.ours, before).unwrap();
    assert_eq!(copies.place.open().0.set(), session.set(), "as after a crash between the two");
}

#[test]
fn merging_the_same_again_changes_nothing() {
    let copies = Copies::new();
    merge(&copies.merge, at(60)).unwrap();
    let (snapshot, history) = (fs::read(&copies.merge.ours).unwrap(), fs::read(copies.place.files().history).unwrap());
    assert!(!merge(&copies.merge, at(90)).unwrap().recorded);
    assert_eq!(fs::read(&copies.merge.ours).unwrap(), snapshot);
    assert_eq!(fs::read(copies.place.files().history).unwrap(), history);
}

#[test]
fn without_a_history_the_result_is_above_both_sides() {
    let copies = Copies::new();
    let out = copies.place.path("out.ron");
    let theirs = copies.place.path("theirs.ron");
    let blank = copies.place.path("blank.ron");
    fs::write(&blank, "").unwrap();
    let merge = |base: &Path, ours: &Path, theirs: &Path| {
        let files = Merge {
            base: base.to_owned(),
            ours: ours.to_owned(),
            theirs: theirs.to_owned(),
            out: out.clone(),
            destination: None,
        };
        let merged = super::merge(&files, at(60)).unwrap();
        (merged.revision, merged.recorded, fs::read(&out).unwrap())
    };
    let base = &copies.merge.base;
    let (revision, recorded, _) = merge(base, base, &theirs);
    assert_eq!((revision, recorded), (10, false));
    assert_eq!(merge(base, &theirs, base).0, 10);
    assert_eq!(merge(base, &theirs, &theirs), (9, false, fs::read(&theirs).unwrap()));
    assert_eq!(merge(&blank, base, &theirs).0, 10);
}

#[test]
fn what_would_lose_work_or_mix_texts_is_refused_and_changes_nothing() {
    let copies = Copies::new();
    let refused = |files: &Merge, reason: &str| {
        let before = copies.place.leavings();
        let Err(StoreError::Unmergeable { message, .. }) = merge(files, at(60)) else { panic!("{reason}") };
        assert!(message.contains(reason), "{message}");
        assert_eq!(copies.place.leavings(), before);
    };
    let (session, mut desk) = copies.go_on();
    refused(&copies.merge, "is working on it");
    drop(desk);
    refused(&copies.merge, "its history goes on to revision 9, and ours holds only 8");
    let git =
        Merge { out: copies.place.path("out"), destination: Some(copies.merge.out.clone()), ..copies.merge.clone() };
    refused(&git, "its history goes on to revision 9");
    (_, desk) = copies.place.open();
    save(&session, &mut desk);
    drop(desk);
    refused(&Merge { ours: copies.merge.theirs.clone(), ..copies.merge.clone() }, "it is not ours");
    let theirs = fs::read_to_string(&copies.merge.theirs).unwrap();
    let other = copies.place.path("other.ron");
    let digest = crate::document::Digest::of(&copies.place.document.text);
    fs::write(&other, theirs.replace(digest.as_str(), &"0".repeat(64))).unwrap();
    refused(&Merge { theirs: other, ..copies.merge.clone() }, "it is about another text");
}

#[test]
fn a_merge_driver_leaves_the_history_alone_and_opening_tells_it_what_came() {
    let copies = Copies::new();
    let (history, out) = (fs::read(copies.place.files().history).unwrap(), copies.place.path("out"));
    let files = Merge { out: out.clone(), destination: Some(copies.merge.out.clone()), ..copies.merge.clone() };
    assert!(!merge(&files, at(60)).unwrap().recorded);
    assert_eq!(fs::read(copies.place.files().history).unwrap(), history);
    fs::rename(out, &copies.merge.out).unwrap();
    let opening = copies.place.try_open().unwrap();
    let (session, desk) = (opening.reading.session, opening.desk);
    assert_eq!((session.set().len(), opening.rival), (3, None));
    assert_eq!(opening.notices, ["a merge elsewhere brought 3 changes: u takes them back"]);
    drop(desk);
    fs::remove_file(copies.place.files().snapshot).unwrap();
    let (again, _desk) = copies.place.open();
    assert_eq!(again.set(), session.set());
}

/// The state of annotations that stand and annotations that wait for a place.
fn with_waiting(annotations: &str, waiting: &str) -> State {
    let source = source(1, "", annotations).replace("annotations: [", &format!("strays: [{waiting}], annotations: ["));
    State::of(&snapshot::parse(&source, Path::new("й👍.ron")).unwrap())
}

#[test]
fn what_becomes_of_an_annotation_that_waits_is_a_change_like_any_other() {
    let waiting = |ids: &[u32]| ids.iter().map(|id| theme(*id, "a", 3 * *id as usize)).collect::<String>();
    let base = with_waiting("", &waiting(&[1, 2, 3, 4, 5, 6]));
    let ours = with_waiting(&[theme(1, "a", 60), theme(4, "a", 70)].concat(), &waiting(&[2, 3, 6]));
    let theirs =
        with_waiting(&[theme(2, "a", 80), theme(4, "a", 90), theme(5, "a", 99)].concat(), &waiting(&[1, 6, 7]));
    let standing = [theme(1, "a", 60), theme(4, "a", 70), theme(2, "a", 80), theme(8, "a", 90), theme(5, "a", 99)];
    let expected = with_waiting(&standing.concat(), &waiting(&[6, 7]));
    let conflicts =
        ["T4: both sides changed it; theirs is kept as T8", "T5: we deleted it and they changed it; it is kept"];
    combines(&base, &ours, &theirs, &expected, &conflicts);
    assert_eq!(expected.strays().len(), 2);
}

#[test]
fn what_waits_keeps_its_number_from_additions_of_the_other_side() {
    let (ours, theirs) = (with_waiting("", &theme(1, "a", 0)), state("", &theme(1, "b", 5)));
    let both = with_waiting(&theme(2, "b", 5), &theme(1, "a", 0));
    combines(&State::default(), &ours, &theirs, &both, &[]);
    let both = with_waiting(&theme(1, "b", 5), &theme(2, "a", 0));
    combines(&State::default(), &theirs, &ours, &both, &[]);
}

#[test]
fn a_place_that_theirs_found_is_taken_and_undo_lets_it_wait_again() {
    let place = Place::new(super::super::tests::TEXT);
    let (mut session, mut desk) = place.open();
    let past = vec![Past { start: 3, end: 9, quote: "и\u{306}👍".to_owned() }];
    let Annotation { id, layer, label, attributes, note, origin, .. } =
        annotation(7, "theme", "youth", place.span("«труд»"));
    let own = Waiting { id, layer, label, past, attributes, note, origin };
    let wait = Edit::Wait { before: None, after: Some(own.clone()) };
    desk.record(&session.commit(at(1), "ждёт 👍", vec![wait]).unwrap()).unwrap();
    save(&session, &mut desk);
    drop(desk);
    let (ours, theirs) = (place.files().snapshot, place.path("theirs.ron"));
    let mut colleague = session.clone();
    colleague.commit(at(2), "место", own.settle(place.span("«труд»").into()).into()).unwrap();
    fs::write(&theirs, written(&place, &colleague)).unwrap();
    let base = place.path("base.ron");
    fs::copy(&ours, &base).unwrap();
    let files = Merge { base, ours: ours.clone(), theirs, out: ours, destination: None };
    assert_eq!(merge(&files, at(3)).unwrap(), Merged { conflicts: Vec::new(), revision: 2, recorded: true });
    let (mut merged, _desk) = place.open();
    assert_eq!(merged.set(), colleague.set());
    merged.undo(at(4)).unwrap();
    assert_eq!(merged.set(), session.set());
}

#[test]
fn what_a_merge_renumbered_stays_what_it_was() {
    let base = state("", &theme(2, "a", 0));
    let noted = |id, at| theme(id, "a", at).replace("),", ", note: \"й\u{301} 👍\"),");
    let changed = state("", &noted(2, 0));
    let renumbered = state("", &[theme(3, "a", 0), theme(2, "a", 9)].concat());
    let Combined { state: ours, conflicts } = combine(&base, &changed, &renumbered, (0, 0));
    assert_eq!(conflicts, [""; 0]);
    assert_eq!(ours, state("", &[noted(2, 0), theme(3, "a", 9)].concat()));
    let Combined { state: theirs, conflicts } = combine(&base, &renumbered, &changed, (0, 0));
    assert_eq!(conflicts, [""; 0]);
    assert_eq!(theirs, state("", &[noted(3, 0), theme(2, "a", 9)].concat()));
}

#[test]
fn two_that_say_the_same_do_not_become_one_where_others_have_their_numbers() {
    let both = [theme(1, "a", 0), theme(2, "a", 0)].concat();
    let (base, ours) = (state("", &both), state("", &both));
    let theirs = state("", &[theme(1, "a", 9), theme(2, "a", 5), theme(3, "a", 0)].concat());
    let Combined { state, .. } = combine(&base, &ours, &theirs, (0, 0));
    let starts: Vec<_> = state.annotations.values().map(|held| held.own.start()).collect();
    for start in [5, 9] {
        assert!(starts.contains(&Some(start)), "what theirs added stands: {state:?}");
    }
    assert!(starts.contains(&Some(0)), "{state:?}");
}

#[test]
fn a_history_that_came_as_far_by_chance_is_left_alone() {
    let copies = Copies::new();
    let (path, history) = (&copies.merge.ours, copies.place.files().history);
    let named = |line: &str| {
        if line.starts_with("    history: ") { "    history: [\"й👍\"],\n".to_owned() } else { format!("{line}\n") }
    };
    let other: String = fs::read_to_string(path).unwrap().lines().map(named).collect();
    fs::write(path, other).unwrap();
    let before = fs::read(&history).unwrap();
    assert!(!merge(&copies.merge, at(60)).unwrap().recorded);
    assert_eq!(fs::read(&history).unwrap(), before);
}
