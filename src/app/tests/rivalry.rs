//! Another program changed the files: it is asked what becomes of the two versions, and nothing is done before.

use super::*;
use crate::app::Mode;
use crate::session::{Rival, Ways};

/// A claim, and a version of the file that calls it rights; merged, they are both there.
fn stage() -> Stage {
    let mut stage = Stage::new("{claim:[Тру\u{301}д|]} 👍 и\u{306}");
    stage.send(Message::Rival(Box::new(rival(&stage))));
    stage
}

fn rival(stage: &Stage) -> Rival {
    let claim = stage.annotation(1).clone();
    let rights = Annotation { layer: LayerId::new("theme"), label: LabelId::new("rights"), ..claim.clone() };
    let ways = Ways {
        mine: Vec::new(),
        theirs: vec![Edit::Replace { before: claim, after: rights.clone() }],
        merged: vec![Edit::Insert(Annotation { id: AnnotationId(2), ..rights })],
        conflicts: vec!["C1: both sides changed it; theirs is kept as T2".to_owned()],
    };
    Rival { found_in: "the snapshot", revision: stage.app.session.revision(), ways: Ok(ways) }
}

fn choices(stage: &Stage) -> Vec<String> {
    let Mode::Picker(picker) = &stage.app.mode else { panic!("no list: {:?}", stage.app.mode) };
    picker.matches().into_iter().map(|item| format!("{}: {}", item.text, item.detail)).collect()
}

#[test]
fn it_is_asked_at_once_and_again_on_saving_and_leaving() {
    let mut stage = stage();
    let all = [
        "merge the two: here: +1 −0 ~0; 1 conflict, both kept",
        "keep mine: here: nothing changes; theirs stays beside",
        "take theirs: here: +0 −0 ~1",
    ];
    assert_eq!(choices(&stage), all);
    stage.press("Esc");
    let banner = "ANOTHER PROGRAM CHANGED the snapshot · C-s: keep mine, take theirs or merge";
    assert_eq!(stage.app.banner().as_deref(), Some(banner));
    stage.press("d").expect_told("C-s to decide").expect("{claim:[Тру\u{301}д|]} 👍 и\u{306}");
    let again = rival(&stage);
    stage.send(Message::Rival(Box::new(again.clone())));
    assert!(matches!(stage.app.mode, Mode::Normal), "the banner does");
    stage.press("C-q");
    assert_eq!(choices(&stage), all);
    assert_eq!(stage.effects, []);
    stage.expect_told("C-q once more leaves without a decision");
    stage.press("C-q");
    assert_eq!(std::mem::take(&mut stage.effects), [Effect::Quit]);
    stage.press("Esc C-s");
    assert_eq!(std::mem::take(&mut stage.effects), [Effect::Save]);
    stage.send(Message::Rival(Box::new(again)));
    assert_eq!(choices(&stage), all);
}

#[test]
fn each_way_is_one_transaction_that_is_recorded_after_settling_and_undone_at_once() {
    for (keys, shown, keep_theirs) in [
        ("Enter", "{claim:{rights:[Тру\u{301}д|]}} 👍 и\u{306}", false),
        ("Down Down Enter", "{rights:[Тру\u{301}д|]} 👍 и\u{306}", false),
        ("Down Enter", "{claim:[Тру\u{301}д|]} 👍 и\u{306}", true),
    ] {
        let mut stage = stage();
        stage.press(keys).expect(shown);
        let settle = Effect::Settle { keep_theirs };
        match &std::mem::take(&mut stage.effects)[..] {
            [first, Effect::Save] => assert!(keep_theirs && *first == settle),
            [first, Effect::Record(done), Effect::Save] => {
                assert!(!keep_theirs && *first == settle && done.revision == 2);
                stage.press("u").expect("{claim:[Тру\u{301}д|]} 👍 и\u{306}");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!((stage.app.banner(), &stage.app.rival), (None, &None));
    }
}

#[test]
fn conflicts_are_listed_in_the_notices() {
    let mut stage = stage();
    stage.press("Enter").expect_told("conflict: C1: both sides changed it; theirs is kept as T2");
    assert!(stage.app.notices.iter().any(|notice| notice.text == "merge with theirs: +1 −0 ~0 — u takes it back"));
}

#[test]
fn what_cannot_be_read_leaves_only_ours() {
    let mut stage = Stage::new("{claim:[Тру\u{301}д|]} 👍");
    let rival = Rival { found_in: "the history", revision: 1, ways: Err("it is about another text".to_owned()) };
    stage.send(Message::Rival(Box::new(rival)));
    assert_eq!(choices(&stage), ["keep mine: theirs stays beside: it is about another text"]);
    stage.press("Enter");
    assert_eq!(stage.effects, [Effect::Settle { keep_theirs: true }, Effect::Save]);
}

#[test]
fn a_form_being_filled_in_is_not_torn_away() {
    let mut stage = Stage::new("{claim:[Тру\u{301}д|]} 👍");
    stage.press("e");
    let rival = rival(&stage);
    stage.send(Message::Rival(Box::new(rival)));
    assert!(matches!(stage.app.mode, Mode::Form(_)));
    stage.press("Esc C-q");
    assert_eq!(choices(&stage).len(), 3);
}

#[test]
fn once_the_files_are_as_we_left_them_nothing_is_asked() {
    let mut stage = stage();
    stage.press("Esc").send(Message::NoRival).press("C-q");
    assert_eq!(stage.effects, [Effect::Quit]);
}
