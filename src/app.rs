//! The program's state and the one function that changes it; no terminal, no files, no clock.
//!
//! [`update()`] takes a [`Message`] and returns [`Effect`]s for the edge to perform, so a test is: build an [`App`], play keys,
//! look at the app and the effects. Drawing reads `&App` and cannot change it.
//!
//! | file | holds |
//! |---|---|
//! | `message` | [`Message`], [`Effect`], [`Mouse`] |
//! | `tutor` | [`Tutor`]: things to do, one after the other |
//! | `update` | [`update()`], and which part takes what comes in |
//! | `request` | [`Request`]: what is asked for in words |
//! | `selection` | [`Selection`] |
//! | `screen` | [`Screen`]: where the panels are; for drawing and for the mouse |
//! | `view` | scrolling and moving the cursor by rows |
//! | `normal` | keys and commands while reading |
//! | `here` | the selection, and the annotations that commands act on |
//! | `now` | [`Hint`]: what can be done now |
//! | `moving` | the commands that move and select |
//! | `annotating` | the commands that change annotations |
//! | `register` | the register of speakers |
//! | `relations` | relations between annotations |
//! | `document_labels` | labels of the document as a whole |
//! | `ask` | [`Ask`]: a question that one key answers |
//! | `values` | [`Series`]: the values of an annotation, a key each |
//! | `wording` | annotations in words |
//! | `speakers` | who is quoted and who claims |
//! | `find` | the find prompt, and what is looked for |
//! | `shown` | [`Shown`]: which labels are shown |
//! | `sweep` | [`Sweep`]: find and tag |
//! | `following` | a changed text: what moves with it, and what waits for a place |
//! | `checking` | what `check` finds, as a list |
//! | `keeping` | what is done when something cannot be recorded or saved |
//! | `spot` | [`Spot`]: a place that is gone to by its name |
//! | `place` | where the annotator is, to be found again the next time |
//! | `picker` | choosing from a list, with a filter |
//! | `form` | attributes, speaker and note in one form |
//! | `field` | a text field |
//! | `mouse` | clicks, drags, wheel |
//! | `chooser` | [`Chooser`]: the documents of a corpus |
//! | `configuring` | the user's config taken; options listed |
//! | `telling` | [`Notice`]: what is told, and all that was |
//! | `lanes` | [`Lanes`]: where each annotation starts and ends, below the rows |
//! | `facts` | [`Fact`]: what the inspector says of an annotation |
//! | `rivalry` | deciding between two versions of the annotations |
//! | `rails` | [`Rail`]: a column for each label |

mod annotating;
mod ask;
mod checking;
mod chooser;
mod configuring;
mod document_labels;
mod facts;
mod field;
mod find;
mod following;
mod form;
mod habits;
mod here;
mod keeping;
mod lanes;
mod message;
mod mouse;
mod moving;
mod normal;
mod now;
mod picker;
mod place;
mod rails;
mod register;
mod relations;
mod request;
mod rivalry;
mod screen;
mod selection;
mod shown;
mod speakers;
mod spot;
mod sweep;
mod telling;
mod tutor;
mod update;
mod values;
mod view;
mod wording;

pub use ask::{Answer, Ask};
pub use chooser::{Chooser, Choosing, Standing};
pub use facts::{Fact, NAMING};
pub use field::Field;
pub use find::{Find, Manner, PatternFault, Query};
pub use following::{Review, Reviewed};
pub use form::{Entry, Form, Input, Subject};
pub use habits::Habits;
pub use keeping::{Elsewhere, WayOut};
pub use lanes::{Bar, Lanes, Line, Stretch};
pub use message::{Button, Effect, Message, Mouse, MouseKind, Opened};
pub use now::Hint;
pub use picker::{Choice, Item, Picker, Purpose};
pub use rails::{Rail, rails};
pub use request::Request;
pub use rivalry::Decision;
pub use screen::{Area, Screen, Size};
pub use selection::{Edges, Selection};
pub use shown::Shown;
pub use speakers::Chosen;
pub use spot::{Counted, Spot};
pub use sweep::Sweep;
pub use telling::{Notice, Piece};
pub use tutor::Tutor;
pub use update::update;
pub use values::Series;
pub use wording::plural;

use std::collections::BTreeMap;

use jiff::Timestamp;

use configuring::Given;
use lanes::Sight;
use relations::Proposal;

use crate::anchor::Placement;
use crate::annotation::{Annotation, AnnotationId, Edit, EditError};
use crate::check::Allow;
use crate::config::Config;
use crate::document::Document;
use crate::keymap::{Key, Keymap, with_keys};
use crate::schema::{Label, Layer, Schema};
use crate::session::{Rival, Session, Transaction};
use crate::text::Offset;

/// Everything the program knows while a document is open.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own, and none depends on another")]
pub struct App {
    /// The transcript.
    pub document: Document,
    /// The tagset.
    pub schema: Schema,
    /// The columns left of the text.
    pub rails: Vec<Rail>,
    /// Which labels are shown.
    pub shown: Shown,
    /// Which rows have lanes below them.
    pub lanes: Lanes,
    /// Who annotates.
    pub annotator: String,
    /// The language of titles: `en`, `ru`, `kk`.
    pub language: String,
    /// What the config overrules.
    given: Given,
    /// The annotations and how they came to be.
    pub session: Session,
    /// Whether they may be changed.
    pub access: Access,
    /// How far the disk is.
    pub kept: Progress,
    /// Why the snapshot cannot be written, as long as it cannot.
    pub unsaved: Option<String>,
    /// Another version of the annotations, found in the files and not yet decided on.
    pub rival: Option<Rival>,
    /// The size of the terminal.
    pub size: Size,
    /// The offset whose row is the topmost on the screen.
    pub top: Offset,
    /// The annotator's moving range.
    pub selection: Selection,
    /// Whether every move extends the selection.
    pub extending: bool,
    /// The annotation last made, reached or clicked on.
    pub focus: Option<AnnotationId>,
    /// The fragment whose edges are being moved.
    pub extent: Option<(AnnotationId, usize)>,
    /// The places being tagged, while the edges of one are moved.
    pub adjusting: Option<Sweep>,
    /// Where a selection ends that is dragged or extended.
    pub edges: Edges,
    /// The annotation that a relation was begun with.
    pub relating: Option<AnnotationId>,
    /// Where annotations that wait for a place may belong.
    pub places: BTreeMap<AnnotationId, Placement>,
    /// The rules of `check` that the corpus does not follow.
    pub allow: Allow,
    /// The annotation that is being given a place.
    pub review: Option<Review>,
    /// Where the last key deleted an annotation. The next deletes no other one there unless that is chosen: a key held down costs one
    /// annotation, not also those around it.
    deleted_at: Option<Selection>,
    /// Keys of a sequence that is not complete.
    pub pending: Vec<Key>,
    /// Whether the annotator has paused in such a sequence, and is shown how it goes on.
    pub rested: bool,
    /// What has the keyboard.
    pub mode: Mode,
    /// What was last looked for.
    pub query: Option<Query>,
    /// The last label given, a number in [`Schema::labels`].
    pub last_label: Option<usize>,
    /// What the status line tells until the next key.
    pub notice: Option<Notice>,
    /// Everything that was told, the last at the end.
    pub notices: Vec<Notice>,
    /// Whether the terminal hands its mouse to us.
    pub mouse: bool,
    /// Whether the last letter was taken by its position on a Cyrillic layout.
    pub cyrillic: bool,
    /// How far the annotator is in the tutor, if that is what this is.
    pub tutor: Option<Tutor>,
    /// What the user has set.
    pub config: Config,
    keymap: Keymap,
    /// What was on the screen before the message that is being taken, if lanes may come and go with it.
    sight: Option<Sight>,
    /// The cell that moving by rows keeps to.
    goal: Option<u16>,
    /// The selections that growing left behind.
    grown: Vec<Selection>,
    /// Where jumps began, and the place among them while going back and forth.
    jumps: (Vec<Offset>, usize),
    /// The last press of the mouse in the text: where, how many in a row, and when.
    clicks: Option<(Offset, u8, Timestamp)>,
}

/// Whether annotations may be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Their file is still being read.
    Opening,
    /// They may.
    Write,
    /// They may once the annotator agrees to carry them over to a text that was changed; nothing is recorded before.
    Changed,
    /// They may not, and why.
    ReadOnly(String),
    /// They may not as long as another program works on them, and which that is.
    Taken(String),
    /// They could not be recorded; nothing more is taken until that works again.
    Failed(String),
}

/// The last revision that reached each stage on its way to the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Handed to the system: survives the program.
    pub recorded: u64,
    /// On disk: survives a power cut.
    pub synced: u64,
    /// In the snapshot.
    pub saved: u64,
}

/// What has the keyboard.
#[derive(Debug, Default)]
pub enum Mode {
    /// The text.
    #[default]
    Normal,
    /// The find prompt.
    Find(Find),
    /// The prompt for a place to go to.
    Goto(Field),
    /// The prompt for another place to save in.
    Elsewhere(Elsewhere),
    /// A list to choose from.
    Picker(Picker),
    /// A form to fill in.
    Form(Form),
    /// A question that one key answers.
    Ask(Ask),
    /// Places to be tagged, one after the other.
    Sweep(Sweep),
}

impl App {
    /// A document just opened, its annotations still to come ([`Message::Opened`]).
    pub fn new(document: Document, schema: Schema, annotator: String, language: String) -> Self {
        let schema = with_keys(schema);
        let given = Given::of(&schema, &language);
        Self {
            rails: rails(&schema, false),
            keymap: Keymap::new(&schema),
            sight: None,
            document,
            shown: Shown::default(),
            lanes: Lanes::default(),
            schema,
            annotator,
            language,
            given,
            session: Session::default(),
            access: Access::Opening,
            kept: Progress::default(),
            unsaved: None,
            rival: None,
            size: Size { width: 80, height: 24 },
            top: Offset::ZERO,
            selection: Selection::default(),
            extending: false,
            focus: None,
            extent: None,
            adjusting: None,
            edges: Edges::Words,
            relating: None,
            places: BTreeMap::new(),
            allow: Allow::default(),
            review: None,
            deleted_at: None,
            pending: Vec::new(),
            rested: false,
            mode: Mode::Normal,
            query: None,
            last_label: None,
            notice: None,
            notices: Vec::new(),
            mouse: true,
            cyrillic: false,
            tutor: None,
            config: Config::default(),
            goal: None,
            grown: Vec::new(),
            jumps: (Vec::new(), 0),
            clicks: None,
        }
    }

    /// The keys in force.
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// The layer and label with this number in [`Schema::labels`].
    pub fn label(&self, number: usize) -> Option<(&Layer, &Label)> {
        self.schema.labels().nth(number)
    }

    /// The number of an annotation's label in [`Schema::labels`], unless the schema does not know it.
    pub fn label_number(&self, annotation: &Annotation) -> Option<usize> {
        self.schema.label_number(&annotation.layer, &annotation.label)
    }

    /// Applies `edits` as one transaction, if annotations may be changed.
    fn commit(&mut self, at: Timestamp, summary: &str, edits: Vec<Edit>) -> Vec<Effect> {
        self.commit_by(|session| session.commit(at, summary, edits))
    }

    /// Changes the annotations by one transaction, if they may be changed.
    fn commit_by(&mut self, change: impl FnOnce(&mut Session) -> Result<Transaction, EditError>) -> Vec<Effect> {
        if !self.may_write() {
            return Vec::new();
        }
        match change(&mut self.session) {
            Ok(transaction) => {
                self.extent = None;
                self.to_record(transaction)
            }
            Err(error) => {
                self.refuse(error.to_string());
                Vec::new()
            }
        }
    }

    /// What is to be done about a transaction. It may have let annotations wait whose places were given by an earlier session, or elsewhere.
    fn to_record(&self, transaction: Transaction) -> Vec<Effect> {
        let seeks = self.session.set().waiting().any(|own| !self.places.contains_key(&own.id));
        std::iter::once(Effect::Record(transaction)).chain(seeks.then_some(Effect::Seek)).collect()
    }

    /// Whether annotations may be changed; says so if not.
    fn may_write(&mut self) -> bool {
        match self.unwritable() {
            Some(reason) => {
                self.refuse(reason);
                false
            }
            None => true,
        }
    }

    /// Why annotations may not be changed, if they may not.
    fn unwritable(&self) -> Option<String> {
        Some(match &self.access {
            Access::Write if self.rival.is_some() => "another program changed the files: C-s to decide".to_owned(),
            Access::Write => return None,
            Access::Opening => "the annotations are still being read".to_owned(),
            Access::Changed => "text and annotations do not match: Space u says what to do".to_owned(),
            Access::ReadOnly(reason) => format!("read only: {reason}"),
            Access::Taken(reason) => {
                format!("read only: {reason}{}", self.keyed("; {write} takes it over once that has ended"))
            }
            Access::Failed(reason) => format!("not recorded: {reason} — C-s tries again, Space p saves elsewhere"),
        })
    }
}

#[cfg(test)]
pub(crate) mod tests;
