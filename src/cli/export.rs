//! `tribune export`: annotations for other programs.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::args::{Filter, Selection};
use super::failure::unwritten;
use super::folder::Folder;
use super::inputs::Inputs;
use super::{Console, warn};
use crate::exchange::csv::Per;
use crate::exchange::{Export, Files as _, Format, Plan, Shape, Source, Unit, Unproven};
use crate::outcome::{Failure, Outcome};
use crate::store::write_whole;
use crate::text::Text;

/// How a file is written, where its readers disagree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// What offsets count; what is usual in the format where nothing is said.
    pub(super) unit: Option<Unit>,
    /// Whether it begins with a byte-order mark.
    pub(super) bom: bool,
}

/// Writes what `selection` holds in `format`, to the file or the directory `output` if there is one. Nothing is left there unless
/// it was read back as it should.
pub(super) fn export(
    selection: &Selection,
    filter: &Filter,
    format: &'static Format,
    Manner { unit, bom }: Manner,
    output: Option<&Path>,
    console: &mut Console<'_>,
) -> Result<Outcome, Failure> {
    let unit = choose_unit(format, unit)?;
    if bom && !matches!(format.name, "csv" | "tsv") {
        let failure = Failure::usage(format!("{format} takes no byte-order mark"));
        return Err(failure.hint("it is for tables that Excel opens: csv, tsv"));
    }
    let inputs = Inputs::find(&selection.paths, &selection.annotators, selection.schema.as_deref())?;
    let outcome = inputs.tell_missing(console);
    inputs.must_differ_in_name()?;
    if let Some(path) = output {
        let transcripts = inputs.transcripts().iter().map(|own| own.path.as_path());
        spare(path, transcripts, "this is a transcript, and transcripts never change")?;
    }
    deliver(format, output, console, |made, console| write(&inputs, filter, format, unit, bom, made, console))
        .map(|written| outcome.and(written))
}

/// The format of the table that `per` asks for, if it asks for one.
pub(super) fn choose_rows(format: &'static Format, per: Option<Per>) -> Result<&'static Format, Failure> {
    let Some(per) = per else { return Ok(format) };
    per.format(format).ok_or_else(|| {
        let failure = Failure::usage(format!("{format} has no rows per {}", per.name()));
        failure.hint("name a format of tables with --format: csv, tsv")
    })
}

/// Has `write` write below a directory of its own, and puts what is there where it was asked for.
pub(super) fn deliver(
    format: &Format,
    output: Option<&Path>,
    console: &mut Console<'_>,
    write: impl FnOnce(&Path, &mut Console<'_>) -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    let place = Place::of(format, output)?;
    let made = match place {
        // What is renamed into place must be on the same disk.
        Place::Directory(path) => {
            let beside = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            tempfile::Builder::new().prefix(".tribune-").tempdir_in(beside)
        }
        Place::File(_) | Place::Pipe => tempfile::tempdir(),
    };
    let made = made.map_err(unwritten("a temporary directory"))?;
    let outcome = write(made.path(), console)?;
    let folder = Folder::new(made.path());
    match place {
        Place::Directory(path) => install(&folder, path, console)?,
        Place::Pipe => {
            copy(chosen(format, &folder, console).as_deref(), &mut *console.out).map_err(unwritten("the output"))?;
        }
        Place::File(path) => to_file(path, |out| copy(chosen(format, &folder, console).as_deref(), out))?,
    }
    Ok(outcome)
}

/// Where an export goes.
#[derive(Clone, Copy, Debug)]
enum Place<'a> {
    /// All of it below this directory.
    Directory(&'a Path),
    /// One file of it to this path.
    File(&'a Path),
    /// One file of it to standard output.
    Pipe,
}

impl<'a> Place<'a> {
    fn of(format: &Format, output: Option<&'a Path>) -> Result<Self, Failure> {
        match (format.shape, output) {
            (Shape::Directory, None) => {
                let failure = Failure::usage(format!("{format} takes several files"));
                Err(failure.hint("name a directory for them with --output"))
            }
            (Shape::Directory, Some(path)) => Ok(Self::Directory(path)),
            // A name with an ending is one for a file.
            (Shape::Tables(_), Some(path)) if path.is_dir() || (!path.exists() && path.extension().is_none()) => {
                Ok(Self::Directory(path))
            }
            (Shape::Stream | Shape::Tables(_), Some(path)) => Ok(Self::File(path)),
            (Shape::Stream | Shape::Tables(_), None) => Ok(Self::Pipe),
        }
    }
}

/// The file of `folder` that goes alone; the others are told.
fn chosen(format: &Format, folder: &Folder, console: &mut Console<'_>) -> Option<PathBuf> {
    let mut names = folder.names();
    if let Shape::Tables(main) = format.shape {
        names.retain(|name| name != main);
        console.tell(&format!(
            "note: of the tables this is {main} alone; a directory named with --output gets {} too",
            names.join(", ")
        ));
        return Some(folder.path(main));
    }
    names.first().map(|name| folder.path(name))
}

/// The unit asked for, if the format can count in it, else the usual one.
pub(super) fn choose_unit(format: &Format, asked: Option<Unit>) -> Result<Unit, Failure> {
    match asked {
        Some(unit) if !format.units.contains(&unit) => {
            let names: Vec<_> = format.units.iter().map(|unit| unit.name()).collect();
            let failure = Failure::usage(format!("{format} does not count in {unit}"));
            Err(if names.is_empty() { failure } else { failure.hint(format!("it can count in: {}", names.join(", "))) })
        }
        Some(unit) => Ok(unit),
        None => Ok(format.units.first().copied().unwrap_or(Unit::CodePoints)),
    }
}

/// Writes all of `inputs` that `filter` lets through below `made`. What does not match its text is left out and told of.
fn write(
    inputs: &Inputs,
    filter: &Filter,
    format: &'static Format,
    unit: Unit,
    is_marked: bool,
    made: &Path,
    console: &mut Console<'_>,
) -> Result<Outcome, Failure> {
    let schemas: Vec<_> = inputs.schemas().collect();
    let annotators = inputs.annotators();
    let mut writing = Writing::new(format, &Plan { schemas: &schemas, annotators: &annotators, unit, is_marked }, made);
    let mut outcome = Outcome::Done;
    let mut unmet = filter.wanted();
    inputs.each(|annotated| {
        outcome = outcome.and(warn(annotated, console.messages));
        unmet.retain_mut(|own| own.is_unmet(annotated.source.set));
        let set = filter.apply(annotated.source.set, annotated.source.schema);
        writing.add(&Source { set: &set, ..annotated.source })
    })?;
    for own in unmet {
        console.tell(&format!("warning: {own}"));
    }
    writing.finish(&|id| inputs.text(id), console)?;
    Ok(outcome)
}

/// Annotations being written below a directory.
pub(super) struct Writing {
    format: &'static Format,
    export: Export,
    folder: Folder,
}

impl Writing {
    /// Starts to write below `made`.
    pub(super) fn new(format: &'static Format, plan: &Plan<'_>, made: &Path) -> Self {
        Self { format, export: Export::new(format, plan), folder: Folder::new(made) }
    }

    /// Writes `source`.
    pub(super) fn add(&mut self, source: &Source<'_>) -> Result<(), Failure> {
        self.export.add(source, &mut self.folder).map_err(unwritten("a temporary file"))
    }

    /// Writes the rest, proves all of it, and tells what the format could not hold.
    pub(super) fn finish(
        mut self,
        lend: &dyn Fn(&str) -> Option<Text>,
        console: &mut Console<'_>,
    ) -> Result<(), Failure> {
        let Self { export, folder, format } = &mut self;
        export.finish(folder).and_then(|()| folder.flush()).map_err(unwritten("a temporary file"))?;
        export.prove(folder, lend).map_err(unproven)?;
        for line in export.losses().lines() {
            console.tell(&format!("note: not in {format}: {line}"));
        }
        Ok(())
    }
}

fn unproven(error: Unproven) -> Failure {
    Failure::data("nothing was exported: it would not have been right")
        .because(error)
        .hint("this is a fault of tribune's; please report it with the transcript and the annotations")
}

fn copy(file: Option<&Path>, out: &mut dyn Write) -> io::Result<()> {
    let Some(file) = file else { return Ok(()) };
    io::copy(&mut File::open(file)?, out).map(drop)
}

/// Moves the files of `folder` below `path`. A transcript that lies there already is never written over; what may have been left there by
/// an earlier export is told.
fn install(folder: &Folder, path: &Path, console: &mut Console<'_>) -> Result<(), Failure> {
    let shown = path.display().to_string();
    let failed = unwritten(&shown);
    let target = Folder::new(path);
    let mut moves: Vec<(PathBuf, PathBuf)> = Vec::new();
    let names = folder.names();
    for name in &names {
        let (from, to) = (folder.path(name), target.path(name));
        let is_text = to.extension().is_some_and(|end| end == "txt");
        if is_text && to.exists() && fs::read(&to).ok() != fs::read(&from).ok() {
            let failure =
                Failure::usage(format!("{}: a transcript is there, and transcripts never change", to.display()));
            return Err(failure.hint("name another directory with --output"));
        }
        moves.push((from, to));
    }
    for (from, to) in moves {
        to.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::rename(&from, &to)).map_err(&failed)?;
    }
    let left = left_there(&names, &target);
    if let [first, others @ ..] = left.as_slice() {
        let others = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
        console.tell(&format!("warning: {shown}: there before, and not of this export: {first}{others}"));
        console.tell("hint: who reads the directory takes it too; remove it, or name a new directory with --output");
    }
    Ok(())
}

/// The files of `target` that end as those called `names` do and are none of them, but for texts.
fn left_there(names: &[String], target: &Folder) -> Vec<String> {
    let end = |name: &str| name.rsplit_once('.').map(|(_, end)| end.to_owned());
    let ends: BTreeSet<String> = names.iter().filter_map(|name| end(name)).filter(|end| end != "txt").collect();
    let mut there = target.names();
    there.retain(|name| end(name).is_some_and(|end| ends.contains(&end)) && !names.contains(name));
    there
}

/// Gives `work` the file at `path` to write, which is replaced whole or not at all. What is no regular file, such as a pipe
/// or `/dev/null`, is not replaced but written to.
fn to_file(path: &Path, work: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if whole.is_dir() {
        let failure = Failure::usage(format!("{}: this is a directory, not a file to write to", path.display()));
        return Err(failure.hint("name a file with --output"));
    }
    if whole.exists() && !whole.is_file() {
        let file = File::options().write(true).open(&whole);
        return file.and_then(|mut file| work(&mut file)).map_err(unwritten(&path.display().to_string()));
    }
    Ok(write_whole(&whole, work)?)
}

/// Refuses to write over one of `inputs`, for the reason `why`, and over anything that a corpus is made of.
pub(super) fn spare<'a>(output: &Path, mut inputs: impl Iterator<Item = &'a Path>, why: &str) -> Result<(), Failure> {
    let whole = fs::canonicalize(output);
    let is_output =
        |path: &Path| whole.as_ref().is_ok_and(|whole| fs::canonicalize(path).is_ok_and(|own| own == *whole));
    let ends = |end: &str| output.extension().is_some_and(|own| own.eq_ignore_ascii_case(end));
    let reason = if inputs.any(is_output) {
        why
    } else if ends("txt") && whole.is_ok_and(|whole| whole.is_file()) {
        "a transcript is there, and transcripts never change"
    } else if ends("ron") || ends("history") {
        "a file with this ending would be one of the corpus, not an export"
    } else {
        return Ok(());
    };
    Err(Failure::usage(format!("{}: {reason}", output.display())).hint("name another file with --output"))
}
