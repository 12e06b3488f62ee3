//! The office or the role that the words before a name tell: those of one noun group, right before the name.
//!
//! A group ends at a verb and at what is no part of an office: «Приехал вчера в Омск с большой делегацией губернатор Олег Громов» has
//! «губернатор». At the start of a sentence only a known office begins one, since any word may stand there.

use super::naming::{is_aside, is_office, is_passed, is_rank, parts};

/// A role that begins with a known office is not longer than this, in words.
pub(super) const LONGEST_ROLE: usize = 14;
/// Any other is not longer than this.
const UNKNOWN: usize = 6;
/// A shorter word is no verb: «дел», «сил».
const SHORTEST_VERB: usize = 5;

/// The role that `words` in front of a name tell, without what is but polite; whether they begin the sentence.
pub(super) fn role_of(words: &str, begin_sentence: bool) -> Option<String> {
    let words: Vec<&str> = words.split_whitespace().skip_while(|word| is_passed(word)).collect();
    let verb = words.iter().rposition(|word| is_past(word));
    let words = &words[verb.map_or(0, |verb| verb + 1)..];
    if words.last().is_none_or(|last| is_aside(last) || parts_from(last)) {
        return None;
    }
    let office = words.iter().position(|word| is_office(word));
    let is_sure = begin_sentence || verb.is_some();
    let from = match office {
        Some(office) => group_start(words, office, is_sure),
        None if is_sure || words.len() > UNKNOWN || is_aside(words[0]) => return None,
        None => 0,
    };
    Some(words[from..].join(" ")).filter(|_| words.len() - from <= LONGEST_ROLE)
}

/// Where the group begins that has the known office `office`.
fn group_start(words: &[&str], office: usize, is_sure: bool) -> usize {
    let stop = words[..office].iter().rposition(|word| is_aside(word) || parts_from(word)).map_or(0, |stop| stop + 1);
    let before = &words[stop..office];
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let is_of_preposition = stop > 0 && parts_from(words[stop - 1]);
    // “British Prime Minister”, «Мемлекет басшысы»: the office stands last.
    let is_last = words[office].ends_with(['і', 'ы']) || (is_capital(&words[office]) && before.iter().all(is_capital));
    let is_plain = stop == 0 && !is_sure;
    let is_taken = (is_plain || is_last) && !is_of_preposition && before.len() < UNKNOWN;
    // «Бывший министр»
    let first = before.iter().rposition(|word| !is_rank(word)).map_or(stop, |other| stop + other + 1);
    if is_taken { stop } else { first }
}

/// Whether what stands behind `word` is no longer of the office before.
fn parts_from(word: &str) -> bool {
    parts(std::iter::once(word))
}

/// Whether a word looks like a Russian verb in the past, of a man or with «ся».
fn is_past(word: &str) -> bool {
    let stem = word.strip_suffix("ся").or_else(|| word.strip_suffix("ась")).or_else(|| word.strip_suffix("ись"));
    let is_long = word.chars().count() >= SHORTEST_VERB;
    let ends =
        ["ал", "ял", "ел", "ил", "ыл", "ул"].iter().any(|end| stem.unwrap_or(word).to_lowercase().ends_with(end));
    ends && is_long && !is_office(word)
}
