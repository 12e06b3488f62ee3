use super::*;
use crate::exchange::Memory;
use crate::exchange::fixture::{Fixture, text};
use crate::exchange::tests::written;

#[test]
fn what_is_written_is_read_back_minus_what_was_told() {
    crate::exchange::tests::law(&FORMAT);
}

#[test]
fn what_is_written_has_no_blanks_at_its_ends_since_readers_strip_the_line() {
    let mut fixture = Fixture::of("Он  \n За\u{301}мок 👩🏽\u{200d}🌾 \nда");
    let within = fixture.find("  \n За\u{301}мок 👩🏽\u{200d}🌾 \n");
    fixture.add("quote", "quote", text(vec![within]), &[]);
    let Memory(files) = written(&FORMAT, &[fixture.source()]);
    let lines = String::from_utf8(files["речи/аким.ann"].clone()).unwrap();
    assert_eq!(lines, "T1\tQuote 6 17\tЗа\u{301}мок 👩🏽\u{200d}🌾\n");
}

#[test]
fn blanks_at_a_line_end_within_a_fragment_stay() {
    let mut fixture = Fixture::of(" За\u{301}мок  \n 👍 ");
    let whole = text(vec![fixture.document.text.whole().unwrap()]);
    fixture.add("quote", "quote", whole, &[]);
    let Memory(files) = written(&FORMAT, &[fixture.source()]);
    let lines = String::from_utf8(files["речи/аким.ann"].clone()).unwrap();
    assert_eq!(lines, "T1\tQuote 1 9;10 12\tЗа\u{301}мок    👍\n");
}
