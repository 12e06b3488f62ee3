//! A form to fill in.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::line::{Line, width, wrapped};
use super::{Cell, Theme, field, place, popup};
use crate::app::{App, Entry, Form, Input, Screen, Subject};

/// Draws a form, with what the schema says of the chosen entry; returns the cell of the cursor.
pub(super) fn draw(form: &Form, app: &App, theme: Theme, screen: &Screen, frame: &mut Frame) -> Option<Cell> {
    let rows = form.entries.iter().map(height).fold(0, u16::saturating_add);
    let about = match form.subject {
        Subject::Annotation(_) => place::subjects(app, screen),
        Subject::Speaker(_) => Vec::new(),
    };
    let is_explained = form.entries.iter().any(|entry| entry.guideline().is_some());
    let foot = if is_explained { popup::GUIDELINE } else { 0 };
    let box_inside = popup::open(&form.title, theme, rows.saturating_add(foot), (&about, screen), frame);
    let foot = foot.min(box_inside.height.saturating_sub(rows));
    let inside = Rect { height: box_inside.height - foot, ..box_inside };
    let guideline = form.entries.get(form.selected).and_then(Entry::guideline);
    let words = guideline.map_or_else(Vec::new, |words| wrapped(words, inside.width, foot.max(1)));
    popup::below(&words, theme, Rect { y: inside.bottom(), height: foot, ..inside }, frame);
    let titles = form.entries.iter().map(|entry| width(&entry.title)).max().unwrap_or(0).saturating_add(5);
    let mut cursor = None;
    let mut y = 0;
    for (place, entry) in form.entries.iter().enumerate() {
        let chosen = place == form.selected;
        let title = Line::new()
            .with(if chosen { "▶ " } else { "  " }, theme.key())
            .with(&entry.title, if chosen { theme.heading() } else { theme.quiet() })
            .with(if entry.required { " *" } else { "" }, theme.quiet());
        title.draw(y, inside, frame.buffer_mut());
        let (indent, above) = (titles.min(inside.width), y.min(inside.height));
        let area = Rect {
            x: inside.x + indent,
            width: inside.width - indent,
            y: inside.y + above,
            height: height(entry).min(inside.height - above),
        };
        let typing = input(entry, theme, chosen, area, frame);
        if chosen {
            cursor = typing.or(Some((area.x, area.y)));
        }
        y = y.saturating_add(height(entry));
    }
    cursor
}

fn height(entry: &Entry) -> u16 {
    match &entry.input {
        Input::Text(field) => u16::try_from(field.text().split('\n').count()).unwrap_or(u16::MAX),
        Input::Choice { .. } | Input::Speaker { .. } => 1,
    }
}

fn input(entry: &Entry, theme: Theme, chosen: bool, area: Rect, frame: &mut Frame) -> Option<Cell> {
    let line = match &entry.input {
        Input::Text(own) => return field::draw(own, "", area, frame),
        Input::Speaker { name, .. } if name.is_empty() => {
            Line::new().with("nobody — type a name, or → lists them", theme.quiet())
        }
        Input::Speaker { name, .. } => Line::new().with(name, Style::new()),
        Input::Choice { words, chosen: picked, .. } => {
            let mut line = Line::new();
            for (place, word) in words.iter().enumerate() {
                line = match (*picked == Some(place), chosen) {
                    (true, _) => line.with(format!("[{word}]"), theme.heading()),
                    (false, true) => line.with(format!(" {word} "), Style::new()),
                    (false, false) => line.with(format!(" {word} "), theme.quiet()),
                };
            }
            if line.width() <= area.width {
                line
            } else {
                // Where all words do not fit, the chosen one stays in sight.
                let word = picked.and_then(|place| words.get(place)).map_or("—", String::as_str);
                Line::new().with(format!("◀ [{word}] ▶"), theme.heading())
            }
        }
    };
    line.draw(0, area, frame.buffer_mut());
    None
}
