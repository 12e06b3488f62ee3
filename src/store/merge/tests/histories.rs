//! Two copies that go on and are merged time and again, in either order, as git merges them: whatever numbers that gives, nothing
//! that was said of one is said of another.
//!
//! Every annotation, relation and person has a token that no number changes: its place, its label, its role. So what a merge has to
//! make of three states can be told token by token, and is held against what it made.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::annotation::{AnnotationSet, Speaker};
use crate::text::{Fragments, Span, Text};

const CELLS: usize = 40;

/// What stands in a cell: words that stand nowhere else.
fn cell(token: usize) -> String {
    format!("и\u{306}👍{token:02} тег\n")
}

/// What somebody does in their copy, to whatever the indices fall on.
#[derive(Clone, Copy, Debug)]
enum Deed {
    AddPerson,
    AddQuote,
    AddRelation,
    Note,
    Relabel,
    Widen,
    Ascribe,
    Rename,
    Delete,
    DeletePerson,
}

#[derive(Clone, Debug)]
enum Step {
    Do(usize, Deed, Index, Index),
    /// One copy takes in the other.
    Pull(usize),
    /// Each takes in the other as it was before.
    Cross,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let deed = prop_oneof![
        2 => Just(Deed::AddPerson),
        4 => Just(Deed::AddQuote),
        2 => Just(Deed::AddRelation),
        1 => Just(Deed::Note),
        1 => Just(Deed::Relabel),
        1 => Just(Deed::Widen),
        1 => Just(Deed::Ascribe),
        1 => Just(Deed::Rename),
        2 => Just(Deed::Delete),
        1 => Just(Deed::DeletePerson),
    ];
    let step = prop_oneof![
        8 => (0..2_usize, deed, any::<Index>(), any::<Index>()).prop_map(|(copy, deed, a, b)| Step::Do(copy, deed, a, b)),
        1 => (0..2_usize).prop_map(Step::Pull),
        2 => Just(Step::Cross),
    ];
    vec(step, 1..40)
}

/// What was committed, and the commits it goes back to.
struct Commit {
    state: State,
    parents: Vec<usize>,
}

struct World {
    text: Text,
    commits: Vec<Commit>,
    heads: [usize; 2],
    /// The tokens that were given.
    tokens: usize,
}

/// The set that says what `state` says; of numbers that are gone it knows nothing, as whoever goes on from a snapshot alone.
fn set_of(state: &State, text: &Text) -> AnnotationSet {
    let mut set = AnnotationSet::default();
    for edit in state.edits_from(&State::default()) {
        set.apply(&edit.into_edit(text).unwrap()).unwrap();
    }
    set
}

impl World {
    fn new() -> Self {
        let text = Text::new((0..CELLS).map(cell).collect()).unwrap();
        Self { text, commits: vec![Commit { state: State::default(), parents: Vec::new() }], heads: [0, 0], tokens: 0 }
    }

    /// The first word of a cell, or all of it.
    fn span(&self, token: usize, wide: bool) -> Span {
        let cell = cell(token);
        let start = token * cell.len();
        let length = if wide { cell.len() - 1 } else { cell.find(' ').unwrap() };
        self.text.span(crate::text::Offset::new(start), crate::text::Offset::new(start + length)).unwrap()
    }

    fn token(&mut self) -> usize {
        self.tokens += 1;
        self.tokens
    }

    fn commit(&mut self, state: State, parents: Vec<usize>) -> usize {
        self.commits.push(Commit { state, parents });
        self.commits.len() - 1
    }

    fn act(&mut self, copy: usize, deed: Deed, a: Index, b: Index) {
        let head = self.heads[copy];
        let mut set = set_of(&self.commits[head].state, &self.text);
        let edits = self.edits(&set, deed, a, b);
        set.apply_all(&edits).unwrap();
        self.heads[copy] = self.commit(State::of_set(&set, &self.text), vec![head]);
    }

    /// What `deed` does to `set`; nothing where there is nothing to do it to.
    fn edits(&mut self, set: &AnnotationSet, deed: Deed, a: Index, b: Index) -> Vec<Edit> {
        let people: Vec<Speaker> = set.speakers().cloned().collect();
        let quotes: Vec<Annotation> = set.iter().filter(|own| own.fragments().is_some()).cloned().collect();
        match deed {
            Deed::AddPerson => {
                let token = self.token();
                let name = format!("Й\u{301}{token}");
                let role = Some(format!("аким {token} 👍"));
                vec![Edit::Speaker {
                    before: None,
                    after: Some(Speaker { id: set.next_speaker(), aliases: vec![name.clone()], name, role }),
                }]
            }
            Deed::AddQuote if self.tokens < CELLS - 1 && !people.is_empty() => {
                let token = self.token();
                let by = a.get(&people).id;
                let own = annotation(set.next_id().0, "quote", "quote", self.span(token, false));
                vec![Edit::Insert(Annotation {
                    attributes: [(AttributeId::new("by"), Value::Speaker(by))].into(),
                    ..own
                })]
            }
            Deed::AddRelation if !quotes.is_empty() => {
                let token = self.token();
                let target = Target::Relation { from: a.get(&quotes).id, to: b.get(&quotes).id };
                let own = annotation(set.next_id().0, "answer", &format!("ответ {token}"), self.span(0, false));
                vec![Edit::Insert(Annotation { target, ..own })]
            }
            Deed::Note | Deed::Relabel | Deed::Widen | Deed::Ascribe if !quotes.is_empty() => {
                let before = a.get(&quotes).clone();
                let mut after = before.clone();
                match deed {
                    Deed::Note => after.note = Some(format!("й\u{301} {}", b.index(5))),
                    Deed::Relabel => after.label = crate::schema::LabelId::new(["quote", "цитата", "👍"][b.index(3)]),
                    Deed::Widen => {
                        let start = before.fragments().unwrap().hull().start().bytes();
                        after.target = Target::Text(Fragments::from(self.span(start / cell(0).len(), b.index(2) == 0)));
                    }
                    _ if people.is_empty() => {}
                    _ => after.attributes = [(AttributeId::new("by"), Value::Speaker(b.get(&people).id))].into(),
                }
                vec![Edit::Replace { before, after }]
            }
            Deed::Rename if !people.is_empty() => {
                let before = a.get(&people).clone();
                let name = ["", " ога\u{306}", " 👍"].map(|end| before.aliases[0].clone() + end)[b.index(3)].clone();
                vec![Edit::Speaker { after: Some(Speaker { name, ..before.clone() }), before: Some(before) }]
            }
            Deed::Delete if !quotes.is_empty() => {
                let own = a.get(&quotes);
                set.relations_of(own.id).chain([own]).cloned().map(Edit::Remove).collect()
            }
            Deed::DeletePerson if !people.is_empty() => {
                let own = a.get(&people);
                let is_named = quotes.iter().any(|quote| quote.speaker() == Some(own.id));
                if is_named { Vec::new() } else { vec![Edit::Speaker { before: Some(own.clone()), after: None }] }
            }
            _ => Vec::new(),
        }
    }

    fn ancestors(&self, commit: usize) -> BTreeSet<usize> {
        let (mut all, mut open) = (BTreeSet::new(), vec![commit]);
        while let Some(commit) = open.pop() {
            if all.insert(commit) {
                open.extend(&self.commits[commit].parents);
            }
        }
        all
    }

    /// Merges `theirs` into `ours`; where they come from several, those are merged first.
    fn merge(&mut self, ours: usize, theirs: usize) -> usize {
        let [own, other] = [ours, theirs].map(|commit| self.ancestors(commit));
        if own.contains(&theirs) {
            return ours;
        }
        if other.contains(&ours) {
            return theirs;
        }
        let common: Vec<usize> = own.intersection(&other).copied().collect();
        let is_last =
            |commit: &usize| common.iter().all(|later| later == commit || !self.ancestors(*later).contains(commit));
        let bases: Vec<usize> = common.iter().filter(|commit| is_last(commit)).copied().collect();
        let base = bases[1..].iter().fold(bases[0], |base, other| self.merge(base, *other));
        self.merge_from(base, ours, theirs)
    }

    fn merge_from(&mut self, base: usize, ours: usize, theirs: usize) -> usize {
        let [from, own, other] = [base, ours, theirs].map(|commit| &self.commits[commit].state);
        let combined = combine(from, own, other, (0, 0));
        let said = [from, own, other, &combined.state].map(|state| said(state, &self.text));
        holds(&said, &combined);
        self.commit(combined.state, vec![ours, theirs])
    }
}

/// What is said of a token, by the name of the field.
type Fields = BTreeMap<&'static str, String>;

/// What is said of each token, as often as it stands there.
fn said(state: &State, text: &Text) -> BTreeMap<String, Vec<Fields>> {
    let set = set_of(state, text);
    let mut all: BTreeMap<String, Vec<Fields>> = BTreeMap::new();
    let person = |id: SpeakerId| set.speaker(id).map_or("nobody".to_owned(), |own| own.role.clone().unwrap());
    let token = |own: &Annotation| match &own.target {
        Target::Text(fragments) => format!("cell {}", fragments.hull().start().bytes() / cell(0).len()),
        _ => own.label.as_str().to_owned(),
    };
    let end = |id: AnnotationId| set.get(id).map_or("nothing".to_owned(), token);
    for own in set.speakers() {
        all.entry(person(own.id)).or_default().push([("name", own.name.clone())].into());
    }
    for own in set.iter() {
        let mut fields = Fields::from([("label", own.label.as_str().to_owned()), ("note", format!("{:?}", own.note))]);
        match &own.target {
            Target::Text(fragments) => fields.extend([("words", text.slice(fragments.hull()).to_owned())]),
            Target::Relation { from, to } => fields.extend([("from", end(*from)), ("to", end(*to))]),
            Target::Document => {}
        }
        fields.extend(own.speaker().map(|by| ("by", person(by))));
        all.entry(token(own)).or_default().push(fields);
    }
    all
}

/// What a merge has to make of a token.
#[derive(PartialEq)]
enum Due {
    /// Just this, or nothing.
    Said(Option<Fields>),
    /// It stays, and it is told that the sides contradict each other.
    Conflict,
    /// It stays, whatever is said of it.
    Kept,
    /// It may go or stay: it was there twice, or refers to what was, and which of the two is which cannot be told.
    Unsure,
}

/// What three say of a token comes to.
fn due(base: Option<&Fields>, ours: Option<&Fields>, theirs: Option<&Fields>) -> Due {
    // Whose label and words are both others cannot be told for certain from what was deleted and made anew.
    let is_other = |side: Option<&Fields>| {
        base.zip(side).is_some_and(|(base, side)| ["label", "words"].iter().all(|key| base.get(key) != side.get(key)))
    };
    match (base, ours, theirs) {
        _ if is_other(ours) || is_other(theirs) => Due::Kept,
        _ if ours == theirs || theirs == base => Due::Said(ours.cloned()),
        _ if ours == base => Due::Said(theirs.cloned()),
        (Some(base), Some(ours), Some(theirs)) => {
            let one = |key: &&'static str| Some((*key, one_of(&base[key], &ours[key], &theirs[key])?));
            base.keys().map(one).collect::<Option<Fields>>().map_or(Due::Conflict, |both| Due::Said(Some(both)))
        }
        _ => Due::Conflict,
    }
}

/// The tokens that are referred to.
fn referred(fields: &Fields) -> impl Iterator<Item = &String> {
    ["by", "from", "to"].into_iter().filter_map(|key| fields.get(key))
}

/// Holds what a merge made of the three before against what it had to make.
fn holds([base, ours, theirs, made]: &[BTreeMap<String, Vec<Fields>>; 4], combined: &Combined) {
    let sides = [base, ours, theirs];
    let tokens: BTreeSet<&String> = sides.iter().flat_map(|side| side.keys()).collect();
    assert!(made.keys().all(|token| tokens.contains(token)), "{made:?}");
    let all_of = |token: &String| sides.iter().filter_map(|side| side.get(token)).flatten().collect::<Vec<_>>();
    let is_twofold = |token: &String| sides.iter().any(|side| side.get(token).is_some_and(|all| all.len() > 1));
    // A conflict left it twice, and each side may mean another of the two.
    let is_doubtful = |token: &String| all_of(token).into_iter().flat_map(referred).any(is_twofold);
    let due_of = |token: &String| {
        let [base, ours, theirs] = sides.map(|side| side.get(token).and_then(|all| all.first()));
        match due(base, ours, theirs) {
            _ if is_twofold(token) => Due::Unsure,
            Due::Said(None) if is_doubtful(token) => Due::Unsure,
            Due::Said(Some(_)) if is_doubtful(token) => Due::Kept,
            due => due,
        }
    };
    let mut all: BTreeMap<&String, Due> = tokens.into_iter().map(|token| (token, due_of(token))).collect();
    // What one deleted and the other refers to stays, and so does what that refers to.
    loop {
        let mut open: BTreeSet<&String> = BTreeSet::new();
        for (token, due) in &all {
            match due {
                Due::Said(fields) => open.extend(fields.iter().flat_map(referred)),
                _ => open.extend(made.get(*token).into_iter().flatten().flat_map(referred)),
            }
        }
        let gone = all.iter().find(|(token, due)| **due == Due::Said(None) && open.contains(**token));
        let Some(token) = gone.map(|(token, _)| *token) else { break };
        all.insert(token, Due::Conflict);
    }
    for (token, due) in &all {
        let found = made.get(*token).map_or(&[][..], Vec::as_slice);
        match due {
            Due::Said(said) => assert_eq!(found, said.as_slice(), "{token}: {combined:#?}"),
            Due::Conflict | Due::Kept => assert!(!found.is_empty(), "{token} is lost: {combined:#?}"),
            Due::Unsure => {}
        }
        let somebody_said = |to: &String| all_of(token).into_iter().flat_map(referred).any(|said| said == to);
        assert!(found.iter().flat_map(referred).all(somebody_said), "{token} refers to another: {combined:#?}");
    }
    let is_told = !combined.conflicts.is_empty();
    assert!(is_told || all.values().all(|due| *due != Due::Conflict), "{combined:#?}");
    assert!(!is_told || all.values().any(|due| !matches!(due, Due::Said(_))), "{combined:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_said_of_one_is_never_said_of_another(steps in steps()) {
        let mut world = World::new();
        for step in steps {
            match step {
                Step::Do(copy, deed, a, b) => world.act(copy, deed, a, b),
                Step::Pull(copy) => world.heads[copy] = world.merge(world.heads[copy], world.heads[1 - copy]),
                Step::Cross => {
                    let [a, b] = world.heads;
                    world.heads = [world.merge(a, b), world.merge(b, a)];
                }
            }
        }
    }
}
