//! The command line: the front end for pipes and scripts, and the way into the terminal interface.
//!
//! Three stages: what was typed ([`Args`]), what the program needs (the terminal interface's [`UiRequest`], or the annotated
//! transcripts behind the paths), and the work. Data and messages go to the writers of a [`Console`]; nothing else prints.
//!
//! | file | holds |
//! |---|---|
//! | `args` | what can be typed |
//! | `sections` | what help and man page say beyond the options |
//! | `environment` | variables, login name, terminal; who annotates |
//! | `console` | the two writers |
//! | `doctor` | what surrounds the program |
//! | `failure` | troubles of the files as failures of the run |
//! | `interface` | what the terminal interface is started with |
//! | `linear` | annotating by lines, without a screen |
//! | `inputs` | paths → annotated transcripts |
//! | `filter` | some of the annotations |
//! | `finding` | a finding as it is printed |
//! | `fix` | putting findings right |
//! | `folder` | a directory as a place for exported files |
//! | `incoming` | what other programs' files say, among the paths that were typed |
//! | `config` `show` `export` `import` `convert` `check` `stats` `log` `merge` `reanchor` `man` | a command each |

mod args;
mod check;
mod config;
mod console;
mod convert;
mod counting;
mod doctor;
mod environment;
mod export;
mod failure;
mod filter;
mod finding;
mod fix;
mod folder;
mod import;
mod incoming;
mod inputs;
mod interface;
mod linear;
mod log;
pub mod man;
mod merge;
mod reanchor;
mod sections;
mod show;
mod stats;

use std::io;
use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

pub use args::{Args, Interface, Selection, Task};
pub use console::Console;
pub use doctor::Checkup;
pub use environment::Environment;
pub use interface::{Subject, UiRequest};
pub use sections::Section;

use crate::command::COMMANDS;
use crate::doctor::{Probe, Terminal};
use crate::keymap::{ANNOTATE, RELABEL};
use crate::outcome::{Failure, Outcome};
use crate::store::{Corpus, Merge};
use failure::unwritten;
use inputs::Annotated;

/// What is left to do after the command line was understood.
#[derive(Debug)]
pub enum Plan {
    /// The terminal interface is to be run.
    Work(Box<UiRequest>),
    /// The terminal is to be examined, if it may be, and everything told.
    Examine(Checkup),
    /// Keys are to be told of.
    Probe(Box<Probe>),
    /// Nothing: a command was run and ended so.
    Finished(Outcome),
}

/// Runs the command in `args`, or says what the terminal interface is to be run with.
pub fn plan(args: Args, environment: &Environment, console: &mut Console<'_>) -> Result<Plan, Failure> {
    let environment = &environment.with_config(args.config)?;
    Ok(match args.task {
        Some(Task::Doctor { path, keys: false }) => Plan::Examine(Checkup::gather(&path, environment)),
        Some(Task::Doctor { path, keys: true }) => Plan::Probe(Box::new(doctor::probe(&path, environment)?)),
        Some(Task::Tutor) => {
            interface::admit_screen(environment)?;
            Plan::Work(Box::new(UiRequest::tutor(environment)?))
        }
        Some(task) => Plan::Finished(run(task, environment, console)?),
        None => annotate(args.interface, environment, console)?,
    })
}

/// Says what the terminal interface is to be run with, or annotates by lines. Files come first: a mistyped path is told of even
/// where there is no terminal.
fn annotate(interface: Interface, environment: &Environment, console: &mut Console<'_>) -> Result<Plan, Failure> {
    let (is_linear, is_strict) = (interface.linear, interface.strict);
    let request = UiRequest::resolve(interface, environment)?;
    if is_linear {
        let manner = linear::Manner { is_interactive: environment.is_interactive, is_strict };
        return linear::run(&request, manner, console).map(Plan::Finished);
    }
    interface::admit_screen(environment)?;
    Ok(Plan::Work(Box::new(request)))
}

/// Runs one command to its end; everything it has to say is written when it returns.
pub fn run(task: Task, environment: &Environment, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let outcome = match task {
        Task::Show { path, annotator, schema } => {
            show::show(&path, annotator.as_deref(), schema.as_deref(), environment, console)
        }
        Task::Export { selection, filter, format, per, unit, bom, output } => {
            let format = export::choose_rows(format, per)?;
            let manner = export::Manner { unit, bom };
            let output = output.as_deref().filter(|path| *path != Path::new("-"));
            export::export(&selection, &filter, format, manner, output, console)
        }
        Task::Import { files, into, format, unit, annotator, schema } => {
            let (annotator, schema) = (annotator.as_deref(), schema.as_deref());
            let asked = import::Asked { files: &files, into: &into, format, unit, annotator, schema };
            import::import(&asked, environment, console)
        }
        Task::Convert { input, output, from, from_unit, to, unit } => {
            convert::convert(&convert::Asked { input: &input, output: &output, from, from_unit, to, unit }, console)
        }
        Task::Check { selection, json, fix } => check::check(&selection, check::Manner { json, fix }, console),
        Task::Stats { selection, json } => {
            stats::stats(&selection, if json { stats::Form::Json } else { stats::Form::Table }, console)
        }
        Task::Reanchor { path, from, annotator, schema, dry_run } => {
            let asked =
                reanchor::Asked { path: &path, from: from.as_deref(), annotator: annotator.as_deref(), dry_run };
            reanchor::reanchor(&asked, schema.as_deref(), environment, console)
        }
        Task::Log { selection, time, json } => {
            let content = if time { log::Content::Time } else { log::Content::Transactions };
            log::log(&selection, content, json, console)
        }
        Task::Merge { base, ours, theirs, output: out, destination } => {
            merge::merge(&Merge { base, ours, theirs, out, destination }, console)
        }
        Task::Config { path } => {
            let corpus = Corpus::containing(&path)?;
            // A schema that cannot be read is the business of `check`.
            let schema = corpus.schema(None).ok();
            config::config(&environment.config_files().within(&corpus), schema.as_ref(), console)
        }
        // By itself a command does not touch the terminal.
        Task::Doctor { path, keys: _ } => Checkup::gather(&path, environment).report(&Terminal::default(), console),
        Task::Tutor => Err(Failure::usage("the tutor needs a screen: it is no command for a pipe")),
        Task::Schema { path, schema } => print_schema(&path, schema.as_deref(), console),
        Task::Completions { shell } => print(&completions(shell), console),
        Task::Man => man::write(&[keys(), linear::section()], console.out)
            .map(|()| Outcome::Done)
            .map_err(unwritten("the output")),
    }?;
    console.out.flush().map_err(unwritten("the output"))?;
    Ok(outcome)
}

/// Prints the source of the schema in force at `path`, comments and all, if it is a valid one.
fn print_schema(path: &Path, given: Option<&Path>, console: &mut Console<'_>) -> Result<Outcome, Failure> {
    let corpus = Corpus::containing(path)?;
    corpus.schema(given)?;
    let (source, _) = corpus.schema_source(given)?;
    print(source.as_bytes(), console)
}

/// The completions for `shell`, gathered first because clap panics where it cannot write.
fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "tribune", &mut script);
    script
}

fn print(data: &[u8], console: &mut Console<'_>) -> Result<Outcome, Failure> {
    console.out.write_all(data).map_err(unwritten("the output"))?;
    Ok(Outcome::Done)
}

/// Tells where the file and the text of `annotated` disagree, and what therefore is left out. It is a finding if they do.
fn warn(annotated: &Annotated<'_>, messages: &mut dyn io::Write) -> Outcome {
    let mut outcome = Outcome::Done;
    for found in finding::mismatches(annotated) {
        // That a message cannot be written is no news to anyone.
        writeln!(messages, "{found}").ok();
        outcome = Outcome::Findings;
    }
    if let Some(line) = finding::left_out(annotated) {
        writeln!(messages, "{line}").ok();
    }
    outcome
}

/// The keys of the terminal interface, from the command table.
fn keys() -> Section {
    let labels = [
        (format!("{ANNOTATE} then a label's key"), "annotate the selection".to_owned()),
        (format!("{RELABEL} then a label's key"), "change the label of the annotation here".to_owned()),
    ];
    let commands = COMMANDS.iter().map(|entry| (entry.keys.join(", "), format!("{} ({})", entry.help, entry.name)));
    Section { title: "KEYS".to_owned(), entries: commands.chain(labels).collect() }
}
