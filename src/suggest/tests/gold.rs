//! Real quotations whose speakers people have told: news in Russian, and English novels, where pronouns are most.

use std::path::PathBuf;

use serde_json::Value;

use super::super::form::{family, same_word};
use super::{document, speakers};
use crate::annotation::AnnotationSet;

/// How often the first proposal was right, how often there was one, and how many quotations there are.
#[derive(Debug, Default)]
struct Count {
    right: usize,
    answered: usize,
    all: usize,
}

fn folder() -> PathBuf {
    let beside = || concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned();
    PathBuf::from(std::env::var("TRIBUNE_SHARED").unwrap_or_else(|_| beside())).join("data/quotes_gold")
}

/// Whether `entity`, such as `Barack_Obama-3`, ends with the family name of `name`.
fn is_of(entity: &str, name: &str) -> bool {
    let entity =
        entity.rsplit_once('-').filter(|(_, number)| number.parse::<u32>().is_ok()).map_or(entity, |own| own.0);
    let family = family(name).unwrap_or(name).to_lowercase();
    entity.split(['_', ' ']).any(|word| same_word(&word.to_lowercase(), &family))
}

#[expect(clippy::print_stderr, reason = "a test that skips says so, and one that measures what it found")]
fn count(file: &str) -> Option<Count> {
    let folder = folder();
    let Ok(lines) = std::fs::read_to_string(folder.join(file)) else {
        eprintln!("skipped: there is no {}", folder.display());
        return None;
    };
    let mut count = Count::default();
    for gold in lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let report = document(&std::fs::read_to_string(folder.join(gold["text_path"].as_str().unwrap())).unwrap());
        let quotes = gold["quotes"].as_array().unwrap();
        for quote in quotes.iter().filter(|quote| quote["speaker_entity"].is_string()) {
            let spans = quote["spans"].as_array().unwrap();
            let edge = |edge: &Value| usize::try_from(edge.as_u64().unwrap()).unwrap();
            let hull = (edge(&spans[0][0]), edge(&spans[spans.len() - 1][1]));
            let outer = quote["outer"].as_array().map_or(hull, |outer| (edge(&outer[0]), edge(&outer[1])));
            let span = report.text.span_of_code_points(outer.0, outer.1).unwrap();
            let first = speakers(&report, &AnnotationSet::default(), span).into_iter().next().map(|own| own.name);
            let right =
                first.as_ref().zip(quote["speaker_entity"].as_str()).is_some_and(|(own, gold)| is_of(gold, own));
            count.all += 1;
            count.answered += usize::from(first.is_some());
            count.right += usize::from(right);
            let mark = if right { "+" } else { "-" };
            eprintln!("{mark} {} {outer:?}: {} / {}", gold["doc"], quote["speaker_entity"], first.unwrap_or_default());
        }
    }
    eprintln!("{file}: {count:?}");
    Some(count)
}

#[test]
fn the_speakers_of_real_news_are_proposed() {
    if let Some(Count { right, answered, .. }) = count("ru_dev_quotes.jsonl") {
        assert!(right >= 24 && 3 * right >= 2 * answered, "{right} of {answered}");
    }
}

#[test]
#[ignore = "takes a minute where nothing is optimised"]
fn the_speakers_of_novels_are_proposed() {
    if let Some(Count { right, answered, .. }) = count("litbank_dev_quotes.jsonl") {
        assert!(right >= 195 && 9 * right >= 4 * answered, "{right} of {answered}");
    }
}
