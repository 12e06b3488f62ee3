//! Any bytes as a UIMA CAS in XMI, with its type system: read or refused; what is taken can be written and is proven.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tribune::exchange::fuzzing::read("xmi", &["й.xmi", "TypeSystem.xml"], bytes));
