//! Writing tags.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;

use super::{Beside, Scheme};
use crate::exchange::aside::{Aside, Piece};
use crate::exchange::format::Stems;
use crate::exchange::tokens::{Token, tokens};
use crate::exchange::{Exporter, Losses, Plan, Shipped, Sink, Source, Unit};
use crate::text::{Offset, Span, Text, segment};

/// Starts to write.
pub(super) fn start(plan: &Plan<'_>, scheme: Scheme) -> Box<dyn Exporter> {
    Box::new(Tags { scheme, stems: Stems::of(plan) })
}

struct Tags {
    scheme: Scheme,
    stems: Stems,
}

impl Exporter for Tags {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let (mut aside, pieces) = Aside::of(source, &shipped, Unit::CodePoints, true, losses);
        let page = Page::new(shipped.text(), &pieces, self.scheme);
        let (stem, ending) = (self.stems.stem(source), self.scheme.ending());
        sink.file(&format!("{stem}.txt"))?.write_all(page.text.as_str().as_bytes())?;
        let all = format!("{stem}.{ending}");
        sink.file(&all)?.write_all(page.tagged(&longest(&page.stretches)).as_bytes())?;
        let mut files = BTreeSet::new();
        let mut names = Vec::new();
        let mut spans = Vec::new();
        for lane in lanes(&page.stretches) {
            let name = free_name(&stem, &lane[0].piece.tag, ending, &mut files);
            sink.file(&name)?.write_all(page.tagged(&lane).as_bytes())?;
            spans.extend(lane.iter().map(|own| source.handle(own.piece.id)));
            names.push(name.rsplit('/').next().unwrap_or(&name).to_owned());
        }
        aside.spans = spans;
        let beside = Beside { scheme: self.scheme, files: names, tribune: aside };
        let out = sink.file(&format!("{all}.json"))?;
        serde_json::to_writer_pretty(&mut *out, &beside)?;
        out.write_all(b"\n")
    }
}

/// How many bytes the name of a file may have.
const LONGEST: usize = 255;
/// How many of them a number and the full stops may need.
const NUMBER: usize = 12;

/// A name that no other file of the source has, for one with this tag, which is cut where a name may not be so long.
fn free_name(stem: &str, tag: &str, ending: &str, taken: &mut BTreeSet<String>) -> String {
    let own = stem.rsplit('/').next().unwrap_or(stem).len() + ending.len();
    let mut room = LONGEST.saturating_sub(own + NUMBER);
    let plain = tag.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' });
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf8());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let label: String = plain.take_while(fits).collect();
    let numbered = (2..).map(|number| format!("{stem}.{label}.{number}.{ending}"));
    let mut names = std::iter::once(format!("{stem}.{label}.{ending}")).chain(numbered);
    names.find(|name| taken.insert(name.clone())).unwrap_or_default()
}

/// The tokens of a text, with what is tagged of them.
struct Page<'a> {
    text: &'a Text,
    tokens: Vec<Token>,
    /// Whether a sentence starts with the token.
    starts: Vec<bool>,
    /// In the order of the text.
    stretches: Vec<Stretch<'a>>,
    scheme: Scheme,
}

/// Tokens under one tag, by their places, half-open.
#[derive(Clone, Copy)]
struct Stretch<'a> {
    piece: &'a Piece,
    start: usize,
    end: usize,
}

impl<'a> Page<'a> {
    fn new(text: &'a Text, pieces: &'a [Piece], scheme: Scheme) -> Self {
        let spans: Vec<Span> = pieces.iter().map(|own| own.span).collect();
        let tokens: Vec<Token> = tokens(text, &spans).into_iter().filter(|own| !own.is_blank).collect();
        let mut stretches: Vec<Stretch<'_>> = pieces
            .iter()
            .map(|piece| Stretch {
                piece,
                start: tokens.partition_point(|own| own.start < piece.span.start()),
                end: tokens.partition_point(|own| own.start < piece.span.end()),
            })
            .collect();
        stretches.sort_by_key(|own| (own.start, Reverse(own.end)));
        let starts = starts(text, &tokens, &stretches);
        Self { text, tokens, starts, stretches, scheme }
    }

    /// A line for each token, tagged by `stretches`, of which no two overlap.
    fn tagged(&self, stretches: &[Stretch<'_>]) -> String {
        let mut tags: Vec<Option<(char, &str)>> = vec![None; self.tokens.len()];
        for own in stretches {
            let count = own.end - own.start;
            for (place, tag) in tags[own.start..own.end].iter_mut().enumerate() {
                *tag = Some((self.scheme.letter(place, count), &own.piece.tag));
            }
        }
        let mut lines = String::with_capacity(self.text.as_str().len() * 2);
        for ((token, is_start), tag) in self.tokens.iter().zip(&self.starts).zip(tags) {
            if *is_start && !lines.is_empty() {
                lines.push('\n');
            }
            lines.push_str(self.text.between(token.start, token.end));
            match tag {
                None => lines.push_str("\tO\n"),
                Some((letter, tag)) => {
                    write!(lines, "\t{letter}-").ok();
                    push_without_blanks(tag, &mut lines);
                    lines.push('\n');
                }
            }
        }
        lines
    }
}

/// Appends `tag` with white space encoded as in URLs, as its percent signs are already.
fn push_without_blanks(tag: &str, lines: &mut String) {
    let mut bytes = [0; 4];
    for c in tag.chars() {
        if c.is_whitespace() || c.is_control() {
            for byte in c.encode_utf8(&mut bytes).bytes() {
                write!(lines, "%{byte:02X}").ok();
            }
        } else {
            lines.push(c);
        }
    }
}

/// Where sentences start, but for those that would cut a stretch in two.
fn starts(text: &Text, tokens: &[Token], stretches: &[Stretch<'_>]) -> Vec<bool> {
    let mut sentences = segment::sentences(text, Offset::ZERO, text.end()).peekable();
    let mut ahead = stretches.iter().peekable();
    let mut covered = 0;
    let start = |(place, token): (usize, &Token)| {
        while let Some(own) = ahead.next_if(|own| own.start < place) {
            covered = covered.max(own.end);
        }
        let mut is_start = false;
        while sentences.next_if(|own| own.start() <= token.start).is_some() {
            is_start = true;
        }
        is_start && covered <= place
    };
    tokens.iter().enumerate().map(start).collect()
}

/// Of stretches that overlap the longest, in the order of the text.
fn longest<'a>(stretches: &[Stretch<'a>]) -> Vec<Stretch<'a>> {
    let mut ranked = stretches.to_vec();
    ranked.sort_by_key(|own| (Reverse(own.end - own.start), own.start));
    let mut taken: BTreeSet<(usize, usize)> = BTreeSet::new();
    ranked.retain(|own| {
        let before = taken.range(..(own.end, 0)).next_back();
        let is_free = before.is_none_or(|(_, end)| *end <= own.start);
        is_free && taken.insert((own.start, own.end))
    });
    ranked.sort_by_key(|own| own.start);
    ranked
}

/// The stretches of each tag, so often as they overlap one another.
fn lanes<'a>(stretches: &[Stretch<'a>]) -> Vec<Vec<Stretch<'a>>> {
    let mut lanes: Vec<Vec<Stretch<'a>>> = Vec::new();
    for own in stretches {
        let has_room = |lane: &&mut Vec<Stretch<'a>>| {
            lane[0].piece.tag == own.piece.tag && lane.last().is_none_or(|last| last.end <= own.start)
        };
        match lanes.iter_mut().find(has_room) {
            Some(lane) => lane.push(*own),
            None => lanes.push(vec![*own]),
        }
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_label_is_cut_to_what_a_name_of_a_file_holds() {
        let tag = "Ё\u{301}👍".repeat(60);
        let mut taken = BTreeSet::new();
        for stem in ["речи/аким", &"ж".repeat(60), &"ж".repeat(110)] {
            let names = [(); 3].map(|()| free_name(stem, &tag, "conll", &mut taken));
            let longest = |name: &String| name.rsplit('/').next().map_or(0, str::len);
            assert!(names.iter().all(|name| longest(name) <= LONGEST), "{names:?}");
        }
        assert_eq!(taken.len(), 9);
        assert_eq!(free_name("и\u{306}", "Тема:👍", "conll", &mut taken), "и\u{306}.Тема--.conll");
    }
}
