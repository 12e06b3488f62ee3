//! One piece of a line, row by row.

use super::Row;
use super::glyph::{Stretch, stretch};
use crate::text::{Line, Offset};

/// The rows of a piece that are still to come; each is wrapped when it is asked for.
#[derive(Debug)]
pub(super) struct Wrapping<'a> {
    /// The line and its number.
    line: (Line, usize),
    width: u16,
    /// Where the next row starts, and the piece ends.
    start: Offset,
    end: Offset,
    /// What is not on a row yet, from `at` on.
    rest: &'a str,
    at: Offset,
    /// The cells of what stands on the next row so far.
    cells: u16,
    /// Where that row may end, and the cells behind that place.
    opportunity: Option<(Offset, u16)>,
    /// What did not fit on the row before.
    ahead: Option<Stretch>,
    is_done: bool,
}

impl<'a> Wrapping<'a> {
    /// The rows of `piece`, which begins at `start` in `line`, of at most `width` cells.
    pub(super) fn new(line: (Line, usize), start: Offset, piece: &'a str, width: u16) -> Self {
        Self {
            line,
            width,
            start,
            end: Offset::new(start.bytes() + piece.len()),
            rest: piece,
            at: start,
            cells: 0,
            opportunity: None,
            ahead: None,
            is_done: false,
        }
    }

    /// Whether a row comes before the one on which `offset`, in the piece, stands. The end of the piece stands on its last row.
    pub(super) fn is_before(&self, offset: Offset) -> impl Fn(&Row) -> bool + use<> {
        let end = self.end;
        move |row| row.end <= offset && row.end < end
    }

    /// The row on which `offset`, in the piece, stands.
    pub(super) fn row_at(mut self, offset: Offset) -> Row {
        let is_before = self.is_before(offset);
        let mut row = self.wrapped();
        while is_before(&row) {
            row = self.wrapped();
        }
        row
    }

    fn row(&self, end: Offset) -> Row {
        let (line, number) = self.line;
        Row {
            line: number,
            start: self.start,
            end,
            first: self.start == line.start,
            last: self.is_done && end == line.end,
        }
    }

    /// The next row; at the end, the last one again.
    fn wrapped(&mut self) -> Row {
        let room = |own: &Self| own.width.saturating_sub(own.cells);
        while let Some(next) = self.ahead.take().or_else(|| stretch(self.rest, room(self))) {
            let Stretch { length, width, is_blank, behind } = next;
            // Twice for one stretch where what stands behind the opportunity and a wide cluster do not fit either.
            if self.cells.saturating_add(width) > self.width && self.cells > 0 && !is_blank {
                let (end, cells) = self.opportunity.take().unwrap_or((self.at, 0));
                let row = self.row(end);
                (self.start, self.cells, self.ahead) = (end, cells, Some(next));
                return row;
            }
            self.cells = self.cells.saturating_add(width);
            self.at = Offset::new(self.at.bytes() + length);
            self.rest = self.rest.get(length..).unwrap_or_default();
            if let Some((bytes, cells)) = behind {
                self.opportunity = Some((Offset::new(self.at.bytes() - bytes), cells));
            } else if let Some((_, behind)) = &mut self.opportunity {
                *behind += width;
            }
        }
        self.is_done = true;
        self.row(self.end)
    }
}

impl Iterator for Wrapping<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        (!self.is_done).then(|| self.wrapped())
    }
}
