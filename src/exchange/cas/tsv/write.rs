//! Writing a table.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use super::escape::{escaped, makes_escape};
use crate::exchange::cas::structure::{FIRST, Feature, Features, Structure};
use crate::exchange::cas::{OWN, RELATION, SPAN};
use crate::exchange::tokens::{Token, tokens};
use crate::text::{Offset, Span, Text};

/// Writes `structures` about `text`, as far as they are spans without white space at their ends, and relations between them.
pub(in crate::exchange::cas) fn write(
    text: &Text,
    structures: &[Structure<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let marked = marked(text, structures);
    let spans: Vec<Span> = marked.iter().map(|own| own.span).collect();
    let tokens: Vec<Token> = tokens(text, &spans).into_iter().filter(|own| !own.is_blank).collect();
    let sentences = sentences(text, &tokens);
    let table = Table {
        columns: columns(structures, SPAN, &["label", "value", "uid", "note"]),
        relation_columns: columns(structures, RELATION, &["label", "uid", "note"]),
        relations: relations(structures, &marked, &tokens),
        places: places(&sentences, &marked, &tokens),
        text,
        tokens: &tokens,
        marked: &marked,
    };
    table.header(out)?;
    table.body(&sentences, out)
}

/// A fragment.
struct Marked<'a> {
    /// The number of its structure.
    number: usize,
    span: Span,
    features: &'a Features<'a>,
}

/// The fragments in text order, the longer ones first; the place in the list, from 1, is what stands in brackets.
fn marked<'a>(text: &Text, structures: &'a [Structure<'a>]) -> Vec<Marked<'a>> {
    let spans = (FIRST..).zip(structures).filter(|(_, (kind, _))| *kind == SPAN);
    let mut marked: Vec<Marked<'_>> = spans
        .filter_map(|(number, (_, features))| {
            let offset = |name: &str| text.offset_of_utf16(features.get(name)?.number()?);
            Some(Marked { number, span: text.span(offset("begin")?, offset("end")?).ok()?, features })
        })
        .collect();
    marked.sort_by_key(|own| (own.span.start(), Reverse(own.span.end()), own.number));
    marked
}

/// The features of the structures of this kind: those given, then all others by name.
fn columns<'a>(structures: &'a [Structure<'a>], kind: &str, given: &[&'a str]) -> Vec<&'a str> {
    let own = structures.iter().filter(|(own, _)| *own == kind).map(|(_, features)| features);
    let names: BTreeSet<&str> = own.flat_map(|own| own.keys()).map(AsRef::as_ref).collect();
    let others = names.into_iter().filter(|name| !OWN.contains(name) && !name.starts_with('@'));
    given.iter().copied().chain(others).collect()
}

/// A relation that stands at a token.
struct Relation<'a> {
    features: &'a Features<'a>,
    /// The places of what it joins among the fragments.
    from: usize,
    to: usize,
}

/// The relations by the number of the token at which they stand.
fn relations<'a>(
    structures: &'a [Structure<'a>],
    marked: &[Marked<'_>],
    tokens: &[Token],
) -> BTreeMap<usize, Vec<Relation<'a>>> {
    let by_number: BTreeMap<usize, usize> = marked.iter().enumerate().map(|(place, own)| (own.number, place)).collect();
    let mut relations: BTreeMap<usize, Vec<Relation<'_>>> = BTreeMap::new();
    for (_, features) in structures.iter().filter(|(kind, _)| *kind == RELATION) {
        let end = |name: &str| by_number.get(&features.get(name)?.number()?).copied();
        if let (Some(from), Some(to)) = (end("@Governor"), end("@Dependent")) {
            let at = first_token(&marked[to], tokens);
            relations.entry(at).or_default().push(Relation { features, from, to });
        }
    }
    relations
}

fn first_token(marked: &Marked<'_>, tokens: &[Token]) -> usize {
    tokens.partition_point(|own| own.start < marked.span.start())
}

/// A sentence: its text, and its tokens by number.
struct Sentence {
    bytes: Range<usize>,
    tokens: Range<usize>,
}

/// The sentences: a new one starts behind a line end if nothing but blanks is between that and the next token, and where a
/// backslash would make an escape of what follows.
fn sentences(text: &Text, tokens: &[Token]) -> Vec<Sentence> {
    let content = text.as_str();
    let end = content.strip_suffix('\n').map_or(content.len(), str::len);
    let mut sentences: Vec<Sentence> = Vec::new();
    for (number, token) in tokens.iter().enumerate() {
        let start = token.start.bytes();
        let before = number.checked_sub(1).and_then(|number| tokens.get(number));
        let gap_start = before.map_or(0, |own| own.end.bytes());
        let gap = content.get(gap_start..start).unwrap_or_default();
        let line_end =
            gap.rfind('\n').filter(|at| gap.get(at + 1..).is_some_and(|rest| rest.chars().all(|c| c == ' ')));
        let is_escape = gap.is_empty()
            && content.get(..start).is_some_and(|before| before.ends_with('\\'))
            && content.get(start..).is_some_and(|behind| behind.starts_with(makes_escape));
        let break_at = line_end.map(|at| gap_start + at).or_else(|| is_escape.then_some(start));
        if let Some(last) = sentences.last_mut() {
            last.tokens.end = number;
            let Some(at) = break_at else { continue };
            last.bytes.end = at;
        }
        sentences.push(Sentence { bytes: start..end, tokens: number..number });
    }
    if let Some(last) = sentences.last_mut() {
        last.tokens.end = tokens.len();
    }
    sentences
}

/// What the first token of each fragment is called.
fn places(sentences: &[Sentence], marked: &[Marked<'_>], tokens: &[Token]) -> Vec<String> {
    let place = |own: &Marked<'_>| {
        let token = first_token(own, tokens);
        let sentence = sentences.partition_point(|own| own.tokens.start <= token);
        let start = sentences.get(sentence - 1).map_or(0, |own| own.tokens.start);
        format!("{sentence}-{}", token - start + 1)
    };
    marked.iter().map(place).collect()
}

struct Table<'a> {
    text: &'a Text,
    tokens: &'a [Token],
    marked: &'a [Marked<'a>],
    /// What the first token of each fragment is called.
    places: Vec<String>,
    columns: Vec<&'a str>,
    relations: BTreeMap<usize, Vec<Relation<'a>>>,
    relation_columns: Vec<&'a str>,
}

impl Table<'_> {
    fn header(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "#FORMAT=WebAnno TSV 3.3\n#T_SP={SPAN}|{}", self.columns.join("|"))?;
        if !self.relations.is_empty() {
            writeln!(out, "#T_RL={RELATION}|{}|BT_{SPAN}", self.relation_columns.join("|"))?;
        }
        out.write_all(b"\n")
    }

    fn body(&self, sentences: &[Sentence], out: &mut dyn Write) -> io::Result<()> {
        let content = self.text.as_str();
        let mut here = Here { at: Offset::ZERO, utf16: 0, next: 0, active: Vec::new() };
        for (number, sentence) in (1..).zip(sentences) {
            out.write_all(b"\n")?;
            for line in content.get(sentence.bytes.clone()).unwrap_or_default().split('\n') {
                writeln!(out, "#Text={line}")?;
            }
            for (own, token) in (1..).zip(sentence.tokens.clone()) {
                write!(out, "{number}-{own}\t")?;
                self.row(token, &mut here, out)?;
            }
        }
        Ok(())
    }

    /// The rest of the row of token number `number`.
    fn row(&self, number: usize, here: &mut Here, out: &mut dyn Write) -> io::Result<()> {
        let token = self.tokens[number];
        let start = here.utf16_of(self.text, token.start);
        let end = here.utf16_of(self.text, token.end);
        here.active.retain(|place| self.marked[*place].span.end() > token.start);
        while self.marked.get(here.next).is_some_and(|own| own.span.start() <= token.start) {
            here.active.push(here.next);
            here.next += 1;
        }
        let mut row = format!("{start}-{end}\t{}\t", self.text.between(token.start, token.end));
        for column in &self.columns {
            let parts = here.active.iter().map(|place| (self.marked[*place].features.get(*column), Some(place + 1)));
            cell(&mut row, parts.map(|(value, number)| part(value, number)));
        }
        if !self.relations.is_empty() {
            let all = self.relations.get(&number).map_or(&[][..], Vec::as_slice);
            for column in &self.relation_columns {
                cell(&mut row, all.iter().map(|own| part(own.features.get(*column), None)));
            }
            cell(&mut row, all.iter().map(|own| format!("{}[{}_{}]", self.places[own.from], own.from + 1, own.to + 1)));
        }
        row.push('\n');
        out.write_all(row.as_bytes())
    }
}

/// How far the rows are.
struct Here {
    at: Offset,
    /// The UTF-16 units before it.
    utf16: usize,
    /// The first fragment that has not begun.
    next: usize,
    /// The fragments that the token is in.
    active: Vec<usize>,
}

impl Here {
    /// The UTF-16 units before `offset`, which is not before the last one asked for.
    fn utf16_of(&mut self, text: &Text, offset: Offset) -> usize {
        self.utf16 += text.between(self.at, offset).encode_utf16().count();
        self.at = offset;
        self.utf16
    }
}

fn part(value: Option<&Feature<'_>>, number: Option<usize>) -> String {
    let mut part = value.and_then(Feature::words).map_or_else(|| "*".to_owned(), escaped);
    if let Some(number) = number {
        // Writing to a string cannot fail.
        write!(part, "[{number}]").ok();
    }
    part
}

/// Adds a cell and the tab behind it.
fn cell(row: &mut String, parts: impl Iterator<Item = String>) {
    let mut is_empty = true;
    for part in parts {
        if !std::mem::replace(&mut is_empty, false) {
            row.push('|');
        }
        row.push_str(&part);
    }
    row.push_str(if is_empty { "_\t" } else { "\t" });
}
