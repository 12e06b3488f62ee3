//! What offsets in other programs' files count: one answer for a file, said by import and convert alike.

use insta::assert_snapshot;

use super::sandbox::Sandbox;

#[test]
fn a_line_that_cuts_a_character_says_what_all_lines_count() {
    let sandbox = Sandbox::new();
    let lines = [
        "{\"text\": \"👍 Е\u{301}ля ушла\", \"label\": [[2, 6, \"PER\"]]}",
        "{\"text\": \"👍 👍 А\u{301}ня\", \"label\": [[4, 8, \"PER\"]]}",
    ];
    sandbox.write("a.jsonl", lines.join("\n"));
    assert_snapshot!(sandbox.run("import a.jsonl --into into -a x"), @r"
    into/a-0001.txt, x: 1 annotation; offsets count code points
    into/a-0002.txt, x: 1 annotation; offsets count code points
    exit 0
    ");
    assert_snapshot!(sandbox.run("show into/a-0001.txt"), @r"
    into/a-0001.txt, annotated by x (revision 1, open)

    👍 [P1 Е́ля P1] ушла

    P1 PER
    exit 0
    ");
    assert_snapshot!(sandbox.run("convert a.jsonl -t jsonl b.jsonl"), @r"
    a-0001.txt: 1 annotation; offsets count code points
    a-0002.txt: 1 annotation; offsets count code points
    exit 0
    ");
}

#[test]
fn words_of_one_text_say_what_a_table_counts_and_contradictions_are_told() {
    let sandbox = Sandbox::new();
    for name in ["a", "b", "c"] {
        sandbox.write(&format!("t/{name}.txt"), "👍 А\u{301}ня ушла");
    }
    sandbox.write("t/t.csv", "file,start,end,label,text\na.txt,3,7,P,А\u{301}ня\nb.txt,3,7,P,\n");
    assert_snapshot!(sandbox.run("import t/t.csv --into t -a x"), @r"
    t/a.txt, x: 1 annotation; offsets count UTF-16 units
    t/b.txt, x: 1 annotation; offsets count UTF-16 units
    exit 0
    ");
    assert_snapshot!(sandbox.run("show t/b.txt"), @r"
    t/b.txt, annotated by x (revision 1, open)

    👍 [P1 А́ня P1] ушла

    P1 p
    exit 0
    ");
    sandbox.write(
        "t/t.csv",
        "file,start,end,label,text\na.txt,3,7,P,А\u{301}ня\nb.txt,2,6,P,А\u{301}ня\nc.txt,2,6,P,А\u{301}ня\n",
    );
    assert_snapshot!(sandbox.run("import t/t.csv --into t -a z"), @r"
    t/a.txt, z: 1 annotation; offsets count UTF-16 units
    t/b.txt, z: 1 annotation; offsets count code points
    t/c.txt, z: 1 annotation; offsets count code points
    ! error: a.txt: its offsets can only count UTF-16 units, those of others code points
    exit 1
    ");
}

#[test]
fn a_unit_that_fits_as_well_is_told_with_what_states_it() {
    let sandbox = Sandbox::new();
    sandbox.write("a.jsonl", "{\"text\": \"👍 А\u{301}ня ушла\", \"label\": [[9, 11, \"P\"]]}");
    assert_snapshot!(sandbox.run("convert a.jsonl -t brat out"), @r"
    a.txt: 1 annotation; offsets count UTF-16 units
    ! note: a.txt: offsets count UTF-16 units, but code points fit as well, with other words
    ! hint: state it if they do: --from-unit codepoint
    exit 0
    ");
    assert_snapshot!(sandbox.run("convert a.jsonl -t brat out2 --from-unit codepoint"), @r"
    a.txt: 1 annotation; offsets count code points
    exit 0
    ");
}

#[test]
fn brat_counts_each_line_end_as_one_where_only_then_its_words_are_found() {
    let sandbox = Sandbox::new();
    sandbox.write("b/a.txt", "👍\r\nА\u{301}ня\r\nушла\r\n");
    sandbox.write("b/a.ann", "T1\tP 2 6\tА\u{301}ня\nT2\tP 7 11\tушла\n");
    assert_snapshot!(sandbox.run("import b --into into -a x"), @r"
    into/a.txt, x: 2 annotations; offsets count code points, each line end as one
    exit 0
    ");
    assert_snapshot!(sandbox.run("show into/a.txt"), @r"
    into/a.txt, annotated by x (revision 1, open)

    👍
    [P1 А́ня P1]
    [P2 ушла P2]

    P1 p
    P2 p
    exit 0
    ");
    assert_snapshot!(sandbox.run("convert b -t brat out"), @r"
    a.txt: 2 annotations; offsets count code points, each line end as one
    exit 0
    ");
}
