use std::path::Path;
use std::time::{Duration, Instant};

use super::*;

fn text(content: &str) -> Text {
    Text::new(content.to_owned()).unwrap()
}

/// The quotations of a line with their marks, by their starts, and the number of stray marks.
fn found(content: &str) -> (Vec<String>, usize) {
    let text = text(content);
    let (mut pairs, unmatched) = quotations(&text, text.line(0));
    pairs.sort_unstable_by_key(|pair| pair.open);
    (pairs.into_iter().map(|pair| text.slice(pair.with_marks()).to_owned()).collect(), unmatched.len())
}

#[track_caller]
fn check(content: &str, expected: &[&str]) {
    assert_eq!(found(content), (expected.iter().map(ToString::to_string).collect(), 0), "in {content}");
}

/// What is inside the quotations around the `|` in `marked`, innermost first.
fn around(marked: &str) -> Vec<String> {
    let (before, behind) = marked.split_once('|').unwrap();
    let text = text(&format!("{before}{behind}"));
    let at = Offset::new(before.len());
    quotations_around(&text, at, at)
        .into_iter()
        .filter_map(Quotation::inside)
        .map(|inside| text.slice(inside).to_owned())
        .collect()
}

#[test]
fn every_kind_of_mark_pairs() {
    check("Он: «Да\u{301} 👍» и всё", &["«Да\u{301} 👍»"]);
    check(
        "a “b” c „d“ e „f” g ”h” ‘i’ ‚j‘ ‹k› »l« ›m‹",
        &["“b”", "„d“", "„f”", "”h”", "‘i’", "‚j‘", "‹k›", "»l«", "›m‹"],
    );
    check("\"а\" и 'б'", &["\"а\"", "'б'"]);
    check("« да » и «\u{a0}нет\u{a0}»", &["« да »", "«\u{a0}нет\u{a0}»"]);
}

#[test]
fn straight_marks_are_told_by_their_neighbours() {
    check(
        "\"Партия \"Amanat\" сказала\", – \"да\u{301}\".",
        &["\"Партия \"Amanat\" сказала\"", "\"Amanat\"", "\"да\u{301}\""],
    );
    check("(\"да\") –\"нет\"– [\"…и\"] 👍\"ой\"👍", &["\"да\"", "\"нет\"", "\"…и\"", "\"ой\""]);
    check("\"Amanat\"тың \"Нұр\"-дың", &["\"Amanat\"", "\"Нұр\""]);
    check("\" Да , \" сказал он", &["\" Да , \""]);
}

#[test]
fn a_stray_mark_does_not_turn_over_the_rest() {
    let (pairs, stray) = found("Новая Конституция\" и \"да\u{301}\" и \"нет 👍\"");
    assert_eq!((pairs, stray), (vec!["\"да\u{301}\"".to_owned(), "\"нет 👍\"".to_owned()], 1));
    let (pairs, stray) = found("\"Начало и \"да\" и «нет» и „ещё");
    assert_eq!((pairs, stray), (vec!["\"да\"".to_owned(), "«нет»".to_owned()], 2));
}

#[test]
fn an_apostrophe_is_no_mark() {
    check("don't об’єкт '90s the dogs' рок-н'ролл 👍 та\u{301}'к", &[]);
    check("‘don’t’ 'isn't'", &["‘don’t’", "'isn't'"]);
    check("a 'tis b \"c\"", &["\"c\""]);
}

#[test]
fn quotations_nest() {
    check(
        "«а «б «в» 👍» „г“» “а ‘б “в” г’ д”",
        &["«а «б «в» 👍» „г“»", "«б «в» 👍»", "«в»", "„г“", "“а ‘б “в” г’ д”", "‘б “в” г’", "“в”"],
    );
    check("\"«Да\u{301}», – сказал он\"", &["\"«Да\u{301}», – сказал он\"", "«Да\u{301}»"]);
    let deep = format!("{}👍{}", "«".repeat(5000), "»".repeat(5000));
    assert_eq!(quotations(&text(&deep), text(&deep).line(0)).0.len(), 5000);
}

#[test]
fn a_mark_under_an_accent_is_none() {
    assert_eq!(found("«да\"\u{301} 👍»"), (vec!["«да\"\u{301} 👍»".to_owned()], 0));
}

#[test]
fn the_innermost_quotation_comes_first() {
    assert_eq!(around("«а „б| 👍“ в»"), ["б 👍", "а „б 👍“ в"]);
    assert_eq!(around("|«а\u{301}» б"), ["а\u{301}"]);
    assert_eq!(around("«а»| б"), <[&str; 0]>::default());
}

#[test]
fn a_quotation_runs_over_paragraphs() {
    assert_eq!(around("Он: «Раз|.\n\nДва\u{301} 👍.\n\nТри», – и всё"), ["Раз.\n\nДва\u{301} 👍.\n\nТри"]);
    assert_eq!(around("\"Раз.\n\n\"Два\u{301}|.\n\"Три 👍\", – и всё"), ["Раз.\n\n\"Два\u{301}.\n\"Три 👍"]);
    assert_eq!(around("«Раз\n«Два „|“ 👍»").len(), 2);
    assert_eq!(around("\"Раз\nДва 👍\n\"Три|\" и всё"), ["Три"]);
}

#[test]
fn the_report_has_its_three_speeches_and_a_title() {
    let text = text(include_str!("../../../data/karaganda.txt"));
    assert_eq!(text.paragraph_count(), 13);
    let lines = (0..text.line_count()).map(|line| quotations(&text, text.line(line)));
    let (pairs, stray): (Vec<_>, Vec<_>) = lines.unzip();
    let spans: Vec<_> = pairs.concat().into_iter().map(|pair| text.code_points(pair.with_marks())).collect();
    assert_eq!(spans, [283..368, 828..1483, 2044..2265, 2464..2713]);
    assert!(stray.concat().is_empty());
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
fn quotations_of_real_news_are_found() {
    let shared =
        std::env::var("TRIBUNE_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").into());
    let folder = Path::new(&shared).join("data/quotes_gold");
    let Ok(lines) = std::fs::read_to_string(folder.join("ru_dev_quotes.jsonl")) else {
        eprintln!("skipped: there is no {}", folder.display());
        return;
    };
    let (mut all, mut found) = (0, 0);
    for line in lines.lines() {
        let gold: serde_json::Value = serde_json::from_str(line).unwrap();
        let content = std::fs::read_to_string(folder.join(gold["text_path"].as_str().unwrap())).unwrap();
        let text = text(&content);
        let number = |value: &serde_json::Value| usize::try_from(value.as_u64().unwrap()).unwrap();
        for quote in gold["quotes"].as_array().unwrap().iter().filter(|quote| quote["outer"].is_array()) {
            let outer = number(&quote["outer"][0])..number(&quote["outer"][1]);
            let at = text.offset_of_code_point(outer.start).unwrap();
            let around = quotations_around(&text, at, at);
            all += 1;
            found += usize::from(around.iter().any(|pair| text.code_points(pair.with_marks()) == outer));
        }
    }
    assert!(all > 10 && found == all, "{found} of {all}");
}

#[test]
fn cost_does_not_grow_with_the_text() {
    let cost = |bytes: usize| {
        let text = text(&"«Мы» „при\u{301}няли“ \"зако\u{301}н\" 👍 don't ".repeat(bytes / 60));
        let at = text.boundary_at_or_before(text.end().bytes() / 2);
        let once = || {
            let start = Instant::now();
            assert!(quotations_around(&text, at, at).len() < 3);
            start.elapsed()
        };
        (0..5).map(|_| once()).min().unwrap().max(Duration::from_micros(100))
    };
    let (short, long) = (cost(140_000), cost(10_000_000));
    assert!(long < short * 10, "70 times the text: {short:?} became {long:?}");
}
