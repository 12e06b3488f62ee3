use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::annotation::Origin;
use crate::exchange::fixture::Fixture;
use crate::exchange::tests::{law, written};
use crate::exchange::{Files, Memory, Unreadable, settle};
use crate::text::Text;

#[test]
fn what_is_written_is_read_back_minus_what_was_told() {
    law(&FORMAT);
}

#[test]
fn a_codebook_has_a_code_for_each_layer_and_one_within_it_for_each_of_several_labels() {
    let fixture = Fixture::new();
    let files = written(&CODEBOOK, &[fixture.source()]);
    insta::assert_snapshot!(String::from_utf8(files.read("codebook.qdc").unwrap()).unwrap());
}

#[test]
fn a_code_of_sources_as_a_whole_is_a_layer_of_labels_of_the_document() {
    let mut fixture = Fixture::of("За\u{301}мок 👍");
    fixture.add("жанр", "речь", crate::annotation::Target::Document, &[]);
    let drafts = crate::exchange::tests::read(&FORMAT, &written(&FORMAT, &[fixture.source()]));
    let schema = drafts[0].schema.clone().unwrap();
    let kind = |id: &str| schema.layer(&crate::schema::LayerId::new(id)).map(|own| own.kind.clone());
    assert_eq!(kind("жанр"), Some(crate::schema::LayerKind::Document));
    assert_eq!(kind("quote"), Some(crate::schema::LayerKind::Span));
}

#[test]
fn what_is_no_project_is_refused() {
    for bytes in ["PK\u{3}\u{4} й\u{301} 👍".as_bytes(), b"", &[0; 1000]] {
        let files = Memory([("a.qdpx".to_owned(), bytes.to_vec())].into());
        let read = (FORMAT.read.unwrap())(&files, &mut |_| {});
        assert!(matches!(read, Err(Unreadable::Content(..))), "{read:?}");
    }
}

/// A project of others with the text `T1.txt` and these sources.
fn project(text: &str, sources: &str) -> Memory {
    let project = format!(
        "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"й\u{301}\"><CodeBook><Codes><Code guid=\"C1\" name=\"Права\u{301} 👍\"
        isCodable=\"true\"/></Codes></CodeBook><Sources>{sources}</Sources></Project>"
    );
    let mut archive = ZipWriter::new(Cursor::default());
    for (name, content) in [("project.qde", project.as_str()), ("sources/T1.txt", text)] {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    Memory([("a.qdpx".to_owned(), archive.finish().unwrap().into_inner())].into())
}

/// A source of that text with these selections, by start, end and name.
fn selections(selections: &[(usize, usize, &str)]) -> String {
    let selection = |(number, (start, end, name)): (usize, &(usize, usize, &str))| {
        format!(
            r#"<PlainTextSelection guid="S{number}" name="{name}" startPosition="{start}" endPosition="{end}"><Coding
            guid="G{number}"><CodeRef targetGUID="C1"/></Coding></PlainTextSelection>"#
        )
    };
    let selections: String = selections.iter().enumerate().map(selection).collect();
    format!(r#"<TextSource guid="A" name="речь" plainTextPath="internal://T1.txt">{selections}</TextSource>"#)
}

/// The words that are taken, how they were counted, and what is refused.
fn taken(files: &Memory) -> (Vec<String>, String, Vec<String>) {
    let drafts = crate::exchange::tests::read(&FORMAT, files);
    let [draft] = drafts.as_slice() else { panic!("{drafts:?}") };
    let text = Text::new(draft.text.clone().unwrap()).unwrap();
    let settled = settle(draft.clone(), &text, None, &Origin::Manual);
    let spans = settled.statement.set.iter().flat_map(|own| own.fragments().unwrap().spans().to_vec());
    let words = spans.map(|span| text.slice(span).to_owned()).collect();
    let refusals = settled.refusals.iter().map(|own| own.reason.clone()).collect();
    (words, format!("{}{}", settled.unit, settled.counted), refusals)
}

#[test]
fn positions_count_what_fits_the_names_of_selections() {
    let words = |all: &[&str]| all.iter().map(|own| (*own).to_owned()).collect::<Vec<_>>();
    let utf16 = project("👩🏽\u{200d}🌾 права\u{301} 😀 долг", &selections(&[(8, 14, "права\u{301}"), (18, 22, "долг")]));
    assert_eq!(taken(&utf16), (words(&["права\u{301}", "долг"]), "UTF-16 units".to_owned(), vec![]));
    let lf = project("\u{feff}Речь 😀\r\nо\u{301}\r\nправа всех", &selections(&[(10, 15, "права"), (16, 20, "все…")]));
    let counted = "code points, each line end as one".to_owned();
    assert_eq!(taken(&lf), (words(&["права", "всех"]), counted, vec![]));
}

#[test]
fn a_selection_whose_words_stand_elsewhere_is_refused_by_its_guid() {
    let text = "й\u{301} права 👍 долг";
    let files = project(text, &selections(&[(3, 8, "права"), (9, 10, "👍"), (0, 2, "долг"), (11, 15, "memo")]));
    let refused = "selection S2: at 0 to 2 (code points) there is «й\u{301}», not «долг» as it is called".to_owned();
    let words = ["права", "👍", "долг"].map(str::to_owned).to_vec();
    assert_eq!(taken(&files), (words, "code points".to_owned(), vec![refused]));
}

#[test]
fn notes_about_a_passage_are_notes_and_what_is_not_about_words_is_told() {
    let source = |guid: &str, name: &str, inside: &str| {
        format!(r#"<TextSource guid="{guid}" name="{name}" plainTextPath="internal://T1.txt">{inside}</TextSource>"#)
    };
    let coding = r#"<Coding guid="G"><CodeRef targetGUID="C1"/></Coding>"#;
    let passage = format!(
        r#"<PlainTextSelection guid="S1" startPosition="0" endPosition="2"><Description>раз</Description>{coding}<NoteRef
        targetGUID="N1"/></PlainTextSelection><PlainTextSelection guid="S2" name="👍" startPosition="3" endPosition="4"/>"#
    );
    let sources = [source("A", "S.txt", &passage), source("B", "S", "<NoteRef targetGUID=\"N1\"/>")].concat()
        + &format!(
            r#"<PDFSource guid="P" name="x.pdf"><PDFSelection guid="Q">{coding}</PDFSelection></PDFSource></Sources>
        <Notes><Note guid="N1" name="м"><PlainTextContent>о{} 👍</PlainTextContent></Note></Notes><Sources>"#,
            '\u{301}'
        );
    let drafts = crate::exchange::tests::read(&FORMAT, &project("й\u{301} 👍", &sources));
    let names: Vec<_> = drafts.iter().filter_map(|own| own.document.as_deref()).collect();
    assert_eq!(names, ["S.txt", "S (2).txt"]);
    assert_eq!(drafts[0].items[0].note.as_deref(), Some("раз\nо\u{301} 👍"));
    let told: Vec<_> = drafts.iter().flat_map(|own| &own.refusals).map(|own| own.reason.as_str()).collect();
    assert_eq!(
        told,
        [
            "PlainTextSelection «👍» S2: it has no code",
            "Note «м» N1: notes are not taken, here one of TextSource «S» B",
            "PDFSource «x.pdf» P: only plain text is taken; 1 Coding on it left out",
        ]
    );
}

#[test]
fn codes_within_codes_are_labels_called_as_the_way_down_to_them() {
    let code = |guid: &str, name: &str, within: &str| {
        format!(r#"<Code guid="{guid}" name="{name}" isCodable="true">{within}</Code>"#)
    };
    let deep = |guid: &str| code(guid, "труд 👍", "");
    let middle = [code("M", "Тема: права\u{301}", &deep("D")), code("N", "долг", &(deep("E") + &deep("F")))].concat();
    let codes = code("T", "Тема", &middle);
    let coding = |guid: &str| format!(r#"<Coding guid="G{guid}"><CodeRef targetGUID="{guid}"/></Coding>"#);
    let codings: String = ["T", "M", "D", "E", "F"].into_iter().map(coding).collect();
    let source = format!(
        r#"<TextSource guid="A" name="а" plainTextPath="internal://T1.txt"><PlainTextSelection guid="S" startPosition="0"
        endPosition="2">{codings}</PlainTextSelection></TextSource></Sources><CodeBook><Codes>{codes}</Codes></CodeBook><Sources>"#
    );
    let draft = crate::exchange::tests::read(&FORMAT, &project("й\u{301} 👍", &source)).remove(0);
    let found: Vec<_> = draft.items.iter().map(|own| own.label.as_deref()).collect();
    let rights = "права\u{301}";
    let expected = [None, Some(rights), Some("права\u{301}/труд 👍"), Some("долг/труд 👍"), Some("долг/труд 👍 (2)")];
    assert_eq!(found, expected);
    let schema = draft.schema.unwrap();
    let labels: Vec<_> =
        schema.layers.last().unwrap().labels.iter().map(|own| own.title.in_language("ru").to_owned()).collect();
    assert_eq!(labels, [rights, "права\u{301}/труд 👍", "долг", "долг/труд 👍", "долг/труд 👍 (2)"]);
}

#[test]
fn a_code_with_one_code_within_it_is_not_that_code_whatever_that_is_called() {
    let code = |guid: &str, name: &str, within: &str| {
        format!(r#"<Code guid="{guid}" name="{name}" isCodable="true">{within}</Code>"#)
    };
    let coding = |guid: &str| format!(r#"<Coding guid="G{guid}"><CodeRef targetGUID="{guid}"/></Coding>"#);
    let [parent, child] = ["P", "S"].map(coding);
    let text = "й\u{301} 👍";
    for (below, label) in [("ре\u{301}чь", "ре\u{301}чь"), ("тема", "тема_2")] {
        let codes = code("P", "Тема", &code("S", below, ""));
        let source = format!(
            r#"<TextSource guid="A" name="а" plainTextPath="internal://T1.txt"><PlainTextSelection guid="S1"
            startPosition="0" endPosition="2">{parent}</PlainTextSelection><PlainTextSelection guid="S2" startPosition="3"
            endPosition="4">{child}</PlainTextSelection></TextSource></Sources><CodeBook><Codes>{codes}</Codes></CodeBook>
            <Sources>"#
        );
        let draft = crate::exchange::tests::read(&FORMAT, &project(text, &source)).remove(0);
        let settled = settle(draft, &Text::new(text.to_owned()).unwrap(), None, &Origin::Manual);
        let found: Vec<_> = settled.statement.set.iter().map(|own| (own.layer.as_str(), own.label.as_str())).collect();
        assert_eq!(found, [("тема", "тема"), ("тема", label)]);
    }
}

#[test]
fn two_users_of_one_name_are_two_annotators() {
    let name = "А\u{301}ня";
    let users = ["U1", "U2", "U3"].map(|guid| format!(r#"<User guid="{guid}" name="{name}"/>"#)).concat();
    let coding =
        |user: &str| format!(r#"<Coding guid="G{user}" creatingUser="{user}"><CodeRef targetGUID="C1"/></Coding>"#);
    let [first, second] = ["U1", "U2"].map(coding);
    let source = format!(
        r#"<TextSource guid="A" name="а" plainTextPath="internal://T1.txt"><PlainTextSelection guid="S" startPosition="0"
        endPosition="2">{first}{second}</PlainTextSelection></TextSource></Sources><Users>{users}</Users><Sources>"#
    );
    let drafts = crate::exchange::tests::read(&FORMAT, &project("й\u{301} 👍", &source));
    let found: Vec<_> = drafts.iter().map(|own| (own.annotator.as_deref(), own.items[0].id.as_str())).collect();
    assert_eq!(found, [(Some(name), "GU1"), (Some(name), "GU2")]);
}
