//! How far apart things were in a text that is gone, measured on the one that took its place.
//!
//! A text that is decomposed or gets other line ends grows by a little everywhere, and no two quotes keep their distance. Yet
//! counted as the old text was written they do. How it was written is not known, but it shows: by the right ruler the quotes
//! are as long as they are said to be, and neighbours went equally far.

use unicode_normalization::UnicodeNormalization;

use super::blocks::blocks;
use super::folded::{Folded, letter};
use crate::text::Text;

/// A way of counting code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ruler {
    letters: Letters,
    ends: Ends,
}

/// How letters with marks are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Letters {
    AsIs,
    Composed,
    Decomposed,
}

/// How line ends are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    AsIs,
    One,
    Two,
}

/// Where the tokens of `new` start, and the text's end, and the text's start, and where they end: in code points by the ruler on
/// which most is as far apart as it was in the old text, whose `tokens` stood at `places`.
pub(super) fn fitting(
    places: &[(i64, i64)],
    length: i64,
    holes: &[Option<i64>],
    old_tokens: &[u32],
    new: &Folded<'_>,
    new_tokens: &[u32],
) -> (Vec<i64>, Vec<i64>) {
    let measured = |ruler: Ruler| {
        let counts = ruler.measure(new.text());
        let count = |byte: usize| i64::from(counts[byte]);
        let tokens = || new.tokens().iter().map(|token| new.bytes(token));
        let starts = tokens().map(|own| count(own.start)).chain([count(counts.len() - 1)]);
        (starts.collect::<Vec<_>>(), [0].into_iter().chain(tokens().map(|own| count(own.end))).collect::<Vec<_>>())
    };
    if holes.iter().all(Option::is_none) {
        return measured(Ruler::AS_IS);
    }
    let blocks = blocks(old_tokens, holes, new_tokens);
    let misfits = |(starts, ends): &(Vec<i64>, Vec<i64>)| {
        let mut shifts = vec![0];
        for block in &blocks {
            shifts.push(starts[block.new] - places[block.old].0);
            shifts.push(ends[block.new_end()] - places[block.old_end() - 1].1);
        }
        shifts.push(starts[starts.len() - 1].saturating_sub(length));
        shifts.windows(2).filter(|pair| pair[0] != pair[1]).count()
    };
    Ruler::all().map(measured).min_by_key(misfits).expect("there are rulers")
}

impl Ruler {
    const AS_IS: Self = Self { letters: Letters::AsIs, ends: Ends::AsIs };

    /// All there are, that of the text itself first.
    fn all() -> impl Iterator<Item = Self> {
        let each = [Letters::AsIs, Letters::Composed, Letters::Decomposed];
        each.into_iter().flat_map(|letters| [Ends::AsIs, Ends::One, Ends::Two].map(|ends| Self { letters, ends }))
    }

    /// For every byte of `text`, and its end, how many code points come before the letter it belongs to.
    fn measure(self, text: &Text) -> Vec<u32> {
        let mut counts = Vec::with_capacity(text.as_str().len() + 1);
        let mut count = 0;
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let (own, next) = rest.split_at(letter(rest));
            counts.resize(counts.len() + own.len(), count);
            count += u32::try_from(self.length(own)).expect("a text is shorter than 4 GiB");
            rest = next;
        }
        counts.push(count);
        counts
    }

    /// The code points of a letter, or of a run of blanks.
    fn length(self, letter: &str) -> usize {
        let ends = match self.ends {
            Ends::AsIs => return self.letters(letter),
            Ends::One => 1,
            Ends::Two => 2,
        };
        let lines = letter.matches('\n').count();
        self.letters(letter) - letter.matches("\r\n").count() - lines + ends * lines
    }

    fn letters(self, letter: &str) -> usize {
        match self.letters {
            Letters::AsIs => letter.chars().count(),
            Letters::Composed => letter.nfc().count(),
            Letters::Decomposed => letter.nfd().count(),
        }
    }
}
