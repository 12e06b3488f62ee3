//! A colleague's file put in the place of ours while the program runs.

use std::fs;

use super::terminal::Terminal;
use super::{corpus, open, quit, snapshot};

/// What a terminal sends when its window is come back to.
const FOCUS: &str = "\x1b[I";

/// A word tagged `labour`, and saved.
fn tagged_and_saved(corpus: &std::path::Path) -> Terminal {
    let mut terminal = open(corpus);
    terminal.press("/труд<Enter>mwal");
    terminal.wait_for_annotations(1);
    terminal.press("<C-s>");
    terminal.wait_for("● saved");
    terminal
}

/// Two tags by us, of which the colleague's copy of the snapshot has only the first, with another label.
fn meet(corpus: &std::path::Path) -> Terminal {
    let mut terminal = tagged_and_saved(corpus);
    let path = corpus.join("annotations/alpha/речь.txt.ron");
    let theirs = snapshot(corpus).replace("labour", "youth").replace("revision: 1", "revision: 7");
    fs::remove_file(&path).expect("our snapshot");
    fs::write(&path, theirs).expect("theirs is written");
    terminal.press("ggmwar");
    terminal.wait_for_annotations(2);
    terminal.press(FOCUS);
    terminal.wait_for("another program changed the snapshot");
    terminal
}

#[test]
fn a_changed_snapshot_is_noticed_on_focus_and_merged() {
    let corpus = corpus();
    let mut terminal = meet(corpus.path());
    terminal.press("<Enter>");
    terminal.wait_for("merge with theirs: +0 −0 ~1");
    terminal.wait_for("● saved");
    quit(terminal);
    let merged = snapshot(corpus.path());
    assert!(merged.contains("youth") && merged.contains("rights") && !merged.contains("labour"), "{merged}");
    let mut again = open(corpus.path());
    again.press("u");
    again.wait_for("undone: merge with theirs");
    again.press("u");
    again.wait_for_annotations(1);
    quit(again);
    assert!(snapshot(corpus.path()).contains("labour"));
}

#[test]
fn a_changed_snapshot_is_noticed_before_saving_and_not_overwritten() {
    let corpus = corpus();
    let mut terminal = tagged_and_saved(corpus.path());
    let path = corpus.path().join("annotations/alpha/речь.txt.ron");
    let theirs = snapshot(corpus.path()).replace("labour", "youth");
    fs::write(&path, &theirs).unwrap();
    terminal.press("ggmwar");
    terminal.wait_for("another program changed the snapshot");
    assert_eq!(fs::read_to_string(&path).unwrap(), theirs);
    terminal.press("mine<Enter>");
    terminal.wait_for("theirs is kept as речь.txt.ron.theirs");
    terminal.wait_for("● saved");
    quit(terminal);
    assert!(snapshot(corpus.path()).contains("labour"));
    assert_eq!(fs::read_to_string(path.with_extension("ron.theirs")).unwrap(), theirs);
}

#[test]
fn a_signal_gives_up_neither_version() {
    let corpus = corpus();
    let mut terminal = meet(corpus.path());
    terminal.signal("HUP");
    assert_eq!(terminal.end().exit_code(), 129, "{}", terminal.screen());
    let told = terminal.screen().replace('\n', "");
    assert!(told.contains("yours stay, theirs is kept as речь.txt.ron.theirs"), "{told}");
    let ours = snapshot(corpus.path());
    assert!(ours.contains("labour") && ours.contains("rights"), "{ours}");
    let theirs = fs::read_to_string(corpus.path().join("annotations/alpha/речь.txt.ron.theirs")).unwrap();
    assert!(theirs.contains("youth"));
}

#[test]
fn leaving_without_a_decision_keeps_both_and_is_a_finding() {
    let corpus = corpus();
    let mut terminal = meet(corpus.path());
    terminal.press("<C-q>");
    assert_eq!(terminal.end().exit_code(), 1, "{}", terminal.screen());
    assert!(terminal.screen().contains("yours stay"), "{}", terminal.screen());
    let theirs = fs::read_to_string(corpus.path().join("annotations/alpha/речь.txt.ron.theirs")).unwrap();
    assert!(theirs.contains("youth") && snapshot(corpus.path()).contains("labour"));
}

#[test]
fn a_snapshot_changed_after_everything_was_saved_is_noticed_on_saving() {
    let corpus = corpus();
    let mut terminal = tagged_and_saved(corpus.path());
    let theirs = snapshot(corpus.path()).replace("labour", "youth");
    fs::write(corpus.path().join("annotations/alpha/речь.txt.ron"), theirs).unwrap();
    terminal.press("<C-s>");
    terminal.wait_for("another program changed the snapshot");
    terminal.press("theirs<Enter>");
    terminal.wait_for("● saved");
    quit(terminal);
    assert!(snapshot(corpus.path()).contains("youth"));
}

#[test]
fn killed_while_it_is_asked_about_both_files_it_has_lost_nothing() {
    let corpus = corpus();
    let mut terminal = tagged_and_saved(corpus.path());
    let path = corpus.path().join("annotations/alpha/речь.txt.ron");
    // As another clone made them, on the same text.
    let other = self::corpus();
    let mut there = open(other.path());
    there.press("ggmwar");
    there.wait_for_annotations(1);
    quit(there);
    for end in ["ron", "history"] {
        let path = path.with_extension(end);
        fs::remove_file(&path).unwrap();
        fs::copy(other.path().join("annotations/alpha/речь.txt.x").with_extension(end), path).unwrap();
    }
    terminal.press(FOCUS);
    terminal.wait_for("another program changed the history");
    terminal.signal("KILL");
    terminal.end();
    drop(terminal);
    assert!(fs::read_to_string(path.with_extension("ron.ours")).unwrap().contains("labour"));
    let again = open(corpus.path());
    again.wait_for("yours is kept as речь.txt.ron.ours");
    again.wait_for_annotations(1);
    quit(again);
}
