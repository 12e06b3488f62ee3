//! Sessions as a screen reader says them: a line typed, then the lines that answer it.

use jiff::Timestamp;

use super::reader::{Linear, Said};
use super::words::{self, WORDS};
use crate::app::{Access, App, Effect, Message, Opened};
use crate::check::Allow;
use crate::command::COMMANDS;
use crate::document::{Document, DocumentId};
use crate::schema::Schema;
use crate::session::Session;
use crate::text::Text;

const KARAGANDA: &str = include_str!("../../../data/karaganda.txt");

/// Cyrillic, a combining mark, an emoji.
const SPEECH: &str = "АСАНОВ: Пра\u{301}во на труд 👷🏽. Да!\n\nЖастар: «Бі\u{301}з», – деді ол.\n";

fn linear(text: &str) -> Linear {
    let document = Document::new(DocumentId::new("речь.txt"), Text::new(text.to_owned()).unwrap());
    let mut linear = Linear::new(App::new(document, Schema::builtin(), "alpha".to_owned(), "en".to_owned()));
    let opened = Opened {
        session: Session::default(),
        access: Access::Write,
        places: [].into(),
        allow: Allow::default(),
        notices: Vec::new(),
    };
    linear.open(vec![Message::Opened(Box::new(opened))]);
    linear
}

fn take(linear: &mut Linear, line: &str) -> Said {
    linear.take(Timestamp::UNIX_EPOCH, line, &mut |_, effect| match effect {
        Effect::Record(transaction) => vec![Message::Recorded(transaction.revision)],
        _ => Vec::new(),
    })
}

/// The session that `lines` make: each line after `>`, what it led to below, `!` before what was not done.
fn transcript(text: &str, lines: &str) -> String {
    let mut linear = linear(text);
    let mut transcript = String::new();
    for line in lines.trim().lines().map(str::trim) {
        let said = take(&mut linear, line);
        let fault = said.fault.map(|fault| format!("! {fault}"));
        let told: Vec<String> = [format!("> {line}")].into_iter().chain(said.lines).chain(fault).collect();
        transcript += &(told.join("\n") + "\n");
    }
    transcript
}

/// Whether `line` does what `other` does, both from the start.
fn same(line: &str, other: &str) -> bool {
    let after = |line: &str| {
        let mut linear = linear(SPEECH);
        let said = take(&mut linear, line);
        assert_eq!(said.fault, None, "{line}");
        (linear.app.selection, said)
    };
    after(line) == after(other)
}

#[test]
fn the_quotes_of_the_report_are_tagged_and_attributed() {
    let golden = include_str!("tests/session.txt");
    let typed: Vec<&str> = golden.lines().filter_map(|line| line.strip_prefix("> ")).collect();
    let played = transcript(KARAGANDA, &typed.join("\n"));
    assert_eq!(played, golden, "\n{played}");
}

#[test]
fn what_is_not_understood_or_not_possible_changes_nothing_and_says_why() {
    insta::assert_snapshot!(transcript(SPEECH, "
        bogus
        sel
        select 0
        select 10 12
        select 9 99
        select ¶3
        goto Q1
        annotate quote
        annotate ложь
        attribute kind x
        quit now
        yes
        7
        relate Q9
    "), @r"
    > bogus
    ! there is no command bogus: `help` lists all
    > sel
    ! sel could be select, select-word, select-sentence, select-whole-sentence, select-clause, select-paragraph, select-turn, select-inside-quotes, select-with-quotes, select-annotation, select-document
    > select 0
    ! up to where? select 0 END
    > select 10 12
    selected ¶1 s1 10–12, 2 code points: а́
    > select 9 99
    ! 99 is no place in a text of 59 code points
    > select ¶3
    ! there is no paragraph 3 among 2
    > goto Q1
    ! there is no annotation Q1
    > annotate quote
    quote Q1: а́
    Q1 quote 10–12; direct; no speaker yet
    1 annotation
    speaker of Q1? yes takes the first, a number another; or: speaker NAME
    1 АСАНОВ, speaking here (new)
    2 nobody, the narrator, or not known
    > annotate ложь
    ! there is no label ложь, only quote, claim, rights, youth, labour
    > attribute kind x
    ! there is no attribute kind, only speaker, mode
    > quit now
    ! nothing can follow quit, but here is now
    > yes
    set speaker of quote Q1
    Q1 quote 10–12; speaker: АСАНОВ; direct
    1 annotation
    > 7
    ! there is no command 7: `help` lists all
    > relate Q9
    ! there is no annotation Q9
    ");
}

#[test]
fn a_name_may_be_cut_short_or_typed_on_another_layout_and_keys_work_too() {
    assert!(same("next-paragraph", "next-p"));
    assert!(same("next-paragraph", "туче-зфкфпкфзр"));
    assert!(same("next-paragraph", "p"));
    assert!(same("next-word 2", "Next-Word 2"));
    assert!(same("select-word", "m w") && same("select-word", "ь ц"));
    assert!(!same("next-word", "next-word 2"));
}

#[test]
fn comments_and_blank_lines_are_nothing() {
    for line in ["", "  ", "# й 👍", "  # select-document"] {
        assert_eq!(take(&mut linear(SPEECH), line), Said::default());
    }
}

#[test]
fn a_question_is_dropped_by_any_other_command() {
    insta::assert_snapshot!(transcript(SPEECH, "
        find «Бі\u{301}з»
        annotate quote
        next-word
        yes
    "), @r"
    > find «Бі́з»
    selected ¶2 s1 40–46, 6 code points: «Бі́з»
    > annotate quote
    quote Q1: «Бі́з»
    Q1 quote 40–46; direct; no speaker yet
    1 annotation
    speaker of Q1? yes takes the first, a number another; or: speaker NAME
    1 АСАНОВ, speaking here (new)
    2 nobody, the narrator, or not known
    > next-word
    ¶2 s1 50: деді
    > yes
    ! nothing was asked
    ");
}

#[test]
fn a_question_that_is_begun_and_left_is_a_fault_and_a_word_of_its_answer_will_do() {
    let mut linear = linear(SPEECH);
    let asked = "\
        select 8 14\nannotate claim\nselect 18 22\nannotate claim\nrelate C1";
    for line in asked.lines() {
        assert_eq!(take(&mut linear, line).fault, None, "{line}");
    }
    let open = Some("how C2 and C1 relate: not answered, so nothing was done".to_owned());
    assert_eq!(linear.unanswered(), open);
    assert_eq!(take(&mut linear, "# 👍").fault, None);
    assert_eq!(take(&mut linear, "next-word").fault, open);
    assert_eq!(take(&mut linear, "next-word").fault, None, "it is told once");
    take(&mut linear, "goto C2");
    take(&mut linear, "relate C1");
    assert_eq!(take(&mut linear, "quit").fault, open);
    take(&mut linear, "no");
    take(&mut linear, "goto C2");
    take(&mut linear, "relate C1");
    let count = linear.app.session.set().len();
    assert_eq!(take(&mut linear, "attacks").fault, None);
    assert_eq!(linear.app.session.set().len(), count + 1);
}

#[test]
fn what_is_only_read_asks_nothing_and_what_needs_a_screen_says_so() {
    let mut linear = linear(SPEECH);
    let said = take(&mut linear, "options");
    assert!(said.lines.iter().all(|line| !line.contains("yes takes") && !line.starts_with("1 ")), "{:?}", said.lines);
    assert_eq!(take(&mut linear, "yes").fault.as_deref(), Some("nothing was asked"));
    assert_eq!(take(&mut linear, "lens").fault.as_deref(), Some("lens is for the screen: lines have no use for it"));
    assert!(take(&mut linear, "lensе\u{301}👍").fault.is_some_and(|fault| fault.contains("there is no command")));
}

#[test]
fn a_place_of_words_may_be_passed_over() {
    insta::assert_snapshot!(transcript(SPEECH, "
        find-and-tag да
        4
        no
    "), @r"
    > find-and-tag да
    tag “да” as? yes takes the first, a number another
    1 quote
    2 claim
    3 rights
    4 youth
    5 labour
    > 4
    selected ¶1 s2 27–29, 2 code points: Да
    place 1 of 1: tag Да as youth? in: Да!
    1 tag it
    2 pass on
    3 all that are left
    4 end here
    5 back to the one before
    > no
    0 tagged youth, 1 passed over
    ¶1 s1 0: АСАНОВ: Пра́во на труд 👷🏽.
    ");
}

#[test]
fn places_of_words_are_tagged_by_answering_for_each() {
    insta::assert_snapshot!(transcript(SPEECH, "
        find-and-tag ол
        young
        find-and-tag
        find-and-tag право
        rights
        yes
        show
    "), @r"
    > find-and-tag ол
    tag “ол” as? yes takes the first, a number another
    1 quote
    2 claim
    3 rights
    4 youth
    5 labour
    > young
    ! there is no command young: `help` lists all
    > find-and-tag
    which words? find-and-tag WORDS
    ! tag “ол” as: not answered, so nothing was done
    > find-and-tag право
    tag “право” as? yes takes the first, a number another
    1 quote
    2 claim
    3 rights
    4 youth
    5 labour
    > rights
    selected ¶1 s1 8–14, 6 code points: Пра́во
    place 1 of 1: tag Пра́во as rights? in: АСАНОВ: Пра́во на труд 👷🏽.
    1 tag it
    2 pass on
    3 all that are left
    4 end here
    5 back to the one before
    > yes
    1 tagged rights — u takes it back
    1 annotation
    ¶1 s1 0: АСАНОВ: Пра́во на труд 👷🏽.
    > show
    АСАНОВ: [T1 Пра́во T1] на труд 👷🏽. Да!
    ");
}

#[test]
fn what_is_decided_on_is_answered_by_a_word_too_and_undone_no_further_than_it_goes() {
    insta::assert_snapshot!(transcript(SPEECH, "
        find-and-tag на
        claim
        all
        undo 99
    "), @r"
    > find-and-tag на
    tag “на” as? yes takes the first, a number another
    1 quote
    2 claim
    3 rights
    4 youth
    5 labour
    > claim
    selected ¶1 s1 15–17, 2 code points: на
    place 1 of 1: tag на as claim? in: АСАНОВ: Пра́во на труд 👷🏽.
    1 tag it
    2 pass on
    3 all that are left
    4 end here
    5 back to the one before
    > all
    1 tagged claim — u takes it back
    1 annotation
    ¶1 s1 0: АСАНОВ: Пра́во на труд 👷🏽.
    > undo 99
    undone: claim: 1 place of “на”
    there is nothing to undo
    0 annotations
    selected ¶1 s1 15–17, 2 code points: на
    ");
}

#[test]
fn words_are_found_on_the_other_layout_too() {
    insta::assert_snapshot!(transcript(SPEECH, "
        find nhel
        find zzz
    "), @r"
    > find nhel
    “труд”, for the layout was another
    selected ¶1 s1 18–22, 4 code points: труд
    > find zzz
    ! not found: zzz
    ");
}

#[test]
fn a_text_cannot_steer_the_terminal() {
    let mut linear = linear("зло\u{1b}[2Jе\u{301} 👍\n");
    let said = take(&mut linear, "select-document");
    let printed: String = said.lines.iter().map(|line| crate::show::visible::prose(line)).collect();
    assert!(printed.contains('␛') && !printed.contains('\u{1b}'), "{printed:?}");
}

#[test]
fn every_command_of_the_table_is_there_by_its_name() {
    for entry in COMMANDS {
        let is_word = WORDS.iter().any(|word| word.name == entry.name);
        let is_command = words::commands().any(|own| own.name == entry.name);
        assert!(is_word || is_command || words::needs_screen(entry.command), "{}", entry.name);
        let said = take(&mut linear(SPEECH), entry.name);
        let is_useless = said.fault.is_some_and(|fault| fault.ends_with("is for the screen: lines have no use for it"));
        assert_eq!(is_useless, words::needs_screen(entry.command), "{}", entry.name);
    }
    let help = take(&mut linear(SPEECH), "help").lines;
    let names = WORDS.iter().map(|word| word.name).chain(words::commands().map(|own| own.name));
    for name in names {
        assert!(help.iter().any(|line| line.starts_with(name)), "help tells of {name}");
    }
}

#[test]
fn two_code_points_are_told_from_what_has_a_minus() {
    for line in ["select 15 17", "select 15–17", "select 15-17", "select 15 - 17", "select 15, 17", "select  15  –  17"]
    {
        let mut linear = linear(SPEECH);
        assert_eq!(take(&mut linear, line).fault, None, "{line}");
        assert_eq!(linear.app.selected().map(|span| linear.app.document.text.slice(span)), Some("на"), "{line}");
    }
    for line in ["select -15 17", "select 15- 17", "select 15 -17", "select -15 -17", "select -15–17", "goto 15 -17"]
    {
        let mut linear = linear(SPEECH);
        let before = linear.app.selection;
        assert!(take(&mut linear, line).fault.is_some(), "{line}");
        assert_eq!(linear.app.selection, before, "{line}");
    }
}

#[test]
fn a_speaker_is_found_by_an_alias_and_nobody_else_is_made() {
    let named = |lines: &str| {
        let mut linear = linear(SPEECH);
        for line in lines.trim().lines().map(str::trim) {
            take(&mut linear, line);
        }
        let set = linear.app.session.set();
        let speaker = set.iter().find_map(|own| set.speaker(own.speaker()?)).map(|own| own.name.clone());
        (speaker, set.speakers().count())
    };
    let with = |name: &str| {
        format!(
            "register Иван Пе\u{301}тров 👷🏽; министр; Ваня; Семён
            register Ваня Сидоров; акын; Сеня
            find «Бі\u{301}з»
            annotate quote
            speaker {name}"
        )
    };
    for name in ["Ваня", "ваня", "Семен", "Dfyz", "Пе\u{301}тров"] {
        let (speaker, count) = named(&with(name));
        assert_eq!((speaker.as_deref(), count), (Some("Иван Пе\u{301}тров 👷🏽"), 2), "{name}");
    }
    let (speaker, count) = named(&with("Сен"));
    assert_eq!((speaker.as_deref(), count), (Some("Ваня Сидоров"), 2), "part of an alias");
    assert_eq!(named(&with("министр")).1, 3, "a role is no name");
}
