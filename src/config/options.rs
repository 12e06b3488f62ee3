//! The table of options.

use super::{Background, Config, POPUP};
use crate::keymap::{KEYBOARDS, Keyboard};

/// A value as a config file has it.
pub(super) enum Value {
    Flag(bool),
    Number(u16),
    Text(String),
    Pairs { from: String, to: String },
}

/// An option: a row of [`OPTIONS`].
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// What values it takes.
    pub takes: &'static str,
    /// What it is for.
    pub help: &'static str,
    /// Whether a corpus may set it for everyone who works on it.
    pub of_corpus: bool,
    /// Sets it; false if it does not take such a value.
    pub(super) set: fn(&mut Config, Value) -> bool,
    show: fn(&Config) -> String,
}

impl Setting {
    /// The value in force, as RON.
    pub fn show(&self, config: &Config) -> String {
        (self.show)(config)
    }
}

/// Every option.
pub const OPTIONS: &[Setting] = &[
    Setting {
        name: "annotator",
        takes: "a name",
        help: "who annotates",
        of_corpus: false,
        set: |config, value| put(&mut config.annotator, text(value).map(Some)),
        show: |config| optional(config.annotator.as_ref()),
    },
    Setting {
        name: "language",
        takes: r#""en", "ru" or "kk""#,
        help: "the language of titles; without it, that of the environment",
        of_corpus: true,
        set: |config, value| {
            let known = text(value).filter(|own| matches!(own.as_str(), "en" | "ru" | "kk"));
            put(&mut config.language, known.map(Some))
        },
        show: |config| optional(config.language.as_ref()),
    },
    Setting {
        name: "keyboard",
        takes: r#""auto", "us", "ru", "ru-mac", "kk", "kk-kazrus" or (from: "фы…", to: "as…")"#,
        help: "the keyboard layout, which tells the position of a letter's key",
        of_corpus: false,
        set: |config, value| put(&mut config.keyboard, keyboard(value)),
        show: |config| match &config.keyboard {
            Keyboard::Custom { from, to } => format!("(from: {}, to: {})", quoted(from), quoted(to)),
            named => format!("{:?}", named.name()),
        },
    },
    Setting {
        name: "mouse",
        takes: "true or false",
        help: "whether the mouse is used; Space m changes that at any time",
        of_corpus: false,
        set: |config, value| put(&mut config.mouse, flag(&value)),
        show: |config| config.mouse.to_string(),
    },
    Setting {
        name: "popup",
        takes: "a number of milliseconds, or false",
        help: "how long a sequence of keys may rest before it is shown how it goes on; F1 shows it at once",
        of_corpus: false,
        set: |config, value| {
            let delay = match value {
                Value::Number(delay) => Some(Some(delay)),
                Value::Flag(shown) => Some(shown.then_some(POPUP)),
                _ => None,
            };
            put(&mut config.popup, delay)
        },
        show: |config| config.popup.map_or_else(|| "false".to_owned(), |delay| delay.to_string()),
    },
    Setting {
        name: "snapping",
        takes: "true or false",
        help: "whether a selection ends where words do; Space x changes that at any time",
        of_corpus: true,
        set: |config, value| put(&mut config.snapping, flag(&value)),
        show: |config| config.snapping.to_string(),
    },
    Setting {
        name: "wrap",
        takes: "a number of cells from 20 to 200",
        help: "the widest that a row of text gets",
        of_corpus: false,
        set: |config, value| {
            let cells = match value {
                Value::Number(cells) if (20..=200).contains(&cells) => Some(cells),
                _ => None,
            };
            put(&mut config.wrap, cells)
        },
        show: |config| config.wrap.to_string(),
    },
    Setting {
        name: "inspector",
        takes: "true or false",
        help: "whether the inspector stands beside the text where there is room",
        of_corpus: false,
        set: |config, value| put(&mut config.inspector, flag(&value)),
        show: |config| config.inspector.to_string(),
    },
];

/// Puts `value` into `place`, if there is one.
fn put<T>(place: &mut T, value: Option<T>) -> bool {
    let is_taken = value.is_some();
    if let Some(value) = value {
        *place = value;
    }
    is_taken
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::Text(text) if !text.trim().is_empty() => Some(text),
        _ => None,
    }
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Flag(flag) => Some(*flag),
        _ => None,
    }
}

fn keyboard(value: Value) -> Option<Keyboard> {
    match value {
        Value::Text(name) => KEYBOARDS.into_iter().find(|(own, _)| *own == name).map(|(_, keyboard)| keyboard),
        Value::Pairs { from, to } => {
            let is_paired = from.chars().count() == to.chars().count() && to.is_ascii();
            is_paired.then_some(Keyboard::Custom { from, to })
        }
        _ => None,
    }
}

fn optional(value: Option<&String>) -> String {
    value.map_or_else(|| "None".to_owned(), |value| quoted(value))
}

/// `text` as a RON string that people can read: accents stay on their letters.
fn quoted(text: &str) -> String {
    let escaped = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => c.escape_default().to_string(),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// Whether the background is light, by the word for it.
pub(super) fn background(word: &str) -> Option<Background> {
    match word {
        "auto" => Some(Background::Auto),
        "dark" => Some(Background::Dark),
        "light" => Some(Background::Light),
        _ => None,
    }
}
