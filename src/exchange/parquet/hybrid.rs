//! Small numbers in runs of one and the same, or packed bit by bit: levels, places in a dictionary, flags.

use super::cursor::take;
use super::thrift::unsigned;

/// Numbers of a fixed width, one after the other. What is behind the end is not there.
#[derive(Debug)]
pub(super) struct Hybrid<'a> {
    /// How many bits a number has; up to 32.
    width: usize,
    run: Run<'a>,
    rest: &'a [u8],
}

#[derive(Debug)]
enum Run<'a> {
    Same { number: u32, left: u64 },
    Packed { bytes: &'a [u8], at: usize },
}

impl<'a> Hybrid<'a> {
    /// The runs in `bytes`.
    pub(super) fn new(width: usize, bytes: &'a [u8]) -> Option<Self> {
        (width <= 32).then_some(Self { width, run: Run::Same { number: 0, left: 0 }, rest: bytes })
    }

    /// One packed run: flags as they are plainly written.
    pub(super) fn flags(bytes: &'a [u8]) -> Self {
        Self { width: 1, run: Run::Packed { bytes, at: 0 }, rest: &[] }
    }

    /// The number in the bits from bit `at` of `bytes`.
    fn packed(&self, bytes: &[u8], at: usize) -> Option<u32> {
        let within = bytes.get(at / 8..(at + self.width).div_ceil(8))?;
        let bits = within.iter().rev().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        u32::try_from((bits >> (at % 8)) & ((1 << self.width) - 1)).ok()
    }

    fn next_run(&mut self) -> Option<Run<'a>> {
        let head = unsigned(&mut self.rest)?;
        if head & 1 == 0 {
            let bytes = take(&mut self.rest, self.width.div_ceil(8))?;
            let number = bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte));
            return Some(Run::Same { number, left: head >> 1 });
        }
        if self.width == 0 {
            return Some(Run::Same { number: 0, left: (head >> 1).saturating_mul(8) });
        }
        // Some writers leave out what would fill up the last run.
        let length = usize::try_from(head >> 1).ok()?.checked_mul(self.width)?.min(self.rest.len());
        Some(Run::Packed { bytes: take(&mut self.rest, length)?, at: 0 })
    }
}

impl Iterator for Hybrid<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        loop {
            match self.run {
                Run::Same { number, left } if left > 0 => {
                    self.run = Run::Same { number, left: left - 1 };
                    return Some(number);
                }
                Run::Packed { bytes, at } => {
                    if let Some(number) = self.packed(bytes, at) {
                        self.run = Run::Packed { bytes, at: at + self.width };
                        return Some(number);
                    }
                }
                Run::Same { .. } => {}
            }
            self.run = self.next_run()?;
        }
    }
}
