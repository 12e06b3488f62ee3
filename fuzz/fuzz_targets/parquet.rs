//! Any bytes as a table of Parquet, with the table of texts beside it: read or refused; what is taken can be written and is proven.
#![no_main]

use tribune::exchange::{Format, Memory, fuzzing};

const DOCUMENTS: &[u8] = include_bytes!("../seeds/parquet/documents.parquet");

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let files = [("spans.parquet", bytes), ("documents.parquet", DOCUMENTS)];
    let files = Memory(files.map(|(name, own)| (name.to_owned(), own.to_vec())).into());
    fuzzing::read_files(Format::named("parquet").expect("the feature is on"), &files);
});
