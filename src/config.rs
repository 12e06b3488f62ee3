//! What the user has set: options, keys, colours. Pure: text in, [`Config`] out; who reads the files is `store`.
//!
//! A config never stops the program. What is unknown or wrong is a [`Fault`] with its place and a suggestion; the rest holds.
//!
//! | file | holds |
//! |---|---|
//! | `options` | [`OPTIONS`]: every option with its values, in one table |
//! | `reading` | the three files → [`Config`] |

mod options;
mod reading;

use std::collections::BTreeMap;
use std::fmt;

pub use options::{OPTIONS, Setting};

use crate::keymap::{Binding, Keyboard};
use crate::schema::{Rgb, Schema, likely, unknown};

/// The milliseconds that a sequence of keys may rest before it is shown how it goes on: who knows the keys never sees it.
const POPUP: u16 = 300;

/// Whether the terminal's background is light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Background {
    /// As the terminal says.
    #[default]
    Auto,
    /// Dark.
    Dark,
    /// Light.
    Light,
}

/// What holds, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the user's, and none depends on another")]
pub struct Config {
    /// The name to annotate under.
    pub annotator: Option<String>,
    /// The language of titles, `en`, `ru` or `kk`; none for that of the environment.
    pub language: Option<String>,
    /// The keyboard layout.
    pub keyboard: Keyboard,
    /// Whether the mouse is ours to begin with.
    pub mouse: bool,
    /// After how many milliseconds the keys that go on a sequence are shown, if they are.
    pub popup: Option<u16>,
    /// Whether a selection that is dragged or extended ends where words do, to begin with.
    pub snapping: bool,
    /// The widest that a row of text gets, in cells.
    pub wrap: u16,
    /// Whether the inspector may stand beside the text.
    pub inspector: bool,
    /// The terminal's background.
    pub background: Background,
    /// Colours of labels, by the label's id, in place of the schema's.
    pub colors: BTreeMap<String, Rgb>,
    /// Each label that was given a colour, with its place and no message.
    colored: Vec<(String, Fault)>,
    /// Keys of the user's own.
    pub bindings: Vec<Binding>,
    /// Whether the options could not be read at all.
    pub is_unread: bool,
    /// What could not be taken.
    pub faults: Vec<Fault>,
    /// Where the options that are set were set, by name.
    origins: BTreeMap<&'static str, String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            annotator: None,
            language: None,
            keyboard: Keyboard::Auto,
            mouse: true,
            popup: Some(POPUP),
            snapping: true,
            wrap: 76,
            inspector: true,
            background: Background::Auto,
            colors: BTreeMap::new(),
            colored: Vec::new(),
            bindings: Vec::new(),
            is_unread: false,
            faults: Vec::new(),
            origins: BTreeMap::new(),
        }
    }
}

/// Something in a config file that was not taken, or that takes something away unsaid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong with it, and what would be right.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.path, self.line, self.column, self.message)
    }
}

impl Config {
    /// What the theme says of labels that `schema` does not have and that are much like one it has. Others may be of another corpus.
    pub fn strange_colors(&self, schema: &Schema) -> Vec<String> {
        let known: Vec<&str> = schema.labels().map(|(_, label)| label.id.as_str()).collect();
        let is_strange = |label: &str| !known.contains(&label) && likely(label, &known).is_some();
        let strange = self.colored.iter().filter(|(label, _)| is_strange(label));
        let told =
            |(label, place): &(String, Fault)| Fault { message: unknown("label", label, &known), ..place.clone() };
        strange.map(|own| told(own).to_string()).collect()
    }

    /// What may have kept the annotator's name from being set, if something did.
    pub fn doubt_about_annotator(&self) -> Option<&Fault> {
        let concerns = |fault: &&Fault| self.is_unread || fault.message.contains("`annotator`");
        self.faults.iter().find(|fault| self.annotator.is_none() && concerns(fault))
    }

    /// The options in force, in the order of the table: name, value as RON, and where it was set, if it was.
    pub fn in_force(&self) -> impl Iterator<Item = (&'static Setting, String, Option<&str>)> {
        OPTIONS.iter().map(|own| (own, own.show(self), self.origins.get(own.name).map(String::as_str)))
    }
}

#[cfg(test)]
mod tests;
