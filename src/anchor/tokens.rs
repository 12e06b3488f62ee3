//! The words and marks of a text as numbers, found by any run of them.

use std::collections::HashMap;
use std::ops::Range;

/// The tokens of a text, and where each stands.
#[derive(Debug)]
pub(super) struct Tokens {
    numbers: Vec<u32>,
    places: HashMap<u32, Vec<usize>>,
}

impl Tokens {
    pub(super) fn of(numbers: Vec<u32>) -> Self {
        let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
        for (at, number) in numbers.iter().enumerate() {
            places.entry(*number).or_default().push(at);
        }
        Self { numbers, places }
    }

    /// The numbers of the tokens in `range`.
    pub(super) fn slice(&self, range: &Range<usize>) -> &[u32] {
        &self.numbers[range.clone()]
    }

    /// Where the tokens of `words` stand in a row, ascending; found by the rarest of them.
    pub(super) fn places(&self, words: &[u32]) -> impl Iterator<Item = Range<usize>> {
        let places = |number: &u32| self.places.get(number).map_or(&[][..], Vec::as_slice);
        let rarest = (0..words.len()).min_by_key(|at| places(&words[*at]).len()).unwrap_or(0);
        let starts = words.get(rarest).map_or(&[][..], places).iter().filter_map(move |at| at.checked_sub(rarest));
        let ranges = starts.map(|start| start..start + words.len());
        ranges.filter(move |range| self.numbers.get(range.clone()) == Some(words))
    }
}
