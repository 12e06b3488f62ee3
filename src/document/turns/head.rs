//! The head of a line, and whether it names a speaker.

use super::words::Words;

/// What a line begins with when a speaker begins there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head<'a> {
    /// The name, without role, time and brackets.
    pub(super) speaker: &'a str,
    /// Where the speech begins, in bytes; the end of the line if there is none.
    pub(super) speech: usize,
    pub(super) certainty: Certainty,
}

/// How much the shape of a name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    Sure,
    /// A single word that any heading might be; it is a name if the transcript has it twice.
    IfRepeated,
}

/// The most words of a name, titles and particles aside.
const MOST_WORDS: usize = 4;

/// The most digits of the number of a speaker without a name.
const MOST_DIGITS: usize = 3;

impl<'a> Head<'a> {
    /// The speaker that `line` begins with, if it names one.
    pub(super) fn parse(whole: &'a str, words: &Words) -> Option<Self> {
        let line = without_time(whole.trim_start_matches(is_blank));
        let line = without_dash(line).unwrap_or(line);
        let (label, speech) = line.split_once(':')?;
        if speech.starts_with(|c: char| !c.is_whitespace() && !is_mark(c)) {
            return None;
        }
        let (name, role) = name_and_role(label.trim())?;
        if role.split_whitespace().any(|word| words.is_saying(word)) {
            return None;
        }
        let certainty = if is_part_by_itself(name, words) {
            Certainty::Sure
        } else if is_capital_name(name) || !speech.trim_start().starts_with(char::is_lowercase) {
            certainty(name, words)?
        } else {
            return None;
        };
        Some(Self { speaker: name, speech: whole.len() - speech.trim_start().len(), certainty })
    }
}

/// Whether `line` begins as a line of dialogue does: a dash, a blank, and no small letter.
pub(super) fn is_dialogue(line: &str) -> bool {
    without_dash(line.trim_start_matches(is_blank)).is_some_and(|speech| {
        let first = speech.chars().find(|c| !is_mark(*c));
        first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    })
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// What may stand before the first word of a speech.
fn is_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '«' | '“' | '„' | '‘' | '(' | '[' | '…' | '.' | '–' | '—' | '-' | '*' | '_')
}

/// `line` without the time stamp that it begins with, as `[00:12:30]`, `(12:30)` or `00:12:30.500 –`.
fn without_time(line: &str) -> &str {
    let inner = line.trim_start_matches(['[', '(']);
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ','));
    let time = inner.strip_suffix(rest).unwrap_or_default();
    if !time.contains(':') || !time.starts_with(|c: char| c.is_ascii_digit()) || time.ends_with(':') {
        return line;
    }
    let rest = rest.strip_prefix([']', ')']).unwrap_or(rest);
    rest.trim_start_matches(is_blank)
}

/// What follows the dash and the blank that `line` begins with.
fn without_dash(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['–', '—', '―', '-', '−'])?;
    rest.starts_with(char::is_whitespace).then(|| rest.trim_start())
}

/// Parts `Name (role)`, `Name, role` and `[Name]`; the role is empty when there is none.
fn name_and_role(label: &str) -> Option<(&str, &str)> {
    let label = label.trim_matches(['*', '_']);
    if let Some(name) = label.strip_prefix('[').and_then(|label| label.strip_suffix(']')) {
        return Some((name.trim(), ""));
    }
    if let Some((name, role)) = label.split_once('(') {
        return Some((name.trim_end(), role.strip_suffix(')')?));
    }
    match label.split_once(',') {
        // A second comma makes it a sentence («Закиров, открывая форум, сказал:»), and so does a word alone before the first
        // («Today, America says:»).
        Some((name, role)) => {
            let is_name = name.trim_end().contains(char::is_whitespace) && !role.contains(',');
            is_name.then(|| (name.trim_end(), role.trim_start()))
        }
        None => Some((label, "")),
    }
}

/// Whether `name` is what a transcript calls somebody whose name nobody knows: «Голос из зала», «Спикер 1», `SPEAKER_01`. No sentence
/// begins so, and what an automatic transcript has such a speaker say may begin small.
fn is_part_by_itself(name: &str, words: &Words) -> bool {
    let part = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_numbered = part.len() < name.len() && name.len() - part.len() <= MOST_DIGITS;
    let part = part.trim_end_matches([' ', '\u{a0}', '_', '#', '№']);
    let is_capitalised = name.starts_with(char::is_uppercase);
    is_capitalised && (words.is_voice(name) || is_numbered && words.is_numbered(part))
}

/// How sure it is that `name` is one, or `None` if it is not.
fn certainty(name: &str, words: &Words) -> Option<Certainty> {
    let own = words_of_name(name, words);
    let is_no_name = |word: &&str| !is_initials(word) && words.is_no_name(word);
    if !has_shape_of_name(&own, words) || own.iter().any(is_no_name) {
        return None;
    }
    let is_linked = own.len() < name.split_whitespace().count();
    let is_sure = is_capital_name(name)
        || if is_linked {
            own.iter().any(|word| words.is_office(word) && is_capital_name(word))
        } else {
            own.len() > 1 || words.is_part(name) || words.is_family_name(name)
        };
    Some(if is_sure { Certainty::Sure } else { Certainty::IfRepeated })
}

/// The words of `name`; where one of them is an office, without the article before and what links the others to it: `THE SPEAKER`,
/// `The PRESIDENT OF THE SENATE`.
fn words_of_name<'a>(name: &'a str, words: &Words) -> Vec<&'a str> {
    let all: Vec<&str> = name.split_whitespace().collect();
    if !all.iter().any(|word| words.is_office(word)) {
        return all;
    }
    let before = std::iter::once(None).chain(all.iter().map(Some));
    let is = |own: &str, word: &str| own.eq_ignore_ascii_case(word);
    let is_link = |word: &str, before: Option<&&str>| match before {
        None => is(word, "the"),
        Some(before) => is(word, "of") || is(word, "the") && is(before, "of"),
    };
    all.iter().zip(before).filter(|(word, before)| !is_link(word, *before)).map(|(word, _)| *word).collect()
}

/// Whether a name has one to four capitalised words, with titles, initials and particles between.
fn has_shape_of_name(name: &[&str], words: &Words) -> bool {
    let whole = name.iter().filter(|part| !part.ends_with('.') && !words.is_particle(part)).count();
    name.first().is_some_and(|first| first.starts_with(char::is_uppercase))
        && name.iter().all(|part| is_capitalised(part) || words.is_particle(part))
        && (1..=MOST_WORDS).contains(&whole)
}

/// Whether `word` is one or more initials, «А.» or «А.С.».
fn is_initials(word: &str) -> bool {
    word.ends_with('.')
        && word.split_terminator('.').all(|letter| letter.chars().filter(|c| c.is_alphabetic()).count() == 1)
}

/// Whether `word` begins with a capital and has but letters, marks on them, hyphens, apostrophes and full stops.
fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || is_accent(c) || matches!(c, '-' | '‑' | '\'' | '’' | '.'))
}

fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether `name` is written in capitals alone, two or more.
fn is_capital_name(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).count() > 1 && !name.chars().any(char::is_lowercase)
}
