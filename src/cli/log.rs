//! `tribune log`: who did what when, and how long it took.

use std::fmt;
use std::io;

use jiff::Timestamp;
use serde::Serialize;

use super::Console;
use super::args::Selection;
use super::failure::unwritten;
use super::inputs::Inputs;
use crate::audit::{Entry, active_time};
use crate::outcome::{Failure, Outcome};
use crate::session::Kind;
use crate::show::visible;

/// What is printed of each history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Every transaction.
    Transactions,
    /// The time at work.
    Time,
}

/// Prints `content` of the histories in `selection`, for people or as a JSON object a line.
pub(super) fn log(
    selection: &Selection,
    content: Content,
    json: bool,
    console: &mut Console<'_>,
) -> Result<Outcome, Failure> {
    let inputs = Inputs::find(&selection.paths, &selection.annotators, selection.schema.as_deref())?;
    let outcome = inputs.tell_missing(console);
    inputs.each_log(|transcript, annotator, entries| {
        let (path, document) = (transcript.path.display().to_string(), transcript.id.as_str());
        let whose = Whose { path: &path, document, annotator: annotator.as_str() };
        if entries.is_empty() {
            console.tell(&format!("note: {path}: there is no history of what {annotator} did"));
        }
        let mut print = |line: io::Result<String>| {
            line.and_then(|line| writeln!(console.out, "{line}")).map_err(unwritten("the output"))
        };
        match content {
            Content::Transactions => entries.iter().try_for_each(|entry| print(line(&Act::of(whose, entry), json))),
            Content::Time => Work::of(whose, &entries).iter().try_for_each(|work| print(line(work, json))),
        }
    })?;
    Ok(outcome)
}

fn line<Row: fmt::Display + Serialize>(row: &Row, json: bool) -> io::Result<String> {
    Ok(if json { serde_json::to_string(row)? } else { visible::line(&row.to_string()) })
}

/// Whose history it is, and of what.
#[derive(Clone, Copy, Debug, Serialize)]
struct Whose<'a> {
    path: &'a str,
    document: &'a str,
    annotator: &'a str,
}

/// A transaction as it is printed.
#[derive(Debug, Serialize)]
struct Act<'a> {
    #[serde(flatten)]
    whose: Whose<'a>,
    revision: u64,
    at: String,
    kind: &'static str,
    /// The revision that is taken back or repeated.
    of: Option<u64>,
    summary: &'a str,
    /// How it is told before that.
    #[serde(skip)]
    does: String,
}

impl<'a> Act<'a> {
    fn of(whose: Whose<'a>, entry: &'a Entry) -> Self {
        let (kind, of, does) = match entry.kind {
            Kind::Commit => ("commit", None, String::new()),
            // So it is undone with the one before.
            Kind::Further => ("further", None, "goes on: ".to_owned()),
            Kind::Undo(of) => ("undo", Some(of), format!("undo of {of}: ")),
            Kind::Redo(of) => ("redo", Some(of), format!("redo of {of}: ")),
        };
        Self { whose, revision: entry.revision, at: seconds(entry.at), kind, of, summary: &entry.summary, does }
    }
}

impl fmt::Display for Act<'_> {
    /// `2026-11-23T08:14:34Z  talk.txt  alpha  3  undo of 2: quote Q1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { whose: Whose { path, annotator, .. }, revision, at, does, summary, .. } = self;
        write!(f, "{at}  {path}  {annotator}  {revision}  {does}{summary}")
    }
}

/// The time at work as it is printed.
#[derive(Debug, Serialize)]
struct Work<'a> {
    #[serde(flatten)]
    whose: Whose<'a>,
    active_seconds: i64,
    transactions: usize,
    first: String,
    last: String,
}

impl<'a> Work<'a> {
    /// The time in `entries`, if there are any.
    fn of(whose: Whose<'a>, entries: &[Entry]) -> Option<Self> {
        let (first, last) = (entries.first()?, entries.last()?);
        Some(Self {
            whose,
            active_seconds: active_time(entries.iter().map(|entry| entry.at)).as_secs(),
            transactions: entries.len(),
            first: seconds(first.at),
            last: seconds(last.at),
        })
    }
}

impl fmt::Display for Work<'_> {
    /// `0:12:07  talk.txt  alpha  41 transactions, 2026-11-23T08:14:34Z to 2026-11-24T09:00:00Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { whose: Whose { path, annotator, .. }, active_seconds, transactions, first, last } = self;
        let (hours, minutes, seconds) = (active_seconds / 3600, active_seconds / 60 % 60, active_seconds % 60);
        let plural = if *transactions == 1 { "" } else { "s" };
        write!(f, "{hours}:{minutes:02}:{seconds:02}  {path}  {annotator}  ")?;
        write!(f, "{transactions} transaction{plural}, {first} to {last}")
    }
}

/// `at` to the second, in universal time.
fn seconds(at: Timestamp) -> String {
    format!("{at:.0}")
}
