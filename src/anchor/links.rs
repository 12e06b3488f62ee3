//! Which words of two texts belong together, and how likely they do.
//!
//! The stretches that two texts share without doubt (`blocks`) are taken as they are. Between two that follow each other in both
//! texts, and behind and before one that went elsewhere, it is weighed (`likely`).

use std::collections::HashMap;
use std::ops::Range;

use super::blocks::{Block, between, blocks, in_order};
use super::likely::{Pair, WORD};

/// What is less likely is not considered.
const LEAST: f64 = 1e-4;

/// What is less doubtful is beyond doubt.
const CERTAIN: f64 = 1e-9;

/// How many pairs of words are weighed at once.
const MOST: usize = 4_000_000;

/// How far is looked from a stretch that nothing follows, in words.
const REACH: usize = 500;

/// The words of two texts, and where they stand.
#[derive(Debug)]
pub(super) struct Words {
    /// The old words, as numbers.
    pub(super) old: Vec<u32>,
    /// Where each of them started, and the end of the text, in code points.
    pub(super) places: Vec<i64>,
    /// The length of the hole before each of them, and behind the last, in code points.
    pub(super) holes: Vec<Option<i64>>,
    /// The new words.
    pub(super) new: Vec<u32>,
    /// Where each of the new words starts, and the end of the text, in code points.
    pub(super) starts: Vec<i64>,
    /// The start of the text, and where each of the new words ends.
    pub(super) ends: Vec<i64>,
}

impl Words {
    /// How many new words are before the hole before the old word `old`, if that ends before the new word `new`; without a hole, `new`.
    pub(super) fn behind_hole(&self, old: usize, new: usize) -> Option<usize> {
        let Some(length) = self.holes[old] else { return Some(new) };
        self.ends[..=new].binary_search(&self.starts[new].saturating_sub(length)).ok()
    }

    /// The new word that starts behind the hole before the old word `old`, if that begins behind `new` words; without a hole, `new`.
    pub(super) fn before_hole(&self, old: usize, new: usize) -> Option<usize> {
        let Some(length) = self.holes[old] else { return Some(new) };
        let found = self.starts[new..].binary_search(&self.ends[new].saturating_add(length));
        found.ok().map(|at| new + at)
    }
}

/// Partners in the other text, with how likely they are.
type Partners = Vec<(usize, f64)>;

/// Which words belong together, asked from either side.
#[derive(Debug)]
pub(super) struct Links {
    of_old: Vec<Partners>,
    of_new: Vec<Partners>,
}

impl Links {
    pub(super) fn of(words: &Words) -> Self {
        let mut own = Self { of_old: vec![Vec::new(); words.old.len()], of_new: vec![Vec::new(); words.new.len()] };
        let blocks = blocks(&words.old, &words.holes, &words.new);
        for block in &blocks {
            (0..block.length).for_each(|at| own.add(block.old + at, block.new + at, 1.0));
        }
        let weigher = Weigher::of(words, &blocks);
        for (old, new, is_tied) in stretches(&blocks, words.old.len(), words.new.len()) {
            for (from, to, likely) in weigher.pair(&old, &new, is_tied).links(LEAST) {
                own.add(old.start + from, new.start + to, likely);
            }
        }
        own
    }

    fn add(&mut self, old: usize, new: usize, likely: f64) {
        self.of_old[old].push((new, likely));
        self.of_new[new].push((old, likely));
    }

    /// Where the old words `own` may begin in the new text.
    pub(super) fn images(&self, own: &Range<usize>) -> Vec<usize> {
        let starts = own
            .clone()
            .zip(0..)
            .flat_map(|(word, at)| self.of_old[word].iter().filter_map(move |(partner, _)| partner.checked_sub(at)));
        let mut starts: Vec<usize> = starts.filter(|start| start + own.len() <= self.of_new.len()).collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    /// How doubtful it is that the old words `own` are those from `start` on in the new text, from 0 up.
    ///
    /// What different stretches say of a word is weighed by its odds.
    pub(super) fn doubt(&self, own: &Range<usize>, start: usize) -> f64 {
        let doubts = own.clone().zip(start..).map(|(old, new)| {
            let odds = |partners: &Partners, is_wanted: &dyn Fn(usize) -> bool| -> f64 {
                let wanted = partners.iter().filter(|(partner, _)| is_wanted(*partner));
                wanted.map(|(_, likely)| likely / (1.0 - likely).max(CERTAIN)).sum()
            };
            let away = odds(&self.of_old[old], &|to| to != new) + odds(&self.of_new[new], &|from| from != old);
            (1.0 + away) / (1.0 + away + odds(&self.of_old[old], &|to| to == new))
        });
        doubts.sum()
    }

    /// The likeliest partner of the old `word`.
    pub(super) fn partner(&self, word: usize) -> Option<usize> {
        let best = self.of_old[word].iter().max_by(|one, other| one.1.total_cmp(&other.1));
        best.filter(|(_, likely)| *likely > 0.5).map(|(partner, _)| *partner)
    }

    /// Whether the new `word` probably belongs to another old one than `own`.
    pub(super) fn is_taken_from(&self, word: usize, own: usize) -> bool {
        self.of_new[word].iter().any(|(from, likely)| *from != own && *likely > 0.5)
    }

    /// Whether some old word probably belongs to the new `word`.
    pub(super) fn is_taken(&self, word: usize) -> bool {
        self.of_new[word].iter().any(|(_, likely)| *likely > 0.5)
    }
}

/// What is to be weighed, and whether what is before and behind it belongs together.
type Stretch = (Range<usize>, Range<usize>, (bool, bool));

/// What lies between the sorted `blocks` of texts of so many words.
fn stretches(blocks: &[Block], old: usize, new: usize) -> Vec<Stretch> {
    let (start, end) = (Block { old: 0, new: 0, length: 0 }, Block { old, new, length: 0 });
    let order = in_order(blocks);
    let chain: Vec<Block> = [start].into_iter().chain(order.iter().map(|at| blocks[*at])).chain([end]).collect();
    let mut stretches = Vec::new();
    for pair in chain.windows(2) {
        let Some((old, new)) = between(&pair[0], &pair[1]) else { continue };
        if old.len().saturating_mul(new.len()) <= MOST {
            stretches.push((old, new, (true, true)));
        } else {
            stretches.push((head(&old), head(&new), (true, false)));
            stretches.push((tail(&old), tail(&new), (false, true)));
        }
    }
    let mut by_new: Vec<&Block> = blocks.iter().collect();
    by_new.sort_unstable_by_key(|block| block.new);
    let rank = |at: usize| by_new.partition_point(|block| block.new < blocks[at].new);
    for at in (0..blocks.len()).filter(|at| order.binary_search(at).is_err()) {
        let (block, rank) = (blocks[at], rank(at));
        let before_old = at.checked_sub(1).map_or(start, |before| blocks[before]);
        let before_new = rank.checked_sub(1).map_or(start, |before| *by_new[before]);
        let behind_old = blocks.get(at + 1).copied().unwrap_or(end);
        let behind_new = by_new.get(rank + 1).map_or(end, |block| **block);
        let (before, behind) = (before_old.old_end()..block.old, before_new.new_end()..block.new);
        if before_old == before_new && at > 0 {
            stretches.extend(between(&before_old, &block).map(|(old, new)| (old, new, (true, true))));
        } else {
            stretches.push((tail(&before), tail(&behind), (false, true)));
        }
        // What follows in both texts is weighed from there, unless it is in order.
        let follows = behind_old == behind_new && at + 1 < blocks.len();
        if !follows || order.binary_search(&(at + 1)).is_ok() {
            let (old, new) = (block.old_end()..behind_old.old, block.new_end()..behind_new.new);
            stretches.push((head(&old), head(&new), (true, follows && old.len() <= REACH && new.len() <= REACH)));
        }
    }
    stretches.retain(|(old, new, _)| !old.is_empty() && !new.is_empty());
    stretches
}

fn head(words: &Range<usize>) -> Range<usize> {
    words.start..words.end.min(words.start + REACH)
}

fn tail(words: &Range<usize>) -> Range<usize> {
    words.start.max(words.end.saturating_sub(REACH))..words.end
}

/// What a word is worth.
struct Weigher<'a> {
    words: &'a Words,
    counts: HashMap<u32, u32>,
    /// How likely a change is at a word.
    change: f64,
}

impl<'a> Weigher<'a> {
    #[expect(clippy::cast_precision_loss, reason = "no text is that long")]
    fn of(words: &'a Words, blocks: &[Block]) -> Self {
        let mut counts = HashMap::new();
        for word in &words.new {
            *counts.entry(*word).or_default() += 1;
        }
        // Every change of the length shows in where the next stretch stands.
        let end = (words.old.len(), words.new.len());
        let ties = blocks.iter().map(|block| (block.old, block.new)).chain([end]);
        let shifts = ties.map(|(old, new)| words.starts[new].saturating_sub(words.places[old]));
        let shifts: Vec<i64> = [0].into_iter().chain(shifts).collect();
        let changes = shifts.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let size = words.places[words.old.len()] as f64 / WORD;
        let change = ((changes as f64 + 0.1) / size.max(1.0)).min(0.1);
        Self { words, counts, change }
    }

    /// How many words there are to one that is this `word` by chance. Of a word that stands once nothing is known but that it is rare.
    #[expect(clippy::cast_precision_loss, reason = "no text is that long")]
    fn odds(&self, word: u32) -> f64 {
        let others = self.counts.get(&word).map_or(0, |count| count.saturating_sub(1));
        (self.words.new.len() as f64 + 200.0) / (f64::from(others) + 0.1)
    }

    fn pair(&self, old: &Range<usize>, new: &Range<usize>, is_tied: (bool, bool)) -> Pair {
        let words = self.words;
        Pair {
            old: words.old[old.clone()].to_vec(),
            odds: words.old[old.clone()].iter().map(|word| self.odds(*word)).collect(),
            holes: words.holes[old.start..=old.end].to_vec(),
            new: words.new[new.clone()].to_vec(),
            starts: words.starts[new.start..=new.end].to_vec(),
            ends: words.ends[new.start..=new.end].to_vec(),
            change: self.change,
            is_tied,
        }
    }
}
