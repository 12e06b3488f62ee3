//! Boxes over the text: the keys that go on a sequence, and lists to choose from.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::line::{Line, cut, shown, width};
use super::{Cell, Theme, field, rect};
use crate::app::{App, Ask, Picker, Screen};
use crate::command::entry_of;
use crate::keymap::{Action, Continuation, KeyCode};

/// The widest that a box gets.
const WIDEST: u16 = 84;

/// Clears a box for `rows` lines in the middle and draws its border; returns the inside.
pub(super) fn open(title: &str, theme: Theme, rows: u16, frame: &mut Frame) -> Rect {
    let full = frame.area();
    let width = full.width.saturating_sub(4).clamp(full.width.min(20), WIDEST);
    let height = rows.saturating_add(2).min(full.height);
    let outer = Rect { x: (full.width - width.min(full.width)) / 2, y: (full.height - height) / 3, width, height };
    bordered(title, theme, outer, frame)
}

fn bordered(title: &str, theme: Theme, outer: Rect, frame: &mut Frame) -> Rect {
    let outer = outer.intersection(frame.area());
    Clear.render(outer, frame.buffer_mut());
    let title = format!(" {} ", shown(&cut(title, outer.width.saturating_sub(4))));
    let block = Block::bordered().border_type(BorderType::Rounded).border_style(theme.quiet());
    let block = block.title(title).title_style(theme.heading());
    let inside = block.inner(outer);
    block.render(outer, frame.buffer_mut());
    Rect { x: inside.x + inside.width.min(1), width: inside.width.saturating_sub(2), ..inside }
}

/// The keys that go on what was begun, at the foot of the text.
pub(super) fn continuations(app: &App, theme: Theme, screen: &Screen, frame: &mut Frame) {
    if !app.shows_continuations() {
        return;
    }
    let line = |next: Continuation| {
        let key = match next.key.code {
            KeyCode::Char(c) if !next.key.ctrl && !next.key.alt && c != ' ' => app.hint_key(c),
            _ => next.key.to_string(),
        };
        keyed(&key, &explanation(app, next.action), theme)
    };
    let lines: Vec<Line> = app.keymap().continuations(&app.pending).map(line).collect();
    let begun: Vec<String> = app.pending.iter().map(ToString::to_string).collect();
    at_foot(&format!("{} then …", begun.join(" ")), &lines, theme, screen, frame);
}

/// A question and the keys that answer it, at the foot of the text.
pub(super) fn ask(ask: &Ask, app: &App, theme: Theme, screen: &Screen, frame: &mut Frame) {
    let lines: Vec<Line> = ask.answers.iter().map(|own| keyed(&app.hint_key(own.key), &own.text, theme)).collect();
    at_foot(&ask.title, &lines, theme, screen, frame);
}

fn keyed(key: &str, what: &str, theme: Theme) -> Line {
    Line::new().with(format!("{key:4} "), theme.key()).with(what, Style::new())
}

/// A box with these lines at the foot of the text, to the right; in columns where there are more than rows.
fn at_foot(title: &str, lines: &[Line], theme: Theme, screen: &Screen, frame: &mut Frame) {
    const GAP: u16 = 2;
    let (text, full) = (rect(screen.text, frame), frame.area());
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX).max(1);
    let columns = count.div_ceil(text.height.saturating_sub(2).max(1));
    let rows = count.div_ceil(columns);
    let widest = lines.iter().map(Line::width).max().unwrap_or(0);
    let room = full.width.saturating_sub(4).saturating_sub(GAP * (columns - 1)) / columns;
    let column = widest.min(room.max(1));
    let width = (column.saturating_mul(columns) + GAP * (columns - 1)).max(width(title)).max(12);
    let (width, height) = (width.saturating_add(4).min(full.width), rows.saturating_add(2).min(text.height));
    // Columns may need more than the text is wide.
    let (right, bottom) = (text.right().max(width).min(full.right()), text.bottom());
    let outer = Rect { x: right.saturating_sub(width), y: bottom.saturating_sub(height), width, height };
    let inside = bordered(title, theme, outer, frame);
    for (place, line) in (0..).zip(lines) {
        let x = (place / rows) * (column + GAP);
        let area = Rect { x: inside.x + x, width: column.min(inside.width.saturating_sub(x)), ..inside };
        line.draw(place % rows, area, frame.buffer_mut());
    }
}

fn explanation(app: &App, action: Option<Action>) -> String {
    match action {
        Some(Action::Run(command)) => entry_of(command).title(&app.language).to_owned(),
        Some(Action::Annotate(number) | Action::Relabel(number)) => {
            let label = app.label(number).map(|(_, label)| label.title.in_language(&app.language));
            label.unwrap_or_default().to_owned()
        }
        None => "…".to_owned(),
    }
}

/// A list to choose from; returns the cell of the filter's cursor.
pub(super) fn picker(picker: &Picker, theme: Theme, frame: &mut Frame) -> Option<Cell> {
    let matches = picker.matches();
    let items = u16::try_from(matches.len()).unwrap_or(u16::MAX).max(1);
    let inside = open(&picker.title, theme, items.min(frame.area().height.saturating_sub(6)) + 1, frame);
    let cursor = field::draw(&picker.filter, "> ", Rect { height: inside.height.min(1), ..inside }, frame);
    let shown = usize::from(inside.height.saturating_sub(1));
    let first = (picker.selected() + 1).saturating_sub(shown);
    let buffer = frame.buffer_mut();
    for (row, (place, item)) in (1..inside.height).zip(matches.iter().enumerate().skip(first)) {
        let chosen = place == picker.selected();
        Line::new()
            .with(if chosen { "▶ " } else { "  " }, theme.key())
            .with(&item.text, if chosen { theme.chosen() } else { Style::new() })
            .with(format!("  {}", item.detail), theme.quiet())
            .draw(row, inside, buffer);
    }
    if matches.is_empty() {
        Line::new().with("nothing matches; Esc leaves", theme.quiet()).draw(1, inside, buffer);
    }
    cursor
}
