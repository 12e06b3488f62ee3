//! Writing tasks.

use std::borrow::Cow;
use std::io;

use serde_json::{Value as Json, json};

use super::config::{Config, holds};
use super::document::{self, DocumentLabel};
use super::{VALUE, control};
use crate::annotation::{Annotation, AnnotationId, Target};
use crate::exchange::contents::write_line;
use crate::exchange::lossy::InWords;
use crate::exchange::{Exporter, Loss, Losses, Plan, Ruler, Shipped, Sink, Source, Unit};
use crate::text::Fragments;

/// Starts to write.
pub(super) fn start(plan: &Plan<'_>) -> Box<dyn Exporter> {
    Box::new(Tasks { config: Config::of(plan.schemas), unit: plan.unit, task: None, count: 0, annotations: 0 })
}

#[derive(Debug)]
struct Tasks {
    config: Config,
    unit: Unit,
    /// The document at hand: others may have annotated it too.
    task: Option<Task>,
    count: usize,
    annotations: usize,
}

/// A document with what its annotators say.
#[derive(Debug)]
struct Task {
    document: String,
    text: String,
    annotators: Vec<String>,
    annotations: Vec<Json>,
    labels: Vec<DocumentLabel>,
}

impl Exporter for Tasks {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let document = source.document.id.as_str();
        if self.task.as_ref().is_some_and(|own| own.document != document) {
            self.flush(sink)?;
        }
        let (result, labels) = self.result(source, &shipped, losses);
        self.annotations += 1;
        let task = self.task.get_or_insert_with(|| Task {
            document: document.to_owned(),
            text: shipped.text().as_str().to_owned(),
            annotators: Vec::new(),
            annotations: Vec::new(),
            labels: Vec::new(),
        });
        task.labels.extend(labels);
        task.annotators.push(source.annotator.to_owned());
        task.annotations.push(json!({
            "id": self.annotations,
            "completed_by": task.annotators.len(),
            "result": result,
            "was_cancelled": false,
            "ground_truth": false,
        }));
        Ok(())
    }

    fn finish(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        self.flush(sink)?;
        sink.file("labelstudio.xml")?.write_all(&self.config.xml()?)
    }
}

impl Tasks {
    /// Writes the document at hand.
    fn flush(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        let Some(Task { document, text, annotators, annotations, labels }) = self.task.take() else { return Ok(()) };
        self.count += 1;
        let stem = document.strip_suffix(".txt").unwrap_or(&document);
        let name = format!("{stem}.ls.json");
        let mut data = json!({ "text": text, "document": document, "annotators": annotators });
        if !labels.is_empty() {
            data[document::KEY] = json!(labels);
        }
        let tasks = json!([{ "id": self.count, "data": data, "annotations": annotations }]);
        write_line(sink, &name, &tasks)
    }

    /// The rows for `source`, regions first, since relations join them, and its labels of the document.
    fn result(
        &mut self,
        source: &Source<'_>,
        shipped: &Shipped,
        losses: &mut Losses,
    ) -> (Vec<Json>, Vec<DocumentLabel>) {
        let mut rows = Rows {
            ruler: Ruler::new(self.unit, shipped.text()),
            shipped,
            config: &mut self.config,
            words: InWords::of(source),
            losses,
            written: Vec::new(),
        };
        for own in source.set.iter() {
            match &own.target {
                Target::Text(fragments) if holds(own.layer.as_str()) && holds(own.label.as_str()) => {
                    rows.regions(own, fragments);
                }
                Target::Text(_) => rows.losses.tell(Loss::Annotation(own.id)),
                Target::Relation { .. } | Target::Document => {}
            }
        }
        for own in source.set.iter().filter(|own| matches!(own.target, Target::Relation { .. })) {
            match rows.words.ends(own).filter(|_| holds(own.label.as_str())) {
                Some(ends) => rows.relation(own, ends),
                None => rows.losses.tell(Loss::Annotation(own.id)),
            }
        }
        let Rows { mut words, losses, written, .. } = rows;
        // Last, since no relation can join them.
        let labels = source.set.spanless().filter(|own| own.target == Target::Document);
        let labels = labels.filter_map(|own| DocumentLabel::of(own, source.annotator, &mut words, losses)).collect();
        words.finish(losses);
        (written, labels)
    }
}

/// The rows of one annotator.
struct Rows<'a> {
    ruler: Ruler<'a>,
    shipped: &'a Shipped,
    config: &'a mut Config,
    words: InWords<'a>,
    losses: &'a mut Losses,
    written: Vec<Json>,
}

impl<'a> Rows<'a> {
    /// The regions of `own`, one for each fragment; attributes and note stand at the first.
    fn regions(&mut self, own: &'a Annotation, fragments: &Fragments) {
        let Some(fragments) = self.shipped.fragments(fragments) else {
            return self.losses.tell(Loss::Annotation(own.id));
        };
        let called = self.words.called(own, self.losses);
        self.config.saw_layer(&called.layer);
        let attributes = self.attributes(own);
        for (number, span) in fragments.spans().iter().enumerate() {
            let id = format!("T{}_{number}", own.id);
            let range = self.ruler.range(*span);
            let shown = self.shipped.text().slice(*span).replace('\n', "\\n");
            let mut row = |name: &str, kind: &str, key: &str, words: &str, note: Option<&String>| {
                let mut value = json!({ "start": range.start, "end": range.end, "text": shown });
                value[key] = json!([words]);
                let mut row = json!({ "id": id, "from_name": name, "to_name": "text", "type": kind, "value": value });
                if let Some(note) = note {
                    row["meta"] = json!({ "text": [note] });
                }
                self.written.push(row);
            };
            let is_first = number == 0;
            row("label", "labels", "labels", &called.layer, own.note.as_ref().filter(|_| is_first));
            if let Some(value) = &called.value {
                row(VALUE, "choices", "choices", value, None);
                self.config.saw_value(value);
            }
            for (name, words) in attributes.iter().filter(|_| is_first) {
                row(&control(name), "textarea", "text", words, None);
            }
        }
    }

    /// The attributes of `own` that the configuration can name.
    fn attributes(&mut self, own: &'a Annotation) -> Vec<(&'a str, Cow<'a, str>)> {
        let mut attributes = Vec::new();
        for id in own.attributes.keys() {
            if !holds(id.as_str()) {
                self.losses.tell(Loss::Attribute(own.id, id.clone()));
            } else if let Some(words) = self.words.words(own, id, self.losses) {
                let name = self.words.attribute_name(id.as_str());
                self.config.saw_attribute(name);
                attributes.push((name, words));
            }
        }
        attributes
    }

    fn relation(&mut self, own: &'a Annotation, (from, to): (AnnotationId, AnnotationId)) {
        let label = self.words.relation_type(own, self.losses);
        self.config.saw_relation(&label);
        let mut row = json!({
            "id": format!("R{}", own.id),
            "type": "relation",
            "from_id": format!("T{from}_0"),
            "to_id": format!("T{to}_0"),
            "direction": "right",
            "labels": [label],
        });
        if let Some(note) = &own.note {
            row["meta"] = json!({ "text": [note] });
        }
        for id in own.attributes.keys() {
            self.losses.tell(Loss::Attribute(own.id, id.clone()));
        }
        self.written.push(row);
    }
}
