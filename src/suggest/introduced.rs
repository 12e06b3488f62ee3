//! Whom a family name alone means of whom the register knows nothing.
//!
//! A report introduces people by their whole names and then goes on with the last («Серик Беркамалов … Беркамалов отметил»); a
//! transcript has them at the start of their turns («БЕРКАМАЛОВ С.А.: …»).

use super::form::{family, same_word};
use super::mention::{Mention, mentions};
use super::naming::{end_with_article, is_honorific, is_title, parts};
use super::speaker::Candidate;
use super::speaking::labelled;
use crate::document::Document;
use crate::text::{Line, Offset, Span, Text, segment};

/// How many words may lie between the name and the verb.
const BESIDE: u8 = 1;
/// A shorter word is no family name.
const SHORTEST: usize = 3;
/// How many places above are looked at where the family name stands.
const PLACES: usize = 20;
/// How far above they are looked for, in bytes: a transcript may be of 100 MB.
const FAR: usize = 1 << 20;
/// How far around one of them the whole name is looked for, in bytes.
pub(super) const AROUND: usize = 200;
/// How many letters at the end of a name its case may change.
const ENDING: usize = 2;

/// Endings of words that no sentence is about.
const OBLIQUE: [&str; 9] = ["ого", "его", "ому", "ему", "ую", "ию", "ией", "ами", "ах"];

/// Whom the word of `mention` means, beside a verb that reports speech or a phrase that names a source.
pub(super) fn introduced(document: &Document, mention: &Mention) -> Option<Candidate> {
    let word = mention.name.as_str();
    let is_beside = mention.is_source || mention.reports.is_some_and(|distance| distance <= BESIDE);
    let is_long = word.chars().count() >= SHORTEST;
    let is_object = !mention.is_source && OBLIQUE.iter().any(|ending| word.ends_with(ending));
    // «Агентство «Синьхуа»»: the name is in quotation marks.
    let behind = document.text.between(mention.span.end(), document.text.end());
    let is_kind = behind.trim_start().starts_with(['«', '“', '"']) && behind.starts_with(char::is_whitespace);
    if !is_beside
        || !is_long
        || is_object
        || is_kind
        || is_place(document, mention)
        || is_apposed(document, mention)
        || has_article(&document.text, mention.span)
        || is_title(word)
        || is_usual(document, mention)
    {
        return None;
    }
    let alone = || Candidate { name: mention.called(), role: mention.role.clone(), known: None };
    Some(bearer_of(document, mention).unwrap_or_else(alone))
}

/// Whom the family name behind a title means: “Mr. White”. Nobody, if no whole name above ends with it and nobody speaks by it.
pub(super) fn titled(document: &Document, mention: &Mention) -> Option<Candidate> {
    let (title, family) = mention.name.split_once(' ')?;
    let brief = || Mention { name: family.to_owned(), is_whole: false, ..mention.clone() };
    if is_honorific(title) { bearer_of(document, &brief()) } else { None }
}

fn bearer_of(document: &Document, mention: &Mention) -> Option<Candidate> {
    above(document, mention).or_else(|| speaking(document, mention))
}

/// Whether a preposition stands before the word: “Mary Jones of Leeds wrote”.
fn is_place(document: &Document, mention: &Mention) -> bool {
    let text = &document.text;
    let start = text.line(text.line_of(mention.span.start())).start;
    let word = text.between(start, mention.span.start()).split_whitespace().next_back();
    !mention.is_source && word.is_some_and(|word| parts(std::iter::once(word)))
}

/// Whether the word stands between commas behind a whole name, as the place does that somebody is from: “Mary Jones, Leeds, wrote”.
fn is_apposed(document: &Document, mention: &Mention) -> bool {
    let Line { start, end, .. } = document.text.line(document.text.line_of(mention.span.start()));
    let before = document.text.between(start, mention.span.start()).trim_end().strip_suffix(',');
    let is_closed = document.text.between(mention.span.end(), end).starts_with(',');
    let words = before.into_iter().flat_map(|before| before.split_whitespace().rev().take(2));
    is_closed && words.filter(|word| word.starts_with(char::is_uppercase)).count() == 2
}

/// Whether an article stands before what is in `span`: “the Chair”, “the honourable Member”. Then it is no name.
pub(super) fn has_article(text: &Text, span: Span) -> bool {
    let start = text.line(text.line_of(span.start())).start;
    end_with_article(text.between(start, span.start()).split_whitespace())
}

/// The whole name above that ends with the word, the nearest one.
fn above(document: &Document, mention: &Mention) -> Option<Candidate> {
    let text = &document.text;
    let places = places_of(text, &mention.name, mention.span.start());
    places.into_iter().find_map(|at| {
        let mut named = named_around(text, at).into_iter().filter(|own| own.is_whole && own.span.contains(at));
        let own =
            named.find(|own| is_of(&own.name, mention) && !own.name.split(' ').next().is_some_and(is_honorific))?;
        Some(Candidate { name: own.name, role: own.role, known: None })
    })
}

/// Where forms of `word` may stand before `end`, the nearest first.
pub(super) fn places_of(text: &Text, word: &str, end: Offset) -> Vec<Offset> {
    let from = text.boundary_at_or_before(end.bytes().saturating_sub(FAR));
    let before = text.between(from, end);
    let length = word.chars().count().saturating_sub(ENDING).max(SHORTEST);
    let stem: String = word.chars().take(length).collect();
    memchr::memmem::rfind_iter(before.as_bytes(), stem.as_bytes())
        .take(PLACES)
        .map(|at| Offset::new(from.bytes() + at))
        .collect()
}

/// The names around `at` in its line.
pub(super) fn named_around(text: &Text, at: Offset) -> Vec<Mention> {
    let Line { start, end, .. } = text.line(text.line_of(at));
    let from = text.boundary_at_or_before(at.bytes().saturating_sub(AROUND)).max(start);
    let to = text.boundary_at_or_before(at.bytes() + AROUND).min(end);
    mentions(text, from, to)
}

/// Who has turns in the transcript and is called so.
fn speaking(document: &Document, mention: &Mention) -> Option<Candidate> {
    let labels = document.turns.iter().filter_map(|turn| turn.speaker.as_deref());
    let (name, role) = labels.map(labelled).find(|(name, _)| is_of(name, mention))?;
    Some(Candidate { name, role, known: None })
}

/// Whether the word of `mention` is a form of the family name in `name`.
fn is_of(name: &str, mention: &Mention) -> bool {
    family(name).is_some_and(|own| same_word(own, &mention.name)) && mention.may_be_of(name)
}

/// Whether the word begins its sentence and stands elsewhere with a small letter: then it is no name.
fn is_usual(document: &Document, mention: &Mention) -> bool {
    let text = &document.text;
    let begins = segment::sentence_core(text, mention.span.start()).map(Span::start) == Some(mention.span.start());
    let small = mention.name.to_lowercase();
    begins && text.as_str().match_indices(&small).any(|(at, _)| is_word(text.as_str(), at, at + small.len()))
}

/// Whether the letters at these bytes are a word of their own.
fn is_word(text: &str, start: usize, end: usize) -> bool {
    let (before, behind) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    !before.ends_with(char::is_alphanumeric) && !behind.starts_with(char::is_alphanumeric)
}
