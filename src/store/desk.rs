//! Recording and saving what an annotator does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::aside::{self, Ours};
use super::corpus::Files;
use super::format::{AnnotationV1, EditV1, Readable};
use super::job::Saved;
use super::lock::{Asked, Lock};
use super::rival::{self, Offer};
use super::seen::{Change, Seen};
use super::tail::{Appended, Tail};
use super::{AnnotatorName, Corpus, Job, Snapshot, StoreError, history, reanchor, write_whole};
use crate::anchor::Placement;
use crate::annotation::AnnotationId;
use crate::document::{Digest, Document};
use crate::session::{Kind, Rival, Session, Transaction};

/// The right and the means to record what an annotator does to one document.
#[derive(Debug)]
pub struct Desk {
    pub(super) corpus: Corpus,
    pub(super) document: Document,
    pub(super) digest: Digest,
    pub(super) annotator: AnnotatorName,
    pub(super) schema: (String, u32),
    pub(super) files: Files,
    /// The history; made by the first transaction.
    pub(super) tail: Tail,
    /// The lines that a history begins with, where none stands beside the snapshot that was found; none any more once they are written.
    pub(super) begin: Option<String>,
    /// What is to be recorded before anything else: what found no place where the text changed.
    pub(super) start: Option<ChangeOfText>,
    /// The checksums of lines in other histories that ours took in at once, the latest first.
    pub(super) names: Vec<Vec<Readable>>,
    /// Those that the next commit takes in.
    pub(super) taken: Vec<Readable>,
    /// Lines that could not be appended yet.
    pub(super) pending: String,
    /// The last revision among those lines, or in the history.
    pub(super) last: u64,
    /// The revision that the snapshot on disk holds.
    pub(super) saved: u64,
    /// The snapshot on disk.
    pub(super) seen: Seen,
    /// Whether that cannot be read, and is to be kept beside before another is written.
    pub(super) is_broken: bool,
    /// What another program put in the files' place, until it is decided what becomes of it.
    pub(super) offer: Option<Offer>,
    /// Ours, where it is kept until then.
    pub(super) aside: Option<Ours>,
    /// Whether the snapshot is to be written though it holds the last revision.
    pub(super) stale: bool,
    /// The transcript as it was read, and whether it was told that it is another now.
    pub(super) transcript: Seen,
    pub(super) transcript_told: bool,
    /// Held for its end.
    pub(super) lock: Lock,
}

/// What is to be recorded before the first transaction on a changed text.
#[derive(Debug)]
pub(super) struct ChangeOfText {
    /// What was made of a history and a snapshot that said something else, still on the old text.
    pub(super) agreed: Vec<EditV1>,
    /// The checksums of the lines in other histories that this takes in.
    pub(super) names: Vec<Readable>,
    /// What found no place, or was given one elsewhere.
    pub(super) edits: Vec<EditV1>,
}

/// Recording.
impl Desk {
    /// Appends `transaction` to the history. It is handed to the system, not yet forced to disk: see [`Desk::sync`].
    ///
    /// When that fails, the history is as it was before; the transaction is kept for [`Desk::catch_up`].
    pub fn record(&mut self, transaction: &Transaction) -> Result<Option<String>, StoreError> {
        let taken = if transaction.kind == Kind::Commit { self.taken.clone() } else { Vec::new() };
        let line = history::record(transaction, taken, &self.document.text);
        let line = line.map_err(self.unwritable())?;
        if let Some(change) = self.start.take() {
            if !change.names.is_empty() {
                self.names.insert(0, change.names.clone());
            }
            self.pending += &self.change_of_text(transaction, change)?;
            self.stale = true;
        }
        if transaction.kind == Kind::Commit && !self.taken.is_empty() {
            self.names.insert(0, std::mem::take(&mut self.taken));
        }
        self.pending += &line;
        self.last = transaction.revision;
        self.catch_up()
    }

    /// The lines that state that the text changed, before `transaction`, the first on the new one.
    fn change_of_text(&self, transaction: &Transaction, change: ChangeOfText) -> Result<String, StoreError> {
        let ChangeOfText { agreed, names, edits } = change;
        let (revision, at) = (transaction.revision - 1, transaction.at);
        let mut lines = String::new();
        if !agreed.is_empty() || !names.is_empty() {
            lines += &history::merging(revision - 1, at, names, agreed).map_err(self.unwritable())?;
        }
        if !self.tail.is_empty() || self.begin.is_some() {
            lines +=
                &history::header(&self.document, &self.digest, self.annotator.as_str()).map_err(self.unwritable())?;
        }
        let line = history::reanchoring(revision, at, "text and annotations did not match", edits);
        Ok(lines + &line.map_err(self.unwritable())?)
    }

    /// Appends what could not be recorded before. Where the file was taken away or cut, or the disk did not take it, all of it is
    /// written anew, and that is told.
    ///
    /// # Errors
    ///
    /// When that does not work either; when another program has begun to work on it, or has put another history there
    /// ([`StoreError::Overtaken`]).
    pub fn catch_up(&mut self) -> Result<Option<String>, StoreError> {
        if !self.is_behind() {
            return Ok(None);
        }
        self.hold_lock()?;
        let appended = self.tail.append(&self.lines()?)?;
        self.begin = None;
        self.pending.clear();
        self.end_aside();
        let name = aside::name(&self.files.history);
        Ok(match appended {
            Appended::Behind => None,
            Appended::Anew => Some(format!("{name} was not what it had been: the whole history was written anew")),
        })
    }

    /// The lines to append: those that a history begins with, where there is none yet, and what is pending.
    fn lines(&self) -> Result<String, StoreError> {
        if let Some(begin) = &self.begin {
            return Ok(begin.clone() + &self.pending);
        }
        if !self.tail.is_empty() {
            return Ok(self.pending.clone());
        }
        let header = history::header(&self.document, &self.digest, self.annotator.as_str());
        Ok(header.map_err(self.unwritable())? + &self.pending)
    }

    /// All the lines of the history, in parts, recorded or not.
    fn all_lines(&self) -> [&[u8]; 4] {
        let [found, own] = self.tail.content();
        [self.begin.as_deref().unwrap_or_default().as_bytes(), found, own, self.pending.as_bytes()]
    }

    /// The last revision that was recorded, unless the desk [is behind](Self::is_behind).
    pub fn recorded(&self) -> u64 {
        self.last
    }

    /// Whether something is still to be recorded.
    pub fn is_behind(&self) -> bool {
        !self.pending.is_empty() || !self.tail.is_trusted()
    }

    /// Takes note that the disk did not take what was recorded.
    pub fn note_unsynced(&mut self) {
        self.tail.distrust();
    }

    /// The work of making everything recorded up to `revision` durable, if anything is recorded.
    pub fn sync(&self, revision: u64) -> Option<Job> {
        let file = self.tail.file()?;
        Some(Job::Sync { file, path: self.files.history.clone(), root: self.corpus.root().to_owned(), revision })
    }

    /// Takes the lock again when somebody removed its file.
    fn hold_lock(&mut self) -> Result<(), StoreError> {
        self.files.stay_within()?;
        if self.lock.is_held() {
            return Ok(());
        }
        match Lock::ask(&self.files.lock)? {
            Asked::Ours(lock) => {
                self.lock = lock;
                Ok(())
            }
            Asked::Theirs(holder) => {
                let message = format!("{holder} works on it now");
                Err(StoreError::Refused { path: self.files.history.clone(), message })
            }
        }
    }

    fn unwritable(&self) -> impl FnOnce(ron::Error) -> StoreError {
        let path = self.files.history.clone();
        move |error| StoreError::io(&path, "record in it")(std::io::Error::other(error))
    }
}

/// Other programs.
impl Desk {
    /// Looks whether another program changed the files; if so, what can be made of the two versions. A snapshot that was taken away
    /// is to be written again.
    ///
    /// # Errors
    ///
    /// When the files cannot be read.
    pub fn look(&mut self, session: &Session) -> Result<Option<Rival>, StoreError> {
        let snapshot = self.seen.change(&self.files.snapshot)?;
        if snapshot == Change::Removed {
            (self.seen, self.stale) = (Seen::NOTHING, true);
        }
        let history = self.tail.is_overtaken()?;
        if snapshot != Change::Replaced && !history {
            self.offer = self.offer.take().filter(|offer| offer.on_opening.is_some());
            self.end_aside();
            return Ok(self.offer.as_ref().and_then(|offer| offer.on_opening.clone()));
        }
        let (text, digest, lines) = (&self.document.text, &self.digest, self.all_lines());
        let ground = rival::Ground { text, digest, lines, saved: self.saved };
        let (rival, mut offer) = rival::look(&self.files, history, ground, session)?;
        offer.names = history::unknown(&self.all_lines(), &offer.names);
        self.offer = Some(offer);
        Ok(Some(rival))
    }

    /// What became of the transcript since it was opened, if that is news. Annotations follow it when it is opened again.
    pub fn transcript_change(&mut self) -> Option<&'static str> {
        let path = self.corpus.transcript(&self.document.id);
        let told = match self.transcript.change(&path).ok()? {
            Change::None => return None,
            Change::Replaced => "the transcript was changed: open it again, and the annotations follow",
            Change::Removed => "the transcript was removed; the annotations stay",
        };
        let is_news = !std::mem::replace(&mut self.transcript_told, true);
        is_news.then_some(told)
    }

    /// Whether what was found on opening is still to be decided on: then nothing was done, and the files may stay as they are.
    pub fn is_undecided(&self) -> bool {
        self.offer.as_ref().is_some_and(|offer| offer.on_opening.is_some())
    }

    /// Where another version was found and ours is not in the files any more, keeps ours beside them, on disk, until it is decided what
    /// becomes of the two; what is told names it, the first time.
    ///
    /// # Errors
    ///
    /// When it cannot be written: then it is in memory alone.
    pub fn keep_aside(&mut self, session: &Session) -> Result<Option<String>, StoreError> {
        let is_at_risk = self.offer.as_ref().is_some_and(|offer| offer.history || self.is_behind());
        if !is_at_risk || self.aside.as_ref().is_some_and(|ours| ours.revision == session.revision()) {
            return Ok(None);
        }
        self.files.stay_within()?;
        let is_news = self.aside.is_none();
        let mut ours = self.aside.take().unwrap_or_else(|| Ours::beside(&self.files));
        let written = self.write_both(session, &ours.snapshot, &ours.history);
        ours.revision = if written.is_ok() { session.revision() } else { 0 };
        let name = aside::name(&ours.snapshot);
        self.aside = Some(ours);
        written.map(|()| is_news.then(|| format!("yours is kept as {name} until you decide")))
    }

    /// Takes ours away from beside the files as soon as it is in them.
    fn end_aside(&mut self) {
        if self.offer.is_none()
            && !self.is_behind()
            && let Some(ours) = self.aside.take()
        {
            ours.remove();
        }
    }

    /// Goes on with ours where another version was found: the history is ours again, and the snapshot will be. Where theirs is not
    /// taken in (`keep_theirs`) a copy of its snapshot stays beside, and of its history always; what is told names them.
    pub fn settle(&mut self, keep_theirs: bool) -> Result<Option<String>, StoreError> {
        let Some(offer) = self.offer.clone() else { return Ok(None) };
        self.hold_lock()?;
        let snapshot = if keep_theirs { aside::set_aside(&self.files.snapshot)? } else { None };
        let history = if offer.history { aside::set_aside(&self.files.history)? } else { None };
        if offer.history {
            self.tail.write_anew(&self.lines()?)?;
            self.begin = None;
            self.pending.clear();
        }
        self.taken = if keep_theirs { Vec::new() } else { offer.names };
        (self.seen, self.stale, self.offer) = (offer.seen, true, None);
        self.end_aside();
        let kept: Vec<String> = snapshot.into_iter().chain(history).collect();
        Ok((!kept.is_empty()).then(|| format!("theirs is kept as {}", kept.join(" and "))))
    }
}

/// Following a changed text.
impl Desk {
    /// Where the annotations of `session` that wait may belong, as far as the texts are kept on which they stood.
    pub fn seek(&self, session: &Session) -> Result<BTreeMap<AnnotationId, Placement>, StoreError> {
        let waiting: Vec<AnnotationV1> = session.set().waiting().map(AnnotationV1::of_waiting).collect();
        reanchor::places(&self.corpus, &self.files, &waiting, None, &self.document.text)
    }
}

/// Saving.
impl Desk {
    /// The work of writing the snapshot of `session`, unless the one on disk holds the same.
    pub fn save(&self, session: &Session) -> Option<Job> {
        (self.stale || session.revision() > self.saved).then(|| Job::Save {
            snapshot: Box::new(self.snapshot(session)),
            path: self.files.snapshot.clone(),
            root: self.files.root.clone(),
            seen: self.seen.clone(),
            is_broken: self.is_broken,
            text: self.corpus.kept_text(&self.digest).map(PathBuf::into_boxed_path),
        })
    }

    /// Where the snapshot is.
    pub fn snapshot_path(&self) -> &Path {
        &self.files.snapshot
    }

    /// Takes note of a snapshot that was written.
    pub fn note_saved(&mut self, saved: Saved) {
        self.saved = self.saved.max(saved.revision);
        self.seen = saved.seen;
        (self.stale, self.is_broken) = (false, false);
    }

    /// Writes snapshot and history, whole, to another place: a directory, or the name of the snapshot, which ends in `.ron`. Nothing
    /// is replaced. Returns where the snapshot is.
    pub fn save_elsewhere(&self, session: &Session, place: &Path) -> Result<PathBuf, StoreError> {
        let is_name = place.extension().is_some_and(|end| end == "ron") && !place.is_dir();
        let name = self.files.snapshot.file_name().unwrap_or_default();
        let snapshot = if is_name { place.to_owned() } else { place.join(name) };
        let history = snapshot.with_extension("history");
        if let Some(there) = [&snapshot, &history].into_iter().find(|path| path.symlink_metadata().is_ok()) {
            let message = "it is there already; name another place".to_owned();
            return Err(StoreError::Refused { path: there.clone(), message });
        }
        let directory = snapshot.parent().unwrap_or(place);
        std::fs::create_dir_all(directory).map_err(StoreError::io(directory, "make it"))?;
        self.write_both(session, &snapshot, &history)?;
        Ok(snapshot)
    }

    /// Writes snapshot and history, whole, to these paths.
    fn write_both(&self, session: &Session, snapshot: &Path, history: &Path) -> Result<(), StoreError> {
        let [found, own] = self.tail.content();
        let lines = self.lines()?;
        let parts = [found, own, lines.as_bytes()];
        write_whole(history, |out| parts.iter().try_for_each(|part| out.write_all(part)))?;
        let whole = self.snapshot(session);
        write_whole(snapshot, |out| whole.write(out))
    }

    fn snapshot(&self, session: &Session) -> Snapshot {
        Snapshot {
            document: self.document.clone(),
            digest: self.digest.clone(),
            annotator: self.annotator.as_str().to_owned(),
            revision: session.revision(),
            schema: self.schema.clone(),
            history: history::names(&self.all_lines(), &self.names).into_iter().map(String::from).collect(),
            set: session.set().clone(),
        }
    }
}
