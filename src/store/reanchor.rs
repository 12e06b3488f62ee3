//! Carrying an annotator's file over to a changed text.
//!
//! The history states that the text changed, in a header and a line of its own: what does not stand where it stood begins to
//! wait for a place. All that follows is done on the new text, as ordinary transactions: the first gives those a place of whose
//! place there is no doubt, and undoing it lets them wait again.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::Timestamp;

use super::corpus::Files;
use super::elsewhere::{self, Brought, Elsewhere};
use super::format::{AnnotationV1, EditV1, Misfit, title};
use super::found::{Agreed, Found, find};
use super::opening::open_from;
use super::reading::{Reading, written_at};
use super::{AnnotatorName, Corpus, Desk, Kept, Opening, StoreError, Stray, texts};
use crate::anchor::{Old, Placement, place};
use crate::annotation::{AnnotationId, Edit, Target, Waiting};
use crate::document::{Digest, Document};
use crate::schema::Schema;
use crate::session::{History, Session};
use crate::text::{Fragments, Text};

/// What became of an annotator's file when its text changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reanchoring {
    /// What became of each annotation that is about text, by id; empty when the text is the same.
    pub cases: Vec<Case>,
    /// Whether the text is another than the one that was annotated.
    pub changed: bool,
    /// The revision it was recorded as; none when nothing was.
    pub revision: Option<u64>,
    /// The annotations, by id, that have waited for a place since an earlier change.
    pub waiting: Vec<AnnotationId>,
    /// What history and snapshot contradicted each other in, a sentence each, where another program changed the one as well as somebody
    /// the text; both versions are kept. And what else there is to tell.
    pub conflicts: Vec<String>,
    /// What a merge elsewhere brought, in words.
    pub brought: Option<String>,
}

impl Reanchoring {
    /// Takes note that of those that have waited since an earlier change these have found their place.
    fn place<'a>(&mut self, moved: impl Iterator<Item = (&'a Waiting, &'a Fragments)>) {
        for (own, fragments) in moved {
            if let Some(at) = self.waiting.iter().position(|id| *id == own.id) {
                self.waiting.remove(at);
                self.cases.push(Case::of_waiting(own, fragments.clone()));
            }
        }
        self.cases.sort_by_key(|case| case.id);
    }

    /// Takes note of what another version of the file brought.
    fn take_in(&mut self, reading: &Reading) {
        if let Some(Brought { transaction, conflicts }) = &reading.merged {
            self.brought = Some(elsewhere::tell(transaction, reading.session.set()));
            self.conflicts.extend_from_slice(conflicts);
        }
    }
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

impl Case {
    /// An annotation that waited for its place, and has it.
    fn of_waiting(own: &Waiting, fragments: Fragments) -> Self {
        Self {
            id: own.id,
            title: title(own.layer.as_str(), own.label.as_str()),
            stated: own.past.iter().map(|past| (past.start, past.end)).collect(),
            quote: own.quote(),
            placement: Placement::Moved(fragments),
        }
    }
}

/// Places what `annotator` says on the text of `document`, which is another than the one that was annotated; `old` is that one, if
/// it is at hand: else it is looked for among the texts that are kept. With a time, the result is recorded and saved; without one,
/// nothing is written.
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
    let mut found = find(&files)?;
    let is_rivalled = found.beside.is_some();
    let digest = Digest::of(&document.text);
    let is_followed = found.follow_elsewhere().is_some();
    let conflicts = found.agree(&files)?.conflicts;
    let strays: Vec<AnnotationV1> = found.work.strays().cloned().collect();
    let waiting = strays.iter().map(|own| AnnotationId(own.id)).collect();
    let changed = is_followed || found.texts.iter().any(|text| *text != digest);
    let mut done = Reanchoring { changed, waiting, conflicts, ..Reanchoring::default() };
    let is_off = changed || !found.work.stands_on(&document.text);
    let Some(at) = at else {
        if is_off {
            done.cases = cases(&found, corpus, document, old)?;
        }
        let places = places(corpus, &files, &strays, old, &document.text)?;
        let strays: Vec<Waiting> = strays.into_iter().map(AnnotationV1::into_waiting).collect();
        done.place(strays.iter().filter_map(|own| Some((own, places.get(&own.id)?.fragments()?))));
        return Ok(done);
    };
    if !is_off && done.waiting.is_empty() && !is_rivalled {
        return Ok(done);
    }
    let Opening { mut reading, desk, change, places, rival, .. } =
        open_from(corpus, document, annotator, schema, false, old)?;
    let refused = |message| StoreError::Refused { path: corpus.transcript(&document.id), message };
    if rival.is_some() {
        return Err(refused("another program changed the annotations: open it to decide".to_owned()));
    }
    let mut desk = desk.map_err(refused)?;
    done.cases = change.unwrap_or_default();
    let sure = |own: &Waiting| places.get(&own.id)?.fragments().cloned();
    let moved: Vec<_> = reading.session.set().waiting().filter_map(|own| Some((own, sure(own)?))).collect();
    done.place(moved.iter().map(|(own, fragments)| (*own, fragments)));
    let edits: Vec<Edit> = moved.into_iter().flat_map(|(own, fragments)| own.settle(fragments)).collect();
    done.take_in(&reading);
    let is_begun = done.brought.is_some();
    if edits.is_empty() && !is_off && !is_begun {
        return Ok(done);
    }
    if !edits.is_empty() || !is_begun {
        let transaction = reading.session.commit(at, "follow the changed text", edits);
        let told = desk.record(&transaction.map_err(|error| refused(error.to_string()))?)?;
        done.conflicts.extend(told);
    }
    done.conflicts.extend(keep(&mut desk, &reading.session).map_err(refused)?);
    done.revision = Some(reading.session.revision());
    if let Some(old) = old {
        keep_text(corpus, old);
    }
    Ok(done)
}

/// Keeps an old text for those that still wait; that it cannot be kept is no reason to fail.
fn keep_text(corpus: &Corpus, old: &Document) {
    if let Some(path) = corpus.kept_text(&Digest::of(&old.text)) {
        drop(texts::keep(corpus.root(), &path, &old.text));
    }
}

/// Puts what was recorded on disk, and saves; returns what there is to tell, or why it cannot be.
fn keep(desk: &mut Desk, session: &Session) -> Result<Option<String>, String> {
    let mut told = None;
    for job in [desk.sync(session.revision()), desk.save(session)].into_iter().flatten() {
        match job.run().map_err(|unkept| unkept.to_string())? {
            Kept::Synced(_) => {}
            Kept::Saved(saved) => told = saved.kept,
        }
    }
    Ok(told)
}

/// What becomes of each annotation in `found`, by id. Where the text is the same, those that stand stay, and the others have but their
/// words: somebody changed the file.
fn cases(found: &Found, corpus: &Corpus, document: &Document, old: Option<&Document>) -> Result<Vec<Case>, StoreError> {
    if let Some(old) = old
        && found.texts != [Digest::of(&old.text)]
    {
        let message = "this is not the text that was annotated".to_owned();
        return Err(StoreError::Refused { path: PathBuf::from(old.id.as_str()), message });
    }
    let is_same = found.texts == [Digest::of(&document.text)];
    let kept = match (old, found.texts.as_slice()) {
        _ if is_same => None,
        (None, [digest]) => corpus.kept_text(digest).and_then(|path| texts::find(&path, digest)),
        _ => None,
    };
    let old = old.filter(|_| !is_same).map(|old| &old.text).or(kept.as_ref());
    let known = old.map_or(Old::Length(found.code_points), Old::Text);
    let about_text: Vec<_> = found.work.annotations().filter_map(|own| Some((own, own.fragments()?))).collect();
    let stated: Vec<_> = about_text.iter().map(|(_, fragments)| fragments.clone()).collect();
    let placements = place(&stated, known, &document.text);
    let cases = about_text.iter().zip(placements).map(|((own, fragments), placement)| Case {
        id: AnnotationId(own.id),
        title: own.title(),
        stated: fragments.iter().map(|fragment| (fragment.start, fragment.end)).collect(),
        quote: own.quote(),
        placement: if is_same { of_same_text(own, placement, &document.text) } else { placement },
    });
    Ok(cases.collect())
}

/// What becomes of `own` where the text is the one that was annotated: it stays if it stands, and follows its words where they stand
/// but once.
fn of_same_text(own: &AnnotationV1, found: Placement, text: &Text) -> Placement {
    if let Ok(Target::Text(fragments)) = own.target_on(text) {
        return Placement::Exact(fragments);
    }
    match found {
        Placement::Ambiguous(all) => match all.as_slice() {
            [only] if own.is_said_at(&only.fragments, text) => Placement::Moved(only.fragments.clone()),
            _ => Placement::Ambiguous(all),
        },
        other => other,
    }
}

/// An annotator's file on a changed text, as it is to go on: not yet recorded.
#[derive(Debug)]
pub(super) struct Start {
    /// What stands where it stood; the rest waits.
    pub(super) session: Session,
    /// What waits.
    pub(super) strays: Vec<Stray>,
    /// What became of each annotation.
    pub(super) cases: Vec<Case>,
    /// The edits that say so, which belong before whatever is recorded next.
    pub(super) edits: Vec<EditV1>,
    /// What was made of snapshot and history before that.
    pub(super) agreed: Agreed,
    /// What a merge elsewhere made of it on this text, in the session and not yet recorded.
    pub(super) merged: Option<Brought>,
}

/// Begins the file of `annotator` anew on the text of `document`.
pub(super) fn start(
    corpus: &Corpus,
    document: &Document,
    annotator: &AnnotatorName,
    old: Option<&Document>,
) -> Result<Start, StoreError> {
    let files = corpus.files(&document.id, annotator);
    let mut found = find(&files)?;
    let elsewhere = found.follow_elsewhere();
    let mut agreed = found.agree(&files)?;
    let cases = cases(&found, corpus, document, old)?;
    let mut work = found.work;
    let is_exact = |own: &AnnotationV1| match cases.binary_search_by_key(&own.id, |case| case.id.0) {
        Ok(at) => matches!(cases[at].placement, Placement::Exact(_)),
        Err(_) => true,
    };
    let strays: Vec<EditV1> = work.annotations().filter(|own| !is_exact(own)).cloned().map(EditV1::Stray).collect();
    let mut revision = work.revision() + 1;
    for edit in &strays {
        work.follow_edit(edit.clone());
    }
    let theirs = work.state();
    let (edits, done) = match &elsewhere {
        None => (strays, Vec::new()),
        Some(Elsewhere { ours, names }) => {
            agreed.names.clone_from(names);
            let followed = elsewhere::followed(ours, &theirs);
            work.go_to(&followed);
            (followed.edits_from(ours), theirs.edits_from(&followed))
        }
    };
    // That something was taken in which brings nothing is a line too.
    revision += u64::from(agreed.edits.is_empty() && done.is_empty() && !agreed.names.is_empty());
    let mut history = History::default();
    history.skip_to(revision);
    let (set, strays) = work.place(&document.text);
    let mut session = Session::resume(set, history);
    let done: Result<Vec<Edit>, Misfit> = done.into_iter().map(|edit| edit.into_edit(&document.text)).collect();
    let refused = |message| StoreError::Refused { path: files.snapshot.clone(), message };
    let done = done.map_err(|misfit| refused(misfit.to_string()))?;
    let merged = (!done.is_empty()).then(|| session.commit(written_at(&files), "merge", done)).transpose();
    let merged = merged.map_err(|error| refused(error.to_string()))?;
    let merged = merged.map(|transaction| Brought { transaction, conflicts: Vec::new() });
    let strays = match merged {
        None => strays,
        Some(_) => session.set().waiting().map(Stray::of_waiting).collect(),
    };
    Ok(Start { session, strays, cases, edits, agreed, merged })
}

/// Where each of the annotations that wait in the files may belong on `new`, as far as the texts are kept on which they stood.
pub(super) fn places(
    corpus: &Corpus,
    files: &Files,
    strays: &[AnnotationV1],
    old: Option<&Document>,
    new: &Text,
) -> Result<BTreeMap<AnnotationId, Placement>, StoreError> {
    let mut places = BTreeMap::new();
    if strays.is_empty() {
        return Ok(places);
    }
    let found = find(files)?;
    let kept = |digest: &Digest| texts::find(&corpus.kept_text(digest)?, digest);
    let given = old.map(|old| old.text.clone());
    let past: Vec<Text> = given.into_iter().chain(found.past.iter().rev().filter_map(kept)).collect();
    let mut left: Vec<&AnnotationV1> = strays.iter().collect();
    for old in past.iter().map(Some).chain([None]) {
        let stood = |stray: &&AnnotationV1| old.is_none_or(|old| stray.target_on(old).is_ok());
        let (own, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(stood);
        left = rest;
        let stated: Vec<_> = own.iter().map(|own| own.fragments().unwrap_or_default()).collect();
        let known = old.map_or(Old::Length(found.code_points), Old::Text);
        places.extend(own.iter().map(|own| AnnotationId(own.id)).zip(place(&stated, known, new)));
    }
    Ok(places)
}
