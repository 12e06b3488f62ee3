//! Putting text into cells: cut at the edge with an ellipsis, hostile characters as marks.

use std::borrow::Cow;
use std::slice;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::cell::{cells, dress, show};
pub(super) use crate::layout::width;
use crate::layout::{glyph, plain_start};
use crate::text::graphemes;

/// One row of styled pieces.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pieces: Vec<Piece<'a>>,
    width: u16,
    /// The cells there are for it.
    room: u16,
}

#[derive(Debug)]
struct Piece<'a> {
    text: Cow<'a, str>,
    style: Style,
    /// Whether each character is a cluster of one cell.
    is_plain: bool,
}

impl Default for Line<'_> {
    fn default() -> Self {
        Self::within(u16::MAX)
    }
}

impl<'a> Line<'a> {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// A line for which there are `room` cells: what is far behind them is not looked at.
    pub(super) fn within(room: u16) -> Self {
        Self { pieces: Vec::with_capacity(4), width: 0, room }
    }

    /// The line with a piece more.
    pub(super) fn with(mut self, text: impl Into<Cow<'a, str>>, style: Style) -> Self {
        let text = text.into();
        // One cell too many tells that it is cut.
        let most = self.room.saturating_sub(self.width).saturating_add(1);
        let plain = plain_start(&text, most);
        let (text, width) = match (plain, text) {
            (Some((length, width)), Cow::Borrowed(text)) => (Cow::Borrowed(text.get(..length).unwrap_or(text)), width),
            (Some((length, width)), Cow::Owned(mut text)) => {
                text.truncate(length);
                (Cow::Owned(text), width)
            }
            (None, text) => {
                let (shown, width) = shown(&text);
                (Cow::Owned(shown), width)
            }
        };
        self.width = self.width.saturating_add(width);
        self.pieces.push(Piece { text, style, is_plain: plain.is_some() });
        self
    }

    /// The line with another behind it.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.pieces.extend(other.pieces);
        self.width = self.width.saturating_add(other.width);
        self
    }

    /// The cells it takes.
    pub(super) fn width(&self) -> u16 {
        self.width
    }

    /// Draws it into row `row` of `area`, cut with an ellipsis where it does not fit.
    pub(super) fn draw(&self, row: u16, area: Rect, buffer: &mut Buffer) {
        let room = if row < area.height { area.width } else { 0 };
        let cells = cells((area.x, area.y.saturating_add(row)), room, buffer);
        let Some(last) = cells.len().checked_sub(1) else { return };
        let is_cut = self.width > area.width;
        let limit = if is_cut { last } else { cells.len() };
        let mut used = 0;
        for piece in &self.pieces {
            used = put(piece, used, &mut cells[..limit]);
        }
        if is_cut {
            let style = self.pieces.last().map_or_else(Style::new, |last| last.style);
            put(&Piece { text: Cow::Borrowed("…"), style, is_plain: false }, used, cells);
        }
    }
}

/// Puts what fits of `piece` into the cells from the one numbered `at` on; returns the number of the one behind.
fn put(piece: &Piece<'_>, mut at: usize, cells: &mut [Cell]) -> usize {
    let begin = at;
    if piece.is_plain {
        let mut rest = &*piece.text;
        for cell in cells.get_mut(at..).unwrap_or_default() {
            let Some((character, behind)) = first_character(rest) else { break };
            show(character, slice::from_mut(cell));
            (rest, at) = (behind, at + 1);
        }
    } else {
        for grapheme in graphemes(&piece.text) {
            let behind = at + usize::from(glyph(grapheme).width);
            let Some(cells) = cells.get_mut(at..behind) else { break };
            show(grapheme, cells);
            at = behind;
        }
    }
    dress(piece.style, cells.get_mut(begin..at).unwrap_or_default());
    at
}

/// The first character of `text` and what is behind it.
fn first_character(text: &str) -> Option<(&str, &str)> {
    text.split_at_checked(text.chars().next()?.len_utf8())
}

/// `text` as it may be shown on one row, and the cells it takes: line ends as blanks, what cannot be shown as marks.
pub(super) fn shown(text: &str) -> (String, u16) {
    graphemes(text).fold((String::with_capacity(text.len()), 0), |(mut shown, width), grapheme| {
        let glyph = if matches!(grapheme, "\n" | "\r" | "\r\n") { glyph(" ") } else { glyph(grapheme) };
        shown.push_str(&glyph.text);
        (shown, u16::saturating_add(width, glyph.width))
    })
}

/// The first `cells` cells of `text`, with an ellipsis if that is not all of it.
pub(super) fn cut(text: &str, cells: u16) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for grapheme in graphemes(text) {
        used += glyph(grapheme).width;
        if used > cells {
            break;
        }
        kept.push_str(grapheme);
    }
    kept + "…"
}

/// `text` in at most `rows` rows of `cells` cells, with an ellipsis if that is not all of it.
pub(super) fn wrapped(text: &str, cells: u16, rows: u16) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let count = lines.len();
        match lines.last_mut() {
            // What is too long for the last row is cut where it is drawn.
            Some(line) if count == usize::from(rows) || width(line).saturating_add(1 + width(word)) <= cells => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
