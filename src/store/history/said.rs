//! Whether a snapshot holds what its history led to, found out without understanding either.
//!
//! Both state a record in the same words. So what the history said last of a number is, byte for byte, what the snapshot says, unless
//! somebody else wrote the one or the other; then they have to be read to tell what that means.

use std::collections::BTreeMap;

use super::glimpse::{About, Becomes, Saying};

/// Where in a history that was said last which still holds, by what it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Said(BTreeMap<(About, u32), (Becomes, usize)>);

impl Said {
    /// Takes note of what a line says whose RON begins at `start`.
    pub(super) fn add(&mut self, sayings: &[Saying], start: usize) {
        for Saying { about, id, at, becomes } in sayings {
            match becomes {
                Becomes::Gone => self.0.remove(&(*about, *id)),
                Becomes::Stated | Becomes::Waiting => self.0.insert((*about, *id), (*becomes, start + at)),
            };
        }
    }

    /// Whether all of it, as `history` says it, stands in `snapshot`, which is laid out as we write it.
    pub(in crate::store) fn stands_in(mut self, snapshot: &str, history: &[u8]) -> bool {
        let mut section = None;
        for line in snapshot.lines() {
            section = match line {
                "    speakers: [" => Some((About::Speaker, Becomes::Stated)),
                "    annotations: [" => Some((About::Annotation, Becomes::Stated)),
                "    strays: [" => Some((About::Annotation, Becomes::Waiting)),
                "    ]," => None,
                _ => section,
            };
            let Some((about, becomes)) = section else { continue };
            let Some(record) = line.strip_prefix("        ").and_then(|line| line.strip_suffix(',')) else { continue };
            let id = record.strip_prefix("(id: ").and_then(|rest| rest.split(',').next()?.parse().ok());
            let Some(key) = id.map(|id| (about, id)) else { continue };
            let says_so = |(own, at): &(Becomes, usize)| {
                *own == becomes && history.get(*at..).is_some_and(|rest| rest.starts_with(record.as_bytes()))
            };
            if self.0.get(&key).is_some_and(says_so) {
                self.0.remove(&key);
            }
        }
        self.0.is_empty()
    }
}
