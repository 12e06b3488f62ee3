//! The law of every format, on random documents: what is read back is what was written minus the losses that were told.

mod law;

pub(crate) use law::{law, written};
