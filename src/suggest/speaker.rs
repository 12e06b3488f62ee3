//! Who may be quoted in a span.
//!
//! The name next to the reporting verb behind the quotation («…», – отметил Серик Беркамалов), then in front of it, then the nearest
//! names in the paragraphs above, where a report introduces whom it quotes. Names already registered are recognised in their
//! inflected forms («Беркамалова»), also by family name alone.

use super::mention::{Mention, mentions};
use crate::annotation::{AnnotationSet, Speaker, SpeakerId};
use crate::document::Document;
use crate::text::{Line, Offset, Span, segment};

/// How far behind a quotation its speaker is looked for, in bytes.
const TAIL: usize = 400;
/// How many paragraphs above are looked at.
const ABOVE: usize = 6;
/// Letters that inflection may change at the end of a name.
const ENDING: usize = 3;

/// Someone who may be quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The name, as registered or as the text has it.
    pub name: String,
    /// What the text says they are.
    pub role: Option<String>,
    /// Who it is, if registered.
    pub known: Option<SpeakerId>,
}

/// Who may be quoted in `span`, the likeliest first.
pub fn speakers(document: &Document, set: &AnnotationSet, span: Span) -> Vec<Candidate> {
    let mut found: Vec<(i32, Mention)> = Vec::new();
    let text = &document.text;
    let line = text.line(text.line_of(span.end()));
    let tail_end = text.boundary_at_or_before(line.end.bytes().min(span.end().bytes() + TAIL));
    for (place, mention) in (0..).zip(mentions(text, span.end(), tail_end)) {
        found.push((100 + nearness(&mention) - 10 * place, mention));
    }
    let first = text.line(text.line_of(span.start()));
    let lead_start = text.boundary_at_or_before(first.start.bytes().max(span.start().bytes().saturating_sub(TAIL)));
    for (place, mention) in (0..).zip(mentions(text, lead_start, span.start()).into_iter().filter(is_person)) {
        found.push((60 + nearness(&mention) + place, mention));
    }
    for (distance, line) in (0..).zip(paragraphs_above(document, first.start)) {
        for mention in mentions(text, line.start, line.end).into_iter().filter(is_person) {
            found.push((20 - 12 * distance + if mention.reports.is_some() { 40 } else { 0 }, mention));
        }
    }
    ranked(document, set, span, found)
}

/// Whether a mention away from the quotation's end looks like a person: one who reports, or whose role is told.
fn is_person(mention: &Mention) -> bool {
    mention.reports.is_some() || mention.role.is_some()
}

/// What a reporting verb close by is worth.
fn nearness(mention: &Mention) -> i32 {
    mention.reports.map_or(0, |distance| 50 - 8 * i32::from(distance))
}

/// The registered speaker whom `name` means: in another case or inflected, in capitals, or by the family name alone where only one
/// has it.
pub fn registered<'a>(set: &'a AnnotationSet, name: &str) -> Option<&'a Speaker> {
    let small = |name: &str| name.to_lowercase();
    let name = small(name);
    let called = |own: &&Speaker| names(own).any(|own| same_name(&small(own), &name));
    let family = |own: &&Speaker| own.name.split_whitespace().last().is_some_and(|own| same_word(&small(own), &name));
    set.speakers().find(called).or_else(|| {
        let mut named = set.speakers().filter(family);
        named.next().filter(|_| named.next().is_none())
    })
}

/// The paragraphs above, the nearest first; picture captions and the like are passed over.
fn paragraphs_above(document: &Document, start: Offset) -> impl Iterator<Item = Line> {
    let text = &document.text;
    let number = text.paragraphs_before(text.line_of(start));
    let lines = (0..number).rev().filter_map(|number| text.paragraph(number));
    let is_caption =
        |line: &Line| text.between(line.start, line.end).split_once(": ").is_some_and(|(head, _)| !head.contains(' '));
    let cut = |line: Line| Line {
        end: text.boundary_at_or_before(line.end.bytes().min(line.start.bytes() + 4 * TAIL)),
        ..line
    };
    lines.filter(move |line| !is_caption(line)).take(ABOVE).map(cut)
}

fn ranked(document: &Document, set: &AnnotationSet, span: Span, mut found: Vec<(i32, Mention)>) -> Vec<Candidate> {
    found.sort_by_key(|(score, mention)| (-score, mention.span));
    let mut candidates: Vec<Candidate> = Vec::new();
    for speaker in named_alone(document, set, span) {
        candidates.push(known(speaker));
    }
    for (_, mention) in &found {
        let registered = set.speakers().find(|speaker| is_called(speaker, &mention.name));
        let own = registered
            .map_or_else(|| Candidate { name: mention.name.clone(), role: mention.role.clone(), known: None }, known);
        match candidates.iter_mut().find(|other| same_name(&other.name, &own.name)) {
            Some(other) => other.role = other.role.take().or(own.role),
            None => candidates.push(own),
        }
    }
    candidates
}

fn known(speaker: &Speaker) -> Candidate {
    Candidate { name: speaker.name.clone(), role: speaker.role.clone(), known: Some(speaker.id) }
}

/// Registered speakers whose family name alone stands behind the quotation: «…», – сказал Асанов.
fn named_alone<'a>(document: &'a Document, set: &'a AnnotationSet, span: Span) -> Vec<&'a Speaker> {
    let text = &document.text;
    let line = text.line(text.line_of(span.end()));
    let words = segment::word_segments(text, span.end()).take_while(|word| word.start() < line.end).take(24);
    let words: Vec<&str> = words.map(|word| text.slice(word)).collect();
    let family = |speaker: &Speaker| speaker.name.split_whitespace().last().map(str::to_owned);
    let is_named = |speaker: &&Speaker| {
        family(speaker).is_some_and(|name| {
            words.iter().any(|word| word.chars().next().is_some_and(char::is_uppercase) && same_word(word, &name))
        })
    };
    set.speakers().filter(is_named).collect()
}

/// Whether `name` is a form of the speaker's name or of another that they go by.
fn is_called(speaker: &Speaker, name: &str) -> bool {
    names(speaker).any(|own| same_name(own, name))
}

/// Every name that a speaker goes by.
fn names(speaker: &Speaker) -> impl Iterator<Item = &String> {
    std::iter::once(&speaker.name).chain(&speaker.aliases)
}

/// Whether two names are forms of one: the same words but for their endings.
fn same_name(one: &str, other: &str) -> bool {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split_whitespace().collect(), other.split_whitespace().collect());
    one.len() == other.len() && one.iter().zip(&other).all(|(one, other)| same_word(one, other))
}

/// Endings of names that are adjectives: Токарский, Токарского, Толстая.
const ADJECTIVAL: [&str; 16] =
    ["ого", "его", "ому", "ему", "ыми", "ими", "ий", "ый", "ой", "ей", "ым", "им", "ом", "ем", "ая", "ую"];
/// Kazakh endings that are longer than most.
const LONG_ENDINGS: [&str; 7] = ["дікі", "тікі", "нікі", "дағы", "тағы", "дегі", "тегі"];

/// Whether two words are forms of one: they share their beginning and differ by no more than an ending.
fn same_word(one: &str, other: &str) -> bool {
    let (one, other) = (shortened(one), shortened(other));
    let adjective = |word: &'_ str| ADJECTIVAL.iter().find_map(|ending| word.strip_suffix(ending)).map(str::to_owned);
    let stems = adjective(one).zip(adjective(other));
    if stems.is_some_and(|(one, other)| one == other && one.chars().count() >= 3) {
        return true;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let shared = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let shorter = one.len().min(other.len());
    shared >= 3.min(shorter) && shared + 1 >= shorter && one.len().max(other.len()) - shared <= ENDING
}

/// `word` without a long Kazakh ending.
fn shortened(word: &str) -> &str {
    LONG_ENDINGS.iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}
