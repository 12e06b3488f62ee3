//! The stretches of words that two texts share.
//!
//! Words that stand once in each text belong together wherever they stand, as in patience diff (B. Cohen, 2008) and in the maximal
//! unique matches of genome alignment (Delcher et al., 1999). Eight in a row are evidence anywhere; between two such
//! stretches that follow each other in both texts, fewer do, if they make up half of what is there. A stretch grows as long
//! as the words agree, also over words that repeat: so two stretches may claim the same words, and whoever asks is told of both.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Words in a row that are evidence anywhere when they stand once in each text.
pub(super) const LONG: usize = 8;

/// Words in a row that are looked for between stretches.
const SHORTER: [usize; 3] = [4, 2, 1];

/// A stretch of tokens that two texts share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Block {
    pub(super) old: usize,
    pub(super) new: usize,
    pub(super) length: usize,
}

impl Block {
    pub(super) fn old_range(&self) -> Range<usize> {
        self.old..self.old + self.length
    }

    fn new_range(&self) -> Range<usize> {
        self.new..self.new + self.length
    }
}

/// All blocks of two texts, to be asked from either side.
#[derive(Debug)]
pub(super) struct Blocks {
    by_old: Cover,
    by_new: Cover,
    /// Those that follow none of the others in both texts.
    moved: HashSet<Block>,
}

impl Blocks {
    /// Aligns two texts, given as numbers of tokens.
    pub(super) fn of(old: &[u32], new: &[u32]) -> Self {
        let mut blocks = unique_blocks(old, new, LONG);
        let (head, tail) = (common_start(old, new), common_end(old, new));
        blocks.push(Block { old: 0, new: 0, length: head });
        blocks.push(Block { old: old.len() - tail, new: new.len() - tail, length: tail });
        for words in SHORTER {
            blocks.sort_unstable();
            blocks.dedup();
            let found: Vec<Block> = gaps(&blocks).into_iter().flat_map(|(o, n)| fill(old, new, o, n, words)).collect();
            blocks.extend(found);
        }
        blocks.sort_unstable();
        blocks.dedup();
        blocks.retain(|block| block.length > 0);
        let moved = moved(&blocks);
        Self { by_old: Cover::of(&blocks, Block::old_range), by_new: Cover::of(&blocks, Block::new_range), moved }
    }

    /// Where the blocks over all of the old `tokens` say they start in the new text.
    pub(super) fn images(&self, tokens: &Range<usize>) -> impl Iterator<Item = usize> {
        self.by_old.over(tokens).map(|block| block.new + (tokens.start - block.old))
    }

    /// The blocks over all of the old `tokens`.
    pub(super) fn over_old(&self, tokens: &Range<usize>) -> impl Iterator<Item = &Block> {
        self.by_old.over(tokens)
    }

    /// Whether `block` stands by itself: what is next to it in one text is not in the other.
    pub(super) fn is_moved(&self, block: &Block) -> bool {
        self.moved.contains(block)
    }

    /// Where the blocks over all of the new `tokens` say they started in the old text.
    pub(super) fn sources(&self, tokens: &Range<usize>) -> impl Iterator<Item = usize> {
        self.by_new.over(tokens).map(|block| block.old + (tokens.start - block.new))
    }

    /// About where the old `token` is to be expected in the new text.
    pub(super) fn expected(&self, token: usize) -> usize {
        let behind = self.by_old.blocks.partition_point(|(_, block)| block.old <= token);
        let block = self.by_old.blocks[..behind].last().map(|(_, block)| *block);
        block.map_or(token, |block| block.new + (token - block.old))
    }
}

/// Blocks in the order of one text, with the furthest end so far.
#[derive(Debug)]
struct Cover {
    blocks: Vec<(Range<usize>, Block)>,
    furthest: Vec<usize>,
}

impl Cover {
    fn of(blocks: &[Block], range: impl Fn(&Block) -> Range<usize>) -> Self {
        let mut blocks: Vec<_> = blocks.iter().map(|block| (range(block), *block)).collect();
        blocks.sort_by_key(|(range, block)| (range.start, range.end, block.old));
        let mut furthest = 0;
        let ends = blocks.iter().map(|(range, _)| {
            furthest = range.end.max(furthest);
            furthest
        });
        Self { furthest: ends.collect(), blocks }
    }

    /// The blocks over all of `tokens`.
    fn over(&self, tokens: &Range<usize>) -> impl Iterator<Item = &Block> {
        let behind = self.blocks.partition_point(|(range, _)| range.start <= tokens.start);
        let end = tokens.end;
        let near = (0..behind).rev().take_while(move |at| self.furthest[*at] >= end);
        near.map(|at| &self.blocks[at]).filter(move |(range, _)| range.end >= end).map(|(_, block)| block)
    }
}

/// The stretches around `words` tokens in a row that stand once in each text, as long as the texts agree.
fn unique_blocks(old: &[u32], new: &[u32], words: usize) -> Vec<Block> {
    let (in_old, in_new) = (once(old, words), once(new, words));
    let mut blocks = Vec::new();
    // How far each diagonal is known already.
    let mut known: HashMap<usize, usize> = HashMap::new();
    for (o, window) in old.windows(words).enumerate() {
        let (Some(Some(_)), Some(Some(n))) = (in_old.get(window), in_new.get(window)) else { continue };
        let diagonal = *n + old.len() - o;
        if known.get(&diagonal).is_some_and(|end| o < *end) {
            continue;
        }
        let before = common_end(&old[..o], &new[..*n]);
        let behind = common_start(&old[o..], &new[*n..]);
        known.insert(diagonal, o + behind);
        blocks.push(Block { old: o - before, new: n - before, length: before + behind });
    }
    blocks
}

/// Where each run of `words` tokens stands; none for those that stand more than once.
fn once(tokens: &[u32], words: usize) -> HashMap<&[u32], Option<usize>> {
    let mut places = HashMap::with_capacity(tokens.len());
    for (at, window) in tokens.windows(words).enumerate() {
        places.entry(window).and_modify(|place| *place = None).or_insert(Some(at));
    }
    places
}

fn common_start(one: &[u32], other: &[u32]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

fn common_end(one: &[u32], other: &[u32]) -> usize {
    one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count()
}

/// The place of each of the sorted `blocks` in the order of the new text.
fn ranks(blocks: &[Block]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_unstable_by_key(|at| (blocks[*at].new, blocks[*at].old, *at));
    let mut rank = vec![0; blocks.len()];
    order.iter().enumerate().for_each(|(place, at)| rank[*at] = place);
    rank
}

/// The sorted `blocks` that follow none of the others, nor a text's edge, in both texts.
fn moved(blocks: &[Block]) -> HashSet<Block> {
    let rank = ranks(blocks);
    let last = blocks.len().saturating_sub(1);
    let follows = |at: usize| at.checked_sub(1).map_or(rank[at] == 0, |before| rank[at] == rank[before] + 1);
    let leads = |at: usize| if at == last { rank[at] == last } else { follows(at + 1) };
    blocks.iter().enumerate().filter(|(at, _)| !follows(*at) && !leads(*at)).map(|(_, block)| *block).collect()
}

/// What lies in both texts between two sorted `blocks` that follow each other in both.
fn gaps(blocks: &[Block]) -> Vec<(Range<usize>, Range<usize>)> {
    let rank = ranks(blocks);
    let pairs = blocks.windows(2).enumerate().filter(|(at, _)| rank[at + 1] == rank[*at] + 1);
    let between = pairs.map(|(_, pair)| (pair[0].old_range().end..pair[1].old, pair[0].new_range().end..pair[1].new));
    between.filter(|(old, new)| !old.is_empty() && !new.is_empty()).collect()
}

/// The blocks in a gap that rest on `words` tokens that stand once in each side of it, in order, if they make up half of it or
/// are long.
fn fill(old: &[u32], new: &[u32], in_old: Range<usize>, in_new: Range<usize>, words: usize) -> Vec<Block> {
    let size = in_old.len().max(in_new.len());
    let found = unique_blocks(&old[in_old.clone()], &new[in_new.clone()], words);
    let chain = longest_rising(&found.iter().map(|block| block.new).collect::<Vec<_>>());
    let chain: Vec<Block> = chain.into_iter().map(|at| found[at]).collect();
    let shared: usize = chain.iter().map(|block| block.length).sum();
    let is_alike = 2 * shared >= size;
    let kept = chain.into_iter().filter(|block| is_alike || block.length >= LONG);
    kept.map(|block| Block { old: block.old + in_old.start, new: block.new + in_new.start, ..block }).collect()
}

/// The places of a longest sequence among `values` that never falls (patience sorting).
pub(super) fn longest_rising<T: Ord + Copy>(values: &[T]) -> Vec<usize> {
    // The place that ends the best sequence of each length, and for each place the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let length = ends.partition_point(|end| values[*end] <= *value);
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
