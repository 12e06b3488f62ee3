//! Names in running text.
//!
//! A name is a run of capitalised words beside each other; of more than two, the last two, unless a patronymic makes it three
//! («Иван Иванович Иванов», «Нұрлан Ерланұлы»). Roles stand in front of names in transcripts and reports: «Аким
//! Карагандинской области Ермаганбет Булекпаев отметил». Nothing here knows a dictionary.

use crate::text::{Offset, Span, Text, segment};

/// Endings of patronymics.
const PATRONYMICS: [&str; 8] = ["вич", "вна", "ична", "ұлы", "қызы", "улы", "кызы", "оглы"];
/// A role is not longer than this, in words.
const LONGEST_ROLE: usize = 14;

/// A name as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// Where it stands.
    pub(super) span: Span,
    /// The name, as it stands there.
    pub(super) name: String,
    /// What the sentence says in front of it: an office or a role.
    pub(super) role: Option<String>,
    /// How many words lie between it and one that reports speech, if one stands close by.
    pub(super) reports: Option<u8>,
}

/// A word of the text.
#[derive(Clone, Copy)]
struct Word<'a> {
    span: Span,
    text: &'a str,
}

impl Word<'_> {
    fn is_capitalised(&self) -> bool {
        let mut letters = self.text.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    }
}

/// The names in `[start, end)`, in order.
pub(super) fn mentions(text: &Text, start: Offset, end: Offset) -> Vec<Mention> {
    let segments = segment::word_segments(text, start).take_while(|span| span.start() < end);
    let words = segments.map(|span| Word { span, text: text.slice(span) }).filter(|word| segment::is_word(word.text));
    let words: Vec<Word> = words.collect();
    let mut found = Vec::new();
    let mut place = 0;
    while place < words.len() {
        let length = run_from(text, &words[place..]);
        if let Some(mention) =
            Some(length).filter(|length| *length >= 2).and_then(|length| mention(text, &words, place, length))
        {
            if mention.role.is_some() {
                // What looked like a name before it is part of its role: «Аким Карагандинской области Ермаганбет Булекпаев».
                let sentence = segment::sentence(text, mention.span.start()).unwrap_or(mention.span);
                found.retain(|other: &Mention| other.span.start() < sentence.start());
            }
            found.push(mention);
        }
        place += length.max(1);
    }
    found
}

/// How many capitalised words stand beside each other at the start of `words`.
fn run_from(text: &Text, words: &[Word]) -> usize {
    let beside =
        |pair: &&[Word]| pair[1].is_capitalised() && text.between(pair[0].span.end(), pair[1].span.start()) == " ";
    match words.first() {
        Some(first) if first.is_capitalised() => 1 + words.windows(2).take_while(beside).count(),
        _ => 0,
    }
}

fn mention(text: &Text, words: &[Word], place: usize, length: usize) -> Option<Mention> {
    let run = &words[place..place + length];
    let patronymic = run.iter().skip(1).any(|word| PATRONYMICS.iter().any(|end| word.text.ends_with(end)));
    let own = length.min(if patronymic { 3 } else { 2 });
    let first = place + length - own;
    let span = text.span(words[first].span.start(), run[length - 1].span.end()).ok()?;
    let before = words[..first].iter().rev().take(1).zip(0_u8..);
    let behind = words[place + length..].iter().take(5).zip(0_u8..);
    let same_sentence = segment::sentence(text, span.start()).is_some_and(|sentence| sentence.covers(span));
    let reports =
        before.chain(behind).filter(|(word, _)| reports_speech(word.text)).map(|(_, distance)| distance).min();
    Some(Mention { span, name: text.slice(span).to_owned(), role: role(text, span).filter(|_| same_sentence), reports })
}

/// The words between the start of the sentence and the name, if they may be a role: capitalised, few, without a pause.
fn role(text: &Text, name: Span) -> Option<String> {
    let sentence = segment::sentence_core(text, name.start())?;
    let before = text.between(sentence.start(), name.start().max(sentence.start())).trim();
    let first = before.chars().next()?;
    let is_plain = !before.contains([',', ';', ':', '–', '—', '"', '«', '(']) && first.is_uppercase();
    let words = before.split_whitespace().count();
    let has_verb = before.split_whitespace().any(reports_speech);
    (is_plain && words <= LONGEST_ROLE && !has_verb).then(|| before.to_owned())
}

/// Whether `word` is a form of one that reports speech.
pub(super) fn reports_speech(word: &str) -> bool {
    let word = word.to_lowercase();
    let lines = include_str!("../../data/builtin/reporting.list").lines().filter(|line| !line.starts_with('#'));
    let mut stems = lines.filter_map(|line| line.split_once(':')).flat_map(|(_, stems)| stems.split_whitespace());
    stems.any(|stem| word.starts_with(stem))
}
