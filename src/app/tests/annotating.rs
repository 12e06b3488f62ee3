//! Tagging, changing, undoing.

use super::super::{Access, Mode};
use super::{Edit, Effect, Message, Schema, Stage, Value, check};
use crate::annotation::Status;
use crate::schema::{Label, LabelId, Title};

#[test]
fn the_selection_is_tagged_and_stays_selected() {
    let mut stage = check("Право [на за\u{301}мок|] 👍", "a c", "Право {claim:[на за\u{301}мок|]} 👍");
    assert!(matches!(&stage.effects[..], [Effect::Record(own)] if own.revision == 1 && own.edits.len() == 1));
    stage.expect_told("claim C1: на за\u{301}мок").press("a r a y");
    stage.expect("Право {claim:{rights:{youth:[на за\u{301}мок|]}}} 👍");
    assert_eq!(stage.effects.len(), 3);
}

#[test]
fn commands_still_act_on_what_was_tagged_when_the_selection_is_given_up() {
    check("Право и\u{306} [👍|]", "a c Esc d", "Право и\u{306} 👍[|]");
    let mut stage = check("[и\u{306}|]{claim:👍} да", "a r Esc", "{rights:и\u{306}}{claim:[|]👍} да");
    stage.press("d").expect("и\u{306}{claim:[|]👍} да").press("Esc d").expect("и\u{306}[|]👍 да");
    let mut stage = check("Право [и\u{306}|] 👍", "a c Esc Esc Esc d", "Право и\u{306}[|] 👍");
    stage.press("u Right Esc d").expect_told("no annotation here");
    check("Право [и\u{306} 👍|] да", "a c Esc Esc E S-Left Enter", "Право {claim:[и\u{306} |]}👍 да");
    check("Право и\u{306} [👍|]", "a c Esc Esc E x S-Left Enter", "Право и\u{306}{claim:[| 👍]}");
    check("{quote:Право [и\u{306}|] 👍}", "a c Esc Esc d", "{quote:Право и\u{306}[|] 👍}");
}

/// The first hints, as the line below the text has them.
fn hinted(stage: &Stage, count: usize) -> Vec<String> {
    stage.app.hints().into_iter().take(count).map(|own| format!("{} {}", own.keys, own.what)).collect()
}

#[test]
fn hints_go_on_with_what_was_tagged_and_offer_nothing_that_would_be_refused() {
    let mut stage = check("Раз [и\u{306}|] два 👍", "a c", "Раз {claim:[и\u{306}|]} два 👍");
    let after = ["a annotate", "q speaker", "z values", "e edit", "u undo", "d delete"];
    assert_eq!(hinted(&stage, 6), after);
    let all = hinted(&stage, 99);
    assert!(!all.iter().any(|own| own.starts_with("Enter") || own.starts_with('f')), "{all:?}");
    stage.press("w m w");
    assert_eq!(hinted(&stage, 4), ["a annotate", "Enter again: claim", "o grow", "f add to C1"]);
    let far =
        check("Раз [и\u{306}|] два\n\n\n\n\nтри 👍", "a c C-End b m w", "Раз {claim:и\u{306}} два\n\n\n\n\n[три|] 👍");
    assert_eq!(hinted(&far, 4), ["a annotate", "Enter again: claim", "o grow", "Esc drop"]);
    stage.press("u");
    assert_eq!(hinted(&stage, 2), ["a annotate", "U redo"]);
    stage.press("U w m w");
    stage.press("f S-Left");
    assert!(hinted(&stage, 9).contains(&"f take out of C1".to_owned()), "{:?}", hinted(&stage, 9));
    stage.app.access = Access::ReadOnly("beta works on it".to_owned());
    assert_eq!(hinted(&stage, 2), ["o grow", "Esc drop"]);
}

#[test]
fn tagging_works_by_position_on_a_cyrillic_layout() {
    check("[|]Тру\u{301}д 👍", "ь ц ф к", "{rights:[Тру\u{301}д|]} 👍");
}

#[test]
fn a_fresh_annotation_carries_the_defaults_of_its_layer() {
    let stage = check("[|]Тру\u{301}д 👍", "m w a q", "{quote:[Тру\u{301}д|]} 👍");
    assert_eq!(stage.value(1, "mode"), Some(&Value::Choice("direct".to_owned())));
    assert_eq!(stage.value(1, "speaker"), None);
}

#[test]
fn without_a_selection_it_is_said_how_to_make_one() {
    let mut stage = check("[|]Тру\u{301}д 👍", "a c", "[|]Тру\u{301}д 👍");
    assert!(stage.refused() && stage.effects.is_empty());
    stage.expect_told("nothing is selected").press("Enter").expect_told("no last label");
}

#[test]
fn the_same_annotation_is_not_made_twice() {
    let mut stage = check("[Тру\u{301}д|] 👍", "a c a c", "{claim:[Тру\u{301}д|]} 👍");
    assert_eq!(stage.effects.len(), 1);
    stage.expect_told("C1 is just that already");
}

#[test]
fn enter_gives_the_last_label_again() {
    check("[|]Тру\u{301}д 👍, право", "m w a l w m w Enter", "{labour:Тру\u{301}д} 👍, {labour:[право|]}");
}

#[test]
fn extending_ends_with_the_tag() {
    check("[|]Раз и\u{306} два 👍", "v w a c l", "{claim:Раз} [|]и\u{306} два 👍");
}

#[test]
fn a_label_is_changed_and_values_that_fit_are_kept() {
    let mut stage = check("{quote:Тру[|]д} и\u{306} 👍", "c c", "{claim:Тру[|]д} и\u{306} 👍");
    stage.press("u");
    let speaker = stage.register("Серик");
    stage.set_value(1, "speaker", Value::Speaker(speaker));
    stage.set_value(1, "mode", Value::Choice("mixed".to_owned()));
    stage.press("c c");
    assert_eq!(stage.value(1, "speaker"), Some(&Value::Speaker(speaker)));
    assert_eq!(stage.value(1, "mode"), None);
    stage.press("c c").expect_told("stays as it is");
    stage.press("c q");
    assert_eq!(stage.value(1, "mode"), Some(&Value::Choice("direct".to_owned())));
}

#[test]
fn within_a_layer_a_changed_label_keeps_every_value() {
    let mut stage = Stage::new("{rights:Тру[|]д} и\u{306} 👍");
    stage.set_value(1, "сила", Value::Text("5".to_owned()));
    stage.press("c l").expect("{labour:Тру[|]д} и\u{306} 👍");
    assert_eq!(stage.value(1, "сила"), Some(&Value::Text("5".to_owned())));
}

#[test]
fn deleting_is_undone_and_redone() {
    let mut stage = check("{claim:Тру[|]д и\u{306}} 👍", "d", "Тру[|]д и\u{306} 👍");
    stage.expect_told("u takes it back").press("u").expect("{claim:[Труд и\u{306}|]} 👍");
    stage.expect_told("undone").press("U").expect("[Труд и\u{306}|] 👍").expect_told("redone");
    stage.press("u").expect("{claim:[Труд и\u{306}|]} 👍").press("d").expect("[Труд и\u{306}|] 👍");
    assert_eq!(stage.effects.len(), 5);
    stage.press("d").expect_told("no annotation here");
    assert_eq!(stage.effects.len(), 5);
}

#[test]
fn a_key_held_down_deletes_one_annotation_and_none_around_it() {
    let mut stage = check("{claim:раз {rights:д[|]ва} и\u{306}} 👍", "d d d", "{claim:раз д[|]ва и\u{306}} 👍");
    stage.expect_told("claim C1 is here too").press("Tab d").expect("раз д[|]ва и\u{306} 👍");
    check("{claim:раз {rights:д[|]ва} и\u{306}} 👍", "d h d", "раз [|]два и\u{306} 👍");
    check("{claim:раз {rights:д[|]ва} и\u{306}} 👍", "d u d u d", "{claim:раз [два|] и\u{306}} 👍");
}

#[test]
fn undoing_goes_to_where_it_changed_something() {
    let far = format!("{{claim:На\u{301}чало}} 👍\n{}\nКонец[|]", "ряд\n".repeat(60));
    let mut stage = Stage::new(&far);
    stage.press("u");
    assert!(stage.shows().starts_with("[На\u{301}чало|] 👍"));
    assert!(stage.app.rows()[0].start.bytes() == 0);
    stage.press("u").expect_told("nothing to undo");
    stage.press("U U").expect_told("there is nothing to redo");
}

#[test]
fn of_several_annotations_commands_take_the_focused_else_the_shortest() {
    check("{claim:раз {rights:д[|]ва} и\u{306}} 👍", "d", "{claim:раз д[|]ва и\u{306}} 👍");
    check("{claim:[|]раз {rights:два} и\u{306}} 👍", "Tab w d", "раз {rights:[|]два} и\u{306} 👍");
    check(
        "{claim:[|]раз {rights:два} и\u{306}} 👍 {youth:три}",
        "Tab Tab Tab b b d",
        "{claim:раз [|]два и\u{306}} 👍 {youth:три}",
    );
}

#[test]
fn tab_goes_through_the_annotations_and_stops_at_the_ends() {
    let text = "[|]и\u{306} {claim:раз {rights:два}} 👍 {claim:{youth:три}}";
    let mut stage = check(text, "Tab", "и\u{306} {claim:[|]раз {rights:два}} 👍 {claim:{youth:три}}");
    stage.press("Tab").expect("и\u{306} {claim:раз {rights:[|]два}} 👍 {claim:{youth:три}}");
    stage.press("Tab Tab").expect("и\u{306} {claim:раз {rights:два}} 👍 {claim:{youth:[|]три}}");
    assert_eq!(stage.app.focus.map(|id| id.0), Some(4));
    stage.press("Tab").expect_told("last annotation");
    stage.press("S-Tab S-Tab").expect("и\u{306} {claim:раз {rights:[|]два}} 👍 {claim:{youth:три}}");
    stage.press("S-Tab S-Tab").expect_told("first annotation");
    check("[|]и\u{306} 👍", "Tab", "[|]и\u{306} 👍").expect_told("no annotations yet");
}

#[test]
fn both_edges_of_an_annotation_are_moved() {
    let text = "Раз {claim:дв[|]а и\u{306}} 👍 три четыре";
    check(text, "E w Enter", "Раз {claim:[два и\u{306} 👍 три|]} четыре");
    check(text, "E x b Enter", "{claim:[|Раз два и\u{306}]} 👍 три четыре");
    check(text, "E S-Left S-Left Enter", "Раз {claim:[два|]} и\u{306} 👍 три четыре");
    let mut stage = check(text, "E w Enter u", "Раз {claim:[два и\u{306}|]} 👍 три четыре");
    assert_eq!(stage.effects.len(), 2);
    stage.press("E Enter").expect_told("stays as it is");
    assert!(stage.app.extent.is_none() && !stage.app.extending);
}

#[test]
fn an_extent_is_left_as_it_was_by_escape_and_by_any_other_change() {
    let text = "Раз {claim:дв[|]а и\u{306}} 👍 три";
    let mut stage = check(text, "E w Esc", "Раз {claim:[два и\u{306}} 👍 три|]");
    assert!(stage.app.extent.is_none() && !stage.app.extending);
    stage.expect_told("stays as it was");
    for keys in ["E d", "E a r", "E u", "E Tab", "E c r"] {
        let mut stage = Stage::new("Раз {claim:дв[|]а и\u{306}} 👍 {youth:три}");
        stage.press(keys);
        assert!(stage.app.extent.is_none(), "{keys}");
    }
    let mut stage = check(text, "E x S-Right S-Right S-Right S-Right S-Right", "Раз {claim:два и\u{306}}[|] 👍 три");
    stage.press("Enter").expect_told("at least one character");
    assert!(stage.refused() && stage.app.extent.is_some());
}

#[test]
fn fragments_are_added_taken_out_and_merged() {
    let text = "{quote:[|]Да\u{301}}, – сказал он, – нет 👍";
    let mut stage = check(text, "Tab w w w m w f", "{quote:Да\u{301}}, – сказал он, – {+quote:[нет|]} 👍");
    stage.press("f").expect("{quote:Да\u{301}}[|], – сказал он, – нет 👍");
    stage.press("u").expect("{quote:[Да\u{301}}, – сказал он, – {+quote:нет|]} 👍");
    stage.press("f").expect("{quote:[Да\u{301}, – сказал он, – нет|]} 👍");
    stage.press("f").expect_told("that is all of Q1; d deletes it");
    stage.press("Esc f").expect_told("nothing is selected");
    let whole = "{quote:[|]Да\u{301}, – сказал он, – нет} 👍";
    let mut cut = check(whole, "Tab w v w w f", "{quote:Да\u{301}, –}[|] сказал он{+quote:, – нет} 👍");
    cut.press("q");
    assert!(matches!(cut.app.mode, super::super::Mode::Picker(_)), "commands act on what is left");
    cut.press("Esc");
    cut.press("u").expect_told("undone");
    check("[Да\u{301}|] 👍 {quote:нет}", "f", "[Да\u{301}|] 👍 {quote:нет}").expect_told("no annotation is focused");
}

#[test]
fn what_is_left_when_words_are_taken_out_begins_and_ends_with_no_blank() {
    let whole = "{quote:[|]Да\u{301} мы 👍 все}.";
    let mut cut = check(whole, "Tab w m w f", "{quote:Да\u{301}}[|] мы {+quote:👍 все}.");
    cut.press("u").expect_told("undone");
    let mut all = check("{quote:[|]Да\u{301} } 👍", "Tab m w", "{quote:[Да\u{301}|] } 👍");
    all.press("f").expect_told("that is all of Q1; d deletes it");
}

#[test]
fn the_edge_of_the_fragment_at_the_cursor_is_moved() {
    let text = "{quote:Да\u{301}}, – сказал он, – {+quote:н[|]ет} 👍";
    check(text, "E S-Left Enter", "{quote:Да\u{301}}, – сказал он, – {+quote:[не|]}т 👍");
    check(text, "E x b b Enter", "{quote:Да\u{301}}, – {+quote:[|сказал он, – нет]} 👍");
}

#[test]
fn a_document_is_called_done_and_opened_again() {
    let mut stage = check("[|]Тру\u{301}д 👍", "Space t", "[|]Тру\u{301}д 👍");
    assert_eq!(stage.app.session.set().status(), Status::Done);
    stage.expect_told("done").press("Space t").expect_told("open");
    assert_eq!(stage.app.session.set().status(), Status::Open);
    stage.press("u");
    assert_eq!(stage.app.session.set().status(), Status::Done);
}

/// Keys that would change something.
const CHANGES: [&str; 11] = ["a c", "c l", "d", "e", "E", "f", "q", "u", "U", "Space t", "Enter"];

#[test]
fn what_may_only_be_read_is_not_changed_and_it_is_said_why() {
    let failed = Access::Failed("disk full".to_owned());
    let locked = Access::ReadOnly("beta works on it".to_owned());
    for (access, reason) in [(locked, "read only: beta works on it"), (failed, "not recorded: disk full")] {
        for keys in CHANGES {
            let mut stage = Stage::new("{claim:[Тру\u{301}д} и\u{306}|] 👍");
            stage.press("a r d");
            stage.effects.clear();
            stage.app.focus = Some(crate::annotation::AnnotationId(1));
            stage.app.access = access.clone();
            let before = stage.shows();
            stage.press(keys).expect(&before).expect_told(reason);
            assert!(stage.effects.is_empty() && stage.refused(), "{keys}");
            assert!(matches!(stage.app.mode, Mode::Normal) && stage.app.extent.is_none(), "{keys}");
        }
    }
}

#[test]
fn before_a_label_was_given_enter_says_too_that_this_may_only_be_read() {
    let mut stage = Stage::new("[Тру\u{301}д|] и\u{306} 👍");
    stage.app.access = Access::ReadOnly("beta works on it".to_owned());
    stage.press("Enter").expect_told("read only: beta works on it");
}

#[test]
fn who_looks_on_looks_again_when_saving_and_is_told_so_when_changing() {
    let mut stage = Stage::new("{claim:[Тру\u{301}д|]} и\u{306} 👍");
    stage.app.access = Access::Taken("beta works on it".to_owned());
    for keys in ["C-s", "a r", "d"] {
        stage.effects.clear();
        stage.press(keys).expect_told("read only: beta works on it; Ctrl-S takes it over once that has ended");
        assert_eq!(stage.effects.contains(&Effect::Look), keys == "C-s", "{keys}");
    }
}

#[test]
fn a_failed_record_keeps_what_was_made_and_takes_no_more() {
    let mut stage = check("[Тру\u{301}д|] 👍", "a c", "{claim:[Тру\u{301}д|]} 👍");
    stage.send(Message::Failed("disk full".to_owned())).expect_told("disk full");
    stage.press("a r").expect("{claim:[Тру\u{301}д|]} 👍").expect_told("not recorded: disk full");
}

#[test]
fn a_label_that_the_schema_does_not_know_is_kept_and_can_be_changed() {
    let mut stage = Stage::new("{stranger:Тру[|]д и\u{306}} 👍");
    stage.set_value(1, "сила", Value::Text("5".to_owned()));
    assert_eq!(stage.app.label_title(stage.annotation(1)), "stranger");
    assert!(stage.app.rails.iter().any(|rail| rail.letter == '?'));
    stage.press("e Enter").expect_told("stays as it is");
    assert_eq!(stage.value(1, "сила"), Some(&Value::Text("5".to_owned())));
    stage.press("E w Enter");
    assert_eq!(stage.annotation(1).label.as_str(), "stranger");
    stage.press("c l");
    assert_eq!(stage.annotation(1).label.as_str(), "labour");
}

fn apart() -> Schema {
    let source = crate::schema::BUILTIN
        .replace("id: \"claim\",\n            title", "id: \"claim\", overlap: Forbidden,\n            title");
    crate::schema::read(&source).unwrap()
}

#[test]
fn an_overlap_that_the_schema_forbids_is_refused_for_every_change() {
    let text = "{claim:раз {rights:два}} {claim:три} и\u{306} 👍";
    for keys in ["v w w w a c", "w c c", "w e Up Left Enter", "E w Enter", "Tab w w m w f"] {
        let mut stage = Stage::with_schema(text, apart());
        let before = stage.app.session.set().clone();
        stage.press(keys).expect_told("overlaps, which the schema forbids");
        assert_eq!(stage.app.session.set(), &before, "{keys}");
    }
    let mut stage = Stage::with_schema("{claim:раз {claim:два}} и\u{306} 👍", apart());
    stage.press("e Up Up").type_in("как было").press("Enter");
    assert_eq!(stage.annotation(1).note.as_deref(), Some("как было"), "what overlaps already can be worked on");
}

#[test]
fn the_edits_of_a_speaker_and_its_annotation_are_one_transaction() {
    let mut stage = Stage::new("{quote:Тру[|]д и\u{306}} 👍");
    stage.press("q").type_in("Серик").press("Enter");
    assert!(matches!(&stage.effects[..], [Effect::Record(own)]
        if matches!(own.edits[..], [Edit::Speaker { .. }, Edit::Replace { .. }])));
    stage.press("u");
    assert_eq!(stage.speaker_names(), Vec::<&str>::new());
}

#[test]
fn a_selection_that_gives_up_its_last_word_ends_behind_the_one_before() {
    check("Раз {claim:дв[|]а и\u{306} три} 👍", "E b Enter", "Раз {claim:[два и\u{306}|]} три 👍");
    check("[|]Раз и\u{306} два 👍", "v w w w b b", "[Раз|] и\u{306} два 👍");
}

#[test]
fn a_changed_label_tells_what_its_layer_cannot_carry() {
    let mut stage = Stage::new("{quote:Тру[|]д и\u{306} 👍}");
    stage.set_value(1, "mode", Value::Choice("mixed".to_owned()));
    stage.press("c r").expect_told("its layer has no mode: dropped");
}

/// The built-in schema with forty themes more, none of which has a key.
fn many_labels() -> Schema {
    let mut schema = Schema::builtin();
    let theme = schema.layers.iter_mut().find(|layer| layer.labels.len() > 1).unwrap();
    let model = theme.labels[0].clone();
    let label = |number: usize| {
        let id = format!("тема-{number}");
        Label { title: Title::One(id.clone()), key: None, id: LabelId::new(id), ..model.clone() }
    };
    theme.labels.extend((1..=40).map(label));
    schema
}

#[test]
fn a_label_for_which_no_key_is_left_is_picked_from_a_list() {
    let mut stage = Stage::with_schema("За\u{301}мок, [труд|] и 👍 труд", many_labels());
    stage.press("a Enter").type_in("тема-40").press("Enter").expect("За\u{301}мок, {тема-40:[труд|]} и 👍 труд");
    stage.press("c Enter").type_in("тема-39").press("Enter").expect("За\u{301}мок, {тема-39:[труд|]} и 👍 труд");
    stage.press(":").type_in("тема-38").press("Enter");
    assert_eq!(stage.app.session.set().len(), 2);
}

#[test]
fn places_found_are_given_a_label_from_a_list_where_keys_do_not_do() {
    let mut stage = Stage::with_schema("[|За\u{301}мок], труд и 👍 труд", many_labels());
    stage.press("Space r").type_in("труд").press("C-a").type_in("тема-40").press("Enter");
    assert_eq!(stage.app.session.set().len(), 2);
    assert!(stage.app.session.set().iter().all(|own| own.label.as_str() == "тема-40"));
}

#[test]
fn labels_without_keys_are_given_some() {
    let mut schema = Schema::builtin();
    schema.layers.iter_mut().flat_map(|layer| &mut layer.labels).for_each(|label| label.key = None);
    let mut stage = Stage::with_schema("За\u{301}мок, [труд|] и 👍", schema);
    stage.press("a q").expect("За\u{301}мок, {quote:[труд|]} и 👍");
}
