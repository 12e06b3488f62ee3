//! Any bytes as a snapshot: read or refused; what is read can be written and read again, and is then the same.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tribune::store::fuzzing::snapshot(bytes));
