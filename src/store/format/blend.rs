//! What merging asks of the records: what they refer to, and what becomes of one that both sides changed.
//!
//! A record is compared field by field. Whoever moves an edge and whoever writes a note have not contradicted each other; two
//! who choose different labels have.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{AnnotationV1, AttributesV1, Readable, SpeakerV1, TargetV1, ValueV1};

/// The field that both sides can live with: the one that changed, if they do not differ.
pub(in crate::store) fn one_of<T: Clone + PartialEq>(base: &T, ours: &T, theirs: &T) -> Option<T> {
    if ours == theirs || theirs == base {
        Some(ours.clone())
    } else if ours == base {
        Some(theirs.clone())
    } else {
        None
    }
}

impl TargetV1 {
    /// From where to where it goes, if it is text.
    fn hull(&self) -> Option<(usize, usize)> {
        let Self::Text(fragments) = self else { return None };
        Some((fragments.first()?.0, fragments.last()?.1))
    }

    /// Whether both are text and begin or end at one place.
    fn shares_an_edge(&self, other: &Self) -> bool {
        self.hull().zip(other.hull()).is_some_and(|(own, other)| own.0 == other.0 || own.1 == other.1)
    }

    /// Whether both are about the same words, wherever.
    fn says_what(&self, other: &Self) -> bool {
        let (Self::Text(own), Self::Text(other)) = (self, other) else { return false };
        own.iter().map(|(.., words)| words).eq(other.iter().map(|(.., words)| words))
    }

    /// Whether the two have some of the text in common, or an annotation that they relate.
    fn meets(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(own), Self::Text(other)) => {
                own.iter().any(|(start, end, _)| other.iter().any(|there| *start < there.1 && there.0 < *end))
            }
            (Self::Relation { from, to }, Self::Relation { from: other_from, to: other_to }) => {
                [from, to].iter().any(|end| [other_from, other_to].contains(end))
            }
            _ => false,
        }
    }
}

impl AnnotationV1 {
    /// What people call it, as in `Q1`.
    pub(in crate::store) fn name(&self) -> String {
        let letters = self.layer.as_str().chars().next().unwrap_or('?').to_uppercase();
        format!("{letters}{}", self.id)
    }

    /// The same under another number.
    pub(in crate::store) fn numbered(self, id: u32) -> Self {
        Self { id, ..self }
    }

    /// The annotations that it is about.
    pub(in crate::store) fn ends(&self) -> Vec<u32> {
        match self.target {
            TargetV1::Relation { from, to } => vec![from, to],
            TargetV1::Text(_) | TargetV1::Document => Vec::new(),
        }
    }

    /// The speakers that it names.
    pub(in crate::store) fn named_speakers(&self) -> Vec<u32> {
        let speaker = |value: &ValueV1| match value {
            ValueV1::Speaker(speaker) => Some(*speaker),
            ValueV1::Choice(_) | ValueV1::Flag(_) | ValueV1::Text(_) => None,
        };
        self.attributes.values().filter_map(speaker).collect()
    }

    /// The same where annotations and speakers have the numbers that these functions give.
    pub(in crate::store) fn referring(mut self, annotation: impl Fn(u32) -> u32, speaker: impl Fn(u32) -> u32) -> Self {
        if let TargetV1::Relation { from, to } = &mut self.target {
            (*from, *to) = (annotation(*from), annotation(*to));
        }
        for value in self.attributes.values_mut() {
            if let ValueV1::Speaker(number) = value {
                *number = speaker(*number);
            }
        }
        self
    }

    /// What it is called in the schema, and what it is about.
    pub(in crate::store) fn tag_and_target(&self) -> (&Readable, &Readable, &TargetV1) {
        (&self.layer, &self.label, &self.target)
    }

    /// Its layer and what it is about, if that is text.
    pub(in crate::store) fn place_in_layer(&self) -> Option<(&Readable, &TargetV1)> {
        matches!(self.target, TargetV1::Text(_)).then_some((&self.layer, &self.target))
    }

    /// What it is called in the schema, and where it starts, if it is about text.
    pub(in crate::store) fn tag_and_start(&self) -> Option<(&Readable, &Readable, usize)> {
        Some((&self.layer, &self.label, self.target.hull()?.0))
    }

    /// What it is called in the schema, and where it ends, if it is about text.
    pub(in crate::store) fn tag_and_end(&self) -> Option<(&Readable, &Readable, usize)> {
        Some((&self.layer, &self.label, self.target.hull()?.1))
    }

    /// Whether a change can have made this of `before`, which had its number. What it is about stayed; or its layer did and where it
    /// begins or ends; or its label did, and it is about some of that or about the same words, or was `waiting` for a place on one side.
    pub(in crate::store) fn may_have_been(&self, before: &Self, waiting: bool) -> bool {
        let (is_of_layer, is_of_label) = (self.layer == before.layer, self.label == before.label);
        self.target == before.target && (is_of_layer || self.target != TargetV1::Document)
            || is_of_layer && self.target.shares_an_edge(&before.target)
            || is_of_layer
                && is_of_label
                && (waiting || self.target.meets(&before.target) || self.target.says_what(&before.target))
    }

    /// Where it stands in text order: by start, the longer first, then by number; what has no span comes last.
    pub(in crate::store) fn rank(&self) -> (bool, usize, Reverse<usize>, u32) {
        let (start, end) = match &self.target {
            TargetV1::Text(fragments) => {
                (fragments.first().map_or(0, |own| own.0), fragments.last().map_or(0, |own| own.1))
            }
            TargetV1::Relation { .. } | TargetV1::Document => (0, 0),
        };
        (!matches!(self.target, TargetV1::Text(_)), start, Reverse(end), self.id)
    }

    /// What two who changed `base` both say, unless they contradict each other.
    pub(in crate::store) fn blend(base: &Self, ours: &Self, theirs: &Self) -> Option<Self> {
        let tag = |own: &Self| (own.layer.clone(), own.label.clone());
        let (layer, label) = one_of(&tag(base), &tag(ours), &tag(theirs))?;
        let mut attributes = AttributesV1::default();
        for id in [base, ours, theirs].into_iter().flat_map(|own| own.attributes.keys()).collect::<BTreeSet<_>>() {
            let value = |own: &Self| own.attributes.get(id).cloned();
            if let Some(value) = one_of(&value(base), &value(ours), &value(theirs))? {
                attributes.insert(id.clone(), value);
            }
        }
        Some(Self {
            id: ours.id,
            layer,
            label,
            target: one_of(&base.target, &ours.target, &theirs.target)?,
            attributes,
            note: one_of(&base.note, &ours.note, &theirs.note)?,
            origin: one_of(&base.origin, &ours.origin, &theirs.origin)?,
        })
    }
}

impl SpeakerV1 {
    /// The same under another number.
    pub(in crate::store) fn numbered(self, id: u32) -> Self {
        Self { id, ..self }
    }

    /// Somebody of this name of whom nothing else is known.
    pub(in crate::store) fn unknown_but_for_name(&self) -> Self {
        Self { id: self.id, name: self.name.clone(), role: Readable::default(), aliases: Vec::new() }
    }

    /// The same without its number.
    pub(in crate::store) fn content(&self) -> (&Readable, &Readable, &[Readable]) {
        (&self.name, &self.role, &self.aliases)
    }

    /// Whether the two have a name in common, be it another name of the one or of both.
    pub(in crate::store) fn shares_a_name(&self, other: &Self) -> bool {
        let mut names = std::iter::once(&self.name).chain(&self.aliases);
        names.any(|name| *name == other.name || other.aliases.contains(name))
    }

    /// Whether the two may be one person: they have one name and, so far as they are known, one role.
    pub(in crate::store) fn may_be(&self, other: &Self) -> bool {
        self.name == other.name && self.may_have_the_role_of(other)
    }

    /// The same where the one may be called what is but another name of the other.
    pub(in crate::store) fn may_be_called_otherwise(&self, other: &Self) -> bool {
        self.shares_a_name(other) && self.may_have_the_role_of(other)
    }

    fn may_have_the_role_of(&self, other: &Self) -> bool {
        self.role == other.role || self.role.is_empty() || other.role.is_empty()
    }

    /// What two who changed `base` both say, unless they contradict each other. Other names are a set: all that came stay, all
    /// that went are gone.
    pub(in crate::store) fn blend(base: &Self, ours: &Self, theirs: &Self) -> Option<Self> {
        let went = |alias: &&Readable| base.aliases.contains(alias) && !theirs.aliases.contains(alias);
        let came = |alias: &&Readable| !base.aliases.contains(alias) && !ours.aliases.contains(alias);
        let kept = ours.aliases.iter().filter(|alias| !went(alias));
        Some(Self {
            id: ours.id,
            name: one_of(&base.name, &ours.name, &theirs.name)?,
            role: one_of(&base.role, &ours.role, &theirs.role)?,
            aliases: kept.chain(theirs.aliases.iter().filter(came)).cloned().collect(),
        })
    }
}
