//! `CoNLL-U`: ten columns, of which the last, MISC, may say which words are entities.
//!
//! | in MISC | who writes it |
//! |---|---|
//! | `NER=B-PER`, `ner=S-LOC`, `NE=O` | Stanza and others: IOB, BILOU or IOBES |
//! | `NE=per_1-loc_2` | `NameTag`: all entities of a word, each with its number |
//! | `Entity=(e1-person-…`, `e1)` | GUM and `CorefUD`: brackets; the type stands where `# global.Entity` says |
//!
//! The text is `# text` where the words are its words, else the words with `SpaceAfter` between; a sentence is a line. What is said of words
//! beside that is told and not taken.

use std::collections::BTreeSet;
use std::ops::Range;

use super::entities::{Entity, Word, entities};
use super::read::{Tag, aligned};
use crate::exchange::{Aim, Draft, Item, Refusal, Spot, Stated, Unit, Unreadable};

const COLUMNS: [&str; 10] = ["id", "form", "lemma", "upos", "xpos", "feats", "head", "deprel", "deps", "misc"];

/// Whether `content` has lines of ten columns, the first of which is a number, or two with what they span, and no tags in the last.
/// Or whether it says what its columns are, as `CoNLL-U Plus` does.
pub(super) fn is_universal(content: &str) -> bool {
    if content.lines().take_while(|line| line.starts_with('#')).any(|line| columns_in(line).is_some()) {
        return true;
    }
    let mut lines = content.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).peekable();
    let is_one =
        |line: &&str| line.split('\t').count() == COLUMNS.len() && line.starts_with(|c: char| c.is_ascii_digit());
    let is_tagged = |line: &str| line.rsplit('\t').next().is_some_and(|own| own != "_" && Tag::of(own).is_some());
    lines.peek().is_some_and(is_one) && !lines.any(is_tagged)
}

/// The columns that a remark says there are, if one is for words.
fn columns_in(line: &str) -> Option<Vec<&str>> {
    let columns =
        line.strip_prefix('#')?.trim_start().strip_prefix("global.columns")?.trim_start().strip_prefix('=')?;
    let columns: Vec<&str> = columns.split_whitespace().collect();
    columns.iter().any(|own| own.eq_ignore_ascii_case("form")).then_some(columns)
}

/// Reads the documents in `content`, which is in the file called `name`; `stem` is that without its ending.
pub(super) fn read(name: &str, stem: &str, content: &str, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    let mut reader = Reader { name, place: 1, columns: COLUMNS.to_vec(), ..Reader::default() };
    for (line, words) in (1..).zip(content.lines()) {
        reader.line(line, words.trim_end_matches('\r'));
    }
    reader.end_sentence();
    let Reader { mut documents, keys, is_tagged, said, thought, .. } = reader;
    if !is_tagged {
        let found = if keys.is_empty() { "nothing".to_owned() } else { join(&keys) };
        let reason =
            format!("this is CoNLL-U, where entities stand in MISC (NER=, NE= or Entity=); found {found} there");
        return Err(Unreadable::Content(Spot::new(name, 1), reason));
    }
    let told = |names: Vec<&str>| {
        let told = || Spot::new(name, 1).refuse(format!("only words and entities are taken, not {}", names.join(", ")));
        (!names.is_empty()).then(told)
    };
    if let Some(first) = documents.first_mut() {
        first.refusals.splice(0..0, told(keys.iter().map(String::as_str).collect()));
        // What is said of each word in columns of their own is found out by a parser.
        first.remarks.extend(told(COLUMNS.into_iter().filter(|own| said.contains(own)).collect()));
    }
    if let (Some(first), Some((line, count))) = (documents.first_mut(), thought) {
        let told = format!("words that are only thought, as 8.1, are not taken: {count} from here on");
        first.refusals.push(Spot::new(name, line).refuse(told));
    }
    let are_several = documents.len() > 1;
    for (number, own) in (1..).zip(documents) {
        visit(Draft {
            document: Some(if are_several { format!("{stem}-{number:04}.txt") } else { format!("{stem}.txt") }),
            text: Some(own.text),
            unit: Some(Unit::CodePoints),
            items: own.items,
            refusals: own.refusals,
            remarks: own.remarks,
            ..Draft::default()
        });
    }
    Ok(())
}

fn join(keys: &BTreeSet<String>) -> String {
    keys.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

#[derive(Default)]
struct Reader<'a> {
    name: &'a str,
    /// What the columns are called.
    columns: Vec<&'a str>,
    documents: Vec<Document>,
    sentence: Sentence<'a>,
    /// Where the type is among the fields of an `Entity`.
    place: usize,
    /// Whether any word is said to be an entity or none.
    is_tagged: bool,
    /// The columns that say what is not taken.
    said: BTreeSet<&'static str>,
    /// The first line with a word that is only thought, and how many there are.
    thought: Option<(usize, usize)>,
    /// What else MISC has, and columns that the file itself names.
    keys: BTreeSet<String>,
}

#[derive(Default)]
struct Document {
    text: String,
    items: Vec<Item>,
    refusals: Vec<Refusal>,
    remarks: Vec<Refusal>,
}

/// Words up to an empty line.
#[derive(Default)]
struct Sentence<'a> {
    text: Option<&'a str>,
    /// What stands in the text, with a blank behind it or not; several words may be in one.
    tokens: Vec<(String, bool)>,
    /// The last word that the last token spans, if it spans several.
    until: Option<usize>,
    /// Whether something is said of that token as a whole.
    is_said: bool,
    words: Vec<Word<'a>>,
}

/// What MISC says of blanks and places, which the text says too.
const BLANKS: [&str; 5] = ["SpaceAfter", "SpacesAfter", "SpacesBefore", "start_char", "end_char"];

impl<'a> Reader<'a> {
    fn document(&mut self) -> &mut Document {
        if self.documents.is_empty() {
            self.documents.push(Document::default());
        }
        let last = self.documents.len() - 1;
        &mut self.documents[last]
    }

    fn refuse(&mut self, line: usize, reason: String) {
        let refusal = Spot::new(self.name, line).refuse(reason);
        self.document().refusals.push(refusal);
    }

    fn line(&mut self, line: usize, words: &'a str) {
        if words.trim().is_empty() {
            self.end_sentence();
        } else if let Some(remark) = words.strip_prefix('#') {
            self.columns = columns_in(words).unwrap_or_else(|| std::mem::take(&mut self.columns));
            self.remark(remark);
        } else if let Err(reason) = self.row(line, words) {
            self.refuse(line, reason);
        }
    }

    fn remark(&mut self, remark: &'a str) {
        let (key, value) = remark.split_once('=').unwrap_or((remark, ""));
        match key.trim() {
            "text" => self.sentence.text = Some(value.trim()),
            "global.Entity" => {
                let place = value.trim().split('-').position(|own| ["etype", "entity"].contains(&own));
                self.place = place.unwrap_or(1);
            }
            key if key.starts_with("newdoc") => {
                self.end_sentence();
                if self.documents.last().is_some_and(|own| !own.text.is_empty()) {
                    self.documents.push(Document::default());
                }
            }
            _ => {}
        }
    }

    /// Takes a row: a word, or what several words are in the text.
    fn row(&mut self, line: usize, row: &'a str) -> Result<(), String> {
        let cells: Vec<&str> = row.split('\t').collect();
        if cells.len() != self.columns.len() {
            return Err(format!("expected {} columns with tabs between, found {}", self.columns.len(), cells.len()));
        }
        let named = |name: &str| {
            let at = self.columns.iter().position(|own| own.eq_ignore_ascii_case(name))?;
            cells.get(at).copied()
        };
        let next = (self.sentence.words.len() + 1).to_string();
        let id = named("id").unwrap_or(&next);
        let form =
            named("form").filter(|own| !own.trim().is_empty()).ok_or("expected a word as its form, found a blank")?;
        let misc: Vec<_> = named("misc").unwrap_or_default().split('|').filter_map(|own| own.split_once('=')).collect();
        let token = (form.to_owned(), !misc.contains(&("SpaceAfter", "No")));
        let number =
            |own: &str| own.parse::<usize>().ok().ok_or_else(|| format!("expected the number of a word, found {id}"));
        // What is only thought, 8.1, does not stand in the text.
        if id.contains('.') {
            self.thought = Some(self.thought.map_or((line, 1), |(first, count)| (first, count + 1)));
            return Ok(());
        }
        let span = match id.split_once('-') {
            Some((first, last)) => Some(number(first).and(number(last))?),
            None => None,
        };
        let number = number(id.split('-').next().unwrap_or(id))?;
        if span.is_some() || self.sentence.until.is_none_or(|until| number > until) {
            self.sentence.until = span;
            self.sentence.tokens.push(token);
            self.sentence.is_said = false;
        }
        let mut tags = Vec::new();
        for (column, cell) in self.columns.iter().zip(&cells).filter(|(_, cell)| **cell != "_") {
            match COLUMNS.iter().position(|own| own.eq_ignore_ascii_case(column)) {
                Some(0 | 1 | 9) => {}
                Some(at) => drop(self.said.insert(COLUMNS[at])),
                None if Tag::of(cell.trim()).is_some() => tags.push((*column, cell.trim())),
                None => drop(self.keys.insert((*column).to_owned())),
            }
        }
        let is_entity = |key: &str| ["ner", "ne", "entity"].contains(&key.to_lowercase().as_str());
        let (said, others): (Vec<_>, Vec<_>) = misc.into_iter().partition(|(key, _)| is_entity(key));
        let said: Vec<_> = said.into_iter().chain(tags).collect();
        self.keys.extend(others.iter().filter(|(key, _)| !BLANKS.contains(key)).map(|(key, _)| (*key).to_owned()));
        self.is_tagged |= !said.is_empty();
        // What is said of a token goes for the words in it, unless they say something themselves.
        if !said.is_empty() || span.is_none() && !self.sentence.is_said {
            self.sentence.is_said |= span.is_some();
            self.sentence.words.push(Word { token: self.sentence.tokens.len() - 1, said, line });
        }
        Ok(())
    }

    fn end_sentence(&mut self) {
        let sentence = std::mem::take(&mut self.sentence);
        if sentence.tokens.is_empty() {
            return;
        }
        let (entities, faults) = entities(&sentence.words, self.place);
        for (line, reason) in faults {
            self.refuse(line, reason);
        }
        let (text, places) = sentence.placed();
        let name = self.name;
        let document = self.document();
        let at = document.text.chars().count();
        document.text.push_str(&text);
        document.text.push('\n');
        let item = |Entity { tokens, name: layer, line, whole }: Entity| {
            let (first, last) = (places.get(tokens.start)?, places.get(tokens.end - 1)?);
            let pieces = std::iter::once(at + first.start..at + last.end).collect();
            Some(Item {
                spot: Spot::new(name, line),
                layer: Some(layer),
                target: Aim::Text { pieces, words: Vec::new(), apart: None },
                attributes: whole.map(|own| ("Entity".to_owned(), Stated::Words(own))).into_iter().collect(),
                ..Item::default()
            })
        };
        document.items.extend(entities.into_iter().filter_map(item));
    }
}

impl Sentence<'_> {
    /// The text of the sentence, and where each token is in it, in code points.
    fn placed(&self) -> (String, Vec<Range<usize>>) {
        let forms: Vec<String> = self.tokens.iter().map(|(form, _)| form.clone()).collect();
        if let Some((text, places)) = self.text.and_then(|text| Some((text, aligned(text, &forms)?))) {
            return (text.to_owned(), places);
        }
        let (mut text, mut at, mut places) = (String::new(), 0, Vec::new());
        for (form, is_spaced) in &self.tokens {
            let end = at + form.chars().count();
            places.push(at..end);
            text.push_str(form);
            at = end;
            if *is_spaced {
                text.push(' ');
                at += 1;
            }
        }
        (text.trim_end().to_owned(), places)
    }
}
