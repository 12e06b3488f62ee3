//! Find and tag.

use super::super::{Access, Effect, Mode, Sweep};
use super::{Message, Stage, Value};

const TEXT: &str = "Пра\u{301}[|]во и право 👍, {rights:право}; правозащитник, пpаво.";

#[track_caller]
fn sweep(stage: &Stage) -> &Sweep {
    let Mode::Sweep(sweep) = &stage.app.mode else { panic!("no sweep: {}", stage.notice()) };
    sweep
}

/// How far it is, of how many, and how many were tagged already.
fn far(stage: &Stage) -> (usize, usize, usize) {
    let sweep = sweep(stage);
    (sweep.decided.len() + 1, sweep.places.len(), sweep.tagged)
}

/// A sweep for «право», to be tagged as rights.
fn begun() -> Stage {
    let mut stage = Stage::new(TEXT);
    stage.press("Space r").type_in("право").press("Enter r");
    stage
}

#[test]
fn every_place_is_shown_and_decided_on_and_all_is_one_step_of_undo() {
    let mut stage = begun();
    assert_eq!(far(&stage), (1, 4, 1));
    stage.expect("[Пра\u{301}во|] и право 👍, {rights:право}; правозащитник, пpаво.");
    stage.press("y").expect("Пра\u{301}во и [право|] 👍, {rights:право}; правозащитник, пpаво.");
    stage.press("т").expect("Пра\u{301}во и право 👍, {rights:право}; [правозащитник|], пpаво.");
    assert!(stage.effects.is_empty(), "nothing is changed until the end");
    stage.press("n y").expect_told("2 tagged rights, 2 passed over, 1 were so already");
    stage.expect("{rights:Пра\u{301}[|]во} и право 👍, {rights:право}; правозащитник, {rights:пpаво}.");
    assert_eq!(stage.effects.len(), 1);
    stage.press("u").expect("[Пра\u{301}во|] и право 👍, {rights:право}; правозащитник, пpаво.");
}

#[test]
fn a_sweep_stopped_half_way_keeps_what_was_decided_as_one_step() {
    for stop in ["q", "й", "Esc"] {
        let mut stage = begun();
        stage.press("y y").press(stop).expect_told("2 tagged rights, 2 not looked at");
        assert_eq!(stage.effects.len(), 1, "{stop}");
        stage.press("u");
        assert_eq!(stage.app.session.set().len(), 1);
    }
    let mut stage = begun();
    stage.press("y C-q");
    assert!(matches!(stage.effects[..], [Effect::Record(_), Effect::Quit]), "leaving loses nothing");
    let mut stage = begun();
    stage.press("y e").send(Message::Leaving);
    assert_eq!(stage.app.session.set().len(), 2, "nor does being ended");
}

#[test]
fn the_rest_is_taken_at_once_and_a_decision_can_be_taken_back() {
    let mut stage = begun();
    stage.press("n Bksp y n ф").expect_told("3 tagged rights, 1 passed over");
    stage.expect("{rights:Пра\u{301}[|]во} и право 👍, {rights:право}; {rights:правозащитник}, {rights:пpаво}.");
}

#[test]
fn the_edges_of_a_place_are_moved_before_it_is_tagged_and_what_they_take_in_is_no_place_of_its_own() {
    let mut stage = begun();
    stage.press("e w w Enter").expect("Пра\u{301}во и право 👍, {rights:право}; [правозащитник|], пpаво.");
    stage.press("у w").press("d").expect_told("Enter tags what is selected");
    stage.press("Esc").expect("Пра\u{301}во и право 👍, {rights:право}; [правозащитник|], пpаво.");
    stage.press("n q").expect("{rights:Пра\u{301}[|]во и право} 👍, {rights:право}; правозащитник, пpаво.");
}

#[test]
fn patterns_whole_words_and_exactness_are_switched_in_the_prompt() {
    let count = |keys: &str, words: &str| {
        let mut stage = Stage::new(TEXT);
        stage.press("Space r").press(keys).type_in(words);
        let Mode::Find(find) = &stage.app.mode else { panic!("no prompt") };
        find.count
    };
    assert_eq!(count("C-e", "право"), Some(3));
    assert_eq!(count("C-b", "право"), Some(4));
    assert_eq!(count("C-к", "право\\b"), Some(4));
    assert_eq!(count("Left", "право"), Some(5));
    let mut stage = Stage::new(TEXT);
    stage.press("Space r C-r").type_in("пра(").expect_told("column 4: unclosed group").press("Enter");
    assert!(matches!(stage.app.mode, Mode::Find(_)), "what was typed is not lost");
    stage.type_in("в)").press("Enter Esc").expect(TEXT);
}

#[test]
fn the_same_words_are_tagged_everywhere_with_the_label_and_values_here() {
    let mut stage = Stage::new("{claim:Тру[|]д и\u{306}} 👍, тру\u{301}д й. Труд");
    stage.set_value(1, "kind", Value::Choice("normative".to_owned()));
    stage.press("Space e");
    assert_eq!(far(&stage), (1, 1, 1));
    stage.press("y").expect("{claim:Тру[|]д и\u{306}} 👍, {claim:тру\u{301}д й}. Труд");
    assert_eq!(stage.value(2, "kind"), Some(&Value::Choice("normative".to_owned())));
    let mut stage = Stage::new("[Тру\u{301}д|] и труд 👍, трудно");
    stage.press("Space e r").press("a").expect("{rights:[Тру\u{301}д|]} и {rights:труд} 👍, трудно");
    stage.press("g e Space e").expect_told("nothing to look for");
}

#[test]
fn all_hits_of_the_find_prompt_are_tagged_at_once() {
    let mut stage = Stage::new(TEXT);
    stage.press("/").type_in("право").press("C-a l").expect_told("5 tagged labour");
    assert_eq!(stage.effects.len(), 1);
    stage.press("Space r Enter Enter").expect_told("all 5 places");
}

#[test]
fn what_cannot_be_is_said() {
    let mut stage = Stage::new(TEXT);
    stage.press("Space r").type_in("нет такого").press("Enter").expect_told("not found: нет такого");
    stage.press("Space r Esc").expect(TEXT);
    stage.app.query = None;
    stage.press("Space r Enter").expect_told("nothing to look for yet");
    stage.app.access = Access::ReadOnly("beta works on it".to_owned());
    stage.press("Space r").expect_told("read only");
    stage.press("Space e").expect_told("read only");
}

#[test]
fn what_could_not_be_recorded_is_not_lost() {
    let mut stage = begun();
    stage.press("y").send(Message::Failed("disk full".to_owned())).press("q").expect_told("not recorded: disk full");
    assert_eq!(far(&stage), (2, 4, 1));
    stage.app.access = Access::Write;
    stage.press("q").expect_told("1 tagged rights");
}

#[test]
fn a_layer_that_forbids_overlap_gets_none_from_a_sweep() {
    let layers = "layers: [(id: \"знак\", overlap: Forbidden, labels: [(id: \"знак\", key: \"z\")]),";
    let schema = crate::schema::read(&crate::schema::BUILTIN.replacen("layers: [", layers, 1)).unwrap();
    let mut stage = Stage::with_schema("{знак:да и\u{306}} [|]👍 да да", schema);
    stage.press("Space r").type_in("да").press("Enter z");
    assert_eq!(far(&stage), (1, 2, 1));
    stage.press("e w Enter").expect_told("1 tagged знак, 1 passed over, 1 were so already");
}

#[test]
fn a_sweep_starts_where_the_annotator_is_and_goes_around() {
    let mut stage = Stage::new("труд 👍 [|]и\u{306} труд");
    stage.press("Space r").type_in("труд").press("Enter l").expect("труд 👍 и\u{306} [труд|]");
    stage.press("n").expect("[труд|] 👍 и\u{306} труд");
    stage.press("n").expect("труд 👍 [|]и\u{306} труд").expect_told("0 tagged labour, 2 passed over");
}
