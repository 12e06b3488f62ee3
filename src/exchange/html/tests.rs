use super::*;
use crate::exchange::fixture::Fixture;
use crate::exchange::tests::{law, written};

#[test]
fn what_is_written_is_read_back_minus_what_was_told() {
    law(&FORMAT);
}

#[test]
fn the_page_holds_the_text_and_names_what_covers_each_piece() {
    let fixture = Fixture::new();
    let files = written(&FORMAT, &[fixture.source()]);
    let (_, page) = files.0.iter().next().unwrap();
    let page = String::from_utf8(page.clone()).unwrap();
    assert!(page.starts_with(DOCTYPE), "{page}");
    insta::assert_snapshot!(page.split_once("<div id=\"text\">").unwrap().1.split_once("</div>").unwrap().0);
}
