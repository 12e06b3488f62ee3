//! How a run ends: the exit status, and what the person who waits is told.
//!
//! | status | meaning |
//! |---|---|
//! | 0 | done; also when the reader of a pipe has had enough, of which only a script is done to its end all the same |
//! | 1 | findings: `check` found something, `merge` has conflicts, a line of a script was not done |
//! | 2 | it could not be done |
//! | 128 + n | signal n ended the program |
//!
//! Libraries return typed errors; where they leave the program, a [`Failure`] adds what kind of trouble it is and what might
//! help. It is printed as one `error:` line, a `caused by:` line for each source, and a `hint:` line for each hint.

use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

/// A run that came to its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outcome {
    /// Everything is as asked.
    #[default]
    Done,
    /// The run worked and found something that its caller will want to know of.
    Findings,
}

impl Outcome {
    /// The exit status, 0 or 1.
    pub const fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Findings => 1,
        }
    }

    /// Findings if either has findings.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self == Self::Done { other } else { self }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        outcome.status().into()
    }
}

/// What sort of trouble ended a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What was asked makes no sense, or not here.
    Usage,
    /// A file is not what it should be.
    Data,
    /// The machine refused: reading, writing, the terminal.
    System,
    /// A signal with this number arrived; only the hints are printed, as the sender knows the rest.
    Signal(u8),
}

/// Why a run did not do what was asked.
///
/// ```
/// use tribune::outcome::Failure;
///
/// let failure = Failure::data("речь.txt is no text").because(std::io::Error::other("й 👍")).hint("save it as UTF-8");
/// let mut screen = Vec::new();
/// failure.write(&mut screen).unwrap();
/// assert_eq!(screen, "error: речь.txt is no text\n  caused by: й 👍\nhint: save it as UTF-8\n".as_bytes());
/// ```
#[derive(Debug)]
pub struct Failure {
    /// What sort of trouble it is.
    pub kind: Kind,
    /// What could not be done, with the path it concerns: lower case, no trailing period.
    pub message: String,
    /// The error behind it.
    pub source: Option<Box<dyn Error + Send + Sync>>,
    /// What the person might do, a sentence each.
    pub hints: Vec<String>,
}

/// Making one.
impl Failure {
    /// What was asked makes no sense.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// A file is not what it should be.
    pub fn data(message: impl Into<String>) -> Self {
        Self::new(Kind::Data, message)
    }

    /// The machine refused.
    pub fn system(message: impl Into<String>) -> Self {
        Self::new(Kind::System, message)
    }

    /// Signal `number` arrived.
    pub fn signal(number: u8) -> Self {
        Self::new(Kind::Signal(number), format!("ended by signal {number}"))
    }

    /// The same with the error behind it.
    #[must_use]
    pub fn because(self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { source: Some(source.into()), ..self }
    }

    /// The same with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), source: None, hints: Vec::new() }
    }
}

/// Reporting it.
impl Failure {
    /// The exit status: 2, or 128 + n for signal n, or 0 if all that happened is that a pipe was closed.
    pub fn status(&self) -> u8 {
        match self.kind {
            Kind::Signal(number) => 128_u8.saturating_add(number),
            _ if self.is_broken_pipe() => 0,
            Kind::Usage | Kind::Data | Kind::System => 2,
        }
    }

    /// Writes what there is to say to `screen` and returns the exit status. That `screen` cannot be written is no news to
    /// anyone, so it changes nothing.
    pub fn report(&self, screen: impl Write) -> ExitCode {
        self.write(screen).ok();
        self.status().into()
    }

    /// Writes message, causes and hints, a line each; for a signal the hints alone, for a closed pipe nothing.
    pub fn write(&self, mut screen: impl Write) -> io::Result<()> {
        if self.is_broken_pipe() {
            return Ok(());
        }
        if !matches!(self.kind, Kind::Signal(_)) {
            writeln!(screen, "error: {}", printable(&self.message))?;
            for cause in self.causes() {
                writeln!(screen, "  caused by: {}", printable(&cause))?;
            }
        }
        for hint in &self.hints {
            writeln!(screen, "hint: {}", printable(hint))?;
        }
        screen.flush()
    }

    /// The message and its causes on one line, for a status line.
    pub fn line(&self) -> String {
        let causes = self.causes().into_iter().map(|cause| format!(": {cause}"));
        std::iter::once(self.message.clone()).chain(causes).collect()
    }

    /// The sources as people read them, the nearest first; one that only repeats what is said before it is left out.
    fn causes(&self) -> Vec<String> {
        let mut said = vec![self.message.clone()];
        for cause in chain(self.source()) {
            let cause = cause.to_string();
            if said.last() != Some(&cause) {
                said.push(cause);
            }
        }
        said.split_off(1)
    }

    /// Whether the trouble is only that nobody reads the output any more.
    fn is_broken_pipe(&self) -> bool {
        chain(self.source()).any(is_broken_pipe)
    }
}

/// An error with its sources, the nearest first.
fn chain<'a>(error: Option<&'a (dyn Error + 'static)>) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(error, |&error| error.source())
}

/// Whether `error` is a broken pipe or wraps one. `source()` does not tell: I/O errors skip what they wrap, and those of JSON
/// and CSV hide the I/O error they come from.
fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    const PIPE: io::ErrorKind = io::ErrorKind::BrokenPipe;
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return error.kind() == PIPE || error.get_ref().is_some_and(|own| chain(Some(own)).any(is_broken_pipe));
    }
    if let Some(error) = error.downcast_ref::<csv::Error>() {
        return matches!(error.kind(), csv::ErrorKind::Io(error) if is_broken_pipe(error));
    }
    error.downcast_ref::<serde_json::Error>().is_some_and(|error| error.io_error_kind() == Some(PIPE))
}

/// `message` without what would steer a terminal: names of files and words of transcripts stand in it.
fn printable(message: &str) -> String {
    message.chars().map(|c| if c.is_control() && c != '\n' { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

impl fmt::Display for Failure {
    /// The message alone; the causes are its sources.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn Error + 'static))
    }
}

#[cfg(test)]
mod tests;
