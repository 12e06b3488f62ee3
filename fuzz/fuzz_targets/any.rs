//! Any bytes as the file of a format that has no target of its own; the first byte, a letter, says which: read or refused; what is
//! taken can be written and is proven.
#![no_main]

/// The formats from `a` on, each with what its files are called.
const FILES: [(&str, &[&str]); 14] = [
    ("jsonl", &["й.jsonl"]),
    ("csv", &["й.csv"]),
    ("tsv", &["й.tsv"]),
    ("spacy", &["й.jsonl"]),
    ("prodigy", &["й.jsonl"]),
    ("doccano", &["й.jsonl"]),
    ("conll", &["й.bio", "й.txt"]),
    ("bilou", &["й.bilou", "й.txt"]),
    ("huggingface", &["й.jsonl"]),
    ("bdocjs", &["й.bdocjs"]),
    ("labelstudio", &["й.json", "labelstudio.xml"]),
    ("w3c", &["й.w3c.json", "й.txt"]),
    ("tei", &["й.tei.xml"]),
    ("html", &["й.html"]),
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some((first, rest)) = bytes.split_first() {
        let (format, names) = FILES[usize::from(first.wrapping_sub(b'a')) % FILES.len()];
        tribune::exchange::fuzzing::read(format, names, rest);
    }
});
