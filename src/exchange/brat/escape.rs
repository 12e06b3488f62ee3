//! Words within a line: what would end the column or the line is escaped.

use std::fmt::Write as _;

/// `words` on one line and in one column.
pub(super) fn escaped(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    escape(words, &mut line);
    line
}

/// Appends `words` to `line`, which stays one line and this one column.
pub(super) fn escape(words: &str, line: &mut String) {
    let is_plain = |c: char| c != '\\' && !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}');
    if words.chars().all(is_plain) {
        line.push_str(words);
        return;
    }
    for c in words.chars() {
        match c {
            '\\' => line.push_str("\\\\"),
            '\n' => line.push_str("\\n"),
            '\t' => line.push_str("\\t"),
            _ if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                // Writing to a string cannot fail.
                write!(line, "\\u{:04x}", u32::from(c)).ok();
            }
            _ => line.push(c),
        }
    }
}

/// The words that `line` stands for; a backslash before anything else is itself.
pub(super) fn unescaped(line: &str) -> String {
    let mut words = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once('\\') {
        words.push_str(before);
        let code =
            || behind.strip_prefix('u').and_then(|hex| hex.get(..4)).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        let (c, length) = match behind.chars().next() {
            Some('\\') => ('\\', 1),
            Some('n') => ('\n', 1),
            Some('t') => ('\t', 1),
            Some('u') => code().and_then(char::from_u32).map_or(('\\', 0), |c| (c, 5)),
            _ => ('\\', 0),
        };
        words.push(c);
        rest = behind.get(length..).unwrap_or_default();
    }
    words + rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{escaped, unescaped};

    #[test]
    fn what_is_escaped_stays_on_one_line_and_comes_back() {
        assert_eq!(escaped("и\u{301}\n\\n👍\t\u{2028}"), "и\u{301}\\n\\\\n👍\\t\\u2028");
        assert_eq!(unescaped(r"C:\work \q \u12 \"), r"C:\work \q \u12 \");
    }

    proptest! {
        #[test]
        fn any_words_come_back(words in any::<String>()) {
            let line = escaped(&words);
            prop_assert!(!line.contains(['\n', '\t', '\r', '\u{2028}']), "{}", line);
            prop_assert_eq!(unescaped(&line), words);
        }
    }
}
