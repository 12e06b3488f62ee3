use proptest::prelude::*;

use super::*;
use crate::annotation::tests::generators::{boundaries, span};
use crate::exchange::Statement;
use crate::exchange::fixture::{Fixture, text};

#[test]
fn what_others_cannot_take_becomes_line_ends_and_spans_follow() {
    let text = Text::new("\u{feff}За\u{301}м\r\n\r😀\u{2028}\u{1}\u{301}\t\u{ffff}\t\u{301}".to_owned()).unwrap();
    let shipped = Shipped::of(&text);
    assert_eq!(shipped.text().as_str(), "За\u{301}м\n\n😀\n\n\u{301} \u{fffd}\n\u{301}");
    assert_eq!(shipped.span(text.span_of_code_points(0, 1).unwrap()), None, "nothing is left of the mark");
    let emoji = shipped.span(text.span_of_code_points(8, 9).unwrap()).unwrap();
    assert_eq!(shipped.text().slice(emoji), "😀");
}

#[test]
fn whatever_cannot_stay_is_suspected_by_its_first_byte() {
    for c in '\0'..=char::MAX {
        let (alone, within) = (c.to_string(), format!("и\u{306}👍{c}é"));
        for content in [alone, within] {
            let suspected: Vec<char> = suspects(&content).map(|(_, c)| c).collect();
            let must_go = |(at, c): (usize, char)| instead(&content, at, c).is_some();
            assert!(!content.char_indices().any(|own| must_go(own) && !suspected.contains(&own.1)), "{c:?}");
        }
    }
}

proptest! {
    #[test]
    fn every_span_of_letters_has_the_same_letters_where_it_is_shipped(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "й", "e\u{301}", "👩🏽\u{200d}🌾", "\r\n", "\r", "\n", "\u{feff}", "\u{85}", "\u{c}", "\u{301}", "\u{600}", "\u{fffe}", "\t",
        ]), 1..20),
        ends: (prop::sample::Index, prop::sample::Index),
    ) {
        let text = Text::new(pieces.concat()).unwrap();
        let shipped = Shipped::of(&text);
prop_assert!(!Shipped::of(shipped.text()).differs(), "nothing is left to change");
        if boundaries(&text).len() > 1 {
            let span = span(&text, ends.0, ends.1);
            let clean = Shipped::of(&Text::new(text.slice(span).to_owned()).unwrap());
            let is_start = span.start() == Offset::ZERO;
            if is_start || !text.slice(span).starts_with('\u{feff}') {
                let found = shipped.span(span).map(|own| shipped.text().slice(own)).unwrap_or_default();
                if let Some(own) = shipped.span(span) {
                    let back = shipped.back(own, &text).map(|back| shipped.span(back));
                    prop_assert_eq!(back, Some(Some(own)));
                }
                // What becomes of a tab depends on what stands beside it.
                let blanks = |words: &str| words.replace(' ', "\n");
                prop_assert_eq!(blanks(found), blanks(clean.text().as_str()));
            }
        }
    }
}

#[test]
fn what_is_said_of_a_text_holds_for_one_with_other_blanks_and_for_no_other() {
    let mut fixture = Fixture::of("  й\u{301} 👍  да");
    let emoji = fixture.find("👍");
    fixture.add("quote", "quote", text(vec![emoji]), &[]);
    let onto = |content: &str| {
        let text = Text::new(content.to_owned()).unwrap();
        let moved = Statement::of(&fixture.source()).onto(&text)?;
        let own = moved.set.iter().next()?;
        Some((text.code_points(own.fragments()?.hull()), text.slice(own.fragments()?.hull()).to_owned()))
    };
    assert_eq!(onto("\n\nй\u{301}\u{a0}👍\n\nда\n\n"), Some((5..6, "👍".to_owned())));
    assert_eq!(onto("\r\n\nй\u{301} 👍 \tда"), Some((6..7, "👍".to_owned())));
    assert_eq!(onto("  й\u{301}👍   да"), None);
    assert_eq!(onto("  й\u{301} 👍  нет"), None);
}
