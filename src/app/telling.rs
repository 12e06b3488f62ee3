//! What the annotator is told, and the list of all that was.

use super::picker::{Choice, Item, Purpose};
use super::{App, Mode, Picker};
use crate::command::Command;
use crate::keymap::Action;

/// The characters of a notice that stand on one line of the list.
const LINE: usize = 72;

/// Something to tell the annotator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// One line, cause and way out.
    pub text: String,
    /// Whether something did not work.
    pub fault: bool,
}

impl App {
    /// Says how things are.
    pub(super) fn tell(&mut self, text: impl Into<String>) {
        self.notice(text.into(), false);
    }

    /// Says why something is not done.
    pub(super) fn refuse(&mut self, text: impl Into<String>) {
        self.notice(text.into(), true);
    }

    /// Says what was done, and the key that takes it back.
    pub(super) fn tell_done(&mut self, text: &str) {
        let undo = self.keymap.keys_for(Action::Run(Command::Undo)).first();
        let undo = undo.map(|keys| format!(" — {} takes it back", self.hint_keys(keys)));
        self.tell(format!("{text}{}", undo.unwrap_or_default()));
    }

    fn notice(&mut self, text: String, fault: bool) {
        let notice = Notice { text, fault };
        self.notices.push(notice.clone());
        self.notice = Some(notice);
    }

    /// Lists everything that was told, the last first, in full.
    pub(super) fn list_notices(&mut self) {
        let mut items = Vec::new();
        for notice in self.notices.iter().rev() {
            for (place, line) in folded(&notice.text).into_iter().enumerate() {
                let mark = match (place, notice.fault) {
                    (0, true) => "! ",
                    (0, false) => "· ",
                    _ => "  ",
                };
                let choice = Choice::Text(notice.text.clone());
                items.push(Item::new(format!("{mark}{line}"), "", choice));
            }
        }
        if items.is_empty() {
            return self.tell("nothing was told yet");
        }
        self.mode = Mode::Picker(Picker::new("what was told, the last first", Purpose::Read, items));
    }
}

/// `text` in lines of at most [`LINE`] characters, broken at blanks where there are any.
fn folded(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let letters: Vec<char> = word.chars().collect();
        for (place, piece) in letters.chunks(LINE).enumerate() {
            let piece: String = piece.iter().collect();
            let line = lines.last_mut().expect("there is always a line");
            if line.is_empty() {
                *line = piece;
            } else if place == 0 && line.chars().count() + 1 + piece.chars().count() <= LINE {
                *line = format!("{line} {piece}");
            } else {
                lines.push(piece);
            }
        }
    }
    lines
}
