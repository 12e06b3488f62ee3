//! Every panel but the text.

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::{PLAIN, expect_rows, frame, whole};
use crate::annotation::{Edit, Speaker, SpeakerId, Status, Value};
use crate::app::tests::Stage;
use crate::app::{Access, Area, Chooser, Message, Screen, Size, Standing};
use crate::document::DocumentId;
use crate::tui::draw::chooser;

/// A quote around a claim, with a speaker and a note.
fn tagged() -> Stage {
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
        &["▶C2 claim  5–10", " Q1 quote  4–27  Серик Беркамалов"],
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
        &["│ q quote           c claim", "│ r rights          y youth", "│ l labour"],
    );
}

#[test]
fn with_nothing_tagged_the_inspector_says_how_to_begin() {
    let stage = Stage::new("Тру\u{301}д 👍");
    let here = Screen::of(&stage.app).here;
    expect_rows(
        &frame(&stage.app, PLAIN),
        below_heading(here),
        &[" Nothing tagged: m, o or v selects,", " a and a label's key tags. ? helps."],
    );
}

#[test]
fn of_a_document_without_text_the_inspector_says_where_there_are_others() {
    let stage = Stage::new("[|]");
    let here = Screen::of(&stage.app).here;
    expect_rows(
        &frame(&stage.app, PLAIN),
        below_heading(here),
        &[" This document is empty.", " Space d lists the others. ? helps."],
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
fn the_title_says_how_far_the_disk_is() {
    let mut stage = Stage::new("[Тру\u{301}д|] 👍");
    let mut ends = Vec::new();
    let title = |stage: &Stage| super::row(&frame(&stage.app, PLAIN), whole(&stage.app), 0).trim_end().to_owned();
    ends.push(title(&stage));
    stage.press("a c");
    ends.push(title(&stage));
    for message in
        [Message::Recorded(1), Message::Synced(1), Message::Saved(1), Message::Failed("disk full".to_owned())]
    {
        stage.send(message);
        ends.push(title(&stage));
    }
    stage.app.access = Access::ReadOnly("beta works on it".to_owned());
    ends.push(title(&stage));
    let ends: Vec<&str> = ends.iter().map(|title| title.rsplit_once("  ").unwrap().1).collect();
    assert_eq!(ends, ["● saved", "…", "○ recorded", "● on disk", "● saved", "NOT RECORDED", "READ ONLY"]);
    stage.resize(20, 20);
    assert_eq!(title(&stage), " речь.tx… READ ONLY");
}

#[test]
fn the_status_tells_the_place_the_selection_the_keys_begun_and_notices() {
    let mut stage = tagged();
    let status = |stage: &Stage| {
        let area = Screen::of(&stage.app).status;
        super::row(&frame(&stage.app, PLAIN), area, area.y).trim_end().to_owned()
    };
    let mut seen = vec![status(&stage)];
    for keys in ["m w", "v", "Esc G", "m", "Esc /", "Esc Space m", "l", "д", "ф"] {
        stage.press(keys);
        seen.push(status(&stage));
    }
    assert_eq!(
        seen,
        [
            " ¶1 · 9 of 48",
            " 5–10 · 5 characters  “Тру\u{301}д”",
            " 5–10 · 5 characters  “Тру\u{301}д”                         EXTEND",
            " no command on G — press ? for all keys",
            " ¶1 · 10 of 48                                            m",
            "/",
            " ¶1 · 10 of 48                                    MOUSE OFF",
            " ¶1 · 11 of 48                                    MOUSE OFF",
            " ¶1 · 12 of 48                            MOUSE OFF · ru→us",
            " ¶1 · 12 of 48                        MOUSE OFF · ru→us · a",
        ]
    );
}

#[test]
fn the_hints_are_for_what_can_be_done() {
    let mut stage = tagged();
    let hints = |stage: &Stage| {
        let area = Screen::of(&stage.app).hints;
        super::row(&frame(&stage.app, PLAIN), area, area.y).trim_end().to_owned()
    };
    stage.resize(80, 24);
    let mut seen = vec![hints(&stage)];
    for keys in ["m w", "a r", "E", "Esc Esc Esc /", "Esc e", "Esc g g Tab q", "Esc ь ц"] {
        stage.press(keys);
        seen.push(hints(&stage));
    }
    assert_eq!(
        seen,
        [
            " m select  q speaker  z values  e edit  u undo  d delete  E edges  ? all keys",
            " a annotate  q speaker  z values  e edit  u undo  d delete  E edges  ? all keys",
            " a annotate  e edit  u undo  d delete  E edges  o grow  Esc drop  ? all keys",
            " Enter set the extent  w b s p move this edge  x other edge  Esc leave it",
            " Enter go there  Ctrl-A tag all at once  Esc back  n N then next, previous",
            " Enter accept  Esc leave  ↑ ↓ field  ← → choose  Alt-Enter new line in the note",
            " type to filter  ↑ ↓ choose  Enter take it  Esc leave",
            " a(ф) annotate  o(щ) grow  f(а) take out of Q1  Esc drop  ?(,) all keys",
        ]
    );
}

#[test]
fn keys_that_go_on_are_shown_at_the_foot_of_the_text() {
    let mut stage = Stage::new("[Тру\u{301}д|] 👍");
    stage.press("m");
    let text = Screen::of(&stage.app).text;
    expect_rows(&frame(&stage.app, PLAIN), Area { y: text.y + 2, height: 12, ..text }, &[]);
    stage.wait();
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { y: text.y + 2, height: 12, ..text },
        &[
            "          ╭ m then … ──────────────────────────╮",
            "          │ Q  what is quoted, with the marks  │",
            "          │ S  the whole sentence              │",
            "          │ a  the annotation here             │",
            "          │ c  the clause                      │",
            "          │ d  the whole document              │",
            "          │ p  the paragraph                   │",
            "          │ q  what is quoted                  │",
            "          │ s  the sentence, without its marks │",
            "          │ u  the speaker's turn              │",
            "          │ w  the word                        │",
            "          ╰────────────────────────────────────╯",
        ],
    );
}

#[test]
fn what_is_told_takes_the_row_of_the_hints_too_where_it_does_not_fit() {
    let mut stage = Stage::new("Тру\u{301}[|]д 👍");
    let below = |stage: &Stage| {
        let (hints, status) = (Screen::of(&stage.app).hints, Screen::of(&stage.app).status);
        let buffer = frame(&stage.app, PLAIN);
        [hints, status].map(|area| super::row(&buffer, area, area.y).trim_end().to_owned())
    };
    stage.send(Message::Noted("2 tagged rights, 1 passed over, 1 not looked at — u takes it back".to_owned()));
    let told = [" 2 tagged rights, 1 passed over, 1 not looked at — u takes", " it back"];
    assert_eq!(below(&stage), told);
    stage.resize(80, 24);
    assert!(below(&stage)[0].starts_with(" m select"));
    stage.resize(60, 20).press(":");
    assert!(below(&stage)[0].contains("Esc leave"), "a list keeps its hints");
}

#[test]
fn a_long_menu_stands_in_columns_so_that_no_key_is_missing_and_no_word_is_cut() {
    for (width, height) in [(60, 20), (80, 24), (120, 40)] {
        let mut stage = Stage::new("[Тру\u{301}д|] 👍");
        stage.resize(width, height).press("Space").wait();
        let buffer = frame(&stage.app, PLAIN);
        let screen: Vec<String> = (0..height).map(|y| super::row(&buffer, whole(&stage.app), y)).collect();
        let screen = screen.join("\n");
        for next in stage.app.keymap().continuations(&stage.app.pending) {
            let Some(crate::keymap::Action::Run(command)) = next.action else { panic!("no command") };
            let help: String = crate::command::entry_of(command).help.chars().take(4).collect();
            let line = format!(" {}  {help}", next.key);
            assert!(screen.contains(&line), "{line:?} is not on\n{screen}");
        }
        let is_cut = |row: &str| row.replacen("then …", "", 1).contains('…');
        assert!(!screen.lines().any(is_cut), "something is cut on\n{screen}");
    }
}

#[test]
fn on_a_cyrillic_layout_keys_are_shown_with_their_letter() {
    let mut stage = Stage::new("[Тру\u{301}д|] 👍");
    stage.press("ф").wait();
    let text = Screen::of(&stage.app).text;
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { y: text.y + 7, height: 7, ..text },
        &[
            "e   Take the whole utterance; an interrupted   │",
            "    one is a single quote with several fragme… │",
            "ts  Rights and freedoms, their guarantees, the │",
            "    courts and participation in public life.   │",
            "h   Young people, their education and their    │",
            "    prospects.                                 │",
            "───────────────────────────────────────────────╯",
        ],
    );
    stage.resize(100, 40);
    let text = Screen::of(&stage.app).text;
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { y: text.y + text.height - 8, height: 7, width: 14, ..whole(&stage.app) },
        &["│ c(с)  claim", "│ l(д)  labour", "│ q(й)  quote", "│", "│ r(к)  rights", "│", "│ y(н)  youth"],
    );
}

#[test]
fn the_speaker_picker_lists_names_with_their_roles() {
    let mut stage = tagged();
    stage.press("q");
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { y: 5, height: 5, ..whole(&stage.app) },
        &[
            "  ╭ speaker of C2 ───────────────────────────────────────╮",
            "  │ >                                                    │",
            "  │ ▶ Серик Беркамалов  аким · Беркамалову               │",
            "  │   nobody  the narrator, or not known                 │",
            "  ╰──────────────────────────────────────────────────────╯",
        ],
    );
    stage.type_in("Анна\u{301}");
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { y: 5, height: 5, ..whole(&stage.app) },
        &[
            "  ╭ speaker of C2 ───────────────────────────────────────╮",
            "  │ > Анна\u{301}                                               │",
            "  │ ▶ Анна\u{301} (new)  add to the register                    │",
            "  ╰──────────────────────────────────────────────────────╯",
        ],
    );
}

#[test]
fn the_palette_lists_keys_in_a_column() {
    let mut stage = tagged();
    stage.resize(80, 24);
    stage.press(":");
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { x: 2, y: 1, width: 76, height: 9 },
        &[
            "╭ commands: type to filter, Enter does it ─────────────────────────────────╮",
            "│ >                                                                1 of 96 │",
            "│ ▶ h, Left            one character back  Moving · left                   │",
            "│   l, Right           one character on  Moving · right                    │",
            "│   k, Up              one row up  Moving · up                             │",
            "│   j, Down            one row down  Moving · down                         │",
            "│   w, Ctrl-Right      next word  Moving · next-word                       │",
            "│   b, Ctrl-Left       previous word  Moving · previous-word               │",
            "│   s                  next sentence  Moving · next-sentence               │",
        ],
    );
    stage.type_in("labour");
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { y: 5, height: 6, ..whole(&stage.app) },
        &[
            "  ╭ commands: type to filter, Enter does it ─────────────────────────────────╮",
            "  │ > labour                                                                 │",
            "  │ ▶ a l                annotate as labour  theme · labor, work, employmen… │",
            "  │   c l                change to labour  theme · labor, work, employment,… │",
            "  │ Work, employment, professions and the law of labour.                     │",
            "  │                                                                          │",
        ],
    );
}

#[test]
fn help_lists_what_can_be_done_here_the_most_useful_first() {
    let mut stage = tagged();
    stage.resize(80, 24).press("?");
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { x: 2, y: 1, width: 76, height: 6 },
        &[
            "╭ what can be done here: type to filter, Enter does it ────────────────────╮",
            "│ >                                                                1 of 75 │",
            "│ ▶ m                  select                                              │",
            "│   q                  who is quoted, who claims  Annotating · speaker     │",
            "│   z                  its values, a key each; Enter: as the one before  … │",
            "│   e                  label, attributes, speaker and note in one form  A… │",
        ],
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

#[test]
fn the_chooser_lists_documents_with_their_progress() {
    let ids: Vec<DocumentId> = ["караганда.txt", "речи/сто\u{301}л 👍.txt", "labour.txt"].map(DocumentId::new).into();
    let mut list = Chooser::new("речи".to_owned(), "alpha".to_owned(), ids, None);
    list.size = Size { width: 60, height: 9 };
    list.rows[0].1 = Some(Standing { begun: true, annotations: 35, status: Status::Done });
    list.rows[1].1 = Some(Standing { begun: true, annotations: 1, status: Status::Open });
    let drawn = |list: &Chooser, (width, height): (u16, u16)| {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| chooser(list, PLAIN, frame)).unwrap();
        terminal.backend().buffer().clone()
    };
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
