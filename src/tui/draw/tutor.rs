//! The lesson of the tutor, above the hints.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::line::{Line, width};
use super::{Theme, rect};
use crate::app::{App, Area, Piece};

/// Draws the lesson at hand: a heading with its number, then its words, as many rows as there are.
pub(super) fn lesson(app: &App, theme: Theme, area: Area, frame: &mut Frame) {
    let area = rect(area, frame);
    let Some((number, count, pieces)) = app.lesson().filter(|_| !area.is_empty()) else { return };
    let title = format!(" tutor {number} of {count} ");
    let rule = "─".repeat(usize::from(area.width.saturating_sub(width(&title) + 1)));
    let heading = Line::new().with("─", theme.quiet()).with(title, theme.heading()).with(rule, theme.quiet());
    heading.draw(0, area, frame.buffer_mut());
    let inside = Rect { x: area.x + area.width.min(1), width: area.width.saturating_sub(2), ..area };
    for (row, line) in (1..area.height).zip(wrapped(&pieces, theme, inside.width)) {
        line.draw(row, inside, frame.buffer_mut());
    }
}

/// The pieces in lines of at most `room` cells, broken at blanks: a comma behind a key stays with it.
fn wrapped(pieces: &[Piece], theme: Theme, room: u16) -> Vec<Line<'_>> {
    let mut lines = vec![Line::new()];
    let mut word = Line::new();
    for piece in pieces {
        let (text, style) = match piece {
            Piece::Words(words) => (words, Style::new()),
            Piece::Keys(keys) => (keys, theme.key()),
        };
        for (place, part) in text.split(' ').enumerate() {
            if place > 0 {
                put(std::mem::take(&mut word), room, &mut lines);
            }
            word = word.with(part, style);
        }
    }
    put(word, room, &mut lines);
    lines
}

/// Puts `word` at the end of the last line, or on a new one where it does not fit.
fn put<'a>(word: Line<'a>, room: u16, lines: &mut Vec<Line<'a>>) {
    let line = lines.pop().unwrap_or_default();
    if line.width() == 0 {
        lines.push(word);
    } else if line.width() + 1 + word.width() > room {
        lines.extend([line, word]);
    } else {
        lines.push(line.with(" ", Style::new()).and(word));
    }
}
