//! Any bytes as the files of another program, for the fuzz targets and the tests beside them.

use super::naming::{Given, named};
use super::{Draft, Export, FORMATS, Format, Memory, Plan, Settled, Source, settle, tagset};
use crate::annotation::Origin;
use crate::document::{Digest, Document, DocumentId};
use crate::schema::{self, Schema};
use crate::text::Text;

/// Reads `bytes` in `format`: what is between NULs is the file that is called as the next of `names`, and all of it is the file if there
/// is but one name. What can be read is settled; what is taken can be written in the format, and is proven.
///
/// # Panics
///
/// If that is not so.
pub fn read(format: &str, names: &[&str], bytes: &[u8]) {
    let format = Format::named(format).expect("the format is known");
    let files = match names {
        [name] => vec![((*name).to_owned(), bytes.to_vec())],
        names => names
            .iter()
            .zip(bytes.split(|byte| *byte == 0))
            .map(|(name, own)| ((*name).to_owned(), own.to_vec()))
            .collect(),
    };
    read_files(format, &Memory(files.into_iter().collect()));
}

/// The same with `files`.
///
/// # Panics
///
/// If what is taken cannot be written and proven.
pub fn read_files(format: &'static Format, files: &Memory) {
    for (name, bytes) in &files.0 {
        for own in FORMATS {
            (own.sniff)(name, bytes);
        }
    }
    let read = format.read.expect("the format can be read");
    let mut drafts: Vec<Draft> = Vec::new();
    if let Err(error) = read(files, &mut |draft| drafts.push(draft)) {
        assert!(!error.to_string().is_empty());
    }
    for draft in drafts {
        let Ok(text) = Text::new(draft.text.clone().unwrap_or_default()) else { continue };
        let refused = draft.refusals.len();
        let items = draft.items.len();
        let given = draft.schema.clone();
        let given = given.as_ref().map_or(Given::Nothing, Given::Carried);
        let names = named(given, std::iter::once(&draft));
        let settled = settle(draft, &text, Some(&names), &Origin::Manual);
        assert_eq!(settled.statement.set.len() + settled.refusals.len(), items + refused, "each is taken or refused");
        write(format, &names, &settled);
    }
}

/// Writes what `settled` says, and proves it.
fn write(format: &'static Format, named: &Schema, settled: &Settled) {
    let statement = &settled.statement;
    let schema = tagset::observed("fuzzing", named, [statement.set.as_ref()]);
    if !schema.layers.is_empty() {
        assert_eq!(schema::read(&schema::write(&schema)).as_ref(), Ok(&schema), "it can be kept");
    }
    let name = statement.document.strip_suffix(".txt").unwrap_or(&statement.document);
    let document = Document::new(DocumentId::new(format!("{name}.txt")), statement.text.clone());
    let source = Source {
        document: &document,
        digest: &Digest::of(&statement.text),
        annotator: &statement.annotator,
        revision: 0,
        schema: &schema,
        set: &statement.set,
    };
    let plan = Plan { schemas: &[&schema], annotators: &[source.annotator], unit: settled.unit, is_marked: false };
    let plan = if format.units.contains(&plan.unit) { plan } else { Plan { unit: format.units[0], ..plan } };
    let mut export = Export::new(format, &plan);
    let mut files = Memory::default();
    export.add(&source, &mut files).expect("memory takes everything");
    export.finish(&mut files).expect("memory takes everything");
    let proof = export.prove(&files, &|_| Some(statement.text.clone()));
    assert!(proof.is_ok(), "{proof:?}\n{:?}", statement.lines());
}
