use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::annotation::tests::generators::{Move, next_move, text};
use crate::annotation::{AnnotationId, Speaker, SpeakerId, Status};
use crate::text::Text;

/// What an annotator asks of a session.
#[derive(Clone, Debug)]
enum Step {
    Commit(Vec<Move>),
    Further(Vec<Move>),
    Undo,
    Redo,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => prop::collection::vec(next_move(), 1..4).prop_map(Step::Commit),
        2 => prop::collection::vec(next_move(), 1..3).prop_map(Step::Further),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
    ]
}

fn script() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 0..30)
}

/// Plays `step` and returns what is to be recorded, with the moment that the number of `session`'s transactions stands for.
fn play(session: &mut Session, text: &Text, step: &Step) -> Option<Transaction> {
    let at = Timestamp::from_second(i64::try_from(session.revision()).unwrap()).unwrap();
    match step {
        Step::Commit(moves) | Step::Further(moves) => {
            let (mut ahead, mut edits) = (session.set().clone(), Vec::new());
            for edit in moves {
                let Some(edit) = edit.edit(text, &ahead) else { continue };
                ahead.apply(&edit).unwrap();
                edits.push(edit);
            }
            let commit = if matches!(step, Step::Commit(_)) { Session::commit } else { Session::commit_further };
            Some(commit(session, at, "цита\u{301}та 👍", edits).unwrap())
        }
        Step::Undo => session.undo(at),
        Step::Redo => session.redo(at),
    }
}

/// The set as a snapshot has it: what is there, and no word about the ids of what is gone.
fn snapshot(set: &AnnotationSet) -> AnnotationSet {
    let annotations = set.iter().cloned().map(Edit::Insert);
    let speakers = set.speakers().cloned().map(|own| Edit::Speaker { before: None, after: Some(own) });
    let status = Edit::Status { before: Status::Open, after: set.status() };
    let mut snapshot = AnnotationSet::default();
    snapshot.apply_all(&annotations.chain(speakers).chain([status]).collect::<Vec<_>>()).unwrap();
    snapshot
}

/// The session to which these recorded transactions lead, after a restart.
fn replay(transactions: &[Transaction]) -> Session {
    let (mut set, mut history) = (AnnotationSet::default(), History::default());
    for transaction in transactions {
        set.apply_all(&transaction.edits).unwrap();
        history.push(transaction.clone());
    }
    Session::resume(snapshot(&set), history)
}

proptest! {
    #[test]
    fn undo_and_redo_walk_through_the_states_that_commits_made(text in text(), script in script()) {
        let mut session = Session::default();
        let (mut states, mut here) = (vec![AnnotationSet::default()], 0);
        let mut goes_on = false;
        for step in script {
            if goes_on && matches!(step, Step::Further(_)) {
                here -= 1;
            }
            let expected = match step {
                Step::Commit(_) | Step::Further(_) => {
                    states.truncate(here + 1);
                    true
                }
                Step::Undo => here > 0,
                Step::Redo => here + 1 < states.len(),
            };
            let before = session.revision();
            let transaction = play(&mut session, &text, &step);
            prop_assert_eq!(transaction.is_some(), expected);
            prop_assert_eq!(session.revision(), before + u64::from(expected));
            goes_on = matches!(step, Step::Commit(_) | Step::Further(_)) || goes_on && !expected;
            match step {
                Step::Commit(_) | Step::Further(_) => {
                    states.push(session.set().clone());
                    here += 1;
                }
                Step::Undo if expected => here -= 1,
                Step::Redo if expected => here += 1,
                Step::Undo | Step::Redo => {}
            }
            prop_assert_eq!(session.set(), &states[here]);
        }
    }

    #[test]
    fn what_was_recorded_leads_to_the_same_session(
        text in text(),
        script in script(),
        rest in script(),
    ) {
        let mut session = Session::default();
        let recorded: Vec<_> = script.iter().filter_map(|step| play(&mut session, &text, step)).collect();
        let mut resumed = replay(&recorded);
        prop_assert_eq!(resumed.set(), session.set());
        prop_assert!(resumed.history().iter().eq(&recorded));
        for step in rest {
            prop_assert_eq!(play(&mut resumed, &text, &step), play(&mut session, &text, &step));
            prop_assert_eq!(resumed.set(), session.set());
        }
    }

    #[test]
    fn undo_and_redo_only_append(text in text(), script in script()) {
        let mut session = Session::default();
        let mut recorded = Vec::new();
        for step in script {
            recorded.extend(play(&mut session, &text, &step));
            prop_assert!(session.history().iter().eq(&recorded));
        }
        prop_assert!((1..).zip(&recorded).all(|(number, own)| own.revision == number));
    }

    #[test]
    fn no_id_is_given_out_twice(text in text(), script in script(), rest in script()) {
        let mut session = Session::default();
        let mut recorded: Vec<_> = script.iter().filter_map(|step| play(&mut session, &text, step)).collect();
        session = replay(&recorded);
        recorded.extend(rest.iter().filter_map(|step| play(&mut session, &text, step)));
        let mut given = BTreeSet::new();
        for edit in recorded.iter().filter(|own| matches!(own.kind, Kind::Commit | Kind::Further)).flat_map(|own| &own.edits) {
            match edit {
                Edit::Insert(own) => prop_assert!(given.insert((true, own.id.0)), "annotation {}", own.id),
                Edit::Speaker { before: None, after: Some(own) } => prop_assert!(given.insert((false, own.id.0))),
                _ => {}
            }
        }
    }
}

fn speaker(id: u32) -> Edit {
    let name = "Се\u{301}рик 👤".to_owned();
    Edit::Speaker { before: None, after: Some(Speaker { id: SpeakerId(id), name, role: None, aliases: Vec::new() }) }
}

const DONE: Edit = Edit::Status { before: Status::Open, after: Status::Done };

#[test]
fn a_commit_that_does_not_fit_leaves_no_trace() {
    let mut session = Session::default();
    let error = session.commit(Timestamp::UNIX_EPOCH, "қате", vec![DONE, speaker(1), DONE]).unwrap_err();
    assert_eq!(error, EditError::StaleStatus(Status::Open));
    assert!(session.set().is_blank());
    assert_eq!((session.revision(), session.history().iter().count()), (0, 0));
    assert_eq!(session.undo(Timestamp::UNIX_EPOCH), None);
}

#[test]
fn a_transaction_says_what_it_takes_back_or_repeats() {
    let mut session = Session::default();
    let at = |second| Timestamp::from_second(second).unwrap();
    let done = session.commit(at(1), "готово 👍", vec![DONE, speaker(1)]).unwrap();
    let undone = session.undo(at(2)).unwrap();
    let inverse: Vec<Edit> = done.edits.iter().rev().cloned().map(Edit::inverse).collect();
    assert_eq!((undone.revision, undone.kind, undone.at, undone.edits), (2, Kind::Undo(1), at(2), inverse));
    let redone = session.redo(at(3)).unwrap();
    assert_eq!((redone.revision, redone.kind, redone.edits), (3, Kind::Redo(1), done.edits.clone()));
    let again = session.undo(at(4)).unwrap();
    assert_eq!((again.kind, again.summary.as_str()), (Kind::Undo(1), "готово 👍"));
}

#[test]
fn a_step_of_several_transactions_is_taken_back_and_repeated_by_one() {
    let mut session = Session::default();
    let at = Timestamp::UNIX_EPOCH;
    session.commit(at, "спикер", vec![speaker(1)]).unwrap();
    session.commit(at, "право: 1", vec![speaker(2)]).unwrap();
    assert_eq!(session.commit_further(at, "пра\u{301}во: 2 👍", vec![DONE]).unwrap().kind, Kind::Further);
    let undone = session.undo(at).unwrap();
    assert_eq!((undone.kind, undone.summary.as_str(), undone.edits.len()), (Kind::Undo(2), "пра\u{301}во: 2 👍", 2));
    assert_eq!((session.set().status(), session.set().speakers().count()), (Status::Open, 1));
    let redone = session.redo(at).unwrap();
    assert_eq!((redone.kind, redone.edits), (Kind::Redo(2), vec![speaker(2), DONE]));
    session.undo(at).unwrap();
    assert_eq!(session.undo(at).unwrap().kind, Kind::Undo(1));
}

#[test]
fn a_commit_cuts_what_could_be_redone() {
    let mut session = Session::default();
    let at = Timestamp::UNIX_EPOCH;
    session.commit(at, "готово", vec![DONE]).unwrap();
    session.undo(at).unwrap();
    session.commit(at, "спикер", vec![speaker(1)]).unwrap();
    assert_eq!(session.redo(at), None);
    assert_eq!((session.set().status(), session.set().speakers().count()), (Status::Open, 1));
}

#[test]
fn a_session_without_its_history_counts_on_but_cannot_undo() {
    let mut set = AnnotationSet::default();
    set.apply(&speaker(3)).unwrap();
    let mut history = History::default();
    history.skip_to(41);
    let mut session = Session::resume(set, history);
    assert_eq!((session.revision(), session.undo(Timestamp::UNIX_EPOCH)), (41, None));
    assert_eq!((session.set().next_id(), session.set().next_speaker()), (AnnotationId(1), SpeakerId(4)));
    let transaction = session.commit(Timestamp::UNIX_EPOCH, "готово", vec![DONE]).unwrap();
    assert_eq!((transaction.revision, session.undo(Timestamp::UNIX_EPOCH).unwrap().revision), (42, 43));
}
