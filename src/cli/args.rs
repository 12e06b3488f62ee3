//! What can be typed: the command line as clap reads it.
//!
//! Help, man page and shell completions are made from these types.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use clap_complete::Shell;

use super::sections;
use crate::exchange::csv::Per;
use crate::exchange::{FORMATS, Format, Unit};

/// Annotate speeches in the terminal: quotes, claims and themes
///
/// An annotator opens a transcript and tags spans of it; a directory is opened as a corpus, with its transcripts to choose
/// from. Annotations are kept apart from the text, as RON below annotations/. The commands read them in a pipe. A file named
/// like a command is opened as ./show.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, args_conflicts_with_subcommands = true, after_long_help = sections::help())]
pub struct Args {
    /// What to do in a pipe; without it the terminal interface opens.
    #[command(subcommand)]
    pub task: Option<Task>,
    /// Read this config instead of ~/.config/tribune/config.ron; keymap.ron and theme.ron lie beside it
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How to open the terminal interface.
    #[command(flatten)]
    pub interface: Interface,
}

/// What the terminal interface is told.
#[derive(Debug, clap::Args)]
pub struct Interface {
    /// Transcript, or directory to choose one from [default: the current directory]
    #[arg(default_value = ".", hide_default_value = true)]
    pub path: PathBuf,
    /// Annotate under this name [default: see ENVIRONMENT]
    #[arg(short, long, value_name = "NAME")]
    pub annotator: Option<String>,
    /// Use this schema instead of the corpus's own
    #[arg(short, long, value_name = "FILE")]
    pub schema: Option<PathBuf>,
    /// Change nothing
    #[arg(long)]
    pub read_only: bool,
    /// Without a screen: commands by name, a line each, also from a pipe; `help` lists them
    #[arg(long)]
    pub linear: bool,
    /// With --linear, stop at the first command that fails
    #[arg(long, requires = "linear")]
    pub strict: bool,
}

/// What is done without the terminal interface.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Print a transcript with its annotations in brackets, for reading
    Show {
        /// Transcript, or a directory for all its annotated transcripts
        path: PathBuf,
        /// Whose annotations [default: the only annotator's, else one's own]
        #[arg(short, long, value_name = "NAME")]
        annotator: Option<String>,
        /// Use this schema instead of the corpus's own
        #[arg(short, long, value_name = "FILE")]
        schema: Option<PathBuf>,
    },
    /// Write annotations for other programs
    Export {
        /// Which annotations of which transcripts
        #[command(flatten)]
        selection: Selection,
        /// Which of them
        #[command(flatten)]
        filter: Filter,
        /// What to write
        #[arg(short, long, value_parser = formats())]
        format: &'static Format,
        /// For csv and tsv: a row for each of these, with a column for each label
        #[arg(long, value_parser = pers())]
        per: Option<Per>,
        /// What offsets count, where readers of the format disagree [default: what most of them expect]
        #[arg(long, value_parser = units())]
        unit: Option<Unit>,
        /// For csv and tsv: begin with a byte-order mark, for Excel
        #[arg(long)]
        bom: bool,
        /// Write to this file or directory, whole or not at all [default: standard output, as `-`]
        #[arg(short, long, value_name = "PATH")]
        output: Option<PathBuf>,
    },
    /// Read annotations of other programs into a corpus
    ///
    /// What offsets count in a file is found out from the words it has, unless `--unit` states it. Everything becomes one change that
    /// undo takes back. What cannot be taken is told with its line, and the exit status is then 1.
    Import {
        /// Files, and directories for all in them, also of several formats
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Corpus, or a directory in it; transcripts that are not there are written if the files have their text
        #[arg(long, value_name = "DIR")]
        into: PathBuf,
        /// What the files are [default: what they look like]
        #[arg(short, long, value_parser = formats())]
        format: Option<&'static Format>,
        /// What offsets in the files count [default: what is found out]
        #[arg(long, value_parser = units())]
        unit: Option<Unit>,
        /// Whose annotations they are [default: who the files say, else oneself]
        #[arg(short, long, value_name = "NAME")]
        annotator: Option<String>,
        /// Use this schema instead of the corpus's own
        #[arg(short, long, value_name = "FILE")]
        schema: Option<PathBuf>,
    },
    /// Convert annotations from one program's format to another's, without a corpus
    Convert {
        /// File or directory to read
        input: PathBuf,
        /// File or directory to write, whole or not at all
        output: PathBuf,
        /// What is read [default: what it looks like]
        #[arg(short, long, value_name = "FORMAT", value_parser = formats())]
        from: Option<&'static Format>,
        /// What offsets in it count [default: what is found out]
        #[arg(long, value_name = "UNIT", value_parser = units())]
        from_unit: Option<Unit>,
        /// What to write
        #[arg(short, long, value_name = "FORMAT", value_parser = formats())]
        to: &'static Format,
        /// What offsets are to count, where readers of the format disagree [default: what most of them expect]
        #[arg(long, value_parser = units())]
        unit: Option<Unit>,
    },
    /// Report what looks wrong in annotations
    Check {
        /// Which annotations of which transcripts
        #[command(flatten)]
        selection: Selection,
        /// Print a JSON object a line
        #[arg(long)]
        json: bool,
        /// First put right what has one safe remedy: blanks and marks at an edge, duplicates; undo takes it back
        #[arg(long)]
        fix: bool,
    },
    /// Count annotations and the text they cover
    Stats {
        /// Which annotations of which transcripts
        #[command(flatten)]
        selection: Selection,
        /// Print JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Carry annotations over to a transcript that was changed
    ///
    /// What finds its place for certain moves there; everything is listed. What does not is set aside in the same file, with its
    /// old position and words, and nothing is guessed.
    Reanchor {
        /// Transcript, as it stands
        path: PathBuf,
        /// The transcript as it was when it was annotated; without it only quotes and positions are known
        #[arg(long, value_name = "OLD")]
        from: Option<PathBuf>,
        /// Whose annotations [default: the only annotator's, else one's own]
        #[arg(short, long, value_name = "NAME")]
        annotator: Option<String>,
        /// Use this schema instead of the corpus's own
        #[arg(short, long, value_name = "FILE")]
        schema: Option<PathBuf>,
        /// Write nothing, only report
        #[arg(short = 'n', long)]
        dry_run: bool,
    },
    /// Tell who did what when
    Log {
        /// Which histories of which transcripts
        #[command(flatten)]
        selection: Selection,
        /// Print the time at work instead, for each transcript and annotator; breaks over two minutes are not counted
        #[arg(long)]
        time: bool,
        /// Print a JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Merge two versions of a snapshot; also as a git merge driver
    Merge {
        /// Snapshot that both started from; an empty file if there was none
        base: PathBuf,
        /// Snapshot whose numbers and history are kept
        ours: PathBuf,
        /// Snapshot that is merged into it
        theirs: PathBuf,
        /// Write to this file, whole or not at all
        #[arg(short, long, value_name = "OUT")]
        output: PathBuf,
        /// Where OUT will be put in the end, as git tells with %P: refuse if work there would get lost
        #[arg(long, value_name = "PATH")]
        destination: Option<PathBuf>,
    },
    /// Print the options in force with where each is set, and what is wrong in the config files
    Config {
        /// Transcript or directory, whose corpus may set some [default: the current directory]
        #[arg(default_value = ".", hide_default_value = true)]
        path: PathBuf,
    },
    /// Learn to annotate in a few minutes, on a copy of a report
    Tutor,
    /// Tell what surrounds the program, for reports of faults
    Doctor {
        /// Transcript or directory [default: the current directory]
        #[arg(default_value = ".", hide_default_value = true)]
        path: PathBuf,
        /// Tell of each key that is pressed what it gives, until Ctrl-C
        #[arg(long)]
        keys: bool,
    },
    /// Print the schema in force, to start one's own from
    Schema {
        /// Transcript or directory [default: the current directory]
        #[arg(default_value = ".", hide_default_value = true)]
        path: PathBuf,
        /// Use this schema instead of the corpus's own
        #[arg(short, long, value_name = "FILE")]
        schema: Option<PathBuf>,
    },
    /// Print completions for a shell
    Completions {
        /// Shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// Some of the annotations.
#[derive(Debug, Default, clap::Args)]
pub struct Filter {
    /// Only this layer; may be given several times. Of relations, with what they relate
    #[arg(long = "layer", value_name = "LAYER")]
    pub layers: Vec<String>,
    /// Only this label; may be given several times. Of relations, with what they relate
    #[arg(long = "label", value_name = "LABEL")]
    pub labels: Vec<String>,
    /// Only what this speaker is named for; may be given several times
    #[arg(long = "speaker", value_name = "NAME")]
    pub speakers: Vec<String>,
}

/// Which annotations of which transcripts.
#[derive(Debug, clap::Args)]
pub struct Selection {
    /// Transcripts, and directories for all in them [default: the current directory]
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true)]
    pub paths: Vec<PathBuf>,
    /// Only this annotator's annotations; may be given several times [default: every annotator's]
    #[arg(short, long = "annotator", value_name = "NAME")]
    pub annotators: Vec<String>,
    /// Use this schema instead of the corpus's own
    #[arg(short, long, value_name = "FILE")]
    pub schema: Option<PathBuf>,
}

/// The formats of the table.
fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let value = |own: &Format| PossibleValue::new(own.name).aliases(own.aliases).help(own.about);
    PossibleValuesParser::new(FORMATS.iter().map(value))
        .map(|name| Format::named(&name).expect("it is one of the possible values"))
}

/// What tables may have rows for.
fn pers() -> impl TypedValueParser<Value = Per> {
    PossibleValuesParser::new(Per::ALL.map(Per::name))
        .map(|name| Per::ALL.into_iter().find(|per| per.name() == name).expect("it is one of the possible values"))
}

/// What offsets may count.
fn units() -> impl TypedValueParser<Value = Unit> {
    let value = |unit: &Unit| PossibleValue::new(unit.name()).help(unit.to_string());
    PossibleValuesParser::new(Unit::ALL.iter().map(value))
        .map(|name| Unit::ALL.into_iter().find(|unit| unit.name() == name).expect("it is one of the possible values"))
}
