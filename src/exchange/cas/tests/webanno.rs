//! The files of `WebAnno`'s own tests of its TSV, each with the same annotations in XMI beside it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::annotation::Origin;
use crate::exchange::cas::{TSV, XMI};
use crate::exchange::{Aim, Draft, Format, Item, Memory, settle};
use crate::text::Text;

fn shared() -> PathBuf {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    std::env::var_os("TRIBUNE_SHARED").map_or_else(|| beside.into(), PathBuf::from).join("data/webanno_tsv")
}

fn drafts(format: &Format, path: &Path) -> Vec<Draft> {
    let name = path.file_name().unwrap().display().to_string();
    let files = Memory([(name, std::fs::read(path).unwrap())].into());
    let mut drafts = Vec::new();
    format.read.unwrap()(&files, &mut |draft| drafts.push(draft)).unwrap();
    drafts
}

/// What is said, for comparing: the offsets, type and label of each annotation, for relations those of both ends. The spans of the
/// tables were of another type when the XMI was written.
fn said(draft: &Draft) -> Vec<String> {
    let place = |item: &Item| match &item.target {
        Aim::Text { pieces, .. } => pieces.first().cloned().unwrap_or_default(),
        Aim::Relation { .. } | Aim::Document => 0..0,
    };
    let places: BTreeMap<&str, Range<usize>> =
        draft.items.iter().filter(|own| !own.id.is_empty()).map(|own| (own.id.as_str(), place(own))).collect();
    let end = |id: &String| places.get(id.as_str());
    let mut said: Vec<String> = draft
        .items
        .iter()
        .map(|item| {
            let about = match &item.target {
                Aim::Relation { from, to } => format!("{:?} to {:?}", end(from), end(to)),
                Aim::Text { .. } => format!("{:?}", place(item)),
                Aim::Document => "document".to_owned(),
            };
            let layer = item.layer.as_deref().unwrap_or_default().replace("NamedEntity", "Span");
            format!("{about} {layer} {:?}", item.label.as_deref().unwrap_or_default())
        })
        .collect();
    said.sort();
    said
}

/// The words at the offsets of each annotation, without blanks, since a table does not say which of them are between sentences.
fn surfaces(draft: &Draft, text: &Text) -> Vec<String> {
    let mut surfaces: Vec<String> = draft
        .items
        .iter()
        .filter_map(|item| match &item.target {
            Aim::Text { pieces, .. } => pieces.first(),
            Aim::Relation { .. } | Aim::Document => None,
        })
        .map(|piece| {
            let offset = |number| text.offset_of_utf16(number).expect("offsets count UTF-16 units");
            text.between(offset(piece.start), offset(piece.end)).split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .collect();
    surfaces.sort();
    surfaces
}

/// What differs though neither reader is wrong.
const KNOWN: [(&str, &str); 9] = [
    ("testAnnotationWithLeadingWhitespace", "a table has no blanks"),
    ("testAnnotationWithLeadingWhitespaceAtStart", "a table has no blanks"),
    ("testAnnotationWithTrailingWhitespace", "a table has no blanks"),
    ("testAnnotationWithTrailingWhitespaceAtEnd", "a table has no blanks"),
    ("testDependencyWithValues", "the XMI leads from tokens to parts of speech too"),
    ("testElevatedType", "a table has one type for all parts of speech"),
    ("testZeroWidthAnnotationBeforeFirstTokenIsMovedToBeginOfFirstToken", "a table has no blanks"),
    ("testZeroWidthAnnotationBetweenTokenIsMovedToEndOfPreviousToken", "a table has no blanks"),
    ("testZeroWidthAnnotationBeyondLastTokenIsMovedToEndOfLastToken", "a table has no blanks"),
];

/// Every case: what is read of the table is what the XMI beside it says, every annotation that is taken has its words at its offsets, and
/// what is not taken is refused with its line.
#[test]
#[expect(clippy::print_stderr, reason = "says that it skips, and shows the table")]
fn every_table_of_webanno_says_what_the_xmi_beside_it_says() {
    let root = shared().join("tsv3-suite");
    if !root.exists() {
        return eprintln!("skipped: {} is not there", root.display());
    }
    let (mut tables, mut pairs, mut differ) = (0, 0, Vec::new());
    let mut paths: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().display().to_string();
        let [draft] = &drafts(&TSV, &path.join("reference.tsv"))[..] else { panic!("{name}: expected one draft") };
        let text = Text::new(draft.text.clone().unwrap()).unwrap();
        let items = draft.items.len();
        let told = draft.refusals.len();
        let settled = settle(draft.clone(), &text, None, &Origin::Manual);
        let taken = settled.statement.set.iter().count();
        let reasons: Vec<String> = settled.refusals.iter().map(ToString::to_string).collect();
        assert_eq!(taken + reasons.len(), items + told, "{name}");
        assert!(settled.refusals.iter().all(|own| own.spot.line > 0), "{name}: {reasons:?}");
        tables += 1;
        eprint!("{name}: {taken} taken; refused {reasons:?}");
        if !path.join("reference.xmi").exists() {
            eprintln!("; there is no XMI");
            continue;
        }
        pairs += 1;
        let [other] = &drafts(&XMI, &path.join("reference.xmi"))[..] else { panic!("{name}: expected one draft") };
        let other_text = Text::new(other.text.clone().unwrap()).unwrap();
        let (one, two) = (said(draft), said(other));
        if one == two && surfaces(draft, &text) == surfaces(other, &other_text) {
            eprintln!("; as the XMI has it");
        } else {
            let reason = KNOWN.iter().find(|(known, _)| *known == name).map(|(_, reason)| *reason);
            eprintln!("; the XMI differs ({}):\n    {one:?}\n    {two:?}", reason.unwrap_or("why?"));
            differ.push(name);
        }
    }
    let known: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
    assert_eq!(differ, known);
    assert_eq!((tables, pairs), (75, 73));
}

/// The files of versions 1 and 2, and two long ones of version 3.
#[test]
#[expect(clippy::print_stderr, reason = "says that it skips, and shows the table")]
fn tables_of_all_versions_are_read() {
    let root = shared();
    if !root.exists() {
        return eprintln!("skipped: {} is not there", root.display());
    }
    let counts =
        [("tsv2/example.tsv", 269), ("tsv2/example2.tsv", 269), ("tsv3/example2.tsv", 267), ("tsv3/coref.tsv", 6280)];
    for (name, expected) in counts {
        let [draft] = &drafts(&TSV, &root.join(name))[..] else { panic!("{name}: expected one draft") };
        let text = Text::new(draft.text.clone().unwrap()).unwrap();
        let settled = settle(draft.clone(), &text, None, &Origin::Manual);
        eprintln!("{name}: {} taken, refused {:?}", settled.statement.set.len(), settled.refusals);
        assert_eq!(settled.refusals, []);
        assert_eq!(settled.statement.set.len(), expected, "{name}");
    }
}
