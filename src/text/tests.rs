//! Laws of texts over mixed scripts.

use proptest::prelude::*;

use super::*;

/// Strings of pieces that go wrong: accents, emoji sequences, flags, line ends, blanks, marks.
fn content() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[а-яёәғқңөұүһі]{1,8}",
        1 => "[А-ЯӘҒҚҢӨҰҮҺІA-Z]",
        2 => "[a-z]{1,6}",
        1 => "[0-9]{1,4}",
        3 => Just(" ".to_owned()),
        1 => prop::sample::select(vec!["\u{301}", "\u{306}", "\u{200d}", "\u{ad}", "\u{feff}", "\u{a0}", "\u{600}"])
            .prop_map(str::to_owned),
        1 => prop::sample::select(vec!["👩🏽‍🌾", "👍", "🇰🇿", "🇰", "❤️", "한", "漢字", "क्षि"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["\n", "\r\n", "\r", "\u{2028}", "\t"]).prop_map(str::to_owned),
        3 => prop::sample::select(vec![
            ". ", "! ", "? ", "… ", "...", "«", "»", "\"", "'", "’", "„", "“", "(", ")", " – ", ", ", " г. ", " т. е. ", ": ",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn text(content: &str) -> Text {
    Text::new(content.to_owned()).unwrap()
}

fn boundaries(text: &Text) -> Vec<Offset> {
    std::iter::successors(Some(Offset::ZERO), |at| text.next_boundary(*at)).collect()
}

/// Asserts that `spans` follow each other without a gap from the start of `text` to its end, on grapheme boundaries.
fn assert_partition(text: &Text, spans: &[Span]) {
    assert_eq!(spans.first().map(|first| first.start()), text.whole().map(Span::start));
    assert_eq!(spans.last().map(|last| last.end()), text.whole().map(Span::end));
    assert!(spans.windows(2).all(|pair| pair[0].end() == pair[1].start()), "{spans:?}");
    for span in spans {
        assert_eq!(text.span(span.start(), span.end()), Ok(*span));
    }
}

/// Line starts and contents, by the definition.
fn naive_lines(content: &str) -> Vec<(usize, String)> {
    let mut lines = vec![(0, String::new())];
    let mut chars = content.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\r' if chars.peek().is_some_and(|(_, next)| *next == '\n') => {}
            '\r' | '\n' => lines.push((at + 1, String::new())),
            _ => lines.last_mut().unwrap().1.push(c),
        }
    }
    lines
}

#[test]
fn a_place_that_people_were_told_leads_back() {
    let text = Text::new("За\u{301}мок 👍\r\n\nй да\n".to_owned()).unwrap();
    for (at, _) in text.as_str().char_indices().filter(|(_, c)| *c != '\n') {
        let offset = Offset::new(at);
        assert_eq!(text.offset_at(text.place(offset)), Some(offset), "{at}");
    }
    for (line, column) in [(0, 1), (1, 0), (1, 10), (3, 6), (9, 1), (1, usize::MAX)] {
        assert_eq!(text.offset_at(Place { line, column }), None, "{line}:{column}");
    }
}

proptest! {
    #[test]
    fn words_partition_the_text(content in content()) {
        let text = text(&content);
        let words: Vec<Span> = segment::word_segments(&text, Offset::ZERO).collect();
        assert_partition(&text, &words);
        for word in words {
            for (at, _) in text.graphemes(word.start(), word.end()) {
                prop_assert_eq!(segment::word_segment(&text, at), Some(word));
            }
        }
    }

    #[test]
    fn sentences_partition_every_line(content in content()) {
        let text = text(&content);
        let sentences: Vec<Span> = segment::sentences(&text, Offset::ZERO, text.end()).collect();
        assert_partition(&text, &sentences);
        for own in &sentences {
            prop_assert_eq!(text.line_of(own.start()), text.line_of(text.previous_boundary(own.end()).unwrap()));
            for (at, _) in text.graphemes(own.start(), own.end()) {
                prop_assert_eq!(segment::sentence(&text, at), Some(*own));
            }
            if let Some(core) = segment::sentence_core(&text, own.start()) {
                prop_assert!(own.covers(core));
                prop_assert_eq!(text.span(core.start(), core.end()), Ok(core));
            }
        }
    }

    #[test]
    fn motions_move_and_come_to_an_end(content in content()) {
        let text = text(&content);
        for at in boundaries(&text) {
            prop_assert!(segment::next_word(&text, at).is_none_or(|word| word.start() >= at));
            prop_assert!(segment::previous_word(&text, at).is_none_or(|word| word.start() < at));
            prop_assert!(segment::next_sentence(&text, at).is_none_or(|start| start > at));
            prop_assert!(segment::previous_sentence(&text, at).is_none_or(|start| start < at));
        }
    }

    #[test]
    fn words_ahead_are_words_behind(content in content()) {
        let text = text(&content);
        let words: Vec<Span> = segment::word_segments(&text, Offset::ZERO)
            .filter(|word| segment::is_word(text.slice(*word)))
            .collect();
        let ahead: Vec<Span> = std::iter::successors(segment::next_word(&text, Offset::ZERO), |word| {
            segment::next_word(&text, word.end())
        })
        .collect();
        let mut behind: Vec<Span> = std::iter::successors(segment::previous_word(&text, text.end()), |word| {
            segment::previous_word(&text, word.start())
        })
        .collect();
        behind.reverse();
        prop_assert_eq!(&ahead, &words);
        prop_assert_eq!(&behind, &words);
    }

    #[test]
    fn quotations_nest_and_have_their_marks(content in content()) {
        let text = text(&content);
        for number in 0..text.line_count() {
            let (pairs, unmatched) = quotation::quotations(&text, text.line(number));
            let is_mark = |span: Span| text.slice(span).chars().all(quotation::is_quote_mark);
            prop_assert!(pairs.iter().all(|pair| is_mark(pair.open) && is_mark(pair.close) && pair.open < pair.close));
            prop_assert!(unmatched.iter().all(|span| is_mark(*span)));
            for (a, b) in pairs.iter().flat_map(|a| pairs.iter().map(move |b| (a.with_marks(), b.with_marks()))) {
                prop_assert!(!a.overlaps(b) || a.covers(b) || b.covers(a), "{a:?} crosses {b:?}");
            }
            for pair in &pairs {
                let (start, end) = (pair.with_marks().start(), pair.with_marks().end());
                prop_assert!(quotation::quotations_around(&text, start, end).contains(pair));
            }
        }
    }

    #[test]
    fn code_points_and_offsets_are_inverse(content in content()) {
        let text = text(&content);
        prop_assert_eq!(text.code_point_count(), content.chars().count());
        let starts = content.char_indices().map(|(at, _)| at).chain([content.len()]);
        for (number, at) in starts.enumerate() {
            prop_assert_eq!(text.offset_of_code_point(number), Some(Offset::new(at)));
            prop_assert_eq!(text.code_point(Offset::new(at)), number);
        }
        prop_assert_eq!(text.offset_of_code_point(content.chars().count() + 1), None);
    }

    #[test]
    fn code_points_and_offsets_are_inverse_beyond_a_checkpoint(content in content(), repeat in 1..200_usize) {
        let content = content.repeat(repeat);
        let text = text(&content);
        for (number, (at, _)) in content.char_indices().enumerate().step_by(61) {
            prop_assert_eq!(text.offset_of_code_point(number), Some(Offset::new(at)));
            prop_assert_eq!(text.code_point(Offset::new(at)), number);
        }
    }

    #[test]
    fn utf16_counts_as_the_standard_library_does(content in content()) {
        let text = text(&content);
        let units = |end: Offset| text.between(Offset::ZERO, end).encode_utf16().count();
        for pair in boundaries(&text).windows(2) {
            let span = text.span(pair[0], pair[1]).unwrap();
            prop_assert_eq!(text.utf16(span), units(pair[0])..units(pair[1]));
        }
    }

    #[test]
    fn lines_and_paragraphs_are_those_of_a_naive_split(content in content()) {
        let text = text(&content);
        let naive = naive_lines(&content);
        prop_assert_eq!(text.line_count(), naive.len());
        let mut paragraphs = 0;
        for (number, (start, line)) in naive.into_iter().enumerate() {
            let own = text.line(number);
            prop_assert_eq!((own.start.bytes(), text.between(own.start, own.end)), (start, line.as_str()));
            prop_assert_eq!(text.line_of(own.start), number);
            prop_assert_eq!(text.line_of(own.end), number);
            prop_assert_eq!(text.paragraphs_before(number), paragraphs);
            let is_blank = line.chars().all(|c| c.is_whitespace() || c == '\u{feff}');
            prop_assert_eq!(text.paragraph_number(number), (!is_blank).then_some(paragraphs));
            if !is_blank {
                prop_assert_eq!(text.paragraph(paragraphs), Some(own));
                paragraphs += 1;
            }
        }
        prop_assert_eq!(text.paragraph_count(), paragraphs);
    }

    #[test]
    fn boundaries_are_the_same_both_ways(content in content()) {
        let text = text(&content);
        let ahead = boundaries(&text);
        let mut back: Vec<Offset> =
            std::iter::successors(Some(text.end()), |at| text.previous_boundary(*at)).collect();
        back.reverse();
        prop_assert_eq!(&ahead, &back);
        let tested: Vec<Offset> =
            (0..=content.len()).map(Offset::new).filter(|at| text.is_boundary(*at)).collect();
        prop_assert_eq!(&ahead, &tested);
        for byte in 0..=content.len() {
            let last = ahead.iter().rfind(|at| at.bytes() <= byte).copied();
            prop_assert_eq!(Some(text.boundary_at_or_before(byte)), last);
        }
    }

    #[test]
    fn a_span_is_made_just_of_boundaries_in_order(content in content(), start in 0..200_usize, end in 0..200_usize) {
        let text = text(&content);
        let (start, end) = (Offset::new(start), Offset::new(end));
        let made = text.span(start, end);
        if start >= end {
            prop_assert_eq!(made, Err(SpanError::Empty));
        } else if end > text.end() {
            prop_assert_eq!(made, Err(SpanError::OutOfBounds));
        } else if text.is_boundary(start) && text.is_boundary(end) {
            prop_assert_eq!(made.map(|span| (span.start(), span.end())), Ok((start, end)));
        } else {
            prop_assert_eq!(made, Err(SpanError::InsideGrapheme));
        }
    }

    #[test]
    fn fragments_stay_in_order(ends in prop::collection::vec((0..60_usize, 1..9_usize), 1..12), out in 0..12_usize) {
        let span = |(start, length): (usize, usize)| {
            Span::new_unchecked(Offset::new(start), Offset::new(start + length))
        };
        let mut fragments = Fragments::from(span(ends[0]));
        for own in ends.iter().copied().map(span) {
            let before = fragments.clone();
            fragments = fragments.with(own);
            prop_assert!(Fragments::new(fragments.spans().to_vec()).is_ok(), "{fragments:?}");
            prop_assert!(fragments.spans().windows(2).all(|pair| pair[0].end() < pair[1].start()));
            for at in (0..70).map(Offset::new) {
                prop_assert_eq!(fragments.contain(at), before.contain(at) || own.contains(at));
            }
        }
        let count = fragments.spans().len();
        if let Some(rest) = fragments.without(out) {
            prop_assert!(Fragments::new(rest.spans().to_vec()).is_ok());
            prop_assert_eq!(rest.spans().len(), if out < count { count - 1 } else { count });
        } else {
            prop_assert_eq!((count, out), (1, 0));
        }
    }
}

#[test]
fn a_span_never_tears_an_accent_or_an_emoji() {
    let text = text("за\u{301}мок 👩🏽‍🌾\r\n");
    assert_eq!(text.span_of_code_points(0, 2), Err(SpanError::InsideGrapheme));
    assert_eq!(text.span_of_code_points(7, 8), Err(SpanError::InsideGrapheme));
    assert_eq!(text.span_of_code_points(11, 12), Err(SpanError::InsideGrapheme));
    assert_eq!(text.span_of_code_points(12, 99), Err(SpanError::OutOfBounds));
    assert_eq!(text.span_of_code_points(3, 3), Err(SpanError::Empty));
    assert_eq!(text.slice(text.span_of_code_points(7, 11).unwrap()), "👩🏽‍🌾");
}

#[test]
fn the_report_has_thirteen_paragraphs() {
    let text = text(include_str!("../../data/karaganda.txt"));
    assert_eq!(text.paragraph_count(), 13);
    assert_eq!((0..text.line_count()).filter(|line| text.paragraph_number(*line).is_some()).count(), 13);
}
