//! An annotation as files state it: in code points, with the words it was made for.

use serde::{Deserialize, Serialize};

use super::{AttributesV1, OriginV1, Readable, ValueV1, id, literal, title};
use crate::anchor::Stated;
use crate::annotation::{Annotation, AnnotationId, Attributes, Past, Target, Waiting};
use crate::schema::{AttributeId, LabelId, LayerId};
use crate::text::{Fragments, Text};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Annotation")]
pub(in crate::store) struct AnnotationV1 {
    #[serde(deserialize_with = "id")]
    pub(in crate::store) id: u32,
    pub(super) layer: Readable,
    pub(super) label: Readable,
    pub(in crate::store) target: TargetV1,
    #[serde(default, skip_serializing_if = "AttributesV1::is_empty")]
    pub(super) attributes: AttributesV1,
    #[serde(default, skip_serializing_if = "Readable::is_empty")]
    pub(super) note: Readable,
    #[serde(default, skip_serializing_if = "OriginV1::is_manual")]
    pub(super) origin: OriginV1,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Target")]
pub(in crate::store) enum TargetV1 {
    /// Start, end and quote of each fragment.
    Text(Vec<(usize, usize, Readable)>),
    Relation {
        from: u32,
        to: u32,
    },
    Document,
}

/// Why an annotation of a file does not stand on the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::store) enum Misfit {
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
    pub(in crate::store) fn of(annotation: &Annotation, text: &Text) -> Self {
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

    /// What it is about, if each of its spans holds in `text` what it held when it was made.
    pub(in crate::store) fn target_on(&self, text: &Text) -> Result<Target, Misfit> {
        Ok(match &self.target {
            TargetV1::Text(fragments) => Target::Text(fragments_in(text, fragments)?),
            TargetV1::Relation { from, to } => Target::Relation { from: AnnotationId(*from), to: AnnotationId(*to) },
            TargetV1::Document => Target::Document,
        })
    }

    /// The annotation about `target`.
    pub(in crate::store) fn about(self, target: Target) -> Annotation {
        Annotation {
            id: AnnotationId(self.id),
            layer: LayerId::new(self.layer),
            label: LabelId::new(self.label),
            target,
            attributes: attributes(self.attributes),
            note: (!self.note.is_empty()).then(|| self.note.into()),
            origin: self.origin.into(),
        }
    }

    /// The annotation, if each of its spans holds in `text` what it held when it was made.
    pub(in crate::store) fn on(self, text: &Text) -> Result<Annotation, Misfit> {
        let target = self.target_on(text)?;
        Ok(self.about(target))
    }

    pub(in crate::store) fn of_waiting(own: &Waiting) -> Self {
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
    pub(in crate::store) fn into_waiting(self) -> Waiting {
        let past = match self.target {
            TargetV1::Text(fragments) => fragments,
            TargetV1::Relation { .. } | TargetV1::Document => Vec::new(),
        };
        let past = past.into_iter().map(|(start, end, quote)| Past { start, end, quote: quote.into() });
        Waiting {
            id: AnnotationId(self.id),
            layer: LayerId::new(self.layer),
            label: LabelId::new(self.label),
            past: past.collect(),
            attributes: attributes(self.attributes),
            note: (!self.note.is_empty()).then(|| self.note.into()),
            origin: self.origin.into(),
        }
    }

    /// Its fragments as they are stated, if it is about text.
    pub(in crate::store) fn fragments(&self) -> Option<Vec<Stated<'_>>> {
        match &self.target {
            TargetV1::Text(fragments) => {
                let stated = fragments.iter().map(|(start, end, quote)| (*start, *end, quote.as_str()));
                Some(stated.map(|(start, end, quote)| Stated { start, end, quote }).collect())
            }
            TargetV1::Relation { .. } | TargetV1::Document => None,
        }
    }

    /// Whether the words it was made for stand at `fragments` of `text`, one for one.
    pub(in crate::store) fn is_said_at(&self, fragments: &Fragments, text: &Text) -> bool {
        let there = fragments.spans().iter().map(|span| text.slice(*span));
        self.fragments().is_some_and(|own| own.iter().map(|own| own.quote).eq(there))
    }

    /// The same, where `other` stands.
    pub(in crate::store) fn placed_as(self, other: &Self) -> Self {
        Self { target: other.target.clone(), ..self }
    }

    /// The layer and label, for messages about an annotation that cannot be placed.
    pub(in crate::store) fn title(&self) -> String {
        title(self.layer.as_str(), self.label.as_str())
    }

    /// The words it was made for.
    pub(in crate::store) fn quote(&self) -> String {
        match &self.target {
            TargetV1::Text(fragments) => {
                let quotes: Vec<_> = fragments.iter().map(|(_, _, quote)| quote.as_str()).collect();
                quotes.join(" … ")
            }
            TargetV1::Relation { .. } | TargetV1::Document => String::new(),
        }
    }

    /// Where it starts, in code points.
    pub(in crate::store) fn start(&self) -> Option<usize> {
        match &self.target {
            TargetV1::Text(fragments) => fragments.first().map(|(start, _, _)| *start),
            TargetV1::Relation { .. } | TargetV1::Document => None,
        }
    }
}

fn attributes(stated: AttributesV1) -> Attributes {
    stated.into_iter().map(|(id, value)| (AttributeId::new(id), value.into())).collect()
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
