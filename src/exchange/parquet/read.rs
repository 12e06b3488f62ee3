//! Reading columns as tables.
//!
//! Lists become what tables have for them: `fragments` a row for each, `attrs` the object of attributes, any other list a cell.

use std::collections::BTreeMap;

use super::footer::{Footer, Kind, Leaf};
use super::pages::{Budget, Column};
use crate::exchange::tables::{self, OTHERS, Record, Table};
use crate::exchange::tidy::join;
use crate::exchange::{Draft, Files, Spot, Unreadable};

/// Reads the tables among `files`.
pub(super) fn read(files: &dyn Files, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    tables::read(files, &["parquet", "parq", "pq"], open, visit)
}

/// The table in the file called `name`.
fn open(files: &dyn Files, name: &str) -> Result<Table, Unreadable> {
    let file = files.read(name).map_err(|error| Unreadable::Io(name.to_owned(), error))?;
    table(name, &file).map_err(|reason| Unreadable::Content(Spot::new(name, 0), reason))
}

fn table(name: &str, file: &[u8]) -> Result<Table, String> {
    let footer = Footer::read(file).ok_or("expected Parquet with a footer, found other bytes")?;
    let mut budget = Budget::new();
    let mut sheet = Sheet::default();
    for (leaf, chunks) in footer.leaves.iter().zip(&footer.chunks) {
        // What is neither words nor a number means nothing here.
        if leaf.kind != Kind::Other {
            let told = |reason| format!("column {}: {reason}", leaf.path.join("."));
            sheet.take(leaf, Column::read(file, leaf, chunks, &mut budget).map_err(told)?);
        }
    }
    Ok(Table::new(name, sheet.header(), sheet.rows(&mut budget)?))
}

/// The columns of a table by what they are in it.
#[derive(Default)]
struct Sheet {
    cells: Vec<(String, Column)>,
    /// Those of `fragments`.
    pieces: Vec<(String, Column)>,
    /// Those of `attrs`: the names and the values, or both in one, by turns, as pandas has it.
    attributes: Vec<Column>,
}

impl Sheet {
    fn take(&mut self, leaf: &Leaf<'_>, column: Column) {
        let list = leaf.path.first().filter(|_| leaf.repeated > 0);
        let name = leaf.path.last().copied().unwrap_or_default();
        match (list.copied(), name) {
            // They count what `offset_unit` says.
            (Some("fragments"), "start" | "end") => self.pieces.push((format!("{name}_cp"), column)),
            (Some("fragments"), _) => self.pieces.push((name.to_owned(), column)),
            (Some("attrs"), _) => self.attributes.push(column),
            (Some(list), _) => self.cells.push((list.to_owned(), column)),
            (None, _) => self.cells.push((leaf.path.join("."), column)),
        }
    }

    fn header(&self) -> Vec<String> {
        let names = self.cells.iter().chain(&self.pieces).map(|(name, _)| name.clone());
        names.chain(self.attributes.first().map(|_| OTHERS.to_owned())).collect()
    }

    /// The rows, as often as they have fragments.
    fn rows(&self, budget: &mut Budget) -> Result<Vec<Record>, String> {
        let columns = || self.cells.iter().chain(&self.pieces).map(|(_, own)| own).chain(&self.attributes);
        let count = columns().map(Column::len).max().unwrap_or_default();
        if columns().any(|own| own.len() != count) {
            return Err("its columns are not of the same length".to_owned());
        }
        let mut rows = Vec::new();
        for row in 0..count {
            let pieces = self.pieces.iter().map(|(_, own)| own.row(row).len()).max();
            for piece in 0..pieces.unwrap_or(1).max(1) {
                let cells = self.cells.iter().map(|(_, own)| join(own.row(row).iter().map(String::as_str)));
                let pieces = self.pieces.iter().map(|(_, own)| own.row(row).get(piece).cloned().unwrap_or_default());
                let cells: Vec<String> = cells.chain(pieces).chain(self.attributes(row)).collect();
                budget.spend(cells.iter().map(|own| size_of::<String>() + own.len()).sum())?;
                rows.push(Record { line: row + 1, cells, missing: Vec::new() });
            }
        }
        Ok(rows)
    }

    /// The attributes in `row`, as an object.
    fn attributes(&self, row: usize) -> Option<String> {
        let pairs: BTreeMap<&String, &String> = match self.attributes.as_slice() {
            [] => return None,
            [both] => both.row(row).chunks_exact(2).map(|pair| (&pair[0], &pair[1])).collect(),
            [names, values, ..] => names.row(row).iter().zip(values.row(row)).collect(),
        };
        Some(if pairs.is_empty() { String::new() } else { serde_json::to_string(&pairs).unwrap_or_default() })
    }
}
