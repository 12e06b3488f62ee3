//! The speakers of the bundled report, and of made-up ones.

use super::{Candidate, speakers};
use crate::annotation::{AnnotationSet, Edit, Speaker, SpeakerId};
use crate::document::{Document, DocumentId};
use crate::text::Text;

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
    let known = |name: &str| super::registered(&set, name).map(|own| own.id.0);
    for name in ["Закирова", "Закировым", "ЗАКИРОВ", "Закировтың", "Ерболатом Закировым"]
    {
        assert_eq!(known(name), Some(1), "{name}");
    }
    assert_eq!(known("Токарской"), Some(2));
    assert_eq!(known("Иванову"), None, "there are two");
    assert_eq!(known("Иваном Ивановым"), Some(4));
    for name in ["Захаров", "Зак", "👍", ""] {
        assert_eq!(known(name), None, "{name}");
    }
}
