//! Writing a CAS.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::ops::Range;

use serde_json::{Map, Value as Json, json};

use super::names::feature;
use super::structure::{FIRST, Feature, Features, Structure};
use super::xmi::{self, Elements};
use super::{DOCUMENT, META, RELATION, SPAN, json, tsv};
use crate::annotation::{Annotation, AnnotationId, Target, Value};
use crate::exchange::contents::AT_ONCE;
use crate::exchange::lossy::InWords;
use crate::exchange::names::attribute_name;
use crate::exchange::tokens::trimmed;
use crate::exchange::{Exporter, Loss, Losses, Plan, Ruler, Shipped, Sink, Source, Stems, Unit, xml};
use crate::schema::AttributeId;
use crate::text::Fragments;

/// Starts a directory.
pub(super) fn start(plan: &Plan<'_>, notation: Notation) -> Box<dyn Exporter> {
    let annotators = plan.annotators.iter().map(|own| (*own).to_owned()).collect();
    Box::new(Directory { unit: plan.unit, stems: Stems::of(plan), notation, annotators, flags: BTreeMap::new() })
}

/// How structures are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// As CAS JSON, types included.
    Json,
    /// As XMI, with a type system beside all files.
    Xmi,
    /// As a table of tokens, with the text beside it and a type system for each annotator.
    Tsv,
}

impl Notation {
    /// Whether it can hold `words`.
    fn holds(self, words: &str) -> bool {
        match self {
            Self::Json => true,
            Self::Xmi => xml::holds(words),
            // A row is a line, and readers in Java drop an empty value at its end.
            Self::Tsv => xml::holds(words) && !words.is_empty() && !words.contains('\r'),
        }
    }
}

#[derive(Debug)]
struct Directory {
    notation: Notation,
    annotators: BTreeSet<String>,
    /// The attributes of all documents so far by what they are called, each with whether all its values are flags.
    flags: BTreeMap<String, bool>,
    unit: Unit,
    stems: Stems,
}

impl Exporter for Directory {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let stem = self.stems.stem(source);
        let flags = flags(source);
        let types = types(flags.iter().map(|(name, is_flag)| (*name, *is_flag)));
        for (name, is_flag) in &flags {
            *self.flags.entry((*name).to_owned()).or_insert(true) &= is_flag;
        }
        let extension = match self.notation {
            Notation::Json => "cas.json",
            Notation::Xmi => "xmi",
            Notation::Tsv => "tsv",
        };
        let text = shipped.text();
        if self.notation == Notation::Tsv {
            sink.file(&format!("{stem}.txt"))?.write_all(text.as_str().as_bytes())?;
        }
        let mut out = io::BufWriter::with_capacity(AT_ONCE, sink.file(&format!("{stem}.{extension}"))?);
        let mut writer = Writer {
            source,
            ruler: Ruler::new(self.unit, text),
            shipped: &shipped,
            words: InWords::of(source),
            losses,
            notation: self.notation,
            flags,
            heads: BTreeMap::new(),
            next: FIRST,
        };
        match self.notation {
            Notation::Json => {
                let mut lines = json::Lines::new(&mut out, text.as_str(), &types)?;
                writer.structures(&mut |id, own| lines.add(id, &own))?;
                lines.finish(writer.count())?;
            }
            Notation::Xmi => {
                let mut elements = Elements::new(&mut out, text.as_str())?;
                writer.structures(&mut |id, own| elements.add(id, &own))?;
                elements.finish(writer.count())?;
            }
            Notation::Tsv => {
                let mut structures = Vec::new();
                writer.structures(&mut |_, own| {
                    structures.push(own);
                    Ok(())
                })?;
                tsv::write(text, &structures, &mut out)?;
            }
        }
        writer.words.finish(writer.losses);
        out.flush()
    }

    fn finish(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        let types = types(self.flags.iter().map(|(name, is_flag)| (name.as_str(), *is_flag)));
        match self.notation {
            Notation::Json => Ok(()),
            Notation::Xmi => xmi::type_system(&types, None, sink.file(xmi::TYPES)?),
            Notation::Tsv => self.annotators.iter().try_for_each(|annotator| {
                let directory = self.stems.directory(annotator);
                let name = Some(annotator.as_str()).filter(|own| self.notation.holds(own));
                xmi::type_system(&types, name, sink.file(&format!("{directory}{}", xmi::TYPES))?)
            }),
        }
    }
}

/// What the attributes are called, each with whether all its values are flags.
fn flags<'a>(source: &Source<'a>) -> BTreeMap<&'a str, bool> {
    let mut flags = BTreeMap::new();
    for own in source.set.iter() {
        for (id, value) in &own.attributes {
            *flags.entry(name(source, own, id)).or_insert(true) &= matches!(value, Value::Flag(_));
        }
    }
    flags
}

/// What the attribute `id` of `own` is called: types are written before it is known as what it will be read.
fn name<'a>(source: &Source<'a>, own: &Annotation, id: &'a AttributeId) -> &'a str {
    let layer = source.schema.layer(&own.layer);
    layer.and_then(|layer| attribute_name(layer, id.as_str())).unwrap_or(id.as_str())
}

/// Takes a structure and its number.
type Take<'t, 'a> = dyn FnMut(usize, Structure<'a>) -> io::Result<()> + 't;

struct Writer<'a> {
    notation: Notation,
    source: &'a Source<'a>,
    ruler: Ruler<'a>,
    shipped: &'a Shipped,
    words: InWords<'a>,
    losses: &'a mut Losses,
    flags: BTreeMap<&'a str, bool>,
    /// The first fragment of each annotation about text, and where it stands.
    heads: BTreeMap<AnnotationId, (usize, Range<usize>)>,
    /// The number of the next structure.
    next: usize,
}

impl<'a> Writer<'a> {
    /// Hands over the structures, those first that others point to.
    fn structures(&mut self, take: &mut Take<'_, 'a>) -> io::Result<()> {
        self.meta(take)?;
        let set = self.source.set;
        for own in set.iter() {
            if let Target::Text(fragments) = &own.target {
                self.spans(own, fragments, take)?;
            }
        }
        for own in set.iter().filter(|own| own.is_relation()) {
            self.relation(own, take)?;
        }
        for own in set.iter().filter(|own| own.target == Target::Document) {
            if self.notation == Notation::Tsv {
                self.losses.tell(Loss::Annotation(own.id));
                continue;
            }
            let features = self.features(own, "D");
            self.structure(DOCUMENT, features, take)?;
        }
        Ok(())
    }

    /// The names of document and annotator.
    fn meta(&mut self, take: &mut Take<'_, 'a>) -> io::Result<()> {
        let mut meta = BTreeMap::new();
        place(&mut meta, 0..self.shipped.text().utf16_count());
        let Source { document, annotator, .. } = *self.source;
        for (name, words, loss) in
            [("documentTitle", document.id.as_str(), Loss::Document), ("documentId", annotator, Loss::Annotator)]
        {
            let is_name_of_file = self.notation == Notation::Tsv && loss == Loss::Document;
            if is_name_of_file || words.is_empty() || self.holds(words) {
                meta.insert(name.into(), words.into());
            } else {
                self.losses.tell(loss);
            }
        }
        // In a table, names are elsewhere.
        if self.notation != Notation::Tsv {
            self.structure(META, meta, take)?;
        }
        Ok(())
    }

    /// A structure for each fragment.
    fn spans(&mut self, own: &'a Annotation, fragments: &'a Fragments, take: &mut Take<'_, 'a>) -> io::Result<()> {
        let Some(fragments) = self.fragments(own, fragments) else {
            self.losses.tell(Loss::Annotation(own.id));
            return Ok(());
        };
        let mut features = self.features(own, "T");
        for (number, span) in (1..).zip(fragments.spans()) {
            let range = self.ruler.range(*span);
            let rest = if number == fragments.spans().len() { Features::new() } else { features.clone() };
            place(&mut features, range.clone());
            let id = self.structure(SPAN, std::mem::replace(&mut features, rest), take)?;
            if number == 1 && self.words.has_relations() {
                self.heads.insert(own.id, (id, range));
            }
        }
        Ok(())
    }

    fn relation(&mut self, own: &'a Annotation, take: &mut Take<'_, 'a>) -> io::Result<()> {
        let ends = self.words.ends(own);
        let ends = ends.and_then(|(from, to)| Some((self.heads.get(&from)?.0, self.heads.get(&to)?.clone())));
        let Some((from, (to, range))) = ends else {
            self.losses.tell(Loss::Annotation(own.id));
            return Ok(());
        };
        let mut features = self.features(own, "R");
        place(&mut features, range);
        features.insert("@Governor".into(), Feature::Number(from));
        features.insert("@Dependent".into(), Feature::Number(to));
        self.structure(RELATION, features, take)?;
        Ok(())
    }

    /// Where the fragments of `own` are in the text that is shipped; none when nothing is left of them.
    fn fragments(&mut self, own: &Annotation, fragments: &'a Fragments) -> Option<Cow<'a, Fragments>> {
        let shipped = self.shipped.fragments(fragments)?;
        if self.notation != Notation::Tsv {
            return Some(shipped);
        }
        let text = self.shipped.text();
        let spans = shipped.spans().iter().filter_map(|span| trimmed(text, *span)).collect();
        let left = Fragments::new(spans).ok()?;
        if left != *shipped {
            self.losses.tell(Loss::Fragments(own.id, left.clone()));
        }
        Some(Cow::Owned(left))
    }

    /// Whether the notation can hold `words`.
    fn holds(&self, words: &str) -> bool {
        self.notation.holds(words)
    }

    /// What all kinds of annotations have.
    fn features(&mut self, own: &'a Annotation, letter: &str) -> Features<'a> {
        let mut features = BTreeMap::new();
        if letter == "R" {
            features.insert("label".into(), self.words.relation_type(own, self.losses).into());
        } else {
            let called = self.words.called(own, self.losses);
            features.insert("label".into(), called.layer.clone().into());
            features.extend(called.value.clone().map(|value| ("value".into(), value.into())));
        }
        features.insert("uid".into(), format!("{letter}{}", own.id).into());
        match own.note.as_deref() {
            Some(note) if self.holds(note) => drop(features.insert("note".into(), note.into())),
            Some(_) => self.losses.tell(Loss::Note(own.id)),
            None => {}
        }
        for (id, value) in &own.attributes {
            if !self.holds(&self.source.words(value)) {
                self.losses.tell(Loss::Attribute(own.id, id.clone()));
                continue;
            }
            let name = name(self.source, own, id);
            let value = if self.notation == Notation::Json && self.flags.get(name) == Some(&true) {
                self.words.flag(own, id, self.losses).map(Feature::Flag)
            } else {
                self.words.words(own, id, self.losses).map(Feature::Words)
            };
            features.extend(value.map(|value| (feature(name).into(), value)));
        }
        features
    }

    /// Hands over a structure and gives its number.
    fn structure(&mut self, kind: &'static str, features: Features<'a>, take: &mut Take<'_, 'a>) -> io::Result<usize> {
        let id = self.next;
        self.next += 1;
        take(id, (kind, features))?;
        Ok(id)
    }

    /// How many structures there are.
    fn count(&self) -> usize {
        self.next - FIRST
    }
}

/// Says where a structure is.
fn place(features: &mut Features<'_>, range: Range<usize>) {
    features.insert("begin".into(), Feature::Number(range.start));
    features.insert("end".into(), Feature::Number(range.end));
}

/// The types: all annotations of a kind share theirs, so that one layer in `INCEpTION` takes them.
fn types<'a>(attributes: impl Iterator<Item = (&'a str, bool)>) -> Json {
    let feature_of = |name: &str, range: &str| json!({"%NAME": name, "%RANGE": range});
    let strings = |names: &[&str]| -> Map<String, Json> {
        names.iter().map(|name| ((*name).to_owned(), feature_of(name, "uima.cas.String"))).collect()
    };
    let of = |name: &str, parent: &str, features: Map<String, Json>| {
        let mut own = features;
        own.insert("%NAME".to_owned(), name.into());
        own.insert("%SUPER_TYPE".to_owned(), parent.into());
        Json::Object(own)
    };
    let mut common = strings(&["label", "value", "uid", "note", "speaker"]);
    for (name, is_flag) in attributes {
        let name = feature(name);
        let range = if is_flag { "uima.cas.Boolean" } else { "uima.cas.String" };
        common.insert(name.clone(), feature_of(&name, range));
    }
    let mut relation = common.clone();
    for end in ["Governor", "Dependent"] {
        relation.insert(end.to_owned(), feature_of(end, SPAN));
    }
    json!({
        SPAN: of(SPAN, "uima.tcas.Annotation", common.clone()),
        RELATION: of(RELATION, "uima.tcas.Annotation", relation),
        DOCUMENT: of(DOCUMENT, "uima.cas.AnnotationBase", common),
        META: of(META, "uima.tcas.DocumentAnnotation", strings(&["documentTitle", "documentId"])),
    })
}
