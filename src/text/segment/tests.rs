use std::time::{Duration, Instant};

use super::*;
use crate::text::{Offset, Text};

fn text(content: &str) -> Text {
    Text::new(content.to_owned()).unwrap()
}

/// The sentences of `content`, each asked for on its own, blanks aside.
fn split(content: &str) -> Vec<String> {
    let text = text(content);
    let mut at = Offset::ZERO;
    let mut cores = Vec::new();
    while let Some(whole) = sentence(&text, at) {
        cores.extend(sentence_core(&text, at).map(|core| text.slice(core).to_owned()));
        at = whole.end();
    }
    cores
}

/// Asserts that exactly the `|` in `marked` (with blanks around) are sentence bounds.
#[track_caller]
fn check(marked: &str) {
    assert_eq!(split(&marked.replace(" | ", " ")), marked.split(" | ").collect::<Vec<_>>());
}

#[test]
fn abbreviations_end_no_sentence() {
    check("Он живёт в г. Алматы на ул. Абая, 5. | Там тихо 👍.");
    check("Форум прошёл в г. Қарағанды, т. е. в центре. | Да.");
    check("Памятник им. Абая открыл проф. Серик Ахметов, акад. НАН РК. | Все пришли.");
    check("Mr. Smith met Dr. Jones and Mrs. Brown in the U.S. Senate. | He left, e.g. Monday, vs. Tuesday.");
    check("See No. 5 and No. 7 for St. Petersburg. | Fine.");
    check("Құны 1,5 млрд. АҚШ доллары болды. | Рахмет!");
    check("Қ. Тоқаев 2024 ж. 15 мамырда сөйледі. | Сто\u{301}имость — 5 тыс. 300 тенге.");
}

#[test]
fn abbreviations_may_end_a_sentence() {
    check("Это хлеб, мясо и т. д. | Он ушёл 👍.");
    check("Закон приняли в 2020 г. | Он действует. | Это XX в. | Всё.");
    check("Это стоит 5 млрд. | Дорого.");
    check("It costs a lot, etc. | He left.");
}

#[test]
fn initials_stay_with_the_name() {
    check("Стихи А. С. Пушкина. | Проза Л.Н. Толстого.");
    check("Пришёл И\u{306}. Иванов 👍. | J. R. Smith left.");
}

#[test]
fn numbers_stay_whole() {
    check("Рост составил 3.5 процента. | Это 1.234.567 тенге.");
    check("1. Первый вопрос. | 2. Второй вопрос. | II. Итоги 👍.");
    check("Это было в 2024 году. | 15 мая мы начали.");
}

#[test]
fn closing_marks_stay_with_the_sentence() {
    check("«Мы сделали всё!» | Он ушёл 👍.");
    check("(Аплодисменты.) | Далее.");
    check("He said \"Stop!\" | \"Why?\" she asked.");
    check("«Куда?» спросил он. | «Туда…» | Она замолчала.");
}

#[test]
fn attribution_is_of_the_sentence_it_follows() {
    check("\"Право на труд\", – отметил он. | Далее.");
    check("«Мы за мир!» – сказала она. | Все встали.");
    check("– Мы идём, – сказал он. | – Мы придём. | – Да?");
}

#[test]
fn an_ellipsis_goes_on_before_a_small_letter() {
    check("Он… ушёл. | Она... осталась 👍.");
    check("Он ушёл… | Она осталась... | Все замолчали.");
}

#[test]
fn a_line_ends_a_sentence() {
    let text = text("Без то\u{301}чки\r\nещё 👍\n\nконец");
    let whole: Vec<&str> = sentences(&text, Offset::ZERO, text.end()).map(|span| text.slice(span)).collect();
    assert_eq!(whole, ["Без то\u{301}чки\r\n", "ещё 👍\n", "\n", "конец"]);
    assert_eq!(sentence_core(&text, Offset::new(text.as_str().find("\n\n").unwrap() + 1)), None);
}

#[test]
fn sentence_motions_visit_every_start_both_ways() {
    let text = text("  Раз 👍. Два!\n\n\n Три\u{301}? Четыре.\n");
    let start_of = |word: &str| Offset::new(text.as_str().find(word).unwrap());
    let starts = ["Раз", "Два", "Три", "Четыре"].map(start_of);
    let forward: Vec<Offset> = std::iter::successors(Some(Offset::ZERO), |at| next_sentence(&text, *at)).collect();
    assert_eq!(forward[1..], starts);
    let backward: Vec<Offset> =
        std::iter::successors(Some(text.end()), |at| previous_sentence(&text, *at)).skip(1).collect();
    assert_eq!(backward, starts.into_iter().rev().collect::<Vec<_>>());
}

#[test]
fn words_keep_their_marks() {
    let text = text("За\u{301}мок,  кто-то don't 3.14 👩🏽‍🌾🇰🇿\r\n");
    let pieces: Vec<&str> = word_segments(&text, Offset::ZERO).map(|span| text.slice(span)).collect();
    assert_eq!(
        pieces,
        ["За\u{301}мок", ",", "  ", "кто", "-", "то", " ", "don't", " ", "3.14", " ", "👩🏽‍🌾", "🇰🇿", "\r\n"]
    );
    assert!(is_word("3.14") && is_word("За\u{301}мок") && !is_word("👩🏽‍🌾") && !is_word(" "));
    assert_eq!(word_segment(&text, text.end()), None);
}

#[test]
fn word_motions_visit_every_word_both_ways() {
    let text = text("«Раз, 👍 два\u{301}\n\n_три!»");
    let words = ["Раз", "два\u{301}", "_три"];
    let slice = |span| text.slice(span);
    let first = next_word(&text, Offset::ZERO);
    let forward: Vec<&str> = std::iter::successors(first, |word| next_word(&text, word.end())).map(slice).collect();
    assert_eq!(forward, words);
    let last = previous_word(&text, text.end());
    let mut backward: Vec<&str> =
        std::iter::successors(last, |word| previous_word(&text, word.start())).map(slice).collect();
    backward.reverse();
    assert_eq!(backward, words);
    let inside = text.as_str().find("три").unwrap();
    assert_eq!(previous_word(&text, Offset::new(inside)).map(slice), Some("_три"));
}

#[test]
fn a_sentence_of_several_stretches_is_the_same_from_everywhere() {
    for unit in ["слово ", "漢字", "а\u{301}", "🇰🇿", " ", ".", "Да. "] {
        let text = text(&unit.repeat(20_000 / unit.len()));
        let sentences: Vec<_> = sentences(&text, Offset::ZERO, text.end()).collect();
        assert_eq!(sentences.first().unwrap().start(), Offset::ZERO);
        assert_eq!(sentences.last().unwrap().end(), text.end());
        assert!(sentences.windows(2).all(|pair| pair[0].end() == pair[1].start()));
        for own in sentences.iter().step_by(97) {
            assert_eq!(sentence(&text, own.start()), Some(*own));
            assert_eq!(sentence(&text, text.previous_boundary(own.end()).unwrap()), Some(*own));
        }
    }
}

#[test]
fn a_sentence_shorter_than_a_stretch_is_never_cut() {
    let one = format!("Начало {}конец.", "сло\u{301}во 👍 ".repeat(400));
    assert_eq!(split(&format!("{one} {one} {one}")), [one.clone(), one.clone(), one]);
}

#[test]
fn cost_does_not_grow_with_the_line() {
    let line = |bytes: usize| text(&"Мы при\u{301}няли зако\u{301}н 👍 и т. д. ".repeat(bytes / 50));
    let cost = |text: &Text| {
        let at = text.boundary_at_or_before(text.end().bytes() / 2);
        let once = || {
            let start = Instant::now();
            assert!(sentence(text, at).is_some() && word_segment(text, at).is_some());
            assert!(next_word(text, at).is_some() && previous_sentence(text, at).is_some());
            start.elapsed()
        };
        (0..7).map(|_| once()).min().unwrap().max(Duration::from_micros(100))
    };
    let (short, long) = (cost(&line(50_000)), cost(&line(10_000_000)));
    assert!(long < short * 20, "200 times the text: {short:?} became {long:?}");
}
