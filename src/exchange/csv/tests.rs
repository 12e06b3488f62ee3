use super::*;
use crate::annotation::{Annotation, AnnotationId, Origin};
use crate::exchange::fixture::Fixture;
use crate::exchange::tests::{law, read, written};
use crate::exchange::{Loss, Losses, Memory, Plan, Settled, Source, settle};
use crate::text::Text;

fn tables(format: &'static Format, fixtures: &[&Fixture]) -> Memory {
    let sources: Vec<Source<'_>> = fixtures.iter().map(|own| own.source()).collect();
    written(format, &sources)
}

fn table(fixture: &Fixture, name: &str) -> String {
    String::from_utf8(tables(&FORMAT, &[fixture]).0.remove(name).unwrap()).unwrap()
}

#[test]
fn a_row_per_fragment_with_exact_offsets_in_three_units() {
    insta::assert_snapshot!(table(&Fixture::new(), "spans.csv"), @r#"
    doc_id,span_id,fragment,annotator,label,value,start_cp,end_cp,start_utf16,end_utf16,start_byte,end_byte,text,file_start_byte,file_end_byte,speaker,turn,turn_speaker,paragraph,note,origin,origin_from,score,attr_speaker,attr_mode,attr_checkable,other_attributes
    речи/аким,Q1,1,alpha,Quote,,6,14,6,14,10,25,"«За́мок,",10,25,Ермаганбет Булекпаев,1,АКИМ,1,,manual,,,Ермаганбет Булекпаев,direct,,
    речи/аким,Q1,2,alpha,Quote,,30,40,30,43,53,78,наш 👩🏽‍🌾!»,53,78,Ермаганбет Булекпаев,1,АКИМ,1,,manual,,,Ермаганбет Булекпаев,direct,,
    речи/аким,C2,1,alpha,Claim,,17,33,17,33,30,59,"сказал он, – наш",30,59,,1,АКИМ,1,,manual,,,,,true,
    речи/аким,T3,1,alpha,Theme,rights,30,38,30,41,53,75,наш 👩🏽‍🌾,53,75,,1,АКИМ,1,,manual,,,,,,
    речи/аким,T4,1,alpha,Theme,labour,30,38,30,41,53,75,наш 👩🏽‍🌾,53,75,,1,АКИМ,1,,suggested,слова 1,0.87,,,,
    речи/аким,Ж5,1,alpha,Жест,laugh,48,54,52,58,92,102,[смех],94,104,,,,2,"он ""смеётся"",
    громко 👍",manual,,,,,,"{""volume"":""\""f\""""}"
    "#);
}

#[test]
fn what_is_not_about_the_text_has_tables_of_its_own() {
    let fixture = Fixture::new();
    let content = |name: &str| table(&fixture, name);
    insta::assert_snapshot!(content("relations.csv"), @r"
    doc_id,relation_id,annotator,label,value,from,to,speaker,note,origin,origin_from,score,attr_speaker,attr_mode,attr_checkable,other_attributes
    речи/аким,L6,alpha,Link,supports,C2,Q1,,,manual,,,,,,
    ");
    insta::assert_snapshot!(content("labels.csv"), @r"
    doc_id,label_id,annotator,label,value,speaker,note,origin,origin_from,score,attr_speaker,attr_mode,attr_checkable,other_attributes
    речи/аким,G7,alpha,Genre,speech,,,manual,,,,,,
    ");
    insta::assert_snapshot!(content("speakers.csv"), @r"
    doc_id,annotator,speaker_id,speaker,role,aliases
    речи/аким,alpha,1,Ермаганбет Булекпаев,Аким области,аким
    ");
    insta::assert_snapshot!(content("annotators.csv"), @r"
    doc_id,annotator,status,revision,schema
    речи/аким,alpha,done,9,speeches
    ");
    let documents = content("documents.csv");
    let head = format!("doc_id,file,sha256,code_points,text\nречи/аким,речи/аким.txt,{},56,", fixture.digest.as_str());
    assert!(documents.starts_with(&head), "{documents}");
    assert!(documents.ends_with(",\"АКИМ: «За́мок, – сказал он, – наш 👩🏽‍🌾!»\n\nЗал 😀 [смех].\n\"\n"), "{documents}");
}

#[test]
fn tabs_take_the_place_of_commas_and_backslashes_that_of_quotes() {
    let Memory(mut files) = tables(&TSV, &[&Fixture::new()]);
    let spans = String::from_utf8(files.remove("spans.tsv").unwrap()).unwrap();
    assert!(spans.contains("\tон \"смеётся\",\\nгромко 👍\t"), "{spans}");
    let columns = |line: &str| line.matches('\t').count();
    assert!(spans.lines().all(|line| columns(line) == columns(spans.lines().next().unwrap())));
}

/// The table with a row for each of `per`, without offsets.
fn rows(per: Per) -> String {
    let format = per.format(&FORMAT).unwrap();
    let Memory(mut files) = written(format, &[Fixture::new().source()]);
    let content = String::from_utf8(files.pop_first().unwrap().1).unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(content.as_bytes());
    let is_shown = |place: &usize| {
        let names = content.lines().next().unwrap().split(',').nth(*place).unwrap();
        !names.starts_with("start_") && !names.starts_with("end_")
    };
    let row = |row: csv::StringRecord| {
        let cells: Vec<&str> = (0..row.len()).filter(is_shown).map(|place| &row[place]).collect();
        cells.join("|").replace('\n', "¶") + "\n"
    };
    reader.records().map(|own| row(own.unwrap())).collect()
}

#[test]
fn tokens_sentences_and_turns_have_a_column_for_each_label() {
    let tokens = rows(Per::Token);
    let lines: Vec<&str> = tokens.lines().collect();
    assert_eq!(lines.len(), 1 + 20);
    assert_eq!(
        lines[0],
        "doc_id|annotator|turn|turn_speaker|paragraph|sentence|token|text|label_Quote|label_Claim|label_Theme:rights|\
         label_Theme:youth|label_Theme:labour|other_labels"
    );
    assert_eq!(lines[4], "речи/аким|alpha|1|АКИМ|1|1|4|За\u{301}мок|1|0|0|0|0|");
    assert_eq!(lines[11], "речи/аким|alpha|1|АКИМ|1|1|11|наш|1|1|1|0|1|");
    assert_eq!(lines[18], "речи/аким|alpha|||2|2|18|смех|0|0|0|0|0|Жест:laugh");
    insta::assert_snapshot!(rows(Per::Sentence), @r"
    doc_id|annotator|turn|turn_speaker|paragraph|sentence|text|label_Quote|label_Claim|label_Theme:rights|label_Theme:youth|label_Theme:labour|other_labels
    речи/аким|alpha|1|АКИМ|1|1|АКИМ: «За́мок, – сказал он, – наш 👩🏽‍🌾!»|1|1|1|0|1|
    речи/аким|alpha|||2|2|Зал 😀 [смех].|0|0|0|0|0|Жест:laugh
    ");
    insta::assert_snapshot!(rows(Per::Turn), @r"
    doc_id|annotator|turn|turn_speaker|paragraph|text|label_Quote|label_Claim|label_Theme:rights|label_Theme:youth|label_Theme:labour|other_labels
    речи/аким|alpha|1|АКИМ|1|АКИМ: «За́мок, – сказал он, – наш 👩🏽‍🌾!»|1|1|1|0|1|
    речи/аким|alpha|||2|Зал 😀 [смех].|0|0|0|0|0|Жест:laugh
    ");
}

#[test]
fn no_annotation_of_the_text_is_without_a_row() {
    let source = Fixture::new();
    for per in Per::ALL {
        let format = per.format(&TSV).unwrap();
        let mut losses = Losses::default();
        let plan =
            Plan { schemas: &[&source.schema], annotators: &["alpha"], unit: Unit::CodePoints, is_marked: false };
        (format.start)(&plan).add(&source.source(), &mut Memory::default(), &mut losses).unwrap();
        let lost: Vec<&Loss> = losses.last().iter().filter(|own| **own != Loss::Text).collect();
        assert_eq!(lost, [&Loss::Annotation(AnnotationId(6)), &Loss::Annotation(AnnotationId(7))]);
    }
    assert!(Per::Turn.format(&crate::exchange::jsonl::FORMAT).is_none());
}

#[test]
fn headers_stand_once_and_always_and_a_text_stands_once_for_all_annotators() {
    let (one, other) = (Fixture::new(), Fixture::of("й\u{301} 👍"));
    let Memory(files) = tables(&FORMAT, &[&one, &other, &other]);
    let count = |name: &str, what: &str| String::from_utf8_lossy(&files[name]).matches(what).count();
    assert!(files.keys().all(|name| count(name, "doc_id,") == 1));
    assert_eq!((count("documents.csv", "аким.txt"), count("annotators.csv", "alpha")), (1, 3));
    let Memory(empty) = tables(&FORMAT, &[]);
    assert_eq!(empty.len(), 6);
    assert!(empty.values().all(|own| String::from_utf8_lossy(own).lines().count() == 1));
}

#[test]
fn every_row_reads_back_with_its_slices() {
    let fixture = Fixture::new();
    let file = fixture.document.text.as_str();
    let documents = table(&fixture, "documents.csv");
    let content = csv::Reader::from_reader(documents.as_bytes()).records().next().unwrap().unwrap()[4].to_owned();
    assert_eq!(content, file.replace("\r\n", "\n"));
    let units: Vec<u16> = content.encode_utf16().collect();
    let spans = table(&fixture, "spans.csv");
    let mut reader = csv::Reader::from_reader(spans.as_bytes());
    let header = reader.headers().unwrap().clone();
    let mut seen = 0;
    for row in reader.records().map(Result::unwrap) {
        let cell = |name: &str| &row[header.iter().position(|own| own == name).unwrap()];
        let offset = |name| cell(name).parse::<usize>().unwrap();
        let (start, end) = (offset("start_cp"), offset("end_cp"));
        assert_eq!(content.chars().skip(start).take(end - start).collect::<String>(), cell("text"));
        assert_eq!(String::from_utf16(&units[offset("start_utf16")..offset("end_utf16")]).unwrap(), cell("text"));
        assert_eq!(content.get(offset("start_byte")..offset("end_byte")), Some(cell("text")));
        assert_eq!(file.get(offset("file_start_byte")..offset("file_end_byte")), Some(cell("text")));
        seen += 1;
    }
    assert_eq!(seen, 6);
}

#[test]
fn spans_alone_are_read_onto_the_transcript_by_the_bytes_of_its_file() {
    let fixture = Fixture::new();
    let Memory(mut files) = tables(&FORMAT, &[&fixture]);
    files.retain(|name, _| name == "spans.csv");
    let draft = read(&FORMAT, &Memory(files)).remove(0);
    assert_eq!((draft.text.as_deref(), draft.document.as_deref()), (None, Some("речи/аким.txt")));
    let settled = settle(draft, &fixture.document.text, Some(&fixture.schema), &Origin::Manual);
    assert_eq!((settled.unit, settled.refusals), (Unit::Bytes, vec![]));
    let ours = fixture.set.iter().filter_map(|own| own.fragments());
    let theirs = settled.statement.set.iter().filter_map(|own| own.fragments());
    assert!(ours.eq(theirs));
}

/// What is read of `content` on `text`: the unit, each annotation, what is refused.
fn foreign(content: &str, text: &str) -> (Unit, Vec<String>, Vec<String>) {
    let files = Memory([("a/речь.csv".to_owned(), content.as_bytes().to_vec())].into());
    let draft = read(&FORMAT, &files).remove(0);
    assert_eq!(draft.document.as_deref(), Some("a/речь.txt"));
    let text = Text::new(text.to_owned()).unwrap();
    let Settled { statement, unit, refusals, .. } = settle(draft, &text, None, &Origin::Manual);
    let line = |own: &Annotation| {
        let words: Vec<_> = own.fragments().unwrap().spans().iter().map(|span| text.slice(*span)).collect();
        let attributes: Vec<_> = own.attributes.iter().map(|(id, value)| format!("{id} {value:?}")).collect();
        format!("{} {}:{} «{}» {attributes:?} {:?}", own.id, own.layer, own.label, words.join(" … "), own.note)
    };
    let lines = statement.set.iter().map(line).collect();
    (unit, lines, refusals.iter().map(ToString::to_string).collect())
}

#[test]
fn tables_of_others_are_read_in_whatever_unit_their_words_are_found() {
    let (unit, lines, refused) = foreign(
        "\u{feff}Start;End;Code;Quote;Sure;Memo\r\n3;9;Theme;\"За\u{301}мок\";yes;\"a;b\"\r\nx;9;Theme;да;;\r\n0;2;Smile;👍\r\n0;2;Smile;👍;;\r\n",
        "👍 За\u{301}мок, да",
    );
    assert_eq!(unit, Unit::Utf16);
    assert_eq!(
        lines,
        ["1 smile:smile «👍» [] None", "2 theme:theme «За\u{301}мок» [\"Sure Text(\\\"yes\\\")\"] Some(\"a;b\")"]
    );
    assert_eq!(
        refused,
        ["a/речь.csv:3: expected a start and an end, found «x» and «9»", "a/речь.csv:4: expected 6 cells, found 4"]
    );
}

#[test]
fn columns_that_no_one_reads_are_attributes_also_a_second_one_of_a_kind() {
    let (_, lines, refused) = foreign(
        "start,end,label,label,text,category,type,id,span_id,memo,comment,from,\n3,9,Тема,Вторая,За\u{301}мок,к,т,7,9,й 👍,о,с,\n",
        "👍  За\u{301}мок",
    );
    assert_eq!(refused, [""; 0]);
    let attributes: Vec<String> =
        [("category", "к"), ("from", "с"), ("id", "7"), ("label", "Вторая"), ("memo", "й 👍"), ("type", "т")]
            .iter()
            .map(|(name, words)| format!("{name} Text({words:?})"))
            .collect();
    assert_eq!(lines, [format!("9 тема:тема «За\u{301}мок» {attributes:?} Some(\"о\")")]);
}

#[test]
fn a_second_start_is_an_attribute() {
    for (header, second) in [("start,end,label,begin,text", "begin"), ("start,end,label,start,text", "start")] {
        let (_, lines, refused) = foreign(&format!("{header}\n3,9,Тема,8,За\u{301}мок\n"), "👍  За\u{301}мок");
        assert_eq!(refused, [""; 0]);
        let attributes = [format!("{second} Text(\"8\")")];
        assert_eq!(lines, [format!("1 тема:тема «За\u{301}мок» {attributes:?} None")]);
    }
}

#[test]
fn a_column_without_a_name_that_numbers_the_rows_is_none_and_another_is_kept() {
    for (name, first, second, expected) in [
        ("", "\"1\"", "\"2\"", [].as_slice()),
        ("Unnamed: 0", "0", "1", &[]),
        ("Unnamed: 0", "5", "й 👍", &["Unnamed:_0 Text(\"5\")", "Unnamed:_0 Text(\"й 👍\")"]),
        ("", "й 👍", "", &["_ Text(\"й 👍\")"]),
    ] {
        let content = format!("{name},start,end,label,text\n{first},0,1,A,👍\n{second},3,9,A,За\u{301}мок\n");
        let (_, lines, refused) = foreign(&content, "👍  За\u{301}мок");
        assert_eq!(refused, [""; 0]);
        assert_eq!(lines.len(), 2);
        let lines = lines.concat();
        assert!(expected.iter().all(|own| lines.contains(&format!("{own:?}"))), "{lines}");
        assert_eq!(lines.matches("Text(").count(), expected.len(), "{lines}");
    }
}

#[test]
fn na_without_marks_is_nothing_and_no_label_and_numbers_of_pandas_are_whole() {
    let (_, lines, refused) = foreign(
        "id,start,end,label,text,note,sure\nNA,3.0,9.0,A,За\u{301}мок,NA,NA\nNA,3,9,NA,За\u{301}мок,й,\nNA,0,1,\"NA\",👍,\"NA\",\"a,\"\"b\"\nNA,0.5,1,B,👍,,\n",
        "👍  За\u{301}мок",
    );
    assert_eq!(
        lines,
        ["1 NA:NA «👍» [\"sure Text(\\\"a,\\\\\\\"b\\\")\"] Some(\"NA\")", "2 a:a «За\u{301}мок» [] None"]
    );
    assert_eq!(
        refused,
        [
            "a/речь.csv:3: expected a label, found NA, which is none where it has no quotation marks",
            "a/речь.csv:5: expected a start and an end, found «0.5» and «1»",
        ]
    );
}

#[test]
fn a_first_line_may_name_what_stands_between_cells() {
    for content in [
        "sep=;\r\nstart;end;label;text\r\n3;9;A,;За\u{301}мок\r\nx;9;A;👍\r\n",
        "SEP=|\nstart|end|label|text\n3|9|A,|За\u{301}мок\nx|9|A|👍\n",
    ] {
        assert!((FORMAT.sniff)("речь.csv", content.as_bytes()));
        let (_, lines, refused) = foreign(content, "👍  За\u{301}мок");
        assert_eq!(lines, ["1 a,:a, «За\u{301}мок» [] None"]);
        assert_eq!(refused, ["a/речь.csv:4: expected a start and an end, found «x» and «9»"]);
    }
}

#[test]
fn tabs_of_others_are_quoted_and_ours_are_escaped() {
    let (_, lines, _) =
        foreign("start\tend\tlabel\ttext\tdoc\n3\t9\t\"A, \"\"б\"\"\"\t\"За\u{301}мок\"\t\n", "👍  За\u{301}мок");
    assert_eq!(lines, ["1 a,_\"б\":a,_\"б\" «За\u{301}мок» [] None"]);
    let ours = |header: &str| {
        let files = Memory([("spans.tsv".to_owned(), format!("{header}\nй\t0\t1\t\"A\"\t{{}}\n").into_bytes())].into());
        read(&TSV, &files)[0].items[0].layer.clone()
    };
    assert_eq!(ours("doc_id\tstart_cp\tend_cp\tlabel\tother_attributes").as_deref(), Some("\"A\""));
    assert_eq!(ours("doc_id\tstart_cp\tend_cp\tlabel\tсовсем 👍").as_deref(), Some("A"));
}

#[test]
fn what_is_written_is_read_back_minus_what_was_told() {
    law(&FORMAT);
    law(&TSV);
}
