//! Writing fails under the running program, as when a disk is unmounted, and works again.

use std::fs;

use super::{corpus, open, quit, snapshot};

#[test]
fn what_cannot_be_recorded_is_kept_saved_elsewhere_and_recorded_when_it_can_be() {
    let corpus = corpus();
    let path = |name: &str| corpus.path().join(name);
    let mut terminal = open(corpus.path());
    terminal.press("/труд<Enter>mwal");
    terminal.wait_for_annotations(1);
    terminal.wait_for("● saved");
    fs::rename(path("annotations"), path("away")).unwrap();
    fs::write(path("annotations"), "no directory й 👍").unwrap();
    terminal.press("ggmwar");
    terminal.wait_for("NOT RECORDED · C-s tries again · Space p saves elsewhere");
    terminal.wait_for_annotations(2);
    terminal.press("msac");
    terminal.wait_for(" not recorded: речь");
    terminal.wait_for_annotations(2);

    terminal.press("<C-q>");
    terminal.wait_for("1 change is not recorded: rights T2");
    terminal.press("<Esc>");
    terminal.wait_for("NOT RECORDED · C-s");
    terminal.press("<Space>pкопия<Enter>");
    terminal.wait_for("saved in копия/речь.txt.ron, with its history");
    let copy = fs::read_to_string(path("копия/речь.txt.ron")).unwrap();
    assert!(copy.contains("Труд") && copy.contains("Всё"), "{copy}");

    fs::remove_file(path("annotations")).unwrap();
    terminal.press("<C-s>");
    terminal.wait_for("● saved");
    terminal.press("msac");
    terminal.wait_for_annotations(3);
    quit(terminal);
    let saved = snapshot(corpus.path());
    assert!(saved.contains("revision: 3"), "{saved}");
    let history = fs::read_to_string(path("annotations/alpha/речь.txt.history")).unwrap();
    assert_eq!(history.lines().count(), 4, "{history}");
}

#[test]
fn it_is_tried_again_unasked() {
    let corpus = corpus();
    let annotations = corpus.path().join("annotations");
    let mut terminal = open(corpus.path());
    fs::remove_dir_all(&annotations).unwrap();
    fs::write(&annotations, "no directory й 👍").unwrap();
    terminal.press("mwar");
    terminal.wait_for("NOT RECORDED");
    fs::remove_file(&annotations).unwrap();
    terminal.wait_for("recorded again: nothing was lost");
    quit(terminal);
    assert!(snapshot(corpus.path()).contains("Всё"));
}

#[test]
fn whoever_leaves_without_it_is_told_and_a_signal_rescues_it() {
    let corpus = corpus();
    let annotations = corpus.path().join("annotations");
    let mut terminal = open(corpus.path());
    fs::remove_dir_all(&annotations).unwrap();
    fs::write(&annotations, "no directory й 👍").unwrap();
    terminal.press("mwar");
    terminal.wait_for("NOT RECORDED");
    terminal.signal("TERM");
    assert_eq!(terminal.end().exit_code(), 2);
    let told = terminal.screen().replace('\n', "");
    let place = told.split("saved in ").nth(1).and_then(|rest| rest.split(", with").next()).expect("a place");
    let rescued = fs::read_to_string(place.trim()).unwrap();
    assert!(rescued.contains("Всё"), "{rescued}");
    fs::remove_dir_all(std::path::Path::new(place.trim()).parent().unwrap()).unwrap();
}
