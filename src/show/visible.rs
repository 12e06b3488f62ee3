//! Text for a terminal: a transcript is untrusted, and an escape character in it must not steer anything.
//!
//! | in the text | shown |
//! |---|---|
//! | CR LF, CR, LF | a line end, or `⏎` where there is room for one line only |
//! | tab | itself, or a space in one line |
//! | other C0 controls, DEL | their control pictures: `␛`, `␀`, `␡` |
//! | C1 controls, bidi controls, line separators, byte-order marks, soft hyphens and what else takes no room | their number: `⟨U+202E⟩` |
//! | a joiner behind a Cyrillic or Latin letter, where it joins nothing | its number |
//!
//! Everything else stands as it is; joiners elsewhere too, or emoji would fall apart.

use std::fmt::Write as _;

/// `text` with its line ends, safe to print.
pub(crate) fn prose(text: &str) -> String {
    shown(text, '\n', '\t')
}

/// `text` on one line, safe to print.
pub(crate) fn line(text: &str) -> String {
    shown(text, '⏎', ' ')
}

fn shown(text: &str, line_end: char, tab: char) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut letter = '\0';
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' => shown.push(line_end),
            '\t' => shown.push(tab),
            '\0'..'\u{20}' => shown.push(picture(c)),
            '\u{7f}' => shown.push('␡'),
            _ if is_hidden(c) || is_joiner(c) && letter < JOINING => {
                // Writing to a string cannot fail.
                write!(shown, "⟨U+{:04X}⟩", u32::from(c)).ok();
            }
            _ => shown.push(c),
        }
        if !is_joiner(c) && !matches!(c, '\u{300}'..='\u{36f}') {
            letter = c;
        }
    }
    shown
}

/// Letters before this one (Latin, Greek, Cyrillic) are not joined.
const JOINING: char = '\u{530}';

const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// The picture of a C0 control; Unicode has them in the same order from U+2400.
fn picture(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Whether `c` acts on a terminal or on the order of its neighbours without showing itself, or is not to be seen at all.
const fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_becomes_visible() {
        assert_eq!(prose("\u{1b}[2J\0\u{7f}\u{9b}\u{202e}\u{feff}"), "␛[2J␀␡⟨U+009B⟩⟨U+202E⟩⟨U+FEFF⟩");
        assert_eq!(line("тру\u{ad}д\u{200b} и\u{306}\u{2060} 👍"), "тру⟨U+00AD⟩д⟨U+200B⟩ и\u{306}⟨U+2060⟩ 👍");
    }

    #[test]
    fn a_joiner_within_a_word_that_joins_nothing_becomes_visible() {
        assert_eq!(prose("тру\u{200d}д, и\u{306}\u{200c}а 👩🏽‍🌾"), "тру⟨U+200D⟩д, и\u{306}⟨U+200C⟩а 👩🏽‍🌾");
        assert_eq!(line("\u{200d}Труд, می\u{200c}خواهم 👍"), "⟨U+200D⟩Труд, می\u{200c}خواهم 👍");
    }

    #[test]
    fn letters_accents_and_joined_emoji_stand_as_they_are() {
        assert_eq!(prose("За\u{301}мок, й, 👩🏽‍🌾\u{a0}–"), "За\u{301}мок, й, 👩🏽‍🌾\u{a0}–");
    }

    #[test]
    fn line_ends_of_all_kinds_become_one() {
        assert_eq!(prose("й\r\nй\rй\u{301}\n👍"), "й\nй\nй\u{301}\n👍");
        assert_eq!(line("й\r\nй\u{301}\t👍\n"), "й⏎й\u{301} 👍⏎");
    }
}
