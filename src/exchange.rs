//! Annotations as other programs keep them, out and in.
//!
//! ```text
//! Source ──Exporter──▶ Sink                 Files ──reader──▶ Draft ──settle──▶ AnnotationSet, Schema
//!    │        └─▶ Losses                                        └─▶ refusals
//!    └──────────────▶ Statement − losses  ==  Statement ◀───────────┘           (the proof, and the law)
//! ```
//!
//! A format has one file or directory here that holds both directions, since its names and escapes belong together, and one line
//! in the table [`FORMATS`]. It knows no files and no paths: it writes to a [`Sink`] and reads from [`Files`]. What it cannot hold
//! it reports as a [`Loss`]; the law, tested for each format on random documents and checked again by [`Export::prove`] on
//! each file that is written, is that reading back gives what was written minus the losses. So a loss that is not told is an error.
//!
//! | file | holds |
//! |---|---|
//! | `source` | [`Source`]: what goes out |
//! | `format` | [`FORMATS`], and what a format is made of |
//! | `unit` | [`Unit`], [`Ruler`]: what offsets count |
//! | `names` | layers and labels as other programs call them |
//! | `shipped` | [`Shipped`]: the text without what others cannot take, and where spans are in it |
//! | `place` | who is speaking where an annotation starts, and the numbers of turn and paragraph |
//! | `losses` | [`Losses`]: what a target could not hold |
//! | `contents` `xml` `scan` | bytes as text, as elements, and those that cannot stay |
//! | `encoding` | files that are not in UTF-8 |
//! | `lossy` | what all formats lose that write names as words |
//! | `draft` | [`Draft`]: what a reader found, in the file's own terms |
//! | `guise` | [`Guise`]: what a file seems to be that no reader knows |
//! | `counting` | what offsets count, agreed on in all that is read together |
//! | `settle` | a draft on a text: numbers and speakers given |
//! | `reading` | how a text was counted, by what its pieces are called |
//! | `statement` | [`Statement`]: what is said, comparable |
//! | `naming` | ids for the names in files |
//! | `tagset` | a schema from what is said |
//! | `proof` | [`Export`]: writing, and the proof that it can be read back |
//! | `relay` | a sink on a thread of its own |
//! | `jsonl` | a line of JSON per document and annotator: all there is |
//! | `csv` | tables with commas or tabs, for spreadsheets, R and SQL; `tidy` are their rows, `tables` reads them |
//! | `brat` | standoff files, with the configuration that brat needs |
//! | `spacy` `prodigy` `doccano` | lines of JSON with spans; `aside` holds what spans cannot, `rows` reads them all, `tokens` are the words |
//! | `conll` | tokens with tags, a file per label |
//! | `huggingface` | lines for `datasets`, with a card |
//! | `parquet` | the tables in columns; a feature |
//! | `bdocjs` | documents for GATE |
//! | `labelstudio` | tasks with regions, and the configuration that they need |
//! | `w3c` | Web Annotation pages in JSON-LD |
//! | `tei` | TEI P5 with standOff annotations |
//! | `qdpx` | REFI-QDA projects and codebooks |
//! | `html` | a page to read, print and filter |
//! | `cas` | UIMA CAS JSON, XMI and `WebAnno` TSV, for `INCEpTION` |
//! | `surfaces` | the words alone, for checking other exports with other programs |

mod aside;
pub mod bdocjs;
pub mod brat;
pub mod cas;
pub mod conll;
mod contents;
mod counting;
pub mod csv;
pub mod doccano;
mod draft;
mod encoding;
#[cfg(test)]
pub(crate) mod fixture;
mod format;
#[cfg(any(test, fuzzing))]
pub mod fuzzing;
mod guise;
pub mod html;
pub mod huggingface;
pub mod jsonl;
pub mod labelstudio;
mod losses;
pub mod lossy;
pub mod names;
pub mod naming;
#[cfg(feature = "parquet")]
pub mod parquet;
mod place;
pub mod prodigy;
mod proof;
pub mod qdpx;
mod reading;
mod relay;
mod rows;
mod scan;
mod settle;
mod shipped;
mod source;
pub mod spacy;
mod statement;
pub mod surfaces;
mod tables;
pub mod tagset;
pub mod tei;
#[cfg(test)]
pub(crate) mod tests;
mod tidy;
mod tokens;
mod unit;
pub mod w3c;
mod xml;

pub use counting::{Doubt, Part, Way, agree};
pub use draft::{Aim, Draft, Item, Refusal, Spot, Stated, Unreadable};
pub use encoding::in_utf8;
pub use format::{Exporter, FORMATS, Files, Format, Memory, Plan, Reader, Shape, Sink};
pub use guise::Guise;
pub use losses::{Loss, Losses};
pub use proof::{Export, Unproven};
pub use relay::relayed;
pub use settle::{Settled, settle};
pub use shipped::Shipped;
pub use source::Source;
pub use statement::Statement;
pub use unit::{Ruler, Unit};

use format::Stems;
use source::OriginParts;
