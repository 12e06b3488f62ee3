use std::fs;

use super::*;

fn files(directory: &std::path::Path) -> Files {
    let path = |end: &str| directory.join(format!("й\u{301} 👍.txt.{end}"));
    let root = directory.to_owned();
    Files { root, snapshot: path("ron"), history: path("history"), torn: path("torn"), lock: path("lock") }
}

#[test]
fn half_a_line_of_ours_is_cut_before_the_next() {
    let directory = tempfile::tempdir().unwrap();
    let files = files(directory.path());
    let mut tail = Tail::fresh(&files);
    tail.append("первая 👍\n").unwrap();
    (&*tail.file().unwrap()).write_all("втор".as_bytes()).unwrap();
    assert!(tail.append("вторая\n").is_err(), "bytes that are not ours are left alone");
    tail.torn = true;
    tail.append("вторая\n").unwrap();
    assert_eq!(fs::read_to_string(&files.history).unwrap(), "первая 👍\nвторая\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let files = Files { history: "/dev/full".into(), ..files(directory.path()) };
    let mut tail = Tail { file: Some(open(&files.history, false).unwrap()), ..Tail::fresh(&files) };
    let said = tail.append("й 👍\n").unwrap_err().to_string();
    assert!(said.ends_with("cannot record in it: no space left on device"), "{said}");
    assert!(tail.is_empty());
}
