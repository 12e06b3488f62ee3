//! Tasks as "JSON-MIN" has them: one object with the data, and what was said under the name of each control.
//!
//! ```json
//! {"id": 3, "text": "…", "label": [{"start": 5, "end": 9, "text": "…", "labels": ["Quote"]}], "annotator": 1, "annotation_id": 1}
//! ```
//!
//! It has no relations, and no ids of regions. What is not about words of the text is a row of its own, to be refused: what was said of
//! the whole cannot be told from what came with the text, unless that is ours, it is a list of choices, or it is a word and the
//! configuration has choices of that name. Label Studio, "Export formats".

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json, json};

use super::document;

/// What such a file has, and no other.
pub(super) const MARK: &str = "\"annotation_id\"";

/// `tasks` as the whole format has them: what several said of one, each in an object with its id, stands in it together. `choices` are
/// the names of controls for these.
pub(super) fn unfolded(tasks: Vec<Json>, choices: &BTreeSet<String>) -> Vec<Json> {
    let mut all: Vec<Json> = Vec::with_capacity(tasks.len());
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for task in tasks {
        let Some((data, annotation)) = parted(&task, choices) else {
            all.push(task);
            continue;
        };
        let id = task.get("id").map(Json::to_string);
        let begun = id.as_ref().and_then(|id| places.get(id)).and_then(|place| all.get_mut(*place));
        let said = begun.filter(|own| own["data"] == data).and_then(|own| own["annotations"].as_array_mut());
        if let Some(said) = said {
            said.push(annotation);
        } else {
            places.extend(id.map(|id| (id, all.len())));
            all.push(json!({"data": data, "annotations": [annotation]}));
        }
    }
    all
}

/// The data of `task` and an annotation of it, if it is one of these.
fn parted(task: &Json, choices: &BTreeSet<String>) -> Option<(Json, Json)> {
    let task = task.as_object().filter(|own| own.contains_key("annotation_id") && !own.contains_key("data"))?;
    let length = |name: &str| task.get(name).and_then(Json::as_str).map(str::len);
    let longest = || task.keys().map(String::as_str).max_by_key(|name| length(name)).unwrap_or_default();
    let text = length("text").map_or_else(longest, |_| "text");
    let is_ours = task.get("annotators").is_some_and(Json::is_array);
    let is_data = |name: &str| name == text || is_ours && DATA.contains(&name);
    let (data, others): (Map<String, Json>, Map<String, Json>) =
        task.clone().into_iter().partition(|(name, _)| is_data(name));
    let row = |name: &str, kind: &str, value: &Json| json!({"from_name": name, "type": kind, "value": value});
    let others = others.iter().filter(|(name, _)| !PROVENANCE.contains(&name.as_str()));
    let rows = others.flat_map(|(name, said)| match said {
        Json::Array(values) if values.iter().any(|value| value.get("start").is_some()) => {
            values.iter().map(|value| row(name, kind(value), value)).collect()
        }
        Json::Object(said) if said.contains_key("choices") => vec![row(name, "choices", &Json::Object(said.clone()))],
        Json::String(only) if choices.contains(name) => vec![row(name, "choices", &json!({"choices": [only]}))],
        said => vec![row(name, name, said)],
    });
    let mut annotation = json!({"completed_by": task.get("annotator"), "result": rows.collect::<Vec<_>>()});
    annotation["id"] = task.get("annotation_id").cloned().unwrap_or_default();
    for name in DATES {
        annotation[name] = task.get(name).cloned().unwrap_or_default();
    }
    Some((Json::Object(data), annotation))
}

/// What stands beside the text in data of ours, which have a list of annotators.
const DATA: [&str; 3] = ["document", "annotators", document::KEY];

/// What it says of the annotation itself.
const PROVENANCE: [&str; 6] = ["id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"];

/// What of that is told as not taken.
const DATES: [&str; 3] = ["created_at", "updated_at", "lead_time"];

/// The kind of control that gave `value`: `labels`, `hypertextlabels`.
fn kind(value: &Json) -> &str {
    let keys = value.as_object().into_iter().flat_map(Map::keys);
    keys.map(String::as_str).find(|key| key.ends_with("labels")).unwrap_or("labels")
}

#[cfg(test)]
mod tests {
    use crate::annotation::Origin;
    use crate::exchange::{Memory, settle};

    #[test]
    fn one_choice_is_a_label_of_the_document_where_the_configuration_has_choices_of_its_name() {
        let content = r#"[{"id": 3, "text": "За\u0301мок 👍", "mood": "весело", "город": "Ош", "annotator": 7, "annotation_id": 1}]"#;
        let config = r#"<View><Choices name="mood" toName="t"><Choice value="весело"/></Choices></View>"#;
        let files = [("x.json", content), ("config.xml", config)].map(|(name, own)| (name.to_owned(), own.into()));
        let draft = crate::exchange::tests::read(&super::super::FORMAT, &Memory(files.into())).remove(0);
        let text = draft.own_text().unwrap();
        let settled = settle(draft, &text, None, &Origin::Manual);
        let said: Vec<_> = settled.statement.set.iter().map(|own| format!("{}:{}", own.layer, own.label)).collect();
        assert_eq!(said, ["mood:весело"]);
        let refused: Vec<_> = settled.refusals.iter().map(ToString::to_string).collect();
        assert_eq!(refused, ["x.json: row 2 (город) is not about words of the text"]);
    }
}
