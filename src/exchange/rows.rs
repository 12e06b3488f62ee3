//! Reading lines of JSON that hold a text with spans: spaCy, Prodigy, doccano, and what others make of them.
//!
//! | where spans are | who has them there |
//! |---|---|
//! | `spans`, an object of lists | spaCy (`Doc.to_json`) |
//! | `spans`, a list | Prodigy, Argilla, Hugging Face |
//! | `ents` | spaCy (`Doc.to_json`) |
//! | `entities` | doccano with relations; spaCy 2 behind a text |
//! | `label`, `labels`, `column_label` | doccano: `[start, end, label]` |
//!
//! A span is a list of start, end and label, or an object with `start` or `start_offset`, `end` or `end_offset`, and `label`. What is a
//! word where spans are, or in `cats` or `accept`, is a label of the document; so is `meta`, which has what else is said in the line as
//! attributes. What else is said of a span is attributes of it, as is the name of its group unless it is spaCy's usual one. What an
//! annotator of Prodigy did not accept is not taken, nor is what is said of tokens and sentences; both are told.

mod left;
mod relations;

use serde::de::IgnoredAny;
use serde_json::{Map, Value as Json};

use super::aside::Aside;
use super::contents::{begins, content, each_line, has};
use super::names::untagged;
use super::{Aim, Draft, Files, Item, Refusal, Spot, Stated, Unit, Unreadable};

/// Reads each line of each file; `unit` is what offsets count in lines that do not say it.
pub(super) fn read(files: &dyn Files, unit: Unit, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    for file in files.names() {
        let content = content(files, &file)?;
        let content = content.strip_prefix('\u{feff}').unwrap_or(&content);
        // A file may as well be one list of what others have a line for.
        let list: Option<Vec<Json>> =
            if content.trim_start().starts_with('[') { serde_json::from_str(content).ok() } else { None };
        if let Some(list) = list.filter(|own| is_list(own)) {
            let are_several = list.len() > 1;
            for (number, row) in (1..).zip(&list) {
                visit(draft(
                    row,
                    &Spot::new(&file, 0).part(format!("entry {number}")),
                    &name(&file, number, are_several),
                    unit,
                ));
            }
            continue;
        }
        let lines: Vec<(usize, &str)> =
            (1..).zip(content.split('\n')).filter(|(_, line)| !line.trim().is_empty()).collect();
        let is_line = lines.first().is_none_or(|(_, line)| serde_json::from_str::<IgnoredAny>(line).is_ok());
        if let Some(rows) = if is_line { None } else { objects(content) } {
            // Where several stand on a line, the lines tell nothing apart.
            let is_crowded = rows.windows(2).any(|own| own[0].0 == own[1].0);
            for (number, (line, row)) in (1..).zip(&rows) {
                let name = name(&file, if is_crowded { number } else { *line }, rows.len() > 1);
                visit(draft(row, &Spot::new(&file, *line), &name, unit));
            }
            continue;
        }
        let read = |line: &[u8], spot: &Spot| {
            let row: Json = serde_json::from_slice(line).map_err(|error| format!("this line is no JSON: {error}"))?;
            Ok(draft(&row, spot, &name(&file, spot.line, lines.len() > 1), unit))
        };
        each_line(&file, content.as_bytes(), &read, visit)?;
    }
    Ok(())
}

/// Whether `list` has an entry for each text, and is not itself a text with what is said of it.
fn is_list(list: &[Json]) -> bool {
    list.first().is_none_or(|own| !own.is_string()) || list.iter().any(|own| text_of(own).is_some())
}

/// The values in `content`, each with its line, where they are not one a line; none when something else is among them.
fn objects(content: &str) -> Option<Vec<(usize, Json)>> {
    let mut rows = Vec::new();
    let mut stream = serde_json::Deserializer::from_str(content).into_iter();
    let (mut line, mut at) = (1, 0);
    loop {
        let rest = content.get(stream.byte_offset()..)?;
        let start = content.len() - rest.trim_start().len();
        line += memchr::memchr_iter(b'\n', content.get(at..start)?.as_bytes()).count();
        at = start;
        match stream.next() {
            Some(Ok(row)) => rows.push((line, row)),
            Some(Err(_)) => return None,
            None => return Some(rows),
        }
    }
}

/// The name of the document that stands on a line of `file`.
fn name(file: &str, number: usize, are_several: bool) -> String {
    let stem = file.split('.').next().unwrap_or(file);
    if are_several { format!("{stem}-{number:04}.txt") } else { format!("{stem}.txt") }
}

fn text_of(row: &Json) -> Option<&str> {
    let text = row
        .get("text")
        .or_else(|| row.get("column_data"))
        .or_else(|| row.get("data").and_then(|data| data.get("text").or(Some(data))));
    text.or_else(|| row.get(0)).and_then(Json::as_str)
}

/// Whether JSON that begins with `head` has a text with spans as spaCy writes it: `Doc.to_json()`, or `[text, {"entities": …}]`.
pub(super) fn is_of_spacy(head: &[u8]) -> bool {
    let has = |words: &str| has(head, words);
    has("\"tokens\":[{\"id\":")
        || has("\"text\":") && (has("\"ents\":[") || has("\"spans\":{"))
        || begins(head, "[") && has("\",{\"entities\":[")
}

/// The same of Prodigy: it has an answer, or a list of spans as objects, as others write it too.
pub(super) fn is_of_prodigy(head: &[u8]) -> bool {
    let is_span =
        || ["\"text\":\"", "\"spans\":[{", "\"start\":", "\"end\":", "\"label\":"].iter().all(|own| has(head, own));
    has(head, "\"answer\":") || begins(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head), "{") && is_span()
}

/// The same of doccano, in the ways it had; it numbers no annotations and has no results, as Label Studio does.
pub(super) fn is_of_doccano(head: &[u8]) -> bool {
    const SPANS: [&str; 5] = ["\"label\":[[", "\"label\":[\"", "\"labels\":[[", "\"labels\":[\"", "\"entities\":[["];
    let has = |words: &str| has(head, words);
    let is_of_label_studio = || has("\"annotation_id\"") || has("\"result\":[");
    has("\"start_offset\"")
        || has("\"column_data\"")
        || (has("\"text\":\"") || has("\"data\":\"")) && SPANS.into_iter().any(has) && !is_of_label_studio()
}

fn draft(row: &Json, spot: &Spot, name: &str, unit: Unit) -> Draft {
    let text = text_of(row).map(str::to_owned);
    let row = said(row);
    let aside = aside(row);
    let mut refusals: Vec<Refusal> = Vec::new();
    let mut items = Vec::new();
    let textless = text.is_none().then(|| spot.refuse("expected a text"));
    let answer = row.get("answer").and_then(Json::as_str).filter(|answer| *answer != "accept");
    if let Some(answer) = answer {
        refusals.push(spot.refuse(format!("its annotator did not accept it ({answer}): only the text is taken")));
        let document = Some(name.to_owned());
        return Draft { document, text, textless, unit: Some(unit), refusals, ..Draft::default() };
    }
    for (number, (group, span)) in (1..).zip(spans(row)) {
        match item(span, spot) {
            Ok(mut item) => {
                let group = group.map(|own| ("group".to_owned(), Stated::Words(own.to_owned())));
                item.attributes.extend(group);
                items.push(item);
            }
            Err(reason) => refusals.push(spot.refuse(format!("span {number}: {reason}"))),
        }
    }
    let left = left::of(row);
    refusals.extend(left.annotated.into_iter().map(|reason| spot.refuse(reason)));
    let remarks = left.others.into_iter().map(|reason| spot.refuse(reason)).collect();
    let mut draft = Draft {
        document: Some(name.to_owned()),
        text,
        textless,
        unit: Some(unit),
        refusals,
        remarks,
        rival: Some(Unit::CodePoints).filter(|own| *own != unit),
        annotator: left::ANNOTATORS.into_iter().find_map(|key| row.get(key)?.as_str()).map(str::to_owned),
        ..Draft::default()
    };
    let count = items.len();
    if aside.as_ref().is_some_and(|own| own.spans.len() != count) {
        let told = "its spans are no longer those that tribune wrote: what it wrote beside them is not taken";
        draft.refusals.push(spot.refuse(told));
    }
    if let Some(aside) = aside.filter(|own| own.spans.len() == count) {
        draft.rival = draft.rival.filter(|_| aside.unit().is_none());
        draft.unit = aside.unit().or(draft.unit);
        draft.items = aside.items(items, spot);
        draft.document = Some(aside.document);
        draft.annotator = Some(aside.annotator);
    } else {
        draft.items = with_rest(row, items, spot, &mut draft.refusals);
    }
    draft
}

/// The `spans` of a row that is not ours, with its relations and the labels of the text as a whole.
fn with_rest(row: &Json, mut spans: Vec<Item>, spot: &Spot, refusals: &mut Vec<Refusal>) -> Vec<Item> {
    if row.get("relations").is_some() {
        for (number, item) in spans.iter_mut().enumerate().filter(|(_, own)| own.id.is_empty()) {
            item.id = format!("@{number}");
        }
    }
    for (number, relation) in (1..).zip(relations::relations(row, &spans, spot)) {
        match relation {
            Some(item) => spans.push(item),
            None => refusals.push(spot.refuse(format!("relation {number}: expected two of the spans"))),
        }
    }
    spans.extend(labels(row, spot));
    spans
}

/// What we wrote beside the spans, wherever the format lets one.
fn aside(row: &Json) -> Option<Aside> {
    let places = [row.get("tribune"), row.get("meta").and_then(|own| own.get("tribune"))];
    places.into_iter().flatten().find_map(|own| serde_json::from_value(own.clone()).ok())
}

/// The spans, each with the name of its group, if it has one that says something.
fn spans(row: &Json) -> Vec<(Option<&str>, &Json)> {
    let keys = ["spans", "entities", "ents", "annotations"];
    let spans = keys.into_iter().filter_map(|key| row.get(key)).flat_map(listed);
    // Where labels of the document may stand too, they are words.
    let among = ["label", "labels", "column_label"].into_iter().filter_map(|key| row.get(key)?.as_array()).flatten();
    spans.chain(among.filter(|own| !own.is_string()).map(|own| (None, own))).collect()
}

/// What a line says beside its text, which stands before that in pairs for training.
fn said(row: &Json) -> &Json {
    if row.is_array() { row.get(1).unwrap_or(row) } else { row }
}

/// What spaCy calls a group of spans unless told otherwise.
const USUAL: &str = "sc";

/// The spans in a list, or in a group of lists.
fn listed<'a>(spans: &'a Json) -> Vec<(Option<&'a str>, &'a Json)> {
    match spans {
        Json::Array(list) => list.iter().map(|own| (None, own)).collect(),
        Json::Object(groups) => {
            let within = |(name, group): (&'a String, &'a Json)| {
                let name = Some(name.as_str()).filter(|own| *own != USUAL);
                listed(group).into_iter().map(move |(_, own)| (name, own))
            };
            groups.iter().flat_map(within).collect()
        }
        Json::Null => Vec::new(),
        other => vec![(None, other)],
    }
}

fn item(span: &Json, spot: &Spot) -> Result<Item, String> {
    let number = |value: Option<&Json>| value.and_then(Json::as_u64).and_then(|own| usize::try_from(own).ok());
    let (start, end, label) = match span {
        Json::Array(parts) => (number(parts.first()), number(parts.get(1)), parts.get(2)),
        Json::Object(own) => (
            number(own.get("start").or_else(|| own.get("start_offset"))),
            number(own.get("end").or_else(|| own.get("end_offset"))),
            own.get("label").or_else(|| own.get("type")),
        ),
        _ => return Err("expected an object or a list".to_owned()),
    };
    let (Some(start), Some(end)) = (start, end) else { return Err("expected a start and an end".to_owned()) };
    let label = match label {
        Some(Json::String(label)) if !label.is_empty() => label.clone(),
        // Old files of doccano have the number of the label in its project.
        Some(Json::Number(number)) => format!("label-{number}"),
        _ => return Err("expected a label".to_owned()),
    };
    let (layer, label) = untagged(&label);
    let value = span.get("value").and_then(Json::as_str).map(str::to_owned);
    let words = span.get("text").or_else(|| span.get("quote")).and_then(Json::as_str);
    Ok(Item {
        spot: spot.clone(),
        id: id(span.get("id")),
        layer: Some(layer),
        label: label.or(value),
        target: Aim::Text {
            pieces: std::iter::once(start..end).collect(),
            words: words.into_iter().map(str::to_owned).collect(),
            apart: None,
        },
        attributes: match span {
            Json::Object(own) => attributes(own),
            own => {
                let more = own.as_array().and_then(|parts| parts.get(3..)).unwrap_or_default();
                attribute((&"more".to_owned(), &Json::from(more))).into_iter().collect()
            }
        },
        note: span.get("note").and_then(Json::as_str).map(str::to_owned),
        origin: None,
    })
}

fn id(value: Option<&Json>) -> String {
    match value {
        Some(Json::String(words)) => words.clone(),
        Some(Json::Number(number)) => format!("#{number}"),
        _ => String::new(),
    }
}

/// What an object says of a span beyond where it is and what it is called.
fn attributes(span: &Map<String, Json>) -> Vec<(String, Stated)> {
    let is_taken = |key: &str, value: &Json| match key {
        "start" | "end" | "start_offset" | "end_offset" | "token_start" | "token_end" | "label" => true,
        "type" => !span.contains_key("label"),
        "quote" => value.is_string() && !span.contains_key("text"),
        "value" | "text" | "note" => value.is_string(),
        "id" => value.is_number(),
        _ => false,
    };
    span.iter().filter(|(key, value)| !is_taken(key, value)).filter_map(attribute).collect()
}

/// The attribute that says `value`; none if that is nothing. A list or an object stays as it is written.
fn attribute((key, value): (&String, &Json)) -> Option<(String, Stated)> {
    let stated = match value {
        Json::Bool(flag) => Stated::Flag(*flag),
        Json::String(words) => Stated::Words(words.clone()),
        Json::Null => return None,
        Json::Array(list) if list.is_empty() => return None,
        Json::Object(members) if members.is_empty() => return None,
        Json::Number(_) | Json::Array(_) | Json::Object(_) => Stated::Words(value.to_string()),
    };
    (stated != Stated::Words(String::new())).then(|| (key.clone(), stated))
}

/// Labels of the document, and what else the line says.
fn labels(row: &Json, spot: &Spot) -> Vec<Item> {
    const LABELS: [&str; 5] = ["label", "labels", "column_label", "cats", "accept"];
    const KNOWN: [&str; 12] = [
        "text",
        "annotations",
        "column_data",
        "spans",
        "entities",
        "ents",
        "sents",
        "relations",
        "tokens",
        "answer",
        "meta",
        "tribune",
    ];
    let Some(row) = row.as_object() else { return Vec::new() };
    let listed = LABELS.iter().filter_map(|key| row.get(*key)).flat_map(|own| match own {
        Json::Array(list) => list.as_slice(),
        own => std::slice::from_ref(own),
    });
    let words = listed.filter_map(|own| own.as_str().or_else(|| option(row, own))).filter(|own| !own.is_empty());
    let mut items: Vec<Item> = words
        .map(|own| {
            let (layer, label) = untagged(own);
            Item { spot: spot.clone(), layer: Some(layer), label, ..Item::default() }
        })
        .collect();
    let has_text = row.contains_key("text") || row.contains_key("column_data");
    let is_else = |key: &str, value: &Json| {
        !key.starts_with('_')
            && !KNOWN.contains(&key)
            && match key {
                "cats" => !value.is_string() && !value.as_array().is_some_and(|list| list.iter().all(Json::is_string)),
                "annotator" => !value.is_string(),
                "data" => !value.is_object() && has_text,
                key => !LABELS.contains(&key) || !(value.is_array() || value.is_string()),
            }
    };
    // spaCy keeps extensions of the document under `_`.
    let beside = ["meta", "_"].into_iter().filter_map(|key| row.get(key)?.as_object()).flatten();
    let data = row.get("data").and_then(Json::as_object).into_iter().flatten();
    let data = data.filter(|(key, _)| has_text || key.as_str() != "text");
    let own = row.iter().filter(|(key, value)| is_else(key, value));
    let attributes = own.chain(beside).chain(data).filter_map(attribute);
    let attributes: Vec<_> = attributes.collect();
    if !attributes.is_empty() {
        items.push(Item { spot: spot.clone(), layer: Some("meta".to_owned()), attributes, ..Item::default() });
    }
    items
}

/// The words of the option of Prodigy that has this number.
fn option<'a>(row: &'a Map<String, Json>, number: &Json) -> Option<&'a str> {
    let options = row.get("options").and_then(Json::as_array).filter(|_| number.is_number())?;
    options.iter().find(|own| own.get("id") == Some(number))?.get("text")?.as_str()
}
