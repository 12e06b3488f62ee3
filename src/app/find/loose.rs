//! Patterns that find a letter however it was written.
//!
//! A letter finds all that count as it (`text::letters`), composed and decomposed (NFC, NFD), with a stress mark or without, and, where
//! that is wanted, those of the other alphabet that look the same.

use regex_syntax::ast::{self, Ast, ClassSetItem, LiteralKind, Visitor};
use unicode_normalization::UnicodeNormalization;

use super::alike::look_alikes;
use crate::text::letters::{is_stress, spellings};

/// The pattern that finds `words`, every letter loosely, and as what looks alike if wanted.
pub(super) fn pattern_of(words: &str, look_alikes: bool) -> String {
    // A stress mark that stands by itself once all is composed says nothing: every letter may have one.
    words.nfc().filter(|c| !is_stress(*c)).map(|c| loosely(c, look_alikes)).collect()
}

/// `pattern` with every letter in it found loosely, also within brackets, and as what looks alike if wanted; it must be a valid one.
pub(super) fn loosened(pattern: &str, look_alikes: bool) -> String {
    let Ok(tree) = ast::parse::Parser::new().parse(pattern) else { return pattern.to_owned() };
    let found = ast::visit(&tree, Letters { look_alikes, found: Vec::new() });
    let mut loose = String::new();
    let mut written = 0;
    for (start, end, letter) in found.unwrap_or_default() {
        loose.push_str(pattern.get(written..start).unwrap_or_default());
        loose.push_str(&letter);
        written = end;
    }
    loose + pattern.get(written..).unwrap_or_default()
}

/// The letters of a pattern: where each stands, in bytes, and what is to stand there.
struct Letters {
    look_alikes: bool,
    found: Vec<(usize, usize, String)>,
}

impl Visitor for Letters {
    type Output = Vec<(usize, usize, String)>;
    type Err = ();

    fn finish(self) -> Result<Self::Output, ()> {
        Ok(self.found)
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), ()> {
        if let Ast::Literal(letter) = ast
            && is_letter(letter)
        {
            let loose = loosely(letter.c, self.look_alikes);
            let loose = if is_stress(letter.c) { loose + "?" } else { format!("(?:{loose})") };
            self.found.push((letter.span.start.offset, letter.span.end.offset, loose));
        }
        Ok(())
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), ()> {
        if let ClassSetItem::Literal(letter) = item
            && is_letter(letter)
        {
            let (same, look_alikes) = variants(letter.c);
            let all = same.into_iter().chain(look_alikes.into_iter().filter(|_| self.look_alikes)).collect();
            self.found.push((letter.span.start.offset, letter.span.end.offset, all));
        }
        Ok(())
    }
}

fn is_letter(literal: &ast::Literal) -> bool {
    literal.kind == LiteralKind::Verbatim && (literal.c.is_alphabetic() || is_stress(literal.c))
}

/// The pattern that finds `c` in every spelling, and what looks alike if wanted.
fn loosely(c: char, with_look_alikes: bool) -> String {
    if c == ' ' {
        return r"\s+".to_owned();
    }
    if !c.is_alphabetic() {
        return regex::escape(c.encode_utf8(&mut [0; 4]));
    }
    let (same, look_alikes) = variants(c);
    let decomposed = same.iter().map(|c| c.nfd().collect::<String>()).filter(|own| own.chars().count() > 1);
    let class = format!("[{}]", same.iter().collect::<String>());
    // A capital that looks the same says nothing of its small letter: Н is H, but н is not h.
    let others = (with_look_alikes && !look_alikes.is_empty())
        .then(|| format!("(?-i:[{}])", look_alikes.iter().collect::<String>()));
    // What is longer comes first: the first that fits is taken.
    let ways: Vec<String> = decomposed.chain([class]).chain(others).collect();
    format!("(?:{})[\u{300}\u{301}]?", ways.join("|"))
}

/// What counts as `c`: the same letter, and those of the other alphabet that look like one of those in either case.
fn variants(c: char) -> (Vec<char>, Vec<char>) {
    let small = c.to_lowercase().next().unwrap_or(c);
    let mut same: Vec<char> = spellings(small).collect();
    if c != small {
        same = same.into_iter().map(|own| own.to_uppercase().next().unwrap_or(own)).collect();
    }
    same.sort_unstable();
    same.dedup();
    let either_case = |own: char| own.to_lowercase().chain(own.to_uppercase()).collect::<Vec<char>>();
    let forms: Vec<char> = same.iter().copied().flat_map(either_case).collect();
    let look_alikes = forms.into_iter().flat_map(look_alikes).collect();
    (same, look_alikes)
}
