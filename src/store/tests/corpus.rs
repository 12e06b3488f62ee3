//! Corpora: where they begin, what is in them, who annotates.

use super::*;
use crate::check::Allow;

fn write(path: &Path, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

fn root_of(path: &Path) -> PathBuf {
    Corpus::containing(path).unwrap().root().to_owned()
}

#[test]
fn a_corpus_begins_at_the_nearest_mark() {
    let directory = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(directory.path()).unwrap();
    let speech = root.join("речи/Й\u{301}/👍.txt");
    write(&speech, TEXT);
    assert_eq!(root_of(&speech), root.join("речи/Й\u{301}"), "without a mark, the transcript's own directory");
    assert_eq!(root_of(&root), root, "without a mark, the directory itself");
    fs::create_dir(root.join("annotations")).unwrap();
    assert_eq!(root_of(&speech), root);
    assert_eq!(root_of(speech.parent().unwrap()), root);
    write(&root.join("речи/schema.ron"), "");
    assert_eq!(root_of(&speech), root.join("речи"), "the nearest mark wins");
    write(&root.join("речи/Й\u{301}/corpus.ron"), "");
    assert_eq!(root_of(&speech), root.join("речи/Й\u{301}"));
    assert!(Corpus::containing(&root.join("нет.txt")).is_err());
}

#[test]
fn a_file_called_annotations_is_no_mark() {
    let directory = tempfile::tempdir().unwrap();
    let root = fs::canonicalize(directory.path()).unwrap();
    write(&root.join("annotations"), "й\u{301} 👍");
    write(&root.join("речи/1.txt"), TEXT);
    assert_eq!(root_of(&root.join("речи/1.txt")), root.join("речи"));
}

#[test]
fn transcripts_are_listed_sorted_without_what_is_none() {
    let place = Place::new(TEXT);
    let skipped =
        ["annotations/alpha/x.txt", "a/annotations/x.txt", "target/x.txt", ".git/x.txt", ".hidden.txt", "notes.md"];
    for name in skipped.iter().chain(&["b.TXT", "a/я.txt", "a/й\u{301} 👍.txt", "a/b/1.txt"]) {
        write(&place.path(name), TEXT);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(place.path("b.TXT"), place.path("link.txt")).unwrap();
        std::os::unix::fs::symlink(place.path("a"), place.path("loop")).unwrap();
    }
    let names = |ids: Vec<DocumentId>| ids.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    let all = names(place.corpus.documents().unwrap());
    assert_eq!(all, ["a/b/1.txt", "a/й\u{301} 👍.txt", "a/я.txt", "b.TXT", "speech.txt"]);
    let below = names(place.corpus.documents_below(&place.path("a/b")).unwrap());
    assert_eq!(below, ["a/b/1.txt"]);
    for id in place.corpus.documents().unwrap() {
        assert_eq!(place.corpus.document_id(&place.corpus.transcript(&id)).unwrap(), id);
        assert_eq!(place.corpus.read_document(&id).unwrap().text.as_str(), TEXT);
    }
}

#[cfg(unix)]
#[test]
fn a_transcript_that_is_a_link_out_of_its_corpus_is_annotated_within() {
    use std::os::unix::fs::symlink;

    let (place, away) = (Place::new(TEXT), tempfile::tempdir().unwrap());
    write(&away.path().join("иное.txt"), TEXT);
    write(&away.path().join("annotations/й\u{301} 👍"), "");
    write(&place.path("annotations/й\u{301} 👍"), "");
    symlink(away.path().join("иное.txt"), place.path("речь.txt")).unwrap();
    let link = place.path("речь.txt");
    let corpus = Corpus::containing(&link).unwrap();
    assert_eq!(corpus.root(), place.corpus.root());
    let id = corpus.document_id(&link).unwrap();
    assert_eq!(id.as_str(), "речь.txt");
    assert_eq!(corpus.read_transcript(&link).unwrap().text.as_str(), TEXT);
    assert!(corpus.documents().unwrap().contains(&id));
    // Where nothing marks a corpus, the one that it leads to is meant; so it is from one within.
    let bare = tempfile::tempdir().unwrap();
    symlink(place.path("speech.txt"), bare.path().join("сегодня.txt")).unwrap();
    symlink(place.path("speech.txt"), place.path("та же.txt")).unwrap();
    for link in [bare.path().join("сегодня.txt"), place.path("та же.txt")] {
        let corpus = Corpus::containing(&link).unwrap();
        assert_eq!((corpus.root(), corpus.document_id(&link).unwrap().as_str()), (place.corpus.root(), "speech.txt"));
    }
}

#[test]
fn a_transcript_below_keeps_its_files_in_the_same_folders() {
    let place = Place::with(TEXT, "речи/й\u{301} 👍.txt");
    assert_eq!(place.document.id.as_str(), "речи/й\u{301} 👍.txt");
    assert_eq!(place.files().snapshot, place.path("annotations/alpha/речи/й\u{301} 👍.txt.ron"));
    let (mut session, mut desk) = place.open();
    day(&place, &mut session, &mut desk);
    save(&session, &mut desk);
    desk.sync(8).unwrap().run().unwrap();
    drop(desk);
    assert_eq!(place.corpus.annotators_of(&place.document.id).unwrap(), [alpha()]);
    assert_eq!(place.corpus.annotators_of(&DocumentId::new("й.txt")).unwrap(), []);
    assert_eq!(place.open().0.set(), session.set());
}

#[test]
#[expect(clippy::unicode_not_nfc, reason = "combining marks are what is tested")]
fn a_name_that_leads_elsewhere_or_hides_is_refused() {
    for good in ["alpha", "Айгу\u{301}л 🌾", "👩🏽‍🌾", "a.b", "O’Нил"] {
        assert_eq!(AnnotatorName::new(good).unwrap().to_string(), good);
    }
    let long = "й".repeat(101);
    let bad = [
        "",
        " ",
        "..",
        ".",
        "a/b",
        r"a\b",
        "../a",
        ".git",
        "a.",
        " a",
        "a\n",
        "a\0",
        "C:",
        "a*",
        "\u{200b}",
        "a\u{202e}й",
        &long,
    ];
    for bad in bad {
        assert!(AnnotatorName::new(bad).is_err(), "{bad:?}");
    }
    let error = AnnotatorName::new("и\u{306}/👍").unwrap_err();
    insta::assert_snapshot!(format!("{error}\n{}", error.hint().unwrap()), @r#"
    "й/👍" cannot be an annotator's name: it holds one of / \ : * ? " < > | or a control character
    choose another name with --annotator NAME
    "#);
}

#[test]
fn a_new_name_that_differs_only_by_case_is_refused() {
    let place = Place::new(TEXT);
    let named = |name: &str| AnnotatorName::new(name).unwrap();
    fs::create_dir_all(place.path("annotations/Й\u{301}од 👍")).unwrap();
    assert!(place.corpus.admit(&named("Й\u{301}од 👍")).is_ok());
    let error = place.corpus.admit(&named("й\u{301}оД 👍")).unwrap_err();
    insta::assert_snapshot!(error, @r#""й́оД 👍" cannot be an annotator's name: there is an annotator "Й́од 👍" already, and only the case differs"#);
    assert!(open(&place.corpus, &place.document, &named("й\u{301}оД 👍"), &schema(), false).is_err());
    fs::create_dir_all(place.path("annotations/й\u{301}од 👍")).unwrap();
    if place.corpus.annotators().unwrap().len() == 2 {
        assert!(place.corpus.admit(&named("Й\u{301}од 👍")).is_ok(), "where both are there, they are two");
    }
}

#[test]
fn the_schema_given_comes_before_the_corpus_s_and_that_before_the_built_in() {
    let place = Place::new(TEXT);
    let given = place.path("other.ron");
    write(&given, "\u{feff}(\"й\u{301} 👍\")");
    assert_eq!(place.corpus.schema_source(None).unwrap(), (crate::schema::BUILTIN.to_owned(), None));
    write(&place.path("schema.ron"), "()");
    assert_eq!(place.corpus.schema_source(None).unwrap(), ("()".to_owned(), Some(place.path("schema.ron"))));
    let source = place.corpus.schema_source(Some(&given)).unwrap();
    assert_eq!(source, ("(\"й\u{301} 👍\")".to_owned(), Some(given)));
    assert!(place.corpus.schema_source(Some(&place.path("none.ron"))).is_err());
    fs::write(place.path("schema.ron"), b"(\n\"\xd0\xb9\xcf\"").unwrap();
    let said = place.corpus.schema_source(None).unwrap_err().to_string();
    assert!(said.ends_with("schema.ron:2:3: expected UTF-8 text, found another byte"), "{said}");
}

#[test]
fn a_blank_schema_counts_as_none_and_that_is_told() {
    let place = Place::new(TEXT);
    assert_eq!(place.corpus.blank_schema(), None, "there is none");
    for blank in ["", " \n\t\r\n", "\u{feff}\n"] {
        write(&place.path("schema.ron"), blank);
        assert_eq!(place.corpus.schema_source(None).unwrap(), (crate::schema::BUILTIN.to_owned(), None));
        assert_eq!(place.corpus.schema(None).unwrap(), crate::schema::read(crate::schema::BUILTIN).unwrap());
        let notices = place.try_open().unwrap().notices;
        assert!(notices[0].ends_with("schema.ron is empty and counts as none"), "{notices:?}");
        assert!(place.corpus.schema(Some(&place.path("schema.ron"))).is_err(), "one that is asked for has to be one");
    }
    write(&place.path("schema.ron"), "// и\u{306} 👍");
    assert!(place.corpus.schema(None).is_err(), "somebody began to write one");
    assert_eq!(place.corpus.blank_schema(), None);
}

#[test]
fn what_is_opened_carries_the_rules_that_the_corpus_allows_to_be_broken() {
    let place = Place::new(TEXT);
    let opened = |settings: &str| {
        fs::write(place.path("corpus.ron"), settings).unwrap();
        let Opening { allow, notices, .. } = place.try_open().unwrap();
        (allow, notices)
    };
    let allow = Allow::of(&["cut-word", "duplicate:речь и\u{306}👍.txt"]).unwrap();
    assert_eq!(opened("(allow: [\"cut-word\", \"duplicate: речь и\u{306}👍.txt\"])"), (allow, Vec::new()));
    let (allow, notices) = opened("(allow: [\"и\u{306}👍\"])");
    assert_eq!(allow, Allow::default());
    assert!(notices[0].ends_with("corpus.ron: there is no rule `и\u{306}👍` to allow"), "{notices:?}");
}
