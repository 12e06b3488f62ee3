//! GATE: `speech.bdocjs`, a document as gatenlp (`Document.load`) and the Format Bdoc plugin of GATE have it.
//!
//! An annotation set for each annotator; the type of an annotation is the layer, `value` among its features the label, `id` our name
//! for it, which its fragments share. `offset_type` says what offsets count: `p` code points, `j` UTF-16 units, as Java does. What
//! annotations have no place for is in `tribune` among the features of the document, an object for each annotator.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::aside::{Aside, Piece};
use super::contents::{content, has};
use super::names::untagged;
use super::{
    Aim, Draft, Exporter, Files, Format, Item, Losses, Ruler, Shape, Shipped, Sink, Source, Spot, Stated, Unit,
    Unreadable,
};

/// The format.
pub const FORMAT: Format = Format {
    name: "bdocjs",
    aliases: &["gate"],
    about: "Documents for GATE and gatenlp, an annotation set per annotator; a directory",
    shape: Shape::Directory,
    units: &[Unit::CodePoints, Unit::Utf16],
    start: |plan| Box::new(Documents { unit: plan.unit, open: None }),
    read: Some(read),
    sniff: |name, head| {
        name.ends_with(".bdocjs") || (has(head, "\"annotation_sets\":") && has(head, "\"offset_type\":"))
    },
};

#[derive(Serialize, Deserialize)]
struct Document {
    annotation_sets: BTreeMap<String, Set>,
    text: String,
    #[serde(default)]
    features: Map<String, Json>,
    offset_type: String,
    #[serde(default)]
    name: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Set {
    name: String,
    next_annid: usize,
    annotations: Vec<Row>,
}

#[derive(Serialize, Deserialize)]
struct Row {
    #[serde(rename = "type")]
    kind: String,
    start: usize,
    end: usize,
    id: usize,
    #[serde(default)]
    features: Map<String, Json>,
}

/// The feature of the document that holds an [`Aside`] for each annotator.
const ASIDE: &str = "tribune";
/// Names of features that no attribute may have; there it is only in the [`Aside`].
const TAKEN: [&str; 3] = ["value", "id", "note"];

/// Documents being written; one is open until the next begins.
struct Documents {
    unit: Unit,
    open: Option<(String, Document)>,
}

impl Exporter for Documents {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let id = source.document.id.as_str();
        let shipped = Shipped::reported(&source.document.text, losses);
        let (aside, pieces) = Aside::of(source, &shipped, self.unit, false, losses);
        if self.open.as_ref().is_none_or(|(own, _)| own != id) {
            self.close(sink)?;
            let document = Document {
                annotation_sets: BTreeMap::new(),
                text: shipped.text().as_str().to_owned(),
                features: Map::from_iter([(ASIDE.to_owned(), Json::Array(Vec::new()))]),
                offset_type: if self.unit == Unit::Utf16 { "j" } else { "p" }.to_owned(),
                name: Some(id.to_owned()),
            };
            self.open = Some((id.to_owned(), document));
        }
        let Some((_, document)) = &mut self.open else { return Ok(()) };
        let ruler = Ruler::new(self.unit, shipped.text());
        let rows: Vec<Row> = (0..).zip(&pieces).map(|(id, own)| row(id, own, source, &aside, &ruler)).collect();
        let set = Set { name: source.annotator.to_owned(), next_annid: rows.len(), annotations: rows };
        document.annotation_sets.insert(source.annotator.to_owned(), set);
        if let Some(Json::Array(asides)) = document.features.get_mut(ASIDE) {
            asides.push(serde_json::to_value(&aside)?);
        }
        Ok(())
    }

    fn finish(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        self.close(sink)
    }
}

impl Documents {
    /// Writes the document that is open.
    fn close(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        let Some((id, document)) = self.open.take() else { return Ok(()) };
        let out = sink.file(&format!("{}.bdocjs", id.strip_suffix(".txt").unwrap_or(&id)))?;
        serde_json::to_writer(&mut *out, &document)?;
        out.write_all(b"\n")
    }
}

fn row(id: usize, own: &Piece, source: &Source<'_>, aside: &Aside, ruler: &Ruler<'_>) -> Row {
    let (kind, value) = untagged(&own.tag);
    let handle = source.handle(own.id);
    let said = aside.annotations.get(&handle);
    let is_free = |(name, _): &(&String, &String)| !TAKEN.contains(&name.as_str());
    let attributes = said.into_iter().flat_map(|own| &own.attributes).filter(is_free);
    let attributes = attributes.map(|(name, words)| (name.clone(), words.clone()));
    let note = said.and_then(|own| own.note.clone()).map(|note| ("note".to_owned(), note));
    let named = value.map(|value| ("value".to_owned(), value)).into_iter().chain([("id".to_owned(), handle)]);
    let features = attributes.chain(note).chain(named).map(|(name, words)| (name, Json::String(words))).collect();
    let range = ruler.range(own.span);
    Row { kind, start: range.start, end: range.end, id, features }
}

/// Reads each document; a draft for each set of its annotations.
fn read(files: &dyn Files, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    let names = files.names();
    for name in names.iter().filter(|name| names.len() == 1 || name.ends_with(".bdocjs")) {
        let spot = Spot::new(name, 0);
        let document: Document = serde_json::from_str(&content(files, name)?)
            .map_err(|error| Unreadable::Content(spot.clone(), format!("this is no bdoc document: {error}")))?;
        let asides = document.features.get(ASIDE).cloned().unwrap_or_default();
        let asides: Vec<Aside> = serde_json::from_value(asides).unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
        let unit = if document.offset_type == "j" { Unit::Utf16 } else { Unit::CodePoints };
        for set in document.annotation_sets.values() {
            let aside = asides.iter().find(|own| own.annotator == set.name && own.spans.len() == set.annotations.len());
            let items: Vec<Item> = set.annotations.iter().map(|own| item(own, &spot)).collect();
            visit(Draft {
                document: Some(aside.map_or_else(|| format!("{stem}.txt"), |own| own.document.clone())),
                annotator: Some(set.name.clone()).filter(|own| !own.is_empty()),
                text: Some(document.text.clone()),
                unit: Some(unit),
                items: aside.map_or_else(|| items.clone(), |own| own.items(items.clone(), &spot)),
                ..Draft::default()
            });
        }
    }
    Ok(())
}

fn item(own: &Row, spot: &Spot) -> Item {
    let stated = |value: &Json| match value {
        Json::String(words) if !words.is_empty() => Some(Stated::Words(words.clone())),
        Json::Bool(flag) => Some(Stated::Flag(*flag)),
        Json::Number(number) => Some(Stated::Words(number.to_string())),
        _ => None,
    };
    let words = |name: &str| own.features.get(name).and_then(Json::as_str).map(str::to_owned);
    let others = own.features.iter().filter(|(name, _)| !TAKEN.contains(&name.as_str()));
    Item {
        spot: spot.clone(),
        id: format!("#{}", own.id),
        layer: Some(own.kind.clone()),
        label: words("value"),
        target: Aim::Text { pieces: std::iter::once(own.start..own.end).collect(), words: Vec::new(), apart: None },
        attributes: others.filter_map(|(name, value)| Some((name.clone(), stated(value)?))).collect(),
        note: words("note"),
        origin: None,
    }
}

#[cfg(test)]
mod tests {
    use super::{FORMAT, Unit};
    use crate::annotation::Origin;
    use crate::exchange::tests::{law, read};
    use crate::exchange::{Memory, settle};
    use crate::schema::AttributeId;
    use crate::text::Text;

    #[test]
    fn what_gate_wrote_in_utf_16_units_is_read() {
        let content = r#"{"annotation_sets": {"": {"name": "", "annotations": [{"type": "Token", "start": 3, "end": 9, "id": 7,
            "features": {"kind": "word", "length": 6}}], "next_annid": 8}}, "text": "👍 Замок", "features": {}, "offset_type": "j",
            "name": ""}"#;
        let content = content.replace("Замок", "За\u{301}мок");
        let files = Memory([("a/б.bdocjs".to_owned(), content.into_bytes())].into());
        let draft = read(&FORMAT, &files).remove(0);
        assert_eq!((draft.document.as_deref(), draft.annotator.as_deref()), (Some("a/б.txt"), None));
        let text = Text::new(draft.text.clone().unwrap()).unwrap();
        let settled = settle(draft, &text, None, &Origin::Manual);
        let own = settled.statement.set.iter().next().unwrap();
        assert_eq!((settled.unit, text.slice(own.fragments().unwrap().hull())), (Unit::Utf16, "За\u{301}мок"));
        assert_eq!(own.attributes.keys().map(AttributeId::as_str).collect::<Vec<_>>(), ["kind", "length"]);
    }

    #[test]
    fn what_is_written_is_read_back_minus_what_was_told() {
        law(&FORMAT);
    }
}
