//! Where the annotator is and what they see, to be found again the next time.

use super::{App, Lanes, Selection};
use crate::document::Place;
use crate::text::Offset;

/// What views are called in a [`Place`].
const VIEWS: [(Lanes, &str); 3] = [(Lanes::Off, ""), (Lanes::Paragraph, "lens"), (Lanes::All, "lanes")];

impl App {
    /// Where the annotator is and what they see.
    pub fn place(&self) -> Place {
        let name = |number: &Option<usize>| number.map_or_else(String::new, |number| self.full_name(number));
        let view = VIEWS.iter().find(|(own, _)| *own == self.lanes).map_or("", |(_, name)| name);
        let hidden = self.shown.hidden.iter().map(name).collect();
        Place { cursor: self.selection.head, top: self.top, hidden, view: view.to_owned() }
    }

    /// Returns to where the annotator was, unless they have begun to move already. Labels that the schema does not know any more stay
    /// as they are: shown.
    pub(super) fn return_to(&mut self, place: &Place) {
        let numbers = (0..self.schema.labels().count()).map(|number| (Some(number), self.full_name(number)));
        let known = numbers.chain([(None, String::new())]);
        let hidden: Vec<_> = known.filter(|(_, name)| place.hidden.contains(name)).map(|(label, _)| label).collect();
        self.shown.hidden.extend(hidden);
        self.lanes = VIEWS.iter().find(|(_, name)| *name == place.view).map_or(Lanes::Off, |(view, _)| *view);
        if self.selection != Selection::default() || self.top != Offset::ZERO || place.cursor == Offset::ZERO {
            return;
        }
        self.selection = Selection::caret(place.cursor);
        self.top = place.top;
        self.show_cursor();
        let text = &self.document.text;
        let number = text.paragraph_number(text.line_of(place.cursor)).map_or(1, |number| number + 1);
        // What is wrong with the config stays to be read.
        if self.notice.as_ref().is_none_or(|notice| !notice.fault) {
            self.tell(format!("¶{number}, where you were the last time"));
        }
    }

    /// `layer/label`.
    fn full_name(&self, number: usize) -> String {
        self.label(number).map_or_else(String::new, |(layer, label)| format!("{}/{}", layer.id, label.id))
    }
}
