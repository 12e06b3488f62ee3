//! The thread that waits for the disk.

use std::io;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

use crate::store::{Job, Kept, Unkept};

/// A thread that waits for the disk, so that typing does not.
#[derive(Debug)]
pub struct Worker {
    /// Until it is told to finish.
    running: Option<(Sender<Job>, JoinHandle<()>)>,
}

impl Worker {
    /// Starts one that tells `report` what came of each job, until that says it is enough.
    pub fn start(report: impl Fn(Result<Kept, Unkept>) -> bool + Send + 'static) -> io::Result<Self> {
        let (jobs, todo) = channel::<Job>();
        let thread = thread::Builder::new().name("disk".into()).spawn(move || {
            while let Ok(job) = todo.recv() {
                // Of several syncs in a row the last does for all.
                let mut waiting: Vec<Job> = std::iter::once(job).chain(todo.try_iter()).collect();
                let last_sync = waiting.iter().rposition(|job| matches!(job, Job::Sync { .. }));
                let mut place = 0;
                waiting.retain(|job| {
                    let kept = !matches!(job, Job::Sync { .. }) || Some(place) == last_sync;
                    place += 1;
                    kept
                });
                for job in waiting {
                    if !report(job.run()) {
                        return;
                    }
                }
            }
        })?;
        Ok(Self { running: Some((jobs, thread)) })
    }

    /// Hands over a job.
    pub(super) fn give(&self, job: Job) {
        // The thread ends only when the loop does; a job it never takes is done again on the way out.
        if let Some((jobs, _)) = &self.running {
            drop(jobs.send(job));
        }
    }

    /// Waits until everything handed over is done.
    pub(super) fn finish(&mut self) {
        if let Some((jobs, thread)) = self.running.take() {
            drop(jobs);
            drop(thread.join());
        }
    }
}
