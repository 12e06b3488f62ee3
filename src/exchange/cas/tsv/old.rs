//! Versions 1 and 2, as tables of version 3: offsets are counted, and `B-` and `I-` become numbers.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::escape::escaped;
use super::layers::{Column, Kind, Layer};
use super::{Row, Sentence, Table};
use crate::exchange::Spot;

/// Whether `head` begins as version 2 does.
pub(super) fn is_header(head: &str) -> bool {
    let first = head.trim_start().lines().next().unwrap_or_default();
    first.starts_with("# ") && first.contains(" | ") && !Layer::of_version_2(first).is_empty()
}

/// The table in `content`; none when there is none.
pub(super) fn parse<'a>(file: &str, content: &'a str) -> Option<Table<'a>> {
    let is_second = is_header(content);
    let layers = if is_second {
        content.lines().filter(|line| is_header(line)).flat_map(Layer::of_version_2).collect()
    } else {
        Layer::of_version_1()
    };
    let mut parser =
        Parser { is_second, start: 0, number: 0, translator: Translator::default(), text: None, tokens: Vec::new() };
    let mut table = Table { layers, ..Table::default() };
    for (number, line) in (1..).zip(content.split('\n')) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.trim().is_empty() {
            parser.finish(&mut table);
        } else if let Some(text) = line.strip_prefix("#text=") {
            parser.text = Some(text);
        } else if !line.trim_start().starts_with('#') {
            match parser.token(number, line, &table.layers) {
                Some(token) => {
                    parser.tokens.push(token);
                    let surplus = surplus(line, is_second, &table.layers);
                    table.refusals.extend(surplus.map(|reason| Spot::new(file, number).refuse(reason)));
                }
                None => table.refusals.push(Spot::new(file, number).refuse("expected a token with its columns")),
            }
        }
    }
    parser.finish(&mut table);
    (!table.sentences.is_empty()).then_some(table)
}

/// Why columns behind those that are known are not taken, if they say anything.
fn surplus(line: &str, is_second: bool, layers: &[Layer]) -> Option<String> {
    const FIRST: usize = 6;
    let columns = if is_second { layers.iter().map(|own| own.columns.len()).sum() } else { FIRST };
    let cells: Vec<&str> = line.split('\t').skip(2).collect();
    let says = |own: &&str| !matches!(own.trim(), "" | "_" | "-" | "O");
    let is_any = cells.iter().skip(columns).any(says);
    is_any.then(|| format!("expected {columns} columns behind the words, found {}: no more are taken", cells.len()))
}

/// A token without its place.
struct Token<'a> {
    line: usize,
    id: Cow<'a, str>,
    words: &'a str,
    cells: Vec<Cow<'a, str>>,
}

struct Parser<'a> {
    is_second: bool,
    /// Where the sentence starts, in UTF-16 units.
    start: usize,
    /// How many sentences there were.
    number: usize,
    translator: Translator,
    /// The text of the sentence, if the file has it.
    text: Option<&'a str>,
    tokens: Vec<Token<'a>>,
}

impl<'a> Parser<'a> {
    fn token(&mut self, line: usize, content: &'a str, layers: &[Layer]) -> Option<Token<'a>> {
        let fields: Vec<&str> = content.split('\t').collect();
        let (id, words) = (*fields.first()?, *fields.get(1)?);
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let (id, cells): (Cow<'_, str>, Vec<Cow<'_, str>>) = if self.is_second {
            let is_id = id.split_once('-').is_some_and(|(sentence, token)| is_number(sentence) && is_number(token));
            (id.into(), is_id.then(|| fields.get(2..))??.iter().map(|own| Cow::Borrowed(*own)).collect())
        } else {
            let sentence = self.number + 1;
            let [lemma, pos, entity, _, head, function] = *fields.get(2..8)?.first_chunk()?;
            // The root hangs on itself, and what hangs nowhere has no function.
            let head = if head == "0" { id } else { head };
            let source = if is_number(head) { format!("{sentence}-{head}") } else { "_".to_owned() };
            let function = if is_number(head) { function } else { "_" };
            let entity = if entity == "-" { "_" } else { entity };
            let cells = vec![lemma.into(), pos.into(), entity.into(), function.into(), source.into()];
            (is_number(id).then(|| format!("{sentence}-{id}"))?.into(), cells)
        };
        let columns: usize = layers.iter().map(|own| own.columns.len()).sum();
        (cells.len() >= columns && !words.is_empty()).then(|| Token {
            line,
            id,
            words,
            cells: self.translator.translated(layers, &cells),
        })
    }

    /// Puts the tokens of a sentence on its text, or on one made of them where they are not in it.
    fn finish(&mut self, table: &mut Table<'a>) {
        let tokens = std::mem::take(&mut self.tokens);
        let text = self.text.take();
        if tokens.is_empty() {
            return;
        }
        let words: Vec<&str> = tokens.iter().map(|own| own.words).collect();
        let given = text.and_then(|text| Some((text.trim_end().to_owned(), places(text, &words)?)));
        let (text, places) = given.unwrap_or_else(|| {
            let text = words.join(" ");
            let found = places(&text, &words).unwrap_or_default();
            (text, found)
        });
        let rows = tokens.into_iter().zip(places).map(|(own, place)| Row {
            line: own.line,
            id: own.id,
            range: self.start + place.start..self.start + place.end,
            words: own.words,
            cells: own.cells,
        });
        let rows: Vec<Row<'_>> = rows.collect();
        // Blanks before the first token would be added once more when the sentences are joined.
        let lead = rows.first().map_or(0, |row| row.range.start - self.start);
        let line = text.chars().skip(lead).collect();
        self.start += text.encode_utf16().count() + 1;
        self.number += 1;
        table.sentences.push(Sentence { lines: vec![line], rows });
    }
}

/// Where `words` stand in `text`, in UTF-16 units; none when something else than blanks is between them.
fn places(text: &str, words: &[&str]) -> Option<Vec<Range<usize>>> {
    let (mut rest, mut at) = (text, 0);
    let mut places = Vec::with_capacity(words.len());
    for own in words {
        let trimmed = rest.trim_start();
        at += rest.get(..rest.len() - trimmed.len())?.encode_utf16().count();
        rest = trimmed.strip_prefix(own)?;
        let end = at + own.encode_utf16().count();
        places.push(at..end);
        at = end;
    }
    rest.trim().is_empty().then_some(places)
}

/// Turns the cells of version 2 into those of version 3.
#[derive(Default)]
struct Translator {
    /// The number of the annotation that is open in each layer and place of the stack.
    open: BTreeMap<(usize, usize), usize>,
    last: usize,
}

impl Translator {
    fn translated<'a>(&mut self, layers: &[Layer], cells: &[Cow<'a, str>]) -> Vec<Cow<'a, str>> {
        let mut all = Vec::with_capacity(cells.len());
        let mut cells = cells.iter();
        for (number, layer) in layers.iter().enumerate() {
            let own: Vec<&Cow<'_, str>> = cells.by_ref().take(layer.columns.len()).collect();
            let first = own.first().map_or("", |own| own.as_ref());
            let stack: Vec<Option<usize>> =
                first.split('|').enumerate().map(|(place, part)| self.open(number, place, part, layer.kind)).collect();
            for (column, cell) in layer.columns.iter().zip(own) {
                let is_feature = matches!(column, Column::Feature(_));
                let is_nothing = matches!(cell.as_ref(), "" | "O");
                all.push(match is_feature {
                    true => translated(cell, &stack, layer).into(),
                    false if is_nothing => "_".into(),
                    false => cell.clone(),
                });
            }
        }
        all
    }

    /// The number of the annotation to which `part` belongs, if it has one.
    fn open(&mut self, layer: usize, place: usize, part: &str, kind: Kind) -> Option<usize> {
        let is_begun = begins(part);
        if kind == Kind::Relation || !(is_begun || continues(part)) {
            self.open.remove(&(layer, place));
            return None;
        }
        if is_begun || !self.open.contains_key(&(layer, place)) {
            self.last += 1;
            self.open.insert((layer, place), self.last);
        }
        self.open.get(&(layer, place)).copied()
    }
}

fn begins(part: &str) -> bool {
    part.starts_with("B-") || part.starts_with("B_")
}

fn continues(part: &str) -> bool {
    part.starts_with("I-") || part.starts_with("I_")
}

fn translated(cell: &str, stack: &[Option<usize>], layer: &Layer) -> String {
    let parts =
        cell.split('|').enumerate().filter(|(_, part)| !matches!(*part, "" | "_" | "O" | "O-_" | "B-_" | "I-_"));
    let parts = parts.map(|(place, part)| {
        let words = if begins(part) || continues(part) { part.get(2..).unwrap_or_default() } else { part };
        // What has no value has the name of its type instead.
        let words = if words.starts_with(&layer.name) { "*".to_owned() } else { escaped(words) };
        let number = stack.get(place).copied().flatten().map(|number| format!("[{number}]")).unwrap_or_default();
        words + &number
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "_".to_owned() } else { parts.join("|") }
}
