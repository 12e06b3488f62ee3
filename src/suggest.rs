//! What the program proposes. No I/O, and nothing is done without the annotator.
//!
//! | file | holds |
//! |---|---|
//! | `mention` | names in running text, with the words in front that say who it is |
//! | `speaker` | who may be quoted in a span, the likeliest first |

mod mention;
mod speaker;

pub use speaker::{Candidate, registered, speakers};

#[cfg(test)]
mod tests;
