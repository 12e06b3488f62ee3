//! Cyrillic letters → the US key at the same position.
//!
//! One table serves Russian and standard Kazakh (xkeyboard-config `symbols/ru`, `symbols/kz`): their letters do not collide.
//! Punctuation is left out on purpose: on these layouts it sits on other keys, and a mark is taken by its meaning.

/// Each letter of a Russian or Kazakh keyboard with the US key at its position, unshifted and shifted.
const POSITIONS: [(&str, &str); 6] = [
    ("йцукенгшщзхъ", "qwertyuiop[]"),
    ("фывапролджэё", "asdfghjkl;'`"),
    ("ячсмитьбю", "zxcvbnm,."),
    ("ЙЦУКЕНГШЩЗХЪ", "QWERTYUIOP{}"),
    ("ФЫВАПРОЛДЖЭЁ", "ASDFGHJKL:\"~"),
    ("ЯЧСМИТЬ", "ZXCVBNM"),
];

/// The letters on the digit row of a Kazakh keyboard.
const KAZAKH: (&str, &str) = ("әіңғүұқөһ", "2345890-=");

/// The US key at the position of `letter`, if that is a Cyrillic letter of a known layout.
///
/// ```
/// use tribune::keymap::us_position;
///
/// assert_eq!(us_position('ф'), Some('a'));
/// assert_eq!(us_position('Щ'), Some('O'));
/// assert_eq!(us_position('a'), None);
/// ```
pub fn us_position(letter: char) -> Option<char> {
    let pairs = POSITIONS.iter().flat_map(|(local, us)| local.chars().zip(us.chars()));
    let digits = KAZAKH.0.chars().zip(KAZAKH.1.chars());
    pairs.chain(digits).find(|(local, _)| *local == letter).map(|(_, us)| us)
}

/// The Russian letter on the US key `us`, for hints.
pub fn local_letter(us: char) -> Option<char> {
    // These two are not taken by position, for on other layouts the marks are elsewhere; where Cyrillic is typed they are.
    if let Some((_, local)) = [('/', '.'), ('?', ',')].into_iter().find(|(own, _)| *own == us) {
        return Some(local);
    }
    let pairs = POSITIONS.iter().flat_map(|(local, us)| local.chars().zip(us.chars()));
    pairs.into_iter().find(|(_, own)| *own == us).map(|(local, _)| local)
}

/// What was typed: as it is, and as the same keys give it on a US and on a Russian keyboard.
///
/// ```
/// use tribune::keymap::on_each_layout;
///
/// assert_eq!(on_each_layout("дфищгк")[1], "labour");
/// assert_eq!(on_each_layout("ghfdf 👍")[2], "права 👍");
/// ```
pub fn on_each_layout(typed: &str) -> [String; 3] {
    let us = typed.chars().map(|c| us_position(c).unwrap_or(c)).collect();
    let russian = typed.chars().map(|c| local_letter(c).unwrap_or(c)).collect();
    [typed.to_owned(), us, russian]
}
