//! What offsets count, in all that is read of one program together.
//!
//! A line, a task or a document seldom tells by itself: most have no character that units count differently, or no words to compare. So
//! each part says under which [ways](Way) of counting it would be as right as it can be, and all of them take the way that most admit.
//! A part that does not admit it has evidence of its own, and keeps to that; this is told, as is another unit that fits all as well.
//!
//! | of a part | is right |
//! |---|---|
//! | that has words | a way under which the most of them are found at their offsets |
//! | that has none | a way under which no more pieces are cut or beyond the text than under those that are usual in its format |

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::{Aim, Draft, Ruler, Unit};
use crate::text::Text;

/// A way to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// What is counted.
    pub unit: Unit,
    /// Whether CR LF counts as one, as where a program reads a file as text.
    pub is_folded: bool,
}

/// What somebody says of a document, on its way to being counted.
#[derive(Debug)]
pub struct Part<'a> {
    /// The format it was read in: what was read in the same one counts alike.
    pub format: &'static str,
    /// What is said.
    pub draft: &'a mut Draft,
    /// The text, where the draft carries none.
    pub transcript: Option<Text>,
}

/// What is to be told of how parts count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A part proves another way than the one of most.
    Apart {
        /// The document.
        document: String,
        /// How it counts.
        way: Way,
        /// How the most do.
        most: Way,
    },
    /// Another unit fits all of a format as well, and would take other words.
    Either {
        /// A document of which it would.
        document: String,
        /// What is taken.
        taken: Unit,
        /// What fits too.
        other: Unit,
    },
}

/// States in each of `parts` what its offsets count.
pub fn agree(parts: &mut [Part<'_>]) -> Vec<Doubt> {
    let mut groups: BTreeMap<(&str, Unit, bool), Vec<usize>> = BTreeMap::new();
    for (number, Part { format, draft, .. }) in parts.iter().enumerate() {
        // What a file says it counts in is not for others to decide.
        let key = (*format, usual(draft), draft.stated.is_some());
        groups.entry(key).or_default().push(number);
    }
    let mut doubts = Vec::new();
    for numbers in groups.into_values() {
        let group = Group::of(&numbers.iter().map(|number| &parts[*number]).collect::<Vec<_>>());
        let Some(most) = group.most() else { continue };
        for (number, evidence) in numbers.iter().zip(&group.evidence) {
            let way = group.way_of(evidence, most);
            let part = &mut parts[*number];
            if way != most {
                doubts.push(Doubt::Apart { document: document(part.draft), way, most });
            }
            part.count(way);
        }
        let other = group.either(most).map(|(at, other)| (document(parts[numbers[at]].draft), other));
        doubts.extend(other.map(|(document, other)| Doubt::Either { document, taken: most.unit, other }));
    }
    doubts
}

/// What the offsets of `draft` count on `text`, as far as it tells itself.
pub(super) fn alone(draft: &Draft, text: &Text) -> Unit {
    let of = |ways: &[Way]| Group { order: ways.to_vec(), evidence: vec![Evidence::of(draft, text, ways)] };
    let order: Vec<Way> = ways(draft).into_iter().filter(|way| !way.is_folded).collect();
    let group = Some(of(likely(&order))).filter(Group::is_full).unwrap_or_else(|| of(&order));
    group.most().map_or(usual(draft), |way| way.unit)
}

fn document(draft: &Draft) -> String {
    draft.document.clone().unwrap_or_default()
}

/// What is stated in `draft`, or usual in its format.
fn usual(draft: &Draft) -> Unit {
    draft.stated.or(draft.unit).unwrap_or(Unit::CodePoints)
}

/// The ways to try for `draft`, the likeliest first: few programs count grapheme clusters, for which CR LF is one too.
fn ways(draft: &Draft) -> Vec<Way> {
    let usual = usual(draft);
    let others = Unit::ALL.into_iter().filter(|own| *own != usual && draft.stated.is_none());
    let units: Vec<Unit> = std::iter::once(usual).chain(others).collect();
    let folded = [false, true].into_iter().flat_map(|is_folded| units.iter().map(move |own| (*own, is_folded)));
    let mut ways: Vec<Way> = folded.map(|(unit, is_folded)| Way { unit, is_folded }).collect();
    ways.sort_by_key(|own| own.unit == Unit::Graphemes && own.unit != usual);
    ways
}

/// Those of `order` that are cheap to try and mostly enough.
fn likely(order: &[Way]) -> &[Way] {
    let end = order.iter().position(|own| own.is_folded || own.unit == Unit::Graphemes).unwrap_or(order.len());
    &order[..end.max(1)]
}

impl Part<'_> {
    fn text(&self) -> Option<Text> {
        self.draft.own_text().or_else(|| self.transcript.clone())
    }

    /// Has the draft count in this way.
    fn count(&mut self, way: Way) {
        self.draft.stated = Some(way.unit);
        if let Some(text) = self.text().filter(|text| way.is_folded && has_returns(text)) {
            self.draft.text = Some(folded(text.as_str()));
            self.draft.counted = FOLDED;
        }
    }
}

/// How a text is counted that was [folded], for people.
pub(super) const FOLDED: &str = ", each line end as one";

fn has_returns(text: &Text) -> bool {
    text.as_str().contains('\r')
}

/// `text` with a line feed for each line end.
pub(super) fn folded(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Parts that are to count alike.
#[derive(Debug, Default)]
struct Group {
    /// The ways that were tried, the likeliest first.
    order: Vec<Way>,
    evidence: Vec<Evidence>,
}

impl Group {
    fn of(parts: &[&Part<'_>]) -> Self {
        let Some(order) = parts.first().map(|own| ways(own.draft)) else { return Self::default() };
        let of = |ways: &[Way]| {
            let evidence = |own: &&Part<'_>| own.text().map(|text| Evidence::of(own.draft, &text, ways));
            let evidence = parts.iter().map(|own| evidence(own).unwrap_or_default()).collect();
            Self { order: ways.to_vec(), evidence }
        };
        Some(of(likely(&order))).filter(Self::is_full).unwrap_or_else(|| of(&order))
    }

    /// Whether the words of each part are all found under some way.
    fn is_full(&self) -> bool {
        self.evidence.iter().all(|own| own.most_found() == own.words)
    }

    /// The way that most parts admit; of several, the likeliest.
    fn most(&self) -> Option<Way> {
        let count = |way: Way| self.evidence.iter().filter(|own| own.admits(way)).count();
        self.order.iter().copied().rev().max_by_key(|way| count(*way))
    }

    /// How the part with this evidence counts, where the most count as `most`.
    fn way_of(&self, evidence: &Evidence, most: Way) -> Way {
        let own = || self.order.iter().copied().find(|way| evidence.admits(*way));
        if evidence.admits(most) { most } else { own().unwrap_or(most) }
    }

    /// Another unit that all parts admit, and which of them it would read otherwise. Without words to tell, only what is usual in the
    /// format is in doubt.
    fn either(&self, most: Way) -> Option<(usize, Unit)> {
        let has_words = self.evidence.iter().any(|own| own.most_found() > 0);
        let others = self.order.iter().copied().filter(|way| *way != most && !way.is_folded);
        others.into_iter().find_map(|way| {
            let is_meant = |own: &Evidence| !own.is_ours && (has_words || own.usual.contains(&way.unit));
            let admits = self.evidence.iter().all(|own| own.admits(way) && is_meant(own));
            let at = self.evidence.iter().position(|own| own.reads_as(way) != own.reads_as(most));
            at.filter(|_| admits).map(|at| (at, way.unit))
        })
    }
}

/// How right a part would be under each way.
#[derive(Debug, Default)]
struct Evidence {
    fits: Vec<(Way, Fit)>,
    /// The units that are usual in its format.
    usual: Vec<Unit>,
    /// How many annotations have words.
    words: usize,
    /// Whether we wrote it, and it can only count as we do.
    is_ours: bool,
    has_returns: bool,
}

/// How right a part would be under one way.
#[derive(Clone, Copy, Debug, Default)]
struct Fit {
    /// How many annotations have their words at their offsets.
    found: usize,
    /// How many of those without words are cut or beyond the text.
    broken: usize,
    /// What it takes, hashed.
    taken: u64,
}

impl Evidence {
    fn of(draft: &Draft, text: &Text, ways: &[Way]) -> Self {
        let has_returns = has_returns(text);
        let flat = if has_returns { Text::new(folded(text.as_str())).ok() } else { None };
        let tried = ways.iter().filter(|way| !way.is_folded || flat.is_some());
        let fit = |way: &Way| {
            let text = flat.as_ref().filter(|_| way.is_folded).unwrap_or(text);
            (*way, Fit::of(draft, &Ruler::new(way.unit, text), text))
        };
        Self {
            fits: tried.map(fit).collect(),
            usual: std::iter::once(usual(draft)).chain(draft.rival).collect(),
            words: draft
                .items
                .iter()
                .filter(|own| matches!(&own.target, Aim::Text { words, .. } if !words.is_empty()))
                .count(),
            is_ours: draft.is_exact,
            has_returns,
        }
    }

    fn fit(&self, way: Way) -> Option<Fit> {
        let way = Way { is_folded: way.is_folded && self.has_returns, ..way };
        self.fits.iter().find(|(own, _)| *own == way).map(|(_, fit)| *fit)
    }

    fn most_found(&self) -> usize {
        self.fits.iter().map(|(_, fit)| fit.found).max().unwrap_or(0)
    }

    /// Whether the part is as right as can be under `way`.
    fn admits(&self, way: Way) -> bool {
        let most = self.most_found();
        let is_usual = |own: &Way| !own.is_folded && self.usual.contains(&own.unit);
        let usual = self.fits.iter().filter(|(own, fit)| is_usual(own) && fit.found == most);
        let broken = usual.map(|(_, fit)| fit.broken).min().unwrap_or(usize::MAX);
        self.fit(way).is_none_or(|fit| fit.found == most && fit.broken <= broken)
    }

    fn reads_as(&self, way: Way) -> Option<u64> {
        self.fit(way).map(|fit| fit.taken)
    }
}

impl Fit {
    fn of(draft: &Draft, ruler: &Ruler<'_>, text: &Text) -> Self {
        let (mut fit, mut taken) = (Self::default(), DefaultHasher::new());
        for item in &draft.items {
            let Aim::Text { pieces, words, .. } = &item.target else { continue };
            for piece in pieces {
                (ruler.offset(piece.start), ruler.offset(piece.end)).hash(&mut taken);
            }
            if words.is_empty() {
                fit.broken += usize::from(pieces.iter().any(|own| ruler.span(own.clone()).is_err()));
            } else {
                fit.found += usize::from(misses(pieces, words, ruler, text).is_none());
            }
        }
        Self { taken: taken.finish(), ..fit }
    }
}

/// The words at `pieces` where they are not `words`, if they are not.
pub(super) fn misses(pieces: &[Range<usize>], words: &[String], ruler: &Ruler<'_>, text: &Text) -> Option<String> {
    let found: Vec<&str> = pieces
        .iter()
        .map(|piece| {
            let (start, end) = (ruler.offset(piece.start)?, ruler.offset(piece.end)?);
            text.as_str().get(start.bytes()..end.bytes())
        })
        .map(|found| found.unwrap_or(""))
        .collect();
    let agree = match words {
        [] => true,
        [all] if found.len() != 1 => same(&found.join(" "), all),
        words if words.len() == found.len() => found.iter().zip(words).all(|(found, words)| same(found, words)),
        _ => false,
    };
    (!agree).then(|| found.join(" … "))
}

/// Whether the two are the same but for blanks, which programs replace by one another.
fn same(found: &str, words: &str) -> bool {
    found == words || (!words.trim().is_empty() && found.split_whitespace().eq(words.split_whitespace()))
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.unit, if self.is_folded { FOLDED } else { "" })
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Apart { document, way, most } => {
                write!(f, "{document}: its offsets can only count {way}, those of others {most}")
            }
            Self::Either { document, taken, other } => {
                write!(f, "{document}: offsets count {taken}, but {other} fit as well, with other words")
            }
        }
    }
}

#[cfg(test)]
mod tests;
