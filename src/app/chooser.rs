//! The list of a corpus's documents: state and keys. It stands before any document is open.

use super::{Field, Size};
use crate::annotation::Status;
use crate::document::DocumentId;
use crate::keymap::{Key, KeyCode, on_each_layout};

/// The documents of a corpus, to choose one from.
#[derive(Debug)]
pub struct Chooser {
    /// What the corpus is called.
    pub title: String,
    /// Who annotates.
    pub annotator: String,
    /// What is typed to narrow the list.
    pub filter: Field,
    /// All documents, each with its progress once that is known.
    pub rows: Vec<(DocumentId, Option<Standing>)>,
    /// The documents of annotations whose transcript is not there: it is gone, or has another name now.
    pub left_behind: Vec<DocumentId>,
    /// The place of the chosen document among those that the filter leaves.
    pub selected: usize,
    /// The document that was left for the list; Esc returns to it.
    pub current: Option<DocumentId>,
    /// Why the document that was chosen last could not be opened, until the next key.
    pub fault: Option<String>,
    /// The size of the terminal.
    pub size: Size,
}

/// How far an annotator is with a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether the annotator has a file for it.
    pub begun: bool,
    /// Annotations made.
    pub annotations: usize,
    /// What the annotator says of it.
    pub status: Status,
}

/// What a key in the list asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choosing {
    /// Nothing yet.
    Undecided,
    /// Open this document.
    Open(DocumentId),
    /// Draw the screen anew.
    Redraw,
    /// End the program.
    Quit,
}

impl Chooser {
    /// A list of `documents`, none of whose progress is known; `current` is chosen first.
    pub fn new(title: String, annotator: String, documents: Vec<DocumentId>, current: Option<&DocumentId>) -> Self {
        let selected = current.and_then(|own| documents.iter().position(|id| id == own)).unwrap_or(0);
        let rows = documents.into_iter().map(|id| (id, None)).collect();
        let size = Size { width: 80, height: 24 };
        Self {
            title,
            annotator,
            filter: Field::default(),
            rows,
            left_behind: Vec::new(),
            selected,
            current: current.cloned(),
            fault: None,
            size,
        }
    }

    /// The documents that the filter leaves.
    pub fn matches(&self) -> Vec<&(DocumentId, Option<Standing>)> {
        let typed = on_each_layout(&self.filter.text().to_lowercase());
        let wanted = |id: &DocumentId| {
            let name = id.as_str().to_lowercase();
            typed.iter().any(|typed| name.contains(typed))
        };
        self.rows.iter().filter(|(id, _)| wanted(id)).collect()
    }

    /// Says that `id` could not be opened, and why; it stays the chosen one.
    pub fn refuse(&mut self, id: &DocumentId, fault: String) {
        self.selected = self.rows.iter().position(|(own, _)| own == id).unwrap_or(0);
        self.fault = Some(fault);
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Choosing {
        self.fault = None;
        let last = self.matches().len().saturating_sub(1);
        let page = usize::from(self.size.height.saturating_sub(5)).max(1);
        match key.code {
            KeyCode::Char(_) if key.ctrl && (key.readings_include('q') || key.readings_include('c')) => {
                return Choosing::Quit;
            }
            KeyCode::Char(_) if key.ctrl && key.readings_include('l') => return Choosing::Redraw,
            KeyCode::Esc if self.filter.is_empty() => {
                return self.current.clone().map_or(Choosing::Quit, Choosing::Open);
            }
            KeyCode::Esc => self.filter = Field::default(),
            KeyCode::Enter => {
                let chosen = self.matches().get(self.selected).map(|(id, _)| id.clone());
                return chosen.map_or(Choosing::Undecided, Choosing::Open);
            }
            KeyCode::Up => self.selected = self.selected.saturating_sub(1),
            KeyCode::Down => self.selected = (self.selected + 1).min(last),
            KeyCode::PageUp => self.selected = self.selected.saturating_sub(page),
            KeyCode::PageDown => self.selected = (self.selected + page).min(last),
            KeyCode::Home => self.selected = 0,
            KeyCode::End => self.selected = last,
            _ => {
                let before = self.filter.text();
                self.filter.key(key);
                if self.filter.text() != before {
                    self.selected = 0;
                }
            }
        }
        Choosing::Undecided
    }
}
