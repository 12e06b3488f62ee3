//! Speakers to pick, forms to fill in, values asked for.

use super::super::{Access, Chooser, Choosing, Form, Input, Mode, Size, Standing};
use super::listing::listed;
use super::{Message, Stage, Value, check};
use crate::annotation::SpeakerId;
use crate::document::DocumentId;
use crate::keymap::Key;

const QUOTE: &str = "{quote:Тру[|]д и\u{306}} 👍";

/// A quote, and in the register Серик Беркамалов and Жакип Асанов.
pub(super) fn quoted() -> Stage {
    let mut stage = Stage::new(QUOTE);
    stage.register("Серик Беркамалов");
    stage.register("Жакип Асанов");
    stage
}

#[track_caller]
fn form(stage: &Stage) -> &Form {
    let Mode::Form(form) = &stage.app.mode else { panic!("no form is open") };
    form
}

fn speaker(id: u32) -> Value {
    Value::Speaker(SpeakerId(id))
}

#[test]
fn a_speaker_is_picked_from_the_register() {
    let mut stage = quoted();
    stage.press("q");
    assert_eq!(listed(&stage), ["Серик Беркамалов", "Жакип Асанов", "nobody"]);
    stage.press("Down Enter");
    assert_eq!(stage.value(1, "speaker"), Some(&speaker(2)));
    assert!(matches!(stage.app.mode, Mode::Normal));
}

#[test]
fn the_list_is_narrowed_by_words_typed_on_either_layout() {
    for typed in ["жакип", "асан", ";fr", "fcfyj"] {
        let mut stage = quoted();
        stage.press("q").type_in(typed);
        assert_eq!(listed(&stage)[0], "Жакип Асанов", "{typed}");
        stage.press("Enter");
        assert_eq!(stage.value(1, "speaker"), Some(&speaker(2)), "{typed}");
    }
}

#[test]
fn someone_who_is_not_in_the_register_is_added_with_the_annotation() {
    let mut stage = quoted();
    stage.press("q").type_in("  Анна\u{301}  👩🏽\u{200d}🌾 ");
    assert_eq!(listed(&stage), ["Анна\u{301} 👩🏽\u{200d}🌾"]);
    stage.press("Enter");
    assert_eq!(stage.value(1, "speaker"), Some(&speaker(3)));
    assert_eq!(stage.speaker_names(), ["Серик Беркамалов", "Жакип Асанов", "Анна\u{301} 👩🏽\u{200d}🌾"]);
    assert_eq!(stage.effects.len(), 1);
}

#[test]
fn nobody_can_be_chosen_and_escape_chooses_nothing() {
    let mut stage = quoted();
    stage.press("q Enter");
    assert_eq!(stage.value(1, "speaker"), Some(&speaker(1)));
    stage.press("q Esc");
    assert_eq!(stage.value(1, "speaker"), Some(&speaker(1)));
    stage.press("q").type_in("nobo").press("Enter");
    assert_eq!(stage.value(1, "speaker"), None);
}

#[test]
fn the_speaker_named_last_is_offered_first() {
    let mut stage = Stage::new("{quote:раз и\u{306}} {quote:два} 👍 {quote:т[|]ри}");
    let id = (0..3).map(|number| stage.register(&format!("Спикер {number}"))).last().unwrap();
    stage.set_value(1, "speaker", Value::Speaker(id));
    stage.press("q");
    assert_eq!(listed(&stage)[0], "Спикер 2");
}

#[test]
fn an_annotation_whose_layer_asks_for_no_speaker_has_none() {
    check("{rights:Тру[|]д и\u{306}} 👍", "q", "{rights:Тру[|]д и\u{306}} 👍").expect_told("“rights” has no speaker");
}

#[test]
fn a_form_holds_label_attributes_and_note_and_enter_takes_all() {
    let mut stage = quoted();
    stage.press("e");
    let titles: Vec<&str> = form(&stage).entries.iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(titles, ["label", "speaker", "mode", "note"]);
    // The speaker comes from the same list; a letter opens it with that letter typed.
    stage.type_in("Ж");
    assert_eq!(listed(&stage)[0], "Жакип Асанов");
    stage.press("Enter Down Right Right").press("Down").type_in("за\u{301}метка 👍").press("Enter");
    assert_eq!(stage.value(1, "speaker"), Some(&speaker(2)));
    assert_eq!(stage.value(1, "mode"), Some(&Value::Choice("indirect".to_owned())));
    assert_eq!(stage.annotation(1).note.as_deref(), Some("за\u{301}метка 👍"));
    assert_eq!(stage.effects.len(), 1);
}

#[test]
fn escape_in_a_form_changes_nothing_and_from_its_list_returns_to_it() {
    let mut stage = quoted();
    stage.press("e Right Esc");
    assert_eq!(form(&stage).selected, 1);
    stage.press("Down Right Esc").expect(QUOTE);
    assert!(stage.effects.is_empty() && stage.value(1, "mode").is_none());
}

#[test]
fn choices_turn_around_and_can_be_none_where_nothing_is_required() {
    let mut stage = Stage::new("{claim:Тру[|]д и\u{306}} 👍");
    stage.press("e Down Left Enter");
    assert_eq!(stage.value(1, "kind"), Some(&Value::Choice("prediction".to_owned())));
    stage.press("e Down Right Enter");
    assert_eq!(stage.value(1, "kind"), None);
    stage.press("e Down n Enter");
    assert_eq!(stage.value(1, "kind"), Some(&Value::Choice("normative".to_owned())), "by its first letter");
    stage.press("e Down е Enter");
    assert_eq!(stage.value(1, "kind"), Some(&Value::Choice("normative".to_owned())), "no word begins with t");
    stage.press("e Down Bksp Enter");
    assert_eq!(stage.value(1, "kind"), None);
}

#[test]
fn a_flag_is_yes_no_or_not_said() {
    let mut stage = Stage::new("{claim:Тру[|]д и\u{306}} 👍");
    for expected in [Some(&Value::Flag(true)), Some(&Value::Flag(false)), None] {
        stage.press("e Down Down Space Enter");
        assert_eq!(stage.value(1, "checkable"), expected);
    }
    stage.press("e Down Down n Enter");
    assert_eq!(stage.value(1, "checkable"), Some(&Value::Flag(false)));
}

#[test]
fn a_note_takes_lines_and_what_is_pasted() {
    let mut stage = Stage::new("{rights:Тру[|]д и\u{306}} 👍");
    stage.press("e").type_in("раз").press("A-Enter").type_in("два").press("C-j").paste("три\r\nч\u{1b}\u{7}етыре 👍\r");
    stage.press("Enter");
    assert_eq!(stage.annotation(1).note.as_deref(), Some("раз\nдва\nтри\nчетыре 👍"));
    stage.press("e C-u Enter");
    assert_eq!(stage.annotation(1).note, None);
}

#[test]
fn a_label_changed_in_the_form_takes_what_its_layer_asks_for() {
    let mut stage = quoted();
    stage.set_value(1, "mode", Value::Choice("mixed".to_owned())).press("q Enter");
    stage.press("e Down Right Enter").expect("{claim:Тру[|]д и\u{306}} 👍");
    assert_eq!(stage.value(1, "speaker"), Some(&speaker(1)));
    assert_eq!(stage.value(1, "mode"), None);
}

#[test]
fn values_that_the_form_cannot_show_stay() {
    let mut stage = Stage::new("{claim:Тру[|]д и\u{306}} 👍");
    stage.set_value(1, "kind", Value::Choice("стихийный".to_owned()));
    stage.set_value(1, "speaker", Value::Speaker(SpeakerId(77)));
    stage.press("e Up Up").type_in("да 👍").press("Enter");
    assert_eq!(stage.value(1, "kind"), Some(&Value::Choice("стихийный".to_owned())));
    assert_eq!(stage.value(1, "speaker"), Some(&speaker(77)));
    assert_eq!(stage.annotation(1).note.as_deref(), Some("да 👍"));
}

#[test]
fn a_form_that_is_refused_keeps_what_was_typed() {
    let mut stage = Stage::new("{rights:Тру[|]д и\u{306}} 👍");
    stage.press("e").type_in("важно").send(Message::Failed("disk full".to_owned())).press("Enter");
    stage.expect_told("not recorded: disk full");
    let Input::Text(note) = &form(&stage).entries[1].input else { panic!("no note") };
    assert_eq!(note.text(), "важно");
    stage.app.access = Access::Write;
    stage.press("Enter");
    assert_eq!(stage.annotation(1).note.as_deref(), Some("важно"));
}

#[test]
fn a_form_for_a_schema_with_document_labels_shows_the_right_label() {
    let whole = "layers: [(id: \"tone\", kind: Document, labels: [(id: \"speech\")]),";
    let schema = crate::schema::read(&crate::schema::BUILTIN.replace("layers: [", whole)).unwrap();
    let mut stage = Stage::with_schema("{rights:Тру[|]д и\u{306}} 👍", schema);
    stage.press("e");
    let Input::Choice { words, chosen, .. } = &form(&stage).entries[0].input else { panic!("no label") };
    assert_eq!(chosen.and_then(|place| words.get(place)).map(String::as_str), Some("rights"));
    stage.press("Up Down Enter").expect_told("stays as it is");
}

#[test]
fn the_register_is_kept_in_a_form_of_its_own() {
    let mut stage = Stage::new("[Се\u{301}рик|] 👍");
    stage.press("Space s");
    assert_eq!(listed(&stage), ["Се\u{301}рик"], "the selection is offered as a name");
    stage.press("Enter");
    assert_eq!(form(&stage).title, "speaker Се\u{301}рик");
    stage.type_in("министр").press("Down").type_in("Серику; ; Серика").press("Enter");
    let known = stage.app.session.set().speaker(SpeakerId(1)).unwrap();
    assert_eq!(known.role.as_deref(), Some("министр"));
    assert_eq!(known.aliases, ["Серику", "Серика"]);
    stage.press("Space s Enter C-u Enter").expect_told("needs a name");
    assert!(matches!(stage.app.mode, Mode::Form(_)));
    stage.press("Esc Esc Space s").type_in("серика");
    assert_eq!(listed(&stage)[0], "Се\u{301}рик", "aliases find a speaker");
}

#[test]
fn a_field_is_edited_by_whole_characters_and_words() {
    let mut stage = Stage::new("{rights:Тру[|]д} 👍");
    stage.press("e").type_in("раз два и\u{306}👩🏽\u{200d}🌾").press("Left Bksp");
    let note = |stage: &Stage| {
        let Input::Text(field) = &form(stage).entries[1].input else { panic!("no note") };
        (field.before().to_owned(), field.after().to_owned())
    };
    assert_eq!(note(&stage), ("раз два ".to_owned(), "👩🏽\u{200d}🌾".to_owned()));
    stage.press("C-ц");
    assert_eq!(note(&stage), ("раз ".to_owned(), "👩🏽\u{200d}🌾".to_owned()));
    stage.press("Del Home").type_in("и").press("Right End");
    assert_eq!(note(&stage), ("ираз ".to_owned(), String::new()));
    stage.press("Home Right C-k");
    assert_eq!(note(&stage), ("и".to_owned(), String::new()));
}

#[test]
fn a_document_is_chosen_from_the_corpus() {
    let ids: Vec<DocumentId> = ["караганда.txt", "notes/й 👍.txt", "labour.txt"].map(DocumentId::new).into();
    let mut list = Chooser::new("речи".to_owned(), "alpha".to_owned(), ids.clone(), Some(&ids[2]));
    list.size = Size { width: 60, height: 20 };
    list.rows[0].1 = Some(Standing::default());
    let press = |list: &mut Chooser, key: &str| list.key(Key::parse(key).unwrap());
    assert_eq!(press(&mut list, "Enter"), Choosing::Open(ids[2].clone()));
    assert_eq!(press(&mut list, "Up"), Choosing::Undecided);
    assert_eq!(press(&mut list, "Enter"), Choosing::Open(ids[1].clone()));
    for key in "rfhfu".chars() {
        list.key(Key::char(key));
    }
    assert_eq!(list.matches().len(), 1);
    assert_eq!(press(&mut list, "Enter"), Choosing::Open(ids[0].clone()));
    assert_eq!(press(&mut list, "Esc"), Choosing::Undecided);
    assert_eq!(list.matches().len(), 3);
    assert_eq!(press(&mut list, "Esc"), Choosing::Open(ids[2].clone()), "back to where one came from");
    for redraw in ["C-l", "C-д"] {
        assert_eq!(press(&mut list, redraw), Choosing::Redraw, "{redraw}");
    }
    list.current = None;
    for quit in ["Esc", "C-q", "C-й", "C-c"] {
        assert_eq!(press(&mut list, quit), Choosing::Quit, "{quit}");
    }
}

#[test]
fn the_cursor_goes_up_and_down_in_a_note_before_it_leaves_it() {
    let mut stage = Stage::new("{rights:Тру[|]д и\u{306}} 👍");
    stage
        .press("e")
        .type_in("раз и\u{306}")
        .press("A-Enter")
        .type_in("два")
        .press("Up")
        .type_in("!")
        .press("Down End")
        .type_in("?");
    stage.press("Enter");
    assert_eq!(stage.annotation(1).note.as_deref(), Some("раз! и\u{306}\nдва?"));
}

/// What is asked and how it can be answered.
#[track_caller]
fn asked(stage: &Stage) -> (String, String) {
    let Mode::Ask(ask) = &stage.app.mode else { panic!("nothing is asked") };
    let answers: Vec<String> = ask.answers.iter().map(|own| format!("{} {}", own.key, own.text)).collect();
    (ask.title.clone(), answers.join(", "))
}

fn values(stage: &Stage, id: u32) -> String {
    stage.app.values_in_words(stage.annotation(id)).join(" ")
}

const TWO: &str = "{claim:Тру[|]д и\u{306}} 👍 {claim:да\u{301}}";

#[test]
fn values_are_a_key_each_and_one_step_of_undo() {
    let mut stage = Stage::new(TWO);
    stage.press("z");
    let kinds = "f factual, i interpretive, n normative, e evaluative, c effect, d definition, p prediction";
    assert_eq!(asked(&stage), ("kind of C1".to_owned(), kinds.to_owned()));
    stage.press("ш");
    assert_eq!(asked(&stage), ("checkable of C1".to_owned(), "y yes, n no".to_owned()));
    stage.press("n").expect_told("C1: not checkable · interpretive");
    assert!(matches!(stage.app.mode, Mode::Normal));
    assert_eq!((values(&stage, 1).as_str(), stage.effects.len()), ("not checkable interpretive", 1));
    stage.press("z");
    assert!(asked(&stage).1.contains("i interpretive ✓"), "when all is said, all is asked again");
    stage.press("Esc u");
    assert_eq!(values(&stage, 1), "");
}

#[test]
fn enter_takes_over_what_the_annotation_before_says_and_only_when_asked_to() {
    let mut stage = Stage::new(TWO);
    stage.press("z n y Tab z");
    assert_eq!(values(&stage, 2), "");
    let Mode::Ask(ask) = &stage.app.mode else { panic!("nothing is asked") };
    assert_eq!(ask.series.as_ref().unwrap().before.as_deref(), Some("normative"));
    stage.press("Enter");
    assert_eq!(values(&stage, 2), "checkable normative");
    stage.press("u z e Enter");
    assert_eq!(values(&stage, 2), "checkable evaluative", "the rest only");
}

#[test]
fn what_was_said_stays_whatever_ends_the_asking_and_nothing_is_forced() {
    for end in ["Esc", "Tab", "Space", "Down"] {
        let mut stage = Stage::new(TWO);
        stage.press("z i").press(end);
        assert_eq!(values(&stage, 1), "interpretive", "{end}");
        assert!(matches!(stage.app.mode, Mode::Normal), "{end}");
    }
    let mut stage = Stage::new(TWO);
    stage.press("z x").expect_told("press one of f i n e c d p");
    stage.press("Tab y z");
    assert_eq!(asked(&stage).0, "kind of C1", "what is still to be said is asked");
    stage.press("i z f S-Tab e n");
    assert_eq!(values(&stage, 1), "not checkable evaluative");
    stage.press("z Bksp Bksp");
    assert_eq!(values(&stage, 1), "");
    check("{rights:Тру[|]д и\u{306}} 👍", "z", "{rights:Тру[|]д и\u{306}} 👍").expect_told("no values to choose");
}

#[test]
fn values_in_cyrillic_are_answered_on_either_layout() {
    let layers = "layers: [(id: \"жест\", labels: [(id: \"знак\", key: \"z\")], attributes: [(id: \"сила\", \
                  kind: Choice([\"слабый\", \"сильный\", \"и\u{306}👍\"]))]),";
    let schema = crate::schema::read(&crate::schema::BUILTIN.replacen("layers: [", layers, 1)).unwrap();
    for (key, value) in [("с", "слабый"), ("c", "слабый"), ("и", "сильный"), ("b", "сильный"), ("a", "и\u{306}👍")]
    {
        let mut stage = Stage::with_schema("[да\u{301}|] 👍", schema.clone());
        stage.press("a z z").press(key);
        assert_eq!(values(&stage, 1), value, "{key}");
    }
}

#[test]
fn letters_typed_on_the_label_of_a_form_do_not_change_it() {
    let mut stage = Stage::new("{youth:Тру[|]д и\u{306}} 👍");
    stage.press("e Up").type_in("заметка l").expect_told("← and → choose another");
    stage.press("Enter").expect("{youth:Тру[|]д и\u{306}} 👍");
}

#[test]
fn a_name_pasted_into_a_form_is_looked_for_and_where_words_are_chosen_nothing_is_pasted() {
    let mut stage = quoted();
    stage.press("e").paste("жаки\u{301}п 👍");
    assert_eq!(listed(&stage), ["жаки\u{301}п 👍"]);
    stage.press("Esc").paste("Жакип");
    assert_eq!(listed(&stage)[0], "Жакип Асанов");
    stage.press("Enter Down").paste("👍").expect_told("nothing was pasted");
    stage.press("Enter");
    assert_eq!(stage.value(1, "speaker"), Some(&speaker(2)));
}
