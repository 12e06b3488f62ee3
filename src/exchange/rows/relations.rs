//! Relations in lines of JSON: a list, or an object that numbers them.

use serde_json::Value as Json;

use super::{attribute, id, item, spans};
use crate::exchange::{Aim, Item, Spot};

/// Relations as doccano has them, by the ids of spans, and as Prodigy has them, by the offsets of each or its last token; none for one
/// that joins what is not there.
pub(super) fn relations(row: &Json, items: &[Item], spot: &Spot) -> Vec<Option<Item>> {
    // What Prodigy draws an arc with says nothing.
    const PLACE: [&str; 12] =
        ["id", "from_id", "to_id", "from", "to", "head", "child", "head_span", "child_span", "type", "label", "color"];
    let is_said = |key: &str| key != "note" && !PLACE.contains(&key);
    let spans = spans(row);
    // The span with the same offsets, and the same label if there are several.
    let by_place = |named: Option<&Json>| {
        let named = item(named?, spot).ok()?;
        let pieces = |own: &Item| match &own.target {
            Aim::Text { pieces, .. } => Some(pieces.clone()),
            Aim::Relation { .. } | Aim::Document => None,
        };
        let is_there = |own: &&Item| pieces(own).is_some() && pieces(own) == pieces(&named);
        let is_same = |own: &&Item| is_there(own) && own.layer == named.layer && own.label == named.label;
        items.iter().find(is_same).or_else(|| items.iter().find(is_there)).map(|own| own.id.clone())
    };
    let by_token = |token: Option<&Json>| {
        let mut spans = spans.iter().map(|(_, span)| *span);
        by_place(spans.find(|span| token.is_some() && span.get("token_end") == token))
    };
    // An id that several spans have names none of them.
    let by_id = |value: Option<&Json>| {
        let id = id(Some(value?));
        (items.iter().filter(|item| item.id == id).count() == 1).then_some(id)
    };
    let rows: Vec<&Json> = match row.get("relations") {
        None | Some(Json::Null) => Vec::new(),
        Some(Json::Array(list)) => list.iter().collect(),
        Some(Json::Object(numbered)) => numbered.values().collect(),
        Some(other) => vec![other],
    };
    rows.into_iter()
        .map(|own| {
            let from = by_id(own.get("from_id").or_else(|| own.get("from")))
                .or_else(|| by_place(own.get("head_span")))
                .or_else(|| by_token(own.get("head")))?;
            let to = by_id(own.get("to_id").or_else(|| own.get("to")))
                .or_else(|| by_place(own.get("child_span")))
                .or_else(|| by_token(own.get("child")))?;
            let label = own.get("type").or_else(|| own.get("label")).and_then(Json::as_str).unwrap_or("relation");
            Some(Item {
                spot: spot.clone(),
                id: id(own.get("id")).replace('#', "#r"),
                label: Some(label.to_owned()),
                target: Aim::Relation { from, to },
                attributes: own
                    .as_object()
                    .into_iter()
                    .flatten()
                    .filter(|(key, _)| is_said(key))
                    .filter_map(attribute)
                    .collect(),
                note: own.get("note").and_then(Json::as_str).map(str::to_owned),
                ..Item::default()
            })
        })
        .collect()
}
