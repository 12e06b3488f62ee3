//! Reading a CAS, ours and other programs'.

use serde_json::Value as Json;

use super::foreign::SEGMENTS;
use super::view::{View, is_placed, kind, spot, words};
use super::{Structure, xmi};
use crate::exchange::contents::content;
use crate::exchange::{Draft, Files, Refusal, Spot, Unit, Unreadable};

/// Whether a file that begins with `head` is one of these.
pub(super) fn sniff(name: &str, head: &[u8]) -> bool {
    let has = |words: &[u8]| head.windows(words.len()).any(|own| own == words);
    head.trim_ascii_start().starts_with(b"{")
        && (name.ends_with(".cas.json") || has(b"\"%TYPES\"") || has(b"\"%FEATURE_STRUCTURES\""))
}

/// Reads each file as one document, or one for each of its views that has a text.
pub(super) fn read(files: &dyn Files, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    for file in files.names() {
        let bytes = files.read(&file).map_err(|error| Unreadable::Io(file.clone(), error))?;
        let mut cas: Structure = serde_json::from_slice(&bytes)
            .map_err(|error| Unreadable::Content(Spot::new(&file, error.line()), format!("this is no CAS: {error}")))?;
        drop(bytes);
        let unit = unit(&cas).map_err(|reason| Unreadable::Content(Spot::new(&file, 0), reason))?;
        // A CAS in which nothing is said has no structures.
        let all = cas.remove("%FEATURE_STRUCTURES").or_else(|| cas.get("%TYPES").map(|_| Json::Array(Vec::new())));
        let mut faults = Vec::new();
        let structures = structures(all, &file, &mut faults).ok_or_else(|| {
            Unreadable::Content(Spot::new(&file, 0), "expected a list or object %FEATURE_STRUCTURES".to_owned())
        })?;
        let mut counted = |draft| visit(Draft { unit: Some(unit), ..draft });
        visit_views(&file, Some("%ID"), &structures, faults, &mut counted);
    }
    Ok(())
}

/// What offsets count in `cas`: UTF-16 units, unless it says otherwise, at its top or in its header.
fn unit(cas: &Structure) -> Result<Unit, String> {
    const NAME: &str = "%OFFSET_ENCODING";
    let stated = cas.get(NAME).or_else(|| cas.get("%HEADER")?.get(NAME)).filter(|own| !own.is_null());
    match stated.map(|own| own.as_str().unwrap_or_default().to_ascii_uppercase()).as_deref() {
        None | Some("UTF-16") => Ok(Unit::Utf16),
        Some("UTF-32") => Ok(Unit::CodePoints),
        Some("UTF-8") => Ok(Unit::Bytes),
        Some(_) => {
            let found = stated.map(Json::to_string).unwrap_or_default();
            Err(format!("expected UTF-8, UTF-16 or UTF-32 as its {NAME}, found {found}"))
        }
    }
}

/// Reads each file as one document, or one for each of its views that has a text; type systems are passed over.
pub(super) fn read_xmi(files: &dyn Files, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    for file in files.names() {
        let mut faults = Vec::new();
        let structures = xmi::structures(files, &file, &content(files, &file)?, &mut faults)?;
        visit_views(&file, Some("xmi:id"), &structures.unwrap_or_default(), faults, visit);
    }
    Ok(())
}

/// Hands over a draft for each text in `structures`, whose ids are under `id` in the file, if they are in it at all. What is about
/// none of the texts is refused with the first, as are the `faults` of the file.
pub(super) fn visit_views(
    file: &str,
    id: Option<&str>,
    structures: &[Structure],
    faults: Vec<Refusal>,
    visit: &mut dyn FnMut(Draft),
) {
    let with_id = |own| Some((Structure::get(own, "%ID")?.to_string(), own));
    let by_id = structures.iter().filter_map(with_id).collect();
    let views = structures.iter().filter(|own| kind(own) == "uima.cas.Sofa");
    let views = views.map(|sofa| (sofa, View { file, id, structures, by_id: &by_id, sofa }.draft()));
    // A sound or a picture of which nothing is said is no document beside a text.
    let says = |(_, own): &(&Structure, Draft)| own.text.is_some() || !own.items.is_empty();
    let (texts, bare): (Vec<_>, Vec<_>) = views.partition(says);
    let (views, bare) = if texts.is_empty() { (bare, texts) } else { (texts, bare) };
    let stem = file.split('.').next().unwrap_or(file);
    let mut views = (0..).zip(views).map(|(number, (sofa, draft))| {
        // The first is called as the file is.
        let own = words(sofa, "sofaID").map_or_else(|| number.to_string(), str::to_owned);
        let name = (number > 0).then(|| format!("{stem}-{own}.txt"));
        Draft { document: draft.document.clone().or(name), ..draft }
    });
    let sofas: Vec<&Json> =
        structures.iter().filter(|own| kind(own) == "uima.cas.Sofa").filter_map(|own| own.get("%ID")).collect();
    let lost = structures.iter().filter_map(|own| Some(spot(file, id, own).refuse(lost(own, &sofas)?)));
    let bare = bare.into_iter().flat_map(|(_, own)| own.textless.into_iter().chain(own.refusals));
    let mut lost: Vec<Refusal> = faults.into_iter().chain(bare).chain(lost).collect();
    let first = views.next().or_else(|| (!lost.is_empty()).then(Draft::default));
    for mut draft in first.into_iter().chain(views) {
        draft.refusals.append(&mut lost);
        visit(draft);
    }
}

/// Why `structure` is an annotation of none of the texts with the ids `sofas`, if it is one and of none.
fn lost(structure: &Structure, sofas: &[&Json]) -> Option<String> {
    let is_other = kind(structure).starts_with("uima.cas.") || SEGMENTS.contains(&kind(structure));
    match structure.get("@sofa").filter(|own| !own.is_null()) {
        _ if is_other => None,
        Some(sofa) if sofas.contains(&sofa) => None,
        Some(sofa) => Some(format!("it is about a text with the id {sofa}, which is not in the file")),
        None => is_placed(structure).then(|| "it does not say which text it is about".to_owned()),
    }
}

/// The structures, which some write as a list and some as an object by id; what among them is none goes to `faults`.
fn structures(all: Option<Json>, file: &str, faults: &mut Vec<Refusal>) -> Option<Vec<Structure>> {
    let mut object = |part: String, own: Json| match own {
        Json::Object(own) => Some(own),
        other => {
            let reason = format!("expected a structure, found {}", kind_of(&other));
            faults.push(Spot::new(file, 0).part(part).refuse(reason));
            None
        }
    };
    Some(match all? {
        Json::Array(all) => {
            let part = |number: usize| format!("%FEATURE_STRUCTURES, entry {number}");
            (1..).zip(all).filter_map(|(number, own)| object(part(number), own)).collect()
        }
        Json::Object(all) => {
            let with_id = |(id, own): (String, Json)| {
                let mut own = object(format!("%FEATURE_STRUCTURES, {id}"), own)?;
                own.entry("%ID").or_insert_with(|| id.parse::<u64>().map_or_else(|_| id.into(), Json::from));
                Some(own)
            };
            all.into_iter().filter_map(with_id).collect()
        }
        _ => return None,
    })
}

/// What kind of JSON `value` is, for people.
fn kind_of(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "words",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
