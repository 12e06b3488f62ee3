//! Writing pages.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::BytesText;

use super::piece::{Piece, pieces};
use super::style::Lanes;
use super::{DOCTYPE, ENDING, GENERATOR};
use crate::annotation::{Annotation, AnnotationId, Target};
use crate::exchange::lossy::{Described, InWords};
use crate::exchange::{Exporter, Loss, Losses, Plan, Shipped, Sink, Source, Stems, xml};
use crate::text::Fragments;

/// How many code points of an annotation's words the list shows.
const EXCERPT: usize = 300;

/// Starts a collection of pages.
pub(super) fn start(plan: &Plan<'_>) -> Box<dyn Exporter> {
    Box::new(Pages { stems: Stems::of(plan) })
}

#[derive(Debug)]
struct Pages {
    stems: Stems,
}

impl Exporter for Pages {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let stem = self.stems.stem(source);
        let page = Page::of(source, &shipped, losses);
        let out = sink.file(&format!("{stem}{ENDING}"))?;
        out.write_all(DOCTYPE.as_bytes())?;
        let mut writer = Writer::new(out);
        page.write(&mut writer)?;
        writer.get_mut().write_all(b"\n")
    }
}

/// An annotation as it will stand on the page.
struct Entry<'a> {
    own: &'a Annotation,
    described: Described<'a>,
    fragments: Option<Cow<'a, Fragments>>,
    ends: Option<(String, String)>,
}

struct Page<'a, 's> {
    source: &'a Source<'s>,
    shipped: &'a Shipped,
    entries: Vec<Entry<'a>>,
    lanes: Lanes,
    pieces: Vec<Piece>,
    /// The class of each combination of lanes.
    classes: BTreeMap<Vec<usize>, usize>,
}

impl<'a, 's> Page<'a, 's> {
    fn of(source: &'a Source<'s>, shipped: &'a Shipped, losses: &mut Losses) -> Self {
        let mut words = InWords::of(source);
        let mut entries = Vec::new();
        for own in source.relations_last() {
            match entry(own, source, shipped, &mut words, losses) {
                Some(entry) => entries.push(entry),
                None => losses.tell(Loss::Annotation(own.id)),
            }
        }
        words.finish(losses);
        let about_text: Vec<(AnnotationId, &Fragments)> =
            entries.iter().filter_map(|entry| Some((entry.own.id, entry.fragments.as_deref()?))).collect();
        let pieces = pieces(shipped.text(), &about_text);
        let lanes = Lanes::of(source.schema, entries.iter().filter(|own| own.fragments.is_some()).map(|own| own.own));
        let mut page = Self { source, shipped, entries, lanes, pieces, classes: BTreeMap::new() };
        for piece in &page.pieces {
            let number = page.classes.len();
            page.classes.entry(page.lanes_of(piece)).or_insert(number);
        }
        page
    }

    /// The lanes beneath `piece`, each once.
    fn lanes_of(&self, piece: &Piece) -> Vec<usize> {
        let annotations = piece.covering.iter().filter_map(|(id, _)| self.source.set.get(*id));
        let lanes: BTreeSet<usize> = annotations.filter_map(|own| self.lanes.of_annotation(own)).collect();
        lanes.into_iter().collect()
    }

    fn write<W: Write>(&self, out: &mut Writer<W>) -> io::Result<()> {
        let id = self.source.document.id.as_str();
        out.create_element("html")
            .write_inner_content(|out| {
                out.create_element("head").write_inner_content(|out| {
                    out.create_element("meta").with_attribute(("charset", "utf-8")).write_empty()?;
                    meta(out, "generator", GENERATOR)?;
                    meta(out, "viewport", "width=device-width,initial-scale=1")?;
                    meta(out, "author", self.source.annotator)?;
                    text(out, "title", id)?;
                    text(out, "style", &self.lanes.sheet(&self.classes))
                })?;
                out.create_element("body").write_inner_content(|out| {
                    text(out, "h1", id)?;
                    self.legend(out)?;
                    self.text(out)?;
                    self.lists(out)?;
                    let Source { annotator, revision, digest, .. } = self.source;
                    let words = format!(
                        "Annotated by {annotator}, revision {revision}. SHA-256 of the transcript: {}",
                        digest.as_str()
                    );
                    text(out, "footer", &words)
                })?;
                Ok(())
            })
            .map(drop)
    }

    fn legend<W: Write>(&self, out: &mut Writer<W>) -> io::Result<()> {
        let legend = out.create_element("p").with_attribute(("id", "legend"));
        legend
            .write_inner_content(|out| {
                for (number, lane) in self.lanes.lanes.iter().enumerate() {
                    let (id, style) = (format!("f{number}"), format!("background:{}", lane.color));
                    out.create_element("label").write_inner_content(|out| {
                        let attributes = [("type", "checkbox"), ("id", id.as_str()), ("checked", "checked")];
                        out.create_element("input").with_attributes(attributes).write_empty()?;
                        let mark = out.create_element("i").with_attribute(("style", style.as_str()));
                        mark.write_text_content(BytesText::new(""))?;
                        out.write_event(quick_xml::events::Event::Text(BytesText::new(&lane.title)))
                    })?;
                }
                Ok(())
            })
            .map(drop)
    }

    fn text<W: Write>(&self, out: &mut Writer<W>) -> io::Result<()> {
        let text = self.shipped.text();
        let all = out.create_element("div").with_attribute(("id", "text"));
        all.write_inner_content(|out| {
            for piece in &self.pieces {
                let words = BytesText::new(text.between(piece.start, piece.end));
                if piece.covering.is_empty() {
                    out.write_event(quick_xml::events::Event::Text(words))?;
                    continue;
                }
                let covering: Vec<String> =
                    piece.covering.iter().map(|(id, number)| format!("T{id}.{number}")).collect();
                let (covering, class) = (covering.join(" "), format!("k{}", self.classes[&self.lanes_of(piece)]));
                let span =
                    out.create_element("span").with_attributes([("data-a", covering.as_str()), ("class", &class)]);
                let names: Vec<String> = piece.starting.iter().map(|id| self.source.name_of(*id)).collect();
                let (names, place) = (names.join(" "), piece.starting.first().map(|id| format!("at-T{id}")));
                match &place {
                    Some(place) => span.with_attributes([("data-t", names.as_str()), ("id", place)]),
                    None => span,
                }
                .write_text_content(words)?;
            }
            Ok(())
        })
        .map(drop)
    }

    /// The lists of annotations, relations and labels of the document, where there are any.
    fn lists<W: Write>(&self, out: &mut Writer<W>) -> io::Result<()> {
        let is_of = |kind: &str, entry: &Entry<'_>| match entry.own.target {
            Target::Text(_) => kind == "spans",
            Target::Relation { .. } => kind == "relations",
            Target::Document => kind == "labels",
        };
        for (id, title) in [("labels", "Document"), ("spans", "Annotations"), ("relations", "Relations")] {
            let mut entries = self.entries.iter().filter(|entry| is_of(id, entry)).peekable();
            if entries.peek().is_some() {
                text(out, "h2", title)?;
                let list = out.create_element("ul").with_attribute(("id", id));
                list.write_inner_content(|out| entries.try_for_each(|entry| self.entry(out, entry)))?;
            }
        }
        Ok(())
    }

    fn entry<W: Write>(&self, out: &mut Writer<W>, entry: &Entry<'_>) -> io::Result<()> {
        let (id, place) = (self.source.handle(entry.own.id), format!("#at-{}", self.source.handle(entry.own.id)));
        let tag = entry.described.called.tag();
        let class = self.lanes.of_annotation(entry.own).map(|lane| format!("l{lane}"));
        let mut item = out.create_element("li").with_attributes([("id", id.as_str()), ("data-label", &tag)]);
        if let Some(class) = &class {
            item = item.with_attribute(("class", class.as_str()));
        }
        if let Some((from, to)) = &entry.ends {
            item = item.with_attributes([("data-from", from.as_str()), ("data-to", to)]);
        }
        item.write_inner_content(|out| {
            out.create_element("b").write_inner_content(|out| {
                let name = entry.own.name();
                match &entry.fragments {
                    Some(_) => {
                        let link = out.create_element("a").with_attribute(("href", place.as_str()));
                        link.write_text_content(BytesText::new(&name))?;
                        out.write_event(quick_xml::events::Event::Text(BytesText::new(&format!(" {tag}"))))
                    }
                    None => out.write_event(quick_xml::events::Event::Text(BytesText::new(&format!("{name} {tag}")))),
                }
            })?;
            if let Some(words) = self.words(entry) {
                out.write_event(quick_xml::events::Event::Text(BytesText::new(" ")))?;
                text(out, "q", &words)?;
            }
            details(out, entry)
        })
        .map(drop)
    }

    /// What an entry is about, in words.
    fn words(&self, entry: &Entry<'_>) -> Option<String> {
        if let Target::Relation { from, to } = entry.own.target {
            return Some(format!("{} → {}", self.source.name_of(from), self.source.name_of(to)));
        }
        let spans = entry.fragments.as_deref()?.spans();
        let all = spans.iter().map(|span| self.shipped.text().slice(*span)).collect::<Vec<_>>().join(" … ");
        let short: String = all.chars().take(EXCERPT).collect();
        Some(if short.len() < all.len() { short + "…" } else { short })
    }
}

/// `own` as it will stand on the page; none when the page cannot hold it.
fn entry<'a>(
    own: &'a Annotation,
    source: &Source<'_>,
    shipped: &Shipped,
    words: &mut InWords<'a>,
    losses: &mut Losses,
) -> Option<Entry<'a>> {
    let fragments = match own.fragments() {
        Some(fragments) => Some(shipped.fragments(fragments)?),
        None => None,
    };
    let ends = match own.target {
        Target::Relation { .. } => {
            let (from, to) = words.ends(own)?;
            Some((source.handle(from), source.handle(to)))
        }
        Target::Text(_) | Target::Document => None,
    };
    let described = words.described(own, xml::holds, losses)?;
    Some(Entry { own, described, fragments, ends })
}

/// Attributes and the note.
fn details<W: Write>(out: &mut Writer<W>, entry: &Entry<'_>) -> io::Result<()> {
    let Described { attributes, note, .. } = &entry.described;
    if attributes.is_empty() && note.is_none() {
        return Ok(());
    }
    let list = out.create_element("dl");
    list.write_inner_content(|out| {
        for (name, words) in attributes {
            text(out, "dt", name)?;
            let value = out.create_element("dd").with_attribute(("data-name", *name));
            value.write_text_content(BytesText::new(words))?;
        }
        if let Some(note) = note {
            text(out, "dt", "note")?;
            out.create_element("dd").with_attribute(("data-note", "note")).write_text_content(BytesText::new(note))?;
        }
        Ok(())
    })
    .map(drop)
}

fn meta<W: Write>(out: &mut Writer<W>, name: &str, content: &str) -> io::Result<()> {
    out.create_element("meta").with_attributes([("name", name), ("content", content)]).write_empty().map(drop)
}

fn text<W: Write>(out: &mut Writer<W>, element: &str, words: &str) -> io::Result<()> {
    out.create_element(element).write_text_content(BytesText::new(words)).map(drop)
}
