//! Writing pages.

use std::io;
use std::ops::Range;

use serde::Serialize;

use super::name::urn;
use super::{CONTEXT, LINKS, PAGE};
use crate::annotation::{Annotation, AnnotationId, Target};
use crate::exchange::lossy::{Described, InWords};
use crate::exchange::names::guarded;
use crate::exchange::{Exporter, Loss, Losses, Plan, Ruler, Shipped, Sink, Source, Stems, Unit};
use crate::text::{Fragments, Offset, Span, Text};

/// How many code points of the text around a quote are written at first.
const CONTEXT_LENGTH: usize = 32;

/// Starts a collection of pages.
pub(super) fn start(plan: &Plan<'_>) -> Box<dyn Exporter> {
    Box::new(Pages { unit: plan.unit, stems: Stems::of(plan) })
}

#[derive(Debug)]
struct Pages {
    unit: Unit,
    stems: Stems,
}

#[derive(Serialize)]
struct Page {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    r#type: &'static str,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    id: String,
    r#type: &'static str,
    motivation: &'static str,
    creator: Creator,
    body: Vec<Body>,
    target: Vec<Aim>,
}

#[derive(Clone, Serialize)]
struct Creator {
    id: String,
    r#type: &'static str,
    name: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Body {
    Words { r#type: &'static str, purpose: &'static str, value: String },
    Annotation(String),
}

#[derive(Serialize)]
#[serde(untagged)]
enum Aim {
    Piece { r#type: &'static str, source: String, selector: [Selector; 2] },
    Whole(String),
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector {
    #[serde(rename = "TextPositionSelector")]
    Position { start: usize, end: usize },
    #[serde(rename = "TextQuoteSelector")]
    Quote { exact: String, prefix: String, suffix: String },
}

impl Exporter for Pages {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let stem = self.stems.stem(source);
        sink.file(&format!("{stem}.txt"))?.write_all(shipped.text().as_str().as_bytes())?;
        let mut writer = Writer {
            source,
            ruler: Ruler::new(self.unit, shipped.text()),
            shipped: &shipped,
            words: InWords::of(source),
            losses,
        };
        let about_text = source.set.iter().filter_map(|own| writer.about_text(own)).collect();
        let others: Vec<Item> = source.relations_last().filter_map(|own| writer.about_others(own)).collect();
        writer.words.finish(writer.losses);
        write(sink, &format!("{stem}{PAGE}"), &page(source, "page", about_text))?;
        if !others.is_empty() {
            write(sink, &format!("{stem}{LINKS}"), &page(source, "links", others))?;
        }
        Ok(())
    }
}

fn page(source: &Source<'_>, part: &str, items: Vec<Item>) -> Page {
    let id = urn(source.document.id.as_str(), source.annotator, part);
    Page { context: CONTEXT, id, r#type: "AnnotationPage", items }
}

fn write(sink: &mut dyn Sink, name: &str, page: &Page) -> io::Result<()> {
    let out = sink.file(name)?;
    serde_json::to_writer_pretty(&mut *out, page)?;
    out.write_all(b"\n")
}

/// What one annotator says about one document on its way to pages.
struct Writer<'a, 's> {
    source: &'a Source<'s>,
    shipped: &'a Shipped,
    ruler: Ruler<'a>,
    words: InWords<'s>,
    losses: &'a mut Losses,
}

impl<'s> Writer<'_, 's> {
    fn about_text(&mut self, own: &'s Annotation) -> Option<Item> {
        let fragments = self.shipped.fragments(own.fragments()?);
        let Some(fragments) = fragments else {
            self.losses.tell(Loss::Annotation(own.id));
            return None;
        };
        let target = self.pieces(&fragments);
        self.item(own, "classifying", Vec::new(), target)
    }

    fn about_others(&mut self, own: &'s Annotation) -> Option<Item> {
        match own.target {
            Target::Text(_) => None,
            Target::Document => {
                let whole = Aim::Whole(self.document());
                self.item(own, "classifying", Vec::new(), vec![whole])
            }
            Target::Relation { .. } => {
                let Some((from, to)) = self.words.ends(own) else {
                    self.losses.tell(Loss::Annotation(own.id));
                    return None;
                };
                let (from, to) = (self.id(from), self.id(to));
                self.item(own, "linking", vec![Body::Annotation(from)], vec![Aim::Whole(to)])
            }
        }
    }

    fn item(
        &mut self,
        own: &'s Annotation,
        motivation: &'static str,
        mut body: Vec<Body>,
        target: Vec<Aim>,
    ) -> Option<Item> {
        let Described { called, attributes, note } = self.words.described(own, |_| true, self.losses)?;
        body.push(words("tagging", called.tag()));
        body.extend(
            attributes.into_iter().map(|(name, value)| words("describing", format!("{}={value}", guarded(name, '=')))),
        );
        body.extend(note.map(|note| words("commenting", note.to_owned())));
        let id = self.id(own.id);
        Some(Item { id, r#type: "Annotation", motivation, creator: self.creator(), body, target })
    }

    fn pieces(&self, fragments: &Fragments) -> Vec<Aim> {
        let text = self.shipped.text();
        let piece = |span: &Span| {
            let Range { start, end } = self.ruler.range(*span);
            let (prefix, suffix) = context(text, *span);
            let exact = text.slice(*span).to_owned();
            let selector = [
                Selector::Position { start, end },
                Selector::Quote { exact, prefix: prefix.to_owned(), suffix: suffix.to_owned() },
            ];
            Aim::Piece { r#type: "SpecificResource", source: self.document(), selector }
        };
        fragments.spans().iter().map(piece).collect()
    }

    fn id(&self, id: AnnotationId) -> String {
        urn(self.source.document.id.as_str(), self.source.annotator, &self.source.handle(id))
    }

    fn document(&self) -> String {
        urn(self.source.document.id.as_str(), "", "text")
    }

    fn creator(&self) -> Creator {
        let name = self.source.annotator.to_owned();
        Creator { id: urn("", &name, "annotator"), r#type: "Person", name }
    }
}

fn words(purpose: &'static str, value: String) -> Body {
    Body::Words { r#type: "TextualBody", purpose, value }
}

/// What stands before and behind `span`: so much that the words with it stand only once in the text, cut between characters.
fn context(text: &Text, span: Span) -> (&str, &str) {
    let mut length = CONTEXT_LENGTH;
    loop {
        let start = back(text, span.start(), length);
        let end = on(text, span.end(), length);
        let around = text.between(start, end);
        let is_whole = start == Offset::ZERO && end == text.end();
        if is_whole || occurs_once(text.as_str(), around) {
            return (text.between(start, span.start()), text.between(span.end(), end));
        }
        length *= 2;
    }
}

/// Whether `words` stand in `text` at one place only; places that overlap count.
fn occurs_once(text: &str, words: &str) -> bool {
    let Some(first) = memchr::memmem::find(text.as_bytes(), words.as_bytes()) else { return false };
    let behind = text.as_bytes().get(first + 1..).unwrap_or_default();
    memchr::memmem::find(behind, words.as_bytes()).is_none()
}

/// The boundary about `length` code points before `offset`.
fn back(text: &Text, offset: Offset, length: usize) -> Offset {
    let number = text.code_point(offset).saturating_sub(length);
    text.offset_of_code_point(number).map_or(Offset::ZERO, |at| text.boundary_at_or_before(at.bytes()))
}

/// The boundary about `length` code points behind `offset`.
fn on(text: &Text, offset: Offset, length: usize) -> Offset {
    let number = text.code_point(offset) + length;
    text.offset_of_code_point(number).map_or(text.end(), |at| text.boundary_at_or_before(at.bytes()).max(offset))
}
