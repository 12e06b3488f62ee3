//! The gold annotations of the Karaganda text, when the shared data is there.

use std::path::Path;
use std::{env, fs};

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

#[test]
#[expect(clippy::print_stderr, reason = "says that it skips")]
fn the_karaganda_gold_follows_its_text() {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = env::var_os("TRIBUNE_SHARED").map_or(default, Into::into).join("data");
    let Ok(content) = fs::read_to_string(shared.join("karaganda.txt")) else {
        return eprintln!("skipped: no shared data");
    };
    let gold = fs::read_to_string(shared.join("karaganda_gold.json")).unwrap();
    let old = text(&content);
    let mut gold_spans = Vec::new();
    collect(&serde_json::from_str(&gold).unwrap(), &old, &mut gold_spans);
    let quotes: Vec<_> = gold_spans.iter().map(|(a, b)| old.slice(old.span_of_code_points(*a, *b).unwrap())).collect();
    let own: Vec<_> = gold_spans
        .iter()
        .zip(&quotes)
        .map(|((start, end), quote)| vec![Stated { start: *start, end: *end, quote }])
        .collect();
    assert!(own.len() > 50);
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
