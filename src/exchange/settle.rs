//! A draft on a text: what is at its offsets is looked up, names become those of the schema, ids become numbers.

mod ends;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::counting::{self, misses};
use super::names::{self, Kind};
use super::{Aim, Draft, Item, Refusal, Ruler, Stated, Statement, Unit};
use crate::annotation::{
    Annotation, AnnotationId, AnnotationSet, Attributes, Edit, Origin, Speaker, SpeakerId, Status, Target, Value,
};
use crate::schema::{AttributeId, AttributeKind, LabelId, LayerId, Schema};
use crate::text::{Fragments, Span, SpanError, Text};

/// A draft on its text.
#[derive(Debug)]
pub struct Settled {
    /// What it says.
    pub statement: Statement<'static>,
    /// What its offsets count.
    pub unit: Unit,
    /// What else is to be said of how they count, behind the unit.
    pub counted: &'static str,
    /// What could not be taken, in the order of the file.
    pub refusals: Vec<Refusal>,
    /// The tagset that the files carry.
    pub schema: Option<Schema>,
}

/// Puts `draft` on `text`. Names are looked up in `schema`, else in the draft's own; what has no origin gets `origin`.
///
/// The unit is the one that is stated, by somebody or because [all agree](super::agree), else the one that the draft tells itself. Whatever
/// is not found there is refused, so what is taken is right.
pub fn settle(mut draft: Draft, text: &Text, schema: Option<&Schema>, origin: &Origin) -> Settled {
    let carried = draft.schema.take();
    let unit = draft.stated.unwrap_or_else(|| counting::alone(&draft, text));
    let ruler = Ruler::new(unit, text);
    let mut refusals = std::mem::take(&mut draft.refusals);
    let mut placed = Vec::new();
    for mut item in std::mem::take(&mut draft.items) {
        refusals.extend(unrepeated(&mut item).into_iter().map(|reason| item.spot.refuse(reason)));
        match place(&item, &ruler, text) {
            Ok(fragments) => placed.push((fragments, item)),
            Err(reason) => refusals.push(item.spot.refuse(reason)),
        }
    }
    placed.sort_by_key(|(fragments, _)| match fragments {
        Some(own) => (false, own.start(), Reverse(own.end())),
        None => (true, crate::text::Offset::ZERO, Reverse(crate::text::Offset::ZERO)),
    });
    refusals.extend(ends::take_out(&mut placed));
    let mut maker = Maker::new(&draft, schema.or(carried.as_ref()), origin, &placed);
    for (fragments, item) in placed {
        if let Err(reason) = maker.make(fragments, &item) {
            refusals.push(item.spot.refuse(reason));
        }
    }
    let set = maker.into_set();
    // What stands on one line stays in order: the parts of a file are no numbers.
    let line = |own: &Refusal| (own.spot.file.clone(), own.spot.line);
    refusals.sort_by_cached_key(line);
    let statement = Statement {
        document: draft.document.unwrap_or_default().into(),
        annotator: draft.annotator.unwrap_or_default().into(),
        text: text.clone(),
        set: Cow::Owned(set),
    };
    Settled { statement, unit, counted: draft.counted, refusals, schema: carried }
}

/// Leaves one of each attribute that `item` has several times: words that differ stand in a row, with `; ` between. What cannot be
/// joined is left out, and why.
fn unrepeated(item: &mut Item) -> Vec<String> {
    let words = |own: &Stated| match own {
        Stated::Words(words) | Stated::Choice(words) | Stated::Text(words) => Some(words.clone()),
        Stated::Flag(flag) => Some(flag.to_string()),
        Stated::Speaker(_) | Stated::Number(_) => None,
    };
    let (mut left, mut faults) = (Vec::<(String, Stated)>::with_capacity(item.attributes.len()), Vec::new());
    for (name, stated) in item.attributes.drain(..) {
        match left.iter_mut().find(|(own, _)| *own == name) {
            None => left.push((name, stated)),
            Some((_, own)) if *own == stated => {}
            Some((_, own)) => match words(own).zip(words(&stated)) {
                Some((before, more)) => *own = Stated::Words(format!("{before}; {more}")),
                None => faults.push(format!("it says {name} several times: only the first is taken")),
            },
        }
    }
    item.attributes = left;
    faults
}

/// Where `item` is, if it is about text, or why it cannot be.
fn place(item: &Item, ruler: &Ruler<'_>, text: &Text) -> Result<Option<Fragments>, String> {
    let Aim::Text { pieces, words, apart } = &item.target else { return Ok(None) };
    let mut spans = Vec::with_capacity(pieces.len());
    for piece in pieces {
        spans.push(ruler.span(piece.clone()).map_err(|error| match error {
            SpanError::Empty => format!("nothing is between {} and {}", piece.start, piece.end),
            SpanError::OutOfBounds => format!("{} to {} goes beyond the text", piece.start, piece.end),
            SpanError::InsideGrapheme => format!("{} to {} cuts a character in two", piece.start, piece.end),
        })?);
    }
    if let Some(found) = misses(pieces, words, ruler, text) {
        let at = pieces.iter().map(|piece| format!("{} to {}", piece.start, piece.end)).collect::<Vec<_>>().join(", ");
        let [found, words] = [&found, &words.join(" … ")].map(|words| excerpt(words));
        return Err(format!("at {at} ({}) there is «{found}», not «{words}»", ruler.unit()));
    }
    let spans = match apart {
        Some(apart) => joined(&spans, apart, text),
        None => spans,
    };
    let mut spans = spans;
    spans.sort_unstable();
    Fragments::new(spans).map(Some).map_err(|error| error.to_string())
}

/// The first words of `words`, for a message.
fn excerpt(words: &str) -> String {
    const LONGEST: usize = 40;
    let short: String = words.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if short.len() < words.len() { short + "…" } else { short }
}

/// `spans` with those made one that were one before their format cut them at line ends.
fn joined(spans: &[Span], apart: &[usize], text: &Text) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for (number, span) in spans.iter().enumerate() {
        match joined.last_mut() {
            Some(last) if !apart.contains(&number) && is_line_end(text, *last, *span) => *last = last.hull(*span),
            _ => joined.push(*span),
        }
    }
    joined
}

/// Whether only blanks with a line end among them are between the two.
pub(super) fn is_line_end(text: &Text, before: Span, behind: Span) -> bool {
    before.end() < behind.start() && {
        let between = text.between(before.end(), behind.start());
        between.contains('\n') && between.chars().all(char::is_whitespace)
    }
}

/// The value that `stated` is in an attribute of this kind; `speaker` finds someone by name.
///
/// None is a kind that the schema does not know.
pub(super) fn value(
    kind: Option<&AttributeKind>,
    stated: &Stated,
    speaker: &mut dyn FnMut(&str) -> SpeakerId,
) -> Value {
    match (stated, kind) {
        (Stated::Number(id), _) => Value::Speaker(SpeakerId(*id)),
        (Stated::Speaker(name), _) => Value::Speaker(speaker(name)),
        (Stated::Choice(word), _) => Value::Choice(word.clone()),
        (Stated::Text(words), _) => Value::Text(words.clone()),
        (Stated::Words(words), kind) => value_in_words(kind, words, speaker),
        (Stated::Flag(flag), Some(AttributeKind::Flag) | None) => Value::Flag(*flag),
        (Stated::Flag(flag), kind) => value_in_words(kind, &flag.to_string(), speaker),
    }
}

/// The same, stated in mere words.
pub(super) fn value_in_words(
    kind: Option<&AttributeKind>,
    words: &str,
    speaker: &mut dyn FnMut(&str) -> SpeakerId,
) -> Value {
    match kind {
        Some(AttributeKind::Speaker) => Value::Speaker(speaker(words)),
        Some(AttributeKind::Choice(_)) => Value::Choice(words.to_owned()),
        Some(AttributeKind::Text) | None => Value::Text(words.to_owned()),
        Some(AttributeKind::Flag) => match words.to_lowercase().as_str() {
            "true" | "yes" | "1" => Value::Flag(true),
            "false" | "no" | "0" => Value::Flag(false),
            _ => Value::Text(words.to_owned()),
        },
    }
}

/// Makes annotations out of items.
struct Maker<'a> {
    set: AnnotationSet,
    /// The number of each item by its id in the file.
    numbers: BTreeMap<String, AnnotationId>,
    /// The numbers in the order of the items.
    order: std::vec::IntoIter<AnnotationId>,
    speakers: BTreeMap<String, SpeakerId>,
    is_exact: bool,
    schema: Option<&'a Schema>,
    origin: &'a Origin,
}

impl<'a> Maker<'a> {
    fn new(
        draft: &Draft,
        schema: Option<&'a Schema>,
        origin: &'a Origin,
        placed: &[(Option<Fragments>, Item)],
    ) -> Self {
        let mut set = AnnotationSet::default();
        let mut speakers = BTreeMap::new();
        for speaker in &draft.speakers {
            if set.apply(&Edit::Speaker { before: None, after: Some(speaker.clone()) }).is_ok() {
                speakers.entry(speaker.name.clone()).or_insert(speaker.id);
            }
        }
        let status = set.apply(&Edit::Status { before: Status::default(), after: draft.status });
        debug_assert!(status.is_ok(), "a new set is open");
        let order = numbers(placed);
        let mut by_id = BTreeMap::new();
        for ((_, item), number) in placed.iter().zip(&order) {
            by_id.entry(item.id.clone()).or_insert(*number);
        }
        let order = order.into_iter();
        Self { set, numbers: by_id, order, speakers, is_exact: draft.is_exact, schema, origin }
    }

    fn make(&mut self, fragments: Option<Fragments>, item: &Item) -> Result<(), String> {
        let id = self.order.next().ok_or("there are too many annotations")?;
        let target = match (&item.target, fragments) {
            (Aim::Relation { from, to }, _) => {
                Target::Relation { from: self.end_of_relation(from)?, to: self.end_of_relation(to)? }
            }
            (_, Some(fragments)) => Target::Text(fragments),
            (_, None) => Target::Document,
        };
        let (layer, label) = self.names(item, Kind::of(&target));
        let mut attributes = Attributes::default();
        for (name, stated) in &item.attributes {
            let (id, value) = self.attribute(&layer, name, stated);
            // Two names that become one id stay two.
            let id = names::free(id.as_str().to_owned(), |id| attributes.contains_key(&AttributeId::new(id)));
            attributes.insert(AttributeId::new(id), value);
        }
        let (note, origin) = (item.note.clone(), item.origin.clone().unwrap_or_else(|| self.origin.clone()));
        let annotation = Annotation { id, layer, label, target, attributes, note, origin };
        self.set.apply(&Edit::Insert(annotation)).map_err(|error| error.to_string())
    }

    fn end_of_relation(&self, id: &str) -> Result<AnnotationId, String> {
        self.numbers.get(id).copied().ok_or_else(|| format!("it relates to {id}, which is not there"))
    }

    fn names(&self, item: &Item, kind: Kind) -> (LayerId, LabelId) {
        let (layer, label) = (item.layer.as_deref(), item.label.as_deref());
        match (layer, label) {
            (Some(layer), Some(label)) if self.is_exact && names::is_id(layer) && names::is_id(label) => {
                (LayerId::new(layer), LabelId::new(label))
            }
            _ => names::resolve(self.schema, kind, layer, label),
        }
    }

    fn attribute(&mut self, layer: &LayerId, name: &str, stated: &Stated) -> (AttributeId, Value) {
        let known = self.schema.and_then(|schema| schema.layer(layer));
        let known = known.filter(|_| !self.is_exact).and_then(|layer| names::attribute_called(layer, name));
        let id = known.map_or_else(|| AttributeId::new(names::cleaned(name)), |own| own.id.clone());
        // What is exact says its kind.
        let kind = known.map(|known| &known.kind);
        let (set, speakers) = (&mut self.set, &mut self.speakers);
        let value = value(kind, stated, &mut |name| {
            *speakers.entry(name.to_owned()).or_insert_with(|| {
                let id = set.next_speaker();
                let speaker = Speaker { id, name: name.to_owned(), role: None, aliases: Vec::new() };
                let fits = set.apply(&Edit::Speaker { before: None, after: Some(speaker) });
                debug_assert!(fits.is_ok(), "the number is free");
                id
            })
        });
        (id, value)
    }

    fn into_set(self) -> AnnotationSet {
        self.set
    }
}

/// The number of each item: the one in its id where all have one and they differ, else in text order.
fn numbers(placed: &[(Option<Fragments>, Item)]) -> Vec<AnnotationId> {
    let stated: Option<Vec<u32>> = placed.iter().map(|(_, item)| number(&item.id)).collect();
    let differ = |all: &Vec<u32>| all.iter().collect::<BTreeSet<_>>().len() == all.len();
    let count = u32::try_from(placed.len()).unwrap_or(u32::MAX - 1);
    stated.filter(differ).unwrap_or_else(|| (1..=count).collect()).into_iter().map(AnnotationId).collect()
}

/// The number at the end of an id such as `T7` or `R9`.
fn number(id: &str) -> Option<u32> {
    let digits = id.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.parse().ok().filter(|number| (1..u32::MAX).contains(number))
}

#[cfg(test)]
mod tests;
