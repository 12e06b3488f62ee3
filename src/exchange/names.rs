//! Layers and labels as other programs call them.
//!
//! Most programs have one name for what an annotation is. They get the layer with a capital (`Quote`), and the label beside it as a
//! value where it has another name: `Theme` with `value` `rights`. [`resolve`] is the way back, and also takes what others wrote.

use std::fmt::Write as _;

use crate::annotation::{Annotation, Target};
use crate::schema::{Label, LabelId, Layer, LayerId, LayerKind, Schema, Title};

/// An annotation's layer and label as other programs call them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// The layer, with a capital.
    pub layer: String,
    /// The label, where it is not called as the layer is.
    pub value: Option<String>,
}

/// Which layers are meant: those about text, about two annotations, or about the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// About spans.
    Span,
    /// About two annotations.
    Relation,
    /// About the document.
    Document,
}

impl Kind {
    /// What `target` is.
    pub fn of(target: &Target) -> Self {
        match target {
            Target::Text(_) => Self::Span,
            Target::Relation { .. } => Self::Relation,
            Target::Document => Self::Document,
        }
    }

    fn has(self, layer: &Layer) -> bool {
        matches!(
            (self, &layer.kind),
            (Self::Span, LayerKind::Span)
                | (Self::Relation, LayerKind::Relation { .. })
                | (Self::Document, LayerKind::Document)
        )
    }
}

impl Called {
    /// What `annotation` is called.
    pub fn of(schema: &Schema, annotation: &Annotation) -> Self {
        Self::named(schema, &annotation.layer, &annotation.label)
    }

    /// What annotations of this layer and label are called.
    pub fn named(schema: &Schema, layer: &LayerId, label: &LabelId) -> Self {
        let is_known = |own: &Layer| own.labels.iter().any(|own| own.id == *label);
        let says_all = layer.as_str() == label.as_str() && schema.layer(layer).is_none_or(is_known);
        Self { layer: capital(layer.as_str()), value: (!says_all).then(|| label.to_string()) }
    }
}

impl Called {
    /// Both in one word: `Quote`, `Theme:rights`; a colon and a percent sign within one of them are encoded as in URLs.
    pub fn tag(&self) -> String {
        let layer = guarded(&self.layer, ':');
        self.value.as_ref().map_or_else(|| layer.clone(), |value| format!("{layer}:{}", guarded(value, ':')))
    }
}

/// The layer and the label that a [tag](Called::tag) holds.
pub fn untagged(tag: &str) -> (String, Option<String>) {
    match tag.split_once(':') {
        Some((layer, label)) => (decoded(layer), Some(decoded(label))),
        None => (decoded(tag), None),
    }
}

/// `words` with `mark` and the percent sign encoded, so that `mark` can stand behind them.
pub(super) fn guarded(words: &str, mark: char) -> String {
    let mut part = String::with_capacity(words.len());
    for c in words.chars() {
        if c == mark || c == '%' {
            write!(part, "%{:02X}", u32::from(c)).ok();
        } else {
            part.push(c);
        }
    }
    part
}

/// The words that `part` stands for; a percent sign before anything else is itself.
pub(super) fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = (*first == b'%').then(|| behind.get(..2)).flatten();
        let code = code.and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = behind.get(if code.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `name` with a capital.
pub fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// A name from elsewhere as an id of ours: without blanks, and with a small letter unless it is an abbreviation.
///
/// ```
/// use tribune::exchange::names::own;
///
/// assert_eq!(own("Work of Art"), "work_of_Art");
/// assert_eq!(own("GPE"), "GPE");
/// assert_eq!(own("Қағаз 👍"), "қағаз_👍");
/// ```
pub fn own(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().unwrap_or('_');
    let rest = chars.as_str();
    let is_abbreviation = rest.chars().next().is_some_and(char::is_uppercase);
    let first: String = if is_abbreviation { first.into() } else { first.to_lowercase().collect() };
    let clean = |c: char| if c.is_whitespace() || c.is_control() { '_' } else { c };
    first.chars().chain(rest.chars()).map(clean).collect()
}

/// The layer and the label that a file calls `layer` and `label`, among those of `kind`; names that the schema does not know
/// become ids of ours.
///
/// Without a layer it is the first that has the label, as for relations in formats that know only a type.
pub fn resolve(schema: Option<&Schema>, kind: Kind, layer: Option<&str>, label: Option<&str>) -> (LayerId, LabelId) {
    let layers = || schema.into_iter().flat_map(|schema| &schema.layers).filter(|layer| kind.has(layer));
    let known = match (layer, label) {
        (Some(name), _) => best(&layers(), |own| (own.id.as_str(), &own.title, &[]), name),
        (None, Some(name)) => layers().find(|own| label_called(own, name).is_some()),
        (None, None) => None,
    };
    let Some(known) = known else {
        let layer_id = own(layer.or(label).unwrap_or_default());
        let label_id = label.map_or_else(|| layer_id.clone(), |label| label_of(layer, label));
        return (LayerId::new(layer_id), LabelId::new(label_id));
    };
    let label = match label {
        Some(name) => {
            label_called(known, name).map_or_else(|| LabelId::new(label_of(layer, name)), |own| own.id.clone())
        }
        None => match known.labels.as_slice() {
            [only] => only.id.clone(),
            _ => LabelId::new(known.id.as_str()),
        },
    };
    (known.id.clone(), label)
}

/// A label that the schema does not know: as it stands beside a layer, where we write it as it is, else as an id of ours.
fn label_of(layer: Option<&str>, label: &str) -> String {
    match layer {
        Some(_) => label.chars().map(|c| if c.is_whitespace() || c.is_control() { '_' } else { c }).collect(),
        None => own(label),
    }
}

fn label_called<'a>(layer: &'a Layer, name: &str) -> Option<&'a Label> {
    best(&layer.labels.iter(), |own| (own.id.as_str(), &own.title, &own.aliases), name)
}

/// The one whose id is `name`, else whose id is it but for case, else whose title or alias it is.
fn best<'a, T: 'a>(
    all: &(impl Iterator<Item = &'a T> + Clone),
    parts: impl Fn(&'a T) -> (&'a str, &'a Title, &'a [String]),
    name: &str,
) -> Option<&'a T> {
    let same = |own: &str| own == name || own.to_lowercase() == name.to_lowercase();
    let titles = |title: &Title| match title {
        Title::One(title) => same(title),
        Title::PerLanguage(titles) => titles.values().any(|title| same(title)),
    };
    let find = |fits: &dyn Fn(&'a T) -> bool| all.clone().find(|own| fits(own));
    find(&|own| parts(own).0 == name)
        .or_else(|| find(&|own| capital(parts(own).0) == name))
        .or_else(|| find(&|own| same(parts(own).0)))
        .or_else(|| find(&|own| titles(parts(own).1) || parts(own).2.iter().any(|alias| same(alias))))
}
