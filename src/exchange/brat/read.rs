//! Reading standoff files, ours and others', clean and dirty.

use std::collections::BTreeMap;
use std::ops::Range;

use super::conf::Names;
use super::escape::unescaped;
use super::events::{self, Event};
use super::{APART, FALSE, VALUE, loose, tagset};
use crate::exchange::contents::{above, alike, content, optional};
use crate::exchange::{Aim, Draft, Files, Item, Refusal, Spot, Stated, Unit, Unreadable};
use crate::schema::Schema;

/// Whether a file is one of brat's.
pub(super) fn sniff(name: &str, head: &[u8]) -> bool {
    let is_line = |line: &[u8]| {
        let rest = line.get(1..).unwrap_or_default();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        matches!(line.first(), Some(b'T' | b'E' | b'R' | b'A')) && digits > 0 && rest.get(digits) == Some(&b'\t')
    };
    stem_of(name).is_some() || is_line(head)
}

/// The name of a file of annotations without its ending.
fn stem_of(name: &str) -> Option<&str> {
    name.strip_suffix(".ann").or_else(|| name.strip_suffix(FIRST))
}

const FIRST: &str = ".a1";
const SECOND: &str = ".a2";

/// Reads every `.ann` file with the text and the configuration beside it; or `.a1` with what `.a2` adds, as `BioNLP` has it.
pub(super) fn read(files: &dyn Files, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    const NONE: &Names = &Names::NONE;
    let mut confs: BTreeMap<String, Option<Conf>> = BTreeMap::new();
    let names = alike(files, &[".ann", FIRST], sniff);
    let is_second = |name: &str| {
        let stem = name.strip_suffix(SECOND);
        stem.is_some_and(|stem| names.iter().any(|own| own.strip_suffix(FIRST) == Some(stem)))
    };
    for name in names.iter().filter(|name| !is_second(name)) {
        let stem = stem_of(name).unwrap_or_else(|| name.rsplit_once('.').map_or(name, |(stem, _)| stem));
        let transcript = format!("{stem}.txt");
        let text = if transcript == *name { None } else { optional(files, &transcript)? };
        let (directory, conf) = conf_for(files, name, &mut confs)?;
        let names = conf.map_or(NONE, |own| &own.names);
        let lines = content(files, name)?;
        let second = format!("{stem}{SECOND}");
        let more = if name.ends_with(FIRST) { optional(files, &second)? } else { None };
        let document = match (&names.annotator, directory.as_str()) {
            (Some(_), "") | (None, _) => transcript,
            (Some(_), directory) => transcript.strip_prefix(directory).unwrap_or(&transcript).to_owned(),
        };
        let mut parser = Parser::new(name, names);
        parser.read(&lines);
        if let Some(more) = &more {
            parser.file = &second;
            parser.read(more);
        }
        let (items, refusals) = parser.finish();
        if let (true, true, Some(first)) = (stem_of(name).is_none(), items.is_empty(), refusals.first()) {
            return Err(Unreadable::Content(first.spot.clone(), first.reason.clone()));
        }
        visit(Draft {
            document: Some(document),
            annotator: names.annotator.clone(),
            text,
            unit: Some(names.unit.unwrap_or(Unit::CodePoints)),
            items,
            refusals,
            schema: conf.and_then(|own| own.schema.clone()),
            ..Draft::default()
        });
    }
    Ok(())
}

/// What a configuration says.
struct Conf {
    names: Names,
    /// The schema; none in a configuration of ours, which does not say which label is of which layer.
    schema: Option<Schema>,
}

impl Conf {
    /// The one in `directory`, which ends with a slash or is empty.
    fn read(files: &dyn Files, directory: &str) -> Result<Option<Self>, Unreadable> {
        let Some(conf) = optional(files, &format!("{directory}annotation.conf"))? else { return Ok(None) };
        let names = Names::of(&conf);
        let visual = optional(files, &format!("{directory}visual.conf"))?.unwrap_or_default();
        let name = directory.trim_end_matches('/').rsplit('/').next().filter(|own| !own.is_empty()).unwrap_or("brat");
        let schema = if names.annotator.is_none() { tagset::schema(name, &conf, &visual) } else { None };
        Ok(Some(Self { names, schema }))
    }
}

/// The nearest directory at or above `file` that has a configuration, with what it says.
fn conf_for<'a>(
    files: &dyn Files,
    file: &str,
    confs: &'a mut BTreeMap<String, Option<Conf>>,
) -> Result<(String, Option<&'a Conf>), Unreadable> {
    for directory in above(file) {
        if !confs.contains_key(directory) {
            confs.insert(directory.to_owned(), Conf::read(files, directory)?);
        }
    }
    let found = above(file).find_map(|own| Some((own.to_owned(), confs.get(own)?.as_ref()?)));
    Ok(found.map_or_else(Default::default, |(directory, conf)| (directory, Some(conf))))
}

/// The lines of one file on their way to items.
struct Parser<'a> {
    file: &'a str,
    names: &'a Names,
    items: Vec<Item>,
    /// What happens to items, which may stand before them.
    events: Vec<Event>,
    /// The place of each item by its id.
    places: BTreeMap<String, usize>,
    /// Attributes and notes, which may stand before what they are about.
    extras: Vec<(Spot, Extra)>,
    refusals: Vec<Refusal>,
}

/// What notes of people are called.
const NOTES: &str = "AnnotatorNotes";

const TWO: &str = "expected two arguments, as in Arg1:T1 Arg2:T2";

enum Extra {
    /// One that is not set.
    Flag {
        of: String,
        slug: String,
    },
    Attribute {
        of: String,
        slug: String,
        words: Option<String>,
    },
    Note {
        of: String,
        words: String,
    },
}

impl<'a> Parser<'a> {
    fn new(file: &'a str, names: &'a Names) -> Self {
        let (items, events, places, extras, refusals) = Default::default();
        Self { file, names, items, events, places, extras, refusals }
    }

    /// Reads `content`. The words of an annotation or a note go on in a line that looks like none of its own: some programs wrap them.
    fn read(&mut self, content: &str) {
        let content = content.strip_prefix('\u{feff}').unwrap_or(content);
        let mut whole: Option<(usize, String)> = None;
        for (number, line) in (1..).zip(content.split('\n')) {
            let line = line.strip_suffix('\r').unwrap_or(line);
            let tabbed = loose::with_tabs(line);
            if tabbed.is_some() {
                let told = "blanks stand where tabs belong: it is taken as if they were tabs";
                self.refusals.push(Spot::new(self.file, number).refuse(told));
            }
            match &mut whole {
                _ if line.trim().is_empty() => {}
                Some((_, sofar)) if tabbed.is_none() && !line.contains('\t') && sofar.starts_with(['T', '#']) => {
                    sofar.push(' ');
                    sofar.push_str(line);
                }
                _ => {
                    let done = whole.replace((number, tabbed.unwrap_or_else(|| line.to_owned())));
                    self.take(done);
                }
            }
        }
        self.take(whole);
    }

    fn take(&mut self, line: Option<(usize, String)>) {
        let Some((number, line)) = line else { return };
        let spot = Spot::new(self.file, number);
        if let Err(reason) = self.line(&spot, &line) {
            self.refusals.push(spot.refuse(reason));
        }
    }

    fn line(&mut self, spot: &Spot, line: &str) -> Result<(), String> {
        let (id, rest) = line.split_once('\t').ok_or("expected a tab behind the id")?;
        match id.chars().next() {
            Some('T') => self.entity(spot, id, rest),
            Some('R') => self.relation(spot, id, rest),
            Some('A' | 'M') => self.attribute(spot, rest),
            Some('#') => self.note(spot, rest),
            Some('E') => {
                self.events.push(Event::of(spot, id, rest)?);
                Ok(())
            }
            Some('*') => {
                self.items.extend(events::equivalents(spot, |slug| self.names.type_of(slug), rest)?);
                Ok(())
            }
            Some('N') => self.reference(spot, rest),
            _ => Err(format!("expected an id such as T1, R2, A3 or #4, found {id}")),
        }
    }

    fn push(&mut self, item: Item) -> Result<(), String> {
        if self.places.contains_key(&item.id) {
            return Err(format!("there is another {} before", item.id));
        }
        self.places.insert(item.id.clone(), self.items.len());
        self.items.push(item);
        Ok(())
    }

    fn entity(&mut self, spot: &Spot, id: &str, rest: &str) -> Result<(), String> {
        let (head, words) = rest.split_once('\t').map_or((rest, None), |(head, words)| (head, Some(words)));
        let (slug, ranges) = head.split_once(' ').ok_or("expected a type and offsets")?;
        let pieces = ranges.split(';').map(range).collect::<Result<Vec<_>, _>>()?;
        let words = words.into_iter().map(str::to_owned).collect();
        let item = Item {
            spot: spot.clone(),
            id: id.to_owned(),
            layer: Some(self.names.type_of(slug)),
            target: Aim::Text { pieces, words, apart: Some(Vec::new()) },
            ..Item::default()
        };
        self.push(item)
    }

    fn relation(&mut self, spot: &Spot, id: &str, rest: &str) -> Result<(), String> {
        let mut parts = rest.split_whitespace();
        let slug = parts.next().ok_or("expected the type of the relation")?;
        let mut end = || parts.next().and_then(|part| part.split_once(':')).map(|(_, id)| id.to_owned());
        let (Some(from), Some(to)) = (end(), end()) else {
            return Err(TWO.to_owned());
        };
        if parts.next().is_some() {
            return Err(TWO.to_owned());
        }
        let item = Item {
            spot: spot.clone(),
            id: id.to_owned(),
            label: Some(self.names.type_of(slug)),
            target: Aim::Relation { from, to },
            ..Item::default()
        };
        self.push(item)
    }

    fn attribute(&mut self, spot: &Spot, rest: &str) -> Result<(), String> {
        let mut parts = rest.splitn(3, ' ');
        let (Some(slug), Some(of)) = (parts.next(), parts.next()) else {
            return Err("expected an attribute and what it is of, as in negated T1".to_owned());
        };
        let (slug, of) = (slug.to_owned(), of.to_owned());
        let words = parts.next();
        let is_flag = words == Some(FALSE) && self.names.annotator.is_some();
        let words = words.map(unescaped);
        let extra = if is_flag { Extra::Flag { of, slug } } else { Extra::Attribute { of, slug, words } };
        self.extras.push((spot.clone(), extra));
        Ok(())
    }

    /// What an annotation is elsewhere, `Reference T1 Wikipedia:12⇥Barack Obama`, as an attribute of it.
    fn reference(&mut self, spot: &Spot, rest: &str) -> Result<(), String> {
        let mut parts = rest.splitn(3, ' ');
        let (Some(slug), Some(of), Some(words)) = (parts.next(), parts.next(), parts.next()) else {
            return Err("expected what the reference is of and what to, as in Reference T1 Wikipedia:12".to_owned());
        };
        let (slug, of, words) = (slug.to_owned(), of.to_owned(), Some(words.trim().replace('\t', " ")));
        self.extras.push((spot.clone(), Extra::Attribute { of, slug, words }));
        Ok(())
    }

    fn note(&mut self, spot: &Spot, rest: &str) -> Result<(), String> {
        let (head, words) = rest.split_once('\t').unwrap_or((rest, ""));
        let (kind, of) = head.split_once(' ').ok_or("expected what the note is about, as in AnnotatorNotes T1")?;
        let words = unescaped(words);
        // Other kinds are those of programs, and some say it all.
        let words = if kind == NOTES { words } else { format!("{kind}: {words}") };
        self.extras.push((spot.clone(), Extra::Note { of: of.to_owned(), words }));
        Ok(())
    }

    /// Puts events, attributes and notes where they belong.
    fn finish(mut self) -> (Vec<Item>, Vec<Refusal>) {
        let untaken = events::take(&self.events, |slug| self.names.type_of(slug), &mut self.items, &mut self.places);
        self.refusals.extend(untaken);
        for (spot, extra) in std::mem::take(&mut self.extras) {
            let (Extra::Flag { of, .. } | Extra::Attribute { of, .. } | Extra::Note { of, .. }) = &extra;
            let item = self.places.get(of).and_then(|place| self.items.get_mut(*place));
            let Some(item) = item else {
                self.refusals.push(spot.refuse(format!("{of} is not there")));
                continue;
            };
            match extra {
                Extra::Flag { slug, .. } => item.attributes.push((self.names.attribute(&slug), Stated::Flag(false))),
                Extra::Attribute { slug, words, .. } => self.names.put(item, &slug, words),
                Extra::Note { words, .. } => match &mut item.note {
                    Some(note) => *note = format!("{note}\n{words}"),
                    none => *none = Some(words),
                },
            }
        }
        (self.items, self.refusals)
    }
}

impl Names {
    /// Gives `item` the attribute `slug`.
    fn put(&self, item: &mut Item, slug: &str, words: Option<String>) {
        match (slug, words, &mut item.target) {
            (VALUE, Some(words), Aim::Text { .. }) if item.label.is_none() => item.label = Some(words),
            (APART, Some(words), Aim::Text { apart, .. }) if numbers(&words).is_some() => *apart = numbers(&words),
            (slug, words, _) => {
                let stated = words.map_or(Stated::Flag(true), Stated::Words);
                item.attributes.push((self.attribute(slug), stated));
            }
        }
    }
}

/// The numbers in `words`, with a blank between; none if something else is among them.
fn numbers(words: &str) -> Option<Vec<usize>> {
    words.split(' ').map(|number| number.parse().ok()).collect()
}

/// `12 15`, with blanks around it in dirty files.
fn range(words: &str) -> Result<Range<usize>, String> {
    let wrong = || format!("expected two offsets such as 12 15, found {}", words.trim());
    let (start, end) = words.trim().split_once(' ').ok_or_else(wrong)?;
    match (start.parse(), end.trim().parse()) {
        (Ok(start), Ok(end)) => Ok(start..end),
        _ => Err(wrong()),
    }
}
