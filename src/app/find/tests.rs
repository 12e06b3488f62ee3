//! What is taken for the same, and what is not.

use super::{Manner, Query};
use crate::text::{Offset, Text};

const PLAIN: Manner = Manner { regex: false, whole_words: false, exact: false };
const REGEX: Manner = Manner { regex: true, ..PLAIN };

/// The places of `words`, as they stand in the text.
#[track_caller]
fn found(words: &str, manner: Manner, content: &str) -> Vec<String> {
    let text = Text::new(content.to_owned()).unwrap();
    let query = Query::to_tag(words, manner).unwrap();
    query.in_window(&text, text.whole().unwrap()).map(|hit| text.slice(hit).to_owned()).collect()
}

#[test]
fn a_letter_is_found_however_it_is_written() {
    for (words, content) in [
        ("всё", "ВСЕ"),
        ("все", "всё"),
        ("еще", "еще\u{308}"),
        ("мои\u{306}", "мой"),
        ("мой", "МОИ\u{306}"),
        ("замок", "за\u{301}мок"),
        ("за\u{301}мок", "замок"),
        ("cafe\u{301}", "Café"),
        ("Café", "cafe\u{301}"),
        ("казак", "ҚАЗАҚ"),
        ("қазақ", "Казак"),
        ("уй", "үй"),
        ("енбек", "Еңбек"),
        ("һалык", "халық"),
        ("право", "пpaвo"),
        ("НАРОД", "HAPOД"),
        ("труд и право", "труд\u{a0}и\n право"),
    ] {
        assert_eq!(found(words, PLAIN, &format!("👍 {content}!")), [content], "{words}");
    }
}

#[test]
fn what_only_looks_alike_counts_within_cyrillic_words_and_never_when_exact() {
    assert_eq!(found("сор", PLAIN, "cop сoр 👍 и\u{306}"), ["сoр"]);
    assert_eq!(found("в", PLAIN, "B в 👍"), ["в"]);
    assert_eq!(found("народ", PLAIN, "hарод"), [""; 0], "н is H, but not h");
    let exact = Manner { exact: true, ..PLAIN };
    assert_eq!(found("все", exact, "все Все всё вcе все\u{301} 👍"), ["все"]);
}

#[test]
fn a_cyrillic_letter_counts_as_a_latin_one_within_words_that_have_latin_letters() {
    // Cyrillic are the first letter, all letters, none, the first and the last, and the last two.
    let text = "сop сор cop сoр Euroре ё\u{301} 👍";
    let plainly = |words: &str| -> Vec<String> {
        let text = Text::new(text.to_owned()).unwrap();
        let query = Query::new(words).unwrap();
        query.in_window(&text, text.whole().unwrap()).map(|hit| text.slice(hit).to_owned()).collect()
    };
    for (words, all) in [
        ("cop", &["сop", "cop", "сoр"][..]),
        ("сор", &["сop", "сор", "сoр"]),
        ("сop", &["сop", "сор", "сoр"]),
        ("europe", &["Euroре"]),
        ("c", &["c"]),
        ("cop cop", &["cop сoр"]),
        ("cop сор", &["сop сор", "cop сoр"]),
    ] {
        assert_eq!(found(words, PLAIN, text), all, "{words}");
        assert_eq!(plainly(words), all, "{words}");
    }
    assert_eq!(plainly("Europe"), ["Euroре"]);
    assert_eq!(plainly("Cop"), [""; 0], "a capital counts, also of a letter that only looks so");
    assert_eq!(found("c.p|eu[r]o[p]e", REGEX, text), ["сop", "cop", "сoр", "Euroре"]);
    assert_eq!(found("c\\w+", Manner { whole_words: true, ..REGEX }, text), ["сop", "cop", "сoр"]);
    assert_eq!(found("cop", Manner { exact: true, ..PLAIN }, text), ["cop"]);
    assert_eq!(found("hapod", PLAIN, "Нapod нapod 👍 и\u{306}"), ["Нapod"], "Н is H, but н is not h");
}

#[test]
fn a_latin_letter_in_a_cyrillic_word_that_is_looked_for_is_the_one_that_it_looks_like() {
    let content = "совет, сoвет, СОВЕТ и\u{306} сo\u{301}вет 👍 cop";
    let all = ["совет", "сoвет", "СОВЕТ", "сo\u{301}вет"];
    for words in ["совет", "сoвет", "cовет", "сo\u{301}вет", "со\u{301}вeт"] {
        assert_eq!(found(words, PLAIN, content), all, "{words}");
        let text = Text::new(content.to_owned()).unwrap();
        let query = Query::new(words).unwrap();
        let found: Vec<&str> = query.in_window(&text, text.whole().unwrap()).map(|hit| text.slice(hit)).collect();
        assert_eq!(found, all, "{words}");
    }
    assert_eq!(found("IT-совeт", PLAIN, "IT-совет, ІТ-совет 👍 и\u{306}"), ["IT-совет"], "IT is Latin");
    assert_eq!(found("SMSки", PLAIN, "SMSки 👍 и\u{306}"), ["SMSки"]);
    assert_eq!(found("TVшник", PLAIN, "TVшник 👍 и\u{306}"), ["TVшник"]);
    let exact = Manner { exact: true, ..PLAIN };
    assert_eq!(found("сoвет", exact, content), ["сoвет"]);
}

#[test]
fn whole_words_may_begin_and_end_with_marks() {
    let text = "ООО «Да», «Да»й и\u{306} «Дай» 👍 Да «да»";
    let found = |words, manner| found(words, Manner { whole_words: true, ..manner }, text);
    assert_eq!(found("«Да»", PLAIN), ["«Да»", "«Да»", "«да»"]);
    assert_eq!(found("ООО «Да»", PLAIN), ["ООО «Да»"]);
    assert_eq!(found("Да»", PLAIN), ["Да»", "Да»", "да»"]);
    assert_eq!(found("«Да", PLAIN), ["«Да", "«Да", "«да"]);
    assert_eq!(found("«?да»?", REGEX), ["«Да»", "«Да", "Да", "«да»"]);
}

#[test]
fn whole_words_are_found_and_parts_are_not() {
    let whole = Manner { whole_words: true, ..PLAIN };
    assert_eq!(found("труд", whole, "Труд трудно, тру\u{301}д. 👍 сотруд"), ["Труд", "тру\u{301}д"]);
    assert_eq!(found("труд", PLAIN, "сотрудник 👍"), ["труд"]);
}

#[test]
fn a_pattern_finds_its_letters_loosely_too() {
    assert_eq!(found("мол(о|а)д\\w*", REGEX, "Мо\u{301}лодежь моладой 👍"), ["Мо\u{301}лодежь", "моладой"]);
    assert_eq!(found("[к]азак+", REGEX, "қазаққ 👍"), ["қазаққ"]);
    assert_eq!(found("е{2}", REGEX, "еёе 👍"), ["её"]);
    assert_eq!(found("за\u{301}мок", REGEX, "замок 👍"), ["замок"]);
    assert_eq!(found("(?-u:x)|и\\.", REGEX, "и\u{306} и. 👍"), ["и."]);
    assert_eq!(found("x*", REGEX, "да 👍"), [""; 0], "nothing is no place");
    assert_eq!(found("а(б", PLAIN, "а(б 👍"), ["а(б"], "words are no pattern");
}

#[test]
fn a_pattern_finds_latin_words_where_it_does_not_take_them_for_others() {
    let text = "Партия «Amanat» и\u{306} 👍\n“It is good.” cop сoр\nЁлка, все.";
    assert_eq!(found(".*", REGEX, text), text.lines().collect::<Vec<_>>());
    assert_eq!(found("парти.*", REGEX, text), ["Партия «Amanat» и\u{306} 👍"]);
    assert_eq!(found("“[^”]+”", REGEX, text), ["“It is good.”"]);
    assert_eq!(found("сор|Amanat", REGEX, text), ["Amanat", "сoр"], "cop is Latin");
    assert_eq!(found("\\w+ сор", REGEX, "👍 и\u{306}да cop, да сoр"), ["да сoр"]);
    assert_eq!(found("елка.*", REGEX, text), ["Ёлка, все."]);
}

#[test]
fn a_pattern_begins_and_ends_with_lines() {
    for text in ["\"Да\", и\u{306} 👍\nнет.\n\"Ё\"", "\"Да\", и\u{306} 👍\r\nнет.\r\n\"Ё\""] {
        assert_eq!(found("^\".*$", REGEX, text), ["\"Да\", и\u{306} 👍", "\"Ё\""]);
        let text = Text::new(text.to_owned()).unwrap();
        let query = Query::to_tag("^\\w+|.$", REGEX).unwrap();
        let within = text.span_of_code_points(2, 6).unwrap();
        assert_eq!(query.in_window(&text, within).count(), 0, "a stretch is no line");
    }
}

#[test]
fn a_pattern_that_is_none_says_where_and_what_to_do() {
    for (pattern, column, words) in
        [("при(вет", 4, "unclosed group"), ("👍[а-", 2, "unclosed"), ("и\u{306}**{", 5, ""), ("ё\\p{Нет}", 2, "")]
    {
        let fault = Query::to_tag(pattern, REGEX).unwrap_err();
        assert_eq!(fault.column, column, "{fault}");
        assert!(fault.message.contains(words), "{fault}");
        assert!(fault.to_string().ends_with("Ctrl-R takes words as they are"), "{fault}");
    }
}

#[test]
fn what_is_only_looked_for_is_found_as_loosely_and_a_capital_counts() {
    let text = Text::new("Қазақ, казак 👍 пpаво и\u{306} cop, сoр".to_owned()).unwrap();
    let found = |words: &str| -> Vec<&str> {
        Query::new(words).unwrap().in_window(&text, text.whole().unwrap()).map(|hit| text.slice(hit)).collect()
    };
    assert_eq!(found("казак"), ["Қазақ", "казак"]);
    assert_eq!(found("Казак"), ["Қазақ"]);
    assert_eq!(found("право й"), ["пpаво и\u{306}"]);
    assert_eq!(found("право"), ["пpаво"]);
    assert_eq!(found("сор"), ["сoр"], "a Latin word is Latin");
    assert_eq!(found("cop"), ["cop", "сoр"]);
}

#[test]
fn what_is_known_of_hits_changes_none_of_them_however_long_the_text_is() {
    for filler in [1, 1 << 19] {
        let content = format!("й\u{306} 👍 {}право, {}право 👍", "я".repeat(filler), "ю".repeat(9));
        let text = Text::new(content).unwrap();
        for words in ["право", "нет такого"] {
            let asked = Query::new(words).unwrap();
            let known = asked.clone().counted(&text);
            let hits: Vec<_> = asked.in_window(&text, text.whole().unwrap()).collect();
            let places = hits.iter().flat_map(|hit| [hit.start(), hit.end()]).chain([Offset::ZERO, text.end()]);
            for from in places {
                for on in [true, false] {
                    assert_eq!(
                        known.around(&text, from, on),
                        asked.around(&text, from, on),
                        "{words} {filler} {from:?}"
                    );
                }
            }
        }
    }
}
