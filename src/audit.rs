//! Who did what when: what a history says of the people behind it.
//!
//! An [`Entry`] is a transaction without its edits. It needs no text to be understood, so a history can be looked through after
//! its transcript has changed or gone.

use jiff::{SignedDuration, Timestamp};

use crate::session::Kind;

/// A gap longer than this is a break, and not counted as work.
pub const BREAK: SignedDuration = SignedDuration::from_mins(2);

/// One transaction, as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number; the first is 1.
    pub revision: u64,
    /// Whether it does something, or takes back or repeats another.
    pub kind: Kind,
    /// When it happened.
    pub at: Timestamp,
    /// What it did, for people: «quote Q1».
    pub summary: String,
}

/// The time somebody was at work: the gaps between one moment and the next, breaks left out.
///
/// A gap of exactly two minutes counts. So does none that runs backwards, as when a clock is set: the time before it and
/// behind it is counted, the step is not.
///
/// ```
/// use jiff::{SignedDuration, Timestamp};
/// use tribune::audit::active_time;
///
/// let at = |second| Timestamp::from_second(second).unwrap();
/// assert_eq!(active_time([at(0), at(100), at(220), at(341), at(351)]), SignedDuration::from_secs(100 + 120 + 10));
/// ```
pub fn active_time(moments: impl IntoIterator<Item = Timestamp>) -> SignedDuration {
    let mut last = None;
    let gaps =
        moments.into_iter().filter_map(|moment| last.replace(moment).map(|before| moment.duration_since(before)));
    gaps.filter(|gap| !gap.is_negative() && *gap <= BREAK).sum()
}

#[cfg(test)]
mod tests;
