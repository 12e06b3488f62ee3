//! The whole command table as the bytes that a terminal sends, on each keyboard: bytes → crossterm → keymap → command. What came of
//! them is what `tribune doctor --keys` says.

use std::fs;
use std::iter::once;

use tribune::command::COMMANDS;
use tribune::keymap::{ANNOTATE, Key, KeyCode, RELABEL};
use tribune::schema::Schema;

use super::layouts::{LAYOUTS, Layout};
use super::terminal::Start;

/// How a terminal tells of keys with modifiers.
#[derive(Clone, Copy, Debug)]
enum Encoding {
    /// As ever: Control as a control character, Alt as an escape before.
    Legacy,
    /// Kitty's protocol, as the program asks for it: whatever else would be ambiguous as `CSI code ; modifiers u`.
    Kitty,
}

/// The bytes of `key` where it is pressed on a keyboard of `layout`.
fn bytes(key: Key, layout: &Layout, encoding: Encoding) -> String {
    let held = 1 + u8::from(key.shift) + 2 * u8::from(key.alt) + 4 * u8::from(key.ctrl);
    let cursor = |letter: char| if held == 1 { format!("\x1b[{letter}") } else { format!("\x1b[1;{held}{letter}") };
    match (key.code, encoding) {
        (KeyCode::Char(us), Encoding::Legacy) if key.ctrl => char::from(us as u8 & 0x1f).to_string(),
        (KeyCode::Char(us), Encoding::Legacy) if key.alt => format!("\x1b{}", layout.typed(us)),
        (KeyCode::Char(us), Encoding::Kitty) if held > 1 => format!("\x1b[{};{held}u", u32::from(layout.typed(us))),
        (KeyCode::Char(us), _) => layout.typed(us).to_string(),
        (KeyCode::Esc, Encoding::Kitty) => "\x1b[27u".to_owned(),
        (KeyCode::Esc, Encoding::Legacy) => "\x1b".to_owned(),
        (KeyCode::Tab, Encoding::Kitty) if key.shift => "\x1b[9;2u".to_owned(),
        (KeyCode::Tab, Encoding::Legacy) if key.shift => "\x1b[Z".to_owned(),
        (KeyCode::F(1), Encoding::Kitty) => "\x1b[P".to_owned(),
        (KeyCode::F(1), Encoding::Legacy) => "\x1bOP".to_owned(),
        (KeyCode::Tab, _) => "\t".to_owned(),
        (KeyCode::Enter, _) => "\r".to_owned(),
        (KeyCode::Delete, _) => "\x1b[3~".to_owned(),
        (KeyCode::PageUp, _) => "\x1b[5~".to_owned(),
        (KeyCode::PageDown, _) => "\x1b[6~".to_owned(),
        (KeyCode::Up, _) => cursor('A'),
        (KeyCode::Down, _) => cursor('B'),
        (KeyCode::Right, _) => cursor('C'),
        (KeyCode::Left, _) => cursor('D'),
        (KeyCode::Home, _) => cursor('H'),
        (KeyCode::End, _) => cursor('F'),
        (other, _) => panic!("nothing is known of the bytes of {other:?}"),
    }
}

/// Every key sequence of the table and of the labels, with what it asks for; Esc by itself last, for on an old terminal it must not
/// be followed by another key.
fn bindings() -> Vec<(Vec<Key>, String)> {
    let sequence = |keys: &str| keys.split(' ').map(|key| Key::parse(key).expect("a key")).collect();
    let commands =
        COMMANDS.iter().flat_map(|entry| entry.keys.iter().map(|keys| (sequence(keys), entry.name.to_owned())));
    let schema = Schema::builtin();
    let mut all: Vec<(Vec<Key>, String)> = commands.collect();
    for (_, _, label) in schema.span_labels() {
        let key = label.key.expect("the built-in labels have keys");
        for (prefix, verb) in [(ANNOTATE, "annotate"), (RELABEL, "relabel")] {
            all.push((sequence(&format!("{prefix} {key}")), format!("{verb} {}", label.id.as_str())));
        }
    }
    all.sort_by_key(|(keys, _)| keys[0] == Key::plain(KeyCode::Esc));
    all
}

#[test]
fn every_binding_is_what_its_bytes_give_on_every_keyboard_in_every_encoding() {
    let bindings = bindings();
    let config = tempfile::tempdir().expect("a temporary directory");
    for layout in &LAYOUTS {
        let file = config.path().join("config.ron");
        fs::write(&file, format!("(keyboard: {:?})", layout.keyboard)).expect("a config");
        for encoding in [Encoding::Legacy, Encoding::Kitty] {
            let arguments = ["doctor", "--keys", "--config", file.to_str().expect("a path")];
            let mut terminal = Start::of(config.path(), &arguments).run();
            terminal.wait_for("Ctrl-C ends");
            let typed: String =
                bindings.iter().flat_map(|(keys, _)| keys).map(|key| bytes(*key, layout, encoding)).collect();
            terminal.send(typed.as_bytes());
            terminal.wait_for("Esc: cancel");
            terminal.send(bytes(Key::parse("C-c").expect("a key"), layout, encoding).as_bytes());
            assert_eq!(terminal.end().exit_code(), 0, "{}", terminal.screen());
            let told = String::from_utf8_lossy(&terminal.bytes()).into_owned();
            let mut lines = told.lines().skip(1);
            for (keys, name) in &bindings {
                let waits = keys.iter().skip(1).map(|_| " …".to_owned());
                for end in waits.chain(once(format!(": {name}"))) {
                    let line = lines.next().unwrap_or_default().trim_end();
                    assert!(line.ends_with(&end), "{}, {encoding:?}: {keys:?} gave {line:?}, not {end:?}", layout.name);
                }
            }
        }
    }
}

#[test]
fn the_terminal_is_asked_and_its_answers_are_told() {
    let corpus = super::corpus();
    let mut terminal = Start::of(corpus.path(), &["doctor"]).run();
    terminal.wait_for_bytes("\x1b[c");
    let widths = "\x1b[1;2R".repeat(8) + &"\x1b[1;3R".repeat(2);
    terminal.send(format!("{widths}\x1b[?0u\x1b[?2026;2$y\x1bP>|test 👍\x1b\\\x1b[?62c").as_bytes());
    assert_eq!(terminal.end().exit_code(), 0, "{}", terminal.screen());
    for told in ["120 × 40", "test 👍", "kitty's protocol", "synchronized (mode 2026)", "ж  1 cell", "1 transcripts"]
    {
        assert!(terminal.screen().contains(told), "{told} is not told in\n{}", terminal.screen());
    }
}
