//! Reads the command line, runs one front end, and turns its outcome into an exit status.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::Parser;
use tribune::cli::{self, Args, Console, Environment, Plan, Subject, UiRequest};
use tribune::outcome::{Failure, Outcome};
use tribune::tui;

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(outcome) => outcome.into(),
        Err(failure) => failure.report(io::stderr().lock()),
    }
}

fn run(args: Args) -> Result<Outcome, Failure> {
    let mut out = BufWriter::new(io::stdout());
    let mut messages = io::stderr();
    let console = &mut Console { out: &mut out, messages: &mut messages };
    match cli::plan(args, &Environment::of_process(), console)? {
        Plan::Work(request) => run_ui(*request),
        Plan::Examine(checkup) => {
            let terminal = tui::examine(checkup.may_ask());
            checkup.report(&terminal, console)
        }
        Plan::Probe(probe) => tui::probe(*probe),
        Plan::Finished(outcome) => Ok(outcome),
    }
}

/// Runs the terminal interface.
fn run_ui(request: UiRequest) -> Result<Outcome, Failure> {
    let UiRequest {
        corpus,
        subject,
        annotator,
        schema,
        schema_file,
        read_only,
        language,
        files,
        config,
        places,
        tutor,
    } = request;
    let (document, documents) = match subject {
        Subject::Transcript(document) => (Some(document), None),
        Subject::Directory { documents, .. } => (None, Some(documents)),
    };
    let language = config.language.clone().unwrap_or_else(|| language.to_owned());
    let is_tutor = tutor.is_some();
    let ended = tui::run(tui::Request {
        corpus,
        document,
        documents,
        annotator,
        schema,
        schema_file,
        read_only,
        language,
        files,
        config,
        is_tutor,
        places,
    });
    // Its report is of no more use.
    drop(tutor);
    let tui::Farewell { found, written } = ended?;
    for line in found.iter().chain(&written) {
        // Nobody may be there to read it.
        drop(writeln!(io::stderr(), "{line}"));
    }
    Ok(if found.is_empty() { Outcome::Done } else { Outcome::Findings })
}
