//! Reading projects: ours and those of other programs.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::ops::Range;

use roxmltree::Node;
use zip::ZipArchive;

use super::guid::number;
use super::left::left;
use super::selections::{Selection, Selections};
use super::tree::{coded, layer};
use super::{ANNOTATOR, CONTINUES, ORIGIN, description};
use crate::exchange::{Aim, Draft, Files, Item, Refusal, Spot, Stated, Unreadable, xml};
use crate::schema::{LayerKind, Schema, Title};

/// The most bytes that a file within a project may have: an archive of a few bytes can claim any number.
const LARGEST: u64 = 256 << 20;

/// Whether a file is a project.
pub(super) fn sniff(name: &str, _: &[u8]) -> bool {
    name.to_lowercase().ends_with(".qdpx")
}

/// Reads every project.
pub(super) fn read(files: &dyn Files, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    for name in files.names() {
        let bytes = files.read(&name).map_err(|error| Unreadable::Io(name.clone(), error))?;
        let spot = Spot::new(&name, 0);
        let mut archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| Unreadable::Content(spot.clone(), format!("this is no archive: {error}")))?;
        let project = entry(&mut archive, &["project.qde"]).map_err(|reason| Unreadable::Content(spot, reason))?;
        let name = format!("{name}, project.qde");
        let xml = xml::parse(&name, &project)?;
        let project = Project::of(&name, xml.root_element(), &mut archive);
        let mut left = if project.is_ours { Vec::new() } else { left(project.root, &name) };
        left.extend(project.faults.iter().cloned());
        let mut names = BTreeSet::new();
        // What is left of the project is told once, with the last draft.
        let mut last: Option<Draft> = None;
        for source in project.root.descendants().filter(|own| own.has_tag_name((NAMESPACE, "TextSource"))) {
            for draft in project.source(source, &document_of(source, &mut names), &mut archive) {
                last.replace(draft).into_iter().for_each(&mut *visit);
            }
        }
        let Some(mut last) = last else {
            let left = left.iter().map(|own| own.reason.as_str()).collect::<Vec<_>>().join("; ");
            return Err(Unreadable::Content(Spot::new(&name, 0), format!("expected a text among its sources; {left}")));
        };
        last.refusals.extend(left);
        visit(last);
    }
    Ok(())
}

/// The name of the transcript for `source`: one that none of `names` is.
fn document_of(source: Node<'_, '_>, names: &mut BTreeSet<String>) -> String {
    let title = source.attribute("name").or_else(|| source.attribute("guid")).unwrap_or("source");
    let is_text = title.to_lowercase().ends_with(".txt");
    let stem = title.len().checked_sub(".txt".len()).and_then(|end| title.get(..end));
    let stem = stem.filter(|_| is_text).unwrap_or(title);
    let numbered = (2..).map(|number: u32| format!("{stem} ({number}).txt"));
    let own = if is_text { title.to_owned() } else { format!("{title}.txt") };
    let mut free = std::iter::once(own).chain(numbered).filter(|name| names.insert(name.clone()));
    free.next().unwrap_or_default()
}

const NAMESPACE: &str = "urn:QDA-XML:project:1.0";

/// The text of the first of the files called so that is there, `\` and capitals in folders being what some programs write.
fn entry(archive: &mut Archive, names: &[&str]) -> Result<String, String> {
    let plain = |name: &str| name.replace('\\', "/").to_lowercase();
    let wanted: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let mut files = archive.file_names().filter_map(Result::ok);
    let found = files.find(|name| wanted.contains(&plain(name))).map(std::borrow::Cow::into_owned);
    drop(files);
    let found = found.ok_or_else(|| format!("expected a file {} in it", names[0]))?;
    let entry = archive.by_name(&found).map_err(|error| format!("{found} cannot be unpacked: {error}"))?;
    let mut bytes = Vec::new();
    entry.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| format!("{found} cannot be unpacked: {error}"))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST) {
        return Err(format!("{found} has more than {LARGEST} bytes when it is unpacked"));
    }
    String::from_utf8(bytes).map_err(|error| format!("{found} is no UTF-8 text: {error}"))
}

type Archive = ZipArchive<Cursor<Vec<u8>>>;

/// What holds for all sources of a project.
struct Project<'a, 'i> {
    name: String,
    root: Node<'a, 'i>,
    is_ours: bool,
    users: BTreeMap<&'a str, &'a str>,
    /// Layer and label of each code.
    codes: BTreeMap<&'a str, (String, Option<String>)>,
    /// The text of each note.
    notes: BTreeMap<&'a str, String>,
    /// The notes without one.
    faults: Vec<Refusal>,
    schema: Schema,
}

impl<'a, 'i> Project<'a, 'i> {
    fn of(name: &str, root: Node<'a, 'i>, archive: &mut Archive) -> Self {
        let is_ours = root.attribute("origin") == Some(ORIGIN);
        let elements = |element: &'static str| root.descendants().filter(move |own| own.tag_name().name() == element);
        let users = elements("User").filter_map(|own| Some((own.attribute("guid")?, own.attribute("name")?))).collect();
        let mut codes = BTreeMap::new();
        let mut layers = Vec::new();
        for code in elements("Codes").flat_map(|own| own.children()).filter(|own| own.has_tag_name((NAMESPACE, "Code")))
        {
            let layer = layer(code, &layers, is_ours, &mut codes);
            layers.push(layer);
        }
        let [about_words, about_sources] = [false, true].map(|is| coded(root, &codes, is));
        for layer in &mut layers {
            let is_coded =
                |names: &BTreeSet<&str>| matches!(&layer.title, Title::One(name) if names.contains(name.as_str()));
            if is_coded(&about_sources) && !is_coded(&about_words) {
                layer.kind = LayerKind::Document;
            }
        }
        let (mut notes, mut faults) = (BTreeMap::new(), Vec::new());
        for note in elements("Note") {
            let guid = note.attribute("guid").unwrap_or_default();
            match text_of(note, archive) {
                Ok(text) => drop(notes.insert(guid, text)),
                Err(reason) => faults.push(Spot::new(name, line(note)).refuse(format!("note {guid}: {reason}"))),
            }
        }
        let title = root.attribute("name").unwrap_or("project").to_owned();
        let schema = Schema { name: title, version: 1, layers };
        Self { name: name.to_owned(), root, is_ours, users, codes, notes, faults, schema }
    }

    /// The user of that name, which only one has in projects of ours.
    fn user_called(&self, name: &str) -> User<'a> {
        let known = self.users.iter().find(|(_, own)| **own == name);
        known.map_or_else(
            || User { name: name.to_owned().into(), guid: "" },
            |(guid, name)| User { name: (*name).into(), guid },
        )
    }

    fn source(&self, source: Node<'a, 'i>, document: &str, archive: &mut Archive) -> Vec<Draft> {
        let mut drafts = Drafts { project: self, drafts: BTreeMap::new() };
        let text = text_of(source, archive);
        let selections = Selections::of(source, text.as_deref().unwrap_or_default());
        let children = |element: &'static str| source.children().filter(move |own| own.tag_name().name() == element);
        let mut items: BTreeMap<&str, (User<'_>, String)> = BTreeMap::new();
        for selection in &selections.selections {
            for coding in selection.node.children().filter(|own| own.tag_name().name() == "Coding") {
                let placed = drafts.selection(selection, coding);
                for guid in [selection.node, coding].into_iter().filter_map(|own| own.attribute("guid")) {
                    items.entry(guid).or_insert_with(|| placed.clone());
                }
            }
        }
        children("Coding").for_each(|coding| drafts.coding(coding));
        for link in self.root.descendants().filter(|own| own.has_tag_name((NAMESPACE, "Link"))) {
            drafts.link(link, &items);
        }
        for description in children("Description").filter(|_| self.is_ours) {
            let (attributes, _) = description::read(&words(description));
            let annotators = attributes.into_iter().filter(|(name, _)| name == ANNOTATOR);
            annotators.for_each(|(_, annotator)| {
                drafts.of(&self.user_called(&annotator));
            });
        }
        if drafts.drafts.is_empty() {
            // A text that nobody has annotated yet is there all the same, as its first user's.
            let first = self.users.iter().next().map(|(guid, name)| User { name: (*name).into(), guid });
            drafts.of(&first.unwrap_or_default());
        }
        let (text, fault) = match text {
            Ok(_) => (Some(selections.reading.text), None),
            Err(reason) => (None, Some(Spot::new(&self.name, 0).refuse(format!("{document}: {reason}")))),
        };
        let drafts = drafts.drafts.into_values();
        drafts
            .map(|own| Draft {
                document: Some(document.to_owned()),
                text: text.clone(),
                unit: Some(selections.reading.unit),
                counted: selections.reading.counted,
                schema: Some(self.schema.clone()),
                textless: fault.clone(),
                ..own
            })
            .collect()
    }
}

/// What each annotator says about one source.
struct Drafts<'p, 'a, 'i> {
    project: &'p Project<'a, 'i>,
    drafts: BTreeMap<User<'a>, Draft>,
}

/// Who codes: two may have one name.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct User<'a> {
    name: Cow<'a, str>,
    guid: &'a str,
}

impl<'a> Drafts<'_, 'a, '_> {
    fn of(&mut self, user: &User<'a>) -> &mut Draft {
        self.drafts.entry(user.clone()).or_insert_with(|| Draft {
            annotator: Some(user.name.clone().into_owned()).filter(|own| !own.is_empty()),
            ..Draft::default()
        })
    }

    fn user(&self, element: Node<'a, '_>) -> User<'a> {
        let user = element.attribute("creatingUser").and_then(|guid| self.project.users.get_key_value(guid));
        user.map(|(guid, name)| User { name: (*name).into(), guid }).unwrap_or_default()
    }

    /// Takes a coding of a selection; the annotator and the id of the item that it belongs to.
    fn selection(&mut self, selection: &Selection<'a, '_>, coding: Node<'a, '_>) -> (User<'a>, String) {
        let own = coding.attribute("guid").unwrap_or_default();
        let (user, is_ours) = (self.user(coding), self.project.is_ours);
        let id = number(own).filter(|_| is_ours).map_or_else(|| own.to_owned(), |number| format!("T{number}"));
        let spot = Spot::new(&self.project.name, line(selection.node));
        match self.item(selection, coding, &id, &spot) {
            Err(reason) => self.of(&user).refusals.push(spot.refuse(reason)),
            Ok(item) => {
                let items = &mut self.of(&user).items;
                match (items.iter_mut().rev().find(|other| is_ours && other.id == id), item.target) {
                    // The fragments of one annotation stand one behind the other.
                    (Some(Item { target: Aim::Text { pieces, .. }, .. }), Aim::Text { pieces: more, .. }) => {
                        pieces.extend(more);
                    }
                    (_, target) => items.push(Item { target, ..item }),
                }
            }
        }
        (user, id)
    }

    fn item(&self, selection: &Selection<'a, '_>, coding: Node<'a, '_>, id: &str, spot: &Spot) -> Result<Item, String> {
        let Range { start, end } = selection.range.clone()?;
        let (layer, label) = self.code(coding)?;
        let said = selection.node.children().find(|own| own.tag_name().name() == "Description").map(words);
        let (attributes, note) = match said {
            Some(words) if self.project.is_ours => description::read(&words),
            words => (Vec::new(), self.notes(selection.node, coding, words)),
        };
        Ok(Item {
            spot: spot.clone(),
            id: id.to_owned(),
            layer: Some(layer),
            label,
            target: Aim::Text { pieces: std::iter::once(start..end).collect(), words: Vec::new(), apart: None },
            attributes: attributes.into_iter().map(|(name, value)| (name, Stated::Words(value))).collect(),
            note,
            origin: None,
        })
    }

    /// What is said about a passage, in its description and in notes about it and its coding.
    fn notes(&self, selection: Node<'_, '_>, coding: Node<'_, '_>, description: Option<String>) -> Option<String> {
        let elements = selection.children().chain(coding.children());
        let notes = elements.filter(|own| own.tag_name().name() == "NoteRef");
        let notes = notes.filter_map(|own| self.project.notes.get(own.attribute("targetGUID")?).cloned());
        let said: Vec<String> = description.into_iter().chain(notes).filter(|own| !own.trim().is_empty()).collect();
        (!said.is_empty()).then(|| said.join("\n"))
    }

    fn code(&self, coding: Node<'a, '_>) -> Result<(String, Option<String>), String> {
        let reference = coding.children().find(|own| own.tag_name().name() == "CodeRef");
        let code = reference.and_then(|own| own.attribute("targetGUID")).ok_or("expected a code")?;
        self.project.codes.get(code).cloned().ok_or_else(|| format!("its code {code} is not there"))
    }

    /// Takes a coding of the source as a whole.
    fn coding(&mut self, coding: Node<'a, '_>) {
        let own = coding.attribute("guid").unwrap_or_default();
        let id = number(own).filter(|_| self.project.is_ours);
        let spot = Spot::new(&self.project.name, line(coding));
        let code = self.code(coding);
        let user = self.user(coding);
        let draft = self.of(&user);
        match code {
            Err(reason) => draft.refusals.push(spot.refuse(reason)),
            Ok((layer, label)) => draft.items.push(Item {
                spot,
                id: id.map_or_else(|| own.to_owned(), |number| format!("T{number}")),
                layer: Some(layer),
                label,
                ..Item::default()
            }),
        }
    }

    /// Takes a link between two of `items`.
    fn link(&mut self, link: Node<'a, '_>, items: &BTreeMap<&str, (User<'a>, String)>) {
        let end = |name: &str| link.attribute(name).and_then(|guid| items.get(guid));
        let (Some((user, from)), Some((_, to))) = (end("originGUID"), end("targetGUID")) else { return };
        if self.project.is_ours && link.attribute("name") == Some(CONTINUES) && from == to {
            return;
        }
        let own = link.attribute("guid").unwrap_or_default();
        let id = number(own).filter(|_| self.project.is_ours);
        let spot = Spot::new(&self.project.name, line(link));
        let (user, from, to) = (user.clone(), from.clone(), to.clone());
        self.of(&user).items.push(Item {
            spot,
            id: id.map_or_else(|| own.to_owned(), |number| format!("R{number}")),
            label: Some(link.attribute("name").unwrap_or("link").to_owned()),
            target: Aim::Relation { from, to },
            ..Item::default()
        });
    }
}

/// The text of a source, with a byte-order mark if it has one: in a file, or in the element.
fn text_of(source: Node<'_, '_>, archive: &mut Archive) -> Result<String, String> {
    if let Some(content) = source.children().find(|own| own.tag_name().name() == "PlainTextContent") {
        return Ok(words(content));
    }
    let path = source.attribute("plainTextPath").ok_or("expected a plain text; only rich text is there")?;
    let file = path.strip_prefix("internal://").ok_or_else(|| format!("its text is outside, at {path}"))?;
    entry(archive, &[&format!("sources/{file}"), file])
}

pub(super) fn line(node: Node<'_, '_>) -> usize {
    usize::try_from(node.document().text_pos_at(node.range().start).row).unwrap_or_default()
}

pub(super) fn words(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|own| own.text()).collect()
}
