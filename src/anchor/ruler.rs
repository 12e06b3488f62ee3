//! How far apart things were in a text that is gone, measured on the one that took its place.
//!
//! A text that is decomposed or gets other line ends grows by a little everywhere, and no two quotes keep their distance. Yet
//! counted as the old text was written they do. How it was written is not known, but it shows: by the right ruler the quotes
//! are as long as they are said to be, and neighbours went equally far.

use unicode_normalization::UnicodeNormalization;

use super::folded::letter;
use crate::text::Text;

/// A way of counting code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ruler {
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

impl Ruler {
    /// All there are, that of the text itself first.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let each = [Letters::AsIs, Letters::Composed, Letters::Decomposed];
        each.into_iter().flat_map(|letters| [Ends::AsIs, Ends::One, Ends::Two].map(|ends| Self { letters, ends }))
    }

    /// For every byte of `text`, and its end, how many code points come before the letter it belongs to.
    pub(super) fn measure(self, text: &Text) -> Vec<u32> {
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
