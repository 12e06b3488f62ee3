//! The speakers of the bundled report, and of made-up ones.

mod gold;
mod known;
mod sentences;
mod turning;

use super::{Candidate, speakers};
use crate::annotation::{AnnotationSet, Edit, Speaker, SpeakerId};
use crate::document::{Document, DocumentId};
use crate::text::{Offset, Text};

fn document(text: &str) -> Document {
    Document::new(DocumentId::new("речь 👍.txt"), Text::new(text.to_owned()).unwrap())
}

fn first(document: &Document, set: &AnnotationSet, start: usize, end: usize) -> Option<Candidate> {
    let span = document.text.span_of_code_points(start, end).unwrap();
    speakers(document, set, span).into_iter().next()
}

#[test]
fn the_speakers_of_the_bundled_report_come_first_with_their_roles() {
    let report = document(include_str!("../../data/karaganda.txt"));
    let blank = AnnotationSet::default();
    let named = |start, end| first(&report, &blank, start, end).map(|own| (own.name, own.role.unwrap_or_default()));
    let pair = |name: &str, role: &str| Some((name.to_owned(), role.to_owned()));
    assert_eq!(named(828, 1483), pair("Ермаганбет Булекпаев", "Аким Карагандинской области"));
    assert_eq!(
        named(2044, 2265),
        pair(
            "Серик Беркамалов",
            "Директор Департамента юридической службы Министерства труда и социальной защиты населения РК"
        )
    );
    assert_eq!(
        named(2464, 2713),
        pair("Ерболат Закиров", "Заместитель председателя областного филиала Народной партии Казахстана")
    );
}

#[test]
fn a_registered_speaker_is_recognised_inflected_and_by_family_name_alone() {
    let mut set = AnnotationSet::default();
    let speaker = Speaker { id: SpeakerId(1), name: "Жакип Асанов".into(), role: None, aliases: vec![] };
    set.apply(&Edit::Speaker { before: None, after: Some(speaker) }).unwrap();
    for text in [
        "«И\u{306}, да 👍», – слова Жакипа Асанова.",
        "«И\u{306}, да 👍», – сказал Асанов.",
        "«И\u{306}, да 👍», – Асанову.",
        "«И\u{306}, да 👍», – деп Асановтың сөзін келтірді.",
        "«И\u{306}, да 👍», – Асановпен.",
        "«И\u{306}, да 👍», – Асановтікі.",
    ] {
        let report = document(text);
        assert_eq!(first(&report, &set, 0, 10).and_then(|own| own.known), Some(SpeakerId(1)), "{text}");
    }
}

#[test]
fn english_and_kazakh_names_are_found_next_to_their_verbs() {
    let blank = AnnotationSet::default();
    let english = document("“Cafe\u{301} 👍, yes,” said Mary Robinson in the House of Lords.");
    assert_eq!(first(&english, &blank, 0, 15).map(|own| own.name), Some("Mary Robinson".to_owned()));
    let kazakh = document("«Иа\u{301} 👍», – деді Нұрлан Ерланұлы.");
    assert_eq!(first(&kazakh, &blank, 0, 8).map(|own| own.name), Some("Нұрлан Ерланұлы".to_owned()));
}

#[test]
fn where_nobody_is_named_nobody_is_proposed() {
    let report = document("«Иа\u{301} 👍», – сказали они.");
    assert_eq!(first(&report, &AnnotationSet::default(), 0, 8), None);
}

/// A register of these names.
fn register(names: &[&str]) -> AnnotationSet {
    let mut set = AnnotationSet::default();
    for (id, name) in (1..).zip(names) {
        let speaker = Speaker { id: SpeakerId(id), name: (*name).to_owned(), role: None, aliases: vec![] };
        set.apply(&Edit::Speaker { before: None, after: Some(speaker) }).unwrap();
    }
    set
}

#[test]
fn a_name_means_whoever_is_registered_in_any_of_its_forms_and_nobody_where_two_may_be_meant() {
    let set =
        register(&["Ерболат Закиров", "Анна Токарская", "Лев Толсто\u{438}\u{306}", "Иван Иванов", "Пётр Иванов"]);
    let known = |name: &str| super::speaker::registered(&set, name).map(|own| own.id.0);
    for name in ["Закирова", "Закировым", "ЗАКИРОВ", "Закировтың", "Ерболатом Закировым"]
    {
        assert_eq!(known(name), Some(1), "{name}");
    }
    assert_eq!(known("Токарской"), Some(2));
    assert_eq!(known("Иванову"), None, "there are two");
    assert_eq!(known("Иваном Ивановым"), Some(4));
    assert_eq!(known("И. Иванов"), Some(4));
    assert_eq!(known("ЗАКИРОВ Е.Т."), Some(1), "as the label of a turn has it");
    for name in ["Захаров", "Зак", "👍", ""] {
        assert_eq!(known(name), None, "{name}");
    }
}

/// Who is proposed first for the quotation in `report`, and with which role; `names` are registered.
fn proposed(names: &[&str], report: &str) -> Option<(String, Option<String>)> {
    all_proposed(names, report).into_iter().next()
}

fn all_proposed(names: &[&str], report: &str) -> Vec<(String, Option<String>)> {
    let report = document(report);
    let start = report.text.as_str().find('"').expect("a quotation");
    let end = report.text.as_str().rfind('"').expect("a quotation") + 1;
    let span = report.text.span(Offset::new(start), Offset::new(end)).unwrap();
    speakers(&report, &register(names), span).into_iter().map(|own| (own.name, own.role)).collect()
}

fn own(name: &str, role: &str) -> (String, Option<String>) {
    (name.to_owned(), Some(role.to_owned()).filter(|role| !role.is_empty()))
}

const QUOTATION: &str = "\"И\u{306}, мы 👍\"";

#[test]
fn a_hyphen_is_within_a_name_and_an_office_behind_the_verb_is_its_role() {
    for (behind, name, role) in [
        ("заявил Президент Касым-Жомарт Токаев", "Касым-Жомарт Токаев", "Президент"),
        ("сказал Касым-Жомарт Токаев", "Касым-Жомарт Токаев", ""),
        ("подчеркнул Президент Казахстана Касым-Жомарт Токаев", "Касым-Жомарт Токаев", "Президент Казахстана"),
        ("деді Қасым-Жомарт Тоқаев", "Қасым-Жомарт Тоқаев", ""),
        ("деді Президент Қасым\u{2011}Жомарт Тоқаев", "Қасым\u{2011}Жомарт Тоқаев", "Президент"),
        ("писал Михаил Салтыков-Щедрин", "Михаил Салтыков-Щедрин", ""),
        ("said Mary Smith-Jones", "Mary Smith-Jones", ""),
        ("said Conan O’Brien", "Conan O’Brien", ""),
        ("сказал Ержан Казыхан, советник", "Ержан Казыхан", ""),
        (
            "заявил Аким Карагандинской области Ермаганбет Булекпаев",
            "Ермаганбет Булекпаев",
            "Аким Карагандинской области",
        ),
        ("заявила депутат Мажилиса Парламента РК Айгуль Куспан", "Айгуль Куспан", "депутат Мажилиса Парламента РК"),
        ("сказал Жакип Асанов журналистам Первого Канала", "Жакип Асанов", ""),
        ("ответила Сарсембаеву депутат Айгуль Куспан", "Айгуль Куспан", "депутат"),
        ("сказал Иван Петров Марии Ивановой", "Иван Петров", ""),
        ("сказал Иван Петров Марии Ивановне Донской", "Иван Петров", ""),
        ("сказал Дмитрий Донской", "Дмитрий Донской", ""),
        ("деп атап өтті Мемлекет басшысы Қасым-Жомарт Тоқаев", "Қасым-Жомарт Тоқаев", "Мемлекет басшысы"),
        ("сказал министр по делам Северного Кавказа Иван Петров", "Иван Петров", "министр по делам Северного Кавказа"),
    ] {
        assert_eq!(proposed(&[], &format!("{QUOTATION}, – {behind}.")), Some(own(name, role)), "{behind}");
    }
}

#[test]
fn whoever_the_verb_is_about_comes_first_known_or_new() {
    let known = "Ерлан Сарсембаев";
    for report in [
        format!("{known} выступил первым. {QUOTATION}, – заявила депутат Айгуль Куспан."),
        format!("{known} выступил первым. {QUOTATION}, – заявила депутат Айгуль Куспан. Сарсембаеву она ответила."),
        format!("{QUOTATION}, – заявила Айгуль Куспан Ерлану Сарсембаеву."),
        format!("{QUOTATION}, – заявила Айгуль Куспан Сарсембаеву."),
        format!("Айгуль Куспан ответила Ерлану Сарсембаеву: {QUOTATION}."),
        format!("Айгуль Куспан ответила Сарсембаеву: {QUOTATION}."),
        format!("{QUOTATION}, – ответила Сарсембаеву депутат Айгуль Куспан."),
        format!("{QUOTATION}, – перебив Сарсембаева, заявила Айгуль Куспан."),
    ] {
        for register in [&[known][..], &[known, "Айгуль Куспан"]] {
            assert_eq!(proposed(register, &report).map(|own| own.0).as_deref(), Some("Айгуль Куспан"), "{report}");
        }
    }
    for behind in [
        "заявил Президент Сарсембаев",
        "сказал господин Сарсембаев",
        "said Mr Сарсембаев",
        "сказал Е. Сарсембаев",
        "сказал Ерлан Сарсембаев",
        "сказал Сарсембаев",
    ] {
        let report = format!("Айгуль Куспан отметила это. {QUOTATION}, – {behind}.");
        assert_eq!(proposed(&[known], &report).map(|own| own.0).as_deref(), Some(known), "{behind}");
    }
    let both = format!("{QUOTATION}, – заявила Айгуль Куспан Ерлану Сарсембаеву.");
    assert_eq!(all_proposed(&[known], &both).len(), 2);
    for behind in ["сказал Ерлан Сарсембаев", "сказал Сарсембаев", "сказал депутат Сарсембаев Айгуль Куспан"]
    {
        let report = format!("Айгуль Куспан отметила это. {QUOTATION}, – {behind}.");
        let first = proposed(&[known], &report).map(|own| own.0);
        assert!(first.as_deref() == Some(known) || behind.ends_with("Куспан"), "{behind}: {first:?}");
    }
}

#[test]
fn whoever_words_are_ascribed_to_is_called_in_the_nominative_and_has_no_role_of_it() {
    for (before, name) in [
        ("По словам Айгули Куспан", "Айгуль Куспан"),
        ("По словам депутата Айгули Куспан", "Айгуль Куспан"),
        ("По мнению Жакипа Асанова", "Жакип Асанов"),
        ("По словам Касым-Жомарта Токаева", "Касым-Жомарт Токаев"),
        ("Со слов Никиты Ильина", "Никита Ильин"),
        ("По словам Ольги Токарской", "Ольга Токарская"),
        ("По мнению Марии Ивановой", "Мария Иванова"),
        ("По оценке Юрия Левитанского", "Юрий Левитанский"),
        ("Как отметил Жакип Асанов", "Жакип Асанов"),
        ("According to Mary Robinson", "Mary Robinson"),
        ("As Mary Robinson noted", "Mary Robinson"),
        ("Қасым-Жомарт Тоқаевтың айтуынша", "Қасым-Жомарт Тоқаев"),
        ("Господин Жакип Асанов отметил", "Жакип Асанов"),
        ("Mrs. Mary Robinson said", "Mary Robinson"),
    ] {
        assert_eq!(proposed(&[], &format!("{before}, {QUOTATION}.")), Some(own(name, "")), "{before}");
    }
    for behind in ["по словам Айгули Куспан", "заявила госпожа Айгуль Куспан", "отметила г-жа Айгуль Куспан"]
    {
        assert_eq!(proposed(&[], &format!("{QUOTATION}, – {behind}.")), Some(own("Айгуль Куспан", "")), "{behind}");
    }
    let known = format!("{QUOTATION}, – по словам Жакипа Асанова, сказанным Айгуль Куспан.");
    assert_eq!(proposed(&["Жакип Асанов"], &known), Some(own("Жакип Асанов", "")));
}

#[test]
fn initials_stand_for_first_names() {
    for (behind, new, known) in [
        ("отметил Ж. Асанов", "Ж. Асанов", "Жакип Асанов"),
        ("отметил Ж.А. Асанов", "Ж.А. Асанов", "Жакип Асанов"),
        ("отметил Ж.Асанов", "Ж.Асанов", "Жакип Асанов"),
        ("отметил депутат Ж. А. Асанов", "Ж. А. Асанов", "Жакип Асанов"),
        ("отметил Ж.-А. Асанов", "Ж.-А. Асанов", "Жакип Асанов"),
        ("said J. Smith", "J. Smith", "John Smith"),
        ("деді Ә. Қ. Тоқаев", "Ә. Қ. Тоқаев", "Әлихан Тоқаев"),
    ] {
        let report = format!("{QUOTATION}, – {behind}.");
        assert_eq!(proposed(&[], &report).map(|own| own.0).as_deref(), Some(new), "{behind}");
        let named = |register: &[&str]| proposed(register, &report).map(|own| own.0);
        assert_eq!(named(&["Пётр Асанов", known]).as_deref(), Some(known), "{behind}");
        let other = known.replacen(|_: char| true, "Б", 1);
        assert_eq!(named(&[&other]).as_deref(), Some(new), "{behind}");
    }
}

#[test]
fn a_family_name_alone_is_of_whoever_bears_it_above_or_has_turns_or_of_itself() {
    let met = "Депутат Айгуль Куспан приехала. Аким Жакип Асанов встретил её.\n\n";
    let debate = "АСАНОВ Ж.К.: Спасибо 👍.\n\nКуспан А.: Да.\n\n";
    for (above, sentence, name, role) in [
        ("", format!("По словам Асанова, {QUOTATION}."), "Асанов", ""),
        ("", format!("{QUOTATION}, – отметил Асанов."), "Асанов", ""),
        ("", format!("Асанов заявил: {QUOTATION}."), "Асанов", ""),
        ("", format!("Асановтың айтуынша, {QUOTATION}."), "Асанов", ""),
        ("", format!("According to Robinson, {QUOTATION}."), "Robinson", ""),
        (met, format!("Как заметил Асанов, {QUOTATION}."), "Жакип Асанов", "Аким"),
        (met, format!("По словам Куспан, {QUOTATION}."), "Айгуль Куспан", "Депутат"),
        (debate, format!("По словам Асанова, {QUOTATION}."), "АСАНОВ Ж.К.", ""),
        (debate, format!("Как заметил Асанов, {QUOTATION}."), "АСАНОВ Ж.К.", ""),
    ] {
        assert_eq!(proposed(&[], &format!("{above}{sentence}")), Some(own(name, role)), "{above}{sentence}");
    }
    for sentence in [
        format!("Тогда сказали: {QUOTATION}. Но тогда ещё нет."),
        format!("{QUOTATION}, – сказал Президент."),
        format!("{QUOTATION}, – сказали они в Актау."),
    ] {
        assert_eq!(proposed(&[], &sentence), None, "{sentence}");
    }
    for known in ["АСАНОВ Ж.К.", "Асанов Жакип Кажманович"] {
        let report = format!("{debate}По словам Асанова, {QUOTATION}.");
        assert_eq!(proposed(&[known, "Куспан А."], &report), Some(own(known, "")), "{known}");
    }
}

#[test]
fn of_two_whole_names_side_by_side_behind_the_verb_the_first_speaks() {
    for behind in [
        "сказал Иван Петров Айгуль Куспан",
        "ответил Иван Петров Марии Ивановой",
        "заявил Иван Иванович Петров Айгуль Куспан",
        "заявил Иван Петров Айгуль Кайратовне Куспан",
    ] {
        let found = proposed(&[], &format!("{QUOTATION}, – {behind}.")).map(|own| own.0);
        assert!(matches!(found.as_deref(), Some("Иван Петров" | "Иван Иванович Петров")), "{behind}: {found:?}");
    }
    // An office is written with capitals too.
    for behind in ["заявил Президент Казахстана Касым-Жомарт Токаев", "сказал Министр Труда Касым-Жомарт Токаев"]
    {
        let found = proposed(&[], &format!("{QUOTATION}, – {behind}.")).map(|own| own.0);
        assert_eq!(found.as_deref(), Some("Касым-Жомарт Токаев"), "{behind}");
    }
}

#[test]
fn a_pronoun_beside_the_verb_is_of_whoever_was_named_last_and_has_that_gender() {
    let both = "Депутат Мария Иванова выступила. Депутат Иван Петров сказал о\u{301} том же.\n\n";
    let other = "Депутат Иван Петров выступил. Депутат Мария Иванова сказала о\u{301} том же.\n\n";
    for (above, sentence, name) in [
        (both, format!("{QUOTATION}, – сказал он."), "Иван Петров"),
        (both, format!("{QUOTATION}, – подчеркнула она."), "Мария Иванова"),
        (both, format!("Она добавила, что {QUOTATION}."), "Мария Иванова"),
        (both, format!("{QUOTATION}, – деді ол."), "Иван Петров"),
        (other, format!("{QUOTATION}, – сказал он."), "Иван Петров"),
        (other, format!("Он отметил: {QUOTATION}."), "Иван Петров"),
        (other, format!("{QUOTATION}, – сказала она."), "Мария Иванова"),
        (other, format!("{QUOTATION}, – деді ол."), "Мария Иванова"),
        ("Mr Петров spoke. Mary Robinson said so 👍.\n\n", format!("{QUOTATION}, she said."), "Mary Robinson"),
    ] {
        let found = proposed(&[], &format!("{above}{sentence}")).map(|own| own.0);
        assert_eq!(found.as_deref(), Some(name), "{above}{sentence}");
    }
    let nobody = format!("Депутат Иван Петров сказал о\u{301} том же.\n\n{QUOTATION}, – сказала она.");
    assert_eq!(proposed(&[], &nobody), None, "a man is no “она”");
    let named = format!("{both}Он слушал. {QUOTATION}, – сказала депутат Анна Серова.");
    assert_eq!(proposed(&[], &named), Some(own("Анна Серова", "депутат")));
}

#[test]
fn an_office_beside_the_verb_is_of_whoever_has_it_in_the_register_or_was_introduced_by_it() {
    let above = "В Астане глава государства Касым-Жомарт Токаев встретил Министра труда Ивана Петрова 👍.\n\n\
        Депутат Мария Иванова выступила.\n\n";
    for (sentence, name) in [
        (format!("{QUOTATION}, – сказал глава государства на совещании."), "Касым-Жомарт Токаев"),
        (format!("{QUOTATION}, – сказал также глава государства."), "Касым-Жомарт Токаев"),
        (format!("Глава государства отметил, что {QUOTATION}."), "Касым-Жомарт Токаев"),
        (format!("{QUOTATION}, – сказал министр."), "Иван Петров"),
        (format!("{QUOTATION}, – сказала депутат."), "Мария Иванова"),
        (format!("{QUOTATION}, – сказал глава государства Серик Асанов."), "Серик Асанов"),
    ] {
        let found = proposed(&[], &format!("{above}{sentence}")).map(|own| own.0);
        assert_eq!(found.as_deref(), Some(name), "{sentence}");
    }
    let mut set = AnnotationSet::default();
    for (id, name, role) in
        [(1, "Мария Иванова", "Депутат"), (2, "Серик Асанов", "Аким области"), (3, "И. К.", "Зам. акима")]
    {
        let speaker = Speaker { id: SpeakerId(id), name: name.into(), role: Some(role.into()), aliases: vec![] };
        set.apply(&Edit::Speaker { before: None, after: Some(speaker) }).unwrap();
    }
    let text = "«И\u{306} 👍», – сказал аким.";
    assert_eq!(first(&document(text), &set, 0, 6).and_then(|own| own.known), Some(SpeakerId(2)));
}

#[test]
fn the_label_of_a_turn_tells_an_office_and_a_name() {
    for (label, name, role) in [
        ("Депутат Айгу\u{301}ль Куспан", "Айгу\u{301}ль Куспан", "Депутат"),
        ("Министр труда Ж. Асанов", "Ж. Асанов", "Министр труда"),
        ("АСАНОВ Ж.К.", "АСАНОВ Ж.К.", ""),
        ("Айгуль Куспан", "Айгуль Куспан", ""),
        ("Председатель", "Председатель", ""),
        ("👍", "👍", ""),
    ] {
        let (found, office) = super::speaking::labelled(label);
        assert_eq!((found.as_str(), office.unwrap_or_default().as_str()), (name, role));
    }
}
