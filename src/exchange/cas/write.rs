//! Writing a CAS.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use super::names::feature;
use super::tsv;
use super::xmi::{self, Elements};
use super::{DOCUMENT, META, RELATION, SPAN};
use crate::annotation::{Annotation, AnnotationId, Target, Value};
use crate::exchange::lossy::InWords;
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
    /// The attributes of all documents so far, each with whether all its values are flags.
    flags: BTreeMap<AttributeId, bool>,
    unit: Unit,
    stems: Stems,
}

impl Exporter for Directory {
    fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink, losses: &mut Losses) -> io::Result<()> {
        let shipped = Shipped::reported(&source.document.text, losses);
        let stem = self.stems.stem(source);
        let mut writer = Writer {
            source,
            ruler: Ruler::new(self.unit, shipped.text()),
            shipped: &shipped,
            words: InWords::of(source),
            losses,
            notation: self.notation,
            flags: flags(source),
            heads: BTreeMap::new(),
            written: Vec::new(),
        };
        let structures = writer.structures();
        writer.words.finish(writer.losses);
        let types = types(writer.flags.iter().map(|(id, is_flag)| (id.as_str(), *is_flag)));
        for (id, is_flag) in writer.flags {
            *self.flags.entry(id.clone()).or_insert(true) &= is_flag;
        }
        let extension = match self.notation {
            Notation::Json => "cas.json",
            Notation::Xmi => "xmi",
            Notation::Tsv => "tsv",
        };
        if self.notation == Notation::Tsv {
            sink.file(&format!("{stem}.txt"))?.write_all(shipped.text().as_str().as_bytes())?;
        }
        let mut out = io::BufWriter::new(sink.file(&format!("{stem}.{extension}"))?);
        match self.notation {
            Notation::Json => json(shipped.text().as_str(), &types, &structures, &mut out)?,
            Notation::Xmi => {
                let mut elements = Elements::new(&mut out, shipped.text().as_str())?;
                for (id, (kind, features)) in (FIRST..).zip(&structures) {
                    elements.add(id, kind, features)?;
                }
                elements.finish(&(FIRST..FIRST + structures.len()).collect::<Vec<_>>())?;
            }
            Notation::Tsv => tsv::write(shipped.text(), &structures, &mut out)?,
        }
        out.flush()
    }

    fn finish(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        let types = types(self.flags.iter().map(|(id, is_flag)| (id.as_str(), *is_flag)));
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

/// The attributes, each with whether all its values are flags.
fn flags<'a>(source: &Source<'a>) -> BTreeMap<&'a AttributeId, bool> {
    let mut flags = BTreeMap::new();
    for (id, value) in source.set.iter().flat_map(|own| &own.attributes) {
        *flags.entry(id).or_insert(true) &= matches!(value, Value::Flag(_));
    }
    flags
}

/// The number of the first structure after the text, which is number 1.
pub(super) const FIRST: usize = 2;

/// A type and its features.
pub(super) type Structure = (&'static str, Json);

/// Writes `structures` as CAS JSON, one a line.
fn json(text: &str, types: &Json, structures: &[Structure], out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"%TYPES\":{types},\n\"%FEATURE_STRUCTURES\":[\n")?;
    let sofa = json!({"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView",
        "mimeType": "text", "sofaString": text});
    serde_json::to_writer(&mut *out, &sofa)?;
    for (id, (kind, features)) in (FIRST..).zip(structures) {
        // Keywords come before the features.
        write!(out, ",\n{{\"%ID\":{id},\"%TYPE\":\"{kind}\",\"@sofa\":1")?;
        for (name, value) in features.as_object().into_iter().flatten() {
            write!(out, ",\"{name}\":{value}")?;
        }
        out.write_all(b"}")?;
    }
    let members: Vec<usize> = (FIRST..FIRST + structures.len()).collect();
    let views = json!({"_InitialView": {"%SOFA": 1, "%MEMBERS": members}});
    writeln!(out, "],\n\"%VIEWS\":{views}}}")
}

struct Writer<'a> {
    notation: Notation,
    source: &'a Source<'a>,
    ruler: Ruler<'a>,
    shipped: &'a Shipped,
    words: InWords<'a>,
    losses: &'a mut Losses,
    flags: BTreeMap<&'a AttributeId, bool>,
    /// The first fragment of each annotation about text, and where it stands.
    heads: BTreeMap<AnnotationId, (usize, std::ops::Range<usize>)>,
    written: Vec<Structure>,
}

impl Writer<'_> {
    fn structures(&mut self) -> Vec<Structure> {
        let text = self.shipped.text();
        let mut meta = json!({"begin": 0, "end": text.utf16_count()});
        let Source { document, annotator, .. } = self.source;
        for (name, words, loss) in
            [("documentTitle", document.id.as_str(), Loss::Document), ("documentId", annotator, Loss::Annotator)]
        {
            let is_name_of_file = self.notation == Notation::Tsv && loss == Loss::Document;
            if is_name_of_file || words.is_empty() || self.holds(words) {
                meta[name] = words.into();
            } else {
                self.losses.tell(loss);
            }
        }
        // In a table, names are elsewhere.
        if self.notation != Notation::Tsv {
            self.structure(META, meta);
        }
        let set = self.source.set;
        for own in set.iter() {
            if let Target::Text(fragments) = &own.target {
                let Some(fragments) = self.fragments(own, fragments) else {
                    self.losses.tell(Loss::Annotation(own.id));
                    continue;
                };
                let mut features = self.features(own, "T");
                for span in fragments.spans() {
                    let range = self.ruler.range(*span);
                    features["begin"] = range.start.into();
                    features["end"] = range.end.into();
                    let id = self.structure(SPAN, features.clone());
                    self.heads.entry(own.id).or_insert((id, range));
                }
            }
        }
        for own in set.iter().filter(|own| matches!(own.target, Target::Relation { .. })) {
            let ends = self.words.ends(own);
            let ends = ends.and_then(|(from, to)| Some((self.heads.get(&from)?.0, self.heads.get(&to)?.clone())));
            let Some((from, (to, range))) = ends else {
                self.losses.tell(Loss::Annotation(own.id));
                continue;
            };
            let mut features = self.features(own, "R");
            features["begin"] = range.start.into();
            features["end"] = range.end.into();
            features["@Governor"] = from.into();
            features["@Dependent"] = to.into();
            self.structure(RELATION, features);
        }
        for own in set.iter().filter(|own| own.target == Target::Document) {
            if self.notation == Notation::Tsv {
                self.losses.tell(Loss::Annotation(own.id));
                continue;
            }
            let features = self.features(own, "D");
            self.structure(DOCUMENT, features);
        }
        std::mem::take(&mut self.written)
    }

    /// Where the fragments of `own` are in the text that is shipped; none when nothing is left of them.
    fn fragments(&mut self, own: &Annotation, fragments: &Fragments) -> Option<Fragments> {
        let shipped = self.shipped.fragments(fragments)?;
        if self.notation != Notation::Tsv {
            return Some(shipped);
        }
        let text = self.shipped.text();
        let spans = shipped.spans().iter().filter_map(|span| trimmed(text, *span)).collect();
        let left = Fragments::new(spans).ok()?;
        if left != shipped {
            self.losses.tell(Loss::Fragments(own.id, left.clone()));
        }
        Some(left)
    }

    /// Whether the notation can hold `words`.
    fn holds(&self, words: &str) -> bool {
        self.notation.holds(words)
    }

    /// What all kinds of annotations have.
    fn features(&mut self, own: &Annotation, letter: &str) -> Json {
        let mut features = Map::new();
        if letter == "R" {
            features.insert("label".to_owned(), self.words.relation_type(own, self.losses).into());
        } else {
            let called = self.words.called(own, self.losses);
            features.insert("label".to_owned(), called.layer.into());
            features.extend(called.value.map(|value| ("value".to_owned(), value.into())));
        }
        features.insert("uid".to_owned(), format!("{letter}{}", own.id).into());
        match own.note.as_deref() {
            Some(note) if self.holds(note) => drop(features.insert("note".to_owned(), note.into())),
            Some(_) => self.losses.tell(Loss::Note(own.id)),
            None => {}
        }
        for (id, value) in &own.attributes {
            if !self.holds(&self.source.words(value)) {
                self.losses.tell(Loss::Attribute(own.id, id.clone()));
                continue;
            }
            let value = if self.notation == Notation::Json && self.flags.get(id) == Some(&true) {
                self.words.flag(own, id, self.losses).map(Json::from)
            } else {
                self.words.words(own, id, self.losses).map(Json::from)
            };
            features.extend(value.map(|value| (feature(id.as_str()), value)));
        }
        Json::Object(features)
    }

    /// Adds a structure and gives its number.
    fn structure(&mut self, kind: &'static str, features: Json) -> usize {
        self.written.push((kind, features));
        FIRST + self.written.len() - 1
    }
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
    for (id, is_flag) in attributes {
        let name = feature(id);
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
