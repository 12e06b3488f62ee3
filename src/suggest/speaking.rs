//! Who is speaking where words stand, as the transcript marks its turns: «Депутат Айгуль Куспан: …».

use super::mention::mentions;
use super::naming::is_title;
use super::speaker::{Candidate, known, registered};
use crate::annotation::AnnotationSet;
use crate::document::{Document, Turn};
use crate::text::{Offset, Span, Text};

/// The turn that `span` starts in, if the transcript says who is speaking.
pub(super) fn turn_of(document: &Document, span: Span) -> Option<&Turn> {
    document.turn_at(span.start()).filter(|turn| turn.speaker.is_some())
}

/// Who is speaking where `span` starts: as registered, or as someone new.
pub fn speaking(document: &Document, set: &AnnotationSet, span: Span) -> Option<Candidate> {
    let label = turn_of(document, span)?.speaker.as_deref()?;
    let (name, role) = labelled(label);
    let own = registered(set, label).or_else(|| registered(set, &name));
    Some(own.map_or(Candidate { name, role, known: None }, known))
}

/// The name that the label of a turn holds, and the office before it: «Депутат Айгуль Куспан».
pub(super) fn labelled(label: &str) -> (String, Option<String>) {
    let Ok(text) = Text::new(label.to_owned()) else { return (label.to_owned(), None) };
    let last = mentions(&text, Offset::ZERO, text.end()).pop();
    let whole = last.filter(|own| own.is_whole && own.span.end() == text.end());
    match whole.and_then(|own| Some((own.name, own.role?))) {
        Some((name, role)) if role.split_whitespace().next().is_some_and(is_title) => (name, Some(role)),
        _ => (label.to_owned(), None),
    }
}
