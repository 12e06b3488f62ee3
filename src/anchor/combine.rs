//! The fragments of one annotation together: all of them are placed, or none is.

use super::{Candidate, Found, Placement, Stated, Why};
use crate::text::{Fragments, Span, Text};

/// What became of the annotation with the fragments `stated`, given what became of each.
pub(super) fn combine(stated: &[Stated<'_>], found: &[Found], text: &Text) -> Placement {
    let certain: Option<Vec<Span>> = found.iter().map(|own| own.as_ref().ok().copied()).collect();
    match certain.map(Fragments::new) {
        Some(Ok(fragments)) if is_exact(stated, &fragments, text) => Placement::Exact(fragments),
        Some(Ok(fragments)) => Placement::Moved(fragments),
        Some(Err(_)) | None => match candidates(stated, found, text) {
            none if none.is_empty() => Placement::Lost,
            some => Placement::Ambiguous(some),
        },
    }
}

fn is_exact(stated: &[Stated<'_>], fragments: &Fragments, text: &Text) -> bool {
    let same = |(own, span): (&Stated<'_>, &Span)| {
        text.slice(*span) == own.quote && text.code_points(*span) == (own.start..own.end)
    };
    stated.iter().zip(fragments.spans()).all(same)
}

/// A candidate for each lead of the fragment that has most; the other fragments are taken where they are nearest to it.
fn candidates(stated: &[Stated<'_>], found: &[Found], text: &Text) -> Vec<Candidate> {
    let leads = |own: &Found| own.as_ref().map_or_else(Clone::clone, |_| Vec::new());
    let pivot = (0..found.len()).max_by_key(|at| leads(&found[*at]).len()).unwrap_or_default();
    let mut all: Vec<Candidate> = Vec::new();
    let mut add = |candidate: Option<Candidate>| {
        all.extend(candidate.filter(|own| all.iter().all(|other| other.fragments != own.fragments)));
    };
    for lead in found.get(pivot).map(leads).unwrap_or_default() {
        let fragments = gather(stated, found, pivot, lead.span, text);
        add(fragments.map(|fragments| Candidate { why: why(&fragments, found, lead.why), fragments }));
    }
    if all.is_empty() {
        // What is certain of it, in the order in which it now stands.
        let mut rest: Vec<Span> = found.iter().filter_map(|own| own.as_ref().ok().copied()).collect();
        rest.sort_unstable();
        let fragments = Fragments::new(rest).ok();
        all.extend(fragments.map(|fragments| Candidate { fragments, why: Why::Part }));
    }
    all
}

fn why(fragments: &Fragments, found: &[Found], why: Why) -> Why {
    if fragments.spans().len() < found.len() { Why::Part } else { why }
}

/// The fragments with the one at `pivot` in `place`, and of the others whatever place is nearest to where it should be.
fn gather(stated: &[Stated<'_>], found: &[Found], pivot: usize, place: Span, text: &Text) -> Option<Fragments> {
    let start = text.code_point(place.start());
    let spans = found.iter().enumerate().filter_map(|(at, own)| {
        let expected = (start + stated[at].start).saturating_sub(stated[pivot].start);
        match own {
            _ if at == pivot => Some(place),
            Ok(span) => Some(*span),
            Err(leads) => {
                let distance = |span: &Span| text.code_point(span.start()).abs_diff(expected);
                leads.iter().map(|lead| lead.span).min_by_key(distance)
            }
        }
    });
    Fragments::new(spans.collect()).ok()
}
