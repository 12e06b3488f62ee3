//! Names in running text.
//!
//! A name is a run of capitalised words beside each other; of more than two, the last two, unless a patronymic makes it three
//! («Иван Иванович Иванов», «Нұрлан Ерланұлы») or initials stand before the last («Ж. А. Асанов»). A capitalised word alone is
//! told too: it may be the family name of someone known. Roles stand in front of names in transcripts and reports, at the start
//! of the sentence («Аким Карагандинской области Ермаганбет Булекпаев отметил») or behind the verb («заявил Президент Казахстана
//! Касым-Жомарт Токаев»): of the names behind a verb the last one is meant, unless something parts them or two whole ones stand side by
//! side («сказал Иван Петров Айгуль Куспан»): then it is the first.

use std::ops::Range;

use super::form;
use super::gender::{Gender, gender, gender_of_family};
use super::naming::{is_aside, is_title, names_source, parts, reports_speech};
use super::role::{LONGEST_ROLE, role_of};
use super::word::{Word, words};
use crate::text::{Offset, Span, Text, segment};

/// How many words behind a name are looked at for one that reports speech.
const BEHIND: usize = 5;

/// A name as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// Where it stands.
    pub(super) span: Span,
    /// The name, as it stands there.
    pub(super) name: String,
    /// What the sentence says in front of it: an office or a role.
    pub(super) role: Option<String>,
    /// How many words lie between it and one that reports speech, if one stands close by; one, if its role lies between.
    pub(super) reports: Option<u8>,
    /// Whether a phrase makes it the source of what is quoted: «по словам Айгули Куспан».
    pub(super) is_source: bool,
    /// Whether it is more than a word: a new name may be made of it.
    pub(super) is_whole: bool,
    /// What its last word tells of who bears it, beside the verb.
    pub(super) gender: Option<Gender>,
}

impl Mention {
    /// Whether its family name may be that of whoever is called `name`: «сказала Асанова» is not of «Жакип Асанов».
    pub(super) fn may_be_of(&self, name: &str) -> bool {
        let is_own = || !self.is_source && form::family(name) == self.name.split_whitespace().next_back();
        gender(name).zip(self.gender).is_none_or(|(one, other)| one == other) || is_own()
    }

    /// The name as its bearer is called, as far as the text tells.
    pub(super) fn called(&self) -> String {
        if self.is_source { form::nominative(&self.name) } else { form::without_kazakh_genitive(&self.name).to_owned() }
    }
}

/// What stands before a name: a verb or the phrase that tells a source.
struct Lead {
    /// The number of the first word behind it.
    from: usize,
    is_source: bool,
}

/// The names in `[start, end)`, in order.
pub(super) fn mentions(text: &Text, start: Offset, end: Offset) -> Vec<Mention> {
    let words = words(text, start, end);
    let names = names(&words);
    let mut found: Vec<Mention> = Vec::new();
    for (number, own) in names.iter().enumerate() {
        let lead = lead(&words, own.start).filter(|lead| is_subject(&words, &names, number, lead));
        // Whoever is spoken to is no part of an office: «ответила Сарсембаеву депутат Айгуль Куспан».
        let spoken_to = names[..number].iter().rfind(|other| is_dative(&words, other)).map_or(0, |other| other.end);
        let lead = lead.map(|lead| Lead { from: lead.from.max(spoken_to), ..lead });
        let Some(mention) = mention(text, &words, own.clone(), lead.as_ref()) else { continue };
        if mention.is_whole && (mention.role.is_some() || lead.is_some()) {
            // What looked like a name before it is part of its role.
            let sentence = || segment::sentence(text, mention.span.start()).map(Span::start);
            let role = lead.map(|lead| words[lead.from].span.start()).or_else(sentence);
            found.retain(|other| role.is_none_or(|role| other.span.start() < role));
        }
        found.push(mention);
    }
    found
}

/// The words that each name is made of.
fn names(words: &[Word<'_>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < words.len() {
        let length = run_from(&words[place..]);
        let run = &words[place..place + length];
        // «заявила Айгуль Куспан Ерлану Сарсембаеву»: two stand beside each other, in two cases.
        let dative = form::dative_words(run.iter().map(|word| word.text));
        let cut = length - dative;
        let is_two = dative > 0 && run[..cut].iter().all(|word| !word.text.ends_with(['у', 'ю']));
        let is_led = place > 0 && !words[place - 1].pauses() && reports_speech(words[place - 1].text);
        let cut = if is_two { cut } else { addressed(run).filter(|_| is_led).unwrap_or(length) };
        for (from, to) in [(0, cut), (cut, length)] {
            found.extend(own_name(&run[from..to]).map(|own| place + to - own..place + to));
        }
        place += length.max(1);
    }
    found
}

/// Where a second whole name begins in a run behind a verb, whose case cannot be told: «сказал Иван Петров Айгуль Куспан». An office in
/// capitals is no name.
fn addressed(run: &[Word<'_>]) -> Option<usize> {
    let own = if run.get(1).is_some_and(|word| form::is_patronymic(word.text)) { 3 } else { 2 };
    let is_plain = run.len() >= own + 2 && !run.iter().any(|word| word.is_initial() || is_title(word.text));
    is_plain.then_some(own)
}

/// How many capitalised words and initials stand beside each other at the start of `words`, with a capitalised word at the end.
fn run_from(words: &[Word<'_>]) -> usize {
    // “Q. What did he say?”: a question of a transcript.
    let is_initial = |word: &Word<'_>| word.is_initial() && word.text != "Q";
    let is_of_name = |word: &Word<'_>| is_initial(word) || (word.is_capitalised() && !is_aside(word.text));
    let beside = 1 + words.windows(2).take_while(|pair| pair[0].is_beside_next() && is_of_name(&pair[1])).count();
    let run = words.get(..beside).filter(|run| is_of_name(&run[0])).unwrap_or_default();
    run.iter().rposition(|word| !word.is_initial()).map_or(0, |last| last + 1)
}

/// How many of the last words of a run are the name.
fn own_name(run: &[Word<'_>]) -> Option<usize> {
    let initials = run.iter().rev().skip(1).take_while(|word| word.is_initial()).count();
    if initials > 0 {
        return Some(initials + 1);
    }
    let own = if run.iter().skip(1).any(|word| form::is_patronymic(word.text)) { 3 } else { 2 };
    Some(run.len().min(own)).filter(|own| *own > 0)
}

/// The nearest verb or phrase before word `name`, if no pause lies between.
fn lead(words: &[Word<'_>], name: usize) -> Option<Lead> {
    let before = (0..name).rev().take(LONGEST_ROLE + 1).take_while(|place| !words[*place].pauses());
    let mut leads = before.filter_map(|place| {
        let is_source = names_source(&words[..=place].iter().map(|word| word.text));
        (is_source || reports_speech(words[place].text)).then_some(Lead { from: place + 1, is_source })
    });
    leads.next()
}

/// Whether a name is in the dative, as far as its endings tell.
fn is_dative(words: &[Word<'_>], name: &Range<usize>) -> bool {
    form::dative_words(words[name.clone()].iter().map(|word| word.text)) == name.len()
}

/// Whether name `number` is meant by `lead`: the last name behind it, unless something parts it from one before.
fn is_subject(words: &[Word<'_>], names: &[Range<usize>], number: usize, lead: &Lead) -> bool {
    let own = &names[number];
    let is_apart = |one: &Range<usize>, other: &Range<usize>| {
        let pauses = words[one.end - 1..other.start].iter().any(Word::pauses);
        // Of two whole names side by side the first one speaks.
        let is_beside = one.end == other.start && one.len() > 1 && other.len() > 1;
        pauses
            || is_beside
            || is_dative(words, other)
            || parts(words[one.end..other.start].iter().map(|word| word.text))
    };
    let earlier = names[..number].iter().filter(|other| other.start >= lead.from);
    let later = names[number + 1..].iter().filter(|other| other.len() > 1);
    let goes_on = |other: &Range<usize>| {
        let between = &words[own.end..other.start];
        !is_apart(own, other) && !between.iter().any(|word| reports_speech(word.text))
    };
    let is_addressed = !lead.is_source && is_dative(words, own);
    let between = words.get(lead.from..own.start).unwrap_or_default();
    let is_elsewhere = own.len() == 1 && parts(between.iter().map(|word| word.text));
    !is_addressed
        && !is_elsewhere
        && earlier.into_iter().all(|other| !is_apart(other, own))
        && !later.take(1).any(goes_on)
}

fn mention(text: &Text, words: &[Word<'_>], own: Range<usize>, lead: Option<&Lead>) -> Option<Mention> {
    let span = text.span(words[own.start].span.start(), words[own.end - 1].span.end()).ok()?;
    let is_whole = own.len() > 1;
    let is_source = lead.is_some_and(|lead| lead.is_source);
    let office_lead = lead.filter(|lead| !lead.is_source);
    let office = office_lead.and_then(|lead| role_of(text.between(words[lead.from].span.start(), span.start()), false));
    let same_sentence = segment::sentence(text, span.start()).is_some_and(|sentence| sentence.covers(span));
    let at_start = || role(text, span).filter(|_| same_sentence && lead.is_none());
    let before = lead.map(|lead| u8::from(lead.from < own.start));
    let last = own.end - 1;
    // «Олжас Бектенов: «…»»
    let is_verbless = || {
        let before = words[..own.start].iter().rev().take_while(|word| !word.ends_sentence());
        !before.into_iter().any(|word| reports_speech(word.text))
    };
    let stands_last = last + 1 == words.len() && words[last].gap.starts_with(':');
    let heads = is_whole && stands_last && is_verbless();
    let behind =
        (last..words.len() - 1).take_while(|place| !words[*place].ends_sentence()).map(|place| &words[place + 1]);
    let behind =
        behind.take(BEHIND).zip(0_u8..).find(|(word, _)| reports_speech(word.text)).map(|(_, distance)| distance);
    Some(Mention {
        span,
        name: text.slice(span).to_owned(),
        role: office.or_else(at_start).filter(|_| is_whole),
        reports: before.into_iter().chain(behind).chain(heads.then_some(0)).min(),
        is_source,
        is_whole,
        gender: gender_of_family(words[last].text, verb_beside(words, &own, office_lead), is_source),
    })
}

/// The verb that reports speech of which a name is the subject: the one that leads to it, or one right behind it.
fn verb_beside<'a>(words: &[Word<'a>], own: &Range<usize>, lead: Option<&Lead>) -> Option<&'a str> {
    let behind = (own.end..words.len()).take(2).take_while(|place| !words[place - 1].pauses());
    let before = lead.map(|lead| lead.from - 1);
    before.into_iter().chain(behind).map(|place| words[place].text).find(|word| reports_speech(word))
}

/// The role that the words between the start of the sentence and the name tell, if there is no pause.
fn role(text: &Text, name: Span) -> Option<String> {
    let sentence = segment::sentence_core(text, name.start())?;
    let before = text.between(sentence.start(), name.start().max(sentence.start())).trim();
    let first = before.chars().next()?;
    let is_plain = !before.contains([',', ';', ':', '–', '—', '"', '«', '(']) && first.is_uppercase();
    let has_verb = before.split_whitespace().any(reports_speech);
    role_of(before, true).filter(|_| is_plain && !has_verb)
}
