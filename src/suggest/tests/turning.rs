//! Who is proposed in a record with turns, and where a colon or a clause within the quotation tells.

use super::{QUOTATION, document, register};
use crate::suggest::speakers;
use crate::text::Offset;

/// Who is proposed for `words` of `report`, the likeliest first.
fn proposed(report: &str, words: &str) -> Vec<String> {
    let report = document(report);
    let start = report.text.as_str().rfind(words).expect("the words");
    let span = report.text.span(Offset::new(start), Offset::new(start + words.len())).unwrap();
    speakers(&report, &register(&["Анна Ким"]), span).into_iter().map(|own| own.name).collect()
}

const RECORD: &str = "Анна Ким: Депутат Иван Петров отметил это\u{301}. Мы 👍 готовы.\n\nДа, готовы.\n\n\
    ЗАКИРОВ Е.К.: Проект не готов. Министр Пётр Сидоров сказал: \"И\u{306}, мы 👍\".\n\nПенсии малы.\n";

#[test]
fn plain_words_of_a_turn_are_of_whoever_speaks_in_it() {
    for words in ["Мы 👍 готовы", "Да, готовы"] {
        assert_eq!(proposed(RECORD, words), ["Анна Ким", "Иван Петров"], "{words}");
    }
    for words in ["Проект не готов", "Пенсии малы"] {
        assert_eq!(proposed(RECORD, words), ["ЗАКИРОВ Е.К.", "Пётр Сидоров"], "{words}");
    }
}

#[test]
fn a_quotation_in_a_turn_is_of_whoever_the_turn_names_beside_a_verb_and_else_of_whoever_speaks() {
    assert_eq!(proposed(RECORD, QUOTATION), ["Пётр Сидоров", "ЗАКИРОВ Е.К."]);
    let alone = format!("Министр Пётр Сидоров сказал: «Да».\n\nЗАКИРОВ Е.К.: Я говорил: {QUOTATION}.\n");
    assert_eq!(proposed(&alone, QUOTATION), ["ЗАКИРОВ Е.К."]);
}

#[test]
fn whoever_stands_before_a_colon_and_a_quotation_comes_first() {
    let above = "«Здравствуйте», — сказала Анна Ли о\u{301} 👍.\n\n";
    for (said, name) in [
        (format!("Премьер-министр Олжас Бектенов: {QUOTATION}."), "Олжас Бектенов"),
        (format!("Депутат Сергей Миронов: {QUOTATION}."), "Сергей Миронов"),
        (format!("Олжас Бектенов: {QUOTATION}, — так ответил он на вопрос."), "Олжас Бектенов"),
        (format!("Вот что пишет нам Олжас Бектенов: {QUOTATION}."), "Олжас Бектенов"),
        (format!("Вчера в Астане Олжас Бектенов: {QUOTATION}."), "Олжас Бектенов"),
        (format!("Олжас Бектенов: {QUOTATION}, – деп атап өтті."), "Олжас Бектенов"),
        (format!("Alan Poe: {QUOTATION}"), "Alan Poe"),
        (format!("Анна Ким: {QUOTATION}"), "Анна Ким"),
        (format!("Иван Петров сказал о Сергее Миронове: {QUOTATION}."), "Иван Петров"),
    ] {
        let found = proposed(&format!("{above}{said}\n"), QUOTATION);
        assert_eq!(found.first().map(String::as_str), Some(name), "{said}");
    }
}

#[test]
fn whoever_a_clause_within_the_quotation_names_comes_first() {
    let above = "Депутат Анна Ли сказала о\u{301} том же 👍.\n\n";
    for (words, name) in [
        (
            "«Мы не будем повышать налоги, — заявил министр финансов Антон Силуанов. — Это наша позиция»",
            "Антон Силуанов",
        ),
        ("«Да! – сказал Антон Силуанов. – Нет»", "Антон Силуанов"),
        ("\"It is,\" Mary O'Neill told reporters, \"the worst bill\"", "Mary O'Neill"),
        ("«Иван Петров сказал – и это правда – “да”»", "Олег Громов"),
    ] {
        let report = format!("{above}{words}. Олег Громов уехал.\n");
        assert_eq!(proposed(&report, words).first().map(String::as_str), Some(name), "{words}");
    }
}
