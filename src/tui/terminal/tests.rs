//! A panic gives the terminal back. The program that panics is this test program, started again on a pseudo-terminal.
#![cfg(unix)]

use std::io::Read;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use super::*;

/// What is run on the pseudo-terminal.
const ON_STAGE: &str = "tui::terminal::tests::a_command_that_panics";

#[test]
#[ignore = "run on a pseudo-terminal by the test below"]
fn a_command_that_panics() {
    let _guard = Guard::take().unwrap();
    let mut screen = screen().unwrap();
    let size = Size { width: 80, height: 24 };
    show(&mut screen, size, |frame| frame.buffer_mut().set_string(0, 0, "на экране 👍", ratatui::style::Style::new()))
        .unwrap();
    panic!("беда\u{301} 👍");
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_says_why() {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args([ON_STAGE, "--exact", "--ignored", "--nocapture"]);
    command.env("TERM", "xterm-256color");
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    let mut reader = pair.master.try_clone_reader().unwrap();
    // On Linux the end of a pseudo-terminal is an error.
    while let Ok(length @ 1..) = reader.read(&mut buffer) {
        bytes.extend(&buffer[..length]);
    }
    assert_ne!(child.wait().unwrap().exit_code(), 0);
    let output = String::from_utf8_lossy(&bytes).into_owned();
    assert!(output.contains("экране"), "{output:?}");
    let said = output.find("беда\u{301} 👍").expect("the panic is told");
    for (on, off) in [
        ("\x1b[?1049h", "\x1b[?1049l"),
        ("\x1b[?2004h", "\x1b[?2004l"),
        ("\x1b[?1004h", "\x1b[?1004l"),
        ("\x1b[?1002h", "\x1b[?1002l"),
        ("\x1b[?1006h", "\x1b[?1006l"),
        ("\x1b[>1u", "\x1b[<1u"),
        ("\x1b[?25l", "\x1b[?25h"),
    ] {
        let (on, off) = (output.rfind(on), output.find(off));
        assert!(on.is_some() && off > on && off < Some(said), "{on:?} {off:?} {said}");
    }
    let line = output.split('\n').find(|line| line.contains("беда")).expect("a line");
    assert!(line.ends_with('\r'), "the terminal turns line ends again, for it is not raw any more: {line:?}");
}
