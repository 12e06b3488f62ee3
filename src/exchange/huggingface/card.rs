//! The card: what the columns are, for programs, and what is in them, for people.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::exchange::tidy::Tidy;
use crate::exchange::{Plan, Source};

use super::NAME;

const NAMED: [(&str, &str); 3] = [("id", "string"), ("label", "string"), ("value", "string")];
const PLACED: [(&str, &str); 4] = [("fragment", "int64"), ("start", "int64"), ("end", "int64"), ("text", "string")];
const JOINED: [(&str, &str); 2] = [("from", "string"), ("to", "string")];
const SAID: [(&str, &str); 6] = [
    ("speaker", "string"),
    ("attributes", ""),
    ("note", "string"),
    ("origin", "string"),
    ("origin_from", "string"),
    ("score", "float64"),
];
const DOCUMENT: [(&str, &str); 8] = [
    ("id", "string"),
    ("file", "string"),
    ("annotator", "string"),
    ("status", "string"),
    ("revision", "int64"),
    ("sha256", "string"),
    ("code_points", "int64"),
    ("text", "string"),
];
const SPEAKER: [(&str, &str); 4] = [("id", "int64"), ("name", "string"), ("role", "string"), ("aliases", "string")];

const COLUMNS: &str = "\
| column | holds |
|---|---|
| `id`, `file`, `sha256` | the transcript: its name, its file, the digest of the file |
| `annotator`, `status`, `revision` | who annotated it, whether they are done, after how many changes |
| `text` | the text that offsets count in, with LF line ends |
| `spans` | a fragment of an annotation each; the fragments of one annotation share its `id` |
| `spans.label`, `spans.value` | the layer, and the label where the layer has several |
| `spans.start`, `spans.end` | half-open, in code points: `text[start:end]` is the span's `text` |
| `relations` | joins two annotations by their `id`s |
| `labels` | what is said of the document as a whole |
| `attributes`, `note`, `speaker` | what else is said; the speaker is who is quoted or makes the claim |
| `origin`, `origin_from`, `score` | how the annotation came to be: by hand, suggested by an engine, imported, merged |
| `speakers` | the annotator's register of speakers |
";

/// What a card tells.
#[derive(Debug)]
pub(super) struct Card {
    title: String,
    documents: BTreeSet<String>,
    annotators: BTreeSet<String>,
    /// How many annotations have each layer and label.
    labels: BTreeMap<String, usize>,
}

impl Card {
    /// A card of nothing yet, called as the schema is.
    pub(super) fn of(plan: &Plan<'_>) -> Self {
        let names: BTreeSet<&str> = plan.schemas.iter().map(|own| own.name.as_str()).collect();
        let title = names.into_iter().collect::<Vec<_>>().join(", ");
        Self { title, documents: BTreeSet::new(), annotators: BTreeSet::new(), labels: BTreeMap::new() }
    }

    /// Counts `source`.
    pub(super) fn count(&mut self, source: &Source<'_>, tidy: &Tidy<'_>) {
        self.documents.insert(source.document.id.to_string());
        self.annotators.insert(source.annotator.to_owned());
        for own in &tidy.rows {
            *self.labels.entry(own.called.tag()).or_default() += 1;
        }
    }

    /// The card.
    pub(super) fn markdown(&self) -> String {
        let mut card = String::from("---\n");
        writeln!(card, "configs:\n- config_name: default\n  data_files: {NAME}").ok();
        card.push_str("task_categories:\n- token-classification\ndataset_info:\n  features:\n");
        columns(&mut card, 2, &DOCUMENT);
        for (name, parts) in [
            ("spans", vec![&NAMED[..], &PLACED, &SAID]),
            ("relations", vec![&NAMED, &JOINED, &SAID]),
            ("labels", vec![&NAMED, &SAID]),
            ("speakers", vec![&SPEAKER]),
        ] {
            writeln!(card, "  - name: {name}\n    list:").ok();
            columns(&mut card, 4, &parts.concat());
        }
        let Self { title, documents, annotators, labels } = self;
        let words = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        let total = words(labels.values().sum(), "annotation");
        let (documents, annotators) = (words(documents.len(), "transcript"), words(annotators.len(), "annotator"));
        write!(
            card,
            "---\n\n# {title}\n\n{documents}, {annotators}, {total}; a row for each transcript and annotator.\n\n"
        )
        .ok();
        card.push_str(
            "```python\nfrom datasets import load_dataset\n\nrows = load_dataset(\"DIRECTORY\", split=\"train\")\n",
        );
        card.push_str("for row in rows:\n    for span in row[\"spans\"]:\n        assert row[\"text\"][span[\"start\"]:span[\"end\"]] == span[\"text\"]\n```\n\n");
        card.push_str(COLUMNS);
        card.push_str("\n| label | annotations |\n|---|---|\n");
        for (tag, count) in labels {
            writeln!(card, "| {} | {count} |", tag.replace('|', "\\|").replace(char::is_control, " ")).ok();
        }
        card
    }
}

/// Columns in YAML; those without a type are lists of attributes.
fn columns(card: &mut String, depth: usize, columns: &[(&str, &str)]) {
    for (name, kind) in columns {
        writeln!(card, "{:depth$}- name: {name}", "").ok();
        if kind.is_empty() {
            writeln!(card, "{:depth$}  list:", "").ok();
            self::columns(card, depth + 2, &[("name", "string"), ("value", "string")]);
        } else {
            writeln!(card, "{:depth$}  dtype: {kind}", "").ok();
        }
    }
}
