//! Immutable transcript text and coordinates in it.
//!
//! A transcript is evidence: it is read once, verbatim (no normalisation, CR and BOM included), and never changes.
//! Positions are bytes in memory ([`Offset`]) and code points at every border, so that `text[start:end]` in Python is
//! what a file says it is. The cursor stops between grapheme clusters (UAX #29) and nowhere else.
//!
//! | file | holds |
//! |---|---|
//! | `offset` | [`Offset`], [`Span`], [`Fragments`] |
//! | `lines` | line starts, paragraphs |
//! | `units` | bytes ↔ code points, UTF-16 units |
//! | `segment` | words and sentences |
//! | `quotation` | quotation marks and their pairs |
//! | `letters` | letters that are one to a reader |

pub mod letters;
mod lines;
mod offset;
pub mod quotation;
pub mod segment;
mod units;

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use lines::Lines;
pub use offset::{Fragments, FragmentsError, Offset, Span};
use units::Units;

/// The text of a transcript. Cheap to clone: clones share the bytes and the maps.
///
/// ```
/// use tribune::text::Text;
///
/// let text = Text::new("За\u{301}мок 👩🏽‍🌾".to_owned()).unwrap();
/// let span = text.span_of_code_points(0, 6).unwrap();
/// assert_eq!(text.slice(span), "За\u{301}мок");
/// assert!(text.span_of_code_points(0, 2).is_err(), "an accent is never torn from its letter");
/// ```
#[derive(Clone, Debug)]
pub struct Text {
    content: Arc<String>,
    lines: Arc<Lines>,
    units: Arc<Units>,
}

/// A string that is no [`Text`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is {0} bytes long; at most 4294967294 can be handled")]
pub struct TooLong(u64);

impl TooLong {
    /// Whether a text of so many bytes can be handled, for what is not read yet.
    pub fn check(bytes: u64) -> Result<(), Self> {
        if bytes < u32::MAX.into() { Ok(()) } else { Err(Self(bytes)) }
    }
}

/// Why two positions do not make a [`Span`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// The end is not behind the start.
    #[error("the span is empty or reversed")]
    Empty,
    /// The end lies behind the text's.
    #[error("the span ends behind the text")]
    OutOfBounds,
    /// An end lies inside a grapheme cluster.
    #[error("the span cuts a character in two: a letter from its accent, or an emoji")]
    InsideGrapheme,
}

/// A position as people are told it, both counted from 1; the column counts code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The code point in the line.
    pub column: usize,
}

impl Text {
    /// Takes `content` as it is and maps its lines and units: two passes over the bytes.
    pub fn new(content: String) -> Result<Self, TooLong> {
        TooLong::check(content.len() as u64)?;
        let lines = Arc::new(Lines::of(&content));
        let units = Arc::new(Units::of(&content));
        Ok(Self { content: Arc::new(content), lines, units })
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The end of the text.
    pub fn end(&self) -> Offset {
        Offset::new(self.content.len())
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// The text of `span`, which must be of this text.
    pub fn slice(&self, span: Span) -> &str {
        self.between(span.start(), span.end())
    }

    /// The text between two offsets, which must lie on character boundaries of this text.
    #[expect(clippy::string_slice, reason = "offsets of a text lie on its boundaries")]
    pub fn between(&self, start: Offset, end: Offset) -> &str {
        &self.content[start.bytes()..end.bytes()]
    }

    /// The span from `start` to `end` without the blanks at its edges, and without a byte-order mark, if more is in it. A blank with a mark on it is
    /// kept.
    pub fn trimmed(&self, mut start: Offset, mut end: Offset) -> Option<Span> {
        let is_blank = |from, to| self.between(from, to).chars().all(|c| c.is_whitespace() || c == '\u{feff}');
        while let Some(next) = self.next_boundary(start).filter(|next| *next <= end && is_blank(start, *next)) {
            start = next;
        }
        while let Some(last) = self.previous_boundary(end).filter(|last| *last >= start && is_blank(*last, end)) {
            end = last;
        }
        self.span(start, end).ok()
    }

    /// The span from `start` to `end`, if it is one.
    pub fn span(&self, start: Offset, end: Offset) -> Result<Span, SpanError> {
        if start >= end {
            return Err(SpanError::Empty);
        }
        if end > self.end() {
            return Err(SpanError::OutOfBounds);
        }
        if !self.is_boundary(start) || !self.is_boundary(end) {
            return Err(SpanError::InsideGrapheme);
        }
        Ok(Span::new_unchecked(start, end))
    }

    /// The span from code point `start` up to code point `end`, half-open, as files state it.
    pub fn span_of_code_points(&self, start: usize, end: usize) -> Result<Span, SpanError> {
        let start = self.offset_of_code_point(start).ok_or(SpanError::OutOfBounds)?;
        let end = self.offset_of_code_point(end).ok_or(SpanError::OutOfBounds)?;
        self.span(start, end)
    }

    /// The span over the whole text, unless it is empty.
    pub fn whole(&self) -> Option<Span> {
        (!self.is_empty()).then(|| Span::new_unchecked(Offset::ZERO, self.end()))
    }

    /// The number of code points.
    pub fn code_point_count(&self) -> usize {
        self.units.code_points()
    }

    /// The code points before `offset`.
    pub fn code_point(&self, offset: Offset) -> usize {
        self.units.code_points_before(&self.content, offset)
    }

    /// `span` in code points, half-open.
    pub fn code_points(&self, span: Span) -> Range<usize> {
        self.code_point(span.start())..self.code_point(span.end())
    }

    /// `span` in UTF-16 units, half-open.
    pub fn utf16(&self, span: Span) -> Range<usize> {
        let units = |offset| self.units.utf16_before(&self.content, offset);
        units(span.start())..units(span.end())
    }

    /// `span` in code points and in UTF-16 units, both half-open, counted at once.
    ///
    /// ```
    /// let text = tribune::text::Text::new("й 😀и\u{301}!".to_owned()).unwrap();
    /// let span = text.span_of_code_points(2, 5).unwrap();
    /// assert_eq!(text.code_points_and_utf16(span), (2..5, 2..6));
    /// ```
    pub fn code_points_and_utf16(&self, span: Span) -> (Range<usize>, Range<usize>) {
        let both = |offset| self.units.both_before(&self.content, offset);
        let (start, end) = (both(span.start()), both(span.end()));
        (start.0..end.0, start.1..end.1)
    }

    /// Where code point `number` (from 0) starts; the end for the number behind the last.
    pub fn offset_of_code_point(&self, number: usize) -> Option<Offset> {
        self.units.offset_of(&self.content, number)
    }

    /// The number of UTF-16 units.
    pub fn utf16_count(&self) -> usize {
        self.units.utf16()
    }

    /// Where UTF-16 unit `number` (from 0) starts; the end for the number behind the last, none within a code point.
    ///
    /// ```
    /// # use tribune::text::{Offset, Text};
    /// let text = Text::new("й 😀!".to_owned()).unwrap();
    /// assert_eq!(text.offset_of_utf16(4), Some(Offset::new(7)));
    /// assert_eq!(text.offset_of_utf16(3), None, "the second half of an emoji");
    /// ```
    pub fn offset_of_utf16(&self, number: usize) -> Option<Offset> {
        self.units.offset_of_utf16(&self.content, number)
    }

    /// The line and column of `offset`.
    pub fn place(&self, offset: Offset) -> Place {
        let line = self.line_of(offset);
        let start = self.line(line).start;
        Place { line: line + 1, column: self.code_point(offset) - self.code_point(start) + 1 }
    }

    /// The offset of a code point that people were told as `place`, or of the end of its line; none where there is no such place.
    pub fn offset_at(&self, place: Place) -> Option<Offset> {
        let line = place.line.checked_sub(1).filter(|line| *line < self.line_count())?;
        let Line { start, end } = self.line(line);
        let offset = self.offset_of_code_point(self.code_point(start).checked_add(place.column.checked_sub(1)?)?)?;
        (offset <= end).then_some(offset)
    }
}

/// A line of a text: its content, without the line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it starts.
    pub start: Offset,
    /// Where its content ends; the line end, if any, follows.
    pub end: Offset,
}

/// Lines and paragraphs.
impl Text {
    /// The number of lines, at least 1.
    pub fn line_count(&self) -> usize {
        self.lines.count()
    }

    /// The line that holds `offset`, from 0.
    pub fn line_of(&self, offset: Offset) -> usize {
        self.lines.line_of(offset)
    }

    /// Line `number` (from 0), or the last if there are fewer.
    pub fn line(&self, number: usize) -> Line {
        let number = number.min(self.line_count() - 1);
        let start = self.lines.start(number).unwrap_or_default();
        let limit = self.lines.start(number + 1).unwrap_or_else(|| self.end());
        let content = self.between(start, limit);
        let content = content.strip_suffix('\n').unwrap_or(content);
        let content = content.strip_suffix('\r').unwrap_or(content);
        Line { start, end: Offset::new(start.bytes() + content.len()) }
    }

    /// The number of paragraphs: lines that are not blank.
    pub fn paragraph_count(&self) -> usize {
        self.lines.paragraph_count()
    }

    /// The number (from 0) of the paragraph that `line` is, or `None` for a blank line.
    pub fn paragraph_number(&self, line: usize) -> Option<usize> {
        let number = self.lines.paragraphs_before(line);
        (self.lines.line_of_paragraph(number) == Some(line)).then_some(number)
    }

    /// The number of paragraphs that start before `line`.
    pub fn paragraphs_before(&self, line: usize) -> usize {
        self.lines.paragraphs_before(line)
    }

    /// Paragraph `number` (from 0).
    pub fn paragraph(&self, number: usize) -> Option<Line> {
        self.lines.line_of_paragraph(number).map(|line| self.line(line))
    }
}

/// The grapheme clusters of `text`, which starts at a boundary. Letters that nothing attaches to are recognised without asking the
/// tables: most of any transcript, and many times as fast.
///
/// ```
/// let clusters: Vec<&str> = tribune::text::graphemes("жё и\u{306}👩🏽‍🌾").collect();
/// assert_eq!(clusters, ["ж", "ё", " ", "и\u{306}", "👩🏽‍🌾"]);
/// ```
pub fn graphemes(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (grapheme, behind) = rest.split_at_checked(first_grapheme(rest)?)?;
        rest = behind;
        Some(grapheme)
    })
}

/// The length of the grapheme cluster at the start of `text`.
fn first_grapheme(text: &str) -> Option<usize> {
    /// Whether a character that starts with this byte stands alone: printable ASCII, most of Cyrillic.
    const fn starts_alone(byte: u8) -> bool {
        matches!(byte, b' '..=b'~' | 0xD0 | 0xD1 | 0xD3)
    }
    match text.as_bytes() {
        [b' '..=b'~', next, ..] if starts_alone(*next) => return Some(1),
        [0xD0 | 0xD1 | 0xD3, _, next, ..] if starts_alone(*next) => return Some(2),
        _ => {}
    }
    let mut letters = text.char_indices();
    let (_, first) = letters.next()?;
    match letters.next() {
        Some((end, next)) if stands_alone(first) && stands_alone(next) => Some(end),
        None => Some(text.len()),
        _ => text.graphemes(true).next().map(str::len),
    }
}

/// Whether `c` has the `Grapheme_Cluster_Break` value Other and is no pictograph, so that it breaks from its like (UAX #29, GB999).
fn stands_alone(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{a8}' | '\u{aa}'..='\u{ac}' | '\u{af}'..='\u{24f}' | '\u{400}'..='\u{482}')
        || matches!(c, '\u{48a}'..='\u{52f}' | '\u{2010}'..='\u{2027}' | '\u{2500}'..='\u{257f}')
}

/// Grapheme clusters.
impl Text {
    /// Whether `offset` lies between two grapheme clusters, or at an end of the text.
    pub fn is_boundary(&self, offset: Offset) -> bool {
        self.content.is_char_boundary(offset.bytes())
            && GraphemeCursor::new(offset.bytes(), self.content.len(), true)
                .is_boundary(&self.content, 0)
                .unwrap_or(false)
    }

    /// The boundary behind the grapheme cluster at `offset`, or `None` at the end.
    pub fn next_boundary(&self, offset: Offset) -> Option<Offset> {
        let mut cursor = GraphemeCursor::new(offset.bytes(), self.content.len(), true);
        cursor.next_boundary(&self.content, 0).ok().flatten().map(Offset::new)
    }

    /// The boundary before `offset`, or `None` at the start.
    pub fn previous_boundary(&self, offset: Offset) -> Option<Offset> {
        let mut cursor = GraphemeCursor::new(offset.bytes(), self.content.len(), true);
        cursor.prev_boundary(&self.content, 0).ok().flatten().map(Offset::new)
    }

    /// The last boundary at or before byte `bytes`, for positions found by counting bytes.
    pub fn boundary_at_or_before(&self, bytes: usize) -> Offset {
        let mut bytes = bytes.min(self.content.len());
        while !self.content.is_char_boundary(bytes) {
            bytes -= 1;
        }
        let offset = Offset::new(bytes);
        if self.is_boundary(offset) { offset } else { self.previous_boundary(offset).unwrap_or_default() }
    }

    /// The grapheme clusters of `[start, end)` with their offsets.
    pub fn graphemes(&self, start: Offset, end: Offset) -> impl Iterator<Item = (Offset, &str)> {
        let mut at = start;
        graphemes(self.between(start, end)).map(move |grapheme| {
            let own = at;
            at = Offset::new(own.bytes() + grapheme.len());
            (own, grapheme)
        })
    }
}
