//! A corpus in a directory of its own, and the built program in an environment of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Cyrillic, combining marks, emoji of several code points, CRLF. 81 code points.
pub(crate) const TALK: &str =
    "БУЛЕКПАЕВ: «Право 👩🏽‍🌾 на труд, — сказал он, — это Е\u{308}лка».\r\n\r\nМолоде\u{301}жь ждёт 🌾.\r\n";

/// An interrupted quote and two themes that cross it.
const ALPHA: &str = r#"(
    format: 1,
    document: (path: "talk.txt", sha256: "45f022bf633ec05b67463bf85b5e8d4d27c094f62e4834b295b81aa2879fa7b9", code_points: 81),
    annotator: "alpha",
    revision: 4,
    status: Done,
    schema: (name: "speeches", version: 1),
    speakers: [
        (id: 1, name: "Ермаганбет Булекпаев", role: "Аким", aliases: []),
    ],
    annotations: [
        (id: 1, layer: "quote", label: "quote", target: Text([(11, 30, "«Право 👩🏽‍🌾 на труд"), (47, 57, "это Ёлка»")]), attributes: {"mode": Choice("direct"), "speaker": Speaker(1)}),
        (id: 2, layer: "theme", label: "rights", target: Text([(12, 30, "Право 👩🏽‍🌾 на труд")]), note: "«спорно», 'да'"),
        (id: 3, layer: "theme", label: "labour", target: Text([(26, 50, "труд, — сказал он, — это")])),
    ],
)
"#;

/// A span with a cut word and a full stop, and a label that the schema does not know.
const BETA: &str = r#"(
    format: 1,
    document: (path: "talk.txt", sha256: "45f022bf633ec05b67463bf85b5e8d4d27c094f62e4834b295b81aa2879fa7b9", code_points: 81),
    annotator: "beta",
    revision: 2,
    status: Open,
    schema: (name: "speeches", version: 1),
    speakers: [],
    annotations: [
        (id: 1, layer: "theme", label: "youth", target: Text([(73, 79, "дёт 🌾.")])),
        (id: 2, layer: "theme", label: "старость", target: Text([(62, 71, "Молоде́жь")])),
    ],
)
"#;

/// Made on another text: one annotation still matches it, one does not.
const GAMMA: &str = r#"(
    format: 1,
    document: (path: "older.txt", sha256: "0000000000000000000000000000000000000000000000000000000000000000", code_points: 20),
    annotator: "gamma",
    revision: 2,
    status: Open,
    schema: (name: "speeches", version: 1),
    speakers: [],
    annotations: [
        (id: 1, layer: "theme", label: "youth", target: Text([(0, 7, "Юно́сть"), (8, 10, "👍🏽")])),
        (id: 2, layer: "theme", label: "labour", target: Text([(11, 15, "труд")])),
    ],
)
"#;

/// The corpus with its home, gone when dropped.
pub(crate) struct Sandbox {
    directory: TempDir,
}

impl Sandbox {
    /// `talk.txt`, annotated by alpha and beta, and `notes/plain.txt`, which nobody has annotated.
    pub(crate) fn new() -> Self {
        let sandbox = Self { directory: TempDir::new().unwrap() };
        sandbox.write("talk.txt", TALK);
        sandbox.write("notes/plain.txt", "Никто 🤷 не чита\u{301}л.\n");
        sandbox.write("annotations/alpha/talk.txt.ron", ALPHA);
        sandbox.write("annotations/beta/talk.txt.ron", BETA);
        fs::create_dir(sandbox.home()).unwrap();
        sandbox
    }

    /// The same with `older.txt`, whose text has changed since gamma annotated it.
    pub(crate) fn with_changed_text() -> Self {
        let sandbox = Self::new();
        sandbox.write("older.txt", "Юно\u{301}сть 👍🏽 и труд");
        sandbox.write("annotations/gamma/older.txt.ron", GAMMA);
        sandbox
    }

    /// The corpus, without symbolic links in its path.
    pub(crate) fn corpus(&self) -> PathBuf {
        fs::canonicalize(self.directory.path()).unwrap().join("corpus")
    }

    /// The home of whoever runs the program.
    pub(crate) fn home(&self) -> PathBuf {
        self.directory.path().join("home")
    }

    /// Writes a file of the corpus.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.directory.path().join("corpus").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// The content of a file of the corpus.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.corpus().join(path)).unwrap()
    }

    /// The program with these arguments, run in the corpus.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tribune"));
        command.args(arguments).current_dir(self.corpus()).stdin(Stdio::null()).env_clear();
        command.env("HOME", self.home()).env("XDG_CONFIG_HOME", self.home().join("config")).env("LC_ALL", "C.UTF-8");
        command.env("TRIBUNE_ANNOTATOR", "delta");
        command
    }

    /// What the program with these arguments, separated by blanks, does: see [`told`].
    pub(crate) fn run(&self, arguments: &str) -> String {
        let arguments: Vec<_> = arguments.split_whitespace().collect();
        told(&self.command(&arguments).output().unwrap(), &self.corpus())
    }

    /// What it writes to standard output, having done all it was asked to.
    pub(crate) fn data(&self, arguments: &str) -> String {
        let arguments: Vec<_> = arguments.split_whitespace().collect();
        let output = self.command(&arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", told(&output, &self.corpus()));
        String::from_utf8(output.stdout).unwrap()
    }
}

/// Standard output, the lines of standard error marked by `!`, and the exit status; the corpus is called CORPUS.
pub(crate) fn told(output: &Output, corpus: &Path) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap().replace(corpus.to_str().unwrap(), "CORPUS");
    let messages: String =
        text(&output.stderr).lines().map(|line| format!("! {line}").trim_end().to_owned() + "\n").collect();
    let status = output.status.code().map_or("killed".to_owned(), |code| code.to_string());
    format!("{}{messages}exit {status}", text(&output.stdout))
}
