//! Writing standoff files.

use std::fmt::Write as _;
use std::io;
use std::ops::Range;

use super::conf::Conf;
use super::escape::escaped;
use super::{APART, FALSE, FALSE_WORD, VALUE};
use crate::annotation::{Annotation, AnnotationId, Target, Value};
use crate::exchange::contents::AT_ONCE;
use crate::exchange::lossy::InWords;
use crate::exchange::settle::is_line_end;
use crate::exchange::tokens::trimmed;
use crate::exchange::{Exporter, Loss, Losses, Plan, Ruler, Shipped, Sink, Source, Stems, Unit};
use crate::text::{Fragments, Offset, Span, Text};

/// Starts a collection.
pub(super) fn start(plan: &Plan<'_>) -> Box<dyn Exporter> {
    let mut annotators: Vec<String> = plan.annotators.iter().map(|own| (*own).to_owned()).collect();
    annotators.sort();
    annotators.dedup();
    Box::new(Collection { conf: Conf::of(plan.schemas), unit: plan.unit, annotators, stems: Stems::of(plan) })
}

#[derive(Debug)]
struct Collection {
    conf: Conf,
    unit: Unit,
    annotators: Vec<String>,
    stems: Stems,
}

impl Exporter for Collection {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let stem = self.stems.stem(source);
        sink.file(&format!("{stem}.txt"))?.write_all(shipped.text().as_str().as_bytes())?;
        let file = format!("{stem}.ann");
        let mut lines = Lines {
            ruler: Ruler::new(self.unit, shipped.text()),
            shipped: &shipped,
            conf: &mut self.conf,
            words: InWords::of(source),
            losses,
            entities: String::new(),
            attributes: String::new(),
            relations: String::new(),
            notes: String::new(),
            attribute_count: 0,
            note_count: 0,
        };
        for annotation in source.set.iter() {
            match &annotation.target {
                Target::Text(fragments) => lines.entity(annotation, fragments),
                Target::Relation { .. } | Target::Document => match lines.words.ends(annotation) {
                    Some(ends) => lines.relation(annotation, ends),
                    None => lines.lose(annotation),
                },
            }
            if lines.entities.len() >= AT_ONCE {
                sink.file(&file)?.write_all(lines.entities.as_bytes())?;
                lines.entities.clear();
            }
        }
        let Lines { entities, attributes, relations, notes, words, losses, .. } = lines;
        words.finish(losses);
        let file = sink.file(&file)?;
        [entities, attributes, relations, notes].iter().try_for_each(|lines| file.write_all(lines.as_bytes()))
    }

    fn finish(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        for annotator in &self.annotators {
            let directory = self.stems.directory(annotator);
            let conf = self.conf.annotation_conf(annotator, self.unit);
            sink.file(&format!("{directory}annotation.conf"))?.write_all(conf.as_bytes())?;
            sink.file(&format!("{directory}visual.conf"))?.write_all(self.conf.visual_conf().as_bytes())?;
        }
        Ok(())
    }
}

/// The lines of one file, by their kind.
struct Lines<'a> {
    ruler: Ruler<'a>,
    shipped: &'a Shipped,
    conf: &'a mut Conf,
    words: InWords<'a>,
    losses: &'a mut Losses,
    entities: String,
    attributes: String,
    relations: String,
    notes: String,
    attribute_count: usize,
    note_count: usize,
}

/// Writing to a string cannot fail, so what `write!` returns is passed over.
impl<'a> Lines<'a> {
    fn lose(&mut self, annotation: &Annotation) {
        self.losses.tell(Loss::Annotation(annotation.id));
    }

    fn entity(&mut self, own: &'a Annotation, fragments: &Fragments) {
        let text = self.shipped.text();
        let shipped = self.shipped.fragments(fragments);
        let Some((shipped, pieces)) = shipped.and_then(|own| Pieces::of(&own, text).map(|pieces| (own, pieces))) else {
            return self.lose(own);
        };
        let left = pieces.fragments();
        if left != *shipped {
            self.losses.tell(Loss::Fragments(own.id, left));
        }
        let called = self.words.called(own, self.losses);
        write!(self.entities, "T{}\t{}", own.id, self.conf.entity(&called.layer)).ok();
        for (number, span) in pieces.spans.iter().enumerate() {
            let Range { start, end } = self.ruler.range(*span);
            write!(self.entities, "{}{start} {end}", if number == 0 { ' ' } else { ';' }).ok();
        }
        for (number, span) in pieces.spans.iter().enumerate() {
            self.entities.push(if number == 0 { '\t' } else { ' ' });
            self.entities.push_str(text.slice(*span));
        }
        self.entities.push('\n');
        if let Some(value) = &called.value {
            self.conf.saw(VALUE, Some(value));
            self.attribute(own, VALUE, value);
        }
        let apart = pieces.apart(text);
        if !apart.is_empty() {
            self.conf.saw(APART, None);
            self.attribute(own, APART, &apart.iter().map(usize::to_string).collect::<Vec<_>>().join(" "));
        }
        for (id, value) in &own.attributes {
            if matches!(value, Value::Flag(_)) {
                let Some(flag) = self.words.flag(own, id, self.losses) else { continue };
                let slug = self.conf.attribute(self.words.attribute_name(id.as_str()));
                self.conf.saw(&slug, (!flag).then_some(FALSE));
                self.line(own, &slug, (!flag).then_some(FALSE));
            } else {
                let Some(words) = self.words.words(own, id, self.losses) else { continue };
                let slug = self.conf.attribute(self.words.attribute_name(id.as_str()));
                self.conf.saw(&slug, Some(&words));
                self.attribute(own, &slug, &words);
            }
        }
        self.note(own, "T");
    }

    /// An attribute in words.
    fn attribute(&mut self, own: &Annotation, slug: &str, words: &str) {
        let words = if words == FALSE { FALSE_WORD.to_owned() } else { escaped(words) };
        self.line(own, slug, Some(&words));
    }

    /// An attribute with the last column as it stands; without one it is a flag that is set.
    fn line(&mut self, own: &Annotation, slug: &str, column: Option<&str>) {
        self.attribute_count += 1;
        write!(self.attributes, "A{}\t{slug} T{}", self.attribute_count, own.id).ok();
        if let Some(column) = column {
            write!(self.attributes, " {column}").ok();
        }
        self.attributes.push('\n');
    }

    fn relation(&mut self, own: &'a Annotation, (from, to): (AnnotationId, AnnotationId)) {
        let label = self.words.relation_type(own, self.losses);
        let slug = self.conf.relation(&label);
        writeln!(self.relations, "R{}\t{slug} Arg1:T{from} Arg2:T{to}", own.id).ok();
        for id in own.attributes.keys() {
            self.losses.tell(Loss::Attribute(own.id, id.clone()));
        }
        self.note(own, "R");
    }

    fn note(&mut self, own: &Annotation, letter: &str) {
        let Some(note) = &own.note else { return };
        self.note_count += 1;
        let number = self.note_count;
        writeln!(self.notes, "#{number}\tAnnotatorNotes {letter}{}\t{}", own.id, escaped(note)).ok();
    }
}

/// Fragments cut at line ends.
struct Pieces {
    /// The pieces, none with a line end in it nor of blanks only. No blank stands before the first and behind the last: readers in
    /// Python strip the line, and with it the words.
    spans: Vec<Span>,
    /// For each piece, whether it begins a fragment.
    begins: Vec<bool>,
}

impl Pieces {
    /// The pieces of `fragments`; none when there is nothing but blanks and line ends.
    fn of(fragments: &Fragments, text: &Text) -> Option<Self> {
        let (mut spans, mut begins): (Vec<Span>, Vec<bool>) = (Vec::new(), Vec::new());
        for fragment in fragments.spans() {
            let mut at = fragment.start().bytes();
            let mut is_first = true;
            for line in text.slice(*fragment).split('\n') {
                let is_whole = line.len() == fragment.bytes();
                let line_span = if is_whole { Some(*fragment) } else { self::span(text, at, line) };
                if let Some(span) = line_span.filter(|span| trimmed(text, *span).is_some()) {
                    // What was left out between two pieces would come back if they were joined.
                    let goes_on = |last: &Span| !is_first && is_line_end(text, *last, span);
                    begins.push(!spans.last().is_some_and(goes_on));
                    is_first = false;
                    spans.push(span);
                }
                at += line.len() + 1;
            }
        }
        if let Some(first) = spans.first_mut() {
            *first = cut(text, *first, |left| (left.start(), first.end()))?;
        }
        let last = spans.last_mut()?;
        *last = cut(text, *last, |left| (last.start(), left.end()))?;
        Some(Self { spans, begins })
    }

    /// The fragments that the pieces make.
    fn fragments(&self) -> Fragments {
        let mut whole: Vec<Span> = Vec::new();
        for (span, begins) in self.spans.iter().zip(&self.begins) {
            match whole.last_mut() {
                Some(last) if !begins => *last = last.hull(*span),
                _ => whole.push(*span),
            }
        }
        Fragments::new(whole).expect("pieces of fragments ascend and are disjoint")
    }

    /// The numbers of the pieces that begin a fragment though a reader would join them to the piece before.
    fn apart(&self, text: &Text) -> Vec<usize> {
        let is_apart =
            |number: &usize| self.begins[*number] && is_line_end(text, self.spans[number - 1], self.spans[*number]);
        (1..self.spans.len()).filter(is_apart).collect()
    }
}

/// `span`, or what `ends` makes of what is left of it where blanks are at its edges; none when there is nothing else.
fn cut(text: &Text, span: Span, ends: impl FnOnce(Span) -> (Offset, Offset)) -> Option<Span> {
    let left = trimmed(text, span)?;
    if left == span {
        return Some(span);
    }
    let (start, end) = ends(left);
    text.span(start, end).ok()
}

/// The span of `line`, which starts at byte `at`.
fn span(text: &Text, at: usize, line: &str) -> Option<Span> {
    text.span(Offset::new(at), Offset::new(at + line.len())).ok()
}
