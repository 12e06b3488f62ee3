//! Hugging Face `datasets`: `hf.jsonl`, a line for each document and annotator, and `README.md`, the card.
//!
//! ```python
//! rows = load_dataset("DIRECTORY", split="train")
//! assert all(row["text"][span["start"]:span["end"]] == span["text"] for row in rows for span in row["spans"])
//! ```
//!
//! Every row has the same keys with values of the same types, null where there is nothing; the card says which, or a corpus that begins
//! with an empty list would have none. A span is a fragment; the fragments of one annotation share its `id`. Attributes are a list
//! of names and words, since keys that differ from row to row would become columns of nulls. Offsets are code points of `text`.

mod card;
mod read;

use std::borrow::Cow;
use std::io;

use serde::{Deserialize, Serialize};

use super::contents::{begins, has, write_line};
use super::tidy::{About, Registered, Row, Tidy, doc_id, status};
use super::{Exporter, Format, Losses, Shape, Shipped, Sink, Source, Unit};
use card::Card;

/// The format.
pub const FORMAT: Format = Format {
    name: "huggingface",
    aliases: &["hf"],
    about: "A line of JSON per transcript and annotator for datasets, with a card; a directory",
    shape: Shape::Directory,
    beside: &[],
    units: &[Unit::CodePoints],
    start: |plan| Box::new(Lines { card: Card::of(plan) }),
    read: Some(read::read),
    sniff: |_, head| {
        begins(head, "{\"id\":") && ["\"file\":", "\"annotator\":", "\"status\":"].iter().all(|own| has(head, own))
    },
};

const NAME: &str = "hf.jsonl";

#[derive(Serialize, Deserialize)]
struct Line {
    id: String,
    file: String,
    annotator: String,
    status: String,
    revision: u64,
    sha256: String,
    code_points: usize,
    text: String,
    spans: Vec<SpanRow>,
    relations: Vec<RelationRow>,
    labels: Vec<LabelRow>,
    speakers: Vec<SpeakerRow>,
}

#[derive(Serialize, Deserialize)]
struct SpanRow {
    #[serde(flatten)]
    name: Name,
    fragment: usize,
    start: usize,
    end: usize,
    text: String,
    #[serde(flatten)]
    said: Said,
}

#[derive(Serialize, Deserialize)]
struct RelationRow {
    #[serde(flatten)]
    name: Name,
    from: String,
    to: String,
    #[serde(flatten)]
    said: Said,
}

#[derive(Serialize, Deserialize)]
struct LabelRow {
    #[serde(flatten)]
    name: Name,
    #[serde(flatten)]
    said: Said,
}

/// What an annotation is called.
#[derive(Clone, Serialize, Deserialize)]
struct Name {
    id: String,
    label: String,
    value: Option<String>,
}

/// What is said of it.
#[derive(Clone, Serialize, Deserialize)]
struct Said {
    speaker: Option<String>,
    attributes: Vec<AttributeRow>,
    note: Option<String>,
    origin: Option<String>,
    origin_from: Option<String>,
    score: Option<f64>,
}

#[derive(Clone, Serialize, Deserialize)]
struct AttributeRow {
    name: String,
    value: String,
}

#[derive(Serialize, Deserialize)]
struct SpeakerRow {
    id: u32,
    name: String,
    role: Option<String>,
    aliases: Option<String>,
}

/// Lines being written, and counted for the card.
#[derive(Debug)]
struct Lines {
    card: Card,
}

impl Exporter for Lines {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let tidy = Tidy::of(source, &shipped, losses)?;
        self.card.count(source, &tidy);
        write_line(sink, NAME, &line(source, &shipped, &tidy))
    }

    fn finish(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        // A set of data without a file is none.
        sink.file(NAME)?;
        sink.file("README.md")?.write_all(self.card.markdown().as_bytes())
    }
}

fn line(source: &Source<'_>, shipped: &Shipped, tidy: &Tidy<'_>) -> Line {
    let text = shipped.text();
    let (mut spans, mut relations, mut labels) = (Vec::new(), Vec::new(), Vec::new());
    for own in &tidy.rows {
        let (name, said) = (name(own), said(own));
        match &own.about {
            About::Text(fragments) => spans.extend((1..).zip(fragments.spans()).map(|(fragment, span)| {
                let range = text.code_points(*span);
                let (name, said) = (name.clone(), said.clone());
                SpanRow { name, fragment, start: range.start, end: range.end, text: text.slice(*span).to_owned(), said }
            })),
            About::Relation { from, to } => {
                relations.push(RelationRow { name, from: from.clone(), to: to.clone(), said });
            }
            About::Document => labels.push(LabelRow { name, said }),
        }
    }
    Line {
        id: doc_id(source).to_owned(),
        file: source.document.id.to_string(),
        annotator: source.annotator.to_owned(),
        status: status(source).to_owned(),
        revision: source.revision,
        sha256: source.digest.as_str().to_owned(),
        code_points: text.code_point_count(),
        text: text.as_str().to_owned(),
        spans,
        relations,
        labels,
        speakers: tidy.speakers.iter().map(speaker).collect(),
    }
}

fn name(own: &Row<'_>) -> Name {
    Name { id: own.id.clone(), label: own.called.layer.clone(), value: own.called.value.clone() }
}

fn said(own: &Row<'_>) -> Said {
    let Row { speaker, attributes, note, stamp, .. } = own;
    let attribute = |(name, value): &(&str, Cow<'_, str>)| AttributeRow {
        name: (*name).to_owned(),
        value: value.clone().into_owned(),
    };
    Said {
        speaker: speaker.clone().map(Cow::into_owned),
        attributes: attributes.iter().map(attribute).collect(),
        note: note.map(str::to_owned),
        origin: unless_empty(stamp.kind),
        origin_from: unless_empty(&stamp.from),
        score: stamp.score,
    }
}

fn speaker(own: &Registered<'_>) -> SpeakerRow {
    let Registered { id, name, role, aliases } = own;
    SpeakerRow { id: id.0, name: (*name).to_owned(), role: role.map(str::to_owned), aliases: unless_empty(aliases) }
}

fn unless_empty(words: &str) -> Option<String> {
    (!words.is_empty()).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::FORMAT;
    use crate::exchange::Memory;
    use crate::exchange::fixture::Fixture;
    use crate::exchange::tests::{law, written};

    fn files() -> (String, Vec<serde_json::Value>) {
        let Memory(mut files) = written(&FORMAT, &[Fixture::new().source(), Fixture::of("й\u{301} 👍").source()]);
        let mut content = |name: &str| String::from_utf8(files.remove(name).unwrap()).unwrap();
        let rows = content("hf.jsonl").lines().map(|own| serde_json::from_str(own).unwrap()).collect();
        (content("README.md"), rows)
    }

    fn keys(own: &serde_json::Value) -> Vec<String> {
        own.as_object().unwrap().keys().cloned().collect()
    }

    #[test]
    fn the_card_names_just_the_columns_that_there_are_and_counts() {
        let (card, rows) = files();
        let names = |content: &str, blanks: &str| {
            let mut names: Vec<_> = content
                .lines()
                .filter_map(|own| own.strip_prefix(blanks)?.strip_prefix("- name: "))
                .map(str::to_owned)
                .collect();
            names.sort();
            names
        };
        assert_eq!(names(&card, "  "), keys(&rows[0]));
        for list in ["spans", "relations", "labels", "speakers"] {
            let (_, own) = card.split_once(&format!("- name: {list}\n")).unwrap();
            let own = own.split("\n  - name").next().unwrap();
            assert_eq!(names(own, "    "), keys(&rows[0][list][0]), "{list}");
        }
        assert!(card.contains("\n# speeches\n\n1 transcript, 1 annotator, 7 annotations;"), "{card}");
        assert!(card.contains("\n| Theme:rights | 1 |\n| Жест:laugh | 1 |\n"), "{card}");
    }

    #[test]
    fn every_row_and_every_span_has_the_same_keys() {
        let (_, rows) = files();
        assert_eq!(keys(&rows[0]), keys(&rows[1]));
        let spans = rows[0]["spans"].as_array().unwrap();
        assert!(spans.iter().all(|own| keys(own) == keys(&spans[0])));
        assert_eq!((spans[1]["id"].clone(), spans[1]["fragment"].clone()), ("Q1".into(), 2.into()));
    }

    #[test]
    fn what_is_written_is_read_back_minus_what_was_told() {
        law(&FORMAT);
    }
}
