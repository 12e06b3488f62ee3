use super::*;
use crate::exchange::fixture::Fixture;
use crate::exchange::tests::{law, written};
use crate::exchange::{Files, Memory, Unreadable};

#[test]
fn what_is_written_is_read_back_minus_what_was_told() {
    law(&FORMAT);
}

#[test]
fn a_codebook_has_a_code_for_each_layer_and_one_within_it_for_each_of_several_labels() {
    let fixture = Fixture::new();
    let files = written(&CODEBOOK, &[fixture.source()]);
    insta::assert_snapshot!(String::from_utf8(files.read("codebook.qdc").unwrap()).unwrap());
}

#[test]
fn what_is_no_project_is_refused() {
    for bytes in ["PK\u{3}\u{4} й\u{301} 👍".as_bytes(), b"", &[0; 1000]] {
        let files = Memory([("a.qdpx".to_owned(), bytes.to_vec())].into());
        let read = (FORMAT.read.unwrap())(&files, &mut |_| {});
        assert!(matches!(read, Err(Unreadable::Content(..))), "{read:?}");
    }
}
