//! The content of files as text, and lines of JSON.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::{Draft, Files, Sink, Spot, Unreadable, encoding};

/// The file called `name`, which must be UTF-8; a byte-order mark is its own business.
pub(super) fn content(files: &dyn Files, name: &str) -> Result<String, Unreadable> {
    let bytes = files.read(name).map_err(|error| Unreadable::Io(name.to_owned(), error))?;
    String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + memchr::memchr_iter(b'\n', before).count();
        let found = encoding::found(error.as_bytes());
        Unreadable::Content(Spot::new(name, line), format!("expected UTF-8 text, found {found}"))
    })
}

/// The same, or nothing when there is no such file.
pub(super) fn optional(files: &dyn Files, name: &str) -> Result<Option<String>, Unreadable> {
    unless_missing(content(files, name))
}

/// The names of the files to read: those that look like the format, by the ending of their name or else by their bytes. A file that is
/// handed over alone is meant, whatever it looks like.
pub(super) fn alike(files: &dyn Files, endings: &[&str], sniff: fn(&str, &[u8]) -> bool) -> Vec<String> {
    let names = files.names();
    let is_alone = names.len() == 1;
    let is_one = |name: &String| {
        let has_ending = endings.iter().any(|ending| name.ends_with(ending));
        is_alone || has_ending || files.read(name).is_ok_and(|bytes| sniff(name, &bytes))
    };
    names.into_iter().filter(is_one).collect()
}

/// What was read, or nothing when there is no such file.
pub(super) fn unless_missing<T>(read: Result<T, Unreadable>) -> Result<Option<T>, Unreadable> {
    match read {
        Err(Unreadable::Io(_, error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        other => other.map(Some),
    }
}

/// Whether JSON that begins with `head` holds `words`, which have no blanks between their tokens, as other programs put them there.
pub(super) fn has(head: &[u8], words: &str) -> bool {
    memchr::memmem::find(&squeezed(head), words.as_bytes()).is_some()
}

/// Whether `head` begins with `words`, blanks aside.
pub(super) fn begins(head: &[u8], words: &str) -> bool {
    let mut squeezed = head.iter().filter(|byte| !byte.is_ascii_whitespace());
    words.bytes().all(|byte| squeezed.next() == Some(&byte))
}

fn squeezed(head: &[u8]) -> Vec<u8> {
    head.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect()
}

/// What is there how often, in words: `date: 2, source: 1`.
pub(super) fn counted(counts: &BTreeMap<&str, usize>) -> Option<String> {
    let named: Vec<String> = counts.iter().map(|(name, count)| format!("{name}: {count}")).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

/// The directories at and above `file`, the nearest first, each with a slash behind it; the last is the root, which is empty.
pub(super) fn above(file: &str) -> impl Iterator<Item = &str> {
    file.rmatch_indices('/').map(|(at, _)| file.get(..=at).unwrap_or_default()).chain([""])
}

/// Makes a draft of a line that stands there, or says why it cannot.
pub(super) type ReadLine<'a> = dyn Fn(&[u8], &Spot) -> Result<Draft, String> + 'a;

/// Hands over a draft for each line of `content`, which is in the file called `name`, but for empty ones. A line that `read` cannot take
/// is refused with the draft of a line beside it, and the file only if there is none.
pub(super) fn each_line(
    name: &str,
    content: &[u8],
    read: &ReadLine<'_>,
    visit: &mut dyn FnMut(Draft),
) -> Result<(), Unreadable> {
    let (mut refusals, mut waiting) = (Vec::new(), None::<Draft>);
    for (number, line) in (1..).zip(content.split(|byte| *byte == b'\n')) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let spot = Spot::new(name, number);
        match read(line, &spot) {
            Ok(draft) => drop(waiting.replace(draft).map(&mut *visit)),
            Err(reason) => refusals.push(spot.refuse(reason)),
        }
        if let Some(draft) = &mut waiting {
            draft.refusals.append(&mut refusals);
        }
    }
    match (waiting, refusals.into_iter().next()) {
        (None, Some(first)) => return Err(Unreadable::Content(first.spot, first.reason)),
        (waiting, _) => drop(waiting.map(visit)),
    }
    Ok(())
}

/// How many bytes go into a file at once: pieces of rows are small, and many.
pub(super) const AT_ONCE: usize = 1 << 16;

/// Writes `row` as a line of the file called `name`.
pub(super) fn write_line(sink: &mut dyn Sink, name: &str, row: &impl Serialize) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(AT_ONCE, sink.file(name)?);
    serde_json::to_writer(&mut out, row)?;
    out.write_all(b"\n")?;
    out.flush()
}
