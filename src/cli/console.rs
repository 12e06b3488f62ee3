//! Where a command writes: data to one writer, messages to another.

use std::fmt;
use std::io::Write;

use crate::outcome::{Failure, Outcome};
use crate::show::visible;

/// The two writers of a command.
pub struct Console<'a> {
    /// Takes data: what was asked for. A failure to write it is a failure of the run.
    pub out: &'a mut dyn Write,
    /// Takes messages for whoever waits. That they cannot be written is no news to anyone.
    pub messages: &'a mut dyn Write,
}

impl Console<'_> {
    /// Tells a message, on a line of its own and without what would steer a terminal.
    pub(super) fn tell(&mut self, message: &str) {
        writeln!(self.messages, "{}", visible::line(message)).ok();
    }

    /// Tells of failures that do not end the run, if it came to anything; else the last one ends it.
    pub(super) fn report_all(&mut self, mut failures: Vec<Failure>, is_any: bool) -> Result<Outcome, Failure> {
        let last = if is_any { None } else { failures.pop() };
        for failure in &failures {
            failure.write(&mut *self.messages).ok();
        }
        match last {
            Some(last) => Err(last),
            None if failures.is_empty() => Ok(Outcome::Done),
            None => Ok(Outcome::Findings),
        }
    }
}

impl fmt::Debug for Console<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Console").finish_non_exhaustive()
    }
}
