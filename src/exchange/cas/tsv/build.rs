//! The structures of a CAS out of the rows of a table.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value as Json;

use super::escape::{linked, numbered, parts, unescaped};
use super::layers::{Column, Kind, Layer, TOKEN};
use super::{Row, Table};
use crate::exchange::cas::Structure;
use crate::exchange::{Refusal, Spot};

/// The structures that `table` holds about `text`, with what could not be taken.
pub(super) fn structures(file: &str, table: &Table<'_>, text: &str) -> (Vec<Structure>, Vec<Refusal>) {
    let mut builder = Builder::new(file, table);
    for row in table.sentences.iter().flat_map(|own| &own.rows) {
        builder.row(row);
    }
    builder.connect();
    let sofa = [("%ID", Json::from(SOFA)), ("%TYPE", "uima.cas.Sofa".into()), ("sofaString", text.into())];
    let sofa = sofa.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let made = builder.made.into_iter().enumerate().filter(|(_, own)| !own.is_void);
    let made = made.map(|(place, own)| own.structure(id(place)));
    let structures = [sofa].into_iter().chain(made).collect();
    (structures, builder.refusals)
}

const SOFA: usize = 1;

/// The id of what was made as number `place`, from 0.
fn id(place: usize) -> usize {
    SOFA + 1 + place
}

/// A structure in the making.
#[derive(Default)]
struct Made {
    kind: String,
    line: usize,
    range: Option<Range<usize>>,
    words: String,
    features: Structure,
    /// Whether it leads to another and is no annotation itself.
    is_link: bool,
    /// Whether it came to nothing.
    is_void: bool,
}

impl Made {
    /// Takes `row` along.
    fn extend(&mut self, row: &Row<'_>) {
        let end = self.range.as_ref().map_or(row.range.start, |own| own.end);
        if row.range.start > end {
            self.words.push(' ');
        }
        self.words.push_str(row.words);
        let start = self.range.as_ref().map_or(row.range.start, |own| own.start);
        self.range = Some(start..row.range.end.max(end));
    }

    fn structure(self, id: usize) -> Structure {
        let mut all = self.features;
        all.insert("%ID".to_owned(), id.into());
        all.insert("%TYPE".to_owned(), self.kind.into());
        all.insert("%LINE".to_owned(), self.line.into());
        if !self.is_link {
            all.insert("@sofa".to_owned(), SOFA.into());
        }
        if let Some(range) = self.range {
            all.insert("begin".to_owned(), range.start.into());
            all.insert("end".to_owned(), range.end.into());
            all.insert("%WORDS".to_owned(), self.words.into());
        }
        all
    }
}

/// What leads to rows that may stand below.
enum Later<'t> {
    /// The ends of a relation.
    Relation { place: usize, base: &'t str, from: &'t str, row: &'t Row<'t> },
    /// Who fills a slot.
    Slot { place: usize, base: &'t str, by: &'t str, line: usize },
}

struct Builder<'t> {
    file: &'t str,
    table: &'t Table<'t>,
    made: Vec<Made>,
    /// By the number in brackets and the layer.
    by_number: BTreeMap<(&'t str, usize), usize>,
    /// By the id of the row where they begin: the layer, and what was made.
    by_row: BTreeMap<&'t str, Vec<(usize, usize)>>,
    rows: BTreeMap<&'t str, &'t Row<'t>>,
    tokens: BTreeMap<&'t str, usize>,
    /// The links of each chain of a layer.
    chains: BTreeMap<(usize, usize), BTreeMap<usize, usize>>,
    later: Vec<Later<'t>>,
    refusals: Vec<Refusal>,
}

impl<'t> Builder<'t> {
    fn new(file: &'t str, table: &'t Table<'t>) -> Self {
        let rows = table.sentences.iter().flat_map(|own| &own.rows).map(|row| (row.id.as_ref(), row)).collect();
        let (made, by_number, by_row, tokens, chains, later) = Default::default();
        Self { file, table, made, by_number, by_row, rows, tokens, chains, later, refusals: table.refusals.clone() }
    }

    fn refuse(&mut self, line: usize, reason: String) {
        self.refusals.push(Spot::new(self.file, line).refuse(reason));
    }

    fn row(&mut self, row: &'t Row<'t>) {
        let mut cells = row.cells.iter();
        for (number, layer) in self.table.layers.iter().enumerate() {
            let columns: Vec<(&Column, Vec<&str>)> = layer
                .columns
                .iter()
                .zip(cells.by_ref())
                .map(|(column, cell)| (column, if cell == "_" { Vec::new() } else { parts(cell, '|') }))
                .collect();
            let depth = columns.iter().map(|(_, parts)| parts.len()).max().unwrap_or(0);
            for place in 0..depth {
                let stacked =
                    columns.iter().filter_map(|(column, parts)| Some((*column, *parts.get(place)?))).collect();
                match layer.kind {
                    Kind::Span => self.span(number, layer, row, stacked),
                    Kind::Relation => self.relation(layer, row, stacked),
                    Kind::Chain => self.chain(number, layer, row, &stacked),
                }
            }
        }
    }

    /// Makes an annotation of `layer` at `row`.
    fn make(&mut self, number: usize, layer: &Layer, row: &'t Row<'t>) -> usize {
        let place = self.made.len();
        let mut made = Made { kind: layer.name.clone(), line: row.line, ..Made::default() };
        made.extend(row);
        self.made.push(made);
        self.by_row.entry(&row.id).or_default().push((number, place));
        place
    }

    fn set(&mut self, place: usize, feature: &str, words: &str) {
        if !matches!(words, "*" | "_") {
            self.made[place].features.insert(feature.to_owned(), unescaped(words).into());
        }
    }

    fn span(&mut self, number: usize, layer: &'t Layer, row: &'t Row<'t>, stacked: Vec<(&'t Column, &'t str)>) {
        let mut numbers = stacked.iter().filter(|(column, _)| !matches!(column, Column::Fillers(_)));
        let own = numbers.find_map(|(_, part)| numbered(part).1);
        if let Some(place) = own.and_then(|own| self.by_number.get(&(own, number))) {
            return self.made[*place].extend(row);
        }
        let place = self.make(number, layer, row);
        if let Some(own) = own {
            self.by_number.insert((own, number), place);
        }
        let mut slots: Vec<usize> = Vec::new();
        for (column, part) in stacked {
            match column {
                Column::Feature(feature) => self.set(place, feature, numbered(part).0),
                Column::Roles { feature, link } => {
                    slots = self.slots(row, link, numbered(part).0);
                    let ids: Vec<usize> = slots.iter().map(|place| id(*place)).collect();
                    self.made[place].features.insert(format!("@{feature}"), ids.into());
                }
                Column::Fillers(base) => {
                    let fillers = parts(part, ';').into_iter().filter(|by| !matches!(*by, "*" | "_"));
                    let filled = slots.iter().zip(fillers);
                    self.later.extend(filled.map(|(place, by)| Later::Slot {
                        place: *place,
                        base,
                        by,
                        line: row.line,
                    }));
                }
                Column::Mark | Column::Source(_) | Column::Link(_) => {}
            }
        }
    }

    /// A link for each of `roles`.
    fn slots(&mut self, row: &Row<'_>, link: &str, roles: &str) -> Vec<usize> {
        if roles == "_" {
            return Vec::new();
        }
        let slot = |role: &str| {
            self.made.push(Made { kind: link.to_owned(), line: row.line, is_link: true, ..Made::default() });
            let place = self.made.len() - 1;
            self.set(place, "role", role);
            place
        };
        parts(roles, ';').into_iter().map(slot).collect()
    }

    fn relation(&mut self, layer: &'t Layer, row: &'t Row<'t>, stacked: Vec<(&'t Column, &'t str)>) {
        let place = self.made.len();
        self.made.push(Made { kind: layer.name.clone(), line: row.line, is_void: true, ..Made::default() });
        let mut has_source = false;
        for (column, part) in stacked {
            match column {
                Column::Feature(feature) => self.set(place, feature, numbered(part).0),
                Column::Source(base) => {
                    has_source = true;
                    self.later.push(Later::Relation { place, base: layer.end(base), from: part, row });
                }
                Column::Mark | Column::Roles { .. } | Column::Fillers(_) | Column::Link(_) => {}
            }
        }
        if !has_source {
            self.refuse(row.line, format!("a {} comes from nowhere", layer.name));
        }
    }

    fn chain(&mut self, number: usize, layer: &'t Layer, row: &'t Row<'t>, stacked: &[(&'t Column, &'t str)]) {
        let link = stacked.iter().find_map(|(column, part)| match column {
            Column::Link(feature) => Some((feature, linked(part)?)),
            _ => None,
        });
        let Some((feature, (words, chain, link))) = link else {
            return self
                .refuse(row.line, format!("expected the number of a chain and of a link in it, for {}", layer.name));
        };
        if let Some(place) = self.chains.get(&(number, chain)).and_then(|links| links.get(&link)) {
            return self.made[*place].extend(row);
        }
        let place = self.make(number, layer, row);
        self.chains.entry((number, chain)).or_default().insert(link, place);
        self.set(place, feature, words);
        for (column, part) in stacked {
            if let Column::Feature(feature) = column {
                self.set(place, feature, numbered(part).0);
            }
        }
    }

    /// Leads everything to where it leads.
    fn connect(&mut self) {
        for links in std::mem::take(&mut self.chains).into_values() {
            let places: Vec<usize> = links.into_values().collect();
            for pair in places.windows(2) {
                self.made[pair[0]].features.insert("@next".to_owned(), id(pair[1]).into());
            }
        }
        for later in std::mem::take(&mut self.later) {
            match later {
                Later::Relation { place, base, from, row } => {
                    let (unit, numbers) = numbered(from);
                    let (one, two) = numbers.and_then(|own| own.split_once('_')).unzip();
                    let (from, to) = (self.resolve(base, unit, one), self.resolve(base, &row.id, two));
                    let (Some(from), Some(to)) = (from, to) else {
                        let missing = if from.is_none() { unit } else { row.id.as_ref() };
                        let reason =
                            format!("a {} leads to {missing}, where there is no {base}", self.made[place].kind);
                        self.refuse(row.line, reason);
                        continue;
                    };
                    let made = &mut self.made[place];
                    made.is_void = false;
                    made.features.insert("@Governor".to_owned(), id(from).into());
                    made.features.insert("@Dependent".to_owned(), id(to).into());
                }
                Later::Slot { place, base, by, line } => {
                    let (unit, number) = numbered(by);
                    match self.resolve(base, unit, number) {
                        Some(to) => drop(self.made[place].features.insert("@target".to_owned(), id(to).into())),
                        None => self.refuse(line, format!("a slot leads to {unit}, where there is no {base}")),
                    }
                }
            }
        }
    }

    /// The annotation of type `base` with `number` in brackets, or without one that begins at the row called `unit`; a token is made
    /// when it is needed.
    fn resolve(&mut self, base: &str, unit: &str, number: Option<&str>) -> Option<usize> {
        let table = self.table;
        let fits = |layer: usize| table.layers.get(layer).is_some_and(|own| own.name == base);
        if let Some(number) = number.filter(|own| *own != "0") {
            let mut all = self.by_number.range((number, 0)..=(number, usize::MAX));
            let exact = all.clone().find(|((_, layer), _)| fits(*layer));
            return exact.or_else(|| all.next()).map(|(_, place)| *place);
        }
        if base == TOKEN {
            return self.token(unit);
        }
        let all = self.by_row.get(unit)?;
        let exact = all.iter().find(|(layer, _)| fits(*layer));
        let any = || all.first().filter(|_| base == "uima.tcas.Annotation");
        exact.or_else(any).map(|(_, place)| *place)
    }

    fn token(&mut self, unit: &str) -> Option<usize> {
        let (id, row) = self.rows.get_key_value(unit)?;
        if let Some(place) = self.tokens.get(id) {
            return Some(*place);
        }
        let mut made = Made { kind: TOKEN.to_owned(), line: row.line, ..Made::default() };
        made.extend(row);
        self.made.push(made);
        self.tokens.insert(id, self.made.len() - 1);
        Some(self.made.len() - 1)
    }
}
