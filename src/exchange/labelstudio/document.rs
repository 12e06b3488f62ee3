//! Labels of the document as a whole, in a task's data.
//!
//! ```json
//! "data": {"text": "…", "document_labels": [{"annotator": "alpha", "id": "D5", "label": "Genre", "value": "debate", "note": "…"}]}
//! ```
//!
//! Label Studio keeps all of the data and shows it beside the text. A result would hold them as rows of `choices`, but what reads one
//! may take each row for a region and look for its start.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::annotation::Annotation;
use crate::exchange::aside::{Said, with};
use crate::exchange::lossy::{Described, InWords};
use crate::exchange::{Aim, Item, Losses, Refusal, Spot};

/// What they are called in the data.
pub(super) const KEY: &str = "document_labels";

/// A label of the document.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DocumentLabel {
    annotator: String,
    id: String,
    /// The layer.
    label: String,
    /// The label, where it is not called as the layer is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(flatten)]
    said: Said,
}

impl DocumentLabel {
    /// What `own`, by `annotator`, is there; the data hold all words.
    pub(super) fn of<'a>(
        own: &'a Annotation,
        annotator: &str,
        words: &mut InWords<'a>,
        losses: &mut Losses,
    ) -> Option<Self> {
        let Described { called, attributes, note } = words.described(own, |_| true, losses)?;
        let attributes = attributes.into_iter().map(|(name, value)| (name.to_owned(), value.into_owned()));
        Some(Self {
            annotator: annotator.to_owned(),
            id: format!("D{}", own.id),
            label: called.layer.clone(),
            value: called.value.clone(),
            said: Said { attributes: attributes.collect(), note: note.map(str::to_owned) },
        })
    }
}

/// The labels of the document in `data`, by annotator, and refusals of those that are none.
pub(super) fn labels(data: &Json, spot: &Spot) -> (BTreeMap<String, Vec<Item>>, Vec<Refusal>) {
    let (mut all, mut refusals) = (BTreeMap::<String, Vec<Item>>::new(), Vec::new());
    for (number, said) in (1..).zip(data.get(KEY).and_then(Json::as_array).into_iter().flatten()) {
        match DocumentLabel::deserialize(said) {
            Ok(DocumentLabel { annotator, id, label, value, said }) => {
                let (layer, spot) = (Some(label), spot.clone());
                let item = Item { spot, layer, label: value, target: Aim::Document, ..Item::default() };
                all.entry(annotator).or_default().push(with(item, &id, said));
            }
            Err(error) => refusals.push(spot.refuse(format!("{KEY}, {number}: {error}"))),
        }
    }
    (all, refusals)
}
