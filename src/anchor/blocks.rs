//! The stretches of words that two texts share without doubt.
//!
//! Words that stand once in each text belong together wherever they stand, as in patience diff (B. Cohen, 2008) and in the maximal
//! unique matches of genome alignment (Delcher et al., 1999). Their edges are left out: what is next to a change may
//! agree by chance, or have been copied.

use std::collections::HashMap;
use std::ops::Range;

/// Words in a row that are looked for.
const LONG: usize = 6;

/// Words in a row that are evidence wherever they stand: more than any formula of address has, and the fewest of which one is in no
/// run that something else begins in.
pub(super) const FAR: usize = 2 * LONG - 1;

/// A stretch of tokens that two texts share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Block {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) length: usize,
}

impl Block {
    pub(super) fn old_end(&self) -> usize {
        self.old + self.length
    }

    pub(super) fn new_end(&self) -> usize {
        self.new + self.length
    }

    /// The middle, as far from the edges as a word can be from where another stretch begins.
    fn core(&self) -> Self {
        let edge = LONG - 1;
        Self { old: self.old + edge, new: self.new + edge, length: self.length - 2 * edge }
    }
}

/// The stretches of two texts, given as numbers of tokens, ascending in the old one; none goes over one of the old places `holes`.
pub(super) fn blocks(old: &[u32], holes: &[Option<i64>], new: &[u32]) -> Vec<Block> {
    let (in_old, in_new) = (once(old), once(new));
    let mut blocks: Vec<Block> = Vec::new();
    // The block of each diagonal that may go on.
    let mut open: HashMap<usize, usize> = HashMap::new();
    for (o, window) in old.windows(LONG).enumerate() {
        let (Some(Some(_)), Some(Some(n))) = (in_old.get(window), in_new.get(window)) else { continue };
        if holes[o + 1..o + LONG].iter().any(Option::is_some) {
            continue;
        }
        let at = *open.entry(n + old.len() - o).or_insert(blocks.len());
        match blocks.get_mut(at) {
            Some(block) if block.old_end() + 1 == o + LONG => block.length += 1,
            _ => {
                open.insert(n + old.len() - o, blocks.len());
                blocks.push(Block { old: o, new: *n, length: LONG });
            }
        }
    }
    blocks.retain(|block| block.length >= FAR);
    let mut cores: Vec<Block> = blocks.iter().map(Block::core).collect();
    cores.sort_unstable();
    cores
}

/// Where each run of tokens stands; none for those that stand more than once.
fn once(tokens: &[u32]) -> HashMap<&[u32], Option<usize>> {
    let mut places = HashMap::with_capacity(tokens.len());
    for (at, window) in tokens.windows(LONG).enumerate() {
        places.entry(window).and_modify(|place| *place = None).or_insert(Some(at));
    }
    places
}

/// Which of the sorted `blocks` keep their order in the new text, the most that do.
pub(super) fn in_order(blocks: &[Block]) -> Vec<usize> {
    // The place that ends the best sequence of each length, and for each place the one before it (patience sorting).
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        let length = ends.partition_point(|end| blocks[*end].new <= block.new);
        before.push(length.checked_sub(1).map(|last| ends[last]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut sequence: Vec<usize> = std::iter::successors(ends.last().copied(), |at| before[*at]).collect();
    sequence.reverse();
    sequence
}

/// The tokens between two blocks, in both texts.
pub(super) fn between(one: &Block, other: &Block) -> Option<(Range<usize>, Range<usize>)> {
    let (old, new) = (one.old_end()..other.old, one.new_end()..other.new);
    (old.start < old.end && new.start < new.end).then_some((old, new))
}
