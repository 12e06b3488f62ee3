use super::*;
use crate::exchange::{Aim, Item, Memory};

#[test]
fn what_is_written_is_read_back_minus_what_was_told() {
    crate::exchange::tests::law(&FORMAT);
}

#[test]
fn what_others_mark_up_in_line_is_taken_with_its_speaker() {
    let content = r##"<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><person xml:id="A"><persName><forename>А<hi>сан</hi></forename><surname>
      Қайрат</surname></persName></person></teiHeader><text><body><p>Ол: <q who="#A" xml:id="q1">«За&#x301;мок 👍»</q> — <seg>да,
      <name type="PER" ref="#A">Асан</name></seg> <seg ana="#rights #x">и&#x306;</seg><q/></p></body></text></TEI>"##;
    let files = Memory([("речь.xml".to_owned(), content.as_bytes().to_vec())].into());
    let drafts = crate::exchange::tests::read(&FORMAT, &files);
    let [draft] = drafts.as_slice() else { panic!("{drafts:?}") };
    let text: Vec<char> = draft.text.as_deref().unwrap().chars().collect();
    let line = |own: &Item| {
        let Aim::Text { pieces, .. } = &own.target else { panic!("{own:?}") };
        let words: String = text[pieces[0].clone()].iter().collect();
        let (layer, label) = (own.layer.as_deref().unwrap(), own.label.as_deref().unwrap_or("-"));
        format!("{} {layer} {label} {words} {:?}", own.id, own.attributes)
    };
    let taken: Vec<String> = draft.items.iter().map(line).collect();
    assert_eq!(
        taken,
        [
            "q1 q - «За\u{301}мок 👍» [(\"speaker\", Speaker(\"Асан Қайрат\"))]",
            " name PER Асан [(\"ref\", Words(\"#A\"))]",
            " seg rights и\u{306} [(\"ana\", Words(\"x\"))]",
        ]
    );
}

#[test]
fn each_text_of_a_corpus_is_a_document_and_what_is_spoken_stands_on_lines_of_its_own() {
    let text = |id: &str, body: &str| format!("<TEI{id}><text><body>{body}</body></text></TEI>");
    let spoken = "<u who=\"#A\"><seg type=\"с\">И\u{306}!</seg><kinesic><desc>(шум 👍)</desc></kinesic></u><u>Ещё <note>(смех)</note>слово</u>";
    let other = "<p>За\u{301}мок <del>👍</del></p><spanGrp><span from=\"#a\" to=\"#b\" ana=\"#x\"/></spanGrp>";
    let texts = [text(" xml:id=\"первый\"", spoken), text("", other)].concat();
    let content = format!("<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\">{texts}</teiCorpus>");
    let files = Memory([("речи.xml".to_owned(), content.into_bytes())].into());
    let drafts = crate::exchange::tests::read(&FORMAT, &files);
    let found: Vec<_> =
        drafts.iter().map(|own| (own.document.as_deref().unwrap(), own.text.as_deref().unwrap())).collect();
    let first = "A: И\u{306}!\nЕщё слово";
    assert_eq!(found, [("первый.txt", first), ("речи-2.txt", "За\u{301}мок 👍")]);
    assert_eq!((drafts[0].items.len(), drafts[1].items.len()), (1, 0));
    let refusals = drafts.iter().flat_map(|own| &own.refusals).map(ToString::to_string);
    assert_eq!(
        refusals.collect::<Vec<_>>(),
        [
            "речи.xml:1: notes and descriptions beside what is said (note, desc) are not taken: 2 from here on",
            "речи.xml:1: what was deleted (del) is taken as it stands",
            "речи.xml:1: spans that point to elements are not taken",
        ]
    );
}

/// What is read of a text with this content.
fn foreign(text: &str) -> crate::exchange::Draft {
    let content = format!("<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">{text}</TEI>");
    let files = Memory([("речь.xml".to_owned(), content.into_bytes())].into());
    crate::exchange::tests::read(&FORMAT, &files).remove(0)
}

#[test]
fn front_body_and_back_of_all_texts_are_read_and_blocks_have_lines_of_their_own() {
    let draft = foreign(
        "<text><front><p>За\u{301}мок</p></front><body><sp><speaker>Ә:</speaker><l>👍</l><l>й\u{306}</l></sp><list><item>а</item><item>б</item></list></body><back><p>в</p></back></text><text><group><text><body><p>г</p></body></text><text><body><p>д</p></body></text></group></text>",
    );
    assert_eq!(draft.text.as_deref(), Some("За\u{301}мок\nӘ:\n👍\nй\u{306}\nа\nб\nв\nг\nд"));
}

#[test]
fn what_is_put_into_the_text_moves_no_offsets() {
    let draft = foreign(
        "<text><body xml:id=\"t\"><p>За\u{301}мок</p><u who=\"#Ә\">👍 да</u><annotationBlock who=\"#Б\"><u>нет</u><spanGrp><span from=\"#a\">x</span></spanGrp></annotationBlock></body></text><standOff><annotation target=\"#string-range(t,0,6,6,1)\" ana=\"#x\"/></standOff>",
    );
    assert_eq!(draft.text.as_deref(), Some("За\u{301}мок\nӘ: 👍 да\nБ: нет"));
    let Aim::Text { pieces, .. } = &draft.items[0].target else { panic!("{:?}", draft.items) };
    assert_eq!((pieces.as_slice(), draft.items[0].label.as_deref()), ([0..6, 10..11].as_slice(), Some("x")));
}

#[test]
fn what_elements_say_beside_their_place_becomes_attributes_or_is_told() {
    let draft = foreign(
        "<text><body><p><said who=\"#А #Б\" toWhom=\"#В\" direct=\"false\">👍</said><app><rdg>й\u{306}</rdg><rdg>ё</rdg></app></p></body></text>",
    );
    let names: Vec<&str> = draft.items[0].attributes.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["toWhom", "direct", "speaker", "speaker"]);
    let told: Vec<String> = draft.refusals.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["речь.xml:1: of an apparatus all readings are taken as they stand: 2 from here on"]);
}

#[test]
fn what_is_noted_beside_speech_is_not_said_by_the_speaker() {
    let draft = foreign(
        "<text><body><note>Стенограмма</note><div xml:id=\"д\"><note type=\"speaker\">Төраға:</note><u who=\"#Ә\">За\u{301}мок 👍<note type=\"time\">10:00</note><gap><desc>шум</desc></gap></u><vocal><desc>смех</desc></vocal><u xml:id=\"у\">да</u></div></body></text><standOff><annotation target=\"#string-range(у,0,2)\"/><annotation target=\"#string-range(д,9,2)\"/></standOff>",
    );
    assert_eq!(draft.text.as_deref(), Some("Стенограмма\nӘ: За\u{301}мок 👍\nда"));
    assert_eq!(draft.items.len(), 1);
    let told: Vec<String> = draft.refusals.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "речь.xml:1: before the end of its target in д stand words that are not in the text",
            "речь.xml:1: notes within the text (note) are taken as they stand",
            "речь.xml:1: notes and descriptions beside what is said (note, desc) are not taken: 4 from here on",
        ]
    );
}

#[test]
fn how_elements_are_shown_is_told_once_and_what_else_they_say_is_taken() {
    let draft = foreign(
        "<text><body><p n=\"1\"><name n=\"1\" rend=\"й\u{306}\" xml:id=\"a\" xml:lang=\"kk\" subtype=\"👍\">За\u{301}мок</name><q n=\"2\">да</q></p></body></text>",
    );
    let subtype = ("subtype".to_owned(), crate::exchange::Stated::Words("👍".to_owned()));
    assert_eq!((draft.items[0].attributes.as_slice(), draft.items[1].attributes.len()), ([subtype].as_slice(), 0));
    let told: Vec<String> = draft.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["речь.xml: how what is marked up is shown is not taken (lang: 1, n: 2, rend: 1)"]);
    assert_eq!(draft.refusals, []);
}

/// The text of a file with this content, and what is marked in it.
fn marked(text: &str) -> (String, Vec<String>) {
    let draft = foreign(text);
    let all: Vec<char> = draft.text.as_deref().unwrap().chars().collect();
    let words = draft.items.iter().filter_map(|own| match &own.target {
        Aim::Text { pieces, .. } => Some(all[pieces[0].clone()].iter().collect()),
        _ => None,
    });
    (all.iter().collect(), words.collect())
}

#[test]
fn a_run_of_white_space_is_one_blank_and_none_at_the_edge_of_a_paragraph_or_a_span() {
    let (text, words) = marked(
        "<text>\n <body>\n  <p>Аб <persName>И\u{306}а\n\t Ли\u{301}</persName>\n   👍.</p>\n <p>\n  <placeName>\n Рим\u{a0}! </placeName>\n да </p>\n</body></text>",
    );
    assert_eq!(text, "Аб И\u{306}а Ли\u{301} 👍.\nРим\u{a0}! да");
    assert_eq!(words, ["И\u{306}а Ли\u{301}", "Рим\u{a0}!"]);
    let kept = "<text><body>\n<ab xml:space=\"preserve\"> А\u{301}\n\n <name>👍 й</name>\n</ab></body></text>";
    assert_eq!(marked(kept), (" А\u{301}\n\n 👍 й\n".to_owned(), vec!["👍 й".to_owned()]));
}

#[test]
fn words_stand_apart_but_where_they_are_said_to_be_joined() {
    let (text, words) = marked(
        "<text><body><u><seg><s>\n<name>\n<w>А\u{301}ня</w>\n<w>Ли</w>\n</name>\n<w join=\"right\">бежит</w>\n<pc>.</pc></s><s><w>👍</w><pc join=\"left\">!</pc><w>й\u{306}</w></s>\n</seg>\n</u></body></text>",
    );
    assert_eq!((text.as_str(), words), ("А\u{301}ня Ли бежит. 👍! й\u{306}", vec!["А\u{301}ня Ли".to_owned()]));
    assert_eq!(marked("<text><body><p><w>не</w><w>т👍</w> <w>й\u{306}</w></p></body></text>").0, "нет👍 й\u{306}");
}

#[test]
fn ends_of_lines_paragraphs_of_speech_and_cells_are_kept_apart() {
    let (text, words) = marked(
        "<text><body><p>од<lb/>\n дв<persName>А\u{301}</persName><lb/>тр-<lb break=\"no\"/>\n и</p><u who=\"#Ә\"><seg>👍</seg><seg>й\u{306}</seg></u><table><row><cell>а</cell><cell>б</cell></row><row><cell>в</cell></row></table>г</body></text>",
    );
    assert_eq!(text, "од\nдвА\u{301}\nтр-и\nӘ: 👍\nй\u{306}\nа б\nв\nг");
    assert_eq!(words, ["А\u{301}"]);
}

#[test]
fn pointers_count_the_text_as_it_stands_in_the_file() {
    let draft = foreign(
        "<text><body xml:id=\"t\">\n  <p>А\u{301}  👍\n да</p></body></text><standOff><annotation target=\"#string-range(t,3,7)\"/></standOff>",
    );
    assert_eq!(draft.text.as_deref(), Some("А\u{301} 👍 да"));
    let Aim::Text { pieces, .. } = &draft.items[0].target else { panic!("{:?}", draft.items) };
    assert_eq!(pieces.as_slice(), std::slice::from_ref(&(0..4)));
}

#[test]
fn a_link_between_annotations_is_a_relation_and_any_other_is_told_or_noted() {
    let draft = foreign(
        "<text><body><p><name xml:id=\"а\">А\u{301}</name> <name xml:id=\"б\">👍</name></p></body></text><standOff><linkGrp type=\"met\" targFunc=\"head argument\"><link target=\"#а #б\" ana=\"#x #y\"/></linkGrp><linkGrp><link target=\"#б #а\"/><link target=\"#а #в\"/><link target=\"#а #б #а\"/><link target=\"#в #г\"/></linkGrp></standOff>",
    );
    let relations = draft.items.iter().filter_map(|own| match &own.target {
        Aim::Relation { from, to } => Some((from.as_str(), to.as_str(), own.layer.as_deref(), own.label.as_deref())),
        _ => None,
    });
    let relations: Vec<_> = relations.collect();
    assert_eq!(relations, [("а", "б", Some("met"), Some("x y")), ("б", "а", Some("link"), None)]);
    let told: Vec<String> = draft.refusals.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["речь.xml:1: links (link) are taken between two annotations only: 2 from here on"]);
    let told: Vec<String> = draft.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["речь.xml: links between what is no annotation (link) are not taken: 1"]);
}

#[test]
fn what_names_something_or_is_said_of_words_in_line_is_taken_and_what_is_typography_is_noted() {
    let (text, words) = marked(
        "<text><body><p>В <date when=\"2020-01-01\">2020&#xA0;м</date> <ref target=\"#a\">за\u{301}мок</ref> <num>5</num> <emph>й\u{306}</emph> <unclear resp=\"#Ә\">👍</unclear> <foreign ana=\"#x\">ok</foreign></p></body></text>",
    );
    assert_eq!(text, "В 2020\u{a0}м за\u{301}мок 5 й\u{306} 👍 ok");
    assert_eq!(words, ["2020\u{a0}м", "за\u{301}мок", "5", "👍", "ok"]);
    let draft = foreign(
        "<teiHeader><p><hi>x</hi></p></teiHeader><text><body><p ana=\"#y\"><hi>За\u{301}мок</hi> <emph>👍 <hi>й</hi></emph><lb/><w ana=\"#да\">да</w><w>не</w><choice><sic>й</sic><corr resp=\"#Ә\">ё</corr></choice></p></body></text>",
    );
    let told: Vec<String> = draft.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["речь.xml: what is marked up in line and says nothing of what it means is not taken (emph: 1, hi: 2, w: 1)"]
    );
    let told: Vec<String> = draft.refusals.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "речь.xml:1: what a paragraph or a part is said to be (ana) is not taken",
            "речь.xml:1: of a choice all is taken as it stands",
        ]
    );
    assert_eq!(draft.items[0].layer.as_deref(), Some("corr"));
}
