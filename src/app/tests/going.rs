//! Going to a place by its name.

use super::{Stage, check};

const TEXT: &str = "Раз и\u{306} 👍.\n\nДва. Тру\u{301}д [|]и право.\n{claim:Три}.";

/// Where typing `words` leads to.
fn gone(words: &str) -> Stage {
    let mut stage = Stage::new(TEXT);
    stage.press("Space j").type_in(words).press("Enter");
    stage
}

#[test]
fn a_number_is_a_paragraph_and_what_a_citation_and_check_say_is_understood() {
    for (words, there) in [
        ("2", "Раз и\u{306} 👍.\n\n[|]Два. Тру\u{301}д и право.\n{claim:Три}."),
        ("¶3", "Раз и\u{306} 👍.\n\nДва. Тру\u{301}д и право.\n{claim:[|]Три}."),
        ("p2 s2", "Раз и\u{306} 👍.\n\nДва. [|]Тру\u{301}д и право.\n{claim:Три}."),
        ("п2 с2", "Раз и\u{306} 👍.\n\nДва. [|]Тру\u{301}д и право.\n{claim:Три}."),
        ("@4", "Раз [|]и\u{306} 👍.\n\nДва. Тру\u{301}д и право.\n{claim:Три}."),
        ("\"4", "Раз [|]и\u{306} 👍.\n\nДва. Тру\u{301}д и право.\n{claim:Три}."),
        ("4–6", "Раз [и\u{306}|] 👍.\n\nДва. Тру\u{301}д и право.\n{claim:Три}."),
        ("@4-6", "Раз [и\u{306}|] 👍.\n\nДва. Тру\u{301}д и право.\n{claim:Три}."),
        ("3:6", "Раз и\u{306} 👍.\n\nДва. [|]Тру\u{301}д и право.\n{claim:Три}."),
        ("c1", "Раз и\u{306} 👍.\n\nДва. Тру\u{301}д и право.\n{claim:[|]Три}."),
        ("с1", "Раз и\u{306} 👍.\n\nДва. Тру\u{301}д и право.\n{claim:[|]Три}."),
    ] {
        let mut stage = gone(words);
        stage.expect(there).press("C-o").expect(TEXT);
    }
}

#[test]
fn what_is_no_place_stays_to_be_mended_and_it_is_said_why() {
    for (words, why) in [
        ("9", "there is no paragraph 9 among 3"),
        ("¶2 s7", "¶2 has no sentence 7"),
        ("@999", "999 is no place in a text of"),
        ("@5", "5 is in the middle of a character"),
        ("6-4", "6–4 cannot be selected"),
        ("1:99", "there is no column 99 in a line 1"),
        ("0:1", "there is no column 1 in a line 0"),
        ("Q7", "there is no annotation Q7"),
        ("и\u{306} 👍", "cannot follow"),
        ("да ну нет", "a place is a paragraph (¶9)"),
    ] {
        let mut stage = gone(words);
        stage.expect(TEXT).expect_told(why);
        assert!(matches!(stage.app.mode, super::super::Mode::Goto(_)), "{words}");
        stage.press("Esc").expect(TEXT);
    }
    check(TEXT, "Space j Enter", TEXT);
}
