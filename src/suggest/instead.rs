//! Words that stand for a name beside a verb that reports speech: a pronoun («сказал он», “she said”), or an office («сказал глава
//! государства»).
//!
//! They count right behind the verb, or right before it, in the clause behind the quotation, else in the sentence before it.
//! A pronoun means whoever was named last before the quotation, of those whose name does not tell another gender. An office means
//! the one who has it in the register, else whoever it stood before last: «глава государства Касым-Жомарт Токаев». It is that
//! office which begins so: «председатель» is no «заместитель председателя». Who is named beside the verb comes before both.

use super::form::same_word;
use super::gender::Gender;
use super::introduced::{AROUND, named_around, places_of};
use super::mention::Mention;
use super::naming::{is_aside, is_title, parts, pronoun, reports_speech};
use super::word::{Word, words};
use crate::annotation::{AnnotationSet, Speaker};
use crate::text::{Offset, Span, Text, segment};

/// How many words of an office are looked at.
const OFFICE: usize = 4;
/// How many words lie at most between the start of an office and the name of its bearer.
const ROLE: usize = 8;
/// A shorter word is no office.
const SHORTEST: usize = 4;

/// What stands for a name.
#[derive(Debug)]
pub(super) enum Instead<'a> {
    /// A pronoun, with the genders that it may be of.
    Pronoun(&'static [Gender]),
    /// What may be an office: the words of each, the longest first.
    Offices(Vec<Vec<&'a str>>),
}

/// What stands for a name beside the quotation in `span`, and the stretch in which a name would come before it; `end` is how far behind
/// the quotation to look.
pub(super) fn instead(text: &Text, span: Span, end: Offset) -> Option<(Span, Instead<'_>)> {
    let behind = words(text, span.end(), end);
    let follows = behind.first().is_some_and(|word| {
        !text.between(span.end(), word.span.start()).contains(['.', '!', '?', '…', '\n', '«', '“'])
    });
    let clause = behind.iter().position(Word::pauses).map_or(behind.len(), |last| last + 1);
    let start = segment::sentence(text, span.start()).map_or(span.start(), Span::start);
    let before = words(text, start, span.start());
    beside_verb(if follows { &behind[..clause] } else { &[] }).or_else(|| beside_verb(&before))
}

/// What stands for a name beside the last verb of `words` that has such a thing.
fn beside_verb<'a>(words: &[Word<'a>]) -> Option<(Span, Instead<'a>)> {
    let stretch = words.first()?.span.hull(words.last()?.span);
    let verbs = (0..words.len()).rev().filter(|place| reports_speech(words[*place].text));
    let mut found = verbs.filter_map(|verb| {
        let from = words[..verb].iter().rposition(Word::pauses).map_or(0, |pause| pause + 1);
        let length = words[verb..].iter().position(Word::pauses).unwrap_or(words.len() - verb - 1);
        let (left, right) = (&words[from..verb], &words[verb + 1..=verb + length]);
        let next = [right.first(), left.last()].into_iter().flatten();
        let said = next.filter_map(|word| pronoun(word.text)).map(Instead::Pronoun).next();
        said.or_else(|| Some(Instead::Offices(offices(left, right))).filter(Instead::is_some))
    });
    found.next().map(|own| (stretch, own))
}

/// What may be an office behind a verb or before it, the longest first.
fn offices<'a>(left: &[Word<'a>], right: &[Word<'a>]) -> Vec<Vec<&'a str>> {
    let texts = |words: &[Word<'a>]| words.iter().map(|word| word.text).collect::<Vec<_>>();
    let (left, right) = (texts(left), texts(right));
    let right = &right[right.iter().take_while(|word| is_aside(word)).count()..];
    let right = (1..=right.len().min(OFFICE)).rev().map(|length| right[..length].to_vec());
    let left = (1..=left.len().min(OFFICE)).rev().map(|length| left[left.len() - length..].to_vec());
    let may_be = |words: &Vec<&str>| {
        let first = words[0];
        let is_small = first.starts_with(char::is_lowercase) && first.chars().count() >= SHORTEST;
        (is_small || is_title(first)) && !is_aside(first) && !reports_speech(first) && !parts(words.iter().copied())
    };
    right.chain(left).filter(may_be).collect()
}

impl Instead<'_> {
    fn is_some(&self) -> bool {
        !matches!(self, Self::Offices(offices) if offices.is_empty())
    }
}

/// Whether `role` begins with the words of `office`, in whatever case.
fn begins_with<'a>(mut role: impl Iterator<Item = &'a str>, office: &[&str]) -> bool {
    office.iter().all(|own| role.next().is_some_and(|word| same_word(&word.to_lowercase(), &own.to_lowercase())))
}

/// Who has the office in the register, where only one has.
pub(super) fn holder<'a>(set: &'a AnnotationSet, office: &[&str]) -> Option<&'a Speaker> {
    let holds = |own: &&Speaker| own.role.as_ref().is_some_and(|role| begins_with(role.split_whitespace(), office));
    let mut holders = set.speakers().filter(holds);
    holders.next().filter(|_| holders.next().is_none())
}

/// The name before `end` that the office stood before, the last one.
pub(super) fn bearer(text: &Text, office: &[&str], end: Offset) -> Option<Mention> {
    let first = office.first()?;
    let small = first.to_lowercase();
    let capital: String = small.chars().take(1).flat_map(char::to_uppercase).chain(small.chars().skip(1)).collect();
    let found = [&small, &capital].into_iter().filter_map(|word| {
        places_of(text, word, end).into_iter().find_map(|at| {
            let role = words(text, at, text.boundary_at_or_before(text.end().bytes().min(at.bytes() + AROUND)));
            let begins = begins_with(role.iter().map(|word| word.text), office);
            let mut named = begins.then(|| named_around(text, at)).into_iter().flatten();
            let own = named.find(|own| own.is_whole && own.span.start() > at)?;
            let role: Vec<Word<'_>> = role.into_iter().take_while(|word| word.span.end() <= own.span.start()).collect();
            let texts = || role.iter().map(|word| word.text);
            let goes_on = role.len() <= ROLE && !role.iter().any(Word::pauses);
            let is_led = goes_on && begins_with(texts(), office) && !parts(texts()) && !texts().any(reports_speech);
            // «Президента Дональда Трампа»: the genitive is told back to the nominative, other cases are not.
            let called = role.first()?.text.to_lowercase();
            let is_source = called != small;
            let is_told = !is_source || called.ends_with(['а', 'ы', 'и', 'я']);
            let words = text.between(at, own.span.start()).trim().to_owned();
            (is_led && is_told).then_some(Mention { role: Some(words).filter(|_| !is_source), is_source, ..own })
        })
    });
    found.max_by_key(|own| own.span.start())
}
