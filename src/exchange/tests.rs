//! The law of every format, on random documents: what is read back is what was written minus the losses that were told.

mod batches;
mod bytes;
mod law;
mod shared;

use super::FORMATS;

pub(crate) use law::{law, read, written};

#[test]
fn lines_that_a_script_wrote_again_with_blanks_are_known_behind_a_long_text() {
    let text = "За\u{301}мок 👍 ".repeat(1000);
    let lines = [
        ("jsonl", r#"{"format": "tribune", "version": 1, "text": "TEXT"}"#),
        ("spacy", r#"{"text": "TEXT", "tokens": [{"id": 0, "start": 0, "end": 6}]}"#),
        ("prodigy", r#"{"text": "TEXT", "spans": [], "answer": "accept"}"#),
        ("doccano", r#"{"text": "TEXT", "label": [[0, 6, "rights"]]}"#),
    ];
    for (name, line) in lines {
        let line = line.replace("TEXT", &text);
        let known = FORMATS.iter().find(|own| (own.sniff)("строки.jsonl", line.as_bytes()));
        assert_eq!(known.map(|own| own.name), Some(name));
    }
}
