use super::*;
use crate::config::Config;
use crate::keymap::{Key, Keyboard, Keymap};
use crate::schema::Schema;

#[test]
fn answers_are_read_from_the_bytes_between_which_keys_may_have_been_pressed() {
    let widths = "\x1b[12;2R".repeat(8) + "й\x1b[12;3Rq\x1b[12;3R";
    let rest = "\x1b[?1u\x1b[?2026;2$y\x1bP>|tmux 3.3a\x1b\\\x1b]11;rgb:1010/1010/1414\x07\x1b[?62;4cф";
    let answers = Answers::read((widths + rest).as_bytes());
    assert_eq!(answers.widths, [1, 1, 1, 1, 1, 1, 1, 1, 2, 2]);
    assert!(answers.has_keyboard_protocol && answers.is_synchronized && answers.is_complete);
    assert_eq!(
        (answers.name.as_deref(), answers.background.as_deref()),
        (Some("tmux 3.3a"), Some("rgb:1010/1010/1414"))
    );
    let poor = Answers::read(b"\x1b[?2026;0$y\x1b[?6c");
    assert_eq!(poor, Answers { is_complete: true, ..Answers::default() });
    for nonsense in [&b""[..], b"\x1b", b"\x1b[?", b"\x1b[R\xff\x1b[1;99999R", "\u{1b}[и\u{306}👍R".as_bytes()] {
        assert_eq!(Answers::read(nonsense), Answers::default());
    }
}

#[test]
fn every_sample_is_asked_for_and_the_line_is_left_empty() {
    let questions = questions();
    assert_eq!(questions.matches("\x1b[6n").count(), SAMPLES.len());
    assert!(questions.contains("👍\x1b[6n") && questions.contains("\r\x1b[K") && questions.ends_with("\x1b[c"));
}

#[test]
fn widths_that_the_terminal_and_the_program_do_not_agree_on_are_told() {
    let terminal = |widths: [u16; 10]| Terminal {
        answers: Some(Answers { widths: widths.into(), is_complete: true, ..Answers::default() }),
        ..Terminal::default()
    };
    let report = |widths| Report::default().with("widths", terminal(widths).widths());
    assert!(report([1, 1, 1, 1, 1, 1, 1, 1, 2, 2]).is_fine());
    let wide = report([2, 1, 1, 1, 1, 1, 1, 1, 2, 4]);
    assert!(!wide.is_fine());
    let told = wide.to_string();
    assert!(
        told.contains("Russian letter    ж  2 cells\n  ! the terminal shows characters of ambiguous width as wide"),
        "{told}"
    );
    assert!(told.contains("4 cells\n  ! 2 expected"), "{told}");
}

#[test]
fn a_key_is_told_with_its_position_and_its_command() {
    let schema = Schema::builtin();
    let mut probe = Probe::new(Keymap::with(&schema, &[], &Keyboard::Auto), schema, Keyboard::Auto);
    let mut take = |key: &str| probe.take(Key::parse(key).unwrap());
    assert_eq!(take("s"), "s: next-sentence");
    assert_eq!(take("."), ". = /: find", "on a Russian keyboard the key for / types a full stop");
    assert_eq!(take("ы"), "ы = s: next-sentence");
    assert_eq!(take("C-ы"), "C-ы = C-s: write");
    assert_eq!(take("ф"), "ф = a …");
    assert_eq!(take("д"), "a д = l: annotate labour");
    assert_eq!(take("Space"), "Space …");
    assert_eq!(take("👍"), "Space 👍: no command");
    assert!(probe.layout().starts_with("Russian"));
    assert!(Probe::is_end(Key::parse("C-с").unwrap()) && !Probe::is_end(Key::char('c')));
}

#[test]
fn a_us_keyboard_takes_no_letter_by_position() {
    let schema = Schema::builtin();
    let keymap = Keymap::with(&schema, &Config::default().bindings, &Keyboard::Us);
    let mut probe = Probe::new(keymap, schema, Keyboard::Us);
    assert_eq!(probe.take(Key::char('ы')), "ы: no command");
    assert_eq!(probe.take(Key::parse("C-S").unwrap()), "C-S = C-s: write", "caps lock is no layout");
}
