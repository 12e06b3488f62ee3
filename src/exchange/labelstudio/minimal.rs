//! Tasks as "JSON-MIN" has them: one object with the data, and what was said under the name of each control.
//!
//! ```json
//! {"id": 3, "text": "…", "label": [{"start": 5, "end": 9, "text": "…", "labels": ["Quote"]}], "annotator": 1, "annotation_id": 1}
//! ```
//!
//! It has no relations, and no ids of regions. What is not about words of the text is a row of its own, to be refused: what was said of
//! the whole cannot be told from what came with the text. Label Studio, "Export formats".

use serde_json::{Map, Value as Json, json};

use super::DOCUMENT;

/// What such a file has, and no other.
pub(super) const MARK: &str = "\"annotation_id\"";

/// The task as the whole format has it, if `task` is one of these: one annotation of it.
pub(super) fn unfolded(task: &Json) -> Option<Json> {
    let task = task.as_object().filter(|own| own.contains_key("annotation_id") && !own.contains_key("data"))?;
    let length = |name: &str| task.get(name).and_then(Json::as_str).map(str::len);
    let longest = || task.keys().map(String::as_str).max_by_key(|name| length(name)).unwrap_or_default();
    let text = length("text").map_or_else(longest, |_| "text");
    let row = |name: &str, kind: &str, value: &Json| json!({"from_name": name, "type": kind, "value": value});
    let others = task.iter().filter(|(name, _)| *name != text && !PROVENANCE.contains(&name.as_str()));
    let rows = others.flat_map(|(name, said)| match said {
        Json::Array(values) if values.iter().any(|value| value.get("start").is_some()) => {
            values.iter().map(|value| row(name, kind(value), value)).collect()
        }
        Json::Object(said) if said.contains_key("choices") => vec![row(name, "choices", &Json::Object(said.clone()))],
        Json::String(said) if name.starts_with(DOCUMENT) => vec![row(name, "choices", &json!({"choices": [said]}))],
        said => vec![row(name, name, said)],
    });
    let annotation = json!({"completed_by": task.get("annotator"), "result": rows.collect::<Vec<_>>()});
    Some(json!({"data": {text: task.get(text)}, "annotations": [annotation]}))
}

/// What it says of the annotation itself.
const PROVENANCE: [&str; 6] = ["id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"];

/// The kind of control that gave `value`: `labels`, `hypertextlabels`.
fn kind(value: &Json) -> &str {
    let keys = value.as_object().into_iter().flat_map(Map::keys);
    keys.map(String::as_str).find(|key| key.ends_with("labels")).unwrap_or("labels")
}
