//! The checksums of lines, by which snapshots and other histories name them.

use std::collections::BTreeSet;

use super::TransactionV1;
use crate::store::format::{EditV1, Readable};

/// How many lines a snapshot names at most.
const NAMES: usize = 16;

/// What a snapshot names that goes back to these lines, which come the latest first: each once, and no more than there is room for.
/// Whatever names lines of other histories names them in this order, so that the latest are never those that are left out.
pub(in crate::store) fn latest(names: impl IntoIterator<Item = Readable>) -> Vec<Readable> {
    let mut seen = BTreeSet::new();
    names.into_iter().filter(|name| seen.insert(name.clone())).take(NAMES).collect()
}

/// What goes back to the lines of both, which come the latest first, goes back to these, in that order.
pub(in crate::store) fn of_both(ours: &[Readable], theirs: &[Readable]) -> Vec<Readable> {
    let longest = ours.len().max(theirs.len());
    latest((0..longest).flat_map(|at| [ours.get(at), theirs.get(at)]).flatten().cloned())
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
}

/// The whole lines of a history in these `parts`, the last first, without the headers.
pub(in crate::store) fn lines_back<'a>(parts: &[&'a [u8]]) -> impl Iterator<Item = Unread<'a>> {
    let lines = parts.iter().rev().flat_map(|part| part.rsplit(|byte| *byte == b'\n'));
    lines.filter_map(|line| {
        let mut parts = std::str::from_utf8(line).ok()?.splitn(3, ' ');
        let (revision, checksum, ron) = (parts.next()?.parse().ok()?, parts.next()?, parts.next()?);
        Some(Unread { revision, checksum, ron })
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
        named("(kind: Begin([").map(Taking::Began).or_else(merged).unwrap_or(Taking::Nothing)
    }

    /// The edits it states, if they can be read.
    pub(in crate::store) fn edits(&self) -> Option<Vec<EditV1>> {
        Some(ron::from_str::<TransactionV1>(self.ron).ok()?.edits)
    }
}
