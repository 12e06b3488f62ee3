//! The text with its paragraph numbers, rails and lanes.

use std::cmp::Reverse;

use ratatui::Frame;
use ratatui::buffer::{self, Buffer};
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use super::cell::{cells, dress, show};
use super::{Cell, Theme, lanes, rect};
use crate::annotation::Annotation;
use crate::app::{App, Area, Line, Screen};
use crate::layout::{Glyph, Row, glyph};
use crate::schema::Rgb;
use crate::text::{Offset, Span};

/// What is drawn of an annotation: one fragment in the window.
struct Mark<'a> {
    span: Span,
    annotation: &'a Annotation,
    /// The place of its rail.
    rail: Option<usize>,
    focused: bool,
    /// What the text under it looks like, found once for all its cells.
    style: Style,
}

impl Mark<'_> {
    fn is_on(&self, row: &Row) -> bool {
        self.span.start() < row.end && row.start < self.span.end()
    }
}

/// Draws the text; returns the cell of the cursor.
pub(super) fn draw(app: &App, theme: Theme, screen: &Screen, frame: &mut Frame) -> Option<Cell> {
    let lines = app.lines();
    let (first, last) = (lines.first()?.row(), lines.last()?.row());
    let colors: Vec<Color> = app.rails.iter().map(|rail| theme.color(rail.color)).collect();
    let marks = marks_between(app, (theme, &colors), first.start, last.end);
    let found = places_found(app, first.start, last.end);
    let area = rect(screen.text, frame);
    let buffer = frame.buffer_mut();
    let mut cursor = None;
    for (line, y) in lines.iter().zip(area.y..area.y + area.height) {
        let Line::Text(row) = line else {
            lanes::draw(app, theme, line, (screen.rails, Rect { y, height: 1, ..area }), buffer);
            continue;
        };
        number(app, theme, row, screen.numbers, y, buffer);
        let on_row: Vec<&Mark> = marks.iter().filter(|mark| mark.is_on(row)).collect();
        rails(app, (theme, &colors), row, &on_row, (screen.rails, y), buffer);
        text(app, theme, row, (&on_row, &found), (screen.text, y), buffer);
        if row.holds(app.selection.head) {
            let cell = row.cell_of(&app.document.text, app.selection.head).min(screen.text.width.saturating_sub(1));
            cursor = Some((screen.text.x + cell, y));
        }
    }
    cursor
}

fn marks_between<'a>(app: &'a App, (theme, colors): Look, start: Offset, end: Offset) -> Vec<Mark<'a>> {
    let Ok(window) = app.document.text.span(start, end) else { return Vec::new() };
    let mark = |(span, annotation)| {
        let label = app.label_number(annotation);
        let rail = app.rails.iter().position(|rail| rail.shows(label));
        let color = rail.and_then(|place| colors.get(place)).map_or_else(|| theme.color(UNKNOWN), |color| *color);
        let focused = app.focus == Some(annotation.id);
        let style = if focused { theme.focused(color) } else { theme.covered(color) };
        Mark { span, annotation, rail, focused, style }
    };
    let shown = app.session.set().overlapping(window).filter(|(_, annotation)| app.shows(annotation));
    let mut marks: Vec<Mark> = shown.map(mark).collect();
    // The longest first: what is drawn later is drawn over it, and the focused annotation over all.
    marks.sort_by_key(|mark| (mark.focused, Reverse(mark.span.bytes()), mark.annotation.id));
    marks
}

fn places_found(app: &App, start: Offset, end: Offset) -> Vec<Span> {
    let window = app.document.text.span(start, end);
    let query = app.query.as_ref().zip(window.ok());
    query.map_or_else(Vec::new, |(query, window)| query.in_window(&app.document.text, window).collect())
}

fn number(app: &App, theme: Theme, row: &Row, area: Area, y: u16, buffer: &mut Buffer) {
    if let Some(number) = app.document.text.paragraph_number(row.line).filter(|_| row.first && area.width > 0) {
        let width = usize::from(area.width);
        buffer.set_stringn(area.x, y, format!("{:>width$}", number + 1), width, theme.quiet());
    }
}

/// A letter where a label's annotation starts (a digit where several do), a rule where it goes on, a short one where it ends.
fn rails(app: &App, (theme, colors): Look, row: &Row, marks: &[&Mark], (area, y): (Area, u16), buffer: &mut Buffer) {
    if area.width == 0 {
        return;
    }
    for (((place, rail), color), x) in app.rails.iter().enumerate().zip(colors).zip(area.x..area.x + area.width) {
        let own = || marks.iter().filter(|mark| mark.rail == Some(place));
        if own().next().is_none() {
            continue;
        }
        let starting = || own().filter(|mark| row.start <= mark.span.start());
        // Two fragments of one annotation are one.
        let is_first = |mark: &&&Mark| {
            starting()
                .find(|other| other.annotation.id == mark.annotation.id)
                .is_some_and(|first| first.span == mark.span)
        };
        let symbol = match starting().filter(is_first).take(MANY).count() {
            0 if own().any(|mark| mark.span.end() > row.end) => '│',
            0 => '╵',
            1 => rail.letter,
            MANY => '+',
            count => char::from_digit(u32::try_from(count).unwrap_or(9), 10).unwrap_or('9'),
        };
        let style = theme.rail(*color);
        let style = if own().any(|mark| mark.focused) { style.patch(theme.selected()) } else { style };
        put(&glyph(symbol.encode_utf8(&mut [0; 4])), style, cells((x, y), 1, buffer));
    }
    put(&glyph("│"), theme.quiet(), cells((area.x + area.width, y), 1, buffer));
}

fn text(
    app: &App,
    theme: Theme,
    row: &Row,
    (marks, found): (&[&Mark], &[Span]),
    (area, y): (Area, u16),
    buffer: &mut Buffer,
) {
    let selected = app.selected();
    let cells = cells((area.x, y), area.width, buffer);
    let (mut covered, mut known_to) = (Style::new(), Some(row.start));
    for (offset, cell, glyph) in row.glyphs(&app.document.text) {
        let Some(cells) = cells.get_mut(usize::from(cell)..).filter(|cells| !cells.is_empty()) else { break };
        if known_to.is_some_and(|to| offset >= to) {
            (covered, known_to) = covered_at(marks, offset);
        }
        let mut style = covered;
        if glyph.mark {
            style = style.patch(theme.mark());
        }
        if selected.is_some_and(|span| span.contains(offset)) {
            style = style.patch(theme.selected());
        } else if found.iter().any(|span| span.contains(offset)) {
            style = theme.found();
        }
        put(&glyph, style, cells);
    }
}

/// What the text at `offset` looks like under `marks`, and up to where it does; to the end if it does not change.
fn covered_at(marks: &[&Mark], offset: Offset) -> (Style, Option<Offset>) {
    let top = marks.iter().rfind(|mark| mark.span.contains(offset));
    let edges = marks.iter().flat_map(|mark| [mark.span.start(), mark.span.end()]);
    (top.map(|mark| mark.style).unwrap_or_default(), edges.filter(|edge| *edge > offset).min())
}

/// Puts a glyph into the first of `cells`, if it fits.
fn put(glyph: &Glyph, style: Style, cells: &mut [buffer::Cell]) {
    let Some(cells) = cells.get_mut(..usize::from(glyph.width)) else { return };
    if !glyph.is_blank() {
        show(&glyph.text, cells);
    }
    dress(style, cells);
}

/// The theme, and the colour of each rail in it.
type Look<'a> = (Theme, &'a [Color]);

/// So many annotations of one label that start on a row have no digit.
const MANY: usize = 10;

/// The colour of labels that no rail shows.
const UNKNOWN: Rgb = Rgb { red: 0x99, green: 0x99, blue: 0x99 };
