//! Marks of quotations, and phrases that are tagged here and not there.

use super::{CHOICE, Case, TEXT};
use crate::annotation::{Edit, SpeakerId, Status, Value};

const QUOTE: &[(&str, Value)] = &[("speaker", Value::Speaker(SpeakerId(1)))];

fn quoted() -> Vec<(&'static str, Value)> {
    QUOTE.iter().cloned().chain([("mode", CHOICE("direct"))]).collect()
}

#[test]
fn a_quote_holds_both_marks_of_a_pair_or_neither() {
    let case = || Case::new(TEXT).with_speaker();
    case()
        .tag("quote/quote", "«Право на труд, – и ушёл, – есть у всех", &quoted())
        .finds(&["2:12 warning unmatched-mark: Q1 holds the `«` here but not the `»` that belongs to it ««»"]);
    case()
        .tag("quote/quote", "есть у всех»", &quoted())
        .finds(&["2:51 warning unmatched-mark: Q1 holds the `»` here but not the `«` that belongs to it «»»"]);
    case().tag("quote/quote", "Право на труд", &quoted()).finds(&[]);
    case().tag("theme/youth", "«Право на труд", &[]).finds(&[]);
}

#[test]
fn a_mark_without_a_partner_is_reported_once_and_only_near_a_quote() {
    let text = "Он: «Право 👩🏽\u{200d}🌾 на тру\u{301}д важно.\n\nА тут «тоже важно.";
    Case::new(text)
        .with_speaker()
        .tag("quote/quote", "Право 👩🏽\u{200d}🌾 на", &quoted())
        .tag("quote/quote", "важно", &quoted())
        .finds(&["1:5 warning unmatched-mark: the `«` in or beside Q1 has no partner ««»"]);
}

#[test]
fn a_quotation_over_paragraphs_lacks_no_mark() {
    Case::new("Он: «Право 👩🏽\u{200d}🌾 на тру\u{301}д.\n\n«Оно у всех.\n\n«И тут и\u{306}».\n")
        .with_speaker()
        .tag("quote/quote", "«Право 👩🏽\u{200d}🌾 на тру\u{301}д.\n\n«Оно у всех.\n\n«И тут и\u{306}»", &quoted())
        .finds(&[]);
}

const REPEATED: &str = "Право на тру\u{301}д 👍 важно. О праве. ПРАВО  на\r\nтру\u{301}д есть, право, на тру\u{301}д. Право на тру\u{301}дный. \
    Да, право на тру\u{301}д. Конец и\u{306}.";

#[test]
fn a_phrase_tagged_here_and_not_there_is_reported_once() {
    Case::new(REPEATED)
        .tag("theme/rights", "Право на тру\u{301}д", &[])
        .tag("theme/youth", "право на тру\u{301}д", &[])
        .tag("claim/claim", "Конец", &[])
        .finds(&["1:34 warning missed-phrase: «ПРАВО на тру\u{301}д» is tagged `rights` in T1 and not here «ПРАВО  на\r\nтру\u{301}д»"]);
}

#[test]
fn a_phrase_is_not_missed_behind_the_last_annotation_nor_when_it_is_mostly_left_out() {
    Case::new(REPEATED).tag("theme/rights", "Право на тру\u{301}д", &[]).finds(&[]);
    Case::new(REPEATED)
        .tag("theme/rights", "Право на тру\u{301}д", &[])
        .edit(&Edit::Status { before: Status::Open, after: Status::Done })
        .finds(&[]);
    Case::new("на ту, на 👍 ту, и\u{306} на ту")
        .tag("theme/rights", "на ту", &[])
        .tag("theme/youth", "и\u{306}", &[])
        .finds(&[]);
}
