//! Putting text into cells: cut at the edge with an ellipsis, hostile characters as marks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Cell;
pub(super) use crate::layout::width;
use crate::layout::{glyph, plain_width};
use crate::text::graphemes;

/// One row of styled pieces.
#[derive(Debug, Default)]
pub(super) struct Line {
    pieces: Vec<(String, Style)>,
    width: u16,
}

impl Line {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// The line with a piece more.
    pub(super) fn with(mut self, text: impl AsRef<str>, style: Style) -> Self {
        let text = text.as_ref();
        let (piece, width) = plain_width(text).map_or_else(|| shown(text), |width| (text.to_owned(), width));
        self.width = self.width.saturating_add(width);
        self.pieces.push((piece, style));
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
        if row >= area.height || area.width == 0 {
            return;
        }
        let (y, end) = (area.y + row, area.x + area.width);
        let cut = self.width > area.width;
        let limit = if cut { end - 1 } else { end };
        let mut x = area.x;
        for (text, style) in &self.pieces {
            x = put(text, *style, (x, y), limit, buffer);
        }
        if cut {
            let style = self.pieces.last().map_or_else(Style::new, |(_, style)| *style);
            put("…", style, (x.min(end - 1), y), end, buffer);
        }
    }
}

/// Puts what fits of `text` into the cells from `x` up to `limit`; returns the cell behind. ratatui's `set_stringn` asks the tables of
/// Unicode for every character.
fn put(text: &str, style: Style, (mut x, y): Cell, limit: u16, buffer: &mut Buffer) -> u16 {
    for grapheme in graphemes(text) {
        let behind = x.saturating_add(glyph(grapheme).width);
        if behind > limit {
            break;
        }
        if let Some(cell) = buffer.cell_mut((x, y)) {
            cell.set_symbol(grapheme).set_style(style);
        }
        for covered in x + 1..behind {
            if let Some(cell) = buffer.cell_mut((covered, y)) {
                cell.reset();
            }
        }
        x = behind;
    }
    x
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
