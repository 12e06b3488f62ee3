//! Who is proposed where the sentences around a quotation name others too.

use super::{QUOTATION, all_proposed, own, proposed};

#[test]
fn who_says_what_the_quotation_ends_comes_before_the_next_sentence() {
    for (report, name) in [
        (
            format!("Депутат Анна Лебедева заявила: {QUOTATION}. Министр Олег Громов призвал к порядку."),
            "Анна Лебедева",
        ),
        (format!("Лебедева заявила: {QUOTATION}. Министр Олег Громов призвал к порядку."), "Лебедева"),
        (format!("Анна Лебедева отметила, что {QUOTATION}. Министр Олег Громов призвал к порядку."), "Анна Лебедева"),
        (format!("Senator Mary Robinson said: {QUOTATION} Minister John Doe replied."), "Mary Robinson"),
        (format!("Анна Лебедева приехала. {QUOTATION}. Об этом сообщил Олег Громов."), "Олег Громов"),
    ] {
        assert_eq!(proposed(&[], &report).map(|own| own.0).as_deref(), Some(name), "{report}");
    }
}

#[test]
fn a_role_is_the_words_of_one_group_before_the_name_and_begins_a_sentence_only_with_an_office() {
    for (before, name, role) in [
        ("Приехал вчера в Омск с большой делегацией губернатор Олег Громов", "Олег Громов", "губернатор"),
        ("Сам Александр Белов", "Александр Белов", ""),
        ("Пробыл он здесь недолго и вскоре скрылся под выкрики сторонников Олег Громов", "Олег Громов", ""),
        ("Продолжает отбывать срок заключения известный журналист Олег Громов", "Олег Громов", ""),
        ("Вчера в Омске министр труда Олег Громов", "Олег Громов", "министр труда"),
        ("Министр внутренних дел Олег Громов", "Олег Громов", "Министр внутренних дел"),
        ("British Prime Minister John Doe", "John Doe", "British Prime Minister"),
        ("Мемлекет басшысы Қасым-Жомарт Тоқаев", "Қасым-Жомарт Тоқаев", "Мемлекет басшысы"),
    ] {
        let verb = if name.is_ascii() { "said" } else { "отметил" };
        assert_eq!(proposed(&[], &format!("{before} {verb}: {QUOTATION}.")), Some(own(name, role)), "{before}");
    }
    let behind = format!("{QUOTATION}, – заявил вчера в Омске губернатор Олег Громов.");
    assert_eq!(proposed(&[], &behind), Some(own("Олег Громов", "губернатор")));
}

#[test]
fn a_name_in_quotation_marks_is_nobody_unless_registered() {
    let said = "сказал в беседе с корреспондентом «Голоса Америки» лидер партии Александр Белов";
    for (behind, name) in [
        (said, "Александр Белов"),
        ("сказала газете «Вечерний Омск» Мария Котова", "Мария Котова"),
        ("сказала радио «Новый Голос Америки» Мария Котова", "Мария Котова"),
    ] {
        let report = format!("{QUOTATION}, – {behind}.");
        assert_eq!(proposed(&[], &report).map(|own| own.0).as_deref(), Some(name), "{behind}");
    }
    let known = format!("{QUOTATION}, – сообщил «Вечерний Омск».");
    assert_eq!(proposed(&["Вечерний Омск"], &known), Some(("Вечерний Омск".to_owned(), None)));
}

#[test]
fn verbs_report_in_the_present_too_and_where_none_is_known_who_was_named_before_is_proposed() {
    for verb in [
        "рассказывает",
        "объявил",
        "прогнозирует",
        "парирует",
        "возмущается",
        "призывает",
        "соглашается",
        "признаёт",
        "предупреждает",
        "негодует",
        "обещает",
    ] {
        let report = format!("Вчера приехал Олег Громов. {QUOTATION}, – {verb} Громов.");
        assert_eq!(proposed(&[], &report).map(|own| own.0).as_deref(), Some("Олег Громов"), "{verb}");
    }
    for verb in ["бормочет", "хмыкает"] {
        for apart in [" ", "\n\n"] {
            let report = format!("Вчера приехал Олег Громов.{apart}{QUOTATION}, – {verb} Громов.");
            assert_eq!(proposed(&[], &report).map(|own| own.0).as_deref(), Some("Олег Громов"), "{report}");
        }
    }
}

#[test]
fn where_somebody_is_from_and_what_opens_an_english_sentence_is_nobody() {
    let of = format!("{QUOTATION}, Mary Jones of Leeds wrote to me.");
    assert_eq!(proposed(&[], &of), Some(own("Mary Jones", "")));
    for before in ["What I said was that", "Raise it, he said:", "Q. What was said then?", "Q. Raise, I said:"] {
        assert_eq!(proposed(&[], &format!("{before} {QUOTATION}.")), None, "{before}");
    }
}

#[test]
fn an_office_with_an_article_and_no_name_is_nobody() {
    let above = "HON. MEMBERS: Hear, hear!\n\nMR. WITNESS: Yes 👍.\n\nANNA KIM: I see.\n\n";
    for who in [
        "the honourable Member",
        "the Member",
        "my right hon. Friend",
        "the noble Lord",
        "the Witness",
        "the Chair",
        "the Prime Minister",
        "the Honourable Member",
    ] {
        for report in [format!("{above}As {who} said, {QUOTATION}."), format!("{above}{QUOTATION}, {who} said.")] {
            assert_eq!(proposed(&[], &report), Some(own("ANNA KIM", "")), "{report}");
        }
    }
    let named = format!("{above}{QUOTATION}, the honourable Member Mary Jones said.");
    assert_eq!(proposed(&[], &named).map(|own| own.0).as_deref(), Some("Mary Jones"));
    let known = format!("{above}{QUOTATION}, the Witness said.");
    assert_eq!(proposed(&["The Witness"], &known).map(|own| own.0).as_deref(), Some("The Witness"));
}

#[test]
fn a_place_between_commas_behind_a_name_is_where_that_one_is_from() {
    for (behind, name) in [
        ("Mary Jones, Leeds, told us", "Mary Jones"),
        ("Mary Jones, Leeds, wrote to me", "Mary Jones"),
        ("Анна Котова, Омск, спросила об этом", "Анна Котова"),
    ] {
        for report in [format!("{QUOTATION}, {behind}."), format!("{behind}: {QUOTATION}.")] {
            let found: Vec<String> = all_proposed(&[], &report).into_iter().map(|own| own.0).collect();
            assert_eq!(found, [name], "{report}");
        }
    }
}

#[test]
fn a_role_has_the_word_that_says_which_or_since_when() {
    for (before, name, role) in [
        ("Бывший министр Сергей Иванов", "Сергей Иванов", "Бывший министр"),
        ("Вчера бывший министр труда Сергей Иванов", "Сергей Иванов", "бывший министр труда"),
        ("Новый генеральный директор Анна Котова", "Анна Котова", "Новый генеральный директор"),
        ("Former Prime Minister John Doe", "John Doe", "Former Prime Minister"),
        ("Former minister John Doe", "John Doe", "Former minister"),
        ("Бұрынғы министр Қасым Тоқаев", "Қасым Тоқаев", "Бұрынғы министр"),
    ] {
        let verb = if name.is_ascii() { "said" } else { "отметил" };
        assert_eq!(proposed(&[], &format!("{before} {verb}: {QUOTATION}.")), Some(own(name, role)), "{before}");
    }
}

#[test]
fn a_title_with_a_full_stop_stands_before_a_name_and_ends_nothing() {
    let above = "Anna Lee said: “Hello the\u{301}re”.\n\n";
    for (said, name) in [
        (format!("{QUOTATION}, said Mr. White."), "Mr. White"),
        (format!("{QUOTATION}, answered Mrs. White."), "Mrs. White"),
        (format!("{QUOTATION}, said Dr. Alan Poe."), "Alan Poe"),
        (format!("According to Dr. Alan Poe, the law is {QUOTATION}."), "Alan Poe"),
        (format!("{QUOTATION}, сказал проф. Иван Петров."), "Иван Петров"),
        (format!("Peter White came. {QUOTATION}, said Mr. White."), "Peter White"),
    ] {
        let found = proposed(&[], &format!("{above}{said}")).map(|own| own.0);
        assert_eq!(found.as_deref(), Some(name), "{said}");
    }
    let known = proposed(&["Peter White"], &format!("{above}{QUOTATION}, said Dr. White."));
    assert_eq!(known.map(|own| own.0).as_deref(), Some("Peter White"));
}

#[test]
fn who_calls_a_thing_something_and_who_speaks_german_comes_before_the_paragraph_above() {
    let above = "«Здравствуйте», — сказала Анна Ли о\u{301} 👍.\n\n";
    for (report, name) in [
        (format!("Alan Poe called the law {QUOTATION}."), "Alan Poe"),
        (format!("Сергей Миронов назвал закон {QUOTATION}."), "Сергей Миронов"),
        (format!("Christian Lindner sagte: {QUOTATION}."), "Christian Lindner"),
        (format!("{QUOTATION}, erklärte Christian Lindner."), "Christian Lindner"),
        (format!("Laut Christian Lindner ist das {QUOTATION}."), "Christian Lindner"),
    ] {
        let found = proposed(&[], &format!("{above}{report}")).map(|own| own.0);
        assert_eq!(found.as_deref(), Some(name), "{report}");
    }
}
