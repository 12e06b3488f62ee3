//! Writing fails under the running program, as when a disk is unmounted or full, and works again.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

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

/// A disk of its own, so small that it can be filled: where the system lets us mount one.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new() -> Option<Self> {
        let place = tempfile::tempdir().expect("a temporary directory");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=256k", "tribune-test"]).arg(place.path()).output();
        mounted.is_ok_and(|told| told.status.success()).then(|| Self(place))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(self.0.path()).output());
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "whoever runs the tests is to know that this one was not")]
fn a_full_disk_stops_editing_loses_nothing_and_is_written_again_when_there_is_room() {
    let Some(disk) = Disk::new() else {
        eprintln!("skipped: no tmpfs can be mounted here");
        return;
    };
    let (corpus, elsewhere) = (disk.0.path(), tempfile::tempdir().unwrap());
    fs::write(corpus.join("речь.txt"), super::TEXT).unwrap();
    let mut terminal = open(corpus);
    terminal.press("/труд<Enter>mwal");
    terminal.wait_for_annotations(1);
    terminal.press("<C-s>");
    terminal.wait_for("● saved");
    let recorded = fs::read(corpus.join("annotations/alpha/речь.txt.history")).unwrap();
    let filling = fill(corpus);

    // The last page of the history has room for a few lines more.
    let mut revision = 1;
    while !terminal.screen().contains("NOT RECORDED") {
        let (key, count) = if revision % 2 == 0 { ("U", 1) } else { ("u", 0) };
        terminal.press(key);
        terminal.wait_for_annotations(count);
        revision += 1;
        assert!(revision < 100, "the disk is not full");
    }
    let count = 1 - (revision + 1) % 2;
    terminal.wait_for(
        "NOT RECORDED · C-s tries again · Space p saves elsewhere · речь.txt.history: cannot record in it: no sp",
    );
    terminal.press("msacgg/право<Enter>");
    terminal.wait_for("5 characters  “право”");
    terminal.wait_for_annotations(count);
    let there = fs::read(corpus.join("annotations/alpha/речь.txt.history")).unwrap();
    assert!(there.starts_with(&recorded) && there.ends_with(b"\n"), "a line half written is taken back");
    assert!(snapshot(corpus).contains("revision: "), "the snapshot is what it was");

    terminal.press(&format!("<Space>p{}<Enter>", elsewhere.path().display()));
    terminal.wait_for("with its history");
    let copy = fs::read_to_string(elsewhere.path().join("речь.txt.ron")).unwrap();
    assert!(copy.contains(&format!("revision: {revision}")), "{copy}");

    fs::remove_file(filling).unwrap();
    terminal.press("<C-s>");
    terminal.wait_for("recorded again: nothing was lost");
    terminal.press("msac");
    terminal.wait_for_annotations(count + 1);
    quit(terminal);
    assert!(snapshot(corpus).contains(&format!("revision: {}", revision + 1)));
}

/// Takes all the room that is left below `directory`.
fn fill(directory: &Path) -> PathBuf {
    let path = directory.join("filling");
    let mut file = fs::File::create(&path).expect("a file");
    while file.write_all(&[0; 1024]).is_ok() {}
    path
}
