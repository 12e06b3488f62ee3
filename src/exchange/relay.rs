//! Writing on a thread of its own: what is ready goes to its file while the next is being made up.

use std::io::{self, Write};
use std::panic;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use super::Sink;
use super::contents::AT_ONCE;

/// How many pieces may wait before the one who writes does: 2 MB or so.
const WAITING: usize = 32;

/// Has `write` write to a sink from which all goes on to `sink`, on another thread, in the same order.
///
/// # Errors
///
/// That of `sink`, if it has one: it is why `write` was cut short.
pub fn relayed(sink: &mut dyn Sink, write: impl FnOnce(&mut dyn Sink) -> io::Result<()>) -> io::Result<()> {
    let (sender, receiver) = sync_channel::<Piece>(WAITING);
    thread::scope(|scope| {
        let writer = scope.spawn(move || {
            receiver.into_iter().try_for_each(|Piece { name, bytes }| sink.file(&name)?.write_all(&bytes))
        });
        let mut relay = Relay { sender, piece: Piece::default() };
        let made = write(&mut relay).and_then(|()| relay.pass_on());
        drop(relay);
        writer.join().unwrap_or_else(|fault| panic::resume_unwind(fault)).and(made)
    })
}

/// What is added to a file.
#[derive(Default)]
struct Piece {
    /// The file's name; empty before there is one.
    name: String,
    bytes: Vec<u8>,
}

/// The end of the line that is written to.
struct Relay {
    sender: SyncSender<Piece>,
    /// What has not gone yet.
    piece: Piece,
}

impl Relay {
    /// Sends what there is, be it only that the file exists.
    fn pass_on(&mut self) -> io::Result<()> {
        if self.piece.name.is_empty() {
            return Ok(());
        }
        let next = Piece { name: self.piece.name.clone(), bytes: Vec::with_capacity(AT_ONCE) };
        let piece = std::mem::replace(&mut self.piece, next);
        // Nobody listens any more where the sink has failed.
        self.sender.send(piece).map_err(|_gone| io::ErrorKind::BrokenPipe.into())
    }
}

impl Sink for Relay {
    fn file(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        if self.piece.name != name {
            self.pass_on()?;
            name.clone_into(&mut self.piece.name);
        }
        Ok(self)
    }
}

impl Write for Relay {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.piece.bytes.len() + bytes.len() > AT_ONCE && !self.piece.bytes.is_empty() {
            self.pass_on()?;
        }
        self.piece.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// What goes to another thread is not waited for.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Memory;

    #[test]
    fn all_arrives_in_order_and_files_without_content_too() {
        let (words, long) = ("За\u{301}мок 👍\n", "й\u{301}👍".repeat(AT_ONCE));
        let mut files = Memory::default();
        relayed(&mut files, |sink| {
            for _ in 0..AT_ONCE {
                sink.file("а")?.write_all(words.as_bytes())?;
            }
            sink.file("пусто")?;
            sink.file("б")?.write_all(long.as_bytes())?;
            sink.file("а")?.write_all(long.as_bytes())
        })
        .unwrap();
        let of = |name: &str| String::from_utf8(files.0[name].clone()).unwrap();
        assert!(of("а") == words.repeat(AT_ONCE) + &long);
        assert!(of("б") == long);
        assert_eq!(of("пусто"), "");
        assert_eq!(files.0.len(), 3);
    }

    #[test]
    fn an_error_of_the_sink_ends_the_writing_and_is_the_one_that_is_told() {
        struct Full;
        impl Sink for Full {
            fn file(&mut self, _: &str) -> io::Result<&mut dyn Write> {
                Err(io::ErrorKind::StorageFull.into())
            }
        }
        let written = relayed(&mut Full, |sink| {
            loop {
                sink.file("й\u{306}👍")?.write_all("👍".repeat(AT_ONCE).as_bytes())?;
            }
        });
        assert_eq!(written.unwrap_err().kind(), io::ErrorKind::StorageFull);
    }

    #[test]
    fn an_error_of_the_one_who_writes_is_told() {
        let mut files = Memory::default();
        let written = relayed(&mut files, |sink| {
            sink.file("й\u{306}")?.write_all("👍".as_bytes())?;
            Err(io::ErrorKind::InvalidData.into())
        });
        assert_eq!(written.unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}
