use proptest::prelude::*;

use super::*;
use crate::exchange::fixture::{Fixture, text};

fn shown(fixture: &Fixture) -> String {
    let mut out = Vec::new();
    write(&fixture.source(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The text with its brackets, without header and legend.
fn bracketed(fixture: &Fixture) -> String {
    let mut out = Vec::new();
    write_text(&fixture.source(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// `content` with the pairs of `marked` words tagged in this order.
fn tagged(content: &str, marked: &[&str]) -> String {
    let mut fixture = Fixture::of(content);
    for needle in marked {
        let target = text(vec![fixture.find(needle)]);
        fixture.add("quote", "quote", target, &[]);
    }
    bracketed(&fixture)
}

#[test]
fn header_text_and_legend_stand_apart() {
    insta::assert_snapshot!(shown(&Fixture::new()), @r#"
    речи/аким.txt, annotated by alpha (revision 9, done)

    АКИМ: [Q1.1 «За́мок, Q1.1] – [C2 сказал он, – [Q1.2 [T3 [T4 наш C2] 👩🏽‍🌾 T4] T3]!» Q1.2]

    Зал 😀 [Ж5 [смех] Ж5].

    Q1 quote; speaker: Ермаганбет Булекпаев; mode: direct
    C2 claim; checkable: true
    T3 theme: rights
    T4 theme: labour
    Ж5 жест: laugh; not in the schema; volume: "f"; note: он "смеётся",⏎громко 👍
    L6 link: C2 supports Q1
    G7 genre: speech; the whole document
    "#);
}

#[test]
fn a_document_without_annotations_says_so() {
    assert_eq!(
        shown(&Fixture::of("й\u{301} 👍")),
        "речи/аким.txt, annotated by alpha (revision 9, open)\n\nй\u{301} 👍\n\nno annotations\n"
    );
}

#[test]
fn what_can_nest_nests_whatever_was_tagged_first() {
    assert_eq!(tagged("й\u{301} 👍 он", &["👍", "й\u{301} 👍", "👍 он"]), "[Q2 й\u{301} [Q3 [Q1 👍 Q1] Q2] он Q3]\n");
    assert_eq!(tagged("й\u{301}👍", &["й\u{301}👍", "й\u{301}👍"]), "[Q1 [Q2 й\u{301}👍 Q2] Q1]\n");
}

#[test]
fn at_one_place_closing_ends_stand_before_opening_ones() {
    assert_eq!(tagged("й\u{301}👍", &["👍", "й\u{301}"]), "[Q2 й\u{301} Q2][Q1 👍 Q1]\n");
}

#[test]
fn brackets_of_the_text_stay_unless_they_would_read_as_ours() {
    assert_eq!(tagged("[смех] [12] [👍 Q1] й\u{301}", &[]), "[смех] [12] [👍 Q1⟧ й\u{301}\n");
    assert_eq!(tagged("[Q1 👍 [[Q1.2\r\nй\u{301}]", &[]), "⟦Q1 👍 [⟦Q1.2\nй\u{301}]\n");
    assert_eq!(tagged("👍[Q7й Q7]й\u{301}", &["й Q7"]), "👍⟦Q7[Q1 й Q7 Q1]]й\u{301}\n");
    assert_eq!(tagged("[Q7👍 Q7] й\u{301}", &["👍", "Q7]"]), "⟦Q7[Q1 👍 Q1] [Q2 Q7⟧ Q2] й\u{301}\n");
}

#[test]
fn an_escape_sequence_and_a_bidi_control_are_made_visible() {
    assert_eq!(tagged("й\u{301}\u{1b}[31m👍\u{202e}", &["👍"]), "й\u{301}␛[31m[Q1 👍 Q1]⟨U+202E⟩\n");
}

/// `shown` without ends of spans called one of `names`.
fn stripped(mut shown: &str, names: &[String]) -> String {
    let mut plain = String::new();
    'next: while let Some(c) = shown.chars().next() {
        for name in names {
            let rest = shown.strip_prefix(&format!("[{name} ")).or_else(|| shown.strip_prefix(&format!(" {name}]")));
            if let Some(rest) = rest {
                shown = rest;
                continue 'next;
            }
        }
        plain.push(c);
        shown = shown.strip_prefix(c).unwrap();
    }
    plain
}

proptest! {
    #[test]
    fn without_the_brackets_it_is_the_text(
        parts in prop::collection::vec(
            prop::sample::select(vec!["[", "]", "Q1", "Q2.1", " ", "\r\n", "\r", "\n", "й", "и\u{301}", "👩🏽‍🌾", "\u{1b}", "\u{202e}", "."]),
            1..24,
        ),
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..6),
    ) {
        let mut fixture = Fixture::of(&parts.concat());
        let content = fixture.document.text.clone();
        let boundaries: Vec<Offset> = content.graphemes(Offset::ZERO, content.end()).map(|(at, _)| at).chain([content.end()]).collect();
        for (one, other) in places {
            let (one, other) = (*one.get(&boundaries), *other.get(&boundaries));
            if let Ok(span) = content.span(one.min(other), one.max(other)) {
                fixture.add("quote", "quote", text(vec![span]), &[]);
            }
        }
        let names: Vec<String> = named_spans(fixture.set.iter()).into_iter().map(|(_, name)| name).collect();
        let plain = stripped(&bracketed(&fixture), &names).replace('⟦', "[").replace('⟧', "]");
        let expected = visible::prose(content.as_str());
        let expected = if expected.ends_with('\n') { expected } else { format!("{expected}\n") };
        prop_assert_eq!(plain.trim_end_matches('\n'), expected.trim_end_matches('\n'));
    }
}
