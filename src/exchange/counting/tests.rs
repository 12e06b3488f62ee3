use super::*;
use crate::exchange::{Item, Unit};

/// A draft on `text` with these pieces; empty words are none.
fn draft(text: &str, pieces: &[(usize, usize, &str)]) -> Draft {
    let item = |(start, end, words): &(usize, usize, &str)| Item {
        target: Aim::Text {
            pieces: std::iter::once(*start..*end).collect(),
            words: Some((*words).to_owned()).into_iter().filter(|own| !own.is_empty()).collect(),
            apart: None,
        },
        ..Item::default()
    };
    Draft { text: Some(text.to_owned()), items: pieces.iter().map(item).collect(), ..Draft::default() }
}

/// What each of `drafts` counts, and what is told.
fn agreed(drafts: &mut [Draft]) -> (Vec<Unit>, Vec<String>) {
    for (number, draft) in (1..).zip(&mut *drafts) {
        draft.document = Some(format!("{number}"));
    }
    let parts = drafts.iter_mut().map(|draft| Part { format: "doccano", draft, transcript: None });
    let doubts = agree(&mut parts.collect::<Vec<_>>());
    let units = drafts.iter().map(|own| own.stated.unwrap()).collect();
    (units, doubts.iter().map(ToString::to_string).collect())
}

fn with_rival(draft: Draft) -> Draft {
    Draft { unit: Some(Unit::Utf16), rival: Some(Unit::CodePoints), ..draft }
}

const TEXT: &str = "😀 А\u{301}ня ушла";

#[test]
fn words_in_one_part_say_what_offsets_count_in_all() {
    let mut drafts = [draft(TEXT, &[(3, 7, "А\u{301}ня")]), draft("😀 Е\u{301}ля 👍", &[(3, 7, "")]), draft("", &[])];
    assert_eq!(agreed(&mut drafts), (vec![Unit::Utf16; 3], vec![]));
    drafts.reverse();
    for own in &mut drafts {
        own.stated = None;
    }
    assert_eq!(agreed(&mut drafts), (vec![Unit::Utf16; 3], vec![]));
}

#[test]
fn a_span_that_cuts_a_character_in_one_part_says_what_is_counted_in_all() {
    let drafts =
        [draft(TEXT, &[(2, 6, "")]), draft("😀 е А\u{301}ня", &[(2, 3, ""), (6, 8, "")]), draft("ах е\u{301}", &[])];
    let mut drafts = drafts.map(with_rival);
    assert_eq!(agreed(&mut drafts).0, [Unit::CodePoints; 3]);
}

#[test]
fn one_bad_piece_makes_nobody_count_what_is_not_usual() {
    let mut drafts = [with_rival(draft("да е\u{301} 😀", &[(0, 2, ""), (4, 10, "")])), with_rival(draft(TEXT, &[]))];
    assert_eq!(agreed(&mut drafts), (vec![Unit::Utf16; 2], vec![]));
}

#[test]
fn parts_that_contradict_each_other_keep_their_own_and_it_is_told() {
    let own = |start, end| draft(TEXT, &[(start, end, "А\u{301}ня")]);
    let mut drafts = [own(2, 6), own(3, 7), own(2, 6), draft(TEXT, &[(2, 6, "")])];
    let told = "2: its offsets can only count UTF-16 units, those of others code points".to_owned();
    let units = vec![Unit::CodePoints, Unit::Utf16, Unit::CodePoints, Unit::CodePoints];
    assert_eq!(agreed(&mut drafts), (units, vec![told]));
}

#[test]
fn what_files_say_they_count_and_what_somebody_states_is_no_matter_of_others() {
    let stated = Draft { unit: Some(Unit::Bytes), ..draft(TEXT, &[(5, 12, "")]) };
    let mut drafts = [stated, draft(TEXT, &[(3, 7, "А\u{301}ня")])];
    assert_eq!(agreed(&mut drafts), (vec![Unit::Bytes, Unit::Utf16], vec![]));
    for own in &mut drafts {
        own.stated = Some(Unit::CodePoints);
    }
    assert_eq!(agreed(&mut drafts), (vec![Unit::CodePoints; 2], vec![]));
}

#[test]
fn another_unit_that_fits_all_as_well_is_told_where_it_takes_other_words() {
    let repeated = "😀 ааааа\u{301}";
    let told = |taken, other| vec![format!("2: offsets count {taken}, but {other} fit as well, with other words")];
    let mut drafts = [draft("да е\u{301}", &[(0, 2, "да")]), draft(repeated, &[(3, 5, "аа")])];
    assert_eq!(agreed(&mut drafts), (vec![Unit::CodePoints; 2], told("code points", "UTF-16 units")));
    let mut drafts = [draft("да е\u{301}", &[(0, 2, "")]), draft(repeated, &[(3, 5, "")])];
    assert_eq!(agreed(&mut drafts), (vec![Unit::CodePoints; 2], vec![]), "code points it is without words");
    let mut drafts = drafts.map(|own| with_rival(Draft { stated: None, ..own }));
    assert_eq!(agreed(&mut drafts), (vec![Unit::Utf16; 2], told("UTF-16 units", "code points")));
    let mut drafts = drafts.map(|own| Draft { stated: Some(Unit::CodePoints), ..own });
    assert_eq!(agreed(&mut drafts), (vec![Unit::CodePoints; 2], vec![]), "it is stated");
}

#[test]
fn line_ends_count_as_one_where_only_then_words_are_found() {
    let text = "е\u{301} 😀\r\nда\r\nнет";
    for (start, end, unit) in [(8, 11, Unit::CodePoints), (9, 12, Unit::Utf16)] {
        let mut drafts = [draft(text, &[(start, end, "нет")]), draft(text, &[(start, end, "")])];
        assert_eq!(agreed(&mut drafts), (vec![unit; 2], vec![]));
        for own in drafts {
            assert_eq!((own.text.as_deref(), own.counted), (Some("е\u{301} 😀\nда\nнет"), FOLDED));
        }
    }
    let mut drafts = [draft(text, &[(10, 13, "нет")])];
    assert_eq!((agreed(&mut drafts).0, drafts[0].text.as_deref()), (vec![Unit::CodePoints], Some(text)));
}
