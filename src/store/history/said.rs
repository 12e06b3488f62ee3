//! Whether a snapshot holds what its history led to, found out without understanding either.
//!
//! Both state a record in the same words. So what the history said last of a number is, byte for byte, what the snapshot says, unless
//! somebody else wrote the one or the other; then they have to be read to tell what that means.

use std::collections::BTreeMap;

use super::glimpse::{About, Becomes, Glimpse, Saying};
use crate::store::format::StatusV1;

/// Where in a history that was said last which still holds, by what it is about.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Said {
    records: BTreeMap<(About, u32), (Becomes, usize)>,
    status: StatusV1,
}

impl Said {
    /// Takes note of what a line says whose RON begins at `start`.
    pub(super) fn add(&mut self, glimpse: &Glimpse, start: usize) {
        for Saying { about, id, at, becomes } in &glimpse.sayings {
            match becomes {
                Becomes::Gone => self.records.remove(&(*about, *id)),
                Becomes::Stated | Becomes::Waiting => self.records.insert((*about, *id), (*becomes, start + at)),
            };
        }
        self.status = glimpse.status.unwrap_or(self.status);
    }

    /// Whether all of it, as `history` says it, and nothing else stands in `snapshot`, which is laid out as we write it.
    pub(in crate::store) fn says_the_same_as(mut self, snapshot: &str, history: &[u8]) -> bool {
        let mut section = None;
        let mut status = None;
        for line in snapshot.lines() {
            status = status.or_else(|| line.strip_prefix("    status: "));
            section = match line {
                "    speakers: [" => Some((About::Speaker, Becomes::Stated)),
                "    annotations: [" => Some((About::Annotation, Becomes::Stated)),
                "    strays: [" => Some((About::Annotation, Becomes::Waiting)),
                "    ]," => None,
                // Otherwise laid out: what stands in it would be passed over.
                _ if ["    speakers:", "    annotations:", "    strays:"].iter().any(|own| line.starts_with(own)) => {
                    return false;
                }
                _ => section,
            };
            let Some((about, becomes)) = section.filter(|_| !line.ends_with('[')) else { continue };
            let Some(record) = line.strip_prefix("        ").and_then(|line| line.strip_suffix(',')) else {
                return false;
            };
            let id = record.strip_prefix("(id: ").and_then(|rest| rest.split(',').next()?.parse().ok());
            let says_so = |(own, at): &(Becomes, usize)| {
                *own == becomes && history.get(*at..).is_some_and(|rest| rest.starts_with(record.as_bytes()))
            };
            if !id.and_then(|id| self.records.remove(&(about, id))).is_some_and(|own| says_so(&own)) {
                return false;
            }
        }
        let named = if self.status == StatusV1::Done { "Done," } else { "Open," };
        self.records.is_empty() && status == Some(named)
    }
}
