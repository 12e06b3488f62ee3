use super::*;
use crate::command::Command;
use crate::keymap::{Action, Keymap};
use crate::schema::Schema;

fn options(content: &str) -> Config {
    let mut config = Config::default();
    config.take_options(content, "config.ron");
    config
}

fn faults(config: &Config) -> Vec<String> {
    config.faults.iter().map(ToString::to_string).collect()
}

#[test]
fn every_option_is_set_by_its_name_and_written_back() {
    let content = r#"(
    annotator: "Айгу́л 👍", language: "kk", keyboard: "kk-kazrus", mouse: false, popup: false, snapping: false,
    wrap: 60, inspector: false,
)"#;
    let config = options(content);
    assert_eq!(faults(&config), [""; 0]);
    let written: Vec<String> = config.in_force().map(|(own, value, _)| format!("{}: {value}", own.name)).collect();
    let again = options(&format!("({})", written.join(", ")));
    assert_eq!(again.annotator.as_deref(), Some("Айгу\u{301}л 👍"));
    assert_eq!((again.keyboard, again.wrap, again.mouse), (Keyboard::Kazrus, 60, false));
    assert!(config.in_force().all(|(_, _, origin)| origin.is_some_and(|origin| origin.starts_with("config.ron:"))));
    assert_eq!(options("()"), Config::default());
}

#[test]
fn what_is_unknown_or_wrong_is_told_with_its_place_and_the_rest_holds() {
    let config = options(
        "\u{feff}// й\u{301}👍\n(\n  anotator: \"alpha\",\n  wrap: 5, keyboard: \"dvorak\",\n  mouse: false,\n)",
    );
    assert_eq!(
        faults(&config),
        [
            "config.ron:3:13: there is no option `anotator` here; did you mean `annotator`?",
            "config.ron:4:9: `wrap` takes a number of cells from 20 to 200",
            "config.ron:4:22: `keyboard` takes \"auto\", \"us\", \"ru\", \"ru-mac\", \"kk\", \"kk-kazrus\" or (from: \"фы…\", to: \"as…\")",
        ]
    );
    assert!(!config.mouse);
    assert_eq!(options("(mouse: tru").faults.len(), 1);
    assert_eq!(options("[1]").faults.len(), 1);
}

#[test]
fn a_layout_of_ones_own_is_given_by_what_its_keys_type() {
    let config = options("(keyboard: (from: \"қ\", to: \"d\"))");
    assert_eq!(config.keyboard, Keyboard::Custom { from: "қ".to_owned(), to: "d".to_owned() });
    assert_eq!(options("(keyboard: (from: \"қы\", to: \"d\"))").faults.len(), 1);
}

#[test]
fn a_corpus_sets_what_concerns_everyone_and_wins() {
    let mut config = options("(language: \"kk\")");
    config.take_corpus("(allow: [\"cut-word\"], options: (language: \"ru\", annotator: \"beta\"))", "corpus.ron");
    assert_eq!((config.language.as_deref(), config.annotator.as_deref()), (Some("ru"), None));
    assert_eq!(faults(&config), ["corpus.ron:1:60: `annotator` is the user's to set, not the corpus's"]);
    let language = config.in_force().find(|(own, ..)| own.name == "language").map(|(_, _, origin)| origin);
    assert_eq!(language, Some(Some("corpus.ron:1")));
}

#[test]
fn keys_are_bound_and_unbound_by_the_names_of_commands() {
    let mut config = Config::default();
    config.take_keymap(r#"{"Z": "undo", "Space z": "redo", "u": "none", "ы": "find"}"#, "keymap.ron");
    assert_eq!(faults(&config), [""; 0]);
    let keymap = Keymap::with(&Schema::builtin(), &config.bindings, &config.keyboard);
    let keys = |command| keymap.keys_for(Action::Run(command)).join(", ");
    assert_eq!(keys(Command::Undo), "Z");
    assert_eq!(keys(Command::Redo), "U, Space z");
    assert!(keys(Command::Find).ends_with("ы"));
}

#[test]
fn a_key_that_takes_others_away_says_so_unless_they_are_given_up() {
    let take = |content: &str| {
        let mut config = Config::default();
        config.take_keymap(content, "keymap.ron");
        faults(&config)
    };
    assert_eq!(
        take("{\"m\": \"undo\", \"q ы\": \"redo\", \"a\": \"find\", \"Space й\": \"undo\"}"),
        [
            "keymap.ron:1:2: `m` takes `m w` and 9 more away; if that is meant, say so: \"m\": \"none\"",
            "keymap.ron:1:15: `q ы` takes `q` away; if that is meant, say so: \"q\": \"none\"",
            "keymap.ron:1:30: `a` takes `a and a label's key` and 1 more away; if that is meant, say so: \"a\": \"none\"",
        ]
    );
    let config = "{\"m\": \"none\", \"m\": \"undo\", \"q\": \"none\", \"q ы\": \"redo\", \"u\": \"cancel\"}";
    assert_eq!(take(config), [""; 0]);
}

#[test]
fn keys_that_cannot_be_bound_say_why() {
    let mut config = Config::default();
    config
        .take_keymap("{\n\"Ctrl-s\": \"undo\",\n\"Z\": \"undoo\",\n\"X\": \"undo\",\n\"X y\": \"redo\"}", "keymap.ron");
    assert_eq!(
        faults(&config),
        [
            "keymap.ron:2:1: \"Ctrl-s\" is no key sequence: `Space z`, `C-s`, `A-Left`, `F5` are some",
            "keymap.ron:3:6: there is no command `undoo` here; did you mean `undo`?",
            "keymap.ron:5:1: `X y` is in conflict with `X` above",
        ]
    );
}

#[test]
fn a_label_of_the_theme_that_is_much_like_one_of_the_schema_is_told_and_one_of_another_corpus_is_not() {
    let mut config = Config::default();
    config.take_theme(
        "(labels: {\"qoute\": \"#0072B2\", \"claim\": \"#0072B2\", \"за\u{301}мок👍\": \"#0072B2\"})",
        "theme.ron",
    );
    let told = config.strange_colors(&crate::schema::Schema::builtin());
    assert_eq!(told, ["theme.ron:1:11: there is no label `qoute` here; did you mean `quote`?"]);
}

#[test]
fn a_theme_has_a_background_and_colours_of_labels() {
    let mut config = Config::default();
    config.take_theme("(background: \"light\", labels: {\"quote\": \"#0072B2\", \"claim\": \"red\"})", "theme.ron");
    assert_eq!(config.background, Background::Light);
    assert_eq!(config.colors["quote"], Rgb { red: 0, green: 0x72, blue: 0xb2 });
    assert_eq!(config.faults.len(), 1);
    config.take_theme("(backgroud: \"dark\")", "theme.ron");
    assert!(config.faults[1].message.ends_with("did you mean `background`?"), "{:?}", config.faults);
}
