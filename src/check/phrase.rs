//! The same phrase tagged here and not there.
//!
//! Only what is likely a slip: phrases of several long words, written alike but for case and blanks, that are tagged at least as
//! often as not. In a document that is not done, what lies behind the last annotation is still to be read.

use std::collections::{HashMap, VecDeque};

use super::{Code, Scene};
use crate::annotation::{Annotation, Status};
use crate::schema::LayerId;
use crate::text::segment::{is_word, word_segments};
use crate::text::{Fragments, Offset, Span, Text};

/// The most words that are still a phrase.
const LONGEST: usize = 6;

/// A word with as many letters says something by itself, and a phrase needs two of them.
const LONG: usize = 4;

/// How many phrases are reported; more would not be read.
const MOST: usize = 10;

/// A phrase that somebody tagged.
struct Phrase<'a> {
    words: Vec<String>,
    /// The first annotation of it.
    annotation: &'a Annotation,
    tagged: usize,
    /// Where it stands and is not tagged.
    missed: Vec<Span>,
}

/// A phrase that is tagged in one place is tagged wherever it stands.
pub(super) fn phrases_are_tagged_throughout(scene: &mut Scene<'_>) {
    let (set, text) = (scene.set, &scene.document.text);
    let mut phrases = phrases(scene);
    let mut by_last_word: HashMap<String, Vec<usize>> = HashMap::new();
    for (number, phrase) in phrases.iter().enumerate() {
        by_last_word.entry(phrase.words.last().cloned().unwrap_or_default()).or_default().push(number);
    }
    let end = match set.status() {
        Status::Done => text.end(),
        Status::Open => set.iter().filter_map(Annotation::fragments).map(Fragments::end).max().unwrap_or_default(),
    };
    if phrases.is_empty() {
        return;
    }
    each_run(text, end, |run: &VecDeque<(String, Span)>| {
        let Some((last, last_span)) = run.back() else { return };
        for number in by_last_word.get(last).into_iter().flatten() {
            let phrase = &mut phrases[*number];
            let tail = run.iter().skip(run.len().saturating_sub(phrase.words.len()));
            if !tail.clone().map(|(word, _)| word).eq(&phrase.words) {
                continue;
            }
            let span = tail.map(|(_, span)| *span).fold(*last_span, Span::hull);
            if set.overlapping(span).all(|(_, other)| other.layer != phrase.annotation.layer) {
                phrase.missed.push(span);
            }
        }
    });
    let missed = |own: &&Phrase<'_>| !own.missed.is_empty() && own.missed.len() <= own.tagged;
    phrases.iter().filter(missed).take(MOST).for_each(|phrase| report(scene, phrase));
}

fn report(scene: &mut Scene<'_>, phrase: &Phrase<'_>) {
    let Some((first, more)) = phrase.missed.split_first() else { return };
    let Annotation { label, .. } = phrase.annotation;
    let elsewhere = match more.len() {
        0 => String::new(),
        1 => ", nor at one more place".to_owned(),
        number => format!(", nor at {number} more places"),
    };
    let words = scene.document.text.slice(*first).split_whitespace().collect::<Vec<_>>().join(" ");
    let message = format!("«{words}» is tagged `{label}` in {} and not here{elsewhere}", phrase.annotation.name());
    scene.report_at(Code::MissedPhrase, phrase.annotation, *first, message, "tag it here too, if it means the same");
}

/// The phrases that are tagged, in text order, each once for every layer.
fn phrases<'a>(scene: &Scene<'a>) -> Vec<Phrase<'a>> {
    let mut phrases: Vec<Phrase<'a>> = Vec::new();
    let mut known: HashMap<(&LayerId, Vec<String>), usize> = HashMap::new();
    for annotation in scene.set.iter() {
        let Some([span]) = annotation.fragments().map(Fragments::spans) else { continue };
        let Some(words) = words_of(&scene.document.text, *span) else { continue };
        let number = *known.entry((&annotation.layer, words.clone())).or_insert(phrases.len());
        match phrases.get_mut(number) {
            Some(phrase) => phrase.tagged += 1,
            None => phrases.push(Phrase { words, annotation, tagged: 1, missed: Vec::new() }),
        }
    }
    phrases
}

/// The words of `span` in lower case, if they are a phrase: nothing but blanks between them.
fn words_of(text: &Text, span: Span) -> Option<Vec<String>> {
    // A longer stretch cannot be a phrase; no need to look at all of it.
    if span.bytes() > 64 * LONGEST {
        return None;
    }
    let mut words = Vec::new();
    let mut is_broken = false;
    for segment in word_segments(text, span.start()).take_while(|segment| segment.start() < span.end()) {
        let content = text.slice(segment);
        if is_word(content) {
            if is_broken || segment.start() < span.start() || segment.end() > span.end() {
                return None;
            }
            words.push(content.to_lowercase());
        } else if !content.trim().is_empty() {
            is_broken = !words.is_empty();
        }
    }
    let long = words.iter().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= LONG).count();
    (long >= 2 && words.len() <= LONGEST).then_some(words)
}

/// Calls `visit` at each word before `end` with that word and those before it that only blanks part from it, in lower case.
fn each_run(text: &Text, end: Offset, mut visit: impl FnMut(&VecDeque<(String, Span)>)) {
    let mut run = VecDeque::with_capacity(LONGEST);
    for segment in word_segments(text, Offset::ZERO).take_while(|segment| segment.end() <= end) {
        let content = text.slice(segment);
        if is_word(content) {
            if run.len() == LONGEST {
                run.pop_front();
            }
            run.push_back((content.to_lowercase(), segment));
            visit(&run);
        } else if !content.trim().is_empty() {
            run.clear();
        }
    }
}
