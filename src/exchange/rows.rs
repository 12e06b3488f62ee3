//! Reading lines of JSON that hold a text with spans: spaCy, Prodigy, doccano, and what others make of them.
//!
//! | where spans are | who has them there |
//! |---|---|
//! | `spans`, an object of lists | spaCy (`Doc.to_json`) |
//! | `spans`, a list | Prodigy, Argilla, Hugging Face |
//! | `ents` | spaCy |
//! | `entities` | doccano with relations; spaCy 2 behind a text |
//! | `label`, `labels` | doccano: `[start, end, label]` |
//!
//! A span is a list of start, end and label, or an object with `start` or `start_offset`, `end` or `end_offset`, and `label`.

use serde::de::IgnoredAny;
use serde_json::{Map, Value as Json};

use super::aside::Aside;
use super::contents::content;
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
        let is_list = list.as_ref().is_some_and(|list| list.iter().all(|own| text_of(own).is_some()));
        if let Some(list) = list.filter(|_| is_list) {
            let are_several = list.len() > 1;
            for (number, row) in (1..).zip(&list) {
                visit(draft(
                    row,
                    &Spot::new(&format!("{file}, entry {number}"), 0),
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
            for (number, row) in &rows {
                visit(draft(row, &Spot::new(&file, *number), &name(&file, *number, rows.len() > 1), unit));
            }
            continue;
        }
        for (number, line) in &lines {
            let spot = Spot::new(&file, *number);
            let row: Json = serde_json::from_str(line)
                .map_err(|error| Unreadable::Content(spot.clone(), format!("this line is no JSON: {error}")))?;
            visit(draft(&row, &spot, &name(&file, *number, lines.len() > 1), unit));
        }
    }
    Ok(())
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
    let text = row.get("text").or_else(|| row.get("data").and_then(|data| data.get("text").or(Some(data))));
    text.or_else(|| row.get(0)).and_then(Json::as_str)
}

fn draft(row: &Json, spot: &Spot, name: &str, unit: Unit) -> Draft {
    let aside = aside(row);
    let mut refusals: Vec<Refusal> = Vec::new();
    let mut items = Vec::new();
    let text = text_of(row).map(str::to_owned);
    if text.is_none() {
        refusals.push(spot.refuse("expected a text"));
    }
    for (number, span) in (1..).zip(spans(row)) {
        match item(span, spot) {
            Ok(item) => items.push(item),
            Err(reason) => refusals.push(spot.refuse(format!("span {number}: {reason}"))),
        }
    }
    let mut draft = Draft {
        document: Some(name.to_owned()),
        text,
        unit: Some(unit),
        refusals,
        annotator: row.get("_annotator_id").or_else(|| row.get("annotator")).and_then(Json::as_str).map(str::to_owned),
        ..Draft::default()
    };
    if let Some(aside) = aside {
        draft.unit = aside.unit().or(draft.unit);
        draft.items = aside.items(items, spot);
        draft.document = Some(aside.document);
        draft.annotator = Some(aside.annotator);
    } else {
        items.extend(relations(row, &items, spot));
        draft.items = items;
    }
    draft
}

/// What we wrote beside the spans, wherever the format lets one.
fn aside(row: &Json) -> Option<Aside> {
    let places = [row.get("tribune"), row.get("meta").and_then(|own| own.get("tribune"))];
    places.into_iter().flatten().find_map(|own| serde_json::from_value(own.clone()).ok())
}

fn spans(row: &Json) -> Vec<&Json> {
    let row = if row.is_array() { row.get(1).unwrap_or(row) } else { row };
    let found = ["spans", "entities", "ents", "label", "labels"].into_iter().filter_map(|key| row.get(key));
    let mut lists = found.filter(|own| own.is_array() || own.is_object());
    match lists.next() {
        Some(Json::Array(list)) => list.iter().collect(),
        Some(Json::Object(groups)) => groups.values().filter_map(Json::as_array).flatten().collect(),
        _ => Vec::new(),
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
    let label = label.and_then(Json::as_str).filter(|own| !own.is_empty()).ok_or("expected a label")?;
    let (layer, label) = untagged(label);
    let value = span.get("value").and_then(Json::as_str).map(str::to_owned);
    let words = span.get("text").or_else(|| span.get("quote")).and_then(Json::as_str);
    Ok(Item {
        spot: spot.clone(),
        id: id(span.get("id").or_else(|| span.get("kb_id"))),
        layer: Some(layer),
        label: label.or(value),
        target: Aim::Text {
            pieces: std::iter::once(start..end).collect(),
            words: words.into_iter().map(str::to_owned).collect(),
            apart: None,
        },
        attributes: span.as_object().map(attributes).unwrap_or_default(),
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

/// What an object says of a span that is nobody's business but its author's.
fn attributes(span: &Map<String, Json>) -> Vec<(String, Stated)> {
    const KNOWN: [&str; 17] = [
        "start",
        "end",
        "start_offset",
        "end_offset",
        "label",
        "type",
        "value",
        "text",
        "quote",
        "id",
        "kb_id",
        "note",
        "token_start",
        "token_end",
        "source",
        "pattern",
        "user",
    ];
    let unknown = span.iter().filter(|(key, _)| !KNOWN.contains(&key.as_str()));
    unknown
        .filter_map(|(key, value)| match value {
            Json::String(words) if !words.is_empty() => Some((key.clone(), Stated::Words(words.clone()))),
            Json::Bool(flag) => Some((key.clone(), Stated::Flag(*flag))),
            Json::Number(number) => Some((key.clone(), Stated::Words(number.to_string()))),
            _ => None,
        })
        .collect()
}

/// Relations as doccano has them, by the ids of spans, and as Prodigy has them, by the last token of each.
fn relations(row: &Json, items: &[Item], spot: &Spot) -> Vec<Item> {
    let spans = spans(row);
    let by_token = |token: Option<&Json>| {
        let place = spans.iter().position(|span| token.is_some() && span.get("token_end") == token)?;
        items.get(place).map(|own| own.id.clone()).filter(|own| !own.is_empty())
    };
    let by_id =
        |value: Option<&Json>| value.map(|own| id(Some(own))).filter(|own| items.iter().any(|item| item.id == *own));
    let rows = row.get("relations").and_then(Json::as_array).into_iter().flatten();
    rows.filter_map(|own| {
        let from = by_id(own.get("from_id").or_else(|| own.get("from"))).or_else(|| by_token(own.get("head")))?;
        let to = by_id(own.get("to_id").or_else(|| own.get("to"))).or_else(|| by_token(own.get("child")))?;
        let label = own.get("type").or_else(|| own.get("label")).and_then(Json::as_str).unwrap_or("relation");
        Some(Item {
            spot: spot.clone(),
            id: id(own.get("id")).replace('#', "#r"),
            label: Some(label.to_owned()),
            target: Aim::Relation { from, to },
            ..Item::default()
        })
    })
    .collect()
}
