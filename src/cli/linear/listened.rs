//! An output that nobody has to read.

use std::io::{self, ErrorKind, Write};

/// Writes as long as somebody reads, and then goes on writing for nobody: the lines taken are work to be done, not only what is told of it.
pub(super) struct Listened<'a> {
    out: &'a mut dyn Write,
    /// Whether the reader of a pipe has gone.
    is_left: bool,
}

impl<'a> Listened<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { out, is_left: false }
    }

    /// What `write` comes to; `done` where nobody reads.
    fn unless_left<T>(&mut self, done: T, write: impl FnOnce(&mut (dyn Write + 'a)) -> io::Result<T>) -> io::Result<T> {
        if self.is_left {
            return Ok(done);
        }
        match write(self.out) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_left = true;
                Ok(done)
            }
            other => other,
        }
    }
}

impl Write for Listened<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_left(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_left((), Write::flush)
    }
}
