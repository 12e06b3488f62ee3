//! What the API of Hypothesis (`/api/search`) gives: rows with targets of this vocabulary, and the rest in words of its own.

use serde_json::{Value as Json, json};

/// Whether a file begins like that.
pub(super) fn sniff(head: &[u8]) -> bool {
    let has = |words: &str| memchr::memmem::find(head, words.as_bytes()).is_some();
    has("\"rows\"") && has("\"target\"") && has("\"uri\"")
}

/// A page with the same annotations, if `json` is of this kind; else `json`.
pub(super) fn as_page(json: Json) -> Json {
    match json.get("rows").and_then(Json::as_array) {
        Some(rows) => json!({ "items": rows.iter().map(annotation).collect::<Vec<_>>() }),
        None => json,
    }
}

fn annotation(row: &Json) -> Json {
    let words = |name: &str| row.get(name).and_then(Json::as_str).filter(|words| !words.is_empty());
    let tags = row.get("tags").and_then(Json::as_array).into_iter().flatten();
    let tags = tags.map(|tag| json!({ "purpose": "tagging", "value": tag }));
    let comment = words("text").map(|text| json!({ "purpose": "commenting", "value": text }));
    let name = row.pointer("/user_info/display_name").filter(|name| name.as_str().is_some_and(|own| !own.is_empty()));
    let user = row.get("user");
    let creator = name.map_or_else(|| json!(user), |name| json!({ "id": user, "name": name }));
    let own = json!({
        "id": row.get("id"),
        "creator": creator,
        // What is only marked.
        "motivation": if comment.is_some() { "commenting" } else { "highlighting" },
        "body": tags.chain(comment).collect::<Vec<_>>(),
        "target": target(row),
    });
    // What is told of an annotation that says more is told of these too.
    let others = row.as_object().into_iter().flatten().filter(|(name, _)| !USED.contains(&name.as_str()));
    let others = others.map(|(name, value)| (name.clone(), value.clone()));
    others.chain(own.as_object().cloned().into_iter().flatten()).collect()
}

/// What is taken of a row.
const USED: [&str; 6] = ["user", "user_info", "uri", "text", "tags", "references"];

/// The target of a row; a note about a page as a whole has one without a selector, a reply is about what it replies to.
fn target(row: &Json) -> Json {
    let references = row.get("references").and_then(Json::as_array).and_then(|own| own.last()).and_then(Json::as_str);
    let first = row.pointer("/target/0");
    match (references, first.filter(|own| own.get("selector").is_some())) {
        (Some(_), _) => Json::Null,
        (None, Some(target)) => target.clone(),
        (None, None) => row.get("uri").cloned().unwrap_or(Json::Null),
    }
}
