//! Any bytes as a history, with checksums made good: read or refused; what is good of it is read again the same.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tribune::store::fuzzing::history(bytes));
