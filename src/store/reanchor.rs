//! Carrying an annotator's file over to a changed text.
//!
//! Everything is done in code points, as files state it: of the old text nothing is needed but what the annotator has of it. What
//! finds its place moves there; what does not is set aside in the same file as a stray, with its old position and its words.

use std::path::PathBuf;

use jiff::Timestamp;

use super::format::{AnnotationV1, EditV1};
use super::opening::lock;
use super::reading::{Found, find};
use super::tail::Tail;
use super::{AnnotatorName, Corpus, Snapshot, StoreError, atomic, history};
use crate::anchor::{Old, Placement, place};
use crate::annotation::AnnotationId;
use crate::document::{Digest, Document};
use crate::schema::Schema;

/// What became of an annotator's file when its text changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reanchoring {
    /// What became of each annotation that is about text, by id; empty when the text is the same.
    pub cases: Vec<Case>,
    /// The revision it was recorded as; none when nothing was.
    pub revision: Option<u64>,
    /// The annotations, by id, that have waited for a place since an earlier change.
    pub waiting: Vec<AnnotationId>,
}

/// What became of one annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its number in the file.
    pub id: AnnotationId,
    /// Its layer and label.
    pub title: String,
    /// Where each of its fragments was, in code points of the old text, half-open.
    pub stated: Vec<(usize, usize)>,
    /// The words it was made for.
    pub quote: String,
    /// Where it stands on the changed text.
    pub placement: Placement,
}

/// Places what `annotator` says on the text of `document`, which is another than the one that was annotated; `old` is that one, if
/// it is at hand. With a time, the result is recorded and saved; without one, nothing is written.
///
/// # Errors
///
/// When the files cannot be understood or written, when another program holds them, or when `old` is not the text that was
/// annotated.
pub fn reanchor(
    corpus: &Corpus,
    document: &Document,
    annotator: &AnnotatorName,
    schema: &Schema,
    old: Option<&Document>,
    at: Option<Timestamp>,
) -> Result<Reanchoring, StoreError> {
    let files = corpus.files(&document.id, annotator);
    let refused = |message| StoreError::Refused { path: corpus.transcript(&document.id), message };
    let lock = match at {
        Some(_) => Some(lock(corpus, annotator, &files)?.map_err(refused)?),
        None => None,
    };
    let mut found = find(&files)?;
    found.work.follow(std::mem::take(&mut found.later));
    let digest = Digest::of(&document.text);
    let mut done = Reanchoring { waiting: ids(found.work.strays()), ..Reanchoring::default() };
    if found.texts.iter().all(|text| *text == digest) {
        return Ok(done);
    }
    done.cases = cases(&found, document, old)?;
    if let Some(at) = at {
        let desk = Move { corpus, document, annotator, schema, digest };
        done.revision = Some(desk.record(&done.cases, found, at)?);
    }
    drop(lock);
    Ok(done)
}

fn ids<'a>(annotations: impl Iterator<Item = &'a AnnotationV1>) -> Vec<AnnotationId> {
    annotations.map(|own| AnnotationId(own.id)).collect()
}

/// What becomes of each annotation in `found`.
fn cases(found: &Found, document: &Document, old: Option<&Document>) -> Result<Vec<Case>, StoreError> {
    if let Some(old) = old
        && found.texts != [Digest::of(&old.text)]
    {
        let message = "this is not the text that was annotated".to_owned();
        return Err(StoreError::Refused { path: PathBuf::from(old.id.as_str()), message });
    }
    let known = old.map_or(Old::Length(found.code_points), |old| Old::Text(&old.text));
    let about_text: Vec<_> = found.work.annotations().filter_map(|own| Some((own, own.fragments()?))).collect();
    let stated: Vec<_> = about_text.iter().map(|(_, fragments)| fragments.clone()).collect();
    let placements = place(&stated, known, &document.text);
    let cases = about_text.iter().zip(placements).map(|((own, fragments), placement)| Case {
        id: AnnotationId(own.id),
        title: own.title(),
        stated: fragments.iter().map(|fragment| (fragment.start, fragment.end)).collect(),
        quote: own.quote(),
        placement,
    });
    Ok(cases.collect())
}

/// What is needed to write an annotator's file for a changed text.
struct Move<'a> {
    corpus: &'a Corpus,
    document: &'a Document,
    annotator: &'a AnnotatorName,
    schema: &'a Schema,
    digest: Digest,
}

impl Move<'_> {
    /// Records `cases` as one transaction behind a header for the changed text, makes that durable, and writes the snapshot.
    fn record(&self, cases: &[Case], found: Found, at: Timestamp) -> Result<u64, StoreError> {
        let Found { mut work, history: lengths, .. } = found;
        let files = self.corpus.files(&self.document.id, self.annotator);
        let edits: Vec<EditV1> = work.annotations().filter_map(|own| self.edit(own, cases)).collect();
        let revision = work.revision() + 1;
        let unwritable =
            |error| StoreError::io(&files.history, "record in it")(std::io::Error::other::<ron::Error>(error));
        let mut lines = history::header(self.document, &self.digest, self.annotator.as_str()).map_err(unwritable)?;
        lines += &history::reanchoring(revision, at, "reanchor", edits.clone()).map_err(unwritable)?;
        let mut tail = match lengths {
            Some((good, all)) => Tail::resume(&files, good, all)?.0,
            None => Tail::fresh(&files),
        };
        tail.append(&lines)?;
        tail.sync()?;
        for edit in edits {
            work.follow_edit(edit);
        }
        let (set, _) = work.place(&self.document.text);
        let snapshot = Snapshot {
            document: self.document.clone(),
            digest: self.digest.clone(),
            annotator: self.annotator.as_str().to_owned(),
            revision,
            schema: Snapshot::citation(self.schema),
            set,
            strays: work.strays().cloned().collect(),
        };
        atomic::write_whole(&files.snapshot, |out| snapshot.write(out))?;
        Ok(revision)
    }

    /// The edit that takes `own` where its case says, if it does not stay as it is.
    fn edit(&self, own: &AnnotationV1, cases: &[Case]) -> Option<EditV1> {
        let case = cases.binary_search_by_key(&own.id, |case| case.id.0).ok()?;
        match &cases[case].placement {
            Placement::Exact(_) => None,
            Placement::Moved(fragments) => {
                Some(EditV1::Replace { before: own.clone(), after: own.at(fragments, &self.document.text) })
            }
            Placement::Ambiguous(_) | Placement::Lost => Some(EditV1::Stray(own.clone())),
        }
    }
}
