//! Files of other programs, from the shared data: what is taken has its words at its offsets, the rest is refused with a reason.

use std::io;
use std::path::{Path, PathBuf};

use crate::annotation::Origin;
use crate::exchange::{Aim, Draft, FORMATS, Files, Format, settle};
use crate::text::Text;

fn shared() -> PathBuf {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared");
    std::env::var_os("TRIBUNE_SHARED").map_or_else(|| beside.into(), PathBuf::from).join("data")
}

/// One file, and what lies beside it.
struct Only {
    directory: PathBuf,
    name: String,
}

impl Files for Only {
    fn names(&self) -> Vec<String> {
        vec![self.name.clone()]
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.directory.join(name))
    }
}

fn all_files(below: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![below.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// How many annotations of the files of one directory were taken, and how many were refused.
#[derive(Debug, Default)]
struct Count {
    files: usize,
    taken: usize,
    refused: usize,
}

/// Reads every file below `name` in the format that it looks like, and shows what becomes of each.
#[expect(clippy::print_stderr, reason = "says that it skips, and shows the table")]
fn read_all(name: &str) -> Option<Count> {
    let root = shared().join(name);
    if !root.exists() {
        eprintln!("skipped: {} is not there", root.display());
        return None;
    }
    let mut count = Count::default();
    for path in all_files(&root) {
        let shown = path.strip_prefix(&root).unwrap().display().to_string();
        let file = path.file_name().unwrap().display().to_string();
        let bytes = std::fs::read(&path).unwrap();
        let head = bytes.get(..4096).unwrap_or(&bytes);
        let Some(format) = FORMATS.iter().find(|own| own.read.is_some() && (own.sniff)(&file, head)) else {
            if path.extension().is_none_or(|end| end != "txt") {
                eprintln!("{shown}: looks like nothing that can be read");
            }
            continue;
        };
        let files = Only { directory: path.parent().unwrap().to_owned(), name: file };
        let mut drafts = Vec::new();
        if let Err(error) = format.read.unwrap()(&files, &mut |draft| drafts.push(draft)) {
            eprintln!("{shown}: cannot be read as {format}: {error}");
            continue;
        }
        count.files += 1;
        for draft in drafts {
            let (taken, refusals) = take(format, &shown, draft);
            count.taken += taken;
            count.refused += refusals.len();
            eprintln!("{shown}: {format}, {taken} taken, {} refused; {:?}", refusals.len(), refusals.first());
        }
    }
    Some(count)
}

/// How much of `draft` is taken, and why the rest is not. The words of each annotation are compared here once more, without the
/// functions that settle it: by cutting the text as Python or Java would.
fn take(format: &Format, shown: &str, draft: Draft) -> (usize, Vec<String>) {
    let Some(text) = draft.text.clone() else { return (0, vec!["there is no text".to_owned()]) };
    let text = Text::new(text).unwrap();
    let (items, told) = (draft.items.len(), draft.refusals.len());
    let stated: Vec<(String, String)> = draft
        .items
        .iter()
        .filter_map(|own| match &own.target {
            Aim::Text { words, .. } if !words.is_empty() => Some((own.id.clone(), words.join(" "))),
            Aim::Text { .. } | Aim::Relation { .. } | Aim::Document => None,
        })
        .collect();
    let settled = settle(draft, &text, None, &Origin::Manual);
    let set = &settled.statement.set;
    let refusals: Vec<String> = settled.refusals.iter().map(ToString::to_string).collect();
    assert_eq!(set.len() + refusals.len(), items + told, "{shown} as {format}");
    let blanks = |words: &str| words.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let mut open: Vec<Vec<String>> = stated.iter().map(|(_, words)| blanks(words)).collect();
    let chars: Vec<char> = text.as_str().chars().collect();
    for own in set.iter().filter(|_| !stated.is_empty()) {
        let Some(fragments) = own.fragments() else { continue };
        let pieces = fragments.spans().iter().map(|span| chars[text.code_points(*span)].iter().collect::<String>());
        let words = blanks(&pieces.collect::<Vec<_>>().join(" "));
        let place = open.iter().position(|stated| *stated == words);
        assert!(place.is_some(), "{shown} as {format}: {words:?} is not said in the file");
        open.remove(place.unwrap());
    }
    (set.len(), refusals)
}

#[test]
fn the_files_of_brat_and_litbank_are_read() {
    let Some(count) = read_all("brat") else { return };
    assert!(count.files >= 20 && count.taken > 1000, "{count:?}");
}

#[test]
fn the_files_of_doccano_are_read() {
    let Some(count) = read_all("doccano") else { return };
    assert!(count.files >= 9 && count.taken >= 30, "{count:?}");
}

#[test]
fn the_files_of_label_studio_are_read() {
    let Some(count) = read_all("label_studio") else { return };
    assert!(count.files >= 3, "{count:?}");
}

#[test]
fn the_files_of_kaznerd_are_read() {
    let Some(count) = read_all("kazakh") else { return };
    assert!(count.taken > 10_000 && count.refused == 0, "{count:?}");
}
