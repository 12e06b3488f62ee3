//! Random texts, annotations and edits, for the laws of every module that has annotations.

use proptest::prelude::*;
use proptest::sample::Index;

use crate::annotation::{
    Annotation, AnnotationId, AnnotationSet, Edit, Origin, Speaker, SpeakerId, Status, Target, Value,
};
use crate::schema::{AttributeId, LabelId, LayerId};
use crate::text::{Fragments, Offset, Span, Text};

const PIECES: [&str; 14] = [
    "труд",
    "За\u{301}мок",
    " ",
    "👩🏽\u{200d}🌾",
    "Қазақстан",
    "e\u{301}",
    "\r\n",
    "«",
    "»",
    ", ",
    "🇰🇿",
    "и\u{306}",
    "a",
    "\n",
];

/// Texts in mixed scripts, with accents, emoji and line ends; never empty.
pub(crate) fn text() -> impl Strategy<Value = Text> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 1..30)
        .prop_map(|pieces| Text::new(pieces.concat()).expect("it is short"))
}

/// Every offset between two graphemes of `text`, its ends included.
pub(crate) fn boundaries(text: &Text) -> Vec<Offset> {
    text.graphemes(Offset::ZERO, text.end()).map(|(offset, _)| offset).chain([text.end()]).collect()
}

/// A span of `text` between two of its boundaries.
pub(crate) fn span(text: &Text, one: Index, other: Index) -> Span {
    fragments(text, &[one, other]).hull()
}

/// Fragments of `text` from boundaries to boundaries; the whole text if that makes none.
fn fragments(text: &Text, picks: &[Index]) -> Fragments {
    let boundaries = boundaries(text);
    let mut offsets: Vec<Offset> = picks.iter().map(|pick| *pick.get(&boundaries)).collect();
    offsets.sort_unstable();
    offsets.dedup();
    let spans =
        offsets.chunks_exact(2).map(|ends| text.span(ends[0], ends[1]).expect("boundaries make a span")).collect();
    Fragments::new(spans).unwrap_or_else(|_| text.whole().expect("the text is not empty").into())
}

/// An annotation to be, whatever the text and the set are.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    layer: &'static str,
    label: &'static str,
    target: TargetDraft,
    value: Option<Value>,
    note: Option<String>,
}

#[derive(Clone, Debug)]
enum TargetDraft {
    Text(Vec<Index>),
    Relation(Index, Index),
    Document,
}

impl Draft {
    /// The annotation `id` of `text`; a relation joins annotations of `set` as far as there are any.
    pub(crate) fn annotation(&self, id: AnnotationId, text: &Text, set: &AnnotationSet) -> Annotation {
        let target = match &self.target {
            TargetDraft::Text(picks) => Target::Text(fragments(text, picks)),
            TargetDraft::Relation(from, to) => {
                let other = |pick: &Index| pick_one(set, *pick).map_or(AnnotationId(99), |own| own.id);
                Target::Relation { from: other(from), to: other(to) }
            }
            TargetDraft::Document => Target::Document,
        };
        Annotation {
            id,
            layer: LayerId::new(self.layer),
            label: LabelId::new(self.label),
            target,
            attributes: self.value.iter().map(|value| (AttributeId::new("атрибут"), value.clone())).collect(),
            note: self.note.clone(),
            origin: Origin::Manual,
        }
    }
}

/// Annotations to be; three of four are about spans of the text.
pub(crate) fn draft() -> impl Strategy<Value = Draft> {
    let target = prop_oneof![
        6 => prop::collection::vec(any::<Index>(), 2..6).prop_map(TargetDraft::Text),
        1 => any::<(Index, Index)>().prop_map(|(from, to)| TargetDraft::Relation(from, to)),
        1 => Just(TargetDraft::Document),
    ];
    let value = prop_oneof![
        any::<bool>().prop_map(Value::Flag),
        Just(Value::Choice("вид".into())),
        Just(Value::Text("и\u{306} 👍".into())),
        (1..4_u32).prop_map(|id| Value::Speaker(SpeakerId(id))),
    ];
    let names = (prop::sample::select(vec!["quote", "claim", "тема"]), prop::sample::select(vec!["a", "еңбек"]));
    (names, target, prop::option::of(value), prop::option::of(Just("заме\u{301}тка\n👍".to_owned())))
        .prop_map(|((layer, label), target, value, note)| Draft { layer, label, target, value, note })
}

/// What an annotator does next, whatever the set then holds.
#[derive(Clone, Debug)]
pub(crate) enum Move {
    Insert(Draft),
    Remove(Index),
    Replace(Index, Draft),
    AddSpeaker(String),
    RenameSpeaker(Index, String),
    RemoveSpeaker(Index),
    Toggle,
}

impl Move {
    /// The edit that makes the move, or none where there is nothing to move.
    pub(crate) fn edit(&self, text: &Text, set: &AnnotationSet) -> Option<Edit> {
        let speaker = |pick: &Index| {
            let speakers: Vec<&Speaker> = set.speakers().collect();
            (!speakers.is_empty()).then(|| (*pick.get(&speakers)).clone())
        };
        let named = |id, name: &String| Speaker { id, name: name.clone(), role: None, aliases: vec!["ә".into()] };
        Some(match self {
            Self::Insert(draft) => Edit::Insert(draft.annotation(set.next_id(), text, set)),
            Self::Remove(pick) => Edit::Remove(pick_one(set, *pick)?.clone()),
            Self::Replace(pick, draft) => {
                let before = pick_one(set, *pick)?.clone();
                Edit::Replace { after: draft.annotation(before.id, text, set), before }
            }
            Self::AddSpeaker(name) => Edit::Speaker { before: None, after: Some(named(set.next_speaker(), name)) },
            Self::RenameSpeaker(pick, name) => {
                let before = speaker(pick)?;
                Edit::Speaker { after: Some(named(before.id, name)), before: Some(before) }
            }
            Self::RemoveSpeaker(pick) => Edit::Speaker { before: Some(speaker(pick)?), after: None },
            Self::Toggle if set.status() == Status::Open => Edit::Status { before: Status::Open, after: Status::Done },
            Self::Toggle => Edit::Status { before: Status::Done, after: Status::Open },
        })
    }
}

/// What an annotator does next; sets grow in the long run.
pub(crate) fn next_move() -> impl Strategy<Value = Move> {
    let name = || prop::sample::select(vec!["Жакип Асанов", "Se\u{301}rik", "👤"]).prop_map(str::to_owned);
    prop_oneof![
        6 => draft().prop_map(Move::Insert),
        2 => any::<Index>().prop_map(Move::Remove),
        3 => (any::<Index>(), draft()).prop_map(|(pick, draft)| Move::Replace(pick, draft)),
        2 => name().prop_map(Move::AddSpeaker),
        1 => (any::<Index>(), name()).prop_map(|(pick, name)| Move::RenameSpeaker(pick, name)),
        1 => any::<Index>().prop_map(Move::RemoveSpeaker),
        1 => Just(Move::Toggle),
    ]
}

/// Edits that are as often stale as not: they are made for whatever ids there may be.
pub(crate) fn blind_edit(text: Text) -> impl Strategy<Value = Edit> {
    let none = AnnotationSet::default();
    let annotation =
        (1..6_u32, draft()).prop_map(move |(id, draft)| draft.annotation(AnnotationId(id), &text, &none)).boxed();
    let speaker = || {
        (1..3_u32, prop::sample::select(vec!["Қ", "и\u{306}", "👤"])).prop_map(|(id, name)| Speaker {
            id: SpeakerId(id),
            name: name.to_owned(),
            role: Some("депутат".to_owned()),
            aliases: Vec::new(),
        })
    };
    let status = || prop::sample::select(vec![Status::Open, Status::Done]);
    prop_oneof![
        4 => annotation.clone().prop_map(Edit::Insert),
        1 => annotation.clone().prop_map(Edit::Remove),
        1 => (annotation.clone(), annotation).prop_map(|(before, after)| Edit::Replace { before, after }),
        1 => (prop::option::of(speaker()), prop::option::of(speaker()))
            .prop_map(|(before, after)| Edit::Speaker { before, after }),
        1 => (status(), status()).prop_map(|(before, after)| Edit::Status { before, after }),
    ]
}

fn pick_one(set: &AnnotationSet, pick: Index) -> Option<&Annotation> {
    (!set.is_empty()).then(|| set.iter().nth(pick.index(set.len()))).flatten()
}
