//! `tribune config`: the options in force, each with where it is set.

use super::console::Console;
use super::environment::annotator_fault;
use super::failure::unwritten;
use crate::outcome::{Failure, Outcome};
use crate::schema::Schema;
use crate::store::ConfigFiles;

/// Prints the config in force as a `config.ron`, and what is wrong in the files as messages.
pub(super) fn config(
    files: &ConfigFiles,
    schema: Option<&Schema>,
    console: &mut Console<'_>,
) -> Result<Outcome, Failure> {
    let config = files.read();
    let mut lines = vec!["(".to_owned()];
    for (setting, value, origin) in config.in_force() {
        let line = format!("    {}: {value},", setting.name);
        lines.push(format!("{line:34} // {}", origin.unwrap_or("built in")));
    }
    lines.push(")".to_owned());
    for path in files.paths() {
        let is_there = if path.is_file() { "read" } else { "not there" };
        lines.push(format!("// {} · {is_there}", path.display()));
    }
    let told = lines.iter().try_for_each(|line| writeln!(console.out, "{line}"));
    told.map_err(unwritten("the output"))?;
    let strange = schema.map_or_else(Vec::new, |schema| config.strange_colors(schema));
    let annotator = config.annotator.as_deref().and_then(|name| annotator_fault(&config, name));
    let faults: Vec<String> = config.faults.iter().map(ToString::to_string).chain(strange).chain(annotator).collect();
    for fault in &faults {
        // That a message cannot be written is no news to anyone.
        writeln!(console.messages, "{fault}").ok();
    }
    Ok(if faults.is_empty() { Outcome::Done } else { Outcome::Findings })
}
