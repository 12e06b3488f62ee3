//! The RON file of a schema, format 1.
//!
//! The file is read in three steps, each of which can end in a [`SchemaError`] that knows its place: RON into the structs of
//! `v1` (unknown fields are refused, or a mistyped optional one would be dropped in silence), values into those of
//! [`Schema`], and last the rules that span several values, such as two labels with one key. `data/builtin/schema.ron` is the
//! format's documentation by example.
//!
//! | file | holds |
//! |---|---|
//! | `v1` | the structs of format 1, frozen |
//! | `convert` | those structs into a [`Schema`], with the self-check |
//! | `located` | values that remember where they stand |
//! | `wording` | RON's complaints in our words |
//! | `write` | a [`Schema`] back into a file |

mod convert;
mod located;
mod v1;
mod wording;
mod write;

use super::Schema;
pub(crate) use convert::color;
pub(crate) use located::{Located, Source};
pub(crate) use wording::{likely, unknown};
pub use write::write;

/// The built-in schema as its file, to start one's own from.
pub const BUILTIN: &str = include_str!("../../data/builtin/schema.ron");

/// What is wrong with a schema file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {message}")]
pub struct SchemaError {
    /// The line, from 1.
    pub line: usize,
    /// The code point in the line, from 1; a byte order mark does not count.
    pub column: usize,
    /// What is wrong and what was expected.
    pub message: String,
}

/// The format number of the file, read before anything else so that a later format is recognised as such.
#[derive(serde::Deserialize)]
#[serde(rename = "Schema")]
struct Head<'a> {
    #[serde(borrow, default)]
    format: Option<Located<'a>>,
}

/// Reads a schema from the text of its file; a byte order mark at its start is skipped.
///
/// ```
/// use tribune::schema;
///
/// let error = schema::read("(\n    format: 1, name: \"Қағаз 👍\", verzion: 1, layers: [],\n)").unwrap_err();
/// assert_eq!(error.to_string(), "2:33: there is no field `verzion` here; did you mean `version`?");
/// ```
pub fn read(source: &str) -> Result<Schema, SchemaError> {
    let source = Source::new(source);
    let head: Head = source.all().read(source)?;
    let Some(format) = head.format else {
        return Err(source.all().fault(source, "the file states no format; it should begin with `format: 1`"));
    };
    match format.read::<u32>(source)? {
        1 => convert::schema(source, &source.all().read(source)?),
        newer @ 2.. => {
            let message =
                format!("format {newer} is newer than this program, which reads format 1; a newer tribune is needed");
            Err(format.fault(source, message))
        }
        0 => Err(format.fault(source, "there is no format 0; this program reads format 1")),
    }
}
