//! Which files are those of one source, by what lies beside them.

use std::io;

use super::Beside;
use super::read::stem_of;
use crate::exchange::aside::Aside;
use crate::exchange::{Files, Refusal, Spot, Unreadable};

/// The files of one source of ours.
pub(super) struct Group {
    /// The file with all labels.
    pub(super) name: String,
    /// Those with a label each; where it is not known which these are, those called so, or else the one with all.
    pub(super) parts: Vec<String>,
    /// What tags have no place for, or why it cannot be read.
    pub(super) aside: Result<Aside, Refusal>,
}

/// The groups among `files`.
pub(super) fn groups(files: &dyn Files) -> Result<Vec<Group>, Unreadable> {
    let mut groups = Vec::new();
    for name in files.names() {
        let beside = format!("{name}.json");
        let bytes = match files.read(&beside) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Unreadable::Io(beside, error)),
        };
        match serde_json::from_slice::<Beside>(&bytes) {
            Ok(own) => {
                let directory = name.rsplit_once('/').map_or("", |(directory, _)| directory);
                let slash = if directory.is_empty() { "" } else { "/" };
                let parts = own.files.iter().map(|part| format!("{directory}{slash}{part}")).collect();
                groups.push(Group { name, parts, aside: Ok(own.tribune) });
            }
            Err(_) if is_of_others(&bytes) => {}
            Err(error) => {
                let lost = "attributes, notes, relations and what fragments belong together";
                let fault =
                    Spot::new(&beside, error.line()).refuse(format!("this is broken, and with it {lost}: {error}"));
                groups.push(Group { parts: called(files, &name), name, aside: Err(fault) });
            }
        }
    }
    Ok(groups)
}

/// Whether JSON that is whole is none of ours.
fn is_of_others(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Value>(bytes).is_ok_and(|own| own.get("tribune").is_none())
}

/// The files whose names say that they have a label each of what `name` has all of; that itself, if there are none.
fn called(files: &dyn Files, name: &str) -> Vec<String> {
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_owned());
    let stem = |name: &str| stem_of(name).map(|stem| format!("{stem}."));
    let names = files.names();
    let begins = |part: &str, own: &str| stem(own).is_some_and(|stem| part.starts_with(&stem) && part != own);
    let has_beside = |own: &str| files.read(&format!("{own}.json")).is_ok();
    let is_of_other = |part: &String| {
        has_beside(part) || names.iter().any(|own| own.len() > name.len() && begins(part, own) && has_beside(own))
    };
    let parts = names.iter().filter(|part| begins(part, name) && ending(part) == ending(name) && !is_of_other(part));
    let parts: Vec<String> = parts.cloned().collect();
    if parts.is_empty() { vec![name.to_owned()] } else { parts }
}
