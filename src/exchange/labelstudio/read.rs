//! Reading tasks, ours and other programs'.

use serde_json::Value as Json;

use super::region::{Regions, range, whole, words};
use super::shown::Shown;
use super::tagset::Project;
use super::tasks::tasks;
use super::{data, document, minimal, tagset};
use crate::annotation::Origin;
use crate::exchange::contents::{alike, begins, content};
use crate::exchange::{Aim, Draft, Files, Item, Refusal, Spot, Unit, Unreadable};
use crate::schema::Schema;

/// Whether a file that begins with `head` is one of these.
pub(super) fn sniff(name: &str, head: &[u8]) -> bool {
    let has = |words: &str| memchr::memmem::find(head, words.as_bytes()).is_some();
    let begins = |bracket| begins(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head), bracket);
    let has_annotations = || has("\"annotations\"") || has("\"predictions\"") || has("\"completions\"");
    let are_tasks = || (has("\"data\"") || has("\"completed_by\"")) && has_annotations() || has(minimal::MARK);
    let is_task = || has("\"data\"") && has("\"result\"") && has_annotations();
    name.ends_with(".ls.json") || begins("[") && are_tasks() || begins("{") && is_task()
}

/// How files of tasks end.
const JSON: &str = ".json";
/// How configurations do, which stand alone where nobody has annotated anything.
const XML: &str = ".xml";

/// Reads the tasks of each file, and in a directory those of all files in JSON.
pub(super) fn read(files: &dyn Files, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    for file in alike(files, &[JSON], sniff).iter().filter(|name| !name.ends_with(XML)) {
        let content = content(files, file)?;
        let Project { schema, objects, choices } = tagset::beside(files, file)?;
        let (tasks, mut left) = tasks(file, &content, &choices)?;
        let shown = Shown::of(objects, &tasks);
        let mut drafts = Vec::new();
        for (number, task) in (1..).zip(&tasks) {
            let spot = Spot::new(file, 0).part(if tasks.len() > 1 { format!("task {number}") } else { String::new() });
            let stem = file.split('.').next().unwrap_or(file);
            let name = if tasks.len() > 1 { format!("{stem}-{number:04}.txt") } else { format!("{stem}.txt") };
            let task = Task { json: task, spot, name, schema: schema.as_ref(), shown: &shown };
            left.extend(task.drafts(&mut |own| drafts.push(own)).err());
        }
        // What is no task is told with one that is.
        match (drafts.first_mut(), left.first()) {
            (Some(first), _) => first.refusals.append(&mut left),
            (None, Some(own)) => return Err(Unreadable::Content(own.spot.clone(), own.reason.clone())),
            (None, None) => {}
        }
        let beside = data::beside_texts(&tasks).into_iter().chain(data::beside_annotations(&tasks));
        let beside = beside.map(|reason| Spot::new(file, 0).refuse(reason));
        if let Some(first) = drafts.first_mut() {
            first.remarks.extend(beside);
        }
        drafts.into_iter().for_each(&mut *visit);
    }
    Ok(())
}

/// A task in a file.
struct Task<'a> {
    json: &'a Json,
    spot: Spot,
    /// What its document is called, unless it says so itself.
    name: String,
    /// The schema of its project, if the configuration lies beside it.
    schema: Option<&'a Schema>,
    shown: &'a Shown,
}

impl Task<'_> {
    fn drafts(&self, visit: &mut dyn FnMut(Draft)) -> Result<(), Refusal> {
        let data = self.json.get("data").filter(|own| own.is_object());
        let data = data.ok_or_else(|| self.spot.refuse("expected a task of Label Studio with its data"))?;
        let list = |key: &str| self.json.get(key).and_then(Json::as_array).filter(|own| !own.is_empty());
        let said = list("annotations").or_else(|| list("completions"));
        let guessed = said.is_none();
        let said = said.or_else(|| list("predictions")).map(Vec::as_slice).unwrap_or_default();
        let (mut labels, mut left) = document::labels(data, &self.spot);
        left.extend(self.left(if guessed { &["drafts"] } else { &["drafts", "predictions"] }));
        let mut begin = || {
            let mut draft = self.draft(data);
            draft.refusals.append(&mut left);
            draft
        };
        if said.is_empty() && labels.is_empty() {
            visit(begin());
        }
        for one in said {
            let mut draft = begin();
            if guessed {
                let engine = one.get("model_version").and_then(Json::as_str).unwrap_or("prediction").to_owned();
                draft.annotator = Some(engine);
            } else {
                draft.annotator = annotator(one.get("completed_by"), data);
            }
            if one.get("was_cancelled") == Some(&Json::Bool(true)) {
                draft.refusals.push(self.spot.refuse("an annotation was cancelled"));
            } else {
                self.take(one, &mut draft);
            }
            if guessed {
                let origin = guess(one);
                draft.items.iter_mut().for_each(|item| item.origin = Some(origin.clone()));
            }
            let own = draft.annotator.as_ref().and_then(|own| labels.remove(own));
            draft.items.extend(own.into_iter().flatten());
            visit(draft);
        }
        // What is left is by those whose annotation is not in the task.
        for (annotator, items) in labels {
            visit(Draft { annotator: Some(annotator), items, ..begin() });
        }
        Ok(())
    }

    /// Refusals of what stands under `keys` beside the annotations.
    fn left(&self, keys: &[&str]) -> Vec<Refusal> {
        let count = |key: &str| self.json.get(key).and_then(Json::as_array).map_or(0, Vec::len);
        let told = keys.iter().map(|key| (key, count(key))).filter(|(_, count)| *count > 0);
        told.map(|(key, count)| self.spot.refuse(format!("{key}: {count} left, only the annotations are taken")))
            .collect()
    }

    /// The document, of which nothing is said yet.
    fn draft(&self, data: &Json) -> Draft {
        let document = data.get("document").and_then(Json::as_str).unwrap_or(&self.name).to_owned();
        let text = data::text(data).map(|(_, text)| text.to_owned());
        let text = text.or_else(|| Some(data::dialogue(data)?.1.text));
        let is_address =
            |own: &String| own.starts_with("http") && own.contains("://") && !own.contains(char::is_whitespace);
        let address = text.clone().filter(is_address);
        let text = text.filter(|own| !is_address(own));
        let reason = match address {
            Some(address) => Some(format!("its text is at {address}, not in the file")),
            None => text.is_none().then(|| "expected a text in the data".to_owned()),
        };
        let textless = reason.map(|reason| self.spot.refuse(reason));
        let schema = self.schema.cloned();
        Draft { document: Some(document), text, textless, unit: Some(Unit::CodePoints), schema, ..Draft::default() }
    }

    /// Takes what one annotator said.
    fn take(&self, one: &Json, draft: &mut Draft) {
        let text = draft.own_text();
        let data = self.json.get("data").unwrap_or(&Json::Null);
        let dialogue = data::dialogue(data).map(|(_, own)| own);
        let rows = one.get("result").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        let is_relation = |row: &Json| row.get("type").and_then(Json::as_str) == Some("relation");
        let mut regions = Regions::default();
        for (number, row) in (1..).zip(rows).filter(|(_, row)| !is_relation(row)) {
            let id = row.get("id").and_then(Json::as_str).map_or_else(|| format!("row {number}"), str::to_owned);
            let value = row.get("value").unwrap_or(&Json::Null);
            let pieces = dialogue.as_ref().map_or_else(|| range(value).map(|own| vec![own]), |own| own.pieces(value));
            let Some(pieces) = pieces else {
                let chosen = chosen(row, value, &self.spot);
                if chosen.is_empty() {
                    let kind = row.get("type").and_then(Json::as_str).unwrap_or("unknown type");
                    let reason = format!("row {number} ({kind}) is not about words of the text");
                    draft.refusals.push(self.spot.refuse(reason));
                }
                draft.items.extend(chosen);
                continue;
            };
            if let Some(other) = data::taken(data).and_then(|taken| self.shown.other(row, data, taken)) {
                let reason = format!("row {number} is about {other}, which is not the text that is taken");
                draft.refusals.push(self.spot.refuse(reason));
            } else if let Err(kind) = regions.at(id, pieces).take(row, value, text.as_ref()) {
                let reason = format!("row {number}: expected words or a number as its {kind}");
                draft.refusals.push(self.spot.refuse(reason));
            }
        }
        regions.put_into(draft, &self.spot);
        for row in rows.iter().filter(|row| is_relation(row)) {
            if row.get("direction").and_then(Json::as_str) == Some("bi") {
                draft.refusals.push(self.spot.refuse("a relation goes both ways: it is taken as going one"));
            }
            draft.items.extend(relations(row, &self.spot));
        }
    }
}

/// What a row of choices says of the text as a whole: the control is the layer.
fn chosen(row: &Json, value: &Json, spot: &Spot) -> Vec<Item> {
    let words_of = |key: &str| row.get(key).and_then(Json::as_str).filter(|own| !own.is_empty());
    let choices = value.get("choices").filter(|_| words_of("type") == Some("choices")).and_then(Json::as_array);
    let (Some(control), Some(choices)) = (words_of("from_name"), choices) else { return Vec::new() };
    let item = |choice: &str| Item {
        spot: spot.clone(),
        layer: Some(control.to_owned()),
        label: Some(choice.to_owned()),
        target: Aim::Document,
        note: row.get("meta").and_then(|own| own.get("text")).and_then(words),
        ..Item::default()
    };
    choices.iter().filter_map(Json::as_str).map(item).collect()
}

/// A relation for each label of `row`.
fn relations(row: &Json, spot: &Spot) -> Vec<Item> {
    let words_of = |key: &str| row.get(key).and_then(Json::as_str).unwrap_or_default();
    let end = |key: &str| whole(words_of(key)).to_owned();
    let (mut from, mut to) = (end("from_id"), end("to_id"));
    if words_of("direction") == "left" {
        std::mem::swap(&mut from, &mut to);
    }
    let relation = |label: String| Item {
        spot: spot.clone(),
        id: words_of("id").to_owned(),
        label: Some(label),
        target: Aim::Relation { from: from.clone(), to: to.clone() },
        note: row.get("meta").and_then(|own| own.get("text")).and_then(words),
        ..Item::default()
    };
    match row.get("labels") {
        Some(Json::Array(labels)) if !labels.is_empty() => labels.iter().filter_map(words).map(relation).collect(),
        label => vec![relation(label.and_then(words).unwrap_or_else(|| "relation".to_owned()))],
    }
}

/// Who annotated: one of ours by number, else an address or a number.
fn annotator(who: Option<&Json>, data: &Json) -> Option<String> {
    let who = who?;
    let own = |number: u64| {
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        data.get("annotators")?.get(place)?.as_str().map(str::to_owned)
    };
    match who {
        Json::Number(number) => number.as_u64().and_then(own).or_else(|| Some(format!("user-{number}"))),
        Json::Object(who) => who.get("email").or_else(|| who.get("id")).and_then(words),
        _ => None,
    }
}

/// How what a model predicted came to be.
fn guess(one: &Json) -> Origin {
    let engine = one.get("model_version").and_then(Json::as_str).unwrap_or("prediction").to_owned();
    let score = one.get("score").and_then(Json::as_f64).unwrap_or(0.0).clamp(0.0, 1.0);
    let steps = (0..=1000_u16).find(|steps| f64::from(*steps) >= score * 1000.0 - 0.5).unwrap_or(1000);
    Origin::Suggested { engine, score: steps }
}
