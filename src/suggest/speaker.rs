//! Who may be quoted in a span.
//!
//! The name next to the reporting verb behind the quotation («…», – отметил Серик Беркамалов), then in front of it, then the nearest
//! names in the paragraphs above, where a report introduces whom it quotes. Names already registered are recognised in their
//! inflected forms («Беркамалова»), also by family name alone or with initials, and rank as new ones do: whoever is spoken to
//! («Беркамалову») comes behind who speaks. A family name alone beside a verb is of whoever bears it above, or who speaks by it.
//! A pronoun or an office beside the verb, where nobody is named there, brings whom it stands for to the front. In a record with turns
//! nothing is looked at beyond the turn, and whoever speaks in it comes first, but for a quotation that the turn gives to another.

use super::form::{Case, case_of, dative_words, family, same_initials, same_name, same_word};
use super::gender::{Gender, gender};
use super::instead::{Instead, bearer, holder, instead};
use super::introduced::{has_article, introduced, titled};
use super::mention::{Mention, mentions};
use super::naming::is_title;
use super::speaking::{speaking, turn_of};
use super::within::clauses_within;
use crate::annotation::{AnnotationSet, Speaker, SpeakerId};
use crate::document::Document;
use crate::text::quotation::quotations_around;
use crate::text::{Line, Offset, Span, Text, segment};

/// How far behind a quotation its speaker is looked for, in bytes.
const TAIL: usize = 400;
/// How far behind one a family name alone may stand, if no one is known by it.
const CLOSE: usize = 80;
/// How many paragraphs above are looked at.
const ABOVE: usize = 6;
/// What it costs to be the one whom someone speaks to: not to come before anyone that the quotation's paragraph names.
const SPOKEN_TO: i32 = 95;
/// What another case costs where nothing says that it names the source.
const INFLECTED: i32 = 30;

/// What it is worth to be named in a clause within the quotation: to come before everyone around it.
const WITHIN: i32 = 300;
/// What it costs to be named in the sentence behind, where the quotation's own sentence tells who speaks: to come behind them.
const ELSEWHERE: i32 = 100;

/// What whoever is but named before is worth: to come behind whoever has a role or a verb.
const BUT_NAMED: i32 = -60;
/// How many words stand at most before the name at the end of what is called so in quotation marks.
const TITLE: usize = 2;

/// Someone who may be quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The name, as registered or as the text has it.
    pub name: String,
    /// What the text says they are.
    pub role: Option<String>,
    /// Who it is, if registered.
    pub known: Option<SpeakerId>,
}

impl Candidate {
    /// Whether both are one, as far as is known.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self.known, other.known) {
            (Some(one), Some(other)) => one == other,
            _ => same_name(&self.name, &other.name),
        }
    }
}

/// A name in the text, and whom of the register it may mean.
struct Found<'a> {
    score: i32,
    mention: Mention,
    known: Vec<&'a Speaker>,
    /// Whom a family name alone means, of whom the register knows nothing.
    introduced: Option<Candidate>,
}

/// Who may be quoted in `span`, the likeliest first.
pub fn speakers(document: &Document, set: &AnnotationSet, span: Span) -> Vec<Candidate> {
    let text = &document.text;
    let named = |start, end| mentions(text, start, end).into_iter().filter_map(|own| Found::of(document, set, own));
    let mut found: Vec<Found<'_>> = Vec::new();
    let line = text.line(text.line_of(span.end()));
    let tail_end = text.boundary_at_or_before(line.end.bytes().min(span.end().bytes() + TAIL));
    let is_close = |own: &Found<'_>| own.mention.span.start().bytes() <= span.end().bytes() + CLOSE;
    let behind = named(span.end(), tail_end).filter(|own| own.introduced.is_none() || is_close(own));
    for (place, own) in (0..).zip(behind) {
        found.push(own.worth(|mention| 100 + nearness(mention) - 10 * place));
    }
    for (start, end) in clauses_within(text, span) {
        found.extend(
            named(start, end).filter(Found::is_told).map(|own| own.worth(|mention| WITHIN + nearness(mention))),
        );
    }
    let behind = found.len();
    let first = text.line(text.line_of(span.start()));
    let from = turn_of(document, span).map_or(Offset::ZERO, |turn| turn.speech.min(span.start()));
    let lead_start = text.boundary_at_or_before(span.start().bytes().saturating_sub(TAIL)).max(first.start).max(from);
    for (place, own) in (0..).zip(named(lead_start, span.start()).filter(Found::is_person)) {
        let base = if own.is_but_named() { BUT_NAMED } else { 60 };
        found.push(own.worth(|mention| base + nearness(mention) + place));
    }
    let (behind, before) = found.split_at_mut(behind);
    if ends_what_is_told(text, span, before) {
        for own in behind {
            own.score -= ELSEWHERE;
        }
    }
    for (distance, line) in (0..).zip(paragraphs_above(document, first.start, from)) {
        for own in named(line.start, line.end).filter(Found::is_person) {
            let base = if own.is_but_named() { BUT_NAMED } else { 20 };
            found.push(own.worth(|mention| base - 12 * distance + if mention.reports.is_some() { 40 } else { 0 }));
        }
    }
    let stands = instead(text, span, tail_end);
    let stands = stands.filter(|(stretch, _)| !found.iter().any(|own| own.is_named_in(*stretch)));
    let meant = stands.and_then(|(_, stands)| meant(document, set, span, &stands, &mut found));
    found.sort_by_key(|own| (-own.score, own.mention.span));
    let is_told = meant.is_some() || found.iter().any(Found::is_told);
    let quoted: Vec<Candidate> = meant.into_iter().chain(found.iter().map(Found::whom)).flatten().collect();
    let speaking: Vec<Candidate> = speaking(document, set, span).into_iter().collect();
    let comes_first = is_told && !quotations_around(text, span.start(), span.end()).is_empty();
    let (first, then) = if comes_first { (quoted, speaking) } else { (speaking, quoted) };
    candidates(first.into_iter().chain(then))
}

/// Whether one of those named `before` says what the quotation in `span` ends: «Лебедева заявила: «…». Громов призвал к порядку».
fn ends_what_is_told(text: &Text, span: Span, before: &[Found<'_>]) -> bool {
    let sentence = segment::sentence(text, span.start()).map_or(span.start(), Span::start);
    let is_told = before.iter().any(|own| own.mention.reports.is_some() && own.mention.span.start() >= sentence);
    let (lead, behind) = (text.between(sentence, span.start()), text.between(span.end(), text.end()));
    let gap = behind.split(char::is_alphanumeric).next().unwrap_or_default();
    is_told && (lead.trim_end().ends_with(':') || gap.contains(['.', '!', '?', '…', '\n']))
}

/// Whom the word means that stands for a name beside the quotation in `span`; a pronoun that tells a gender takes whoever has another
/// out of those `found`.
fn meant<'a>(
    document: &Document,
    set: &'a AnnotationSet,
    span: Span,
    stands: &Instead<'_>,
    found: &mut Vec<Found<'a>>,
) -> Option<Vec<Candidate>> {
    match stands {
        Instead::Pronoun(genders) => {
            found.retain(|own| own.gender().is_none_or(|gender| genders.contains(&gender)));
            let is_before = |own: &&Found<'_>| own.mention.span.end() <= span.start();
            let before = found.iter().filter(is_before).filter(|own| own.case() != Case::Dative);
            before.max_by_key(|own| (own.case() == Case::Nominative, own.mention.span.start())).map(Found::whom)
        }
        Instead::Offices(offices) => offices.iter().find_map(|office| {
            let bearer = || Found::of(document, set, bearer(&document.text, office, span.start())?);
            holder(set, office).map(|own| vec![known(own)]).or_else(|| bearer().map(|own| own.whom()))
        }),
    }
}

impl<'a> Found<'a> {
    /// The mention with whom it may mean; nothing, if it is but a word that no one goes by.
    fn of(document: &Document, set: &'a AnnotationSet, mention: Mention) -> Option<Self> {
        let name = &mention.name;
        let briefly = |word: &str| {
            let called = set.speakers().filter(|speaker| is_called_briefly(speaker, word));
            called.filter(|speaker| names(speaker).any(|name| mention.may_be_of(name))).collect()
        };
        let known: Vec<&Speaker> = match (mention.is_whole.then(|| whom(set, name)), name.split_once(' ')) {
            (None, _) => briefly(name),
            (Some(None), Some((title, family))) if is_title(title) => briefly(family),
            (Some(known), _) => known.into_iter().collect(),
        };
        // “the Prime Minister”
        let is_office = || name.split_whitespace().next_back().is_some_and(is_title);
        let is_nobody =
            is_quoted(&document.text, mention.span) || (is_office() && has_article(&document.text, mention.span));
        if known.is_empty() && is_nobody {
            return None;
        }
        let is_alone = !mention.is_whole && known.is_empty();
        let introduced = if is_alone {
            introduced(document, &mention)
        } else if known.is_empty() {
            titled(document, &mention)
        } else {
            None
        };
        (!is_alone || introduced.is_some()).then_some(Self { score: 0, mention, known, introduced })
    }

    /// Whether a mention away from the quotation's end looks like a person: one who reports, or whose role is told, or whose whole
    /// name ends as names of persons do.
    fn is_person(&self) -> bool {
        !self.is_but_named() || (self.mention.is_whole && self.gender().is_some())
    }

    /// Whether words are told to be of them.
    fn is_told(&self) -> bool {
        self.mention.reports.is_some() || self.mention.is_source
    }

    /// Whether nothing but the name tells that it is a person.
    fn is_but_named(&self) -> bool {
        self.mention.reports.is_none() && self.mention.role.is_none()
    }

    /// Whom it means: several where the register does not tell.
    fn whom(&self) -> Vec<Candidate> {
        let new = || Candidate { name: self.mention.called(), role: self.mention.role.clone(), known: None };
        let new = || self.introduced.clone().unwrap_or_else(new);
        if self.known.is_empty() { vec![new()] } else { self.known.iter().map(|own| known(own)).collect() }
    }

    /// Whether somebody is named here: by more than a word that may be anything, beside a verb.
    fn is_named_in(&self, stretch: Span) -> bool {
        let is_name = self.mention.is_whole || !self.known.is_empty();
        is_name && self.mention.reports.is_some() && stretch.covers(self.mention.span)
    }

    /// The gender that the name tells.
    fn gender(&self) -> Option<Gender> {
        gender(self.known.first().map_or(&self.mention.name, |own| &own.name))
    }

    fn worth(self, score: impl Fn(&Mention) -> i32) -> Self {
        let cost = match self.case() {
            _ if self.mention.is_source => 0,
            Case::Nominative => 0,
            Case::Dative => SPOKEN_TO,
            Case::Other => INFLECTED,
        };
        Self { score: score(&self.mention) - cost, ..self }
    }

    /// The case that the name stands in; of a new one only the dative can be told.
    fn case(&self) -> Case {
        let name = self.mention.name.as_str();
        let words = name.split_whitespace();
        let own =
            self.known.first().and_then(|known| names(known).find(|own| same_name(own, name)).or(Some(&known.name)));
        match own {
            Some(own) => case_of(name, own),
            None if dative_words(words.clone()) == words.count() => Case::Dative,
            None => Case::Nominative,
        }
    }
}

/// Whether the name in `span` is all or the end of what stands in quotation marks: «Голос Америки», «Радио Голос Америки».
fn is_quoted(text: &Text, span: Span) -> bool {
    let line = text.line(text.line_of(span.start()));
    let (before, behind) = (text.between(line.start, span.start()), text.between(span.end(), line.end));
    let words = before.trim_end_matches(|c: char| c.is_alphanumeric() || " \u{a0}-".contains(c));
    let title = before.strip_prefix(words).unwrap_or_default();
    title.split_whitespace().count() <= TITLE
        && behind.starts_with(['»', '”', '"'])
        && words.ends_with(['«', '“', '„', '"'])
}

/// What a reporting verb close by is worth.
fn nearness(mention: &Mention) -> i32 {
    mention.reports.map_or(0, |distance| 50 - 8 * i32::from(distance))
}

/// Whether two names may be of one person: forms of one name, with initials, or the family name alone.
pub fn may_be_one(name: &str, other: &str) -> bool {
    let (name, other) = (name.to_lowercase(), other.to_lowercase());
    let is_family = |word: &str, whole: &str| {
        word.split_whitespace().count() == 1 && family(whole).is_some_and(|own| same_word(own, word))
    };
    let are_forms = same_name(&name, &other) || same_initials(&name, &other);
    are_forms || is_family(&name, &other) || is_family(&other, &name)
}

/// The registered speaker whom `name` means: in another case or inflected, in capitals, or by the family name alone where only one
/// has it.
pub(super) fn registered<'a>(set: &'a AnnotationSet, name: &str) -> Option<&'a Speaker> {
    whom(set, name).or_else(|| only(set.speakers().filter(|own| is_called_briefly(own, name))))
}

/// The registered speaker whom a whole `name` means: in another case or inflected, or by the initials where only one has these.
fn whom<'a>(set: &'a AnnotationSet, name: &str) -> Option<&'a Speaker> {
    let name = name.to_lowercase();
    let called = |speaker: &&Speaker| names(speaker).any(|own| same_name(&own.to_lowercase(), &name));
    let abbreviated = |speaker: &&Speaker| names(speaker).any(|own| same_initials(&own.to_lowercase(), &name));
    set.speakers().find(called).or_else(|| only(set.speakers().filter(abbreviated)))
}

fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    all.next().filter(|_| all.next().is_none())
}

/// The paragraphs above, as far as they are behind `from`, the nearest first; picture captions and the like are passed over.
fn paragraphs_above(document: &Document, start: Offset, from: Offset) -> impl Iterator<Item = Line> {
    let text = &document.text;
    let number = text.paragraphs_before(text.line_of(start));
    let lines = (0..number).rev().filter_map(|number| text.paragraph(number));
    let is_caption =
        |line: &Line| text.between(line.start, line.end).split_once(": ").is_some_and(|(head, _)| !head.contains(' '));
    let cut = |line: Line| Line {
        end: text.boundary_at_or_before(line.end.bytes().min(line.start.bytes() + 4 * TAIL)),
        ..line
    };
    let own = move |line: Line| Line { start: line.start.max(from), ..line };
    let lines = lines.take_while(move |line| line.end > from).map(own);
    lines.filter(move |line| !is_caption(line)).take(ABOVE).map(cut)
}

/// Each once.
fn candidates(named: impl Iterator<Item = Candidate>) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for own in named {
        match candidates.iter_mut().find(|other| other.is_same(&own)) {
            Some(other) => other.role = other.role.take().or(own.role),
            None => candidates.push(own),
        }
    }
    candidates
}

pub(super) fn known(speaker: &Speaker) -> Candidate {
    Candidate { name: speaker.name.clone(), role: speaker.role.clone(), known: Some(speaker.id) }
}

/// Whether `word` alone is a form of the speaker's family name or of another name that they go by.
fn is_called_briefly(speaker: &Speaker, word: &str) -> bool {
    let word = word.to_lowercase();
    let aliases = speaker.aliases.iter().map(String::as_str);
    family(&speaker.name).into_iter().chain(aliases).any(|own| same_word(&own.to_lowercase(), &word))
}

/// Every name that a speaker goes by.
fn names(speaker: &Speaker) -> impl Iterator<Item = &String> {
    std::iter::once(&speaker.name).chain(&speaker.aliases)
}
