//! Reading a table: its lines, and the text that they make.

use std::borrow::Cow;
use std::ops::Range;

use super::layers::Layer;
use super::{Row, Sentence, Table, build, escape, old};
use crate::exchange::cas::read::visit_views;
use crate::exchange::cas::xmi::{TYPES, TypeSystem};
use crate::exchange::contents::{above, alike, content, optional};
use crate::exchange::shipped::is_same_but_for_blanks;
use crate::exchange::{Draft, Files, Ruler, Spot, Unit, Unreadable};
use crate::text::Text;

const FORMAT: &str = "#FORMAT=WebAnno TSV ";

/// Whether a file that begins with `head` is one of these.
pub(in crate::exchange::cas) fn sniff(_: &str, head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let head = head.strip_prefix('\u{feff}').unwrap_or(&head);
    head.starts_with(FORMAT) || old::is_header(head) || head.lines().take(3).any(|line| line.starts_with("#text="))
}

/// Reads each table as one document; other files are passed over.
pub(in crate::exchange::cas) fn read(files: &dyn Files, visit: &mut dyn FnMut(Draft)) -> Result<(), Unreadable> {
    for file in alike(files, &[".tsv", ".TSV"], sniff) {
        visit(draft(files, &file)?);
    }
    Ok(())
}

fn draft(files: &dyn Files, file: &str) -> Result<Draft, Unreadable> {
    let content = content(files, file)?;
    let table = parse(file, content.strip_prefix('\u{feff}').unwrap_or(&content))?;
    let (text, unit) = assemble(file, &table.sentences, content.len())?;
    let stem = file.strip_suffix(".tsv").unwrap_or(file);
    let beside = optional(files, &format!("{stem}.txt")).unwrap_or_default();
    let text = beside.filter(|beside| is_same_but_for_blanks(&text, beside)).unwrap_or(text);
    let (structures, refusals) = build::structures(file, &table, &text);
    drop(table);
    let mut read = Draft::default();
    visit_views(file, None, &structures, Vec::new(), &mut |draft| read = draft);
    let types = above(file).find_map(|directory| {
        let types = optional(files, &format!("{directory}{TYPES}")).ok()??;
        TypeSystem::read(TYPES, &types).ok().map(|types| (directory, types))
    });
    let own = types.filter(|(_, types)| types.is_ours);
    let name = own.as_ref().and_then(|(directory, _)| stem.strip_prefix(directory)).unwrap_or(stem);
    read.document = Some(format!("{name}.txt"));
    read.annotator = own.and_then(|(_, types)| types.annotator);
    read.unit = Some(unit);
    read.refusals.extend(refusals);
    Ok(read)
}

fn parse<'a>(file: &str, content: &'a str) -> Result<Table<'a>, Unreadable> {
    let refuse = |reason: &str| Unreadable::Content(Spot::new(file, 1), reason.to_owned());
    let first = content.split('\n').next().unwrap_or_default().trim_end();
    let Some(version) = first.strip_prefix(FORMAT) else {
        return old::parse(file, content)
            .ok_or_else(|| refuse("expected #FORMAT=WebAnno TSV, or a table of version 1 or 2"));
    };
    // Nobody has written another version, so what is newer is taken for the last one.
    let is_java = matches!(version.trim(), "3" | "3.0" | "3.1");
    let mut table = Table::default();
    let mut is_between = true;
    for (number, line) in (1..).zip(content.split('\n')).skip(1) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() {
            is_between = true;
        } else if let Some(layer) = Layer::read(line).filter(|_| table.sentences.is_empty()) {
            table.layers.push(layer);
        } else if line.starts_with('#') {
            let words = line.strip_prefix("#Text=").map(|words| escape::text(words, is_java));
            let is_begun = table.sentences.last().is_some_and(|own| own.rows.is_empty());
            if !is_begun || is_between {
                table.sentences.push(Sentence::default());
            }
            is_between = false;
            if let Some(sentence) = table.sentences.last_mut() {
                sentence.lines.extend(words);
            }
        } else {
            let columns = table.layers.iter().map(|own| own.columns.len()).sum();
            let read = row(number, line, columns);
            let told = surplus(line, columns).map(|reason| Spot::new(file, number).refuse(reason));
            table.refusals.extend(told);
            match (read, table.sentences.last_mut()) {
                (Ok(row), Some(sentence)) => sentence.rows.push(row),
                (Ok(_), None) => {
                    table.refusals.push(Spot::new(file, number).refuse("expected #Text= before the first token"));
                }
                (Err(reason), _) => table.refusals.push(Spot::new(file, number).refuse(reason)),
            }
        }
    }
    Ok(table)
}

/// How many cells stand before the columns of layers.
const BEFORE: usize = 3;
/// A cell in which nothing is said.
const NOTHING: &str = "_";

/// A line such as `1-3⇥11-17⇥равных⇥Theme⇥`.
fn row(number: usize, line: &str, columns: usize) -> Result<Row<'_>, String> {
    let mut fields = line.split('\t');
    let (Some(id), Some(offsets), Some(words)) = (fields.next(), fields.next(), fields.next()) else {
        return Err("expected a token, its offsets and its words, with tabs between".to_owned());
    };
    let range = range(offsets).ok_or_else(|| format!("expected two offsets such as 12-15, found {offsets}"))?;
    let cells: Vec<Cow<'_, str>> = fields.take(columns).map(Cow::Borrowed).collect();
    if cells.len() < columns {
        return Err(format!("expected {columns} columns behind the words, found {}", cells.len()));
    }
    Ok(Row { line: number, id: id.into(), range, words, cells })
}

/// What is told of cells behind the `columns`, which nothing says what they are of.
fn surplus(line: &str, columns: usize) -> Option<String> {
    let says = |own: &&str| !own.is_empty() && *own != NOTHING;
    let count = line.split('\t').skip(BEFORE + columns).filter(says).count();
    let found = columns + count;
    (count > 0).then(|| format!("expected {columns} columns behind the words, found {found}: no more are taken"))
}

fn range(offsets: &str) -> Option<Range<usize>> {
    let (start, end) = offsets.split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (start <= end).then_some(start..end)
}

/// The text of `sentences`, and what their offsets count: the first unit under which every token is found where it should be, else
/// the one under which the most are.
fn assemble(file: &str, sentences: &[Sentence<'_>], longest: usize) -> Result<(String, Unit), Unreadable> {
    let mut best: Option<(usize, String, Unit)> = None;
    for unit in [Unit::Utf16, Unit::CodePoints, Unit::Bytes] {
        let content = joined(sentences, unit, longest);
        let text =
            Text::new(content.clone()).map_err(|error| Unreadable::Content(Spot::new(file, 0), error.to_string()))?;
        let ruler = Ruler::new(unit, &text);
        let missed = sentences.iter().flat_map(|own| &own.rows).filter(|row| !is_there(row, &ruler, &text)).count();
        if best.as_ref().is_none_or(|(least, ..)| missed < *least) {
            best = Some((missed, content, unit));
        }
        if missed == 0 {
            break;
        }
    }
    let (_, text, unit) = best.unwrap_or((0, String::new(), Unit::Utf16));
    Ok((text, unit))
}

fn is_there(row: &Row<'_>, ruler: &Ruler<'_>, text: &Text) -> bool {
    let (start, end) = (ruler.offset(row.range.start), ruler.offset(row.range.end));
    matches!((start, end), (Some(start), Some(end)) if text.between(start, end) == row.words)
}

/// The lines of `sentences`, each where its first token stands: a line end behind each sentence, and blanks up to the next. Blanks
/// are at most as many as the file is `long`: more are a mistake, or meant to fill the memory.
fn joined(sentences: &[Sentence<'_>], unit: Unit, longest: usize) -> String {
    let length = |words: &str| match unit {
        Unit::CodePoints | Unit::Graphemes => words.chars().count(),
        Unit::Utf16 => words.encode_utf16().count(),
        Unit::Bytes => words.len(),
    };
    let mut text = String::new();
    let (mut count, mut blanks) = (0, 0);
    for sentence in sentences {
        let begin = sentence.rows.first().map_or(count, |row| row.range.start);
        if count.checked_sub(1) == Some(begin) && text.ends_with('\n') {
            text.pop();
            count -= 1;
        }
        let gap = begin.saturating_sub(count);
        if gap <= longest && blanks + gap <= longest {
            blanks += gap;
            text.extend(std::iter::repeat_n(' ', gap));
            count += gap;
        }
        for line in &sentence.lines {
            text.push_str(line);
            text.push('\n');
            count += length(line) + 1;
        }
    }
    if text.ends_with('\n') {
        text.pop();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Memory;

    #[test]
    fn cells_behind_the_last_column_are_told_with_their_line_and_the_rest_is_kept() {
        let content = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Тема|kind\n\n\n#Text=За\u{301}мок 👍\n\
            1-1\t0-6\tЗа\u{301}мок\tA\tB\t_\t\n1-2\t7-9\t👍\tA\t_\t\n";
        let files = Memory([("й.tsv".to_owned(), content.as_bytes().to_vec())].into());
        let mut drafts = Vec::new();
        read(&files, &mut |draft| drafts.push(draft)).unwrap();
        let refused: Vec<String> = drafts[0].refusals.iter().map(ToString::to_string).collect();
        assert_eq!(refused, ["й.tsv:6: expected 1 columns behind the words, found 2: no more are taken"]);
        assert_eq!(drafts[0].items.len(), 2);
    }
}
