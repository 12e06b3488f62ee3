//! The text with its paragraph numbers, rails and lanes.

use std::cmp::Reverse;

use ratatui::Frame;
use ratatui::buffer::{self, Buffer};
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

use super::cell::{cells, dress, show};
use super::{Cell, Theme, lanes, rect};
use crate::annotation::{Annotation, AnnotationId};
use crate::app::{App, Area, Line, Screen};
use crate::layout::{Glyph, Row, glyph};
use crate::schema::Rgb;
use crate::text::{Offset, Span, Text};

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

/// Draws the text; returns the cell of the cursor.
pub(super) fn draw(app: &App, theme: Theme, screen: &Screen, frame: &mut Frame) -> Option<Cell> {
    let lines = app.lines();
    let (first, last) = (lines.first()?.row(), lines.last()?.row());
    let colors: Vec<Color> = app.rails.iter().map(|rail| theme.color(rail.color)).collect();
    let outstanding = app.outstanding();
    let window = app.document.text.span(first.start, last.end).ok();
    let marks = window.map_or_else(Vec::new, |window| marks_in(app, outstanding, (theme, &colors), window));
    let found = window.map_or_else(Vec::new, |window| places_found(app, window));
    let area = rect(screen.text, frame);
    let buffer = frame.buffer_mut();
    let mut cursor = None;
    for ((line, on_row), y) in lines.iter().zip(by_row(&marks, &lines)).zip(area.y..area.y + area.height) {
        let Line::Text(row) = line else {
            lanes::draw((app, outstanding), theme, line, (screen.rails, Rect { y, height: 1, ..area }), buffer);
            continue;
        };
        number(app, theme, row, screen.numbers, y, buffer);
        rails(app, (theme, &colors), row, &on_row, (screen.rails, y), buffer);
        text(app, theme, row, (&on_row, &found), (screen.text, y), buffer);
        if row.holds(app.selection.head) {
            let cell = row.cell_of(&app.document.text, app.selection.head).min(screen.text.width.saturating_sub(1));
            cursor = Some((screen.text.x + cell, y));
        }
    }
    cursor
}

fn marks_in<'a>(app: &'a App, outstanding: Option<AnnotationId>, (theme, colors): Look, window: Span) -> Vec<Mark<'a>> {
    let selected = app.selected();
    let mark = |(span, annotation): (Span, &'a Annotation)| {
        let label = app.label_number(annotation);
        let rail = app.rails.iter().position(|rail| rail.shows(label));
        let color = rail.and_then(|place| colors.get(place)).map_or_else(|| theme.color(UNKNOWN), |color| *color);
        let focused = outstanding == Some(annotation.id);
        let is_selected = || selected.is_some_and(|own| own.overlaps(span));
        let style = if focused { theme.focused(color, is_selected()) } else { theme.covered(color) };
        Mark { span, annotation, rail, focused, style }
    };
    let shown = app.session.set().overlapping(window).filter(|(_, annotation)| app.shows(annotation));
    shown.map(mark).collect()
}

/// The marks on each line's row, the longest first: what is drawn later is drawn over it, and the one that stands out over all.
fn by_row<'a>(marks: &'a [Mark<'a>], lines: &[Line]) -> Vec<Vec<&'a Mark<'a>>> {
    let mut found = vec![Vec::new(); lines.len()];
    let mut ordered: Vec<&Mark> = marks.iter().collect();
    ordered.sort_by_key(|mark| (mark.focused, Reverse(mark.span.bytes()), mark.annotation.id));
    for mark in ordered {
        let first = lines.partition_point(|line| line.row().end <= mark.span.start());
        let reached = lines[first..].iter().take_while(|line| line.row().start < mark.span.end()).count();
        for own in &mut found[first..first + reached] {
            own.push(mark);
        }
    }
    found
}

fn places_found(app: &App, window: Span) -> Vec<Span> {
    let query = app.query.as_ref();
    query.map_or_else(Vec::new, |query| query.in_window(&app.document.text, window).collect())
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
    let mut shown = Shown::new(row, &app.document.text, cells((area.x, y), area.width, buffer));
    for mark in marks {
        dress(mark.style, shown.between(mark.span.start(), mark.span.end()));
    }
    for cell in std::mem::take(&mut shown.hidden) {
        dress(theme.mark(), &mut shown.cells[cell..=cell]);
    }
    // What is selected is not shown as found.
    let selected = app.selected();
    for span in found {
        let (start, end) = (span.start(), span.end());
        let ends =
            selected.map_or([(start, end); 2], |own| [(start, end.min(own.start())), (start.max(own.end()), end)]);
        for (start, end) in ends {
            dress(Style::reset().patch(theme.found()), shown.between(start, end));
        }
    }
    if let Some(span) = selected {
        dress(theme.selected(), shown.between(span.start(), span.end()));
    }
}

/// The cells of a row in which its text is shown.
struct Shown<'a> {
    cells: &'a mut [buffer::Cell],
    /// Where each cluster starts, in the text and in the cells.
    clusters: Vec<(Offset, usize)>,
    /// The cell behind the last cluster.
    end: usize,
    /// The cells with marks in place of what cannot be shown.
    hidden: Vec<usize>,
}

impl<'a> Shown<'a> {
    /// Shows as much of `row` as there are cells for.
    fn new(row: &Row, text: &Text, cells: &'a mut [buffer::Cell]) -> Self {
        let (mut clusters, mut hidden, mut end) = (Vec::with_capacity(cells.len()), Vec::new(), 0);
        for (offset, cell, glyph) in row.glyphs(text) {
            let start = usize::from(cell);
            let Some(own) = cells.get_mut(start..start + usize::from(glyph.width)) else { break };
            if !glyph.is_blank() {
                show(&glyph.text, own);
            }
            if glyph.mark {
                hidden.push(start);
            }
            clusters.push((offset, start));
            end = start + own.len();
        }
        Self { cells, clusters, end, hidden }
    }

    /// The cells between two offsets.
    fn between(&mut self, start: Offset, end: Offset) -> &mut [buffer::Cell] {
        let [start, end] = [start, end].map(|offset| {
            let place = self.clusters.partition_point(|(own, _)| *own < offset);
            self.clusters.get(place).map_or(self.end, |(_, cell)| *cell)
        });
        self.cells.get_mut(start..end).unwrap_or_default()
    }
}

/// Puts what a rail shows into its cell, if it fits.
fn put(glyph: &Glyph, style: Style, cell: &mut [buffer::Cell]) {
    if usize::from(glyph.width) == cell.len() {
        show(&glyph.text, cell);
        dress(style, cell);
    }
}

/// The theme, and the colour of each rail in it.
type Look<'a> = (Theme, &'a [Color]);

/// So many annotations of one label that start on a row have no digit.
const MANY: usize = 10;

/// The colour of labels that no rail shows.
const UNKNOWN: Rgb = Rgb { red: 0x99, green: 0x99, blue: 0x99 };
