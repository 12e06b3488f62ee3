//! The records of file format 1, shared by snapshot and history.
//!
//! They are frozen: later formats get records of their own and migrate from these. Offsets are code points, half-open, and
//! every span carries its quote. Unknown fields are refused, for otherwise a mistyped optional one would be dropped in silence.

mod annotation;
mod attributes;
mod blend;
mod edit;
mod quick;
mod readable;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

pub(super) use annotation::{AnnotationV1, Misfit, TargetV1};
use attributes::AttributesV1;
pub(super) use blend::one_of;
pub(super) use edit::EditV1;
pub(super) use readable::{Readable, behind_string, deceives, legible, literal};

use crate::annotation::{Origin, Speaker, SpeakerId, Status, Value};

/// The number of this format.
pub(super) const FORMAT: u32 = 1;

/// The highest number an annotation or a speaker may have in a file; far enough below the type's end to go on counting.
pub(super) const LAST_ID: u32 = u32::MAX / 2;

/// The highest revision a file may have, likewise.
pub(super) const LAST_REVISION: u64 = u64::MAX / 2;

/// The highest revision that is gone on from: nobody counts from there to the highest.
pub(super) const LAST_TO_GO_ON_FROM: u64 = LAST_REVISION / 2;

fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match u32::deserialize(deserializer)? {
        id @ 1..=LAST_ID => Ok(id),
        other => Err(D::Error::custom(format!("expected an id from 1 to {LAST_ID}, found {other}"))),
    }
}

pub(super) fn revision<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    admit_revision(u64::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// What messages call an annotation: layer and label, once where they are called the same.
pub(super) fn title(layer: &str, label: &str) -> String {
    if layer == label { layer.to_owned() } else { format!("{layer} {label}") }
}

/// The complaint of the library that reads RON, in lower case as all our messages are.
pub(super) fn complaint(error: &ron::Error) -> String {
    in_lower_case(&error.to_string())
}

/// `sentence` without its capital.
pub(super) fn in_lower_case(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// `revision`, unless counting on from it could overflow.
pub(super) fn admit_revision(revision: u64) -> Result<u64, String> {
    if revision > LAST_REVISION {
        return Err(format!("expected a revision up to {LAST_REVISION}, found {revision}"));
    }
    Ok(revision)
}

/// The number of the format at the start of `source`, read without understanding the rest, which a later format may have
/// changed.
pub(super) fn format_number(source: &str) -> Option<u32> {
    let rest = source.trim_start().strip_prefix('(')?.trim_start().strip_prefix("format")?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Document")]
pub(super) struct DocumentV1 {
    pub(super) path: Readable,
    pub(super) sha256: Readable,
    pub(super) code_points: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Schema")]
pub(super) struct SchemaV1 {
    pub(super) name: Readable,
    pub(super) version: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Speaker")]
pub(super) struct SpeakerV1 {
    #[serde(deserialize_with = "id")]
    pub(super) id: u32,
    pub(super) name: Readable,
    #[serde(default, skip_serializing_if = "Readable::is_empty")]
    pub(super) role: Readable,
    #[serde(default)]
    pub(super) aliases: Vec<Readable>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Status")]
pub(super) enum StatusV1 {
    #[default]
    Open,
    Done,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename = "Value")]
enum ValueV1 {
    Choice(Readable),
    Flag(bool),
    Text(Readable),
    Speaker(u32),
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Origin")]
enum OriginV1 {
    #[default]
    Manual,
    Suggested {
        engine: Readable,
        score: u16,
    },
    Imported {
        from: Readable,
    },
    Merged {
        from: Vec<Readable>,
    },
}

impl OriginV1 {
    fn is_manual(&self) -> bool {
        *self == Self::Manual
    }
}

impl ValueV1 {
    fn of(value: &Value) -> Self {
        match value {
            Value::Choice(choice) => Self::Choice(choice.as_str().into()),
            Value::Flag(flag) => Self::Flag(*flag),
            Value::Text(text) => Self::Text(text.as_str().into()),
            Value::Speaker(speaker) => Self::Speaker(speaker.0),
        }
    }
}

impl From<ValueV1> for Value {
    fn from(value: ValueV1) -> Self {
        match value {
            ValueV1::Choice(choice) => Self::Choice(choice.into()),
            ValueV1::Flag(flag) => Self::Flag(flag),
            ValueV1::Text(text) => Self::Text(text.into()),
            ValueV1::Speaker(speaker) => Self::Speaker(SpeakerId(speaker)),
        }
    }
}

impl OriginV1 {
    fn of(origin: &Origin) -> Self {
        match origin {
            Origin::Manual => Self::Manual,
            Origin::Suggested { engine, score } => Self::Suggested { engine: engine.as_str().into(), score: *score },
            Origin::Imported { from } => Self::Imported { from: from.as_str().into() },
            Origin::Merged { from } => Self::Merged { from: from.iter().map(|name| name.as_str().into()).collect() },
        }
    }
}

impl From<OriginV1> for Origin {
    fn from(origin: OriginV1) -> Self {
        match origin {
            OriginV1::Manual => Self::Manual,
            OriginV1::Suggested { engine, score } => Self::Suggested { engine: engine.into(), score },
            OriginV1::Imported { from } => Self::Imported { from: from.into() },
            OriginV1::Merged { from } => Self::Merged { from: from.into_iter().map(Into::into).collect() },
        }
    }
}

impl SpeakerV1 {
    pub(super) fn of(speaker: &Speaker) -> Self {
        Self {
            id: speaker.id.0,
            name: speaker.name.as_str().into(),
            role: speaker.role.as_deref().unwrap_or_default().into(),
            aliases: speaker.aliases.iter().map(|alias| alias.as_str().into()).collect(),
        }
    }
}

impl From<SpeakerV1> for Speaker {
    fn from(speaker: SpeakerV1) -> Self {
        Self {
            id: SpeakerId(speaker.id),
            name: speaker.name.into(),
            role: (!speaker.role.is_empty()).then(|| speaker.role.into()),
            aliases: speaker.aliases.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Status> for StatusV1 {
    fn from(status: Status) -> Self {
        match status {
            Status::Open => Self::Open,
            Status::Done => Self::Done,
        }
    }
}

impl From<StatusV1> for Status {
    fn from(status: StatusV1) -> Self {
        match status {
            StatusV1::Open => Self::Open,
            StatusV1::Done => Self::Done,
        }
    }
}

/// Writes a record as one line of RON.
pub(super) fn line<T: Serialize>(record: &T) -> Result<String, ron::Error> {
    ron::ser::to_string_pretty(record, ron::ser::PrettyConfig::new().depth_limit(0))
}
