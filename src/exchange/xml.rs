//! What all formats in XML share.

use roxmltree::{Document, ParsingOptions};

use super::{Spot, Unreadable};

/// The most elements and other nodes that a file may have.
const NODES: u32 = 20_000_000;

/// The deepest that elements may stand in one another: each level costs the parser stack.
const DEPTH: usize = 200;

/// Whether `words` can stand in XML 1.0: no control character but TAB, LF and CR, no U+FFFE and U+FFFF (production 2, `Char`).
pub(super) fn holds(words: &str) -> bool {
    let is_forbidden =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    !words.contains(is_forbidden)
}

/// The elements of `content`, which is in the file called `name`. Entities that a file declares itself are not expanded: it is refused.
pub(super) fn parse<'a>(name: &str, content: &'a str) -> Result<Document<'a>, Unreadable> {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    if depth(content) > DEPTH {
        let reason = format!("elements stand in one another more than {DEPTH} deep");
        return Err(Unreadable::Content(Spot::new(name, 0), reason));
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES, ..ParsingOptions::default() };
    Document::parse_with_options(content, options).map_err(|error| {
        let line = usize::try_from(error.pos().row).unwrap_or_default();
        Unreadable::Content(Spot::new(name, line), format!("this is no XML that can be read: {error}"))
    })
}

/// How deep elements stand in one another, at most; a little more where comments hold tags.
fn depth(content: &str) -> usize {
    let bytes = content.as_bytes();
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(_) => {
                let end = memchr::memchr(b'>', bytes.get(at..).unwrap_or_default()).map(|length| at + length);
                let is_empty = end.is_some_and(|end| bytes.get(end - 1) == Some(&b'/'));
                depth += usize::from(!is_empty);
                deepest = deepest.max(depth);
            }
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_and_depths_that_would_cost_memory_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"й\u{301}👍\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        assert!(parse("a.xml", bomb).unwrap_err().to_string().starts_with("a.xml:1: this is no XML that can be read"));
        let deep = "<a>".repeat(100_000);
        assert_eq!(
            parse("a.xml", &deep).unwrap_err().to_string(),
            "a.xml: elements stand in one another more than 200 deep"
        );
        assert!(parse("a.xml", &format!("<a>{}</a>", "<b x='1'/>".repeat(1000))).is_ok());
        assert!(holds("й\u{301}👍\t\r\n") && !holds("\u{1}") && !holds("\u{ffff}"));
    }
}
