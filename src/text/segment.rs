//! Words and sentences (UAX #29), found around a place and not by walking the text.
//!
//! A transcript may be one line of 10 MB, and a key press must not walk it. So a line is cut into stretches of a few
//! KiB at places where the rules of UAX #29 forget what came before; the segmentation of a stretch is then that of the
//! line, and a question about a place looks at one or two stretches. Only a segment longer than a stretch is cut, always at
//! the same place, so that words and sentences partition the line whichever place is asked about.
//!
//! | file | holds |
//! |---|---|
//! | `stretch` | the stretches of a line |
//! | `word` | words, blanks and marks |
//! | `sentence` | sentences of UAX #29, joined over abbreviations |
//! | `exception` | what a full stop does not end, and what ends without one |
//!
//! ```
//! use tribune::text::{Offset, Text, segment};
//!
//! let text = Text::new("Сто\u{301}имость — 5 млрд. тенге. Спасибо 👩🏽‍🌾!".to_owned()).unwrap();
//! let first = segment::sentence_core(&text, Offset::ZERO).unwrap();
//! assert_eq!(text.slice(first), "Сто\u{301}имость — 5 млрд. тенге.");
//! let word = segment::word_segment(&text, Offset::ZERO).unwrap();
//! assert_eq!(text.slice(word), "Сто\u{301}имость");
//! ```

mod exception;
mod sentence;
mod stretch;
mod word;

#[cfg(test)]
mod tests;

pub use sentence::{next_sentence, previous_sentence, sentence, sentence_core, sentences, unicode_sentence_bounds};
use stretch::{Grid, Stretch};
pub use word::{is_word, next_word, previous_word, widened, word_segment, word_segments};
