//! The words of a stretch of text as names are made of them: a hyphen or an apostrophe between letters is within a word
//! («Касым-Жомарт», «O'Brien»), a full stop is not («Ж.А. Асанов» has three).

use unicode_segmentation::UnicodeSegmentation;

use super::naming::is_short_title;
use crate::text::{Offset, Span, Text};

/// A word of the text.
#[derive(Clone, Copy)]
pub(super) struct Word<'a> {
    /// Where it stands.
    pub(super) span: Span,
    /// The word.
    pub(super) text: &'a str,
    /// What stands between it and the next word, up to the end of the stretch.
    pub(super) gap: &'a str,
}

/// The words in `[start, end)`, in order.
pub(super) fn words(text: &Text, start: Offset, end: Offset) -> Vec<Word<'_>> {
    let stretch = text.between(start, end);
    let is_letter = |cluster: &str| cluster.chars().next().is_some_and(char::is_alphanumeric);
    let mut bounds: Vec<(usize, usize)> = Vec::new();
    let mut joined = None;
    for (at, cluster) in stretch.grapheme_indices(true) {
        let behind = at + cluster.len();
        match bounds.last_mut().filter(|own| own.1 == at || joined == Some(at)) {
            Some(own) if is_letter(cluster) => own.1 = behind,
            Some(own) if own.1 == at && ["-", "\u{2011}", "'", "’"].contains(&cluster) => joined = Some(behind),
            _ if is_letter(cluster) => bounds.push((at, behind)),
            _ => {}
        }
    }
    let nexts = bounds.iter().skip(1).map(|(next, _)| *next).chain([stretch.len()]);
    let word = |((from, to), next): (&(usize, usize), usize)| {
        let offset = |at: usize| Offset::new(start.bytes() + at);
        let span = text.span(offset(*from), offset(*to)).ok()?;
        Some(Word { span, text: text.slice(span), gap: text.between(offset(*to), offset(next)) })
    };
    bounds.iter().zip(nexts).filter_map(word).collect()
}

impl Word<'_> {
    /// Whether it may be a first name or a family name: a capital and small letters, on both sides of a hyphen.
    pub(super) fn is_capitalised(&self) -> bool {
        let is_so = |part: &str| {
            let mut letters = part.chars().filter(|c| c.is_alphabetic());
            letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
        };
        let parts = self.text.split(['-', '\u{2011}']);
        self.text.starts_with(char::is_uppercase) && parts.into_iter().all(|part| part.split(['\'', '’']).any(is_so))
    }

    /// Whether it is the initial of a name.
    pub(super) fn is_initial(&self) -> bool {
        self.text.starts_with(char::is_uppercase) && self.text.graphemes(true).count() == 1 && self.gap.starts_with('.')
    }

    /// Whether its full stop makes it short and ends nothing: an initial, or “Mr.”.
    fn is_short(&self) -> bool {
        self.is_initial() || (self.gap.starts_with('.') && is_short_title(self.text))
    }

    /// What stands behind it but for the marks of an initial or a short title, as in «К.-Ж. Токаев», “Mr. White”.
    fn space(&self) -> &str {
        if !self.is_short() {
            return self.gap;
        }
        let gap = self.gap.trim_start_matches('.');
        gap.strip_prefix(['-', '\u{2011}']).unwrap_or(gap)
    }

    /// Whether the word behind it goes on with the same name, if it is part of one.
    pub(super) fn is_beside_next(&self) -> bool {
        matches!(self.space(), " " | "\u{a0}" | "\u{202f}") || (self.space().is_empty() && self.is_initial())
    }

    /// Whether a reader pauses behind it.
    pub(super) fn pauses(&self) -> bool {
        !self.space().chars().all(char::is_whitespace) || self.gap.contains('\n')
    }

    /// Whether a sentence ends behind it, most likely.
    pub(super) fn ends_sentence(&self) -> bool {
        !self.is_short() && self.gap.contains(['.', '!', '?', '…', '\n'])
    }
}
