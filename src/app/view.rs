//! Scrolling, and moving the cursor by rows. The view hangs on a text offset, so a resize never loses the place.

use super::{App, Screen, Selection, Size};
use crate::layout::{Layout, Row};
use crate::text::Offset;

/// Rows kept in sight above and below the cursor.
const MARGIN: usize = 2;

impl App {
    /// The text wrapped for the screen as it is.
    pub fn layout(&self) -> Layout<'_> {
        // One cell is left for the cursor behind a full row.
        Layout::new(&self.document.text, Screen::of(self).text.width.saturating_sub(1))
    }

    /// The rows on the screen.
    pub fn rows(&self) -> Vec<Row> {
        self.layout().rows_from(self.top, Screen::of(self).text.height.into())
    }

    /// Moves the cursor to `head`, dragging the selection's other end along unless the selection is being extended.
    pub(super) fn go(&mut self, head: Offset, extend: bool) {
        self.put(head, extend);
        self.show_cursor();
    }

    /// The same out of sight.
    fn put(&mut self, head: Offset, extend: bool) {
        if extend || self.extending {
            self.selection.head = head;
        } else {
            self.selection = Selection::caret(head);
        }
        self.goal = None;
        self.grown.clear();
    }

    /// Selects `selection` and shows where it starts, if there is room for no more.
    pub(super) fn select(&mut self, selection: impl Into<Selection>) {
        self.selection = selection.into();
        self.goal = None;
        self.grown.clear();
        self.show(self.selection.end());
        self.show(self.selection.start());
        self.show(self.selection.head);
    }

    pub(super) fn show_cursor(&mut self) {
        self.show(self.selection.head);
    }

    /// Scrolls so that `offset` is in sight: by a few rows when it is near, else to where it stands with the text around it.
    pub(super) fn show(&mut self, offset: Offset) {
        let height = usize::from(Screen::of(self).text.height.max(1));
        let margin = margin(height);
        // A few rows at a time: over a slow line every scrolled row is a screen to send.
        let step = height / 8;
        let layout = self.layout();
        let rows = layout.rows_from(self.top, height);
        let top = rows.first().map_or(Offset::ZERO, |row| row.start);
        let near = |rows: Vec<Row>| rows.iter().any(|row| row.holds(offset));
        let wanted = match rows.iter().position(|row| row.holds(offset)) {
            Some(place) if place < margin => row_above(layout, offset, margin + step).min(top),
            // The place stays as it is, so that narrow rows in between do not lose it.
            Some(place) if place + margin < height || rows.len() < height => return,
            Some(_) => row_above(layout, offset, height - 1 - margin - step),
            None if offset < top && near(layout.rows_before(top, height)) => row_above(layout, offset, margin + step),
            None if offset > top && near(layout.rows_from(top, 2 * height)) => {
                row_above(layout, offset, height - 1 - margin - step)
            }
            None => row_above(layout, offset, height / 3),
        };
        self.top = self.filled(wanted);
    }

    /// `top`, or the row above it from which the end of the text fills the screen.
    fn filled(&self, top: Offset) -> Offset {
        let height = usize::from(Screen::of(self).text.height);
        let layout = self.layout();
        let missing = height.saturating_sub(layout.rows_from(top, height).len());
        if missing == 0 { top } else { row_above(layout, top, missing) }
    }

    /// Takes the terminal's size; the cursor stays in sight if it was.
    pub(super) fn resize(&mut self, size: Size) {
        let head = self.selection.head;
        let seen = self.rows().iter().any(|row| row.holds(head));
        self.size = size;
        if seen {
            self.show_cursor();
        }
    }

    /// Moves the cursor by `count` rows, keeping to its cell.
    pub(super) fn move_rows(&mut self, down: bool, count: usize, extend: bool) {
        let text = &self.document.text;
        let layout = self.layout();
        let head = self.selection.head;
        let rows = layout.rows_from(head, if down { count + 1 } else { 1 });
        let Some(row) = rows.first().copied() else { return };
        let goal = self.goal.unwrap_or_else(|| row.cell_of(text, head));
        let target = if down { rows.last().copied() } else { layout.rows_before(head, count).first().copied() };
        let Some(target) = target.filter(|target| target.start != row.start) else {
            let edge = if down { row.end } else { row.start };
            self.go(edge, extend);
            self.snap();
            return;
        };
        let head = target.offset_at(text, goal);
        self.go(head, extend);
        self.snap();
        self.goal = Some(goal);
    }

    /// Scrolls by `count` rows; the cursor stays in the text, even out of sight, until the next key.
    pub(super) fn scroll(&mut self, down: bool, count: usize) {
        let layout = self.layout();
        self.top = if down {
            let rows = layout.rows_from(self.top, count + 1);
            self.filled(rows.last().map_or(self.top, |row| row.start)).max(self.top)
        } else {
            layout.rows_before(self.top, count).first().map_or(self.top, |row| row.start)
        };
    }

    /// Moves a page on; the cursor keeps its row on the screen.
    pub(super) fn page(&mut self, down: bool) {
        let height = usize::from(Screen::of(self).text.height);
        let page = height.saturating_sub(2).max(1);
        if down && self.page_within(page, height) {
            return;
        }
        let top = self.top;
        self.scroll(down, page);
        let scrolled = self.top;
        self.move_rows(down, page, false);
        if scrolled != top && self.top != scrolled {
            self.top = scrolled;
            self.show_cursor();
        }
    }

    /// Moves a page down, looking at the rows only once, where the cursor is in sight and the text goes on for a screen; else does
    /// nothing. A page that is held down comes faster than a screen can be drawn.
    fn page_within(&mut self, page: usize, height: usize) -> bool {
        let (text, head) = (&self.document.text, self.selection.head);
        let rows = self.layout().rows_from(self.top, page + height);
        let place = rows.iter().take(height).position(|row| row.holds(head));
        let Some(place) = place.filter(|_| rows.len() == page + height) else { return false };
        let goal = self.goal.unwrap_or_else(|| rows[place].cell_of(text, head));
        let target = rows[place + page].offset_at(text, goal);
        self.top = rows[page].start;
        self.put(target, false);
        self.goal = Some(goal);
        let margin = margin(height);
        if place < margin || place + margin >= height {
            self.show_cursor();
        }
        true
    }
}

/// Rows kept in sight above and below the cursor on a screen of `height` rows.
fn margin(height: usize) -> usize {
    MARGIN.min((height.max(1) - 1) / 2)
}

/// The start of the row that stands `count` rows above the one at `offset`, or of the first there is.
fn row_above(layout: Layout<'_>, offset: Offset, count: usize) -> Offset {
    layout.rows_before(offset, count).first().map_or_else(|| layout.row_at(offset).start, |row| row.start)
}
