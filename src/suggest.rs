//! What the program proposes. No I/O, and nothing is done without the annotator.
//!
//! | file | holds |
//! |---|---|
//! | `word` | the words of a stretch of text as names are made of them |
//! | `naming` | the words around names: those that report speech, that are polite, that tell a source |
//! | `form` | names in their cases, and with initials |
//! | `gender` | whether somebody is a woman or a man |
//! | `role` | the office in the words before a name |
//! | `mention` | names in running text, with the words in front that say who it is |
//! | `introduced` | whom a family name alone means |
//! | `speaking` | who is speaking, as the turns of the transcript tell |
//! | `instead` | what stands for a name: pronouns, offices |
//! | `within` | the clauses within a quotation that tell who speaks |
//! | `speaker` | who may be quoted in a span, the likeliest first |

mod form;
mod gender;
mod instead;
mod introduced;
mod mention;
mod naming;
mod role;
mod speaker;
mod speaking;
mod within;
mod word;

pub use speaker::{Candidate, may_be_one, speakers};
pub use speaking::speaking;

#[cfg(test)]
mod tests;
