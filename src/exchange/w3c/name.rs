//! Names within URNs and tags: what would end a part is a percent sign and the byte in hexadecimal (RFC 3986, RFC 8141).

use std::fmt::Write as _;

use crate::exchange::names::decoded;

/// The start of the ids of annotations that we write.
const PREFIX: &str = "urn:tribune:";

/// The id of what `annotator` says about `document`, or of one annotation of it.
pub(super) fn urn(document: &str, annotator: &str, part: &str) -> String {
    format!("{PREFIX}{}:{}:{part}", encoded(document), encoded(annotator))
}

/// The document, the annotator and the part, if `id` is one of ours.
pub(super) fn parts_of(id: &str) -> Option<(String, String, &str)> {
    let mut parts = id.strip_prefix(PREFIX)?.splitn(3, ':');
    Some((decoded(parts.next()?), decoded(parts.next()?), parts.next()?))
}

/// `words` as a part of a URN: all but letters, digits and `-._~/` is encoded.
fn encoded(words: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let mut part = String::with_capacity(words.len());
    for byte in words.bytes() {
        if plain(byte) {
            part.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            write!(part, "%{byte:02X}").ok();
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_id_is_a_urn_that_names_its_document_and_annotator() {
        let id = urn("речи/а\u{301} 👍.txt", "alpha", "T7");
        assert_eq!(id, "urn:tribune:%D1%80%D0%B5%D1%87%D0%B8/%D0%B0%CC%81%20%F0%9F%91%8D.txt:alpha:T7");
        assert_eq!(parts_of(&id), Some(("речи/а\u{301} 👍.txt".to_owned(), "alpha".to_owned(), "T7")));
        assert_eq!(parts_of("http://example.org/anno1"), None);
    }

    proptest! {
        #[test]
        fn any_names_come_back(document in any::<String>(), annotator in any::<String>()) {
            let id = urn(&document, &annotator, "R12");
            prop_assert!(id.is_ascii());
            prop_assert_eq!(parts_of(&id), Some((document.clone(), annotator, "R12")));
        }
    }
}
