//! What a line says that is not taken.
//!
//! What may have been annotated is a loss; what a program found out by itself, or keeps for itself, is none.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use super::option;

/// Who annotated, by the names that programs have for it.
pub(super) const ANNOTATORS: [&str; 3] = ["_annotator_id", "annotator", "_session_id"];

/// Why things in a line are not taken.
#[derive(Debug)]
pub(super) struct Left {
    /// What may have been annotated.
    pub(super) annotated: Vec<String>,
    /// What was not.
    pub(super) others: Vec<String>,
}

/// What is left of `row`.
pub(super) fn of(row: &Json) -> Left {
    let (annotated, found) = of_tokens(row);
    let options = unknown_options(row).map(|own| format!("accept: expected an option by its id, found {own}"));
    Left {
        annotated: untaken(&annotated).into_iter().chain(options).collect(),
        others: untaken(&found).into_iter().chain(housekeeping(row)).collect(),
    }
}

/// What a line says of its tokens and sentences beyond where they are: what may be annotated, and what a program found out by itself.
fn of_tokens(row: &Json) -> (BTreeSet<&str>, BTreeSet<&str>) {
    const PLACE: [&str; 6] = ["id", "start", "end", "text", "ws", "disabled"];
    const FOUND: [&str; 11] =
        ["tag", "pos", "morph", "lemma", "dep", "head", "norm", "shape", "sent_start", "style", "_"];
    let says = |(key, value): &(&String, &Json)| !PLACE.contains(&key.as_str()) && value.as_str() != Some("");
    let tokens = row.get("tokens").and_then(Json::as_array).into_iter().flatten();
    let members = tokens.filter_map(Json::as_object).flatten().filter(says);
    let (mut found, annotated): (BTreeSet<&str>, _) =
        members.map(|(key, _)| key.as_str()).partition(|key| FOUND.contains(key));
    found.extend(row.get("sents").and_then(Json::as_array).filter(|own| !own.is_empty()).map(|_| "sents"));
    (annotated, found)
}

/// Why what tokens and sentences say under these names is not taken, if they say anything.
fn untaken(names: &BTreeSet<&str>) -> Option<String> {
    let names: Vec<&str> = names.iter().copied().collect();
    (!names.is_empty()).then(|| format!("what it says of tokens and sentences ({}) is not taken", names.join(", ")))
}

/// What stands in `accept`, is not in words and leads to no option.
fn unknown_options(row: &Json) -> impl Iterator<Item = &Json> {
    let row = row.as_object();
    let accepted = row.and_then(|own| own.get("accept")?.as_array()).into_iter().flatten();
    accepted.filter(move |own| !own.is_string() && row.and_then(|row| option(row, own)).is_none())
}

/// Why what a program keeps for itself (`_input_hash`, `_view_id`) is not taken, if it keeps anything. spaCy keeps extensions under `_`
/// alone.
fn housekeeping(row: &Json) -> Option<String> {
    let keys = row.as_object().into_iter().flat_map(Map::keys).map(String::as_str);
    let own: Vec<&str> = keys.filter(|key| key.starts_with('_') && *key != "_" && !ANNOTATORS.contains(key)).collect();
    (!own.is_empty()).then(|| format!("what its program keeps for itself is not taken ({})", own.join(", ")))
}
