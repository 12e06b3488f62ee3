//! The lanes below rows of text.

use super::{PLAIN, expect_rows, frame, is_colorless, row, styled};
use crate::annotation::AnnotationId;
use crate::app::tests::Stage;
use crate::app::{Area, Screen};
use crate::tui::theme::{Depth, Theme};

/// Rails and text.
fn panel(stage: &Stage) -> Area {
    let Screen { rails, text, .. } = Screen::of(&stage.app);
    if rails.width > 0 { Area { x: rails.x, width: text.x + text.width - rails.x, ..rails } } else { text }
}

const REPORT: &str = "[|]Аким откры\u{301}л 👍 заседание.\n\
    {quote:«{claim:Труд – {rights:{labour:право}} каждого}, {claim:и никто 👩🏽\u{200d}🌾 не отнимет}»,} – сказал он, – {+quote:«и это верно»}. \
    {youth:Молодёжь} ждёт работы.";

#[test]
fn each_annotation_has_its_extent_and_its_label_below_the_row() {
    let mut stage = Stage::new(REPORT);
    stage.press("Space L");
    expect_rows(
        &frame(&stage.app, PLAIN),
        panel(&stage),
        &[
            "     │ Аким откры\u{301}л 👍 заседание.",
            "Q2R L│ «Труд – право каждого, и никто 👩🏽\u{200d}🌾 не отнимет»,",
            "     ┊ ╰ quote Q1 ──────────────────────────────────╯",
            "     ┊  ╰ claim C2 ────────╯  ╰ claim C5 ─────────╯",
            "     ┊         ╰───╯ rights T3+labour T4",
            "Q  Y │ – сказал он, – «и это верно». Молодёжь ждёт",
            "     ┊                ╰ Q1 ───────╯  ╰──────╯ youth T6",
            "     │ работы.",
        ],
    );
}

#[test]
fn the_lens_is_below_the_paragraph_of_the_cursor_only() {
    let mut stage = Stage::new("{claim:Ра\u{301}з} 👍\n{claim:дв[|]а} и {youth:три}");
    stage.press("Space l");
    expect_rows(
        &frame(&stage.app, PLAIN),
        panel(&stage),
        &[" C   │ Ра\u{301}з 👍", " C Y │ два и три", "     ┊ ┗━┛ claim C2", "     ┊       ╰─╯ youth T3"],
    );
}

#[test]
fn an_interrupted_annotation_is_one_bar_with_a_gap() {
    let mut stage = Stage::new("[|]и\u{306} {quote:«да»} – 👍 – {+quote:«нет»}");
    stage.press("Space l");
    stage.resize(80, 24);
    expect_rows(
        &frame(&stage.app, PLAIN),
        panel(&stage),
        &["Q    │ и\u{306} «да» – 👍 – «нет»", "     ┊   ╰──╯┄┄┄┄┄┄┄┄╰───╯ quote Q1"],
    );
}

#[test]
fn without_color_the_focus_stands_out_in_the_lanes_too() {
    let mut stage = Stage::new("и\u{306} {claim:раз {rights:{labour:два}} три} 👍 [|]да");
    stage.press("Space l");
    stage.app.focus = Some(AnnotationId(3));
    let buffer = frame(&stage.app, PLAIN);
    assert!(is_colorless(&buffer));
    let text = Screen::of(&stage.app).text;
    assert_eq!(styled(&buffer, text, text.y + 1), "  ╰─────────╯ claim C1");
    assert_eq!(styled(&buffer, text, text.y + 2), "      *┗━┛* rights T2+*~labour T3*~");
}

#[test]
fn what_commands_act_on_stands_out_everywhere_though_nothing_is_focused() {
    let mut stage = Stage::new("и\u{306} {claim:раз {rights:дв[|]а} три} 👍 да");
    stage.press("Space L").resize(120, 40);
    assert_eq!(stage.app.focus, None);
    let buffer = frame(&stage.app, PLAIN);
    let screen = Screen::of(&stage.app);
    let text = screen.text;
    assert_eq!(styled(&buffer, text, text.y), "и\u{306} _раз *~два*~ три_ 👍  да");
    assert_eq!(styled(&buffer, text, text.y + 2), "      *┗━┛* *~rights T2*~");
    let marked = |area: Area| -> Vec<String> {
        let rows = (area.y..area.y + area.height).map(|y| row(&buffer, area, y));
        rows.filter(|row| row.contains('▶')).collect()
    };
    for area in [screen.here, screen.list] {
        let marked = marked(area);
        assert!(marked.len() == 1 && marked[0].contains("T2"), "{marked:?}");
    }
    stage.press("d");
    assert!(stage.app.session.set().get(AnnotationId(2)).is_none(), "that is what d deletes");
}

#[test]
fn with_color_each_label_has_its_own_in_the_lanes() {
    let mut stage = Stage::new("{quote:а {claim:б {rights:в} {youth:и\u{306}} {labour:👍}}}");
    stage.press("Space l");
    for theme in [Depth::True, Depth::Indexed, Depth::Named].map(|depth| Theme::new(depth, false)) {
        let buffer = frame(&stage.app, theme);
        let text = Screen::of(&stage.app).text;
        let mut colors: Vec<String> = (text.y + 1..text.y + 6)
            .map(|y| {
                format!(
                    "{:?}",
                    (text.x..text.x + 12).find(|x| buffer[(*x, y)].symbol() != " ").map(|x| buffer[(x, y)].fg)
                )
            })
            .collect();
        colors.sort();
        colors.dedup();
        assert_eq!(colors.len(), 5, "{theme:?}");
    }
}

#[test]
fn what_finds_no_lane_is_counted_and_named_and_the_focus_is_not_among_it() {
    let mut stage = Stage::new(
        "{quote:{claim:а {claim:{rights:б {rights:в {youth:{youth:г} {labour:и\u{306} {labour:👍}}}}}}} да} [|]нет",
    );
    stage.press("Space l");
    stage.app.focus = Some(AnnotationId(9));
    expect_rows(
        &frame(&stage.app, PLAIN),
        panel(&stage),
        &[
            "Q2222│ а б в г и\u{306} 👍 да нет",
            "     ┊           ┗┛ labour T9",
            "     ┊ ╰ quote Q1 ───╯",
            "     ┊ ╰ claim C2 ╯",
            "     ┊ +6 C3 T4 T5 T6 T7 T8",
        ],
    );
}

#[test]
fn where_no_rail_fits_lanes_are_there_all_the_same() {
    let mut stage = Stage::new("{claim:Труд {rights:и\u{306} 👍 пра[|]во}} да");
    stage.press("Space l").resize(18, 9);
    expect_rows(
        &frame(&stage.app, PLAIN),
        panel(&stage),
        &["Труд и\u{306} 👍 право", "╰ claim C1 ───╯", "     ┗ T2 ━━━━┛", "да"],
    );
}
