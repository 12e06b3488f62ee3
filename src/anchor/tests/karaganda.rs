//! The gold annotations of the Karaganda text, when the shared data is there.

use std::path::Path;
use std::{env, fs};

use super::laws::{Chosen, Source, hold, table};
use super::speech::{Speech, Writing};
use super::*;

/// Every `start` and `end` in `value`, with the words of `text` between them.
fn collect(value: &serde_json::Value, text: &Text, found: &mut Vec<(usize, usize)>) {
    if let (Some(start), Some(end)) = (value["start"].as_u64(), value["end"].as_u64()) {
        let (start, end) = (usize::try_from(start).unwrap(), usize::try_from(end).unwrap());
        text.span_of_code_points(start, end).unwrap();
        found.push((start, end));
    }
    let members = value.as_object().into_iter().flat_map(|map| map.values());
    members.chain(value.as_array().into_iter().flatten()).for_each(|own| collect(own, text, found));
}

/// The text and the spans of its gold annotations, in code points.
#[expect(clippy::print_stderr, reason = "says that it skips")]
fn gold() -> Option<(Text, Vec<(usize, usize)>)> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = env::var_os("TRIBUNE_SHARED").map_or(default, Into::into).join("data");
    let Ok(content) = fs::read_to_string(shared.join("karaganda.txt")) else {
        eprintln!("skipped: no shared data");
        return None;
    };
    let gold = fs::read_to_string(shared.join("karaganda_gold.json")).unwrap();
    let text = text(&content);
    let mut spans = Vec::new();
    collect(&serde_json::from_str(&gold).unwrap(), &text, &mut spans);
    assert!(spans.len() > 50);
    Some((text, spans))
}

/// The speech with the words that each of the spans touches.
fn speech() -> Option<Source> {
    let (text, gold) = gold()?;
    let content = text.as_str();
    let start = |word: &str| word.as_ptr() as usize - content.as_ptr() as usize;
    let words: Vec<usize> = content.split_whitespace().map(start).collect();
    let spans = gold.iter().map(|(start, end)| {
        let bytes = text.span_of_code_points(*start, *end).unwrap().range();
        let first = words.partition_point(|word| *word <= bytes.start) - 1;
        let behind = words.partition_point(|word| *word < bytes.end);
        Chosen { words: first..behind, edges: (bytes.start - words[first], bytes.end - words[behind - 1]) }
    });
    Some((Speech::of(content), spans.collect()))
}

#[test]
#[expect(clippy::print_stderr, reason = "the table is what it is run for")]
fn the_karaganda_gold_follows_its_text_under_random_changes() {
    let Some(speech) = speech() else { return };
    let (text, words) = speech.0.write(Writing::Plain);
    assert!(words.len() > 300 && text.starts_with(&words[0].0.letters));
    let (table, sums) = table(|_| speech.clone(), 10, if cfg!(debug_assertions) { 10 } else { 40 }, 99);
    eprintln!("{table}");
    hold(&table, &sums, [99, 98]);
}

#[test]
fn the_karaganda_gold_follows_its_text() {
    let Some((old, gold_spans)) = gold() else { return };
    let content = old.as_str().to_owned();
    let quotes: Vec<_> = gold_spans.iter().map(|(a, b)| old.slice(old.span_of_code_points(*a, *b).unwrap())).collect();
    let own: Vec<_> = gold_spans
        .iter()
        .zip(&quotes)
        .map(|((start, end), quote)| vec![Stated { start: *start, end: *end, quote }])
        .collect();
    let paragraphs: Vec<&str> = content.split("\n\n").collect();
    let rotated = [&paragraphs[1..], &paragraphs[..1]].concat().join("\n\n");
    let changes = [
        ("as it was", content.clone()),
        ("a line above", format!("Стено\u{301}грамма 👍\n\n{content}")),
        ("CRLF", content.replace('\n', "\r\n")),
        ("NFD", unicode_normalization::UnicodeNormalization::nfd(content.as_str()).collect()),
        ("re-wrapped", content.replace(' ', "\n")),
        ("first paragraph last", rotated),
    ];
    for (what, changed) in changes {
        let new = text(&changed);
        for placement in place(&own, Old::Text(&old), &new) {
            assert!(placement.fragments().is_some(), "{what}: {}", told(&placement, &new));
        }
    }
}
