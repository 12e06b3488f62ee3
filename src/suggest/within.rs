//! The clauses within a quotation that tell who speaks: «А, – заявил Антон Силуанов. – Б», “A,” Mary O'Neill said, “b”.
//!
//! One begins behind a comma or the end of a sentence with a dash or a closing mark, and ends before the next dash or mark.

use crate::text::quotation::is_quote_mark;
use crate::text::{Offset, Span, Text};

/// A longer clause tells no speaker, in bytes.
const LONGEST: usize = 300;

/// Where such clauses start and end in `span`, each between what parts it from the words around.
pub(super) fn clauses_within(text: &Text, span: Span) -> Vec<(Offset, Offset)> {
    let words = text.slice(span);
    let mut bounds = words.char_indices().filter(|(at, c)| *at > 0 && parts(words, *at, *c)).peekable();
    let mut clauses = Vec::new();
    while let Some((at, mark)) = bounds.next() {
        let from = at + mark.len_utf8();
        let before = words.get(..at).unwrap_or_default().trim_end().trim_end_matches(is_quote_mark);
        let Some((to, _)) = bounds.next_if(|_| before.ends_with([',', '.', '!', '?', '…'])) else { continue };
        if to - from <= LONGEST {
            clauses.push((Offset::new(span.start().bytes() + from), Offset::new(span.start().bytes() + to)));
        }
    }
    clauses
}

/// Whether the mark at byte `at` is a dash between blanks, or a quotation mark with a blank on one side.
fn parts(words: &str, at: usize, mark: char) -> bool {
    let (before, behind) = words.split_at(at);
    let starts = behind.get(mark.len_utf8()..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
    let ends = before.ends_with(char::is_whitespace);
    if is_quote_mark(mark) { starts != ends } else { matches!(mark, '–' | '—' | '-') && starts && ends }
}
