use std::io::Write as _;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Row, RowAccessor};

use super::*;
use crate::exchange::fixture::Fixture;
use crate::exchange::tests::{law, read, written};
use crate::exchange::{Files, Item, Memory};

/// The rows of the table called `name`, as the crate's own reader has them.
fn rows(files: &Memory, name: &str) -> Vec<Row> {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&files.0[&format!("{name}.parquet")]).unwrap();
    SerializedFileReader::new(file).unwrap().get_row_iter(None).unwrap().map(Result::unwrap).collect()
}

#[test]
fn fragments_are_lists_and_every_one_is_its_slice_in_three_units() {
    let (one, other) = (Fixture::new(), Fixture::of("й\u{301} 👍"));
    let files = written(&FORMAT, &[one.source(), other.source()]);
    let text = rows(&files, "documents")[0].get_string(4).unwrap().clone();
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut counts = Vec::new();
    for row in rows(&files, "spans") {
        let fragments = row.get_list(5).unwrap();
        counts.push(fragments.len());
        for place in 0..fragments.len() {
            let own = parquet::record::ListAccessor::get_group(fragments, place).unwrap();
            let offset = |column| usize::try_from(own.get_int(column).unwrap()).unwrap();
            let words = own.get_string(6).unwrap();
            assert_eq!(&text.chars().skip(offset(0)).take(offset(1) - offset(0)).collect::<String>(), words);
            assert_eq!(&String::from_utf16(&units[offset(2)..offset(3)]).unwrap(), words);
            assert_eq!(text.get(offset(4)..offset(5)), Some(words.as_str()));
        }
    }
    assert_eq!(counts, [2, 1, 1, 1, 1]);
    assert_eq!((rows(&files, "documents").len(), rows(&files, "annotators").len()), (1, 2));
}

#[test]
fn a_row_holds_what_is_said_and_nothing_where_there_is_nothing() {
    let files = written(&FORMAT, &[Fixture::new().source()]);
    let shown = |name| rows(&files, name).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(shown("relations"), @r#"{doc_id: "речи/аким", relation_id: "L6", annotator: "alpha", label: "Link", value: "supports", from: "C2", to: "Q1", speaker: null, attrs: {}, note: null, origin: "manual", origin_from: null, score: null}"#);
    insta::assert_snapshot!(shown("labels"), @r#"{doc_id: "речи/аким", label_id: "G7", annotator: "alpha", label: "Genre", value: "speech", speaker: null, attrs: {}, note: null, origin: "manual", origin_from: null, score: null}"#);
    insta::assert_snapshot!(shown("speakers"), @r#"{doc_id: "речи/аким", annotator: "alpha", speaker_id: 1, speaker: "Ермаганбет Булекпаев", role: "Аким области", aliases: "аким"}"#);
    let spans = rows(&files, "spans");
    insta::assert_snapshot!(spans[4].to_string(), @r#"
    {doc_id: "речи/аким", span_id: "Ж5", annotator: "alpha", label: "Жест", value: "laugh", fragments: [{start: 48, end: 54, start_utf16: 52, end_utf16: 58, start_byte: 92, end_byte: 102, text: "[смех]"}], speaker: null, turn: null, turn_speaker: null, paragraph: 2, attrs: {"volume" -> ""f""}, note: "он "смеётся",
    громко 👍", origin: "manual", origin_from: null, score: null}
    "#);
    assert_eq!(spans[3].get_double(spans[3].len() - 1).unwrap().to_string(), "0.87");
}

#[test]
fn the_bytes_are_always_the_same_and_no_table_is_missing() {
    let fixture = Fixture::new();
    let files = written(&FORMAT, &[fixture.source()]);
    assert_eq!(files, written(&FORMAT, &[fixture.source()]));
    let empty = written(&FORMAT, &[]);
    assert!(empty.0.keys().eq(files.0.keys()));
    assert!(rows(&empty, "spans").is_empty());
}

#[test]
fn what_is_written_is_read_back_minus_what_was_told() {
    law(&FORMAT);
}

#[test]
fn spans_alone_are_read_with_the_texts_that_lie_beside_them() {
    struct One(Memory);
    impl Files for One {
        fn names(&self) -> Vec<String> {
            vec!["spans.parquet".to_owned()]
        }
        fn read(&self, name: &str) -> io::Result<Vec<u8>> {
            self.0.read(name)
        }
    }
    let fixture = Fixture::new();
    let files = One(written(&FORMAT, &[fixture.source()]));
    let draft = read(&FORMAT, &files).remove(0);
    assert_eq!(draft.items.len(), 5);
    assert_eq!(draft.text, Some(fixture.document.text.as_str().replace("\r\n", "\n")));
}

/// The reasons why a table with these bytes cannot be read; none if it can.
fn refused(bytes: &[u8]) -> Option<String> {
    let files = Memory([("й.parquet".to_owned(), bytes.to_vec())].into());
    FORMAT.read.unwrap()(&files, &mut |_| ()).err().map(|error| error.to_string())
}

#[test]
fn what_is_cut_off_or_of_no_such_kind_is_refused() {
    let files = written(&FORMAT, &[Fixture::new().source()]);
    for own in files.0.values() {
        for length in 0..own.len() {
            assert!(refused(&own[..length]).is_some(), "{length} bytes");
        }
    }
    assert_eq!(
        refused("й\u{301}👍".as_bytes()).unwrap(),
        "й.parquet: expected Parquet with a footer, found other bytes"
    );
}

#[test]
fn every_byte_may_be_any_other() {
    let files = written(&FORMAT, &[Fixture::new().source()]);
    for own in files.0.values() {
        for place in 0..own.len() {
            for other in [0x7f, own[place] ^ 4] {
                let mut bytes = own.clone();
                bytes[place] = other;
                refused(&bytes);
            }
        }
    }
}

/// A file with one column of words, a dictionary of `word`, and a page that says `count` times that it is there.
fn repeated(word: &str, count: usize) -> Vec<u8> {
    let number = |number: usize| {
        // Seven bits a byte, the sign in the lowest: as Thrift writes it, and a run its length.
        let bits = (0..5).map(|place| ((number * 2) >> (7 * place)) & 127);
        let bytes = bits.zip(0..5).map(|(bits, place)| u8::try_from(bits).unwrap() | if place < 4 { 128 } else { 0 });
        bytes.collect::<Vec<u8>>()
    };
    let header = |kind: u8, length: usize, own: &[u8]| {
        [&[0x15, kind * 2, 0x15][..], &number(length), &[0x15], &number(length), own, &[0, 0]].concat()
    };
    let words = [&u32::try_from(word.len()).unwrap().to_le_bytes(), word.as_bytes()].concat();
    let places = [&[1][..], &number(count), &[0]].concat();
    let data = [&[0x2c, 0x15][..], &number(count), &[0x15, 16, 0x15, 6, 0x15, 6]].concat();
    let dictionary = header(2, words.len(), &[0x4c, 0x15, 2, 0x15, 0]);
    let pages = [&dictionary, &words[..], &header(0, places.len(), &data), &places].concat();
    let schema =
        [&[0x19, 0x2c][..], &[0x48, 1, b'm', 0x15, 2, 0], &[0x15, 12, 0x25, 0, 0x18, 5], b"label", &[0]].concat();
    let chunk = [&[0x3c, 0x15, 12, 0x35, 0, 0x16][..], &number(count), &[0x46], &number(4), &[0, 0]].concat();
    let footer = [&[0x15, 2][..], &schema, &[0x16, 2, 0x19, 0x1c, 0x19, 0x1c], &chunk, &[0, 0]].concat();
    let length = u32::try_from(footer.len()).unwrap().to_le_bytes();
    [b"PAR1", &pages[..], &footer, &length, b"PAR1"].concat()
}

#[test]
fn a_few_bytes_that_say_that_there_are_many_rows_are_refused() {
    let few = refused(&repeated("За\u{301}мок 👍", 3)).unwrap();
    assert_eq!(few, "й.parquet:1: expected a table with a start, an end and a label in each row");
    let much = "й.parquet: column label: there is more in it than is taken: over 512 MB";
    assert_eq!(refused(&repeated("👍", 1 << 30)).unwrap(), much);
    assert_eq!(refused(&repeated(&"и\u{306}".repeat(1 << 20), 1000)).unwrap(), much);
}

/// `spans.parquet` of a small speech, as other programs wrote it again: with other integers, dictionaries, lists and pages, packed with
/// gzip, Zstandard, Snappy and not at all.
const AGAIN: [&[u8]; 4] = [
    include_bytes!("tests/pandas.parquet"),
    include_bytes!("tests/polars.parquet"),
    include_bytes!("tests/duckdb.parquet"),
    include_bytes!("tests/pyarrow.parquet"),
];

#[test]
fn what_other_programs_make_of_ours_reads_the_same() {
    let lines = |bytes: &[u8]| {
        let draft = read(&FORMAT, &Memory([("й.parquet".to_owned(), bytes.to_vec())].into())).remove(0);
        assert_eq!((draft.document.as_deref(), draft.annotator.as_deref()), (Some("речь.txt"), Some("alpha")));
        assert_eq!(draft.refusals, []);
        let line = |own: Item| {
            let Item { id, layer, label, target, attributes, note, origin, .. } = own;
            format!("{id} {layer:?} {label:?} {target:?} {attributes:?} {note:?} {origin:?}")
        };
        draft.items.into_iter().map(line).collect::<Vec<_>>().join("\n")
    };
    let read = AGAIN.map(lines);
    insta::assert_snapshot!(read[0], @r#"
    C2 Some("Claim") None Text { pieces: [0..4, 19..25], words: ["Аким", "сказал"], apart: None } [("checkable", Words("true"))] None Some(Imported { from: "small/речь.csv" })
    Q1 Some("Quote") None Text { pieces: [6..16], words: ["«За\u{301}мок 👍»"], apart: None } [("speaker", Words("Аким"))] Some("нота\nй 👍") Some(Imported { from: "small/речь.csv" })
    T3 Some("Theme") Some("rights") Text { pieces: [7..13], words: ["За\u{301}мок"], apart: None } [] None Some(Imported { from: "small/речь.csv" })
    "#);
    assert!(read.iter().all(|own| *own == read[0]), "{read:#?}");
}
