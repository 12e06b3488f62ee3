//! The view: pages, edges, resizing.

use super::Stage;

/// Numbered lines, one row each.
fn numbered(count: usize) -> String {
    let lines: Vec<String> = (1..=count).map(|number| format!("№{number}. За\u{301}мок 👍")).collect();
    lines.join("\n")
}

fn first_row(stage: &Stage) -> String {
    let row = stage.app.rows()[0];
    stage.app.document.text.between(row.start, row.end).to_owned()
}

#[test]
fn pages_keep_the_cursor_in_sight_and_the_end_fills_the_screen() {
    let mut stage = Stage::new(&numbered(100));
    let height = stage.app.rows().len();
    let last = stage.app.rows()[height - 1];
    stage.press("PgDn");
    assert!(stage.app.rows()[..5].contains(&last), "a few rows stay for the eye to go on from");
    for _ in 0..20 {
        stage.press("PgDn");
        assert!(stage.app.rows().iter().any(|row| row.holds(stage.app.selection.head)));
    }
    assert_eq!(stage.app.rows().len(), height);
    stage.press("g g");
    assert!(first_row(&stage).starts_with("№1."));
    stage.press("g e");
    assert_eq!(stage.app.rows().len(), height);
    stage.press("PgUp PgUp");
    assert!(stage.app.rows().iter().any(|row| row.holds(stage.app.selection.head)));
}

#[test]
fn pages_follow_each_other_and_are_full_from_any_row_in_lines_and_in_one_line() {
    for content in [numbered(90), "Слово за\u{301} словом 👍 и дальше. ".repeat(120)] {
        let mut stage = Stage::new(&content);
        let height = stage.app.rows().len();
        let end = stage.app.document.text.end();
        // Away from the edges, where the margin would scroll.
        for row in 2..height - 2 {
            stage.press("g g").press(&"j ".repeat(row));
            for _ in 0..90 / height + 2 {
                let before = stage.app.rows();
                stage.press("PgDn");
                let after = stage.app.rows();
                assert_eq!(after.len(), height, "from row {row}");
                assert!(after[0] == before[height - 2] || after[height - 1].end == end, "from row {row}");
                assert!(after.iter().any(|row| row.holds(stage.app.selection.head)), "from row {row}");
            }
            assert_eq!(stage.app.rows()[height - 1].end, end);
        }
    }
}

#[test]
fn the_cursor_keeps_away_from_the_edges_while_there_is_more() {
    let mut stage = Stage::new(&numbered(100));
    for _ in 0..60 {
        stage.press("j");
        let rows = stage.app.rows();
        let place = rows.iter().position(|row| row.holds(stage.app.selection.head)).unwrap();
        assert!(place + 2 < rows.len());
    }
    for _ in 0..50 {
        stage.press("k");
        let rows = stage.app.rows();
        assert!(rows.iter().position(|row| row.holds(stage.app.selection.head)).unwrap() >= 2);
    }
}

#[test]
fn a_resize_keeps_the_place() {
    let prose = "Слово за\u{301} словом 👍 и дальше. ".repeat(400);
    let mut stage = Stage::new(&prose);
    stage.press("PgDn PgDn PgDn");
    let (top, head) = (first_row(&stage), stage.app.selection.head);
    for (width, height) in [(40, 20), (200, 60), (20, 9), (1, 1), (33, 17), (60, 20)] {
        stage.resize(width, height);
        assert_eq!(stage.app.selection.head, head);
        let rows = stage.app.rows();
        assert!(rows.is_empty() || rows.iter().any(|row| row.holds(head)), "{width}×{height}");
    }
    let rows = stage.app.rows();
    let place = rows.iter().position(|row| row.holds(head)).unwrap();
    assert!(place < rows.len());
    for width in [59, 58, 57, 58, 59, 60, 40, 60] {
        stage.resize(width, 20);
    }
    let own = first_row(&stage);
    stage.resize(60, 21).resize(60, 20);
    assert_eq!(first_row(&stage), own);
    assert!(!top.is_empty());
}

#[test]
fn growing_beyond_the_screen_leaves_the_view_where_it_is() {
    let long = format!("Начало\n{}и\u{306} 👍 [|]середина {}\nконец", "слово ".repeat(300), "слово ".repeat(300));
    let mut stage = Stage::new(&long);
    stage.press("Left");
    let top = stage.app.top;
    stage.press("o o o o o").expect_told("nothing larger is here");
    assert!(top.bytes() > 0 && stage.app.top == top);
    assert!(stage.app.selected().is_some_and(|own| own.bytes() > 3000), "the paragraph");
}
