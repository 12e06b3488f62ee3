//! Reading tags: ours with what lies beside them, and those of others.

use std::collections::BTreeMap;
use std::ops::Range;

use super::beside::{Group, groups};
use super::universal;
use crate::exchange::contents::{alike, content, optional};
use crate::exchange::names::untagged;
use crate::exchange::{Aim, Draft, Files, Item, Refusal, Spot, Unit, Unreadable};

/// Whether a file called `name` with these bytes has tags in its last column.
pub(super) fn sniff(name: &str, head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let tag = lines
        .find(|line| !line.starts_with(b"# ") && !line.starts_with(b"#\t"))
        .and_then(|line| line.rsplit(|byte| b" \t".contains(byte)).next());
    let start = || String::from_utf8_lossy(head);
    stem_of(name).is_some()
        || head.starts_with(b"-DOCSTART-")
        || universal::is_universal(&start())
        || tag.and_then(|tag| std::str::from_utf8(tag).ok()).and_then(Tag::of).is_some()
            && head.contains(&b'\n')
            && !head.starts_with(b"{")
            && lines.take(10).all(|line| line.iter().any(|byte| b" \t".contains(byte)))
}

/// The name of a file of tags without its ending.
pub(super) fn stem_of(name: &str) -> Option<&str> {
    let (stem, ending) = name.rsplit_once('.')?;
    ["conll", "conllu", "conllup", "bilou", "bio", "iob", "iob2", "iobes"]
        .contains(&ending.to_lowercase().as_str())
        .then_some(stem)
}

/// Reads each file of tags that is not one of several of a source, and those of each source.
pub(super) fn read(files: &dyn Files, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    let groups = groups(files)?;
    let is_ours = |name: &String| groups.iter().any(|own| own.name == *name || own.parts.contains(name));
    // A text is one of tags too, unless it is the transcript of such a file.
    let names = alike(files, &[], sniff);
    let is_beside = |name: &str| {
        let stem = name.strip_suffix(".txt");
        stem.is_some() && names.iter().any(|own| stem_of(own) == stem)
    };
    for name in names.iter().filter(|name| !is_beside(name) && !is_ours(name)) {
        foreign(files, name, visit)?;
    }
    for own in groups {
        visit(ours(files, own)?);
    }
    Ok(())
}

/// What the files of a group say together with what lies beside them.
fn ours(files: &dyn Files, group: Group) -> Result<Draft, Unreadable> {
    let name = &group.name;
    let spot = Spot::new(name, 0);
    let transcript = format!("{}.txt", stem_of(name).unwrap_or(name));
    let text = match optional(files, &transcript)? {
        Some(text) => text,
        None => Document::joined(&documents(name, &content(files, name)?)).0,
    };
    let (mut items, mut refusals) = (Vec::new(), Vec::new());
    for part in &group.parts {
        for document in documents(part, &content(files, part)?) {
            match aligned(&text, &document.tokens) {
                Some(places) => items.extend(document.items(part, &places)),
                None => refusals.push(Spot::new(part, 0).refuse("its tokens are not those of the text")),
            }
            refusals.extend(document.refusals);
        }
    }
    let draft = Draft { text: Some(text), unit: Some(Unit::CodePoints), ..Draft::default() };
    let aside = match group.aside {
        Ok(aside) => aside,
        Err(fault) => {
            refusals.push(fault);
            return Ok(Draft { document: Some(transcript), items, refusals, ..draft });
        }
    };
    if items.len() == aside.spans.len() {
        items = aside.items(items, &spot);
    } else {
        let found = items.len();
        let reason = format!("it knows {} tagged stretches, not the {found} that are there", aside.spans.len());
        refusals.push(Spot::new(&format!("{name}.json"), 0).refuse(reason));
    }
    Ok(Draft { document: Some(aside.document), annotator: Some(aside.annotator), items, refusals, ..draft })
}

/// What the file called `name` says by itself; on the text that lies beside it, if its tokens are those.
fn foreign(files: &dyn Files, name: &str, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    // Other endings tell files of one corpus apart: `eng.train`, `eng.testa`.
    let plain = [".txt", ".tsv"].iter().find_map(|ending| name.strip_suffix(ending));
    let stem = stem_of(name).or(plain).unwrap_or(name);
    let content = content(files, name)?;
    let content = content.trim_start_matches('\u{feff}');
    if universal::is_universal(content) {
        return universal::read(name, stem, content, visit);
    }
    let documents = documents(name, content);
    let text = optional(files, &format!("{stem}.txt"))?.filter(|_| stem_of(name).is_some() && documents.len() == 1);
    let are_several = documents.len() > 1;
    if documents.iter().all(|own| own.tokens.is_empty()) {
        let expected = "expected lines of a token and a tag such as O or B-PER".to_owned();
        return Err(Unreadable::Content(Spot::new(name, 1), expected));
    }
    for (number, document) in (1..).zip(&documents) {
        let own = text.as_ref().and_then(|text| Some((text.clone(), aligned(text, &document.tokens)?)));
        let fault = text.as_ref().filter(|_| own.is_none()).map(|_| {
            let told = format!("its tokens are not the words of {stem}.txt: they are taken as a text of their own");
            Spot::new(name, 0).refuse(told)
        });
        let (text, places) = own.unwrap_or_else(|| Document::joined(std::slice::from_ref(document)));
        visit(Draft {
            document: Some(if are_several { format!("{stem}-{number:04}.txt") } else { format!("{stem}.txt") }),
            text: Some(text),
            unit: Some(Unit::CodePoints),
            items: document.items(name, &places),
            refusals: document.refusals.iter().cloned().chain(fault).collect(),
            ..Draft::default()
        });
    }
    Ok(())
}

/// A tag in two: its letter, and what it is.
pub(super) struct Tag<'a> {
    pub(super) letter: char,
    pub(super) name: &'a str,
}

impl<'a> Tag<'a> {
    pub(super) fn of(tag: &'a str) -> Option<Self> {
        if tag == "O" || tag == "_" {
            return Some(Self { letter: 'O', name: "" });
        }
        let (letter, name) = tag.split_once('-').filter(|(_, name)| !name.is_empty())?;
        let letter = ["B", "I", "L", "E", "U", "S", "M"].contains(&letter).then(|| letter.chars().next())??;
        Some(Self { letter, name })
    }
}

/// The tokens of one document and what is tagged.
#[derive(Default)]
struct Document {
    tokens: Vec<String>,
    /// The places of the tokens before which a sentence starts.
    starts: Vec<usize>,
    /// Stretches of tokens, half-open, with what they are and the line on which they start.
    stretches: Vec<(Range<usize>, String, usize)>,
    /// The first line that has tags in other columns than the last, and how many there are.
    others: (Option<usize>, usize),
    refusals: Vec<Refusal>,
}

/// The columns of a line.
fn cells(line: &str) -> Vec<&str> {
    if line.contains('\t') {
        line.split('\t').collect()
    } else {
        line.split(' ').filter(|own| !own.is_empty()).collect()
    }
}

/// Whether a line is for people, in a file of so many columns: `# key = value`, or what has other columns than its neighbours.
fn is_remark(line: &str, columns: usize) -> bool {
    let words = line.strip_prefix('#').filter(|words| words.starts_with([' ', '\t']));
    let is_pair = |words: &str| {
        let key = words.split_once('=').map_or("", |(key, _)| key.trim());
        !key.is_empty() && !words.contains('\t')
    };
    words.is_some_and(|words| is_pair(words) || cells(line).len() != columns)
}

/// How many columns most lines of `content` have, but for those that may be remarks.
fn columns(content: &str) -> usize {
    let mut counts = BTreeMap::new();
    for line in content.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        *counts.entry(cells(line).len()).or_insert(0) += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(columns, _)| columns)
}

/// What stands before the tokens of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    None,
    /// The number of the token: from 0 or 1, in its sentence or on over all, or two with what they span.
    Number,
    /// `Sentence: 1` where one begins, else nothing.
    Sentence,
}

impl Lead {
    /// What stands in the first column of all lines of `content` that are no remarks.
    fn of(content: &str, columns: usize) -> Self {
        let lines = content.lines().filter(|line| !line.trim().is_empty() && !is_remark(line, columns));
        let lines: Vec<_> = lines.filter(|line| !line.starts_with("-DOCSTART-")).map(cells).collect();
        let mut before = None;
        let mut follows = |cell: &str| {
            let first: Option<usize> = cell.split('-').next().and_then(|own| own.parse().ok());
            let is_next = first.is_some_and(|own| own < 2 || before.is_some_and(|before| own == before + 1));
            if !cell.contains('-') {
                before = first;
            }
            is_next
        };
        let is_lead = |cell: &str| cell.is_empty() || cell.starts_with("Sentence");
        let first = |line: &Vec<&str>| line.first().copied().unwrap_or_default().to_owned();
        if lines.len() < 2 || lines.iter().any(|line| line.len() < 3) {
            Self::None
        } else if lines.iter().all(|line| follows(&first(line))) {
            Self::Number
        } else if lines.iter().all(|line| is_lead(&first(line))) && first(&lines[1]).starts_with("Sentence") {
            Self::Sentence
        } else {
            Self::None
        }
    }
}

/// The documents in `content`.
fn documents(name: &str, content: &str) -> Vec<Document> {
    let mut documents = vec![Document::default()];
    let mut is_open = false;
    let columns = columns(content);
    let lead = Lead::of(content, columns);
    for (number, line) in (1..).zip(content.split('\n')) {
        let line = line.trim_end_matches(['\r', ' ']);
        let Some(document) = documents.last_mut() else { continue };
        if line.trim().is_empty() {
            document.starts.push(document.tokens.len());
            is_open = false;
            continue;
        }
        if is_remark(line, columns) {
            continue;
        }
        let mut cells = cells(line);
        if cells.first() == Some(&"-DOCSTART-") {
            if !document.tokens.is_empty() {
                documents.push(Document::default());
            }
            is_open = false;
            continue;
        }
        if lead != Lead::None && cells.len() > 2 {
            let first = cells.remove(0);
            if lead == Lead::Sentence && !first.is_empty() {
                document.starts.push(document.tokens.len());
                is_open = false;
            } else if lead == Lead::Number && first.contains('-') {
                let told =
                    format!("its words are taken one by one, not {}", cells.first().copied().unwrap_or_default());
                document.refusals.push(Spot::new(name, number).refuse(told));
                continue;
            }
        }
        match document.row(&cells, is_open, number) {
            Ok(goes_on) => is_open = goes_on,
            Err(reason) => document.refusals.push(Spot::new(name, number).refuse(reason)),
        }
    }
    for document in &mut documents {
        if let (Some(line), count) = document.others {
            let told = format!("only the last column of tags is taken; others have {count} beside it, from here on");
            document.refusals.push(Spot::new(name, line).refuse(told));
        }
    }
    documents.retain(|own| !own.tokens.is_empty() || !own.refusals.is_empty());
    if documents.is_empty() { vec![Document::default()] } else { documents }
}

impl Document {
    /// Takes the columns of a line; whether the stretch that its token belongs to goes on.
    fn row(&mut self, cells: &[&str], is_open: bool, line: usize) -> Result<bool, &'static str> {
        let tag = cells.last().filter(|_| cells.len() > 1).and_then(|own| Tag::of(own.trim()));
        let (Some(token), Some(tag)) = (cells.first(), tag) else {
            return Err("expected a token and a tag such as O or B-PER");
        };
        if token.trim().is_empty() {
            return Err("expected a token in the first column, found a blank");
        }
        let others = cells.get(1..cells.len() - 1).unwrap_or_default().iter();
        let others = others.filter(|own| Tag::of(own).is_some_and(|own| own.letter != 'O')).count();
        if others > 0 {
            self.others.0.get_or_insert(line);
            self.others.1 += others;
        }
        Ok(self.take(token, &tag, is_open, line))
    }

    /// Takes a token; whether the stretch that it belongs to goes on.
    fn take(&mut self, token: &str, tag: &Tag<'_>, is_open: bool, line: usize) -> bool {
        let place = self.tokens.len();
        self.tokens.push(token.to_owned());
        if tag.letter == 'O' {
            return false;
        }
        let goes_on = "IMLE".contains(tag.letter) && is_open;
        match self.stretches.last_mut().filter(|(_, name, _)| goes_on && name == tag.name) {
            Some((stretch, ..)) => stretch.end = place + 1,
            None => self.stretches.push((place..place + 1, tag.name.to_owned(), line)),
        }
        "BIM".contains(tag.letter)
    }

    /// A text of the tokens, and where each is in it.
    fn joined(documents: &[Self]) -> (String, Vec<Range<usize>>) {
        let (mut text, mut at, mut places) = (String::new(), 0, Vec::new());
        for document in documents {
            for (place, token) in document.tokens.iter().enumerate() {
                if !text.is_empty() {
                    text.push(if document.starts.contains(&place) { '\n' } else { ' ' });
                    at += 1;
                }
                text.push_str(token);
                let start = at;
                at += token.chars().count();
                places.push(start..at);
            }
        }
        text.push('\n');
        (text, places)
    }

    fn items(&self, name: &str, places: &[Range<usize>]) -> Vec<Item> {
        let item = |(stretch, tag, line): &(Range<usize>, String, usize)| {
            let (first, last) = (places.get(stretch.start)?, places.get(stretch.end - 1)?);
            let (layer, label) = untagged(tag);
            let target =
                Aim::Text { pieces: std::iter::once(first.start..last.end).collect(), words: Vec::new(), apart: None };
            Some(Item { spot: Spot::new(name, *line), layer: Some(layer), label, target, ..Item::default() })
        };
        self.stretches.iter().filter_map(item).collect()
    }
}

/// Where each of the tokens is in `text`, in code points, if nothing but white space is between them.
pub(super) fn aligned(text: &str, tokens: &[String]) -> Option<Vec<Range<usize>>> {
    let (mut rest, mut at) = (text, 0);
    let mut places = Vec::with_capacity(tokens.len());
    for token in tokens {
        let words = rest.trim_start();
        at += rest.get(..rest.len() - words.len())?.chars().count();
        rest = words.strip_prefix(token.as_str())?;
        let start = at;
        at += token.chars().count();
        places.push(start..at);
    }
    rest.trim().is_empty().then_some(places)
}
