//! What reaches linear mode: lines, signals, and what came of work for the disk; in one channel, so that a signal ends even a wait for
//! somebody to type.

use std::collections::VecDeque;
use std::io::{self, BufRead};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::store::{Kept, Unkept};
use crate::work::{Signal, listen_to_signals};

/// Something that arrived.
#[derive(Debug)]
pub(super) enum Arrival {
    /// A line, without its end.
    Line(String),
    /// There are no more lines.
    End,
    /// The input is no text, or cannot be read.
    Fault(io::Error),
    /// A job is done.
    Kept(Result<Kept, Unkept>),
    /// A signal asks the program to end.
    Signal(i32),
}

/// The channel with its sources.
#[derive(Debug)]
pub(super) struct Input {
    sender: Sender<Arrival>,
    receiver: Receiver<Arrival>,
    /// What has arrived and was not taken.
    waiting: VecDeque<Arrival>,
}

impl Input {
    /// Starts to listen to standard input and to signals.
    pub(super) fn listen() -> io::Result<Self> {
        let (sender, receiver) = channel();
        let (lines, signals) = (sender.clone(), sender.clone());
        thread::Builder::new().name("input".into()).spawn(move || read_lines(&lines))?;
        listen_to_signals(false, move |signal| match signal {
            Signal::End(number) => signals.send(Arrival::Signal(number)).is_ok(),
            Signal::Stop | Signal::GoOn => true,
        })?;
        Ok(Self { sender, receiver, waiting: VecDeque::new() })
    }

    /// A way to report from another thread.
    pub(super) fn sender(&self) -> Sender<Arrival> {
        self.sender.clone()
    }

    /// Waits for what comes next, at most for `limit` if there is one. A signal does not wait its turn behind a script.
    pub(super) fn wait(&mut self, limit: Option<Duration>) -> Option<Arrival> {
        self.waiting.extend(self.receiver.try_iter());
        if let Some(place) = self.waiting.iter().position(|own| matches!(own, Arrival::Signal(_))) {
            return self.waiting.remove(place);
        }
        if let Some(arrival) = self.waiting.pop_front() {
            return Some(arrival);
        }
        let arrival = match limit {
            Some(limit) => self.receiver.recv_timeout(limit),
            None => self.receiver.recv().map_err(|_closed| RecvTimeoutError::Disconnected),
        };
        match arrival {
            Ok(arrival) => Some(arrival),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Arrival::End),
        }
    }

    /// What came of the work for the disk so far; the lines stay for whoever takes them.
    pub(super) fn kept(&mut self) -> Vec<Result<Kept, Unkept>> {
        let all = self.waiting.drain(..).chain(self.receiver.try_iter());
        let (mut kept, mut waiting) = (Vec::new(), VecDeque::new());
        for arrival in all {
            match arrival {
                Arrival::Kept(own) => kept.push(own),
                other => waiting.push_back(other),
            }
        }
        self.waiting = waiting;
        kept
    }
}

fn read_lines(sender: &Sender<Arrival>) {
    for line in io::stdin().lock().lines() {
        let arrival = line.map_or_else(Arrival::Fault, Arrival::Line);
        let is_last = matches!(arrival, Arrival::Fault(_));
        if sender.send(arrival).is_err() || is_last {
            return;
        }
    }
    drop(sender.send(Arrival::End));
}
