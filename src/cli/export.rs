//! `tribune export`: annotations for other programs.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::args::{Format, Selection};
use super::failure::unwritten;
use super::inputs::{Annotated, Inputs};
use super::{Console, warn};
use crate::export::{csv, jsonl};
use crate::outcome::{Failure, Outcome};
use crate::store::write_whole;

/// Writes what `selection` holds in `format`, to the file `output` if there is one.
pub(super) fn export(
    selection: &Selection,
    format: Format,
    output: Option<&Path>,
    console: &mut Console<'_>,
) -> Result<Outcome, Failure> {
    let inputs = Inputs::find(&selection.paths, selection.annotator.as_deref(), selection.schema.as_deref())?;
    inputs.tell_bare(console);
    let Console { out, messages } = console;
    match output {
        None => write(&inputs, format, &mut Console { out: *out, messages: *messages }, "the output"),
        Some(path) => {
            spare_transcripts(path, &inputs)?;
            let name = path.display().to_string();
            to_file(path, |out| write(&inputs, format, &mut Console { out, messages: *messages }, &name))
        }
    }
}

/// A file being written in one of the formats.
enum Exporter<W: Write> {
    Jsonl(W),
    Csv(Box<csv::Table<W>>),
}

impl<W: Write> Exporter<W> {
    fn new(format: Format, inputs: &Inputs, out: W) -> io::Result<Self> {
        Ok(match format {
            Format::Jsonl => Self::Jsonl(out),
            Format::Csv => Self::Csv(Box::new(csv::Table::new(out, inputs.schemas())?)),
        })
    }

    fn add(&mut self, annotated: &Annotated<'_>) -> io::Result<()> {
        match self {
            Self::Jsonl(out) => jsonl::write(&annotated.source, out),
            Self::Csv(table) => table.add(&annotated.source),
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Jsonl(mut out) => out.flush(),
            Self::Csv(table) => table.finish(),
        }
    }
}

/// Writes all of `inputs`; what does not match its text is left out and told of.
fn write(inputs: &Inputs, format: Format, console: &mut Console<'_>, target: &str) -> Result<Outcome, Failure> {
    let mut exporter = Exporter::new(format, inputs, &mut *console.out).map_err(unwritten(target))?;
    let mut outcome = Outcome::Done;
    inputs.each(|annotated| {
        outcome = outcome.and(warn(annotated, console.messages));
        exporter.add(annotated).map_err(unwritten(target))
    })?;
    exporter.finish().map_err(unwritten(target))?;
    Ok(outcome)
}

/// Gives `work` the file at `path` to write, which is replaced whole or not at all. What is no regular file, such as a pipe
/// or `/dev/null`, is not replaced but written to.
fn to_file(path: &Path, work: impl FnOnce(&mut dyn Write) -> Result<Outcome, Failure>) -> Result<Outcome, Failure> {
    let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if whole.is_dir() {
        let failure = Failure::usage(format!("{}: this is a directory, not a file to write to", path.display()));
        return Err(failure.hint("name a file with --output"));
    }
    if whole.exists() && !whole.is_file() {
        let file = File::options().write(true).open(&whole).map_err(unwritten(&path.display().to_string()))?;
        return work(&mut BufWriter::new(file));
    }
    let mut worked = Ok(Outcome::Done);
    let written = write_whole(&whole, |out| {
        worked = work(out);
        // The failure itself waits in `worked`; this keeps the file from being replaced.
        if worked.is_ok() { Ok(()) } else { Err(io::Error::other("given up")) }
    });
    let outcome = worked?;
    written?;
    Ok(outcome)
}

/// Refuses to write over a transcript that is being exported.
fn spare_transcripts(output: &Path, inputs: &Inputs) -> Result<(), Failure> {
    let Ok(whole) = fs::canonicalize(output) else { return Ok(()) };
    let is_it = |path: &Path| fs::canonicalize(path).is_ok_and(|own| own == whole);
    if inputs.transcripts().iter().any(|transcript| is_it(&transcript.path)) {
        let failure =
            Failure::usage(format!("{}: this is a transcript, and transcripts never change", output.display()));
        return Err(failure.hint("name another file with --output"));
    }
    Ok(())
}
