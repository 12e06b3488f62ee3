//! Relations between annotations, and labels of the document as a whole.

use super::super::{Mode, Picker, Purpose};
use super::{Stage, Value};
use crate::annotation::{Annotation, Target};

const CLAIMS: &str = "{claim:Тру[|]д и\u{306}} 👍, {rights:право}, {claim:долг}, {quote:«да\u{301}»}.";

/// What the relations say, in the order of their numbers.
fn relations(stage: &Stage) -> Vec<String> {
    let set = stage.app.session.set();
    let relations = set.spanless().filter(|own| matches!(own.target, Target::Relation { .. }));
    relations.map(|own| stage.app.gist(own).into_owned()).collect()
}

fn document(stage: &Stage) -> Vec<&str> {
    stage.app.document_labels().map(|own| own.label.as_str()).collect()
}

#[track_caller]
fn picker(stage: &Stage) -> &Picker {
    let Mode::Picker(picker) = &stage.app.mode else { panic!("no list is open") };
    picker
}

fn listed(stage: &Stage) -> Vec<String> {
    picker(stage).matches().into_iter().map(|item| item.text).collect()
}

#[track_caller]
fn asked(stage: &Stage) -> Vec<(char, &str)> {
    let Mode::Ask(ask) = &stage.app.mode else { panic!("nothing is asked") };
    ask.answers.iter().map(|own| (own.key, own.text.as_str())).collect()
}

#[test]
fn a_relation_is_made_by_going_to_the_other_end_in_one_step_that_undo_takes_back() {
    let mut stage = Stage::new(CLAIMS);
    stage.press("r").expect_told("C1 is one end");
    stage.press("Tab Enter");
    let ways = [('s', "C1 supports C3"), ('a', "C1 attacks C3"), ('S', "C3 supports C1"), ('A', "C3 attacks C1")];
    assert_eq!(asked(&stage), ways);
    stage.press("ы").expect_told("C1 supports C3");
    assert_eq!(relations(&stage), ["C1 supports C3"]);
    stage.expect("{claim:[|]Труд и\u{306}} 👍, {rights:право}, {claim:долг}, {quote:«да\u{301}»}.");
    assert_eq!(stage.effects.len(), 1);
    stage.press("u");
    assert!(relations(&stage).is_empty());
    stage.press("U");
    assert_eq!(relations(&stage), ["C1 supports C3"]);
}

#[test]
fn every_way_has_its_key_and_escape_makes_no_relation() {
    for (key, expected) in [("s", "C1 supports C3"), ("A", "C3 attacks C1"), ("Ф", "C3 attacks C1")] {
        let mut stage = Stage::new(CLAIMS);
        stage.press("r Tab Enter").press(key);
        assert_eq!(relations(&stage), [expected], "{key}");
    }
    let mut stage = Stage::new(CLAIMS);
    stage.press("r Tab Enter x").expect_told("press one of s a S A");
    stage.press("Esc Esc").expect_told("no relation was made");
    assert!(relations(&stage).is_empty() && stage.app.relating.is_none());
}

#[test]
fn where_the_schema_leaves_no_choice_nothing_is_asked_whichever_end_comes_first() {
    let mut stage = Stage::new(CLAIMS);
    stage.press("r Tab Tab Enter");
    assert_eq!(relations(&stage), ["Q4 states C1"]);
    stage.press("g e S-Tab r S-Tab Enter");
    assert_eq!(relations(&stage), ["Q4 states C1", "Q4 states C3"]);
    stage.press("r S-Tab Enter").expect_told("says just that already");
}

#[test]
fn tab_stops_only_where_the_schema_admits_a_relation() {
    let mut stage = Stage::new(CLAIMS);
    stage.press("Tab r").expect_told("relates nothing of the layer theme");
    stage
        .press("g g Tab r Tab")
        .expect("{claim:Труд и\u{306}} 👍, {rights:право}, {claim:[|]долг}, {quote:«да\u{301}»}.");
    stage.press("S-Tab").expect_told("that was the first annotation");
    stage.press("b Enter").expect_told("nothing fit here to relate C1 to");
}

#[test]
fn r_again_lists_what_fits_the_nearest_first() {
    let mut stage = Stage::new(CLAIMS);
    stage.press("r r");
    assert!(matches!(picker(&stage).purpose, Purpose::Relate(_)));
    let names: Vec<String> = listed(&stage).iter().map(|own| own.chars().take(2).collect()).collect();
    assert_eq!(names, ["C3", "Q4"]);
    stage.press("Down Enter");
    assert_eq!(relations(&stage), ["Q4 states C1"]);
}

#[test]
fn a_relation_is_followed_to_its_other_end_and_removed_by_key() {
    let mut stage = Stage::new(CLAIMS);
    stage.press("r Tab Enter s r Tab Tab Enter Space c");
    assert_eq!(listed(&stage), ["→ C1 supports C3", "← Q4 states C1"]);
    stage.press("Enter").expect("{claim:Труд и\u{306}} 👍, {rights:право}, {claim:[|]долг}, {quote:«да\u{301}»}.");
    stage.press("Space c");
    assert_eq!(listed(&stage), ["← C1 supports C3"]);
    stage.press("C-в").expect_told("delete C1 supports C3");
    assert_eq!(relations(&stage), ["Q4 states C1"]);
    stage.press("Esc Space c").expect_told("C3 has no relations");
    stage.press("C-o").expect("{claim:[|]Труд и\u{306}} 👍, {rights:право}, {claim:долг}, {quote:«да\u{301}»}.");
}

#[test]
fn a_relation_may_have_a_note_and_another_kind() {
    let mut stage = Stage::new(CLAIMS);
    stage.press("r Tab Enter s Space c C-e");
    stage.press("Up Right Down").type_in("ра\u{301}зве 👍").press("Enter");
    assert_eq!(relations(&stage), ["C1 attacks C3"]);
    assert_eq!(stage.annotation(5).note.as_deref(), Some("ра\u{301}зве 👍"));
}

#[test]
fn a_deleted_annotation_takes_its_relations_along_and_undo_brings_back_both() {
    let mut stage = Stage::new(CLAIMS);
    stage.press("r Tab Enter s r Tab Tab Enter d").expect_told("and 2 relations of it");
    assert!(relations(&stage).is_empty());
    stage.expect("[|]Труд и\u{306} 👍, {rights:право}, {claim:долг}, {quote:«да\u{301}»}.");
    stage.press("g e u");
    assert_eq!(relations(&stage), ["C1 supports C3", "Q4 states C1"]);
    stage.expect("{claim:[Труд и\u{306}|]} 👍, {rights:право}, {claim:долг}, {quote:«да\u{301}»}.");
}

#[test]
fn a_label_of_a_layer_that_admits_a_relation_no_more_takes_it_along() {
    let mut stage = Stage::new(CLAIMS);
    stage.press("r Tab Enter s c y");
    assert!(relations(&stage).is_empty());
    stage.press("u");
    assert_eq!(relations(&stage), ["C1 supports C3"]);
}

#[test]
fn the_inspector_tells_relations_in_words() {
    let mut stage = Stage::new(CLAIMS);
    stage.press("r Tab Enter s r Tab Tab Enter");
    stage.app.language = "ru".to_owned();
    let area = super::super::Screen::of(&stage.app).here;
    let facts: Vec<_> = stage.app.inspected(area).into_iter().flat_map(|(_, facts)| facts).collect();
    let relation = |words: &str| super::super::Fact::Relation(words.to_owned());
    assert_eq!(facts, [relation("→ C1 поддерживает C3: долг"), relation("← Q4 содержит C1: «да\u{301}»")]);
}

#[test]
fn labels_of_the_document_are_given_and_taken_in_a_list_that_stays() {
    let mut stage = Stage::new(CLAIMS);
    stage.press("Space g");
    assert_eq!(listed(&stage), ["  speech", "  debate", "  interview", "  report"]);
    stage.press("Down Enter Down Down Enter");
    assert_eq!(listed(&stage), ["  speech", "✓ debate", "  interview", "✓ report"]);
    assert_eq!(document(&stage), ["debate", "report"]);
    stage.press("Enter").expect_told("the document is not report");
    stage.press("Esc u u u");
    assert_eq!(document(&stage), [""; 0]);
    stage.press("Space g").type_in("круглый").press("Enter");
    assert_eq!(document(&stage), ["debate"], "aliases find a label");
}

#[test]
fn a_label_of_the_document_has_values_and_a_note_in_a_form() {
    let mut stage = Stage::new(CLAIMS);
    stage.press("Space g C-e").type_in("пленум").press("Down").type_in("да\u{301} 👍").press("Enter");
    let own: Vec<Annotation> = stage.app.document_labels().cloned().collect();
    assert_eq!((own.len(), own[0].label.as_str()), (1, "speech"));
    assert_eq!(stage.value(own[0].id.0, "occasion"), Some(&Value::Text("пленум".to_owned())));
    assert_eq!(own[0].note.as_deref(), Some("да\u{301} 👍"));
    stage.press("Space g");
    assert_eq!(picker(&stage).matches()[0].detail, "genre · occasion: пленум");
}

#[test]
fn a_label_of_the_document_that_its_form_gave_is_told_when_the_form_is_left() {
    let mut stage = Stage::new(CLAIMS);
    stage.press("Space g Down C-e Esc").expect_told("the document is debate: Space g takes that away");
    assert_eq!(document(&stage), ["debate"]);
}

#[test]
fn a_layer_without_overlap_gives_the_document_one_label() {
    let layers =
        "layers: [(id: \"tone\", kind: Document, overlap: Forbidden, labels: [(id: \"warm\"), (id: \"cold\")]),";
    let schema = crate::schema::read(&crate::schema::BUILTIN.replacen("layers: [", layers, 1)).unwrap();
    let mut stage = Stage::with_schema("и\u{306}👍", schema);
    stage.press("Space g Enter Down Enter");
    assert_eq!(document(&stage), ["cold"]);
    stage.press("Esc u");
    assert_eq!(document(&stage), ["warm"]);
}

#[test]
fn the_list_of_annotations_holds_relations_and_labels_of_the_document_too() {
    let mut stage = Stage::new("{claim:Тру[|]д и\u{306}} 👍 {claim:да\u{301}}");
    stage.press("r Tab Enter s Space g Enter Esc Space a");
    assert_eq!(listed(&stage)[2], "A3           supports   C1 supports C2");
    assert_eq!(listed(&stage)[3], "G4           speech     genre: speech");
    stage.press("Down Down Down Enter");
    assert!(matches!(picker(&stage).purpose, Purpose::Document));
}
