use super::*;
use crate::annotation::Origin;
use crate::exchange::fixture::Fixture;
use crate::exchange::tests::{law, read, written};
use crate::exchange::{Memory, settle};
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
