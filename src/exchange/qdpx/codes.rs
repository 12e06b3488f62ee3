//! The codebook: layers and labels as codes.

use std::collections::BTreeSet;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::ORIGIN;
use super::guid::guid;
use crate::exchange::names::{Called, called};
use crate::exchange::{Exporter, Losses, Plan, Sink, Source, xml};
use crate::schema::{Label, LayerKind, Rgb, Schema};

/// Starts a codebook.
pub(super) fn start(plan: &Plan<'_>) -> Box<dyn Exporter> {
    Box::new(Codebook(Codes::of(plan.schemas)))
}

#[derive(Debug)]
struct Codebook(Codes);

impl Exporter for Codebook {
    fn add(&mut self, _: &Source<'_>, _: &mut dyn Sink, _: &mut Losses) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        let mut out = Writer::new(sink.file("codebook.qdc")?);
        out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        let book = [("xmlns", "urn:QDA-XML:codebook:1.0"), ("origin", ORIGIN)];
        out.create_element("CodeBook").with_attributes(book).write_inner_content(|out| self.0.write(out))?;
        out.get_mut().write_all(b"\n")
    }
}

/// Codes in a tree of two levels, in the order of the schemas; what no schema knows follows.
#[derive(Debug, Default)]
pub(super) struct Codes(Vec<Code>);

#[derive(Debug)]
struct Code {
    /// What the layer or the label is called.
    name: String,
    color: Option<Rgb>,
    guideline: String,
    below: Vec<Self>,
}

impl Codes {
    /// The layers of `schemas` and their labels, where a layer has several.
    pub(super) fn of(schemas: &[&Schema]) -> Self {
        let mut codes = Self::default();
        let is_relation = |kind: &LayerKind| matches!(kind, LayerKind::Relation { .. });
        let layers = schemas.iter().flat_map(|schema| schema.layers.iter().map(move |own| (schema, own)));
        for (schema, layer) in layers.filter(|(_, own)| !is_relation(&own.kind)) {
            let only = match layer.labels.as_slice() {
                [only] => Some(only),
                _ => None,
            };
            let own = codes.code(&called(schema, layer));
            own.color = own.color.or_else(|| only.and_then(|label| label.color));
            own.describe(&layer.guideline);
            for label in layer.labels.iter().filter(|_| only.is_none()) {
                let Label { id, color, guideline, .. } = label;
                let below = child(&mut own.below, id.as_str());
                below.color = below.color.or(*color);
                below.describe(guideline);
            }
        }
        codes
    }

    fn code(&mut self, name: &str) -> &mut Code {
        child(&mut self.0, name)
    }

    /// The GUID of the code for what is `called` so, which is in the book from now on.
    pub(super) fn guid(&mut self, called: &Called) -> String {
        let own = self.code(&called.layer);
        match &called.value {
            None => guid(&["code", &called.layer], 0),
            Some(value) => {
                child(&mut own.below, value);
                guid(&["code", &called.layer, value], 0)
            }
        }
    }

    /// Whether there is no code at all.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes the element `Codes`.
    pub(super) fn write<W: Write>(&self, out: &mut Writer<W>) -> io::Result<()> {
        let mut taken: BTreeSet<String> = self.0.iter().map(|own| own.name.clone()).collect();
        let codes = out.create_element("Codes");
        codes
            .write_inner_content(|out| {
                self.0.iter().try_for_each(|own| {
                    own.write(out, &own.name, &guid(&["code", &own.name], 0), |out| {
                        own.below.iter().try_for_each(|below| {
                            let is_free = taken.insert(below.name.clone());
                            let name =
                                if is_free { below.name.clone() } else { format!("{}: {}", own.name, below.name) };
                            below.write(out, &name, &guid(&["code", &own.name, &below.name], 0), |_| Ok(()))
                        })
                    })
                })
            })
            .map(drop)
    }
}

fn child<'a>(codes: &'a mut Vec<Code>, name: &str) -> &'a mut Code {
    let at = codes.iter().position(|own| own.name == name).unwrap_or_else(|| {
        codes.push(Code { name: name.to_owned(), color: None, guideline: String::new(), below: Vec::new() });
        codes.len() - 1
    });
    &mut codes[at]
}

impl Code {
    fn describe(&mut self, guideline: &str) {
        if self.guideline.is_empty() && xml::holds(guideline) {
            guideline.clone_into(&mut self.guideline);
        }
    }

    fn write<W: Write>(
        &self,
        out: &mut Writer<W>,
        name: &str,
        guid: &str,
        below: impl FnOnce(&mut Writer<W>) -> io::Result<()>,
    ) -> io::Result<()> {
        let color = self.color.map(|own| format!("#{:02X}{:02X}{:02X}", own.red, own.green, own.blue));
        let mut code = out.create_element("Code");
        code = code.with_attributes([("guid", guid), ("name", name), ("isCodable", "true")]);
        if let Some(color) = &color {
            code = code.with_attribute(("color", color.as_str()));
        }
        code.write_inner_content(|out| {
            if !self.guideline.is_empty() {
                out.create_element("Description").write_text_content(BytesText::new(&self.guideline))?;
            }
            below(out)
        })
        .map(drop)
    }
}
