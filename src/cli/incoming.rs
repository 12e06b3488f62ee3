//! What other programs' files say, found among the paths that were typed.
//!
//! A directory may hold files of several formats: each file is read as what it looks like, those of one format together, for some
//! formats need several files. Where they cannot be read together they are read one by one, so that a broken file keeps no other
//! away.

use std::fs;
use std::path::{Path, PathBuf};

use super::Console;
use super::folder::Folder;
use crate::exchange::{Draft, FORMATS, Files, Format, Unreadable};
use crate::outcome::{Failure, Outcome};
use crate::store::Corpus;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Incoming {
    /// What somebody says about a document, with the path it came from.
    pub(super) drafts: Vec<(String, Draft)>,
    /// Whether all could be read.
    pub(super) outcome: Outcome,
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
        let groups = match format {
            Some(format) => vec![(format, folder.names())],
            None => alike(&folder),
        };
        if groups.is_empty() {
            let failure = Failure::usage(format!("{}: this looks like nothing that can be read", path.display()));
            failures.push(failure.hint(format!("name its format with --format: {}", readable())));
        }
        if format.is_none() && !groups.is_empty() {
            tell_strange(path, &folder.names(), &groups, console);
        }
        for (format, names) in groups {
            self.group(path, &folder, format, names, failures)?;
        }
        Ok(())
    }

    /// Reads the files called `names` together; if that cannot be, one by one.
    fn group(
        &mut self,
        path: &Path,
        folder: &Folder,
        format: &'static Format,
        names: Vec<String>,
        failures: &mut Vec<Failure>,
    ) -> Result<(), Failure> {
        let read = format.read.ok_or_else(|| {
            let failure = Failure::usage(format!("{format} can be written, not read"));
            failure.hint(format!("these can be read: {}", readable()))
        })?;
        let attempt = |names: Vec<String>| {
            let mut drafts = Vec::new();
            let mut take = |mut draft: Draft| {
                let beside = || text_beside(folder, draft.document.as_deref().unwrap_or(stem(&file_name(path))));
                draft.text = draft.text.take().or_else(beside);
                drafts.push(draft);
            };
            read(&folder.among(names), &mut take).map(|()| drafts)
        };
        let unread = |path: &Path, error: Unreadable| {
            Failure::data(format!("{}: this cannot be read as {format}", path.display())).because(error)
        };
        let from = path.display().to_string();
        match attempt(names.clone()) {
            Ok(drafts) => self.drafts.extend(drafts.into_iter().map(|own| (from.clone(), own))),
            Err(error) if names.len() < 2 => failures.push(unread(path, error)),
            Err(_) => {
                for name in names {
                    match attempt(vec![name.clone()]) {
                        Ok(drafts) => self.drafts.extend(drafts.into_iter().map(|own| (from.clone(), own))),
                        Err(error) => failures.push(unread(&folder.path(&name), error)),
                    }
                }
            }
        }
        Ok(())
    }
}

/// The text that lies in `folder` under the name of the document, for files that carry none.
fn text_beside(folder: &Folder, document: &str) -> Option<String> {
    let name = transcript_name(document)?;
    String::from_utf8(folder.read(&name).ok()?).ok()
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

/// The names of the formats that can be read.
fn readable() -> String {
    FORMATS.iter().filter(|own| own.read.is_some()).map(|own| own.name).collect::<Vec<_>>().join(", ")
}

/// The files of `folder` that look like something, by format. A text is that of the file beside it.
fn alike(folder: &Folder) -> Vec<(&'static Format, Vec<String>)> {
    let mut groups: Vec<(&'static Format, Vec<String>)> = Vec::new();
    let names = folder.names();
    let is_beside = |name: &str| names.iter().any(|own| own != name && stem(own) == stem(name));
    for name in names.iter().filter(|name| !(name.strip_suffix(".txt").is_some() && is_beside(name))) {
        let bytes = folder.read(name).unwrap_or_default();
        let Some(found) = FORMATS.iter().find(|own| own.read.is_some() && (own.sniff)(name, &bytes)) else { continue };
        match groups.iter_mut().find(|(own, _)| own.name == found.name) {
            Some((_, names)) => names.push(name.clone()),
            None => groups.push((found, vec![name.clone()])),
        }
    }
    groups
}

/// How files end that are texts, say how others are to be read, or are for people.
const BESIDE: [&str; 4] = [".txt", ".conf", ".md", "typesystem.xml"];

/// Tells of the files that look like nothing, but for those that go with another by name.
fn tell_strange(path: &Path, names: &[String], groups: &[(&'static Format, Vec<String>)], console: &mut Console<'_>) {
    let known = || groups.iter().flat_map(|(_, names)| names);
    let is_strange = |name: &&String| {
        let is_beside = BESIDE.iter().any(|end| name.to_lowercase().ends_with(end));
        !is_beside && !known().any(|own| stem(own) == stem(name))
    };
    let strange: Vec<&str> = names.iter().filter(is_strange).map(String::as_str).collect();
    if !strange.is_empty() {
        console.tell(&format!("note: {}: no annotations by the look of it: {}", path.display(), strange.join(", ")));
    }
}

/// The name of a file without its endings.
fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    let endings = file.split_once('.').map_or("", |(_, endings)| endings);
    name.strip_suffix(endings).unwrap_or(name)
}
