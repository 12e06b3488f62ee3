//! The tutor.

use super::super::{Piece, Tutor};
use super::{Message, Stage};
use crate::schema::Schema;
use crate::text::Text;

const REPORT: &str = include_str!("../../../data/karaganda.txt");

/// The tutor at its first lesson.
fn tutor() -> Stage {
    let mut stage = Stage::on(Text::new(REPORT.to_owned()).unwrap(), Schema::builtin());
    stage.app.tutor = Some(Tutor::default());
    stage
}

fn number(stage: &Stage) -> usize {
    stage.app.lesson().unwrap().0
}

fn keys(stage: &Stage) -> Vec<String> {
    let (.., pieces) = stage.app.lesson().unwrap();
    pieces.into_iter().filter_map(|piece| if let Piece::Keys(keys) = piece { Some(keys) } else { None }).collect()
}

#[test]
fn each_lesson_is_over_when_it_is_done() {
    let mut stage = tutor();
    let lessons = stage.app.lesson().unwrap().1;
    let steps =
        ["p p p p", "m Q", "a q", "Enter", "Esc b b b o a l", "u", "U", "Space r", "y Enter a", "Tab e", "Enter"];
    let mut seen = vec![number(&stage)];
    for step in steps {
        stage.press(step);
        match step {
            "Space r" => stage.type_in("молодеж").press("Enter"),
            "Tab e" => stage.type_in("и\u{306} 👍"),
            _ => &mut stage,
        };
        seen.push(number(&stage));
    }
    seen.dedup();
    assert_eq!(seen, (1..=lessons).collect::<Vec<_>>(), "{}", stage.notice());
    assert_eq!(stage.app.session.set().len(), 5);
}

#[test]
fn a_lesson_names_the_keys_in_force_in_the_language_of_titles() {
    let mut stage = tutor();
    assert_eq!(keys(&stage), ["p", "P"]);
    stage.press("з");
    assert_eq!(keys(&stage), ["p(з)", "P(З)"]);
    let mut config = crate::config::Config::default();
    config.take_keymap(r#"{"Z": "next-paragraph", "p": "none", "C-Down": "none"}"#, "keymap.ron");
    config.language = Some("ru".to_owned());
    stage.send(Message::Configured(Box::new(config)));
    assert_eq!(keys(&stage), ["Z(Я)", "P(З)"], "{:?}", stage.app.lesson());
    let (.., pieces) = stage.app.lesson().unwrap();
    assert!(matches!(&pieces[0], Piece::Words(words) if words.starts_with("Добро пожаловать")), "{pieces:?}");
}
