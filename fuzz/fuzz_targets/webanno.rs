//! Any bytes as a table of WebAnno, with the text and the type system beside it: read or refused; what is taken can be written and is proven.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tribune::exchange::fuzzing::read("webanno", &["й.tsv", "й.txt", "TypeSystem.xml"], bytes));
