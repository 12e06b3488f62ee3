//! Writing files.

use std::io::{self, Write};
use std::sync::Arc;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{ENDING, NAMESPACE, TEXT};
use crate::annotation::{Annotation, AnnotationId, Speaker, Target, Value};
use crate::exchange::lossy::InWords;
use crate::exchange::names::Called;
use crate::exchange::{Exporter, Loss, Losses, Plan, Shipped, Sink, Source, Stems, xml};
use crate::text::Fragments;

/// Starts a collection of files.
pub(super) fn start(plan: &Plan<'_>) -> Box<dyn Exporter> {
    Box::new(Documents { stems: Stems::of(plan) })
}

#[derive(Debug)]
struct Documents {
    stems: Stems,
}

impl Exporter for Documents {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let stem = self.stems.stem(source);
        let out = sink.file(&format!("{stem}{ENDING}"))?;
        let contents = Contents::of(source, &shipped, losses);
        let mut writer = Writer::new(out);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        contents.write(&mut writer, source, &shipped)?;
        writer.get_mut().write_all(b"\n")
    }
}

/// An annotation as it will stand in the file.
struct Entry {
    id: AnnotationId,
    called: Arc<Called>,
    attributes: Vec<(String, Said)>,
    note: Option<String>,
    target: Aim,
}

/// What an entry is about.
enum Aim {
    Text(Fragments),
    Relation(String, String),
    Document,
}

/// The value of an attribute as it will stand in the file: the words, and whom they name.
struct Said {
    words: String,
    person: Option<u32>,
}

/// What of a source the file will hold.
struct Contents {
    entries: Vec<Entry>,
    speakers: Vec<Speaker>,
}

impl Contents {
    fn of(source: &Source<'_>, shipped: &Shipped, losses: &mut Losses) -> Self {
        let mut words = InWords::of(source);
        let entries = source.relations_last().filter_map(|own| {
            let entry = entry(own, source, shipped, &mut words, losses);
            if entry.is_none() {
                losses.tell(Loss::Annotation(own.id));
            }
            entry
        });
        let entries = entries.collect();
        words.finish_with_register(losses);
        let (mut speakers, unheld): (Vec<Speaker>, Vec<Speaker>) =
            source.set.speakers().cloned().partition(|own| xml::holds(&own.name));
        for own in unheld {
            losses.tell(Loss::Speaker(own.id));
        }
        for own in &mut speakers {
            let details = own.role.iter().chain(&own.aliases).all(|words| xml::holds(words));
            if !details {
                losses.tell(Loss::SpeakerDetails(own.id));
                own.role = None;
                own.aliases.clear();
            }
        }
        Self { entries, speakers }
    }

    fn write<W: Write>(&self, out: &mut Writer<W>, source: &Source<'_>, shipped: &Shipped) -> io::Result<()> {
        let root = out.create_element("TEI").with_attribute(("xmlns", NAMESPACE));
        root.write_inner_content(|out| {
            self.header(out, source)?;
            out.create_element("text").write_inner_content(|out| {
                out.create_element("body").write_inner_content(|out| {
                    let text = out.create_element("ab").with_attributes([("xml:id", TEXT), ("xml:space", "preserve")]);
                    text.write_text_content(BytesText::new(shipped.text().as_str())).map(drop)
                })?;
                Ok(())
            })?;
            self.stand_off(out, source, shipped)
        })
        .map(drop)
    }

    fn header<W: Write>(&self, out: &mut Writer<W>, source: &Source<'_>) -> io::Result<()> {
        let header = out.create_element("teiHeader");
        header
            .write_inner_content(|out| {
                out.create_element("fileDesc").write_inner_content(|out| {
                    out.create_element("titleStmt").write_inner_content(|out| {
                        text(out, "title", source.document.id.as_str())?;
                        responsible(out, source.annotator)
                    })?;
                    out.create_element("publicationStmt")
                        .write_inner_content(|out| text(out, "p", "Written by tribune for analysis."))?;
                    out.create_element("sourceDesc").write_inner_content(|out| {
                        text(out, "p", &format!("A transcript with the SHA-256 {}", source.digest.as_str()))
                    })?;
                    Ok(())
                })?;
                let labels: Vec<&Entry> =
                    self.entries.iter().filter(|own| matches!(own.target, Aim::Document)).collect();
                if labels.is_empty() && self.speakers.is_empty() {
                    return Ok(());
                }
                out.create_element("profileDesc").write_inner_content(|out| {
                    if !self.speakers.is_empty() {
                        out.create_element("particDesc").write_inner_content(|out| {
                            let list = out.create_element("listPerson");
                            list.write_inner_content(|out| self.speakers.iter().try_for_each(|own| person(out, own)))?;
                            Ok(())
                        })?;
                    }
                    if !labels.is_empty() {
                        out.create_element("textClass").write_inner_content(|out| {
                            let list = out.create_element("keywords");
                            list.write_inner_content(|out| labels.iter().try_for_each(|own| own.term(out)))?;
                            Ok(())
                        })?;
                    }
                    Ok(())
                })?;
                Ok(())
            })
            .map(drop)
    }

    fn stand_off<W: Write>(&self, out: &mut Writer<W>, source: &Source<'_>, shipped: &Shipped) -> io::Result<()> {
        let about_text = || self.entries.iter().filter(|own| matches!(own.target, Aim::Text(_)));
        let relations = || self.entries.iter().filter(|own| matches!(own.target, Aim::Relation(..)));
        if about_text().next().is_none() && relations().next().is_none() {
            return Ok(());
        }
        let stand_off = out.create_element("standOff");
        stand_off
            .write_inner_content(|out| {
                if about_text().next().is_some() {
                    out.create_element("listAnnotation").write_inner_content(|out| {
                        about_text().try_for_each(|own| own.annotation(out, source, shipped))
                    })?;
                }
                if relations().next().is_some() {
                    out.create_element("listRelation")
                        .write_inner_content(|out| relations().try_for_each(|own| own.relation(out)))?;
                }
                Ok(())
            })
            .map(drop)
    }
}

/// `own` as it will stand in the file; none when the file cannot hold it.
fn entry<'a>(
    own: &'a Annotation,
    source: &Source<'_>,
    shipped: &Shipped,
    words: &mut InWords<'a>,
    losses: &mut Losses,
) -> Option<Entry> {
    let target = match &own.target {
        Target::Text(fragments) => Aim::Text(shipped.fragments(fragments)?.into_owned()),
        Target::Document => Aim::Document,
        Target::Relation { .. } => {
            let (from, to) = words.ends(own)?;
            Aim::Relation(source.handle(from), source.handle(to))
        }
    };
    if ![own.layer.as_str(), own.label.as_str()].into_iter().all(xml::holds) {
        return None;
    }
    let called = words.called(own, losses);
    let mut attributes = Vec::new();
    for (id, value) in &own.attributes {
        let said = match value {
            Value::Speaker(person) => {
                Some(Said { words: source.speaker_name(*person).into_owned(), person: Some(person.0) })
            }
            Value::Choice(_) | Value::Flag(_) | Value::Text(_) if !xml::holds(&source.words(value)) => {
                losses.tell(Loss::Attribute(own.id, id.clone()));
                None
            }
            Value::Choice(_) | Value::Flag(_) | Value::Text(_) => {
                words.words(own, id, losses).map(|words| Said { words: words.into_owned(), person: None })
            }
        };
        attributes.extend(said.map(|said| (words.attribute_name(id.as_str()).to_owned(), said)));
    }
    let note = own.note.clone().filter(|note| xml::holds(note));
    if note != own.note {
        losses.tell(Loss::Note(own.id));
    }
    Some(Entry { id: own.id, called, attributes, note, target })
}

impl Entry {
    fn annotation<W: Write>(&self, out: &mut Writer<W>, source: &Source<'_>, shipped: &Shipped) -> io::Result<()> {
        let Aim::Text(fragments) = &self.target else { return Ok(()) };
        let ranges = fragments.spans().iter().map(|span| shipped.text().code_points(*span));
        let ranges: Vec<String> = ranges.map(|range| format!("{},{}", range.start, range.end - range.start)).collect();
        let (id, target) = (format!("T{}", self.id), format!("#string-range({TEXT},{})", ranges.join(",")));
        out.create_element("annotation")
            .with_attributes([("xml:id", id.as_str()), ("motivation", "tagging"), ("target", &target)])
            .write_inner_content(|out| {
                responsible(out, source.annotator)?;
                self.notes(out, "note")
            })
            .map(drop)
    }

    fn relation<W: Write>(&self, out: &mut Writer<W>) -> io::Result<()> {
        let Aim::Relation(from, to) = &self.target else { return Ok(()) };
        let (id, active, passive) = (format!("R{}", self.id), format!("#{from}"), format!("#{to}"));
        // The name must be one word; the descriptions say it in full.
        let name = self.called.value.as_deref().unwrap_or(&self.called.layer).replace(char::is_whitespace, "_");
        out.create_element("relation")
            .with_attributes([("xml:id", id.as_str()), ("name", &name), ("active", &active), ("passive", &passive)])
            .write_inner_content(|out| self.notes(out, "desc"))
            .map(drop)
    }

    fn term<W: Write>(&self, out: &mut Writer<W>) -> io::Result<()> {
        let id = format!("T{}", self.id);
        let term = out.create_element("term").with_attribute(("xml:id", id.as_str()));
        term.write_inner_content(|out| self.notes(out, "note")).map(drop)
    }

    /// What is said, in elements called `element`.
    fn notes<W: Write>(&self, out: &mut Writer<W>, element: &str) -> io::Result<()> {
        let mut note = |attributes: &[(&str, &str)], words: &str| {
            let note = out.create_element(element).with_attributes(attributes.iter().copied());
            note.write_text_content(BytesText::new(words)).map(drop)
        };
        note(&[("type", "label")], &self.called.layer)?;
        if let Some(value) = &self.called.value {
            note(&[("type", "value")], value)?;
        }
        for (name, said) in &self.attributes {
            let person = said.person.map(|person| format!("#S{person}"));
            let mut attributes = vec![("type", "attribute"), ("n", name.as_str())];
            attributes.extend(person.as_ref().map(|person| ("corresp", person.as_str())));
            note(&attributes, &said.words)?;
        }
        self.note.iter().try_for_each(|words| note(&[("type", "comment")], words))
    }
}

fn person<W: Write>(out: &mut Writer<W>, speaker: &Speaker) -> io::Result<()> {
    let id = format!("S{}", speaker.id.0);
    let person = out.create_element("person").with_attribute(("xml:id", id.as_str()));
    person
        .write_inner_content(|out| {
            text(out, "persName", &speaker.name)?;
            for alias in &speaker.aliases {
                let name = out.create_element("persName").with_attribute(("type", "alias"));
                name.write_text_content(BytesText::new(alias))?;
            }
            if let Some(role) = &speaker.role {
                let note = out.create_element("note").with_attribute(("type", "role"));
                note.write_text_content(BytesText::new(role))?;
            }
            Ok(())
        })
        .map(drop)
}

fn responsible<W: Write>(out: &mut Writer<W>, annotator: &str) -> io::Result<()> {
    let statement = out.create_element("respStmt");
    statement
        .write_inner_content(|out| {
            text(out, "resp", "annotator")?;
            text(out, "name", annotator)
        })
        .map(drop)
}

fn text<W: Write>(out: &mut Writer<W>, element: &str, words: &str) -> io::Result<()> {
    out.create_element(element).write_text_content(BytesText::new(words)).map(drop)
}
