//! What overlaps a stretch of text, without walking all annotations.

use std::collections::BTreeMap;

use crate::text::Span;

/// The finest bins are 2^12 bytes wide, each coarser level eight times as wide, the last one over any text.
const SHIFTS: [u32; 8] = [12, 15, 18, 21, 24, 27, 30, 32];

/// Spans by the smallest bin that holds them whole.
///
/// The binning scheme of the UCSC genome browser (Kent et al., *The Human Genome Browser at UCSC*, Genome Research 12, 2002):
/// a span goes into the finest bin that contains it, a query looks into the few bins of every level that its window meets.
/// Inserting, removing and looking up cost the logarithm of the number of annotations; nothing is ever rebuilt.
#[derive(Clone, Debug)]
pub struct SpanIndex<T> {
    bins: BTreeMap<(u8, u32), Vec<(Span, T)>>,
}

impl<T> Default for SpanIndex<T> {
    fn default() -> Self {
        Self { bins: BTreeMap::new() }
    }
}

impl<T> SpanIndex<T> {
    /// Adds a span of something.
    pub fn insert(&mut self, span: Span, own: T) {
        self.bins.entry(bin_of(span)).or_default().push((span, own));
    }

    /// Takes a span of something out again.
    pub fn remove(&mut self, span: Span, is_it: impl Fn(&T) -> bool) {
        let bin = bin_of(span);
        let Some(entries) = self.bins.get_mut(&bin) else { return };
        if let Some(at) = entries.iter().position(|(other, own)| *other == span && is_it(own)) {
            entries.swap_remove(at);
        }
        if entries.is_empty() {
            self.bins.remove(&bin);
        }
    }

    /// The spans that share a byte with `window`, each with what it is of, in no order.
    pub fn overlapping(&self, window: Span) -> impl Iterator<Item = (Span, &T)> {
        let (start, last) = (window.start().bytes() as u64, window.end().bytes() as u64 - 1);
        (0..).zip(SHIFTS).flat_map(move |(level, shift)| {
            let bins = (level, bin(start, shift))..=(level, bin(last, shift));
            self.bins
                .range(bins)
                .flat_map(|(_, entries)| entries.iter().map(|(span, own)| (*span, own)))
                .filter(move |(span, _)| span.overlaps(window))
        })
    }
}

fn bin(byte: u64, shift: u32) -> u32 {
    u32::try_from(byte >> shift).unwrap_or(u32::MAX)
}

fn bin_of(span: Span) -> (u8, u32) {
    let (start, last) = (span.start().bytes() as u64, span.end().bytes() as u64 - 1);
    (0..)
        .zip(SHIFTS)
        .find(|(_, shift)| start >> shift == last >> shift)
        .map_or((u8::MAX, 0), |(level, shift)| (level, bin(start, shift)))
}
