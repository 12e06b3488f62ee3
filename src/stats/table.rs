//! The table for people: aligned by the cells that a terminal gives each character.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{Counts, Group, Stats, Tally};
use crate::show::visible;

impl Stats {
    /// Writes a table per annotator, with an empty line between.
    pub fn table(&self, mut out: impl Write) -> io::Result<()> {
        for (number, (annotator, counts)) in self.annotators.iter().enumerate() {
            if number > 0 {
                writeln!(out)?;
            }
            let Counts { documents, done, code_points, .. } = counts;
            let plural = if *documents == 1 { "" } else { "s" };
            let annotator = visible::line(annotator);
            writeln!(out, "{annotator}: {documents} document{plural}, {done} done, {code_points} code points\n")?;
            write_rows(&rows(counts), &mut out)?;
        }
        Ok(())
    }
}

type Cells = [String; 5];

/// The header and the groups by their kind; the name of a kind stands at its first group only.
fn rows(counts: &Counts) -> Vec<Cells> {
    let mut rows = vec![["", "", "annotations", "fragments", "covered"].map(str::to_owned)];
    for kind in ["total", "layer", "label", "speaker"] {
        let groups = counts.groups.iter().filter(|(group, _)| kind_of(group) == kind);
        for (number, (group, tally)) in groups.enumerate() {
            let kind = if number == 0 { kind } else { "" };
            rows.push(row(counts, kind, group, *tally));
        }
    }
    rows
}

fn row(counts: &Counts, kind: &str, group: &Group, tally: Tally) -> Cells {
    let share = format!("{:.1} %", 100.0 * counts.share(tally));
    [kind.to_owned(), name(group), tally.annotations.to_string(), tally.fragments.to_string(), share]
}

const fn kind_of(group: &Group) -> &'static str {
    match group {
        Group::Total => "total",
        Group::Layer(_) => "layer",
        Group::Label(..) => "label",
        Group::Speaker(_) => "speaker",
    }
}

fn name(group: &Group) -> String {
    match group {
        Group::Total => "relations included".to_owned(),
        Group::Layer(layer) => visible::line(layer.as_str()),
        Group::Label(layer, label) => visible::line(&format!("{layer}: {label}")),
        Group::Speaker(Some(name)) => visible::line(name),
        Group::Speaker(None) => "(none: the narrator)".to_owned(),
    }
}

/// Names to the left, numbers to the right.
fn write_rows(rows: &[Cells], out: &mut impl Write) -> io::Result<()> {
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or_default();
    let widths: [usize; 5] = std::array::from_fn(width);
    for row in rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            let padding = " ".repeat(width - cell.width());
            let gap = if column == 0 { "" } else { "  " };
            let parts = if column < 2 { [gap, cell, &padding] } else { [gap, &padding, cell] };
            line.extend(parts);
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
