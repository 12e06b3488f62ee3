//! A place where a fragment may belong.

use super::Why;
use crate::text::Span;

/// How many leads are worth showing to anyone.
const MOST: usize = 9;

/// A place where a fragment may belong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lead {
    pub(super) span: Span,
    pub(super) why: Why,
}

impl Lead {
    /// The best of `leads`, each once: those with most around them first, then those that come first.
    pub(super) fn best(mut leads: Vec<Self>) -> Vec<Self> {
        leads.sort_by_key(|lead| match lead.why {
            Why::Around(count) => (0, usize::MAX - count),
            Why::Alike => (1, 0),
            Why::Changed => (2, 0),
            Why::Part => (3, 0),
        });
        let mut best: Vec<Self> = Vec::new();
        for lead in leads {
            if best.len() < MOST && best.iter().all(|own| own.span != lead.span) {
                best.push(lead);
            }
        }
        best
    }
}
