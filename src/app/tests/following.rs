//! A changed text: nothing is done unasked, what moved goes in one step, and what waits is placed one by one.

use super::*;
use crate::anchor::{Candidate, Placement, Why};
use crate::annotation::{Past, Waiting};
use crate::app::Mode;
use crate::check::Allow;

const TEXT: &str = "Тру\u{301}д 👍 и право. Право и труд.";

/// `T2` moved for certain, `T3` may stand at either of two places, `T4` is lost.
fn stage() -> Stage {
    let mut stage = Stage::new(TEXT);
    let waiting = |id, quote: &str| Waiting {
        id: AnnotationId(id),
        layer: LayerId::new("theme"),
        label: LabelId::new("labour"),
        past: vec![Past { start: id as usize, end: id as usize + quote.chars().count(), quote: quote.to_owned() }],
        attributes: [].into(),
        note: None,
        origin: Origin::Manual,
    };
    let mut session = Session::default();
    let wait = |id, quote| Edit::Wait { before: None, after: Some(waiting(id, quote)) };
    session.commit(Timestamp::UNIX_EPOCH, "given", vec![wait(2, "👍"), wait(3, "и"), wait(4, "й\u{301}од")]).unwrap();
    let place = |words: &str, nth: usize| {
        let at = TEXT.match_indices(words).nth(nth).unwrap().0;
        Fragments::from(stage.app.document.text.span(Offset::new(at), Offset::new(at + words.len())).unwrap())
    };
    let either = [0, 1].map(|nth| Candidate { fragments: place(" и ", nth), why: Why::Alike }).to_vec();
    let places = [
        (AnnotationId(2), Placement::Moved(place("👍", 0))),
        (AnnotationId(3), Placement::Ambiguous(either)),
        (AnnotationId(4), Placement::Lost),
    ];
    let opened = Opened {
        session,
        access: Access::Changed,
        places: places.into(),
        allow: Allow::default(),
        notices: Vec::new(),
    };
    stage.send(Message::Opened(Box::new(opened)));
    stage
}

fn listed(stage: &Stage) -> Vec<String> {
    let Mode::Picker(picker) = &stage.app.mode else { panic!("no list: {:?}", stage.app.mode) };
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    picker.matches().into_iter().map(|item| format!("{} | {}", words(&item.text), item.detail)).collect()
}

fn waiting(stage: &Stage) -> Vec<u32> {
    stage.app.session.set().waiting().map(|own| own.id.0).collect()
}

#[test]
fn nothing_is_done_before_the_annotator_says_so() {
    let mut stage = stage();
    let asked = [
        "carry them over | 0 stay, 1 move, 2 wait for you",
        "only look | nothing is changed; Space u asks again",
        "T2 2 → 6 “👍” | moves",
    ];
    assert_eq!(listed(&stage), asked);
    stage.press("Esc m w a l");
    assert_eq!(stage.effects, [], "{:?}", stage.app.notice);
    stage.press("Space u");
    assert_eq!(listed(&stage), asked);
}

#[test]
fn what_moved_is_placed_in_one_step_that_can_be_undone() {
    let mut stage = stage();
    stage.press("Enter");
    assert_eq!(stage.effects.len(), 1);
    assert_eq!(waiting(&stage), [3, 4]);
    assert_eq!(stage.app.session.set().len(), 1);
    stage.press("u");
    assert_eq!((waiting(&stage), stage.app.session.set().len()), (vec![2, 3, 4], 0));
    stage.press("U Space u");
    assert_eq!(listed(&stage), ["T3 3 labour “и” | 2 places", "T4 4 labour “й\u{301}од” | no place found"]);
}

#[test]
fn the_places_of_what_waits_again_are_looked_for_when_another_session_gave_them() {
    let mut stage = stage();
    stage.press("Enter");
    let places = std::mem::take(&mut stage.app.places);
    stage.effects.clear();
    stage.press("u");
    assert!(matches!(stage.effects[..], [Effect::Record(_), Effect::Seek]), "{:?}", stage.effects);
    stage.send(Message::Sought(places)).press("Space u");
    assert_eq!(listed(&stage)[0], "T2 2 labour “👍” | 1 place");
    stage.effects.clear();
    stage.press("Esc U u");
    assert_eq!(stage.effects.len(), 2, "once is enough: {:?}", stage.effects);
}

#[test]
fn each_is_placed_on_what_is_selected_or_put_off_or_deleted() {
    let mut stage = stage();
    stage.press("Enter Space u Enter");
    assert_eq!(stage.app.selected().map(|span| stage.app.document.text.slice(span)), Some(" и "));
    let shown = stage.app.reviewed().unwrap();
    assert_eq!((shown.name.as_str(), shown.left, shown.place.map(|place| (place.0, place.1))), ("T3", 2, Some((1, 2))));
    stage.press("Tab");
    let second = stage.app.selected().unwrap();
    stage.press("Enter");
    assert_eq!(stage.annotation(3).fragments().unwrap().hull(), second);
    // The next one was not found anywhere: it is placed by hand.
    assert_eq!(stage.app.reviewed().unwrap().place, None);
    stage.press("g g m w Enter");
    assert_eq!(stage.app.document.text.slice(stage.annotation(4).fragments().unwrap().hull()), "Тру\u{301}д");
    assert_eq!((waiting(&stage), stage.app.review), (vec![], None));
    stage.press("u u Space u Down C-d");
    assert_eq!(waiting(&stage), [3]);
    stage.press("Esc u");
    assert_eq!(waiting(&stage), [3, 4]);
    stage.press("Space u Enter Esc");
    assert_eq!(listed(&stage).len(), 2, "put off");
}

#[test]
fn check_lists_what_looks_wrong_and_puts_right_what_is_safe() {
    let mut stage = Stage::new("{labour:Тру\u{301}д }👍 и [|]право.");
    stage.press("Space k");
    assert_eq!(listed(&stage).len(), 1);
    assert!(listed(&stage)[0].starts_with("· ¶1 T1 blank-at-edge"), "{:?}", listed(&stage));
    stage.press("Enter");
    assert_eq!(stage.app.focus, Some(AnnotationId(1)));
    stage.press("Space k C-r");
    assert_eq!(stage.app.document.text.slice(stage.annotation(1).fragments().unwrap().hull()), "Тру\u{301}д");
    stage.press("Esc Space k");
    assert!(stage.app.notice.as_ref().unwrap().text.contains("nothing wrong"), "{:?}", stage.app.notice);
    stage.press("u");
    assert_eq!(stage.app.document.text.slice(stage.annotation(1).fragments().unwrap().hull()), "Тру\u{301}д ");
}

#[test]
fn check_passes_over_what_the_corpus_allows() {
    let mut stage = Stage::new("{labour:Тру\u{301}д }👍 и {labour:прав}[|]о.");
    stage.press("Space k");
    assert_eq!(listed(&stage).len(), 2, "{:?}", listed(&stage));
    stage.press("Esc");
    stage.app.allow = Allow::of(&["cut-word:речь.txt", "blank-at-edge:другая й.txt"]).unwrap();
    stage.press("Space k");
    assert!(listed(&stage).len() == 1 && listed(&stage)[0].contains("blank-at-edge"), "{:?}", listed(&stage));
}
