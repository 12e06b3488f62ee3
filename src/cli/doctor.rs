//! `tribune doctor`: what surrounds the program, gathered for [`crate::doctor`].

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Environment;
use super::console::Console;
use super::failure::unwritten;
use crate::doctor::{Fact, Probe, Report, Terminal};
use crate::keymap::{Keyboard, Keymap, with_keys};
use crate::outcome::{Failure, Outcome};
use crate::store::{ConfigFiles, Corpus};

/// The milliseconds that tmux may wait for what follows an escape character before Esc feels slow.
const LATE: u32 = 50;

/// What is known before the terminal is asked.
#[derive(Debug)]
pub struct Checkup {
    may_ask: bool,
    surroundings: Vec<Fact>,
    language: Vec<Fact>,
    files: Vec<Fact>,
}

impl Checkup {
    /// Gathers what is known of this process and the corpus at `path`.
    pub(super) fn gather(path: &Path, environment: &Environment) -> Self {
        let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            may_ask: environment.is_interactive && !environment.is_dumb,
            surroundings: surroundings(&variable),
            language: language(environment.language, &variable),
            files: files(path, environment),
        }
    }

    /// Whether the terminal can be asked, and somebody reads the answers.
    pub fn may_ask(&self) -> bool {
        self.may_ask
    }

    /// Prints everything. Something wrong is a finding.
    pub fn report(self, terminal: &Terminal, console: &mut Console<'_>) -> Result<Outcome, Failure> {
        let version = format!("{} ({}, {})", env!("CARGO_PKG_VERSION"), env::consts::OS, env::consts::ARCH);
        let terminal_facts = self.surroundings.into_iter().chain(terminal.facts()).collect();
        let widths = terminal.widths();
        let mut report =
            Report::default().with("program", vec![Fact::new("tribune", version)]).with("terminal", terminal_facts);
        if !widths.is_empty() {
            report = report.with("widths", widths);
        }
        let report = report.with("language", self.language).with("files", self.files);
        write!(console.out, "{report}").and_then(|()| console.out.flush()).map_err(unwritten("the output"))?;
        Ok(if report.is_fine() { Outcome::Done } else { Outcome::Findings })
    }
}

/// The probe of the keys in force at `path`.
pub(super) fn probe(path: &Path, environment: &Environment) -> Result<Probe, Failure> {
    if !environment.is_interactive {
        return Err(Failure::usage("standard input and output are not both a terminal: there are no keys to tell of"));
    }
    let corpus = Corpus::containing(path)?;
    let (schema, config) = (corpus.schema(None)?, environment.config_files().within(&corpus).read());
    let schema = with_keys(schema);
    Ok(Probe::new(Keymap::with(&schema, &config.bindings, &config.keyboard), schema, config.keyboard))
}

fn surroundings(variable: &dyn Fn(&str) -> Option<String>) -> Vec<Fact> {
    let told = |name: &str| Fact::new(name, variable(name).unwrap_or_else(|| "not set".to_owned()));
    let term = told("TERM").but(match variable("TERM").as_deref() {
        None => Some("nothing says what the terminal can do; 16 colours are used"),
        Some("dumb") => Some("the screen needs a terminal that can place its cursor; `tribune PATH --linear` does not"),
        Some(_) => None,
    });
    let around = [("TMUX", "tmux"), ("STY", "screen"), ("ZELLIJ", "zellij")];
    let multiplexer = around.iter().find(|(name, _)| variable(name).is_some()).map_or("none", |(_, own)| *own);
    let ssh = ["SSH_CONNECTION", "SSH_TTY"].iter().any(|name| variable(name).is_some());
    let mut facts = vec![term, told("COLORTERM"), told("NO_COLOR"), multiplexed(multiplexer)];
    facts.push(Fact::new("over ssh", if ssh { "yes" } else { "no" }));
    facts
}

/// The multiplexer that the terminal runs in; tmux holds Esc back for a while.
fn multiplexed(name: &str) -> Fact {
    let asked = (name == "tmux").then(|| Command::new("tmux").args(["show-options", "-sv", "escape-time"]).output());
    let delay: Option<u32> =
        asked.and_then(Result::ok).and_then(|told| String::from_utf8_lossy(&told.stdout).trim().parse().ok());
    let Some(delay) = delay else { return Fact::new("multiplexer", name) };
    let late = (delay > LATE).then_some("Esc comes late: `set -sg escape-time 10` in ~/.tmux.conf");
    Fact::new("multiplexer", format!("{name}, escape-time {delay} ms")).but(late)
}

fn language(titles: &str, variable: &dyn Fn(&str) -> Option<String>) -> Vec<Fact> {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| Some((*name, variable(name)?)));
    let is_utf8 = locale.as_ref().is_some_and(|(_, own)| {
        let own = own.to_lowercase();
        own.ends_with("utf-8") || own.ends_with("utf8")
    });
    let plain = (!is_utf8).then_some("not UTF-8: the terminal may show Cyrillic and frames as other characters");
    let locale = locale.map_or_else(|| "not set".to_owned(), |(name, own)| format!("{own} ({name})"));
    vec![Fact::new("locale", locale).but(plain), Fact::new("titles", titles)]
}

fn files(path: &Path, environment: &Environment) -> Vec<Fact> {
    let annotator = match environment.annotator(None) {
        Ok(name) => Fact::new("annotator", name.as_str()),
        Err(failure) => Fact::new("annotator", "not known").but(Some(failure.line())),
    };
    let mut facts = vec![annotator];
    let corpus = Corpus::containing(path);
    let files = environment.config_files();
    facts.extend(configs(&match &corpus {
        Ok(corpus) => files.within(corpus),
        Err(_) => files,
    }));
    facts.push(state(environment.state.as_deref()));
    match corpus {
        Ok(corpus) => facts.extend(corpus_facts(&corpus)),
        Err(error) => facts.push(Fact::new("corpus", path.display().to_string()).but(Some(error.to_string()))),
    }
    facts
}

/// The config files, whether they are there and whether they are right.
fn configs(files: &ConfigFiles) -> Vec<Fact> {
    let config = files.read();
    let told = |path: PathBuf| {
        let shown = path.display().to_string();
        let faults: Vec<String> =
            config.faults.iter().filter(|fault| fault.path == shown).map(ToString::to_string).collect();
        let is_there = if path.is_file() { "" } else { " (not there)" };
        let faults = Some(faults.join("\n")).filter(|faults| !faults.is_empty());
        Fact::new("config", format!("{shown}{is_there}")).but(faults)
    };
    let mut facts: Vec<Fact> = files.paths().into_iter().map(told).collect();
    let keyboard = match &config.keyboard {
        Keyboard::Auto => "auto: letters of a Russian or Kazakh layout are taken by position",
        Keyboard::Us => "us: no letter is taken by position",
        named => named.name(),
    };
    facts.push(Fact::new("keyboard", format!("{keyboard}; `tribune doctor --keys` tells what each key gives")));
    facts
}

fn state(place: Option<&Path>) -> Fact {
    match place {
        Some(place) => Fact::new("places", place.display().to_string()),
        None => Fact::new("places", "not kept: there is no home directory"),
    }
}

fn corpus_facts(corpus: &Corpus) -> Vec<Fact> {
    let count = match corpus.documents() {
        Ok(documents) => format!("{} transcripts", documents.len()),
        Err(error) => error.to_string(),
    };
    let schema = match corpus.schema_source(None) {
        Ok((_, origin)) => {
            Fact::new("schema", origin.map_or_else(|| "built in".to_owned(), |path| path.display().to_string()))
                .but(corpus.schema(None).err().map(|error| error.to_string()).or_else(|| corpus.blank_schema()))
        }
        Err(error) => Fact::new("schema", "cannot be read").but(Some(error.to_string())),
    };
    let written = match corpus.try_writing() {
        Ok(()) => Fact::new("annotations", "can be written"),
        Err(error) => Fact::new("annotations", "cannot be written").but(Some(error.to_string())),
    };
    vec![Fact::new("corpus", format!("{}, {count}", corpus.root().display())), schema, written]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(facts: Vec<Fact>) -> String {
        Report::default().with("x", facts).to_string()
    }

    #[test]
    fn what_the_variables_say_is_told_and_what_they_lack_is_wrong() {
        let some = |name: &str| match name {
            "TERM" => Some("xterm-256color".to_owned()),
            "SSH_TTY" | "ZELLIJ" => Some("й👍".to_owned()),
            "LANG" => Some("ru_RU.UTF-8".to_owned()),
            _ => None,
        };
        let surroundings = told(surroundings(&some));
        assert!(surroundings.contains("zellij") && surroundings.contains("over ssh          yes"), "{surroundings}");
        assert!(!surroundings.contains('!'), "{surroundings}");
        assert!(!told(language("ru", &some)).contains('!'));
        let none = |_: &str| None;
        assert!(told(super::surroundings(&none)).contains("! nothing says"));
        assert!(told(language("en", &none)).contains("! not UTF-8"));
        let latin = |name: &str| (name == "LC_ALL").then(|| "ru_RU.KOI8-R".to_owned());
        assert!(told(language("ru", &latin)).contains("KOI8-R (LC_ALL)\n  ! not UTF-8"));
    }
}
