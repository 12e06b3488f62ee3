mod bygone;
mod combining;
mod files;
mod histories;
mod numbers;
mod waiting;

use std::fs;

use super::super::tests::{Place, annotation, at, day, save, speaker};
use super::*;
use crate::annotation::{Annotation, AnnotationId, Edit, Past, SpeakerId, Target, Value, Waiting};
use crate::schema::AttributeId;
use crate::session::Session;
use crate::store::{Desk, StoreError};

/// The state of speakers and annotations as a snapshot lists them.
fn state(speakers: &str, annotations: &str) -> State {
    State::of(&snapshot::parse(&source(1, speakers, annotations), Path::new("й👍.ron")).unwrap())
}

fn source(revision: u32, speakers: &str, annotations: &str) -> String {
    format!(
        "(format: 1, document: (path: \"й.txt\", sha256: \"00\", code_points: 9), annotator: \"a\", revision: {revision}, \
         status: Open, schema: (name: \"s\", version: 1), speakers: [{speakers}], annotations: [{annotations}])"
    )
}

/// A theme at a place.
fn theme(id: u32, label: &str, start: usize) -> String {
    format!(
        "(id: {id}, layer: \"theme\", label: \"{label}\", target: Text([({start}, {}, \"и\u{306}👍\")])),",
        start + 3
    )
}

fn said(id: u32, start: usize, speaker: u32) -> String {
    let target = format!("Text([({start}, {}, \"и\u{306}👍\")])", start + 3);
    format!(
        "(id: {id}, layer: \"quote\", label: \"quote\", target: {target}, attributes: {{\"by\": Speaker({speaker})}}),"
    )
}

fn relation(id: u32, from: u32, to: u32) -> String {
    format!("(id: {id}, layer: \"answer\", label: \"x\", target: Relation(from: {from}, to: {to})),")
}

fn person(id: u32, name: &str, role: &str) -> String {
    format!("(id: {id}, name: \"{name}\", role: \"{role}\"),")
}

#[track_caller]
fn combines(base: &State, ours: &State, theirs: &State, expected: &State, conflicts: &[&str]) {
    let combined = combine(base, ours, theirs, (0, 0));
    assert_eq!(combined.conflicts, conflicts);
    assert_eq!(&combined.state, expected);
}

/// The snapshot of `session` as a colleague writes it.
fn written(place: &Place, session: &Session) -> Vec<u8> {
    let digest = crate::document::Digest::of(&place.document.text);
    let (schema, set) = (("speeches".to_owned(), 1), session.set().clone());
    let snapshot = crate::store::Snapshot::new(place.document.clone(), digest, "beta", session.revision(), schema, set);
    let mut bytes = Vec::new();
    snapshot.write(&mut bytes).unwrap();
    bytes
}
