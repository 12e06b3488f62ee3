//! Reading text as tables.

use super::dialect::{Dialect, delimiter, header, records, stated};
use crate::exchange::contents::content;
use crate::exchange::tables::{self, Table};
use crate::exchange::{Draft, Files, Unreadable};

/// Whether a file called `name` with these bytes is a table to read, in this dialect.
pub(super) fn sniff(name: &str, head: &[u8], dialect: Dialect) -> bool {
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start_matches('\u{feff}');
    let (mark, passed) = stated(head);
    let line = header(head.get(passed..).unwrap_or_default());
    let mark = mark.unwrap_or_else(|| delimiter(line));
    name.to_lowercase().ends_with(&format!(".{}", dialect.ending()))
        && tables::is_known(line.split(char::from(mark)).map(|cell| cell.trim_matches('"')))
}

/// Reads the tables among `files`.
pub(super) fn read(files: &dyn Files, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    tables::read(files, &["csv", "tsv", "tab", "txt"], table, visit)
}

/// The table in the file called `name`.
fn table(files: &dyn Files, name: &str) -> Result<Table, Unreadable> {
    let content = content(files, name)?;
    let content = content.strip_prefix('\u{feff}').unwrap_or(&content);
    let is_ours = |header: &str| header.split('\t').next() == Some("doc_id") && tables::is_ours(header.split('\t'));
    let mut rows = records(content, is_ours);
    let header = if rows.is_empty() { Vec::new() } else { rows.remove(0).cells };
    Ok(Table::new(name, header, rows))
}
