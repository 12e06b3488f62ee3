//! Three snapshots → one: what two people, or one on two machines, made of the same file.
//!
//! Merging works on the records of the file and not on an [`AnnotationSet`](crate::annotation::AnnotationSet): a merge driver is
//! handed three files without the transcript, and a span is only made from its text. The records are all it takes, for what is
//! compared is what the files say; that the transcript is the same one, their digests tell.
//!
//! | file | holds |
//! |---|---|
//! | `combine` | the merge as a pure function |
//! | `same` | what is the same on two sides, whatever its number |
//! | `numbers` | base and theirs in our numbers |
//! | `bygone` | what our history took away, and theirs brings back |
//! | this one | reading and writing the files, the history |
//!
//! # Revisions
//!
//! Where the history of the result lies beside it and ends with ours, it gains one transaction with what came from theirs, and
//! the result holds one revision more than ours. Otherwise the result's revision is above both sides', so that neither's
//! history has a line that a reader would take for later work.

mod bygone;
mod combine;
mod numbers;
mod same;
#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::atomic::write_whole;
use super::bounds::read_if_there;
use super::corpus::{Files, utf8};
use super::format::{EditV1, LAST_REVISION, Readable, legible, one_of};
use super::lock::{Asked, Lock};
use super::tail::Tail;
use super::{StoreError, history, snapshot};
pub(super) use bygone::Bygone;
pub(super) use combine::{Combined, Held, State, combine};

/// The files of a merge.
#[derive(Clone, Debug)]
pub struct Merge {
    /// The snapshot that both sides started from; an empty file when there was none.
    pub base: PathBuf,
    /// The snapshot whose numbers and history are kept.
    pub ours: PathBuf,
    /// The snapshot that is merged into it.
    pub theirs: PathBuf,
    /// Where the result goes; may be one of the others.
    pub out: PathBuf,
    /// Where the result will be put in the end, when `out` is but a temporary file, as for a merge driver. The history there is
    /// looked at, so that nothing in it gets lost, but not changed: the merge may yet be given up.
    pub destination: Option<PathBuf>,
}

/// What came of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// What the two sides contradict each other in, a sentence each. Both versions are in the result.
    pub conflicts: Vec<String>,
    /// The result's revision.
    pub revision: u64,
    /// Whether the history has gained a transaction.
    pub recorded: bool,
}

/// Merges and writes the result, whole or not at all.
///
/// # Errors
///
/// When a file cannot be read or written, when the sides are about different texts, when somebody is at work where the result
/// goes, or when there is work in the history there which it would hide.
pub fn merge(files: &Merge, at: Timestamp) -> Result<Merged, StoreError> {
    let (base, ours, theirs) = (read_base(&files.base)?, read(&files.ours)?, read(&files.theirs)?);
    require_same_text(&ours, &files.ours, &theirs, &files.theirs, "merge the transcripts first, or take one side's")?;
    if let Some(base) = &base {
        // Both sides have followed the text, so there is no transcript left to merge.
        let hint =
            "give an empty file as BASE: all that either side has stays then, also what the other changed or deleted";
        require_same_text(&ours, &files.ours, base, &files.base, hint)?;
    }
    let place = Place::of(files, &ours)?;
    let first_free = place.as_ref().map_or((0, 0), |place| place.last_ids);
    let (our_state, their_state) = (State::of(&ours), State::of(&theirs));
    let base_state = base.as_ref().map(State::of).unwrap_or_default();
    let combined = combine(&base_state, &our_state, &their_state, first_free);
    let Combined { state, conflicts, .. } = combined.told_against(&our_state, || bygone(files, &ours));
    let records = place.as_ref().is_some_and(|place| place.records);
    let revision = match (state == our_state, state == their_state) {
        (true, _) if records => ours.revision,
        (false, _) if records => ours.revision + 1,
        (true, true) => ours.revision.max(theirs.revision),
        _ => ours.revision.max(theirs.revision) + 1,
    };
    let mut head = snapshot::Head {
        history: history::of_both(&ours.history, &theirs.history),
        revision: revision.min(LAST_REVISION),
        schema: base
            .and_then(|base| one_of(&base.schema, &ours.schema, &theirs.schema))
            .unwrap_or_else(|| ours.schema.clone()),
        ..ours.head(state.status)
    };
    let mut recorded = false;
    if let Some(place) = place.filter(|_| records && state != our_state) {
        let is_new = |name: &&Readable| !ours.history.contains(name);
        let is_known = theirs.history.first().is_some_and(|end| !is_new(&end));
        let names = theirs.history.iter().filter(|name| !is_known && is_new(name)).cloned().collect();
        let end = place.record(&ours, revision, at, names, state.edits_from(&our_state))?;
        head.history = history::latest(std::iter::once(end.into()).chain(head.history));
        recorded = true;
    }
    let (speakers, annotations) = (state.speakers.values(), state.in_text_order());
    let strays = state.strays();
    write_whole(&files.out, |out| snapshot::write(out, &head, speakers, annotations.into_iter(), &strays))?;
    Ok(Merged { conflicts, revision: head.revision, recorded })
}

fn read(path: &Path) -> Result<snapshot::Stated, StoreError> {
    snapshot::parse(&source(path)?, path)
}

/// The snapshot at `path`; none when the file is empty, as a merge driver gets it where both sides made theirs.
fn read_base(path: &Path) -> Result<Option<snapshot::Stated>, StoreError> {
    let source = source(path)?;
    if source.trim().is_empty() { Ok(None) } else { snapshot::parse(&source, path).map(Some) }
}

fn source(path: &Path) -> Result<String, StoreError> {
    let missing = || StoreError::io(path, "read it")(io::Error::new(io::ErrorKind::NotFound, "no such file"));
    utf8(read_if_there(path)?.ok_or_else(missing)?, path)
}

/// What was taken away in the history that ends with `ours`, if it is where the result goes or beside ours.
fn bygone(files: &Merge, ours: &snapshot::Stated) -> Bygone {
    let whole = |bytes: &[u8]| memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1);
    let mut paths = [files.destination.as_ref(), Some(&files.out), Some(&files.ours)].into_iter().flatten();
    let found = paths.find_map(|path| {
        let mut lines = read_if_there(&Files::of_snapshot(path)?.history).ok()??;
        lines.truncate(whole(&lines));
        let end = history::end(&lines)?;
        ours.history.iter().any(|name| *name.as_str() == *end).then_some(lines)
    });
    Bygone::of(&[&found.unwrap_or_default()])
}

fn require_same_text(
    ours: &snapshot::Stated,
    our_path: &Path,
    other: &snapshot::Stated,
    path: &Path,
    hint: &'static str,
) -> Result<(), StoreError> {
    let digest = |stated: &snapshot::Stated| (stated.document.sha256.clone(), stated.document.code_points);
    if digest(ours) == digest(other) {
        return Ok(());
    }
    let message =
        format!("it is about another text than {}: their digests differ", legible(&our_path.to_string_lossy()));
    Err(StoreError::Unmergeable { path: path.to_owned(), message, hint })
}

/// Where the result goes, when there is a history or somebody at work there.
#[derive(Debug)]
struct Place {
    files: Files,
    /// The length of the history's good lines, and of the whole file.
    lengths: (usize, usize),
    /// The highest numbers of annotations and speakers in the history.
    last_ids: (u32, u32),
    /// Whether the history is to gain the merge.
    records: bool,
    /// Held for its end.
    _lock: Lock,
}

impl Place {
    /// Looks at what is there, and locks it.
    fn of(merge: &Merge, ours: &snapshot::Stated) -> Result<Option<Self>, StoreError> {
        let path = merge.destination.as_ref().unwrap_or(&merge.out);
        let Some(files) = Files::of_snapshot(path) else { return Ok(None) };
        if !files.history.exists() && !files.lock.exists() {
            return Ok(None);
        }
        let refuse = |message: String, hint| StoreError::Unmergeable { path: path.clone(), message, hint };
        let lock = match Lock::ask(&files.lock)? {
            Asked::Ours(lock) => lock,
            Asked::Theirs(holder) => return Err(refuse(format!("{holder} is working on it"), "leave it there first")),
        };
        let is_ours = |there: &snapshot::Stated| there.revision == ours.revision && State::of(there) == State::of(ours);
        // Where branches cross, git first merges the versions that they come from, which the history there is not about.
        let is_elsewhere = || files.snapshot.exists() && !read(&files.snapshot).is_ok_and(|there| is_ours(&there));
        if merge.destination.is_some() && is_elsewhere() {
            return Ok(None);
        }
        let bytes = read_if_there(&files.history)?.unwrap_or_default();
        let lines = history::parse(&bytes, &files.history)?;
        let last = lines.revision();
        if last > ours.revision {
            let message = format!("its history goes on to revision {last}, and ours holds only {}", ours.revision);
            return Err(refuse(message, "open and leave the document in tribune, so that its snapshot is written"));
        }
        if lines.digest.as_ref().is_some_and(|digest| digest.as_str() != ours.document.sha256.as_str()) {
            return Err(refuse(
                "its history is about another text".to_owned(),
                "bring back the transcript of that history",
            ));
        }
        // Another history may have come as far by chance.
        let is_its_end = ours.history.is_empty() || lines.last_of(&ours.history, &bytes) == Some(last);
        let records = merge.destination.is_none() && last == ours.revision && lines.digest.is_some() && is_its_end;
        if merge.destination.is_none() && files.snapshot.exists() && !is_ours(&read(&files.snapshot)?) {
            let message = "it is not ours, and what it holds would be lost".to_owned();
            return Err(refuse(message, "give it as OURS, or write to another file"));
        }
        Ok(Some(Self { lengths: (lines.good, bytes.len()), last_ids: lines.last_ids, records, files, _lock: lock }))
    }

    /// Appends the merge to the history and waits for the disk; returns the checksum of its line.
    fn record(
        &self,
        ours: &snapshot::Stated,
        revision: u64,
        at: Timestamp,
        names: Vec<Readable>,
        edits: Vec<EditV1>,
    ) -> Result<String, StoreError> {
        let path = &self.files.history;
        debug_assert!(revision == ours.revision + 1, "the history goes on without a gap");
        let line = history::merging(revision, at, names, edits);
        let line = line.map_err(|error| StoreError::io(path, "record in it")(io::Error::other(error)))?;
        let (mut tail, _) = Tail::resume(&self.files, self.lengths.0, self.lengths.1)?;
        tail.append(&line)?;
        tail.sync()?;
        Ok(history::end(line.as_bytes()).unwrap_or_default())
    }
}
