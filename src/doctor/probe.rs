//! Keys as they come.

use crate::command::entry_of;
use crate::keymap::{Action, Key, Keyboard, Keymap, us_position};
use crate::schema::Schema;

/// Tells of each key what it gives.
#[derive(Debug)]
pub struct Probe {
    keymap: Keymap,
    schema: Schema,
    keyboard: Keyboard,
    pending: Vec<Key>,
    /// What was typed that tells the layout.
    letters: String,
}

impl Probe {
    /// A probe of these keys, pressed on this keyboard.
    pub fn new(keymap: Keymap, schema: Schema, keyboard: Keyboard) -> Self {
        Self { keymap, schema, keyboard, pending: Vec::new(), letters: String::new() }
    }

    /// Whether `key` ends it: Control-C, on any layout.
    pub fn is_end(key: Key) -> bool {
        key.ctrl && key.readings_include('c')
    }

    /// What `key` gives: `ы = s: next-sentence`, or `Space …` while more must follow.
    pub fn take(&mut self, key: Key) -> String {
        if let Some(letter) = key.typed() {
            self.letters.push(letter);
        }
        let settled = self.keymap.settle(&self.keyboard, &self.pending, key);
        let found = self.keymap.look_up_typed(&self.pending, settled, self.keyboard.has_stops_at_slash());
        let meant = found.map_or(settled, |found| found.key);
        let place = if meant == key { String::new() } else { format!(" = {meant}") };
        let before = self.pending.iter().map(|key| format!("{key} ")).collect::<Vec<_>>().concat();
        let Some(found) = found else {
            self.pending.clear();
            return format!("{before}{key}{place}: no command");
        };
        match found.action {
            None => {
                self.pending.push(found.key);
                format!("{before}{key}{place} …")
            }
            Some(action) => {
                self.pending.clear();
                format!("{before}{key}{place}: {}", self.called(action))
            }
        }
    }

    fn called(&self, action: Action) -> String {
        let label = |number| self.schema.labels().nth(number).map_or("", |(_, label)| label.id.as_str());
        match action {
            Action::Run(command) => entry_of(command).name.to_owned(),
            Action::Annotate(number) => format!("annotate {}", label(number)),
            Action::Relabel(number) => format!("relabel {}", label(number)),
        }
    }

    /// The layout that was seen.
    pub fn layout(&self) -> &'static str {
        let has = |letters: &str| self.letters.chars().any(|c| letters.contains(c));
        let is_cyrillic = self.letters.chars().any(|c| us_position(c).is_some());
        match () {
            () if has("әіңғүұқөһӘІҢҒҮҰҚӨҺ") => {
                "Kazakh letters; where their keys give the wrong command, set keyboard: \"kk-kazrus\""
            }
            () if is_cyrillic => "Russian letters, or those that Kazakh has too, taken by position",
            () if has("abcdefghijklmnopqrstuvwxyz") => "Latin letters",
            () => "no letters",
        }
    }
}
