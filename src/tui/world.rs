//! The edge: what comes in (keys, signals, results of work) and what goes out (files).
//!
//! Everything reaches the loop through one channel. One thread reads the terminal, one waits for signals, one waits for the
//! disk; the loop waits for them and never polls.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event};

use super::background::{Heard, Listener};
use super::input;
use crate::app::{Message, Standing};
use crate::document::DocumentId;
use crate::schema::Rgb;
use crate::store::{Kept, Opening, StoreError, Unkept};
use crate::work::{Signal, listen_to_signals};

/// Something that reached the loop.
#[derive(Debug)]
pub(super) enum Arrival {
    /// A message for the app.
    Message(Message),
    /// The annotator's file was opened, or could not be.
    Opened(Box<Result<Opening, StoreError>>),
    /// A job is done.
    Kept(Result<Kept, Unkept>),
    /// The standing of the document at this place of the corpus's list.
    Standing(usize, Standing),
    /// The documents of a corpus of which only annotations are left.
    LeftBehind(Vec<DocumentId>),
    /// The terminal's background is of this colour.
    Background(Rgb),
    /// A signal asks the program to end.
    Signal(i32),
    /// A signal asks the program to stop.
    Stop,
    /// A signal tells that the program was stopped, and goes on.
    GoOn,
    /// There is no terminal any more.
    Gone,
}

/// The channel with its sources.
#[derive(Debug)]
pub(super) struct World {
    sender: Sender<Arrival>,
    receiver: Receiver<Arrival>,
}

impl World {
    /// Starts to listen to the terminal and to signals; also for the terminal's background, if that is `asked` for.
    pub(super) fn listen(asked: bool) -> io::Result<Self> {
        let (sender, receiver) = channel();
        let keys = sender.clone();
        thread::Builder::new().name("input".into()).spawn(move || read_terminal(&keys, Listener::new(asked)))?;
        let signals = sender.clone();
        listen_to_signals(true, move |signal| {
            let arrival = match signal {
                Signal::End(number) => Arrival::Signal(number),
                Signal::Stop => Arrival::Stop,
                Signal::GoOn => Arrival::GoOn,
            };
            signals.send(arrival).is_ok()
        })?;
        Ok(Self { sender, receiver })
    }

    /// A way to report to the loop from another thread.
    pub(super) fn sender(&self) -> Sender<Arrival> {
        self.sender.clone()
    }

    /// Waits for something to arrive, at most for `limit` if there is one; then takes all that has.
    pub(super) fn wait(&self, limit: Option<Duration>) -> VecDeque<Arrival> {
        let first = match limit {
            Some(limit) => self.receiver.recv_timeout(limit),
            None => self.receiver.recv().map_err(|_closed| RecvTimeoutError::Disconnected),
        };
        let first = match first {
            Ok(arrival) => Some(arrival),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Arrival::Gone),
        };
        first.into_iter().chain(self.receiver.try_iter()).collect()
    }

    /// What has arrived and was not taken: most of it concerns a document that was left.
    pub(super) fn rest(&self) -> impl Iterator<Item = Arrival> {
        self.receiver.try_iter()
    }
}

/// What the terminal sent in one piece is passed on together, so that one frame shows it.
fn read_terminal(sender: &Sender<Arrival>, mut listener: Listener) {
    /// So much of it that the loop may begin.
    const ENOUGH: usize = 1 << 8;
    let is_gone = |arrivals: &[Arrival]| matches!(arrivals.last(), Some(Arrival::Gone));
    loop {
        let mut arrivals = next(&mut listener);
        while arrivals.len() < ENOUGH && !is_gone(&arrivals) && matches!(event::poll(Duration::ZERO), Ok(true)) {
            arrivals.extend(next(&mut listener));
        }
        let is_last = is_gone(&arrivals);
        if arrivals.into_iter().any(|arrival| sender.send(arrival).is_err()) || is_last {
            return;
        }
    }
}

/// What the next event of the terminal comes to.
fn next(listener: &mut Listener) -> Vec<Arrival> {
    match next_event(listener) {
        Ok(None) => heard(listener.give_up()),
        Ok(Some(event)) => match input::message(event) {
            Some(Message::Key(key)) => heard(listener.take(key)),
            // It comes by itself, and may come amid an answer.
            Some(message @ (Message::Resize(_) | Message::Focus)) => vec![Arrival::Message(message)],
            Some(message) => heard(listener.give_up()).into_iter().chain([Arrival::Message(message)]).collect(),
            None => Vec::new(),
        },
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Vec::new(),
        Err(_) => vec![Arrival::Gone],
    }
}

/// The next event; none if it does not come in time for what the listener holds back.
fn next_event(listener: &Listener) -> io::Result<Option<Event>> {
    match listener.patience() {
        Some(limit) if !event::poll(limit)? => Ok(None),
        _ => event::read().map(Some),
    }
}

fn heard(all: Vec<Heard>) -> Vec<Arrival> {
    let arrival = |own| match own {
        Heard::Key(key) => Arrival::Message(Message::Key(key)),
        Heard::Background(color) => Arrival::Background(color),
    };
    all.into_iter().map(arrival).collect()
}
