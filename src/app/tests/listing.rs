//! Lists: of annotations, of commands, of what can be done here.

use super::super::{Access, Mode, Picker};
use super::asking::quoted;
use super::{Message, Stage};
use crate::config::Config;

#[track_caller]
fn picker(stage: &Stage) -> &Picker {
    let Mode::Picker(picker) = &stage.app.mode else { panic!("no list is open") };
    picker
}

pub(super) fn listed(stage: &Stage) -> Vec<String> {
    picker(stage).matches().into_iter().map(|item| item.text).collect()
}

#[test]
fn the_list_of_annotations_goes_to_the_chosen_one() {
    let mut stage = Stage::new("{claim:раз и\u{306}} 👍 {rights:дв[|]а} {youth:три}");
    stage.press("Space a");
    assert_eq!(picker(&stage).selected(), 1, "the one here is chosen");
    stage.press("Down Enter").expect("{claim:раз и\u{306}} 👍 {rights:два} {youth:[|]три}");
    stage.press("Space a").type_in("раз").press("Enter").expect("{claim:[|]раз и\u{306}} 👍 {rights:два} {youth:три}");
}

#[test]
fn the_palette_lists_every_command_and_runs_what_is_chosen() {
    let mut stage = Stage::new("[Тру\u{301}д|] 👍");
    stage.press(":");
    assert!(listed(&stage).len() > crate::command::COMMANDS.len());
    stage.type_in("labour").press("Enter").expect("{labour:[Тру\u{301}д|]} 👍");
    stage.press("C-p").type_in("труд").press("Enter").expect_told("just that already");
    stage.press("Ж").type_in("delete").press("Enter").expect("[Тру\u{301}д|] 👍");
    stage.press(":").type_in("нет такого").press("Enter");
    assert!(picker(&stage).matches().is_empty());
    stage.press("Esc");
    assert!(matches!(stage.app.mode, Mode::Normal));
}

#[test]
fn a_command_is_found_by_its_title_in_any_language_on_any_layout() {
    let mut stage = Stage::new("{claim:Тру\u{301}[|]д} 👍");
    for typed in ["отмен", "jnvtybnm", "отменить посл", "соңғы өзгерісті", "take the last", "undo"]
    {
        stage.press("d :").type_in(typed).press("Enter");
        assert_eq!(stage.app.session.set().len(), 1, "{typed}: {}", stage.notice());
    }
    stage.app.language = "ru".to_owned();
    stage.press("d :").type_in("undo");
    assert!(listed(&stage)[0].contains("отменить последнее изменение"), "{:?}", listed(&stage));
}

#[test]
fn a_command_is_found_by_what_others_call_it() {
    let mut stage = Stage::new("Тру\u{301}[|]д и\u{306} 👍");
    for (typed, keys) in [
        ("save", "Ctrl-S"),
        ("exit", "Ctrl-Q"),
        ("выход", "Ctrl-Q"),
        ("rename", "Space s"),
        ("merge", "Space s"),
        ("примечание", "e"),
        ("side by side", "Space l"),
        ("дорожки", "Space l"),
        ("спрятать", "Space v"),
        ("ескерту", "e"),
        ("іздеу", "/"),
        ("search", "/"),
        ("refresh", "Ctrl-L"),
        ("нөмір", "Space j"),
    ] {
        stage.press(":").type_in(typed);
        let first = listed(&stage).first().cloned().unwrap_or_default();
        assert!(first.starts_with(keys), "{typed}: {:?}", listed(&stage));
        stage.press("Esc");
    }
}

#[test]
fn a_register_with_nobody_in_it_offers_nothing_that_needs_somebody() {
    let hinted = |stage: &Stage| stage.app.hints().into_iter().map(|hint| hint.keys).collect::<Vec<_>>();
    let mut stage = Stage::new("Тру\u{301}[|]д и\u{306} 👍");
    stage.press("Space s");
    assert_eq!(hinted(&stage), ["type", "Esc"]);
    stage.press("Esc").register("Айгү\u{301}л 👍");
    stage.press("Space s");
    assert!(hinted(&stage).contains(&"Ctrl-D".to_owned()), "{:?}", hinted(&stage));
}

#[test]
fn options_say_first_where_they_are_set_and_who_annotates_in_truth() {
    let mut stage = Stage::new("Тру\u{301}[|]д и\u{306} 👍");
    let mut config = Config::default();
    config.take_options("(annotator: \"и\u{306} 👍\", snapping: false)", "config.ron");
    stage.send(Message::Configured(Box::new(config))).press("Space o");
    let details: Vec<String> =
        picker(&stage).matches().into_iter().map(|item| format!("{} {}", item.text, item.detail)).collect();
    let of = |name: &str| details.iter().find(|own| own.starts_with(name)).cloned().unwrap_or_default();
    let own = format!("annotator   \"{}\" as the program was started", stage.app.annotator);
    assert!(of("annotator").starts_with(&own), "{details:?}");
    assert!(of("snapping").starts_with("snapping    false config.ron"), "{details:?}");
}

#[test]
fn a_label_is_found_by_its_titles_its_layer_and_by_tagging_in_any_language() {
    for (typed, label) in [
        ("права", "rights"),
        ("ghfdf", "rights"),
        ("молодежь", "youth"),
        ("молодёжь", "youth"),
        ("жастар", "youth"),
        ("тема", "rights"),
        ("цитата", "quote"),
        ("дәйексөз", "quote"),
        ("тег", "quote"),
        ("tag", "quote"),
        ("аннотациялау", "quote"),
    ] {
        let mut stage = Stage::new("[Тру\u{301}д|] 👍");
        stage.press(":").type_in(typed);
        assert!(listed(&stage)[0].ends_with(&format!("annotate as {label}")), "{typed}: {:?}", listed(&stage));
    }
    let mut stage = Stage::new("{rights:Тру\u{301}[|]д} 👍");
    stage.press("Space v").type_in("молодеж");
    assert_eq!(listed(&stage), ["✓ youth"]);
}

#[test]
fn lists_show_keys_as_hints_do_with_the_letter_on_the_layout_in_use() {
    let mut stage = Stage::new("Тру\u{301}[|]д 👍");
    stage.press("д ? ").type_in("grow");
    assert_eq!(listed(&stage)[0].split("  ").next(), Some("o(щ)"));
    stage.press("Esc :").type_in("register of speakers");
    assert_eq!(listed(&stage)[0].split("  ").next(), Some("Space s(ы)"));
    stage.press("Esc :").type_in("find words");
    assert!(listed(&stage)[0].starts_with("/(.), Ctrl-F       find words"), "{:?}", listed(&stage));
    stage.press("Esc ь ц :").type_in("annotate as quote");
    assert_eq!(listed(&stage)[0].split("  ").next(), Some("a(ф) q(й)"));
    stage.press("Esc w :").type_in("find words");
    assert!(listed(&stage)[0].starts_with("/, Ctrl-F"), "a Latin letter: {:?}", listed(&stage));
}

#[test]
fn help_says_each_thing_once() {
    let mut stage = Stage::new("{claim:Тру\u{301}[|]д} 👍");
    stage.press("?").type_in("edges");
    let items: Vec<(String, String)> = picker(&stage).matches().into_iter().map(|own| (own.text, own.detail)).collect();
    let expected = ("E                  move the edges: select anew, Enter sets them", "Annotating · edit-extent");
    assert_eq!(items[0], (expected.0.to_owned(), expected.1.to_owned()));
    stage.press("Esc E ?");
    assert_eq!(listed(&stage)[0], "Enter              set the extent", "what Enter does now");
}

#[test]
fn help_lists_what_can_be_done_now_and_does_what_is_chosen() {
    let lists = |stage: &Stage, words: &str| listed(stage).iter().any(|item| item.contains(words));
    let mut stage = Stage::new("Тру\u{301}[|]д и 👍");
    stage.press("?");
    assert!(
        lists(&stage, "select") && !lists(&stage, "delete") && !lists(&stage, "annotate as"),
        "{:?}",
        listed(&stage)
    );
    stage.type_in("grow").press("Enter").expect("[Тру\u{301}д|] и 👍");
    stage.press("F1");
    assert!(
        lists(&stage, "annotate as labour") && !lists(&stage, "change to") && !lists(&stage, "again:"),
        "{:?}",
        listed(&stage)
    );
    stage.type_in("annotate as labour").press("Enter").expect("{labour:[Тру\u{301}д|]} и 👍");
    stage.press("Space h").type_in("delete").press("Enter").expect("[Тру\u{301}д|] и 👍");
    stage.press("? Esc").expect("[Тру\u{301}д|] и 👍");
    assert!(matches!(stage.app.mode, Mode::Normal));
}

#[test]
fn what_cannot_be_done_now_is_found_by_its_name_with_the_reason_that_enter_tells() {
    for list in [":", "?"] {
        for (typed, title, reason) in [
            ("delete", "delete the annotation here", "there is no annotation here: select words"),
            ("shrink", "shrink again", "nothing was grown: o grows"),
            ("take the last", "take the last change back", "there is nothing to undo"),
            ("as labour", "annotate as labour", "nothing is selected: m selects"),
            ("n place", "next place found", "nothing to look for yet"),
        ] {
            let mut stage = Stage::new("[|]Тру\u{301}д и\u{306} 👍");
            stage.press(list).type_in(typed);
            let items = picker(&stage).matches();
            let item =
                items.iter().find(|item| item.text.ends_with(title)).unwrap_or_else(|| panic!("{typed}: {items:?}"));
            assert!(item.obstacle.as_ref().is_some_and(|own| own.starts_with(reason)), "{list} {typed}: {item:?}");
            while !picker(&stage).matches()[picker(&stage).selected()].text.ends_with(title) {
                stage.press("Down");
            }
            stage.press("Enter").expect_told(reason);
        }
    }
    let mut stage = Stage::new("[Тру\u{301}д|] {claim:и\u{306}} 👍");
    stage.app.access = Access::ReadOnly("it is another's".to_owned());
    stage.press(":").type_in("as labour");
    assert!(picker(&stage).matches()[0].obstacle.as_ref().is_some_and(|own| own.contains("it is another's")));
    stage.app.access = Access::Write;
    stage.press("Esc :").type_in("as labour");
    assert_eq!(picker(&stage).matches()[0].obstacle, None);
}

#[test]
fn help_in_a_list_a_form_and_a_sweep_lists_their_keys_and_they_wait_meanwhile() {
    let mut stage = quoted();
    stage.press("e F1");
    assert!(listed(&stage).iter().any(|item| item.contains("new line in the note")), "{:?}", listed(&stage));
    stage.press("F1 Esc");
    assert!(matches!(stage.app.mode, Mode::Form(_)));
    stage.press("Esc Space s ?");
    assert_eq!(picker(&stage).filter.text(), "?", "where text is typed it is text");
    stage.press("Bksp F1").type_in("leave").press("Enter");
    assert!(matches!(stage.app.mode, Mode::Normal));

    let mut stage = Stage::new("[|]Труд и\u{306} труд 👍");
    stage.press("Space r").type_in("труд").press("Enter l ?");
    assert!(listed(&stage).iter().any(|item| item.contains("all 2 left")), "{:?}", listed(&stage));
    stage.type_in("all 2").press("Enter").expect("{labour:[|]Труд} и\u{306} {labour:труд} 👍");
    stage.press("Space r").type_in("и").press("Enter F1").type_in("youth").press("Enter");
    assert!(matches!(stage.app.mode, Mode::Sweep(_)), "a question is answered from the list");
}

#[test]
fn a_sequence_that_rests_is_shown_how_it_goes_on() {
    let mut stage = Stage::new("Тру\u{301}[|]д 👍");
    let due = |stage: &Stage| stage.app.popup_after().map(|delay| delay.as_millis());
    assert_eq!(due(&stage), None);
    stage.press("m");
    assert_eq!((due(&stage), stage.app.shows_continuations()), (Some(300), false));
    stage.wait();
    assert_eq!((due(&stage), stage.app.shows_continuations()), (None, true));
    stage.press("w");
    assert_eq!((due(&stage), stage.app.shows_continuations()), (None, false));
    stage.press("m F1");
    assert!(stage.app.shows_continuations(), "help shows it at once");
    let mut config = crate::config::Config::default();
    config.popup = None;
    stage.send(Message::Configured(Box::new(config))).press("m");
    assert_eq!(due(&stage), None);
}

#[test]
fn a_choice_stays_within_the_list() {
    let mut stage = quoted();
    stage.press("q PgDn PgDn");
    assert_eq!(picker(&stage).selected(), 2);
    stage.press("Tab S-Tab S-Tab S-Tab S-Tab");
    assert_eq!(picker(&stage).selected(), 0);
    stage.press("Down").type_in("с");
    assert_eq!(picker(&stage).selected(), 0, "typing returns to the best");
}
