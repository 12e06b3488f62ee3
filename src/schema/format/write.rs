//! A [`Schema`] as the text of its file.

use std::fmt::Write as _;

use crate::schema::{Attribute, AttributeKind, Default, Label, Layer, LayerId, LayerKind, Overlap, Schema, Title};

/// The file of `schema`, format 1; [`read`](super::read) takes it back.
///
/// ```
/// use tribune::schema::{self, Schema};
///
/// let schema = Schema::builtin();
/// assert_eq!(schema::read(&schema::write(&schema)), Ok(schema));
/// ```
pub fn write(schema: &Schema) -> String {
    let mut out = format!(
        "(\n    format: 1,\n    name: {},\n    version: {},\n    layers: [\n",
        quoted(&schema.name),
        schema.version
    );
    schema.layers.iter().for_each(|own| layer(own, &mut out));
    out + "    ],\n)\n"
}

fn layer(own: &Layer, out: &mut String) {
    let mut fields = vec![format!("id: {}", quoted(own.id.as_str()))];
    fields.extend(title(&own.title, own.id.as_str()));
    match &own.kind {
        LayerKind::Span => {}
        LayerKind::Relation { from, to } => {
            fields.push(format!("kind: Relation(from: {}, to: {})", ids(from), ids(to)));
        }
        LayerKind::Document => fields.push("kind: Document".to_owned()),
    }
    fields.extend((own.overlap == Overlap::Forbidden).then(|| "overlap: Forbidden".to_owned()));
    fields.extend(guideline(&own.guideline));
    let mut line = |indent: usize, words: &str| {
        // Writing to a string cannot fail.
        writeln!(out, "{:indent$}{words}", "").ok();
    };
    line(8, "(");
    for field in fields {
        line(12, &format!("{field},"));
    }
    line(12, "labels: [");
    own.labels.iter().for_each(|own| line(16, &label(own)));
    line(12, "],");
    if !own.attributes.is_empty() {
        line(12, "attributes: [");
        own.attributes.iter().for_each(|own| line(16, &attribute(own)));
        line(12, "],");
    }
    line(8, "),");
}

fn label(own: &Label) -> String {
    let mut fields = vec![format!("id: {}", quoted(own.id.as_str()))];
    fields.extend(title(&own.title, own.id.as_str()));
    fields.extend(own.key.map(|key| format!("key: \"{key}\"")));
    fields.extend(own.color.map(|own| format!("color: \"#{:02X}{:02X}{:02X}\"", own.red, own.green, own.blue)));
    fields.extend(guideline(&own.guideline));
    fields.extend(
        (!own.aliases.is_empty()).then(|| format!("aliases: {}", list(own.aliases.iter().map(|own| quoted(own))))),
    );
    format!("({}),", fields.join(", "))
}

fn attribute(own: &Attribute) -> String {
    let mut fields = vec![format!("id: {}", quoted(own.id.as_str()))];
    fields.extend(title(&own.title, own.id.as_str()));
    fields.push(match &own.kind {
        AttributeKind::Speaker => "kind: Speaker".to_owned(),
        AttributeKind::Choice(words) => format!("kind: Choice({})", list(words.iter().map(|own| quoted(own)))),
        AttributeKind::Flag => "kind: Flag".to_owned(),
        AttributeKind::Text => "kind: Text".to_owned(),
    });
    fields.extend(own.required.then(|| "required: true".to_owned()));
    fields.extend(own.default.as_ref().map(|default| match default {
        Default::Choice(words) | Default::Text(words) => format!("default: {}", quoted(words)),
        Default::Flag(flag) => format!("default: {flag}"),
    }));
    fields.extend(guideline(&own.guideline));
    format!("({}),", fields.join(", "))
}

/// The title, unless it is the id, which stands for it.
fn title(title: &Title, id: &str) -> Option<String> {
    match title {
        Title::One(title) if title == id => None,
        Title::One(title) => Some(format!("title: {}", quoted(title))),
        Title::PerLanguage(titles) => {
            let titles = titles.iter().map(|(language, title)| format!("{}: {}", quoted(language), quoted(title)));
            Some(format!("title: {{{}}}", titles.collect::<Vec<_>>().join(", ")))
        }
    }
}

fn guideline(words: &str) -> Option<String> {
    (!words.is_empty()).then(|| format!("guideline: {}", quoted(words)))
}

fn ids(ids: &[LayerId]) -> String {
    list(ids.iter().map(|id| quoted(id.as_str())))
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// `words` as a string of RON. Only what has to be is escaped: `ron` itself escapes accents and joiners too.
fn quoted(words: &str) -> String {
    let mut quoted = String::from("\"");
    for c in words.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            _ if c.is_control() => quoted.extend(c.escape_unicode()),
            _ => quoted.push(c),
        }
    }
    quoted + "\""
}
