//! Any bytes as standoff files of brat, with the text and the configuration beside them: read or refused; what is taken can be written and is proven.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tribune::exchange::fuzzing::read("brat", &["й.ann", "й.txt", "annotation.conf"], bytes));
