//! Lanes: lines below a row of text that show where each annotation on it starts and ends, and what it is.
//!
//! Rails tell which labels are on a row; lanes tell the exact extents. [`App::lines`] says what stands on the screen line by
//! line, text and lanes; drawing, scrolling and the mouse all go by it. A row's lanes depend on that row alone and not on what is
//! above or below, so what a key costs does not depend on how long a paragraph is.
//!
//! | file | holds |
//! |---|---|
//! | `bar` | [`Bar`]: an annotation on a row, and where its label stands |
//! | `placing` | which annotation gets which lane |

mod bar;
mod placing;

pub use bar::{Bar, Stretch};

use std::collections::BTreeSet;

use placing::Placing;

use super::{App, Screen};
use crate::annotation::AnnotationId;
use crate::layout::Row;
use crate::text::Offset;

/// Which rows have lanes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lanes {
    /// None.
    #[default]
    Off,
    /// Those of the paragraph under the cursor: the lens.
    Paragraph,
    /// All.
    All,
}

/// A line of the text's panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A row of text.
    Text(Row),
    /// Annotations on the row above.
    Lane(Row, Vec<Bar>),
    /// Annotations on the row above for which there is no lane.
    Rest(Row, Vec<AnnotationId>),
}

impl Line {
    /// The row of text that it is, or belongs to.
    pub fn row(&self) -> &Row {
        match self {
            Self::Text(row) | Self::Lane(row, _) | Self::Rest(row, _) => row,
        }
    }
}

/// A row with its lanes.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) row: Row,
    lanes: Vec<Line>,
}

impl Block {
    /// The lines it takes.
    pub(super) fn height(&self) -> usize {
        1 + self.lanes.len()
    }
}

/// What was on the screen before something happened, to keep the cursor's row where it was if lanes come or go.
#[derive(Debug)]
pub(super) struct Sight {
    /// The rows in sight, each with its line on the screen.
    rows: Vec<(usize, Row)>,
    cause: Cause,
}

/// What lanes depend on, but for the screen.
#[derive(Debug, PartialEq, Eq)]
struct Cause {
    lanes: Lanes,
    line: Option<usize>,
    revision: u64,
    hidden: BTreeSet<Option<usize>>,
}

impl App {
    /// What stands on the lines of the text's panel.
    pub fn lines(&self) -> Vec<Line> {
        let height = usize::from(Screen::of(self).text.height);
        let blocks = self.blocks(self.layout().rows_from(self.top, height));
        let lines = blocks.into_iter().flat_map(|Block { row, lanes }| [Line::Text(row)].into_iter().chain(lanes));
        lines.take(height).collect()
    }

    /// Shows lanes, or hides them if they are shown so already; the cursor's row stays where it is.
    pub(super) fn switch_lanes(&mut self, lanes: Lanes) {
        let before = self.sight();
        self.lanes = if self.lanes == lanes { Lanes::Off } else { lanes };
        self.hold(&before, true);
        self.tell(match self.lanes {
            Lanes::Off => "lanes are off".to_owned(),
            Lanes::Paragraph => self.keyed("lanes below the paragraph of the cursor; {lanes}: below all"),
            Lanes::All => "lanes below all rows".to_owned(),
        });
    }

    /// These rows, one after the other in the text, with their lanes.
    pub(super) fn blocks(&self, rows: Vec<Row>) -> Vec<Block> {
        let has_lanes = |row: &Row| self.lens().is_none_or(|line| line == row.line);
        let mut under = rows.iter().filter(|row| self.lanes != Lanes::Off && has_lanes(row));
        let first = under.next();
        let ends = first.map(|first| (first.start, under.next_back().unwrap_or(first).end));
        let placing = ends.and_then(|(start, end)| Placing::between(self, start, end));
        let lanes = |row: &Row| placing.as_ref().filter(|_| has_lanes(row)).map_or_else(Vec::new, |own| own.below(row));
        rows.into_iter().map(|row| Block { row, lanes: lanes(&row) }).collect()
    }

    /// The line of the text that has lanes, unless all have or none.
    fn lens(&self) -> Option<usize> {
        (self.lanes == Lanes::Paragraph).then(|| self.document.text.line_of(self.selection.head))
    }

    /// The lines below a row that lanes take at most: a third of the panel, so that there is text on any screen.
    fn most_lanes(&self) -> usize {
        (usize::from(Screen::of(self).text.height) / 3).clamp(2, 8)
    }

    /// What is on the screen now.
    pub(super) fn sight(&self) -> Sight {
        let lines = self.lines().into_iter().enumerate();
        let rows = lines.filter_map(|(y, line)| if let Line::Text(row) = line { Some((y, row)) } else { None });
        Sight { rows: rows.collect(), cause: self.cause() }
    }

    fn cause(&self) -> Cause {
        Cause {
            lanes: self.lanes,
            line: self.lens(),
            revision: self.session.revision(),
            hidden: self.shown.hidden.clone(),
        }
    }

    /// If lanes have come or gone since `before`, puts the cursor's row where it was then; further up where its lanes would else be
    /// out of sight, if `whole`.
    pub(super) fn hold(&mut self, before: &Sight, whole: bool) {
        if self.cause() == before.cause {
            return;
        }
        let head = self.selection.head;
        let Some((y, _)) = before.rows.iter().find(|(_, row)| row.holds(head)) else { return };
        self.top = self.row_above(head, *y);
        if whole {
            self.show_cursor();
        }
    }

    /// The start of the row from which `count` lines, or a few less, lead to the row at `offset`; or of the first there is.
    pub(super) fn row_above(&self, offset: Offset, count: usize) -> Offset {
        let layout = self.layout();
        let rows = layout.rows_before(offset, count);
        let first = match self.lanes {
            Lanes::Off => rows.first().copied(),
            Lanes::Paragraph | Lanes::All => first_within(&self.blocks(rows), count),
        };
        first.map_or_else(|| layout.row_at(offset).start, |row| row.start)
    }
}

/// The first of the last blocks that have `count` lines together.
pub(super) fn first_within(blocks: &[Block], count: usize) -> Option<Row> {
    let mut left = count;
    let fits = |block: &&Block| {
        let rest = left.checked_sub(block.height());
        left = rest.unwrap_or(0);
        rest.is_some()
    };
    blocks.iter().rev().take_while(fits).last().map(|block| block.row)
}
