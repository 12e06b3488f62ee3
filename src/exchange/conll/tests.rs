use super::*;
use crate::annotation::Origin;
use crate::exchange::fixture::Fixture;
use crate::exchange::tests::{law, read, written};
use crate::exchange::{FORMATS, Memory, settle};
use crate::text::Text;

fn file(format: &'static Format, name: &str) -> String {
    let Memory(mut files) = written(format, &[Fixture::new().source()]);
    let names = files.keys().cloned().collect::<Vec<_>>().join(" ");
    String::from_utf8(files.remove(name).unwrap_or_else(|| panic!("{names}"))).unwrap()
}

#[test]
fn one_file_has_the_longest_of_what_overlaps_and_each_label_has_its_own() {
    let Memory(files) = written(&FORMAT, &[Fixture::new().source()]);
    let names: Vec<&str> = files.keys().map(|name| name.strip_prefix("речи/аким").unwrap()).collect();
    let labels = [".Claim.conll", ".Quote.conll", ".Theme-labour.conll", ".Theme-rights.conll"];
    assert_eq!(names, [&labels[..], &[".conll", ".conll.json", ".txt", ".Жест-laugh.conll"]].concat());
    insta::assert_snapshot!(file(&FORMAT, "речи/аким.conll"), @r"
    АКИМ	O
    :	O
    «	B-Quote
    За́мок	I-Quote
    ,	I-Quote
    –	O
    сказал	B-Claim
    он	I-Claim
    ,	I-Claim
    –	I-Claim
    наш	I-Claim
    👩🏽‍🌾	O
    !	O
    »	O

    Зал	O
    😀	O
    [	B-Жест:laugh
    смех	I-Жест:laugh
    ]	I-Жест:laugh
    .	O
    ");
    assert_eq!((Scheme::Bilou.letter(0, 1), Scheme::Iob2.letter(0, 1)), ('U', 'B'));
    let tags = |name| {
        file(&BILOU, name).lines().filter_map(|own| Some(own.split_once('\t')?.1.to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(
        tags("речи/аким.Quote.bilou").join(" "),
        "O O B-Quote I-Quote L-Quote O O O O O B-Quote I-Quote I-Quote L-Quote O O O O O O"
    );
}

/// What is read of the file called `name`, each annotation with its words.
fn foreign(files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
    let files = files.iter().map(|(name, content)| ((*name).to_owned(), content.as_bytes().to_vec())).collect();
    let (mut said, mut refused) = (Vec::new(), Vec::new());
    for draft in read(&FORMAT, &Memory(files)) {
        let text = Text::new(draft.text.clone().unwrap()).unwrap();
        said.push(format!("{} {:?}", draft.document.clone().unwrap(), text.as_str().replace('\u{301}', "^")));
        let settled = settle(draft, &text, None, &Origin::Manual);
        for own in settled.statement.set.iter() {
            said.push(format!("{}:{} {}", own.layer, own.label, text.slice(own.fragments().unwrap().hull())));
        }
        refused.extend(settled.refusals.iter().map(ToString::to_string));
    }
    (said, refused)
}

#[test]
fn tags_of_all_schemes_are_read_and_tokens_joined() {
    let content = "-DOCSTART- -X- O O\n\nАлма\u{301} NN I-NP I-LOC\n👍 X O I-LOC\nАта X O B-LOC\n\n. . O O\n-DOCSTART- -X- O O\n\n\
        a U-GPE\nb B-Work:art\nc L-Work:art\nd E-PER\ne\n";
    let (said, refused) = foreign(&[("a/б.conll", content)]);
    assert_eq!(
        said,
        [
            "a/б-0001.txt \"Алма^ 👍 Ата\\n.\\n\"",
            "LOC:LOC Алма\u{301} 👍",
            "LOC:LOC Ата",
            "a/б-0002.txt \"a b c d\\n\"",
            "GPE:GPE a",
            "work:art b c",
            "PER:PER d"
        ]
    );
    let others = "a/б.conll:3: only the last column of tags is taken; others have 1 beside it, from here on";
    assert_eq!(refused, [others, "a/б.conll:14: expected a token and a tag such as O or B-PER"]);
}

#[test]
fn tokens_are_found_in_the_text_beside_them() {
    let (said, _) = foreign(&[("б.bio", "Алма\tB-LOC\n-\tI-LOC\nАта\tI-LOC\n"), ("б.txt", "  Алма-Ата \n")]);
    assert_eq!(said, ["б.txt \"  Алма-Ата \\n\"", "LOC:LOC Алма-Ата"]);
}

#[test]
fn what_is_written_is_read_back_minus_what_was_told() {
    law(&FORMAT);
    law(&BILOU);
}

#[test]
fn tokens_may_be_numbered_and_tags_in_other_columns_are_told() {
    let content = "#\thttp://example.org\n1\tЗа\u{301}мок\tB-LOC\tO\n2\t👍\tO\tB-ЁЖ\n\n1\tи\u{306}\tB-PER\tB-ЁЖ\n";
    let files = Memory([("г.tsv".to_owned(), content.as_bytes().to_vec())].into());
    let drafts = read(&FORMAT, &files);
    let [draft] = drafts.as_slice() else { panic!("{drafts:?}") };
    assert_eq!(draft.text.as_deref(), Some("За\u{301}мок 👍\nи\u{306}\n"));
    assert_eq!(draft.items.len(), 2);
    let told: Vec<String> = draft.refusals.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["г.tsv:2: only the last column of tags is taken; others have 2 beside it, from here on"]);
}

/// What entities a file of `CoNLL-U` has, and what is told of it; each word is its form and its MISC.
fn universal(words: &str) -> (Vec<String>, String, Vec<String>) {
    let row = |line: &str| match line.split_once('\t') {
        Some((id, rest)) => {
            let (form, misc) = rest.split_once('\t').unwrap();
            format!("{id}\t{form}\t_\tX\t_\t_\t_\t_\t_\t{misc}\n")
        }
        None => format!("{line}\n"),
    };
    let content: String = words.lines().map(row).collect();
    let found = FORMATS.iter().find(|own| (own.sniff)("й.txt", content.as_bytes())).map(|own| own.name);
    assert_eq!(found, Some("conll"));
    let files = Memory([("й.conllu".to_owned(), content.into_bytes())].into());
    let draft = read(&FORMAT, &files).remove(0);
    let text = Text::new(draft.text.clone().unwrap()).unwrap();
    let told = draft.remarks.iter().chain(&draft.refusals).map(ToString::to_string).collect();
    let settled = settle(draft, &text, None, &Origin::Manual);
    let said = settled.statement.set.iter().map(|own| {
        let more = own.attributes.values().fold(String::new(), |sum, value| format!("{sum} {value:?}"));
        format!("{} «{}»{more}", own.layer, text.slice(own.fragments().unwrap().hull()))
    });
    (said.collect(), text.as_str().to_owned(), told)
}

const TOLD: &str = "й.conllu:1: only words and entities are taken, not upos";

#[test]
fn tags_in_misc_are_entities_and_the_text_is_the_one_that_is_told() {
    let words = "# text = «За\u{301}мок 👍» в Алма-Ате\n1\t«\tNER=O\n2\tЗа\u{301}мок\tNER=B-ORG\n3\t👍\tNER=I-ORG\n4\t»\tNER=O\n5-6\tв\t_\n5\tвъ\t_\n6\tъ\tNER=O\n6.1\tнет\tNER=B-PER\n7\tАлма-Ате\tNER=S-LOC\n\n1\tда\tNER=O|SpaceAfter=No\n2\t.\tNER=O\n";
    let (said, text, told) = universal(words);
    assert_eq!(said, ["ORG «За\u{301}мок 👍»", "LOC «Алма-Ате»"]);
    assert_eq!(text, "«За\u{301}мок 👍» в Алма-Ате\nда.\n");
    let thought = "й.conllu:9: words that are only thought, as 8.1, are not taken: 1 from here on";
    assert_eq!(told, [TOLD, thought]);
}

#[test]
fn entities_within_entities_are_taken_as_nametag_and_gum_have_them() {
    let words = "1\tЗа\u{301}мок\tNE=oa_1\n2\tв\tNE=oa_1\n3\tАлма\tNE=oa_1-gu_2|Gloss=x\n4\t👍\tNE=gu_3\n";
    let (said, _, told) = universal(words);
    assert_eq!(said, ["oa «За\u{301}мок в Алма»", "gu «Алма»", "gu «👍»"]);
    assert_eq!(told, [TOLD, "й.conllu:1: only words and entities are taken, not Gloss"]);
    let words = "# global.Entity = GRP-infstat-etype\n1\tЗа\u{301}мок\tEntity=(e1-new-place\n2\tв\t_\n3\tАлма\tEntity=(e2-new-place)e1)\n4\t👍\tEntity=(e3--(e4-acc-ж)\n5\tда\tEntity=e9)\n";
    let (said, _, told) = universal(words);
    assert_eq!(
        said,
        [
            "place «За\u{301}мок в Алма» Text(\"e1-new-place\")",
            "place «Алма» Text(\"e2-new-place\")",
            "entity «👍 да» Text(\"e3--\")",
            "ж «👍» Text(\"e4-acc-ж\")"
        ]
    );
    let reasons = ["6: its Entity e9 is closed and was not opened", "5: its Entity is not closed in its sentence"];
    assert_eq!(told, [&[TOLD.to_owned()][..], &reasons.map(|own| format!("й.conllu:{own}"))].concat());
}

#[test]
fn universal_words_without_entities_are_refused_with_what_is_there_and_a_broken_line_is_told() {
    let content = "1\tЗа\u{301}мок\t_\tX\t_\t_\t_\t_\t_\tGloss=👍|SpaceAfter=No\n";
    let files = Memory([("й.conllu".to_owned(), content.as_bytes().to_vec())].into());
    let error = (FORMAT.read.unwrap())(&files, &mut |_| ()).unwrap_err().to_string();
    let expected = "this is CoNLL-U, where entities stand in MISC (NER=, NE= or Entity=); found Gloss there";
    assert_eq!(error, format!("й.conllu:1: {expected}"));
    let (said, text, told) = universal("1\tЗа\u{301}мок\tner=S-ORG\n2 👍\n3\tда\tner=x\n");
    assert_eq!((said, text), (vec!["ORG «За\u{301}мок»".to_owned()], "За\u{301}мок да\n".to_owned()));
    let reasons = [
        "2: expected 10 columns with tabs between, found 1",
        "3: expected a tag such as B-PER or per_1 as its ner, found x",
    ];
    assert_eq!(told, [&[TOLD.to_owned()][..], &reasons.map(|own| format!("й.conllu:{own}"))].concat());
}

#[test]
fn tokens_that_are_not_those_of_the_text_beside_are_told() {
    let tokens = "За\u{301}мок\tB-ЁЖ\n👍\tO\n";
    let told = |text: &str| {
        let files = [("й.conll", tokens), ("й.txt", text)].map(|(name, own)| (name.to_owned(), own.into()));
        let draft = read(&FORMAT, &Memory(files.into())).remove(0);
        draft.refusals.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(told("За\u{301}мок  👍"), [""; 0]);
    let reason = "its tokens are not the words of й.txt: they are taken as a text of their own";
    assert_eq!(told("За\u{301}мок — 👍"), [format!("й.conll: {reason}")]);
}

#[test]
fn every_file_of_tags_in_a_directory_is_read_whatever_it_is_called() {
    let tags = "За\u{301}мок B-ORG\n👍 O\n";
    let (said, told) = foreign(&[("eng.testa", tags), ("eng.train", tags), ("test.txt", tags), ("ж.conll", tags)]);
    let text = "\"За^мок 👍\\n\"";
    let names = ["eng.testa", "eng.train", "test", "ж"].map(|name| format!("{name}.txt {text}"));
    let names: Vec<String> = names.into_iter().flat_map(|own| [own, "ORG:ORG За\u{301}мок".to_owned()]).collect();
    assert_eq!((said, told), (names, vec![]));
}

#[test]
fn remarks_are_no_words_whatever_they_end_with_and_a_token_may_be_a_hash() {
    let content = "# newdoc id = B-12\n# text = Алма O\nЗа\u{301}мок\tB-ORG\n#\tO\n👍\tB-ЁЖ \n# Jackie O\n";
    let (said, told) = foreign(&[("й.conll", content)]);
    assert_eq!(said, ["й.txt \"За^мок # 👍\\n\"", "ORG:ORG За\u{301}мок", "ЁЖ:ЁЖ 👍"]);
    assert_eq!(told, [""; 0]);
    assert!((FORMAT.sniff)("нет", "#\thttp://example.org [2009-10-17]\n1\tЗа\u{301}мок\tB-LOC\tO\n".as_bytes()));
}

#[test]
fn numbers_of_tokens_are_no_words_wherever_they_start() {
    let words = |lines: &str| {
        let (said, told) = foreign(&[("й.conll", lines)]);
        (said.join("|"), told.join("|"))
    };
    let expected = "й.txt \"За^мок 👍\\nда\\n\"|ORG:ORG За\u{301}мок".to_owned();
    for third in ["0", "1", "2"] {
        let first = if third == "0" { [0, 1] } else { [1, 2] };
        let third = if third == "2" { "3" } else { third };
        let content = format!("{}\tЗа\u{301}мок\tX\tB-ORG\n{}\t👍\tX\tO\n\n{third}\tда\tX\tO\n", first[0], first[1]);
        assert_eq!(words(&content), (expected.clone(), String::new()));
    }
    let sentences =
        "Sentence #\tWord\tPOS\tTag\nSentence: 1\tЗа\u{301}мок\tX\tB-ORG\n\t👍\tX\tO\nSentence: 2\tда\tX\tO\n";
    let header = "й.conll:1: expected a token and a tag such as O or B-PER";
    assert_eq!(words(sentences), (expected, header.to_owned()));
    let ranges = "1-2\tна́м\t_\n1\tна\tO\n2\tм\tB-ЁЖ\n";
    let told = "й.conll:1: its words are taken one by one, not на\u{301}м".to_owned();
    assert_eq!(words(ranges), ("й.txt \"на м\\n\"|ЁЖ:ЁЖ м".to_owned(), told));
}

#[test]
fn a_row_without_a_token_is_refused_and_ends_no_sentence() {
    let (said, told) = foreign(&[("й.conll", "За\u{301}мок\tB-ORG\n\tO\n\u{3000}\tO\n👍\tI-ORG\n")]);
    assert_eq!(said, ["й.txt \"За^мок 👍\\n\"", "ORG:ORG За\u{301}мок 👍"]);
    let reason = "expected a token in the first column, found a blank";
    assert_eq!(told, [format!("й.conll:2: {reason}"), format!("й.conll:3: {reason}")]);
}

#[test]
fn a_file_that_names_its_columns_is_read_by_these() {
    let content = "# global.columns = ID FORM UPOS NER\n# text = За\u{301}мок на́м 👍.\n1\tЗа\u{301}мок\tX\tO\n2-3\tна́м\t_\t_\n2\tна\tX\tB-LOC\n3\tм\tX\tI-LOC\n4\t👍\tX\tO\n5\t.\tX\tO\n";
    let (said, told) = foreign(&[("й.conllup", content)]);
    assert_eq!(said, ["й.txt \"За^мок на^м 👍.\\n\"", "LOC:LOC на\u{301}м"]);
    assert_eq!(told, [""; 0], "what a parser found out is no annotation");
}

#[test]
fn what_goes_on_in_a_column_is_not_ended_or_gone_on_with_by_another() {
    let rows = "1\tЗа\u{301}мок\tB-Ж\tO\n2\t👍\tO\tI-Ж\n3\tй\u{306}\tB-Ж\tB-Ж\n4\tда\tI-Ж\tI-Ж\n";
    let (said, told) = foreign(&[("й.conllup", &format!("# global.columns = ID FORM A:NER B:NER\n{rows}"))]);
    let (first, second, both) = ("ж:ж За\u{301}мок", "ж:ж 👍", "ж:ж й\u{306} да");
    assert_eq!(said[1..], [first, second, both, both]);
    assert_eq!(told, [""; 0]);
}

#[test]
fn what_lies_beside_and_is_broken_is_told_and_the_tags_of_all_files_are_taken() {
    let Memory(mut files) = written(&FORMAT, &[Fixture::new().source()]);
    let beside = files.get_mut("речи/аким.conll.json").unwrap();
    beside.truncate(beside.len() / 2);
    let drafts = read(&FORMAT, &Memory(files.clone()));
    let [draft] = drafts.as_slice() else { panic!("{drafts:?}") };
    assert_eq!(draft.document.as_deref(), Some("речи/аким.txt"));
    assert_eq!(draft.text.as_deref(), std::str::from_utf8(&files["речи/аким.txt"]).ok());
    let labels = || draft.items.iter().filter_map(|own| own.layer.as_deref());
    let count = |label: &str| labels().filter(|own| *own == label).count();
    assert_eq!((count("Quote"), count("Claim"), count("Жест")), (2, 1, 1));
    let [told] = draft.refusals.as_slice() else { panic!("{:?}", draft.refusals) };
    assert_eq!(told.spot.file, "речи/аким.conll.json");
    let reason = "this is broken, and with it attributes, notes, relations and what fragments belong together: ";
    assert!(told.reason.starts_with(reason), "{}", told.reason);
    // What others put beside their files is theirs.
    files.insert("речи/аким.conll.json".to_owned(), "{\"й\u{301}\": \"👍\"}".into());
    assert!(read(&FORMAT, &Memory(files)).iter().all(|own| own.refusals.is_empty()));
}

#[test]
fn a_tag_of_what_several_words_are_in_the_text_is_taken() {
    let words = "1-2\tдайте-ка\tNER=B-ORG|Gloss=й\u{301}\n1\tдайте\t_\n2\tка\t_\n3\tЗа\u{301}мок\tNER=I-ORG\n4-5\t👍\tNER=S-LOC\n4\t👍\tNER=S-PER\n5\t👍\t_\n6-7\tвъ\tNER=O\n6\tв\t_\n7\tъ\t_\n";
    let (said, text, told) = universal(words);
    assert_eq!(text, "дайте-ка За\u{301}мок 👍 въ\n");
    assert_eq!(said, ["ORG «дайте-ка За\u{301}мок»", "LOC «👍»", "PER «👍»"]);
    assert_eq!(told, [TOLD, "й.conllu:1: only words and entities are taken, not Gloss"]);
}
