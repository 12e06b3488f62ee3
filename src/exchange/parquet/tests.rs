use std::io::Write as _;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Row, RowAccessor};

use super::*;
use crate::exchange::Memory;
use crate::exchange::fixture::Fixture;
use crate::exchange::tests::written;

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
