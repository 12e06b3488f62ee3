//! Annotations and transcripts as people read them on a terminal.
//!
//! | file | writes |
//! |---|---|
//! | `brackets` | the text with its annotations in brackets |
//! | `visible` | text that cannot steer a terminal |

pub mod brackets;
pub(crate) mod visible;
