//! The text with its rails, at the sizes that people use.

use super::{PLAIN, expect_rows, frame, is_colorless, styled, whole};
use crate::annotation::{Annotation, AnnotationId, Edit, Target};
use crate::app::tests::Stage;
use crate::app::{Area, Message, Screen};
use crate::text::Offset;
use crate::tui::theme::{Depth, Theme};

/// Nested, coinciding, crossing and interrupted annotations.
fn report() -> Stage {
    let mut stage = Stage::new(
        "Аким открыл заседа\u{301}ние в Караганде и поздравил всех 👩🏽\u{200d}🌾.\n\n\
        {quote:«{claim:Труд – {rights:{labour:право}} каждого},} – сказал он, – {+quote:и никто его не отнимет».}\n\
        Молодёжь {youth:{claim:ждёт} работы} и {rights:верит в закон. Қазақстан [|]жастары} да 👍.",
    );
    cross(&mut stage, "работы", "закон");
    stage.app.focus = None;
    stage
}

/// Makes a claim of everything from one word to another, across what is there.
fn cross(stage: &mut Stage, from: &str, to: &str) {
    let text = &stage.app.document.text;
    let find = |words: &str| text.as_str().find(words).unwrap();
    let span = text.span(Offset::new(find(from)), Offset::new(find(to) + to.len())).unwrap();
    let claim = stage.annotation(2).clone();
    stage.give(Edit::Insert(Annotation { id: AnnotationId(20), target: Target::Text(span.into()), ..claim }));
}

/// Paragraph numbers, rails and text.
fn transcript(stage: &Stage) -> Area {
    let Screen { numbers, text, .. } = Screen::of(&stage.app);
    Area { x: 0, width: text.x + text.width, ..if numbers.width > 0 { numbers } else { text } }
}

#[test]
fn the_rails_show_what_nests_crosses_coincides_and_goes_on_at_60_by_20() {
    let mut stage = report();
    stage.resize(60, 20);
    expect_rows(
        &frame(&stage.app, PLAIN),
        transcript(&stage),
        &[
            "   1      │ Аким открыл заседа\u{301}ние в Караганде и поздравил",
            "          │ всех 👩🏽\u{200d}🌾.",
            "          │",
            "   2 QCR L│ «Труд – право каждого, – сказал он, – и никто",
            "     ╵    │ его не отнимет».",
            "   3  2RY │ Молодёжь ждёт работы и верит в закон. Қазақстан",
            "       ╵  │ жастары да 👍.",
        ],
    );
}

#[test]
fn the_same_at_80_by_24() {
    let mut stage = report();
    stage.resize(80, 24);
    expect_rows(
        &frame(&stage.app, PLAIN),
        transcript(&stage),
        &[
            "   1      │ Аким открыл заседа\u{301}ние в Караганде и поздравил всех 👩🏽\u{200d}🌾.",
            "          │",
            "   2 QCR L│ «Труд – право каждого, – сказал он, – и никто его не отнимет».",
            "   3  2RY │ Молодёжь ждёт работы и верит в закон. Қазақстан жастары да 👍.",
        ],
    );
}

#[test]
fn the_same_at_120_by_40() {
    let mut stage = report();
    stage.resize(120, 40);
    expect_rows(
        &frame(&stage.app, PLAIN),
        transcript(&stage),
        &[
            "   1      │ Аким открыл заседа\u{301}ние в Караганде и поздравил всех 👩🏽\u{200d}🌾.",
            "          │",
            "   2 QCR L│ «Труд – право каждого, – сказал он, – и никто его не отнимет».",
            "   3  2RY │ Молодёжь ждёт работы и верит в закон. Қазақстан жастары да 👍.",
        ],
    );
}

#[test]
fn where_no_rail_fits_the_text_is_still_there() {
    let mut stage = report();
    stage.resize(9, 5);
    expect_rows(&frame(&stage.app, PLAIN), whole(&stage.app), &["Қазақста", "н", "жастары", "да 👍.", " ¶3 · 17…"]);
    stage.resize(1, 1);
    expect_rows(&frame(&stage.app, PLAIN), whole(&stage.app), &["…"]);
    stage.resize(2, 2);
    expect_rows(&frame(&stage.app, PLAIN), whole(&stage.app), &["ж", " …"]);
}

#[test]
fn without_color_marks_are_underlined_the_focus_is_reversed_too_and_the_selection_only_reversed() {
    let mut stage = Stage::new("и\u{306} {claim:раз {rights:два}} 👍 [три|] {youth:пять}");
    stage.app.focus = Some(AnnotationId(2));
    let buffer = frame(&stage.app, PLAIN);
    assert!(is_colorless(&buffer));
    let text = Screen::of(&stage.app).text;
    assert_eq!(styled(&buffer, text, text.y), "и\u{306} _раз *~два_*~ 👍  *~три*~ _пять_");
}

#[test]
fn with_color_each_label_has_its_own() {
    let stage = Stage::new("{quote:а} {claim:б} {rights:в} {youth:и\u{306}} {labour:👍}");
    for theme in [Depth::True, Depth::Indexed, Depth::Named].map(|depth| Theme::new(depth, false)) {
        let buffer = frame(&stage.app, theme);
        let text = Screen::of(&stage.app).text;
        let mut colors: Vec<String> =
            (0..5).map(|word| format!("{:?}", buffer[(text.x + 2 * word, text.y)].fg)).collect();
        colors.sort();
        colors.dedup();
        assert_eq!(colors.len(), 5, "{theme:?}");
    }
}

#[test]
fn hidden_labels_leave_text_and_rails_and_the_last_line_says_so() {
    let mut stage = Stage::new("[|]и\u{306} {claim:раз} 👍 {rights:два}");
    stage.press("Space v").type_in("rights").press("Enter Esc");
    let buffer = frame(&stage.app, PLAIN);
    let Screen { text, status, rails, .. } = Screen::of(&stage.app);
    assert_eq!(styled(&buffer, text, text.y), "и\u{306} _раз_ 👍  два");
    let letters: String = (rails.x..rails.x + rails.width).map(|x| buffer[(x, text.y)].symbol()).collect();
    assert_eq!(letters.trim(), "C");
    assert!(styled(&buffer, status, status.y).contains("1 label HIDDEN"));
}

#[test]
fn places_found_are_seen_without_color_too() {
    let mut stage = Stage::new("[|]и\u{306} да 👍 нет да");
    stage.press("/").type_in("да").press("Enter");
    let buffer = frame(&stage.app, PLAIN);
    let text = Screen::of(&stage.app).text;
    assert_eq!(styled(&buffer, text, text.y), "и\u{306} *~да*~ 👍  нет _*да_*");
}

#[test]
fn hostile_characters_are_marks_wherever_text_is_shown() {
    let mut stage = Stage::new("{claim:[сто\u{301}п\u{1b}[31m\0\u{202e}олп\u{202c}\t\u{200b}|]} 👍\r\nряд");
    stage.press("e Up Up").paste("\u{202e}зло\u{1b}").press("Enter Space s Enter");
    stage.send(Message::Told("сбой\n\u{1b}[2J".to_owned()));
    for (width, height) in [(120, 40), (60, 20)] {
        stage.resize(width, height);
        let buffer = frame(&stage.app, PLAIN);
        let hostile = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(buffer.content.iter().all(|cell| !cell.symbol().contains(hostile)));
    }
    stage.press("Esc Esc");
    let text = Screen::of(&stage.app).text;
    expect_rows(&frame(&stage.app, PLAIN), Area { height: 2, ..text }, &["сто\u{301}п␛31m␀·олп·    · 👍", "ряд"]);
}
