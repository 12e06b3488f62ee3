//! What goes out: everything one annotator says about one document.

use std::borrow::Cow;

use crate::annotation::{Annotation, AnnotationId, AnnotationSet, Origin, SpeakerId, Value};
use crate::document::{Digest, Document};
use crate::schema::Schema;

/// What is exported: everything one annotator says about one document.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its digest, which costs a pass over the text and is therefore handed in.
    pub digest: &'a Digest,
    /// Who annotated it.
    pub annotator: &'a str,
    /// The number of transactions that led to `set`.
    pub revision: u64,
    /// The tagset in force.
    pub schema: &'a Schema,
    /// The annotations.
    pub set: &'a AnnotationSet,
}

/// Numbers replaced by the names that readers want.
impl<'a> Source<'a> {
    /// The name of a speaker; `#7` for number 7 when the register lacks it.
    pub fn speaker_name(&self, id: SpeakerId) -> Cow<'a, str> {
        self.set.speaker(id).map_or_else(|| format!("#{}", id.0).into(), |speaker| speaker.name.as_str().into())
    }

    /// Who is quoted or makes the claim, by name.
    pub fn speaker_of(&self, annotation: &Annotation) -> Option<Cow<'a, str>> {
        annotation.speaker().map(|id| self.speaker_name(id))
    }

    /// A value in words: a flag is `true` or `false`, a speaker the name.
    pub fn words(&self, value: &'a Value) -> Cow<'a, str> {
        match value {
            Value::Choice(words) | Value::Text(words) => words.into(),
            Value::Flag(flag) => if *flag { "true" } else { "false" }.into(),
            Value::Speaker(id) => self.speaker_name(*id),
        }
    }

    /// What people call the annotation with this number, as in `Q1`; `#1` when there is none.
    pub fn name_of(&self, id: AnnotationId) -> String {
        self.set.get(id).map_or_else(|| format!("#{id}"), Annotation::name)
    }

    /// What files call the annotation with this number: `T7`, or `R9` for a relation.
    pub fn handle(&self, id: AnnotationId) -> String {
        let letter = if self.set.get(id).is_some_and(Annotation::is_relation) { 'R' } else { 'T' };
        format!("{letter}{id}")
    }

    /// The annotations in text order, relations last: they join what a format must have taken before.
    pub fn relations_last(&self) -> impl Iterator<Item = &'a Annotation> {
        let set = self.set;
        set.iter().filter(|own| !own.is_relation()).chain(set.spanless().filter(|own| own.is_relation()))
    }
}

/// An origin in three parts, so that tables have the same columns for all kinds.
pub(super) struct OriginParts<'a> {
    /// `manual`, `suggested`, `imported` or `merged`.
    pub(super) kind: &'static str,
    /// The engine, the file or the annotators.
    pub(super) from: Vec<&'a str>,
    /// The engine's score, from 0 to 1.
    pub(super) score: Option<f64>,
}

impl Origin {
    /// The origin that these [parts](OriginParts) are of, or why they are of none.
    pub(super) fn of_parts(
        kind: &str,
        from: impl IntoIterator<Item = String>,
        score: Option<f64>,
    ) -> Result<Self, String> {
        let mut from = from.into_iter();
        let mut first = || from.next().unwrap_or_default();
        Ok(match kind {
            "manual" => Self::Manual,
            "suggested" => Self::Suggested { engine: first(), score: per_mille(score.unwrap_or_default()) },
            "imported" => Self::Imported { from: first() },
            "merged" => Self::Merged { from: from.collect() },
            other => return Err(format!("expected an origin of manual, suggested, imported or merged, found {other}")),
        })
    }
}

/// `score`, from 0 to 1, in thousandths.
fn per_mille(score: f64) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
    let score = (score * 1000.0).round().clamp(0.0, 65535.0) as u16;
    score
}

impl<'a> From<&'a Origin> for OriginParts<'a> {
    fn from(origin: &'a Origin) -> Self {
        match origin {
            Origin::Manual => Self { kind: "manual", from: Vec::new(), score: None },
            Origin::Suggested { engine, score } => {
                Self { kind: "suggested", from: vec![engine], score: Some(f64::from(*score) / 1000.0) }
            }
            Origin::Imported { from } => Self { kind: "imported", from: vec![from], score: None },
            Origin::Merged { from } => {
                Self { kind: "merged", from: from.iter().map(String::as_str).collect(), score: None }
            }
        }
    }
}
