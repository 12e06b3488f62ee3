//! What comes in and what goes out.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Access, Request, Size};
use crate::anchor::Placement;
use crate::annotation::AnnotationId;
use crate::check::Allow;
use crate::config::Config;
use crate::document::{Place, Turn};
use crate::keymap::Key;
use crate::session::{Rival, Session, Transaction};

/// Something that happened.
#[derive(Debug)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// A key was pressed, and another is waiting: what takes long to find may be left to that one.
    KeyAhead(Key),
    /// The mouse did something.
    Mouse(Mouse),
    /// Something was asked for in words.
    Asked(Request),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this size.
    Resize(Size),
    /// The turns of the transcript were found.
    Turns(Arc<[Turn]>),
    /// Where the annotator was in the document the last time.
    Placed(Place),
    /// The annotator's file was read.
    Opened(Box<Opened>),
    /// Where annotations that wait may belong.
    Sought(BTreeMap<AnnotationId, Placement>),
    /// The transaction of this revision was recorded.
    Recorded(u64),
    /// The history is on disk up to this revision.
    Synced(u64),
    /// The snapshot holds this revision.
    Saved(u64),
    /// Something could not be recorded.
    Failed(String),
    /// The snapshot could not be written.
    Unsaved(String),
    /// Another program changed the files.
    Rival(Box<Rival>),
    /// Nothing of that is left: the files are as we left them.
    NoRival,
    /// The config files were read.
    Configured(Box<Config>),
    /// Something else did not work.
    Told(String),
    /// Something the annotator should know.
    Noted(String),
    /// The annotator has not pressed a key for [`App::popup_after`](super::App::popup_after).
    Rested,
    /// The annotator came back to this terminal.
    Focus,
}

/// An annotator's file as it was opened.
#[derive(Debug)]
pub struct Opened {
    /// What was found.
    pub session: Session,
    /// Whether it may be changed.
    pub access: Access,
    /// Where annotations that wait for a place may belong.
    pub places: BTreeMap<AnnotationId, Placement>,
    /// The rules of `check` that the corpus does not follow.
    pub allow: Allow,
    /// What the annotator should know.
    pub notices: Vec<String>,
}

/// What the edge is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Record a transaction.
    Record(Transaction),
    /// Look where annotations that wait may belong.
    Seek,
    /// Record what could not be recorded before, and write the snapshot.
    Save,
    /// See whether another program changed the files; try again what did not work.
    Look,
    /// Go on with our history and snapshot where another program put others. What is taken in of theirs is recorded after that; where
    /// nothing is, a copy of it is to stay.
    Settle {
        /// Whether a copy is to stay.
        keep_theirs: bool,
    },
    /// Write snapshot and history, whole, to another place; once that is done, do what was to be done.
    SaveElsewhere {
        /// As typed.
        place: String,
        /// What was to be done.
        then: Option<Box<Self>>,
    },
    /// Read the config files again.
    Reload,
    /// Put text on the clipboard.
    Copy(String),
    /// Let the terminal have its mouse, or take it.
    CaptureMouse(bool),
    /// Choose another document.
    Choose,
    /// Draw the screen anew, whatever stands on it.
    Redraw,
    /// Suspend the program.
    Suspend,
    /// End the program.
    Quit,
}

/// What the mouse did, at a cell counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// The column.
    pub x: u16,
    /// The row.
    pub y: u16,
    /// Whether Shift was held.
    pub shift: bool,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// A button went down.
    Down(Button),
    /// It moved with the left button held.
    Drag,
    /// The left button went up.
    Up,
    /// The wheel turned towards the start.
    WheelUp,
    /// The wheel turned towards the end.
    WheelDown,
}

/// A mouse button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// The left one.
    Left,
    /// The right one.
    Right,
    /// The middle one.
    Middle,
}
