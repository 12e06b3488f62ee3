//! Positions in a text: [`Offset`], [`Span`], [`Fragments`].

use std::fmt;
use std::ops::Range;

use super::Text;

/// A position between two bytes of a text, counted in bytes from its start.
///
/// Bytes are what memory counts in; people and files are shown code points (see [`Text::code_points`]).
/// A transcript is shorter than 4 GiB, so 32 bits do.
///
/// [`Text::code_points`]: super::Text::code_points
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Offset(u32);

impl Offset {
    /// The start of every text.
    pub const ZERO: Self = Self(0);

    /// The offset `bytes` bytes into a text.
    ///
    /// # Panics
    ///
    /// When `bytes` does not fit 32 bits; [`Text::new`](super::Text::new) refuses texts that long.
    pub fn new(bytes: usize) -> Self {
        Self(u32::try_from(bytes).expect("a text is shorter than 4 GiB"))
    }

    /// The number of bytes before this position.
    pub const fn bytes(self) -> usize {
        self.0 as usize
    }
}

/// A half-open, non-empty range of a text, both ends on grapheme boundaries.
///
/// Made only by [`Text::span`](super::Text::span), so whoever holds one may slice with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: Offset,
    end: Offset,
}

impl Span {
    /// The span from `start` to `end`; its caller has checked what the type promises.
    pub(super) const fn new_unchecked(start: Offset, end: Offset) -> Self {
        Self { start, end }
    }

    /// Where the span starts.
    pub const fn start(self) -> Offset {
        self.start
    }

    /// Where the span ends, exclusive.
    pub const fn end(self) -> Offset {
        self.end
    }

    /// The span as a range of bytes, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start.bytes()..self.end.bytes()
    }

    /// The length in bytes.
    pub const fn bytes(self) -> usize {
        self.end.bytes() - self.start.bytes()
    }

    /// Whether `offset` lies inside.
    #[inline]
    pub fn contains(self, offset: Offset) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span over both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// The spans of one annotation: at least one, ascending, disjoint.
///
/// An interrupted quote (`«…, – сказал он, – …»`) is one annotation with two fragments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fragments(Vec<Span>);

/// Why spans do not make [`Fragments`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FragmentsError {
    /// There is no span.
    #[error("an annotation needs at least one span")]
    Empty,
    /// A span starts before its predecessor ends.
    #[error("fragments must ascend and not overlap")]
    Disorder,
}

impl Fragments {
    /// Checks that `spans` ascend without overlap, as a file has to list them.
    pub fn new(spans: Vec<Span>) -> Result<Self, FragmentsError> {
        if spans.is_empty() {
            return Err(FragmentsError::Empty);
        }
        if spans.windows(2).any(|pair| pair[0].end > pair[1].start) {
            return Err(FragmentsError::Disorder);
        }
        Ok(Self(spans))
    }

    /// These fragments and `span`; what overlaps or touches it becomes one fragment with it.
    #[must_use]
    pub fn with(&self, span: Span) -> Self {
        let apart = |other: &&Span| other.end < span.start || span.end < other.start;
        let merged = self.0.iter().filter(|other| !apart(other)).fold(span, |sum, other| sum.hull(*other));
        let mut spans: Vec<Span> = self.0.iter().filter(apart).copied().collect();
        spans.push(merged);
        spans.sort_unstable();
        Self(spans)
    }

    /// These fragments without the one at `place`, or `None` when none would be left.
    pub fn without(&self, place: usize) -> Option<Self> {
        let spans: Vec<Span> =
            self.0.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, span)| *span).collect();
        (!spans.is_empty()).then_some(Self(spans))
    }

    /// These fragments without what `span` covers, or `None` when nothing would be left.
    pub fn minus(&self, span: Span) -> Option<Self> {
        let before = |own: &Span| Span { start: own.start, end: own.end.min(span.start) };
        let behind = |own: &Span| Span { start: own.start.max(span.end), end: own.end };
        let parts = self.0.iter().flat_map(|own| [before(own), behind(own)]);
        let spans: Vec<Span> = parts.filter(|part| part.start < part.end).collect();
        (!spans.is_empty()).then_some(Self(spans))
    }

    /// These fragments of `text` without blanks at their edges, or `None` when they hold nothing else.
    pub fn trimmed(&self, text: &Text) -> Option<Self> {
        let spans: Vec<Span> = self.0.iter().filter_map(|own| text.trimmed(own.start, own.end)).collect();
        (!spans.is_empty()).then_some(Self(spans))
    }

    /// The spans, ascending.
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// Where the first fragment starts.
    pub fn start(&self) -> Offset {
        self.0[0].start
    }

    /// Where the last fragment ends.
    pub fn end(&self) -> Offset {
        self.0[self.0.len() - 1].end
    }

    /// The span from the first start to the last end.
    pub fn hull(&self) -> Span {
        Span { start: self.start(), end: self.end() }
    }

    /// Whether a fragment shares a byte with `span`.
    pub fn overlap(&self, span: Span) -> bool {
        self.0.iter().any(|own| own.overlaps(span))
    }

    /// Whether `offset` lies in a fragment.
    pub fn contain(&self, offset: Offset) -> bool {
        self.0.iter().any(|own| own.contains(offset))
    }

    /// The bytes covered.
    pub fn bytes(&self) -> usize {
        self.0.iter().map(|span| span.bytes()).sum()
    }
}

impl From<Span> for Fragments {
    fn from(span: Span) -> Self {
        Self(vec![span])
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}", self.0)
    }
}
