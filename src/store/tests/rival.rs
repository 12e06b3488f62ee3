//! Another program puts other files in our files' place while we work: neither version is overwritten.

use super::*;
use crate::session::{Rival, Ways};

/// Two annotations, saved; the copy of the files as they are then; then a third, recorded.
pub(super) struct Scene {
    pub(super) place: Place,
    pub(super) session: Session,
    pub(super) desk: Desk,
}

fn theme(place: &Place, session: &Session, words: &str) -> Edit {
    let id = session.set().next_id();
    Edit::Insert(Annotation { id, ..annotation(0, "theme", "labour", place.span(words)) })
}

fn add(place: &Place, session: &mut Session, desk: &mut Desk, words: &str) {
    let edit = theme(place, session, words);
    let done = session.commit(at(i64::try_from(session.revision()).unwrap()), "тема 👍", vec![edit]).unwrap();
    desk.record(&done).unwrap();
}

impl Scene {
    pub(super) fn new() -> Self {
        let place = Place::new(TEXT);
        let (mut session, mut desk) = place.open();
        add(&place, &mut session, &mut desk, "«труд»");
        add(&place, &mut session, &mut desk, "И\u{306}од");
        save(&session, &mut desk);
        Self { place, session, desk }
    }

    pub(super) fn add(&mut self, words: &str) {
        add(&self.place, &mut self.session, &mut self.desk, words);
    }

    /// A colleague makes of the snapshot what `change` does to its text.
    fn theirs(&self, change: impl FnOnce(String) -> String) {
        edit(&self.place.files().snapshot, |own| {
            let changed = change(own.clone());
            assert_ne!(changed, own);
            changed
        });
    }

    pub(super) fn rival(&mut self) -> Rival {
        self.desk.look(&self.session).unwrap().expect("a rival")
    }

    fn ways(&mut self) -> Ways {
        self.rival().ways.unwrap()
    }

    /// Does what `edits` say as one transaction, after settling.
    pub(super) fn settle(&mut self, keep_theirs: bool, edits: Vec<Edit>) -> Option<String> {
        let kept = self.desk.settle(keep_theirs).unwrap();
        let done = self.session.commit(at(50), "решено 👍", edits).unwrap();
        self.desk.record(&done).unwrap();
        save(&self.session, &mut self.desk);
        kept
    }

    /// What is annotated, read by a next start from the files.
    pub(super) fn kept(self) -> Vec<String> {
        let Self { place, session, desk } = self;
        drop(desk);
        let (again, _desk) = place.open();
        assert_eq!(again.set(), session.set());
        words(&place, again.set())
    }
}

pub(super) fn words(place: &Place, set: &AnnotationSet) -> Vec<String> {
    set.iter()
        .map(|own| format!("{} {}", own.label.as_str(), place.document.text.slice(own.fragments().unwrap().hull())))
        .collect()
}

/// The line of a snapshot on which annotation 2 stands.
pub(super) fn without_second(own: &str) -> String {
    own.split_inclusive('\n').filter(|line| !line.contains("(id: 2, ")).collect()
}

#[test]
fn files_as_we_left_them_have_no_rival() {
    let mut scene = Scene::new();
    assert_eq!(scene.desk.look(&scene.session).unwrap(), None);
    scene.add("👍");
    assert_eq!(scene.desk.look(&scene.session).unwrap(), None);
    let snapshot = scene.place.files().snapshot;
    let bytes = fs::read(&snapshot).unwrap();
    fs::remove_file(&snapshot).unwrap();
    fs::write(&snapshot, bytes).unwrap();
    assert_eq!(scene.desk.look(&scene.session).unwrap(), None, "the same content is no change");
}

#[test]
fn a_snapshot_taken_away_is_written_again() {
    let mut scene = Scene::new();
    fs::remove_file(scene.place.files().snapshot).unwrap();
    assert_eq!(scene.desk.look(&scene.session).unwrap(), None);
    save(&scene.session, &mut scene.desk);
    assert!(scene.place.files().snapshot.exists());
}

#[test]
fn a_changed_snapshot_is_not_overwritten() {
    let mut scene = Scene::new();
    scene.theirs(|own| without_second(&own));
    scene.add("👍");
    let before = fs::read(scene.place.files().snapshot).unwrap();
    let error = scene.desk.save(&scene.session).unwrap().run().unwrap_err();
    assert!(error.to_string().ends_with("speech.txt.ron: another program changed it"), "{error}");
    assert_eq!(fs::read(scene.place.files().snapshot).unwrap(), before);
    let names = scene.place.leavings().into_iter().map(|(path, _)| path.file_name().unwrap().to_owned());
    let names: Vec<_> = names.collect();
    let text = format!("{}.txt", Digest::of(&scene.place.document.text));
    let expected = ["annotations", ".texts", &text, "alpha", "speech.txt.history", "speech.txt.lock", "speech.txt.ron"];
    assert_eq!(names, expected);
}

#[test]
fn theirs_is_taken_as_one_transaction() {
    let mut scene = Scene::new();
    scene.add("👍");
    scene.theirs(|own| without_second(&own).replace("labour", "youth"));
    let ways = scene.ways();
    assert_eq!(ways.mine, []);
    assert_eq!(scene.settle(false, ways.theirs), None);
    let undone = scene.session.clone().undo(at(60)).unwrap();
    assert_eq!(undone.edits.len(), 3);
    assert_eq!(scene.kept(), ["youth «труд»"]);
}

#[test]
fn the_two_are_merged_from_the_snapshot_last_written() {
    let mut scene = Scene::new();
    scene.add("👍");
    scene.theirs(|own| without_second(&own).replace("labour", "youth"));
    let ways = scene.ways();
    assert_eq!(ways.conflicts, [""; 0]);
    scene.settle(false, ways.merged);
    assert_eq!(scene.kept(), ["youth «труд»", "labour 👍"], "their deletion, their label and our addition");
}

#[test]
fn contradictions_are_kept_side_by_side() {
    let mut scene = Scene::new();
    let own = scene.session.set().get(AnnotationId(1)).unwrap().clone();
    let after = Annotation { label: LabelId::new("rights"), ..own.clone() };
    let done = scene.session.commit(at(9), "право 👍", vec![Edit::Replace { before: own, after }]).unwrap();
    scene.desk.record(&done).unwrap();
    scene.theirs(|own| own.replacen("labour", "youth", 1));
    let ways = scene.ways();
    assert_eq!(ways.conflicts, ["T1: both sides changed it; theirs is kept as T3"]);
    scene.settle(false, ways.merged);
    assert_eq!(scene.kept(), ["rights «труд»", "youth «труд»", "labour И\u{306}од"]);
}

#[test]
fn ours_is_kept_and_a_copy_of_theirs_beside_it() {
    let mut scene = Scene::new();
    scene.add("👍");
    for name in ["speech.txt.ron.theirs", "speech.txt.ron.theirs-2"] {
        scene.theirs(|own| without_second(&own));
        let theirs = fs::read(scene.place.files().snapshot).unwrap();
        let ways = scene.ways();
        assert_eq!(scene.settle(true, ways.mine), Some(format!("theirs is kept as {name}")));
        assert_eq!(fs::read(scene.place.files().snapshot.with_file_name(name)).unwrap(), theirs);
    }
    assert_eq!(scene.kept(), ["labour «труд»", "labour И\u{306}од", "labour 👍"]);
}

#[test]
fn a_history_put_in_its_place_is_set_aside_and_ours_written_anew() {
    let mut scene = Scene::new();
    let other = Scene::new();
    let history = scene.place.files().history;
    let mut theirs = other;
    theirs.add("За\u{301}мок");
    fs::copy(theirs.place.files().history, &history).unwrap();
    fs::copy(theirs.place.files().snapshot, scene.place.files().snapshot).unwrap();
    edit(&history, |own| own.replace("тема", "чужо\u{301}е"));
    edit(&history, |own| resealed(&own));
    let theirs = fs::read(&history).unwrap();
    let done = scene.session.commit(at(9), "тема 👍", vec![theme(&scene.place, &scene.session, "👍")]).unwrap();
    assert!(matches!(scene.desk.record(&done).unwrap_err(), StoreError::Overtaken(_)));
    let rival = scene.rival();
    assert_eq!(rival.found_in, "the history");
    let ways = rival.ways.unwrap();
    assert_eq!(scene.settle(false, ways.merged).unwrap(), "theirs is kept as speech.txt.history.theirs");
    assert_eq!(fs::read(history.with_extension("history.theirs")).unwrap(), theirs);
    assert_eq!(scene.kept(), ["labour За\u{301}мок", "labour «труд»", "labour И\u{306}од", "labour 👍"]);
}

/// A history with its checksums made good.
fn resealed(content: &str) -> String {
    let line = |line: &str| match line.splitn(3, ' ').collect::<Vec<_>>()[..] {
        [revision, _, ron] if !line.starts_with('(') => {
            format!("{revision} {:08x} {ron}\n", crc32fast::hash(format!("{revision} {ron}").as_bytes()))
        }
        _ => format!("{line}\n"),
    };
    content.lines().map(line).collect()
}

#[test]
fn what_cannot_be_read_leaves_only_ours_and_says_why() {
    for (change, reason) in [
        (("(\n", "("), None),
        (("format: 1", "format: 7"), Some("the file has format 7; this program reads format 1")),
        (("annotations: [", "annotations: [["), Some("speech.txt.ron:11:19: ")),
        (("sha256: \"", "sha256: \"00"), Some("it is about another text")),
        (("«труд»", "«руда́»"), Some("code points 15–21 hold \"«труд»\", not \"«руда́»\"")),
    ] {
        let mut scene = Scene::new();
        scene.theirs(|own| own.replacen(change.0, change.1, 1));
        match (scene.rival().ways, reason) {
            (Ok(ways), None) => assert_eq!(ways, Ways::default()),
            (Err(said), Some(reason)) => assert!(said.contains(reason), "{said}"),
            (ways, reason) => panic!("{ways:?} {reason:?}"),
        }
        let kept = scene.settle(true, Vec::new()).unwrap();
        assert_eq!(kept, "theirs is kept as speech.txt.ron.theirs");
        assert_eq!(scene.kept().len(), 2);
    }
}

#[test]
fn looking_makes_no_file() {
    let place = Place::new(TEXT);
    let (session, mut desk) = place.open();
    let before = place.leavings();
    assert_eq!(desk.look(&session).unwrap(), None);
    assert_eq!(place.leavings(), before);
}

#[test]
fn a_history_taken_away_while_nothing_is_done_is_made_whole_on_looking() {
    for cut in [None, Some(100)] {
        let mut scene = Scene::new();
        let path = scene.place.files().history;
        let before = fs::read(&path).unwrap();
        match cut {
            None => fs::remove_dir_all(path.parent().unwrap()).unwrap(),
            Some(length) => fs::write(&path, &before[..length]).unwrap(),
        }
        assert_eq!(scene.desk.look(&scene.session).unwrap(), None);
        assert!(scene.desk.is_behind());
        assert!(scene.desk.catch_up().unwrap().unwrap().contains("the whole history was written anew"));
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[test]
fn a_transcript_changed_while_we_work_is_told_once() {
    let mut scene = Scene::new();
    assert_eq!(scene.desk.transcript_change(), None);
    let path = scene.place.corpus.transcript(&scene.place.document.id);
    fs::write(&path, format!("{TEXT}ещё й\u{301} 👍")).unwrap();
    assert!(scene.desk.transcript_change().unwrap().contains("open it again"));
    assert_eq!(scene.desk.transcript_change(), None, "it was told");
}
