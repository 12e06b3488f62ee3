//! What a selection takes: the word, the sentence, the quotation here.

use crate::document::Document;
use crate::text::quotation::{self, Quotation};
use crate::text::{Line, Offset, Span, Text, segment};

/// Something that can be selected as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// The word.
    Word,
    /// The sentence without blanks, quotation marks and stops at its edges, and of a quotation it leaves only what is quoted: what a
    /// claim is tagged as.
    Sentence,
    /// The sentence with its marks.
    WholeSentence,
    /// The clause: what stands between commas, dashes, colons and the ends of the sentence.
    Clause,
    /// The paragraph.
    Paragraph,
    /// The speaker's turn.
    Turn,
    /// What stands between quotation marks.
    InsideQuotes,
    /// The same with the marks.
    WithQuotes,
    /// The annotation here; resolved by whoever knows the annotations.
    Annotation,
    /// The document.
    Document,
}

impl Object {
    /// What to say when there is none.
    pub const fn missing(self) -> &'static str {
        match self {
            Self::Word => "there is no word here",
            Self::Sentence | Self::WholeSentence | Self::Clause => "there is no sentence here",
            Self::Paragraph => "there is no paragraph here: the line is blank",
            Self::Turn => "there is no speaker turn here",
            Self::InsideQuotes | Self::WithQuotes => "there are no quotation marks around this place in the paragraph",
            Self::Annotation => "there is no annotation here",
            Self::Document => "the document is empty",
        }
    }
}

/// The object around the selection from `start` to `end`, which may be empty: from the first that it touches to the last. Asked again
/// for a quotation that is selected already, it is the next one outward.
pub fn object(document: &Document, object: Object, start: Offset, end: Offset) -> Option<Span> {
    let text = &document.text;
    match object {
        Object::InsideQuotes | Object::WithQuotes => quoted(text, object, start, end),
        // A selection that ends in the blanks before the next sentence does not touch it.
        _ => text.trimmed(start, end).map_or_else(
            || touched(document, object, start, end),
            |own| touched(document, object, own.start(), own.end()),
        ),
    }
}

fn touched(document: &Document, object: Object, start: Offset, end: Offset) -> Option<Span> {
    let text = &document.text;
    let last = text.previous_boundary(end).map_or(start, |last| last.max(start));
    match object {
        Object::Word => word(text, start, end),
        Object::Sentence => {
            sentence(document, start, end).and_then(|span| core(text, within_quotation(text, (start, end), span)))
        }
        Object::WholeSentence => sentence(document, start, end),
        Object::Clause => joined(clause(document, start), || clause(document, last)),
        Object::Paragraph => paragraph(text, start, end),
        Object::Turn => joined(turn(document, start), || turn(document, last)),
        Object::Annotation | Object::InsideQuotes | Object::WithQuotes => None,
        Object::Document => text.whole().and_then(|whole| {
            // What tells how the file is written is no word of it.
            let mark = text.slice(whole).starts_with('\u{feff}').then(|| text.next_boundary(whole.start())).flatten();
            text.span(mark.unwrap_or(whole.start()), whole.end()).ok()
        }),
    }
}

/// From the start of one to the end of the other, if there is another.
fn joined(first: Option<Span>, last: impl Fn() -> Option<Span>) -> Option<Span> {
    first.map(|first| last().map_or(first, |last| first.hull(last)))
}

/// What is said in the turn at `at`, without its label.
fn turn(document: &Document, at: Offset) -> Option<Span> {
    document.turn_at(at).and_then(|turn| document.text.trimmed(turn.speech, turn.span.end()))
}

/// The innermost quotation around the selection that is not just that, with its marks or without.
fn quoted(text: &Text, object: Object, start: Offset, end: Offset) -> Option<Span> {
    let inside = object == Object::InsideQuotes;
    // Where the cursor stands behind one it was moved there by taking it, most likely.
    let before = text.previous_boundary(start).filter(|_| start == end);
    let touching = before.into_iter().flat_map(|at| quotation::quotations_around(text, at, at));
    let touching = touching.filter(|own| own.with_marks().end() == start);
    let quotations = quotation::quotations_around(text, start, end).into_iter().chain(touching);
    let mut spans = quotations.filter_map(|own| if inside { own.inside() } else { Some(own.with_marks()) });
    spans.find(|span| (span.start(), span.end()) != (start, end))
}

/// The next larger object around the selection: word, clause, sentence, quotation, paragraph, turn with its label. The document is none:
/// one is there without wanting to, and loses the place.
pub fn grow(document: &Document, start: Offset, end: Offset) -> Option<Span> {
    let text = &document.text;
    let mut candidates: Vec<Span> =
        [Object::Word, Object::Clause, Object::Sentence, Object::WholeSentence, Object::Paragraph]
            .into_iter()
            .filter_map(|own| object(document, own, start, end))
            .collect();
    let turn_at = |at| document.turn_at(at).and_then(|turn| text.trimmed(turn.span.start(), turn.span.end()));
    candidates.extend(joined(turn_at(start), || text.previous_boundary(end).and_then(turn_at)));
    for own in quotation::quotations_around(text, start, end) {
        candidates.extend(own.inside());
        candidates.push(own.with_marks());
    }
    let larger = |span: &Span| span.start() <= start && end <= span.end() && span.bytes() > end.bytes() - start.bytes();
    candidates.into_iter().filter(larger).min_by_key(|span| span.bytes())
}

/// The words from the one at `start` to the one at `end`; between words the one before.
fn word(text: &Text, start: Offset, end: Offset) -> Option<Span> {
    let is_word = |span: &Span| segment::is_word(text.slice(*span));
    let first = segment::word_segment(text, start).filter(is_word);
    let line = text.line(text.line_of(start));
    let touching = || segment::previous_word(text, start).filter(|word| word.end() == start);
    let following = || segment::next_word(text, start).filter(|word| word.start() < line.end);
    let first = first.or_else(touching).or_else(following)?;
    let last = text
        .previous_boundary(end)
        .filter(|last| *last >= first.end())
        .and_then(|last| segment::word_segment(text, last));
    text.span(first.start(), last.map_or(first.end(), |last| last.end().max(first.end()))).ok()
}

/// The sentences from the one at `start` to the one at `end`, without blanks around them and without the label of the turn; of the
/// label they are the first one behind it.
fn sentence(document: &Document, start: Offset, end: Offset) -> Option<Span> {
    let text = &document.text;
    let line = text.line(text.line_of(start));
    let speech = document.turn_at(start).map(|turn| turn.speech).filter(|speech| *speech < line.end);
    let start = speech.map_or(start, |speech| start.max(speech));
    // At the end of a line the cursor stands behind its last sentence.
    let at = if start == line.end && start > line.start { text.previous_boundary(start)? } else { start };
    let first = segment::sentence(text, at)?;
    let last = text.previous_boundary(end).filter(|last| *last > at).and_then(|last| segment::sentence(text, last));
    let begin = speech.map_or(first.start(), |speech| first.start().max(speech));
    text.trimmed(begin, last.map_or(first.end(), |last| last.end().max(first.end())))
}

/// The stretch around `at` up to a mark that ends a clause; a comma or colon between digits is none.
fn clause(document: &Document, at: Offset) -> Option<Span> {
    let text = &document.text;
    let sentence = core(text, within_quotation(text, (at, at), sentence(document, at, at)?))?;
    let own = text.slice(sentence);
    let at = at.max(sentence.start()).min(sentence.end());
    let numeric = |place: usize, mark: char| {
        let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
        let behind = own.get(place + mark.len_utf8()..).and_then(|rest| rest.chars().next());
        digit(own.get(..place).and_then(|before| before.chars().next_back())) && digit(behind)
    };
    let marks = own.char_indices().filter(|(_, c)| ",;:–—()[]…".contains(*c) || quotation::is_quote_mark(*c));
    let (mut start, mut end) = (sentence.start(), sentence.end());
    for (place, mark) in marks.filter(|(place, mark)| !numeric(*place, *mark)) {
        let offset = Offset::new(sentence.start().bytes() + place);
        if offset < at {
            start = Offset::new(offset.bytes() + mark.len_utf8());
        } else {
            end = offset;
            break;
        }
    }
    text.trimmed(start, end)
}

/// The part of a sentence that is quoted, if the selection lies in a quotation that the sentence leaves: of «…», – said he. what the
/// speaker said.
fn within_quotation(text: &Text, (start, end): (Offset, Offset), sentence: Span) -> Span {
    let around = quotation::quotations_around(text, start, end).into_iter().next();
    match around.filter(|pair| !sentence.covers(pair.with_marks())).and_then(Quotation::inside) {
        Some(inside) => {
            text.span(sentence.start().max(inside.start()), sentence.end().min(inside.end())).unwrap_or(sentence)
        }
        None => sentence,
    }
}

fn paragraph(text: &Text, start: Offset, end: Offset) -> Option<Span> {
    let Line { start: first, .. } = text.line(text.line_of(start));
    let Line { end: last, .. } = text.line(text.line_of(end));
    text.trimmed(first, last)
}

/// `span` without marks at its edges: stops, dashes, brackets, and quotation marks whose partner is not inside.
fn core(text: &Text, span: Span) -> Option<Span> {
    let own = text.slice(span);
    let paired = |offset: Offset, c: char| {
        let end = Offset::new(offset.bytes() + c.len_utf8());
        let pairs = quotation::quotations_around(text, offset, end);
        let inside = |whole: Span| span.covers(whole) && whole != span;
        pairs
            .iter()
            .any(|pair| (pair.open.start() == offset || pair.close.start() == offset) && inside(pair.with_marks()))
    };
    let is_edge = |(at, c): &(usize, char)| {
        let offset = Offset::new(span.start().bytes() + at);
        (c.is_whitespace() || is_mark(*c))
            && !bracketed(own, *c)
            && !(quotation::is_quote_mark(*c) && paired(offset, *c))
    };
    let start = own.char_indices().find(|letter| !is_edge(letter)).map(|(at, _)| at)?;
    let end = own.char_indices().rev().find(|letter| !is_edge(letter)).map(|(at, c)| at + c.len_utf8())?;
    let offset = |at: usize| Offset::new(span.start().bytes() + at);
    let inner = text.span(offset(start), offset(end)).ok()?;
    // What enclosed all but a dash or a stop encloses all of the rest.
    if inner == span { Some(inner) } else { core(text, inner) }
}

/// Whether `c` is a bracket and each of its kind in `own` has its partner.
fn bracketed(own: &str, c: char) -> bool {
    let pair =
        [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')].into_iter().find(|(open, close)| c == *open || c == *close);
    pair.is_some_and(|(open, close)| own.matches(open).count() == own.matches(close).count())
}

fn is_mark(c: char) -> bool {
    quotation::is_quote_mark(c) || ".,;:!?…–—-([{<)]}>".contains(c)
}
