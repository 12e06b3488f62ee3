//! Whom of the register a name means.

use super::{QUOTATION, document, register};
use crate::annotation::SpeakerId;
use crate::suggest::speakers;
use crate::text::Offset;

/// Which of `names`, counted from 1, is proposed first for the quotation in `report`.
fn known(names: &[&str], report: &str) -> Option<u32> {
    let report = document(report);
    let start = report.text.as_str().find(QUOTATION).expect("a quotation");
    let span = report.text.span(Offset::new(start), Offset::new(start + QUOTATION.len())).unwrap();
    let first = speakers(&report, &register(names), span).into_iter().next();
    first.and_then(|own| own.known).map(|SpeakerId(number)| number)
}

#[test]
fn a_name_is_one_however_its_letters_were_written() {
    for (name, said) in [
        ("Пётр Сидоров", "сказал Петр Сидоров"),
        ("Петр Сидоров", "сказал Пётр Сидоров"),
        ("Алёна Ковалёва", "сказала Алена Ковалева"),
        ("Сергей Королёв", "сказал Королев"),
        ("Сергей Королев", "сказал С. Королё\u{301}в"),
        ("Сергей Королев", "ответил Сергей Королёв"),
        ("Касым-Жомарт Токаев", "деді Қасым-Жомарт Тоқаев"),
        ("Қасым-Жомарт Тоқаев", "сказал Токаев"),
        ("Нурлан Нигматулин", "деп атады Нұрлан Нығматулин"),
        ("Айгу\u{301}ль Куспан", "сказала Айгуль Куспан"),
    ] {
        assert_eq!(known(&[name], &format!("{QUOTATION}, – {said}.")), Some(1), "{name}: {said}");
    }
}

#[test]
fn a_first_name_that_loses_a_vowel_in_the_genitive_is_still_that_name() {
    for (name, called) in [
        ("Пётр Сидоров", "Петра Сидорова"),
        ("Петр Сидоров", "Петра Сидорова"),
        ("Павел Иванов", "Павла Иванова"),
        ("Лев Толсто\u{438}\u{306}", "Льва Толстого"),
        ("Фёдор Сидоров", "Федора Сидорова"),
    ] {
        for said in [format!("По словам {called}, {QUOTATION}."), format!("{QUOTATION}, – по мнению {called}.")]
        {
            assert_eq!(known(&["Иван Сидоров", name], &said), Some(2), "{name}: {said}");
        }
    }
    assert_eq!(known(&["Павел Иванов"], &format!("Иван сказал Павлу Иванову: {QUOTATION}.")), Some(1));
}

#[test]
fn a_family_name_alone_is_of_whoever_has_the_gender_that_it_and_its_verb_tell() {
    let both = ["Жакип Асанов", "Гульнара Асанова"];
    for (said, number) in [
        (format!("{QUOTATION}, – сказала Асанова."), 2),
        (format!("{QUOTATION}, – сказал Асанов."), 1),
        (format!("По словам Асановой, {QUOTATION}."), 2),
        (format!("По словам Асанова, {QUOTATION}."), 1),
        (format!("Асанова отметила: {QUOTATION}."), 2),
        (format!("{QUOTATION}, – считает Асанова."), 2),
        (format!("{QUOTATION}, – Асановым."), 1),
        (format!("{QUOTATION}, – деді Асанова."), 2),
    ] {
        assert_eq!(known(&both, &said), Some(number), "{said}");
    }
    assert_eq!(known(&["Иван Щербина"], &format!("{QUOTATION}, – сказал Щербина.")), Some(1));
    for (name, said) in [("Сергей Иванов", "сказала Иванова"), ("Наталья Иванова", "сказал Иванов")]
    {
        assert_eq!(known(&[name], &format!("{QUOTATION}, – {said}.")), None, "{name}: {said}");
    }
    let report = format!("Депутат Сергей Иванов приехал. {QUOTATION}, – сказала Иванова.");
    assert_eq!(super::proposed(&["Сергей Иванов"], &report).map(|own| own.0).as_deref(), Some("Иванова"));
}
