//! The title, the hints, the status, and the keys that go on.

use super::panels::tagged;
use super::{PLAIN, expect_rows, frame, whole};
use crate::app::tests::Stage;
use crate::app::{Access, Area, Message, Screen};

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
fn why_there_is_no_such_place_is_said_above_the_prompt() {
    let mut stage = Stage::new("Тру\u{301}д [|]и право 👍");
    stage.resize(80, 24).press("Space j").type_in("Q7").press("Enter");
    let (buffer, screen) = (frame(&stage.app, PLAIN), Screen::of(&stage.app));
    let [above, prompt] = [screen.hints, screen.status].map(|area| super::row(&buffer, area, area.y));
    assert_eq!(above.trim_end(), " there is no annotation Q7");
    assert_eq!(prompt.trim_end(), "go to: Q7");
}
