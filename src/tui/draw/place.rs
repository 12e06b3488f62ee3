//! Where boxes stand: not over what they are about.

use std::ops::Range;

use crate::app::{App, Line, Screen};
use crate::text::Span;

/// The rows of the screen that a box is about, the whole first and what must be seen at least last: the selection, or the annotation
/// at the cursor; the row of the cursor.
pub(super) fn subjects(app: &App, screen: &Screen) -> Vec<Range<u16>> {
    let lines = app.lines();
    let rows = |is_meant: &dyn Fn(&crate::layout::Row) -> bool| {
        let meant = |(_, line): &(u16, &Line)| matches!(line, Line::Text(row) if is_meant(row));
        let mut meant = (screen.text.y..).zip(&lines).filter(meant).map(|(y, _)| y);
        let first = meant.next()?;
        Some(first..meant.last().unwrap_or(first) + 1)
    };
    let spans: Vec<Span> = match (app.selected(), app.annotation_here().and_then(|own| own.fragments())) {
        (Some(span), _) => vec![span],
        (None, Some(fragments)) => fragments.spans().to_vec(),
        (None, None) => Vec::new(),
    };
    let whole = rows(&|row| spans.iter().any(|span| span.start() < row.end && row.start < span.end()));
    let cursor = rows(&|row| row.holds(app.selection.head));
    whole.into_iter().chain(cursor).collect()
}

/// The row at which a box of `height` rows stands, or of a few less but at least `least`, and its height: the first of `places` that
/// is `within` and leaves a subject free, or right below the subject or above it. None where all of it is in the way.
pub(super) fn clear_of(
    subjects: &[Range<u16>],
    within: &Range<u16>,
    (height, least): (u16, u16),
    places: impl Fn(u16) -> Vec<u16>,
) -> Option<(u16, u16)> {
    for subject in subjects {
        for height in (least.min(height)..=height).rev() {
            let above = subject.start.checked_sub(height);
            let is_free = |y: &u16| {
                let end = y.saturating_add(height);
                within.start <= *y && end <= within.end && (end <= subject.start || subject.end <= *y)
            };
            let found = places(height).into_iter().chain([subject.end]).chain(above).find(is_free);
            if let Some(y) = found {
                return Some((y, height));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A box of `wanted` rows, five at least, that would stand in the middle of twenty, with subjects from row to row.
    fn placed(subjects: &[(u16, u16)], wanted: u16) -> Option<(u16, u16)> {
        let subjects: Vec<Range<u16>> = subjects.iter().map(|(start, end)| *start..*end).collect();
        clear_of(&subjects, &(1..20), (wanted, 5), |height| vec![10 - height / 2])
    }

    #[test]
    fn a_box_stays_where_it_is_unless_it_would_be_over_its_subject() {
        assert_eq!(placed(&[(2, 4)], 8), Some((6, 8)));
        assert_eq!(placed(&[(8, 9)], 8), Some((9, 8)), "below");
        assert_eq!(placed(&[(12, 14)], 8), Some((4, 8)), "above");
    }

    #[test]
    fn where_it_does_not_fit_it_is_less_high_or_leaves_the_last_subject_free_only() {
        assert_eq!(placed(&[(7, 14)], 12), Some((14, 6)));
        assert_eq!(placed(&[(3, 18), (3, 4)], 12), Some((4, 12)));
        assert_eq!(placed(&[(3, 18)], 12), None);
        assert_eq!(placed(&[], 12), None);
    }
}
