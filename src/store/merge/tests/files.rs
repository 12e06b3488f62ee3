//! The files and the history of a merge.

use super::*;

/// A day's work with its snapshot, a copy of it from before, and a colleague's version of that copy.
struct Copies {
    place: Place,
    merge: Merge,
}

impl Copies {
    fn new() -> Self {
        let place = Place::new(crate::store::tests::TEXT);
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
fn what_we_took_away_and_a_merge_of_nothing_in_common_brings_back_is_a_conflict_wherever_the_result_goes() {
    let copies = Copies::new();
    merge(&copies.merge, at(60)).unwrap();
    let (mut session, mut desk) = copies.place.open();
    let own = session.set().get(AnnotationId(3)).unwrap().clone();
    let relation = session.set().get(AnnotationId(4)).unwrap().clone();
    desk.record(&session.commit(at(70), "прочь й\u{301} 👍", vec![Edit::Remove(relation), Edit::Remove(own)]).unwrap())
        .unwrap();
    save(&session, &mut desk);
    drop(desk);
    let blank = copies.place.path("blank.ron");
    fs::write(&blank, "").unwrap();
    let elsewhere = Merge { base: blank, out: copies.place.path("out.ron"), ..copies.merge.clone() };
    let driver = Merge { destination: Some(copies.merge.ours.clone()), ..elsewhere.clone() };
    let here = Merge { out: copies.merge.ours.clone(), ..elsewhere.clone() };
    for (files, names) in [(driver, ["Q5", "A6"]), (elsewhere, ["Q3", "A4"]), (here, ["Q5", "A6"])] {
        let told = names.map(|name| {
            format!("{name}: one like it was taken away or changed here before, and theirs has it; it is kept")
        });
        assert_eq!(merge(&files, at(80)).unwrap().conflicts, told);
    }
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
fn what_crossing_branches_come_from_is_merged_for_git_whatever_the_history_holds() {
    let copies = Copies::new();
    let (session, mut desk) = copies.go_on();
    save(&session, &mut desk);
    drop(desk);
    let Merge { base, out: destination, .. } = copies.merge.clone();
    let git =
        Merge { ours: base, out: copies.place.path("out"), destination: Some(destination), ..copies.merge.clone() };
    let merged = merge(&git, at(60)).unwrap();
    assert_eq!((merged.conflicts, merged.recorded), (Vec::new(), false));
    let merged = read(&copies.place.path("out")).unwrap();
    assert_eq!(State::of(&merged), State::of(&read(&copies.merge.theirs).unwrap()), "й\u{301} 👍");
}

#[test]
fn two_sides_that_followed_a_text_are_not_told_to_merge_it() {
    let copies = Copies::new();
    let old = copies.place.path("old.ron");
    let digest = crate::document::Digest::of(&copies.place.document.text);
    fs::write(&old, fs::read_to_string(&copies.merge.base).unwrap().replace(digest.as_str(), &"0".repeat(64))).unwrap();
    let error = merge(&Merge { base: old, ..copies.merge.clone() }, at(60)).unwrap_err();
    assert!(error.to_string().contains("old.ron: it is about another text than"), "{error}");
    assert!(error.hint().unwrap().contains("give an empty file as BASE"), "{:?}", error.hint());
    let blank = copies.place.path("blank.ron");
    fs::write(&blank, "").unwrap();
    assert_eq!(merge(&Merge { base: blank, ..copies.merge.clone() }, at(60)).unwrap().conflicts, [""; 0]);
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
    assert_eq!(opening.notices, ["another program brought 3 changes: u takes them back"]);
    drop(desk);
    fs::remove_file(copies.place.files().snapshot).unwrap();
    let (again, _desk) = copies.place.open();
    assert_eq!(again.set(), session.set());
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
