//! Files by other hands: a clear error, never a panic.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::{history, snapshot};
use super::*;

/// A snapshot and a history, as written.
fn sources() -> (Place, String, String) {
    let place = Place::new(TEXT);
    let (mut session, mut desk) = place.open();
    day(&place, &mut session, &mut desk);
    save(&session, &mut desk);
    drop(desk);
    let read = |path| fs::read_to_string(path).unwrap();
    let (snapshot, history) = (read(place.files().snapshot), read(place.files().history));
    (place, snapshot, history)
}

/// What is said of a snapshot that `change` was done to; it must have changed something.
fn said(change: impl FnOnce(String) -> String) -> String {
    let (place, content, _) = sources();
    let changed = change(content.clone());
    assert_ne!(changed, content);
    fs::write(place.files().snapshot, &changed).unwrap();
    let before = place.leavings();
    let error = read(&place.corpus, &place.document, &Digest::of(&place.document.text), &alpha()).unwrap_err();
    assert_eq!(place.leavings(), before);
    let path = format!("{}", place.files().snapshot.display());
    let hint = "; the history beside it holds everything, and opening the transcript goes on from there";
    error.to_string().replace(&path, "й.ron").replace(hint, "")
}

#[test]
fn a_later_format_is_refused() {
    insta::assert_snapshot!(said(|s| s.replace("format: 1,", "format: 2, wings: true,")), @"й.ron: the file has format 2; this program reads format 1");
    insta::assert_snapshot!(said(|s| s.replace("format: 1,", "format: 0,")), @"й.ron:1:1: expected format 1, found 0");
    let (place, _, content) = sources();
    fs::write(place.files().history, content.replacen("format: 1,", "format: 2, wings: \"й 👍\",", 1)).unwrap();
    let error = place.try_open().unwrap_err();
    assert!(error.to_string().ends_with("speech.txt.history: the file has format 2; this program reads format 1"));
    assert_eq!(error.hint().unwrap(), "use the version of tribune that wrote it, or a later one");
}

#[test]
fn a_fault_is_told_with_its_line_and_column() {
    insta::assert_snapshot!(said(|s| s.replace("label: \"quote\"", "lable: \"й\u{301} 👍\"")), @"й.ron:13:33: unexpected field named `lable` in `Annotation`, expected one of `id`, `layer`, `label`, `target`, `attributes`, `note`, or `origin` instead");
    insta::assert_snapshot!(said(|s| s.replace("status: Done", "status: Готово")), @"й.ron:6:13: unexpected variant named `Готово` in enum `Status`, expected either `Open` or `Done` instead");
    insta::assert_snapshot!(said(|s| s.replace("target: Text(", "target: Texts(")), @"й.ron:13:57: unexpected variant named `Texts` in enum `Target`, expected one of `Text`, `Relation`, or `Document` instead");
    insta::assert_snapshot!(said(|s| s.replace("layer: \"quote\", ", "")), @"й.ron:13:123: unexpected missing field named `layer` in `Annotation`");
    insta::assert_snapshot!(said(|s| s.replace("\"«труд»\"", "\"«труд»")), @"й.ron:13:92: expected closing `)`");
    insta::assert_snapshot!(said(|s| s.replace("id: 1, layer", "id: \"👍\", layer")), @"й.ron:13:13: expected integer");
    insta::assert_snapshot!(said(|s| s.split_inclusive("target: Text([(").take(1).collect()), @"й.ron:13:63: unexpected end of RON");
    insta::assert_snapshot!(said(|_| String::new()), @"й.ron:1:1: expected opening `(` for struct `Snapshot`");
    insta::assert_snapshot!(said(|_| "й\u{301} 👍".to_owned()), @"й.ron:1:1: expected struct `Snapshot` but found `й́`");
}

#[test]
fn columns_count_code_points() {
    let (place, content, _) = sources();
    let broken = content.replace("Speaker(1)", "Spaeker(1)");
    let line = broken.lines().find(|line| line.contains("«труд»")).unwrap();
    let (before, _) = line.split_once("Spaeker").unwrap();
    match snapshot::parse(&broken, &place.files().snapshot).unwrap_err() {
        StoreError::Syntax { line: 13, column, .. } => assert_eq!(column, before.chars().count() + 1),
        other => panic!("{other}"),
    }
}

#[test]
fn numbers_beyond_all_use_are_refused() {
    insta::assert_snapshot!(said(|s| s.replace("id: 1, layer", "id: 4294967295, layer")), @"й.ron:13:14: expected an id from 1 to 2147483647, found 4294967295");
    insta::assert_snapshot!(said(|s| s.replace("id: 1, layer", "id: 0, layer")), @"й.ron:13:14: expected an id from 1 to 2147483647, found 0");
    insta::assert_snapshot!(said(|s| s.replace("id: 1, name", "id: 99999999999999999999999999999999999999999, name")), @"й.ron:10:14: integer is out of bounds");
    insta::assert_snapshot!(said(|s| s.replace("revision: 8", "revision: 18446744073709551615")), @"й.ron:5:15: expected a revision up to 9223372036854775807, found 18446744073709551615");
    insta::assert_snapshot!(said(|s| s.replace("format: 1", "format: 99999999999")), @"й.ron:2:13: integer is out of bounds");
}

#[test]
fn an_id_used_twice_is_told_with_its_second_line() {
    let twice = |s: String, start: &str| {
        let line = s.lines().find(|line| line.trim().starts_with(start)).unwrap().to_owned();
        s.replace(&line, &format!("{line}\n{line}"))
    };
    insta::assert_snapshot!(said(|s| twice(s, "(id: 1, layer")), @"й.ron:14:1: annotation 1 stands here for the second time");
    insta::assert_snapshot!(said(|s| twice(s, "(id: 1, name")), @"й.ron:11:1: speaker 1 stands here for the second time");
}

#[test]
fn ten_thousand_brackets_are_an_error() {
    for bracket in ["(", "[", "{", "Some(", "\"й 👍\": ["] {
        let deep = bracket.repeat(10_000);
        assert!(snapshot::parse(&deep, Path::new("x")).is_err());
        assert!(snapshot::parse(&format!("(format: 1, document: {deep}"), Path::new("x")).is_err());
        assert!(history::parse(format!("{deep}\n").as_bytes(), Path::new("x")).is_err());
    }
}

#[cfg(unix)]
#[test]
fn a_device_in_place_of_a_file_is_not_read() {
    let place = Place::new(TEXT);
    fs::create_dir_all(place.path("annotations/alpha")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", place.files().history).unwrap();
    let error = place.try_open().unwrap_err();
    assert!(error.to_string().ends_with("speech.txt.history: this is neither a file nor a directory"), "{error}");
}

/// One change to a file: bytes replaced by others somewhere.
fn change() -> impl Strategy<Value = (proptest::sample::Index, usize, Vec<u8>)> {
    const SCRAPS: [&str; 12] = [
        "й\u{301} 👍",
        "(",
        ")",
        "\"",
        ",",
        "\n",
        "99999999999999999999",
        "-1",
        "format: 7",
        "\0",
        "\u{feff}",
        "Some(",
    ];
    let scrap = prop_oneof![
        proptest::sample::select(&SCRAPS[..]).prop_map(|s: &str| s.as_bytes().to_vec()),
        vec(any::<u8>(), 0..4)
    ];
    (any::<proptest::sample::Index>(), 0..9usize, scrap)
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_no_reason_to_panic(bytes in vec(any::<u8>(), 0..300)) {
        drop(snapshot::parse(&String::from_utf8_lossy(&bytes), Path::new("x")));
        drop(history::parse(&bytes, Path::new("x")));
    }
}

#[test]
fn damaged_files_open_or_are_refused_and_never_panic() {
    let (place, snapshot, history) = sources();
    proptest!(ProptestConfig::with_cases(300), |(changes in vec(change(), 1..4), of_snapshot: bool, reseal: bool)| {
        let mut bytes = if of_snapshot { snapshot.clone() } else { history.clone() }.into_bytes();
        for (at, length, scrap) in changes {
            let at = at.index(bytes.len());
            let end = (at + length).min(bytes.len());
            drop(bytes.splice(at..end, scrap));
        }
        if of_snapshot {
            fs::write(place.files().snapshot, bytes).unwrap();
            fs::write(place.files().history, &history).unwrap();
        } else {
            drop(fs::remove_file(place.files().snapshot));
            fs::write(place.files().history, if reseal { sealed(&bytes) } else { bytes }).unwrap();
        }
        match place.try_open() {
            Ok(Opening { mut reading, desk, .. }) => {
                assert!(reading.session.set().next_id().0 > 0);
                drop(reading.session.undo(at(50)));
                if let Ok(desk) = desk {
                    drop(desk.save(&reading.session));
                }
            }
            Err(error) => prop_assert_eq!(error.to_string().lines().count(), 1),
        }
    });
}

/// A history with the checksums of its lines made good, as a forger would.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    let content = String::from_utf8_lossy(bytes);
    let mut sealed = String::new();
    for line in content.split_inclusive('\n') {
        let mut parts = line.trim_end_matches('\n').splitn(3, ' ');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(revision), Some(_), Some(ron)) if !revision.starts_with('(') => {
                let crc = crc32fast::hash(format!("{revision} {ron}").as_bytes());
                sealed.extend([revision, " ", &format!("{crc:08x}"), " ", ron, "\n"]);
            }
            _ => sealed += line,
        }
    }
    sealed.into_bytes()
}

#[test]
fn a_fault_in_the_history_is_told_with_its_line_and_column() {
    let (place, _, content) = sources();
    fs::remove_file(place.files().snapshot).unwrap();
    let said = |content: &str, resealed: bool| {
        let bytes = if resealed { sealed(content.as_bytes()) } else { content.as_bytes().to_vec() };
        fs::write(place.files().history, bytes).unwrap();
        let error = place.try_open().unwrap_err().to_string();
        error.replace(&format!("{}", place.files().history.display()), "й.history")
    };
    let said = [
        said(&content.replacen("«труд»\"", "«труд»", 1), true),
        said(&content.replacen("Insert", "Insret", 1), true),
        said(&content.replacen("document:", "documemt:", 1), false),
        said(&content.replacen("Insert", "Insret", 1), false),
    ];
    insta::assert_snapshot!(said.join("\n"), @r"
    й.history:2:171: expected closing `)`
    й.history:2:81: unexpected variant named `Insret` in enum `Edit`, expected one of `Insert`, `Remove`, `Replace`, `Speaker`, `Status`, `Stray`, or `Wait` instead
    й.history:1:13: expected the header of a history: unexpected field named `documemt` in `History`, expected one of `format`, `document`, or `annotator` instead
    й.history:2: the line was altered: its checksum is 43bfbad7, not f54d3b3c
    ");
}

/// A line, or a file, that goes on for long is read once, and is an error where nothing can be made of it.
#[test]
fn endless_lines_and_numbers_are_errors() {
    let place = Place::new(TEXT);
    let files = place.files();
    fs::create_dir_all(files.history.parent().unwrap()).unwrap();
    for filling in ["и\u{306}", "9", "(", "\"", " ", "\0"] {
        let long = filling.repeat(200_000);
        for content in
            [long.clone(), format!("(format: {long}"), format!("1 00000000 {long}\n"), format!("{long}\n1 2 3\n")]
        {
            for path in [&files.snapshot, &files.history] {
                fs::write(path, &content).unwrap();
                // A line without its end is unfinished, and what it held is set aside.
                if let Err(error) = place.try_open() {
                    assert!(error.to_string().chars().count() < 500, "{}", error.to_string().len());
                }
                fs::remove_file(path).unwrap();
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn files_longer_than_any_of_ours_are_not_read() {
    let place = Place::new(TEXT);
    let files = place.files();
    fs::create_dir_all(files.history.parent().unwrap()).unwrap();
    for (path, most) in [
        (files.snapshot, 1_073_741_824_u64),
        (files.history, 1_073_741_824),
        (place.path("schema.ron"), 16_777_216),
        (place.path("corpus.ron"), 16_777_216),
    ] {
        // Sparse: it takes no room on the disk, and reading stops at the limit.
        fs::File::create(&path).unwrap().set_len(most * 40).unwrap();
        let error = match path.extension().unwrap().to_str().unwrap() {
            _ if path == place.path("schema.ron") => place.corpus.schema(None).unwrap_err(),
            _ if path == place.path("corpus.ron") => place.corpus.settings().unwrap_err(),
            _ => place.try_open().unwrap_err(),
        };
        assert!(error.brief().ends_with(&format!(": it is longer than {most} bytes, and none of ours is")), "{error}");
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn a_transcript_longer_than_any_text_is_not_read() {
    let place = Place::new(TEXT);
    let path = place.corpus.root().join("сто\u{301} 👍.txt");
    fs::File::create(&path).unwrap().set_len(1 << 36).unwrap();
    let told = place.corpus.open_document(&DocumentId::new("сто\u{301} 👍.txt")).unwrap_err().to_string();
    assert!(told.ends_with("the text is 68719476736 bytes long; at most 4294967294 can be handled"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_corpus_is_refused_and_nothing_is_written_there() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    let victim = outside.path().join("чужо\u{301}е 👍");
    for (link, is_directory) in [
        ("annotations", true),
        ("annotations/alpha", true),
        ("annotations/alpha/speech.txt.history", false),
        ("annotations/alpha/speech.txt.ron", false),
        ("annotations/alpha/speech.txt.lock", false),
        ("annotations/alpha/speech.txt.torn", false),
    ] {
        for is_there in [true, false] {
            let place = Place::new(TEXT);
            let link = place.path(link);
            fs::create_dir_all(link.parent().unwrap()).unwrap();
            match (is_there, is_directory) {
                (true, true) => fs::create_dir(&victim).unwrap(),
                (true, false) => fs::write(&victim, "").unwrap(),
                (false, _) => {}
            }
            symlink(&victim, &link).unwrap();
            let opening = place.try_open();
            let said = match opening {
                Ok(opening) => opening.desk.unwrap_err(),
                Err(error) => error.to_string(),
            };
            let expected = "this symbolic link leads out of the corpus; nothing is written there";
            let is_unreadable = said.contains("expected opening `(`") && is_there;
            assert!(said.contains(expected) || is_unreadable, "{}: {said}", link.display());
            match (is_there, is_directory) {
                (true, true) => fs::remove_dir(&victim).unwrap(),
                (true, false) => {
                    assert_eq!(fs::read_to_string(&victim).unwrap(), "");
                    fs::remove_file(&victim).unwrap();
                }
                (false, _) => assert!(!victim.exists(), "{}", link.display()),
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_put_in_place_of_a_file_while_we_work_is_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    for name in ["history", "directory"] {
        let place = Place::new(TEXT);
        let (mut session, mut desk) = place.open();
        day(&place, &mut session, &mut desk);
        let away = outside.path().join(name);
        let home = if name == "history" { place.files().history } else { place.path("annotations") };
        fs::rename(&home, &away).unwrap();
        symlink(&away, &home).unwrap();
        let leavings = || walk(outside.path());
        let before = leavings();
        let theme = annotation(7, "theme", "youth", place.span("И\u{306}од"));
        let done = session.commit(at(21), "тема", vec![Edit::Insert(theme)]).unwrap();
        let recorded = desk.record(&done).is_ok();
        let saved = desk.save(&session).unwrap().run().is_ok();
        assert!(leavings() == before && !recorded && (saved || name == "directory"), "{name}: {recorded} {saved}");
    }
}

/// Every file below `directory`, with its content.
#[cfg(unix)]
fn walk(directory: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(walk(&path)) } else { found.push((path.clone(), fs::read(path).unwrap())) }
    }
    found.sort();
    found
}

#[cfg(unix)]
#[test]
fn links_within_the_corpus_are_followed() {
    let place = Place::new(TEXT);
    fs::create_dir_all(place.path("annotations/Бета 👍")).unwrap();
    std::os::unix::fs::symlink("Бета 👍", place.path("annotations/alpha")).unwrap();
    let (mut session, mut desk) = place.open();
    day(&place, &mut session, &mut desk);
    save(&session, &mut desk);
    assert!(place.path("annotations/Бета 👍/speech.txt.ron").exists());
}

#[cfg(unix)]
#[test]
fn a_transcript_with_a_line_end_in_its_name_is_worked_on_like_any_other() {
    let place = Place::with(TEXT, "речь\nи\u{306}\u{1b}[2J👍.txt");
    let (mut session, mut desk) = place.open();
    let sets = day(&place, &mut session, &mut desk);
    save(&session, &mut desk);
    drop(desk);
    let snapshot = fs::read_to_string(place.files().snapshot).unwrap();
    assert!(snapshot.contains("path: \"речь\\nи\u{306}\\u{1b}[2J👍.txt\""), "{snapshot}");
    assert_eq!(place.open().0.set(), sets.last().unwrap());
    edit(&place.files().history, |content| content.replacen("Commit", "Comit", 1));
    let error = place.try_open().unwrap_err().to_string();
    assert!(!error.contains('\n') && !error.contains('\u{1b}'), "{error}");
}
