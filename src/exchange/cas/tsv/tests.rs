use std::collections::BTreeMap;

use proptest::prelude::*;

use crate::annotation::{Annotation, AnnotationId, Origin, Target};
use crate::exchange::cas::{FORMAT, TSV, XMI};
use crate::exchange::fixture::Fixture;
use crate::exchange::tests::{law, written};
use crate::exchange::{FORMATS, Memory, Settled, Unit, settle};
use crate::text::Text;

#[test]
fn what_is_written_is_read_back_minus_what_was_told() {
    law(&TSV);
}

fn read(files: BTreeMap<String, Vec<u8>>) -> Settled {
    let mut read = Vec::new();
    TSV.read.unwrap()(&Memory(files), &mut |draft| {
        let text = Text::new(draft.text.clone().unwrap()).unwrap();
        read.push(settle(draft, &text, None, &Origin::Manual));
    })
    .unwrap();
    read.pop().unwrap()
}

fn read_one(content: &str) -> Settled {
    read([("й.tsv".to_owned(), content.as_bytes().to_vec())].into())
}

/// The annotations, each as its layer, its label and its words or what it joins.
fn said(settled: &Settled) -> Vec<String> {
    let (text, set) = (&settled.statement.text, &settled.statement.set);
    let words = |own: &Annotation| own.fragments().map_or("", |own| text.slice(own.hull())).to_owned();
    let end = |id: AnnotationId| set.get(id).map(words).unwrap_or_default();
    let about = |own: &Annotation| match own.target {
        Target::Relation { from, to } => format!("{} to {}", end(from), end(to)),
        Target::Text(_) | Target::Document => words(own),
    };
    set.iter().map(|own| format!("{}:{} {}", own.layer, own.label, about(own))).collect()
}

fn refused(settled: &Settled) -> Vec<String> {
    settled.refusals.iter().map(ToString::to_string).collect()
}

#[test]
fn a_row_is_a_token_with_offsets_in_utf16_and_a_sentence_takes_the_blank_lines_behind_it_along() {
    let Memory(files) = written(&TSV, &[Fixture::new().source()]);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["TypeSystem.xml", "речи/аким.tsv", "речи/аким.txt"]);
    let table = String::from_utf8(files["речи/аким.tsv"].clone()).unwrap();
    let cut = |line: &str| line.split('\t').take(5).collect::<Vec<_>>().join("⇥");
    let lines: Vec<String> = table.lines().map(cut).collect();
    assert_eq!(
        lines,
        [
            "#FORMAT=WebAnno TSV 3.3",
            "#T_SP=webanno.custom.Span|label|value|uid|note|checkable|mode|speaker|volume",
            "#T_RL=webanno.custom.Rel|label|uid|note|BT_webanno.custom.Span",
            "",
            "",
            "#Text=АКИМ: «За\u{301}мок, – сказал он, – наш 👩🏽\u{200d}🌾!»",
            "#Text=",
            "1-1⇥0-4⇥АКИМ⇥_⇥_",
            "1-2⇥4-5⇥:⇥_⇥_",
            "1-3⇥6-7⇥«⇥Quote[1]⇥*[1]",
            "1-4⇥7-13⇥За\u{301}мок⇥Quote[1]⇥*[1]",
            "1-5⇥13-14⇥,⇥Quote[1]⇥*[1]",
            "1-6⇥15-16⇥–⇥_⇥_",
            "1-7⇥17-23⇥сказал⇥Claim[2]⇥*[2]",
            "1-8⇥24-26⇥он⇥Claim[2]⇥*[2]",
            "1-9⇥26-27⇥,⇥Claim[2]⇥*[2]",
            "1-10⇥28-29⇥–⇥Claim[2]⇥*[2]",
            "1-11⇥30-33⇥наш⇥Claim[2]|Quote[3]|Theme[4]|Theme[5]⇥*[2]|*[3]|rights[4]|labour[5]",
            "1-12⇥34-41⇥👩🏽\u{200d}🌾⇥Quote[3]|Theme[4]|Theme[5]⇥*[3]|rights[4]|labour[5]",
            "1-13⇥41-42⇥!⇥Quote[3]⇥*[3]",
            "1-14⇥42-43⇥»⇥Quote[3]⇥*[3]",
            "",
            "#Text=Зал 😀 [смех].",
            "2-1⇥45-48⇥Зал⇥_⇥_",
            "2-2⇥49-51⇥😀⇥_⇥_",
            "2-3⇥52-53⇥[⇥Жест[6]⇥laugh[6]",
            "2-4⇥53-57⇥смех⇥Жест[6]⇥laugh[6]",
            "2-5⇥57-58⇥]⇥Жест[6]⇥laugh[6]",
            "2-6⇥58-59⇥.⇥_⇥_",
        ]
    );
    assert!(table.contains("\tsupports\tR6\t*\t1-7[2_1]\t\n"), "{table}");
    assert!(table.lines().skip(7).all(|line| line.is_empty() || line.starts_with('#') || line.ends_with('\t')));
}

#[test]
fn no_text_needs_an_escape() {
    let Memory(files) = written(&TSV, &[Fixture::of("C:\\new й\u{301} \\ 👍").source()]);
    let table = String::from_utf8(files["речи/аким.tsv"].clone()).unwrap();
    let texts: Vec<&str> = table.lines().filter(|line| line.starts_with("#Text")).collect();
    assert_eq!(texts, ["#Text=C:\\", "#Text=new й\u{301} \\ 👍"]);
    assert_eq!(read(files).statement.text.as_str(), "C:\\new й\u{301} \\ 👍");
}

#[test]
fn a_table_alone_has_its_text_but_for_blanks() {
    let Memory(mut files) = written(&TSV, &[Fixture::of("\n\n  За\u{301}мок  \n\n \u{a0} 👍\nда\n\n").source()]);
    files.retain(|name, _| name == "речи/аким.tsv");
    let settled = read(files);
    assert_eq!(settled.statement.text.as_str(), "    За\u{301}мок  \n\n \u{a0} 👍\nда\n");
    assert_eq!((settled.statement.annotator.as_ref(), settled.statement.document.as_ref()), ("", "речи/аким.txt"));
}

#[test]
fn tables_are_sniffed_by_their_first_lines() {
    let heads =
        ["\u{feff}#FORMAT=WebAnno TSV 3.2\n", " # a.NE | value # a.POS | PosValue\n", "#id=1\n#text=Жак\n1\tЖак\n"];
    for head in heads {
        let found = FORMATS.iter().find(|own| own.read.is_some() && (own.sniff)("й.tsv", head.as_bytes()));
        assert_eq!(found.map(|own| own.name), Some("webanno"), "{head}");
    }
    for format in [&FORMAT, &XMI] {
        let Memory(files) = written(format, &[Fixture::new().source()]);
        assert!(files.iter().all(|(name, bytes)| !(TSV.sniff)(name, bytes)), "{format}");
    }
}

#[test]
fn offsets_in_code_points_are_found_out() {
    let settled = read_one(
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=a.Theme|value\n\n\n#Text=👍 да\n1-1\t0-1\t👍\t_\t\n1-2\t2-4\tда\tyes\t\n\n\
         #Text=й\u{301}\n2-1\t5-7\tй\u{301}\tno\t\n",
    );
    assert_eq!(settled.unit, Unit::CodePoints);
    assert_eq!(said(&settled), ["theme:yes да", "theme:no й\u{301}"]);
    assert_eq!(refused(&settled), Vec::<String>::new());
}

#[test]
fn what_is_wrong_is_refused_with_its_line_and_the_rest_is_kept() {
    let settled = read_one(
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=a.Theme|value\n#T_RL=a.Rel|value|BT_a.Theme\n#T_CH=a.Link|referenceType|referenceRelation\n\n\n\
         #Text=👍 да й\u{301}\n1-1\t0-2\t👍\tgood\tto\t1-9\t_\t_\t\n1-2\t3-5\tda\tyes\t_\t_\t_\t_\t\n1-3\t6-8\tй\u{301}\tno\tas\t1-1\t_\t_\t\n\
         1-4\t8-9\n1-5\teight\t.\t_\t_\t_\t_\t_\t\n1-6\t8-8\t\tnone\t_\t_\tx\tno chain\t\n",
    );
    assert_eq!(said(&settled), ["theme:good 👍", "theme:no й\u{301}", "rel:as 👍 to й\u{301}"]);
    assert_eq!(
        refused(&settled),
        [
            "й.tsv:8: a a.Rel leads to 1-9, where there is no a.Theme",
            "й.tsv:9: at 3 to 5 (UTF-16 units) there is «да», not «da»",
            "й.tsv:11: expected a token, its offsets and its words, with tabs between",
            "й.tsv:12: expected two offsets such as 12-15, found eight",
            "й.tsv:13: expected the number of a chain and of a link in it, for a.Link",
            "й.tsv:13: nothing is between 8 and 8",
        ]
    );
}

#[test]
fn version_2_says_by_letters_what_goes_on_and_has_no_offsets() {
    let settled = read_one(
        " # a.NE | value # a.Dep | value | AttachTo=a.NE\n#id=1\n#text=Жак  ван Дейк 👍.\n1-1\tЖак\tB-PER|B-a|b\tO\tO\n\
         1-2\tван\tI-PER|O\tO\tO\n1-3\tДейк\tI-PER\tO\tO\n1-4\t👍\tB-a.NE_\tlikes\t1-1\n1-5\t.\tO\tO\tO\n\n\
         #id=2\n#text=й\u{301}, да\n2-1\tda\tB-x\tO\tO\n",
    );
    assert_eq!(settled.statement.text.as_str(), "Жак  ван Дейк 👍.\nda");
    assert_eq!(
        said(&settled),
        ["NE:PER Жак  ван Дейк", "NE:a Жак", "NE:b Жак", "NE:NE 👍", "NE:x da", "dep:likes Жак  ван Дейк to 👍"]
    );
    assert_eq!(refused(&settled), Vec::<String>::new());
}

#[test]
fn columns_behind_those_that_are_known_are_told_in_every_version() {
    let second = read_one(" # a.NE | value\n#id=1\n1-1\tЖа\u{301}к\tB-PER\tO\t\n1-2\t👍\tO\tB-x\n");
    assert_eq!(said(&second), ["NE:PER Жа\u{301}к"]);
    assert_eq!(refused(&second), ["й.tsv:4: expected 1 columns behind the words, found 2: no more are taken"]);
    let first = read_one("#id=1\n#text=й 👍\n1\tй\t_\t_\tPER\t_\t_\t_\t_\n2\t👍\t_\t_\t-\t_\t_\t_\t_\tx\n");
    assert_eq!(refused(&first), ["й.tsv:4: expected 6 columns behind the words, found 8: no more are taken"]);
}

#[test]
fn offsets_that_would_fill_the_memory_are_not_believed() {
    let table = |offsets: &str| format!("#FORMAT=WebAnno TSV 3.3\n#T_SP=a.B|\n\n\n#Text=й\n1-1\t{offsets}\tй\t*\t\n");
    for offsets in ["99999999999-99999999999", "18446744073709551615-18446744073709551615", "0-18446744073709551615"] {
        let settled = read_one(&table(offsets));
        assert!(settled.statement.text.as_str().len() < 100);
        assert_eq!(settled.refusals.len(), 1, "{:?}", settled.refusals);
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes: Vec<u8>, at: proptest::sample::Index, with: u8) {
        let Memory(mut files) = written(&TSV, &[Fixture::new().source()]);
        let mut broken = files.remove("речи/аким.tsv").unwrap();
        let place = at.index(broken.len());
        broken[place] = with;
        for bytes in [bytes, broken] {
            let files = Memory([("x.tsv".to_owned(), bytes)].into());
            TSV.read.unwrap()(&files, &mut |draft| {
                let text = Text::new(draft.text.clone().unwrap_or_default()).unwrap();
                settle(draft, &text, None, &Origin::Manual);
            }).ok();
        }
    }
}
