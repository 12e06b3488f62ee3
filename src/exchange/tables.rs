//! Reading tables, whatever they are written in: ours, and those of others that have a start, an end and a label in each row.
//!
//! Columns are known by their names; what no column is known for becomes an attribute of that name. An empty cell is one in which
//! nothing stands.

mod table;

use std::collections::BTreeMap;

use super::contents::unless_missing;
use super::draft::kept;
use super::tidy::parts;
use super::{Aim, Draft, Files, Item, Spot, Stated, Unit, Unreadable};
use crate::annotation::{Origin, Speaker, SpeakerId, Status};
use table::{ANNOTATOR, DOCUMENT, FILE, FROM, ID, Kind, LABEL, NOTE, TO, VALUE, WORDS, whole};
pub(super) use table::{OTHERS, PREFIX, Record, Table, is_known, is_ours};

/// Reads the tables whose names end as one of `endings`, each with `open`, and the texts that lie beside them.
pub(super) fn read(
    files: &dyn Files,
    endings: &[&str],
    open: fn(&dyn Files, &str) -> Result<Table, Unreadable>,
    visit: &mut dyn FnMut(Draft),
) -> Result<(), Unreadable> {
    let mut found = Found::default();
    let is_table = |name: &String| endings.contains(&ending(name).to_lowercase().as_str());
    let names: Vec<String> = files.names().into_iter().filter(is_table).collect();
    let mut tables = Vec::new();
    for name in &names {
        tables.push(open(files, name)?);
        let beside = documents_beside(name);
        if !names.contains(&beside)
            && tables.iter().all(|own: &Table| own.name != beside)
            && let Some(table) = unless_missing(open(files, &beside))?
        {
            tables.push(table);
        }
    }
    let mut rest = Vec::new();
    for table in tables {
        match table.kind() {
            Some(Kind::Documents) => found.documents(&table),
            kind => rest.push((kind, table)),
        }
    }
    // Annotators first: they say whom there is.
    rest.sort_by_key(|(kind, _)| *kind != Some(Kind::Annotators));
    let mut is_any = false;
    for (kind, table) in &rest {
        is_any |= kind.is_some();
        match kind {
            Some(Kind::Annotators) => found.annotators(table),
            Some(Kind::Speakers) => found.speakers(table),
            Some(Kind::Spans | Kind::Relations | Kind::Labels) => found.annotations(table),
            Some(Kind::Documents) | None => {}
        }
    }
    if !is_any {
        let name = files.names().into_iter().next().unwrap_or_default();
        let expected = "expected a table with a start, an end and a label in each row".to_owned();
        return Err(Unreadable::Content(Spot::new(&name, 1), expected));
    }
    found.drafts.into_iter().for_each(|own| visit(own.draft));
    Ok(())
}

/// How `name` ends.
fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The name of our table of documents, if it lies beside the file called `name`.
fn documents_beside(name: &str) -> String {
    let directory = name.rsplit_once('/').map_or(String::new(), |(directory, _)| format!("{directory}/"));
    format!("{directory}documents.{}", ending(name))
}

/// A document with what is said of it.
#[derive(Clone, Debug, Default)]
struct Text {
    file: String,
    text: String,
}

/// What was found in all tables.
#[derive(Default)]
struct Found {
    texts: BTreeMap<String, Text>,
    drafts: Vec<Begun>,
    places: BTreeMap<(String, Option<String>), usize>,
}

/// A draft with the places of its items by their ids.
#[derive(Default)]
struct Begun {
    draft: Draft,
    places: BTreeMap<String, usize>,
}

impl Found {
    fn documents(&mut self, table: &Table) {
        for row in &table.rows {
            let Some(id) = table.cell(row, &["doc_id"]) else { continue };
            let text = table.cell(row, &["text"]).unwrap_or_default();
            let file = table.cell(row, &["file"]).map_or_else(|| format!("{id}.txt"), str::to_owned);
            self.texts.insert(id.to_owned(), Text { file, text: text.to_owned() });
        }
    }

    fn annotators(&mut self, table: &Table) {
        for row in &table.rows {
            let is_done = table.cell(row, &["status"]) == Some("done");
            self.begun(table, row).draft.status = if is_done { Status::Done } else { Status::Open };
        }
    }

    fn speakers(&mut self, table: &Table) {
        for row in &table.rows {
            let spot = Spot::new(&table.name, row.line);
            let id = table.cell(row, &["speaker_id"]).and_then(|id| id.parse().ok());
            let name = table.cell(row, &["speaker"]).unwrap_or_default().to_owned();
            let role = table.cell(row, &["role"]).map(str::to_owned);
            let aliases = parts(table.cell(row, &["aliases"]).unwrap_or_default()).map(str::to_owned).collect();
            let draft = &mut self.begun(table, row).draft;
            match id {
                Some(id) => draft.speakers.push(Speaker { id: SpeakerId(id), name, role, aliases }),
                None => draft.refusals.push(spot.refuse("expected the number of a speaker")),
            }
        }
    }

    fn annotations(&mut self, table: &Table) {
        for row in &table.rows {
            let spot = Spot::new(&table.name, row.line);
            let has_text = self.text_of(table, row).is_some();
            let item = item(table, row, spot.clone(), has_text);
            let begun = self.begun(table, row);
            match item {
                Err(reason) => begun.draft.refusals.push(spot.refuse(reason)),
                Ok((item, unit)) => {
                    begun.draft.unit = begun.draft.unit.or(unit);
                    begun.take(item);
                }
            }
        }
    }

    fn text_of(&self, table: &Table, row: &Record) -> Option<&Text> {
        self.texts.get(table.cell(row, DOCUMENT).unwrap_or_else(|| table.stem()))
    }

    /// The draft that `row` is about.
    fn begun(&mut self, table: &Table, row: &Record) -> &mut Begun {
        let document = table.cell(row, DOCUMENT).unwrap_or_else(|| table.stem()).to_owned();
        let annotator = table.cell(row, ANNOTATOR).map(str::to_owned);
        let Self { drafts, places, texts, .. } = self;
        let place = *places.entry((document.clone(), annotator.clone())).or_insert_with(|| {
            let text = texts.get(&document).cloned();
            let is_named = std::path::Path::new(&document).extension().is_some_and(|end| end == "txt");
            let own = if is_named { document } else { format!("{document}.txt") };
            let draft = Draft {
                document: Some(text.as_ref().map_or(own, |own| own.file.clone())),
                text: text.map(|own| own.text),
                annotator,
                ..Draft::default()
            };
            drafts.push(Begun { draft, places: BTreeMap::new() });
            drafts.len() - 1
        });
        &mut drafts[place]
    }
}

impl Begun {
    /// Takes `item`; one with the id of another is a fragment of that.
    fn take(&mut self, item: Item) {
        let items = &mut self.draft.items;
        let begun = self.places.get(&item.id).filter(|_| !item.id.is_empty()).and_then(|place| items.get_mut(*place));
        if let (Some(Aim::Text { pieces, words, .. }), Aim::Text { pieces: more, words: more_words, .. }) =
            (begun.map(|own| &mut own.target), &item.target)
        {
            pieces.extend_from_slice(more);
            words.extend_from_slice(more_words);
        } else {
            self.places.insert(item.id.clone(), items.len());
            items.push(item);
        }
    }
}

/// What `row` says, and what its offsets count if that is known.
fn item(table: &Table, row: &Record, spot: Spot, has_text: bool) -> Result<(Item, Option<Unit>), String> {
    if row.cells.len() != table.header.len() {
        return Err(format!("expected {} cells, found {}", table.header.len(), row.cells.len()));
    }
    let label = table.cell(row, LABEL).ok_or("expected a label")?;
    let is_missing = |names: &[&str]| {
        let place = table.columns.place(names);
        !table.is_ours && place.is_some_and(|place| row.missing.contains(&place))
    };
    if is_missing(LABEL) {
        return Err("expected a label, found NA, which is none where it has no quotation marks".to_owned());
    }
    let unless_missing = |names| table.cell(row, names).filter(|_| !is_missing(names)).map(str::to_owned);
    let (target, unit) = aim(table, row, has_text)?;
    let stamp = |kind| {
        let from = parts(table.cell(row, &["origin_from"]).unwrap_or_default()).map(str::to_owned);
        let score = table.cell(row, &["score"]).and_then(|score| score.parse().ok());
        Origin::of_parts(kind, from, score)
    };
    let item = Item {
        spot,
        id: unless_missing(ID).unwrap_or_default(),
        layer: Some(label.to_owned()),
        label: unless_missing(VALUE),
        target,
        attributes: attributes(table, row)?,
        note: unless_missing(NOTE),
        origin: table.cell(row, &["origin"]).filter(|_| table.is_ours).map(stamp).transpose()?,
    };
    Ok((item, unit))
}

/// What `row` is about.
fn aim(table: &Table, row: &Record, has_text: bool) -> Result<(Aim, Option<Unit>), String> {
    let file = table.columns.place(&[FILE.0]).zip(table.columns.place(&[FILE.1]));
    let file = file.filter(|_| !has_text).map(|(start, end)| (start, end, Some(Unit::Bytes)));
    if let Some((start, end, unit)) = file.or_else(|| table.columns.offsets()) {
        let offset = |place: usize| row.cells.get(place).map_or("", String::as_str).trim();
        let (Some(from), Some(to)) = (whole(offset(start)), whole(offset(end))) else {
            return Err(format!("expected a start and an end, found «{}» and «{}»", offset(start), offset(end)));
        };
        let words = table.cell(row, WORDS).map(str::to_owned).into_iter().collect();
        return Ok((Aim::Text { pieces: std::iter::once(from..to).collect(), words, apart: None }, unit));
    }
    match (table.cell(row, FROM), table.cell(row, TO)) {
        (Some(from), Some(to)) => Ok((Aim::Relation { from: from.to_owned(), to: to.to_owned() }, None)),
        (None, None) => Ok((Aim::Document, None)),
        _ => Err("expected two ends of a relation, found one".to_owned()),
    }
}

/// In our tables what stands under the prefix and in the object, else what stands in columns that nothing is known of.
fn attributes(table: &Table, row: &Record) -> Result<Vec<(String, Stated)>, String> {
    let words = |(name, cell): (&str, &String)| (name.to_owned(), Stated::Words(cell.clone()));
    if table.is_ours {
        let cells = table.header.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
        let prefixed = cells.filter_map(|(name, cell)| Some((name.strip_prefix(PREFIX)?, cell))).map(words);
        let others = table.cell(row, &[OTHERS]).unwrap_or("{}");
        let others: BTreeMap<String, String> =
            serde_json::from_str(others).map_err(|error| format!("{OTHERS} holds no JSON object of words: {error}"))?;
        return Ok(prefixed.chain(others.into_iter().map(|(name, words)| (name, Stated::Words(words)))).collect());
    }
    let offsets = table.columns.offsets();
    let ends = if offsets.is_none() { [FROM, TO].as_slice() } else { &[] };
    let known = [DOCUMENT, ID, ANNOTATOR, LABEL, VALUE, WORDS, NOTE];
    let named = known.iter().chain(ends).filter_map(|names| table.columns.place(names));
    let read: Vec<usize> = named.chain(offsets.into_iter().flat_map(|(start, end, _)| [start, end])).collect();
    let cells = table.header.iter().zip(&row.cells).enumerate();
    let is_else = |place: usize| !(read.contains(&place) || table.numbers.contains(&place));
    let stands = |place: usize, cell: &str| !cell.is_empty() && !row.missing.contains(&place);
    let others = cells.filter(|(place, (_, cell))| is_else(*place) && stands(*place, cell));
    let id = table.columns.place(ID).filter(|place| !row.missing.contains(place));
    let id = id.and_then(|place| kept(table.header.get(place)?, row.cells.get(place)?));
    Ok(id.into_iter().chain(others.map(|(_, (name, cell))| words((name, cell)))).collect())
}
