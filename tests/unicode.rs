//! The official break tests of Unicode 17, against the functions that the program itself uses.
//!
//! The test data are not part of the project: they are read from `unicode/official` in the shared data, and a test that
//! does not find them says so and passes.

use std::path::PathBuf;

use tribune::text::{Offset, Span, Text, segment};

/// A string and the pieces that it falls into.
type Case = (String, Vec<String>);

fn shared(path: &str) -> PathBuf {
    let shared = std::env::var_os("TRIBUNE_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    shared.join("data/unicode").join(path)
}

#[expect(clippy::print_stderr, reason = "a test that skips says so")]
fn cases(name: &str) -> Option<Vec<Case>> {
    let path = shared(&format!("official/{name}_break_17.0.0.json"));
    let Ok(content) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: there is no {}", path.display());
        return None;
    };
    Some(serde_json::from_str(&content).expect("the file lists strings with their pieces"))
}

fn text(content: &str) -> Text {
    Text::new(content.to_owned()).expect("the string is short")
}

/// The pieces of `text` between these bounds, each bound the end of a piece.
fn pieces(text: &Text, ends: impl IntoIterator<Item = Offset>) -> Vec<String> {
    let mut start = Offset::ZERO;
    ends.into_iter().map(|end| text.between(std::mem::replace(&mut start, end), end).to_owned()).collect()
}

fn word_pieces(text: &Text) -> Vec<String> {
    let next = |at| segment::word_segment(text, at).map(Span::end);
    pieces(text, std::iter::successors(next(Offset::ZERO), |end| next(*end)))
}

#[test]
fn the_engine_is_of_unicode_17() {
    assert_eq!(unicode_segmentation::UNICODE_VERSION, (17, 0, 0));
}

#[test]
fn graphemes_break_as_unicode_says() {
    let Some(cases) = cases("grapheme") else { return };
    assert!(cases.len() > 700, "{} cases", cases.len());
    for (content, expected) in cases {
        let text = text(&content);
        let whole: Vec<&str> = text.graphemes(Offset::ZERO, text.end()).map(|(_, grapheme)| grapheme).collect();
        assert_eq!(whole, expected, "graphemes of {content:?}");
        let next = |at| text.next_boundary(at);
        let steps = std::iter::successors(next(Offset::ZERO), |end| next(*end));
        assert_eq!(pieces(&text, steps), expected, "boundaries of {content:?}");
        let boundaries = (1..=content.len()).map(Offset::new).filter(|at| text.is_boundary(*at));
        assert_eq!(pieces(&text, boundaries), expected, "boundary tests of {content:?}");
    }
}

#[test]
fn words_break_as_unicode_says_but_within_a_grapheme() {
    let Some(cases) = cases("word") else { return };
    let (mut same, mut snapped) = (0, 0);
    for (content, expected) in cases {
        let text = text(&content);
        let mut at = 0;
        let mut ends: Vec<Offset> = expected.iter().map(|piece| (at += piece.len(), Offset::new(at)).1).collect();
        let all = ends.len();
        ends.retain(|end| text.is_boundary(*end));
        assert_eq!(word_pieces(&text), pieces(&text, ends.clone()), "{content:?}");
        if ends.len() == all { same += 1 } else { snapped += 1 }
    }
    // The one exception has a word bound that Unicode puts inside a grapheme cluster.
    assert_eq!((same, snapped), (1943, 1));
}

#[test]
fn sentences_break_as_unicode_says_before_exceptions() {
    let Some(cases) = cases("sentence") else { return };
    assert!(cases.len() > 500, "{} cases", cases.len());
    for (content, expected) in cases {
        let text = text(&content);
        let mut ends: Vec<Offset> = Vec::new();
        while ends.last() != Some(&text.end()) {
            let from = ends.last().copied().unwrap_or_default();
            ends.extend(segment::unicode_sentence_bounds(&text, from).into_iter().filter(|end| *end > from));
        }
        assert_eq!(pieces(&text, ends), expected, "{content:?}");
    }
}

/// Declarations of human rights in 39 scripts and orthographies, and synthetic texts: walls of emoji, runs of flags, a single
/// grapheme cluster of 100,000 marks.
#[test]
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
fn words_and_sentences_partition_texts_of_many_scripts() {
    for folder in ["udhr", "synthetic", "seed_variants"] {
        let Ok(files) = std::fs::read_dir(shared(folder)) else {
            eprintln!("skipped: there is no {}", shared(folder).display());
            return;
        };
        for path in files.map(|file| file.unwrap().path()) {
            let text = text(&String::from_utf8_lossy(&std::fs::read(&path).unwrap()));
            let words: Vec<Span> = segment::word_segments(&text, Offset::ZERO).collect();
            let sentences: Vec<Span> = segment::sentences(&text, Offset::ZERO, text.end()).collect();
            for spans in [words, sentences] {
                let whole: usize = spans.iter().map(|span| span.bytes()).sum();
                assert_eq!(whole, text.end().bytes(), "in {}", path.display());
                assert!(spans.windows(2).all(|pair| pair[0].end() == pair[1].start()), "in {}", path.display());
                assert!(
                    spans.iter().all(|span| text.span(span.start(), span.end()) == Ok(*span)),
                    "in {}",
                    path.display()
                );
            }
        }
    }
}
