//! Showing some of the labels.

use super::super::{Area, Mode};
use super::{Message, Stage, check};

const SPEECH: &str = "[|]и\u{306} {claim:Труд – {rights:пра\u{301}во}} 👍 {rights:закон} {claim:долг}.";

const LIST: Area = Area { x: 0, y: 0, width: 40, height: 12 };

/// What the list shows: labels with a mark at those that are shown.
fn labels(stage: &Stage) -> Vec<String> {
    let Mode::Picker(picker) = &stage.app.mode else { panic!("there is no list") };
    picker.matches().into_iter().map(|item| item.text).collect()
}

/// The numbers of the annotations in the list panel.
fn listed(stage: &Stage) -> Vec<u32> {
    stage.app.listed(LIST).iter().map(|own| own.id.0).collect()
}

/// The numbers of the annotations at the cursor.
fn here(stage: &Stage) -> Vec<u32> {
    stage.app.annotations_here().iter().map(|own| own.id.0).collect()
}

#[test]
fn enter_hides_a_label_and_shows_it_again_and_the_list_stays() {
    let mut stage = check(SPEECH, "", SPEECH);
    assert_eq!(listed(&stage), [1, 2, 3, 4]);
    stage.press("Space v").type_in("rights").press("Enter");
    assert_eq!(labels(&stage), ["  rights"]);
    assert_eq!(listed(&stage), [1, 4]);
    stage.press("Enter");
    assert_eq!(labels(&stage), ["✓ rights"]);
    stage.press("Esc").expect(SPEECH);
    assert_eq!(listed(&stage), [1, 2, 3, 4]);
}

#[test]
fn only_one_label_is_shown_and_again_all_of_them() {
    let mut stage = Stage::new(SPEECH);
    stage.press("Space v").type_in("rights").press("C-t");
    assert_eq!(listed(&stage), [2, 3]);
    assert_eq!(labels(&stage), ["✓ rights"]);
    stage.press("C-t");
    assert!(stage.app.shown.hidden.is_empty());
}

#[test]
fn commands_pass_over_what_is_hidden() {
    let mut stage = Stage::new(SPEECH);
    stage.press("Space v").type_in("rights").press("Enter Esc Tab Tab");
    assert_eq!(here(&stage), [4]);
    stage.press("Tab").expect_told("last annotation");
    let mut stage = Stage::new("{claim:Труд – {rights:пра\u{301}[|]во}} 👍");
    stage.press("Space v").type_in("rights").press("Enter Esc");
    assert_eq!(here(&stage), [1], "the word is tagged as rights too");
    stage.press("d").expect("Труд – {rights:пра\u{301}[|]во} 👍");
}

#[test]
fn hiding_takes_the_focus_away_and_what_is_made_or_gone_to_is_seen() {
    let mut stage = Stage::new(SPEECH);
    stage.press("Tab Tab");
    assert_eq!(stage.app.focus.map(|id| id.0), Some(2));
    stage.press("Space v").type_in("rights").press("Enter Esc");
    assert_eq!((stage.app.focus, here(&stage)), (None, vec![1]));
    stage.press("g g m w a r");
    assert_eq!(here(&stage), [5]);
    assert_eq!(listed(&stage), [5, 1, 4]);
    stage.press("Tab");
    assert_eq!(listed(&stage), [1, 4], "hidden again as soon as it is left");
}

#[test]
fn the_list_stands_still_while_the_cursor_goes_in_and_out_of_what_starts_above_the_screen() {
    let lines: Vec<String> = (1..=60).map(|number| format!("№{number} {{claim:за\u{301}мок}} 👍")).collect();
    let whole = format!("{{rights:{}}}", lines.join("\n"));
    // Of one in two fragments neither may stand at the top of the screen.
    let parted = format!("{{quote:Сло\u{301}во}}\n{}", lines.join("\n")).replace("№20 ", "{+quote:№20} ");
    for notation in [whole, parted] {
        let mut stage = Stage::new(&notation);
        stage.press("PgDn");
        let (top, list) = (stage.app.top, listed(&stage));
        let mut reached = Vec::new();
        for _ in 0..12 {
            stage.press("w");
            reached.extend(here(&stage).first().copied().filter(|own| !reached.contains(own)));
            assert_eq!((stage.app.top, listed(&stage)), (top, list.clone()));
        }
        assert!(list.contains(&1) && reached.len() > 2, "{reached:?} of {list:?}");
    }
}

#[test]
fn what_the_schema_does_not_know_can_be_hidden_too() {
    let mut stage = Stage::new("[|]{чужой:и\u{306} да} 👍 {claim:долг}");
    stage.press("Space v").type_in("know").press("Enter Esc");
    assert_eq!(listed(&stage), [2]);
    assert_eq!(here(&stage), [0; 0]);
}

#[test]
fn a_place_is_returned_to_with_what_was_hidden_unless_one_has_begun_to_move() {
    let mut stage = Stage::new("Тру\u{301}д 👍\n\n{claim:[|]право}");
    stage.press("Space v").type_in("claim").press("Enter Esc Space l");
    let place = stage.app.place();
    assert_eq!((place.hidden.as_slice(), place.view.as_str()), (&["claim/claim".to_owned()][..], "lens"));
    let mut again = Stage::new("[|]Тру\u{301}д 👍\n\n{claim:право}");
    again.send(Message::Placed(place.clone())).expect("Тру\u{301}д 👍\n\n{claim:[|]право}");
    again.expect_told("¶2, where you were the last time");
    assert_eq!(again.app.shown, stage.app.shown);
    assert_eq!(again.app.place(), place);
    let mut moved = Stage::new("[|]Тру\u{301}д 👍\n\n{claim:право}");
    moved.press("l").send(Message::Placed(place)).expect("Т[|]ру\u{301}д 👍\n\n{claim:право}");
}
