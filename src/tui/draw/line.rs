//! Putting text into cells: cut at the edge with an ellipsis, hostile characters as marks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::layout::glyph;

/// One row of styled pieces.
#[derive(Debug, Default)]
pub(super) struct Line {
    pieces: Vec<(String, Style)>,
}

impl Line {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// The line with a piece more.
    pub(super) fn with(mut self, text: impl AsRef<str>, style: Style) -> Self {
        self.pieces.push((shown(text.as_ref()), style));
        self
    }

    /// The cells it takes.
    pub(super) fn width(&self) -> u16 {
        self.pieces.iter().map(|(text, _)| width(text)).fold(0, u16::saturating_add)
    }

    /// Draws it into row `row` of `area`, cut with an ellipsis where it does not fit.
    pub(super) fn draw(&self, row: u16, area: Rect, buffer: &mut Buffer) {
        if row >= area.height || area.width == 0 {
            return;
        }
        let (y, end) = (area.y + row, area.x + area.width);
        let cut = self.width() > area.width;
        let limit = if cut { end - 1 } else { end };
        let mut x = area.x;
        for (text, style) in &self.pieces {
            let room = usize::from(limit.saturating_sub(x));
            (x, _) = buffer.set_stringn(x, y, text, room, *style);
        }
        if cut {
            let style = self.pieces.last().map_or_else(Style::new, |(_, style)| *style);
            buffer.set_stringn(x.min(end - 1), y, "…", 1, style);
        }
    }
}

/// `text` as it may be shown on one row: line ends as blanks, what cannot be shown as marks.
pub(super) fn shown(text: &str) -> String {
    text.graphemes(true).map(|grapheme| if is_line_end(grapheme) { " ".into() } else { glyph(grapheme).text }).collect()
}

fn is_line_end(grapheme: &str) -> bool {
    matches!(grapheme, "\n" | "\r" | "\r\n")
}

/// The cells that `text` takes.
pub(super) fn width(text: &str) -> u16 {
    text.graphemes(true).map(|grapheme| glyph(grapheme).width).fold(0, u16::saturating_add)
}

/// The first `cells` cells of `text`, with an ellipsis if that is not all of it.
pub(super) fn cut(text: &str, cells: u16) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for grapheme in text.graphemes(true) {
        used += glyph(grapheme).width;
        if used > cells {
            break;
        }
        kept.push_str(grapheme);
    }
    kept + "…"
}
