//! The tagset: which layers there are, which labels and attributes they have, and what is allowed.
//!
//! A [`Schema`] is a plain value. `schema.ron` in the corpus is read by [`read`], which says what is wrong at which line and
//! column; without one the built-in schema ([`Schema::builtin`]) holds: quotes, claims, themes, how claims
//! and quotes relate, and the genre of the document.
//!
//! | file | holds |
//! |---|---|
//! | `id` | names of layers, labels and attributes |
//! | `format` | the RON file, version 1, and its faults |

mod format;
mod id;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use format::{BUILTIN, SchemaError, read, write};
pub(crate) use format::{Located, Source, color, likely, unknown};
pub use id::{AttributeId, Id, LabelId, LayerId};

/// Layers with their labels, attributes and rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// What the schema is called; annotation files name it.
    pub name: String,
    /// Its version, raised by its authors when they change it.
    pub version: u32,
    /// The layers, in the order in which they are shown.
    pub layers: Vec<Layer>,
}

/// One kind of annotation: quote, claim, theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Its name in files.
    pub id: LayerId,
    /// Its name for people.
    pub title: Title,
    /// What its annotations are about.
    pub kind: LayerKind,
    /// Whether two of its annotations may share text.
    pub overlap: Overlap,
    /// When to use it, in a sentence.
    pub guideline: String,
    /// The labels, at least one, in the order in which they are shown.
    pub labels: Vec<Label>,
    /// The attributes of its annotations, in the order in which the form asks for them.
    pub attributes: Vec<Attribute>,
}

/// What annotations of a layer are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayerKind {
    /// Spans of the text.
    Span,
    /// Two annotations: from one of these layers to one of those; an empty list admits any.
    Relation {
        /// Layers the relation may start from.
        from: Vec<LayerId>,
        /// Layers it may lead to.
        to: Vec<LayerId>,
    },
    /// The document as a whole.
    Document,
}

impl LayerKind {
    /// Whether a relation of this kind may lead from an annotation of one layer to one of the other.
    ///
    /// ```
    /// use tribune::schema::{LayerId, Schema};
    ///
    /// let (quote, claim) = (LayerId::new("quote"), LayerId::new("claim"));
    /// let schema = Schema::builtin();
    /// let statement = &schema.layer(&LayerId::new("statement")).unwrap().kind;
    /// assert!(statement.joins(&quote, &claim) && !statement.joins(&claim, &quote));
    /// ```
    pub fn joins(&self, from: &LayerId, to: &LayerId) -> bool {
        let admits = |layers: &[LayerId], layer| layers.is_empty() || layers.contains(layer);
        match self {
            Self::Relation { from: starts, to: ends } => admits(starts, from) && admits(ends, to),
            Self::Span | Self::Document => false,
        }
    }
}

/// Whether two annotations of a layer may share what they are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlap {
    /// They may overlap, nest and coincide.
    #[default]
    Allowed,
    /// They must be apart; a document has one label of the layer at most.
    Forbidden,
}

/// A value from a layer's tagset: rights, youth, labour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its name in files.
    pub id: LabelId,
    /// Its name for people.
    pub title: Title,
    /// The key that picks it, on a US keyboard.
    pub key: Option<char>,
    /// Its colour.
    pub color: Option<Rgb>,
    /// When to use it, in a sentence.
    pub guideline: String,
    /// Further words that find it in the palette.
    pub aliases: Vec<String>,
}

/// A named value that annotations of a layer carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name in files.
    pub id: AttributeId,
    /// Its name for people.
    pub title: Title,
    /// What values it takes.
    pub kind: AttributeKind,
    /// Whether `check` reports an annotation without it.
    pub required: bool,
    /// What a fresh annotation carries.
    pub default: Option<Default>,
    /// When to use it, in a sentence.
    pub guideline: String,
}

/// What values an attribute takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeKind {
    /// A speaker of the annotator's register.
    Speaker,
    /// One of these words.
    Choice(Vec<String>),
    /// Yes or no.
    Flag,
    /// Free text.
    Text,
}

/// What a fresh annotation carries in an attribute. A speaker cannot be foreseen by a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Default {
    /// For [`AttributeKind::Choice`].
    Choice(String),
    /// For [`AttributeKind::Flag`].
    Flag(bool),
    /// For [`AttributeKind::Text`].
    Text(String),
}

/// A name for people: one string, or one per language (`en`, `ru`, `kk`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Title {
    /// The same in every language.
    One(String),
    /// By language code; never empty.
    PerLanguage(BTreeMap<String, String>),
}

impl Title {
    /// The title in `language`, else in English, else in the first there is.
    ///
    /// ```
    /// use tribune::schema::Title;
    ///
    /// let title = Title::PerLanguage([("en".into(), "labour".into()), ("ru".into(), "труд 👷".into())].into());
    /// assert_eq!(title.in_language("ru"), "труд 👷");
    /// assert_eq!(title.in_language("kk"), "labour");
    /// ```
    pub fn in_language(&self, language: &str) -> &str {
        match self {
            Self::One(title) => title,
            Self::PerLanguage(titles) => {
                let found = titles.get(language).or_else(|| titles.get("en")).or_else(|| titles.values().next());
                found.map_or("", String::as_str)
            }
        }
    }

    /// The title in every language.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let (one, others) = match self {
            Self::One(title) => (Some(title), None),
            Self::PerLanguage(titles) => (None, Some(titles.values())),
        };
        one.into_iter().chain(others.into_iter().flatten()).map(String::as_str)
    }
}

/// A colour, each channel from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Schema {
    /// The schema that holds where the corpus has none: `quote`, `claim`, and `theme` with rights, youth and labour; the relations
    /// `argument` and `statement`; and the `genre` of a document.
    ///
    /// # Panics
    ///
    /// Never: a test reads the embedded file.
    pub fn builtin() -> Self {
        read(BUILTIN).expect("the built-in schema is valid")
    }

    /// The layer called `id`.
    pub fn layer(&self, id: &LayerId) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.id == *id)
    }

    /// The label called `label` of the layer called `layer`.
    pub fn label(&self, layer: &LayerId, label: &LabelId) -> Option<&Label> {
        self.layer(layer)?.labels.iter().find(|own| own.id == *label)
    }

    /// Every label with its layer, in the order in which they are shown.
    pub fn labels(&self) -> impl Iterator<Item = (&Layer, &Label)> {
        self.layers.iter().flat_map(|layer| layer.labels.iter().map(move |label| (layer, label)))
    }

    /// The number among [`labels`](Self::labels) of the label called `label` of the layer called `layer`.
    pub fn label_number(&self, layer: &LayerId, label: &LabelId) -> Option<usize> {
        let place = self.layers.iter().position(|own| own.id == *layer)?;
        let (before, own) = (&self.layers[..place], &self.layers[place]);
        let number = own.labels.iter().position(|own| own.id == *label)?;
        Some(before.iter().map(|own| own.labels.len()).sum::<usize>() + number)
    }

    /// The labels for spans of text, each with its layer and its number among [`labels`](Self::labels).
    pub fn span_labels(&self) -> impl Iterator<Item = (usize, &Layer, &Label)> {
        let numbered = self.labels().enumerate().map(|(number, (layer, label))| (number, layer, label));
        numbered.filter(|(_, layer, _)| layer.kind == LayerKind::Span)
    }
}

impl Layer {
    /// The attribute called `id`.
    pub fn attribute(&self, id: &AttributeId) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.id == *id)
    }
}
