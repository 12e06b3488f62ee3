//! A text field of one or more lines.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::Cell;
use super::line::{Line, width};
use crate::app::Field;
use crate::layout::glyph;

/// Draws a field behind a prompt, scrolled so that its cursor is in sight; returns the cursor's cell.
pub(super) fn draw(field: &Field, prompt: &str, area: Rect, frame: &mut Frame) -> Option<Cell> {
    if area.is_empty() {
        return None;
    }
    let text = format!("{prompt}{}", field.text());
    let before = format!("{prompt}{}", field.before());
    let line = before.matches('\n').count();
    let first = (line + 1).saturating_sub(usize::from(area.height));
    let ahead = width(before.rsplit('\n').next().unwrap_or_default());
    for (row, content) in (0..area.height).zip(text.split('\n').skip(first)) {
        let own = usize::from(row) + first == line;
        let hidden = if own { ahead.saturating_sub(area.width - 1) } else { 0 };
        Line::new().with(without_first(content, hidden), Style::new()).draw(row, area, frame.buffer_mut());
    }
    let x = area.x + ahead.min(area.width - 1);
    Some((x, area.y + u16::try_from(line - first).unwrap_or(0)))
}

/// `text` without its first `cells` cells.
fn without_first(text: &str, cells: u16) -> String {
    let mut skipped: u16 = 0;
    let rest = text.graphemes(true).skip_while(|grapheme| {
        let skip = skipped < cells;
        skipped = skipped.saturating_add(glyph(grapheme).width);
        skip
    });
    rest.collect()
}
