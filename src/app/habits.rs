//! What stays with the annotator from document to document.

use super::{App, Edges};

/// The label given last, and what the annotator has switched.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    /// A number in [`Schema::labels`](crate::schema::Schema::labels), which documents of a corpus share.
    last_label: Option<usize>,
    edges: Edges,
    /// Whether the terminal hands its mouse to us.
    pub mouse: bool,
    cyrillic: bool,
}

impl App {
    /// What the annotator takes along to another document.
    pub fn habits(&self) -> Habits {
        let Self { last_label, edges, mouse, cyrillic, .. } = *self;
        Habits { last_label, edges, mouse, cyrillic }
    }

    /// Goes on as in the document before.
    pub fn take_along(&mut self, habits: Habits) {
        let Habits { last_label, edges, mouse, cyrillic } = habits;
        (self.last_label, self.edges, self.mouse, self.cyrillic) = (last_label, edges, mouse, cyrillic);
    }
}
