//! Writing, and the proof that what was written can be read back.

use std::io;

use super::{Exporter, Files, Format, Losses, Plan, Settled, Sink, Source, Statement, Unreadable, relayed, settle};
use crate::annotation::Origin;
use crate::schema::Schema;
use crate::text::Text;

/// Annotations being written in one format.
pub struct Export {
    format: &'static Format,
    exporter: Box<dyn Exporter>,
    losses: Losses,
    expected: Vec<Expected>,
    schemas: Vec<Schema>,
}

/// What must be read back of one source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Expected {
    document: String,
    annotator: String,
    lines: Vec<u64>,
    /// Which of the schemas holds.
    schema: usize,
    /// The document's name in the corpus, to ask for its text.
    own: String,
}

/// Why an export is not what it should be.
#[derive(Debug, thiserror::Error)]
pub enum Unproven {
    /// What was written cannot be read.
    #[error("what was written cannot be read back")]
    Unreadable(#[from] Unreadable),
    /// What was written reads as something else.
    #[error("what was written reads back as something else: {0}")]
    Differs(String),
}

impl Export {
    /// Starts to write `format` as `plan` says.
    pub fn new(format: &'static Format, plan: &Plan<'_>) -> Self {
        Self {
            format,
            exporter: (format.start)(plan),
            losses: Losses::default(),
            expected: Vec::new(),
            schemas: plan.schemas.iter().map(|own| (*own).clone()).collect(),
        }
    }

    /// Writes `source`.
    pub fn add(&mut self, source: &Source<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        self.losses.turn_to(source.document.id.as_str(), source.annotator);
        relayed(sink, |sink| self.exporter.add(source, sink, &mut self.losses))?;
        self.losses.name(source.set);
        if self.format.read.is_some() {
            let said = Statement::of(source).minus(self.losses.last());
            let schema = self.schemas.iter().position(|own| own == source.schema).unwrap_or_else(|| {
                self.schemas.push(source.schema.clone());
                self.schemas.len() - 1
            });
            self.expected.push(Expected {
                lines: said.fingerprint(),
                document: said.document.into_owned(),
                annotator: said.annotator.into_owned(),
                schema,
                own: source.document.id.to_string(),
            });
        }
        Ok(())
    }

    /// Writes the rest.
    pub fn finish(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        self.exporter.finish(sink)
    }

    /// What could not be written.
    pub fn losses(&self) -> &Losses {
        &self.losses
    }

    /// Reads `files`, which were written, and compares: every annotation must come back with its words at its offsets, its
    /// attributes, note and all, but for the losses. Formats without a reader prove themselves while they write.
    ///
    /// `lend` gives the text of a document, for formats that do not carry it.
    pub fn prove(&self, files: &dyn Files, lend: &dyn Fn(&str) -> Option<Text>) -> Result<(), Unproven> {
        let Some(read) = self.format.read else { return Ok(()) };
        let mut open: Vec<&Expected> = self.expected.iter().collect();
        let mut fault = None;
        read(files, &mut |draft| {
            if fault.is_none() {
                fault = self.compare(draft, &mut open, lend).err();
            }
        })?;
        let missing = open.first().map(|own| format!("nothing of {}, {} is there", own.own, own.annotator));
        fault.or(missing).map_or(Ok(()), |fault| Err(Unproven::Differs(fault)))
    }

    /// Compares `draft` with the first of `open` that has its names, which is then done with.
    fn compare(
        &self,
        draft: super::Draft,
        open: &mut Vec<&Expected>,
        lend: &dyn Fn(&str) -> Option<Text>,
    ) -> Result<(), String> {
        let document = draft.document.clone().unwrap_or_default();
        let annotator = draft.annotator.clone().unwrap_or_default();
        let at = open.iter().position(|own| own.document == document && own.annotator == annotator);
        let at = at.ok_or_else(|| format!("{document}, {annotator} was not to be written"))?;
        let expected = open.remove(at);
        let carried = draft.own_text();
        let text = carried.or_else(|| lend(&expected.own)).ok_or_else(|| format!("{document}: there is no text"))?;
        let Settled { statement, refusals, .. } =
            settle(draft, &text, Some(&self.schemas[expected.schema]), &Origin::Manual);
        if let Some(refusal) = refusals.first() {
            return Err(refusal.to_string());
        }
        let lines = statement.fingerprint();
        if lines == expected.lines {
            return Ok(());
        }
        let differs = lines.iter().zip(&expected.lines).position(|(one, other)| one != other);
        let line = statement.lines().into_iter().nth(differs.unwrap_or(expected.lines.len().min(lines.len())));
        Err(format!("{document}, {annotator}: {}", line.unwrap_or_else(|| "an annotation is missing".to_owned())))
    }
}

impl std::fmt::Debug for Export {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Export").field("format", &self.format.name).finish_non_exhaustive()
    }
}
