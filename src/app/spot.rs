//! Going to a place by its name: `¶9 s2`, `@828`, `828–841`, `12:5`, `Q1`.

use super::{App, Effect, Field, Mode, Selection};
use crate::annotation::{Annotation, AnnotationId};
use crate::document::Document;
use crate::keymap::{Key, KeyCode, on_each_layout};
use crate::motion::{self, Object, Unit};
use crate::text::{Offset, Place, Text};

/// A place as it is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Between two characters.
    Offset(Offset),
    /// Between two code points, as a citation has them.
    Stretch(Selection),
    /// A paragraph, or a sentence of it.
    Passage(Selection),
    /// An annotation.
    Annotation(AnnotationId),
}

/// What a number by itself counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Code points, as in lines.
    CodePoints,
    /// Paragraphs, as at the edge of the screen.
    Paragraphs,
}

impl App {
    /// The place called `words`, or why there is none.
    pub fn spot(&self, words: &str, counted: Counted) -> Result<Spot, String> {
        let mut parts = words.split_whitespace();
        let (first, second) = (parts.next(), parts.next());
        let (Some(first), None) = (first, parts.next()) else {
            return Err("a place is a paragraph (¶9), a sentence (¶9 s2), a code point (@828), a stretch (828–841), \
                        a line and column (12:5) or an annotation (Q1)"
                .to_owned());
        };
        let number =
            |word: &str, letters: &[char]| word.strip_prefix(letters).and_then(|rest| rest.parse::<usize>().ok());
        if let Some(paragraph) = number(first, &['¶', 'p', 'п']) {
            let sentence =
                second.map(|word| number(word, &['s', 'с']).ok_or_else(|| format!("{word} is no sentence, as s2 is")));
            return passage(&self.document, paragraph, sentence.transpose()?).map(Spot::Passage);
        }
        if let Some(second) = second {
            return Err(format!("{second} cannot follow {first}"));
        }
        let text = &self.document.text;
        // The second is where the first would be on a Russian layout.
        let (is_offset, counts) = first.strip_prefix(['@', '"']).map_or((false, first), |rest| (true, rest));
        let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        if is_number(counts) {
            return if is_offset || counted == Counted::CodePoints {
                offset(text, counts).map(Spot::Offset)
            } else {
                passage(&self.document, counts.parse().unwrap_or(usize::MAX), None).map(Spot::Passage)
            };
        }
        let both = |(first, second): &(&str, &str)| is_number(first) && is_number(second);
        if let Some((start, end)) = counts.split_once(['–', '-']).filter(both) {
            let span = text.span(offset(text, start)?, offset(text, end)?);
            return span
                .map(|span| Spot::Stretch(span.into()))
                .map_err(|error| format!("{start}–{end} cannot be selected: {error}"));
        }
        if let Some((line, column)) = first.split_once(':').filter(both) {
            return in_line(text, line, column).map(Spot::Offset);
        }
        self.annotation_called(first).map(Spot::Annotation)
    }

    /// The annotation of this name, as `Q1`, or that there is none.
    pub fn annotation_called(&self, name: &str) -> Result<AnnotationId, String> {
        let digits = name.trim_start_matches(|c: char| !c.is_ascii_digit());
        let found = digits.parse().ok().and_then(|number| self.session.set().get(AnnotationId(number)));
        let named = |own: &&Annotation| own.name().to_lowercase() == name.to_lowercase();
        found.filter(named).map(|own| own.id).ok_or_else(|| format!("there is no annotation {name}"))
    }

    /// Asks for a place to go to.
    pub(super) fn ask_where(&mut self) {
        self.mode = Mode::Goto(Field::default());
    }

    /// Takes a key; what is no place stays to be mended.
    pub(super) fn where_key(&mut self, mut field: Field, key: Key) -> Vec<Effect> {
        match key.code {
            KeyCode::Esc => return Vec::new(),
            KeyCode::Enter if field.text().trim().is_empty() => return Vec::new(),
            KeyCode::Enter => {
                let [typed, others @ ..] = on_each_layout(field.text().trim());
                let found = self.spot(&typed, Counted::Paragraphs);
                let other = || others.iter().find_map(|words| self.spot(words, Counted::Paragraphs).ok());
                match found.or_else(|reason| other().ok_or(reason)) {
                    Ok(spot) => {
                        self.go_to_spot(spot);
                        return Vec::new();
                    }
                    Err(reason) => self.refuse(reason),
                }
            }
            _ => {
                field.key(key);
            }
        }
        self.mode = Mode::Goto(field);
        Vec::new()
    }

    fn go_to_spot(&mut self, spot: Spot) {
        match spot {
            Spot::Offset(offset) => self.jump_to(offset),
            Spot::Passage(passage) => self.jump_to(passage.start()),
            Spot::Stretch(stretch) => {
                self.note_jump();
                self.extending = false;
                self.select(stretch);
            }
            Spot::Annotation(id) => self.reach(id),
        }
    }
}

/// The place in front of a code point, as `check` names it.
fn in_line(text: &Text, line: &str, column: &str) -> Result<Offset, String> {
    let place = line.parse().ok().zip(column.parse().ok()).map(|(line, column)| Place { line, column });
    let found = place.and_then(|place| text.offset_at(place));
    let offset = found.ok_or_else(|| format!("there is no column {column} in a line {line}"))?;
    Ok(text.boundary_at_or_before(offset.bytes()))
}

/// The offset of a code point written as a number.
fn offset(text: &Text, number: &str) -> Result<Offset, String> {
    let count = text.code_point_count();
    let found = number.parse().ok().and_then(|number| text.offset_of_code_point(number));
    let offset = found.ok_or_else(|| format!("{number} is no place in a text of {count} code points"))?;
    if text.is_boundary(offset) { Ok(offset) } else { Err(format!("{number} is in the middle of a character")) }
}

/// A paragraph, or a sentence of it; both are counted from 1.
fn passage(document: &Document, paragraph: usize, sentence: Option<usize>) -> Result<Selection, String> {
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
