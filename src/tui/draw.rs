//! `&App` → frame. Drawing cannot change anything.
//!
//! | file | panel |
//! |---|---|
//! | `transcript` | paragraph numbers, rails, text |
//! | `lanes` | the lanes below a row of text |
//! | `inspector` | annotations at the cursor, all annotations, labels |
//! | `bars` | title, hints, status |
//! | `popup` | the keys that go on a sequence, lists to choose from |
//! | `form` | forms |
//! | `field` | text fields |
//! | `chooser` | the documents of a corpus |
//! | `tutor` | the lesson at hand |
//! | `place` | where boxes stand: not over what they are about |
//! | `line` | a row of styled pieces |
//! | `cell` | filling cells |

mod bars;
mod cell;
mod chooser;
mod field;
mod form;
mod inspector;
mod lanes;
mod line;
mod place;
mod popup;
mod transcript;
mod tutor;

pub use chooser::chooser;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Theme;
use crate::app::{App, Area, Mode, Screen};

/// Draws `app`.
pub fn draw(app: &App, theme: Theme, frame: &mut Frame) {
    let screen = Screen::of(app);
    if frame.area().is_empty() {
        return;
    }
    bars::title(app, theme, screen.title, frame);
    let cursor = transcript::draw(app, theme, &screen, frame);
    inspector::here(app, theme, screen.here, frame);
    inspector::list(app, theme, screen.list, frame);
    inspector::labels(app, theme, screen.labels, frame);
    tutor::lesson(app, theme, screen.lesson, frame);
    bars::hints(app, theme, screen.hints, frame);
    let typing = bars::status(app, theme, screen.status, frame);
    let in_popup = match &app.mode {
        Mode::Picker(picker) => popup::picker(picker, app, theme, &screen, frame),
        Mode::Form(form) => form::draw(form, app, theme, &screen, frame),
        Mode::Ask(ask) => {
            popup::ask(ask, app, theme, &screen, frame);
            None
        }
        Mode::Normal | Mode::Find(_) | Mode::Goto(_) | Mode::Elsewhere(_) | Mode::Sweep(_) => {
            popup::continuations(app, theme, &screen, frame);
            None
        }
    };
    let cursor = match &app.mode {
        Mode::Normal => cursor.filter(|_| app.pending.is_empty()),
        Mode::Find(_) | Mode::Goto(_) | Mode::Elsewhere(_) => typing,
        Mode::Picker(_) | Mode::Form(_) => in_popup,
        Mode::Sweep(_) => cursor,
        Mode::Ask(_) => None,
    };
    if let Some((x, y)) = cursor.filter(|(x, y)| *x < frame.area().width && *y < frame.area().height) {
        frame.set_cursor_position((x, y));
    }
}

/// A cell of the screen.
type Cell = (u16, u16);

/// `area` as ratatui has it, cut to what the frame holds.
fn rect(area: Area, frame: &Frame) -> Rect {
    Rect { x: area.x, y: area.y, width: area.width, height: area.height }.intersection(frame.area())
}

#[cfg(test)]
mod tests;
