//! Regions: the rows of an annotator that are about words of the text.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value as Json;

use super::{VALUE, attribute};
use crate::exchange::draft::kept;
use crate::exchange::{Aim, Draft, Item, Ruler, Spot, Stated, Unit};
use crate::text::Text;

/// The regions of an annotator, in the order of their first rows. Rows with one id belong together, unless they are about different
/// words.
#[derive(Default)]
pub(super) struct Regions {
    /// The number of each, by its id and where it begins and ends.
    numbers: BTreeMap<(String, usize, usize), usize>,
    all: Vec<(String, Region)>,
}

impl Regions {
    /// The region `id` at `pieces`: the one that is there, or a new one.
    pub(super) fn at(&mut self, id: String, pieces: Vec<Range<usize>>) -> &mut Region {
        let (start, end) = (pieces.first().map_or(0, |own| own.start), pieces.last().map_or(0, |own| own.end));
        let number = *self.numbers.entry((id.clone(), start, end)).or_insert(self.all.len());
        if number == self.all.len() {
            self.all.push((id, Region { pieces, ..Region::default() }));
        }
        &mut self.all[number].1
    }

    /// Puts them into `draft`: those of one annotation as its fragments, and behind all the relations to those that they were put under.
    pub(super) fn put_into(self, draft: &mut Draft, spot: &Spot) {
        let (mut places, mut parents): (BTreeMap<String, usize>, Vec<Item>) = Default::default();
        for (id, region) in self.all {
            let own = whole(&id);
            let begun = places.get(own).filter(|_| own != id).and_then(|place| draft.items.get_mut(*place));
            if let Some(Item { target: Aim::Text { pieces, words, .. }, .. }) = begun {
                pieces.extend(region.pieces);
                words.extend(region.shown);
            } else {
                places.insert(own.to_owned(), draft.items.len());
                parents.extend(region.parent.as_deref().map(|parent| Item {
                    spot: spot.clone(),
                    label: Some("parent".to_owned()),
                    target: Aim::Relation { from: own.to_owned(), to: whole(parent).to_owned() },
                    ..Item::default()
                }));
                draft.items.extend(region.items(own, spot));
            }
        }
        draft.items.extend(parents);
    }
}

/// Rows with one id.
#[derive(Default)]
pub(super) struct Region {
    pieces: Vec<Range<usize>>,
    shown: Option<String>,
    layers: Vec<String>,
    label: Option<String>,
    attributes: Vec<(String, Stated)>,
    note: Option<String>,
    /// The id that its rows have; none where they have none.
    id: Option<String>,
    /// The id of the region that it was put under.
    parent: Option<String>,
}

impl Region {
    /// Takes a row; the error is the kind of what it says, if that cannot be taken.
    pub(super) fn take<'j>(&mut self, row: &'j Json, value: &Json, text: Option<&Text>) -> Result<(), &'j str> {
        let name = row.get("from_name").and_then(Json::as_str).unwrap_or_default();
        let kind = row.get("type").and_then(Json::as_str).unwrap_or_default();
        if let Some(shown) = value.get("text").and_then(Json::as_str) {
            // What is shown of several paragraphs was compared already, and has other blanks.
            let only = Some(self.pieces.as_slice()).filter(|own| own.len() == 1).and_then(|own| own.first());
            self.shown = text.zip(only).map(|(text, range)| unescaped(shown, range, text));
        }
        self.id = row.get("id").and_then(Json::as_str).map(str::to_owned);
        let note = row.get("meta").and_then(|own| own.get("text")).and_then(words);
        self.note = self.note.take().or(note);
        let parent = row.get("parentID").and_then(Json::as_str).filter(|own| !own.is_empty());
        self.parent = self.parent.take().or_else(|| parent.map(str::to_owned));
        let said = value.get(kind);
        match said {
            Some(Json::Array(labels)) if kind.ends_with("labels") => {
                self.layers.extend(labels.iter().filter_map(Json::as_str).map(str::to_owned));
            }
            _ => {
                let said = said.or_else(|| value.get("text").filter(|_| kind == "textarea"));
                let Some(said) = said.filter(|own| !is_nothing(own)) else { return Ok(()) };
                match said {
                    Json::Bool(flag) => self.attributes.push((attribute(name).to_owned(), Stated::Flag(*flag))),
                    said => {
                        let said = words(said).ok_or(kind)?;
                        if name == VALUE && kind == "choices" {
                            self.label = Some(said);
                        } else {
                            self.attributes.push((attribute(name).to_owned(), Stated::Words(said)));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// An item for each layer; without one, the first attribute says what it is.
    fn items(self, id: &str, spot: &Spot) -> Vec<Item> {
        let Self { pieces, shown, mut layers, mut label, mut attributes, note, id: given, parent: _ } = self;
        if layers.is_empty() {
            let is_word = !attributes.is_empty() && label.is_none();
            let first = if is_word { Some(attributes.remove(0)) } else { None };
            layers.push(first.as_ref().map_or_else(|| "region".to_owned(), |(name, _)| name.clone()));
            match first {
                Some((_, Stated::Words(words))) => label = Some(words),
                Some((_, Stated::Flag(flag))) => label = Some(flag.to_string()),
                _ => {}
            }
        }
        attributes.extend(given.and_then(|own| kept("id", whole(&own))));
        let item = |layer: String| Item {
            spot: spot.clone(),
            id: id.to_owned(),
            layer: Some(layer),
            label: label.clone(),
            target: Aim::Text { pieces: pieces.clone(), words: shown.iter().cloned().collect(), apart: None },
            attributes: attributes.clone(),
            note: note.clone(),
            origin: None,
        };
        layers.into_iter().map(item).collect()
    }
}

/// The annotation that the region `id` is a fragment of: `T5` of `T5_1`. Others' regions are whole.
pub(super) fn whole(id: &str) -> &str {
    let is_number = |words: &str| !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit());
    match id.split_once('_') {
        Some((own, number)) if is_number(number) && own.strip_prefix('T').is_some_and(is_number) => own,
        _ => id,
    }
}

/// Where a region is, in whatever its file counts.
pub(super) fn range(value: &Json) -> Option<Range<usize>> {
    let number = |own: &Json, key: &str| own.get(key).and_then(Json::as_u64).and_then(|own| usize::try_from(own).ok());
    let both = |own: &Json| Some(number(own, "start")?..number(own, "end")?);
    both(value).or_else(|| both(value.get("globalOffsets")?))
}

/// The words in a string, a number, or a list of them; a list in a list is a path in a tree.
pub(super) fn words(value: &Json) -> Option<String> {
    match value {
        Json::String(words) => Some(words.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Array(all) if !all.is_empty() => {
            let path = |own: &Json| match own {
                Json::Array(path) => Some(path.iter().filter_map(words).collect::<Vec<_>>().join("/")),
                own => words(own),
            };
            Some(all.iter().filter_map(path).collect::<Vec<_>>().join("; "))
        }
        _ => None,
    }
}

fn is_nothing(value: &Json) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// `shown` with its line breaks. Where the text has a backslash and an n of its own, the words at `range` are looked at.
fn unescaped(shown: &str, range: &Range<usize>, text: &Text) -> String {
    if shown.contains("\\n") && text.as_str().contains("\\n") {
        for unit in [Unit::CodePoints, Unit::Utf16] {
            let ruler = Ruler::new(unit, text);
            let ends = ruler.offset(range.start).zip(ruler.offset(range.end));
            let found = ends.and_then(|(start, end)| text.as_str().get(start.bytes()..end.bytes()));
            if let Some(found) = found.filter(|found| found.replace(['\n', '\r'], "\\n") == shown) {
                return found.to_owned();
            }
        }
    }
    shown.replace("\\n", "\n")
}
