//! Lanes: scrolling, pages, the mouse. What they look like is told where they are drawn.

use super::super::{Area, Lanes, Line, MouseKind, Screen};
use super::{Button, Stage};
use crate::text::Offset;

/// Forty paragraphs of two or three rows, each with annotations that overlap, cross and coincide.
fn speech() -> String {
    let paragraph = |number: usize| {
        format!(
            "№{number}. {{quote:«Тру\u{301}д – {{claim:это {{rights:{{labour:право}}}} каждого,}} кто живёт в городе и в селе», – сказал \
            оратор. {{youth:Молодёжь}} ждёт 👍 {{claim:работы и жилья}} в степи{number}.}}"
        )
    };
    (0..40).map(paragraph).collect::<Vec<_>>().join("\n\n")
}

/// The row of the screen on which the cursor stands, if it is in sight.
fn cursor_line(stage: &Stage) -> Option<usize> {
    let head = stage.app.selection.head;
    stage.app.lines().iter().position(|line| matches!(line, Line::Text(row) if row.holds(head)))
}

fn text_area(stage: &Stage) -> Area {
    Screen::of(&stage.app).text
}

/// Whether the lanes of the cursor's row are in sight as well, unless there is no room for them.
fn is_whole(stage: &Stage) -> bool {
    let height = usize::from(text_area(stage).height);
    let place = cursor_line(stage).unwrap();
    let lanes = stage.app.lines()[place + 1..].iter().take_while(|line| !matches!(line, Line::Text(_))).count();
    let row = stage.app.layout().row_at(stage.app.selection.head);
    let all = stage.app.blocks(vec![row])[0].height();
    lanes + 1 == all || all > height
}

/// Where the row starts that follows the one at `offset`.
fn behind(stage: &Stage, offset: Offset) -> Offset {
    stage.app.layout().rows_from(offset, 2).last().unwrap().start
}

#[test]
fn the_lens_goes_with_the_cursor_and_the_rows_that_it_goes_to_stand_still() {
    let mut stage = Stage::new(&speech());
    stage.resize(80, 40).press("g g p p");
    assert!(stage.app.lines().iter().all(|line| matches!(line, Line::Text(_))));
    stage.press("Space l");
    for key in ["j", "j", "j", "j", "p", "j", "k", "k", "P"] {
        let text = &stage.app.document.text;
        let before = stage.app.lines();
        let line = text.line_of(stage.app.selection.head);
        let on_lens = before.iter().filter(|own| !matches!(own, Line::Text(_))).all(|own| own.row().line == line);
        assert!(on_lens, "only the paragraph of the cursor has lanes");
        stage.press(key);
        let head = stage.app.selection.head;
        let was = before.iter().position(|own| matches!(own, Line::Text(row) if row.holds(head))).unwrap();
        let is = cursor_line(&stage).unwrap();
        // Nearer to the start where there is no more text to fill in, and never scrolled for nothing.
        assert!(is == was || stage.app.top == Offset::ZERO, "{key}: {was} → {is}");
    }
    stage.press("Space l");
    assert_eq!(stage.app.lanes, Lanes::Off);
}

#[test]
fn switching_lanes_on_and_off_keeps_the_cursor_where_it_is() {
    let mut stage = Stage::new(&speech());
    stage.resize(80, 40).press("p p p p p p p p j");
    let place = cursor_line(&stage).unwrap();
    for keys in ["Space L", "Space L", "Space l", "Space L", "Space l", "Space l"] {
        stage.press(keys);
        let now = cursor_line(&stage).unwrap();
        assert!(now <= place && place - now <= 6, "{keys}: {place} → {now}");
        assert!(is_whole(&stage));
    }
}

#[test]
fn pages_pass_over_what_was_in_sight_and_nothing_else() {
    for lanes in ["Space L", "Space l"] {
        for (width, height) in [(80, 24), (60, 20), (120, 40), (40, 12)] {
            let mut stage = Stage::new(&speech());
            stage.resize(width, height).press(lanes);
            for _ in 0..12 {
                let before = stage.app.rows();
                let top = stage.app.top;
                stage.press("PgDn");
                assert!(cursor_line(&stage).is_some(), "{lanes} at {width}×{height}");
                let (now, last) = (stage.app.rows()[0], before.last().unwrap());
                assert!(now.start > top || now.start == before[0].start, "{lanes} at {width}×{height}");
                assert!(now.start <= behind(&stage, last.start), "no row is passed over unseen");
            }
            for _ in 0..12 {
                let first = stage.app.rows()[0];
                stage.press("PgUp");
                assert!(cursor_line(&stage).is_some(), "{lanes} at {width}×{height}");
                let rows = stage.app.rows();
                assert!(rows[0].start < first.start || rows[0].start == Offset::ZERO);
                let last = rows.last().unwrap();
                assert!(behind(&stage, last.start) >= first.start, "no row is passed over unseen");
            }
        }
    }
}

#[test]
fn the_cursor_is_always_in_sight_with_its_lanes() {
    let mut stage = Stage::new(&speech());
    for (lanes, size) in [("Space L", (80, 24)), ("Space l", (60, 20)), ("Space l Space L", (33, 12))] {
        stage.resize(size.0, size.1).press(lanes);
        for _ in 0..40 {
            stage.press("j");
            assert!(is_whole(&stage), "{lanes} down");
        }
        for key in ["g e", "k k k k k", "g g", "s s s s", "S", "p", "P", "Tab Tab Tab Tab Tab", "S-Tab S-Tab", "u"] {
            stage.press(key);
            assert!(is_whole(&stage), "{lanes} {key}");
        }
        for _ in 0..40 {
            stage.press("k");
            assert!(cursor_line(&stage).is_some(), "{lanes} up");
        }
        stage.press("j j m s a c");
        assert!(is_whole(&stage), "{lanes}: what was just tagged");
    }
}

#[test]
fn a_resize_keeps_the_place_among_lanes() {
    let mut stage = Stage::new(&speech());
    stage.resize(80, 24).press("Space L PgDn PgDn");
    let head = stage.app.selection.head;
    for (width, height) in [(40, 20), (200, 60), (20, 9), (1, 1), (33, 17), (60, 20)] {
        stage.resize(width, height);
        assert_eq!(stage.app.selection.head, head);
        assert!(stage.app.rows().is_empty() || cursor_line(&stage).is_some(), "{width}×{height}");
    }
}

#[test]
fn the_wheel_scrolls_by_lines_and_ends_at_the_ends() {
    let mut stage = Stage::new(&speech());
    stage.resize(80, 24).press("Space L");
    let mut tops = vec![stage.app.top];
    for kind in [MouseKind::WheelDown, MouseKind::WheelUp] {
        for _ in 0..200 {
            let rows = stage.app.rows();
            stage.mouse(kind, (20, 4));
            assert!(stage.app.rows().iter().any(|row| rows.contains(row)), "a notch is less than a screen");
        }
        tops.push(stage.app.top);
    }
    assert_eq!(tops[0], tops[2]);
    assert!(tops[1] > tops[0]);
    stage.mouse(MouseKind::WheelDown, (20, 4));
    let (head, last) = (stage.app.selection.head, stage.app.rows().pop().unwrap());
    assert_eq!(head, Offset::ZERO, "the cursor stays");
    assert!(last.end < stage.app.document.text.end());
}

#[test]
fn a_click_on_a_bar_focuses_its_annotation_and_the_next_one_its_twin() {
    let mut stage = Stage::new("и\u{306} {claim:раз {rights:{labour:два}} три} 👍 [|]да");
    stage.press("Space l");
    let text = text_area(&stage);
    let lanes: Vec<Vec<u32>> = stage
        .app
        .lines()
        .iter()
        .filter_map(|line| if let Line::Lane(_, bars) = line { Some(bars.clone()) } else { None })
        .map(|bars| bars.iter().flat_map(|own| own.ids.iter().map(|id| id.0)).collect())
        .collect();
    assert_eq!(lanes, [vec![1], vec![2, 3]]);
    let (x, _) = stage.cell_of("два");
    stage.click((x + 1, text.y + 1)).expect("и\u{306} {claim:раз {rights:{labour:д[|]ва}} три} 👍 да");
    assert_eq!(stage.app.focus.map(|id| id.0), Some(1));
    for id in [2, 3, 2] {
        stage.wait().click((x + 1, text.y + 2));
        assert_eq!(stage.app.focus.map(|own| own.0), Some(id));
    }
    // Beside the bars a lane is a part of the row above it; a click on the label goes to its annotation.
    stage.wait().click((text.x + 40, text.y + 1)).expect("и\u{306} {claim:раз {rights:{labour:два}} три} 👍 да[|]");
    stage.wait().click((x + 6, text.y + 2)).expect("и\u{306} {claim:раз {rights:{labour:[|]два}} три} 👍 да");
    stage.wait().mouse(MouseKind::Down(Button::Left), (x, text.y)).mouse(MouseKind::Drag, (x + 2, text.y + 1));
    stage.expect("и\u{306} {claim:раз {rights:{labour:[два|]}} три} 👍 да");
}

#[test]
fn a_click_in_another_paragraph_stays_under_the_pointer() {
    let mut stage = Stage::new(&speech());
    stage.resize(80, 40).press("g e P P P P Space l");
    let cell = stage.cell_of("степи33");
    stage.click(cell).click(cell);
    assert_eq!(stage.app.selected().map(|span| stage.app.document.text.slice(span)), Some("степи33"));
    assert_eq!(stage.cell_of("степи33").1, cell.1);
}

#[test]
fn hidden_labels_have_no_lanes() {
    let mut stage = Stage::new("[|]и\u{306} {claim:раз {rights:два} три} 👍");
    stage.press("Space L");
    assert_eq!(stage.app.lines().len(), 3);
    stage.press("Space v").type_in("rights").press("Enter Esc");
    assert_eq!(stage.app.lines().len(), 2);
}
