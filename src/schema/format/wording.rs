//! RON's complaints in our words, with the place where a person would look.

use ron::Error;
use ron::error::{Position, SpannedError};

/// The message for `error` and its place, both counted from 1 in code points.
pub(super) fn of(error: &SpannedError) -> (String, Position) {
    // RON marks the last token it took; what is missing at the end of the file is missing behind it
    let at = if error.code == Error::Eof { error.span.end } else { error.span.start };
    (message(&error.code), at)
}

fn message(error: &Error) -> String {
    match error {
        Error::NoSuchStructField { expected, found, .. } => unknown("field", found, expected),
        Error::NoSuchEnumVariant { expected, found, .. } => unknown("kind", found, expected),
        Error::MissingStructField { field, .. } => format!("the field `{field}` is missing"),
        Error::DuplicateStructField { field, .. } => format!("the field `{field}` stands here twice"),
        Error::InvalidValueForType { expected, found } => format!("expected {expected}, found {found}"),
        Error::ExpectedString => "expected a string in quotes".to_owned(),
        Error::ExpectedStringEnd => "this string has no closing quote".to_owned(),
        Error::ExpectedBoolean => "expected true or false".to_owned(),
        Error::ExpectedInteger => "expected a whole number".to_owned(),
        Error::IntegerOutOfBounds => "expected a whole number from 0 to 4294967295".to_owned(),
        Error::ExpectedComma => "expected a comma or a closing bracket".to_owned(),
        Error::ExpectedArray => "expected a list in [brackets]".to_owned(),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) | Error::ExpectedDifferentStructName { .. } => {
            "expected `(`, which opens a group of fields".to_owned()
        }
        Error::ExceededRecursionLimit => "the brackets are nested too deeply".to_owned(),
        Error::Eof => "the file ends too early; a bracket is not closed".to_owned(),
        Error::TrailingCharacters => "there is something behind the end of the schema".to_owned(),
        other => in_lower_case(&other.to_string()),
    }
}

fn in_lower_case(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect()
}

/// The complaint that nothing is called `found`, with the nearest of the `expected` names, or all of them.
pub(crate) fn unknown(what: &str, found: &str, expected: &[&str]) -> String {
    match likely(found, expected) {
        Some(own) => format!("there is no {what} `{found}` here; did you mean `{own}`?"),
        None => format!("there is no {what} `{found}` here; there is {}", expected.join(", ")),
    }
}

/// Which of `expected` is meant by `found`, if one is much like it.
pub(crate) fn likely<'a>(found: &str, expected: &[&'a str]) -> Option<&'a str> {
    let nearest = expected.iter().map(|own| (distance(found, own), *own)).min();
    nearest.filter(|(distance, _)| *distance <= 2).map(|(_, own)| own)
}

/// How many letters must be inserted, removed or replaced to make `a` of `b` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.chars().enumerate() {
            let replaced = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.chars().count()]
}
