//! The structs of the file into a [`Schema`], and the check that it makes sense.

use std::collections::{BTreeMap, BTreeSet};

use super::{Located, SchemaError, Source, v1};
use crate::schema::{
    Attribute, AttributeKind, Default, Id, Label, Layer, LayerId, LayerKind, Overlap, Rgb, Schema, Title,
};

/// The schema that `file` describes.
pub(super) fn schema(source: Source<'_>, file: &v1::Schema<'_>) -> Result<Schema, SchemaError> {
    let name: String = file.name.read(source)?;
    if name.trim().is_empty() {
        return Err(file.name.fault(source, "the schema has no name"));
    }
    let version = file.version.read_or(source, "the version is a whole number from 0 to 4294967295")?;
    let layers: Vec<v1::Layer<'_>> = file.layers.read(source)?;
    if layers.is_empty() {
        return Err(file.layers.fault(source, "the schema has no layer; it needs one at least"));
    }
    let mut check =
        Check { source, layers: ids_of(source, "layer", layers.iter().map(|layer| layer.id))?, keys: [].into() };
    let layers = layers.into_iter().map(|layer| check.layer(layer)).collect::<Result<_, _>>()?;
    Ok(Schema { name, version, layers })
}

/// What has been seen in the file and may not be seen again, or must have been.
struct Check<'a> {
    source: Source<'a>,
    /// The ids of all layers.
    layers: BTreeSet<String>,
    /// The keys of the labels so far, each with the layer within which it must differ: none for all span layers, whose
    /// labels are picked from one menu.
    keys: BTreeSet<(Option<LayerId>, char)>,
}

impl Check<'_> {
    fn layer(&mut self, layer: v1::Layer<'_>) -> Result<Layer, SchemaError> {
        let id = id_of(self.source, layer.id)?;
        let kind = self.layer_kind(layer.kind)?;
        let labels: Vec<v1::Label<'_>> = layer.labels.read(self.source)?;
        if labels.is_empty() {
            let message = format!("the layer `{id}` has no label; it needs one at least");
            return Err(layer.labels.fault(self.source, message));
        }
        ids_of(self.source, "label", labels.iter().map(|label| label.id))?;
        ids_of(self.source, "attribute", layer.attributes.iter().map(|attribute| attribute.id))?;
        let id_in_file = LayerId::new(id.clone());
        let scope = (kind != LayerKind::Span).then_some(&id_in_file);
        let labels = labels.into_iter().map(|label| self.label(label, scope)).collect::<Result<_, _>>()?;
        Ok(Layer {
            title: title(self.source, layer.title, &id)?,
            overlap: match layer.overlap {
                v1::Overlap::Allowed => Overlap::Allowed,
                v1::Overlap::Forbidden => Overlap::Forbidden,
            },
            guideline: layer.guideline,
            labels,
            attributes: layer
                .attributes
                .into_iter()
                .map(|own| attribute(self.source, own))
                .collect::<Result<_, _>>()?,
            id: id_in_file,
            kind,
        })
    }

    fn layer_kind(&self, kind: v1::LayerKind<'_>) -> Result<LayerKind, SchemaError> {
        let known = |layer: Located<'_>| {
            let id = id_of(self.source, layer)?;
            if self.layers.contains(&id) {
                Ok(Id::new(id))
            } else {
                Err(layer.fault(self.source, format!("there is no layer `{id}` in this schema")))
            }
        };
        let all_known = |layers: Vec<Located<'_>>| layers.into_iter().map(known).collect::<Result<Vec<_>, _>>();
        Ok(match kind {
            v1::LayerKind::Span => LayerKind::Span,
            v1::LayerKind::Relation { from, to } => LayerKind::Relation { from: all_known(from)?, to: all_known(to)? },
            v1::LayerKind::Document => LayerKind::Document,
        })
    }

    fn label(&mut self, label: v1::Label<'_>, scope: Option<&LayerId>) -> Result<Label, SchemaError> {
        let id = id_of(self.source, label.id)?;
        Ok(Label {
            title: title(self.source, label.title, &id)?,
            key: label.key.map(|own| self.key(own, scope.cloned())).transpose()?,
            color: label.color.map(|own| color(self.source, own)).transpose()?,
            guideline: label.guideline,
            aliases: label.aliases,
            id: Id::new(id),
        })
    }

    /// The key of a label, which must differ from those seen within `scope`.
    fn key(&mut self, located: Located<'_>, scope: Option<LayerId>) -> Result<char, SchemaError> {
        let key: String = located.read::<char>(self.source).map(String::from).or_else(|_| located.read(self.source))?;
        let mut chars = key.chars();
        match (chars.next(), chars.next()) {
            (Some(key @ 'a'..='z'), None) if !self.keys.insert((scope, key)) => {
                Err(located.fault(self.source, format!("the key `{key}` picks another label already")))
            }
            (Some(key @ 'a'..='z'), None) => Ok(key),
            _ => {
                let message = format!("a key is one lower-case letter from a to z, not `{key}`");
                Err(located.fault(self.source, message))
            }
        }
    }
}

/// The ids at these places, which must differ; `what` they name is for the message.
fn ids_of<'a>(
    source: Source<'_>,
    what: &str,
    places: impl Iterator<Item = Located<'a>>,
) -> Result<BTreeSet<String>, SchemaError> {
    let mut ids = BTreeSet::new();
    for place in places {
        let id = id_of(source, place)?;
        if !ids.insert(id.clone()) {
            return Err(place.fault(source, format!("there is another {what} called `{id}`; ids must differ")));
        }
    }
    Ok(ids)
}

fn id_of(source: Source<'_>, located: Located<'_>) -> Result<String, SchemaError> {
    let id: String = located.read(source)?;
    if id.is_empty() {
        return Err(located.fault(source, "the id is empty"));
    }
    if id.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(located.fault(source, format!("an id has no blanks in it, but `{}` has", id.escape_debug())));
    }
    Ok(id)
}

fn title(source: Source<'_>, located: Option<Located<'_>>, id: &str) -> Result<Title, SchemaError> {
    let Some(located) = located else { return Ok(Title::One(id.to_owned())) };
    let entries = match located.read(source)? {
        v1::Title::One(title) if title.trim().is_empty() => return Err(located.fault(source, "the title is empty")),
        v1::Title::One(title) => return Ok(Title::One(title)),
        v1::Title::PerLanguage(entries) => entries,
    };
    if entries.is_empty() {
        return Err(located.fault(source, "there is a title in no language; write one, or leave `title` out"));
    }
    let mut titles = BTreeMap::new();
    for (place, title) in entries {
        let language = id_of(source, place)?;
        if title.trim().is_empty() {
            return Err(place.fault(source, format!("the title in the language `{language}` is empty")));
        }
        if titles.insert(language.clone(), title).is_some() {
            return Err(place.fault(source, format!("there is another title in the language `{language}`")));
        }
    }
    Ok(Title::PerLanguage(titles))
}

/// Reads a colour such as `#56B4E9`.
pub(crate) fn color(source: Source<'_>, located: Located<'_>) -> Result<Rgb, SchemaError> {
    let color: String = located.read(source)?;
    let digits =
        color.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit()));
    let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let message = || format!("a colour is # and six hexadecimal digits, as in #56B4E9, not `{color}`");
    let [_, red, green, blue] = number.ok_or_else(|| located.fault(source, message()))?.to_be_bytes();
    Ok(Rgb { red, green, blue })
}

fn attribute(source: Source<'_>, attribute: v1::Attribute<'_>) -> Result<Attribute, SchemaError> {
    let id = id_of(source, attribute.id)?;
    let kind = attribute_kind(source, attribute.kind)?;
    Ok(Attribute {
        title: title(source, attribute.title, &id)?,
        required: attribute.required,
        default: attribute.default.map(|own| default(source, own, &kind)).transpose()?,
        guideline: attribute.guideline,
        id: Id::new(id),
        kind,
    })
}

fn attribute_kind(source: Source<'_>, located: Located<'_>) -> Result<AttributeKind, SchemaError> {
    let places = match located.read(source)? {
        v1::AttributeKind::Speaker => return Ok(AttributeKind::Speaker),
        v1::AttributeKind::Flag => return Ok(AttributeKind::Flag),
        v1::AttributeKind::Text => return Ok(AttributeKind::Text),
        v1::AttributeKind::Choice(places) => places,
    };
    if places.is_empty() {
        return Err(located.fault(source, "there is nothing to choose from; a choice needs one word at least"));
    }
    let mut words: Vec<String> = Vec::with_capacity(places.len());
    for place in places {
        let word: String = place.read(source)?;
        if word.trim().is_empty() {
            return Err(place.fault(source, "the word to choose is empty"));
        }
        if words.contains(&word) {
            return Err(place.fault(source, format!("`{word}` is among the choices already")));
        }
        words.push(word);
    }
    Ok(AttributeKind::Choice(words))
}

fn default(source: Source<'_>, located: Located<'_>, kind: &AttributeKind) -> Result<Default, SchemaError> {
    match kind {
        AttributeKind::Speaker => {
            Err(located.fault(source, "a speaker has no default: a schema does not know who speaks"))
        }
        AttributeKind::Flag => located.read_or(source, "the default of a flag is true or false").map(Default::Flag),
        AttributeKind::Text => {
            located.read_or(source, "the default of a text is a string in quotes").map(Default::Text)
        }
        AttributeKind::Choice(words) => match located.read::<String>(source) {
            Ok(word) if words.contains(&word) => Ok(Default::Choice(word)),
            _ => {
                let message = format!("the default is one of the choices in quotes: {}", words.join(", "));
                Err(located.fault(source, message))
            }
        },
    }
}
