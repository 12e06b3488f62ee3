//! The checksums of lines, by which snapshots and other histories name them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{TransactionV1, checksum};
use crate::store::format::{EditV1, Readable};

/// How many lines a snapshot names at most, and how many of them of its own history.
const NAMES: usize = 64;
const OWN: usize = 16;

/// Who takes what stands there needs some time for it, in seconds.
const A_WHILE: i64 = 60;

/// What a snapshot names whose history has the whole lines in these `parts`, and took in these lines of others, the latest first.
pub(in crate::store) fn names(parts: &[&[u8]], taken: &[Vec<Readable>]) -> Vec<Readable> {
    let ends = taken.iter().filter_map(|lines| lines.first());
    let others = taken.iter().flat_map(|lines| lines.iter().skip(1));
    latest(own(parts).into_iter().chain(ends.chain(others).cloned()))
}

/// The lines in these `parts` that a snapshot names, the latest first: the last, and those before it that somebody most likely has. What
/// others have of us is what stood there when they took it: the likelier, the longer it did and the less time has passed since.
fn own(parts: &[&[u8]]) -> Vec<Readable> {
    let mut lines = lines_back(parts).map(|line| (line.checksum, line.second()));
    let Some((end, now)) = lines.next() else { return Vec::new() };
    let mut next = now;
    let mut before: Vec<_> = (0..)
        .zip(lines)
        .map(|(back, (checksum, second))| {
            let (stood, age) = (next.saturating_sub(second), now.saturating_sub(second));
            next = second;
            let part = stood.saturating_sub(A_WHILE).max(0).saturating_mul(1_000_000) / age.max(1);
            (Reverse(part), back, checksum)
        })
        .collect();
    before.sort_unstable();
    before.truncate(OWN - 1);
    before.sort_unstable_by_key(|(_, back, _)| *back);
    std::iter::once(end).chain(before.into_iter().map(|(_, _, checksum)| checksum)).map(Readable::from).collect()
}

/// The names among these, each once, and no more than there is room for.
pub(in crate::store) fn latest(names: impl IntoIterator<Item = Readable>) -> Vec<Readable> {
    let mut seen = BTreeSet::new();
    names.into_iter().filter(|name| seen.insert(name.clone())).take(NAMES).collect()
}

/// What is made of both goes back to these: their own lines and those of others, in turns. Where either has an end that the other does
/// not go back to, no history has a line for the two together; so they have a name of their own, the same whoever makes it.
pub(in crate::store) fn of_both(ours: &[Readable], theirs: &[Readable]) -> Vec<Readable> {
    let is_new = |end: Option<&Readable>, other: &[Readable]| end.is_some_and(|end| !other.contains(end));
    let both = is_new(ours.first(), theirs) && is_new(theirs.first(), ours);
    let both = both.then(|| {
        let mut ends = [ours, theirs].map(|names| names.first().map_or("", Readable::as_str));
        ends.sort_unstable();
        Readable::from(checksum(ends[0], ends[1]))
    });
    let longest = ours.len().max(theirs.len());
    let in_turns = (0..longest).flat_map(|at| [ours.get(at), theirs.get(at)]).flatten().cloned();
    latest(both.into_iter().chain(in_turns))
}

/// Of the lines that a snapshot names, its own end first, those that a history of the whole lines in these `parts` does not go back to;
/// none where it goes back to that end.
pub(in crate::store) fn unknown(parts: &[&[u8]], names: &[Readable]) -> Vec<Readable> {
    let mut left = names.to_vec();
    for line in lines_back(parts) {
        let taken = line.taking();
        left.retain(|name| name.as_str() != line.checksum && !taken.lines().contains(&name.as_str()));
    }
    if left.first() == names.first() { left } else { Vec::new() }
}

/// The checksum that the last of whole `lines` states, if it is no header.
pub(in crate::store) fn end(lines: &[u8]) -> Option<String> {
    let line = lines.strip_suffix(b"\n")?.rsplit(|byte| *byte == b'\n').next()?;
    let checksum = std::str::from_utf8(line).ok()?.split(' ').nth(1)?;
    (!line.starts_with(b"(")).then(|| checksum.to_owned())
}

/// The last revision in whole `lines` whose line is one of those that `names` names.
pub(in crate::store) fn last_named(lines: &[u8], names: &[Readable]) -> Option<u64> {
    lines_back(&[lines]).find(|line| names.iter().any(|name| name.as_str() == line.checksum)).map(|line| line.revision)
}

/// A whole line that was not read.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Unread<'a> {
    pub(in crate::store) revision: u64,
    pub(in crate::store) checksum: &'a str,
    ron: &'a str,
}

/// What a line took in of other histories: the checksums of their lines.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::store) enum Taking<'a> {
    Nothing,
    Began(Vec<&'a str>),
    Merged(Vec<&'a str>),
    /// The text that changed.
    Reanchored,
}

impl Taking<'_> {
    /// Those lines.
    pub(in crate::store) fn lines(&self) -> &[&str] {
        match self {
            Self::Nothing | Self::Reanchored => &[],
            Self::Began(lines) | Self::Merged(lines) => lines,
        }
    }
}

/// The whole lines of a history in these `parts`, the last first, without the headers.
pub(in crate::store) fn lines_back<'a>(parts: &[&'a [u8]]) -> impl Iterator<Item = Unread<'a>> {
    let lines = parts.iter().rev().flat_map(|part| split_back(part));
    lines.filter_map(|line| {
        let mut parts = std::str::from_utf8(line).ok()?.splitn(3, ' ');
        let (revision, checksum, ron) = (parts.next()?.parse().ok()?, parts.next()?, parts.next()?);
        Some(Unread { revision, checksum, ron })
    })
}

/// What stands between line ends, the last first.
fn split_back(part: &[u8]) -> impl Iterator<Item = &[u8]> {
    let starts = memchr::memrchr_iter(b'\n', part).map(|at| at + 1).chain([0]);
    starts.scan(part.len(), |end, start| {
        let line = part.get(start..*end);
        *end = start.saturating_sub(1);
        line
    })
}

impl<'a> Unread<'a> {
    /// What it took in.
    pub(in crate::store) fn taking(&self) -> Taking<'a> {
        let named = |kind: &str| {
            let names = self.ron.strip_prefix(kind)?.split_once(']')?.0;
            Some(names.split('"').skip(1).step_by(2).collect())
        };
        let merged = || named("(kind: Merge([").map(Taking::Merged);
        let otherwise = if self.ron.starts_with("(kind: Reanchor, ") { Taking::Reanchored } else { Taking::Nothing };
        named("(kind: Begin([").map(Taking::Began).or_else(merged).unwrap_or(otherwise)
    }

    /// Whether it may say what was so before it.
    pub(in crate::store) fn looks_back(&self) -> bool {
        ["Remove(", "before: "].iter().any(|word| self.ron.contains(word))
    }

    /// When it was written, in seconds since 1970; 0 where that is not laid out as we write it.
    fn second(&self) -> i64 {
        let at = self.ron.split_once(", at: \"").and_then(|(_, rest)| rest.split_once('"')?.0.parse().ok());
        at.map_or(0, Timestamp::as_second)
    }

    /// The edits it states, if they can be read.
    pub(in crate::store) fn edits(&self) -> Option<Vec<EditV1>> {
        Some(ron::from_str::<TransactionV1>(self.ron).ok()?.edits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line of a revision that is its own checksum, written at that second.
    fn line(revision: i64, second: i64) -> String {
        let at = Timestamp::from_second(second).unwrap();
        format!("{revision} {revision} (kind: Commit, at: \"{at}\", summary: \"й\u{301} 👍\", edits: [])\n")
    }

    fn named(lines: &str) -> Vec<i64> {
        own(&[b"(format: 1)\n", lines.as_bytes()]).iter().map(|name| name.as_str().parse().unwrap()).collect()
    }

    #[test]
    fn a_history_names_the_end_of_every_day_where_something_is_done_every_minute() {
        let days = (0..10).flat_map(|day| (0..480).map(move |minute| (day, minute)));
        let lines: String = (1..).zip(days).map(|(id, (day, minute))| line(id, day * 86_400 + minute * 60)).collect();
        let expected: Vec<i64> = (1..=10).rev().map(|day| day * 480).collect();
        let named = named(&lines);
        assert_eq!(named.len(), OWN);
        assert!(expected.iter().all(|end| named.contains(end)), "{named:?}");
        assert!(named.is_sorted_by(|a, b| a > b), "{named:?}");
    }

    #[test]
    fn a_history_names_its_last_lines_where_none_stood_for_long_and_no_line_where_it_has_none() {
        let lines: String = (1..=100).map(|id| line(id, id)).collect();
        assert_eq!(named(&lines), (85..=100).rev().collect::<Vec<_>>());
        let back: String = (1..=100).map(|id| line(id, -id * 1_000)).collect();
        assert_eq!(named(&back)[0], 100, "a clock that goes backwards");
        assert!(named("").is_empty());
    }

    #[test]
    fn two_together_have_one_name_whoever_makes_it_unless_the_one_goes_back_to_the_other() {
        let names = |all: &[&str]| all.iter().map(|name| Readable::from(*name)).collect::<Vec<_>>();
        let [ours, theirs] = [names(&["й\u{301}", "👍"]), names(&["тег"])];
        let both = of_both(&ours, &theirs);
        assert_eq!(both[0], of_both(&theirs, &ours)[0]);
        assert_eq!(both[1..], names(&["й\u{301}", "тег", "👍"]));
        assert_eq!(of_both(&ours, &names(&["тег", "й\u{301}"])), names(&["й\u{301}", "тег", "👍"]));
    }
}
