//! What offsets in files count.

use std::fmt;
use std::ops::Range;

use crate::text::{Offset, Span, SpanError, Text};

/// What an offset counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Unicode code points, as Python counts.
    CodePoints,
    /// UTF-16 units, as Java and JavaScript count.
    Utf16,
    /// Bytes of UTF-8.
    Bytes,
    /// Grapheme clusters, as people count.
    Graphemes,
}

impl Unit {
    /// All units, the likeliest in a file first.
    pub const ALL: [Self; 4] = [Self::CodePoints, Self::Utf16, Self::Bytes, Self::Graphemes];

    /// What `--unit` calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CodePoints => "codepoint",
            Self::Utf16 => "utf16",
            Self::Bytes => "byte",
            Self::Graphemes => "grapheme",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CodePoints => "code points",
            Self::Utf16 => "UTF-16 units",
            Self::Bytes => "bytes",
            Self::Graphemes => "grapheme clusters",
        })
    }
}

/// A text measured in one unit.
///
/// ```
/// use tribune::{exchange::{Ruler, Unit}, text::Text};
///
/// let text = Text::new("e\u{301} 😀!".to_owned()).unwrap();
/// let span = Ruler::new(Unit::CodePoints, &text).span(3..4).unwrap();
/// assert_eq!(text.slice(span), "😀");
/// assert_eq!(Ruler::new(Unit::Utf16, &text).range(span), 3..5);
/// assert_eq!(Ruler::new(Unit::Bytes, &text).range(span), 4..8);
/// assert_eq!(Ruler::new(Unit::Graphemes, &text).range(span), 2..3);
/// ```
#[derive(Debug)]
pub struct Ruler<'t> {
    unit: Unit,
    text: &'t Text,
    /// For grapheme clusters: where each begins, and the end.
    boundaries: Vec<Offset>,
}

impl<'t> Ruler<'t> {
    /// Measures `text` in `unit`: free, but for grapheme clusters, which are looked up once.
    pub fn new(unit: Unit, text: &'t Text) -> Self {
        let boundaries = match unit {
            Unit::Graphemes => {
                text.graphemes(Offset::ZERO, text.end()).map(|(offset, _)| offset).chain([text.end()]).collect()
            }
            Unit::CodePoints | Unit::Utf16 | Unit::Bytes => Vec::new(),
        };
        Self { unit, text, boundaries }
    }

    /// The unit.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// `span` in the unit, half-open.
    pub fn range(&self, span: Span) -> Range<usize> {
        match self.unit {
            Unit::CodePoints => self.text.code_points(span),
            Unit::Utf16 => self.text.utf16(span),
            Unit::Bytes => span.range(),
            Unit::Graphemes => {
                let number = |offset| self.boundaries.partition_point(|own| *own < offset);
                number(span.start())..number(span.end())
            }
        }
    }

    /// The offset before which there are `number` units; none behind the end and none within a code point.
    pub fn offset(&self, number: usize) -> Option<Offset> {
        match self.unit {
            Unit::CodePoints => self.text.offset_of_code_point(number),
            Unit::Utf16 => self.text.offset_of_utf16(number),
            Unit::Bytes => self.text.as_str().is_char_boundary(number).then(|| Offset::new(number)),
            Unit::Graphemes => self.boundaries.get(number).copied(),
        }
    }

    /// The span that a file gives as `range`.
    pub fn span(&self, range: Range<usize>) -> Result<Span, SpanError> {
        if range.start >= range.end {
            return Err(SpanError::Empty);
        }
        if self.is_beyond(range.end) {
            return Err(SpanError::OutOfBounds);
        }
        let (Some(start), Some(end)) = (self.offset(range.start), self.offset(range.end)) else {
            return Err(SpanError::InsideGrapheme);
        };
        self.text.span(start, end)
    }

    fn is_beyond(&self, number: usize) -> bool {
        let end = match self.unit {
            Unit::CodePoints => self.text.code_point_count(),
            Unit::Utf16 => self.text.utf16_count(),
            Unit::Bytes => self.text.end().bytes(),
            Unit::Graphemes => self.boundaries.len() - 1,
        };
        number > end
    }
}
