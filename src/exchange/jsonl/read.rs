//! Reading the lines that `write` writes.

use serde::Deserialize;
use serde_json::Value as Json;

use super::VERSION;
use crate::annotation::{Origin, Speaker, SpeakerId, Status};
use crate::exchange::contents::{begins, each_line};
use crate::exchange::names::cleaned;
use crate::exchange::{Aim, Draft, Files, Item, Spot, Stated, Unit, Unreadable};

/// A line, with annotations that are each an `A`.
#[derive(Deserialize)]
struct Row<A> {
    format: String,
    version: u32,
    id: String,
    annotator: String,
    status: String,
    text: String,
    speakers: Vec<SpeakerRow>,
    annotations: Vec<A>,
}

#[derive(Deserialize)]
struct SpeakerRow {
    id: u32,
    name: String,
    role: Option<String>,
    aliases: Vec<String>,
}

#[derive(Deserialize)]
struct AnnotationRow {
    id: u32,
    layer: String,
    label: String,
    target: String,
    fragments: Vec<FragmentRow>,
    relation: Option<RelationRow>,
    attributes: Vec<AttributeRow>,
    note: Option<String>,
    origin: OriginRow,
}

#[derive(Deserialize)]
struct FragmentRow {
    start: usize,
    end: usize,
    quote: String,
}

#[derive(Deserialize)]
struct RelationRow {
    from: u32,
    to: u32,
}

#[derive(Deserialize)]
struct AttributeRow {
    name: String,
    kind: String,
    value: Scalar,
    speaker_id: Option<u32>,
}

/// We write words; who makes lines by script writes what JSON has.
#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Words(String),
    Flag(bool),
    Number(serde_json::Number),
}

#[derive(Deserialize)]
struct OriginRow {
    kind: String,
    from: Vec<String>,
    score: Option<f64>,
}

/// Whether a file that begins with `head` is one of these.
pub(super) fn sniff(_: &str, head: &[u8]) -> bool {
    begins(head, "{\"format\":\"tribune\",")
}

/// Reads each line of each file.
pub(super) fn read(files: &dyn Files, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    for file in files.names() {
        let bytes = files.read(&file).map_err(|error| Unreadable::Io(file.clone(), error))?;
        let read = |line: &[u8], spot: &Spot| {
            if let Ok(row) = serde_json::from_slice::<Row<AnnotationRow>>(line) {
                return draft(row, spot, Ok);
            }
            // Where one annotation is none of ours, the others are.
            let row: Row<Json> =
                serde_json::from_slice(line).map_err(|error| format!("this is no line of ours: {error}"))?;
            draft(row, spot, |own| {
                AnnotationRow::deserialize(&own).map_err(|error| format!("annotation {}: {error}", own["id"]))
            })
        };
        each_line(&file, &bytes, &read, visit)?;
    }
    Ok(())
}

/// The draft of a line, of whose annotations `read` makes ours.
fn draft<A>(row: Row<A>, spot: &Spot, read: fn(A) -> Result<AnnotationRow, String>) -> Result<Draft, String> {
    if row.format != "tribune" || row.version > VERSION {
        return Err(format!("expected tribune, version {VERSION}, found {}, {}", row.format, row.version));
    }
    let mut refusals = Vec::new();
    let items = row.annotations.into_iter().map(|own| {
        let own = read(own)?;
        let name = own.id;
        item(own, spot).map_err(|reason| format!("annotation {name}: {reason}"))
    });
    let items: Vec<Item> =
        items.filter_map(|own| own.map_err(|reason| refusals.push(spot.refuse(reason))).ok()).collect();
    let renamed = items.iter().flat_map(|own| own.attributes.iter().map(move |(name, _)| (own, name, cleaned(name))));
    let renamed = renamed.filter(|(_, name, id)| *name != id);
    let remarks = renamed.map(|(own, name, id)| spot.refuse(format!("annotation {}: «{name}» is {id} here", own.id)));
    let remarks = remarks.collect();
    let speaker =
        |own: SpeakerRow| Speaker { id: SpeakerId(own.id), name: own.name, role: own.role, aliases: own.aliases };
    Ok(Draft {
        document: Some(row.id),
        annotator: Some(row.annotator),
        text: Some(row.text),
        unit: Some(Unit::CodePoints),
        is_exact: true,
        status: if row.status == "done" { Status::Done } else { Status::Open },
        speakers: row.speakers.into_iter().map(speaker).collect(),
        items,
        refusals,
        remarks,
        ..Draft::default()
    })
}

fn item(row: AnnotationRow, spot: &Spot) -> Result<Item, String> {
    let target = match (row.target.as_str(), row.relation) {
        ("text", _) => Aim::Text {
            words: row.fragments.iter().map(|own| own.quote.clone()).collect(),
            pieces: row.fragments.iter().map(|own| own.start..own.end).collect(),
            apart: None,
        },
        ("relation", Some(RelationRow { from, to })) => Aim::Relation { from: from.to_string(), to: to.to_string() },
        ("document", _) => Aim::Document,
        (other, _) => return Err(format!("expected a target of text, relation or document, found {other}")),
    };
    Ok(Item {
        spot: spot.clone(),
        id: row.id.to_string(),
        layer: Some(row.layer),
        label: Some(row.label),
        target,
        attributes: row.attributes.into_iter().map(attribute).collect::<Result<_, _>>()?,
        note: row.note,
        origin: Some(Origin::of_parts(&row.origin.kind, row.origin.from, row.origin.score)?),
    })
}

fn attribute(row: AttributeRow) -> Result<(String, Stated), String> {
    let words = match row.value {
        Scalar::Words(words) => words,
        Scalar::Flag(flag) => flag.to_string(),
        Scalar::Number(number) => number.to_string(),
    };
    let value = match (row.kind.as_str(), row.speaker_id) {
        ("speaker", Some(id)) => Stated::Number(id),
        ("speaker", None) => Stated::Speaker(words),
        ("choice", _) => Stated::Choice(words),
        ("flag", _) => match words.as_str() {
            "true" => Stated::Flag(true),
            "false" => Stated::Flag(false),
            _ => return Err(format!("{}: expected true or false, found {words}", row.name)),
        },
        _ => Stated::Text(words),
    };
    Ok((row.name, value))
}
