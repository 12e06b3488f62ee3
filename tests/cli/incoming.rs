//! Directories of other programs' files: of several formats, with broken ones among them, by several annotators.

use insta::assert_snapshot;

use super::sandbox::Sandbox;

const TEXT: &str = "За\u{301}мок 👍 и право";

#[test]
fn a_directory_is_read_as_what_each_file_in_it_looks_like() {
    let sandbox = Sandbox::new();
    sandbox.write("mixed/a.txt", TEXT);
    sandbox.write("mixed/a.ann", "T1\tTheme 0 6\tЗа\u{301}мок\n");
    sandbox.write("mixed/annotation.conf", "[entities]\nTheme\n");
    sandbox.write("mixed/b.txt", TEXT);
    sandbox.write("mixed/b.a1", "T1\tTheme 11 16\tправо\n");
    sandbox.write("mixed/b.a2", "T2\tTheme 7 8\t👍\nR1\tLink Arg1:T1 Arg2:T2\nE1\tTheme:T1\n");
    sandbox.write("mixed/c.csv", "doc_id,begin,end,code,quote\nc,0,6,Theme,За\u{301}мок\n");
    sandbox.write("mixed/c.txt", TEXT);
    sandbox.write("mixed/снимок.png", "👍 й\u{301}");
    assert_snapshot!(sandbox.run("import mixed --into into -a alpha"), @r"
    into/a.txt, alpha: 1 annotation; offsets count code points
    into/b.txt, alpha: 3 annotations; offsets count code points
    into/c.txt, alpha: 1 annotation; offsets count code points
    ! note: mixed: no annotations by the look of it: снимок.png
    exit 0
    ");
    assert_snapshot!(sandbox.run("show into/b.txt"), @r"
    into/b.txt, annotated by alpha (revision 1, open)

    За́мок [T1 👍 T1] и [T2 право T2]

    T1 theme
    T2 theme
    L3 link: T2 link T1
    exit 0
    ");
}

#[test]
fn a_broken_file_keeps_no_other_away() {
    let sandbox = Sandbox::new();
    sandbox.data("export talk.txt -a alpha -f cas -o many");
    sandbox.write("many/битый.cas.json", "{\"%TYPES\": й\u{301}👍");
    assert_snapshot!(sandbox.run("import many --into into -a gamma"), @r"
    into/talk.txt, gamma: 3 annotations; offsets count UTF-16 units
    ! error: many/битый.cas.json: this cannot be read as cas
    !   caused by: битый.cas.json:1: this is no CAS: expected value at line 1 column 12
    exit 1
    ");
    assert_snapshot!(sandbox.run("import many/битый.cas.json --into into -a gamma"), @r"
    ! error: many/битый.cas.json: this cannot be read as cas
    !   caused by: битый.cas.json:1: this is no CAS: expected value at line 1 column 12
    exit 2
    ");
    assert_snapshot!(sandbox.run("import many --into into -a gamma"), @r"
    ! error: many/битый.cas.json: this cannot be read as cas
    !   caused by: битый.cas.json:1: this is no CAS: expected value at line 1 column 12
    ! error: into/talk.txt: gamma has annotated it already
    ! hint: import under another name with --annotator
    exit 2
    ");
}

#[test]
fn what_several_say_of_several_texts_is_converted_text_by_text() {
    let sandbox = Sandbox::new();
    for annotator in ["x", "йи\u{301}"] {
        for name in ["one", "two"] {
            sandbox.write(&format!("several/{annotator}/{name}.txt"), format!("{TEXT} {name}"));
            sandbox.write(&format!("several/{annotator}/{name}.ann"), "T1\tTheme 0 6\tЗа\u{301}мок\n");
        }
    }
    sandbox.data("import several/x --into corpus -a x");
    sandbox.data("import several/йи\u{301} --into corpus -a йи\u{301}");
    sandbox.data("export corpus -f jsonl -o by_text.jsonl");
    let lines = sandbox.read("by_text.jsonl");
    let mut lines: Vec<&str> = lines.lines().collect();
    lines.sort_by_key(|line| line.contains("\"annotator\":\"x\""));
    sandbox.write("by_annotator.jsonl", lines.join("\n"));
    for (format, output) in [("qdpx", "all.qdpx"), ("labelstudio", "tasks"), ("bdocjs", "bdoc"), ("html", "pages")] {
        let told = sandbox.run(&format!("convert by_annotator.jsonl -t {format} {output}"));
        assert!(told.trim_end().ends_with("exit 0") && !told.contains("error"), "{format}: {told}");
        let told = sandbox.run(&format!("import {output} --into {format}"));
        for line in ["one.txt, x: 1 a", "two.txt, x: 1 a", "one.txt, йи\u{301}: 1 a", "two.txt, йи\u{301}: 1 a"] {
            assert!(told.contains(line), "{format}: {line} is not in\n{told}");
        }
    }
}

#[test]
fn an_entry_without_a_text_is_told_once_and_keeps_no_other_away() {
    let sandbox = Sandbox::new();
    let good = r#"{"text": "За\u0301мок 👍", "label": [[0, 6, "Theme"]]}"#;
    sandbox.write("list.json", format!(r#"[{good}, {{"text": null, "label": []}}, {good}]"#));
    assert_snapshot!(sandbox.run("import list.json --into into -a alpha"), @r"
    into/list-0001.txt, alpha: 1 annotation; offsets count UTF-16 units
    into/list-0003.txt, alpha: 1 annotation; offsets count UTF-16 units
    ! error: list.json, entry 2: expected a text, and there is no transcript into/list-0002.txt
    ! hint: put list-0002.txt beside it, or into into
    exit 1
    ");
    assert_snapshot!(sandbox.run("convert list.json -t jsonl all.jsonl"), @r"
    list-0001.txt: 1 annotation; offsets count UTF-16 units
    list-0003.txt: 1 annotation; offsets count UTF-16 units
    ! error: list.json, entry 2: expected a text
    ! hint: `tribune import` reads it into a corpus that has the transcript
    exit 1
    ");
    assert_eq!(sandbox.read("all.jsonl").lines().count(), 2);
}

#[test]
fn what_is_no_annotation_is_noted_once_a_file_and_a_configuration_that_is_used_not_at_all() {
    let sandbox = Sandbox::new();
    let region =
        r#"{"id": "a", "from_name": "l", "type": "labels", "value": {"start": 0, "end": 6, "labels": ["Ёж"]}}"#;
    let task = |text: &str| {
        format!(r#"{{"data": {{"text": "{text}", "дата": 7}}, "annotations": [{{"result": [{region}]}}]}}"#)
    };
    sandbox.write("tasks/речи.json", format!("[{}, {}]", task(TEXT), task("Закон 👍")));
    sandbox.write("tasks/config.xml", "<View><Labels name='l' toName='text'><Label value='Ёж'/></Labels></View>");
    assert_snapshot!(sandbox.run("import tasks --into into -a alpha"), @r"
    into/речи-0001.txt, alpha: 1 annotation; offsets count code points
    into/речи-0002.txt, alpha: 1 annotation; offsets count code points
    ! note: речи.json: what stands in the data beside the text is not taken (дата: 2)
    exit 0
    ");
    let line = |text: &str| format!("{{\"text\": \"{text}\", \"label\": [[0, 5, \"Ёж\"]], \"_hash\": 7}}\n");
    sandbox.write("строки.jsonl", line("Закон 👍") + &line("Право и\u{301}"));
    assert_snapshot!(sandbox.run("convert строки.jsonl -t jsonl all.jsonl"), @r"
    строки-0001.txt: 1 annotation; offsets count UTF-16 units
    строки-0002.txt: 1 annotation; offsets count UTF-16 units
    ! note: строки.jsonl:1: what its program keeps for itself is not taken (_hash): 2 times from here on
    exit 0
    ");
}

#[test]
fn another_text_of_the_same_name_is_told_and_the_rest_converted() {
    let sandbox = Sandbox::new();
    for (annotator, text) in [("x", TEXT), ("z", "Иное и\u{306} 👍 слово")] {
        sandbox.write(&format!("{annotator}/речь.txt"), text);
        sandbox.write(&format!("{annotator}/речь.ann"), "T1\tTheme 0 3\n");
        sandbox.data(&format!("import {annotator} --into corpus-{annotator} -a {annotator}"));
        sandbox.data(&format!("export corpus-{annotator}/речь.txt -f jsonl -o {annotator}.jsonl"));
    }
    let both = sandbox.read("x.jsonl") + &sandbox.read("z.jsonl");
    sandbox.write("both.jsonl", both.replace("corpus-x/", "").replace("corpus-z/", ""));
    assert_snapshot!(sandbox.run("convert both.jsonl -t jsonl all.jsonl"), @r"
    речь.txt, x: 1 annotation; offsets count code points
    ! error: речь.txt: left out what z says of another text of that name
    exit 1
    ");
}

#[test]
fn a_text_that_nobody_can_open_and_a_name_that_leads_elsewhere_are_refused_and_leave_nothing() {
    let sandbox = Sandbox::new();
    let row = |name: &str, text: &str| {
        format!("{{\"text\":\"{text}\",\"label\":[[0,6,\"Theme\"]],\"doc_id\":\"{name}\",\"id\":1}}\n")
    };
    for (name, text) in [("nul", "За\u{301}мок 👍\\u0000"), ("речь", TEXT)] {
        sandbox.write(&format!("rows/{name}.jsonl"), row(name, text));
    }
    assert_snapshot!(sandbox.run("import rows --into into -a alpha"), @r"
    into/речь.txt, alpha: 2 annotations; offsets count UTF-16 units
    ! error: into/nul.txt: this is not a text file (byte 17 is NUL)
    ! hint: save the transcript as plain UTF-8 text first
    exit 1
    ");
    let names = ["annotations/x", "../x", "\"a\nb\""].map(|name| format!("{name},0,6,Theme,За\u{301}мок 👍\n"));
    sandbox.write("names.csv", format!("doc_id,begin,end,code,quote\n{}", names.concat()));
    assert_snapshot!(sandbox.run("import names.csv --into into -a alpha"), @r"
    ! error: names.csv: annotations/x.txt is no name for a transcript
    ! error: names.csv: ../x.txt is no name for a transcript
    ! error: names.csv: a⏎b.txt is no name for a transcript
    exit 2
    ");
    assert!(!sandbox.corpus().join("into/nul.txt").exists());
}

#[test]
fn what_a_draft_refuses_is_told_also_where_its_text_cannot_be_kept() {
    let sandbox = Sandbox::new();
    let broken = "{\"text\":\"й\u{301}";
    let nul = "{\"text\":\"За\u{301}мок\\u0000 👍\",\"label\":[[0,6,\"L\"]]}";
    let fine = format!("{{\"text\":\"{TEXT}\",\"label\":[[0,6,\"L\"]]}}");
    sandbox.write("a.jsonl", format!("{broken}\n{nul}\n{fine}\n"));
    assert_snapshot!(sandbox.run("import a.jsonl -f doccano --into into -a alpha"), @r"
    into/a-0003.txt, alpha: 1 annotation; offsets count UTF-16 units
    ! refused: a.jsonl:1: this line is no JSON: EOF while parsing a string at line 1 column 13
    ! error: into/a-0002.txt: this is not a text file (byte 12 is NUL)
    ! hint: save the transcript as plain UTF-8 text first
    exit 1
    ");
}

#[test]
fn a_text_that_was_taken_for_what_lies_beside_it_is_neither_a_fault_nor_strange() {
    let sandbox = Sandbox::new();
    sandbox.write("rows/а.csv", "doc_id,begin,end,code,quote\nречь,0,6,Theme,За\u{301}мок\n");
    sandbox.write("rows/речь.txt", TEXT);
    for (into, format) in [("one", ""), ("two", " -f csv")] {
        let said = sandbox.run(&format!("import rows{format} --into {into} -a alpha"));
        assert_eq!(said, format!("{into}/речь.txt, alpha: 1 annotation; offsets count code points\nexit 0"));
    }
    sandbox.write("rows/другая.txt", TEXT);
    assert_snapshot!(sandbox.run("import rows --into three -a alpha"), @r"
    three/речь.txt, alpha: 1 annotation; offsets count code points
    ! note: rows: no annotations by the look of it: другая.txt
    exit 0
    ");
}

#[test]
fn what_no_reader_knows_is_told_as_what_it_seems_to_be() {
    let sandbox = Sandbox::new();
    sandbox.write("й.json", "{\"result\": [], \"за\u{301}дача 👍\": 1}");
    assert_snapshot!(sandbox.run("import й.json --into into -a alpha"), @r"
    ! error: й.json: this looks like nothing that can be read: expected a text with spans, entities, labels or annotations, found a JSON object with the keys result, за́дача 👍
    ! hint: name its format with --format: jsonl, cas, huggingface, spacy, prodigy, doccano, bdocjs, labelstudio, w3c
    exit 2
    ");
    sandbox.write("two/а.xml", "<речь xmlns='urn:а\u{301}'>👍</речь>");
    sandbox.write("two/б.csv", "кто;что\nя;👍\n");
    assert_snapshot!(sandbox.run("import two --into into -a alpha"), @r"
    ! error: two: this looks like nothing that can be read: expected TEI, or a CAS as XMI, found XML with the root речь of urn:а́ in а.xml; expected columns for a start, an end and a label, or words with tags, found a table with the columns кто, что in б.csv
    ! hint: name its format with --format: csv, tsv, xmi, webanno, conll, tei
    exit 2
    ");
}

#[test]
fn a_directory_in_which_nothing_is_of_the_format_is_an_error_and_what_is_left_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write("texts/p.txt", TEXT);
    sandbox.write("texts/q.txt", TEXT);
    for format in ["brat", "w3c", "tei", "html", "conll", "jsonl"] {
        let said = sandbox.run(&format!("import texts -f {format} --into into -a alpha"));
        assert!(said.contains("error: ") && !said.contains("exit 0"), "{format}: {said}");
    }
    sandbox.write("tags/train.txt", "За\u{301}мок B-ORG\n👍 O\n");
    sandbox.write("tags/test.txt", "👍 B-ORG\n");
    sandbox.write("tags/p.txt", TEXT);
    let said = sandbox.run("import tags --into into -a alpha");
    assert!(
        said.contains("into/train.txt, alpha: 1 annotation;") && said.contains("into/test.txt, alpha: 1"),
        "{said}"
    );
    assert!(said.contains("note: tags: no annotations by the look of it: p.txt"), "{said}");
}
