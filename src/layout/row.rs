//! One row of the screen: offset ↔ cell.

use super::{Glyph, glyph};
use crate::text::{Offset, Text};

/// A stretch of one line that stands on one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line it belongs to, from 0.
    pub line: usize,
    /// Where it starts.
    pub start: Offset,
    /// Where it ends, exclusive; the line end is on no row.
    pub end: Offset,
    /// Whether the line starts here.
    pub first: bool,
    /// Whether the line ends here.
    pub last: bool,
}

impl Row {
    /// The glyphs of the row: offset, cell, glyph.
    pub fn glyphs<'a>(&self, text: &'a Text) -> impl Iterator<Item = (Offset, u16, Glyph<'a>)> {
        let mut cell = 0_u16;
        text.graphemes(self.start, self.end).map(move |(at, grapheme)| {
            let glyph = glyph(grapheme);
            let own = cell;
            cell = cell.saturating_add(glyph.width);
            (at, own, glyph)
        })
    }

    /// The cell at which the cluster at `offset` stands; behind the last for the end of the row.
    pub fn cell_of(&self, text: &Text, offset: Offset) -> u16 {
        let mut end = 0;
        for (at, cell, glyph) in self.glyphs(text) {
            if at >= offset {
                return cell;
            }
            end = cell + glyph.width;
        }
        end
    }

    /// The cluster that stands at `cell`. Behind the last: the end of the line, or on a row that goes on the last cluster.
    pub fn offset_at(&self, text: &Text, cell: u16) -> Offset {
        let mut last = self.start;
        for (at, own, glyph) in self.glyphs(text) {
            if cell < own + glyph.width {
                return at;
            }
            last = at;
        }
        if self.last { self.end } else { last }
    }

    /// Whether a caret at `offset` stands on this row.
    pub fn holds(&self, offset: Offset) -> bool {
        self.start <= offset && (offset < self.end || (self.last && offset == self.end))
    }
}
