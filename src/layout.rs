//! Rows: where the text stands at a width.
//!
//! [`Layout`] wraps lines lazily: it is asked for rows from some offset on and looks at nothing else, so what a key costs does not
//! depend on the length of the document. Because nothing is cached, it has no state to go stale: a resize is another
//! `Layout`. A line longer than [`PIECE`] bytes is wrapped piece by piece, each piece on fresh rows, so that a transcript
//! of one 10 MB line costs the same as any other.
//!
//! | file | holds |
//! |---|---|
//! | `glyph` | [`Glyph`]: what is drawn for a grapheme cluster, and how wide |
//! | `row` | [`Row`]: offset ↔ cell |
//! | `wrapping` | one piece of a line, row by row |

mod glyph;
mod row;
mod wrapping;

use std::iter;

pub use glyph::{Glyph, glyph, plain_start, width};
pub use row::Row;

use wrapping::Wrapping;

use crate::text::{Line, Offset, Text};

/// The bytes of a line that are wrapped at a time.
pub const PIECE: usize = 8192;

/// How far behind a piece's nominal start a blank is looked for, to start the piece there.
const SEARCH: usize = 1024;

/// A text wrapped at a width.
#[derive(Clone, Copy, Debug)]
pub struct Layout<'a> {
    text: &'a Text,
    width: u16,
}

/// A stretch of one line that is wrapped on its own.
#[derive(Clone, Copy, Debug)]
struct Piece {
    line: usize,
    number: usize,
    start: Offset,
    end: Offset,
}

impl<'a> Layout<'a> {
    /// `text` in rows of at most `width` cells; a width of 0 counts as 1.
    pub fn new(text: &'a Text, width: u16) -> Self {
        Self { text, width: width.max(1) }
    }

    /// The row on which the grapheme cluster at `offset` stands. The end of a line stands on its last row.
    pub fn row_at(&self, offset: Offset) -> Row {
        self.wrap(self.piece_at(offset)).row_at(offset)
    }

    /// The rows from the one at `offset` on, each wrapped when it is asked for.
    pub fn rows(self, offset: Offset) -> impl Iterator<Item = Row> + use<'a> {
        let piece = self.piece_at(offset);
        let rows = self.wrap(piece);
        let is_before = rows.is_before(offset);
        let further = iter::successors(self.next_piece(piece), move |piece| self.next_piece(*piece));
        rows.skip_while(is_before).chain(further.flat_map(move |piece| self.wrap(piece)))
    }

    /// At most `count` rows, from the one at `offset` on.
    pub fn rows_from(&self, offset: Offset, count: usize) -> Vec<Row> {
        self.rows(offset).take(count).collect()
    }

    /// At most `count` rows before the one at `offset`, in reading order.
    pub fn rows_before(&self, offset: Offset, count: usize) -> Vec<Row> {
        let mut piece = self.piece_at(offset);
        let rows = self.wrap(piece);
        let is_before = rows.is_before(offset);
        let mut rows: Vec<Row> = rows.take_while(is_before).collect();
        while rows.len() < count {
            let Some(previous) = self.previous_piece(piece) else { break };
            piece = previous;
            let mut earlier: Vec<Row> = self.wrap(piece).collect();
            earlier.append(&mut rows);
            rows = earlier;
        }
        rows.split_off(rows.len().saturating_sub(count))
    }

    fn piece_at(&self, offset: Offset) -> Piece {
        let number = self.text.line_of(offset);
        let line = self.text.line(number);
        // A piece that would start at the end of its line is none; a character may be longer than a piece.
        let is_behind = |piece: usize| {
            let start = piece_start(self.text, line, piece);
            piece > 0 && (start > offset || start == line.end)
        };
        let mut nominal = (offset.bytes() - line.start.bytes()) / PIECE;
        while is_behind(nominal) {
            nominal -= 1;
        }
        while !is_behind(nominal + 1) {
            nominal += 1;
        }
        self.piece(number, line, nominal)
    }

    fn piece(&self, number: usize, line: Line, piece: usize) -> Piece {
        let start = piece_start(self.text, line, piece);
        Piece { line: number, number: piece, start, end: piece_start(self.text, line, piece + 1) }
    }

    fn next_piece(&self, piece: Piece) -> Option<Piece> {
        let line = self.text.line(piece.line);
        let next = (piece.number + 1..).take_while(|next| line.start.bytes() + next * PIECE < line.end.bytes());
        let mut next = next.map(|next| self.piece(piece.line, line, next)).filter(|next| next.start < next.end);
        next.next().or_else(|| {
            let below = piece.line + 1;
            (below < self.text.line_count()).then(|| self.piece(below, self.text.line(below), 0))
        })
    }

    fn previous_piece(&self, piece: Piece) -> Option<Piece> {
        let line = self.text.line(piece.line);
        let mut before = (0..piece.number).rev().map(|before| self.piece(piece.line, line, before));
        before.find(|before| before.start < before.end).or_else(|| {
            let above = piece.line.checked_sub(1)?;
            let line = self.text.line(above);
            let last = (line.end.bytes() - line.start.bytes()) / PIECE;
            let mut pieces = (0..=last).rev().map(|number| self.piece(above, line, number));
            pieces.find(|piece| piece.start < piece.end || piece.number == 0)
        })
    }

    /// The rows of a piece, at least one.
    fn wrap(&self, piece: Piece) -> Wrapping<'a> {
        let Piece { line, start, end, .. } = piece;
        let rest = self.text.between(start, end);
        Wrapping::new((self.text.line(line), line), start, rest, self.width)
    }
}

/// Where piece `number` of `line` starts: behind the first blank from its nominal start on, so that no word is cut.
fn piece_start(text: &Text, line: Line, number: usize) -> Offset {
    let nominal = line.start.bytes() + number * PIECE;
    if number == 0 {
        return line.start;
    }
    if nominal >= line.end.bytes() {
        return line.end;
    }
    let from = text.boundary_at_or_before(nominal);
    let limit = text.boundary_at_or_before((nominal + SEARCH).min(line.end.bytes()));
    let blanks =
        text.between(from, limit.max(from)).match_indices(' ').map(|(at, _)| Offset::new(from.bytes() + at + 1));
    let follows = |at: &Offset| text.is_boundary(*at) && !text.between(*at, line.end).starts_with(char::is_whitespace);
    blanks.filter(|at| at.bytes() > nominal).find(follows).unwrap_or(from)
}

#[cfg(test)]
mod tests;
