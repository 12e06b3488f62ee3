//! Stopped by a key and from outside, and going on.

use super::terminal::{Start, Terminal};
use super::{corpus, open, quit};

/// Lets a stopped program go on: it has the terminal again, and is worked with.
#[track_caller]
fn goes_on(mut terminal: Terminal) {
    terminal.signal("CONT");
    terminal.wait_for("all keys");
    assert!(!terminal.is_cooked());
    terminal.press("mwar");
    terminal.wait_for_annotations(1);
    quit(terminal);
}

#[test]
fn a_suspended_program_draws_everything_when_it_goes_on() {
    let corpus = corpus();
    let mut terminal = open(corpus.path());
    terminal.press("<C-z>");
    terminal.wait_until_stopped();
    terminal.signal("CONT");
    terminal.wait_for("Всё про");
    terminal.wait_for("● saved");
    terminal.wait_for("all keys");
    quit(terminal);
}

#[test]
fn a_program_stopped_from_outside_gives_the_terminal_back_and_takes_it_again() {
    let corpus = corpus();
    let terminal = open(corpus.path());
    terminal.signal("TSTP");
    terminal.wait_until_stopped();
    terminal.wait_for("tribune is stopped; fg goes on");
    assert!(terminal.is_cooked());
    goes_on(terminal);
}

#[test]
fn a_program_stopped_without_being_asked_takes_the_terminal_as_others_left_it() {
    let corpus = corpus();
    let terminal = open(corpus.path());
    terminal.signal("STOP");
    terminal.wait_until_stopped();
    // What a shell does.
    terminal.cook();
    terminal.scribble("$ ё\u{301} 👍 fg");
    goes_on(terminal);
}

#[test]
fn the_list_of_documents_stops_and_goes_on_too() {
    let corpus = corpus();
    let mut terminal = Start::of(corpus.path(), &[".", "-a", "alpha"]).run();
    terminal.wait_for("речь.txt");
    terminal.signal("TSTP");
    terminal.wait_until_stopped();
    terminal.wait_for("tribune is stopped; fg goes on");
    terminal.signal("CONT");
    terminal.wait_for("речь.txt");
    terminal.press("<Enter>");
    terminal.wait_for("● saved");
    quit(terminal);
}
