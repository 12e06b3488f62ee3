//! Two processes at the same files: no transaction is lost and no file is broken.

use std::io::Write;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::sandbox::Sandbox;

/// Words to tag, each of four code points with a blank behind: Cyrillic, a combining mark, an emoji.
const WORDS: [&str; 4] = ["пра́", "труд", "👍👍йй", "еңбк"];

/// Has two processes at a time tag a word each, again and again for `span`; returns how many were recorded and how many refused.
fn hammer(sandbox: &Sandbox, span: Duration) -> (usize, usize) {
    let end = Instant::now() + span;
    let work = |first: usize| {
        let (mut recorded, mut refused) = (0, 0);
        let mut word = first;
        while Instant::now() < end {
            let mut command = sandbox.command(&["--linear", "hammer.txt", "-a", "alpha"]);
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = command.spawn().unwrap();
            let script = format!("select {} {}\nannotate youth\n", word * 5, word * 5 + 4);
            // It may have refused and gone before it was asked anything.
            drop(child.stdin.take().unwrap().write_all(script.as_bytes()));
            let output = child.wait_with_output().unwrap();
            match output.status.code() {
                Some(0) => {
                    recorded += 1;
                    word += 2;
                }
                Some(1) => {
                    let said = String::from_utf8_lossy(&output.stderr).into_owned();
                    assert!(said.contains("is working on it as alpha"), "{said}");
                    refused += 1;
                }
                other => panic!("{other:?}: {}", String::from_utf8_lossy(&output.stderr)),
            }
        }
        (recorded, refused)
    };
    thread::scope(|scope| {
        let other = scope.spawn(|| work(1));
        let (own, other) = (work(0), other.join().unwrap());
        (own.0 + other.0, own.1 + other.1)
    })
}

fn check(span: Duration) {
    let sandbox = Sandbox::new();
    let text: String = (0..40_000).flat_map(|word| [WORDS[word % WORDS.len()], " "]).collect();
    sandbox.write("hammer.txt", &text);
    let (recorded, refused) = hammer(&sandbox, span);
    let snapshot = sandbox.read("annotations/alpha/hammer.txt.ron");
    assert!(snapshot.contains(&format!("revision: {recorded},")), "{recorded} were recorded, {refused} refused");
    assert_eq!(snapshot.matches("(id: ").count(), recorded);
    let history = sandbox.read("annotations/alpha/hammer.txt.history");
    assert_eq!(history.lines().count(), 1 + recorded);
    assert!(sandbox.run("log hammer.txt -a alpha").contains("exit 0"));
    assert!(!sandbox.corpus().join("annotations/alpha/hammer.txt.torn").exists());
    eprintln!("{recorded} recorded, {refused} refused");
}

#[test]
fn two_processes_lose_nothing_of_each_other() {
    check(Duration::from_secs(2));
}

/// `cargo test --test cli -- --ignored --nocapture a_minute`.
#[test]
#[ignore = "takes a minute"]
fn two_processes_lose_nothing_of_each_other_in_a_minute() {
    check(Duration::from_secs(60));
}
