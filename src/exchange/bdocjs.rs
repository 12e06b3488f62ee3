//! GATE: `speech.bdocjs`, a document as gatenlp (`Document.load`) and the Format Bdoc plugin of GATE have it.
//!
//! An annotation set for each annotator; the type of an annotation is the layer, `value` among its features the label, `id` our name
//! for it, which its fragments share. `offset_type` says what offsets count: `p` code points, `j` UTF-16 units, as Java does. What
//! annotations have no place for is in `tribune` among the features of the document, an object for each annotator.
//!
//! Of others' files, what else the document has for features becomes a label `meta` of it; a feature that is a list becomes words with `; `
//! between. An annotation that is none is refused by its set and its id, and keeps no other away.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::aside::{Aside, Piece};
use super::contents::{alike, content, has};
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
    beside: &[],
    units: &[Unit::CodePoints, Unit::Utf16],
    start: |plan| Box::new(Documents { unit: plan.unit, open: None }),
    read: Some(read),
    sniff: |name, head| {
        name.ends_with(".bdocjs") || (has(head, "\"annotation_sets\":") && has(head, "\"offset_type\":"))
    },
};

#[derive(Serialize)]
struct Document {
    annotation_sets: BTreeMap<String, Set>,
    text: String,
    features: Map<String, Json>,
    offset_type: &'static str,
    name: String,
}

#[derive(Serialize)]
struct Set {
    name: String,
    next_annid: usize,
    annotations: Vec<Row>,
}

/// A document as others may have it.
#[derive(Deserialize)]
struct Found {
    annotation_sets: BTreeMap<String, Json>,
    text: Option<String>,
    #[serde(default)]
    features: Map<String, Json>,
    offset_type: Option<String>,
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
                offset_type: if self.unit == Unit::Utf16 { "j" } else { "p" },
                name: id.to_owned(),
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
    for name in &alike(files, &[".bdocjs"], FORMAT.sniff) {
        let spot = Spot::new(name, 0);
        let document: Found = serde_json::from_str(&content(files, name)?)
            .map_err(|error| Unreadable::Content(spot.clone(), format!("this is no bdoc document: {error}")))?;
        document.drafts(name, &spot).into_iter().for_each(&mut *visit);
    }
    Ok(())
}

impl Found {
    /// What each set says; what is said of the document stands in the first.
    fn drafts(self, name: &str, spot: &Spot) -> Vec<Draft> {
        let Self { annotation_sets, text, mut features, offset_type } = self;
        let asides = features.remove(ASIDE).unwrap_or_default();
        let asides: Vec<Aside> = serde_json::from_value(asides).unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let (unit, fault) = match offset_type.as_deref() {
            Some("j") => (Unit::Utf16, None),
            Some("p") => (Unit::CodePoints, None),
            other => {
                (Unit::CodePoints, Some(format!("expected offset_type p or j, found {}", other.unwrap_or("none"))))
            }
        };
        let textless = text.is_none().then(|| spot.refuse("expected a text"));
        let head = Draft { text, textless, unit: Some(unit), ..Draft::default() };
        let sets = annotation_sets.into_iter().map(|(name, set)| {
            let mut draft = sayings(&name, set, &asides, spot);
            draft.document.get_or_insert_with(|| format!("{stem}.txt"));
            Draft { text: head.text.clone(), textless: head.textless.clone(), unit: head.unit, ..draft }
        });
        let mut drafts: Vec<Draft> = sets.collect();
        if drafts.is_empty() {
            drafts.push(Draft { document: Some(format!("{stem}.txt")), ..head.clone() });
        }
        let attributes: Vec<_> = features.iter().filter_map(attribute).collect();
        if !attributes.is_empty() {
            let layer = Some("meta".to_owned());
            drafts[0].items.push(Item { spot: spot.clone(), layer, attributes, ..Item::default() });
        }
        drafts[0].refusals.extend(fault.map(|reason| spot.refuse(reason)));
        drafts
    }
}

/// What the set under the key `name` says, with what we wrote beside it where it still has the annotations that we wrote.
fn sayings(name: &str, set: Json, asides: &[Aside], spot: &Spot) -> Draft {
    let mut refusals = Vec::new();
    let named = set.get("name").and_then(Json::as_str).unwrap_or(name).to_owned();
    let rows = if let Json::Object(mut set) = set { set.remove("annotations") } else { None };
    let Some(Json::Array(rows)) = rows else {
        let refusals = vec![spot.refuse(format!("set «{name}»: expected a list of annotations"))];
        return Draft { annotator: Some(named), refusals, ..Draft::default() };
    };
    let mut items = Vec::with_capacity(rows.len());
    for (number, row) in (1..).zip(rows) {
        let id = row.get("id").map_or_else(|| format!("annotation {number}"), |id| format!("id {id}"));
        let spot = spot.clone().part(format!("set «{name}», {id}"));
        match serde_json::from_value::<Row>(row) {
            Ok(row) => items.push(item(row, spot)),
            Err(error) => refusals.push(spot.refuse(format!("this is no annotation: {error}"))),
        }
    }
    let aside = asides.iter().find(|own| own.annotator == named);
    let is_same = aside.is_some_and(|own| own.spans.len() == items.len());
    if aside.is_some() && !is_same {
        let told = "its annotations are no longer those that tribune wrote: what it wrote beside them is not taken";
        refusals.push(spot.refuse(format!("set «{name}»: {told}")));
    }
    let aside = aside.filter(|_| is_same);
    Draft {
        document: aside.map(|own| own.document.clone()),
        annotator: Some(named).filter(|own| !own.is_empty()),
        items: match aside {
            Some(own) => own.items(items, spot),
            None => items,
        },
        refusals,
        ..Draft::default()
    }
}

fn item(own: Row, spot: Spot) -> Item {
    let words = |name: &str| own.features.get(name).and_then(Json::as_str).filter(|own| !own.is_empty());
    let others =
        own.features.iter().filter(|(name, _)| !["value", "note"].contains(&name.as_str()) || words(name).is_none());
    Item {
        spot,
        id: format!("#{}", own.id),
        label: words("value").map(str::to_owned),
        target: Aim::Text { pieces: std::iter::once(own.start..own.end).collect(), words: Vec::new(), apart: None },
        attributes: others.filter_map(attribute).collect(),
        note: words("note").map(str::to_owned),
        origin: None,
        layer: Some(own.kind),
    }
}

/// The attribute that a feature is; none if it says nothing. What is neither words, a number nor a list of these stays as it is written.
fn attribute((name, value): (&String, &Json)) -> Option<(String, Stated)> {
    let plain = |own: &Json| match own {
        Json::String(words) => Some(words.clone()),
        Json::Bool(_) | Json::Number(_) => Some(own.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    };
    let words = match value {
        Json::Bool(flag) => return Some((name.clone(), Stated::Flag(*flag))),
        Json::Null => return None,
        Json::Array(list) => list.iter().map(plain).collect::<Option<Vec<_>>>().map(|words| words.join("; ")),
        other => plain(other),
    };
    let words = words.unwrap_or_else(|| value.to_string());
    (!words.is_empty()).then(|| (name.clone(), Stated::Words(words)))
}

#[cfg(test)]
mod tests {
    use super::{FORMAT, Stated, Unit};
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
    fn an_annotation_that_is_none_is_refused_by_its_set_and_id_and_the_rest_is_kept() {
        let content = r#"{"annotation_sets": {"Ё": {"annotations": [{"type": "А", "start": 0, "end": 1, "id": 7},
            {"type": "Б", "start": -1, "end": 2, "id": 8}, {"start": 1, "end": 2}]}, "й": 3}, "text": "👍 За\u0301мок"}"#;
        let files = Memory([("б.bdocjs".to_owned(), content.as_bytes().to_vec())].into());
        let drafts = read(&FORMAT, &files);
        assert_eq!(drafts.iter().map(|own| own.items.len()).collect::<Vec<_>>(), [1, 0]);
        let told: Vec<String> = drafts.iter().flat_map(|own| &own.refusals).map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "б.bdocjs, set «Ё», id 8: this is no annotation: invalid value: integer `-1`, expected usize",
                "б.bdocjs, set «Ё», annotation 3: this is no annotation: missing field `type`",
                "б.bdocjs: expected offset_type p or j, found none",
                "б.bdocjs: set «й»: expected a list of annotations"
            ]
        );
    }

    #[test]
    fn features_of_every_kind_and_those_of_the_document_are_attributes() {
        let content = r#"{"annotation_sets": {"Ё": {"annotations": [{"type": "А", "start": 0, "end": 1, "id": 7, "features":
            {"id": "а1", "note": 7, "list": ["й", 2, true], "object": {"и\u0306": [1]}, "none": null, "empty": [], "flag": true}}]}},
            "text": "👍 За\u0301мок", "features": {"место": "Қарағанды"}, "offset_type": "p"}"#;
        let files = Memory([("б.bdocjs".to_owned(), content.as_bytes().to_vec())].into());
        let draft = read(&FORMAT, &files).remove(0);
        let words = |name: &str, words: &str| (name.to_owned(), Stated::Words(words.to_owned()));
        let flag = ("flag".to_owned(), Stated::Flag(true));
        let list = words("list", "й; 2; true");
        let mut found = draft.items[0].attributes.clone();
        found.sort_by(|one, other| one.0.cmp(&other.0));
        let object = words("object", "{\"и\u{306}\":[1]}");
        assert_eq!(found, [flag, words("id", "а1"), list, words("note", "7"), object]);
        assert_eq!((draft.items[1].layer.as_deref(), draft.refusals.len()), (Some("meta"), 0));
        assert_eq!(draft.items[1].attributes, [words("место", "Қарағанды")]);
    }

    #[test]
    fn what_is_written_is_read_back_minus_what_was_told() {
        law(&FORMAT);
    }
}
