use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use serde_json::{Value as Json, json};

use super::*;
use crate::annotation::Origin;
use crate::exchange::fixture::Fixture;
use crate::exchange::tests::written;
use crate::exchange::{Losses, Memory, Plan, Sink, Stated, settle};
use crate::text::Text;

fn line(fixture: &Fixture) -> String {
    let Memory(mut files) = written(&FORMAT, &[fixture.source()]);
    String::from_utf8(files.remove("annotations.jsonl").unwrap()).unwrap()
}

fn parsed(fixture: &Fixture) -> Json {
    serde_json::from_str(&line(fixture)).unwrap()
}

#[test]
fn a_document_is_one_line_and_its_text_is_verbatim() {
    let fixture = Fixture::new();
    let line = line(&fixture);
    assert_eq!((line.matches('\n').count(), line.ends_with('\n')), (1, true));
    assert!(line.starts_with("{\"format\":\"tribune\",\"version\":1,\"id\":\"речи/аким.txt\",\"annotator\":\"alpha\",\"revision\":9,\"status\":\"done\",\"schema\":{\"name\":\"speeches\",\"version\":1},\"sha256\":\""), "{line}");
    assert_eq!(parsed(&fixture)["text"], crate::exchange::fixture::TEXT);
    assert_eq!(parsed(&fixture)["code_points"], 59);
}

#[test]
fn an_interrupted_quote_has_a_hull_fragments_a_speaker_by_name_and_its_place() {
    assert_eq!(
        parsed(&Fixture::new())["annotations"][0],
        json!({
            "id": 1, "name": "Q1", "layer": "quote", "label": "quote", "target": "text", "start": 6, "end": 40,
            "fragments": [
                {"start": 6, "end": 14, "quote": "«За\u{301}мок,"},
                {"start": 30, "end": 40, "quote": "наш 👩🏽‍🌾!»"},
            ],
            "relation": null,
            "speaker": "Ермаганбет Булекпаев",
            "attributes": [
                {"name": "mode", "kind": "choice", "value": "direct", "speaker_id": null},
                {"name": "speaker", "kind": "speaker", "value": "Ермаганбет Булекпаев", "speaker_id": 1},
            ],
            "note": null,
            "origin": {"kind": "manual", "from": [], "score": null},
            "turn_speaker": "АКИМ", "turn": 1, "paragraph": 1,
        })
    );
}

#[test]
fn relations_and_document_labels_have_no_offsets() {
    let annotations = parsed(&Fixture::new())["annotations"].clone();
    let of = |at: usize, key: &str| annotations[at][key].clone();
    assert_eq!(
        (of(5, "target"), of(5, "relation"), of(5, "start")),
        (json!("relation"), json!({"from": 2, "to": 1}), Json::Null)
    );
    assert_eq!((of(6, "target"), of(6, "fragments"), of(6, "paragraph")), (json!("document"), json!([]), Json::Null));
}

#[test]
fn a_label_unknown_to_the_schema_a_note_and_a_suggestion_are_all_kept() {
    let annotations = parsed(&Fixture::new())["annotations"].clone();
    assert_eq!(annotations[4]["layer"], "жест");
    assert_eq!(annotations[4]["note"], "он \"смеётся\",\nгромко 👍");
    assert_eq!(annotations[3]["origin"], json!({"kind": "suggested", "from": ["слова 1"], "score": 0.87}));
}

#[test]
fn every_row_and_every_annotation_has_the_same_keys() {
    let (full, bare) = (parsed(&Fixture::new()), parsed(&Fixture::of("й\u{301} 👍")));
    let keys = |row: &Json| row.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&full), keys(&bare));
    let annotations = full["annotations"].as_array().unwrap();
    assert!(annotations.iter().all(|own| keys(own) == keys(&annotations[0])));
}

#[test]
fn line_separators_are_escaped_and_come_back() {
    let content = "й\u{2028}\u{85}👍\u{301}\u{2029}\u{b}.\u{1e}";
    let fixture = Fixture::of(content);
    let line = line(&fixture);
    assert!(line.contains(r"й\u2028\u0085👍"), "{line}");
    assert!(!line.trim_end().contains(|c: char| c.is_control() || "\u{2028}\u{2029}".contains(c)));
    assert_eq!(parsed(&fixture)["text"], content);
}

#[test]
#[expect(clippy::print_stderr, reason = "says that it skips")]
fn in_python_the_slice_of_every_span_is_its_quote() {
    const SCRIPT: &str = r#"
import json, sys
row = json.loads(sys.stdin.buffer.read().decode("utf-8"))
text, spans = row["text"], [f for a in row["annotations"] for f in a["fragments"]]
assert len(text) == row["code_points"], (len(text), row["code_points"])
assert len(spans) == 6, len(spans)
for f in spans:
    assert text[f["start"]:f["end"]] == f["quote"], f
for a in row["annotations"]:
    if a["fragments"]:
        assert (a["start"], a["end"]) == (a["fragments"][0]["start"], a["fragments"][-1]["end"]), a
"#;
    let python = Command::new("python3").args(["-c", SCRIPT]).stdin(Stdio::piped()).spawn();
    let Ok(mut python) = python else {
        eprintln!("skipped: there is no python3");
        return;
    };
    python.stdin.take().unwrap().write_all(line(&Fixture::new()).as_bytes()).unwrap();
    assert!(python.wait().unwrap().success());
}

#[test]
fn a_closed_pipe_stays_recognisable() {
    struct Closed;
    impl io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    impl Sink for Closed {
        fn file(&mut self, _: &str) -> io::Result<&mut dyn io::Write> {
            Ok(self)
        }
    }
    let fixture = Fixture::new();
    for format in [&FORMAT, &crate::exchange::csv::FORMAT] {
        let plan =
            Plan { schemas: &[&fixture.schema], annotators: &["alpha"], unit: Unit::CodePoints, is_marked: false };
        let mut exporter = (format.start)(&plan);
        let written = (0..100).try_for_each(|_| exporter.add(&fixture.source(), &mut Closed, &mut Losses::default()));
        assert_eq!(written.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}

#[test]
fn what_is_written_is_read_back_but_for_relations_to_what_is_not_there() {
    crate::exchange::tests::law(&FORMAT);
}

/// What of `line` is taken, by its numbers, and what is told of the rest.
fn taken(line: &str) -> (Vec<u32>, Vec<String>) {
    let files = Memory([("речи.jsonl".to_owned(), line.as_bytes().to_vec())].into());
    let [draft] = crate::exchange::tests::read(&FORMAT, &files).try_into().unwrap();
    let text = Text::new(draft.text.clone().unwrap()).unwrap();
    let settled = settle(draft, &text, None, &Origin::Manual);
    let ids = settled.statement.set.iter().map(|own| own.id.0).collect();
    (ids, settled.refusals.iter().map(ToString::to_string).collect())
}

#[test]
fn a_relation_to_what_is_not_there_or_was_refused_is_refused() {
    let mut row = parsed(&Fixture::new());
    row["annotations"][5]["relation"] = json!({"from": 2, "to": 77});
    let (ids, told) = taken(&row.to_string());
    assert_eq!((ids.len(), told), (6, vec!["речи.jsonl:1: it relates to 77, which is not there".to_owned()]));
    let mut row = parsed(&Fixture::new());
    row["annotations"][0]["fragments"][0]["quote"] = json!("«Замок,");
    let (ids, told) = taken(&row.to_string());
    assert_eq!((ids.len(), told.len()), (5, 2), "{told:?}");
    assert_eq!(told[1], "речи.jsonl:1: it relates to 1, which is not there");
}

#[test]
fn an_annotation_that_is_none_of_ours_is_refused_alone() {
    let mut row = parsed(&Fixture::new());
    row["annotations"][4]["note"] = json!(["й\u{306} 👍"]);
    let id = row["annotations"][4]["id"].clone();
    let (ids, told) = taken(&row.to_string());
    let expected = format!("речи.jsonl:1: annotation {id}: invalid type: sequence, expected a string");
    assert_eq!((ids.len(), told), (6, vec![expected]));
}

#[test]
fn values_may_be_what_json_has_and_a_flag_is_true_or_false() {
    let own = line(&Fixture::new());
    let stated = |kind: &str, value: &str| {
        let before = r#""kind":"flag","value":"true""#;
        assert!(own.contains(before));
        let line = own.replace(before, &format!(r#""kind":"{kind}","value":{value}"#));
        let files = Memory([("речи.jsonl".to_owned(), line.into_bytes())].into());
        let [draft] = crate::exchange::tests::read(&FORMAT, &files).try_into().unwrap();
        let found = draft.items.iter().flat_map(|item| &item.attributes).find(|(name, _)| name == "checkable");
        let told: Vec<String> = draft.refusals.iter().map(ToString::to_string).collect();
        found.map(|(_, stated)| stated.clone()).ok_or(told)
    };
    for value in ["\"true\"", "true"] {
        assert_eq!(stated("flag", value), Ok(Stated::Flag(true)));
    }
    assert_eq!(stated("flag", "false"), Ok(Stated::Flag(false)));
    assert_eq!(stated("text", "3.5"), Ok(Stated::Text("3.5".to_owned())));
    let told = stated("flag", "\"да\u{301} 👍\"").unwrap_err();
    assert!(told[0].ends_with("checkable: expected true or false, found да\u{301} 👍"), "{told:?}");
}

#[test]
fn an_attribute_that_cannot_be_called_as_it_is_there_is_told() {
    let mut row = parsed(&Fixture::new());
    row["annotations"][0]["attributes"][0]["name"] = json!("й\u{306} 👍");
    let files = Memory([("речи.jsonl".to_owned(), row.to_string().into_bytes())].into());
    let draft = crate::exchange::tests::read(&FORMAT, &files).remove(0);
    let told: Vec<String> = draft.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["речи.jsonl:1: annotation 1: «й\u{306} 👍» is й\u{306}_👍 here"]);
}
