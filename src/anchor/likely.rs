//! How likely it is that words of two stretches belong together.
//!
//! A pair hidden Markov model and its forward–backward algorithm (Durbin et al., Biological Sequence Analysis, 1998, ch. 4): of all the ways
//! in which one stretch can have become the other by taking out words and putting in others, each weighs as much as it is
//! likely, and what a word's partner is likely to be is the share of the ways that say so. Where two ways are equally good (which of
//! two «и» went?) neither gets more than a half. A word weighs the more, the rarer it is.
//!
//! What is not known of the old stretch is a hole of known length: likely still as long as it was, or changed to any other length.

/// How likely a change is at a word.
const CHANGE: f64 = 0.02;

/// How likely a change goes on for one more word.
const LONGER: f64 = 0.9;

/// How likely something stands in place of what was taken out.
const REPLACED: f64 = 0.5;

const UNCHANGED: f64 = 1.0 - 2.0 * CHANGE;
const AFTER_DELETION: f64 = (1.0 - LONGER) * (1.0 - REPLACED);
const REPLACEMENT: f64 = (1.0 - LONGER) * REPLACED;
const AFTER_INSERTION: f64 = 1.0 - LONGER;

/// How likely a stretch ends before any word, where it may.
const CUT: f64 = CHANGE;

/// How likely what is found in a place of its own, with changes on either side, only looks alike.
const LOOK_ALIKE: f64 = 0.02;

/// About how many code points a word has, with the blank behind it.
pub(super) const WORD: f64 = 6.0;

/// Two stretches, one of which may have become the other.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// The old words.
    pub(super) old: Vec<u32>,
    /// How much rarer than one in one each of them is.
    pub(super) odds: Vec<f64>,
    /// The length of the hole before each of them, and behind the last, in code points.
    pub(super) holes: Vec<Option<i64>>,
    /// The new words.
    pub(super) new: Vec<u32>,
    /// Where each of the new words starts, and what is behind the last, in code points.
    pub(super) starts: Vec<i64>,
    /// Where what is before the new words ends, and each of them.
    pub(super) ends: Vec<i64>,
    /// How likely a change is at a word of a hole.
    pub(super) change: f64,
    /// Whether what is before both stretches belongs together, and what is behind both.
    pub(super) is_tied: (bool, bool),
}

impl Pair {
    /// The words that belong together and how likely they do, if they do at least by `least`.
    pub(super) fn links(&self, least: f64) -> Vec<(usize, usize, f64)> {
        let (forward, backward) = (Ways::of(self), Ways::of(&self.reversed()));
        let mut links = Vec::new();
        for (at, odds) in self.odds.iter().enumerate() {
            let behind = self.old.len() - 1 - at;
            let scale = forward.scales[at] + backward.scales[behind] - forward.total - odds.ln();
            for place in 0..self.new.len() {
                let ways = forward.matched[at][place] * backward.matched[behind][self.new.len() - 1 - place];
                let likely = if ways > 0.0 { (ways.ln() + scale).exp() } else { 0.0 };
                if likely >= least {
                    links.push((at, place, likely.min(1.0)));
                }
            }
        }
        links
    }

    fn reversed(&self) -> Self {
        let reversed = |words: &[u32]| words.iter().rev().copied().collect();
        let mirrored = |places: &[i64]| places.iter().rev().map(|place| -place).collect();
        Self {
            old: reversed(&self.old),
            odds: self.odds.iter().rev().copied().collect(),
            holes: self.holes.iter().rev().copied().collect(),
            new: reversed(&self.new),
            starts: mirrored(&self.ends),
            ends: mirrored(&self.starts),
            change: self.change,
            is_tied: (self.is_tied.1, self.is_tied.0),
        }
    }
}

/// What all the ways from the start weigh.
struct Ways {
    /// Those that lead to each old word and its partner among the new ones.
    matched: Vec<Vec<f64>>,
    /// The logarithm of what each row was divided by.
    scales: Vec<f64>,
    /// The logarithm of what all ways to the end weigh.
    total: f64,
}

/// What the ways weigh that have come so far, by how many of the new words are behind them.
struct Front {
    /// That were last at the same word, or at a hole.
    matched: Vec<f64>,
    /// That were last at a word that looks alike.
    alike: Vec<f64>,
    /// That are taking out.
    deleting: Vec<f64>,
    /// That are putting in.
    inserting: Vec<f64>,
    scale: f64,
}

impl Ways {
    fn of(pair: &Pair) -> Self {
        let size = pair.new.len() + 1;
        let mut front = Front {
            matched: vec![0.0; size],
            alike: vec![0.0; size],
            deleting: vec![0.0; size],
            inserting: vec![0.0; size],
            scale: 0.0,
        };
        front.matched[0] = f64::from(u8::from(pair.is_tied.0));
        front.insert();
        let mut own = Self { matched: Vec::new(), scales: Vec::new(), total: f64::NEG_INFINITY };
        let free = CUT.ln();
        let loose = !(pair.is_tied.0 && pair.is_tied.1);
        if loose {
            own.total = free;
        }
        for (at, word) in pair.old.iter().enumerate() {
            front.pass(pair.holes[at], pair);
            front.take(*word, pair.odds[at], pair);
            front.rescale();
            own.matched.push(front.matched[1..].to_vec());
            own.scales.push(front.scale);
            if !pair.is_tied.1 {
                let ways: f64 = front.matched.iter().chain(&front.alike).sum();
                own.total = sum(own.total, ways.ln() + front.scale + free);
            }
        }
        if pair.is_tied.1 {
            front.pass(pair.holes[pair.old.len()], pair);
            own.total = sum(own.total, front.closed(size - 1).ln() + front.scale);
        }
        own
    }
}

impl Front {
    /// What the ways weigh that are done with any change, `place` new words behind them.
    fn closed(&self, place: usize) -> f64 {
        self.matched[place] * UNCHANGED
            + self.deleting[place] * AFTER_DELETION
            + self.inserting[place] * AFTER_INSERTION
    }

    /// Takes the next old word: it is the next new word, or was taken out.
    fn take(&mut self, word: u32, odds: f64, pair: &Pair) {
        let start = if pair.is_tied.0 { 0.0 } else { CUT * (-self.scale).exp() };
        let mut matched = vec![0.0; self.matched.len()];
        let mut alike = vec![0.0; self.matched.len()];
        for place in (0..pair.new.len()).filter(|place| pair.new[*place] == word) {
            matched[place + 1] = odds * (self.closed(place) + start);
            alike[place + 1] = odds * (self.alike[place] * UNCHANGED + start * LOOK_ALIKE);
        }
        self.alike = alike;
        for (deleting, matched) in self.deleting.iter_mut().zip(&self.matched) {
            *deleting = *deleting * LONGER + matched * CHANGE;
        }
        self.matched = matched;
        self.insert();
    }

    /// Puts in any number of new words.
    fn insert(&mut self) {
        self.inserting[0] = 0.0;
        for place in 1..self.inserting.len() {
            let last = place - 1;
            self.inserting[place] =
                self.matched[last] * CHANGE + self.deleting[last] * REPLACEMENT + self.inserting[last] * LONGER;
        }
    }

    /// Passes over a hole, if there is one: it is as long as it was, or has any other length.
    #[expect(clippy::cast_precision_loss, reason = "no text is that long")]
    fn pass(&mut self, hole: Option<i64>, pair: &Pair) {
        let Some(length) = hole else { return };
        let same = (1.0 - pair.change).powf((length.max(0) as f64 / WORD).clamp(0.5, 150.0));
        let other = (1.0 - same) / self.matched.len() as f64;
        let mut matched = vec![0.0; self.matched.len()];
        let mut alike = vec![0.0; self.matched.len()];
        let (mut so_far, mut there) = (0.0, 0);
        for place in 0..matched.len() {
            let closed = self.closed(place);
            so_far += closed + self.alike[place] * UNCHANGED;
            matched[place] += so_far * other;
            alike[place] += so_far * other * LOOK_ALIKE;
            let wanted = pair.ends[place].saturating_add(length);
            there += pair.starts[there..].partition_point(|start| *start < wanted);
            if pair.starts.get(there) == Some(&wanted) && there >= place {
                matched[there] += closed * same;
                alike[there] += self.alike[place] * UNCHANGED * same;
            }
        }
        (self.matched, self.alike) = (matched, alike);
        self.deleting.fill(0.0);
        self.insert();
    }

    /// Keeps the weights within what numbers can hold.
    fn rescale(&mut self) {
        let all = [&mut self.matched, &mut self.alike, &mut self.deleting, &mut self.inserting];
        let most = all.iter().flat_map(|own| own.iter()).copied().fold(0.0, f64::max);
        if most > 0.0 {
            all.into_iter().flatten().for_each(|weight| *weight /= most);
            self.scale += most.ln();
        }
    }
}

/// The logarithm of the sum of what `one` and `other` are the logarithms of.
fn sum(one: f64, other: f64) -> f64 {
    let most = one.max(other);
    if most == f64::NEG_INFINITY { most } else { most + ((one - most).exp() + (other - most).exp()).ln() }
}
