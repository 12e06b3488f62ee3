//! What one annotator says about one document, for tables: a row for each annotation, with names and values in words.
//!
//! The formats of tables hold all that an annotator's file does, but for what words cannot tell apart; here is told what that is.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use super::lossy::{Described, InWords};
use super::names::Called;
use super::{Loss, Losses, OriginParts, Shipped, Source};
use crate::annotation::{Annotation, Origin, Speaker, SpeakerId, Status, Target};
use crate::text::Fragments;

/// The rows of one source.
#[derive(Clone, Debug)]
pub(super) struct Tidy<'a> {
    /// The register: each name once.
    pub(super) speakers: Vec<Registered<'a>>,
    /// The annotations in text order, relations last.
    pub(super) rows: Vec<Row<'a>>,
}

/// Someone in the register.
#[derive(Clone, Debug)]
pub(super) struct Registered<'a> {
    pub(super) id: SpeakerId,
    pub(super) name: &'a str,
    pub(super) role: Option<&'a str>,
    /// The other names, [joined](join).
    pub(super) aliases: String,
}

/// An annotation.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    /// What people call it: `Q1`.
    pub(super) id: String,
    pub(super) called: Arc<Called>,
    pub(super) about: About<'a>,
    /// Who is quoted or makes the claim, by name.
    pub(super) speaker: Option<Cow<'a, str>>,
    pub(super) attributes: Vec<(&'a str, Cow<'a, str>)>,
    pub(super) note: Option<&'a str>,
    pub(super) stamp: Stamp,
}

/// What a [`Row`] is about.
#[derive(Clone, Debug)]
pub(super) enum About<'a> {
    /// Pieces of the text that is shipped.
    Text(Cow<'a, Fragments>),
    /// Two rows, by id.
    Relation { from: String, to: String },
    /// The document as a whole.
    Document,
}

/// How an annotation came to be; empty where that cannot be told.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stamp {
    pub(super) kind: &'static str,
    /// The engine, the file or the annotators, [joined](join).
    pub(super) from: String,
    pub(super) score: Option<f64>,
}

impl Stamp {
    /// Made by hand.
    pub(super) const MANUAL: Self = Self { kind: "manual", from: String::new(), score: None };
}

impl<'a> Tidy<'a> {
    /// The rows of `source`, whose text is shipped as `shipped`.
    pub(super) fn of(source: &Source<'a>, shipped: &Shipped, losses: &mut Losses) -> io::Result<Self> {
        let mut rows = Vec::new();
        let speakers = each(source, shipped, losses, &mut |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(Self { speakers, rows })
    }
}

/// Hands over the rows of `source` one by one, relations last, and gives the register.
pub(super) fn each<'a>(
    source: &Source<'a>,
    shipped: &Shipped,
    losses: &mut Losses,
    take: &mut dyn FnMut(Row<'a>) -> io::Result<()>,
) -> io::Result<Vec<Registered<'a>>> {
    let mut words = InWords::of(source);
    for own in source.relations_last() {
        match row(source, shipped, own, &mut words, losses) {
            Some(row) => take(row)?,
            None => losses.tell(Loss::Annotation(own.id)),
        }
    }
    Ok(words.register(losses).into_iter().map(|own| registered(own, losses)).collect())
}

/// The row of `own`, unless it cannot be held.
fn row<'a>(
    source: &Source<'a>,
    shipped: &Shipped,
    own: &'a Annotation,
    words: &mut InWords<'a>,
    losses: &mut Losses,
) -> Option<Row<'a>> {
    let about = match &own.target {
        Target::Text(fragments) => About::Text(shipped.fragments(fragments)?),
        Target::Relation { .. } => {
            let (from, to) = words.ends(own)?;
            let id = |end| source.set.get(end).map(|end| id(source, end));
            About::Relation { from: id(from)?, to: id(to)? }
        }
        Target::Document => About::Document,
    };
    // An empty cell is one in which nothing stands.
    let Described { called, attributes, note } = words.described(own, |words| !words.is_empty(), losses)?;
    let speaker = source.speaker_of(own);
    Some(Row { id: id(source, own), called, about, speaker, attributes, note, stamp: stamp(own, losses) })
}

/// What people call the annotation, unless its number could not be read from that.
fn id(source: &Source<'_>, own: &Annotation) -> String {
    let name = own.name();
    if name.starts_with(|c: char| c.is_ascii_digit()) { source.handle(own.id) } else { name }
}

fn registered<'a>(own: &'a Speaker, losses: &mut Losses) -> Registered<'a> {
    let Speaker { id, name, role, aliases } = own;
    let joined = join(aliases.iter().map(String::as_str));
    let holds = parts(&joined).eq(aliases.iter().map(String::as_str)) && role.as_deref() != Some("");
    if holds {
        return Registered { id: *id, name, role: role.as_deref(), aliases: joined };
    }
    losses.tell(Loss::SpeakerDetails(*id));
    Registered { id: *id, name, role: None, aliases: String::new() }
}

fn stamp(own: &Annotation, losses: &mut Losses) -> Stamp {
    if own.origin == Origin::Manual {
        return Stamp::MANUAL;
    }
    let OriginParts { kind, from, score } = (&own.origin).into();
    let from = join(from);
    let read = Origin::of_parts(kind, parts(&from).map(str::to_owned), score);
    if read.as_ref() == Ok(&own.origin) {
        return Stamp { kind, from, score };
    }
    losses.tell(Loss::Origin(own.id));
    Stamp::default()
}

/// What tables call a document: the name of the transcript without `.txt`.
pub(super) fn doc_id<'a>(source: &Source<'a>) -> &'a str {
    let id = source.document.id.as_str();
    id.strip_suffix(".txt").unwrap_or(id)
}

/// Whether the annotator is done, in a word.
pub(super) fn status(source: &Source<'_>) -> &'static str {
    if source.set.status() == Status::Done { "done" } else { "open" }
}

const BETWEEN: &str = "; ";

/// Words in one cell.
pub(super) fn join<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(BETWEEN)
}

/// The words in a cell.
pub(super) fn parts(cell: &str) -> impl Iterator<Item = &str> {
    (!cell.is_empty()).then(|| cell.split(BETWEEN)).into_iter().flatten()
}
