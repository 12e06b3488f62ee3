//! Finding words.

use super::super::{Message, Mode};
use super::{Stage, check};
use crate::keymap::Key;

fn find(before: &str, words: &str) -> Stage {
    let mut stage = Stage::new(before);
    stage.press("/").type_in(words);
    stage
}

#[test]
fn the_first_hit_is_selected_while_typing_and_enter_stays_there() {
    let mut stage = find("[|]Труд и за\u{301}мок 👍 и за\u{301}мок", "зам");
    stage.expect("Труд и [за\u{301}м|]ок 👍 и за\u{301}мок");
    stage.press("Bksp Bksp").type_in("а").expect("Труд и [за\u{301}|]мок 👍 и за\u{301}мок").press("Enter");
    stage.expect("Труд и [за\u{301}мок|] 👍 и за\u{301}мок");
    assert!(matches!(stage.app.mode, Mode::Normal) && !stage.refused());
}

#[test]
fn a_part_of_a_word_is_found_to_be_tagged_as_the_word_unless_edges_may_lie_within() {
    let mut stage = find("[|]Права\u{301} и правовой 👍, права", "прав");
    stage.press("Enter n a r").expect("Права\u{301} и {rights:[правовой|]} 👍, права");
    stage.press("n Enter N N").expect("[Права\u{301}|] и {rights:правовой} 👍, {rights:права}");
    stage.press("Space x n n").expect("Права\u{301} и {rights:правовой} 👍, {rights:[прав|]а}");
    let mut pattern = Stage::new("[|]Права\u{301} и правовой 👍");
    pattern.press("Space r C-r").type_in("прав").press("Enter Esc n n").expect("Права\u{301} и [прав|]овой 👍");
}

#[test]
fn it_is_told_which_place_of_how_many_is_selected() {
    let mut stage = find("Права\u{301} [|]и правовое право 👍, права", "прав");
    assert_eq!(stage.app.place_found(), Some((2, 4)));
    stage.press("Enter n n").expect("Права\u{301} и правовое право 👍, [права|]");
    assert!(stage.app.hints().iter().any(|own| own.what == "next place"));
    assert_eq!(stage.app.place_found(), Some((4, 4)));
    stage.press("Right");
    assert_eq!(stage.app.place_found(), None, "it is left");
    stage.press("N");
    assert_eq!(stage.app.place_found(), Some((4, 4)));
    let mut stage = find("[|]Права\u{301} 👍", "нет");
    assert_eq!(stage.app.query.as_ref().and_then(|query| query.places()).map(<[_]>::len), Some(0));
    stage.paste(&"и\u{306} 👍 ".repeat(9)).press("Esc");
    let mut stage = find(&format!("[|]И\u{306}👍 {}", "право ".repeat(100_000)), "право");
    assert_eq!(stage.app.place_found(), None, "counting would take too long");
    stage.press("Enter n");
    assert!(!stage.refused());
}

#[test]
fn keys_that_come_at_once_are_looked_for_together_and_end_where_single_ones_do() {
    const TEXT: &str = "[|]Труд и за\u{301}мок 👍 и за\u{301}пах";
    for (typed, rest) in
        [("зап", "Enter"), ("зап", "Enter n"), ("зам", "Bksp"), ("зам", "Home"), ("нет", "Enter"), ("зап", "C-a")]
    {
        let mut together = Stage::new(TEXT);
        together.press("/");
        for c in typed.chars() {
            together.send(Message::KeyAhead(Key::char(c)));
        }
        assert!(together.app.query.is_none(), "the last will look");
        let mut single = find(TEXT, typed);
        assert_eq!(together.press(rest).shows(), single.press(rest).shows(), "{typed} {rest}");
        assert_eq!(together.app.notices, single.app.notices);
    }
}

#[test]
fn a_first_hit_before_the_cursor_is_told_to_be() {
    let mut stage = find("Пра\u{301}во 👍 [|]и труд", "пра");
    stage.expect("[Пра\u{301}|]во 👍 и труд").expect_told("from the start again");
    assert_eq!(stage.app.notices, [], "it is not to be read again");
}

#[test]
fn stress_case_and_yo_do_not_matter_until_a_capital_is_typed() {
    find("[|]Всё\u{301} 👍 ВСЕ", "все").expect("[Всё\u{301}|] 👍 ВСЕ").press("Enter n").expect("Всё\u{301} 👍 [ВСЕ|]");
    find("[|]все\u{308} 👍 Все\u{301}", "Все").expect("все\u{308} 👍 [Все\u{301}|]");
    find("[|]мои\u{306} 👍 твой", "мой").expect("[мои\u{306}|] 👍 твой");
    find("[|]a+b (и\u{306}) 👍", "(И\u{306})").expect_told("");
    find("[|]a+b (и\u{306}) 👍", "(и\u{306})").expect("a+b [(и\u{306})|] 👍");
    find("[|]право\nна  труд и\u{306} 👍", "право на труд").expect("[право\nна  труд|] и\u{306} 👍");
}

#[test]
fn n_goes_on_around_the_end_and_capital_n_goes_back() {
    let mut stage = find("да[|] и\u{306} да 👍 да", "да");
    stage.press("Enter").expect("да и\u{306} [да|] 👍 да");
    stage.press("n").expect("да и\u{306} да 👍 [да|]");
    stage.press("n").expect("[да|] и\u{306} да 👍 да").expect_told("from the start again");
    stage.press("N").expect("да и\u{306} да 👍 [да|]").expect_told("from the end again");
    stage.press("N N").expect("[да|] и\u{306} да 👍 да");
    stage.press("т").expect("да и\u{306} [да|] 👍 да");
}

#[test]
fn what_is_nowhere_is_looked_for_as_the_other_layout_would_have_it() {
    let mut stage = find("[|]За\u{301}мок 👍 и права, labour", "ghfdf");
    stage.expect("За\u{301}мок 👍 и [права|], labour").expect_told("“права”, for the layout was another");
    stage.press("Enter / ").type_in("дфищ").expect("За\u{301}мок 👍 и права, [labo|]ur").press("Enter N");
    assert!(!stage.refused());
    find("[|]и\u{306} 👍 gh, права", "gh").expect("и\u{306} 👍 [gh|], права");
    find("[|]и\u{306} 👍", "ghfdf").press("Enter").expect_told("not found: ghfdf");
}

#[test]
fn a_hit_that_is_selected_already_is_found() {
    let mut stage = find("[труд|] и\u{306} 👍", "труд");
    stage.press("Enter").expect("[труд|] и\u{306} 👍");
    assert!(!stage.refused());
}

#[test]
fn enter_without_words_finds_the_last_ones_again() {
    let mut stage = find("[|]да и\u{306} да 👍", "да");
    stage.press("Enter / Enter").expect("да и\u{306} [да|] 👍");
    check("[|]да и\u{306} 👍", "/ Enter", "[|]да и\u{306} 👍").expect_told("nothing to look for yet");
}

#[test]
fn escape_returns_to_where_the_search_began() {
    let far = format!("[|]На\u{301}чало 👍\n{}конец", "ряд\n".repeat(90));
    let mut stage = find(&far, "конец");
    assert!(stage.app.top.bytes() > 0);
    stage.press("Esc").expect(&far);
    assert_eq!(stage.app.top.bytes(), 0);
    stage.press("n").expect_told("nothing to look for yet");
}

#[test]
fn words_that_are_not_there_leave_the_cursor_and_are_told() {
    let mut stage = find("да [|]и\u{306} 👍", "нет");
    stage.expect("да [|]и\u{306} 👍").press("Enter").expect_told("not found: нет");
    assert!(stage.refused() && matches!(stage.app.mode, Mode::Find(_)), "they can be typed anew");
    stage.press("C-u").type_in("да").press("Enter").expect("[да|] и\u{306} 👍");
}

#[test]
fn a_place_far_back_is_found_and_pasted_words_too() {
    let text = format!("да\u{301} 👍{}[|]", " слово за\u{301} словом".repeat(9000));
    let mut stage = Stage::new(&text);
    stage.press("C-а").paste("да\n👍").press("Enter");
    assert!(stage.shows().starts_with("[да\u{301} 👍|] слово"));
    stage.press("g e N");
    assert!(stage.shows().starts_with("[да\u{301} 👍|] слово"));
}
