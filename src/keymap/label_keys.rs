//! A key for every label, as far as the letters go.

use super::us_position;
use crate::schema::{LayerKind, Schema};

/// Gives each label of spans that the schema gives no key one that no other has: a letter of its name, at its position on the keyboard,
/// else any. When all are taken, the rest have none and are picked from the list of labels.
///
/// ```
/// use tribune::keymap::with_keys;
/// use tribune::schema::Schema;
///
/// let mut schema = Schema::builtin();
/// schema.layers[2].labels[0].key = None;
/// assert_eq!(with_keys(schema).layers[2].labels[0].key, Some('r'));
/// ```
pub fn with_keys(mut schema: Schema) -> Schema {
    let mut taken: Vec<char> = schema.span_labels().filter_map(|(_, _, label)| label.key).collect();
    let spans = schema.layers.iter_mut().filter(|layer| layer.kind == LayerKind::Span);
    for label in spans.flat_map(|layer| &mut layer.labels).filter(|label| label.key.is_none()) {
        let letters = label.id.as_str().chars().flat_map(char::to_lowercase);
        let wished = letters.map(|letter| us_position(letter).unwrap_or(letter)).filter(char::is_ascii_lowercase);
        label.key = wished.chain('a'..='z').find(|key| !taken.contains(key));
        taken.extend(label.key);
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The built-in schema with labels of these names for themes, without keys.
    fn keys(names: &[&str]) -> Vec<Option<char>> {
        let mut schema = Schema::builtin();
        let theme = schema.layers.iter_mut().find(|layer| layer.labels.len() > 1).unwrap();
        let model = theme.labels[0].clone();
        let label = |name: &&str| {
            let mut label = model.clone();
            (label.id, label.key) = (crate::schema::LabelId::new(*name), None);
            label
        };
        theme.labels = names.iter().map(label).collect();
        let id = theme.id.clone();
        with_keys(schema).layer(&id).unwrap().labels.iter().map(|label| label.key).collect()
    }

    #[test]
    fn a_label_without_a_key_gets_one_of_its_letters_or_what_is_left_and_none_twice() {
        // `q` and `c` are those of quotes and claims; «п» stands at `g`, «ё» at the grave accent, which is no letter.
        assert_eq!(keys(&["crime", "права", "ё👍е\u{301}", "qc"]), [Some('r'), Some('g'), Some('t'), Some('a')]);
        let many: Vec<String> = (0..30).map(|number| format!("тема {number}")).collect();
        let keys = keys(&many.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(keys.iter().flatten().collect::<std::collections::BTreeSet<_>>().len(), 24);
        assert_eq!(keys.iter().filter(|key| key.is_none()).count(), 6);
    }
}
