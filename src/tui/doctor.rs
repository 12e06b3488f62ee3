//! What `tribune doctor` asks the terminal: questions that it answers, and keys that somebody presses.

use std::io::{self, Read, Write, stdin, stdout};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use ratatui::crossterm::event::{
    self, KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode, size};

use super::{Theme, input};
use crate::app::Message;
use crate::doctor::{Answers, Probe, Terminal, questions};
use crate::outcome::{Failure, Outcome};

/// How long a terminal may take to answer: it may be far away.
const PATIENCE: Duration = Duration::from_millis(1500);

/// Raw mode and the keys as the interface has them; given back when dropped.
struct Raw;

impl Raw {
    fn take() -> io::Result<Self> {
        enable_raw_mode()?;
        Ok(Self)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        drop(disable_raw_mode());
    }
}

/// What can be learnt of the terminal; it is asked only if it `may_ask`, for then the answers come as input.
pub fn examine(may_ask: bool) -> Terminal {
    let answers = if may_ask { ask().ok() } else { None };
    Terminal { colours: Theme::of_environment().depth().in_words(), size: size().ok().filter(|_| may_ask), answers }
}

/// Asks the terminal, and gathers what comes until the last question is answered.
fn ask() -> io::Result<Answers> {
    let raw = Raw::take()?;
    let (sender, receiver) = channel();
    // It waits for input that may never come; the program ends without it.
    thread::Builder::new().name("answers".into()).spawn(move || {
        let mut buffer = [0; 256];
        while let Ok(length @ 1..) = stdin().read(&mut buffer) {
            if sender.send(buffer.get(..length).unwrap_or_default().to_vec()).is_err() {
                return;
            }
        }
    })?;
    let mut out = stdout().lock();
    out.write_all(questions().as_bytes())?;
    out.flush()?;
    let deadline = Instant::now() + PATIENCE;
    let mut bytes = Vec::new();
    while let Ok(more) = receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        bytes.extend(more);
        if Answers::read(&bytes).is_complete {
            break;
        }
    }
    drop(raw);
    Ok(Answers::read(&bytes))
}

/// Says of every key that is pressed what it gives, until Control-C.
pub fn probe(mut probe: Probe) -> Result<Outcome, Failure> {
    let gone = |error: io::Error| Failure::system(format!("the terminal cannot be used: {error}"));
    let mut out = stdout().lock();
    let raw = Raw::take().map_err(gone)?;
    let flags = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES;
    let told = execute!(out, PushKeyboardEnhancementFlags(flags)).and_then(|()| {
        write!(out, "press keys; each is told with the US key at its position and its command. Ctrl-C ends.\r\n")?;
        out.flush()?;
        while let Some(key) = next_key()?.filter(|key| !Probe::is_end(*key)) {
            write!(out, "{}\r\n", probe.take(key))?;
            out.flush()?;
        }
        write!(out, "seen: {}\r\n", probe.layout())
    });
    drop(execute!(out, PopKeyboardEnhancementFlags));
    drop(raw);
    told.map(|()| Outcome::Done).map_err(gone)
}

/// The next key that is pressed; none when there is no terminal any more.
fn next_key() -> io::Result<Option<crate::keymap::Key>> {
    loop {
        if let Some(Message::Key(key)) = input::message(event::read()?) {
            return Ok(Some(key));
        }
    }
}
