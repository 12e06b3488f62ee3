//! `WebAnno` TSV 3.3: the same structures in a table of tokens, `speech.tsv`, with the text beside it and the types in `TypeSystem.xml`.
//!
//! ```text
//! #FORMAT=WebAnno TSV 3.3
//! #T_SP=webanno.custom.Span|label|value|uid|note              a layer of spans with its features, a column each
//! #T_RL=webanno.custom.Rel|label|uid|note|BT_webanno.custom.Span
//!
//!
//! #Text=Мы требуем равных прав
//! 1-3⇥11-17⇥равных⇥Theme[1]|Theme[2]⇥rights[1]|labour[2]⇥T3[1]|T5[2]⇥*[1]|*[2]⇥supports⇥R9⇥*⇥1-1[3_1]⇥
//! ```
//!
//! A row is a token: its number in its sentence, its offsets in UTF-16 units, its words, and what is said of it, `|` between annotations
//! that are stacked; `_` is nothing, `*` an annotation without a value. Rows with the same number in brackets are one annotation. A
//! relation stands at the first token of its `Dependent` and names that of its `Governor`.
//!
//! Tokens are cut where annotations start and end, since not all readers know parts of tokens, so white space at those ends is left out.
//! A sentence is a line, together with the blank lines behind it; between two of them readers put one line end and blanks, so what a
//! table cannot say of white space is in the text beside it. A sentence also ends between a backslash and what would
//! make an escape of it: not all readers know the escapes of texts.
//!
//! Versions 1 and 2 are read too: version 2 has no offsets and says `B-` and `I-` instead of numbers, version 1 has fixed columns. Rules:
//! `webannotsv.adoc` of `INCEpTION`, and its `Tsv3XDeserializer`, `WebannoTsv2Reader` and `WebannoTsv1Reader`.

mod build;
mod escape;
mod layers;
mod old;
mod read;
mod write;

pub(super) use read::{read, sniff};
pub(super) use write::write;

use std::borrow::Cow;
use std::ops::Range;

use layers::Layer;

use crate::exchange::Refusal;

/// What a file says.
#[derive(Debug, Default)]
struct Table<'a> {
    layers: Vec<Layer>,
    sentences: Vec<Sentence<'a>>,
    refusals: Vec<Refusal>,
}

/// A stretch of text with its tokens.
#[derive(Debug, Default)]
struct Sentence<'a> {
    /// The lines of the text.
    lines: Vec<String>,
    rows: Vec<Row<'a>>,
}

/// A token, or a part of one.
#[derive(Debug)]
struct Row<'a> {
    /// The number of the line in the file, from 1.
    line: usize,
    /// As in `1-3`, or `1-3.1` for a part.
    id: Cow<'a, str>,
    range: Range<usize>,
    words: &'a str,
    /// What is said of it, column by column; fewer where the line was too short.
    cells: Vec<Cow<'a, str>>,
}

#[cfg(test)]
mod tests;
