//! The schema that a labelling configuration of other people's holds.
//!
//! ```xml
//! <Labels name="label" toName="text"><Label value="Person" alias="PER" background="#7fa2ff"/></Labels>     a layer each
//! <Choices name="mood" toName="text" perRegion="true"><Choice value="glad"/></Choices>                     an attribute of all layers
//! <TextArea name="why" toName="text" perRegion="true"/>
//! <Choices name="genre" toName="text"><Choice value="talk"/></Choices>                                     a layer of the document's labels
//! <Relations><Relation value="knows"/></Relations>                                                         a layer of relations
//! ```
//!
//! Where a label has an `alias`, that is what tasks call it.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::shown::{Objects, objects};
use super::{VALUE, attribute};
use crate::exchange::contents::{above, optional};
use crate::exchange::{Files, Unreadable, naming, tagset, xml};
use crate::schema::{Attribute, AttributeId, AttributeKind, Label, Layer, LayerKind, Schema, Title};

/// What configurations are called that lie beside tasks.
pub(super) const NAMES: [&str; 3] = ["labelstudio.xml", "label_config.xml", "config.xml"];

/// What a configuration says.
#[derive(Debug, Default)]
pub(super) struct Project {
    /// The schema; none in one of ours, which does not say which label is of which layer.
    pub(super) schema: Option<Schema>,
    /// What its objects show.
    pub(super) objects: Objects,
    /// The names of its controls for choices.
    pub(super) choices: BTreeSet<String>,
}

/// The configuration nearest to `file`; nothing if there is none.
pub(super) fn beside(files: &dyn Files, file: &str) -> Result<Project, Unreadable> {
    for directory in above(file) {
        for name in NAMES {
            let name = format!("{directory}{name}");
            if let Some(content) = optional(files, &name)? {
                let xml = xml::parse(&name, &content)?;
                let root = xml.root_element();
                let choices = root.descendants().filter(|own| own.tag_name().name() == "Choices");
                let choices = choices.filter_map(|own| own.attribute("name").map(str::to_owned)).collect();
                return Ok(Project { schema: schema(root), objects: objects(root), choices });
            }
        }
    }
    Ok(Project::default())
}

fn schema(root: Node<'_, '_>) -> Option<Schema> {
    let controls = |is: fn(&str) -> bool| root.descendants().filter(move |own| is(own.tag_name().name()));
    let is_per_region = |own: &Node<'_, '_>| own.attribute("perRegion") == Some("true");
    if controls(|own| own == "Choices").any(|own| own.attribute("name") == Some(VALUE)) {
        return None;
    }
    let mut layers: Vec<Layer> = Vec::new();
    for label in controls(|own| matches!(own, "Labels" | "HyperTextLabels")).flat_map(|own| entries(own, "Label")) {
        let color = label.attribute("background").and_then(tagset::color);
        let title = label.attribute("value").unwrap_or_default();
        naming::add(&mut layers, called(label), title, color, LayerKind::Span);
    }
    for relation in controls(|own| own == "Relations").flat_map(|own| entries(own, "Relation")) {
        let title = relation.attribute("value").unwrap_or_default();
        let kind = LayerKind::Relation { from: Vec::new(), to: Vec::new() };
        naming::add(&mut layers, called(relation), title, None, kind);
    }
    for control in controls(|own| own == "Choices").filter(|own| !is_per_region(own)) {
        let Some(name) = control.attribute("name").filter(|own| !own.is_empty()) else { continue };
        let mut labels: Vec<Label> = Vec::new();
        for entry in entries(control, "Choice") {
            let title = entry.attribute("value").unwrap_or_default();
            naming::add_label(&mut labels, called(entry), title);
        }
        if !labels.is_empty() {
            naming::add(&mut layers, name, name, None, LayerKind::Document).labels = labels;
        }
    }
    let attributes: Vec<Attribute> =
        controls(|own| matches!(own, "Choices" | "TextArea")).filter(is_per_region).filter_map(asked).collect();
    for layer in layers.iter_mut().filter(|own| own.kind == LayerKind::Span) {
        layer.attributes.clone_from(&attributes);
    }
    (!layers.is_empty()).then(|| Schema { name: "labelstudio".to_owned(), version: 1, layers })
}

/// The elements called `name` within `control` that have a value.
fn entries<'a, 'i>(control: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    let is_one = move |own: &Node<'_, '_>| {
        own.tag_name().name() == name && own.attribute("value").is_some_and(|own| !own.is_empty())
    };
    control.descendants().filter(is_one)
}

/// What tasks call an entry.
fn called<'a>(entry: Node<'a, '_>) -> &'a str {
    let alias = entry.attribute("alias").filter(|own| !own.is_empty());
    alias.or_else(|| entry.attribute("value")).unwrap_or_default()
}

/// What a control asks of each region.
fn asked(control: Node<'_, '_>) -> Option<Attribute> {
    let name = control.attribute("name").filter(|own| !own.is_empty())?;
    let words: Vec<String> = entries(control, "Choice").map(|own| called(own).to_owned()).collect();
    Some(Attribute {
        id: AttributeId::new(attribute(name)),
        title: Title::One(name.to_owned()),
        kind: if words.is_empty() { AttributeKind::Text } else { AttributeKind::Choice(words) },
        required: false,
        default: None,
        guideline: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use crate::exchange::Memory;
    use crate::schema::{AttributeKind, LayerKind, Schema};

    fn beside(config: &str) -> Option<Schema> {
        let files = Memory([("речи/config.xml".to_owned(), config.as_bytes().to_vec())].into());
        super::beside(&files, "речи/tasks.json").unwrap().schema
    }

    #[test]
    fn labels_become_layers_and_controls_for_regions_attributes() {
        let schema = beside(
            "<View><Labels name='ner' toName='text'><Label value='Се\u{301}рик 👤' alias='PER' background='#7fa2ff'/>\
             <Label value='Place' background='red'/></Labels><Text name='text' value='$text'/>\
             <Choices name='mood' toName='text' perRegion='true'><Choice value='рад'/><Choice value='нет'/></Choices>\
             <Choices name='genre' toName='text'><Choice value='Речь' alias='речь'/><Choice value='спор 👍'/></Choices>\
             <TextArea name='why' toName='text' perRegion='true'/><Relations><Relation value='knows'/></Relations></View>",
        )
        .unwrap();
        let shown = |own: &crate::schema::Layer| {
            let color = own.labels[0].color.map(|own| own.blue);
            (own.id.to_string(), own.title.in_language("ru").to_owned(), color, own.attributes.len())
        };
        let layer = |id: &str, title: &str, color, count| (id.to_owned(), title.to_owned(), color, count);
        assert_eq!(
            schema.layers.iter().map(shown).collect::<Vec<_>>(),
            [
                layer("PER", "Се\u{301}рик 👤", Some(255), 2),
                layer("place", "Place", None, 2),
                layer("knows", "knows", None, 0),
                layer("genre", "genre", None, 0)
            ]
        );
        assert_eq!(
            schema.layers[0].attributes[0].kind,
            AttributeKind::Choice(vec!["рад".to_owned(), "нет".to_owned()])
        );
        assert_eq!(schema.layers[0].attributes[1].kind, AttributeKind::Text);
        assert!(matches!(schema.layers[2].kind, LayerKind::Relation { .. }));
        assert_eq!(schema.layers[3].kind, LayerKind::Document);
        let genres: Vec<&str> = schema.layers[3].labels.iter().map(|own| own.id.as_str()).collect();
        assert_eq!(genres, ["речь", "спор_👍"]);
    }

    #[test]
    fn a_configuration_of_ours_is_no_schema() {
        let choices = "<Choices name='value' toName='text' perRegion='true'><Choice value='rights'/></Choices>";
        assert_eq!(
            beside(&format!("<View><Labels name='label'><Label value='Те\u{301}ма 👍'/></Labels>{choices}</View>")),
            None
        );
    }
}
