//! doccano: a line for each transcript and annotator, for projects of sequence labelling with relations that allow overlap.
//!
//! Offsets count UTF-16 units, since the web client counts what JavaScript counts; `--unit codepoint` is for scripts in Python. Projects
//! that count grapheme clusters have a table of their own and are not served. An entity is a fragment; what entities have no place for
//! is in `tribune`, which doccano keeps as metadata of the example.

use std::io;

use serde::Serialize;

use super::aside::Aside;
use super::contents::write_line;
use super::names::untagged;
use super::{Exporter, Format, Losses, Ruler, Shape, Shipped, Sink, Source, Unit, rows};

/// The format.
pub const FORMAT: Format = Format {
    name: "doccano",
    aliases: &[],
    about: "A line of JSON per transcript and annotator for doccano, with relations",
    shape: Shape::Stream,
    beside: &[],
    units: &[Unit::Utf16, Unit::CodePoints],
    start: |plan| Box::new(Lines { unit: plan.unit }),
    read: Some(|files, visit| rows::read(files, Unit::Utf16, visit)),
    sniff: |name, head| name.contains("doccano") || rows::is_of_doccano(head),
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
    use super::FORMAT;
    use crate::exchange::tests::read;
    use crate::exchange::{Item, Memory, Unit};

    #[test]
    fn what_is_written_is_read_back_minus_what_was_told() {
        crate::exchange::tests::law(&FORMAT);
    }

    /// What is read of a file with these lines: a line for each thing that it says, and the refusals.
    fn taken(content: &str) -> (Vec<String>, Vec<String>) {
        let files = Memory([("й.jsonl".to_owned(), content.as_bytes().to_vec())].into());
        assert!((FORMAT.sniff)("й.jsonl", content.as_bytes()));
        let drafts = read(&FORMAT, &files);
        let line = |own: &Item| {
            let Item { id, layer, label, target, attributes, .. } = own;
            format!("{id} {layer:?} {label:?} {target:?} {attributes:?}")
        };
        let lines = drafts.iter().flat_map(|own| &own.items).map(line);
        (
            lines.collect(),
            drafts.iter().flat_map(|own| own.textless.iter().chain(&own.refusals)).map(ToString::to_string).collect(),
        )
    }

    #[test]
    fn a_span_that_cuts_a_character_in_utf_16_units_says_that_code_points_are_counted() {
        let settled = |content: &str, stated| {
            let files = Memory([("й.jsonl".to_owned(), content.as_bytes().to_vec())].into());
            let draft = crate::exchange::Draft { stated, ..read(&FORMAT, &files).remove(0) };
            let text = crate::text::Text::new(draft.text.clone().unwrap()).unwrap();
            let settled = crate::exchange::settle(draft, &text, None, &crate::annotation::Origin::Manual);
            let spans = settled.statement.set.iter().filter_map(|own| own.fragments());
            let words: Vec<String> = spans.map(|own| text.slice(own.hull()).to_owned()).collect();
            (settled.unit, words, settled.refusals.len())
        };
        let content = r#"{"text": "а́да 👍 мы", "label": [[5, 6, "emoji"], [7, 9, "word"]]}"#;
        let (codes, utf16) = (Unit::CodePoints, Unit::Utf16);
        assert_eq!(settled(content, None), (codes, vec!["👍".to_owned(), "мы".to_owned()], 0));
        assert_eq!(settled(content, Some(utf16)), (utf16, vec![" м".to_owned()], 1));
        let usual = content.replace("[5, 6, \"emoji\"], ", "");
        assert_eq!(settled(&usual, None), (utf16, vec![" м".to_owned()], 0));
        assert_eq!(settled(&usual, Some(codes)), (codes, vec!["мы".to_owned()], 0));
    }

    #[test]
    fn a_broken_line_is_refused_by_its_number_and_the_rest_is_kept() {
        let content = "{\"text\": \"и\u{306}од\", \"label\": [[0, 2, \"Й\"]]}\n{\"text\": \"👍\", \"label\": [[0,\n\
            {\"text\": \"👍\", \"label\": [[0, 2, \"да\"]]}\n";
        let (lines, refused) = taken(content);
        assert_eq!(lines.len(), 2);
        assert_eq!(refused.len(), 1);
        assert!(refused[0].starts_with("й.jsonl:2: this line is no JSON: "), "{refused:?}");
    }

    #[test]
    fn spans_under_annotations_with_the_number_of_a_label_are_read() {
        let content =
            r#"{"text": "а́да 👍", "annotations": [{"label": 3, "start_offset": 5, "end_offset": 7, "user": 1}]}"#;
        let (lines, refused) = taken(content);
        assert_eq!(refused, [""; 0]);
        let user = r#"[("user", Words("1"))]"#;
        assert_eq!(
            lines,
            [format!(r#" Some("label-3") None Text {{ pieces: [5..7], words: [], apart: None }} {user}"#)]
        );
    }

    #[test]
    fn columns_called_as_in_the_examples_of_doccano_are_read() {
        let (lines, refused) = taken("{\"column_data\": \"И\u{306}од 👍\", \"column_label\": [[5, 7, \"emoji\"]]}\n");
        assert_eq!(refused, [""; 0]);
        assert_eq!(lines, [r#" Some("emoji") None Text { pieces: [5..7], words: [], apart: None } []"#]);
    }

    #[test]
    fn lists_of_examples_and_older_names_of_columns_are_read() {
        for content in [
            r#"[{"id": 7, "data": "И\u0306од 👍", "label": [[5, 7, "emoji"]]}]"#,
            r#"{"text": "И\u0306од 👍", "labels": [[5, 7, "emoji"]]}"#,
        ] {
            let (lines, refused) = taken(content);
            assert_eq!(refused, [""; 0]);
            assert!(lines[0].contains(r#"Some("emoji") None Text { pieces: [5..7]"#), "{lines:?}");
        }
    }

    #[test]
    fn an_entry_of_a_list_without_a_text_is_refused_by_its_number_and_the_rest_is_kept() {
        let good = r#"{"text": "И\u0306од 👍", "label": [[5, 7, "emoji"]]}"#;
        for bad in [r#"{"text": null, "label": []}"#, "7", r#""За\u0301мок""#] {
            for (content, number) in [(format!("[{good}, {bad}, {good}]"), 2), (format!("[{bad}, {good}, {good}]"), 1)]
            {
                let (lines, refused) = taken(&content);
                let are_kept = lines.iter().all(|own| own.contains(r#"Some("emoji") None Text"#));
                assert!(lines.len() == 2 && are_kept, "{lines:?}");
                assert_eq!(refused, [format!("й.jsonl, entry {number}: expected a text")]);
            }
        }
    }

    #[test]
    fn labels_of_a_text_and_what_is_known_of_it_are_said_of_the_document() {
        let content = r#"{"id": 7, "text": "Йод 👍", "label": ["positive", "За́мок: да"], "meta": {"wikiPageID": 1, "место": "Қарағанды"}, "Comments": []}
{"text": "да", "entities": [[0, 2, "yes"]], "cats": ["consent"], "tags": ["a", "b"], "is_new": true}
"#;
        let (lines, refused) = taken(content);
        assert_eq!(refused, [""; 0]);
        insta::assert_snapshot!(lines.join("\n"), @r#"
        Some("positive") None Document []
        Some("За\u{301}мок: да") None Document []
        Some("meta") None Document [("id", Words("7")), ("wikiPageID", Words("1")), ("место", Words("Қарағанды"))]
        Some("yes") None Text { pieces: [0..2], words: [], apart: None } []
        Some("consent") None Document []
        Some("meta") None Document [("is_new", Flag(true)), ("tags", Words("[\"a\",\"b\"]"))]
        "#);
    }

    #[test]
    fn what_is_beside_a_text_in_its_data_and_beside_the_ends_of_a_relation_is_kept() {
        let spans = r#"[[0, 2, "да", "ещё", 0.9], {"id": 1, "start": 3, "end": 5, "label": "👍"}]"#;
        let relation = r#"{"0": {"from_id": 1, "to_id": 1, "type": "о", "score": 0.4, "note": "и\u0306"}, "1": 7}"#;
        let data = r#"{"text": "да 👍", "source": "Z"}"#;
        let rest = r#""cats": [{"label": "x"}], "annotator": 7"#;
        let (lines, refused) =
            taken(&format!(r#"{{"data": {data}, "entities": {spans}, "relations": {relation}, {rest}}}"#));
        insta::assert_snapshot!(lines.join("\n"), @r##"
        @0 Some("да") None Text { pieces: [0..2], words: [], apart: None } [("more", Words("[\"ещё\",0.9]"))]
        #1 Some("👍") None Text { pieces: [3..5], words: [], apart: None } []
         None Some("о") Relation { from: "#1", to: "#1" } [("score", Words("0.4"))]
         Some("meta") None Document [("annotator", Words("7")), ("cats", Words("[{\"label\":\"x\"}]")), ("source", Words("Z"))]
        "##);
        assert_eq!(refused, ["й.jsonl:1: relation 2: expected two of the spans"]);
        let pair = r#"["да 👍", {"entities":[[0, 2, "да"]], "relations": [{"head": 0, "child": 2}]}]"#;
        let pair = read(&FORMAT, &Memory([("й.jsonl".to_owned(), pair.as_bytes().to_vec())].into()));
        assert_eq!((pair[0].items.len(), pair[0].refusals.len()), (1, 1), "{pair:?}");
        let span = r#"{"id": 1, "start_offset": 0, "end_offset": 2, "label": "й"}"#;
        let content = format!(
            r#"{{"text": "да 👍", "entities": [{span}, {span}], "relations": [{{"from_id": 1, "to_id": 1}}]}}"#
        );
        assert_eq!(taken(&content).1, ["й.jsonl:1: relation 1: expected two of the spans"]);
    }

    #[test]
    fn a_relation_to_what_is_not_there_is_told() {
        let span = r#"{"id": 0, "start_offset": 0, "end_offset": 2, "label": "йод"}"#;
        let relations =
            r#"[{"id": 5, "from_id": 0, "to_id": 0, "type": "is"}, {"from_id": 0, "to_id": 1, "type": "не"}]"#;
        let (lines, refused) =
            taken(&format!(r#"{{"text": "да 👍", "entities": [{span}], "relations": {relations}}}"#));
        assert_eq!(lines.len(), 2);
        assert_eq!(refused, ["й.jsonl:1: relation 2: expected two of the spans"]);
    }

    #[test]
    fn objects_over_several_lines_are_read_each_with_its_line() {
        let content = "{\n \"text\": \"И\u{306}од 👍\",\n \"label\": [[5, 7, \"emoji\"]]\n}\n\n{\"text\": \"да\",\n \"label\": [[0]]}\n";
        let files = Memory([("й.jsonl".to_owned(), content.as_bytes().to_vec())].into());
        let mut read = Vec::new();
        (FORMAT.read.unwrap())(&files, &mut |draft| read.push(draft)).unwrap();
        let lines: Vec<usize> = read[0].items.iter().map(|own| own.spot.line).collect();
        assert_eq!(lines, [1]);
        assert_eq!(read[1].refusals[0].to_string(), "й.jsonl:6: span 1: expected a start and an end");
    }

    #[test]
    fn objects_on_one_line_are_documents_of_their_own() {
        let content = "{\"text\": \"И\u{306}од 👍\", \"label\": []} {\"text\": \"да\", \"label\": []}\n";
        let read = read(&FORMAT, &Memory([("й.jsonl".to_owned(), content.as_bytes().to_vec())].into()));
        let named: Vec<_> = read.iter().map(|own| (own.document.as_deref(), own.text.as_deref())).collect();
        assert_eq!(named, [(Some("й-0001.txt"), Some("И\u{306}од 👍")), (Some("й-0002.txt"), Some("да"))]);
    }
}
