//! Rules that compare an annotation with the schema.

use super::{Code, Scene};
use crate::annotation::{Annotation, Target, Value};
use crate::schema::{AttributeKind, LayerKind};

/// The schema has the layer.
pub(super) fn layer_is_known(scene: &mut Scene<'_>, annotation: &Annotation) {
    if scene.schema.layer(&annotation.layer).is_none() {
        let message = format!("{} is in the layer `{}`, which the schema lacks", annotation.name(), annotation.layer);
        scene.report(Code::UnknownLayer, annotation, message, "add the layer to the schema, or delete the annotation");
    }
}

/// The layer has the label.
pub(super) fn label_is_known(scene: &mut Scene<'_>, annotation: &Annotation) {
    let Some(layer) = scene.schema.layer(&annotation.layer) else { return };
    if !layer.labels.iter().any(|label| label.id == annotation.label) {
        let known = listed(layer.labels.iter().map(|label| label.id.as_str()));
        let message = format!(
            "{} has the label `{}`, which the layer `{}` lacks",
            annotation.name(),
            annotation.label,
            annotation.layer
        );
        let hint = format!("change the label to {known}, or add it to the schema");
        scene.report(Code::UnknownLabel, annotation, message, hint);
    }
}

/// The annotation is about what the layer is about.
pub(super) fn target_fits_layer(scene: &mut Scene<'_>, annotation: &Annotation) {
    let Some(layer) = scene.schema.layer(&annotation.layer) else { return };
    let wanted = match layer.kind {
        LayerKind::Span => "a stretch of text",
        LayerKind::Relation { .. } => "two annotations",
        LayerKind::Document => "the document",
    };
    let found = match annotation.target {
        Target::Text(_) => "a stretch of text",
        Target::Relation { .. } => "two annotations",
        Target::Document => "the document",
    };
    if found != wanted {
        let name = annotation.name();
        let message = format!("{name} is about {found}, but the layer `{}` is about {wanted}", annotation.layer);
        scene.report(Code::WrongTarget, annotation, message, "delete it and tag again, or change the layer's kind");
    }
}

/// The layer has the attributes.
pub(super) fn attributes_are_known(scene: &mut Scene<'_>, annotation: &Annotation) {
    let Some(layer) = scene.schema.layer(&annotation.layer) else { return };
    for id in annotation.attributes.keys().filter(|id| layer.attribute(id).is_none()) {
        let message =
            format!("{} has the attribute `{id}`, which the layer `{}` lacks", annotation.name(), annotation.layer);
        scene.report(Code::UnknownAttribute, annotation, message, "remove the attribute, or add it to the schema");
    }
}

/// Every value is of its attribute's kind and, where there is a choice, among the choices.
pub(super) fn values_fit(scene: &mut Scene<'_>, annotation: &Annotation) {
    let Some(layer) = scene.schema.layer(&annotation.layer) else { return };
    for attribute in &layer.attributes {
        let Some(value) = annotation.attributes.get(&attribute.id) else { continue };
        let wanted = match (&attribute.kind, value) {
            (AttributeKind::Choice(words), Value::Choice(word)) if words.contains(word) => continue,
            (AttributeKind::Speaker, Value::Speaker(_))
            | (AttributeKind::Flag, Value::Flag(_))
            | (AttributeKind::Text, Value::Text(_)) => continue,
            (AttributeKind::Choice(words), _) => listed(words.iter().map(String::as_str)),
            (AttributeKind::Speaker, _) => "a speaker".to_owned(),
            (AttributeKind::Flag, _) => "yes or no".to_owned(),
            (AttributeKind::Text, _) => "free text".to_owned(),
        };
        let found = match value {
            Value::Choice(word) => format!("`{word}`"),
            Value::Flag(true) => "yes".to_owned(),
            Value::Flag(false) => "no".to_owned(),
            Value::Text(_) => "a text".to_owned(),
            Value::Speaker(_) => "a speaker".to_owned(),
        };
        let message = format!("the `{}` of {} is {found}, not {wanted}", attribute.id, annotation.name());
        scene.report(Code::WrongValue, annotation, message, format!("set `{}` to {wanted}", attribute.id));
    }
}

/// Every required attribute has a value; a blank text is none.
pub(super) fn required_attributes_are_there(scene: &mut Scene<'_>, annotation: &Annotation) {
    let Some(layer) = scene.schema.layer(&annotation.layer) else { return };
    for attribute in layer.attributes.iter().filter(|attribute| attribute.required) {
        let is_there = match annotation.attributes.get(&attribute.id) {
            Some(Value::Text(text)) => !text.trim().is_empty(),
            Some(_) => true,
            None => false,
        };
        if !is_there {
            let message = format!("{} has no `{}`", annotation.name(), attribute.id);
            scene.report(Code::MissingAttribute, annotation, message, format!("set its `{}`", attribute.id));
        }
    }
}

/// Every speaker named is in the register.
pub(super) fn speakers_are_registered(scene: &mut Scene<'_>, annotation: &Annotation) {
    for (id, value) in &annotation.attributes {
        let Value::Speaker(speaker) = value else { continue };
        if scene.set.speaker(*speaker).is_none() {
            let message =
                format!("the `{id}` of {} is number {}, who is not in the register", annotation.name(), speaker.0);
            scene.report(Code::UnknownSpeaker, annotation, message, format!("set its `{id}` again"));
        }
    }
}

/// `words` for a sentence: «`a`, `b` or `c`».
fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
