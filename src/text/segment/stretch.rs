//! Pieces of a line that can be segmented on their own.

use crate::text::{Offset, Text};

/// A piece of a line, of about one grid size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Where it starts.
    pub(super) start: Offset,
    /// Where it ends.
    pub(super) end: Offset,
    /// Where its line starts.
    pub(super) line_start: Offset,
    /// Where its line ends, the line end included.
    pub(super) line_limit: Offset,
}

/// How lines are cut into stretches.
///
/// Stretch `n` starts at the first anchor at or behind byte `n * size` of the line: a function of the line alone, so
/// every place in it sees the same stretches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    /// The least length of a stretch in bytes, but for a line's last.
    pub(super) size: usize,
    /// Whether segmentation may start afresh between these two characters.
    pub(super) is_anchor: fn(char, char) -> bool,
}

impl Grid {
    /// The stretch that holds `at`, or `None` at the end of the text.
    pub(super) fn stretch(self, text: &Text, at: Offset) -> Option<Stretch> {
        if at >= text.end() {
            return None;
        }
        let at = text.boundary_at_or_before(at.bytes());
        let line = text.line_of(at);
        let line_start = text.line(line).start;
        let line_limit = if line + 1 < text.line_count() { text.line(line + 1).start } else { text.end() };
        let anchor = |number| self.anchor(text, line_start, line_limit, number);
        let mut number = (at.bytes() - line_start.bytes()) / self.size;
        let mut start = anchor(number);
        if start > at {
            number -= 1;
            start = anchor(number);
        }
        Some(Stretch { start, end: anchor(number + 1), line_start, line_limit })
    }

    /// The stretch behind `stretch` in its line.
    pub(super) fn next(self, text: &Text, stretch: Stretch) -> Option<Stretch> {
        if stretch.end < stretch.line_limit { self.stretch(text, stretch.end) } else { None }
    }

    /// The stretch before `stretch` in its line.
    pub(super) fn previous(self, text: &Text, stretch: Stretch) -> Option<Stretch> {
        if stretch.start == stretch.line_start {
            return None;
        }
        text.previous_boundary(stretch.start).and_then(|at| self.stretch(text, at))
    }

    /// Where stretch `number` of the line starts. Without an anchor within one size it is the next grapheme boundary.
    fn anchor(self, text: &Text, line_start: Offset, line_limit: Offset, number: usize) -> Offset {
        let from = line_start.bytes() + number * self.size;
        if number == 0 || from >= line_limit.bytes() {
            return if number == 0 { line_start } else { line_limit };
        }
        let from = char_boundary_from(text, from);
        let to = char_boundary_from(text, (from.bytes() + self.size).min(line_limit.bytes()));
        let mut before = text.between(line_start, from).chars().next_back().unwrap_or(' ');
        for (at, c) in text.between(from, to).char_indices() {
            let offset = Offset::new(from.bytes() + at);
            if (self.is_anchor)(before, c) && text.is_boundary(offset) {
                return offset;
            }
            before = c;
        }
        let boundary = text.boundary_at_or_before(from.bytes());
        if boundary == from { from } else { text.next_boundary(boundary).unwrap_or(line_limit) }
    }
}

/// The first character boundary at or behind byte `at`.
pub(super) fn char_boundary_from(text: &Text, mut at: usize) -> Offset {
    while !text.as_str().is_char_boundary(at) {
        at += 1;
    }
    Offset::new(at)
}
