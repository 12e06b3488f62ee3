//! A located finding.

use std::fmt;

use crate::annotation::AnnotationId;
use crate::text::{Place, Span};

/// A located finding: what is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule found it.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The annotation it is about, unless it is about the document.
    pub annotation: Option<AnnotationId>,
    /// Where in the text it is: the start of `span`.
    pub place: Option<Place>,
    /// The stretch of text to look at.
    pub span: Option<Span>,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What to do, likewise.
    pub hint: String,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The annotation does not say what the schema lets it say.
    Error,
    /// It may be meant so.
    Warning,
}

/// The rules, by the names that people and other programs know them by; the names do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The schema has no such layer.
    UnknownLayer,
    /// The layer has no such label.
    UnknownLabel,
    /// The layer is about something else than the annotation: spans, relations or the document.
    WrongTarget,
    /// The layer has no such attribute.
    UnknownAttribute,
    /// The value is of another kind than the attribute, or not among its choices.
    WrongValue,
    /// A required attribute has no value.
    MissingAttribute,
    /// The speaker is not in the register.
    UnknownSpeaker,
    /// A relation leads from or to an annotation that is not there.
    BrokenRelation,
    /// A relation joins layers that its own does not admit.
    ForbiddenRelation,
    /// Two annotations of a layer that must be apart share text.
    ForbiddenOverlap,
    /// A span begins or ends with a blank.
    BlankAtEdge,
    /// A span begins or ends with a mark that belongs to what surrounds it.
    PunctuationAtEdge,
    /// A span begins or ends inside a word.
    CutWord,
    /// A quotation mark stands without its partner in or beside a quote.
    UnmatchedMark,
    /// Two annotations say the same.
    Duplicate,
    /// A phrase that is tagged elsewhere is not tagged here.
    MissedPhrase,
    /// The document is done, yet nothing is tagged.
    NothingTagged,
}

impl Code {
    /// All rules.
    pub const ALL: [Self; 17] = [
        Self::UnknownLayer,
        Self::UnknownLabel,
        Self::WrongTarget,
        Self::UnknownAttribute,
        Self::WrongValue,
        Self::MissingAttribute,
        Self::UnknownSpeaker,
        Self::BrokenRelation,
        Self::ForbiddenRelation,
        Self::ForbiddenOverlap,
        Self::BlankAtEdge,
        Self::PunctuationAtEdge,
        Self::CutWord,
        Self::UnmatchedMark,
        Self::Duplicate,
        Self::MissedPhrase,
        Self::NothingTagged,
    ];

    /// The rule called `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.name() == name)
    }

    /// The name, in kebab case.
    ///
    /// ```
    /// assert_eq!(tribune::check::Code::MissingAttribute.name(), "missing-attribute");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnknownLayer => "unknown-layer",
            Self::UnknownLabel => "unknown-label",
            Self::WrongTarget => "wrong-target",
            Self::UnknownAttribute => "unknown-attribute",
            Self::WrongValue => "wrong-value",
            Self::MissingAttribute => "missing-attribute",
            Self::UnknownSpeaker => "unknown-speaker",
            Self::BrokenRelation => "broken-relation",
            Self::ForbiddenRelation => "forbidden-relation",
            Self::ForbiddenOverlap => "forbidden-overlap",
            Self::BlankAtEdge => "blank-at-edge",
            Self::PunctuationAtEdge => "punctuation-at-edge",
            Self::CutWord => "cut-word",
            Self::UnmatchedMark => "unmatched-mark",
            Self::Duplicate => "duplicate",
            Self::MissedPhrase => "missed-phrase",
            Self::NothingTagged => "nothing-tagged",
        }
    }

    /// How bad a finding of this rule is.
    pub const fn severity(self) -> Severity {
        match self {
            Self::UnknownLayer
            | Self::UnknownLabel
            | Self::WrongTarget
            | Self::UnknownAttribute
            | Self::WrongValue
            | Self::MissingAttribute
            | Self::UnknownSpeaker
            | Self::BrokenRelation
            | Self::ForbiddenRelation
            | Self::ForbiddenOverlap => Severity::Error,
            Self::BlankAtEdge
            | Self::PunctuationAtEdge
            | Self::CutWord
            | Self::UnmatchedMark
            | Self::Duplicate
            | Self::MissedPhrase
            | Self::NothingTagged => Severity::Warning,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}
