//! Linear mode from a pipe: files, locks, exit status.

use std::io::Write;
use std::process::{Child, Stdio};

use insta::assert_snapshot;

use super::sandbox::{Sandbox, told};

/// The program in linear mode, waiting for lines.
fn start(sandbox: &Sandbox, arguments: &str) -> Child {
    let arguments: Vec<_> = arguments.split_whitespace().chain(["--linear"]).collect();
    let mut command = sandbox.command(&arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// What comes of `script`, see [`told`].
fn run(sandbox: &Sandbox, arguments: &str, script: &str) -> String {
    let mut child = start(sandbox, arguments);
    // The program need not read to the end.
    child.stdin.take().unwrap().write_all(script.as_bytes()).ok();
    told(&child.wait_with_output().unwrap(), &sandbox.corpus())
}

#[test]
fn a_script_tags_headless_and_its_work_is_on_disk() {
    let sandbox = Sandbox::new();
    assert_snapshot!(run(&sandbox, "notes/plain.txt", "# 👍\nselect 0 5\n\nannotate youth\nnote не чита\u{301}л\n"), @r"
    notes/plain.txt as delta, open: 19 code points, 1 paragraph, 0 turns, 0 annotations
    selected ¶1 s1 0–5, 5 code points: Никто
    youth T1: Никто
    T1 youth 0–5
    1 annotation
    set note of youth T1
    T1 youth 0–5; note: не чита́л
    1 annotation
    exit 0
    ");
    let snapshot = sandbox.read("annotations/delta/notes/plain.txt.ron");
    assert!(snapshot.contains(r#"label: "youth", target: Text([(0, 5, "Никто")]), note: "не чита́л""#), "{snapshot}");
    assert_snapshot!(run(&sandbox, "notes/plain.txt", "undo 2\nlist\nwrite\n"), @r"
    notes/plain.txt as delta, open: 19 code points, 1 paragraph, 0 turns, 1 annotation
    undone: set note of youth T1
    undone: youth T1
    0 annotations
    selected ¶1 s1 0–5, 5 code points: Никто
    0 annotations
    writing revision 4
    exit 0
    ");
}

#[test]
fn the_example_in_the_readme_is_what_happens() {
    let file = |name: &str| std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let readme = file("README.md");
    let (_, block) = readme.split_once("$ tribune karaganda.txt --linear\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let typed: Vec<&str> = block.lines().filter_map(|line| line.strip_prefix("> ")).collect();
    let shown: Vec<&str> = block.lines().filter(|line| !line.starts_with("> ")).collect();
    let sandbox = Sandbox::new();
    sandbox.write("karaganda.txt", file("data/karaganda.txt"));
    let told = run(&sandbox, "karaganda.txt --annotator gamma", &typed.join("\n")).replace("gamma", "alpha");
    let told: Vec<&str> = told.lines().filter(|line| *line != "exit 0").collect();
    // What ends in `…` goes on.
    let is_so = |(told, shown): (&&str, &&str)| match shown.strip_suffix('…') {
        Some(beginning) => told.starts_with(beginning.trim_end()),
        None => told == shown,
    };
    assert!(told.len() == shown.len() && told.iter().zip(&shown).all(is_so), "{told:#?} {shown:#?}");
}

#[test]
fn a_command_that_fails_is_told_with_its_line_and_the_next_is_done() {
    let script = "annotate youth\nselect 0 5\nannotate старость 👴🏽\nannotate youth\n";
    assert_snapshot!(run(&Sandbox::new(), "notes/plain.txt", script), @r"
    notes/plain.txt as delta, open: 19 code points, 1 paragraph, 0 turns, 0 annotations
    selected ¶1 s1 0–5, 5 code points: Никто
    youth T1: Никто
    T1 youth 0–5
    1 annotation
    ! line 1: nothing is selected: m selects by object (m s the sentence, m Q the quotation), v extends by moving
    ! line 3: there is no label старость 👴🏽, only quote, claim, rights, youth, labour
    exit 1
    ");
}

#[test]
fn strict_stops_at_the_first_command_that_fails() {
    let sandbox = Sandbox::new();
    let script = "select 0 5\nannotate youth\nselect 99 100\ndelete\n";
    assert_snapshot!(run(&sandbox, "notes/plain.txt --strict", script), @r"
    notes/plain.txt as delta, open: 19 code points, 1 paragraph, 0 turns, 0 annotations
    selected ¶1 s1 0–5, 5 code points: Никто
    youth T1: Никто
    T1 youth 0–5
    1 annotation
    ! line 3: 99 is no place in a text of 19 code points
    exit 1
    ");
    assert!(sandbox.read("annotations/delta/notes/plain.txt.ron").contains("Никто"));
}

#[test]
fn a_script_is_done_to_its_end_though_nobody_reads_what_it_led_to() {
    let sandbox = Sandbox::new();
    let mut child = start(&sandbox, "notes/plain.txt");
    drop(child.stdout.take());
    let script = ["select 0 5", "annotate youth", &"show all\n".repeat(50), "select 11 17", "annotate старость 👴🏽"];
    let script = script.join("\n") + "\nannotate rights\nnote не чита\u{301}л";
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.starts_with("line 55: there is no label старость 👴🏽"), "{told}");
    assert_eq!(output.status.code(), Some(1), "{told}");
    let snapshot = sandbox.read("annotations/delta/notes/plain.txt.ron");
    assert!(snapshot.contains("не чита\u{301}л\")"), "{snapshot}");
}

#[test]
fn what_is_worked_on_elsewhere_can_be_read_only() {
    let sandbox = Sandbox::new();
    let mut other = start(&sandbox, "notes/plain.txt");
    let mut lines = other.stdin.take().unwrap();
    lines.write_all(b"select 0 5\nannotate youth\n").unwrap();
    let history = sandbox.corpus().join("annotations/delta/notes/plain.txt.history");
    while !history.exists() {
        std::thread::yield_now();
    }
    let refused = run(&sandbox, "notes/plain.txt", "select 0 5\nannotate rights\n");
    assert!(refused.contains("read only: ") && refused.contains("! line 2: read only: "), "{refused}");
    assert!(refused.ends_with("exit 1"), "{refused}");
    drop(lines);
    assert!(other.wait().unwrap().success());
    assert!(run(&sandbox, "notes/plain.txt --read-only", "annotate youth").contains("opened with --read-only"));
}

#[test]
fn a_directory_lists_its_transcripts_and_lines_go_from_one_to_another() {
    let sandbox = Sandbox::new();
    assert_snapshot!(run(&sandbox, ".", "select 0 5\nopen 2\nopen notes/plain.txt\nhere\nopen нет.txt\ndocuments\nquit\n"), @r"
    transcripts: 2; `open NUMBER` or `open NAME` opens one
    1 notes/plain.txt
    2 talk.txt
    talk.txt as delta, open: 81 code points, 2 paragraphs, 1 turn, 0 annotations
    notes/plain.txt as delta, open: 19 code points, 1 paragraph, 0 turns, 0 annotations
    ¶1 s1 0: Никто 🤷 не чита́л.
    0 annotations
    transcripts: 2; `open NUMBER` or `open NAME` opens one
    1 notes/plain.txt
    2 talk.txt
    ! line 1: no transcript is open: `open NAME` or `open NUMBER` opens one
    ! line 5: there is no transcript нет.txt: `documents` lists them
    exit 1
    ");
}

#[test]
fn what_cannot_be_opened_is_an_error() {
    let sandbox = Sandbox::new();
    sandbox.write("annotations/delta/talk.txt.ron", "(format: 1, й 👍)");
    let refused = run(&sandbox, "talk.txt", "here\n");
    assert!(refused.starts_with("! error: ") && refused.ends_with("exit 2"), "{refused}");
    assert!(run(&sandbox, "нет.txt", "").ends_with("exit 2"));
    assert!(sandbox.run("talk.txt --strict").contains("--linear"));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_with_everything_on_disk() {
    use std::io::{BufRead, BufReader};

    let sandbox = Sandbox::new();
    let mut child = start(&sandbox, "notes/plain.txt");
    // Both held to the end: waiting for a child closes its input, and the end of that, or an output that nobody reads, would end it too.
    let mut input = child.stdin.take().unwrap();
    input.write_all("select 0 5\nannotate youth\n".as_bytes()).unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.by_ref().map(Result::unwrap).any(|line| line == "1 annotation"));
    let pid = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(128 + 15));
    assert!(sandbox.read("annotations/delta/notes/plain.txt.ron").contains("Никто"));
}

#[test]
fn a_snapshot_changed_meanwhile_is_kept_beside_ours_and_told() {
    use std::io::{BufRead, BufReader};

    let sandbox = Sandbox::new();
    let mut child = start(&sandbox, "notes/plain.txt");
    let mut input = child.stdin.take().unwrap();
    input.write_all("select 0 5\nannotate youth\n".as_bytes()).unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.by_ref().map(Result::unwrap).any(|line| line == "1 annotation"));
    sandbox.write("annotations/delta/notes/plain.txt.ron", "не RON, и\u{306} 👍");
    drop(input);
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(
        told.ends_with("another program changed the annotations: yours stay, theirs is kept as plain.txt.ron.theirs\n"),
        "{told}"
    );
    assert!(sandbox.read("annotations/delta/notes/plain.txt.ron").contains("Никто"));
    assert_eq!(sandbox.read("annotations/delta/notes/plain.txt.ron.theirs"), "не RON, и\u{306} 👍");
}

#[test]
fn a_schema_that_was_changed_is_read_again_when_asked_and_one_that_is_none_is_told() {
    use std::io::{BufRead, BufReader};

    let sandbox = Sandbox::new();
    let mut child = start(&sandbox, "notes/plain.txt");
    let mut input = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    input.write_all("select 0 5\nannotate youth\n".as_bytes()).unwrap();
    assert!(lines.any(|line| line == "1 annotation"));
    let schema = include_str!("../../data/builtin/schema.ron").replace("id: \"labour\"", "id: \"éта\u{301}лон\"");
    sandbox.write("schema.ron", schema);
    input.write_all("reload\nreload\nannotate éта\u{301}лон\ngoto 18\n".as_bytes()).unwrap();
    let told: Vec<String> = lines.by_ref().take_while(|line| !line.starts_with("¶1 s1 18")).collect();
    assert_eq!(
        told,
        [
            "the config was read again",
            "notes/plain.txt as delta, open: 19 code points, 1 paragraph, 0 turns, 1 annotation",
            "the schema was read again",
            "the config was read again",
            "here 1 annotation: T1 youth",
            "éта\u{301}лон T2: Никто",
            "T2 labour 0–5",
            "2 annotations",
        ]
    );
    sandbox.write("schema.ron", "(и\u{306} 👍");
    input.write_all("reload\nundo 2\n".as_bytes()).unwrap();
    drop(input);
    let rest: Vec<String> = lines.collect();
    assert!(rest.contains(&"0 annotations".to_owned()), "undo reaches behind it: {rest:?}");
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("line 7: ") && told.contains("schema.ron:1:"), "{told}");
    assert_eq!(output.status.code(), Some(1), "{told}");
}
