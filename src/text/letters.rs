//! Letters that are one to a reader, however they were written: «е» and «ё», a Kazakh letter and the Russian one that stands for it where a
//! keyboard lacks it («казак», «қазақ»), and any letter with a stress mark.

use unicode_normalization::UnicodeNormalization;

/// Small letters that count as one, the plainest first.
const GROUPS: [&str; 10] = ["её\u{450}", "и\u{45d}", "аә", "гғ", "иі", "кқ", "нң", "оө", "уұү", "хһ"];

/// All small letters that count as the small letter `c`, itself among them.
pub fn spellings(c: char) -> impl Iterator<Item = char> {
    let others = GROUPS.iter().filter(move |group| group.contains(c)).flat_map(|group| group.chars());
    std::iter::once(c).chain(others.filter(move |own| *own != c))
}

/// Whether `c` is a stress mark.
pub const fn is_stress(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}')
}

/// `words` in small letters without stress marks, each letter as the plainest of those that count as it: what is one to a reader is then
/// equal.
///
/// ```
/// use tribune::text::letters::folded;
///
/// assert_eq!(folded("Қоролё\u{301}в 👍"), folded("КОРОЛЕВ 👍"));
/// ```
pub fn folded(words: &str) -> String {
    let plain =
        |c: char| GROUPS.iter().find(|group| group.contains(c)).and_then(|group| group.chars().next()).unwrap_or(c);
    words.nfc().flat_map(char::to_lowercase).filter(|c| !is_stress(*c)).map(plain).collect()
}
