//! Quotations around a place, over paragraphs too.

use super::{Family, Found, Mark, Open, Quotation, Side, family_at};
use crate::text::{Line, Offset, Span, Text};

/// How far from a place its quotation may begin and end, in bytes.
const REACH: usize = 64 * 1024;

/// The quotations that hold `[start, end)` between or with their marks, innermost first; for a place, `start == end`.
///
/// A quotation may run over several paragraphs, each of which may begin with a further opening mark. No more than 64 KiB
/// are looked at on either side.
pub fn quotations_around(text: &Text, start: Offset, end: Offset) -> Vec<Quotation> {
    let paragraphs = paragraphs_around(text, start, end);
    let mut quotations: Vec<Quotation> = paragraphs.iter().flat_map(|own| own.found.pairs.iter().copied()).collect();
    quotations.extend(over_paragraphs(text, &paragraphs));
    quotations.retain(|quotation| {
        let whole = quotation.with_marks();
        whole.start() <= start && end <= whole.end() && start < whole.end()
    });
    quotations.sort_unstable_by_key(|quotation| quotation.with_marks().bytes());
    quotations.dedup();
    quotations
}

/// A paragraph, or as much of it as is near enough, with its quotations.
struct Paragraph {
    start: Offset,
    found: Found,
}

fn paragraphs_around(text: &Text, start: Offset, end: Offset) -> Vec<Paragraph> {
    let from = text.boundary_at_or_before(start.bytes().saturating_sub(REACH));
    let to = text.boundary_at_or_before(end.bytes().saturating_add(REACH));
    (text.paragraphs_before(text.line_of(from))..)
        .map_while(|number| text.paragraph(number))
        .take_while(|line| line.start < to)
        .map(|Line { start, end }| {
            let (start, end) = (start.max(from), end.min(to));
            Paragraph { start, found: Found::of(text, start, end.max(start)) }
        })
        .collect()
}

/// The quotations that open in one of `paragraphs` and close in a later one.
///
/// A paragraph that begins with an opening mark goes on with the quotation left open right before it. Behind a paragraph
/// that does not, only a closing mark without a partner still ends that quotation.
fn over_paragraphs(text: &Text, paragraphs: &[Paragraph]) -> Vec<Quotation> {
    let mut quotations = Vec::new();
    let mut open = Open::default();
    let mut continues = false;
    for paragraph in paragraphs {
        let last = open.marks.last().filter(|_| continues).copied();
        let mut unmatched = paragraph.found.unmatched.as_slice();
        continues = false;
        match last.and_then(|last| continuation(text, paragraph, last.family)) {
            Some(Continuation::Closed(close)) => {
                quotations.extend(open.pop().map(|mark| Quotation { open: mark.span, close }));
            }
            Some(Continuation::Open(rest)) => (continues, unmatched) = (true, rest),
            None => {}
        }
        for mark in unmatched {
            continues = mark.side == Side::Open;
            if continues {
                open.push(*mark);
            } else {
                quotations.extend(open.close(*mark, drop));
            }
        }
    }
    quotations
}

/// How a paragraph goes on with a quotation: it begins with an opening mark.
enum Continuation<'a> {
    /// It closes that mark, and with it the quotation.
    Closed(Span),
    /// It leaves it open; these are its other marks without a partner.
    Open(&'a [Mark]),
}

fn continuation<'a>(text: &Text, paragraph: &'a Paragraph, family: Family) -> Option<Continuation<'a>> {
    let leads = |mark: Span| {
        family_at(text, mark) == Some(family)
            && text.between(paragraph.start, mark.start()).chars().all(|c| c.is_whitespace() || c == '\u{feff}')
    };
    match paragraph.found.unmatched.split_first() {
        Some((first, rest)) if first.side == Side::Open && leads(first.span) => Some(Continuation::Open(rest)),
        _ => {
            let first = paragraph.found.pairs.iter().min_by_key(|pair| pair.open)?;
            leads(first.open).then_some(Continuation::Closed(first.close))
        }
    }
}
