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
        let certainty = certainty(name, role, words)?;
        if !is_capital_name(name) && speech.trim_start().starts_with(char::is_lowercase) {
            return None;
        }
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

/// How sure it is that `name` is one, or `None` if it is not.
fn certainty(name: &str, role: &str, words: &Words) -> Option<Certainty> {
    let is_no_name = |word: &str| !is_initials(word) && words.is_no_name(word);
    if !has_shape_of_name(name, words)
        || name.split_whitespace().any(is_no_name)
        || role.split_whitespace().any(|word| words.is_saying(word))
    {
        return None;
    }
    let is_sure = name.contains(char::is_whitespace)
        || is_capital_name(name)
        || words.is_part(name)
        || words.is_family_name(name);
    Some(if is_sure { Certainty::Sure } else { Certainty::IfRepeated })
}

/// Whether `name` has one to four capitalised words, with titles, initials and particles between.
fn has_shape_of_name(name: &str, words: &Words) -> bool {
    let mut parts = name.split_whitespace();
    let whole = parts.clone().filter(|part| !part.ends_with('.') && !words.is_particle(part)).count();
    name.starts_with(char::is_uppercase)
        && parts.all(|part| is_capitalised(part) || words.is_particle(part))
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
