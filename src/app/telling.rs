//! What the annotator is told, and the list of all that was.

use super::picker::{Choice, Item, Purpose};
use super::{App, Mode, Picker};
use crate::command::COMMANDS;
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

/// A piece of what is told: words, or keys as hints show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// Keys.
    Keys(String),
}

impl App {
    /// `text` with the keys in force for `{undo}`, which names a command, and as hints show them for `{=a b}`, which is keys.
    pub(super) fn pieces(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for part in text.split('{') {
            match part.split_once('}') {
                Some((keys, words)) => {
                    pieces.extend([Piece::Keys(self.keys_of(keys)), Piece::Words(words.to_owned())]);
                }
                None => pieces.push(Piece::Words(part.to_owned())),
            }
        }
        pieces
    }

    /// The same as one line.
    pub fn keyed(&self, text: &str) -> String {
        let word = |piece| match piece {
            Piece::Words(own) | Piece::Keys(own) => own,
        };
        self.pieces(text).into_iter().map(word).collect()
    }

    /// What to press: the keys of the command called `name`, or what stands behind a `=`.
    fn keys_of(&self, name: &str) -> String {
        if let Some(keys) = name.strip_prefix('=') {
            return self.hint_keys(keys);
        }
        let command = COMMANDS.iter().find(|entry| entry.name == name).map(|entry| entry.command);
        debug_assert!(command.is_some(), "{name}");
        let keys = command.map(|command| self.keymap().keys_for(Action::Run(command))).unwrap_or_default();
        // Without a key of its own there is still the palette.
        keys.first().map_or_else(|| format!(": {name}"), |keys| self.hint_keys(keys))
    }

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
        self.tell(format!("{text}{}", self.keyed(" — {undo} takes it back")));
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
