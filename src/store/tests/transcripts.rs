//! Transcripts: text is taken verbatim, and what is no text is refused in one line with a hint.

use super::*;

/// What is said of the file `name`, with its directory left out, and the hint below it.
fn refusal(directory: &Path, name: &str) -> String {
    let path = directory.join(name);
    let corpus = Corpus::containing(directory).unwrap();
    let error = corpus.read_transcript(&path).unwrap_err();
    let said = format!("{error}\n{}", error.hint().unwrap());
    assert_eq!(said.lines().count(), 2);
    said.replace(&format!("{}/", directory.display()), "")
}

fn refusal_of(bytes: &[u8]) -> String {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("й 👍.txt"), bytes).unwrap();
    refusal(directory.path(), "й 👍.txt")
}

#[test]
fn an_empty_file_is_refused() {
    insta::assert_snapshot!(refusal_of(b""), @"
    й 👍.txt: the file is empty
    give a transcript with text in it
    ");
}

#[test]
fn a_binary_file_is_refused() {
    insta::assert_snapshot!(refusal_of("й\u{301} 👍\0".as_bytes()), @"
    й 👍.txt: this is not a text file (byte 9 is NUL)
    save the transcript as plain UTF-8 text first
    ");
}

#[test]
fn another_encoding_is_refused_with_its_line_and_byte() {
    insta::assert_snapshot!(refusal_of(b"first\nsecond \xcf\xf0\xe8"), @"
    й 👍.txt:2: the text is not UTF-8 (byte 13)
    convert it first: iconv -f windows-1251 -t utf-8 'й 👍.txt' > converted.txt
    ");
    insta::assert_snapshot!(refusal_of(&[TEXT.as_bytes(), b"\xf0\x9f\x91"].concat()), @"
    й 👍.txt:3: the text is not UTF-8 (byte 118)
    the text before is UTF-8: mend that line, or take the original
    ");
    insta::assert_snapshot!(refusal_of(b"\xff\xfe\x1f\x04"), @"
    й 👍.txt:1: the text is not UTF-8 (byte 0)
    convert it first: iconv -f utf-16 -t utf-8 'й 👍.txt' > converted.txt
    ");
    insta::assert_snapshot!(refusal_of(b"\xfe\xff\x04\x1f"), @"
    й 👍.txt:1: the text is not UTF-8 (byte 0)
    convert it first: iconv -f utf-16 -t utf-8 'й 👍.txt' > converted.txt
    ");
}

#[test]
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn a_directory_a_missing_file_and_a_pipe_are_refused() {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("O'Нил's й\u{301} 👍")).unwrap();
    insta::assert_snapshot!(refusal(directory.path(), "O'Нил's й\u{301} 👍"), @r"
    O'Нил's й́ 👍: this is a directory, not a transcript
    `tribune 'O'\''Нил'\''s й́ 👍'` lists its transcripts to choose from
    ");
    insta::assert_snapshot!(refusal(directory.path(), "нет.txt"), @"
    нет.txt: cannot read it: no such file or directory
    check the path; `tribune DIRECTORY` lists the transcripts of a corpus
    ");
    let made = std::process::Command::new("mkfifo").arg(directory.path().join("pipe.txt")).status();
    if made.is_ok_and(|status| status.success()) {
        insta::assert_snapshot!(refusal(directory.path(), "pipe.txt"), @"
        pipe.txt: this is neither a file nor a directory
        give a text file
        ");
    } else {
        println!("skipped: there is no mkfifo");
    }
}

#[test]
fn a_name_with_a_line_end_and_an_escape_is_told_on_one_line() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("й\n\u{1b}[2J👍.txt"), "").unwrap();
    insta::assert_snapshot!(refusal(directory.path(), "й\n\u{1b}[2J👍.txt"), @r"
    й\n\u{1b}[2J👍.txt: the file is empty
    give a transcript with text in it
    ");
}

#[test]
fn text_is_taken_verbatim() {
    for text in [TEXT, "\u{feff}", "\n", "\u{feff}\r\nй\rИ\u{306}\r\r\n👩🏽‍🌾", " \t\u{b}\u{c}\u{1b}[1m"] {
        assert_eq!(Place::new(text).document.text.as_str(), text);
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn the_seed_variants_open_or_are_refused() {
    let shared = std::env::var_os("TRIBUNE_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let directory = shared.join("data/unicode/seed_variants");
    if !directory.is_dir() {
        println!("skipped: {} is not there", directory.display());
        return;
    }
    let mut names: Vec<_> =
        fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let corpus = Corpus::containing(&directory).unwrap();
    let mut refused = String::new();
    for name in names {
        let path = directory.join(&name);
        match corpus.read_transcript(&path) {
            Ok(document) => assert_eq!(document.text.as_str().as_bytes(), fs::read(&path).unwrap(), "{name}"),
            Err(error) => refused += &format!("{error}\n").replace(&format!("{}/", directory.display()), ""),
        }
    }
    insta::assert_snapshot!(refused, @"
    cp1251.txt:1: the text is not UTF-8 (byte 0)
    cp866.txt:1: the text is not UTF-8 (byte 0)
    empty.txt: the file is empty
    invalid_bytes.txt:3: the text is not UTF-8 (byte 499)
    iso8859_5.txt:1: the text is not UTF-8 (byte 0)
    koi8r.txt:1: the text is not UTF-8 (byte 0)
    kz1048_full_kazakh.txt:1: the text is not UTF-8 (byte 0)
    lone_surrogates_cesu.txt:1: the text is not UTF-8 (byte 400)
    maccyrillic.txt:1: the text is not UTF-8 (byte 0)
    nul_inside.txt: this is not a text file (byte 549 is NUL)
    truncated_utf8.txt:3: the text is not UTF-8 (byte 1000)
    utf16be_bom.txt:1: the text is not UTF-8 (byte 0)
    utf16le_bom.txt:1: the text is not UTF-8 (byte 0)
    utf16le_nobom.txt: this is not a text file (byte 9 is NUL)
    ");
}
