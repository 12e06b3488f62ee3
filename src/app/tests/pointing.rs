//! The mouse.

use super::super::{Mode, MouseKind, Screen};
use super::{Button, Stage, check};

const DOWN: MouseKind = MouseKind::Down(Button::Left);

/// Sixty lines, each `word` with its number and more.
fn numbered(word: &str) -> String {
    let lines: Vec<String> = (0..60).map(|number| format!("{word}{number} и\u{306} 👍")).collect();
    lines.join("\n")
}

/// The cell of the last character of `words`.
fn last_cell(stage: &Stage, words: &str) -> (u16, u16) {
    let (x, y) = stage.cell_of(words);
    (x + u16::try_from(words.replace('\u{301}', "").chars().count()).unwrap() - 1, y)
}

#[test]
fn a_click_puts_the_cursor_before_the_character() {
    let mut stage = check("[|]Тру\u{301}д 👍 и право", "", "[|]Тру\u{301}д 👍 и право");
    stage.click(stage.cell_of("право")).expect("Тру\u{301}д 👍 и [|]право");
    let (x, y) = stage.cell_of("👍");
    stage.click((x + 1, y)).expect("Тру\u{301}д [|]👍 и право");
    stage.click((59, y)).expect("Тру\u{301}д 👍 и право[|]");
    stage.click((x, y + 3)).expect("Тру\u{301}д [|]👍 и право");
}

#[test]
fn presses_in_a_row_take_word_sentence_and_paragraph() {
    let mut stage = Stage::new("Раз. Мой за\u{301}мок, 👍. Три.");
    let cell = stage.cell_of("мок");
    stage.click(cell).expect("Раз. Мой за\u{301}[|]мок, 👍. Три.");
    stage.click(cell).expect("Раз. Мой [за\u{301}мок|], 👍. Три.");
    stage.click(cell).expect("Раз. [Мой за\u{301}мок, 👍.|] Три.");
    stage.click(cell).expect("[Раз. Мой за\u{301}мок, 👍. Три.|]");
    stage.click(cell).expect("Раз. Мой за\u{301}[|]мок, 👍. Три.");
    stage.wait().click(cell).expect("Раз. Мой за\u{301}[|]мок, 👍. Три.");
}

#[test]
fn a_press_elsewhere_or_a_rest_begins_anew() {
    let mut stage = Stage::new("Раз, и\u{306} два 👍");
    let (one, two) = (stage.cell_of("Раз"), stage.cell_of("два"));
    stage.click(one).click(two).expect("Раз, и\u{306} [|]два 👍");
    stage.click(two).expect("Раз, и\u{306} [два|] 👍");
    let title = (3, 0);
    stage.wait().click(one).click(title).click(one).expect("[|]Раз, и\u{306} два 👍");
}

#[test]
fn a_drag_takes_the_characters_from_the_first_to_the_last() {
    let mut stage = Stage::new("Наш за\u{301}мок, 👍 и право");
    let (from, to) = (stage.cell_of("за"), last_cell(&stage, "за\u{301}мок"));
    stage.mouse(DOWN, from).mouse(MouseKind::Drag, to).mouse(MouseKind::Up, to);
    stage.expect("Наш [за\u{301}мок|], 👍 и право");
    let (from, to) = (stage.cell_of(" и право"), stage.cell_of("👍"));
    stage.wait().mouse(DOWN, from).mouse(MouseKind::Drag, to).expect("Наш за\u{301}мок, [|👍] и право");
    stage.mouse(MouseKind::Drag, from).expect("Наш за\u{301}мок, 👍[|] и право");
}

#[test]
fn a_drag_over_the_edge_scrolls() {
    let lines = numbered("ряд ");
    let mut stage = Stage::new(&lines);
    let area = Screen::of(&stage.app).text;
    stage.mouse(DOWN, (area.x, area.y));
    for _ in 0..10 {
        stage.mouse(MouseKind::Drag, (area.x + 2, area.y + area.height));
    }
    assert!(stage.app.top.bytes() > 0);
    assert_eq!(stage.app.selection.start().bytes(), 0);
    for _ in 0..20 {
        stage.mouse(MouseKind::Drag, (area.x, 0));
    }
    assert_eq!(stage.app.top.bytes(), 0);
}

#[test]
fn a_drag_that_began_outside_the_text_selects_nothing() {
    let mut stage = Stage::new("{claim:Раз и\u{306}} два 👍");
    let word = stage.cell_of("два");
    stage.click(word).mouse(DOWN, (0, 0)).mouse(MouseKind::Drag, (word.0 + 3, word.1));
    stage.expect("{claim:Раз и\u{306}} [|]два 👍");
}

#[test]
fn shift_and_a_click_extend() {
    let mut stage = Stage::new("Раз[|], и\u{306} два 👍");
    let (x, y) = stage.cell_of(" 👍");
    stage.send(super::Message::Mouse(super::Mouse { kind: DOWN, x, y, shift: true }));
    stage.expect("Раз[, и\u{306} два|] 👍");
}

#[test]
fn the_wheel_scrolls_and_leaves_the_cursor() {
    let lines = numbered("ряд ");
    let mut stage = Stage::new(&lines);
    let cell = stage.cell_of("ряд 1");
    stage.mouse(MouseKind::WheelDown, cell).mouse(MouseKind::WheelDown, cell);
    assert_eq!(stage.app.rows()[0].line, 6);
    assert_eq!(stage.app.selection.head.bytes(), 0);
    stage.resize(58, 20);
    assert_eq!(stage.app.rows()[0].line, 6, "a resize keeps what is looked at");
    stage.mouse(MouseKind::WheelUp, cell);
    assert_eq!(stage.app.rows()[0].line, 3);
    stage.press("l");
    assert_eq!(stage.app.rows()[0].line, 0, "a key returns to the cursor");
}

#[test]
fn a_click_focuses_the_innermost_annotation_and_the_next_one_goes_outward() {
    let mut stage = Stage::new("{claim:Раз {rights:два {youth:и\u{306}}} три} 👍");
    let cell = stage.cell_of("и\u{306}");
    let mut focus = Vec::new();
    for _ in 0..4 {
        stage.wait().click(cell);
        focus.push(stage.app.focus.map(|id| id.0));
    }
    assert_eq!(focus, [Some(3), Some(2), Some(1), Some(3)]);
    let beside = stage.cell_of("👍");
    stage.wait().click(beside);
    assert_eq!(stage.app.focus.map(|id| id.0), Some(3), "beside the annotations the focus stays");
}

#[test]
fn a_click_on_a_rail_goes_to_what_it_shows() {
    let mut stage = Stage::new("и\u{306} {claim:раз {rights:два}} 👍\n{rights:три}");
    let rails = Screen::of(&stage.app).rails;
    let place = stage.app.rails.iter().position(|rail| rail.letter == 'R').unwrap();
    let x = rails.x + u16::try_from(place).unwrap();
    stage.click((x, rails.y)).expect("и\u{306} {claim:раз {rights:[|]два}} 👍\n{rights:три}");
    stage.click((x, rails.y + 1)).expect("и\u{306} {claim:раз {rights:два}} 👍\n{rights:[|]три}");
    stage.click((x, rails.y + 2)).expect("и\u{306} {claim:раз {rights:два}} 👍\n{rights:[|]три}");
}

#[test]
fn a_click_on_the_list_goes_there() {
    let mut stage = Stage::new("[|]и\u{306} {claim:раз {rights:два}} 👍\n{rights:три}");
    stage.resize(120, 40);
    let list = Screen::of(&stage.app).list;
    stage.click((list.x + 3, list.y + 3)).expect("и\u{306} {claim:раз {rights:два}} 👍\n{rights:[|]три}");
    stage.click((list.x + 3, list.y)).expect("и\u{306} {claim:раз {rights:два}} 👍\n{rights:[|]три}");
    stage.click((list.x + 3, list.y + 20));
}

#[test]
fn a_click_in_the_inspector_focuses_what_is_drawn_there() {
    let mut stage = Stage::new("{quote:Раз {claim:д[|]ва и\u{306}}} 👍");
    stage.resize(120, 40);
    let here = Screen::of(&stage.app).here;
    let rows: Vec<(u32, usize)> =
        stage.app.inspected(here).iter().map(|(own, facts)| (own.id.0, 1 + facts.len())).collect();
    assert_eq!(rows, [(2, 1), (1, 3)], "the quote lacks its speaker and its mode");
    for (row, id) in [(1, 2), (4, 1)] {
        stage.app.focus = None;
        stage.click((here.x + 5, here.y + row));
        assert_eq!(stage.app.focus.map(|id| id.0), Some(id), "row {row}");
    }
}

#[test]
fn a_press_does_not_scroll_what_is_under_the_pointer() {
    let lines = numbered("слово");
    let mut stage = Stage::new(&lines);
    let cell = stage.cell_of("слово0");
    stage.mouse(MouseKind::WheelDown, cell).mouse(MouseKind::WheelDown, cell);
    let cell = stage.cell_of("слово6 ");
    stage.click(cell).click(cell);
    assert!(stage.shows().contains("[слово6|] и\u{306}"));
    assert_eq!(stage.app.rows()[0].line, 6);
}

#[test]
fn in_a_list_the_wheel_chooses_and_clicks_do_nothing() {
    let mut stage = Stage::new("[Тру\u{301}д|] 👍");
    stage.press("?").mouse(MouseKind::WheelDown, (5, 5)).mouse(MouseKind::WheelDown, (5, 5));
    stage.mouse(MouseKind::WheelUp, (5, 5)).click((5, 5));
    let Mode::Picker(picker) = &stage.app.mode else { panic!("the list was left") };
    assert_eq!(picker.selected(), 1);
    stage.expect("[Тру\u{301}д|] 👍");
    stage.press("Esc").mouse(MouseKind::Down(Button::Middle), (20, 2)).mouse(MouseKind::Down(Button::Right), (20, 2));
    stage.expect("[Тру\u{301}д|] 👍");
}

#[test]
fn a_click_on_a_label_annotates_with_it() {
    let mut stage = Stage::new("[Труд и\u{306}|] 👍");
    stage.resize(120, 40);
    let panel = Screen::of(&stage.app).labels;
    stage.click((panel.x + 3, panel.y + 2)).expect("{rights:[Труд и\u{306}|]} 👍");
    stage.click((panel.x + panel.width / 2 + 3, panel.y + 2)).expect("{rights:{youth:[Труд и\u{306}|]}} 👍");
}
