//! Names that brat takes.

use std::collections::{BTreeMap, BTreeSet};

use deunicode::deunicode;

/// Names and what they are in brat: ASCII letters, digits, `_` and `-`, two at least, each name another.
#[derive(Debug, Default)]
pub(super) struct Slugs {
    slugs: BTreeMap<String, String>,
    taken: BTreeSet<String>,
}

impl Slugs {
    /// No names yet; these slugs are taken.
    pub(super) fn without(taken: &[&str]) -> Self {
        Self { slugs: BTreeMap::new(), taken: taken.iter().map(|own| (*own).to_owned()).collect() }
    }

    /// What `name` is in brat.
    pub(super) fn of(&mut self, name: &str) -> &str {
        if !self.slugs.contains_key(name) {
            let slug = slug(name);
            let numbered = (2..).map(|number| format!("{slug}_{number}"));
            let free = [slug.clone()].into_iter().chain(numbered).find(|own| !self.taken.contains(own));
            let free = free.unwrap_or(slug);
            self.taken.insert(free.clone());
            self.slugs.insert(name.to_owned(), free);
        }
        &self.slugs[name]
    }

    /// The names with their slugs, by name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.slugs.iter().map(|(name, slug)| (name.as_str(), slug.as_str()))
    }
}

/// `name` in ASCII letters, digits, `_` and `-`, beginning with a letter or a digit, two characters at least.
fn slug(name: &str) -> String {
    let clean = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    let slug: String = deunicode(name).trim().chars().map(clean).collect();
    let slug = slug.trim_matches(['_', '-']);
    match slug.len() {
        0 => "name".to_owned(),
        1 => format!("{slug}_"),
        _ => slug.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ascii_and_stay_different() {
        let mut slugs = Slugs::without(&["value"]);
        let mut of = |name: &str| slugs.of(name).to_owned();
        assert_eq!(of("Quote"), "Quote");
        assert_eq!(of("Жест"), "Zhest");
        assert_eq!(of("Zhest"), "Zhest_2");
        assert_eq!(of("Жест"), "Zhest");
        assert_eq!(of("value"), "value_2");
        assert_eq!(of("é"), "e_");
        assert_eq!(of("\u{301}"), "name");
        assert_eq!(of("👍 ok"), "1_ok");
    }
}
