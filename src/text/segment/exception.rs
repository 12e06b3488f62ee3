//! Where Unicode's default rules for sentences err in Russian, Kazakh and English, judged by what stands around a bound.

use unicode_segmentation::UnicodeSegmentation;

/// One abbreviation a line, without its last full stop, after the name of its [`Kind`].
const ABBREVIATIONS: &str = include_str!("../../../data/builtin/abbreviations.list");

/// What an abbreviation tells about what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// It stands before a name («г. Алматы»), unless a number precedes it («в 2020 г.»).
    Name,
    /// It stands before a number («ст. 5»).
    Number,
    /// It stands before what is counted («млрд. АҚШ доллары»).
    Count,
    /// It may end a sentence («и т. д.»).
    End,
}

/// Whether the sentence goes on over a bound between `before` and `after`, which are of one line.
pub(super) fn goes_on(before: &str, after: &str) -> bool {
    let core = before.trim_end();
    let separated = before.chars().rev().take_while(|c| c.is_whitespace()).any(is_separator);
    let Some(next) = after.chars().find(|c| !is_opening(*c)) else { return false };
    if separated {
        return false;
    }
    if next.is_lowercase() {
        return true;
    }
    core.strip_suffix('.').is_some_and(|stem| {
        is_abbreviation(stem, after, next) || is_initial(stem) && next.is_uppercase() || is_item_number(stem)
    })
}

/// Whether a sentence ends between `before`, which ends with a blank, and `after`, though UAX #29 sees no bound there.
///
/// It sees none behind «…», none before a number («в 2024 году. 15 мая…») and none before a dash («Он ушёл. – Да?»).
pub(super) fn also_ends(before: &str, after: &str) -> bool {
    let core = before.trim_end();
    let bare = core.trim_end_matches(is_closing);
    let closed = bare.len() < core.len();
    let mut ahead = after.chars();
    let (Some(stop), Some(next)) = (bare.chars().next_back(), ahead.next()) else { return false };
    match stop {
        '.' if next.is_numeric() => closed || ends_with_word(bare),
        '.' | '!' | '?' | '…' if is_dash(next) => {
            !closed && ahead.next().is_some_and(char::is_whitespace) && starts_afresh(ahead.as_str().trim_start())
        }
        '…' => ends_with_word(bare) && starts_afresh(after),
        _ => false,
    }
}

/// Whether a word of two letters or more stands right before the stops that end `text`.
fn ends_with_word(text: &str) -> bool {
    let word = text.trim_end_matches(['.', '!', '?', '…']);
    word.len() < text.len() && word.graphemes(true).rev().take(2).filter(|g| g.chars().all(is_of_word)).count() == 2
}

fn is_of_word(c: char) -> bool {
    c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)
}

fn starts_afresh(text: &str) -> bool {
    text.chars().find(|c| !is_opening(*c)).is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

fn is_abbreviation(stem: &str, after: &str, next: char) -> bool {
    let stem = compact(stem);
    let lower = stem.to_lowercase();
    let known = ABBREVIATIONS.lines().filter_map(entry).filter(|(_, abbreviation)| {
        [&stem, &lower]
            .into_iter()
            .any(|stem| stem.strip_suffix(abbreviation).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
    });
    let Some((kind, abbreviation)) = known.max_by_key(|(_, abbreviation)| abbreviation.len()) else { return false };
    let rest = lower.strip_suffix(&abbreviation.to_lowercase()).unwrap_or(&lower).trim_end();
    match kind {
        Kind::Name if follows_number(rest) => next.is_numeric(),
        Kind::Name => true,
        Kind::Number | Kind::End => next.is_numeric() || next == '№',
        Kind::Count => next.is_numeric() || after.chars().take(2).all(char::is_uppercase),
    }
}

fn entry(line: &str) -> Option<(Kind, &str)> {
    let (kind, abbreviation) = line.split_once(' ')?;
    let kind = match kind {
        "name" => Kind::Name,
        "number" => Kind::Number,
        "count" => Kind::Count,
        "end" => Kind::End,
        _ => return None,
    };
    Some((kind, abbreviation.trim()))
}

/// `stem` without the blanks behind full stops: «т. е» and «т.е» are one abbreviation.
fn compact(stem: &str) -> String {
    let mut compact = String::with_capacity(stem.len());
    for c in stem.chars() {
        if !(c.is_whitespace() && compact.ends_with('.')) {
            compact.push(c);
        }
    }
    compact
}

/// Whether `text` ends with a digit or, in lower case, a Roman number («xx в.»).
fn follows_number(text: &str) -> bool {
    let last = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    text.ends_with(char::is_numeric) || !last.is_empty() && last.chars().all(|c| "ivxlc".contains(c))
}

/// Whether `stem` ends with a single capital: «А. С. Пушкин».
fn is_initial(stem: &str) -> bool {
    let mut letters = stem.graphemes(true).rev();
    letters.next().is_some_and(|last| last.starts_with(char::is_uppercase))
        && letters.next().is_none_or(|before| !before.starts_with(char::is_alphanumeric))
}

/// Whether `stem` is the number of a list item, at the start of a sentence: «1. Первое», «2.3. Общее», «II. Итоги».
fn is_item_number(stem: &str) -> bool {
    let number = stem.rsplit(char::is_whitespace).next().unwrap_or_default();
    let before = stem.strip_suffix(number).unwrap_or_default().trim_end();
    let is_roman = number.chars().all(|c| "IVXLC".contains(c));
    let is_arabic = number.chars().all(|c| c.is_ascii_digit() || c == '.');
    (1..=6).contains(&number.len())
        && (is_roman || is_arabic)
        && (before.is_empty() || before.ends_with(['.', '!', '?', '…', ':', ';']))
}

fn is_separator(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '«' | '“' | '„' | '‘' | '‚' | '‹' | '(' | '[' | '{')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '»' | '”' | '“' | '’' | '‘' | '›' | ')' | ']' | '}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―')
}
