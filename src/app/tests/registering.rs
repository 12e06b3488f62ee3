//! The register of speakers.

use super::super::{Access, Form, Mode, Picker};
use super::{Stage, Value};
use crate::annotation::SpeakerId;

/// Two claims and a quote: the first two of Закиров, the third of Закирова.
fn spoken() -> Stage {
    let mut stage = Stage::new("{claim:раз и\u{306}} {quote:два 👍} {claim:т[|]ри}");
    let (one, other) = (stage.register("Ерболат Закиров"), stage.register("Закирова"));
    for (id, speaker) in [(1, one), (2, other), (3, other)] {
        stage.set_value(id, "speaker", Value::Speaker(speaker));
    }
    stage
}

#[track_caller]
fn picker(stage: &Stage) -> &Picker {
    let Mode::Picker(picker) = &stage.app.mode else { panic!("no list is open") };
    picker
}

#[track_caller]
fn form(stage: &Stage) -> &Form {
    let Mode::Form(form) = &stage.app.mode else { panic!("no form is open") };
    form
}

fn speakers(stage: &Stage) -> Vec<Option<SpeakerId>> {
    (1..=3).map(|id| stage.annotation(id).speaker()).collect()
}

#[test]
fn two_speakers_are_made_one_with_all_their_annotations_in_one_step_of_undo() {
    let mut stage = spoken();
    stage.press("Space s").type_in("закирова");
    assert_eq!(picker(&stage).matches()[0].detail, "2 annotations");
    stage.press("C-е");
    assert_eq!(picker(&stage).title, "Закирова is the same as");
    stage.press("Enter").expect_told("Закирова is Ерболат Закиров: 2 annotations changed hands");
    assert_eq!(speakers(&stage), [Some(SpeakerId(1)); 3]);
    assert_eq!(stage.speaker_names(), ["Ерболат Закиров"]);
    assert_eq!(stage.app.session.set().speaker(SpeakerId(1)).unwrap().aliases, ["Закирова"]);
    assert_eq!(stage.effects.len(), 1);
    stage.press("u");
    assert_eq!(speakers(&stage), [1, 2, 2].map(|id| Some(SpeakerId(id))));
    assert_eq!(stage.speaker_names(), ["Ерболат Закиров", "Закирова"]);
}

#[test]
fn a_typed_form_of_a_name_offers_who_bears_it_first_and_says_so_when_another_is_made() {
    for typed in ["Ерболата Закирова", "Е. Закиров", "Закиров Е.Т.", "Закировым"]
    {
        let mut stage = Stage::new("{quote:два и\u{306} [|]👍}");
        stage.register("Анна\u{301} Ким");
        let known = stage.register("Ерболат Закиров");
        stage.press("q").type_in(typed);
        let names: Vec<String> = picker(&stage).matches().into_iter().map(|item| item.text).collect();
        assert_eq!(names, ["Ерболат Закиров", typed]);
        stage.press("Enter");
        assert_eq!(stage.annotation(1).speaker(), Some(known), "{typed}");
        stage.press("q C-u").type_in(typed).press("Down Enter");
        stage.expect_told(&format!("{typed} is new beside Ерболат Закиров: Ctrl-T in the register"));
    }
}

#[test]
fn a_speaker_is_renamed_for_all_annotations_in_one_step_of_undo() {
    let mut stage = spoken();
    stage.press("Space s Down Enter C-u").type_in("Анна\u{301} 👍").press("Enter");
    stage.expect_told("rename speaker Закирова to Анна\u{301} 👍");
    assert_eq!(stage.speaker_names(), ["Ерболат Закиров", "Анна\u{301} 👍"]);
    assert_eq!(speakers(&stage), [1, 2, 2].map(|id| Some(SpeakerId(id))));
    stage.press("u");
    assert_eq!(stage.speaker_names(), ["Ерболат Закиров", "Закирова"]);
    stage.press("Space s Down Enter C-u").type_in("Ерболат Закиров").press("Enter").expect_told("Ctrl-T");
    assert_eq!(form(&stage).entries.len(), 3, "what was typed is not lost");
}

#[test]
fn who_is_named_nowhere_is_deleted_and_who_is_named_is_not() {
    let mut stage = spoken();
    stage.register("Лишний 👍");
    stage.press("Space s C-d").expect_told("an annotation names Ерболат Закиров: Ctrl-T");
    stage.press("Down Down C-в").expect_told("delete speaker Лишний 👍");
    assert_eq!(picker(&stage).matches().len(), 2, "the list stays");
    stage.press("Esc u");
    assert_eq!(stage.speaker_names().len(), 3);
    let mut stage = Stage::new("[|]й 👍");
    stage.register("Один");
    stage.press("Space s C-t").expect_told("there is nobody else");
    stage.press("C-d").expect_told("delete speaker Один");
}

#[test]
fn where_nobody_is_chosen_there_is_nobody_to_delete_and_the_register_stays() {
    let mut stage = Stage::new("{claim:[|]й} 👍");
    for key in ["C-d", "C-в", "Del", "C-r"] {
        stage.press("Space s").press(key);
        assert_eq!(picker(&stage).title, "speakers", "{key}");
        assert_eq!(stage.refused(), key != "C-r", "{key}");
        stage.press("Esc");
    }
    stage.press("Space s C-d").expect_told("there is nothing to delete here");
    stage.type_in("Ёлкин 👍").press("C-d").expect_told("Ёлкин 👍 is not in the register");
    stage.press("Esc d Space a C-d").expect_told("there is nothing to delete here");
    assert_eq!(picker(&stage).title, "0 annotations");
}

#[test]
fn escape_returns_from_the_second_list_to_the_register() {
    let mut stage = spoken();
    stage.press("Space s C-t Esc");
    assert_eq!(picker(&stage).title, "speakers");
    stage.press("Esc");
    assert!(stage.effects.is_empty());
}

#[test]
fn who_is_speaking_in_the_transcript_is_offered_apart_from_who_is_quoted() {
    let mut stage = Stage::new("ЗАКИРОВ: Да и\u{306} 👍.\nАСАНОВ: [Нет 👍|].\nАСАНОВ: Да.\n");
    stage.register("Ерболат Закиров");
    stage.press("a q");
    let offered: Vec<(String, String)> =
        picker(&stage).matches().into_iter().map(|item| (item.text, item.detail)).collect();
    assert_eq!(offered[0], ("АСАНОВ".to_owned(), "speaking here".to_owned()));
    stage.press("Esc g g w w v w Esc").press("m w a q");
    assert_eq!(picker(&stage).matches()[0].text, "Ерболат Закиров");
    assert_eq!(picker(&stage).matches()[0].detail, "speaking here");
}

#[test]
fn of_a_file_that_is_only_read_nothing_is_offered_to_be_changed_and_no_form_opens() {
    let mut stage = Stage::new("{quote:за\u{301}мок}[|] 👍");
    stage.register("Ёлкин 👍");
    let keys = |stage: &Stage| stage.app.hints().into_iter().map(|hint| hint.keys).collect::<Vec<_>>().join(" ");
    stage.press("Space s");
    assert!(keys(&stage).contains("Enter") && keys(&stage).contains("Ctrl-D"));
    stage.app.access = Access::ReadOnly("it is another's".to_owned());
    assert_eq!(keys(&stage), "type Esc");
    stage.press("Enter").expect_told("it is another's");
    assert!(matches!(stage.app.mode, Mode::Picker(_)));
}
