//! Where annotations start: who is speaking there, and the numbers of the turn and of the paragraph.

use std::ops::Range;

use super::Source;
use crate::document::Document;
use crate::text::Offset;

/// Where something starts; nothing at all outside of turns and paragraphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place<'a> {
    /// The number of the turn, from 1.
    pub(super) turn: Option<usize>,
    /// Who is speaking.
    pub(super) speaker: Option<&'a str>,
    /// The number of the paragraph, from 1; none in a blank line.
    pub(super) paragraph: Option<usize>,
}

#[cfg(feature = "parquet")]
impl<'a> Place<'a> {
    /// The place at `offset`.
    pub(super) fn at(source: &Source<'a>, offset: Offset) -> Self {
        look(source, offset).1
    }
}

/// The places of a source, as a format writes them. Most annotations start where the one before them does, in the same paragraph of
/// the same turn: that place is then neither looked for nor written anew.
#[derive(Debug)]
pub(super) struct Places<'a, T> {
    source: Source<'a>,
    /// The offsets that have the place last asked for.
    stretch: Range<Offset>,
    written: Option<T>,
}

impl<'a, T> Places<'a, T> {
    /// The places of `source`.
    pub(super) fn of(source: &Source<'a>) -> Self {
        Self { source: *source, stretch: Offset::ZERO..Offset::ZERO, written: None }
    }

    /// What `write` makes of the place at `offset`, or made of it before; of none, what it makes of nothing.
    pub(super) fn at(&mut self, offset: Option<Offset>, write: impl FnOnce(Place<'a>) -> T) -> &T {
        let is_known = offset.is_some_and(|offset| self.stretch.contains(&offset));
        if !is_known {
            self.written = None;
        }
        let Self { source, stretch, written } = self;
        written.get_or_insert_with(|| {
            let place;
            (*stretch, place) = offset.map_or_else(Default::default, |offset| look(source, offset));
            write(place)
        })
    }
}

/// The place at `offset`, and the offsets around that have the same.
fn look<'a>(source: &Source<'a>, offset: Offset) -> (Range<Offset>, Place<'a>) {
    let Document { text, turns, .. } = source.document;
    let line = text.line_of(offset);
    let line_end = if line + 1 < text.line_count() { text.line(line + 1).start } else { text.end() };
    let begun = turns.partition_point(|own| own.span.start() <= offset);
    let last = begun.checked_sub(1).map(|number| &turns[number]);
    let turn = last.filter(|own| own.span.contains(offset));
    let (start, end) = match (turn, last) {
        (Some(turn), _) => (turn.span.start(), turn.span.end()),
        (None, last) => {
            let next = turns.get(begun).map_or(text.end(), |own| own.span.start());
            (last.map_or(Offset::ZERO, |own| own.span.end()), next)
        }
    };
    let place = Place {
        turn: turn.map(|_| begun),
        speaker: turn.and_then(|own| own.speaker.as_deref()),
        paragraph: text.paragraph_number(line).map(|number| number + 1),
    };
    (start.max(text.line(line).start)..end.min(line_end), place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::AnnotationSet;
    use crate::document::{Digest, DocumentId};
    use crate::schema::Schema;
    use crate::text::Text;

    const TEXT: &str = "За\u{301}мок 👍\n\nАННА: И\u{306} вот. 🌲\nЁ!\nБОРИС: Нет.\n\n[Смех 👍]\n";

    fn with_source(check: impl FnOnce(&Source<'_>)) {
        let document = Document::new(DocumentId::new("речь.txt"), Text::new(TEXT.to_owned()).unwrap());
        let (digest, schema, set) = (Digest::of(&document.text), Schema::builtin(), AnnotationSet::default());
        check(&Source {
            document: &document,
            digest: &digest,
            annotator: "alpha",
            revision: 1,
            schema: &schema,
            set: &set,
        });
    }

    #[test]
    fn a_place_that_was_asked_for_before_is_that_of_a_fresh_look() {
        with_source(|source| {
            let offsets: Vec<Offset> = TEXT.char_indices().map(|(at, _)| Offset::new(at)).collect();
            for step in [1, 2, 5, 7] {
                let mut places = Places::of(source);
                let order = (0..offsets.len() * 3).map(|number| offsets[number * step % offsets.len()]);
                for offset in order {
                    let turn = source.document.turn_at(offset);
                    let expected = Place {
                        turn: source.document.turn_number_at(offset).map(|number| number + 1),
                        speaker: turn.and_then(|own| own.speaker.as_deref()),
                        paragraph: source
                            .document
                            .text
                            .paragraph_number(source.document.text.line_of(offset))
                            .map(|number| number + 1),
                    };
                    assert_eq!(*places.at(Some(offset), |place| place), expected, "{offset:?}");
                }
                assert_eq!(*places.at(None, |place| place), Place::default());
            }
        });
    }

    #[test]
    fn a_place_is_written_once_for_all_that_start_there() {
        with_source(|source| {
            let mut places = Places::of(source);
            let mut written = 0;
            for (at, _) in TEXT.char_indices() {
                places.at(Some(Offset::new(at)), |_| written += 1);
            }
            assert!(written <= TEXT.lines().count() + source.document.turns.len(), "{written}");
        });
    }
}
