//! Writing projects.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::codes::Codes;
use super::guid::guid;
use super::{ANNOTATOR, CONTINUES, ORIGIN, description};
use crate::annotation::{Annotation, AnnotationId, Target};
use crate::exchange::lossy::{Described, InWords};
use crate::exchange::{Exporter, Loss, Losses, Plan, Shipped, Sink, Source, xml};
use crate::text::{Fragments, Span};

/// How many code points of a selection its name shows.
const NAME: usize = 60;

/// Starts a project.
pub(super) fn start(plan: &Plan<'_>) -> Box<dyn Exporter> {
    let users: BTreeSet<String> = plan.annotators.iter().map(|own| (*own).to_owned()).collect();
    Box::new(Project {
        codes: Codes::of(plan.schemas),
        users,
        cases: BTreeMap::new(),
        sources: Vec::new(),
        links: Vec::new(),
        texts: ZipWriter::new(Cursor::default()),
    })
}

struct Project {
    codes: Codes,
    users: BTreeSet<String>,
    /// The selections that name each speaker.
    cases: BTreeMap<String, Vec<String>>,
    sources: Vec<TextSource>,
    links: Vec<Link>,
    /// The archive, as far as the texts are in it.
    texts: ZipWriter<Cursor<Vec<u8>>>,
}

/// A document with what is said about it, as XML.
struct TextSource {
    id: String,
    /// Those who annotated it, also when they say nothing.
    annotators: Vec<(String, String)>,
    selections: Writer<Vec<u8>>,
    codings: Writer<Vec<u8>>,
}

struct Link {
    guid: String,
    name: String,
    from: String,
    to: String,
}

impl Exporter for Project {
    fn add(&mut self, source: &Source<'_>, _: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let id = source.document.id.as_str();
        if self.sources.last().is_none_or(|own| own.id != id) {
            self.texts.start_file(format!("sources/{}.txt", guid(&["text", id], 0)), options())?;
            self.texts.write_all(shipped.text().as_str().as_bytes())?;
            let (selections, codings) = (Writer::new(Vec::new()), Writer::new(Vec::new()));
            self.sources.push(TextSource { id: id.to_owned(), annotators: Vec::new(), selections, codings });
        }
        if let Some(own) = self.sources.last_mut() {
            own.annotators.push((ANNOTATOR.to_owned(), source.annotator.to_owned()));
        }
        self.users.insert(source.annotator.to_owned());
        let mut words = InWords::of(source);
        for own in source.relations_last() {
            let written = match &own.target {
                Target::Text(fragments) => self.selections(source, &shipped, own, fragments, &mut words, losses)?,
                Target::Document => self.coding(source, own, &mut words, losses)?,
                Target::Relation { .. } => self.link(source, own, &mut words, losses),
            };
            if written.is_none() {
                losses.tell(Loss::Annotation(own.id));
            }
        }
        words.finish(losses);
        Ok(())
    }

    fn finish(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        let mut out = Writer::new(Vec::new());
        self.write(&mut out)?;
        self.texts.start_file("project.qde", options())?;
        self.texts.write_all(out.get_ref())?;
        let texts = std::mem::replace(&mut self.texts, ZipWriter::new(Cursor::default()));
        let archive = texts.finish()?.into_inner();
        sink.file("project.qdpx")?.write_all(&archive)
    }
}

/// Writing what is said.
impl Project {
    /// A selection for each fragment; none if the format cannot hold it.
    fn selections<'a>(
        &mut self,
        source: &Source<'_>,
        shipped: &Shipped,
        own: &'a Annotation,
        fragments: &Fragments,
        words: &mut InWords<'a>,
        losses: &mut Losses,
    ) -> io::Result<Option<()>> {
        let Some(fragments) = shipped.fragments(fragments) else { return Ok(None) };
        let Some(described) = words.described(own, xml::holds, losses) else { return Ok(None) };
        let code = self.codes.guid(&described.called);
        let guids: Vec<String> = (0..).zip(fragments.spans()).map(|(at, _)| selection(source, own.id, at)).collect();
        let Described { attributes, note, .. } = &described;
        for (at, (span, guid)) in fragments.spans().iter().zip(&guids).enumerate() {
            // What is said of the annotation is said once, at its first fragment.
            let description = description::write(attributes, *note).filter(|_| at == 0);
            let said = Selection { guid, span: *span, code: &code, description };
            self.selection(source, shipped, own.id, at, &said)?;
        }
        self.links.extend(guids.windows(2).zip(1_u32..).map(|(pair, at)| Link {
            guid: guid(&["continues", &pair[0]], at),
            name: CONTINUES.to_owned(),
            from: pair[0].clone(),
            to: pair[1].clone(),
        }));
        if let Some(speaker) = source.speaker_of(own).filter(|name| xml::holds(name)) {
            self.cases.entry(speaker.into_owned()).or_default().push(guids[0].clone());
        }
        Ok(Some(()))
    }

    fn selection(
        &mut self,
        source: &Source<'_>,
        shipped: &Shipped,
        id: AnnotationId,
        at: usize,
        said: &Selection<'_>,
    ) -> io::Result<()> {
        let Some(document) = self.sources.last_mut() else { return Ok(()) };
        let range = shipped.text().code_points(said.span);
        let (start, end) = (range.start.to_string(), range.end.to_string());
        let name: String = shipped.text().slice(said.span).chars().take(NAME).collect();
        let name = name.replace('\n', " ");
        let user = user(source.annotator);
        let coding = guid(&["coding", source.document.id.as_str(), source.annotator, &at.to_string()], id.0);
        document
            .selections
            .create_element("PlainTextSelection")
            .with_attributes([("guid", said.guid), ("name", &name), ("startPosition", &start)])
            .with_attributes([("endPosition", end.as_str()), ("creatingUser", &user)])
            .write_inner_content(|out| {
                if let Some(description) = &said.description {
                    out.create_element("Description").write_text_content(BytesText::new(description))?;
                }
                coded(out, &coding, &user, said.code)
            })?;
        document.selections.get_mut().write_all(b"\n")
    }

    /// A label of the document; none if the format cannot hold it.
    fn coding<'a>(
        &mut self,
        source: &Source<'_>,
        own: &'a Annotation,
        words: &mut InWords<'a>,
        losses: &mut Losses,
    ) -> io::Result<Option<()>> {
        if ![own.layer.as_str(), own.label.as_str()].into_iter().all(xml::holds) {
            return Ok(None);
        }
        let code = self.codes.guid(&words.called(own, losses));
        lose_details(own, losses);
        let Some(document) = self.sources.last_mut() else { return Ok(None) };
        let coding = guid(&["coding", source.document.id.as_str(), source.annotator, "document"], own.id.0);
        coded(&mut document.codings, &coding, &user(source.annotator), &code).map(Some)
    }

    /// A link between two selections; none if the format cannot hold it.
    fn link<'a>(
        &mut self,
        source: &Source<'_>,
        own: &'a Annotation,
        words: &mut InWords<'a>,
        losses: &mut Losses,
    ) -> Option<()> {
        let is_text = |id: AnnotationId| source.set.get(id).is_some_and(|own| own.fragments().is_some());
        let ends = words.ends(own).filter(|(from, to)| is_text(*from) && is_text(*to));
        let (from, to) = ends.filter(|_| xml::holds(own.label.as_str()))?;
        lose_details(own, losses);
        self.links.push(Link {
            guid: guid(&["link", source.document.id.as_str(), source.annotator], own.id.0),
            name: words.relation_type(own, losses),
            from: selection(source, from, 0),
            to: selection(source, to, 0),
        });
        Some(())
    }
}

/// Writing the project.
impl Project {
    fn write(&self, out: &mut Writer<Vec<u8>>) -> io::Result<()> {
        out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        let project = out.create_element("Project");
        project
            .with_attributes([("xmlns", "urn:QDA-XML:project:1.0"), ("name", "tribune"), ("origin", ORIGIN)])
            .write_inner_content(|out| {
                list(out, "Users", self.users.iter(), |out, name| {
                    let attributes = [("guid", user(name)), ("name", name.clone())];
                    let attributes = attributes.iter().map(|(key, value)| (*key, value.as_str()));
                    out.create_element("User").with_attributes(attributes).write_empty().map(drop)
                })?;
                if !self.codes.is_empty() {
                    out.create_element("CodeBook").write_inner_content(|out| self.codes.write(out))?;
                }
                list(out, "Cases", self.cases.iter(), |out, (name, selections)| {
                    let guid = guid(&["case", name], 0);
                    let case = out.create_element("Case").with_attributes([("guid", guid.as_str()), ("name", name)]);
                    case.write_inner_content(|out| {
                        selections.iter().try_for_each(|guid| {
                            let attribute = ("targetGUID", guid.as_str());
                            out.create_element("SelectionRef").with_attribute(attribute).write_empty().map(drop)
                        })
                    })
                    .map(drop)
                })?;
                list(out, "Sources", self.sources.iter(), |out, own| own.write(out))?;
                list(out, "Links", self.links.iter(), |out, own| own.write(out))
            })?;
        out.get_mut().write_all(b"\n")
    }
}

impl TextSource {
    fn write(&self, out: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let id = self.id.as_str();
        let (own, path) = (guid(&["source", id], 0), format!("internal://{}.txt", guid(&["text", id], 0)));
        out.create_element("TextSource")
            .with_attributes([("guid", own.as_str()), ("name", id), ("plainTextPath", &path)])
            .write_inner_content(|out| {
                let description = description::write(&self.annotators, None).unwrap_or_default();
                out.create_element("Description").write_text_content(BytesText::new(&description))?;
                out.get_mut().write_all(b"\n")?;
                out.get_mut().write_all(self.selections.get_ref())?;
                out.get_mut().write_all(self.codings.get_ref())
            })
            .map(drop)
    }
}

impl Link {
    fn write(&self, out: &mut Writer<Vec<u8>>) -> io::Result<()> {
        out.create_element("Link")
            .with_attributes([("guid", self.guid.as_str()), ("name", &self.name), ("direction", "OneWay")])
            .with_attributes([("originGUID", self.from.as_str()), ("targetGUID", &self.to)])
            .write_empty()
            .map(drop)
    }
}

/// A fragment as it will stand in the project.
struct Selection<'a> {
    guid: &'a str,
    span: Span,
    code: &'a str,
    description: Option<String>,
}

/// Attributes and notes stand in the description of a selection, which only annotations about text have.
fn lose_details(own: &Annotation, losses: &mut Losses) {
    own.attributes.keys().for_each(|id| losses.tell(Loss::Attribute(own.id, id.clone())));
    if own.note.is_some() {
        losses.tell(Loss::Note(own.id));
    }
}

fn coded(out: &mut Writer<Vec<u8>>, guid: &str, user: &str, code: &str) -> io::Result<()> {
    let coding = out.create_element("Coding").with_attributes([("guid", guid), ("creatingUser", user)]);
    coding
        .write_inner_content(|out| {
            out.create_element("CodeRef").with_attribute(("targetGUID", code)).write_empty().map(drop)
        })
        .map(drop)
}

/// An element that lists others; nothing when there are none, for an empty list is not valid.
fn list<T>(
    out: &mut Writer<Vec<u8>>,
    element: &str,
    items: impl ExactSizeIterator<Item = T>,
    mut write: impl FnMut(&mut Writer<Vec<u8>>, T) -> io::Result<()>,
) -> io::Result<()> {
    if items.len() == 0 {
        return Ok(());
    }
    let mut items = items;
    out.create_element(element).write_inner_content(|out| items.try_for_each(|item| write(out, item))).map(drop)
}

fn user(annotator: &str) -> String {
    guid(&["user", annotator], 0)
}

fn selection(source: &Source<'_>, id: AnnotationId, at: usize) -> String {
    guid(&["selection", source.document.id.as_str(), source.annotator, &at.to_string()], id.0)
}

/// Compressed, with the same date each time.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().last_modified_time(zip::DateTime::default())
}

impl std::fmt::Debug for Project {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Project").field("users", &self.users).finish_non_exhaustive()
    }
}
