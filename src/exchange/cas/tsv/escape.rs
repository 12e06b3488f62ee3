//! What stands for what in cells and texts.

/// What a backslash escapes in a cell, with what stands behind it then.
const ESCAPES: [(&str, &str); 10] = [
    ("\\", "\\"),
    ("[", "["),
    ("]", "]"),
    ("|", "|"),
    ("_", "_"),
    ("->", "->"),
    (";", ";"),
    ("\t", "t"),
    ("\n", "n"),
    ("*", "*"),
];

/// What a backslash escapes in a text.
const TEXT_ESCAPES: [(char, char); 6] =
    [('\\', '\\'), ('t', '\t'), ('n', '\n'), ('r', '\r'), ('f', '\u{c}'), ('b', '\u{8}')];

/// `words` in a cell.
pub(super) fn escaped(words: &str) -> String {
    let mut cell = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let found = ESCAPES.iter().find(|(plain, _)| rest.starts_with(plain));
        let (length, instead) = found.map_or((c.len_utf8(), None), |(plain, instead)| (plain.len(), Some(*instead)));
        match instead {
            Some(instead) => {
                cell.push('\\');
                cell.push_str(instead);
            }
            None => cell.push(c),
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    cell
}

/// The words that `cell` stands for; a backslash before anything else is itself.
pub(super) fn unescaped(cell: &str) -> String {
    let mut words = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some((before, behind)) = rest.split_once('\\') {
        words.push_str(before);
        let found = ESCAPES.iter().find(|(_, instead)| behind.starts_with(instead));
        let (plain, length) = found.map_or(("\\", 0), |(plain, instead)| (*plain, instead.len()));
        words.push_str(plain);
        rest = behind.get(length..).unwrap_or_default();
    }
    words + rest
}

/// Whether a backslash and `c` behind it are an escape in a text.
pub(super) fn makes_escape(c: char) -> bool {
    TEXT_ESCAPES.iter().any(|(escape, _)| *escape == c) || c.is_ascii_control()
}

/// The text that `line` stands for; files before 3.2 escape as Java does.
pub(super) fn text(line: &str, is_java: bool) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once('\\') {
        text.push_str(before);
        let next = behind.chars().next();
        let known = next.and_then(|c| TEXT_ESCAPES.iter().find(|(escape, _)| *escape == c));
        let unicode = || {
            let hex = behind.strip_prefix('u').filter(|_| is_java)?.get(..4)?;
            char::from_u32(u32::from_str_radix(hex, 16).ok()?)
        };
        let (c, length) = match (known, next) {
            (Some((_, c)), _) => (*c, 1),
            (None, Some(c)) if c.is_ascii_control() || (is_java && matches!(c, '"' | '\'')) => (c, 1),
            _ => unicode().map_or(('\\', 0), |c| (c, 5)),
        };
        text.push(c);
        rest = behind.get(length..).unwrap_or_default();
    }
    text + rest
}

/// The parts of `cell` between `mark`s that are not escaped.
pub(super) fn parts(cell: &str, mark: char) -> Vec<&str> {
    let mut is_escaped = false;
    cell.split(|c| {
        let is_mark = c == mark && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_mark
    })
    .collect()
}

/// `part` without the number in brackets behind it, and that number, or two of them with `_` between.
pub(super) fn numbered(part: &str) -> (&str, Option<&str>) {
    let numbers = || {
        let (words, number) = part.strip_suffix(']')?.rsplit_once('[')?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
        (is_number && is_plain_behind(words)).then_some((words, Some(number)))
    };
    numbers().unwrap_or((part, None))
}

/// `part` without `->1-2` behind it, and the number of the chain and of the link in it.
pub(super) fn linked(part: &str) -> Option<(&str, usize, usize)> {
    let (words, numbers) = part.rsplit_once("->")?;
    let (chain, link) = numbers.split_once('-')?;
    is_plain_behind(words).then_some((words, chain.parse().ok()?, link.parse().ok()?))
}

/// Whether what stands behind `words` is not escaped.
fn is_plain_behind(words: &str) -> bool {
    words.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cells_fall_apart_at_marks_that_are_not_escaped() {
        assert_eq!(parts(r"NE\|1[2]|й\\|*", '|'), [r"NE\|1[2]", r"й\\", "*"]);
        assert_eq!(numbered("1-1[0_2]"), ("1-1", Some("0_2")));
        assert_eq!(numbered(r"NOTSTACKED\[0\]"), (r"NOTSTACKED\[0\]", None));
        assert_eq!(numbered(r"й\\[3]"), (r"й\\", Some("3")));
        assert_eq!(linked("COREF->62-1"), Some(("COREF", 62, 1)));
        assert_eq!(linked(r"a\->62-1"), None);
    }

    #[test]
    fn texts_have_escapes_of_their_own_that_depend_on_the_version() {
        assert_eq!(text(r"й\ta \q \\ \u0301 \", false), "й\ta \\q \\ \\u0301 \\");
        assert_eq!(text(r"й\u0301👍", true), "й\u{301}👍");
    }

    proptest! {
        #[test]
        fn any_words_come_back(words in "[\\\\|;*_\\[\\]>й👍\t\n-]{0,20}") {
            let cell = escaped(&words);
            prop_assert!(!cell.contains(['\n', '\t']));
            prop_assert_eq!(parts(&cell, '|').len(), 1);
            let numbered_cell = format!("{cell}[7]");
            prop_assert_eq!(numbered(&numbered_cell), (cell.as_str(), Some("7")));
            prop_assert_eq!(unescaped(&cell), words);
        }
    }
}
