//! The history: transactions as lines, appended and never rewritten.
//!
//! The first line is a header with the format and the text's digest. It is stated again where the text changes; the line behind it
//! then says what became of the annotations. Where there was a snapshot before there was a history, the first line behind the header
//! says what it held. Every other line is one transaction,
//! `<revision> <crc32> <RON>`; the checksum is the CRC-32 of `<revision> <RON>` in eight hexadecimal digits.
//!
//! What a crash can leave behind is a last line without its line end; such a line is no part of the history. Any other line
//! that cannot be understood is damage, and told with its number.
//!
//! | file | holds |
//! |---|---|
//! | `ends` | the checksums by which lines are named, and name each other |
//! | `writing` | the lines as they are written |
//! | `transaction` | [`TransactionV1`]: a transaction as a line states it |
//! | `glimpse` | [`Glimpse`]: what must be known of one that is not read |
//! | `said` | [`Said`]: what those said last |

mod ends;
mod glimpse;
mod said;
mod transaction;
mod writing;

use std::ops::Range;
use std::path::Path;

use serde::{Deserialize, Serialize};

pub(super) use ends::{Taking, end, last_named, latest, lines_back, names, of_both, unknown};
use glimpse::Glimpse;
pub(super) use said::Said;
use transaction::KindV1;
pub(super) use transaction::TransactionV1;
pub(super) use writing::{begin, header, merging, reanchoring, record};

use super::StoreError;
use super::format::{DocumentV1, FORMAT, Readable, admit_revision, complaint, format_number, legible};
use crate::document::Digest;
use crate::session::Kind;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "History")]
struct HeaderV1 {
    format: u32,
    document: DocumentV1,
    annotator: Readable,
}

fn checksum(revision: &str, ron: &str) -> String {
    let mut hasher = crc32fast::Hasher::new();
    for part in [revision, " ", ron] {
        hasher.update(part.as_bytes());
    }
    format!("{:08x}", hasher.finalize())
}

/// A transaction with the number of its line and its revision.
pub(super) type Line = (usize, u64, TransactionV1);

/// A line of which no more is known than that it is what was once written.
#[derive(Clone, Debug)]
pub(super) struct Indexed {
    /// The number of the line.
    pub(super) line: usize,
    pub(super) revision: u64,
    pub(super) kind: Kind,
    /// Where in the file what it did is stated.
    pub(super) ron: Range<usize>,
}

/// A history as its file states it.
#[derive(Debug, Default)]
pub(super) struct Stated {
    /// The digest of the text it is about in the end; none when the file holds no whole line.
    pub(super) digest: Option<Digest>,
    /// All the texts that its headers speak of, the last at the end.
    pub(super) past: Vec<Digest>,
    /// The length of that text.
    pub(super) code_points: usize,
    /// The transactions that were read, revisions ascending.
    pub(super) transactions: Vec<Line>,
    /// All of them.
    pub(super) entries: Vec<Indexed>,
    /// How many of all, from the first, are what it begins with, speak of earlier texts or lead to the last one.
    earlier: usize,
    /// The checksums of lines in other histories that it took in, as each of its lines names them, the latest first.
    pub(super) taken: Vec<Vec<Readable>>,
    /// Whether its first line says all that there was before.
    begins: bool,
    /// The highest numbers of annotations and of speakers.
    pub(super) last_ids: (u32, u32),
    /// What holds after the lines that were not read; none where one of those is laid out otherwise.
    pub(super) said: Option<Said>,
    /// The bytes up to the end of the last good line.
    pub(super) good: usize,
}

/// Reads a history from the bytes of the file at `path`.
pub(super) fn parse(bytes: &[u8], path: &Path) -> Result<Stated, StoreError> {
    parse_beyond(0, bytes, path)
}

/// The same, but what was done up to the revision `known` is not read: such lines are held against their checksums, and no more.
pub(super) fn parse_beyond(known: u64, bytes: &[u8], path: &Path) -> Result<Stated, StoreError> {
    let mut stated = Stated { said: Some(Said::default()), ..Stated::default() };
    let content = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let (mut end, mut header) = (bytes.len() - content.len(), None);
    for (number, line) in (1..).zip(content.split_inclusive(|byte| *byte == b'\n')) {
        let start = end;
        end += line.len();
        let understood = match line.strip_suffix(b"\n") {
            // Blocks of a file that lost power need not have come to the disk in their order: one that did not is full of NUL, which no line
            // of ours has.
            Some(line) if number > 1 && bytes.len() - start <= UNSYNCED && has_hole(line) => break,
            Some(line) if number == 1 || line.starts_with(b"(") => {
                read_header(line).map(|document| header = Some(document))
            }
            Some(line) => check_line(line, stated.revision())
                .and_then(|own| stated.push(number, start, known, &own, header.take().as_ref())),
            None => break,
        };
        match understood {
            // A header without what belongs behind it is as good as an unfinished line, but for the first.
            Ok(()) if number > 1 && header.is_some() => {}
            Ok(()) => {
                stated.good = end;
                stated.speak_of(header.as_ref());
            }
            Err(Fault::Newer(found)) => return Err(StoreError::Newer { path: path.to_owned(), found }),
            Err(Fault::Bad(message)) => {
                return Err(StoreError::History { path: path.to_owned(), line: number, column: None, message });
            }
            Err(Fault::At(column, message)) => {
                let column = Some(column);
                return Err(StoreError::History { path: path.to_owned(), line: number, column, message });
            }
        }
    }
    Ok(stated)
}

/// How many bytes at the end may not have been on the disk yet: what is recorded between two calls to sync it, and much more.
const UNSYNCED: usize = 1 << 16;

/// Whether there is a hole in `line`: no line of ours has NUL, and damage to a single byte is none.
fn has_hole(line: &[u8]) -> bool {
    const HOLE: [u8; 16] = [0; 16];
    memchr::memmem::find(line, &HOLE).is_some()
}

enum Fault {
    Newer(u32),
    Bad(String),
    /// At this column, from 1, in code points.
    At(usize, String),
}

/// A fault in the RON behind `before` of a line.
fn misread(error: &ron::error::SpannedError, before: &str, expected: &str) -> Fault {
    Fault::At(before.chars().count() + error.span.start.col, format!("{expected}{}", complaint(&error.code)))
}

/// The text that the header `line` speaks of.
fn read_header(line: &[u8]) -> Result<DocumentV1, Fault> {
    let content = utf8(line)?;
    match format_number(content) {
        Some(found) if found > FORMAT => return Err(Fault::Newer(found)),
        _ => {}
    }
    let header: HeaderV1 =
        ron::from_str(content).map_err(|error| misread(&error, "", "expected the header of a history: "))?;
    if header.format != FORMAT {
        return Err(Fault::Bad(format!("expected format {FORMAT}, found {}", header.format)));
    }
    Ok(header.document)
}

/// A line that is what was once written.
struct Checked<'a> {
    revision: u64,
    /// What stands before the RON.
    before: &'a str,
    ron: &'a str,
}

/// Holds `line` against its checksum; its revision must be above `last`.
fn check_line(line: &[u8], last: u64) -> Result<Checked<'_>, Fault> {
    let content = utf8(line)?;
    // Version control may have turned the line end into `\r\n`; a raw `\r` never stands in a record.
    let content = content.strip_suffix('\r').unwrap_or(content);
    let mut parts = content.splitn(3, ' ');
    let (Some(number), Some(crc), Some(ron)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(Fault::Bad("expected `<revision> <crc32> <transaction>`".to_owned()));
    };
    let actual = checksum(number, ron);
    if crc != actual {
        return Err(Fault::Bad(format!("the line was altered: its checksum is {actual}, not {}", legible(crc))));
    }
    let revision = number.parse().map_err(|error| Fault::Bad(format!("expected the number of a revision: {error}")))?;
    let revision = admit_revision(revision).map_err(Fault::Bad)?;
    if revision <= last {
        return Err(Fault::Bad(format!("expected a revision above {last}, found {revision}")));
    }
    Ok(Checked { revision, before: content.strip_suffix(ron).unwrap_or_default(), ron })
}

impl Checked<'_> {
    fn read(&self) -> Result<TransactionV1, Fault> {
        ron::from_str(self.ron).map_err(|error| misread(&error, self.before, ""))
    }
}

fn utf8(line: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(line).map_err(|error| Fault::Bad(format!("the line is not UTF-8: {error}")))
}

impl Stated {
    /// Appends a transaction, with the header that stands before it, if one does.
    fn push(
        &mut self,
        line: usize,
        start: usize,
        known: u64,
        own: &Checked<'_>,
        header: Option<&DocumentV1>,
    ) -> Result<(), Fault> {
        let revision = own.revision;
        let glimpse = if revision <= known { Glimpse::of(own.ron) } else { None };
        let start = start + own.before.len();
        let (kind, ids) = if let Some(glimpse) = glimpse {
            if let Some(said) = &mut self.said {
                said.add(&glimpse, start);
            }
            let ids = glimpse.last_ids();
            (glimpse.kind, ids)
        } else {
            let read = own.read()?;
            let found = (read.kind.clone(), read.last_ids());
            if revision > known {
                self.transactions.push((line, revision, read));
            } else {
                self.said = None;
            }
            found
        };
        let is_first = self.entries.is_empty();
        let is_reanchoring = matches!(kind, KindV1::Reanchor);
        if is_reanchoring != header.is_some() && !(is_first && header.is_some()) {
            return Err(Fault::Bad("a change of the text is told by a header and the line behind it".to_owned()));
        }
        let begins = matches!(kind, KindV1::Begin(_));
        if begins && !is_first {
            return Err(Fault::Bad("the history begins here for the second time".to_owned()));
        }
        self.begins |= begins;
        if !kind.names().is_empty() {
            self.taken.insert(0, kind.names().to_vec());
        }
        self.last_ids = (self.last_ids.0.max(ids.0), self.last_ids.1.max(ids.1));
        self.entries.push(Indexed { line, revision, kind: kind.into(), ron: start..start + own.ron.len() });
        if is_reanchoring || begins {
            self.earlier = self.entries.len();
        }
        self.speak_of(header);
        Ok(())
    }

    /// Takes note of the text that a header states.
    fn speak_of(&mut self, header: Option<&DocumentV1>) {
        if let Some(document) = header {
            self.digest = Some(Digest::stated(document.sha256.as_str()));
            self.past.extend(self.digest.clone());
            self.code_points = document.code_points;
        }
    }

    /// The revision from which on all was done on the last text; 0 when all was.
    pub(super) fn origin(&self) -> u64 {
        self.earlier.checked_sub(1).map_or(0, |last| self.entries[last].revision)
    }

    /// Of what was read: what led to the last text, and what was done on it.
    pub(super) fn split(mut self) -> (Vec<Line>, Vec<Line>) {
        let origin = self.origin();
        let later = self.transactions.split_off(self.transactions.partition_point(|(_, own, _)| *own <= origin));
        (self.transactions, later)
    }

    /// All that was done on the last text.
    pub(super) fn on_last_text(&self) -> &[Indexed] {
        self.entries.get(self.earlier..).unwrap_or_default()
    }

    /// The last revision whose line in `content`, which this was read from, is one of those that `names` names by their checksums.
    pub(super) fn last_of(&self, names: &[Readable], content: &[u8]) -> Option<u64> {
        last_named(content.get(..self.good)?, names)
    }

    /// Whether it tells all that there is: from the first transaction on, or from what there was before, none left out.
    pub(super) fn is_whole(&self) -> bool {
        let Some(first) = self.entries.first().map(|own| own.revision) else { return false };
        (first == 1 || self.begins) && (first..).zip(&self.entries).all(|(revision, own)| own.revision == revision)
    }

    /// Whether it may go on from a snapshot of the revision `saved` that names these lines. One that says everything can tell by more; of
    /// another, what is to count as ours is what is named.
    pub(super) fn may_go_on_from(&self, saved: u64, names: &[Readable], content: &[u8]) -> bool {
        let is_among_ours = self.entries.first().is_some_and(|first| first.revision <= saved);
        self.is_whole() || !is_among_ours || names.is_empty() || self.last_of(names, content).is_some()
    }

    /// The last revision; 0 when there is none.
    pub(super) fn revision(&self) -> u64 {
        self.entries.last().map_or(0, |own| own.revision)
    }

    /// Checks that no revision is missing between the snapshot, which holds those up to `saved`, and the end.
    pub(super) fn continue_from(&self, saved: Option<u64>, path: &Path) -> Result<(), StoreError> {
        if self.is_whole() {
            return Ok(());
        }
        let mut last = saved.unwrap_or(0);
        for Indexed { line, revision, .. } in &self.entries {
            if *revision <= last {
                continue;
            }
            if *revision > last + 1 {
                let before = match saved {
                    Some(saved) => format!("the snapshot holds those up to {saved}"),
                    None => "there is no snapshot of what came before".to_owned(),
                };
                let message = format!("expected revision {}, found {revision}, and {before}", last + 1);
                return Err(StoreError::History { path: path.to_owned(), line: *line, column: None, message });
            }
            last = *revision;
        }
        Ok(())
    }
}

#[cfg(test)]
pub(super) fn glimpse(ron: &str) -> Option<(KindV1, (u32, u32))> {
    Glimpse::of(ron).map(|glimpse| (glimpse.kind.clone(), glimpse.last_ids()))
}
