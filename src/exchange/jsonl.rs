//! JSON lines: a line per document and annotator, with all there is.
//!
//! Every row has the same keys with values of the same types, null where there is nothing, as Hugging Face `datasets`, pyarrow
//! and `DuckDB` want it. Offsets count code points, half-open: `text[start:end] == quote` in Python.
//!
//! Attributes are a list of `{name, kind, value, speaker_id}` rather than an object. In an object the keys would differ between
//! layers and corpora, and one name could hold a flag here and a word there; table readers infer one type per key and fail
//! on the first row that breaks it. `value` is always a string: a word, `true` or `false`, or a speaker's name.
//!
//! Line separators other than LF are escaped, so that a reader which splits at all of them (`str.splitlines`) gets lines too.

mod line;
mod read;
mod write;

use super::{Format, Shape, Unit};

/// The format.
pub const FORMAT: Format = Format {
    name: "jsonl",
    aliases: &[],
    about: "A line of JSON per transcript and annotator, with all there is",
    shape: Shape::Stream,
    beside: &[],
    units: &[Unit::CodePoints],
    start: |_| Box::new(write::Lines),
    read: Some(read::read),
    sniff: read::sniff,
};

/// Raised when a reader of older rows could misread the new ones.
const VERSION: u32 = 1;

#[cfg(test)]
mod tests;
