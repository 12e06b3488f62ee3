//! Attributes and a note in the description of a selection, so that people see both.
//!
//! A line for each attribute comes first, `@name: value`, with `\n` and `\\` for what would end it; then the note. A note that
//! could be taken for more attributes stands behind an empty line.

/// The description; none if there is nothing to say.
pub(super) fn write(attributes: &[(impl AsRef<str>, impl AsRef<str>)], note: Option<&str>) -> Option<String> {
    let mut lines: Vec<String> = attributes
        .iter()
        .map(|(name, value)| format!("@{}: {}", escaped(name.as_ref()), escaped(value.as_ref())))
        .collect();
    if let Some(note) = note {
        if !lines.is_empty() || note.is_empty() || note.starts_with(['@', '\n']) {
            lines.push(String::new());
        }
        lines.push(note.to_owned());
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The attributes and the note of a description.
pub(super) fn read(description: &str) -> (Vec<(String, String)>, Option<String>) {
    let (mut attributes, mut rest) = (Vec::new(), Some(description));
    while let Some((line, behind)) =
        rest.map(|own| own.split_once('\n').map_or((own, None), |(own, rest)| (own, Some(rest))))
    {
        let Some((name, value)) = line.strip_prefix('@').and_then(|line| line.split_once(": ")) else { break };
        attributes.push((unescaped(name), unescaped(value)));
        rest = behind;
    }
    (attributes, rest.map(|note| note.strip_prefix('\n').unwrap_or(note).to_owned()))
}

fn escaped(words: &str) -> String {
    words.replace('\\', "\\\\").replace('\n', "\\n").replace(": ", ":\\ ")
}

fn unescaped(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    let mut chars = words.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            (c, false) => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_see_attributes_and_note() {
        let attributes = [("speaker".to_owned(), "Се\u{301}рик 👍".to_owned())];
        let description = write(&attributes, Some("см. выше")).unwrap();
        assert_eq!(description, "@speaker: Се\u{301}рик 👍\n\nсм. выше");
        assert_eq!(write(&[("", ""); 0], Some("см. выше")).unwrap(), "см. выше");
    }

    proptest! {
        #[test]
        fn attributes_and_note_come_back(
            attributes in prop::collection::vec(("[a@: \\\\\nй]{0,5}", "[a@: \\\\\nй]{0,5}"), 0..3),
            note in prop::option::of("[a@: \\\\\n😀]{0,6}"),
        ) {
            let description = write(&attributes, note.as_deref());
            let read = description.as_deref().map(read).unwrap_or_default();
            prop_assert_eq!(read, (attributes, note), "{:?}", description);
        }
    }
}
