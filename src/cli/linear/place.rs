//! `828`, `¶9 s2`, `Q1` → a place in the text.

use crate::annotation::AnnotationId;
use crate::app::{App, Selection};
use crate::motion::{self, Object, Unit};
use crate::text::{Offset, Text};

/// A place as it is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Between two characters.
    Offset(Offset),
    /// A paragraph, or a sentence of it.
    Passage(Selection),
    /// An annotation.
    Annotation(AnnotationId),
}

/// The place called `words`, or why there is none.
pub(super) fn place(app: &App, words: &str) -> Result<Place, String> {
    let mut parts = words.split_whitespace();
    let (first, second) = (parts.next(), parts.next());
    let (Some(first), None) = (first, parts.next()) else {
        return Err(
            "a place is a code point (828), a paragraph (¶9), a sentence (¶9 s2) or an annotation (Q1)".to_owned()
        );
    };
    let number = |word: &str, letters: &[char]| word.strip_prefix(letters).and_then(|rest| rest.parse::<usize>().ok());
    if let Some(paragraph) = number(first, &['¶', 'p', 'п']) {
        let sentence =
            second.map(|word| number(word, &['s', 'с']).ok_or_else(|| format!("{word} is no sentence, as s2 is")));
        return passage(app, paragraph, sentence.transpose()?).map(Place::Passage);
    }
    if let Some(second) = second {
        return Err(format!("{second} cannot follow {first}"));
    }
    if first.bytes().all(|byte| byte.is_ascii_digit()) {
        return offset(&app.document.text, first).map(Place::Offset);
    }
    annotation(app, first).map(Place::Annotation)
}

/// The offset of a code point written as a number.
pub(super) fn offset(text: &Text, number: &str) -> Result<Offset, String> {
    let count = text.code_point_count();
    let found = number.parse().ok().and_then(|number| text.offset_of_code_point(number));
    let offset = found.ok_or_else(|| format!("{number} is no place in a text of {count} code points"))?;
    if text.is_boundary(offset) { Ok(offset) } else { Err(format!("{number} is in the middle of a character")) }
}

/// The annotation of this name.
pub(super) fn annotation(app: &App, name: &str) -> Result<AnnotationId, String> {
    let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let found = digits.parse().ok().and_then(|number| app.session.set().get(AnnotationId(number)));
    let named = |own: &&crate::annotation::Annotation| own.name().to_lowercase() == name.to_lowercase();
    found.filter(named).map(|own| own.id).ok_or_else(|| format!("there is no annotation {name}"))
}

fn passage(app: &App, paragraph: usize, sentence: Option<usize>) -> Result<Selection, String> {
    let document = &app.document;
    let line = paragraph.checked_sub(1).and_then(|number| document.text.paragraph(number));
    let line =
        line.ok_or_else(|| format!("there is no paragraph {paragraph} among {}", document.text.paragraph_count()))?;
    let (mut start, object) = (line.start, if sentence.is_some() { Object::Sentence } else { Object::Paragraph });
    for _ in 1..sentence.unwrap_or(1) {
        start = motion::next(document, Unit::Sentence, start);
    }
    let missing = || format!("¶{paragraph} has no sentence {}", sentence.unwrap_or(1));
    if start >= line.end || sentence == Some(0) {
        return Err(missing());
    }
    motion::object(document, object, start, start).map(Selection::from).ok_or_else(missing)
}
