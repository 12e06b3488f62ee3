//! Every panel but the text.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::{PLAIN, expect_rows, frame, whole};
use crate::annotation::{Edit, Speaker, SpeakerId, Status, Value};
use crate::app::tests::Stage;
use crate::app::{Area, Chooser, Message, Screen, Size, Standing};
use crate::document::DocumentId;
use crate::tui::draw::chooser;

/// A quote around a claim, with a speaker and a note.
pub(super) fn tagged() -> Stage {
    let mut stage =
        Stage::new("Он: {quote:«{claim:Тру\u{301}[|]д} – право и\u{306} долг»} 👍, и {youth:молодёжь} знает.");
    let speaker = Speaker {
        id: SpeakerId(1),
        name: "Серик Беркамалов".to_owned(),
        role: Some("аким".to_owned()),
        aliases: vec!["Беркамалову".to_owned()],
    };
    stage.give(Edit::Speaker { before: None, after: Some(speaker) });
    stage.set_value(1, "speaker", Value::Speaker(SpeakerId(1)));
    stage.set_value(2, "kind", Value::Choice("normative".to_owned()));
    stage.set_value(2, "checkable", Value::Flag(false));
    stage
}

/// `area` without its first row, the heading.
fn below_heading(area: Area) -> Area {
    Area { y: area.y + 1, height: area.height - 1, ..area }
}

fn row_of(area: Area, row: u16) -> Area {
    Area { y: area.y + row, height: 1, ..area }
}

#[test]
fn the_inspector_below_the_text_says_what_is_at_the_cursor() {
    let mut stage = tagged();
    stage.resize(80, 24);
    let here = Screen::of(&stage.app).here;
    expect_rows(
        &frame(&stage.app, PLAIN),
        below_heading(here),
        &["▶C2 claim  5–10", "   not checkable · normative", " Q1 quote  4–27  Серик Беркамалов", "   no mode yet"],
    );
    stage.press("w w w w w");
    expect_rows(&frame(&stage.app, PLAIN), below_heading(here), &["▶T3 youth  33–41"]);
}

#[test]
fn the_inspector_beside_the_text_says_what_each_annotation_carries() {
    let mut stage = tagged();
    stage.resize(120, 40);
    stage.press("e Up Up").type_in("важно 👍").press("Enter");
    let screen = Screen::of(&stage.app);
    let buffer = frame(&stage.app, PLAIN);
    expect_rows(
        &buffer,
        Area { height: 8, ..below_heading(screen.here) },
        &[
            "│▶C2 claim  5–10",
            "│   not checkable · normative",
            "│   “важно 👍”",
            "│ Q1 quote  4–27",
            "│   speaker: Серик Беркамалов",
            "│   no mode yet",
            "│",
            "│",
        ],
    );
    expect_rows(
        &buffer,
        Area { height: 5, ..below_heading(screen.list) },
        &[
            "│ Q   Q1      4 «Тру\u{301}д – право и\u{306} дол…",
            "│▶C   C2      5 Тру\u{301}д",
            "│ Y   T3     33 молодёжь",
            "│",
            "│",
        ],
    );
    expect_rows(
        &buffer,
        below_heading(screen.labels),
        &["│ q quote           c claim", "│ r rights  theme   y youth  theme", "│ l labour  theme"],
    );
}

#[test]
fn labels_name_their_layer_where_it_is_another_word_and_there_is_room() {
    let mut stage = Stage::new("Тру\u{301}[|]д 👍");
    stage.app.language = "kk".to_owned();
    stage.resize(120, 40);
    expect_rows(
        &frame(&stage.app, PLAIN),
        below_heading(Screen::of(&stage.app).labels),
        &["│ q дәйексөз        c тұжырым", "│ r құқық  тақырып  y жастар", "│ l еңбек  тақырып"],
    );
}

#[test]
fn with_nothing_tagged_the_inspector_says_how_to_begin() {
    let stage = Stage::new("Тру\u{301}д 👍");
    let here = Screen::of(&stage.app).here;
    expect_rows(
        &frame(&stage.app, PLAIN),
        below_heading(here),
        &[" Nothing tagged: m, o or v selects, a and a label's key", " tags. ? helps."],
    );
}

#[test]
fn of_a_document_without_text_the_inspector_says_where_there_are_others() {
    let stage = Stage::new("[|]");
    let here = Screen::of(&stage.app).here;
    expect_rows(
        &frame(&stage.app, PLAIN),
        below_heading(here),
        &[" This document is empty. Space d lists the others. ? helps."],
    );
}

#[test]
fn an_unknown_label_is_named_as_a_fault() {
    let stage = Stage::new("{stranger:Тру[|]д и\u{306}} 👍");
    let here = Screen::of(&stage.app).here;
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { height: 2, ..below_heading(here) },
        &["▶Ч1 stranger  0–7", "   the schema does not know this label"],
    );
}

#[test]
fn a_lesson_of_the_tutor_stands_above_the_hints_and_is_not_cut() {
    let mut stage = Stage::new("Тру\u{301}[|]д 👍");
    stage.app.tutor = Some(crate::app::Tutor::default());
    stage.app.language = "ru".to_owned();
    stage.resize(60, 20);
    let area = Screen::of(&stage.app).lesson;
    assert_eq!((area.y, area.height), (13, 5));
    expect_rows(
        &frame(&stage.app, PLAIN),
        area,
        &[
            "─ tutor 1 of 10 ────────────────────────────────────────────",
            " Добро пожаловать. Это копия репортажа, ничего из",
            " сделанного здесь не останется. Перейдите к ¶5, он",
            " начинается с кавычки: p — следующий абзац, P — предыдущий.",
            " Раскладка любая: важно место клавиши.",
        ],
    );
}

#[test]
fn the_list_of_annotations_gives_the_first_words() {
    let mut stage = tagged();
    stage.resize(80, 24);
    stage.press("Space a");
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { y: 5, height: 8, ..whole(&stage.app) },
        &[
            "",
            "  ╭ 3 annotations ───────────────────────────────────────────────────────────╮",
            "  │ >                                                                        │",
            "  │   Q1         4 quote      «Тру\u{301}д – право и\u{306} долг»  Серик Беркамалов        │",
            "  │ ▶ C2         5 claim      Тру\u{301}д                                           │",
            "  │   T3        33 youth      молодёжь                                       │",
            "  ╰──────────────────────────────────────────────────────────────────────────╯",
        ],
    );
}

#[test]
fn a_form_shows_every_choice_or_the_chosen_one() {
    let mut stage = tagged();
    stage.resize(80, 24);
    stage.press("e");
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { y: 3, height: 12, ..whole(&stage.app) },
        &[
            "",
            "",
            "  ╭ claim C2 ────────────────────────────────────────────────────────────────╮",
            "  │   label        quote [claim] rights  youth  labour                       │",
            "  │ ▶ speaker     nobody — type a name, or → lists them                      │",
            "  │   kind        ◀ [normative] ▶                                            │",
            "  │   checkable    yes [no]                                                  │",
            "  │   note                                                                   │",
            "  │ Who makes the claim; leave it empty for the narrator.                    │",
            "  │                                                                          │",
            "  ╰──────────────────────────────────────────────────────────────────────────╯",
        ],
    );
    stage.press("Up Up").type_in("раз").press("A-Enter").type_in("два 👍");
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { y: 3, height: 12, ..whole(&stage.app) },
        &[
            "",
            "  ╭ claim C2 ────────────────────────────────────────────────────────────────╮",
            "  │   label        quote [claim] rights  youth  labour                       │",
            "  │   speaker     nobody — type a name, or → lists them                      │",
            "  │   kind        ◀ [normative] ▶                                            │",
            "  │   checkable    yes [no]                                                  │",
            "  │ ▶ note        раз                                                        │",
            "  │               два 👍                                                     │",
            "  │                                                                          │",
            "  │                                                                          │",
            "  ╰──────────────────────────────────────────────────────────────────────────╯",
        ],
    );
    stage.resize(50, 20);
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { y: 3, height: 12, ..whole(&stage.app) },
        &[
            "  ╭ claim C2 ──────────────────────────────────╮",
            "  │   label       ◀ [claim] ▶                  │",
            "  │   speaker     nobody — type a name, or → … │",
            "  │   kind        ◀ [normative] ▶              │",
            "  │   checkable    yes [no]                    │",
            "  │ ▶ note        раз                          │",
            "  │               два 👍                       │",
            "  │                                            │",
            "  │                                            │",
            "  ╰────────────────────────────────────────────╯",
        ],
    );
}

/// A list of three documents on a screen of 60×9.
fn documents() -> Chooser {
    let ids: Vec<DocumentId> = ["караганда.txt", "речи/сто\u{301}л 👍.txt", "labour.txt"].map(DocumentId::new).into();
    let mut list = Chooser::new("речи".to_owned(), "alpha".to_owned(), ids, None);
    list.size = Size { width: 60, height: 9 };
    list
}

fn drawn(list: &Chooser, (width, height): (u16, u16)) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| chooser(list, PLAIN, frame)).unwrap();
    terminal.backend().buffer().clone()
}

#[test]
fn the_chooser_lists_documents_with_their_progress() {
    let mut list = documents();
    list.rows[0].1 = Some(Standing { begun: true, annotations: 35, status: Status::Done });
    list.rows[1].1 = Some(Standing { begun: true, annotations: 1, status: Status::Open });
    let area = Area { x: 0, y: 0, width: 60, height: 9 };
    expect_rows(
        &drawn(&list, (60, 9)),
        area,
        &[
            " речи · alpha · 3 documents · 2 begun · 1 done",
            " >",
            "",
            " ▶ караганда.txt               done ✓        35 annotations",
            "   речи/сто\u{301}л 👍.txt            open            1 annotation",
            "   labour.txt                  …",
            "",
            "",
            " Enter open  ↑ ↓ choose  type to filter  Esc quit",
        ],
    );
    list.rows[2].1 = Some(Standing::default());
    for c in "кара".chars() {
        list.key(crate::keymap::Key::char(c));
    }
    expect_rows(
        &drawn(&list, (60, 9)),
        area,
        &[
            " речи · alpha · 3 documents · 2 begun · 1 done",
            " > кара",
            "",
            " ▶ караганда.txt               done ✓        35 annotations",
            "",
            "",
            "",
            "",
            " Enter open  ↑ ↓ choose  type to filter  Esc quit",
        ],
    );
    list.key(crate::keymap::Key::char('👍'));
    expect_rows(&drawn(&list, (60, 9)), row_of(area, 3), &[" No document's name holds that; Esc clears the filter."]);
    for size in (1..8).flat_map(|width| (1..8).map(move |height| (width, height))) {
        drawn(&list, size);
    }
    list.rows.clear();
    expect_rows(
        &drawn(&list, (60, 9)),
        row_of(area, 3),
        &[" No transcripts here: put .txt files (UTF-8) into this dire…"],
    );
}

#[test]
fn the_chooser_says_what_could_not_be_opened_and_what_has_lost_its_transcript() {
    let mut list = documents();
    let area = Area { x: 0, y: 2, width: 60, height: 1 };
    list.left_behind = ["ста\u{301}рое 👍.txt", "x.txt"].map(DocumentId::new).into();
    let left = " annotations without a transcript, gone or renamed: ста\u{301}рое …";
    expect_rows(&drawn(&list, (60, 9)), area, &[left]);
    list.refuse(&DocumentId::new("речи/сто\u{301}л 👍.txt"), "речи/сто\u{301}л 👍.txt: it is gone".to_owned());
    assert_eq!(list.selected, 1);
    expect_rows(&drawn(&list, (60, 9)), area, &[" речи/сто\u{301}л 👍.txt: it is gone"]);
    list.key(crate::keymap::Key::char('👍'));
    expect_rows(&drawn(&list, (60, 9)), area, &[left]);
    list.left_behind.clear();
    expect_rows(&drawn(&list, (60, 9)), area, &[]);
}

#[test]
fn a_failure_stands_below_the_text_as_long_as_it_lasts() {
    let mut stage = Stage::new("[Тру\u{301}д|] 👍");
    stage.press("a c").send(Message::Failed("речь.txt.history: no space left on device".to_owned())).press("w");
    let below = |stage: &Stage, up: u16| {
        let area = whole(&stage.app);
        super::row(&frame(&stage.app, PLAIN), area, area.height - 1 - up).trim_end().to_owned()
    };
    let hints = |stage: &Stage| below(stage, 1);
    for (width, shown) in [
        (60, " NOT RECORDED · C-s tries again · Space p saves elsewhere ·…"),
        (110, " NOT RECORDED · C-s tries again · Space p saves elsewhere · речь.txt.history: no space left on device"),
    ] {
        stage.resize(width, 20);
        assert_eq!(hints(&stage), shown);
    }
    stage.press("Space p").type_in("/mnt/и\u{306} 👍");
    assert_eq!(below(&stage, 0), "save in (a directory, or NAME.ron): /mnt/и\u{306} 👍");
    stage.press("Esc").send(Message::Recorded(1));
    assert!(!hints(&stage).contains("NOT RECORDED"));
}
