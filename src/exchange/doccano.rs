//! doccano: a line for each transcript and annotator, for projects of sequence labelling with relations that allow overlap.
//!
//! Offsets count UTF-16 units, since the web client counts what JavaScript counts; `--unit codepoint` is for scripts in Python. Projects
//! that count grapheme clusters have a table of their own and are not served. An entity is a fragment; what entities have no place for
//! is in `tribune`, which doccano keeps as metadata of the example.

use std::io;

use serde::Serialize;

use super::aside::Aside;
use super::contents::{has, write_line};
use super::names::untagged;
use super::{Exporter, Format, Losses, Ruler, Shape, Shipped, Sink, Source, Unit, rows};

/// The format.
pub const FORMAT: Format = Format {
    name: "doccano",
    aliases: &[],
    about: "A line of JSON per transcript and annotator for doccano, with relations",
    shape: Shape::Stream,
    units: &[Unit::Utf16, Unit::CodePoints],
    start: |plan| Box::new(Lines { unit: plan.unit }),
    read: Some(|files, visit| rows::read(files, Unit::Utf16, visit)),
    sniff: |name, head| {
        name.contains("doccano")
            || has(head, "\"start_offset\"")
            || (has(head, "\"text\"") && (has(head, "\"label\":[[") || has(head, "\"entities\":[[")))
    },
};

#[derive(Serialize)]
struct Example<'a> {
    text: &'a str,
    entities: Vec<Entity>,
    relations: Vec<Relation>,
    tribune: Aside,
}

#[derive(Serialize)]
struct Entity {
    id: usize,
    label: String,
    start_offset: usize,
    end_offset: usize,
}

#[derive(Serialize)]
struct Relation {
    id: usize,
    from_id: usize,
    to_id: usize,
    r#type: String,
}

#[derive(Debug)]
struct Lines {
    unit: Unit,
}

impl Exporter for Lines {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let ruler = Ruler::new(self.unit, shipped.text());
        let (aside, pieces) = Aside::of(source, &shipped, self.unit, false, losses);
        let number_of = |name: &str| pieces.iter().position(|own| own.number == 0 && source.handle(own.id) == name);
        let relations = aside.relations.iter().enumerate().filter_map(|(id, own)| {
            let (layer, label) = untagged(&own.label);
            let (from_id, to_id) = (number_of(&own.from)?, number_of(&own.to)?);
            Some(Relation { id, from_id, to_id, r#type: label.unwrap_or(layer) })
        });
        let relations = relations.collect();
        let entities = pieces.iter().enumerate().map(|(id, own)| {
            let range = ruler.range(own.span);
            Entity { id, label: own.tag.clone(), start_offset: range.start, end_offset: range.end }
        });
        let example =
            Example { text: shipped.text().as_str(), entities: entities.collect(), relations, tribune: aside };
        write_line(sink, "doccano.jsonl", &example)
    }
}

#[cfg(test)]
mod tests {
    use crate::exchange::Memory;

    #[test]
    fn what_is_written_is_read_back_minus_what_was_told() {
        crate::exchange::tests::law(&super::FORMAT);
    }

    #[test]
    fn objects_over_several_lines_are_read_each_with_its_line() {
        let content = "{\n \"text\": \"И\u{306}од 👍\",\n \"label\": [[5, 7, \"emoji\"]]\n}\n\n{\"text\": \"да\",\n \"label\": [[0]]}\n";
        let files = Memory([("й.jsonl".to_owned(), content.as_bytes().to_vec())].into());
        let mut read = Vec::new();
        (super::FORMAT.read.unwrap())(&files, &mut |draft| read.push(draft)).unwrap();
        let lines: Vec<usize> = read[0].items.iter().map(|own| own.spot.line).collect();
        assert_eq!(lines, [1]);
        assert_eq!(read[1].refusals[0].to_string(), "й.jsonl:6: span 1: expected a start and an end");
    }
}
