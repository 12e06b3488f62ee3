//! One small text for each thing that can happen.

use super::*;

/// The words `nth` in `old`, placed on `new` with the old text and without.
fn both(old: &str, words: &str, nth: usize, new: &str) -> [String; 2] {
    let (old, new) = (text(old), text(new));
    let own = vec![vec![stated(&old, words, nth)]];
    let length = old.code_point_count();
    [Old::Text(&old), Old::Length(length)].map(|old| told(&place(&own, old, &new)[0], &new))
}

#[test]
fn what_stands_where_it_stood_is_exact() {
    let old = "За\u{301}мок 👩🏽‍🌾 и труд. Труд!";
    assert_eq!(both(old, "труд", 0, &format!("{old} Ещё.")), ["= 14..18", "= 14..18"]);
    assert_eq!(both(old, "👩🏽‍🌾 и", 0, old), ["= 7..13", "= 7..13"]);
}

#[test]
fn what_something_was_inserted_before_moves() {
    let old = "За\u{301}мок 👩🏽‍🌾 и труд. Труд!";
    assert_eq!(both(old, "За\u{301}мок", 0, &format!("Итак 👍. {old}")), ["> 8..14", "> 8..14"]);
}

#[test]
fn other_ways_of_writing_are_the_same_words() {
    let old = "Мой за\u{301}мок 👍 стои\u{306}т\nна горе\u{301}, й.";
    let decomposed = "Мои\u{306} за\u{301}мок 👍\r\nстой т на горе\u{301}, и\u{306}.";
    let [with, _] = both(old, "за\u{301}мок 👍", 0, decomposed);
    assert_eq!(with, "> 5..13");
    let rewrapped = "Мой за\u{301}мок\r\n👍 стой\r\n\r\nт на горе\u{301}, й.";
    assert_eq!(both(old, "за\u{301}мок 👍", 0, rewrapped), ["> 4..13", "> 4..13"]);
    assert_eq!(both(old, "горе\u{301}, й", 0, decomposed)[0], "> 25..34");
}

#[test]
fn a_letter_without_its_accent_is_another() {
    let [with, without] = both("Стоит за\u{301}мок 👍.", "за\u{301}мок", 0, "Стоит замок 👍.");
    assert_eq!([with, without], ["-", "-"]);
}

#[test]
fn a_sentence_doubled_on_the_spot_is_ambiguous() {
    let old = "Мы ждём 👍. Мы за\u{301} труд. Всё.";
    let new = "Мы ждём 👍. Мы за\u{301} труд. Мы за\u{301} труд. Всё.";
    let [with, without] = both(old, "Мы за\u{301} труд.", 0, new);
    assert!(with.starts_with("? ") && with.contains("11..23") && with.contains("24..36"), "{with}");
    assert!(without.starts_with("? ") && without.contains("11..23") && without.contains("24..36"), "{without}");
}

#[test]
fn of_two_like_sentences_one_of_which_went_neither_is_chosen() {
    let old = "Мы ждём 👍. Мы за\u{301} труд. Мы за\u{301} труд. Всё.";
    let new = "Мы ждём 👍. Мы за\u{301} труд. Всё.";
    for nth in [0, 1] {
        let [with, _] = both(old, "Мы за\u{301} труд.", nth, new);
        assert!(with.starts_with("? 11..23"), "{nth}: {with}");
    }
}

#[test]
fn a_look_alike_elsewhere_is_not_taken_for_what_was_deleted() {
    let old =
        "Первый 👍 сказал: труд и\u{306} право. Второй ответил иначе. Третий повторил: труд и\u{306} право. Конец.";
    let new = "Второй ответил иначе. Третий повторил: труд и\u{306} право. Конец.";
    let [with, without] = both(old, "труд и\u{306} право", 0, new);
    assert_eq!(with, "-");
    assert!(without.starts_with("? "), "{without}");
    let [with, without] = both(old, "труд и\u{306} право", 1, new);
    assert!(with.starts_with("> ") && without.starts_with("> "), "{with} {without}");
}

#[test]
fn words_changed_in_the_middle_are_shown_and_not_taken() {
    let places = both(
        "Вот: право на до\u{301}стойный труд 👍 здесь.",
        "право на до\u{301}стойный труд",
        0,
        "Вот: право на честный труд 👍 здесь.",
    );
    assert_eq!(places, ["? 5..26 (the words were changed here)"; 2]);
}

#[test]
fn paragraphs_may_change_places() {
    let (one, two) =
        ("Раз два три четыре 👍 пять шесть семь восемь девять.", "Йод и\u{306}од a b c d e f g h i j k l.");
    let (old, new) = (format!("{one}\n\n{two}"), format!("{two}\n\n{one}"));
    assert!(both(&old, "пять шесть", 0, &new)[0].starts_with("> "));
    assert!(both(&old, "c d e", 0, &new)[0].starts_with("> "));
}

#[test]
fn all_fragments_are_placed_or_none() {
    let old = text("«Право 👩🏽‍🌾 на труд, — сказал он, — это Е\u{308}лка».");
    let own = vec![vec![stated(&old, "Право 👩🏽‍🌾", 0), stated(&old, "это Е\u{308}лка", 0)]];
    let new = text("Он: «Право 👩🏽‍🌾 на труд, — сказал он, — это Ёлка».");
    assert_eq!(told(&place(&own, Old::Text(&old), &new)[0], &new), "> 5..15+40..48");
    let new = text("Он: «Право 👩🏽‍🌾 на труд, — сказал он, — это».");
    assert_eq!(told(&place(&own, Old::Text(&old), &new)[0], &new), "? 5..15+40..43 (the words were changed here)");
    let new = text("Он: «Право 👩🏽‍🌾 на труд».");
    assert_eq!(told(&place(&own, Old::Text(&old), &new)[0], &new), "? 5..15 (only some of its fragments)");
}

#[test]
fn a_file_that_speaks_of_another_text_places_nothing_by_it() {
    let old = text("Совсем другое 👍 й.");
    let new = text("За\u{301}мок и труд.");
    let own =
        vec![vec![Stated { start: 0, end: 4, quote: "труд" }], vec![Stated { start: 90, end: 94, quote: "труд" }]];
    for placement in place(&own, Old::Text(&old), &new) {
        assert_eq!(told(&placement, &new), "? 9..13 (the same words, in other surroundings)");
    }
}

#[test]
fn nothing_and_blanks_and_nonsense_are_no_trouble() {
    let old = text("За\u{301}мок  👍");
    let new = text("а");
    let odd = [(0, 0, ""), (6, 8, "  "), (5, 2, "й"), (0, usize::MAX, "x"), (8, 9, "👍")];
    let own: Vec<_> = odd.map(|(start, end, quote)| vec![Stated { start, end, quote }]).to_vec();
    let own = [own, vec![Vec::new()]].concat();
    for old in [Old::Text(&old), Old::Length(0), Old::Length(usize::MAX)] {
        for new in [&new, &text("")] {
            assert_eq!(place(&own, old, new), vec![Placement::Lost; own.len()]);
        }
    }
}

#[test]
fn a_copy_is_not_taken_for_an_original_that_was_changed_on_its_other_side() {
    let old = "Мы ждём 👍. Мы за\u{301} труд. Всё сказано.";
    let new = "Мы ждём 👍. Мы за\u{301} труд. Мы за\u{301} труд. Однако: всё сказано.";
    let [with, _] = both(old, "Мы за\u{301} труд.", 0, new);
    assert!(with.starts_with("? ") && with.contains("11..23") && with.contains("24..36"), "{with}");
}
