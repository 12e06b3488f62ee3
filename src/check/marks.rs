//! Quotation marks without their partners, in what is quoted and right beside it.
//!
//! Whether a quote is tagged with its marks is for the annotator to say. But one mark of a pair inside and the other outside
//! is a slip of the hand, and a mark that nothing closes makes it doubtful where a quotation ends.

use std::collections::{BTreeMap, BTreeSet};

use super::{Code, Scene};
use crate::annotation::Annotation;
use crate::schema::{AttributeKind, Layer};
use crate::text::quotation::{quotations, quotations_around};
use crate::text::{Fragments, Offset, Span, Text};

/// How far beside an annotation a mark is still looked at, in bytes.
const NEAR: usize = 200;

/// How many marks without a partner are looked at; a text with more of them has other quotation marks than we know.
const MOST: usize = 20;

/// The marks of a line, ascending, each with its partner.
type Marks = Vec<(Span, Option<Span>)>;

/// Whoever tags a quotation mark tags its partner too, and both are there.
pub(super) fn quotation_marks_are_paired(scene: &mut Scene<'_>) {
    let (set, text) = (scene.set, &scene.document.text);
    let is_quoting = |annotation: &&Annotation| scene.schema.layer(&annotation.layer).is_some_and(names_its_speaker);
    let quotes: Vec<&Annotation> = set.iter().filter(is_quoting).collect();
    let (mut lines, mut strays) = (BTreeMap::new(), BTreeSet::new());
    for annotation in quotes {
        let Some(fragments) = annotation.fragments() else { continue };
        for (mark, partner) in marks_near(text, fragments.hull(), &mut lines) {
            match partner {
                Some(partner) if fragments.overlap(mark) && !fragments.overlap(partner) => {
                    report_torn(scene, annotation, mark, partner);
                }
                None if strays.len() < MOST && strays.insert(mark) && !is_paired_over_paragraphs(text, mark) => {
                    let message =
                        format!("the `{}` in or beside {} has no partner", text.slice(mark), annotation.name());
                    let hint = "look where the quotation begins and ends";
                    scene.report_at(Code::UnmatchedMark, annotation, mark, message, hint);
                }
                _ => {}
            }
        }
    }
}

fn report_torn(scene: &mut Scene<'_>, annotation: &Annotation, mark: Span, partner: Span) {
    let text = &scene.document.text;
    let (own, other) = (text.slice(mark), text.slice(partner));
    let message = format!("{} holds the `{own}` here but not the `{other}` that belongs to it", annotation.name());
    let hint = format!("take the `{other}` in, or leave the `{own}` out");
    scene.report_at(Code::UnmatchedMark, annotation, mark, message, hint);
}

/// Whether annotations of `layer` must say who speaks: then they are quotes.
fn names_its_speaker(layer: &Layer) -> bool {
    layer.attributes.iter().any(|own| own.required && own.kind == AttributeKind::Speaker)
}

/// The marks in `hull` and near it on its first and last line.
fn marks_near(text: &Text, hull: Span, lines: &mut BTreeMap<usize, Marks>) -> Marks {
    let (first, last) = (text.line_of(hull.start()), text.line_of(hull.end()));
    let from = hull.start().bytes().saturating_sub(NEAR).max(text.line(first).start.bytes());
    let to = hull.end().bytes().saturating_add(NEAR).min(text.line(last).end.bytes().max(hull.end().bytes()));
    let (from, to) = (Offset::new(from), Offset::new(to));
    let mut found = Marks::new();
    for line in first..=last {
        let marks = lines.entry(line).or_insert_with(|| marks_of(text, line));
        let start = marks.partition_point(|(mark, _)| mark.start() < from);
        found.extend(marks.iter().skip(start).take_while(|(mark, _)| mark.end() <= to));
    }
    found
}

fn marks_of(text: &Text, line: usize) -> Marks {
    let (pairs, unmatched) = quotations(text, text.line(line));
    let mut marks: Marks = unmatched.into_iter().map(|mark| (mark, None)).collect();
    marks.extend(pairs.iter().flat_map(|pair| [(pair.open, Some(pair.close)), (pair.close, Some(pair.open))]));
    marks.sort_unstable();
    marks
}

/// Whether `mark` belongs to a quotation of several paragraphs: as an end of it, or opening one of its paragraphs anew.
fn is_paired_over_paragraphs(text: &Text, mark: Span) -> bool {
    let line = text.line(text.line_of(mark.start()));
    let leads = text.between(line.start, mark.start()).trim().is_empty();
    let around = quotations_around(text, mark.start(), mark.end());
    around
        .iter()
        .any(|own| own.open == mark || own.close == mark || leads && own.with_marks() != Fragments::from(mark).hull())
}
