//! What is known of the words around names: `data/builtin/naming.list` and `data/builtin/reporting.list`.

use super::gender::Gender;

/// A kind and its words or phrases a line, parted by commas.
const NAMING: &str = include_str!("../../data/builtin/naming.list");
/// A language and the beginnings of its words a line.
const REPORTING: &str = include_str!("../../data/builtin/reporting.list");

/// Whether `word` is a form of one that reports speech.
pub(super) fn reports_speech(word: &str) -> bool {
    let word = word.to_lowercase();
    let mut stems = lines(REPORTING).flat_map(|(_, stems)| stems.split_whitespace());
    stems.any(|stem| word.starts_with(stem))
}

/// Whether `word` is a title that may be written with a full stop: “Mr.”, “Dr.”.
pub(super) fn is_short_title(word: &str) -> bool {
    of_kind("short", word)
}

/// Whether `word` is put before a name to honour whoever bears it.
pub(super) fn is_honorific(word: &str) -> bool {
    is_courtesy(word) || is_short_title(word)
}

/// Whether `word` is polite and says nothing of an office.
fn is_courtesy(word: &str) -> bool {
    of_kind("courtesy", word)
}

/// Whether `word` says what the bearer of the name behind it is, and is no name itself: «Президент Токаев», “Mr Smith”.
pub(super) fn is_title(word: &str) -> bool {
    let endings = ["", "а", "у", "ом", "е", "і", "ы"];
    is_honorific(word) || endings.iter().filter_map(|end| word.strip_suffix(end)).any(|stem| of_kind("office", stem))
}

/// Whether `word` is an office as whoever has it is called, with or without the Kazakh ending of what it is the office of.
pub(super) fn is_office(word: &str) -> bool {
    let endings = ["", "і", "ы"];
    endings.iter().filter_map(|end| word.strip_suffix(end)).any(|stem| of_kind("office", stem))
}

/// Whether `word` says of an office before which it stands which one it is, or since when.
pub(super) fn is_rank(word: &str) -> bool {
    of_kind("rank", word)
}

/// Whether `words` end with an article, or with one and what honours whoever is meant: “the right hon.”. What follows is no name.
pub(super) fn end_with_article<'a>(words: impl DoubleEndedIterator<Item = &'a str>) -> bool {
    let mut bare = words.rev().map(|word| word.trim_start_matches(|c: char| !c.is_alphanumeric()));
    bare.find(|word| !of_kind("honour", word)).is_some_and(|word| of_kind("article", word))
}

/// Whether `word` is passed over before an office.
pub(super) fn is_passed(word: &str) -> bool {
    is_courtesy(word) || of_kind("passed", word)
}

/// Whether `word` begins a sentence, or follows a verb, and is neither a name nor an office.
pub(super) fn is_aside(word: &str) -> bool {
    of_kind("aside", word) || of_kind("passed", word)
}

/// If `word` is a pronoun for one person: the genders that it may be of.
pub(super) fn pronoun(word: &str) -> Option<&'static [Gender]> {
    const KINDS: [(&str, &[Gender]); 3] =
        [("she", &[Gender::Woman]), ("he", &[Gender::Man]), ("either", &[Gender::Woman, Gender::Man])];
    KINDS.into_iter().find(|(kind, _)| of_kind(kind, word)).map(|(_, genders)| genders)
}

/// Whether `words` part what is named before them from what is named behind: «в эфире», «журналистам», but not «по делам».
pub(super) fn parts<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let mut before = "";
    let mut words = words.map(|word| (std::mem::replace(&mut before, word), word));
    words.any(|(before, word)| {
        of_kind("apart", word) || (before != "по" && (word.ends_with("ам") || word.ends_with("ям")))
    })
}

/// Whether `words` end with a phrase behind which the source of a quotation is named.
pub(super) fn names_source<'a>(words: &(impl DoubleEndedIterator<Item = &'a str> + Clone)) -> bool {
    let ends_with = |phrase: &str| {
        let mut words = words.clone().rev();
        phrase.split(' ').rev().all(|own| words.next().is_some_and(|word| word.to_lowercase() == own))
    };
    phrases("source").any(ends_with)
}

fn of_kind(kind: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    phrases(kind).any(|own| own == word.trim_end_matches('.'))
}

fn phrases(kind: &str) -> impl Iterator<Item = &'static str> {
    let own = lines(NAMING).find(|(own, _)| *own == kind).map_or("", |(_, words)| words);
    own.split(',').map(str::trim)
}

fn lines(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(':'))
}
