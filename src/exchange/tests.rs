//! The law of every format, on random documents: what is read back is what was written minus the losses that were told.

mod batches;
mod bytes;
mod law;
mod shared;

use super::fixture::Fixture;
use super::{Draft, FORMATS, Memory, fixture, settle};
use crate::annotation::{Origin, Value};
use crate::schema::{AttributeId, AttributeKind, Title};

pub(crate) use law::{law, read, written};

#[test]
fn lines_that_a_script_wrote_again_with_blanks_are_known_behind_a_long_text() {
    let text = "За\u{301}мок 👍 ".repeat(1000);
    let lines = [
        ("jsonl", r#"{"format": "tribune", "version": 1, "text": "TEXT"}"#),
        ("spacy", r#"{"text": "TEXT", "tokens": [{"id": 0, "start": 0, "end": 6}]}"#),
        ("prodigy", r#"{"text": "TEXT", "spans": [], "answer": "accept"}"#),
        ("doccano", r#"{"text": "TEXT", "label": [[0, 6, "rights"]]}"#),
    ];
    for (name, line) in lines {
        let line = line.replace("TEXT", &text);
        let known = FORMATS.iter().find(|own| (own.sniff)("строки.jsonl", line.as_bytes()));
        assert_eq!(known.map(|own| own.name), Some(name));
    }
}

#[test]
fn an_attribute_goes_out_by_the_name_that_its_id_was_made_of_and_comes_back() {
    let mut fixture = Fixture::of("За\u{301}мок 👍 стоит");
    let quote = &mut fixture.schema.layers[0];
    quote.attributes[0].id = AttributeId::new("Қалай_и\u{306}_👍");
    quote.attributes[0].title = Title::One("Қалай и\u{306} 👍".to_owned());
    quote.attributes[0].kind = AttributeKind::Text;
    let words = ("Қалай_и\u{306}_👍", Value::Text("о\u{301}чень".to_owned()));
    let target = fixture::text(vec![fixture.find("👍")]);
    fixture.add("quote", "quote", target, &[words]);
    // Our own lines have ids.
    for format in FORMATS.iter().filter(|own| own.read.is_some() && own.name != "jsonl") {
        let name = format.name;
        let files = written(format, &[fixture.source()]);
        let draft = read(format, &files).remove(0);
        let names: Vec<&str> = draft.items[0].attributes.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Қалай и\u{306} 👍"], "{name}");
        let text = fixture.document.text.clone();
        for schema in [Some(&fixture.schema), None] {
            let settled = settle(draft.clone(), &text, schema, &Origin::Manual);
            let set: Vec<_> = settled.statement.set.iter().map(|own| own.attributes.clone()).collect();
            assert_eq!(set, [fixture.set.iter().next().unwrap().attributes.clone()], "{name}");
        }
    }
}

#[test]
fn a_file_that_is_handed_over_alone_is_read_or_refused_by_every_format() {
    let files = Memory([("речь".to_owned(), "За\u{301}мок 👍 стоит\n".into())].into());
    for format in FORMATS {
        let Some(read) = format.read else { continue };
        let mut drafts = 0;
        let done = read(&files, &mut |_: Draft| drafts += 1);
        assert!(done.is_err() || drafts > 0, "{format} says nothing of it");
    }
}

#[test]
fn files_that_look_like_a_format_are_read_by_it_whatever_they_are_called() {
    for format in FORMATS {
        let Some(read) = format.read else { continue };
        let whole = written(format, &[Fixture::new().source()]);
        for (name, bytes) in &whole.0 {
            if !(format.sniff)("a.data", bytes) {
                continue;
            }
            let files = ["a.data", "b.data"].map(|name| (name.to_owned(), bytes.clone()));
            let mut drafts = 0;
            let done = read(&Memory(files.into()), &mut |_: Draft| drafts += 1);
            assert!(done.is_err() || drafts > 1, "{format} passes over what is in {name}");
        }
    }
}

#[test]
fn without_the_schema_few_formats_know_flags_and_some_the_label_of_a_relation_alone() {
    let mut fixture = Fixture::of("За\u{301}мок 👍 стоит");
    for words in ["За\u{301}мок", "👍"] {
        let target = fixture::text(vec![fixture.find(words)]);
        fixture.add("claim", "claim", target, &[("checkable", Value::Flag(true))]);
    }
    let [from, to] = [1, 2].map(crate::annotation::AnnotationId);
    fixture.add("link", "supports", crate::annotation::Target::Relation { from, to }, &[]);
    let (mut with_flags, mut without_layers) = (Vec::new(), Vec::new());
    for format in FORMATS.iter().filter(|own| own.read.is_some() && own.name != "parquet") {
        let draft = read(format, &written(format, &[fixture.source()])).remove(0);
        let settled = settle(draft, &fixture.document.text, None, &Origin::Manual);
        let set = &settled.statement.set;
        let mut values = set.iter().flat_map(|own| own.attributes.values());
        with_flags.extend(values.any(|own| *own == Value::Flag(true)).then_some(format.name));
        let is_link = |own: &crate::annotation::Annotation| own.is_relation() && own.layer.as_str() == "link";
        without_layers.extend((!set.iter().any(is_link)).then_some(format.name));
    }
    with_flags.sort_unstable();
    without_layers.sort_unstable();
    assert_eq!(with_flags, ["brat", "cas", "jsonl"]);
    assert_eq!(without_layers, ["brat", "cas", "labelstudio", "qdpx", "webanno", "xmi"]);
}

#[test]
fn what_is_written_looks_like_the_format_that_it_was_written_in() {
    let fixture = Fixture::new();
    for format in FORMATS.iter().filter(|own| own.read.is_some()) {
        let Memory(files) = written(format, &[fixture.source()]);
        let look = |(name, bytes): (&String, &Vec<u8>)| {
            let is_beside = [".txt", ".md"].iter().any(|end| name.ends_with(end));
            FORMATS.iter().find(|own| own.read.is_some() && !is_beside && (own.sniff)(name, bytes)).map(|own| own.name)
        };
        let found: std::collections::BTreeSet<&str> = files.iter().filter_map(look).collect();
        // The same with other tags.
        let name = if format.name == "bilou" { "conll" } else { format.name };
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [name], "{format}");
    }
}

#[test]
fn an_id_of_others_that_is_no_number_is_kept_as_an_attribute() {
    let quoted = r#""selector": {"type": "TextPositionSelector", "start": 0, "end": 6}"#;
    let page = |id: &str| {
        let body = r#""body": {"purpose": "tagging", "value": "Ёж"}"#;
        format!(r#"{{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "{id}", {body}, "target": {{{quoted}}}}}"#)
    };
    let task = |id: &str| {
        let value = r#"{"start": 0, "end": 6, "labels": ["Ёж"]}"#;
        let row =
            format!(r#"{{"id": "{id}", "from_name": "l", "to_name": "text", "type": "labels", "value": {value}}}"#);
        format!(r#"[{{"data": {{"text": "За\u0301мок 👍"}}, "annotations": [{{"result": [{row}]}}]}}]"#)
    };
    let line = |id: &str| {
        format!(
            r#"{{"text": "За\u0301мок 👍", "entities": [{{"id": "{id}", "label": "Ёж", "start_offset": 0, "end_offset": 6}}]}}"#
        )
    };
    let table = |id: &str| format!("doc_id,span_id,start,end,label\nречь,{id},0,6,Ёж\n");
    let of = |format: &str, file: &str, content: String| {
        let files = Memory([(file.to_owned(), content.into_bytes())].into());
        let draft = read(super::Format::named(format).unwrap(), &files).remove(0);
        draft.items[0].attributes.clone()
    };
    let id = "http://ex.org/й-👍";
    let kept = |name: &str| vec![(name.to_owned(), super::Stated::Words(id.to_owned()))];
    assert_eq!(of("w3c", "речь.json", page(id)), kept("id"));
    assert_eq!(of("labelstudio", "речь.json", task(id)), kept("id"));
    assert_eq!(of("doccano", "речь.jsonl", line(id)), kept("id"));
    assert_eq!(of("csv", "речь.csv", table(id)), kept("span_id"));
    for number in ["T7", "12"] {
        assert_eq!(of("w3c", "речь.json", page(number)), []);
        assert_eq!(of("labelstudio", "речь.json", task(number)), []);
        assert_eq!(of("csv", "речь.csv", table(number)), []);
    }
}
