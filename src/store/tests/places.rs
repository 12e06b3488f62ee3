//! Where somebody was in a document, kept between sessions.

use std::fs;

use super::super::{Corpus, Places};
use crate::document::{Digest, Document, DocumentId, Place};
use crate::text::{Offset, Text};

const ANNOTATOR: &str = "ана\u{301} 👍";
const TEXT: &str = "Й\u{306}од\n\nза\u{301}мок 👍🏽 и труд";

/// A corpus of one transcript, and a place for places beside it.
fn stage() -> (tempfile::TempDir, Corpus, Document, Places) {
    let directory = tempfile::tempdir().unwrap();
    let corpus = directory.path().join("corpus");
    fs::create_dir(&corpus).unwrap();
    fs::write(corpus.join("речь 👍.txt"), TEXT).unwrap();
    fs::write(corpus.join("corpus.ron"), "()").unwrap();
    let document = Document::new(DocumentId::new("речь 👍.txt"), Text::new(TEXT.to_owned()).unwrap());
    let places = Places::below(&directory.path().join("state"));
    let corpus = Corpus::containing(&corpus).unwrap();
    (directory, corpus, document, places)
}

fn offset(code_point: usize) -> Offset {
    Text::new(TEXT.to_owned()).unwrap().offset_of_code_point(code_point).unwrap()
}

#[test]
fn a_place_is_found_again_as_long_as_the_text_is_the_same() {
    let (_directory, corpus, document, places) = stage();
    let digest = Digest::of(&document.text);
    assert_eq!(places.find(&corpus, &document, &digest, ANNOTATOR), None);
    let place = Place {
        cursor: offset(9),
        top: offset(6),
        hidden: vec!["theme/старость".to_owned(), String::new()],
        view: "lens".to_owned(),
    };
    places.keep(&corpus, &document, &digest, ANNOTATOR, place.clone()).unwrap();
    assert_eq!(places.find(&corpus, &document, &digest, ANNOTATOR), Some(place));
    let other = Document::new(document.id.clone(), Text::new(format!("{TEXT}.")).unwrap());
    assert_eq!(places.find(&corpus, &other, &Digest::of(&other.text), ANNOTATOR), None);
}

#[test]
fn a_place_that_is_no_place_is_as_if_it_were_not_there() {
    let (directory, corpus, document, places) = stage();
    let digest = Digest::of(&document.text);
    places.keep(&corpus, &document, &digest, ANNOTATOR, Place { cursor: offset(9), ..Place::default() }).unwrap();
    let kept = fs::read_dir(directory.path().join("state/places")).unwrap().next().unwrap().unwrap().path();
    let content = fs::read_to_string(&kept).unwrap();
    let newer = content.replacen('(', "(\n    lens: \"й👍\",", 1);
    fs::write(&kept, newer).unwrap();
    assert!(
        places.find(&corpus, &document, &digest, ANNOTATOR).is_some(),
        "what a later version adds is passed over: {content}"
    );
    let spoilt = [
        content.replace("cursor: 9", "cursor: 1"),
        content.replace("cursor: 9", "cursor: 99"),
        "й👍".to_owned(),
        String::new(),
    ];
    for spoilt in spoilt {
        fs::write(&kept, &spoilt).unwrap();
        assert_eq!(places.find(&corpus, &document, &digest, ANNOTATOR), None, "{spoilt}");
    }
    fs::write(&kept, b"\xff").unwrap();
    assert_eq!(places.find(&corpus, &document, &digest, ANNOTATOR), None);
    fs::remove_dir_all(directory.path().join("state")).unwrap();
    fs::write(directory.path().join("state"), "no directory").unwrap();
    assert!(places.keep(&corpus, &document, &digest, ANNOTATOR, Place::default()).is_err());
}
