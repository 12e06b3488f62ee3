//! What other programs' files say, found among the paths that were typed.
//!
//! A directory may hold files of several formats: each file is read as what it looks like, those of one format together, for some
//! formats need several files. Where they cannot be read together they are read one by one, so that a broken file keeps no other
//! away.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::Console;
use super::folder::Folder;
use crate::document::DocumentId;
use crate::exchange::{Draft, FORMATS, Files, Format, Guise, Refusal, Unreadable};
use crate::outcome::{Failure, Outcome};
use crate::show::visible;
use crate::store::Corpus;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Incoming {
    /// What is said in the files.
    pub(super) drafts: Vec<Found>,
    /// Whether all could be read.
    pub(super) outcome: Outcome,
}

/// What somebody says about a document.
#[derive(Debug)]
pub(super) struct Found {
    /// The path it came from.
    pub(super) from: String,
    /// What it was read as.
    pub(super) format: &'static str,
    pub(super) draft: Draft,
}

impl Incoming {
    /// Reads `paths` as `format`, or as what they look like. What cannot be read is told, if there is anything else.
    pub(super) fn read(
        paths: &[PathBuf],
        format: Option<&'static Format>,
        console: &mut Console<'_>,
    ) -> Result<Self, Failure> {
        let mut incoming = Self::default();
        let mut failures = Vec::new();
        for path in paths {
            incoming.path(path, format, console, &mut failures)?;
        }
        incoming.outcome = console.report_all(failures, !incoming.drafts.is_empty())?;
        remarked(incoming.drafts.iter().flat_map(|own| &own.draft.remarks), console);
        Ok(incoming)
    }

    fn path(
        &mut self,
        path: &Path,
        format: Option<&'static Format>,
        console: &mut Console<'_>,
        failures: &mut Vec<Failure>,
    ) -> Result<(), Failure> {
        fs::metadata(path)
            .map_err(|error| Failure::usage(format!("{}: cannot read it", path.display())).because(error))?;
        let folder = if path.is_dir() { Folder::new(path) } else { Folder::only(path) };
        let names = folder.names();
        let groups = match format {
            Some(format) => meant(&folder, &names, format),
            None => alike(&folder, &names),
        };
        let (before, known) = (self.drafts.len(), failures.len());
        let mut strange = strange(&names, &groups);
        for (format, mut names) in groups {
            names.retain(|name| !is_text_of(&folder, name, &self.drafts[before..], path));
            if names.is_empty() {
                continue;
            }
            strange.extend(self.group(path, &folder, format, names, failures)?);
        }
        strange.retain(|name| !is_text_of(&folder, name, &self.drafts[before..], path));
        if self.drafts.len() == before && failures.len() == known {
            failures.push(unknown(path, &folder, &names, format));
        } else if !strange.is_empty() {
            let strange = strange.join(", ");
            console.tell(&format!("note: {}: no annotations by the look of it: {strange}", path.display()));
        }
        Ok(())
    }

    /// Reads the files called `names` together; if that cannot be or nothing comes of it, one by one. Gives those that hold nothing.
    fn group(
        &mut self,
        path: &Path,
        folder: &Folder,
        format: &'static Format,
        names: Vec<String>,
        failures: &mut Vec<Failure>,
    ) -> Result<Vec<String>, Failure> {
        let read = format.read.ok_or_else(|| {
            let failure = Failure::usage(format!("{format} can be written, not read"));
            failure.hint(format!("these can be read: {}", readable(|_| true)))
        })?;
        let attempt = |names: Vec<String>| {
            let mut drafts = Vec::new();
            let mut take = |mut draft: Draft| {
                if draft.text.is_none() {
                    let beside = text_name(&draft, path).and_then(|name| folder.read(&name).ok());
                    draft.text = beside.and_then(|bytes| String::from_utf8(bytes).ok());
                }
                drafts.push(draft);
            };
            read(&folder.among(names), &mut take).map(|()| drafts)
        };
        let unread = |path: &Path, error: Unreadable| {
            Failure::data(format!("{}: this cannot be read as {format}", path.display())).because(error)
        };
        let from = path.display().to_string();
        let attempts = match attempt(names.clone()) {
            Ok(drafts) if !drafts.is_empty() => vec![(String::new(), Ok(drafts))],
            Err(_) | Ok(_) if names.len() > 1 => {
                names.into_iter().map(|own| (own.clone(), attempt(vec![own]))).collect()
            }
            alone => names.into_iter().zip([alone]).collect(),
        };
        let mut empty = Vec::new();
        for (name, attempt) in attempts {
            match attempt {
                Ok(drafts) if drafts.is_empty() => empty.push(name),
                Ok(drafts) => {
                    let found = |draft| Found { from: from.clone(), format: format.name, draft };
                    self.drafts.extend(drafts.into_iter().map(found));
                }
                Err(error) => failures.push(unread(&folder.path(&name), error)),
            }
        }
        Ok(empty)
    }
}

/// Who has annotated what, by name: two of one name on one document are told apart by a number.
#[derive(Debug, Default)]
pub(super) struct Namesakes(BTreeSet<(DocumentId, String)>);

impl Namesakes {
    /// `name`, or with the first number behind it that nobody before has on `document`; that is told.
    pub(super) fn apart(&mut self, document: &DocumentId, name: &str, console: &mut Console<'_>) -> String {
        let numbered = (2_u32..).map(|number| format!("{name}-{number}"));
        let mut free = std::iter::once(name.to_owned()).chain(numbered);
        let own = free.find(|own| self.0.insert((document.clone(), own.clone()))).unwrap_or_default();
        if own != name {
            console.tell(&format!("note: {document}: {name} is there again, here as {own}"));
        }
        own
    }
}

/// Tells what is no annotation and stays behind: the same of one file once, where it is first, with how often it is there.
fn remarked<'a>(remarks: impl Iterator<Item = &'a Refusal>, console: &mut Console<'_>) {
    let mut told: Vec<(&Refusal, usize)> = Vec::new();
    let mut places = BTreeMap::new();
    for own in remarks {
        let place = *places.entry((&own.spot.file, &own.reason)).or_insert(told.len());
        match told.get_mut(place) {
            Some((_, count)) => *count += 1,
            None => told.push((own, 1)),
        }
    }
    for (first, count) in told {
        let more = if count > 1 { format!(": {count} times from here on") } else { String::new() };
        console.tell(&format!("note: {first}{more}"));
    }
}

/// Tells what cannot be taken.
pub(super) fn refused(refusals: &[Refusal], console: &mut Console<'_>) -> Outcome {
    for refusal in refusals {
        console.tell(&format!("refused: {refusal}"));
    }
    if refusals.is_empty() { Outcome::Done } else { Outcome::Findings }
}

/// What is told of `path` where nothing in it can be read: what its files seem to be, if that can be said.
fn unknown(path: &Path, folder: &Folder, names: &[String], format: Option<&Format>) -> Failure {
    /// How many files are told.
    const MOST: usize = 3;
    let seen = names.iter().filter_map(|name| Some((name, Guise::of(name, &folder.read(name).ok()?)?)));
    let seen: Vec<(&String, Guise)> = seen.take(MOST).collect();
    let of_kind = |name: &str| seen.is_empty() || seen.iter().any(|(_, own)| own.formats.contains(&name));
    let told = seen.iter().map(|(name, Guise { found, expected, .. })| {
        let name = if names.len() > 1 { format!(" in {name}") } else { String::new() };
        format!("expected {expected}, found {}{name}", visible::line(found))
    });
    let told = told.collect::<Vec<_>>().join("; ");
    let what = format.map_or("that can be read".to_owned(), |own| format!("of {own}"));
    let behind = if told.is_empty() { "" } else { ": " };
    let failure = Failure::usage(format!("{}: this looks like nothing {what}{behind}{told}", path.display()));
    match readable(of_kind) {
        none if none.is_empty() => failure,
        formats => failure.hint(format!("name its format with --format: {formats}")),
    }
}

/// Whether the file called `name` is the text of a document in `drafts`, which came from `path`.
fn is_text_of(folder: &Folder, name: &str, drafts: &[Found], path: &Path) -> bool {
    let is_text = |draft: &Draft| {
        let bytes = || folder.read(name).ok();
        draft.text.as_ref().is_some_and(|text| bytes().as_deref() == Some(text.as_bytes()))
    };
    drafts.iter().any(|Found { draft, .. }| text_name(draft, path).as_deref() == Some(name) && is_text(draft))
}

/// Where the text of `draft`, which came from `path`, lies beside it if it carries none.
fn text_name(draft: &Draft, path: &Path) -> Option<String> {
    transcript_name(draft.document.as_deref().unwrap_or(stem(&file_name(path))))
}

/// What a transcript called `name` is called as a file; none for a name that leads elsewhere.
pub(super) fn transcript_name(name: &str) -> Option<String> {
    let is_text = Path::new(name).extension().is_some_and(|end| end == "txt");
    let name = if is_text { name.to_owned() } else { format!("{name}.txt") };
    let is_odd = |c: char| c.is_control() || matches!(c, '\\' | ':');
    let is_plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(is_odd);
    (name.split('/').all(is_plain) && !Corpus::is_among_annotations(&name)).then_some(name)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The names of the formats that can be read, of those that are `meant`.
fn readable(meant: impl Fn(&str) -> bool) -> String {
    let names = FORMATS.iter().filter(|own| own.read.is_some()).map(|own| own.name);
    names.filter(|own| meant(own)).collect::<Vec<_>>().join(", ")
}

/// Files to read together, as what.
type Group = (&'static Format, Vec<String>);

/// The files of `folder` that look like something, by format.
fn alike(folder: &Folder, names: &[String]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let others = stems_of_others(names);
    for name in names.iter().filter(|name| !is_transcript(name, &others)) {
        let bytes = folder.read(name).unwrap_or_default();
        let Some(found) = FORMATS.iter().find(|own| own.read.is_some() && (own.sniff)(name, &bytes)) else { continue };
        match groups.iter_mut().find(|(own, _)| own.name == found.name) {
            Some((_, names)) => names.push(name.clone()),
            None => groups.push((found, vec![name.clone()])),
        }
    }
    groups
}

/// The files of `folder` that somebody called `format`: together those that look like it, and each of the others, which may be it all the same.
fn meant(folder: &Folder, names: &[String], format: &'static Format) -> Vec<Group> {
    let others = stems_of_others(names);
    let names = names.iter().filter(|name| !is_transcript(name, &others)).cloned();
    let (likely, others): (Vec<String>, Vec<String>) =
        names.partition(|name| (format.sniff)(name, &folder.read(name).unwrap_or_default()));
    let known: BTreeSet<&str> = likely.iter().map(|own| stem(own)).collect();
    let others: Vec<String> = others.into_iter().filter(|name| !is_beside(name, &[format], &known)).collect();
    let likely = (!likely.is_empty()).then_some(likely);
    likely.into_iter().chain(others.into_iter().map(|own| vec![own])).map(|own| (format, own)).collect()
}

/// How texts end.
const TEXT: &str = ".txt";

/// The names without endings of all that are no texts.
fn stems_of_others(names: &[String]) -> BTreeSet<&str> {
    names.iter().filter(|name| !name.ends_with(TEXT)).map(|name| stem(name)).collect()
}

/// Whether the file called `name` is the text of one of the `others`.
fn is_transcript(name: &str, others: &BTreeSet<&str>) -> bool {
    name.ends_with(TEXT) && others.contains(stem(name))
}

/// How files end that are for people.
const FOR_PEOPLE: &str = ".md";

/// Whether the file called `name` is for people, or goes with one of these stems or formats, which are known.
fn is_beside(name: &str, formats: &[&Format], known: &BTreeSet<&str>) -> bool {
    let small = name.to_lowercase();
    let is_read_with = |format: &&Format| format.beside.iter().any(|end| small.ends_with(end));
    small.ends_with(FOR_PEOPLE) || formats.iter().any(is_read_with) || known.contains(stem(name))
}

/// The files that look like nothing, but for those that go with another by name.
fn strange(names: &[String], groups: &[Group]) -> Vec<String> {
    let known: BTreeSet<&str> = groups.iter().flat_map(|(_, names)| names).map(|name| stem(name)).collect();
    let formats: Vec<&Format> = groups.iter().map(|(format, _)| *format).collect();
    names.iter().filter(|name| !is_beside(name, &formats, &known)).cloned().collect()
}

/// The name of a file without its endings.
fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    let endings = file.split_once('.').map_or("", |(_, endings)| endings);
    name.strip_suffix(endings).unwrap_or(name)
}
