//! Layers and labels as other programs call them.
//!
//! Most programs have one name for what an annotation is. They get the layer with a capital (`Quote`), and the label beside it as a
//! value where it has another name: `Theme` with `value` `rights`. [`resolve`] is the way back, and also takes what others wrote.
//!
//! A layer whose id was made of somebody else's name gets that name again: it is an alias of the layer's own label, or the title.

use std::fmt::Write as _;

use crate::annotation::{Annotation, Target};
use crate::schema::{Attribute, Label, LabelId, Layer, LayerId, LayerKind, Schema, Title};

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

    /// What `layer` is about.
    pub(super) fn of_layer(layer: &Layer) -> Self {
        match layer.kind {
            LayerKind::Span => Self::Span,
            LayerKind::Relation { .. } => Self::Relation,
            LayerKind::Document => Self::Document,
        }
    }

    fn has(self, layer: &Layer) -> bool {
        self == Self::of_layer(layer)
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
        let own = schema.layer(layer);
        // Of a layer that the schema does not know, the name alone might be taken for a label that it does know.
        let is_alone = || !schema.layers.iter().any(|own| label_called(own, layer.as_str()).is_some());
        let says_all = layer.as_str() == label.as_str() && own.map_or_else(is_alone, is_known);
        let name = own.map_or_else(|| capital(layer.as_str()), |own| called(schema, own));
        Self { layer: name, value: (!says_all).then(|| label.to_string()) }
    }
}

impl Called {
    /// Both in one word: `Quote`, `Theme:rights`; a colon and a percent sign within one of them are encoded as in URLs, unless it is
    /// read back as it stands.
    pub fn tag(&self) -> String {
        let layer = guarded(&self.layer, ':');
        match &self.value {
            Some(value) => {
                let value = guarded(value, ':');
                // Nor is it the rest of a URL.
                let rest = value.strip_prefix('/').map_or_else(|| value.clone(), |rest| format!("%2F{rest}"));
                format!("{layer}:{rest}")
            }
            None if untagged(&self.layer) == (self.layer.clone(), None) => self.layer.clone(),
            None => layer,
        }
    }
}

/// The layer and the label that a [tag](Called::tag) holds. A colon before what is no label of a tag is part of somebody's name, as in
/// `http://example.org/Person`.
pub fn untagged(tag: &str) -> (String, Option<String>) {
    // Some formats encode blanks too.
    let is_label = |part: &str| is_id(&decoded(part)) && !part.starts_with('/') && !part.contains(':');
    match tag.split_once(':') {
        Some((layer, label)) if !layer.is_empty() && is_label(label) => (decoded(layer), Some(decoded(label))),
        _ => (decoded(tag), None),
    }
}

/// Whether `name` can be an id: it is not empty and has no blanks in it.
pub(super) fn is_id(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c.is_control())
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
/// assert_eq!(own(" "), "_");
/// ```
pub fn own(name: &str) -> String {
    let name = cleaned(name);
    let mut chars = name.chars();
    let first = chars.next().unwrap_or('_');
    let rest = chars.as_str();
    let is_abbreviation = rest.chars().next().is_some_and(char::is_uppercase);
    let first: String = if is_abbreviation { first.into() } else { first.to_lowercase().collect() };
    first + rest
}

/// A name from elsewhere as an id that keeps its letters.
pub(super) fn cleaned(name: &str) -> String {
    let name = name.trim();
    let clean = |c: char| if c.is_whitespace() || c.is_control() { '_' } else { c };
    if name.is_empty() { "_".to_owned() } else { name.chars().map(clean).collect() }
}

/// `id`, or with the first number behind it that makes it one that is not taken.
pub(super) fn free(id: String, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2_u32..).map(|number| format!("{id}_{number}"));
    std::iter::once(id.clone()).chain(numbered).find(|own| !is_taken(own)).unwrap_or(id)
}

/// Whether `id` may have been made of `name` by [`own`] or [`cleaned`], and [`free`].
pub(super) fn is_made_of(id: &str, name: &str) -> bool {
    [own(name), cleaned(name)].iter().any(|made| {
        let rest = id.strip_prefix(made.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('_').is_some_and(|own| own.parse::<u32>().is_ok()))
    })
}

/// The title in one language.
fn title(title: &Title) -> Option<&str> {
    match title {
        Title::One(title) => Some(title),
        Title::PerLanguage(_) => None,
    }
}

/// What files call `layer` by its like-named label.
fn aliases(layer: &Layer) -> impl Iterator<Item = &str> {
    let own = layer.labels.iter().filter(|label| label.id.as_str() == layer.id.as_str());
    own.flat_map(|label| &label.aliases).map(String::as_str)
}

/// What other programs call `layer`: the name that its id was made of, if that leads back, else the id with a capital.
pub(super) fn called(schema: &Schema, layer: &Layer) -> String {
    let id = layer.id.as_str();
    let title = title(&layer.title).filter(|title| *title != id);
    let mut originals = aliases(layer).chain(title).filter(|name| !name.contains(char::is_control));
    let kind = Kind::of_layer(layer);
    let leads_back = |name: &str| layer_called(schema, kind, name).is_some_and(|own| own.id == layer.id);
    let original = originals.find(|name| is_made_of(id, name) && leads_back(name));
    original.map_or_else(|| capital(id), str::to_owned)
}

/// What a relation is called where there are no layers of relations: as the layer whose one label it is, or else by its label.
pub(super) fn relation_type(schema: &Schema, layer: &LayerId, label: &LabelId) -> String {
    let name = schema.layer(layer).filter(|own| own.id.as_str() == label.as_str()).map(|own| called(schema, own));
    // A capital is the sign of a layer.
    name.filter(|name| *name != capital(layer.as_str())).unwrap_or_else(|| label.to_string())
}

/// The layer of `kind` that files call `name`.
pub(super) fn layer_called<'a>(schema: &'a Schema, kind: Kind, name: &str) -> Option<&'a Layer> {
    let layers = schema.layers.iter().filter(|layer| kind.has(layer));
    layers
        .clone()
        .find(|layer| is_original(layer, name))
        .or_else(|| best(&layers, |own| (own.id.as_str(), &own.title, &[]), name))
}

/// Whether the id of `layer` was made of `name`, by all that is known.
pub(super) fn is_original(layer: &Layer, name: &str) -> bool {
    aliases(layer).chain(title(&layer.title)).any(|own| own == name) && is_made_of(layer.id.as_str(), name)
}

/// The layer and the label that a file calls `layer` and `label`, among those of `kind`; names that the schema does not know
/// become ids of ours.
///
/// Without a layer it is the first that has the label, as for relations in formats that know only a type. One name alone that no layer has is
/// the label that only one of them has.
pub fn resolve(schema: Option<&Schema>, kind: Kind, layer: Option<&str>, label: Option<&str>) -> (LayerId, LabelId) {
    let is_layer = |name: &str| schema.is_some_and(|schema| layer_called(schema, kind, name).is_some());
    let Some(known) = schema.and_then(|schema| known(schema, kind, layer, label)) else {
        let layer_id = own(layer.or(label).unwrap_or_default());
        let label_id = label.map_or_else(|| layer_id.clone(), |label| label_of(layer, label));
        return (LayerId::new(layer_id), LabelId::new(label_id));
    };
    let label = match label.or(layer.filter(|name| !is_layer(name))) {
        Some(name) => {
            label_called(known, name).map_or_else(|| LabelId::new(label_of(layer, name)), |own| own.id.clone())
        }
        // Also where its layer has but one label: a code with one code within it is not that code.
        None => LabelId::new(known.id.as_str()),
    };
    (known.id.clone(), label)
}

/// The layer of `kind` that a file means by `layer` and `label`.
pub(super) fn known<'a>(schema: &'a Schema, kind: Kind, layer: Option<&str>, label: Option<&str>) -> Option<&'a Layer> {
    let mut layers = schema.layers.iter().filter(|layer| kind.has(layer));
    match (layer, label) {
        (Some(name), Some(_)) => layer_called(schema, kind, name),
        (Some(name), None) => layer_called(schema, kind, name).or_else(|| {
            let mut having = layers.filter(|own| label_called(own, name).is_some());
            having.next().filter(|_| having.next().is_none())
        }),
        (None, Some(name)) => {
            let original = layers.clone().find(|own| is_original(own, name));
            original.or_else(|| layers.find(|own| label_called(own, name).is_some()))
        }
        (None, None) => None,
    }
}

/// A label that the schema does not know: as it stands beside a layer, where we write it as it is, else as an id of ours.
pub(super) fn label_of(layer: Option<&str>, label: &str) -> String {
    if layer.is_some() { cleaned(label) } else { own(label) }
}

/// The label of `layer` that files call `name`.
pub(super) fn label_called<'a>(layer: &'a Layer, name: &str) -> Option<&'a Label> {
    let original = layer.labels.iter().find(|own| is_original_of(own, name));
    original.or_else(|| best(&layer.labels.iter(), |own| (own.id.as_str(), &own.title, &own.aliases), name))
}

/// Whether the id of `label` was made of `name`, by all that is known.
pub(super) fn is_original_of(label: &Label, name: &str) -> bool {
    let known = label.aliases.iter().map(String::as_str).chain(title(&label.title)).any(|own| own == name);
    known && is_made_of(label.id.as_str(), name)
}

/// The attribute of `layer` that files call `name`.
pub(super) fn attribute_called<'a>(layer: &'a Layer, name: &str) -> Option<&'a Attribute> {
    let original = layer.attributes.iter().find(|own| is_original_attribute(own, name));
    original.or_else(|| layer.attributes.iter().find(|own| own.id.as_str() == name))
}

/// What other programs call the attribute `id` of `layer`: the name that its id was made of, if that leads back with a schema and without.
pub(super) fn attribute_name<'a>(layer: &'a Layer, id: &str) -> Option<&'a str> {
    let own = layer.attributes.iter().find(|own| own.id.as_str() == id)?;
    let name = title(&own.title).filter(|name| cleaned(name) == id && !name.contains(char::is_control))?;
    attribute_called(layer, name).filter(|found| found.id == own.id).map(|_| name)
}

/// Whether the id of `attribute` was made of `name`, by its title.
pub(super) fn is_original_attribute(attribute: &Attribute, name: &str) -> bool {
    title(&attribute.title) == Some(name) && is_made_of(attribute.id.as_str(), name)
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
