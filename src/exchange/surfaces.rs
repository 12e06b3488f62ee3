//! The words alone: what every export must say, for checking it with another program.
//!
//! A line for each transcript and annotator: an object with the text and, for each annotation, the words of its fragments as our own bytes cut them, with no number in it. The
//! other program reads the export and cuts the text by the offsets it finds there: a mistake in a conversion cannot cancel out.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::contents::write_line;
use super::names::Called;
use super::{Exporter, Format, Loss, Losses, Shape, Shipped, Sink, Source};
use crate::annotation::{Annotation, Target, Value};

/// The format.
pub const FORMAT: Format = Format {
    name: "surfaces",
    aliases: &["gold"],
    about: "The words of each annotation without offsets, to check other exports with other programs",
    shape: Shape::Stream,
    beside: &[],
    units: &[],
    start: |_| Box::new(Objects),
    read: None,
    sniff: |_, _| false,
};

#[derive(Serialize)]
struct Object<'a> {
    text: &'a str,
    spans: Vec<SpanObject<'a>>,
    relations: Vec<RelationObject<'a>>,
}

#[derive(Serialize)]
struct SpanObject<'a> {
    id: String,
    label: String,
    value: Option<String>,
    attrs: BTreeMap<&'a str, Stated>,
    fragments: Vec<&'a str>,
}

#[derive(Serialize)]
struct RelationObject<'a> {
    id: String,
    label: &'a str,
    from: String,
    to: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Stated {
    Flag(bool),
    Words(String),
}

#[derive(Debug)]
struct Objects;

impl Exporter for Objects {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let spans = source.set.iter().filter_map(|own| span(source, &shipped, own)).collect();
        let relations = source.set.spanless().filter_map(relation).collect();
        let object = Object { text: shipped.text().as_str(), spans, relations };
        write_line(sink, "surfaces.json", &object)?;
        for own in source.set.spanless().filter(|own| own.target == Target::Document) {
            losses.tell(Loss::Annotation(own.id));
        }
        Ok(())
    }
}

fn span<'a>(source: &Source<'a>, shipped: &'a Shipped, own: &'a Annotation) -> Option<SpanObject<'a>> {
    let fragments = shipped.fragments(own.fragments()?)?;
    let Called { layer, value } = Called::of(source.schema, own);
    let stated = |value: &Value| match value {
        Value::Flag(flag) => Stated::Flag(*flag),
        Value::Choice(_) | Value::Text(_) | Value::Speaker(_) => Stated::Words(source.words(value).into_owned()),
    };
    Some(SpanObject {
        id: format!("T{}", own.id),
        label: layer,
        value,
        attrs: own.attributes.iter().map(|(id, value)| (id.as_str(), stated(value))).collect(),
        fragments: fragments.spans().iter().map(|span| shipped.text().slice(*span)).collect(),
    })
}

fn relation(own: &Annotation) -> Option<RelationObject<'_>> {
    let Target::Relation { from, to } = own.target else { return None };
    let [id, from, to] = [("R", own.id), ("T", from), ("T", to)].map(|(letter, id)| format!("{letter}{id}"));
    Some(RelationObject { id, label: own.label.as_str(), from, to })
}
