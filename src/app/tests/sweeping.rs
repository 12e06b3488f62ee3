//! Find and tag.

use jiff::Timestamp;

use super::super::{Access, Effect, Mode, Sweep};
use super::{Message, Stage, Value};
use crate::annotation::{Edit, Status};
use crate::session::Kind;

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
    stage.press("y").expect("{rights:Пра\u{301}во} и [право|] 👍, {rights:право}; правозащитник, пpаво.");
    stage.press("т").expect("{rights:Пра\u{301}во} и право 👍, {rights:право}; [правозащитник|], пpаво.");
    stage.press("n y").expect_told("2 tagged rights, 2 passed over, 1 so already");
    stage.expect("{rights:Пра\u{301}[|]во} и право 👍, {rights:право}; правозащитник, {rights:пpаво}.");
    stage.press("u").expect("[Пра\u{301}во|] и право 👍, {rights:право}; правозащитник, пpаво.");
}

#[test]
fn a_sweep_stopped_half_way_keeps_what_was_decided_as_one_step() {
    for stop in ["q", "й", "Esc"] {
        let mut stage = begun();
        stage.press("y y").press(stop).expect_told("2 tagged rights, 2 not looked at");
        stage.press("u");
        assert_eq!(stage.app.session.set().len(), 1, "{stop}");
        stage.press("U");
        assert_eq!(stage.app.session.set().len(), 3, "{stop}");
    }
}

#[test]
fn every_decision_is_recorded_as_it_is_made() {
    let recorded = |stage: &Stage| {
        let kinds = stage.effects.iter().map(|effect| match effect {
            Effect::Record(own) => own.kind,
            other => panic!("{other:?}"),
        });
        kinds.collect::<Vec<_>>()
    };
    let mut stage = begun();
    stage.press("y");
    assert_eq!(recorded(&stage), [Kind::Commit]);
    stage.press("e Enter");
    assert_eq!(recorded(&stage), [Kind::Commit, Kind::Further]);
    stage.press("u");
    assert_eq!(recorded(&stage), [Kind::Commit, Kind::Further, Kind::Further]);
    assert_eq!(stage.app.session.set().len(), 2);
}

#[test]
fn what_others_did_in_between_is_no_part_of_the_step() {
    let mut stage = begun();
    stage.press("y");
    let edits = vec![Edit::Status { before: Status::Open, after: Status::Done }];
    stage.app.session.commit(Timestamp::UNIX_EPOCH, "готово 👍", edits).unwrap();
    stage.press("y q u");
    assert_eq!((stage.app.session.set().len(), stage.app.session.set().status()), (2, Status::Done));
}

#[test]
fn the_rest_is_taken_at_once_and_a_decision_can_be_taken_back() {
    let mut stage = begun();
    stage.press("n Bksp y n u u").expect("[Пра\u{301}во|] и право 👍, {rights:право}; правозащитник, пpаво.");
    stage.press("y n ф").expect_told("3 tagged rights, 1 passed over");
    stage.expect("{rights:Пра\u{301}[|]во} и право 👍, {rights:право}; {rights:правозащитник}, {rights:пpаво}.");
}

#[test]
fn the_edges_of_a_place_are_moved_before_it_is_tagged_and_what_they_take_in_is_no_place_of_its_own() {
    let mut stage = begun();
    stage.press("e w w Enter").expect("{rights:Пра\u{301}во и право} 👍, {rights:право}; [правозащитник|], пpаво.");
    stage.press("у w").press("d").expect_told("Enter tags what is selected");
    stage.press("Esc").expect("{rights:Пра\u{301}во и право} 👍, {rights:право}; [правозащитник|], пpаво.");
    stage.press("u").expect("[Пра\u{301}во|] и право 👍, {rights:право}; правозащитник, пpаво.");
    stage.press("e w w Enter");
    stage.press("n q").expect("{rights:Пра\u{301}[|]во и право} 👍, {rights:право}; правозащитник, пpаво.");
}

#[test]
fn patterns_whole_words_and_exactness_are_switched_in_the_prompt() {
    let count = |keys: &str, words: &str| {
        let mut stage = Stage::new(TEXT);
        stage.press("Space r").press(keys).type_in(words);
        stage.app.query.as_ref().and_then(|query| query.places()).map(<[_]>::len)
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
    stage.press("Space r Enter Enter").expect_told("is tagged so already: 5 places");
}

#[test]
fn what_cannot_be_is_said() {
    let mut stage = Stage::new(TEXT);
    stage.press("Space r").type_in("нет такого").press("Enter").expect_told("not found: нет такого");
    stage.press("Space r Esc").expect(TEXT);
    stage.app.query = None;
    stage.press("Space r Enter").expect_told("nothing to look for yet").press("Esc");
    stage.app.access = Access::ReadOnly("beta works on it".to_owned());
    stage.press("Space r").expect_told("read only");
    stage.press("Space e").expect_told("read only");
}

#[test]
fn what_could_not_be_recorded_is_not_lost() {
    let mut stage = begun();
    stage.press("y").send(Message::Failed("disk full".to_owned())).press("y").expect_told("not recorded: disk full");
    assert_eq!(far(&stage), (2, 4, 1));
    stage.app.access = Access::Write;
    stage.press("y q").expect_told("2 tagged rights");
}

#[test]
fn a_layer_that_forbids_overlap_gets_none_from_a_sweep() {
    let layers = "layers: [(id: \"знак\", overlap: Forbidden, labels: [(id: \"знак\", key: \"z\")]),";
    let schema = crate::schema::read(&crate::schema::BUILTIN.replacen("layers: [", layers, 1)).unwrap();
    let mut stage = Stage::with_schema("{знак:да и\u{306}} [|]👍 да да", schema);
    stage.press("Space r").type_in("да").press("Enter z");
    assert_eq!(far(&stage), (1, 2, 1));
    stage.press("e w Enter").expect_told("1 tagged знак, 1 passed over, 1 so already");
}

#[test]
fn a_sweep_starts_where_the_annotator_is_and_goes_around() {
    let mut stage = Stage::new("труд 👍 [|]и\u{306} труд");
    stage.press("Space r").type_in("труд").press("Enter l").expect("труд 👍 и\u{306} [труд|]");
    stage.press("n").expect("[труд|] 👍 и\u{306} труд");
    stage.press("n").expect("труд 👍 [|]и\u{306} труд").expect_told("0 tagged labour, 2 passed over");
}

#[test]
fn a_sweep_of_which_nothing_is_left_is_no_step_to_be_undone() {
    let mut stage = Stage::new("{claim:[|]Пра\u{301}во} и право 👍");
    stage.press("Space r").type_in("право").press("Enter r y u q");
    assert_eq!(stage.app.session.set().len(), 1);
    stage.press("u").expect_told("undone: given");
    stage.press("U").expect_told("redone: given");
    assert_eq!(stage.app.session.set().len(), 1);
}
