//! What stays: from document to document, and after the config took its word back.

use super::Stage;
use crate::app::{Edges, Effect, Message};
use crate::config::Config;
use crate::schema::Rgb;

#[test]
fn to_another_document_the_annotator_takes_the_last_label_and_what_was_switched() {
    let mut first = Stage::new("[за\u{301}мок|] 👍");
    first.press("a l Space m Space x Space d");
    let habits = first.app.habits();
    let mut second = Stage::new("[йо\u{306}д|] 👍");
    second.app.take_along(habits);
    second.press("Enter").expect("{labour:[йо\u{306}д|]} 👍");
    assert_eq!((second.app.mouse, second.app.edges), (false, Edges::Characters));
}

#[test]
fn the_mouse_is_as_a_changed_config_has_it_and_else_as_it_was_left() {
    let mut stage = Stage::new("{rights:за\u{301}мок}[|] 👍");
    let mut config = Config::default();
    config.mouse = !config.mouse;
    let wanted = config.mouse;
    stage.send(Message::Configured(Box::new(config.clone())));
    assert_eq!((stage.app.mouse, stage.effects.as_slice()), (wanted, &[Effect::CaptureMouse(wanted)][..]));
    stage.effects.clear();
    stage.press("Space m").effects.clear();
    stage.send(Message::Configured(Box::new(config)));
    assert_eq!((stage.app.mouse, stage.effects.as_slice()), (!wanted, &[][..]));
}

#[test]
fn what_the_config_no_longer_says_is_as_environment_and_schema_have_it() {
    let mut stage = Stage::new("{rights:за\u{301}мок}[|] 👍");
    let color = |stage: &Stage| stage.app.schema.labels().find(|(_, own)| own.id.as_str() == "rights").unwrap().1.color;
    let given = color(&stage);
    let other = Rgb { red: 1, green: 2, blue: 3 };
    let mut config = Config::default();
    config.language = Some("ru".to_owned());
    config.colors.insert("rights".to_owned(), other);
    stage.send(Message::Configured(Box::new(config)));
    assert_eq!((stage.app.language.as_str(), color(&stage)), ("ru", Some(other)));
    stage.send(Message::Configured(Box::default()));
    assert_eq!((stage.app.language.as_str(), color(&stage)), ("en", given));
    assert!(given.is_some());
}
