mod suite;

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::annotation::Origin;
use crate::exchange::fixture::Fixture;
use crate::exchange::tests::{law, written};
use crate::exchange::{Memory, settle};
use crate::text::Text;

#[test]
fn what_is_written_is_read_back() {
    law(&FORMAT);
}

#[test]
fn what_is_written_as_xmi_is_read_back() {
    law(&XMI);
}

#[test]
fn entities_are_refused_and_deep_nesting_ends_well() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"ә👍ә👍\"><!ENTITY b \"&a;&a;&a;\">]><x>&b;</x>".to_owned();
    for content in [bomb, "<a>".repeat(300_000), format!("{}{}", "<a>".repeat(300_000), "</a>".repeat(300_000))] {
        let files = Memory([("й.xmi".to_owned(), content.into_bytes())].into());
        let error = read::read_xmi(&files, &mut |_| ()).unwrap_err().to_string();
        assert!(error.starts_with("й.xmi:"), "{error}");
    }
}

#[test]
fn an_array_of_strings_in_xmi_is_an_attribute() {
    let xmi = "<xmi:XMI xmlns:xmi='http://www.omg.org/XMI' xmlns:cas='http:///uima/cas.ecore' xmlns:custom='http:///webanno/custom.ecore'>\
        <cas:Sofa xmi:id='1' sofaNum='1' sofaID='_InitialView' mimeType='text' sofaString='Се\u{301}рик 👤'/>\
        <custom:Жест xmi:id='2' sofa='1' begin='7' end='9' value='x'><tags>тру\u{301}д</tags><tags>👍</tags><tags/></custom:Жест></xmi:XMI>";
    let files = Memory([("й.xmi".to_owned(), xmi.as_bytes().to_vec())].into());
    let mut drafts = Vec::new();
    read::read_xmi(&files, &mut |draft| drafts.push(draft)).unwrap();
    let words = crate::exchange::Stated::Words("тру\u{301}д; 👍".to_owned());
    assert_eq!(drafts[0].items[0].attributes, [("tags".to_owned(), words)]);
    assert_eq!(drafts[0].refusals, []);
}

/// What is read of `content` in a file with this name, and what is refused.
fn foreign(name: &str, content: &str) -> (Vec<String>, Vec<String>) {
    let files = Memory([(name.to_owned(), content.as_bytes().to_vec())].into());
    taken(&files, if name.ends_with("json") { read::read } else { read::read_xmi })
}

#[test]
fn offsets_count_what_the_file_says_at_its_top_or_in_its_header() {
    let read = |head: &str, start: usize, end: usize| {
        let content = format!(
            r#"{{{head}"%TYPES": {{}}, "%FEATURE_STRUCTURES": [{{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": "👍 Е\u0301ля и"}},
            {{"%ID": 2, "%TYPE": "a.B", "@sofa": 1, "begin": {start}, "end": {end}, "label": "P"}}]}}"#
        );
        foreign("й.json", &content)
    };
    for (head, start, end) in [
        ("", 3, 7),
        (r#""%OFFSET_ENCODING": "UTF-16", "#, 3, 7),
        (r#""%OFFSET_ENCODING": "UTF-32", "#, 2, 6),
        (r#""%HEADER": {"%OFFSET_ENCODING": "utf-8"}, "#, 5, 13),
    ] {
        assert_eq!(read(head, start, end), (vec!["P Е\u{301}ля".to_owned()], vec![]), "{head}");
    }
    let content = r#"{"%OFFSET_ENCODING": "й\u0301👍", "%TYPES": {}, "%FEATURE_STRUCTURES": []}"#;
    let files = Memory([("й.json".to_owned(), content.as_bytes().to_vec())].into());
    let error = read::read(&files, &mut |_| ()).unwrap_err().to_string();
    assert_eq!(error, "й.json: expected UTF-8, UTF-16 or UTF-32 as its %OFFSET_ENCODING, found \"й\u{301}👍\"");
}

fn taken(files: &Memory, reader: crate::exchange::Reader) -> (Vec<String>, Vec<String>) {
    let (mut said, mut refused) = (Vec::new(), Vec::new());
    reader(files, &mut |draft| {
        let text = Text::new(draft.text.clone().unwrap()).unwrap();
        let settled = settle(draft, &text, None, &Origin::Manual);
        for own in settled.statement.set.iter() {
            let words = own.fragments().map_or("", |own| text.slice(own.hull()));
            let attributes = own.attributes.iter().map(|(name, value)| format!(" {name}={value:?}"));
            said.push(format!("{} {words}{}", own.label, attributes.collect::<String>()));
        }
        refused.extend(settled.refusals.iter().map(ToString::to_string));
    })
    .unwrap();
    (said, refused)
}

#[test]
fn offsets_that_are_none_and_texts_that_are_not_there_are_refused_by_id_and_the_rest_is_kept() {
    let rest = r#""v": "й"}"#;
    let spans = [
        r#""@sofa": 1, "begin": 0, "end": 6"#,
        r#""@sofa": 1, "begin": -1, "end": 6"#,
        r#""@sofa": 1, "begin": 1.5, "end": 6"#,
        r#""@sofa": 1, "begin": "0", "end": 6"#,
        r#""@sofa": 1, "begin": 0, "end": 99999999999999999999"#,
        r#""@sofa": 1, "begin": 0, "end": 99"#,
        r#""@sofa": 9, "begin": 0, "end": 6"#,
        r#""begin": 0, "end": 6"#,
        r#""@sofa": 1, "begin": 7, "end": 9"#,
    ];
    let spans = (2..).zip(spans).map(|(id, own)| format!(r#"{{"%ID": {id}, "%TYPE": "x.Д", {own}, {rest}"#));
    let content = format!(
        r#"{{"%TYPES": {{}}, "%FEATURE_STRUCTURES": [{{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": "Се́рик 👤"}}, {}]}}"#,
        spans.collect::<Vec<_>>().join(", ")
    );
    let (said, refused) = foreign("й.json", &content);
    assert_eq!(said, ["д Се\u{301}рик v=Text(\"й\")", "д 👤 v=Text(\"й\")"]);
    let reasons = [
        "%ID 3: expected an offset as its begin, found -1",
        "%ID 4: expected an offset as its begin, found 1.5",
        "%ID 5: expected an offset as its begin, found \"0\"",
        "%ID 6: expected an offset as its end, found 1e+20",
        "%ID 8: it is about a text with the id 9, which is not in the file",
        "%ID 9: it does not say which text it is about",
        "%ID 7: 0 to 99 goes beyond the text",
    ];
    assert_eq!(refused, reasons.map(|own| format!("й.json, {own}")));
}

#[test]
fn the_same_in_xmi_is_refused_by_line_and_id() {
    let span = |id: u8, more: &str| format!("<c:Д xmi:id='{id}' {more} v='é'/>\n");
    let spans = [
        "sofa='1' begin='0' end='6'",
        "sofa='1' begin='-1' end='6'",
        "begin='0' end='6'",
        "sofa='9' begin='0' end='6'",
    ];
    let xmi = format!(
        "<xmi:XMI xmlns:xmi='http://www.omg.org/XMI' xmlns:cas='http:///uima/cas.ecore' xmlns:c='http:///x.ecore'>\n{}\
        <cas:Sofa xmi:id='1' sofaNum='1' sofaID='_InitialView' mimeType='text' sofaString='Се\u{301}рик 👤'/></xmi:XMI>",
        (2..).zip(spans).map(|(id, own)| span(id, own)).collect::<String>()
    );
    let (said, refused) = foreign("й.xmi", &xmi);
    assert_eq!(said, ["д Се\u{301}рик v=Text(\"é\")"]);
    let reasons = [
        "3, xmi:id 3: expected an offset as its begin, found \"-1\"",
        "4, xmi:id 4: it does not say which text it is about",
        "5, xmi:id 5: it is about a text with the id 9, which is not in the file",
    ];
    assert_eq!(refused, reasons.map(|own| format!("й.xmi:{own}")));
}

#[test]
fn arrays_of_words_and_numbers_in_json_and_numbers_that_json_has_not_are_attributes() {
    let content = r##"{"%TYPES": {}, "%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": "Се́рик 👤"},
        {"%ID": 2, "%TYPE": "x.Д", "@sofa": 1, "begin": 7, "end": 9, "@tags": 3, "@counts": 4, "#score": "NaN", "@none": 5},
        {"%ID": 3, "%TYPE": "uima.cas.StringArray", "%ELEMENTS": ["тру́д", "👍"]},
        {"%ID": 4, "%TYPE": "uima.cas.Integer[]", "%ELEMENTS": [1, 2]},
        {"%ID": 5, "%TYPE": "uima.cas.StringArray", "%ELEMENTS": []}]}"##;
    let (said, refused) = foreign("й.json", content);
    let attributes = "counts=Text(\"1; 2\") score=Text(\"NaN\") tags=Text(\"тру\\u{301}д; 👍\")";
    assert_eq!(said, [format!("д 👤 {attributes}")]);
    assert_eq!(refused, [""; 0]);
}

#[test]
fn what_is_no_structure_in_json_is_told_with_its_place() {
    let sofa = r#"{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": "Се́рик 👤"}"#;
    let span = r#"{"%ID": 2, "%TYPE": "x.Д", "@sofa": 1, "begin": 7, "end": 9}"#;
    let list = format!(r#"{{"%TYPES": {{}}, "%FEATURE_STRUCTURES": [{sofa}, "й", 7, {span}]}}"#);
    let (said, refused) = foreign("й.json", &list);
    assert_eq!(said, ["д 👤"]);
    let told =
        |entry: &str, found: &str| format!("й.json, %FEATURE_STRUCTURES, {entry}: expected a structure, found {found}");
    assert_eq!(refused, [told("entry 2", "words"), told("entry 3", "a number")]);
    let object = format!(r#"{{"%TYPES": {{}}, "%FEATURE_STRUCTURES": {{"1": {sofa}, "и́": [], "2": {span}}}}}"#);
    assert_eq!(foreign("й.json", &object), (vec!["д 👤".to_owned()], vec![told("и\u{301}", "a list")]));
}

/// A file in XMI with these structures on `Се́рик 👤`, and a type system with these features of `x.Д`.
fn xmi(structures: &str, features: &[(&str, &str, bool)]) -> (Vec<String>, Vec<String>) {
    let feature = |(name, range, is_shared): &(&str, &str, bool)| {
        let shared = format!("<multipleReferencesAllowed>{is_shared}</multipleReferencesAllowed>");
        format!(
            "<featureDescription><name>{name}</name><rangeTypeName>{range}</rangeTypeName>{shared}</featureDescription>"
        )
    };
    let features: String = features.iter().map(feature).collect();
    let types = format!(
        "<typeSystemDescription><types><typeDescription><name>x.Д</name><supertypeName>uima.tcas.Annotation</supertypeName>\
        <features>{features}</features></typeDescription></types></typeSystemDescription>"
    );
    let content = format!(
        "<xmi:XMI xmlns:xmi='http://www.omg.org/XMI' xmlns:cas='http:///uima/cas.ecore' xmlns:c='http:///x.ecore'>\n{structures}\
        <cas:Sofa xmi:id='1' sofaNum='1' sofaID='_InitialView' mimeType='text' sofaString='Се\u{301}рик 👤'/></xmi:XMI>"
    );
    let files = [("й.xmi".to_owned(), content.into_bytes()), ("TypeSystem.xml".to_owned(), types.into_bytes())];
    taken(&Memory(files.into()), read::read_xmi)
}

#[test]
fn arrays_in_xmi_are_attributes_and_links_wherever_they_stand() {
    let structures = "<c:Д xmi:id='2' sofa='1' end='6' да='true' words='7' numbers='8'><begin>0</begin><to>3</to><to>4</to></c:Д>\
        <c:Д xmi:id='3' sofa='1' begin='7' end='9'/><c:Д xmi:id='4' sofa='1' begin='6' end='9'/>\
        <cas:StringArray xmi:id='7'><elements>тру\u{301}д</elements><elements/><elements>👍 да</elements></cas:StringArray>\
        <cas:IntegerArray xmi:id='8' elements='1 2'/>";
    let features = [
        ("да", "uima.cas.Boolean", false),
        ("words", "uima.cas.StringArray", true),
        ("numbers", "uima.cas.IntegerArray", true),
        ("to", "uima.cas.FSArray", false),
    ];
    let (said, refused) = xmi(structures, &features);
    let words = "numbers=Text(\"1; 2\") words=Text(\"тру\\u{301}д; ; 👍 да\") да=Flag(true)";
    assert_eq!(said, [&format!("д Се\u{301}рик {words}"), "д  👤", "д 👤", "to ", "to "]);
    assert_eq!(refused, [""; 0]);
}

#[test]
fn arrays_of_numbers_and_flags_in_xmi_are_attributes_with_semicolons_between() {
    let structures =
        "<c:Д xmi:id='2' sofa='1' begin='0' end='6' да='true false' d='1.5 2.0' l='7 8' b='7 8' w='и\u{306} 👍'/>";
    let features = [
        ("да", "uima.cas.BooleanArray", false),
        ("d", "uima.cas.FloatArray", false),
        ("l", "uima.cas.IntegerList", false),
        ("b", "uima.cas.String", false),
    ];
    let (said, refused) = xmi(structures, &features);
    let words =
        "b=Text(\"7 8\") d=Text(\"1.5; 2.0\") l=Text(\"7; 8\") w=Text(\"и\\u{306} 👍\") да=Text(\"true; false\")";
    assert_eq!((said, refused), (vec![format!("д Се\u{301}рик {words}")], Vec::new()));
}

#[test]
fn a_relation_of_others_that_is_called_as_ours_keeps_its_name() {
    let content = r#"{"%TYPES": {}, "%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaString": "Се́рик 👤"},
        {"%ID": 2, "%TYPE": "x.Д", "@sofa": 1, "begin": 0, "end": 6}, {"%ID": 3, "%TYPE": "x.Д", "@sofa": 1, "begin": 7, "end": 9},
        {"%ID": 4, "%TYPE": "webanno.custom.Rel", "@sofa": 1, "begin": 7, "end": 9, "@Governor": 2, "@Dependent": 3}]}"#;
    let files = Memory([("й.json".to_owned(), content.as_bytes().to_vec())].into());
    let draft = crate::exchange::tests::read(&FORMAT, &files).remove(0);
    assert_eq!((draft.items[2].layer.as_deref(), draft.items[2].label.as_deref()), (Some("Rel"), None));
}

#[test]
fn a_sofa_without_text_and_annotations_is_told_with_the_others_and_each_other_text_has_a_name() {
    let sofa = |id: u32, name: &str, rest: &str| {
        format!(r#"{{"%ID": {id}, "%TYPE": "uima.cas.Sofa", "sofaID": "{name}", {rest}}}"#)
    };
    let views = [
        sofa(1, "звук", r#""sofaURI": "file:x""#),
        sofa(2, "_InitialView", r#""sofaString": "Се́рик 👤""#),
        sofa(3, "й", r#""sofaString": "да""#),
    ];
    let content = format!(r#"{{"%TYPES": {{}}, "%FEATURE_STRUCTURES": [{}]}}"#, views.join(", "));
    let files = Memory([("речи/а.json".to_owned(), content.into_bytes())].into());
    let drafts = crate::exchange::tests::read(&FORMAT, &files);
    let named: Vec<_> = drafts.iter().map(|own| (own.document.as_deref(), own.text.as_deref())).collect();
    assert_eq!(named, [(None, Some("Се\u{301}рик 👤")), (Some("речи/а-й.txt"), Some("да"))]);
    let told: Vec<String> = drafts.iter().flat_map(|own| &own.refusals).map(ToString::to_string).collect();
    assert_eq!(told, ["речи/а.json, %ID 1: its text is not in the file"]);
}

#[test]
fn what_stands_deeper_in_a_structure_of_xmi_is_told_with_its_line() {
    let structures =
        "<c:Д xmi:id='2' sofa='1' begin='7' end='9'><a><b>и\u{306}</b></a><to href='x.xmi#3'/><end>8</end></c:Д>";
    let (said, refused) = xmi(structures, &[]);
    assert_eq!(said, ["д 👤"]);
    let told = ["a", "to", "end"].map(|own| format!("й.xmi:2: an element {own} within it is not taken"));
    assert_eq!(refused, told);
}

#[test]
fn a_discontinuous_quote_is_a_structure_for_each_fragment_with_one_uid_in_utf16() {
    let Memory(files) = written(&FORMAT, &[Fixture::new().source()]);
    let file = String::from_utf8(files["речи/аким.cas.json"].clone()).unwrap();
    let quotes: Vec<&str> = file.lines().filter(|line| line.contains("\"label\":\"Quote\"")).collect();
    assert_eq!(
        quotes,
        [
            r#"{"%ID":3,"%TYPE":"webanno.custom.Span","@sofa":1,"begin":6,"end":14,"label":"Quote","mode":"direct","speaker":"Ермаганбет Булекпаев","uid":"T1"},"#,
            r#"{"%ID":4,"%TYPE":"webanno.custom.Span","@sofa":1,"begin":30,"end":43,"label":"Quote","mode":"direct","speaker":"Ермаганбет Булекпаев","uid":"T1"},"#,
        ]
    );
}

#[test]
fn any_attribute_is_a_java_identifier_and_comes_back() {
    for (attribute, feature) in [("mode", "mode"), ("é", "UE9_"), ("value", "U76_alue"), ("UE9_", "U55_E9_")] {
        assert_eq!(names::feature(attribute), feature);
        assert_eq!(names::attribute(feature), attribute);
    }
}

proptest! {
    #[test]
    fn attributes_come_back_from_their_features(attribute: String) {
        let feature = names::feature(&attribute);
        prop_assert!(feature.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
        prop_assert_eq!(names::attribute(&feature), attribute);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes: Vec<u8>, at: proptest::sample::Index, with: u8) {
        let Memory(mut files) = written(&FORMAT, &[Fixture::new().source()]);
        let mut broken = files.remove("речи/аким.cas.json").unwrap();
        let place = at.index(broken.len());
        broken[place] = with;
        let Memory(mut files) = written(&XMI, &[Fixture::new().source()]);
        let mut xmi = files.remove("речи/аким.xmi").unwrap();
        let place = at.index(xmi.len());
        xmi[place] = with;
        for bytes in [bytes, broken, xmi] {
            let files = Memory([("x.json".to_owned(), bytes)].into());
            read::read_xmi(&files, &mut |_| ()).ok();
            read::read(&files, &mut |draft| {
                let text = Text::new(draft.text.clone().unwrap_or_default()).unwrap();
                settle(draft, &text, None, &Origin::Manual);
            }).ok();
        }
    }
}

/// The files of Apache's `uimaj-io-jsoncas`.
#[test]
#[expect(clippy::print_stderr, reason = "says that it skips, and shows the table")]
fn the_files_of_apache_are_read() {
    let shared = std::env::var("TRIBUNE_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let root = Path::new(&shared).join("data/cas_json/json");
    if !root.exists() {
        return eprintln!("skipped: {} is not there", root.display());
    }
    let mut open = vec![root];
    let mut count = 0;
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|own| own == "json") {
            let name = path.display().to_string();
            let files = Memory([(name.clone(), std::fs::read(&path).unwrap())].into());
            let mut drafts = 0;
            read::read(&files, &mut |draft| {
                drafts += 1;
                let text = Text::new(draft.text.clone().unwrap_or_default()).unwrap();
                let items = draft.items.len();
                let settled = settle(draft, &text, None, &Origin::Manual);
                let taken = settled.statement.set.iter().count();
                eprintln!("{name}: {taken} of {items} taken, refused: {:?}", settled.refusals);
                assert!(taken == items || !settled.refusals.is_empty(), "{name}");
            })
            .unwrap();
            if drafts == 0 {
                eprintln!("{name}: no text, nothing taken");
            }
            count += 1;
        }
    }
    assert!(count >= 15, "{count}");
}
