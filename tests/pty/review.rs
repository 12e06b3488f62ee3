//! A transcript corrected between two sessions: what moved is listed, what is not certain waits and is decided on.

use std::fs;

use super::terminal::Start;
use super::{quit, snapshot};

/// Two places of «труд» with the same surroundings, and words that go.
const BEFORE: &str = "Всё про за\u{301}мок 👍. Он сказал: «Труд — это право». Да.\n\nЁлка у моста и паводок весной.\n";
const AFTER: &str = "Итак. Всё про за\u{301}мок 👍. Он сказал: «Труд — это право». Да.\n\nИтак. Всё про за\u{301}мок 👍. Он сказал: «Труд — это право». Да.\n";

#[test]
fn what_is_not_certain_on_a_changed_text_waits_in_a_queue_and_is_decided_one_by_one() {
    let corpus = tempfile::tempdir().expect("a temporary directory");
    let write = |text: &str| fs::write(corpus.path().join("речь.txt"), text).expect("a transcript");
    write(BEFORE);
    let mut terminal = super::open(corpus.path());
    terminal.press("/труд<Enter>mwal");
    terminal.wait_for_annotations(1);
    terminal.press("/паводок<Enter>mwar");
    terminal.wait_for_annotations(2);
    quit(terminal);

    write(AFTER);
    let before = snapshot(corpus.path());
    let mut terminal = Start::of(corpus.path(), &["речь.txt", "-a", "alpha"]).run();
    terminal.wait_for("text and annotations do not match");
    terminal.wait_for("0 stay, 0 move, 2 wait for you");
    assert_eq!(snapshot(corpus.path()), before, "nothing is written before the annotator agrees");
    terminal.press("<Enter>");
    terminal.wait_for("2 wait: Space u");
    terminal.press("<Space>u");
    terminal.wait_for("2 annotations wait for a place");
    terminal.wait_for("2 places");
    terminal.press("<Enter>");
    terminal.wait_for("place 1 of 2");
    terminal.press("<Tab>");
    terminal.wait_for("place 2 of 2");
    terminal.press("<Enter>");
    terminal.wait_for_annotations(1);
    quit(terminal);
    let (placed, waits) = halves(&snapshot(corpus.path()));
    assert!(placed.contains("Труд") && !placed.contains("паводок"), "{placed}");
    assert!(waits.contains("паводок") && !waits.contains("Труд"), "{waits}");

    let mut terminal = super::open(corpus.path());
    terminal.wait_for_annotations(1);
    terminal.press("u");
    terminal.wait_for_annotations(0);
    terminal.press("<Space>u");
    terminal.wait_for("2 annotations wait for a place");
    quit(terminal);
    let (placed, waits) = halves(&snapshot(corpus.path()));
    assert!(!placed.contains("Труд") && waits.contains("Труд") && waits.contains("паводок"), "{placed}{waits}");
}

/// What a snapshot says before its strays, and what it says of them.
fn halves(snapshot: &str) -> (String, String) {
    let (placed, waits) = snapshot.split_once("    strays: [").expect("something waits");
    (placed.to_owned(), waits.to_owned())
}
