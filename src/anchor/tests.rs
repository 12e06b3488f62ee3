//! What becomes of annotations on a changed text.

mod cases;
mod karaganda;
mod laws;
mod speech;

use super::*;

fn text(content: &str) -> Text {
    Text::new(content.to_owned()).unwrap()
}

/// The fragment over the `nth` place (from 0) of `words` in `text`.
fn stated<'a>(text: &Text, words: &'a str, nth: usize) -> Stated<'a> {
    let (at, _) = text.as_str().match_indices(words).nth(nth).unwrap();
    let start = text.code_point(crate::text::Offset::new(at));
    Stated { start, end: start + words.chars().count(), quote: words }
}

/// The answer in words: `=` exact, `>` moved, `?` ambiguous, `-` lost, each with code points.
fn told(placement: &Placement, new: &Text) -> String {
    let places = |fragments: &Fragments| {
        let each = fragments.spans().iter().map(|span| format!("{:?}", new.code_points(*span)));
        each.collect::<Vec<_>>().join("+")
    };
    match placement {
        Placement::Exact(fragments) => format!("= {}", places(fragments)),
        Placement::Moved(fragments) => format!("> {}", places(fragments)),
        Placement::Ambiguous(candidates) => {
            let each = candidates.iter().map(|own| format!("{} ({})", places(&own.fragments), own.why));
            format!("? {}", each.collect::<Vec<_>>().join(" | "))
        }
        Placement::Lost => "-".to_owned(),
    }
}
