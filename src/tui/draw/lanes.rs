//! The lanes below a row of text: from where to where each annotation goes, and what it is.
//!
//! `╰ claim C4 ───╯` starts and ends where its corners stand; a bar without a corner goes on on the next row, or comes from the one
//! before. The annotation that stands out has a heavy bar and its label reversed, so that it is told without colour too.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::Theme;
use super::line::Line as Words;
use crate::annotation::AnnotationId;
use crate::app::{App, Area, Bar, Line};
use crate::schema::Rgb;

/// The symbols of a bar: where it starts, ends, is one cell, goes on, and where an interrupted one is not.
struct Symbols {
    start: &'static str,
    end: &'static str,
    single: &'static str,
    rule: &'static str,
    gap: &'static str,
}

const LIGHT: Symbols = Symbols { start: "╰", end: "╯", single: "╵", rule: "─", gap: "┄" };
const HEAVY: Symbols = Symbols { start: "┗", end: "┛", single: "╹", rule: "━", gap: "┅" };

/// The app, and the annotation in it that stands out, found once for all lines.
type Shown<'a> = (&'a App, Option<AnnotationId>);

/// Draws a line below a row of text into `text`, a row of the panel.
pub(super) fn draw(
    (app, outstanding): Shown<'_>,
    theme: Theme,
    line: &Line,
    (rails, text): (Area, Rect),
    buffer: &mut Buffer,
) {
    if rails.width > 0 {
        buffer.set_stringn(rails.x + rails.width, text.y, "┊", 1, theme.quiet());
    }
    match line {
        Line::Text(_) => {}
        Line::Lane(_, bars) => bars.iter().for_each(|own| bar((app, outstanding), theme, own, text, buffer)),
        Line::Rest(_, ids) => rest(app, theme, ids, text, buffer),
    }
}

fn bar((app, outstanding): Shown<'_>, theme: Theme, bar: &Bar, area: Rect, buffer: &mut Buffer) {
    let focused = outstanding.filter(|id| bar.ids.contains(id));
    let shown = focused.or(bar.ids.first().copied());
    let (symbols, weight) = match focused {
        Some(_) => (HEAVY, Modifier::BOLD),
        None => (LIGHT, Modifier::empty()),
    };
    let style = Style::new().fg(theme.color(shown.map_or(UNKNOWN, |id| color(app, id)))).add_modifier(weight);
    let mut put = |x: u16, symbol: &str| {
        if x < area.width {
            buffer.set_stringn(area.x + x, area.y, symbol, 1, style);
        }
    };
    let mut behind = None;
    for own in &bar.stretches {
        for x in behind.unwrap_or(own.cells.start)..own.cells.start {
            put(x, symbols.gap);
        }
        let last = own.cells.end.saturating_sub(1);
        for x in own.cells.clone() {
            put(
                x,
                match (own.starts && x == own.cells.start, own.ends && x == last) {
                    (true, true) => symbols.single,
                    (true, false) => symbols.start,
                    (false, true) => symbols.end,
                    (false, false) => symbols.rule,
                },
            );
        }
        behind = Some(own.cells.end);
    }
    let hull = bar.stretches.first().map_or(0, |own| own.cells.start)..behind.unwrap_or(0);
    if let Some(x) = bar.label {
        label((app, outstanding), theme, bar, (x, hull.contains(&x)), area, buffer);
    }
}

/// The label of a bar, with a blank on either side where it stands within.
fn label(
    (app, outstanding): Shown<'_>,
    theme: Theme,
    bar: &Bar,
    (x, within): (u16, bool),
    area: Rect,
    buffer: &mut Buffer,
) {
    let style = |id: Option<AnnotationId>| {
        let style = Style::new().fg(theme.color(id.map_or(UNKNOWN, |id| color(app, id))));
        if id.is_some() && id == outstanding {
            style.patch(theme.selected()).add_modifier(Modifier::BOLD)
        } else {
            style
        }
    };
    let mut line = Words::new();
    for (words, id) in bar.words(app) {
        line = line.with(words, style(id));
    }
    let width = line.width();
    let beside = |x: u16, buffer: &mut Buffer| {
        if within && x < area.width {
            buffer.set_stringn(area.x + x, area.y, " ", 1, Style::reset());
        }
    };
    beside(x.saturating_sub(1), buffer);
    beside(x + width, buffer);
    let place = Rect { x: area.x + x, width: width.min(area.width.saturating_sub(x)), ..area };
    line.draw(0, place, buffer);
}

/// How many more there are, and their names as far as there is room.
fn rest(app: &App, theme: Theme, ids: &[AnnotationId], area: Rect, buffer: &mut Buffer) {
    let names = ids.iter().take(usize::from(area.width)).filter_map(|id| app.session.set().get(*id));
    let line = Words::new().with(format!("+{}", ids.len()), theme.key());
    let line = names.fold(line, |line, own| {
        line.with(" ", Style::new()).with(own.name(), Style::new().fg(theme.color(color(app, own.id))))
    });
    line.draw(0, area, buffer);
}

/// The colour of an annotation's label.
fn color(app: &App, id: AnnotationId) -> Rgb {
    let label = app.session.set().get(id).map(|own| app.label_number(own));
    let rail = label.and_then(|label| app.rails.iter().find(|rail| rail.shows(label)));
    rail.map_or(UNKNOWN, |rail| rail.color)
}

/// The colour of labels that no rail shows.
const UNKNOWN: Rgb = Rgb { red: 0x99, green: 0x99, blue: 0x99 };
