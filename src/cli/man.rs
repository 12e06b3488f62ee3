//! `tribune man`: the manual page, from the same definitions as the help.

use std::io::{self, Write};

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::Args;
use super::sections::{Section, sections};

/// Writes the manual page in roff, with the sections `extra` before those on exit status, files and environment.
pub fn write(extra: &[Section], out: &mut dyn Write) -> io::Result<()> {
    let command = Args::command();
    let page =
        Man::new(command.clone().override_usage("tribune [OPTIONS] [PATH]\ntribune COMMAND [OPTIONS] [PATH]..."));
    page.render_title(out)?;
    page.render_name_section(out)?;
    page.render_synopsis_section(out)?;
    page.render_description_section(out)?;
    page.render_options_section(out)?;
    heading("COMMANDS").to_writer(out)?;
    for task in command.get_subcommands() {
        write_task(task, out)?;
    }
    for section in extra.iter().chain(&sections()) {
        write_section(section, out)?;
    }
    page.render_version_section(out)
}

/// Writes what one command does, and its options, which are rendered as if it had a page of its own: without their heading.
fn write_task(task: &Command, out: &mut dyn Write) -> io::Result<()> {
    let name = format!("tribune {}", task.get_name());
    let page = Man::new(task.clone().bin_name(&name).disable_help_flag(true));
    let mut rendered = Vec::new();
    page.render_synopsis_section(&mut rendered)?;
    page.render_description_section(&mut rendered)?;
    page.render_options_section(&mut rendered)?;
    let mut roff = Roff::default();
    roff.control("SS", [name.as_str()]);
    roff.to_writer(out)?;
    for line in String::from_utf8_lossy(&rendered).lines() {
        let line = if line.starts_with(".SH") { ".PP" } else { line };
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn write_section(section: &Section, out: &mut dyn Write) -> io::Result<()> {
    let mut roff = heading(&section.title);
    for (term, meaning) in &section.entries {
        roff.control("TP", []);
        roff.text([bold(term.as_str())]);
        roff.text([roman(meaning.as_str())]);
    }
    roff.to_writer(out)
}

fn heading(title: &str) -> Roff {
    let mut roff = Roff::default();
    roff.control("SH", [title]);
    roff
}
