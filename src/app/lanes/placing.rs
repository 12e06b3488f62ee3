//! Which annotation gets which lane: in the order of the rails, each the first lane where there is room for it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::bar::{Bar, Cells};
use super::{App, Line};
use crate::annotation::AnnotationId;
use crate::app::Screen;
use crate::layout::Row;
use crate::text::{Fragments, Offset};

/// Behind so many for which there is no lane none is tried any more.
const VAIN: usize = 64;

/// The annotations on a stretch of text, in the order in which they get their lanes.
#[derive(Debug)]
pub(super) struct Placing<'a> {
    app: &'a App,
    groups: Vec<Group<'a>>,
    /// The one that stands out.
    outstanding: Option<AnnotationId>,
}

/// Annotations of the same extent.
#[derive(Debug)]
struct Group<'a> {
    fragments: &'a Fragments,
    /// Each with the place of its rail, in the order of the rails.
    members: Vec<(usize, AnnotationId)>,
}

impl Group<'_> {
    fn holds(&self, id: Option<AnnotationId>) -> bool {
        self.members.iter().any(|(_, own)| Some(*own) == id)
    }
}

impl<'a> Placing<'a> {
    /// What is shown between two offsets; none if there is no text between them.
    pub(super) fn between(app: &'a App, start: Offset, end: Offset) -> Option<Self> {
        let window = app.document.text.span(start, end).ok()?;
        let mut extents: BTreeMap<&Fragments, Vec<(usize, AnnotationId)>> = BTreeMap::new();
        for (_, own) in app.session.set().overlapping(window).filter(|(_, own)| app.shows(own)) {
            let Some(fragments) = own.fragments() else { continue };
            let label = app.label_number(own);
            let rail = app.rails.iter().position(|rail| rail.shows(label)).unwrap_or(app.rails.len());
            extents.entry(fragments).or_default().push((rail, own.id));
        }
        let group = |(fragments, mut members): (&'a Fragments, Vec<(usize, AnnotationId)>)| {
            members.sort_unstable();
            // Each fragment in the window has brought its annotation along.
            members.dedup();
            Group { fragments, members }
        };
        let mut groups: Vec<Group> = extents.into_iter().map(group).collect();
        groups.sort_by_key(|own| {
            let first = own.members.first().copied();
            (first.map(|(rail, _)| rail), own.fragments.start(), Reverse(own.fragments.end()), first)
        });
        Some(Self { app, groups, outstanding: app.outstanding() })
    }

    /// The lines below `row`.
    pub(super) fn below(&self, row: &Row) -> Vec<Line> {
        let Ok(window) = self.app.document.text.span(row.start, row.end) else { return Vec::new() };
        let here: Vec<&Group> = self.groups.iter().filter(|own| own.fragments.overlap(window)).collect();
        if here.is_empty() {
            return Vec::new();
        }
        let most = self.app.most_lanes();
        let (mut lanes, mut rest) = self.fill(row, here.iter().copied(), most);
        if !rest.is_empty() {
            // The last line is for those that have none, and the one that stands out is not among them.
            let focused = |own: &&Group| own.holds(self.outstanding);
            let (first, others): (Vec<&Group>, Vec<&Group>) = here.iter().partition(|own| focused(own));
            (lanes, rest) = self.fill(row, first.into_iter().chain(others), most - 1);
        }
        let rest = (!rest.is_empty()).then_some(Line::Rest(*row, rest));
        lanes.into_iter().map(|bars| Line::Lane(*row, bars)).chain(rest).collect()
    }

    /// Puts groups into at most `most` lanes; what found no place comes back beside them.
    fn fill<'g>(
        &self,
        row: &Row,
        groups: impl Iterator<Item = &'g Group<'g>>,
        most: usize,
    ) -> (Vec<Vec<Bar>>, Vec<AnnotationId>) {
        let room = Screen::of(self.app).text.width;
        let cells = Cells::of(row, &self.app.document.text);
        let (mut lanes, mut rest): (Vec<Vec<Bar>>, Vec<AnnotationId>) = (Vec::new(), Vec::new());
        for group in groups {
            let ids = group.members.iter().map(|(_, id)| *id);
            if rest.len() >= VAIN {
                rest.extend(ids);
                continue;
            }
            let bar = Bar::new(self.app, ids.collect(), group.fragments, (row, &cells), room);
            let free = lanes.iter().position(|lane| lane.iter().all(|own| are_apart(own, &bar)));
            match free {
                Some(place) => lanes[place].push(bar),
                None if lanes.len() < most => lanes.push(vec![bar]),
                None => rest.extend(bar.ids),
            }
        }
        (lanes, rest)
    }
}

fn are_apart(a: &Bar, b: &Bar) -> bool {
    a.taken.end <= b.taken.start || b.taken.end <= a.taken.start
}
