//! What stands in the data of tasks: the text, what we put beside it, and what others did, which is not taken.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::dialogue::Dialogue;
use super::document;
use crate::exchange::contents::counted;

/// The text in the data of a task, with what it is called there.
pub(super) fn text(data: &Json) -> Option<(&str, &str)> {
    let mut texts =
        data.as_object().into_iter().flatten().filter_map(|(name, own)| Some((name.as_str(), own.as_str()?)));
    let only = texts.next().filter(|_| texts.next().is_none());
    let (name, own) = data.get("text").and_then(Json::as_str).map(|text| ("text", text)).or(only)?;
    dialogue(data).is_none().then_some((name, own))
}

/// The dialogue in the data of a task, unless a text stands there, with what it is called.
pub(super) fn dialogue(data: &Json) -> Option<(&str, Dialogue<'_>)> {
    let mut members = data.as_object().filter(|own| !own.get("text").is_some_and(Json::is_string))?.iter();
    members.find_map(|(name, own)| Some((name.as_str(), Dialogue::of(own)?)))
}

/// What the text or dialogue that is taken is called in the data of a task.
pub(super) fn taken(data: &Json) -> Option<&str> {
    text(data).map(|(name, _)| name).or_else(|| Some(dialogue(data)?.0))
}

/// Why what the data of `tasks` have beside the text is not taken, if they have anything.
pub(super) fn beside_texts(tasks: &[Json]) -> Option<String> {
    const TAKEN: [&str; 3] = ["document", "annotators", document::KEY];
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for data in tasks.iter().filter_map(|own| own.get("data")) {
        let text = taken(data);
        let members = data.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
        for name in members.filter(|name| Some(*name) != text && !TAKEN.contains(name)) {
            *counts.entry(name).or_default() += 1;
        }
    }
    counted(&counts).map(|names| format!("what stands in the data beside the text is not taken ({names})"))
}

fn list<'a>(own: &'a Json, key: &str) -> impl Iterator<Item = &'a Json> + use<'a> {
    own.get(key).and_then(Json::as_array).into_iter().flatten()
}

/// Why what `tasks` say of annotations and their results beside them (their ids, when, how long it took, how sure a model was) is not
/// taken, if they say anything.
pub(super) fn beside_annotations(tasks: &[Json]) -> Option<String> {
    const OF_ANNOTATIONS: [&str; 6] =
        ["created_at", "updated_at", "lead_time", "ground_truth", "was_cancelled", "score"];
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let is_ours = |task: &Json| task.pointer("/data/annotators").is_some_and(Json::is_array);
    let said = |task| list(task, "annotations").chain(list(task, "predictions"));
    let numbered = tasks.iter().filter(|task| !is_ours(task)).flat_map(said).filter(|own| !own["id"].is_null());
    counts.extend(Some(("id", numbered.count())).filter(|(_, count)| *count > 0));
    for annotation in tasks.iter().flat_map(said) {
        let is_said = |value: &&Json| !matches!(value, Json::Null | Json::Bool(false));
        let of = |own: &Json, name: &str| own.get(name).as_ref().is_some_and(is_said);
        for name in OF_ANNOTATIONS {
            let count =
                usize::from(of(annotation, name)) + list(annotation, "result").filter(|own| of(own, name)).count();
            if count > 0 {
                *counts.entry(name).or_default() += count;
            }
        }
    }
    counted(&counts).map(|names| format!("what is said of annotations themselves is not taken ({names})"))
}

#[cfg(test)]
mod tests {
    use crate::exchange::Memory;

    #[test]
    fn what_is_said_of_annotations_themselves_is_told_once() {
        let row =
            r#"{"type": "labels", "from_name": "l", "score": 0.5, "value": {"start": 0, "end": 6, "labels": ["Й"]}}"#;
        let whole = format!(
            r#"[{{"data": {{"text": "За\u0301мок 👍"}}, "annotations": [{{"created_at": "2026-11-28", "lead_time": 3.5,
            "ground_truth": false, "result": [{row}]}}, {{"created_at": "2026-11-28", "updated_at": null, "result": []}}]}}]"#
        );
        let minimal = r#"[{"text": "За\u0301мок 👍", "annotation_id": 1, "annotator": 1, "created_at": "2026-11-28"}]"#;
        for (content, names) in
            [(whole.as_str(), "created_at: 2, lead_time: 1, score: 1"), (minimal, "created_at: 1, id: 1")]
        {
            let files = Memory([("й.json".to_owned(), content.as_bytes().to_vec())].into());
            let drafts = crate::exchange::tests::read(&super::super::FORMAT, &files);
            let told: Vec<String> = drafts.iter().flat_map(|own| &own.remarks).map(ToString::to_string).collect();
            assert_eq!(told, [format!("й.json: what is said of annotations themselves is not taken ({names})")]);
        }
    }
}
