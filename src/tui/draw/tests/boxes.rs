//! Where boxes stand, and what the schema says in them.

use super::{PLAIN, expect_rows, frame, row, whole};
use crate::app::tests::Stage;
use crate::app::{Area, Message, Screen};
use crate::schema::{Label, LabelId, Schema};

/// Sixteen rows, each with a word of its own.
fn rows() -> String {
    let rows: Vec<String> = (0..16).map(|number| format!("Слово{number} и\u{306} 👍 да.\n")).collect();
    rows.concat()
}

#[test]
fn no_box_covers_the_selection_it_is_about_at_80_by_24() {
    for number in 0..16 {
        for keys in ["a", "c", "m", "a q", "a c e", "a c q", "a c z", "a q Esc e"] {
            let mut stage = Stage::new(&rows());
            stage.resize(80, 24).press("/").type_in(&format!("слово{number} ")).press("Enter Esc m p");
            stage.press(keys).send(Message::Rested);
            let words = format!("Слово{number} и\u{306} 👍 да.");
            let buffer = frame(&stage.app, PLAIN);
            let text = Screen::of(&stage.app).text;
            let is_there = (text.y..text.y + text.height).any(|y| row(&buffer, whole(&stage.app), y).contains(&words));
            let boxed = buffer.content.iter().any(|cell| cell.symbol() == "╭");
            assert!(is_there && boxed, "{keys} on row {number}: {buffer:?}");
        }
    }
}

#[test]
fn the_list_of_speakers_leaves_a_quote_of_five_rows_free_on_a_small_screen() {
    let quote = "«Право на труд и\u{306} 👍» ".repeat(10);
    let names = ["Серик Беркамалов", "Жакип Асанов", "Ерболат Закиров"].map(|name| format!("Это сказал {name}.\n\n"));
    let mut stage = Stage::new(&format!("{}[{}|]", names.concat(), quote.trim_end()));
    stage.resize(60, 20).press("a q");
    let buffer = frame(&stage.app, PLAIN);
    let rows = |area: Area| (area.y..area.y + area.height).map(|y| row(&buffer, area, y)).collect::<String>();
    assert!(rows(whole(&stage.app)).contains("speaker of Q1"), "{buffer:?}");
    assert_eq!(rows(Screen::of(&stage.app).text).matches("Право на труд").count(), 10, "{buffer:?}");
}

#[test]
fn the_keys_of_labels_are_shown_with_their_guidelines() {
    let mut stage = Stage::new("[Тру\u{301}д|] 👍");
    stage.resize(80, 24).press("a").send(Message::Rested);
    expect_rows(
        &frame(&stage.app, PLAIN),
        Area { y: 7, height: 9, ..whole(&stage.app) },
        &[
            "   ╭ a then … ─────────────────────────────────────────────────────────────────╮",
            "   │ c  claim   Take one proposition: a clause or a sentence, without its full │",
            "   │            stop.                                                          │",
            "   │ l  labour  Work, employment, professions and the law of labour.           │",
            "   │ q  quote   Take the whole utterance; an interrupted one is a single quote │",
            "   │            with several fragments.                                        │",
            "   │ r  rights  Rights and freedoms, their guarantees, the courts and          │",
            "   │            participation in public life.                                  │",
            "   │ y  youth   Young people, their education and their prospects.             │",
        ],
    );
}

#[test]
fn a_list_of_labels_says_when_to_use_the_chosen_one_and_a_form_what_is_asked() {
    let mut stage = Stage::new("{claim:Тру\u{301}[|]д} 👍");
    stage.resize(80, 24).press("Space v Down");
    let rows = Area { y: 4, height: 11, ..whole(&stage.app) };
    expect_rows(
        &frame(&stage.app, PLAIN),
        rows,
        &[
            "  ╭ labels that are shown ───────────────────────────────────────────────────╮",
            "  │ >                                                                        │",
            "  │   ✓ quote  quote                                                         │",
            "  │ ▶ ✓ claim  claim                                                         │",
            "  │   ✓ rights  theme                                                        │",
            "  │   ✓ youth  theme                                                         │",
            "  │   ✓ labour  theme                                                        │",
            "  │ Take one proposition: a clause or a sentence, without its full stop.     │",
            "  │                                                                          │",
            "  ╰──────────────────────────────────────────────────────────────────────────╯",
        ],
    );
    let says = |stage: &Stage, words: &str| {
        let buffer = frame(&stage.app, PLAIN);
        (0..24).any(|y| row(&buffer, whole(&stage.app), y).contains(words))
    };
    stage.press("Esc e");
    assert!(says(&stage, "Who makes the claim"));
    stage.press("Up");
    assert!(says(&stage, "Take one proposition"));
    stage.press("Left");
    assert!(says(&stage, "Take the whole utterance"));
}

#[test]
fn where_labels_have_no_keys_the_way_to_their_list_stands_first_among_the_keys() {
    let mut schema = Schema::builtin();
    let labels = &mut schema.layers[0].labels;
    let model = labels[0].clone();
    labels.extend((1..=40).map(|number| Label {
        id: LabelId::new(format!("тема-{number}")),
        key: None,
        ..model.clone()
    }));
    let mut stage = Stage::with_schema("[За\u{301}мок|] 👍", schema);
    stage.resize(60, 20).press("a").send(Message::Rested);
    let buffer = frame(&stage.app, PLAIN);
    let rows: Vec<String> = (0..20).map(|y| row(&buffer, whole(&stage.app), y)).collect();
    let heading = rows.iter().position(|own| own.contains("a then …")).unwrap();
    assert!(rows[heading + 1].contains("Enter  all labels"), "{rows:#?}");
}
