//! The structs of format 1. They are frozen: what changes the file is a later format with structs of its own.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::Located;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Schema")]
pub(super) struct Schema<'a> {
    /// Read before, by itself.
    #[serde(rename = "format")]
    pub(super) _format: IgnoredAny,
    #[serde(borrow)]
    pub(super) name: Located<'a>,
    /// A number.
    #[serde(borrow)]
    pub(super) version: Located<'a>,
    /// A list of [`Layer`].
    #[serde(borrow)]
    pub(super) layers: Located<'a>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Layer<'a> {
    #[serde(borrow)]
    pub(super) id: Located<'a>,
    /// A [`Title`]; the id, when there is none.
    #[serde(borrow, default)]
    pub(super) title: Option<Located<'a>>,
    #[serde(borrow, default)]
    pub(super) kind: LayerKind<'a>,
    #[serde(default)]
    pub(super) overlap: Overlap,
    #[serde(default)]
    pub(super) guideline: String,
    /// A list of [`Label`].
    #[serde(borrow)]
    pub(super) labels: Located<'a>,
    #[serde(borrow, default)]
    pub(super) attributes: Vec<Attribute<'a>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum LayerKind<'a> {
    #[default]
    Span,
    Relation {
        #[serde(borrow, default)]
        from: Vec<Located<'a>>,
        #[serde(borrow, default)]
        to: Vec<Located<'a>>,
    },
    Document,
}

#[derive(Default, Deserialize)]
pub(super) enum Overlap {
    #[default]
    Allowed,
    Forbidden,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Label<'a> {
    #[serde(borrow)]
    pub(super) id: Located<'a>,
    /// A [`Title`]; the id, when there is none.
    #[serde(borrow, default)]
    pub(super) title: Option<Located<'a>>,
    /// A string or a character.
    #[serde(borrow, default)]
    pub(super) key: Option<Located<'a>>,
    /// `"#56B4E9"`.
    #[serde(borrow, default)]
    pub(super) color: Option<Located<'a>>,
    #[serde(default)]
    pub(super) guideline: String,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Attribute<'a> {
    #[serde(borrow)]
    pub(super) id: Located<'a>,
    /// A [`Title`]; the id, when there is none.
    #[serde(borrow, default)]
    pub(super) title: Option<Located<'a>>,
    /// An [`AttributeKind`].
    #[serde(borrow)]
    pub(super) kind: Located<'a>,
    #[serde(default)]
    pub(super) required: bool,
    /// A string for a choice or a text, a boolean for a flag.
    #[serde(borrow, default)]
    pub(super) default: Option<Located<'a>>,
    #[serde(default)]
    pub(super) guideline: String,
}

#[derive(Deserialize)]
pub(super) enum AttributeKind<'a> {
    Speaker,
    #[serde(borrow)]
    Choice(Vec<Located<'a>>),
    Flag,
    Text,
}

/// `"quote"` or `{"en": "quote", "ru": "цитата"}`.
pub(super) enum Title<'a> {
    One(String),
    /// Language codes and titles, in the order of the file.
    PerLanguage(Vec<(Located<'a>, String)>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Title<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TitleVisitor(PhantomData))
    }
}

struct TitleVisitor<'a>(PhantomData<Title<'a>>);

impl<'de: 'a, 'a> Visitor<'de> for TitleVisitor<'a> {
    type Value = Title<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a title in quotes, or titles by language as in {\"en\": \"quote\", \"ru\": \"цитата\"}")
    }

    fn visit_str<E: Error>(self, title: &str) -> Result<Title<'a>, E> {
        Ok(Title::One(title.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Title<'a>, A::Error> {
        let mut titles = Vec::new();
        while let Some(entry) = map.next_entry()? {
            titles.push(entry);
        }
        Ok(Title::PerLanguage(titles))
    }
}
