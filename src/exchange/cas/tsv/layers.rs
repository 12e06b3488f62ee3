//! The layers that a file declares, and the columns of each.

/// A layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layer {
    pub(super) kind: Kind,
    /// The name of the type.
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
}

/// What the annotations of a layer are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Span,
    Relation,
    Chain,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Nothing but that there is an annotation.
    Mark,
    /// A feature.
    Feature(String),
    /// The roles of those who fill the slots of a feature, and the type that leads to them.
    Roles { feature: String, link: String },
    /// Those who fill the slots of the column before, of this type.
    Fillers(String),
    /// Where a relation comes from, of this type.
    Source(String),
    /// The number of the chain and of the link in it, behind a feature.
    Link(String),
}

pub(super) const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
pub(super) const DEPENDENCY: &str = "de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency";

impl Layer {
    /// The layer that a line such as `#T_SP=webanno.custom.Span|value` declares.
    pub(super) fn read(line: &str) -> Option<Self> {
        let kinds = [("#T_SP=", Kind::Span), ("#T_RL=", Kind::Relation), ("#T_CH=", Kind::Chain)];
        let (kind, rest) = kinds.into_iter().find_map(|(mark, kind)| Some((kind, line.strip_prefix(mark)?)))?;
        let (name, columns) = rest.split_once('|').unwrap_or((rest, ""));
        let mut read: Vec<Column> = Vec::new();
        for column in columns.split('|') {
            let is_behind_roles = matches!(read.last(), Some(Column::Roles { .. }));
            read.push(match kind {
                _ if column.is_empty() => Column::Mark,
                Kind::Span => roles(column).unwrap_or_else(|| {
                    if is_behind_roles {
                        Column::Fillers(column.to_owned())
                    } else {
                        Column::Feature(column.to_owned())
                    }
                }),
                Kind::Relation => match column.strip_prefix("BT_") {
                    Some(base) => Column::Source(base.to_owned()),
                    None => Column::Feature(column.to_owned()),
                },
                Kind::Chain if column == "referenceRelation" => Column::Link(column.to_owned()),
                Kind::Chain => Column::Feature(column.to_owned()),
            });
        }
        Some(Self { kind, name: name.to_owned(), columns: read })
    }

    /// The layers in the first line of version 2: `# type | feature # type | feature | AttachTo=type`.
    pub(super) fn of_version_2(line: &str) -> Vec<Self> {
        let layer = |declared: &str| {
            let mut parts = declared.split('|').map(str::trim);
            let name = parts.next().filter(|name| !name.is_empty())?.to_owned();
            let (sources, features): (Vec<&str>, Vec<&str>) =
                parts.filter(|part| !part.is_empty()).partition(|part| part.starts_with("AttachTo="));
            let kind = if sources.is_empty() { Kind::Span } else { Kind::Relation };
            let features = features.into_iter().map(|own| Column::Feature(own.to_owned()));
            let sources = sources.iter().filter_map(|own| own.strip_prefix("AttachTo="));
            let columns = features.chain(sources.map(|own| Column::Source(own.to_owned()))).collect();
            Some(Self { kind, name, columns })
        };
        line.split('#').filter_map(layer).collect()
    }

    /// The layers of version 1, which does not declare them.
    pub(super) fn of_version_1() -> Vec<Self> {
        let span = |name: &str, feature: &str| {
            let name = format!("de.tudarmstadt.ukp.dkpro.core.api.{name}");
            Self { kind: Kind::Span, name, columns: vec![Column::Feature(feature.to_owned())] }
        };
        let columns = vec![Column::Feature("DependencyType".to_owned()), Column::Source(TOKEN.to_owned())];
        vec![
            span("segmentation.type.Lemma", "value"),
            span("lexmorph.type.pos.POS", "PosValue"),
            span("ner.type.NamedEntity", "value"),
            Self { kind: Kind::Relation, name: DEPENDENCY.to_owned(), columns },
        ]
    }

    /// The type of what relations of this layer come from and lead to: they hang on tokens where they are dependencies, though the
    /// file has it that they hang on parts of speech.
    pub(super) fn end<'a>(&self, declared: &'a str) -> &'a str {
        if self.name == DEPENDENCY { TOKEN } else { declared }
    }
}

/// `ROLE_webanno.custom.Host:links_webanno.custom.LinkType`; underscores may be in the feature too.
fn roles(column: &str) -> Option<Column> {
    let (_, declared) = column.strip_prefix("ROLE_")?.split_once(':')?;
    let package = declared.split('.').next().unwrap_or_default();
    let (feature, _) = package.rsplit_once('_')?;
    let link = declared.get(feature.len() + 1..).unwrap_or_default();
    Some(Column::Roles { feature: feature.to_owned(), link: link.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_declares_a_layer_with_its_columns() {
        let slots = Layer::read("#T_SP=a.Host|ROLE_a.Host:my_links_a.b_c.Link|a.Span|value").unwrap();
        assert_eq!(slots.name, "a.Host");
        assert_eq!(
            slots.columns,
            [
                Column::Roles { feature: "my_links".into(), link: "a.b_c.Link".into() },
                Column::Fillers("a.Span".into()),
                Column::Feature("value".into()),
            ]
        );
        assert_eq!(Layer::read("#T_SP=a.Жест|").unwrap().columns, [Column::Mark]);
        assert_eq!(Layer::read("#T_RL=a.Rel|BT_a.Span").unwrap().columns, [Column::Source("a.Span".into())]);
        let old = Layer::of_version_2(" # a.NE | value # a.Dep | kind | AttachTo=a.POS");
        assert_eq!(old[1].columns, [Column::Feature("kind".into()), Column::Source("a.POS".into())]);
    }
}
