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
    let (document, documents) = match request.subject {
        Subject::Transcript(document) => (Some(document), None),
        Subject::Directory { documents, .. } => (None, Some(documents)),
    };
    let ended = tui::run(tui::Request {
        corpus: request.corpus,
        document,
        documents,
        annotator: request.annotator,
        schema: request.schema,
        schema_file: request.schema_file,
        read_only: request.read_only,
        language: request.config.language.clone().unwrap_or_else(|| request.language.to_owned()),
        files: request.files,
        config: request.config,
        is_tutor: request.tutor.is_some(),
        places: request.places,
    });
    // Its report is of no more use.
    drop(request.tutor);
    let tui::Farewell { found, written } = ended?;
    for line in found.iter().chain(&written) {
        // Nobody may be there to read it.
        drop(writeln!(io::stderr(), "{line}"));
    }
    Ok(if found.is_empty() { Outcome::Done } else { Outcome::Findings })
}
