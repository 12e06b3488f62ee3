//! The built program in a corpus of its own: standard output, standard error (its lines marked by `!`) and exit status.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "tests, which say when they skip")]
#![expect(clippy::unicode_not_nfc, reason = "combining marks are what is tested, and raw strings know no escapes")]

#[path = "cli/clones.rs"]
mod clones;
#[path = "cli/counting.rs"]
mod counting;
#[path = "cli/hammer.rs"]
mod hammer;
#[path = "cli/incoming.rs"]
mod incoming;
#[path = "cli/linear.rs"]
mod linear;
#[path = "support/sandbox.rs"]
mod sandbox;

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

use insta::assert_snapshot;
use sandbox::{Sandbox, told};
use tribune::exchange::FORMATS;

// Reading

#[test]
fn show_prints_the_text_with_brackets_and_a_legend() {
    assert_snapshot!(Sandbox::new().run("show talk.txt -a alpha"), @r"
    talk.txt, annotated by alpha (revision 4, done)

    БУЛЕКПАЕВ: [Q1.1 «[T2 Право 👩🏽‍🌾 на [T3 труд T2] Q1.1], — сказал он, — [Q1.2 это T3] Ёлка» Q1.2].

    Молоде́жь ждёт 🌾.

    Q1 quote; speaker: Ермаганбет Булекпаев; mode: direct
    T2 theme: rights; note: «спорно», 'да'
    T3 theme: labour
    exit 0
    ");
}

#[test]
fn show_wants_to_know_whose_annotations_where_there_are_several() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run("show talk.txt"), @r"
    ! error: talk.txt: several have annotated it
    ! hint: name one of them with --annotator: alpha, beta
    exit 2
    ");
    let output = sandbox.command(&["show", "talk.txt"]).env("TRIBUNE_ANNOTATOR", "beta").output().unwrap();
    assert_snapshot!(told(&output, &sandbox.corpus()), @r"
    talk.txt, annotated by beta (revision 2, open)

    БУЛЕКПАЕВ: «Право 👩🏽‍🌾 на труд, — сказал он, — это Ёлка».

    [T2 Молоде́жь T2] ж[T1 дёт 🌾. T1]

    T2 theme: старость; not in the schema
    T1 theme: youth
    exit 0
    ");
}

#[test]
fn show_takes_the_only_annotator_there_is() {
    let sandbox = Sandbox::new();
    fs::remove_dir_all(sandbox.corpus().join("annotations/alpha")).unwrap();
    assert!(sandbox.data("show ./talk.txt").starts_with("talk.txt, annotated by beta"));
}

#[test]
fn show_prints_each_annotated_transcript_of_a_directory() {
    let sandbox = Sandbox::new();
    let talk = sandbox.data("show talk.txt -a alpha");
    assert_eq!(sandbox.data("show . -a alpha"), talk);
    for (from, to) in [
        ("talk.txt", "notes/more/э\u{301}хо 👍.txt"),
        ("annotations/alpha/talk.txt.ron", "annotations/alpha/notes/more/э\u{301}хо 👍.txt.ron"),
    ] {
        let content = fs::read_to_string(sandbox.corpus().join(from)).unwrap();
        sandbox.write(to, content.replace("talk.txt", "notes/more/э\u{301}хо 👍.txt"));
    }
    let echo = talk.replacen("talk.txt", "notes/more/э\u{301}хо 👍.txt", 1);
    assert_eq!(sandbox.data("show . -a alpha"), format!("{echo}\n{talk}"));
}

#[test]
fn show_refuses_what_nobody_has_annotated() {
    assert_snapshot!(Sandbox::new().run("show notes"), @r"
    ! error: notes: nobody has annotated it
    ! hint: `tribune 'notes'` opens it for annotation
    exit 2
    ");
    assert_snapshot!(Sandbox::new().run("show notes/plain.txt"), @r"
    ! error: notes/plain.txt: nobody has annotated it
    ! hint: `tribune 'notes/plain.txt'` opens it for annotation
    exit 2
    ");
}

#[test]
fn stats_prints_a_table_or_json() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run("stats"), @r"
    alpha: 1 document, 1 done, 81 code points

                                   annotations  fragments  covered
    total    relations included              3          4   56.8 %
    layer    quote                           1          2   35.8 %
             claim                           0          0    0.0 %
             theme                           2          2   46.9 %
             argument                        0          0    0.0 %
             statement                       0          0    0.0 %
             genre                           0          0    0.0 %
    label    quote: quote                    1          2   35.8 %
             claim: claim                    0          0    0.0 %
             theme: rights                   1          1   22.2 %
             theme: youth                    0          0    0.0 %
             theme: labour                   1          1   29.6 %
             argument: supports              0          0    0.0 %
             argument: attacks               0          0    0.0 %
             statement: states               0          0    0.0 %
             genre: speech                   0          0    0.0 %
             genre: debate                   0          0    0.0 %
             genre: interview                0          0    0.0 %
             genre: report                   0          0    0.0 %
    speaker  Ермаганбет Булекпаев            1          2   35.8 %

    beta: 1 document, 0 done, 81 code points

                               annotations  fragments  covered
    total  relations included            2          2   18.5 %
    layer  quote                         0          0    0.0 %
           claim                         0          0    0.0 %
           theme                         2          2   18.5 %
           argument                      0          0    0.0 %
           statement                     0          0    0.0 %
           genre                         0          0    0.0 %
    label  quote: quote                  0          0    0.0 %
           claim: claim                  0          0    0.0 %
           theme: rights                 0          0    0.0 %
           theme: youth                  1          1    7.4 %
           theme: labour                 0          0    0.0 %
           argument: supports            0          0    0.0 %
           argument: attacks             0          0    0.0 %
           statement: states             0          0    0.0 %
           genre: speech                 0          0    0.0 %
           genre: debate                 0          0    0.0 %
           genre: interview              0          0    0.0 %
           genre: report                 0          0    0.0 %
           theme: старость               1          1   11.1 %
    exit 0
    ");
    let json: serde_json::Value = serde_json::from_str(&sandbox.data("stats talk.txt --json -a beta")).unwrap();
    assert_eq!(
        (json["annotators"][0]["annotator"].as_str(), json["annotators"][0]["code_points"].as_u64()),
        (Some("beta"), Some(81))
    );
}

#[test]
fn check_prints_a_line_and_a_hint_for_each_finding() {
    assert_snapshot!(Sandbox::new().run("check"), @r"
    talk.txt:3:1: error[unknown-label]: beta: T2 has the label `старость`, which the layer `theme` lacks
      hint: change the label to `rights`, `youth` or `labour`, or add it to the schema
    talk.txt:3:12: warning[cut-word]: beta: T1 begins inside a word
      hint: move the edge to the start of the word
    ! 1 error and 1 warning in 2 annotation files
    exit 1
    ");
    assert_snapshot!(Sandbox::new().run("check talk.txt -a alpha"), @r"
    ! 0 errors and 0 warnings in 1 annotation file
    exit 0
    ");
}

#[test]
fn check_prints_an_object_a_line_for_programs() {
    assert_snapshot!(Sandbox::new().run("check talk.txt --json -a beta"), @r#"
    {"path":"talk.txt","document":"talk.txt","annotator":"beta","line":3,"column":1,"start":62,"end":71,"severity":"error","code":"unknown-label","annotation":"T2","message":"T2 has the label `старость`, which the layer `theme` lacks","hint":"change the label to `rights`, `youth` or `labour`, or add it to the schema"}
    {"path":"talk.txt","document":"talk.txt","annotator":"beta","line":3,"column":12,"start":73,"end":74,"severity":"warning","code":"cut-word","annotation":"T1","message":"T1 begins inside a word","hint":"move the edge to the start of the word"}
    ! 1 error and 1 warning in 1 annotation file
    exit 1
    "#);
}

// Who did what when

/// Three transactions on the first words of the talk, each with the checksum it must have.
fn history() -> String {
    let act = |number: u32, kind: &str, at: &str, edit: &str| {
        let ron = format!("(kind: {kind}, at: \"2026-11-23T{at}Z\", summary: \"тег 👍 и\u{306}\", edits: [{edit}])");
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(format!("{number} {ron}").as_bytes());
        format!("{number} {:08x} {ron}\n", hasher.finalize())
    };
    let annotation = "((id: 1, layer: \"theme\", label: \"rights\", target: Text([(0, 9, \"БУЛЕКПАЕВ\")])))";
    let header = "(format: 1, document: (path: \"talk.txt\", sha256: \"45f022bf633ec05b67463bf85b5e8d4d27c094f62e4834b295b81aa2879fa7b9\", code_points: 81), annotator: \"delta\")\n";
    [
        header.to_owned(),
        act(1, "Commit", "08:00:00.25", &format!("Insert{annotation}")),
        act(2, "Undo(1)", "08:01:40.5", &format!("Remove{annotation}")),
        act(3, "Redo(1)", "09:00:00", &format!("Insert{annotation}")),
    ]
    .concat()
}

#[test]
fn log_tells_who_did_what_when_from_the_history() {
    let sandbox = Sandbox::new();
    sandbox.write("annotations/delta/talk.txt.history", history());
    assert_snapshot!(sandbox.run("log talk.txt -a delta"), @r"
    2026-11-23T08:00:00Z  talk.txt  delta  1  тег 👍 й
    2026-11-23T08:01:40Z  talk.txt  delta  2  undo of 1: тег 👍 й
    2026-11-23T09:00:00Z  talk.txt  delta  3  redo of 1: тег 👍 й
    exit 0
    ");
    assert_snapshot!(sandbox.run("log talk.txt -a delta --time"), @r"
    0:01:40  talk.txt  delta  3 transactions, 2026-11-23T08:00:00Z to 2026-11-23T09:00:00Z
    exit 0
    ");
    let lines = sandbox.data("log --json -a delta");
    let row: serde_json::Value = serde_json::from_str(lines.lines().nth(1).unwrap()).unwrap();
    assert_eq!((&row["kind"], &row["of"], &row["revision"]), (&"undo".into(), &1.into(), &2.into()));
    let row: serde_json::Value = serde_json::from_str(&sandbox.data("log --json --time -a delta")).unwrap();
    assert_eq!((&row["active_seconds"], &row["transactions"]), (&100.into(), &3.into()));
}

#[test]
fn log_needs_no_text_and_says_where_there_is_no_history() {
    let sandbox = Sandbox::new();
    sandbox.write("annotations/delta/talk.txt.history", history());
    sandbox.write("talk.txt", "Друго\u{301}й текст 🌾");
    assert_snapshot!(sandbox.run("log . --time"), @r"
    0:01:40  talk.txt  delta  3 transactions, 2026-11-23T08:00:00Z to 2026-11-23T09:00:00Z
    ! note: talk.txt: there is no history of what alpha did
    ! note: talk.txt: there is no history of what beta did
    exit 0
    ");
}

// Putting right

/// An annotator whose file holds slips of all sorts that have one safe remedy, and a cut word, which has none.
const SLIPS: &str = r#"(
    format: 1,
    document: (path: "talk.txt", sha256: "45f022bf633ec05b67463bf85b5e8d4d27c094f62e4834b295b81aa2879fa7b9", code_points: 81),
    annotator: "delta",
    revision: 2,
    status: Open,
    schema: (name: "speeches", version: 1),
    speakers: [],
    annotations: [
        (id: 1, layer: "theme", label: "rights", target: Text([(26, 32, "труд, ")])),
        (id: 2, layer: "theme", label: "rights", target: Text([(26, 30, "труд")])),
        (id: 3, layer: "theme", label: "youth", target: Text([(73, 79, "дёт 🌾.")])),
    ],
)
"#;

#[test]
fn check_puts_right_what_has_one_safe_remedy_in_one_transaction() {
    let sandbox = Sandbox::new();
    sandbox.write("annotations/delta/talk.txt.ron", SLIPS);
    assert_snapshot!(sandbox.run("check talk.txt -a delta --fix"), @r"
    talk.txt:3:12: warning[cut-word]: delta: T3 begins inside a word
      hint: move the edge to the start of the word
    ! talk.txt: delta: 3 changes in one step, which undo takes back
    ! 0 errors and 1 warning in 1 annotation file
    exit 1
    ");
    let snapshot = sandbox.read("annotations/delta/talk.txt.ron");
    assert!(snapshot.contains("revision: 3,") && snapshot.contains(r#"(26, 30, "труд")"#), "{snapshot}");
    assert!(!snapshot.contains("(id: 2,"), "the later of two that say the same goes: {snapshot}");
    let history = sandbox.read("annotations/delta/talk.txt.history");
    assert_eq!(history.lines().count(), 3, "a header, what there was, and a transaction: {history}");
    assert!(sandbox.data("log talk.txt -a delta").ends_with("  3  check --fix\n"));
    let again = sandbox.run("check talk.txt -a delta --fix");
    assert!(!again.contains("undo") && sandbox.read("annotations/delta/talk.txt.ron") == snapshot, "{again}");
}

#[test]
#[cfg(unix)]
fn check_puts_nothing_right_while_somebody_is_at_work() {
    let sandbox = Sandbox::new();
    sandbox.write("annotations/delta/talk.txt.ron", SLIPS);
    sandbox.write("annotations/delta/talk.txt.lock", "process 7 on й\u{301}👍\n");
    let lock = fs::File::options().write(true).open(sandbox.corpus().join("annotations/delta/talk.txt.lock")).unwrap();
    lock.lock().unwrap();
    let told = sandbox.run("check talk.txt -a delta --fix");
    assert!(
        told.contains("! talk.txt: delta: nothing was put right: process 7 on й\u{301}👍 is working on it as delta"),
        "{told}"
    );
    assert!(told.ends_with("! error: 1 annotation file could not be put right\nexit 2"), "{told}");
    assert_eq!(sandbox.read("annotations/delta/talk.txt.ron"), SLIPS);
}

#[test]
fn check_passes_over_what_the_corpus_allows() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus.ron", "(name: \"й\u{301}👍\", allow: [\"cut-word\", \"unknown-label:notes/plain.txt\"])");
    let told = sandbox.run("check");
    assert!(told.contains("unknown-label") && !told.contains("cut-word"), "{told}");
    sandbox.write("corpus.ron", "(allow: [\"cut-word:talk.txt\", \"unknown-label\"])");
    assert_snapshot!(sandbox.run("check"), @r"
    ! 0 errors and 0 warnings in 2 annotation files
    exit 0
    ");
}

#[test]
fn a_faulty_corpus_file_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("corpus.ron", "(alow: [\"й\u{301}👍\"])");
    assert_snapshot!(sandbox.run("check"), @r#"
    ! error: CORPUS/corpus.ron:1:2: unexpected field named `alow` in `Settings`, expected one of `allow`, `name`, `languages`, `annotators`, or `options` instead
    ! hint: mend the file at that place, or take it from version control
    exit 2
    "#);
    sandbox.write("corpus.ron", "(allow: [\"и\u{306}👍\"])");
    assert_snapshot!(sandbox.run("check"), @r#"
    ! error: CORPUS/corpus.ron: there is no rule `й👍` to allow
    ! hint: the rules are unknown-layer, unknown-label, wrong-target, unknown-attribute, wrong-value, missing-attribute, unknown-speaker, broken-relation, forbidden-relation, forbidden-overlap, blank-at-edge, punctuation-at-edge, cut-word, unmatched-mark, duplicate, missed-phrase, nothing-tagged
    exit 2
    "#);
}

// Merging

const BASE: &str = r#"(
    format: 1,
    document: (path: "talk.txt", sha256: "45f022bf633ec05b67463bf85b5e8d4d27c094f62e4834b295b81aa2879fa7b9", code_points: 81),
    annotator: "delta",
    revision: 1,
    status: Open,
    schema: (name: "speeches", version: 1),
    speakers: [
    ],
    annotations: [
        (id: 1, layer: "theme", label: "rights", target: Text([(26, 30, "труд")])),
    ],
)
"#;

/// [`BASE`] at a revision, with another label and with an addition.
fn version(revision: u32, label: &str, added: &str) -> String {
    let old = r#"label: "rights", target: Text([(26, 30, "труд")])),"#;
    let new = format!(
        "label: \"{label}\", target: Text([(26, 30, \"труд\")])),\n        (id: 2, layer: \"theme\", label: \"{added}\", target: Text([(62, 71, \"Молоде\u{301}жь\")])),"
    );
    BASE.replace("revision: 1,", &format!("revision: {revision},")).replace(old, &new)
}

#[test]
fn merge_keeps_both_sides_of_a_conflict_and_lists_it() {
    let sandbox = Sandbox::new();
    sandbox.write("base.ron", BASE);
    sandbox.write("annotations/delta/talk.txt.ron", version(2, "labour", "youth"));
    sandbox.write("theirs.ron", version(5, "youth", "rights"));
    let ours = "annotations/delta/talk.txt.ron";
    assert_snapshot!(sandbox.run(&format!("merge base.ron {ours} theirs.ron -o {ours}")), @r#"
    ! conflict: annotations/delta/talk.txt.ron: T1: both sides changed it; theirs is kept as T4
    exit 1
    "#);
    assert_snapshot!(sandbox.run("show talk.txt -a delta"), @r#"
    talk.txt, annotated by delta (revision 6, open)

    БУЛЕКПАЕВ: «Право 👩🏽‍🌾 на [T1 [T4 труд T4] T1], — сказал он, — это Ёлка».

    [T2 [T3 Молоде́жь T3] T2] ждёт 🌾.

    T1 theme: labour
    T4 theme: youth
    T2 theme: youth
    T3 theme: rights
    exit 0
    "#);
    assert!(sandbox.run("merge base.ron base.ron theirs.ron -o merged.ron").ends_with("exit 0"));
    sandbox.write("theirs.ron", BASE.replace("45f022", "000000"));
    assert_snapshot!(sandbox.run("merge base.ron base.ron theirs.ron -o merged.ron"), @r#"
    ! error: theirs.ron: it is about another text than base.ron: their digests differ
    ! hint: nothing was changed; merge the transcripts first, or take one side's
    exit 2
    "#);
}

#[test]
fn merge_is_a_merge_driver_for_git() {
    let sandbox = Sandbox::new();
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=й\u{301}👍", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main"]);
        git.args(arguments).current_dir(sandbox.corpus()).env("GIT_CONFIG_NOSYSTEM", "1").env("HOME", sandbox.home());
        git.output()
    };
    match git(&["init", "-q", "."]) {
        Err(error) => return eprintln!("skipped: git cannot be run: {error}"),
        Ok(output) => assert!(output.status.success(), "{output:?}"),
    }
    let path = "annotations/delta/talk.txt.ron";
    let done = |arguments: &[&str]| {
        let output = git(arguments).unwrap();
        assert!(output.status.success(), "git {arguments:?}: {output:?}");
    };
    let commit = |content: &str| {
        sandbox.write(path, content);
        done(&["add", "-A"]);
        done(&["commit", "-qm", "й\u{301}👍"]);
    };
    let driver = format!("{} merge %O %A %B -o %A --destination %P", env!("CARGO_BIN_EXE_tribune"));
    done(&["config", "merge.tribune.driver", &driver]);
    done(&["config", "merge.tribune-ours.driver", "true"]);
    let attributes =
        "*.txt -text\nannotations/**/*.ron merge=tribune -text\nannotations/**/*.history merge=tribune-ours -text\n";
    sandbox.write(".gitattributes", attributes);
    let lines = "annotations/delta/talk.txt.history";
    commit(BASE);
    done(&["checkout", "-qb", "theirs"]);
    sandbox.write(lines, history().lines().take(2).fold(String::new(), |sum, line| sum + line + "\n"));
    commit(&version(5, "rights", "rights"));
    done(&["checkout", "-q", "main"]);
    sandbox.write(lines, history());
    commit(&version(3, "labour", "youth"));
    done(&["merge", "-q", "--no-edit", "theirs"]);
    let merged = sandbox.read(path);
    for part in [
        "revision: 6,",
        "(id: 1, layer: \"theme\", label: \"labour\"",
        "(id: 2, layer: \"theme\", label: \"youth\"",
        "(id: 3, layer: \"theme\", label: \"rights\"",
    ] {
        assert!(merged.contains(part), "{part}: {merged}");
    }
    assert!(sandbox.run("check talk.txt -a delta").ends_with("exit 0"));
    assert_eq!(sandbox.read(lines), history(), "the history stays ours");

    done(&["checkout", "-qb", "again", "theirs"]);
    commit(&version(6, "youth", "rights"));
    done(&["checkout", "-q", "main"]);
    let output = git(&["merge", "-q", "--no-edit", "again"]).unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let merged = sandbox.read(path);
    assert!(
        merged.contains("label: \"labour\"") && merged.contains("(id: 4, layer: \"theme\", label: \"youth\""),
        "{merged}"
    );
    assert!(sandbox.run("show talk.txt -a delta").ends_with("exit 0"), "it opens");
    done(&["merge", "--abort"]);

    done(&["checkout", "-qb", "ahead", "main~2"]);
    sandbox.write(lines, history());
    commit(&version(2, "labour", "youth"));
    let output = git(&["merge", "-q", "theirs"]).unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("its history goes on to revision 3, and ours holds only 2"), "{told}");
    assert_eq!((output.status.code(), sandbox.read(path)), (Some(1), version(2, "labour", "youth")));
}

#[test]
fn paths_are_told_as_they_were_typed() {
    let sandbox = Sandbox::with_changed_text();
    for (typed, told) in [("./talk.txt", "./talk.txt:"), ("../corpus", "../corpus/talk.txt:"), (".", "talk.txt:")] {
        let check = sandbox.run(&format!("check {typed} -a beta"));
        assert!(check.starts_with(told), "{typed}: {check}");
    }
}

// What does not match the text

#[test]
fn a_changed_text_and_its_strays_are_findings() {
    assert_snapshot!(Sandbox::with_changed_text().run("check older.txt"), @r#"
    older.txt: warning[changed-text]: gamma: the text is not the one that was annotated: 1 of 2 annotations still match it
      hint: bring back the text that was annotated, or see `tribune reanchor --help`
    older.txt:1:12: error[stray-annotation]: gamma: annotation 2 (theme labour) does not match the text: code points 11–15 hold "и тр", not "труд"
      hint: it was made for «труд»; bring back the text or mend the file
    ! 1 error and 1 warning in 1 annotation file
    exit 1
    "#);
}

#[test]
fn export_show_and_stats_tell_of_strays_and_go_on() {
    let sandbox = Sandbox::with_changed_text();
    assert_snapshot!(sandbox.run("show older.txt"), @r#"
    older.txt, annotated by gamma (revision 2, open)

    [T1.1 Юно́сть T1.1] [T1.2 👍🏽 T1.2] и труд

    T1 theme: youth
    ! older.txt: warning[changed-text]: gamma: the text is not the one that was annotated: 1 of 2 annotations still match it
    !   hint: bring back the text that was annotated, or see `tribune reanchor --help`
    ! older.txt:1:12: error[stray-annotation]: gamma: annotation 2 (theme labour) does not match the text: code points 11–15 hold "и тр", not "труд"
    !   hint: it was made for «труд»; bring back the text or mend the file
    ! note: older.txt: gamma: 1 of 2 annotations are left out, for they have no place: 2
    exit 1
    "#);
    let output = sandbox.command(&["export", ".", "-f", "csv"]).output().unwrap();
    let rows = String::from_utf8(output.stdout).unwrap();
    assert_eq!((rows.lines().count(), output.status.code()), (1 + 6 + 2, Some(1)), "{rows}");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("stray-annotation") && told.contains("1 of 2 annotations are left out"), "{told}");
    assert!(sandbox.run("stats .").ends_with("exit 1"));
}

// Exporting

#[test]
fn export_writes_a_row_per_fragment_as_csv() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run("export talk.txt -f csv"), @r#"
    doc_id,span_id,fragment,annotator,label,value,start_cp,end_cp,start_utf16,end_utf16,start_byte,end_byte,text,file_start_byte,file_end_byte,speaker,turn,turn_speaker,paragraph,note,origin,origin_from,score,attr_speaker,attr_mode,attr_kind,attr_checkable,attr_occasion,other_attributes
    talk,Q1,1,alpha,Quote,,11,30,11,33,20,62,«Право 👩🏽‍🌾 на труд,20,62,Ермаганбет Булекпаев,1,БУЛЕКПАЕВ,1,,manual,,,Ермаганбет Булекпаев,direct,,,,
    talk,Q1,2,alpha,Quote,,47,57,50,60,91,110,это Ёлка»,91,110,Ермаганбет Булекпаев,1,БУЛЕКПАЕВ,1,,manual,,,Ермаганбет Булекпаев,direct,,,,
    talk,T2,1,alpha,Theme,rights,12,30,12,33,22,62,Право 👩🏽‍🌾 на труд,22,62,,1,БУЛЕКПАЕВ,1,"«спорно», 'да'",manual,,,,,,,,
    talk,T3,1,alpha,Theme,labour,26,50,29,53,54,97,"труд, — сказал он, — это",54,97,,1,БУЛЕКПАЕВ,1,,manual,,,,,,,,
    talk,T2,1,beta,Theme,старость,60,69,63,72,113,131,Молоде́жь,115,133,,1,БУЛЕКПАЕВ,2,,manual,,,,,,,,
    talk,T1,1,beta,Theme,youth,71,77,74,81,134,146,дёт 🌾.,136,148,,1,БУЛЕКПАЕВ,2,,manual,,,,,,,,
    ! note: not in csv: talk.txt, alpha: line ends or control characters of the text; offsets are those of the text that is written
    ! note: not in csv: talk.txt, beta: line ends or control characters of the text; offsets are those of the text that is written
    ! note: of the tables this is spans.csv alone; a directory named with --output gets annotators.csv, documents.csv, labels.csv, relations.csv, speakers.csv too
    exit 0
    "#);
    assert_snapshot!(sandbox.run("export talk.txt -a beta -f tsv -o tables"), @r"
    ! note: not in tsv: talk.txt, beta: line ends or control characters of the text; offsets are those of the text that is written
    exit 0
    ");
    let names = fs::read_dir(sandbox.corpus().join("tables")).unwrap().map(|own| own.unwrap().file_name());
    let names: BTreeSet<String> = names.map(|own| own.into_string().unwrap()).collect();
    let expected = ["annotators", "documents", "labels", "relations", "spans", "speakers"];
    assert!(names.into_iter().eq(expected.map(|name| format!("{name}.tsv"))));
}

#[test]
fn export_writes_a_line_per_document_and_annotator_as_json() {
    let lines = Sandbox::new().data("export -f jsonl talk.txt ./talk.txt .");
    let rows: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let names: Vec<_> =
        rows.iter().map(|row| (row["id"].as_str().unwrap(), row["annotator"].as_str().unwrap())).collect();
    assert_eq!(names, [("talk.txt", "alpha"), ("talk.txt", "beta")], "each once, however often it is named");
    assert_eq!(rows[0]["annotations"][0]["fragments"][1]["quote"], "это Е\u{308}лка»");
}

#[test]
fn export_tells_of_a_named_document_that_nobody_has_annotated() {
    assert_snapshot!(Sandbox::new().run("export notes/plain.txt -f jsonl"), @r"
    ! note: notes/plain.txt: nobody has annotated it
    exit 0
    ");
}

#[test]
fn export_takes_one_annotator_several_or_all_and_rows_per_unit() {
    let sandbox = Sandbox::new();
    let annotators = |arguments: &str| {
        let table = sandbox.data(&format!("export talk.txt -f tsv --per turn {arguments}"));
        let cells = table.lines().skip(1).map(|line| line.split('\t').nth(1).unwrap().to_owned());
        cells.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(annotators(""), "alpha beta");
    assert_eq!(annotators("-a beta"), "beta");
    assert_eq!(annotators("-a beta -a alpha"), "alpha beta");
    assert!(sandbox.data("export talk.txt -f csv --per token").contains(",12,17,12,17,22,32,Право,1,"));
    assert_snapshot!(sandbox.run("export talk.txt -f brat --per token"), @r"
    ! error: brat has no rows per token
    ! hint: name a format of tables with --format: csv, tsv
    exit 2
    ");
    assert_snapshot!(sandbox.run("export talk.txt -f csv -a beta -a й́"), @r"
    ! error: talk.txt: й́ has not annotated it
    ! hint: these have: alpha, beta
    exit 2
    ");
}

#[test]
fn an_annotator_who_has_no_file_is_refused_with_those_who_have() {
    assert_snapshot!(Sandbox::new().run("export talk.txt -f csv -a alfa"), @r"
    ! error: talk.txt: alfa has not annotated it
    ! hint: these have: alpha, beta
    exit 2
    ");
    assert_snapshot!(Sandbox::new().run("stats notes -a alpha"), @r"
    ! error: notes: alpha has not annotated anything in it
    ! hint: nobody has
    exit 2
    ");
}

#[test]
fn an_unknown_format_is_refused_with_those_there_are() {
    let told = Sandbox::new().run("export talk.txt -f odt");
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    let expected =
        format!("! error: invalid value 'odt' for '--format <FORMAT>'\n!   [possible values: {}]", names.join(", "));
    assert!(told.starts_with(&expected), "{told}");
    assert!(told.ends_with("exit 2"), "{told}");
}

#[test]
fn export_to_a_file_replaces_it_whole_or_not_at_all() {
    let sandbox = Sandbox::new();
    sandbox.write("rows.csv", "до\u{301} 👍");
    assert_snapshot!(sandbox.run("export talk.txt -f csv -o rows.csv"), @r"
    ! note: not in csv: talk.txt, alpha: line ends or control characters of the text; offsets are those of the text that is written
    ! note: not in csv: talk.txt, beta: line ends or control characters of the text; offsets are those of the text that is written
    ! note: of the tables this is spans.csv alone; a directory named with --output gets annotators.csv, documents.csv, labels.csv, relations.csv, speakers.csv too
    exit 0
    ");
    assert_eq!(sandbox.read("rows.csv"), sandbox.data("export talk.txt -f csv"));
    sandbox.write("annotations/alpha/talk.txt.ron", "(");
    assert!(sandbox.run("export talk.txt -f jsonl -o rows.csv").ends_with("exit 2"));
    assert!(sandbox.read("rows.csv").starts_with("doc_id,"), "the old content stands");
    assert!(
        fs::read_dir(sandbox.corpus()).unwrap().all(|entry| entry.unwrap().path().extension() != Some("tmp".as_ref()))
    );
}

#[test]
fn export_never_writes_over_a_transcript_or_a_directory() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run("export talk.txt -f csv -o ./talk.txt"), @r"
    ! error: ./talk.txt: this is a transcript, and transcripts never change
    ! hint: name another file with --output
    exit 2
    ");
    assert_eq!(sandbox.read("talk.txt"), sandbox::TALK);
    sandbox.write("other.txt", "е\u{301} 👍");
    assert_snapshot!(sandbox.run("export talk.txt -f csv -o other.txt"), @r"
    ! error: other.txt: a transcript is there, and transcripts never change
    ! hint: name another file with --output
    exit 2
    ");
    for own in ["annotations/alpha/talk.txt.history", "annotations/alpha/talk.txt.ron", "schema.ron"] {
        let output = sandbox.run(&format!("export talk.txt -f jsonl -o {own}"));
        assert!(output.contains("a file with this ending would be one of the corpus"), "{output}");
    }
    sandbox.data("export talk.txt -a alpha -f jsonl -o talk.jsonl");
    assert_snapshot!(sandbox.run("convert -t csv talk.jsonl ./talk.jsonl"), @r"
    ! error: ./talk.jsonl: this is what is to be converted
    ! hint: name another file with --output
    exit 2
    ");
    assert_snapshot!(sandbox.run("export talk.txt -f jsonl -o notes"), @r"
    ! error: notes: this is a directory, not a file to write to
    ! hint: name a file with --output
    exit 2
    ");
    assert_snapshot!(sandbox.run("export talk.txt -f csv -o missing/rows.csv"), @r"
    ! note: not in csv: talk.txt, alpha: line ends or control characters of the text; offsets are those of the text that is written
    ! note: not in csv: talk.txt, beta: line ends or control characters of the text; offsets are those of the text that is written
    ! error: missing/rows.csv: cannot write it: no such file or directory
    ! hint: check the path; `tribune DIRECTORY` lists the transcripts of a corpus
    exit 2
    ");
}

#[test]
fn what_an_earlier_export_left_in_the_directory_is_told() {
    let sandbox = Sandbox::new();
    sandbox.data("export talk.txt -a alpha -f brat -o out");
    sandbox.write("out/é\u{301}👍.ann", "");
    sandbox.write("out/old/b.ann", "");
    sandbox.write("out/notes.md", "");
    let output = sandbox.run("export talk.txt -a alpha -f brat -o out");
    let told: Vec<&str> = output.lines().filter(|line| line.contains("warning") || line.contains("hint")).collect();
    assert_eq!(
        told,
        [
            "! warning: out: there before, and not of this export: old/b.ann and 1 more",
            "! hint: who reads the directory takes it too; remove it, or name a new directory with --output",
        ]
    );
}

#[test]
fn transcripts_of_one_name_in_two_corpora_are_not_exported_as_one() {
    let sandbox = Sandbox::new();
    sandbox.data("export talk.txt -a alpha -f jsonl -o talk.jsonl");
    for corpus in ["one", "two"] {
        sandbox.write(&format!("{corpus}/corpus.ron"), "(format: 1)");
        sandbox.data(&format!("import talk.jsonl --into {corpus} -a e\u{301}👍"));
    }
    assert_snapshot!(sandbox.run("export one two -f jsonl"), @r"
    ! error: one/talk.txt and two/talk.txt are both called talk.txt in their corpora
    ! hint: export one corpus after the other
    exit 2
    ");
}

#[test]
#[cfg(unix)]
fn what_is_no_regular_file_is_written_to_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt;

    let sandbox = Sandbox::new();
    assert_eq!(sandbox.data("export talk.txt -f csv -o /dev/null"), "");
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
}

// In Python

/// Compares every span of `export`s, read as Python reads them, with the text as Python reads it.
const PYTHON: &str = r#"
import csv, json, sys
text = open("talk.txt", encoding="utf-8", newline="").read()
spans = 0
def same(start, end, quote):
    global spans
    spans += 1
    assert text[start:end] == quote, (start, end, quote, text[start:end])
for line in open("talk.jsonl", encoding="utf-8", newline="").read().splitlines():
    row = json.loads(line)
    assert row["text"] == text and row["code_points"] == len(text)
    for annotation in row["annotations"]:
        assert annotation["start"] == annotation["fragments"][0]["start"]
        for fragment in annotation["fragments"]:
            same(fragment["start"], fragment["end"], fragment["quote"])
def table(name):
    return csv.DictReader(open(f"tables/{name}.csv", encoding="utf-8", newline=""))
file = text.encode()
(text,) = (row["text"] for row in table("documents"))
for row in table("spans"):
    assert file[int(row["file_start_byte"]):int(row["file_end_byte"])].decode() == row["text"]
    same(int(row["start_cp"]), int(row["end_cp"]), row["text"])
    assert text.encode()[int(row["start_byte"]):int(row["end_byte"])].decode() == row["text"]
    units = text.encode("utf-16-le")[2 * int(row["start_utf16"]):2 * int(row["end_utf16"])]
    assert units.decode("utf-16-le") == row["text"]
print(spans)
"#;

#[test]
fn in_python_the_slice_of_every_exported_span_is_its_quote() {
    let sandbox = Sandbox::new();
    sandbox.data("export talk.txt -f jsonl -o talk.jsonl");
    sandbox.data("export talk.txt -f csv -o tables");
    match Command::new("python3").args(["-c", PYTHON]).current_dir(sandbox.corpus()).output() {
        Err(error) => eprintln!("skipped: python3 cannot be run: {error}"),
        Ok(output) => assert_eq!(told(&output, &sandbox.corpus()), "12\nexit 0"),
    }
}

// The schema

#[test]
fn schema_prints_the_builtin_source_and_the_corpus_own() {
    let sandbox = Sandbox::new();
    let builtin = include_str!("../data/builtin/schema.ron");
    assert_eq!(sandbox.data("schema talk.txt"), builtin);
    let own = builtin.replace("speeches", "ре\u{301}чи 👍");
    sandbox.write("schema.ron", &own);
    assert_eq!(sandbox.data("schema"), own);
    sandbox.write("other/given.ron", builtin);
    assert_eq!(sandbox.data("schema -s other/given.ron"), builtin);
}

#[test]
fn a_faulty_schema_is_refused_at_its_line_and_column() {
    let sandbox = Sandbox::new();
    sandbox.write("schema.ron", "(\n    format: 1, name: \"й\u{301}👍\", verzion: 1, layers: [],\n)");
    assert_snapshot!(sandbox.run("schema"), @r"
    ! error: CORPUS/schema.ron:2:29: there is no field `verzion` here; did you mean `version`?
    ! hint: mend the file at that place, or take it from version control
    exit 2
    ");
    assert_snapshot!(sandbox.run("check -s missing.ron"), @r"
    ! error: missing.ron: cannot read it: no such file or directory
    ! hint: check the path; `tribune DIRECTORY` lists the transcripts of a corpus
    exit 2
    ");
    sandbox.write("latin.ron", b"(\n  name: \"\xe9\")");
    assert_snapshot!(sandbox.run("show talk.txt -s latin.ron"), @r"
    ! error: latin.ron:2:10: expected UTF-8 text, found another byte
    ! hint: mend the file at that place, or take it from version control
    exit 2
    ");
}

// What cannot be read

#[test]
fn what_is_no_transcript_is_refused_in_a_line_with_a_hint() {
    let sandbox = Sandbox::new();
    sandbox.write("empty.txt", "");
    sandbox.write("binary.txt", b"\xd0\x99\0\x01");
    sandbox.write("cp1251.txt", b"\xd0\x99 \xf0\x9f\x91\x8d\n\xd0\xe5\xf7\xfc");
    assert_snapshot!(sandbox.run("check empty.txt"), @r"
    ! error: empty.txt: the file is empty
    ! hint: give a transcript with text in it
    exit 2
    ");
    assert_snapshot!(sandbox.run("stats binary.txt"), @r"
    ! error: binary.txt: this is not a text file (byte 2 is NUL)
    ! hint: save the transcript as plain UTF-8 text first
    exit 2
    ");
    assert_snapshot!(sandbox.run("show cp1251.txt"), @"
    ! error: cp1251.txt:2: the text is not UTF-8 (byte 8)
    ! hint: the text before is UTF-8: mend that line, or take the original
    exit 2
    ");
    assert_snapshot!(sandbox.run("export мо\u{301}ре👍.txt -f csv"), @r"
    ! error: мо́ре👍.txt: cannot read it: no such file or directory
    ! hint: check the path; `tribune DIRECTORY` lists the transcripts of a corpus
    exit 2
    ");
    assert_snapshot!(sandbox.run("empty.txt"), @r"
    ! error: empty.txt: the file is empty
    ! hint: give a transcript with text in it
    exit 2
    ");
}

#[test]
fn a_faulty_file_of_annotations_is_refused_at_its_line_and_column() {
    let sandbox = Sandbox::new();
    let faulty = sandbox.read("annotations/beta/talk.txt.ron").replace("speakers: [],", "speekers: [],");
    sandbox.write("annotations/beta/talk.txt.ron", faulty);
    assert_snapshot!(sandbox.run("check talk.txt"), @r"
    ! error: CORPUS/annotations/beta/talk.txt.ron:8:5: unexpected field named `speekers` in `Snapshot`, expected one of `format`, `document`, `annotator`, `revision`, `status`, `schema`, `history`, `speakers`, `annotations`, or `strays` instead
    ! hint: mend the file at that place, or take it from version control
    exit 2
    ");
}

#[test]
fn a_name_that_no_annotator_can_have_is_refused() {
    assert_snapshot!(Sandbox::new().run("show talk.txt -a ../й\u{301}👍"), @r#"
    ! error: "../й́👍" cannot be an annotator's name: it begins with a dot
    ! hint: choose another name with --annotator NAME
    exit 2
    "#);
    assert_snapshot!(Sandbox::new().run("talk.txt -a Alpha"), @r#"
    ! error: "Alpha" cannot be an annotator's name: there is an annotator "alpha" already, and only the case differs
    ! hint: choose another name with --annotator NAME
    exit 2
    "#);
}

#[test]
fn a_faulty_config_is_refused_at_its_line_and_column() {
    let sandbox = Sandbox::new();
    let config = sandbox.home().join("config/tribune");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.ron"), "// й\u{301}👍\n(anotator: \"alpha\")").unwrap();
    let output = sandbox.command(&["talk.txt"]).env_remove("TRIBUNE_ANNOTATOR").output().unwrap();
    assert_snapshot!(told(&output, &sandbox.home().canonicalize().unwrap()).replace("CORPUS", "HOME"), @r#"
    ! error: HOME/config/tribune/config.ron:2:12: there is no option `anotator` here; did you mean `annotator`?
    ! hint: the name to annotate under: (annotator: "alpha")
    exit 2
    "#);
}

// Pipes and terminals

#[test]
fn without_a_terminal_the_interface_refuses_with_a_hint() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run("talk.txt"), @r"
    ! error: standard input and output are not both a terminal
    ! hint: `tribune PATH --linear` annotates by lines, also from a pipe; `tribune --help` lists what else works in one
    exit 2
    ");
    assert_eq!(sandbox.run(""), sandbox.run("talk.txt"), "a corpus as well");
    assert!(!sandbox.corpus().join("annotations/delta").exists(), "nothing is left behind");
    fs::remove_file(sandbox.corpus().join("notes/plain.txt")).unwrap();
    assert_snapshot!(sandbox.run("notes"), @r"
    ! error: notes: there is no transcript in this directory
    ! hint: transcripts are text files whose names end in .txt
    exit 2
    ");
}

#[test]
fn a_file_named_like_a_command_is_opened_by_its_path() {
    let sandbox = Sandbox::new();
    sandbox.write("show", "й\u{301} 👍");
    assert_eq!(sandbox.run("./show"), sandbox.run("talk.txt"));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let sandbox = Sandbox::new();
    sandbox.write("talk.txt", sandbox::TALK.repeat(5000)); // more than a pipe holds
    for arguments in [vec!["export", "talk.txt", "-f", "jsonl"], vec!["show", "talk.txt", "-a", "alpha"], vec!["man"]] {
        let mut command = sandbox.command(&arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut messages = String::new();
        child.stderr.take().unwrap().read_to_string(&mut messages).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{arguments:?}: {messages}");
        assert!(!messages.contains("error:"), "{arguments:?}: {messages}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_an_error() {
    let sandbox = Sandbox::new();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = sandbox.command(&["schema"]).stdout(full).output().unwrap();
    assert_snapshot!(told(&output, &sandbox.corpus()), @r"
    ! error: cannot write the output
    !   caused by: No space left on device (os error 28)
    exit 2
    ");
}

// What the program says of itself

#[test]
fn help_lists_commands_and_what_else_there_is_to_know() {
    assert_snapshot!(Sandbox::new().run("-h"), @r"
    Annotate speeches in the terminal: quotes, claims and themes

    Usage: tribune [OPTIONS] [PATH]
           tribune <COMMAND>

    Commands:
      show         Print a transcript with its annotations in brackets, for reading
      export       Write annotations for other programs
      import       Read annotations of other programs into a corpus
      convert      Convert annotations from one program's format to another's, without a corpus
      check        Report what looks wrong in annotations
      stats        Count annotations and the text they cover
      reanchor     Carry annotations over to a transcript that was changed
      log          Tell who did what when
      merge        Merge two versions of a snapshot; also as a git merge driver
      config       Print the options in force with where each is set, and what is wrong in the config
                   files
      tutor        Learn to annotate in a few minutes, on a copy of a report
      doctor       Tell what surrounds the program, for reports of faults
      schema       Print the schema in force, to start one's own from
      completions  Print completions for a shell
      man          Print the manual page
      help         Print this message or the help of the given subcommand(s)

    Arguments:
      [PATH]  Transcript, or directory to choose one from [default: the current directory]

    Options:
          --config <FILE>     Read this config instead of ~/.config/tribune/config.ron; keymap.ron and
                              theme.ron lie beside it
      -a, --annotator <NAME>  Annotate under this name [default: see ENVIRONMENT]
      -s, --schema <FILE>     Use this schema instead of the corpus's own
          --read-only         Change nothing
          --linear            Without a screen: commands by name, a line each, also from a pipe; `help`
                              lists them
          --strict            With --linear, stop at the first command that fails
      -h, --help              Print help (see more with '--help')
      -V, --version           Print version
    exit 0
    ");
    assert_snapshot!(Sandbox::new().run("--help"), @r##"
    Annotate speeches in the terminal: quotes, claims and themes

    An annotator opens a transcript and tags spans of it; a directory is opened as a corpus, with its
    transcripts to choose from. Annotations are kept apart from the text, as RON below annotations/. The
    commands read them in a pipe. A file named like a command is opened as ./show.

    Usage: tribune [OPTIONS] [PATH]
           tribune <COMMAND>

    Commands:
      show         Print a transcript with its annotations in brackets, for reading
      export       Write annotations for other programs
      import       Read annotations of other programs into a corpus
      convert      Convert annotations from one program's format to another's, without a corpus
      check        Report what looks wrong in annotations
      stats        Count annotations and the text they cover
      reanchor     Carry annotations over to a transcript that was changed
      log          Tell who did what when
      merge        Merge two versions of a snapshot; also as a git merge driver
      config       Print the options in force with where each is set, and what is wrong in the config
                   files
      tutor        Learn to annotate in a few minutes, on a copy of a report
      doctor       Tell what surrounds the program, for reports of faults
      schema       Print the schema in force, to start one's own from
      completions  Print completions for a shell
      man          Print the manual page
      help         Print this message or the help of the given subcommand(s)

    Arguments:
      [PATH]
              Transcript, or directory to choose one from [default: the current directory]

    Options:
          --config <FILE>
              Read this config instead of ~/.config/tribune/config.ron; keymap.ron and theme.ron lie
              beside it

      -a, --annotator <NAME>
              Annotate under this name [default: see ENVIRONMENT]

      -s, --schema <FILE>
              Use this schema instead of the corpus's own

          --read-only
              Change nothing

          --linear
              Without a screen: commands by name, a line each, also from a pipe; `help` lists them

          --strict
              With --linear, stop at the first command that fails

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    EXIT STATUS:
      0      done; also when the reader of a pipe has had enough
      1      findings of check, conflicts of merge, annotations that do not match the text, a failed
      line of a script
      2      it could not be done
      128+n  signal n ended the program

    FILES:
      *.txt                         transcripts: UTF-8, never changed
      corpus.ron                    optional; (allow: ["cut-word"]) names rules that check passes over,
      (options: (…)) sets options for everyone
      schema.ron                    the corpus's layers and labels; without it the built-in ones
      annotations/NAME/*.ron        what an annotator says about a transcript
      annotations/NAME/*.history    every change, for undo and recovery
      ~/.config/tribune/config.ron  the user's options, such as (annotator: "alpha"); `tribune config`
      lists them
      ~/.config/tribune/keymap.ron  keys of the user's own, by names of commands: {"Z": "undo", "u":
      "none"}
      ~/.config/tribune/theme.ron   colours: (background: "dark", labels: {"quote": "#56B4E9"})

    ENVIRONMENT:
      TRIBUNE_ANNOTATOR          the annotator's name, unless --annotator gives one
      TRIBUNE_CONFIG             the user's config, instead of ~/.config/tribune/config.ron
      LOGNAME, USER, USERNAME    the annotator's name, where neither that nor the config gives one
      XDG_CONFIG_HOME            where tribune/config.ron lies, instead of ~/.config
      LC_ALL, LC_MESSAGES, LANG  the language of the schema's titles: en, ru or kk
      LANGUAGE                   languages of titles, the best first, instead of the locale's: kk:ru
      XDG_STATE_HOME             where tribune/places lies, instead of ~/.local/state
    exit 0
    "##);
    // What stands in the table of formats is left out, so that a new one touches its file and a line there.
    let help = Sandbox::new().run("export --help");
    let (before, formats) = help.split_once("          - jsonl:").unwrap();
    let (_, behind) = formats.split_once("\n\n").unwrap();
    assert_snapshot!(format!("{before}[…]\n\n{behind}"), @r"
    Write annotations for other programs

    Usage: tribune export [OPTIONS] --format <FORMAT> [PATH]...

    Arguments:
      [PATH]...
              Transcripts, and directories for all in them [default: the current directory]

    Options:
      -a, --annotator <NAME>
              Only this annotator's annotations; may be given several times [default: every annotator's]

      -s, --schema <FILE>
              Use this schema instead of the corpus's own

          --layer <LAYER>
              Only this layer; may be given several times. Of relations, with what they relate

          --label <LABEL>
              Only this label; may be given several times. Of relations, with what they relate

          --speaker <NAME>
              Only what this speaker is named for; may be given several times

      -f, --format <FORMAT>
              What to write

              Possible values:
    […]

          --per <PER>
              For csv and tsv: a row for each of these, with a column for each label
              
              [possible values: token, sentence, turn]

          --unit <UNIT>
              What offsets count, where readers of the format disagree [default: what most of them
              expect]

              Possible values:
              - codepoint: code points
              - utf16:     UTF-16 units
              - byte:      bytes
              - grapheme:  grapheme clusters

          --bom
              For csv and tsv: begin with a byte-order mark, for Excel

      -o, --output <PATH>
              Write to this file or directory, whole or not at all [default: standard output, as `-`]

          --config <FILE>
              Read this config instead of ~/.config/tribune/config.ron; keymap.ron and theme.ron lie
              beside it

      -h, --help
              Print help (see a summary with '-h')
    exit 0
    ");
    assert_eq!(Sandbox::new().run("-V"), concat!("tribune ", env!("CARGO_PKG_VERSION"), "\nexit 0"));
}

#[test]
fn completions_know_the_commands() {
    let script = Sandbox::new().data("completions bash");
    for command in ["show", "export", "check", "stats", "log", "merge", "schema", "completions", "man"] {
        assert!(script.contains(&format!("tribune,{command})")), "{command}");
    }
    assert!(script.contains("jsonl csv"));
    assert_snapshot!(Sandbox::new().run("completions й\u{301}👍"), @r"
    ! error: invalid value 'й́👍' for '<SHELL>'
    !   [possible values: bash, elvish, fish, powershell, zsh]
    !
    ! For more information, try '--help'.
    exit 2
    ");
}

#[test]
fn the_manual_page_tells_exit_status_files_and_environment() {
    let page = Sandbox::new().data("man");
    for heading in ["NAME", "SYNOPSIS", "OPTIONS", "COMMANDS", "\"EXIT STATUS\"", "FILES", "ENVIRONMENT"] {
        assert!(page.contains(&format!(".SH {heading}\n")), "{heading}: {page}");
    }
    assert!(page.contains(".SS \"tribune export\"\n"), "{page}");
}

// Following a changed text

#[test]
fn reanchor_moves_what_is_certain_and_keeps_the_rest() {
    let sandbox = Sandbox::new();
    sandbox.write("old/talk.txt", sandbox::TALK);
    sandbox
        .write("talk.txt", sandbox::TALK.replace("БУЛЕКПАЕВ:", "Е. БУЛЕКПАЕВ:").replace("Е\u{308}лка", "со\u{301}сна"));
    let dry = sandbox.run("reanchor talk.txt --from old/talk.txt -a alpha --dry-run");
    assert_snapshot!(dry, @r#"
    ambiguous 1 quote: 11–30, 47–57 "«Право 👩🏽‍🌾 на труд … это Ёлка»"
      ? 14–33, 50–61 (line 1, column 15) "«Право 👩🏽‍🌾 на труд … это со́сна»": the words were changed here
    moved 2 theme rights: 12–30 → 15–33 "Право 👩🏽‍🌾 на труд"
    moved 3 theme labour: 26–50 → 29–53 "труд, — сказал он, — это"
    ! 0 exact, 2 moved, 1 ambiguous, 0 lost; 0 waiting since an earlier change; nothing was written
    exit 1
    "#);
    assert!(!sandbox.corpus().join("annotations/alpha/talk.txt.history").exists());
    assert_snapshot!(sandbox.run("reanchor talk.txt --from talk.txt -a alpha"), @r"
    ! error: talk.txt: this is not the text that was annotated
    exit 2
    ");
    let wet = sandbox.run("reanchor talk.txt --from old/talk.txt -a alpha");
    assert_eq!(wet.replace("recorded as revision 6", "nothing was written"), dry);
    assert!(sandbox.read("annotations/alpha/talk.txt.ron").contains("    strays: [\n        (id: 1, layer: \"quote\""));
    assert_snapshot!(sandbox.run("stats -a alpha --json talk.txt").split_once("! ").unwrap().1, @r"
    talk.txt: error[stray-annotation]: alpha: annotation 1 (quote) waits for a place: it is not certain where its words stand now
    !   hint: it was made for ««Право 👩🏽‍🌾 на труд … это Ёлка»»; give it a place by `Space u` in the program
    ! note: talk.txt: alpha: 1 of 3 annotations are left out, for they have no place: 1
    exit 1
    ");
    for command in ["show talk.txt -a alpha", "export -f jsonl talk.txt -a alpha", "export -f csv talk.txt -a alpha"] {
        let told = sandbox.run(command);
        assert!(told.contains("annotation 1 (quote) waits for a place"), "{told}");
        assert!(
            told.contains("! note: talk.txt: alpha: 1 of 3 annotations are left out, for they have no place: 1"),
            "{told}"
        );
        assert!(told.ends_with("exit 1"), "{told}");
    }
    assert_snapshot!(sandbox.run("reanchor talk.txt -a alpha"), @r"
    ! nothing to place: the text is the one that was annotated; 1 waiting since an earlier change
    exit 1
    ");
}

#[test]
fn tables_for_excel_begin_with_a_byte_order_mark_and_are_read_back() {
    let sandbox = Sandbox::new();
    for rows in ["", " --per sentence"] {
        let table = sandbox.data(&format!("export talk.txt -a alpha -f csv --bom{rows}"));
        assert!(table.starts_with("\u{feff}doc_id,"), "{table}");
        assert_eq!(table.matches('\u{feff}').count(), 1, "{table}");
    }
    assert_snapshot!(sandbox.run("export talk.txt -a alpha -f jsonl --bom"), @r"
    ! error: jsonl takes no byte-order mark
    ! hint: it is for tables that Excel opens: csv, tsv
    exit 2
    ");
}

#[test]
fn the_configuration_of_a_brat_collection_becomes_the_schema_with_whatever_else_is_said() {
    let sandbox = Sandbox::new();
    let texts = [
        (
            "annotation.conf",
            "[entities]\nPerson\n\tMayor\n[relations]\nKnows\tArg1:Person, Arg2:Person\n[attributes]\nSure\tArg:Person, Value:да|нет\n",
        ),
        ("visual.conf", "[labels]\nPerson | человек 👤\n[drawing]\nPerson\tbgColor:#7fa2ff\n"),
        ("a.txt", "Се\u{301}рик и Айгүл 👍"),
        ("a.ann", "T1\tPerson 0 6\tСе\u{301}рик\nT2\tCity 9 14\tАйгүл\nA1\tSure T1 да\n"),
    ];
    for (name, content) in texts {
        sandbox.write(&format!("theirs/{name}"), content);
    }
    assert_snapshot!(sandbox.run("import theirs --into new -a gamma"), @r"
    new/a.txt, gamma: 2 annotations; offsets count code points
    exit 0
    ");
    let schema = sandbox.data("schema new");
    for line in [
        "id: \"person\"",
        "человек 👤",
        "#7FA2FF",
        "id: \"mayor\"",
        "[\"да\", \"нет\"]",
        "from: [\"person\"]",
        "id: \"city\"",
    ] {
        assert!(schema.contains(line), "{line}: {schema}");
    }
}

#[test]
fn what_brat_was_given_is_imported_again_as_one_change_that_undo_takes_back() {
    let sandbox = Sandbox::new();
    assert_snapshot!(sandbox.run("export talk.txt -a alpha -f brat"), @r"
    ! error: brat takes several files
    ! hint: name a directory for them with --output
    exit 2
    ");
    assert_snapshot!(sandbox.run("export talk.txt -a alpha -f brat -o brat"), @r"
    ! note: not in brat: talk.txt, alpha: line ends or control characters of the text; offsets are those of the text that is written
    ! note: not in brat: talk.txt, alpha: that it is done
    ! note: not in brat: talk.txt, alpha: 1 speaker's role and other names: #1
    exit 0
    ");
    assert_snapshot!(sandbox.run("import brat --into again -a gamma"), @r"
    again/talk.txt, gamma: 3 annotations; offsets count code points
    exit 0
    ");
    assert_snapshot!(sandbox.run("show again/talk.txt"), @r"
    again/talk.txt, annotated by gamma (revision 1, open)

    БУЛЕКПАЕВ: [Q1.1 «[T2 Право 👩🏽‍🌾 на [T3 труд T2] Q1.1], — сказал он, — [Q1.2 это T3] Ёлка» Q1.2].

    Молоде́жь ждёт 🌾.

    Q1 quote; speaker: Ермаганбет Булекпаев; mode: direct
    T2 theme: rights; note: «спорно», 'да'
    T3 theme: labour
    exit 0
    ");
    assert_snapshot!(sandbox.run("import brat --into again -a gamma"), @r"
    ! error: again/talk.txt: gamma has annotated it already
    ! hint: import under another name with --annotator
    exit 2
    ");
    assert_snapshot!(sandbox.run("import brat --into . -a gamma"), @r"
    talk.txt, gamma: 3 annotations; offsets count code points
    exit 0
    ");
    assert!(sandbox.data("log talk.txt -a gamma").ends_with("talk.txt  gamma  1  import brat\n"));
}

#[test]
fn two_annotations_of_one_person_on_one_task_are_both_imported_and_the_unit_may_be_stated() {
    let sandbox = Sandbox::new();
    let result = |start: u8, end: u8| {
        format!(
            r#"{{"completed_by": 1, "result": [{{"id": "a", "from_name": "l", "to_name": "t", "type": "labels",
            "value": {{"start": {start}, "end": {end}, "labels": ["X"]}}}}]}}"#
        )
    };
    let task =
        |all: &[String]| format!(r#"{{"data": {{"text": "За\u0301мок 👍 мы"}}, "annotations": [{}]}}"#, all.join(", "));
    sandbox.write("t.ls.json", format!("[{}, {}]", task(&[result(0, 6), result(7, 8)]), task(&[result(9, 11)])));
    assert_snapshot!(sandbox.run("import t.ls.json --into ls"), @r"
    ls/t-0001.txt, user-1: 1 annotation; offsets count code points
    ls/t-0001.txt, user-1-2: 1 annotation; offsets count code points
    ls/t-0002.txt, user-1: 1 annotation; offsets count code points
    ! note: ls/t-0001.txt: user-1 is there again, here as user-1-2
    exit 0
    ");
    sandbox.run("convert t.ls.json apart.jsonl --to jsonl");
    assert!(sandbox.read("apart.jsonl").contains(r#""annotator":"user-1-2""#));
    sandbox.write("d.jsonl", r#"{"text": "За́мок 👍 мы", "label": [[9, 11, "X"]]}"#);
    assert_snapshot!(sandbox.run("import d.jsonl --into d --unit codepoint"), @r"
    d/d.txt, delta: 1 annotation; offsets count code points
    exit 0
    ");
    sandbox.run("convert d.jsonl d.csv --from-unit codepoint --to csv");
    assert!(sandbox.read("d.csv").contains(",9,11,10,12,"));
}

#[test]
fn import_takes_what_it_can_from_a_dirty_file_and_tells_the_rest_by_its_line() {
    let sandbox = Sandbox::new();
    sandbox.write("dirty/e\u{301}.txt", "Молоде\u{301}жь 👩🏽\u{200d}🌾 и труд\nтруд");
    sandbox.write(
        "dirty/e\u{301}.ann",
        "T1\tLabour 17 21;  22 26\tтруд\n труд\nT2\tYouth 0 9\tМолоде\u{301}жь\r\nT3\tYouth 0 4\tМолодь\nR1\tsays Arg1:T1 Arg2:T9\n\
         E1\tLabour:T5\nhello\nA1\tsure T2\nA2\tsure T7\nT2\tYouth 0 9\tМолоде\u{301}жь\nT4\tYouth x 9\tй\n",
    );
    assert_snapshot!(sandbox.run("import dirty --into clean -a beta"), @r"
    clean/é.txt, beta: 2 annotations; offsets count code points
    ! refused: é.ann:4: at 0 to 4 (code points) there is «Моло», not «Молодь»
    ! refused: é.ann:5: it relates to T9, which is not there
    ! refused: é.ann:6: its trigger T5 is not there
    ! refused: é.ann:7: expected a tab behind the id
    ! refused: é.ann:9: T7 is not there
    ! refused: é.ann:10: there is another T2 before
    ! refused: é.ann:11: expected two offsets such as 12 15, found x 9
    exit 1
    ");
    assert_snapshot!(sandbox.run("export clean -f csv"), @r#"
    doc_id,span_id,fragment,annotator,label,value,start_cp,end_cp,start_utf16,end_utf16,start_byte,end_byte,text,file_start_byte,file_end_byte,speaker,turn,turn_speaker,paragraph,note,origin,origin_from,score,attr_sure,other_attributes
    clean/é,Y2,1,beta,Youth,,0,9,0,9,0,18,Молоде́жь,0,18,,,,1,,imported,dirty,,true,
    clean/é,L1,1,beta,Labour,,17,26,20,29,38,55,"труд
    труд",38,55,,,,1,,imported,dirty,,,
    ! note: not in csv: clean/é.txt, beta: 1 flag that is a word without the schema: Y2 sure
    ! note: of the tables this is spans.csv alone; a directory named with --output gets annotators.csv, documents.csv, labels.csv, relations.csv, speakers.csv too
    exit 0
    "#);
    assert_snapshot!(sandbox.data("schema clean"), @r#"
    (
        format: 1,
        name: "imported",
        version: 1,
        layers: [
            (
                id: "labour",
                title: "Labour",
                labels: [
                    (id: "labour", title: "Labour", key: "l"),
                ],
            ),
            (
                id: "youth",
                title: "Youth",
                labels: [
                    (id: "youth", title: "Youth", key: "y"),
                ],
                attributes: [
                    (id: "sure", kind: Flag),
                ],
            ),
        ],
    )
    "#);
}

#[test]
fn convert_needs_no_corpus_and_export_can_be_of_some_annotations() {
    let sandbox = Sandbox::new();
    sandbox.data("export talk.txt -a alpha -f jsonl --layer theme --label rights -o some.jsonl");
    assert_snapshot!(sandbox.run("convert some.jsonl -t brat some"), @r"
    talk.txt, alpha: 1 annotation; offsets count code points
    ! note: not in brat: talk.txt, alpha: line ends or control characters of the text; offsets are those of the text that is written
    ! note: not in brat: talk.txt, alpha: that it is done
    ! note: not in brat: talk.txt, alpha: 1 speaker without an annotation: #1
    exit 0
    ");
    assert_snapshot!(sandbox.read("some/talk.ann"), @r"
    T2	Theme 12 30	Право 👩🏽‍🌾 на труд
    A1	value T2 rights
    #1	AnnotatorNotes T2	«спорно», 'да'
    ");
    assert_snapshot!(sandbox.run("convert some -t csv rows.csv"), @r"
    talk.txt, alpha: 1 annotation; offsets count code points
    ! note: of the tables this is spans.csv alone; a directory named with --output gets annotators.csv, documents.csv, labels.csv, relations.csv, speakers.csv too
    exit 0
    ");
    assert_snapshot!(sandbox.read("rows.csv"), @r#"
    doc_id,span_id,fragment,annotator,label,value,start_cp,end_cp,start_utf16,end_utf16,start_byte,end_byte,text,file_start_byte,file_end_byte,speaker,turn,turn_speaker,paragraph,note,origin,origin_from,score,other_attributes
    talk,T2,1,alpha,Theme,rights,12,30,12,33,22,62,Право 👩🏽‍🌾 на труд,22,62,,1,БУЛЕКПАЕВ,1,"«спорно», 'да'",manual,,,
    "#);
    // A table in which only the needed columns stand, onto the transcript.
    sandbox.write("few/talk.csv", "begin,end,code,quote\n12,18,Театр,Право \n0,9,Имя,БУЛЕКПАЕW\n");
    sandbox.write("few/talk.txt", sandbox::TALK);
    assert_snapshot!(sandbox.run("import few/talk.csv --into few -a Айгу́л"), @r"
    few/talk.txt, Айгу́л: 1 annotation; offsets count code points
    ! refused: talk.csv:3: at 0 to 9 (code points) there is «БУЛЕКПАЕВ», not «БУЛЕКПАЕW»
    exit 1
    ");
    assert_eq!(sandbox.data("export talk.txt -f jsonl -o -"), sandbox.data("export talk.txt -f jsonl"));
    let told = sandbox.run("convert talk.txt -t brat some");
    assert!(
        told.starts_with("! error: talk.txt: this looks like nothing that can be read\n! hint: name its format"),
        "{told}"
    );
    assert_snapshot!(sandbox.run("export talk.txt -f csv --unit utf16"), @r"
    ! error: csv does not count in UTF-16 units
    ! hint: it can count in: codepoint
    exit 2
    ");
}

#[test]
fn doctor_in_a_pipe_tells_what_is_known_without_asking_the_terminal() {
    let sandbox = Sandbox::new();
    let fine = sandbox.run("doctor");
    for told in
        ["not asked", "C.UTF-8 (LC_ALL)", "delta", "CORPUS, 2 transcripts", "built in", "can be written", "exit 1"]
    {
        assert!(fine.contains(told), "{told} is not told in\n{fine}");
    }
    assert!(fine.contains("TERM              not set\n  ! nothing says"), "{fine}");
    assert!(!fine.contains('\u{1b}'), "{fine}");
    sandbox.write("corpus.ron", "(options: (language: \"й\u{301}👍\"))");
    sandbox.write("schema.ron", "(format: 1");
    let told = sandbox.run("doctor talk.txt");
    assert!(told.contains("! CORPUS/corpus.ron:1:22: `language` takes"), "{told}");
    assert!(told.contains("schema            CORPUS/schema.ron\n  ! "), "{told}");
    assert!(sandbox.run("doctor --keys").contains("not both a terminal"));
}

#[test]
fn config_prints_what_holds_with_where_it_is_set_and_tells_what_is_wrong() {
    let sandbox = Sandbox::new();
    sandbox.write("own.ron", "(\n    annotator: \"Айгу\u{301}л 👍\",\n    wrapp: 60,\n)");
    sandbox.write("corpus.ron", "(options: (language: \"kk\"))");
    assert_snapshot!(sandbox.run("config --config own.ron"), @r#"
    (
        annotator: "Айгу́л 👍",         // own.ron:2
        language: "kk",                // CORPUS/corpus.ron:1
        keyboard: "auto",              // built in
        mouse: true,                   // built in
        popup: 300,                    // built in
        snapping: true,                // built in
        wrap: 76,                      // built in
        inspector: true,               // built in
    )
    // own.ron · read
    // keymap.ron · not there
    // theme.ron · not there
    // CORPUS/corpus.ron · read
    ! own.ron:3:12: there is no option `wrapp` here; did you mean `wrap`?
    exit 1
    "#);
    assert!(sandbox.run("config --config nowhere.ron").contains("there is no such config file"));
}

#[test]
fn annotations_whose_transcript_is_gone_are_told_wherever_they_are_left_out() {
    let sandbox = Sandbox::new();
    std::fs::rename(sandbox.corpus().join("talk.txt"), sandbox.corpus().join("речь й\u{301} 👍.txt")).unwrap();
    for command in ["check .", "stats .", "log .", "export . -f csv", "check . -a beta"] {
        let told = sandbox.run(command);
        assert!(told.contains("beta/talk.txt.ron: left out, for its transcript talk.txt is not there"), "{told}");
        assert!(told.trim_end().ends_with("exit 1") && !told.contains("nobody has"), "{told}");
        assert_eq!(told.contains("alpha/talk.txt.ron"), !command.contains("beta"), "{told}");
    }
    assert!(!sandbox.run("check notes").contains("talk.txt"), "it is not below");
    assert_snapshot!(sandbox.run("check annotations/alpha/talk.txt.ron"), @r"
    ! error: annotations/alpha/talk.txt.ron: this is a file of annotations
    ! hint: name the transcript that they are about, or a directory
    exit 2
    ");
    let own = sandbox.corpus().join("annotations/beta");
    std::fs::rename(own.join("talk.txt.ron"), own.join("речь й\u{301} 👍.txt.ron")).unwrap();
    let told = sandbox.run("check . -a beta");
    assert!(told.starts_with("речь й\u{301} 👍.txt:3:1: ") && !told.contains("left out"), "{told}");
}
