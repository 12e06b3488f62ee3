//! Who is proposed where the sentences around a quotation name others too.

use super::{QUOTATION, proposed};

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
