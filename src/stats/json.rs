//! The counts for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::{Counts, Group, Stats, Tally};

/// Raised when a reader of older output could misread the new.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Root<'a> {
    format: &'static str,
    version: u32,
    annotators: Vec<AnnotatorRow<'a>>,
}

#[derive(Serialize)]
struct AnnotatorRow<'a> {
    annotator: &'a str,
    documents: usize,
    done: usize,
    code_points: usize,
    groups: Vec<GroupRow<'a>>,
}

/// A group; like the rows of the table, all have the same keys.
#[derive(Serialize)]
struct GroupRow<'a> {
    /// `total`, `layer`, `label` or `speaker`.
    group: &'static str,
    layer: Option<&'a str>,
    label: Option<&'a str>,
    /// Null for other groups, and for what could have a speaker and has none.
    speaker: Option<&'a str>,
    annotations: usize,
    fragments: usize,
    /// Code points in at least one fragment.
    covered: usize,
    /// `covered` by the annotator's `code_points`.
    share: f64,
}

impl Stats {
    /// Writes the counts as a JSON object, indented, with a line end.
    pub fn json(&self, mut out: impl Write) -> io::Result<()> {
        let annotators = self.annotators.iter().map(|(annotator, counts)| annotator_row(annotator, counts)).collect();
        let root = Root { format: "tribune stats", version: VERSION, annotators };
        serde_json::to_writer_pretty(&mut out, &root)?;
        writeln!(out)
    }
}

fn annotator_row<'a>(annotator: &'a str, counts: &'a Counts) -> AnnotatorRow<'a> {
    let groups = counts.groups.iter().map(|(group, tally)| group_row(counts, group, *tally)).collect();
    AnnotatorRow { annotator, documents: counts.documents, done: counts.done, code_points: counts.code_points, groups }
}

fn group_row<'a>(counts: &Counts, group: &'a Group, tally: Tally) -> GroupRow<'a> {
    let (group, layer, label, speaker) = match group {
        Group::Total => ("total", None, None, None),
        Group::Layer(layer) => ("layer", Some(layer.as_str()), None, None),
        Group::Label(layer, label) => ("label", Some(layer.as_str()), Some(label.as_str()), None),
        Group::Speaker(name) => ("speaker", None, None, name.as_deref()),
    };
    let Tally { annotations, fragments, covered } = tally;
    GroupRow { group, layer, label, speaker, annotations, fragments, covered, share: counts.share(tally) }
}
