//! Reading pages, and what else the vocabulary allows: lone annotations, lists and collections of them.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value as Json;

use super::beside::{self, Creator};
use super::name::parts_of;
use super::{LINKS, PAGE, hypothesis};
use crate::exchange::contents::{alike, content, optional};
use crate::exchange::draft::kept;
use crate::exchange::names::{decoded, untagged};
use crate::exchange::{Aim, Draft, Files, Item, Refusal, Spot, Stated, Unit, Unreadable};

/// Whether a file is JSON-LD of this vocabulary.
pub(super) fn sniff(name: &str, head: &[u8]) -> bool {
    name.ends_with(PAGE) || memchr::memmem::find(head, b"ns/anno").is_some() || hypothesis::sniff(head)
}

/// Reads every page with its other page and the text beside it.
pub(super) fn read(files: &dyn Files, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    let names = files.names();
    for name in &alike(files, &["json", "jsonld"], sniff) {
        let page = name.strip_suffix(LINKS).map(|stem| format!("{stem}{PAGE}"));
        if page.is_some_and(|page| names.contains(&page)) {
            continue;
        }
        let stem = name.strip_suffix(PAGE).unwrap_or_else(|| name.rsplit_once('.').map_or(name, |(stem, _)| stem));
        let page = json(name, &content(files, name)?)?;
        let sources = sources(&page);
        if sources.len() > 1 && document_and_annotator(&page).is_none() {
            for source in sources {
                let (document, text) = text_beside(files, name, source)?;
                let mut draft = Reader::new(text);
                (draft.document, draft.only) = (Some(document), Some(source.to_owned()));
                draft.page(name, &page);
                draft.finish(stem).into_iter().for_each(&mut *visit);
            }
            continue;
        }
        let mut draft = Reader::new(optional(files, &format!("{stem}.txt"))?);
        if let Some(source) = sources.first().filter(|_| draft.text.is_none()) {
            let (document, text) = text_beside(files, name, source)?;
            if text.is_some() {
                (draft.document, draft.text) = (Some(document), text);
            }
        }
        draft.page(name, &page);
        let links = format!("{stem}{LINKS}");
        if let Some(content) = optional(files, &links)?.filter(|_| links != *name) {
            draft.page(&links, &json(&links, &content)?);
        }
        draft.finish(stem).into_iter().for_each(&mut *visit);
    }
    Ok(())
}

/// What the text called `source` is called as a transcript, and the text if it lies beside the file called `name`.
fn text_beside(files: &dyn Files, name: &str, source: &str) -> Result<(String, Option<String>), Unreadable> {
    let path = source.split(['?', '#']).next().unwrap_or(source).trim_end_matches('/');
    let own = decoded(path.rsplit(['/', ':']).next().unwrap_or(path));
    let document = if own.strip_suffix(".txt").is_some() { own } else { format!("{own}.txt") };
    let directory = name.rsplit_once('/').map_or(String::new(), |(directory, _)| format!("{directory}/"));
    let text = optional(files, &format!("{directory}{document}"))?;
    Ok((document, text))
}

/// The texts that the annotations of a page are about, each once.
fn sources(page: &Json) -> Vec<&str> {
    let mut sources = Vec::new();
    for source in annotations(page).into_iter().filter_map(source_of) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources
}

/// The text that an annotation is about, if its first target names one.
fn source_of(annotation: &Json) -> Option<&str> {
    let target = *several(annotation.get("target")).first()?;
    let source = target.get("source")?;
    source.as_str().or_else(|| source.get("id")?.as_str())
}

/// The document and the annotator of a page that we wrote.
fn document_and_annotator(page: &Json) -> Option<(String, String)> {
    let (document, annotator, _) = page.get("id").and_then(Json::as_str).and_then(parts_of)?;
    Some((document, annotator))
}

fn json(name: &str, content: &str) -> Result<Json, Unreadable> {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    serde_json::from_str(content)
        .map(hypothesis::as_page)
        .map_err(|error| Unreadable::Content(Spot::new(name, error.line()), format!("this is no JSON: {error}")))
}

/// What is read of one document.
struct Reader {
    text: Option<String>,
    document: Option<String>,
    /// The source of its annotations, where the file has several.
    only: Option<String>,
    /// Who annotated all of it, where it is ours.
    annotator: Option<String>,
    /// Each with who made it.
    items: Vec<(Option<Creator>, Item)>,
    refusals: Vec<Refusal>,
    remarks: Vec<Refusal>,
}

impl Reader {
    fn new(text: Option<String>) -> Self {
        let (items, refusals, remarks) = Default::default();
        Self { text, document: None, only: None, annotator: None, items, refusals, remarks }
    }

    fn page(&mut self, file: &str, json: &Json) {
        if let Some((document, annotator)) = document_and_annotator(json) {
            self.document = Some(document);
            self.annotator = Some(annotator);
        }
        let all = annotations(json);
        let page = json.get("first").filter(|page| page.is_object()).unwrap_or(json);
        let next = page.get("next").map(|own| own.get("id").unwrap_or(own)).and_then(Json::as_str);
        let total = json.get("total").and_then(Json::as_u64).and_then(|own| usize::try_from(own).ok());
        let missing =
            total.filter(|total| *total > all.len()).map(|total| format!("{} of its {total} annotations", all.len()));
        match (next, missing) {
            (next, Some(there)) if next.is_some() || json.get("first").is_some() => {
                self.refusals.push(Spot::new(file, 0).refuse(format!("only {there} are in the file")));
            }
            (Some(next), None) => {
                self.refusals.push(Spot::new(file, 0).refuse(format!("its next page, {next}, is not in the file")));
            }
            _ => {}
        }
        let is_own = |own: &Json| self.only.is_none() || source_of(own) == self.only.as_deref();
        let taken: Vec<(usize, &Json)> = (1..).zip(all).filter(|(_, own)| is_own(own)).collect();
        let left = beside::left(taken.iter().map(|(_, own)| *own));
        self.remarks.extend(left.map(|reason| Spot::new(file, 0).refuse(reason)));
        for (number, annotation) in taken {
            let spot = Spot::new(file, 0).part(format!("annotation {number}"));
            match self.annotation(&spot, annotation) {
                Ok(items) => {
                    let (creator, told) = beside::creator(annotation);
                    self.refusals.extend(told.into_iter().map(|reason| spot.refuse(reason)));
                    self.items.extend(items.into_iter().map(|own| (creator.clone(), own)));
                }
                Err(reason) => self.refusals.push(spot.refuse(reason)),
            }
        }
    }

    /// The item that an annotation is, and one for each tag that it has more.
    fn annotation(&self, spot: &Spot, json: &Json) -> Result<Vec<Item>, String> {
        let id = json.get("id").and_then(Json::as_str).map(local).unwrap_or_default();
        let attributes = kept("id", &id).into_iter().collect();
        let mut item = Item { spot: spot.clone(), id, attributes, ..Item::default() };
        let is_link = json.get("motivation").is_some_and(|own| several(Some(own)).contains(&&Json::from("linking")));
        let (mut linked, mut tags) = (Vec::new(), Vec::new());
        for body in several(json.get("body").or_else(|| json.get("bodyValue"))) {
            match body {
                Json::String(words) if is_iri(words) && is_link => linked.push(local(words)),
                Json::String(words) if is_iri(words) => {
                    take_body(&mut item, &mut tags, &serde_json::json!({ "id": words }), motivation_of(json))?;
                }
                Json::String(words) => add_note(&mut item, words),
                other => take_body(&mut item, &mut tags, other, motivation_of(json))?,
            }
        }
        let targets = several(json.get("target"));
        if linked.len() > 1 {
            return Err("it links from several: expected one body to link from".to_owned());
        }
        item.target = match (targets.as_slice(), linked.pop()) {
            ([Json::String(to)], Some(from)) => Aim::Relation { from, to: local(to) },
            (_, Some(from)) => return Err(format!("it links from {from} to what is no annotation")),
            ([Json::String(iri)], _) => match iri.split_once('#') {
                Some((_, fragment)) => {
                    Aim::Text { pieces: vec![characters(fragment)?], words: Vec::new(), apart: None }
                }
                None => Aim::Document,
            },
            ([], _) => return Err("it has no target, as a reply to another has none".to_owned()),
            (targets, _) => self.pieces(targets)?,
        };
        let mut tags = tags.into_iter();
        let (layer, label) = tags.next().unwrap_or_else(|| (motivation_of(json).to_owned(), None));
        (item.layer, item.label) = (Some(layer), label);
        let (spot, target) = (item.spot.clone(), item.target.clone());
        let more = tags.map(|(layer, label)| Item {
            spot: spot.clone(),
            target: target.clone(),
            layer: Some(layer),
            label,
            ..Item::default()
        });
        Ok(std::iter::once(item).chain(more).collect())
    }

    fn pieces(&self, targets: &[&Json]) -> Result<Aim, String> {
        let (mut pieces, mut words) = (Vec::new(), Vec::new());
        let source = |target: &Json| target.get("source").cloned();
        if targets.iter().any(|own| source(own) != targets.first().and_then(|own| source(own))) {
            return Err("its targets are in several texts".to_owned());
        }
        for target in targets {
            let selectors = several(target.get("selector"));
            let of_type =
                |name: &str| selectors.iter().find(|own| own.get("type").and_then(Json::as_str) == Some(name)).copied();
            let quote = of_type("TextQuoteSelector");
            let exact = quote.and_then(|own| own.get("exact")).and_then(Json::as_str);
            let piece = match (of_type("TextPositionSelector"), quote) {
                (Some(position), _) => {
                    let number =
                        |key| position.get(key).and_then(Json::as_u64).and_then(|own| usize::try_from(own).ok());
                    let (Some(start), Some(end)) = (number("start"), number("end")) else {
                        return Err("expected a start and an end in its TextPositionSelector".to_owned());
                    };
                    start..end
                }
                (None, Some(quote)) => self.find(quote)?,
                (None, None) => {
                    let fragment = of_type("FragmentSelector").and_then(|own| own.get("value")).and_then(Json::as_str);
                    let missing =
                        "expected a TextPositionSelector, a TextQuoteSelector, or a FragmentSelector with char=";
                    characters(fragment.ok_or(missing)?)?
                }
            };
            if let Some(refined) = selectors.iter().find(|own| own.get("refinedBy").is_some()) {
                pieces.push(self.refined(piece, refined)?);
            } else {
                pieces.push(piece);
                words.extend(exact.map(str::to_owned));
            }
        }
        if words.len() < pieces.len() {
            words.clear();
        }
        Ok(Aim::Text { pieces, words, apart: None })
    }

    /// What is left of `piece`, in code points, where `selector` says that it is narrowed down.
    fn refined(&self, piece: Range<usize>, selector: &Json) -> Result<Range<usize>, String> {
        let Some(inner) = selector.get("refinedBy") else { return Ok(piece) };
        let number = |key| inner.get(key).and_then(Json::as_u64).and_then(|own| usize::try_from(own).ok());
        let kind = inner.get("type").and_then(Json::as_str).unwrap_or("selector without a type");
        let found = match (kind, number("start"), number("end")) {
            ("TextPositionSelector", Some(start), Some(end)) => start..end,
            ("TextQuoteSelector", ..) => {
                let text =
                    self.text.as_deref().ok_or("it is narrowed by a quote, and there is no text to find it in")?;
                let within: String = text.chars().skip(piece.start).take(piece.len()).collect();
                only_place(&within, inner)?
            }
            _ => return Err(format!("it is narrowed (refinedBy) by a {kind}, which cannot be read")),
        };
        if found.end > piece.len() {
            return Err(format!(
                "it is narrowed (refinedBy) to {} to {}, beyond what it narrows",
                found.start, found.end
            ));
        }
        self.refined(piece.start + found.start..piece.start + found.end, inner)
    }

    /// Where the only place is that `quote` describes, in code points.
    fn find(&self, quote: &Json) -> Result<Range<usize>, String> {
        let text = self.text.as_deref().ok_or("it has only a quote, and there is no text to find it in")?;
        only_place(text, quote)
    }

    /// What each of its creators says.
    fn finish(self, stem: &str) -> Vec<Draft> {
        let mut drafts: Vec<(Option<Creator>, Draft)> = Vec::new();
        let draft = |annotator: Option<String>| Draft {
            document: Some(self.document.clone().unwrap_or_else(|| format!("{stem}.txt"))),
            annotator,
            text: self.text.clone(),
            unit: Some(Unit::CodePoints),
            ..Draft::default()
        };
        for (creator, item) in self.items {
            let creator = creator.filter(|_| self.annotator.is_none());
            let name = creator.as_ref().map(|own| own.name.clone());
            let begun = drafts.iter().position(|(own, _)| *own == creator).unwrap_or_else(|| {
                drafts.push((creator, draft(self.annotator.clone().or(name))));
                drafts.len() - 1
            });
            drafts[begun].1.items.push(item);
        }
        let mut drafts: Vec<Draft> = drafts.into_iter().map(|(_, own)| own).collect();
        if drafts.is_empty() {
            drafts.push(draft(self.annotator.clone()));
        }
        (drafts[0].refusals, drafts[0].remarks) = (self.refusals, self.remarks);
        drafts
    }
}

/// Where the only place in `text` is that `quote` describes, in code points.
fn only_place(text: &str, quote: &Json) -> Result<Range<usize>, String> {
    let part = |key| quote.get(key).and_then(Json::as_str).unwrap_or_default();
    let (prefix, exact) = (part("prefix"), part("exact"));
    let around = [prefix, exact, part("suffix")].concat();
    let mut places = text.match_indices(&around);
    match (places.next(), places.next()) {
        (Some((at, _)), None) if !exact.is_empty() => {
            let points = |end: usize| text.get(..end).map_or(0, |before| before.chars().count());
            let start = points(at + prefix.len());
            Ok(start..start + exact.chars().count())
        }
        (Some(_), Some(_)) => Err(format!("«{exact}» is there more than once")),
        _ => Err(format!("«{exact}» is not there")),
    }
}

/// The characters that a fragment of plain text names (RFC 5147): `char=10,15`, with a check of the text's length behind it or none.
fn characters(fragment: &str) -> Result<Range<usize>, String> {
    let range =
        fragment.split(';').next().and_then(|own| own.strip_prefix("char=")).and_then(|own| own.split_once(','));
    let range = range.and_then(|(start, end)| Some(start.parse().ok()?..end.parse().ok()?));
    range.ok_or_else(|| format!("expected a fragment like char=10,15, not {fragment}"))
}

/// The annotations in `json`: itself, its members, its items or those of the first page of a collection.
fn annotations(json: &Json) -> Vec<&Json> {
    if let Json::Array(list) = json {
        return list.iter().collect();
    }
    let page = json.get("first").filter(|page| page.is_object()).unwrap_or(json);
    match page.get("items") {
        Some(items) => several(Some(items)),
        None => vec![json],
    }
}

/// One or several values, as JSON-LD allows either everywhere.
pub(super) fn several(json: Option<&Json>) -> Vec<&Json> {
    match json {
        None | Some(Json::Null) => Vec::new(),
        Some(Json::Array(list)) => list.iter().collect(),
        Some(one) => vec![one],
    }
}

/// A layer and a label.
type Tag = (String, Option<String>);

/// Takes a body with a value: a tag, an attribute or a note; for what `motivation` says, where the body does not.
fn take_body(item: &mut Item, tags: &mut Vec<Tag>, body: &Json, motivation: &str) -> Result<(), String> {
    let value = body.get("value").and_then(|own| match own {
        Json::String(words) => Some(Cow::Borrowed(words.as_str())),
        Json::Bool(_) | Json::Number(_) => Some(Cow::Owned(own.to_string())),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    });
    let source = body.get("source").or_else(|| body.get("id")).and_then(Json::as_str).map(Cow::Borrowed);
    let value = value.or(source).ok_or("expected a value in its body")?;
    let value = value.as_ref();
    let purpose = body.get("purpose").and_then(Json::as_str).or(Some(motivation));
    match (purpose, value.split_once('=')) {
        (Some("tagging" | "classifying" | "identifying"), _) => {
            tags.push(if is_iri(value) { (value.to_owned(), None) } else { untagged(value) });
        }
        (Some("describing"), Some((name, value))) => {
            item.attributes.push((decoded(name), Stated::Words(value.to_owned())));
        }
        _ => add_note(item, value),
    }
    Ok(())
}

/// Adds `words` to what is noted.
fn add_note(item: &mut Item, words: &str) {
    let before = item.note.take().map(|note| note + "\n").unwrap_or_default();
    item.note = Some(before + words);
}

/// What an annotation without a tag is for.
fn motivation_of(json: &Json) -> &str {
    several(json.get("motivation")).first().and_then(|own| own.as_str()).unwrap_or("annotation")
}

/// The part of one of our ids that names the annotation; another id as a whole.
fn local(id: &str) -> String {
    parts_of(id).map_or(id, |(_, _, part)| part).to_owned()
}

pub(super) fn is_iri(words: &str) -> bool {
    ["http://", "https://", "urn:"].iter().any(|scheme| words.starts_with(scheme))
}
