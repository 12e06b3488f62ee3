//! The terminal is asked for its background, and what it answers is not taken for keys.

use super::terminal::{Start, Terminal};
use super::{corpus, quit};

/// The question, and what stands back on a dark background and on a light one.
const QUESTION: &str = "\x1b]11;?\x1b\\";
const ON_DARK: &str = "38;5;246";
const ON_LIGHT: &str = "38;5;242";

fn open(corpus: &std::path::Path) -> Terminal {
    let terminal = Start::of(corpus, &["речь.txt", "-a", "alpha"]).run();
    terminal.wait_for("● saved");
    terminal.wait_for_bytes(QUESTION);
    terminal.wait_for_bytes(ON_DARK);
    terminal
}

#[test]
fn the_answer_changes_the_theme_and_no_key_of_it_is_typed() {
    for (answer, split) in [
        ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", false),
        ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", true),
        ("\x1b]11;rgb:fdfd/f6f6/e3e3\x07", true),
    ] {
        let corpus = corpus();
        let mut terminal = open(corpus.path());
        if split {
            for byte in answer.as_bytes() {
                terminal.send(&[*byte]);
                std::thread::yield_now();
            }
        } else {
            terminal.send(answer.as_bytes());
        }
        terminal.wait_for_bytes(ON_LIGHT);
        terminal.press("mwar");
        terminal.wait_for_annotations(1);
        assert!(!terminal.screen().contains("no command"), "{}", terminal.screen());
        quit(terminal);
    }
}

#[test]
fn where_no_answer_comes_every_key_is_typed_all_the_same() {
    let corpus = corpus();
    let mut terminal = open(corpus.path());
    terminal.press("<A-]>");
    terminal.wait_for("no command on A-]");
    terminal.press("mw");
    terminal.wait_for("“Всё”");
    terminal.press("<Esc>");
    terminal.wait_for(" of ");
    terminal.press("<A-]>mw");
    terminal.wait_for("“Всё”");
    terminal.press("ar<A-]>");
    terminal.wait_for_annotations(1);
    terminal.wait_for("no command on A-]");
    assert!(!String::from_utf8_lossy(&terminal.bytes()).contains(ON_LIGHT));
    quit(terminal);
}

#[test]
fn terminals_that_would_take_it_ill_are_not_asked() {
    for (name, value) in [("TERM", "linux"), ("NO_COLOR", "1")] {
        let corpus = corpus();
        let terminal = Start::of(corpus.path(), &["речь.txt", "-a", "alpha"]).environment(name, value).run();
        terminal.wait_for("● saved");
        assert!(!String::from_utf8_lossy(&terminal.bytes()).contains("\x1b]11"), "{name}");
        quit(terminal);
    }
}
