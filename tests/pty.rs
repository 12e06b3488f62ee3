//! The program as its users meet it: on a terminal, with keys, signals and files.
//!
//! Few tests, each of something that only the whole program can show; the layers below have theirs.
#![cfg(unix)]

#[path = "pty/background.rs"]
mod background;
#[path = "pty/failing.rs"]
mod failing;
#[path = "pty/gold.rs"]
mod gold;
#[path = "pty/keyboards.rs"]
mod keyboards;
#[path = "support/keys.rs"]
mod keys;
#[path = "pty/kills.rs"]
mod kills;
#[path = "support/layouts.rs"]
mod layouts;
#[path = "pty/review.rs"]
mod review;
#[path = "pty/rivals.rs"]
mod rivals;
#[path = "pty/stopping.rs"]
mod stopping;
#[path = "support/terminal.rs"]
mod terminal;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;
use terminal::{BINARY, Start, Terminal, hermetic};

/// Cyrillic, a stress mark that combines, an emoji, and CRLF.
const TEXT: &str = "Всё про за\u{301}мок 👍\r\n\r\nОн сказал: «Труд — это право». Да.\r\n";

/// A corpus of one transcript, `речь.txt`.
fn corpus() -> TempDir {
    let corpus = tempfile::tempdir().expect("a temporary directory");
    fs::write(corpus.path().join("речь.txt"), TEXT).expect("a transcript");
    corpus
}

/// The transcript of `corpus` opened by alpha, ready for keys.
fn open(corpus: &Path) -> Terminal {
    let terminal = Start::of(corpus, &["речь.txt", "-a", "alpha"]).run();
    terminal.wait_for("● saved");
    terminal
}

/// Quits, and finds that this went well; returns what stands on the screen then.
fn quit(mut terminal: Terminal) -> String {
    terminal.press("<C-q>");
    assert_eq!(terminal.end().exit_code(), 0, "{}", terminal.screen());
    terminal.screen()
}

/// Alpha's snapshot.
fn snapshot(corpus: &Path) -> String {
    fs::read_to_string(corpus.join("annotations/alpha/речь.txt.ron")).expect("a snapshot")
}

#[test]
fn what_was_tagged_is_there_again_and_can_be_undone() {
    let corpus = corpus();
    let mut first = open(corpus.path());
    first.press("/труд<Enter>mqaq");
    first.wait_for_annotations(1);
    assert!(quit(first).contains("1 annotation in annotations/alpha/речь.txt.ron"), "where it is is told");
    assert!(snapshot(corpus.path()).contains(r#"[(32, 48, "Труд — это право")]"#), "{}", snapshot(corpus.path()));

    let mut second = open(corpus.path());
    second.wait_for_annotations(1);
    second.press("u");
    second.wait_for_annotations(0);
    second.wait_for("undone: quote Q1");
    quit(second);
    assert!(!snapshot(corpus.path()).contains("Труд"), "{}", snapshot(corpus.path()));
}

#[test]
fn the_same_keys_on_a_russian_layout_write_the_same_file() {
    let (us, ru) = (corpus(), corpus());
    let sessions = [(&us, "/это<Enter>oal", "ggwwvwar"), (&ru, "<Space>аэто<Enter>щфд", "ппццмцфк")];
    for (corpus, first, second) in sessions {
        let mut terminal = open(corpus.path());
        terminal.press(first);
        terminal.wait_for_annotations(1);
        terminal.press(second);
        terminal.wait_for_annotations(2);
        quit(terminal);
    }
    assert!(snapshot(us.path()).contains("rights"), "{}", snapshot(us.path()));
    // Only the checksum of the last line differs, which holds the time.
    let said = |content: String| {
        content.lines().filter(|line| !line.starts_with("    history: ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(said(snapshot(us.path())), said(snapshot(ru.path())));
}

#[test]
fn a_document_is_opened_where_it_was_left_and_showing_what_it_showed() {
    let corpus = tempfile::tempdir().expect("a temporary directory");
    let state = tempfile::tempdir().expect("a temporary directory");
    fs::write(corpus.path().join("речь.txt"), gold::TRANSCRIPT).expect("a transcript");
    let start = || {
        let state = state.path().to_str().expect("a path");
        Start::of(corpus.path(), &["речь.txt", "-a", "alpha"]).environment("XDG_STATE_HOME", state).run()
    };
    let mut terminal = start();
    terminal.wait_for("● saved");
    terminal.press("/партийный<Enter><Space>vclaim<Enter>");
    terminal.wait_for("HIDDEN");
    quit(terminal);
    let mut terminal = start();
    terminal.wait_for("where you were the last time");
    terminal.wait_for("HIDDEN");
    terminal.wait_for("партийный");
    terminal.press("ggw");
    quit(terminal);
    fs::write(corpus.path().join("речь.txt"), TEXT).expect("another text");
    let terminal = start();
    terminal.wait_for("● saved");
    terminal.wait_for("¶1 · 0 of");
    quit(terminal);
}

#[test]
fn the_tutor_teaches_on_a_copy_that_is_gone_afterwards() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let place = home.path().to_str().expect("a path");
    let mut terminal = Start::of(home.path(), &["tutor"]).environment("TMPDIR", place).run();
    terminal.wait_for("tutor 1 of");
    terminal.press("зззз");
    terminal.wait_for("tutor 2 of");
    terminal.press("mQaq");
    terminal.wait_for("tutor 4 of");
    terminal.press("<Enter>");
    terminal.wait_for("tutor 5 of");
    quit(terminal);
    assert_eq!(fs::read_dir(home.path()).expect("the home").count(), 0);
}

#[test]
fn leaving_before_the_annotations_are_read_leaves_no_file() {
    for _ in 0..5 {
        let corpus = corpus();
        let mut terminal = Start::of(corpus.path(), &["речь.txt", "-a", "alpha"]).run();
        terminal.press("<Space>q");
        assert_eq!(terminal.end().exit_code(), 0, "{}", terminal.screen());
        assert!(!corpus.path().join("annotations").exists());
    }
}

#[test]
fn a_document_that_cannot_be_opened_is_told_of_in_the_list() {
    let corpus = corpus();
    fs::write(corpus.path().join("а\u{301}.txt"), b"\xd0\xb9\xcf").expect("what is no text");
    let mut terminal = open(corpus.path());
    terminal.press("<Space>d");
    terminal.wait_for("2 documents");
    terminal.press("<Up><Enter>");
    terminal.wait_for("is not UTF-8");
    terminal.press("<Down><Enter>");
    terminal.wait_for("● saved");
    quit(terminal);
}

#[test]
fn who_looks_on_takes_over_once_the_other_has_ended() {
    let corpus = corpus();
    let first = open(corpus.path());
    let mut second = Start::of(corpus.path(), &["речь.txt", "-a", "alpha"]).run();
    second.wait_for("READ ONLY");
    second.press("<C-s>");
    second.wait_for("takes it over once that has ended");
    quit(first);
    second.press("<C-s>");
    second.wait_for("it may be changed");
    second.wait_for("● saved");
    second.press("/труд<Enter>mwal");
    second.wait_for_annotations(1);
    quit(second);
}

#[test]
fn a_schema_that_was_changed_is_read_again_when_asked() {
    let corpus = corpus();
    let mut terminal = open(corpus.path());
    terminal.press("/труд<Enter>mwal");
    terminal.wait_for_annotations(1);
    let schema = include_str!("../data/builtin/schema.ron").replace("\"labour\", \"ru\"", "\"éта\u{301}лон\", \"ru\"");
    fs::write(corpus.path().join("schema.ron"), schema).expect("a schema");
    terminal.press("<Space>y");
    terminal.wait_for("schema were read again");
    terminal.wait_for("éта\u{301}лон");
    terminal.wait_for_annotations(1);
    fs::write(corpus.path().join("schema.ron"), "(и\u{306} 👍").expect("what is none");
    terminal.press("<Space>y");
    terminal.wait_for("schema.ron:1:5");
    quit(terminal);
}

#[test]
fn what_was_recorded_survives_being_killed() {
    let corpus = corpus();
    let mut killed = open(corpus.path());
    killed.press("/труд<Enter>mwal");
    killed.wait_for_annotations(1);
    killed.press("msac");
    killed.wait_for_annotations(2);
    killed.signal("KILL");
    killed.end();
    drop(killed);

    let again = open(corpus.path());
    again.wait_for_annotations(2);
    quit(again);
    assert!(snapshot(corpus.path()).contains(r#"(32, 36, "Труд")"#), "{}", snapshot(corpus.path()));
}

#[test]
fn a_signal_saves_and_gives_the_terminal_back() {
    for (name, number) in [("HUP", 1), ("INT", 2), ("TERM", 15)] {
        let corpus = corpus();
        let mut terminal = open(corpus.path());
        terminal.press("mwar");
        terminal.wait_for_annotations(1);
        terminal.signal(name);
        assert_eq!(terminal.end().exit_code(), 128 + number, "SIG{name}: {}", terminal.screen());
        assert!(snapshot(corpus.path()).contains("Всё"), "SIG{name}");
        assert_restored(&terminal);
    }
}

#[test]
fn quitting_an_untouched_transcript_leaves_the_terminal_and_the_corpus_as_they_were() {
    let corpus = corpus();
    let mut terminal = open(corpus.path());
    terminal.press("wwmsgg/труд<Enter><Space>q");
    assert_eq!(terminal.end().exit_code(), 0);
    assert_restored(&terminal);
    let left: Vec<_> =
        fs::read_dir(corpus.path()).expect("the corpus").map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["речь.txt"]);
}

/// Everything that was switched on was switched off, and nothing of ours is left on the screen.
fn assert_restored(terminal: &Terminal) {
    let bytes = String::from_utf8_lossy(&terminal.bytes()).into_owned();
    let pairs = [
        ("\x1b[?1049h", "\x1b[?1049l"),
        ("\x1b[?2004h", "\x1b[?2004l"),
        ("\x1b[?1004h", "\x1b[?1004l"),
        ("\x1b[?1002h", "\x1b[?1002l"),
        ("\x1b[?1006h", "\x1b[?1006l"),
        ("\x1b[>1u", "\x1b[<1u"),
        ("\x1b[?25l", "\x1b[?25h"),
        ("\x1b[?2026h", "\x1b[?2026l"),
    ];
    for (on, off) in pairs {
        assert!(bytes.contains(off) && bytes.rfind(off) > bytes.rfind(on), "{on:?} is followed by {off:?}");
    }
    assert_eq!(terminal.screen().trim(), "");
}

#[test]
fn a_resized_terminal_keeps_the_place_and_loses_no_panel() {
    let corpus = tempfile::tempdir().expect("a temporary directory");
    fs::write(corpus.path().join("речь.txt"), gold::TRANSCRIPT).expect("a transcript");
    let mut terminal = open(corpus.path());
    terminal.press("/партийный<Enter>");
    terminal.wait_for("2725–2734");
    for (width, height) in [(60, 20), (200, 60), (36, 6), (80, 24)] {
        terminal.resize(width, height);
        terminal.wait_for_below("2725–2734");
        terminal.wait_for("партийный");
    }
    terminal.wait_for("at the cursor");
    quit(terminal);
}

#[test]
fn no_color_means_no_colour() {
    let corpus = corpus();
    for (no_color, colours) in [("", true), ("1", false)] {
        let mut terminal =
            Start::of(corpus.path(), &["речь.txt", "-a", "alpha"]).environment("NO_COLOR", no_color).run();
        terminal.wait_for("● saved");
        terminal.press("/труд<Enter>msacmwal?");
        terminal.wait_for("type to filter, Enter does it");
        terminal.signal("TERM");
        terminal.end();
        let bytes = String::from_utf8_lossy(&terminal.bytes()).into_owned();
        assert_eq!(colour_codes(&bytes).next().is_some(), colours, "{:?}", colour_codes(&bytes).collect::<Vec<_>>());
    }
}

/// The SGR sequences in `bytes` that choose a colour.
fn colour_codes(bytes: &str) -> impl Iterator<Item = &str> {
    let is_colour = |code: &str| code.parse().is_ok_and(|code: u8| matches!(code, 30..=49 | 58 | 90..=107));
    let sequences = bytes.split("\x1b[").filter_map(|rest| {
        let length = rest.find(|c: char| !c.is_ascii_digit() && c != ';' && c != ':')?;
        rest.get(length..).is_some_and(|rest| rest.starts_with('m')).then(|| rest.get(..length)).flatten()
    });
    sequences.filter(move |codes| codes.split([';', ':']).next().is_some_and(is_colour) || codes.contains("38"))
}

#[test]
fn the_interface_refuses_to_run_without_a_terminal() {
    let corpus = corpus();
    let output = Command::new(BINARY)
        .args(["речь.txt", "-a", "alpha"])
        .current_dir(corpus.path())
        .env_clear()
        .envs(hermetic(corpus.path()))
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("terminal") && told.contains("--linear"), "{told}");
}

#[test]
fn a_plain_terminal_is_told_of_lines_and_by_lines_nothing_steers_it() {
    let corpus = corpus();
    let mut refused = Start::of(corpus.path(), &["речь.txt", "-a", "alpha"]).environment("TERM", "dumb").run();
    refused.wait_for("--linear");
    assert_eq!(refused.end().exit_code(), 2);

    let mut terminal = Start::of(corpus.path(), &["речь.txt", "-a", "alpha", "--linear"]).run();
    terminal.wait_for("> ");
    for line in ["find за\u{301}мок", "annotate rights", "quit"] {
        terminal.press(&format!("{line}<Enter>"));
    }
    assert_eq!(terminal.end().exit_code(), 0, "{}", terminal.screen());
    assert!(terminal.screen().contains("rights T1: за"), "{}", terminal.screen());
    assert!(!terminal.bytes().contains(&0x1b), "{}", terminal.screen());
}

/// Without anybody who reads: the terminal itself is closed, as when an ssh connection breaks.
#[test]
fn a_terminal_that_is_gone_ends_the_program_with_everything_saved() {
    use std::io::{Read, Write};

    let corpus = corpus();
    let size = portable_pty::PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = portable_pty::native_pty_system().openpty(size).expect("a pseudo-terminal");
    let mut command = portable_pty::CommandBuilder::new(BINARY);
    command.args(["речь.txt", "-a", "alpha"]);
    command.cwd(corpus.path());
    command.env_clear();
    for (name, value) in hermetic(corpus.path()) {
        command.env(name, value);
    }
    let mut child = pair.slave.spawn_command(command).expect("the program starts");
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().expect("a reader");
    let mut writer = pair.master.take_writer().expect("a writer");
    let mut wait_for = |text: &str| {
        let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
        while !String::from_utf8_lossy(&seen).contains(text) {
            let length = reader.read(&mut buffer).expect("the program writes");
            assert!(length > 0, "waited for {text:?}");
            seen.extend(&buffer[..length]);
        }
    };
    wait_for("saved");
    writer.write_all(b"mwar").expect("keys can be pressed");
    let history = corpus.path().join("annotations/alpha/речь.txt.history");
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while fs::read_to_string(&history).map_or(0, |content| content.lines().count()) < 2 {
        assert!(std::time::Instant::now() < deadline, "waited for a record");
        std::thread::yield_now();
    }
    drop((reader, writer, pair.master));
    let status = child.wait().expect("it ends");
    assert_eq!(status.exit_code(), 129);
    assert!(snapshot(corpus.path()).contains("Всё"));
}
