//! The labelling configuration.

use std::io;

use quick_xml::Writer;

use super::{VALUE, control};
use crate::exchange::names::{attribute_name, called, relation_type};
use crate::schema::{Layer, LayerKind, Schema};

/// The names that tasks use, each once, those of the schemas first.
#[derive(Debug, Default)]
pub(super) struct Config {
    layers: Vec<String>,
    values: Vec<String>,
    attributes: Vec<String>,
    relations: Vec<String>,
}

impl Config {
    /// Begins with what `schemas` have.
    pub(super) fn of(schemas: &[&Schema]) -> Self {
        let mut config = Self::default();
        for schema in schemas {
            schema.layers.iter().for_each(|layer| config.take(schema, layer));
        }
        config
    }

    fn take(&mut self, schema: &Schema, layer: &Layer) {
        let labels = layer.labels.iter().map(|own| own.id.as_str());
        match layer.kind {
            LayerKind::Span => {
                self.saw_layer(&called(schema, layer));
                labels.filter(|label| *label != layer.id.as_str()).for_each(|label| self.saw_value(label));
                let names = layer.attributes.iter().map(|own| own.id.as_str());
                names.for_each(|id| self.saw_attribute(attribute_name(layer, id).unwrap_or(id)));
            }
            LayerKind::Relation { .. } => {
                let types = layer.labels.iter().map(|own| relation_type(schema, &layer.id, &own.id));
                types.for_each(|own| self.saw_relation(&own));
            }
            LayerKind::Document => {}
        }
    }

    pub(super) fn saw_layer(&mut self, name: &str) {
        saw(&mut self.layers, name);
    }

    pub(super) fn saw_value(&mut self, name: &str) {
        saw(&mut self.values, name);
    }

    pub(super) fn saw_attribute(&mut self, name: &str) {
        saw(&mut self.attributes, name);
    }

    pub(super) fn saw_relation(&mut self, name: &str) {
        saw(&mut self.relations, name);
    }

    /// The configuration as a file.
    pub(super) fn xml(&self) -> io::Result<Vec<u8>> {
        let mut out = Writer::new_with_indent(Vec::new(), b' ', 2);
        out.create_element("View").write_inner_content(|out| {
            list(out, "Labels", &[("name", "label"), ("toName", "text")], "Label", &self.layers)?;
            out.create_element("Text").with_attributes([("name", "text"), ("value", "$text")]).write_empty()?;
            let choices = [("name", VALUE), ("toName", "text"), ("perRegion", "true")];
            list(out, "Choices", &choices, "Choice", &self.values)?;
            for name in &self.attributes {
                let name = control(name);
                let parts = [("name", name.as_str()), ("toName", "text"), ("perRegion", "true")];
                out.create_element("TextArea").with_attributes(parts).write_empty()?;
            }
            list(out, "Relations", &[], "Relation", &self.relations)
        })?;
        let mut xml = out.into_inner();
        xml.push(b'\n');
        Ok(xml)
    }
}

/// Whether `name` can stand in the configuration as it is.
pub(super) fn holds(name: &str) -> bool {
    crate::exchange::xml::holds(name) && !name.contains(char::is_control)
}

fn saw(names: &mut Vec<String>, name: &str) {
    if holds(name) && !names.iter().any(|own| own == name) {
        names.push(name.to_owned());
    }
}

fn list(
    out: &mut Writer<Vec<u8>>,
    element: &str,
    parts: &[(&str, &str)],
    entry: &str,
    names: &[String],
) -> io::Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let list = out.create_element(element).with_attributes(parts.iter().copied());
    list.write_inner_content(|out| {
        for name in names {
            out.create_element(entry).with_attribute(("value", name.as_str())).write_empty()?;
        }
        Ok::<_, io::Error>(())
    })?;
    Ok(())
}
