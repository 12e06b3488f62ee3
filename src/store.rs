//! The only module that touches a corpus's files.
//!
//! ```text
//! corpus/                                          the nearest ancestor with corpus.ron, schema.ron or annotations/
//!   karaganda.txt                                  a transcript
//!   annotations/<annotator>/karaganda.txt.ron      the snapshot: what researchers read and git diffs
//!   annotations/<annotator>/karaganda.txt.history  append-only lines: undo, recovery, audit
//!   annotations/.texts/<digest>.txt                the text as it was annotated, for when it is changed
//!   annotations/<annotator>/karaganda.txt.lock     stands while the program runs
//! ```
//!
//! | file | holds |
//! |---|---|
//! | `corpus` | [`Corpus`]: where things are; transcripts, schema, annotators |
//! | `merge` | [`merge()`]: three snapshots → one |
//! | `settings` | [`Settings`]: what `corpus.ron` says |
//! | `transcript` | bytes → [`Document`](crate::document::Document), with a clear refusal of what is no text |
//! | `format` | the records of format 1: code points, quotes, readable strings |
//! | `snapshot` | the snapshot as RON text, both ways |
//! | `history` | the history as RON lines, both ways; torn tails |
//! | `archive` | the older lines of a history, read when undo reaches them |
//! | `atomic` | replacing a file whole |
//! | `bounds` | what is not read and not written: too long, outside the corpus |
//! | `lock` | one writer for each annotator and document |
//! | `glance` | how far an annotator is with a document |
//! | `log` | a history without its text |
//! | `common` | what somebody else's snapshot comes from, as far as that is ours |
//! | `elsewhere` | what others made of our annotations |
//! | `found` | both files as they were found, and whether they go together |
//! | `beside` | a history, and a snapshot beside it that says something else |
//! | `work` | what files state, held against a text: what stands and what does not |
//! | `reading` | [`Reading`]: what was found, held against the text |
//! | `reanchor` | [`reanchor()`]: carrying a file over to a changed text |
//! | `aside` | what is kept beside the files, so that neither of two versions gets lost |
//! | `rival` | another version of the files, and what can be made of the two |
//! | `texts` | the texts that were annotated, for when they change |
//! | `tail` | the end of a history, where lines are appended |
//! | `places` | [`Places`]: where somebody was in each document |
//! | `opening` | [`Opening`]: a document opened for work |
//! | `desk` | [`Desk`]: recording and saving |
//! | `seen` | noticing that another program changed a file |
//! | `job` | [`Job`]: what waits for the disk |

mod archive;
mod aside;
mod atomic;
mod beside;
mod bounds;
mod common;
mod corpus;
mod desk;
mod elsewhere;
mod error;
mod format;
mod found;
#[cfg(fuzzing)]
pub mod fuzzing;
mod glance;
mod history;
mod job;
mod lock;
mod log;
mod merge;
mod opening;
mod places;
mod preferences;
mod reading;
mod reanchor;
mod rival;
mod seen;
mod settings;
mod snapshot;
mod tail;
mod texts;
mod transcript;
mod work;

pub use atomic::write_whole;
pub use corpus::{AnnotatorName, Corpus, LeftBehind};
pub use desk::Desk;
pub use error::StoreError;
pub use glance::glance;
pub use job::{Job, Kept, Saved, Unkept};
pub use lock::Taken;
pub use log::log;
pub use merge::{Merge, Merged, merge};
pub use opening::{Opening, open};
pub use places::Places;
pub use preferences::ConfigFiles;
pub use reading::{Reading, Stray, read};
pub use reanchor::{Case, Reanchoring, reanchor};
pub use settings::Settings;
pub use snapshot::Snapshot;

#[cfg(test)]
mod tests;
