//! What a format of spans has no place for, in an object beside them.
//!
//! Formats that hold a start, an end and a label for each span, but let one put more into a line, take this along: which annotation each
//! of the spans belongs to, in their order, and what else is said of it. Other programs keep or pass it over.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::lossy::{Described, InWords};
use super::names::untagged;
use super::tokens::trimmed;
use super::{Aim, Item, Loss, Losses, Shipped, Source, Spot, Stated, Unit};
use crate::annotation::{Annotation, AnnotationId};
use crate::text::{Fragments, Span};

/// The object.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Aside {
    pub(super) document: String,
    pub(super) annotator: String,
    /// What the offsets count.
    unit: String,
    /// The annotation that each span belongs to.
    pub(super) spans: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) annotations: BTreeMap<String, Said>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) relations: Vec<Other>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) labels: Vec<Other>,
}

/// What is said of an annotation beyond its label.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Said {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) attributes: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
}

/// A relation, or a label of the document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Other {
    pub(super) id: String,
    /// Layer and label.
    pub(super) label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) from: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) to: String,
    #[serde(flatten)]
    pub(super) said: Said,
}

/// A fragment of an annotation, with its layer and label.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) id: AnnotationId,
    /// The number of the fragment, from 0.
    pub(super) number: usize,
    pub(super) span: Span,
    /// Layer and label in one word.
    pub(super) tag: String,
}

impl Aside {
    /// The spans to write of `source`, and what goes beside them; without white space at their ends, if the format `trims` it.
    pub(super) fn of(
        source: &Source<'_>,
        shipped: &Shipped,
        unit: Unit,
        trims: bool,
        losses: &mut Losses,
    ) -> (Self, Vec<Piece>) {
        let mut words = InWords::of(source);
        let mut aside = Self {
            document: source.document.id.to_string(),
            annotator: source.annotator.to_owned(),
            unit: unit.name().to_owned(),
            ..Self::default()
        };
        let mut pieces = Vec::new();
        let frame = Frame { shipped, trims };
        for own in source.relations_last() {
            let is_held = aside.take(own, &frame, source, &mut words, &mut pieces, losses);
            if !is_held {
                losses.tell(Loss::Annotation(own.id));
            }
        }
        words.finish(losses);
        (aside, pieces)
    }

    /// Takes `own`, unless it cannot be held.
    fn take<'a>(
        &mut self,
        own: &'a Annotation,
        frame: &Frame<'_>,
        source: &Source<'_>,
        words: &mut InWords<'a>,
        pieces: &mut Vec<Piece>,
        losses: &mut Losses,
    ) -> bool {
        let fragments = own.fragments().map(|own| frame.fragments(own));
        if matches!(fragments, Some(None)) {
            return false;
        }
        let ends = words.ends(own);
        if ends.is_none() && own.is_relation() {
            return false;
        }
        let Some(Described { called, attributes, note }) = words.described(own, |_| true, losses) else { return false };
        let attributes = attributes.into_iter().map(|(name, value)| (name.to_owned(), value.into_owned()));
        let said = Said { attributes: attributes.collect(), note: note.map(str::to_owned) };
        let (id, label) = (source.handle(own.id), called.tag());
        match (fragments.flatten(), ends) {
            (Some(fragments), _) => {
                if own.fragments().and_then(|own| frame.shipped.fragments(own)).as_ref() != Some(&fragments) {
                    losses.tell(Loss::Fragments(own.id, fragments.clone().into_owned()));
                }
                for (number, span) in fragments.spans().iter().enumerate() {
                    pieces.push(Piece { id: own.id, number, span: *span, tag: label.clone() });
                    self.spans.push(id.clone());
                }
                if said != Said::default() {
                    self.annotations.insert(id, said);
                }
            }
            (None, Some((from, to))) => {
                let (from, to) = (source.handle(from), source.handle(to));
                self.relations.push(Other { id, label, from, to, said });
            }
            (None, None) => {
                self.labels.push(Other { id, label, from: String::new(), to: String::new(), said });
            }
        }
        true
    }

    /// What the offsets count.
    pub(super) fn unit(&self) -> Option<Unit> {
        Unit::ALL.into_iter().find(|unit| unit.name() == self.unit)
    }

    /// Makes annotations of `spans`, which were read in their order, each as an item of its own, and of what is beside them.
    pub(super) fn items(&self, spans: Vec<Item>, spot: &Spot) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::with_capacity(spans.len());
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (span, id) in spans.into_iter().zip(&self.spans) {
            let begun = places.get(id.as_str()).and_then(|place| items.get_mut(*place));
            if let (Some(Aim::Text { pieces, words, .. }), Aim::Text { pieces: more, words: more_words, .. }) =
                (begun.map(|own| &mut own.target), &span.target)
            {
                pieces.extend_from_slice(more);
                words.extend_from_slice(more_words);
            } else {
                places.insert(id, items.len());
                items.push(with(span, id, self.annotations.get(id).cloned().unwrap_or_default()));
            }
        }
        let others = self.relations.iter().chain(&self.labels).map(|own| {
            let (layer, label) = untagged(&own.label);
            let target = if own.from.is_empty() {
                Aim::Document
            } else {
                Aim::Relation { from: own.from.clone(), to: own.to.clone() }
            };
            let item = Item { spot: spot.clone(), layer: Some(layer), label, target, ..Item::default() };
            with(item, &own.id, own.said.clone())
        });
        items.extend(others);
        items
    }
}

/// Where annotations are in what is shipped.
struct Frame<'a> {
    shipped: &'a Shipped,
    /// Whether white space at the ends of fragments is left out.
    trims: bool,
}

impl Frame<'_> {
    /// Where `fragments` of the transcript are; none when nothing is left of them.
    fn fragments<'f>(&self, fragments: &'f Fragments) -> Option<Cow<'f, Fragments>> {
        let fragments = self.shipped.fragments(fragments)?;
        if !self.trims {
            return Some(fragments);
        }
        let spans = fragments.spans().iter().filter_map(|span| trimmed(self.shipped.text(), *span));
        Fragments::new(spans.collect()).ok().map(Cow::Owned)
    }
}

/// `item` with its id and what is said of it.
pub(super) fn with(item: Item, id: &str, said: Said) -> Item {
    let attributes = said.attributes.into_iter().map(|(name, value)| (name, Stated::Words(value))).collect();
    Item { id: id.to_owned(), attributes, note: said.note, ..item }
}
