//! What is said about one text of a CAS: its annotations, what they hold, and what joins them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::Value as Json;

use super::foreign::{LABELS, SEGMENTS};
use super::names::attribute;
use super::{DOCUMENT, OWN, RELATION, SPAN, Structure};
use crate::exchange::{Aim, Draft, Item, Spot, Stated, Unit};

/// The type of `structure`.
pub(super) fn kind(structure: &Structure) -> &str {
    words(structure, "%TYPE").unwrap_or_default()
}

/// The words under `feature`.
pub(super) fn words<'a>(structure: &'a Structure, feature: &str) -> Option<&'a str> {
    structure.get(feature).and_then(Json::as_str)
}

/// Whether `structure` has an offset, or what should be one.
pub(super) fn is_placed(structure: &Structure) -> bool {
    ["begin", "end"].iter().any(|name| structure.get(*name).is_some_and(|own| !own.is_null()))
}

/// The offsets of `structure`, or why they are none.
fn range(structure: &Structure) -> Result<Range<usize>, String> {
    let number = |name| {
        let found = structure.get(name).unwrap_or(&Json::Null);
        let number = found.as_u64().and_then(|own| usize::try_from(own).ok());
        number.ok_or_else(|| format!("expected an offset as its {name}, found {found}"))
    };
    Ok(number("begin")?..number("end")?)
}

/// Where `structure` stands in `file`, with its id, if the file has one under the name `id`.
pub(super) fn spot(file: &str, id: Option<&str>, structure: &Structure) -> Spot {
    let line = structure.get("%LINE").and_then(Json::as_u64).and_then(|line| usize::try_from(line).ok());
    let part = id.zip(structure.get("%ID")).map(|(id, own)| format!("{id} {own}"));
    Spot::new(file, line.unwrap_or(0)).part(part.unwrap_or_default())
}

/// Whether a structure of this type is an array of what are no structures, as in `uima.cas.StringArray` and `uima.cas.String[]`.
pub(super) fn is_plain_array(kind: &str) -> bool {
    const PLAIN: [&str; 8] = ["String", "Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double"];
    let of =
        kind.strip_prefix("uima.cas.").and_then(|own| own.strip_suffix("Array").or_else(|| own.strip_suffix("[]")));
    of.is_some_and(|own| PLAIN.contains(&own))
}

/// What is said about one text of a file.
pub(super) struct View<'a> {
    pub(super) file: &'a str,
    /// What ids are called in the file, if it has them.
    pub(super) id: Option<&'a str>,
    pub(super) structures: &'a [Structure],
    pub(super) by_id: &'a BTreeMap<String, &'a Structure>,
    pub(super) sofa: &'a Structure,
}

/// The annotations of a view by what they are about.
#[derive(Default)]
struct Sorted<'a> {
    /// The text, and so far the items about it.
    draft: Draft,
    /// Fragments of one annotation share a uid; by it, the number of the item.
    by_uid: BTreeMap<&'a str, usize>,
    /// The id of the item that each structure belongs to.
    ids: BTreeMap<String, String>,
    /// What is about the text.
    spans: Vec<&'a Structure>,
    /// What is not.
    others: Vec<&'a Structure>,
}

impl<'a> Sorted<'a> {
    fn take(&mut self, view: &View<'_>, structure: &'a Structure) {
        let id = structure.get("%ID").map(Json::to_string).unwrap_or_default();
        let is_relation = structure.contains_key("@Governor") && structure.contains_key("@Dependent");
        if is_relation || !is_placed(structure) {
            // What has no place and leads to others holds them together; they tell it themselves.
            if is_relation || view.leads(structure).next().is_none() {
                self.others.push(structure);
            }
            return;
        }
        let range = match range(structure) {
            Ok(range) => range,
            Err(reason) => return self.draft.refusals.push(view.spot(structure).refuse(reason)),
        };
        let uid = words(structure, "uid").filter(|_| kind(structure) == SPAN);
        let begun = uid.and_then(|uid| self.by_uid.get(uid)).and_then(|number| self.draft.items.get_mut(*number));
        let found = words(structure, "%WORDS").map(str::to_owned);
        if let Some(Item { target: Aim::Text { pieces, words, .. }, id: name, .. }) = begun {
            pieces.push(range);
            words.extend(found);
            self.ids.insert(id, name.clone());
            return;
        }
        let mut item = view.item(structure);
        item.target = Aim::Text { pieces: vec![range], words: found.into_iter().collect(), apart: None };
        if let Some(uid) = uid {
            self.by_uid.insert(uid, self.draft.items.len());
        }
        self.ids.insert(id, item.id.clone());
        self.draft.items.push(item);
        self.spans.push(structure);
    }
}

impl<'a> View<'a> {
    /// What is said, with what of it cannot be taken.
    pub(super) fn draft(&self) -> Draft {
        let mut sorted = Sorted { draft: self.head(), ..Sorted::default() };
        self.taken().for_each(|structure| sorted.take(self, structure));
        let Sorted { mut draft, ids, spans, others, .. } = sorted;
        draft.items.extend(others.into_iter().map(|structure| self.unplaced(structure, &ids)));
        for structure in spans {
            self.links(structure, &ids, &mut draft);
        }
        if draft.text.is_none() {
            draft.textless = Some(self.spot(self.sofa).refuse("its text is not in the file"));
        }
        draft
    }

    /// What is said about this text.
    fn own(&self) -> impl Iterator<Item = &'a Structure> {
        let sofa = self.sofa.get("%ID");
        self.structures.iter().filter(move |own| own.get("@sofa") == sofa)
    }

    /// The text, and whose annotations of what they are.
    fn head(&self) -> Draft {
        let named = |feature| {
            let meta = self.own().find(|own| own.contains_key("documentTitle"))?;
            words(meta, feature).map(str::to_owned)
        };
        Draft {
            unit: Some(Unit::Utf16),
            text: words(self.sofa, "sofaString").map(str::to_owned),
            document: named("documentTitle"),
            annotator: named("documentId"),
            ..Draft::default()
        }
    }

    /// The structures that are annotations. What relations join is one, though it be a token.
    fn taken(&self) -> impl Iterator<Item = &'a Structure> {
        let ends = self.own().flat_map(|own| ["@Governor", "@Dependent"].map(|end| own.get(end))).flatten();
        let ends: BTreeSet<String> = ends.map(Json::to_string).collect();
        let is_end = move |own: &Structure| own.get("%ID").is_some_and(|id| ends.contains(&id.to_string()));
        self.own()
            .filter(move |own| !kind(own).starts_with("uima.cas.") && (!SEGMENTS.contains(&kind(own)) || is_end(own)))
    }

    /// A relation, or a label of the document.
    fn unplaced(&self, structure: &Structure, ids: &BTreeMap<String, String>) -> Item {
        let mut item = self.item(structure);
        let end = |name: &str| {
            let id = structure.get(name)?.to_string();
            Some(ids.get(&id).cloned().unwrap_or(id))
        };
        if let (Some(from), Some(to)) = (end("@Governor"), end("@Dependent")) {
            item.target = Aim::Relation { from, to };
            // Others may have the same name for theirs.
            if kind(structure) == RELATION && structure.contains_key("uid") {
                item.layer = None;
            }
        }
        item
    }

    /// Takes slots and the links of chains as relations.
    fn links(&self, structure: &Structure, ids: &BTreeMap<String, String>, draft: &mut Draft) {
        let Some(from) = structure.get("%ID").and_then(|id| ids.get(&id.to_string())) else { return };
        for (name, value) in self.leads(structure) {
            for link in self.elements(value) {
                let slot = self.structure(&link).filter(|slot| !is_placed(slot));
                let end = slot.and_then(|slot| slot.get("@target")).map(Json::to_string).unwrap_or(link);
                let role = slot.and_then(|slot| words(slot, "role"));
                let role = role.or_else(|| words(structure, "referenceRelation").filter(|_| name == "next"));
                let Some(to) = ids.get(&end) else {
                    let reason = format!("{}: its {name} leads to {end}, which is no annotation here", kind(structure));
                    draft.refusals.push(self.spot(structure).refuse(reason));
                    continue;
                };
                draft.items.push(Item {
                    spot: self.spot(structure),
                    label: Some(role.unwrap_or(name).to_owned()),
                    target: Aim::Relation { from: from.clone(), to: to.clone() },
                    ..Item::default()
                });
            }
        }
    }

    fn structure(&self, id: &str) -> Option<&'a Structure> {
        self.by_id.get(id).copied()
    }

    /// The features that lead to other structures, but for the ends of a relation.
    fn leads<'s>(&self, structure: &'s Structure) -> impl Iterator<Item = (&'s str, &'s Json)> {
        let named = structure.iter().filter_map(|(name, value)| Some((name.strip_prefix('@')?, value)));
        let links = named.filter(|(name, value)| !["sofa", "Governor", "Dependent"].contains(name) && !value.is_null());
        links.filter(|(_, value)| self.plain(value).is_none())
    }

    /// What is in the array that `value` leads to, if it leads to one of words, numbers or the like.
    fn plain(&self, value: &Json) -> Option<Stated> {
        let array = self.structure(&value.to_string()).filter(|own| is_plain_array(kind(own)))?;
        let words = |own: &Json| own.as_str().map_or_else(|| own.to_string(), str::to_owned);
        let elements = match array.get("%ELEMENTS") {
            Some(Json::Array(all)) => all.iter().filter(|own| !own.is_null()).map(words).collect::<Vec<_>>().join("; "),
            other => other.map(words).unwrap_or_default(),
        };
        Some(Stated::Words(elements))
    }

    /// The ids in `value`: one, several with blanks between, or those in an array that it leads to.
    fn elements(&self, value: &Json) -> Vec<String> {
        let all = |ids: &Json| match ids {
            Json::Array(ids) => ids.iter().map(Json::to_string).collect(),
            Json::String(ids) => ids.split_ascii_whitespace().map(str::to_owned).collect(),
            id => vec![id.to_string()],
        };
        let array = self.structure(&value.to_string()).and_then(|own| own.get("%ELEMENTS"));
        all(array.unwrap_or(value))
    }

    fn spot(&self, structure: &Structure) -> Spot {
        spot(self.file, self.id, structure)
    }

    /// What `value` says, but for references to annotations.
    fn stated(&self, name: &str, value: &Json) -> Option<Stated> {
        match value {
            _ if name.starts_with('@') => self.plain(value).filter(|own| *own != Stated::Words(String::new())),
            Json::Null => None,
            Json::Bool(flag) => Some(Stated::Flag(*flag)),
            Json::String(words) => Some(Stated::Words(words.clone())),
            Json::Number(_) | Json::Array(_) | Json::Object(_) => Some(Stated::Words(value.to_string())),
        }
    }

    /// What all kinds of annotations have.
    fn item(&self, structure: &Structure) -> Item {
        let kind = kind(structure);
        let is_own = [SPAN, RELATION, DOCUMENT].contains(&kind) && structure.contains_key("uid");
        let (layer, label_at) = if is_own {
            let label_at = if kind == RELATION { "label" } else { "value" };
            (words(structure, "label"), Some(label_at))
        } else {
            let label_at = LABELS.into_iter().find(|name| words(structure, name).is_some());
            (kind.rsplit('.').next(), label_at)
        };
        let is_attribute = |name: &str| {
            !name.starts_with(['%', '^'])
                && if is_own { !OWN.contains(&name) } else { !["begin", "end", "sofa"].contains(&name) }
                && Some(name) != label_at
        };
        let attributes = structure.iter().filter(|(name, _)| is_attribute(name)).filter_map(|(name, value)| {
            let value = self.stated(name, value)?;
            // Numbers that JSON has no notation for are words under a name with a mark: `"#score": "NaN"`.
            let name = name.trim_start_matches(['@', '#']);
            Some((if is_own { attribute(name) } else { name.to_owned() }, value))
        });
        let id = structure.get("%ID").map(Json::to_string).unwrap_or_default();
        Item {
            spot: self.spot(structure),
            id: words(structure, "uid").filter(|_| is_own).map_or(id, str::to_owned),
            layer: layer.map(str::to_owned),
            label: label_at.and_then(|name| words(structure, name)).map(str::to_owned),
            target: Aim::Document,
            attributes: attributes.collect(),
            note: words(structure, "note").filter(|_| is_own).map(str::to_owned),
            origin: None,
        }
    }
}
