//! Letters that look alike in the Cyrillic and the Latin alphabet.
//!
//! They get into words of the other one by the wrong layout and by character recognition. So a word that has letters of both may be
//! meant as a word of either, and is found as both; a word that has those of one alone is what it is, however it looks.

use unicode_normalization::UnicodeNormalization;

use crate::text::letters::is_stress;

/// Cyrillic letters and the Latin ones that look the same; some do as capitals only.
const LOOK_ALIKES: [(&str, &str); 2] =
    [("аеорсухкіһәөёАВЕКМНОРСТУХІҺӘЁ", "aeopcyxkihəɵëABEKMHOPCTYXIHƏË"), ("ЅЈѕј", "SJsj")];

/// One of the two alphabets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alphabet {
    Cyrillic,
    Latin,
}

impl Alphabet {
    pub(super) const ALL: [Self; 2] = [Self::Cyrillic, Self::Latin];

    /// The letter of this alphabet that looks like `c`, or `c` itself.
    fn letter_for(self, c: char) -> char {
        let pair = match self {
            Self::Cyrillic => pairs().find(|(_, latin)| *latin == c).map(|(cyrillic, _)| cyrillic),
            Self::Latin => pairs().find(|(cyrillic, _)| *cyrillic == c).map(|(_, latin)| latin),
        };
        pair.unwrap_or(c)
    }

    /// `words` with each that mixes the alphabets as one of this alphabet; it has as many code points.
    pub(super) fn reading_of(self, words: &str) -> String {
        parts(words)
            .flat_map(|part| part.chars().map(move |c| if is_mixed(part) { self.letter_for(c) } else { c }))
            .collect()
    }
}

fn pairs() -> impl Iterator<Item = (char, char)> {
    LOOK_ALIKES.iter().flat_map(|(cyrillic, latin)| cyrillic.chars().zip(latin.chars()))
}

/// The letters of the other alphabet that look like `c`.
pub(super) fn look_alikes(c: char) -> impl Iterator<Item = char> {
    pairs().filter_map(move |(cyrillic, latin)| match c {
        _ if c == cyrillic => Some(latin),
        _ if c == latin => Some(cyrillic),
        _ => None,
    })
}

/// Whether a word among `words` mixes the alphabets.
pub(super) fn has_mixed(words: &str) -> bool {
    parts(words).any(is_mixed)
}

/// `words` with the Latin letters of Cyrillic words as the Cyrillic ones that they look like: they are looked for as what they were meant
/// to be. Words that are Latin throughout stay.
pub(super) fn at_home(words: &str) -> String {
    let mut settled = String::with_capacity(words.len());
    for part in parts(words) {
        if part.chars().any(is_cyrillic) {
            let letters = part.nfd().filter(|c| !is_stress(*c)).nfc();
            settled.extend(letters.map(|c| Alphabet::Cyrillic.letter_for(c)));
        } else {
            settled.push_str(part);
        }
    }
    settled
}

/// The words of `words`, each with what parts it from the next.
fn parts(words: &str) -> impl Iterator<Item = &str> {
    words.split_inclusive(|c| !is_of_word(c))
}

/// Whether a word has letters of both alphabets; any that is not Cyrillic counts as Latin.
fn is_mixed(word: &str) -> bool {
    word.chars().any(is_cyrillic) && word.chars().any(|c| c.is_alphabetic() && !is_cyrillic(c))
}

/// Whether `c` stands within words, also as a mark on a letter.
pub(super) fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}' | '\u{a640}'..='\u{a69f}')
}
