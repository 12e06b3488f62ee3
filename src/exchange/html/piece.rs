//! The text cut where annotations start and end.

use std::collections::BTreeSet;

use crate::annotation::AnnotationId;
use crate::text::{Fragments, Offset, Text};

/// A stretch of the text that the same fragments cover from end to end; none between annotations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) start: Offset,
    pub(super) end: Offset,
    /// The annotations and the numbers of their fragments, from 0.
    pub(super) covering: Vec<(AnnotationId, usize)>,
    /// Those of them whose first fragment starts here.
    pub(super) starting: Vec<AnnotationId>,
}

/// The pieces of `text`, which together are all of it.
pub(super) fn pieces(text: &Text, annotations: &[(AnnotationId, &Fragments)]) -> Vec<Piece> {
    let mut turns = Vec::new();
    for (id, fragments) in annotations {
        for (number, span) in fragments.spans().iter().enumerate() {
            turns.push((span.start(), true, (*id, number)));
            turns.push((span.end(), false, (*id, number)));
        }
    }
    turns.sort_unstable();
    let mut offsets: Vec<Offset> = turns.iter().map(|(offset, ..)| *offset).collect();
    offsets.extend([Offset::ZERO, text.end()]);
    offsets.sort_unstable();
    offsets.dedup();
    let mut turns = turns.into_iter().peekable();
    let mut covering = BTreeSet::new();
    let ends = offsets.windows(2).map(|ends| (ends[0], ends[1]));
    ends.map(|(start, end)| {
        let mut starting = Vec::new();
        while let Some((_, begins, own)) = turns.next_if(|(offset, ..)| *offset <= start) {
            if begins {
                covering.insert(own);
                starting.extend((own.1 == 0).then_some(own.0));
            } else {
                covering.remove(&own);
            }
        }
        Piece { start, end, covering: covering.iter().copied().collect(), starting }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_cut_where_annotations_cross() {
        let text = Text::new("За\u{301}мок 😀, труд".to_owned()).unwrap();
        let span = |start, end| Fragments::from(text.span_of_code_points(start, end).unwrap());
        let (one, two) = (span(0, 8), span(7, 14));
        let pieces = pieces(&text, &[(AnnotationId(1), &one), (AnnotationId(2), &two)]);
        let shown: Vec<_> = pieces
            .iter()
            .map(|own| (text.between(own.start, own.end), own.covering.iter().map(|own| own.0.0).collect::<Vec<_>>()))
            .collect();
        assert_eq!(shown, [("За\u{301}мок ", vec![1]), ("😀", vec![1, 2]), (", труд", vec![2])]);
        assert_eq!(pieces[1].starting, [AnnotationId(2)]);
    }
}
