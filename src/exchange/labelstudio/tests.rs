use super::*;
use crate::annotation::{Annotation, AnnotationSet, Origin, Target};
use crate::exchange::{Draft, FORMATS, Memory, Statement, settle};
use crate::schema::AttributeId;
use crate::text::Text;

#[test]
fn what_is_written_is_read_back_minus_what_was_told() {
    crate::exchange::tests::law(&FORMAT);
}

#[test]
fn an_attribute_is_no_control_of_ours() {
    for name in ["value", "value_", "label", "text__", "speaker", "мода_"] {
        assert_eq!(attribute(&control(name)), name);
        assert!(!TAKEN.contains(&control(name).as_str()));
    }
}

fn read(content: &str) -> Vec<(Statement<'static>, Unit, Vec<String>)> {
    read_beside(content, "<View/>")
}

/// The same of tasks beside which there is a configuration.
fn read_beside(content: &str, config: &str) -> Vec<(Statement<'static>, Unit, Vec<String>)> {
    let files =
        [("x.json", content), ("config.xml", config)].map(|(name, own)| (name.to_owned(), own.as_bytes().to_vec()));
    let files = Memory(files.into());
    let mut drafts: Vec<Draft> = Vec::new();
    super::read::read(&files, &mut |draft| drafts.push(draft)).unwrap();
    let settled = drafts.into_iter().map(|draft| {
        let text = Text::new(draft.text.clone().unwrap()).unwrap();
        let own = settle(draft, &text, None, &Origin::Manual);
        (own.statement, own.unit, own.refusals.iter().map(ToString::to_string).collect())
    });
    settled.collect()
}

fn said(statement: &Statement<'_>) -> Vec<String> {
    let line = |own: &Annotation| {
        // Ids of others are kept, whatever else is said.
        let said = own.attributes.keys().map(AttributeId::as_str).filter(|id| *id != "id");
        let attributes = said.fold(String::new(), |sum, id| sum + " " + id);
        match &own.target {
            Target::Text(fragments) => {
                let words: Vec<&str> = fragments.spans().iter().map(|span| statement.text.slice(*span)).collect();
                format!("{} «{}»{attributes}", own.layer.as_str(), words.join(" … "))
            }
            Target::Relation { from, to } => format!("{} {from} → {to}", own.label.as_str()),
            Target::Document => own.label.to_string(),
        }
    };
    statement.set.iter().map(line).collect()
}

#[test]
fn tasks_of_old_servers_are_read_by_their_words() {
    let read = read(
        r#"[{"id": 9, "data": {"text": "😀 За́мок\nмы \\n 👍"}, "annotations": [{"completed_by": {"email": "a@b.kz"}, "result": [
        {"id": "x_1", "from_name": "ner", "to_name": "t", "type": "labels",
         "value": {"start": 3, "end": 12, "text": "За́мок\\nмы", "labels": ["PER", "Ёж"]}},
        {"id": "x_1", "from_name": "mode", "to_name": "t", "type": "choices",
         "value": {"start": 3, "end": 12, "choices": ["direct"]}},
        {"id": "x_2", "from_name": "ner", "to_name": "t", "type": "labels",
         "value": {"start": 16, "end": 18, "text": "👍", "labels": ["PER"]}},
        {"type": "relation", "from_id": "x_2", "to_id": "x_1", "direction": "left", "labels": ["about"]},
        {"id": "d", "from_name": "mood", "to_name": "t", "type": "choices", "value": {"choices": ["good", "весело"]}},
        {"id": "e", "from_name": "stars", "to_name": "t", "type": "rating", "value": {"rating": 4}}]}]}]"#,
    );
    let [(statement, unit, refusals)] = read.as_slice() else { panic!("{read:?}") };
    assert_eq!((statement.annotator.as_ref(), *unit), ("a@b.kz", Unit::Utf16));
    assert_eq!(*refusals, ["x.json: row 6 (rating) is not about words of the text"]);
    assert_eq!(
        said(statement),
        ["PER «За\u{301}мок\nмы» mode", "ёж «За\u{301}мок\nмы» mode", "PER «👍»", "good", "весело", "about 1 → 3"],
        "a backslash and an n of the text are not a line break"
    );
}

#[test]
fn a_short_task_is_not_taken_for_a_file_of_another_program() {
    let region =
        r#"{"from_name": "ner", "to_name": "t", "type": "labels", "value": {"start": 0, "end": 6, "labels": ["PER"]}}"#;
    let words = "За\u{301}мок 👍";
    for said in ["annotations", "completions", "predictions"] {
        for text in ["text", "data"] {
            let content = format!(r#"[{{"data": {{"{text}": "{words}"}}, "{said}": [{{"result": [{region}]}}]}}]"#);
            let found = FORMATS.iter().find(|own| own.read.is_some() && (own.sniff)("x.json", content.as_bytes()));
            assert_eq!(found.map(|own| own.name), Some(FORMAT.name), "{content}");
        }
    }
}

#[test]
fn predictions_are_read_where_nobody_annotated() {
    let read = read(
        r#"[{"data": {"speech": "é Сөз 👍"}, "predictions": [{"model_version": "m1", "score": 0.93, "result": [
        {"id": "1", "from_name": "l", "to_name": "t", "type": "labels", "value": {"start": 2, "end": 5, "labels": ["Word"]}}]}]}]"#,
    );
    let [(statement, _, refusals)] = read.as_slice() else { panic!("{read:?}") };
    assert_eq!((statement.annotator.as_ref(), refusals.len()), ("m1", 0));
    assert_eq!(said(statement), ["word «Сөз»"]);
    let origins: Vec<&Origin> = statement.set.iter().map(|own| &own.origin).collect();
    assert_eq!(origins, [&Origin::Suggested { engine: "m1".to_owned(), score: 930 }]);
}

#[test]
fn tasks_in_json_min_are_read_and_what_is_said_of_the_whole_is_told() {
    let content = r#"[{"id": 3, "text": "За́мок 👍 мы", "label": [{"start": 0, "end": 6, "text": "За́мок", "labels": ["PER"]},
        {"start": 9, "end": 11, "text": "мы", "labels": ["Ёж"]}], "mood": "good", "annotator": 7, "annotation_id": 1, "lead_time": 2.5}]"#;
    let found = FORMATS.iter().find(|own| (own.sniff)("x.json", content.as_bytes()));
    assert_eq!(found.map(|own| own.name), Some(FORMAT.name));
    let read = read(content);
    let [(statement, _, refusals)] = read.as_slice() else { panic!("{read:?}") };
    assert_eq!(statement.annotator.as_ref(), "user-7");
    assert_eq!(said(statement), ["PER «За́мок»", "ёж «мы»"]);
    assert_eq!(refusals, &["x.json: row 3 (mood) is not about words of the text"]);
}

#[test]
fn a_region_of_another_text_than_the_one_that_is_taken_is_refused() {
    let row = |id: &str, about: &str, start: usize, end: usize| {
        format!(
            r#"{{"id": "{id}", "to_name": "{about}", "type": "labels", "value": {{"start": {start}, "end": {end}, "labels": ["PER"]}}}}"#
        )
    };
    let task = |rows: [String; 3]| {
        let data = r#"{"text": "За́мок 👍", "reply": "мы о чём 👍"}"#;
        format!(r#"[{{"data": {data}, "annotations": [{{"result": [{}]}}]}}]"#, rows.join(", "))
    };
    let config = r#"<View><Text name="q" value="$text"/><Text name="r" value="$reply"/></View>"#;
    for (first, second, config) in [("q", "r", config), ("text", "reply", "<View/>"), ("q", "r", "<View/>")] {
        let content = task([row("a", first, 0, 6), row("b", second, 0, 2), row("c", first, 7, 8)]);
        let read = read_beside(&content, config);
        let [(statement, _, refusals)] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!(said(statement), ["PER «За\u{301}мок»", "PER «👍»"]);
        assert_eq!(*refusals, [format!("x.json: row 2 is about {second}, which is not the text that is taken")]);
    }
    let content = task([row("a", "r", 0, 2), row("b", "q", 0, 6), row("c", "q", 7, 8)]);
    let read = read_beside(&content, config);
    assert_eq!(
        said(&read[0].0),
        ["PER «За\u{301}мок»", "PER «👍»"],
        "the configuration knows better than who comes first"
    );
}

#[test]
fn the_parent_of_a_region_is_a_relation_to_it() {
    let row = |id: &str, parent: &str, start: usize, end: usize| {
        format!(
            r#"{{"id": "{id}", "parentID": {parent}, "to_name": "t", "type": "labels", "value": {{"start": {start}, "end": {end}, "labels": ["PER"]}}}}"#
        )
    };
    let rows = [row("a", "null", 0, 8), row("b", "\"a\"", 0, 6), row("c", "\"нет\"", 7, 8)].join(", ");
    let read = read(&format!(r#"[{{"data": {{"text": "За́мок 👍"}}, "annotations": [{{"result": [{rows}]}}]}}]"#));
    let [(statement, _, refusals)] = read.as_slice() else { panic!("{read:?}") };
    assert_eq!(said(statement), ["PER «За\u{301}мок 👍»", "PER «За\u{301}мок»", "PER «👍»", "parent 2 → 1"]);
    assert_eq!(*refusals, ["x.json: it relates to нет, which is not there"]);
}

#[test]
fn one_id_for_two_places_is_two_annotations_and_two_labels_of_a_relation_are_two() {
    let read = read(
        r#"[{"data": {"text": "За́мок 👍 мы"}, "annotations": [{"result": [
        {"id": "d", "from_name": "l", "type": "labels", "value": {"start": 0, "end": 6, "labels": ["PER"]}},
        {"id": "d", "from_name": "l", "type": "labels", "value": {"start": 7, "end": 8, "labels": ["PER"]}},
        {"id": "e", "from_name": "l", "type": "labels", "value": {"start": 9, "end": 11, "labels": ["PER"]}},
        {"id": "e", "from_name": "tree", "type": "taxonomy", "value": {"start": 9, "end": 11, "taxonomy": [["А", "Б"], ["В"]]}},
        {"type": "relation", "from_id": "d", "to_id": "e", "direction": "bi", "labels": ["x", "y"]}]}],
        "predictions": [{"result": []}], "drafts": []}]"#,
    );
    let [(statement, _, refusals)] = read.as_slice() else { panic!("{read:?}") };
    assert_eq!(said(statement), ["PER «За\u{301}мок»", "PER «👍»", "PER «мы» tree", "x 1 → 3", "y 1 → 3"]);
    assert!(format!("{:?}", statement.set).contains("А/Б; В"));
    assert_eq!(
        refusals,
        &[
            "x.json: predictions: 1 left, only the annotations are taken",
            "x.json: a relation goes both ways: it is taken as going one"
        ]
    );
}

#[test]
fn choices_in_json_min_are_labels_of_the_document_and_an_address_is_no_text() {
    let both = read(
        r#"[{"id": 3, "text": "За́мок 👍", "mood": {"choices": ["good", "весело"]}, "annotator": 7, "annotation_id": 1}]"#,
    );
    assert_eq!((said(&both[0].0), both[0].2.len()), (vec!["good".to_owned(), "весело".to_owned()], 0));
    let content = r#"[{"data": {"text": "https://example.org/за́мок-👍.txt"}, "annotations": []}]"#;
    let files = Memory([("x.json".to_owned(), content.as_bytes().to_vec())].into());
    let mut drafts: Vec<Draft> = Vec::new();
    super::read::read(&files, &mut |draft| drafts.push(draft)).unwrap();
    assert_eq!(drafts[0].text, None);
    assert!(drafts[0].textless.as_ref().unwrap().reason.starts_with("its text is at https://"));
}

#[test]
fn labels_of_the_document_stand_beside_the_text_and_no_row_is_without_words() {
    let mut fixture = crate::exchange::fixture::Fixture::of("За\u{301}мок 👍");
    let Memory(none) = crate::exchange::tests::written(&FORMAT, &[fixture.source()]);
    assert!(!std::str::from_utf8(&none["речи/аким.ls.json"]).unwrap().contains("document_labels"));
    let why = crate::annotation::Value::Text("и\u{301} 👍".to_owned());
    let words = crate::exchange::fixture::text(vec![fixture.find("👍")]);
    fixture.add("quote", "quote", words, &[]);
    fixture.add("genre", "speech", Target::Document, &[]);
    fixture.add("genre", "спор", Target::Document, &[("why", why)]);
    fixture.add("тон", "тон", Target::Document, &[]);
    let Memory(files) = crate::exchange::tests::written(&FORMAT, &[fixture.source()]);
    let tasks: serde_json::Value = serde_json::from_slice(&files["речи/аким.ls.json"]).unwrap();
    assert_eq!(
        tasks[0]["data"]["document_labels"],
        serde_json::json!([
            {"annotator": "alpha", "id": "D2", "label": "Genre", "value": "speech"},
            {"annotator": "alpha", "id": "D3", "label": "Genre", "value": "спор", "attributes": {"why": "и\u{301} 👍"}},
            {"annotator": "alpha", "id": "D4", "label": "Тон"},
        ])
    );
    let rows = tasks[0]["annotations"][0]["result"].as_array().unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row["value"]["start"].is_u64()), "{rows:?}");
    let config = String::from_utf8(files["labelstudio.xml"].clone()).unwrap();
    assert!(!config.contains("Genre"), "{config}");
}

/// Each annotator with the labels of the document, as `layer:label`.
fn labels(read: &[(Statement<'static>, Unit, Vec<String>)]) -> Vec<String> {
    let label = |own: &Annotation| format!(" {}:{}", own.layer, own.label);
    let of = |set: &AnnotationSet| set.spanless().map(label).collect::<String>();
    read.iter().map(|(own, ..)| format!("{}{}", own.annotator, of(&own.set))).collect()
}

#[test]
fn labels_of_the_document_outlive_the_annotations_of_their_annotators() {
    let data = r#"{"text": "За́мок 👍", "annotators": ["Аня", "Ёж"], "document_labels": [
        {"annotator": "Ёж", "id": "D1", "label": "Genre", "value": "спор"}, {"annotator": "Аня", "id": "D1", "label": "Тон", "note": "и́"},
        {"annotator": "Аня", "label": "Genre"}]}"#;
    let told = "x.json: document_labels, 3: missing field `id`";
    for (said, expected) in [
        (
            r#"[{"completed_by": 2, "result": []}, {"completed_by": 1, "result": []}]"#,
            ["Ёж genre:спор", "Аня тон:тон"].as_slice(),
        ),
        (r#"[{"completed_by": 7, "result": []}]"#, &["user-7", "Ёж genre:спор", "Аня тон:тон"]),
        ("[]", &["Ёж genre:спор", "Аня тон:тон"]),
    ] {
        let read = read(&format!(r#"[{{"data": {data}, "annotations": {said}}}]"#));
        assert_eq!(labels(&read), expected);
        assert_eq!(read.iter().flat_map(|own| &own.2).collect::<Vec<_>>(), [told]);
        assert!(read.iter().any(|own| own.0.set.iter().any(|own| own.note.as_deref() == Some("и\u{301}"))));
    }
}

#[test]
fn in_json_min_what_several_said_of_one_task_is_of_one_document() {
    let row = |who: u8, number: u8, text: &str| {
        format!(
            r#"{{"id": 3, "text": "{text}", "document": "речь.txt", "annotators": ["Аня", "Ёж"], "document_labels": [
            {{"annotator": "Ёж", "id": "D1", "label": "Genre", "value": "спор"}}], "annotator": {who}, "annotation_id": {number}}}"#
        )
    };
    let [first, second, other] = [row(1, 1, "За\u{301}мок 👍"), row(2, 2, "За\u{301}мок 👍"), row(1, 3, "👍")];
    let both = read(&format!("[{first}, {second}]"));
    assert_eq!(labels(&both), ["Аня", "Ёж genre:спор"]);
    assert!(both.iter().all(|own| own.0.document == "речь.txt" && own.2.is_empty()), "{both:?}");
    assert_eq!(labels(&read(&format!("[{first}, {other}]"))).len(), 4, "one id, but two texts");
}

#[test]
fn yes_and_no_of_a_region_are_flags_and_what_is_no_words_is_told() {
    let read = read(
        r#"[{"data": {"text": "За́мок 👍"}, "annotations": [{"result": [
        {"id": "7", "from_name": "l", "type": "labels", "value": {"start": 0, "end": 6, "labels": ["PER"]}},
        {"id": "7", "from_name": "да", "type": "switch", "value": {"start": 0, "end": 6, "switch": true}},
        {"id": "7", "from_name": "где", "type": "map", "value": {"start": 0, "end": 6, "map": {"и́": 1}}},
        {"id": "7", "from_name": "нет", "type": "choices", "value": {"start": 0, "end": 6, "choices": []}}]}]}]"#,
    );
    let [(statement, _, refusals)] = read.as_slice() else { panic!("{read:?}") };
    let own = statement.set.iter().next().unwrap();
    let said: Vec<_> = own.attributes.iter().map(|(id, value)| (id.as_str(), value.clone())).collect();
    assert_eq!(said, [("да", crate::annotation::Value::Flag(true))]);
    assert_eq!(refusals, &["x.json: row 3: expected words or a number as its map"]);
}

#[test]
fn a_configuration_alone_says_nothing() {
    let Memory(files) = crate::exchange::tests::written(&FORMAT, &[]);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["labelstudio.xml"]);
    assert_eq!(crate::exchange::tests::read(&FORMAT, &Memory(files)).len(), 0);
}

#[test]
fn a_task_alone_and_tasks_a_line_each_are_recognised_and_read() {
    let task = |words: &str| {
        let value = format!(r#"{{"start": 0, "end": 2, "text": "{words}", "labels": ["Ё"]}}"#);
        let row = format!(r#"{{"id": "a", "from_name": "l", "to_name": "t", "type": "labels", "value": {value}}}"#);
        format!(r#"{{"id": 1, "annotations": [{{"result": [{row}]}}], "data": {{"text": "{words} 👍 й"}}}}"#)
    };
    for (content, expected) in [
        (task("а\u{301}"), vec!["ё «а\u{301}»"]),
        (format!("{}\n{}\n", task("о\u{301}"), task("у\u{301}")), vec!["ё «о\u{301}»", "ё «у\u{301}»"]),
    ] {
        let found = FORMATS.iter().find(|own| (own.sniff)("й.json", content.as_bytes()));
        assert_eq!(found.map(|own| own.name), Some("labelstudio"));
        let said: Vec<String> = read(&content).iter().flat_map(|(statement, ..)| said(statement)).collect();
        assert_eq!(said, expected);
    }
}

#[test]
fn a_region_on_another_part_of_the_data_is_refused() {
    let row = |to: &str| {
        format!(
            r#"{{"id": "{to}", "from_name": "l", "to_name": "{to}", "type": "labels", "value": {{"start": 0, "end": 4, "labels": ["Ёж"]}}}}"#
        )
    };
    let rows = [row("text"), row("title")].join(", ");
    let task =
        format!(r#"[{{"data": {{"text": "Анна 👍", "title": "Анна й"}}, "annotations": [{{"result": [{rows}]}}]}}]"#);
    let read = read(&task);
    assert_eq!(said(&read[0].0).len(), 1);
    assert!(read[0].2[0].ends_with("row 2 is about title, which is not the text that is taken"), "{:?}", read[0].2);
}

#[test]
fn what_stands_in_the_data_beside_the_texts_is_told_once() {
    let task =
        |more: &str| format!(r#"{{"data": {{"text": "За\u0301мок 👍"{more}}}, "annotations": [{{"result": []}}]}}"#);
    let tasks = [r#", "дата": 2020, "source": "й""#, r#", "дата": 2021, "document": "б.txt""#].map(task);
    let content = format!("[{}]", tasks.join(", "));
    assert!(read(&content).iter().all(|(.., refused)| refused.is_empty()), "it is no annotation");
    let drafts = crate::exchange::tests::read(&FORMAT, &Memory([("x.json".to_owned(), content.into_bytes())].into()));
    let told: Vec<String> = drafts.iter().flat_map(|own| &own.remarks).map(ToString::to_string).collect();
    assert_eq!(told, ["x.json: what stands in the data beside the text is not taken (source: 1, дата: 2)"]);
}

#[test]
fn what_is_no_task_is_refused_by_its_number_or_its_line_and_the_rest_is_kept() {
    let good = r#"{"data": {"text": "За́мок 👍"}, "annotations": []}"#;
    let bad = r#"{"id": 7, "data": "👍"}"#;
    let read = |content: &str| {
        let files = Memory([("й.json".to_owned(), content.as_bytes().to_vec())].into());
        let mut drafts: Vec<Draft> = Vec::new();
        let done = super::read::read(&files, &mut |draft| drafts.push(draft));
        let told: Vec<String> = drafts.iter().flat_map(|own| &own.refusals).map(ToString::to_string).collect();
        (drafts.len(), told, done.err().map(|error| error.to_string()))
    };
    let expected = "expected a task of Label Studio with its data";
    let refused = vec![format!("й.json, task 2: {expected}")];
    assert_eq!(read(&format!("[{good}, {bad}, {good}]")), (2, refused.clone(), None));
    assert_eq!(read(&format!("{good}\n{bad}\n{good}\n")), (2, refused, None));
    assert_eq!(read(bad), (0, vec![], Some(format!("й.json: {expected}"))));
    let (count, told, error) = read(&format!("{good}\n{{\"data\": \n{good}\n7\n"));
    assert_eq!((count, error), (2, None));
    assert!(told[0].starts_with("й.json:2: this line is no JSON: "), "{told:?}");
    assert_eq!(told[1..], ["й.json:4: expected a task of Label Studio"]);
    assert!(read(&format!("[{good},\n{good}\n")).2.is_some());
}

#[test]
fn a_dialogue_is_a_transcript_with_turns_and_its_regions_are_taken() {
    let row = |id: &str, (start, end): (u8, u8), (from, to): (u8, u8), words: &str| {
        format!(
            r#"{{"id": "{id}", "from_name": "l", "to_name": "d", "type": "paragraphlabels", "value": {{"start": "{start}", "end": "{end}",
            "startOffset": {from}, "endOffset": {to}, "text": "{words}", "paragraphlabels": ["Ёж"]}}}}"#
        )
    };
    let rows = [
        row("a", (0, 0), (6, 9), "мок"),
        row("b", (0, 1), (6, 2), "мок\\n\\nда"),
        row("c", (1, 1), (3, 5), "и\u{306}"),
        row("d", (2, 2), (0, 2), "он"),
        row("e", (0, 0), (0, 2), "не"),
    ];
    let data = r#"{"dialogue": [{"author": "Ә 👍", "text": "👍 за́мок"}, {"author": "Б", "text": "да й"}, {"text": "он"}], "t": "x"}"#;
    let data = data.replace('й', "и\u{306}").replace('á', "а\u{301}");
    let read = read(&format!(r#"[{{"data": {data}, "annotations": [{{"result": [{}]}}]}}]"#, rows.join(", ")));
    let [(statement, _, refusals)] = read.as_slice() else { panic!("{read:?}") };
    assert_eq!(statement.text.as_str(), "Ә 👍: 👍 за\u{301}мок\nБ: да и\u{306}\nон\n");
    assert_eq!(said(statement), ["ёж «мок … да»", "ёж «мок»", "ёж «и\u{306}»", "ёж «он»"]);
    assert_eq!(refusals, &["x.json: row 5 (paragraphlabels) is not about words of the text"]);
}

#[test]
fn regions_of_hypertext_are_taken_by_their_global_offsets() {
    let row = |id: &str, offsets: &str| {
        format!(
            r#"{{"id": "{id}", "from_name": "l", "to_name": "t", "type": "hypertextlabels", "value": {{"start": "/p[1]/text()[1]",
            "end": "/p[1]/text()[1]", "startOffset": 0, "endOffset": 1, {offsets} "text": "👍", "hypertextlabels": ["Ёж"]}}}}"#
        )
    };
    let rows = [row("a", r#""globalOffsets": {"start": 7, "end": 8},"#), row("b", "")].join(", ");
    let read = read(&format!(r#"[{{"data": {{"text": "За\u0301мок 👍"}}, "annotations": [{{"result": [{rows}]}}]}}]"#));
    let [(statement, _, refusals)] = read.as_slice() else { panic!("{read:?}") };
    assert_eq!(said(statement), ["ёж «👍»"]);
    assert_eq!(refusals, &["x.json: row 2 (hypertextlabels) is not about words of the text"]);
}
