//! Any bytes as a REFI-QDA project: read or refused; what is taken can be written and is proven.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tribune::exchange::fuzzing::read("qdpx", &["й.qdpx"], bytes));
