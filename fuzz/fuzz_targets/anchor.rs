//! Any two texts, and spans of the first: what is placed stands on the same words or says that it does not.
#![no_main]

use tribune::anchor::{Old, Placement, Stated, place};
use tribune::text::Text;

libfuzzer_sys::fuzz_target!(|input: (&str, &str, Vec<(u16, u16)>, bool)| {
    let (old, new, spans, is_old_at_hand) = input;
    let (Ok(old), Ok(new)) = (Text::new(old.to_owned()), Text::new(new.to_owned())) else { return };
    let count = old.code_point_count();
    let spans: Vec<_> = spans
        .into_iter()
        .take(50)
        .filter_map(|(start, length)| {
            let (start, length) = (usize::from(start) % (count + 1), usize::from(length) % 200);
            let span = old.span_of_code_points(start, start + length).ok()?;
            Some((start, start + length, old.slice(span).to_owned()))
        })
        .collect();
    let stated: Vec<Vec<Stated<'_>>> =
        spans.iter().map(|(start, end, quote)| vec![Stated { start: *start, end: *end, quote }]).collect();
    let known = if is_old_at_hand { Old::Text(&old) } else { Old::Length(count) };
    let placements = place(&stated, known, &new);
    assert_eq!(placements.len(), stated.len());
    for ((start, end, quote), placement) in spans.iter().zip(&placements) {
        if let Placement::Exact(fragments) = placement {
            let span = fragments.spans()[0];
            assert_eq!((new.code_points(span).start, new.code_points(span).end), (*start, *end));
            assert_eq!(new.slice(span), quote);
        }
    }
});
