use super::*;

#[derive(Debug, thiserror::Error)]
#[error("line 3 of «и\u{306}.ron»")]
struct Line(#[source] io::Error);

fn printed(failure: &Failure) -> String {
    let mut screen = Vec::new();
    failure.write(&mut screen).unwrap();
    String::from_utf8(screen).unwrap()
}

#[test]
fn every_source_and_every_hint_has_its_line() {
    let failure = Failure::data("cannot read «и\u{306} 👍»")
        .because(Line(io::Error::other("expected a comma")))
        .hint("restore it from git")
        .hint("or start anew");
    assert_eq!(
        printed(&failure),
        "error: cannot read «и\u{306} 👍»\n  caused by: line 3 of «и\u{306}.ron»\n  caused by: expected a comma\n\
         hint: restore it from git\nhint: or start anew\n"
    );
    assert_eq!(failure.line(), "cannot read «и\u{306} 👍»: line 3 of «и\u{306}.ron»: expected a comma");
    assert_eq!(failure.status(), 2);
}

#[test]
fn a_source_that_repeats_the_message_is_not_printed_twice() {
    let failure = Failure::system("нет места 👍 и\u{306}").because(io::Error::other("нет места 👍 и\u{306}"));
    assert_eq!(printed(&failure), "error: нет места 👍 и\u{306}\n");
}

#[test]
fn a_broken_pipe_anywhere_in_the_chain_is_silent_and_no_failure() {
    let pipe = || io::Error::from(io::ErrorKind::BrokenPipe);
    for failure in [
        Failure::system("cannot write").because(pipe()),
        Failure::system("cannot write").because(Line(pipe())),
        Failure::system("cannot write").because(io::Error::other(pipe())),
        Failure::system("cannot write").because(io::Error::other(Line(pipe()))),
        Failure::system("cannot write").because(csv::Error::from(pipe())),
        Failure::system("cannot write").because(Failure::system("within").because(serde_json::Error::io(pipe()))),
    ] {
        assert_eq!((failure.status(), printed(&failure)), (0, String::new()), "{failure:?}");
    }
    assert_eq!(Failure::system("cannot write").because(io::Error::from(io::ErrorKind::StorageFull)).status(), 2);
}

#[test]
fn a_signal_is_128_and_its_number_and_silent() {
    assert_eq!((Failure::signal(15).status(), printed(&Failure::signal(15))), (143, String::new()));
}

#[test]
fn an_escape_sequence_in_a_message_does_not_reach_the_terminal() {
    assert_eq!(printed(&Failure::usage("no file «\u{1b}[2Jи\u{306} 👍»")), "error: no file «\u{fffd}[2Jи\u{306} 👍»\n");
}

#[test]
fn findings_outlast_what_is_done_after_them() {
    assert_eq!(Outcome::Done.status(), 0);
    assert_eq!(Outcome::Findings.and(Outcome::Done).status(), 1);
    assert_eq!(Outcome::Done.and(Outcome::Findings), Outcome::Findings);
}
