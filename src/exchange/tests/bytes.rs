//! Any bytes, and any damage to what we write, in every format that can be read: read or refused.

use proptest::prelude::*;
use proptest::sample::Index;

use super::written;
use crate::exchange::fixture::Fixture;
use crate::exchange::{FORMATS, Memory, fuzzing};

/// What a file is damaged with: bytes that mean something in one format or another.
const BYTES: [u8; 20] = *b"\0\t\n\r \"&-/0:;<>[\\]_{|";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_damage_to_a_file_is_refused_or_makes_annotations_that_can_be_written(
        places in prop::collection::vec((any::<Index>(), prop::sample::select(&BYTES[..])), 1..4),
        cut: Option<Index>,
    ) {
        let fixture = Fixture::new();
        for format in FORMATS.iter().filter(|own| own.read.is_some()) {
            let Memory(mut files) = written(format, &[fixture.source()]);
            for bytes in files.values_mut().filter(|bytes| !bytes.is_empty()) {
                for (place, byte) in &places {
                    let place = place.index(bytes.len());
                    bytes[place] = *byte;
                }
                bytes.truncate(cut.map_or(bytes.len(), |cut| cut.index(bytes.len())));
            }
            fuzzing::read_files(format, &Memory(files));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>, words in "[й\u{301}👍 \t\n<>{}\":0-9#TAR_|,-]{0,80}") {
        for format in FORMATS.iter().filter(|own| own.read.is_some()) {
            for bytes in [&bytes[..], words.as_bytes()] {
                let names = ["й.ann", "й.txt", "annotation.conf", "й.tsv", "й.csv", "й.json", "й.xml", "й.qdpx", "й.parquet"];
                for name in names {
                    fuzzing::read_files(format, &Memory([(name.to_owned(), bytes.to_vec())].into()));
                }
            }
        }
    }
}
