//! An annotation on one row: which cells it covers, and where its label stands.

use std::ops::Range;

use crate::annotation::{Annotation, AnnotationId};
use crate::app::App;
use crate::layout::{Row, width};
use crate::text::{Fragments, Offset, Span, Text};

/// The annotations of one extent, on one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The annotations: several where they have the same extent.
    pub ids: Vec<AnnotationId>,
    /// What of them is on the row, in reading order.
    pub stretches: Vec<Stretch>,
    /// The first cell of the label; none where there is no room for one.
    pub label: Option<u16>,
    /// Whether the label has titles, `claim C4`, and not the names alone.
    pub titled: bool,
    /// The cells that nothing else in the lane may take: those of the bar and of its label.
    pub taken: Range<u16>,
}

/// A fragment on one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The cells of the row that it covers.
    pub cells: Range<u16>,
    /// The same in the text.
    pub span: Span,
    /// Whether the fragment starts on this row.
    pub starts: bool,
    /// Whether it ends here.
    pub ends: bool,
}

/// Where the clusters of a row stand.
#[derive(Debug)]
pub(super) struct Cells {
    /// Each with its cell.
    clusters: Vec<(Offset, u16)>,
    end: u16,
}

impl Cells {
    pub(super) fn of(row: &Row, text: &Text) -> Self {
        let mut end = 0;
        let cluster = |(offset, cell, glyph): (Offset, u16, crate::layout::Glyph<'_>)| {
            end = cell + glyph.width;
            (offset, cell)
        };
        let clusters = row.glyphs(text).map(cluster).collect();
        Self { clusters, end }
    }

    fn at(&self, offset: Offset) -> u16 {
        let place = self.clusters.partition_point(|(own, _)| *own < offset);
        self.clusters.get(place).map_or(self.end, |(_, cell)| *cell)
    }
}

impl Bar {
    /// The annotations `ids`, which all have these `fragments`, on a row of at most `room` cells.
    pub(super) fn new(
        app: &App,
        ids: Vec<AnnotationId>,
        fragments: &Fragments,
        (row, cells): (&Row, &Cells),
        room: u16,
    ) -> Self {
        let text = &app.document.text;
        let stretch = |own: &Span| {
            let (start, end) = (own.start().max(row.start), own.end().min(row.end));
            let span = text.span(start, end).ok()?;
            let (starts, ends) = (own.start() >= row.start, own.end() <= row.end);
            Some(Stretch { cells: cells.at(start)..cells.at(end), span, starts, ends })
        };
        let on_row = fragments.spans().iter().filter(|own| own.start() < row.end && row.start < own.end());
        let stretches: Vec<Stretch> = on_row.filter_map(stretch).collect();
        let hull = stretches.first().map_or(0, |own| own.cells.start)..stretches.last().map_or(0, |own| own.cells.end);
        let mut bar = Self { ids, stretches, label: None, titled: false, taken: hull };
        // Titles only where the annotation starts: on the rows that follow the name tells which one goes on.
        let begins = fragments.start() >= row.start;
        let manners = if begins { &[true, false][..] } else { &[false][..] };
        for titled in manners {
            if bar.take_label(app, *titled, room) {
                break;
            }
        }
        bar
    }

    /// Finds a place for the label: within the bar, behind it, before it.
    fn take_label(&mut self, app: &App, titled: bool, room: u16) -> bool {
        self.titled = titled;
        let label = self.words(app).iter().map(|(words, _)| width(words)).fold(0, u16::saturating_add);
        // An end, a blank, the label, a blank, an end.
        let within = self.stretches.iter().find(|own| own.cells.len() >= usize::from(label) + 4);
        let hull = self.taken.clone();
        let place = match within {
            Some(own) => own.cells.start + 2,
            None if label.saturating_add(hull.end + 1) <= room => hull.end + 1,
            None if label < hull.start => hull.start - 1 - label,
            None => return false,
        };
        self.label = Some(place);
        // What stands beside the bar has a blank on either side.
        self.taken = match place {
            place if place >= hull.end => hull.start..place + label + 1,
            place if place < hull.start => place.saturating_sub(1)..hull.end,
            _ => hull,
        };
        true
    }

    /// The words of the label, each with the annotation that it names: `rights T10`, `+`, `labour T11`.
    pub fn words(&self, app: &App) -> Vec<(String, Option<AnnotationId>)> {
        let name = |own: &Annotation| {
            if self.titled { format!("{} {}", app.label_title(own), own.name()) } else { own.name() }
        };
        let mut words = Vec::new();
        for id in &self.ids {
            if !words.is_empty() {
                words.push(("+".to_owned(), None));
            }
            words.push((app.session.set().get(*id).map_or_else(String::new, name), Some(*id)));
        }
        words
    }

    /// Whether the cell at `x` of the row is the bar's or its label's.
    pub fn is_at(&self, x: u16) -> bool {
        self.taken.contains(&x)
    }
}
