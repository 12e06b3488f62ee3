//! Scrolling, and moving the cursor by rows. The view hangs on a text offset, so a resize never loses the place.

use super::lanes::{Block, first_within};
use super::{App, Lanes, Line, Screen, Selection, Size};
use crate::layout::{Layout, Row};
use crate::text::Offset;

/// Rows kept in sight above and below the cursor.
const MARGIN: usize = 2;

/// Lines that stay in sight from page to page.
const KEPT: usize = 2;

impl App {
    /// The text wrapped for the screen as it is.
    pub fn layout(&self) -> Layout<'_> {
        // One cell is left for the cursor behind a full row.
        Layout::new(&self.document.text, Screen::of(self).text.width.saturating_sub(1))
    }

    /// The rows of text on the screen.
    pub fn rows(&self) -> Vec<Row> {
        self.lines().into_iter().filter_map(|line| if let Line::Text(row) = line { Some(row) } else { None }).collect()
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
        if self.is_amidst(offset, height, margin) {
            return;
        }
        // A few rows at a time: over a slow line every scrolled row is a screen to send.
        let step = height / 8;
        let layout = self.layout();
        let blocks = self.blocks(layout.rows_from(self.top, height));
        let top = blocks.first().map_or(Offset::ZERO, |block| block.row.start);
        let lines = height_of(&blocks);
        let near = |rows: Vec<Row>| rows.iter().any(|row| row.holds(offset));
        // Its lanes are to be seen too.
        let above_foot = |own: usize| self.row_above(offset, (height - margin - step).saturating_sub(own));
        let wanted = match place_of(&blocks, offset) {
            Some((y, _)) if y < margin => self.row_above(offset, margin + step).min(top),
            // The place stays as it is, so that narrow rows in between do not lose it.
            Some((y, own)) if y + own + margin <= height || (lines < height && y + own <= height) => return,
            Some((_, own)) => above_foot(own),
            None if offset < top && near(layout.rows_before(top, height)) => self.row_above(offset, margin + step),
            None if offset > top && near(layout.rows_from(top, 2 * height)) => {
                above_foot(height_of(&self.blocks(vec![layout.row_at(offset)])))
            }
            None => self.row_above(offset, height / 3),
        };
        self.top = self.filled(wanted);
    }

    /// Whether `offset` is in sight with a margin above and below, where rows have no lanes: nothing behind it is looked at, for most
    /// keys end so.
    fn is_amidst(&self, offset: Offset, height: usize, margin: usize) -> bool {
        self.lanes == Lanes::Off
            && offset >= self.top
            && self
                .layout()
                .rows(self.top)
                .take(height - margin)
                .position(|row| row.holds(offset))
                .is_some_and(|y| y >= margin)
    }

    /// `top`, or the row above it from which the end of the text fills the screen.
    fn filled(&self, top: Offset) -> Offset {
        let height = usize::from(Screen::of(self).text.height);
        let missing = height.saturating_sub(height_of(&self.blocks(self.layout().rows_from(top, height))));
        if missing == 0 { top } else { self.row_above(top, missing) }
    }

    /// Takes the terminal's size; the cursor stays in sight if it was.
    pub(super) fn resize(&mut self, size: Size) {
        let head = self.selection.head;
        let seen = self.sees(head);
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

    /// Scrolls by `count` lines, or by as few more as there are to a row; the cursor stays in the text, even out of sight, until
    /// the next key.
    pub(super) fn scroll(&mut self, down: bool, count: usize) {
        let layout = self.layout();
        self.top = if down {
            let blocks = self.blocks(layout.rows_from(self.top, count + 1));
            let mut left = count;
            let is_passed = |block: &&Block| {
                let passes = left > 0;
                left = left.saturating_sub(block.height());
                passes
            };
            let next = blocks.get(blocks.iter().take_while(is_passed).count()).or(blocks.last());
            self.filled(next.map_or(self.top, |block| block.row.start)).max(self.top)
        } else {
            let blocks = self.blocks(layout.rows_before(self.top, count));
            let nearest = blocks.last().map(|block| block.row);
            first_within(&blocks, count).or(nearest).map_or(self.top, |row| row.start)
        };
    }

    /// Moves a page on; the cursor keeps its row on the screen.
    pub(super) fn page(&mut self, down: bool) {
        let height = usize::from(Screen::of(self).text.height);
        let page = height.saturating_sub(KEPT).max(1);
        if self.lanes != Lanes::Off {
            self.page_with_lanes(down, page);
            return;
        }
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

    /// Moves a page on where rows have lanes: what was in sight whole is passed over, and the cursor stays on its line as far as rows
    /// allow.
    fn page_with_lanes(&mut self, down: bool, page: usize) {
        // It is the page that goes on now, and not the cursor's row that stays.
        self.sight = None;
        let height = page + KEPT;
        let layout = self.layout();
        let blocks = self.blocks(layout.rows_from(self.top, height));
        let (text, top, head) = (&self.document.text, self.top, self.selection.head);
        let y = place_of(&blocks, head).map_or(0, |(y, _)| y);
        let goal = self.goal.unwrap_or_else(|| layout.row_at(head).cell_of(text, head));
        self.top = if down {
            self.filled(next_page(&blocks, height).unwrap_or(top)).max(top)
        } else {
            // What is topmost now is whole at the foot then.
            let kept = if blocks.first().is_some_and(|block| block.height() <= KEPT) { page } else { height };
            let before = self.blocks(layout.rows_before(top, kept));
            let nearest = before.last().map(|block| block.row);
            first_within(&before, kept).or(nearest).map_or(top, |row| row.start)
        };
        if self.top == top {
            self.move_rows(down, page, false);
            return;
        }
        // The lanes of the paragraph that the cursor comes to push rows out of sight: perhaps its own, or upwards the one to go on from.
        let row = self.lines().get(y).map_or(self.top, |line| line.row().start);
        self.put_on(row, goal);
        if !down && !self.sees(top) {
            self.top = self.row_above(top, self.room_above(top));
        }
        if !self.sees(self.selection.head) || (!down && !self.sees(top)) {
            self.put_on(if down { self.top } else { top }, goal);
            if !down {
                self.top = self.row_above(top, self.room_above(top));
            }
        }
    }

    /// Puts the cursor on the row at `offset`, at the cell `goal`, which it keeps to.
    fn put_on(&mut self, offset: Offset, goal: u16) {
        let head = self.layout().row_at(offset).offset_at(&self.document.text, goal);
        self.put(head, false);
        self.goal = Some(goal);
    }

    /// Whether the row with `offset` is on the screen.
    pub(super) fn sees(&self, offset: Offset) -> bool {
        self.rows().iter().any(|row| row.holds(offset))
    }

    /// The lines above the row with `offset` if that stands at the foot of the screen, whole.
    fn room_above(&self, offset: Offset) -> usize {
        let own = height_of(&self.blocks(vec![self.layout().row_at(offset)]));
        usize::from(Screen::of(self).text.height).saturating_sub(own)
    }

    /// Moves a page down, looking at the rows only once, where the cursor is in sight and the text goes on for a screen; else does
    /// nothing. A page that is held down comes faster than a screen can be drawn.
    fn page_within(&mut self, page: usize, height: usize) -> bool {
        let (text, head) = (&self.document.text, self.selection.head);
        let Some((place, rows)) = self.rows_to_page_over(page, height) else { return false };
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

    /// Which row of the screen the cursor stands on, and the rows from the topmost to where a page takes the cursor; none if the cursor is
    /// out of sight or the page would not be full.
    fn rows_to_page_over(&self, page: usize, height: usize) -> Option<(usize, Vec<Row>)> {
        let mut below = self.layout().rows(self.top);
        let mut rows: Vec<Row> = below.by_ref().take(height).collect();
        let place = rows.iter().position(|row| row.holds(self.selection.head))?;
        rows.extend(below.by_ref().take((place + page + 1).saturating_sub(height)));
        let missing = page + height - rows.len();
        // A line has a row at least, so that only near the end of the text, or in one long line, they are to be looked at.
        let lines = self.document.text.line_count() - 1 - rows.last()?.line;
        let is_full = lines >= missing || below.take(missing).count() == missing;
        is_full.then_some((place, rows))
    }
}

/// Rows kept in sight above and below the cursor on a screen of `height` rows.
fn margin(height: usize) -> usize {
    MARGIN.min((height.max(1) - 1) / 2)
}

/// The lines that blocks take together.
fn height_of(blocks: &[Block]) -> usize {
    blocks.iter().map(Block::height).sum()
}

/// The line at which the row with `offset` stands, and the lines it takes with its lanes.
fn place_of(blocks: &[Block], offset: Offset) -> Option<(usize, usize)> {
    let mut y = 0;
    for block in blocks {
        if block.row.holds(offset) {
            return Some((y, block.height()));
        }
        y += block.height();
    }
    None
}

/// Where the page starts that follows `blocks` on a screen of `height` lines: with the first that is not whole, or with what little
/// is kept before it for the eye to go on from.
fn next_page(blocks: &[Block], height: usize) -> Option<Offset> {
    let mut y = 0;
    let is_whole = |block: &&Block| {
        y += block.height();
        y <= height
    };
    let whole = blocks.iter().take_while(is_whole).count();
    let mut kept = 0;
    let is_kept = |block: &&Block| {
        kept += block.height();
        kept <= KEPT
    };
    let again = blocks.get(..whole)?.iter().rev().take_while(is_kept).count();
    blocks.get((whole - again).max(1)).map(|block| block.row.start)
}
