//! The records of file format 1, shared by snapshot and history.
//!
//! They are frozen: later formats get records of their own and migrate from these. Offsets are code points, half-open, and
//! every span carries its quote. Unknown fields are refused, for otherwise a mistyped optional one would be dropped in silence.

mod blend;
mod edit;
mod quick;
mod readable;

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

pub(super) use blend::one_of;
pub(super) use edit::EditV1;
pub(super) use readable::{Readable, behind_string, deceives, legible, literal};

use crate::anchor::Stated;
use crate::annotation::{Annotation, AnnotationId, Origin, Past, Speaker, SpeakerId, Status, Target, Value, Waiting};
use crate::schema::{AttributeId, LabelId, LayerId};
use crate::text::{Fragments, Text};

/// The number of this format.
pub(super) const FORMAT: u32 = 1;

/// The highest number an annotation or a speaker may have in a file; far enough below the type's end to go on counting.
pub(super) const LAST_ID: u32 = u32::MAX / 2;

/// The highest revision a file may have, likewise.
pub(super) const LAST_REVISION: u64 = u64::MAX / 2;

fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match u32::deserialize(deserializer)? {
        id @ 1..=LAST_ID => Ok(id),
        other => Err(D::Error::custom(format!("expected an id from 1 to {LAST_ID}, found {other}"))),
    }
}

pub(super) fn revision<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    admit_revision(u64::deserialize(deserializer)?).map_err(D::Error::custom)
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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Annotation")]
pub(super) struct AnnotationV1 {
    #[serde(deserialize_with = "id")]
    pub(super) id: u32,
    layer: Readable,
    label: Readable,
    pub(super) target: TargetV1,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<Readable, ValueV1>,
    #[serde(default, skip_serializing_if = "Readable::is_empty")]
    note: Readable,
    #[serde(default, skip_serializing_if = "OriginV1::is_manual")]
    origin: OriginV1,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Target")]
pub(super) enum TargetV1 {
    /// Start, end and quote of each fragment.
    Text(Vec<(usize, usize, Readable)>),
    Relation {
        from: u32,
        to: u32,
    },
    Document,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Value")]
enum ValueV1 {
    Choice(Readable),
    Flag(bool),
    Text(Readable),
    Speaker(u32),
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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

/// Why an annotation of a file does not stand on the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Misfit {
    #[error("code points {start}–{end}: {source}")]
    Span { start: usize, end: usize, source: crate::text::SpanError },
    #[error("code points {start}–{end} hold {}, not {}", brief(found), brief(stated))]
    Quote { start: usize, end: usize, stated: String, found: String },
    #[error("{0}")]
    Fragments(#[from] crate::text::FragmentsError),
    #[error("annotation {0} may only stray where the text changes")]
    Stray(u32),
}

/// `quote` for a message: the beginning of a long one.
fn brief(quote: &str) -> String {
    let (mut chars, mut start) = (quote.chars(), String::new());
    start.extend(chars.by_ref().take(60));
    if chars.next().is_some() {
        start.push('…');
    }
    literal(&start)
}

impl TargetV1 {
    fn of(fragments: &Fragments, text: &Text) -> Self {
        let fragment = |span: &crate::text::Span| {
            let range = text.code_points(*span);
            (range.start, range.end, text.slice(*span).into())
        };
        Self::Text(fragments.spans().iter().map(fragment).collect())
    }
}

impl AnnotationV1 {
    pub(super) fn of(annotation: &Annotation, text: &Text) -> Self {
        let target = match &annotation.target {
            Target::Text(fragments) => TargetV1::of(fragments, text),
            Target::Relation { from, to } => TargetV1::Relation { from: from.0, to: to.0 },
            Target::Document => TargetV1::Document,
        };
        let attributes = annotation.attributes.iter().map(|(id, value)| (id.as_str().into(), ValueV1::of(value)));
        Self {
            id: annotation.id.0,
            layer: annotation.layer.as_str().into(),
            label: annotation.label.as_str().into(),
            target,
            attributes: attributes.collect(),
            note: annotation.note.as_deref().unwrap_or_default().into(),
            origin: OriginV1::of(&annotation.origin),
        }
    }

    /// The annotation, if each of its spans holds in `text` what it held when it was made.
    pub(super) fn on(&self, text: &Text) -> Result<Annotation, Misfit> {
        let target = match &self.target {
            TargetV1::Text(fragments) => Target::Text(fragments_in(text, fragments)?),
            TargetV1::Relation { from, to } => Target::Relation { from: AnnotationId(*from), to: AnnotationId(*to) },
            TargetV1::Document => Target::Document,
        };
        let attributes = self.attributes.iter();
        let attributes = attributes.map(|(id, value)| (AttributeId::new(id.as_str()), value.clone().into()));
        Ok(Annotation {
            id: AnnotationId(self.id),
            layer: LayerId::new(self.layer.as_str()),
            label: LabelId::new(self.label.as_str()),
            target,
            attributes: attributes.collect(),
            note: (!self.note.is_empty()).then(|| self.note.as_str().to_owned()),
            origin: self.origin.clone().into(),
        })
    }

    pub(super) fn of_waiting(own: &Waiting) -> Self {
        let past = own.past.iter().map(|past| (past.start, past.end, past.quote.as_str().into()));
        let attributes = own.attributes.iter().map(|(id, value)| (id.as_str().into(), ValueV1::of(value)));
        Self {
            id: own.id.0,
            layer: own.layer.as_str().into(),
            label: own.label.as_str().into(),
            target: TargetV1::Text(past.collect()),
            attributes: attributes.collect(),
            note: own.note.as_deref().unwrap_or_default().into(),
            origin: OriginV1::of(&own.origin),
        }
    }

    /// The annotation as one that waits for a place.
    pub(super) fn into_waiting(self) -> Waiting {
        let past = match self.target {
            TargetV1::Text(fragments) => fragments,
            TargetV1::Relation { .. } | TargetV1::Document => Vec::new(),
        };
        let past = past.into_iter().map(|(start, end, quote)| Past { start, end, quote: quote.into() });
        let attributes = self.attributes.into_iter().map(|(id, value)| (AttributeId::new(id), value.into()));
        Waiting {
            id: AnnotationId(self.id),
            layer: LayerId::new(self.layer),
            label: LabelId::new(self.label),
            past: past.collect(),
            attributes: attributes.collect(),
            note: (!self.note.is_empty()).then(|| self.note.into()),
            origin: self.origin.into(),
        }
    }

    /// Its fragments as they are stated, if it is about text.
    pub(super) fn fragments(&self) -> Option<Vec<Stated<'_>>> {
        match &self.target {
            TargetV1::Text(fragments) => {
                let stated = fragments.iter().map(|(start, end, quote)| (*start, *end, quote.as_str()));
                Some(stated.map(|(start, end, quote)| Stated { start, end, quote }).collect())
            }
            TargetV1::Relation { .. } | TargetV1::Document => None,
        }
    }

    /// Whether the words it was made for stand at `fragments` of `text`, one for one.
    pub(super) fn is_said_at(&self, fragments: &Fragments, text: &Text) -> bool {
        let there = fragments.spans().iter().map(|span| text.slice(*span));
        self.fragments().is_some_and(|own| own.iter().map(|own| own.quote).eq(there))
    }

    /// The layer and label, for messages about an annotation that cannot be placed.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.layer.as_str(), self.label.as_str())
    }

    /// The words it was made for.
    pub(super) fn quote(&self) -> String {
        match &self.target {
            TargetV1::Text(fragments) => {
                let quotes: Vec<_> = fragments.iter().map(|(_, _, quote)| quote.as_str()).collect();
                quotes.join(" … ")
            }
            TargetV1::Relation { .. } | TargetV1::Document => String::new(),
        }
    }

    /// Where it starts, in code points.
    pub(super) fn start(&self) -> Option<usize> {
        match &self.target {
            TargetV1::Text(fragments) => fragments.first().map(|(start, _, _)| *start),
            TargetV1::Relation { .. } | TargetV1::Document => None,
        }
    }
}

fn fragments_in(text: &Text, stated: &[(usize, usize, Readable)]) -> Result<Fragments, Misfit> {
    let mut spans = Vec::with_capacity(stated.len());
    for (start, end, quote) in stated {
        let (start, end) = (*start, *end);
        let span = text.span_of_code_points(start, end).map_err(|source| Misfit::Span { start, end, source })?;
        let found = text.slice(span);
        if found != quote.as_str() {
            let found = found.to_owned();
            return Err(Misfit::Quote { start, end, stated: quote.as_str().to_owned(), found });
        }
        spans.push(span);
    }
    Ok(Fragments::new(spans)?)
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
