//! What is known of words at the heads of lines.

use std::collections::HashSet;

/// A kind and words of it a line.
const WORDS: &str = include_str!("../../../data/builtin/turns.list");

/// The kind whose lines are names as a whole.
const VOICE: &str = "voice";

/// The words of `data/builtin/turns.list`, by kind.
#[derive(Debug)]
pub(super) struct Words(HashSet<(&'static str, &'static str)>);

impl Words {
    pub(super) fn builtin() -> Self {
        let lines = WORDS.lines().filter_map(|line| line.split_once(' '));
        let words = lines.flat_map(|(kind, words)| {
            let words: Vec<&str> = if kind == VOICE { vec![words] } else { words.split_whitespace().collect() };
            words.into_iter().map(move |word| (kind, word))
        });
        Self(words.collect())
    }

    /// Whether `word` names nobody: «Фото», «сказал».
    pub(super) fn is_no_name(&self, word: &str) -> bool {
        self.has("no", word) || self.is_saying(word)
    }

    /// Whether `word` is a verb of saying.
    pub(super) fn is_saying(&self, word: &str) -> bool {
        self.has("says", word)
    }

    /// Whether `word` is a part that speaks without a name: «Ведущий».
    pub(super) fn is_part(&self, word: &str) -> bool {
        self.has("part", word)
    }

    /// Whether `word` is a part, or an office that speaks as «THE COURT».
    pub(super) fn is_office(&self, word: &str) -> bool {
        self.is_part(word) || self.has("office", word)
    }

    /// Whether `name` as a whole is somebody whom the transcript does not know: «Голос из зала».
    pub(super) fn is_voice(&self, name: &str) -> bool {
        self.has(VOICE, name)
    }

    /// Whether `word` is what speakers without a name are numbered by: «Спикер» in «Спикер 1».
    pub(super) fn is_numbered(&self, word: &str) -> bool {
        self.has("numbered", word)
    }

    /// Whether `word` is a small word within names: «van».
    pub(super) fn is_particle(&self, word: &str) -> bool {
        self.has("particle", word)
    }

    /// Whether `word` ends as family names do, with two letters or more before.
    pub(super) fn is_family_name(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        let ends = word.char_indices().skip(2).filter_map(|(at, _)| word.get(at..));
        ends.into_iter().any(|end| self.0.contains(&("end", end)))
    }

    fn has(&self, kind: &'static str, word: &str) -> bool {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        self.0.contains(&(kind, word.as_str()))
    }
}
