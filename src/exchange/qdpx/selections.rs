//! The passages of a text that are selected, and how their positions count.

use std::ops::Range;

use roxmltree::Node;

use crate::exchange::reading::{Named, Reading, reading};

/// The selections of a source, on the text that their positions count in.
pub(super) struct Selections<'a, 'i> {
    pub(super) selections: Vec<Selection<'a, 'i>>,
    pub(super) reading: Reading,
}

/// A passage that somebody marked.
pub(super) struct Selection<'a, 'i> {
    pub(super) node: Node<'a, 'i>,
    /// Where it is, or why it cannot be taken.
    pub(super) range: Result<Range<usize>, String>,
}

impl<'a, 'i> Selections<'a, 'i> {
    /// Those of `source`, whose text is `content`: programs call them by their words, so these say how positions count.
    pub(super) fn of(source: Node<'a, 'i>, content: &str) -> Self {
        let nodes = source.children().filter(|own| own.tag_name().name() == "PlainTextSelection");
        let mut selections: Vec<_> = nodes.map(|node| Selection { node, range: range_of(node) }).collect();
        let (placed, named): (Vec<_>, Vec<_>) = selections
            .iter_mut()
            .filter_map(|own| {
                let named =
                    Named { range: own.range.clone().ok()?, name: own.node.attribute("name").unwrap_or_default() };
                Some((own, named))
            })
            .unzip();
        let reading = reading(content, &named);
        for (own, fault) in placed.into_iter().zip(&reading.faults) {
            if let Some(fault) = fault {
                own.range = Err(format!("selection {}: {fault}", own.node.attribute("guid").unwrap_or_default()));
            }
        }
        Self { selections, reading }
    }
}

fn range_of(selection: Node<'_, '_>) -> Result<Range<usize>, String> {
    let position = |name: &str| selection.attribute(name).and_then(|own| own.trim().parse::<usize>().ok());
    let range = position("startPosition").zip(position("endPosition")).map(|(start, end)| start..end);
    range.ok_or_else(|| {
        let guid = selection.attribute("guid").unwrap_or_default();
        format!("selection {guid}: expected a start and an end position, counted from 0")
    })
}
