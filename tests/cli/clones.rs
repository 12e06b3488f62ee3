//! Two clones of a corpus, real git, and the merge driver.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::sandbox::Sandbox;

const ATTRIBUTES: &str =
    "*.txt -text\nannotations/**/*.ron merge=tribune -text\nannotations/**/*.history merge=tribune-ours -text\n";

/// A clone, in the corpus of a sandbox.
struct Clone {
    sandbox: Sandbox,
}

impl Clone {
    /// A repository of its own; nothing where git cannot be run.
    fn begun(ignored: &str) -> Option<Self> {
        let clone = Self { sandbox: Sandbox::new() };
        if let Err(error) = clone.try_git(&["init", "-q", "."]) {
            eprintln!("skipped: git cannot be run: {error}");
            return None;
        }
        clone.sandbox.write(".gitattributes", ATTRIBUTES);
        clone.sandbox.write(".gitignore", ignored);
        Some(clone.configured())
    }

    fn of(other: &Self) -> Self {
        let clone = Self { sandbox: Sandbox::new() };
        std::fs::remove_dir_all(clone.sandbox.corpus()).unwrap();
        std::fs::create_dir(clone.sandbox.home().with_file_name("corpus")).unwrap();
        clone.git(&["clone", "-q", &other.path(), "."]);
        clone.configured()
    }

    fn configured(self) -> Self {
        let driver = format!("{} merge %O %A %B -o %A --destination %P", env!("CARGO_BIN_EXE_tribune"));
        self.git(&["config", "merge.tribune.driver", &driver]);
        self.git(&["config", "merge.tribune-ours.driver", "true"]);
        self
    }

    fn path(&self) -> String {
        Path::to_str(&self.sandbox.corpus()).unwrap().to_owned()
    }

    fn try_git(&self, arguments: &[&str]) -> io::Result<Output> {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=й\u{301}👍", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main"]);
        git.args(arguments).current_dir(self.sandbox.corpus());
        git.env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", self.sandbox.home()).output()
    }

    fn git(&self, arguments: &[&str]) {
        let output = self.try_git(arguments).unwrap();
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
    }

    /// Does these lines on the talk and commits what comes of it; returns what was told.
    fn work(&self, lines: &str) -> String {
        let mut command = self.sandbox.command(&["talk.txt", "--linear"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{lines}: {output:?}");
        self.git(&["add", "-A"]);
        self.git(&["commit", "-qm", "й\u{301}👍", "--allow-empty"]);
        String::from_utf8(output.stdout).unwrap()
    }

    /// Merges that branch of `other`.
    fn pull(&self, other: &Self, branch: &str) {
        self.git(&["fetch", "-q", &other.path(), branch]);
        self.git(&["merge", "-q", "--no-edit", "FETCH_HEAD"]);
    }

    /// Opens the talk: what is told, and the annotations.
    fn opened(&self) -> (String, Vec<String>) {
        let told = self.work("list\n");
        let (told, annotations) = told.split_once(" annotations\nT").unwrap();
        (told.to_owned(), format!("T{annotations}").lines().map(str::to_owned).collect())
    }
}

/// Each merged the other once, as it was before that, and went on: what git asks for first is a version of what both come from.
#[test]
fn clones_that_merged_each_other_say_what_was_said_once_each_and_what_was_taken_away_stays_away() {
    for ignored in ["*.lock\n", "*.lock\n*.history\n"] {
        let Some(ours) = Clone::begun(ignored) else { return };
        ours.work("select 0 9\nannotate youth\nselect 12 17\nannotate rights\nselect 62 71\nannotate labour\n");
        let theirs = Clone::of(&ours);
        ours.work("goto T1\nnote й\u{301}\n");
        theirs.work("select 26 30\nannotate labour\n");
        for clone in [&ours, &theirs] {
            clone.git(&["branch", "before"]);
        }
        ours.pull(&theirs, "before");
        theirs.pull(&ours, "before");
        ours.work("goto T1\nnote й\u{301} 👍\n");
        theirs.work("goto T2\ndelete\n");
        ours.pull(&theirs, "main");
        theirs.pull(&ours, "main");
        let expected =
            ["T1 youth 0–9; note: й\u{301} 👍: БУЛЕКПАЕВ", "T4 labour 26–30: труд", "T3 labour 62–71: Молоде\u{301}жь"];
        let (told, annotations) = ours.opened();
        assert!(told.contains("and took away T2: u takes it back"), "{told}");
        assert_eq!(annotations, expected);
        assert_eq!(theirs.opened().1, expected);
        ours.pull(&theirs, "main");
        let (told, annotations) = ours.opened();
        assert!(!told.contains("elsewhere"), "{told}");
        assert_eq!(annotations, expected);
    }
}
