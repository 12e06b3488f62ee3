//! Reading the lines.

use std::collections::BTreeMap;

use super::{FORMAT, Line, Name, Said};
use crate::annotation::{Origin, Speaker, SpeakerId, Status};
use crate::exchange::contents::{alike, content, each_line};
use crate::exchange::tidy::parts;
use crate::exchange::{Aim, Draft, Files, Item, Spot, Stated, Unit, Unreadable};

/// Reads each line of each file of lines.
pub(super) fn read(files: &dyn Files, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    for name in &alike(files, &[".jsonl"], FORMAT.sniff) {
        let read = |line: &[u8], spot: &Spot| {
            let line = serde_json::from_slice(line);
            let line = line.map_err(|error| format!("this is no line of a data set of ours: {error}"))?;
            Ok(draft(line, spot))
        };
        each_line(name, content(files, name)?.as_bytes(), &read, visit)?;
    }
    Ok(())
}

fn draft(line: Line, spot: &Spot) -> Draft {
    let mut items: Vec<Item> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut refusals = Vec::new();
    let mut take = |name: Name, said: Said, target: Aim| {
        let begun = places.get(&name.id).and_then(|place| items.get_mut(*place)).map(|own| &mut own.target);
        if let (Some(Aim::Text { pieces, words, .. }), Aim::Text { pieces: more, words: more_words, .. }) =
            (begun, &target)
        {
            pieces.extend_from_slice(more);
            words.extend_from_slice(more_words);
            return;
        }
        match item(name, said, target, spot) {
            Ok(item) => {
                places.insert(item.id.clone(), items.len());
                items.push(item);
            }
            Err(reason) => refusals.push(spot.refuse(reason)),
        }
    };
    for own in line.spans {
        let pieces = std::iter::once(own.start..own.end).collect();
        take(own.name, own.said, Aim::Text { pieces, words: vec![own.text], apart: None });
    }
    for own in line.relations {
        take(own.name, own.said, Aim::Relation { from: own.from, to: own.to });
    }
    for own in line.labels {
        take(own.name, own.said, Aim::Document);
    }
    let speakers = line.speakers.into_iter().map(|own| Speaker {
        id: SpeakerId(own.id),
        name: own.name,
        role: own.role,
        aliases: parts(&own.aliases.unwrap_or_default()).map(str::to_owned).collect(),
    });
    Draft {
        document: Some(line.file),
        annotator: Some(line.annotator),
        text: Some(line.text),
        unit: Some(Unit::CodePoints),
        status: if line.status == "done" { Status::Done } else { Status::Open },
        speakers: speakers.collect(),
        items,
        refusals,
        ..Draft::default()
    }
}

fn item(name: Name, said: Said, target: Aim, spot: &Spot) -> Result<Item, String> {
    let from = said.origin_from.unwrap_or_default();
    let origin = said.origin.map(|kind| Origin::of_parts(&kind, parts(&from).map(str::to_owned), said.score));
    Ok(Item {
        spot: spot.clone(),
        id: name.id,
        layer: Some(name.label),
        label: name.value,
        target,
        attributes: said.attributes.into_iter().map(|own| (own.name, Stated::Words(own.value))).collect(),
        note: said.note,
        origin: origin.transpose()?,
    })
}
