//! Any text as a schema: read, or refused with a place in it.
#![no_main]

use tribune::schema;

libfuzzer_sys::fuzz_target!(|source: &str| {
    if let Err(fault) = schema::read(source) {
        assert!(fault.line >= 1 && fault.column >= 1 && !fault.message.is_empty());
        assert!(fault.line <= source.lines().count() + 1, "line {} of {}", fault.line, source.lines().count());
    }
});
