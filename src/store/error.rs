//! What can go wrong with files, told with the path and what to do.

use std::io;
use std::path::{Path, PathBuf};

use crate::check::Code;
use crate::outcome::Failure;

use super::format::{in_lower_case, legible, literal};

/// A failure to read or write a corpus's files.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The operating system refused.
    #[error("{}: cannot {action}: {}", shown(path), plain(source))]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What was tried, as an infinitive.
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// A transcript that holds nothing.
    #[error("{}: the file is empty", shown(.0))]
    Empty(PathBuf),
    /// A transcript that is no text.
    #[error("{}: this is not a text file (byte {at} is NUL)", shown(path))]
    Binary {
        /// The file.
        path: PathBuf,
        /// Where the NUL stands.
        at: usize,
    },
    /// A transcript in another encoding.
    #[error("{}:{line}: the text is not UTF-8 (byte {at})", shown(path))]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// The line of the first bad byte, from 1.
        line: usize,
        /// The place of the first bad byte, from 0.
        at: usize,
        /// What the text may be encoded in; none when it is UTF-8 up to there, and damaged.
        guess: Option<&'static str>,
    },
    /// A directory where a transcript was expected.
    #[error("{}: this is a directory, not a transcript", shown(.0))]
    Directory(PathBuf),
    /// Neither a file nor a directory.
    #[error("{}: this is neither a file nor a directory", shown(.0))]
    Special(PathBuf),
    /// A text of 4 GiB or more.
    #[error("{}: {source}", shown(path))]
    TooLong {
        /// The file.
        path: PathBuf,
        /// How long it is.
        source: crate::text::TooLong,
    },
    /// A RON file that cannot be understood.
    #[error("{}:{line}:{column}: {}", shown(path), cut(message))]
    Syntax {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// From 1, in code points.
        column: usize,
        /// What was expected and found.
        message: String,
    },
    /// A file of a later format.
    #[error("{}: the file has format {found}; this program reads format 1", shown(path))]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format number.
        found: u32,
    },
    /// A history that breaks off before its end, or that belongs to something else.
    #[error("{}:{line}:{} {}", shown(path), column.map(|own| format!("{own}:")).unwrap_or_default(), cut(message))]
    History {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// From 1, in code points; none when it is the line as a whole.
        column: Option<usize>,
        /// What is wrong.
        message: String,
    },
    /// Something that is not to be done with this file at this time.
    #[error("{}: {message}", shown(path))]
    Refused {
        /// The file.
        path: PathBuf,
        /// Why not.
        message: String,
    },
    /// A file that another program changed while we worked on it.
    #[error("{}: another program changed it", shown(.0))]
    Overtaken(PathBuf),
    /// Snapshots that must not be merged, or not here.
    #[error("{}: {message}", shown(path))]
    Unmergeable {
        /// The file that stands in the way.
        path: PathBuf,
        /// Why.
        message: String,
        /// What to do.
        hint: &'static str,
    },
    /// A rule of `check` that a corpus allows to be broken, and that there is not.
    #[error("{}: there is no rule `{}` to allow", shown(path), cut(name))]
    Rule {
        /// The file.
        path: PathBuf,
        /// What it is called there.
        name: String,
    },
    /// A name that cannot be an annotator's.
    #[error("{} cannot be an annotator's name: {reason}", literal(name))]
    Annotator {
        /// The name.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl StoreError {
    /// The same, where the file is a snapshot whose history says everything.
    pub(super) fn with_whole_history(self) -> Self {
        match self {
            Self::Syntax { path, line, column, message } => {
                let message = format!(
                    "{message}; the history beside it holds everything, and opening the transcript goes on from there"
                );
                Self::Syntax { path, line, column, message }
            }
            other => other,
        }
    }

    /// Wraps what the system said about `path`.
    pub(crate) fn io(path: &Path, action: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { path: path.to_owned(), action, source }
    }

    /// The same with the name of the file alone, for where there is little room.
    pub fn brief(&self) -> String {
        let (Self::Io { path, .. } | Self::Overtaken(path) | Self::Refused { path, .. } | Self::History { path, .. }) =
            self
        else {
            return self.to_string();
        };
        let (whole, message) = (shown(path), self.to_string());
        let name = path.file_name().map_or_else(|| whole.clone(), |name| shown(Path::new(name)));
        message.strip_prefix(&whole).map_or(message.clone(), |rest| name + rest)
    }

    /// What to do about it, if there is something general to say.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Io { source, .. } => match source.kind() {
                io::ErrorKind::NotFound => {
                    "check the path; `tribune DIRECTORY` lists the transcripts of a corpus".into()
                }
                io::ErrorKind::PermissionDenied => "check the permissions of the file and its directory".into(),
                _ => return None,
            },
            Self::Empty(_) => "give a transcript with text in it".into(),
            Self::Binary { .. } => "save the transcript as plain UTF-8 text first".into(),
            Self::NotUtf8 { guess: None, .. } => {
                "the text before is UTF-8: mend that line, or take the original".into()
            }
            Self::NotUtf8 { guess: Some(guess), path, .. } => {
                format!("convert it first: iconv -f {guess} -t utf-8 {} > converted.txt", quoted(path))
            }
            Self::Directory(path) => format!("`tribune {}` lists its transcripts to choose from", quoted(path)),
            Self::Special(_) | Self::TooLong { .. } => "give a text file".into(),
            Self::Refused { .. } | Self::Overtaken(_) => return None,
            Self::Syntax { .. } => "mend the file at that place, or take it from version control".into(),
            Self::Newer { .. } => "use the version of tribune that wrote it, or a later one".into(),
            Self::History { line, .. } => {
                let cut = if *line > 1 { "cut the file before that line, or " } else { "" };
                format!(
                    "nothing was changed; keep a copy, then {cut}take it from version control; where a snapshot (.ron) is beside it, \
                     moving it away goes on from that"
                )
            }
            Self::Unmergeable { hint, .. } => format!("nothing was changed; {hint}"),
            Self::Rule { .. } => format!("the rules are {}", Code::ALL.map(Code::name).join(", ")),
            Self::Annotator { .. } => "choose another name with --annotator NAME".into(),
        })
    }
}

impl From<StoreError> for Failure {
    /// One line with the path, and what to do about it. The causes are in that line already.
    fn from(error: StoreError) -> Self {
        let message = error.to_string();
        let failure = match &error {
            StoreError::Io { .. } => Self::system(message),
            StoreError::Annotator { .. } => Self::usage(message),
            _ => Self::data(message),
        };
        match error.hint() {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

/// The system's message without Rust's «(os error 2)», in lower case as all our messages are.
fn plain(error: &io::Error) -> String {
    let message = error.to_string();
    let message = message.split(" (os error").next().unwrap_or_default();
    in_lower_case(message)
}

/// `message` on one line, without the end of a long one: what was found may be a whole file.
fn cut(message: &str) -> String {
    const MOST: usize = 300;
    let (mut chars, mut start) = (message.chars(), String::new());
    start.extend(chars.by_ref().take(MOST));
    if chars.next().is_some() {
        start.push('…');
    }
    legible(&start)
}

/// `path` on one line.
fn shown(path: &Path) -> String {
    legible(&path.to_string_lossy())
}

/// `path` as a word of a shell's command line.
fn quoted(path: &Path) -> String {
    format!("'{}'", shown(path).replace('\'', r"'\''"))
}
