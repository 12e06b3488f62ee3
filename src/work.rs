//! A document being worked on: its files, the thread that waits for them, and what is done unasked.
//!
//! What could not be written is tried again after a delay that grows, when the annotator comes back to the terminal, and when they
//! ask for it.
//!
//! | file | holds |
//! |---|---|
//! | `worker` | [`Worker`]: the thread that waits for the disk |
//! | `signals` | what asks the program to end, to stop and to go on |

mod signals;
mod worker;

pub use signals::{Signal, listen_to_signals};
pub use worker::Worker;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;

use crate::app::{Access, Effect, Message, Opened};
use crate::outcome::Failure;
use crate::session::{Session, Transaction};
use crate::store::{ConfigFiles, Desk, Job, Kept, Opening, StoreError, Taken, Unkept};

/// Quiet time after a change before the snapshot is written.
const QUIET: Duration = Duration::from_secs(2);

/// How long to wait before trying again what did not work, at first and at most.
const FIRST_DELAY: Duration = Duration::from_secs(1);
const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// What the clock says; the last moment there is where it is beyond that (9999).
pub fn now() -> Timestamp {
    moment(SystemTime::now())
}

fn moment(time: SystemTime) -> Timestamp {
    let is_past = time < SystemTime::UNIX_EPOCH;
    Timestamp::try_from(time).unwrap_or(if is_past { Timestamp::MIN } else { Timestamp::MAX })
}

/// A document being worked on.
#[derive(Debug)]
pub struct Work {
    desk: Option<Desk>,
    /// That another program has the desk.
    taken: Option<Taken>,
    worker: Worker,
    /// When the snapshot, which is behind, is to be written.
    save_at: Option<Instant>,
    /// Whether a snapshot is being written: the next one waits for it.
    saving: bool,
    /// When to try again what did not work, and the delay that led there.
    retry: Option<(Instant, Duration)>,
    /// The revision that was saved elsewhere, and where.
    elsewhere: Option<(u64, PathBuf)>,
    /// The revision that was found on opening.
    found: u64,
    /// Whether the annotator is to decide between two versions; until then the snapshot is not written.
    rivalry: bool,
    /// Where the config is read from.
    config: ConfigFiles,
}

impl Work {
    /// Work that waits for its files to be opened.
    pub fn new(worker: Worker, config: ConfigFiles) -> Self {
        Self {
            desk: None,
            taken: None,
            worker,
            save_at: None,
            saving: false,
            retry: None,
            elsewhere: None,
            found: 0,
            rivalry: false,
            config,
        }
    }

    /// Takes what was opened.
    pub fn take_over(&mut self, opening: Opening) -> Vec<Message> {
        let Opening { digest: _, reading, desk, taken, mut notices, rival, change, places, allow } = opening;
        for stray in reading.strays.iter().filter(|stray| !stray.is_kept) {
            notices.push(format!("#{} {} is not in the text: {}", stray.id, stray.title, stray.reason));
        }
        self.found = reading.session.revision();
        self.taken = taken;
        let access = match desk {
            Ok(desk) => {
                self.save_at = desk.save(&reading.session).map(|_| Instant::now() + QUIET);
                self.desk = Some(desk);
                if change.is_some() { Access::Changed } else { Access::Write }
            }
            Err(reason) if self.taken.is_some() => Access::Taken(reason),
            Err(reason) => Access::ReadOnly(reason),
        };
        let rival = rival.filter(|_| access == Access::Write).map(Box::new).map(Message::Rival);
        self.rivalry = rival.is_some();
        let opened = Message::Opened(Box::new(Opened { session: reading.session, access, places, allow, notices }));
        std::iter::once(opened).chain(rival).collect()
    }

    /// Whether another program worked on the document when it was opened, and does not any more.
    pub fn is_free_again(&self) -> bool {
        self.taken.as_ref().is_some_and(Taken::is_over)
    }

    /// How long the loop may wait before something is to be done unasked.
    pub fn idle_for(&self) -> Option<Duration> {
        let next = self.save_at.into_iter().chain(self.retry.map(|(at, _)| at)).min()?;
        Some(next.saturating_duration_since(Instant::now()))
    }

    /// Takes note that the annotator did something: the snapshot can wait a little longer.
    pub fn stir(&mut self) {
        self.save_at = self.save_at.map(|_| Instant::now() + QUIET);
    }

    /// Does what is due by now.
    pub fn do_what_is_due(&mut self, session: &Session) -> Vec<Message> {
        let now = Instant::now();
        if self.retry.is_some_and(|(at, _)| at <= now) {
            return self.try_again(session);
        }
        if self.save_at.is_some_and(|at| at <= now) {
            self.save(session);
        }
        Vec::new()
    }

    /// Does of `effect` what concerns the files; the messages tell the app how that went.
    pub fn perform(&mut self, session: &Session, effect: &Effect) -> Vec<Message> {
        match effect {
            Effect::Record(transaction) => self.record(session, transaction),
            Effect::Seek => vec![match self.desk.as_ref().map(|desk| desk.seek(session)) {
                Some(Ok(places)) => Message::Sought(places),
                Some(Err(error)) => Message::Told(error.to_string()),
                None => return Vec::new(),
            }],
            Effect::Save | Effect::Look => self.try_again(session),
            Effect::Settle { keep_theirs } => self.settle(session, *keep_theirs),
            Effect::SaveElsewhere { place, .. } => vec![match self.save_elsewhere(session, place) {
                Ok(path) => Message::Noted(saved_in(&path)),
                Err(reason) => Message::Told(reason),
            }],
            Effect::Reload => {
                let config = self.config.read();
                // What cannot be read at all leaves everything as it was.
                if config.is_unread {
                    return config.faults.iter().map(|fault| Message::Told(fault.to_string())).collect();
                }
                let told = match config.faults.len() {
                    0 => Some(Message::Noted("the config was read again".to_owned())),
                    _ => None,
                };
                std::iter::once(Message::Configured(Box::new(config))).chain(told).collect()
            }
            Effect::Copy(_)
            | Effect::CaptureMouse(_)
            | Effect::Choose
            | Effect::Redraw
            | Effect::Suspend
            | Effect::Quit => Vec::new(),
        }
    }

    /// Records a transaction.
    fn record(&mut self, session: &Session, transaction: &Transaction) -> Vec<Message> {
        let Some(desk) = &mut self.desk else {
            return vec![Message::Failed("there is no file to record in".to_owned())];
        };
        let recorded = desk.record(transaction);
        self.note_recorded(recorded, session)
    }

    /// Looks whether another program changed the files, records what could not be recorded before, and writes the snapshot if it
    /// is behind.
    pub fn try_again(&mut self, session: &Session) -> Vec<Message> {
        if let Some(rival) = self.look(session) {
            return rival;
        }
        let mut messages = if std::mem::take(&mut self.rivalry) { vec![Message::NoRival] } else { Vec::new() };
        let told = self.desk.as_mut().and_then(Desk::transcript_change);
        messages.extend(told.map(|told| Message::Told(told.to_owned())));
        let Some(desk) = self.desk.as_mut() else { return messages };
        if desk.is_behind() {
            let recorded = desk.catch_up();
            messages.extend(self.note_recorded(recorded, session));
        }
        if self.desk.as_ref().is_some_and(|desk| !desk.is_behind()) {
            self.save(session);
        }
        messages
    }

    /// What another program made of the files, if it did.
    fn look(&mut self, session: &Session) -> Option<Vec<Message>> {
        let desk = self.desk.as_mut()?;
        match desk.look(session) {
            Ok(Some(rival)) => {
                self.rivalry = true;
                (self.save_at, self.retry) = (None, None);
                let kept = match desk.keep_aside(session) {
                    Ok(kept) => kept.map(Message::Noted),
                    Err(error) => Some(Message::Told(format!("yours is in memory alone until you decide: {error}"))),
                };
                Some(kept.into_iter().chain([Message::Rival(Box::new(rival))]).collect())
            }
            // Whatever keeps us from reading keeps us from writing, and that is told.
            Ok(None) | Err(_) => None,
        }
    }

    /// Goes on with ours where another version was found.
    fn settle(&mut self, session: &Session, keep_theirs: bool) -> Vec<Message> {
        let Some(desk) = self.desk.as_mut() else { return Vec::new() };
        match desk.settle(keep_theirs) {
            Ok(kept) => {
                self.rivalry = false;
                let recorded = desk.catch_up();
                let kept = kept.map(Message::Noted);
                self.note_recorded(recorded, session).into_iter().chain(kept).collect()
            }
            Err(error) => vec![Message::Told(error.to_string())],
        }
    }

    fn note_recorded(&mut self, recorded: Result<Option<String>, StoreError>, session: &Session) -> Vec<Message> {
        match recorded {
            Ok(notice) => {
                let revision = self.desk.as_ref().map_or(0, Desk::recorded);
                self.retry = None;
                self.save_at = Some(Instant::now() + QUIET);
                if let Some(job) = self.desk.as_ref().and_then(|desk| desk.sync(revision)) {
                    self.worker.give(job);
                }
                [Message::Recorded(revision)].into_iter().chain(notice.map(Message::Noted)).collect()
            }
            Err(error) => {
                self.put_off();
                let rival = self.look(session).unwrap_or_default();
                std::iter::once(Message::Failed(error.brief())).chain(rival).collect()
            }
        }
    }

    /// Puts the next attempt off, twice as long as the last.
    fn put_off(&mut self) {
        let delay = self.retry.map_or(FIRST_DELAY, |(_, last)| (last * 2).min(LONGEST_DELAY));
        self.retry = Some((Instant::now() + delay, delay));
    }

    /// Has the snapshot written, unless the one on disk holds the same.
    fn save(&mut self, session: &Session) {
        if self.saving || self.rivalry {
            self.stir();
            return;
        }
        self.save_at = None;
        if let Some(job) = self.desk.as_ref().and_then(|desk| desk.save(session)) {
            self.saving = true;
            self.worker.give(job);
        }
    }

    /// Takes note of what came of a job.
    pub fn note(&mut self, kept: Result<Kept, Unkept>, session: &Session, synced: u64) -> Vec<Message> {
        match kept {
            Ok(Kept::Synced(revision)) => vec![Message::Synced(revision)],
            Ok(Kept::Saved(saved)) => {
                self.saving = false;
                if self.desk.as_ref().is_some_and(|desk| !desk.is_behind()) {
                    self.retry = None;
                }
                let told = [Message::Saved(saved.revision)].into_iter().chain(saved.kept.clone().map(Message::Noted));
                if let Some(desk) = &mut self.desk {
                    desk.note_saved(saved);
                }
                told.collect()
            }
            Err(Unkept::History(error)) => {
                if let Some(desk) = &mut self.desk {
                    desk.note_unsynced();
                }
                self.put_off();
                // What the disk did not take may be gone.
                vec![Message::Recorded(synced), Message::Failed(error.brief())]
            }
            Err(Unkept::Snapshot(error)) => {
                self.saving = false;
                self.put_off();
                self.look(session).unwrap_or_else(|| vec![Message::Unsaved(error.brief())])
            }
        }
    }

    /// Writes snapshot and history to another place; returns where the snapshot is.
    fn save_elsewhere(&mut self, session: &Session, place: &str) -> Result<PathBuf, String> {
        let Some(desk) = &self.desk else {
            return Err("read only: nothing is here that is not in the files".to_owned());
        };
        let home = place.strip_prefix("~/").and_then(|below| Some(std::env::home_dir()?.join(below)));
        let place = home.unwrap_or_else(|| PathBuf::from(place));
        let written = desk.save_elsewhere(session, &place).map_err(|error| error.to_string())?;
        self.elsewhere = Some((session.revision(), written.clone()));
        Ok(written)
    }

    /// Waits for the jobs under way; what comes of them is still to be noted.
    pub fn finish(&mut self) {
        self.worker.finish();
    }

    /// Records and saves what is not yet, waiting for the disk.
    ///
    /// # Errors
    ///
    /// When that does not work; says what is lost. When `rescue` asks for it, and otherwise something would be, snapshot and history
    /// are put among the temporary files first.
    pub fn leave(mut self, session: &Session, rescue: bool) -> Result<Left, Failure> {
        let Some(desk) = &mut self.desk else { return Ok(Left::default()) };
        if desk.is_undecided() && !desk.is_behind() {
            let told = "another program changed the annotations, and nothing was decided: the files stay as they are";
            return Ok(Left { snapshot: None, notices: vec![told.to_owned()] });
        }
        let mut notices = Vec::new();
        if self.rivalry || !matches!(desk.look(session), Ok(None) | Err(_)) {
            // Nobody can be asked any more: neither version is given up.
            let kept = desk.settle(true)?;
            let told = "another program changed the annotations: yours stay";
            notices.push(std::iter::once(told.to_owned()).chain(kept).collect::<Vec<_>>().join(", "));
        }
        let synced = desk.catch_up().and_then(|_| {
            let sync = desk.sync(session.revision()).filter(|_| desk.save(session).is_some());
            sync.map_or(Ok(()), |job| job.run().map(drop).map_err(Unkept::into_error))
        });
        if let Err(error) = synced {
            if let Some((_, place)) = self.elsewhere.filter(|(revision, _)| *revision == session.revision()) {
                return Ok(Left { snapshot: Some(place), notices });
            }
            let place = std::env::temp_dir().join(format!("tribune-{}", std::process::id()));
            let rescued = rescue.then(|| desk.save_elsewhere(session, &place));
            let failure = Failure::from(error);
            return Err(match rescued {
                Some(Ok(path)) => failure.hint(saved_in(&path)),
                _ => failure.hint("the last changes are lost"),
            });
        }
        if let Some(Kept::Saved(saved)) = desk.save(session).map(Job::run).transpose()? {
            notices.extend(saved.kept);
        }
        let snapshot = (session.revision() > self.found).then(|| desk.snapshot_path().to_owned());
        Ok(Left { snapshot, notices })
    }
}

/// How a document was left.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Where the snapshot is, if anything was changed.
    pub snapshot: Option<PathBuf>,
    /// What is to be told.
    pub notices: Vec<String>,
}

/// Says where everything was saved.
fn saved_in(path: &Path) -> String {
    format!("saved in {}, with its history", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_beyond_all_reason_gives_a_time_all_the_same() {
        let far = Duration::from_secs(260_000_000_000);
        assert_eq!(moment(SystemTime::UNIX_EPOCH + far), Timestamp::MAX);
        let before = SystemTime::UNIX_EPOCH - Duration::from_secs(2_000_000_000);
        assert_eq!(moment(before), Timestamp::from_second(-2_000_000_000).unwrap());
        assert_eq!(moment(SystemTime::UNIX_EPOCH), Timestamp::UNIX_EPOCH);
    }
}
