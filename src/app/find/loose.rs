//! Patterns that find a letter however it was written.
//!
//! «е» finds «ё» and the other way round; a letter is found composed and decomposed (NFC, NFD), with a stress mark or without. Russian
//! letters also find the Kazakh ones that a Russian keyboard lacks («казак» finds «қазақ»), and the Latin ones that look the same,
//! which get into Cyrillic words by the wrong layout and by character recognition.

use regex_syntax::ast::{self, Ast, ClassSetItem, LiteralKind, Visitor};
use unicode_normalization::UnicodeNormalization;

/// Spellings of one letter.
const SPELLINGS: [&str; 2] = ["её\u{450}", "и\u{45d}"];
/// Letters of the Kazakh alphabet, each behind the Russian one that stands for it.
const KAZAKH: [&str; 8] = ["аә", "гғ", "иі", "кқ", "нң", "оө", "уұү", "хһ"];
/// Cyrillic letters and the Latin ones that look the same; some do as capitals only.
const LOOK_ALIKES: [(&str, &str); 2] =
    [("аеорсухкіһәөёАВЕКМНОРСТУХІҺӘЁ", "aeopcyxkihəɵëABEKMHOPCTYXIHƏË"), ("ЅЈѕј", "SJsj")];

/// `words` with the Latin letters of Cyrillic words as the Cyrillic ones that they look like: they got there by the wrong layout, and are
/// looked for as what they were meant to be. Words that are Latin throughout stay.
pub(super) fn at_home(words: &str) -> String {
    let mut settled = String::with_capacity(words.len());
    for part in words.split_inclusive(|c| !is_of_word(c)) {
        if part.chars().any(is_cyrillic) {
            let letters = part.nfd().filter(|c| !is_stress(*c)).nfc();
            settled.extend(letters.map(cyrillic_for));
        } else {
            settled.push_str(part);
        }
    }
    settled
}

/// The Cyrillic letter that looks like `c`, or `c` itself.
fn cyrillic_for(c: char) -> char {
    let mut pairs = LOOK_ALIKES.iter().flat_map(|(own, latin)| own.chars().zip(latin.chars()));
    pairs.find(|(_, latin)| *latin == c).map_or(c, |(own, _)| own)
}

/// Whether `c` stands within words, also as a mark on a letter.
pub(super) fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}

pub(super) fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}' | '\u{a640}'..='\u{a69f}')
}

/// The pattern that finds `words`, every letter loosely.
pub(super) fn pattern_of(words: &str) -> String {
    // A stress mark that stands by itself once all is composed says nothing: every letter may have one.
    words.nfc().filter(|c| !is_stress(*c)).map(|c| loosely(c, true)).collect()
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

fn is_stress(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}')
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
    let latin = (with_look_alikes && !look_alikes.is_empty())
        .then(|| format!("(?-i:[{}])", look_alikes.iter().collect::<String>()));
    // What is longer comes first: the first that fits is taken.
    let ways: Vec<String> = decomposed.chain([class]).chain(latin).collect();
    format!("(?:{})[\u{300}\u{301}]?", ways.join("|"))
}

/// What counts as `c`: the same letter, and the Latin ones that look like one of those in either case.
fn variants(c: char) -> (Vec<char>, Vec<char>) {
    let small = c.to_lowercase().next().unwrap_or(c);
    let groups = SPELLINGS.iter().chain(&KAZAKH).filter(|group| group.contains(small));
    let mut same = vec![small];
    same.extend(groups.flat_map(|group| group.chars()));
    if c != small {
        same = same.into_iter().map(|own| own.to_uppercase().next().unwrap_or(own)).collect();
    }
    same.sort_unstable();
    same.dedup();
    let either_case = |own: char| own.to_lowercase().chain(own.to_uppercase()).collect::<Vec<char>>();
    let forms: Vec<char> = same.iter().copied().flat_map(either_case).collect();
    let pairs = LOOK_ALIKES.iter().flat_map(|(own, latin)| own.chars().zip(latin.chars()));
    let look_alikes = pairs.filter(|(own, _)| forms.contains(own)).map(|(_, latin)| latin).collect();
    (same, look_alikes)
}
