//! A key as the program knows it, whatever the terminal sent.

use std::fmt;

use super::us_position;

/// A key with its modifiers. A letter's case says whether Shift was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Which key.
    pub code: KeyCode,
    /// Whether Control was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
    /// Whether Shift was held; false for characters, whose case tells.
    pub shift: bool,
}

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names on the keys say it")]
pub enum KeyCode {
    Char(char),
    Enter,
    Tab,
    Esc,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    F(u8),
}

/// Names of keys that are no characters.
const NAMES: &[(&str, KeyCode)] = &[
    ("Enter", KeyCode::Enter),
    ("Tab", KeyCode::Tab),
    ("Esc", KeyCode::Esc),
    ("Bksp", KeyCode::Backspace),
    ("Del", KeyCode::Delete),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("Space", KeyCode::Char(' ')),
];

impl Key {
    /// The key without modifiers.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// The key that types `c`.
    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// Reads `C-s`, `S-Left`, `A-x`, `Space`, `F1`, `g`.
    ///
    /// ```
    /// use tribune::keymap::Key;
    ///
    /// assert_eq!(Key::parse("C-S-Left").unwrap().to_string(), "C-S-Left");
    /// assert_eq!(Key::parse("ы"), Some(Key::char('ы')));
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let mut key = Self::char(' ');
        let mut rest = text;
        loop {
            let (modifier, after) = match rest.split_once('-') {
                Some((modifier @ ("C" | "A" | "S"), after)) if !after.is_empty() => (modifier, after),
                _ => break,
            };
            match modifier {
                "C" => key.ctrl = true,
                "A" => key.alt = true,
                _ => key.shift = true,
            }
            rest = after;
        }
        let named = NAMES.iter().find(|(name, _)| *name == rest).map(|(_, code)| *code);
        let function =
            || rest.strip_prefix('F')?.parse().ok().filter(|number| (1..=24).contains(number)).map(KeyCode::F);
        let character = || {
            let mut letters = rest.chars();
            letters.next().filter(|_| letters.next().is_none()).map(KeyCode::Char)
        };
        key.code = named.or_else(function).or_else(character)?;
        Some(key)
    }

    /// The text that the key types into a field, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Whether the key may mean the US key `c` at its position, whatever the layout.
    pub fn readings_include(self, c: char) -> bool {
        self.readings().any(|reading| reading.code == KeyCode::Char(c))
    }

    /// Whether `reading` is this key but for its case.
    pub(super) fn is_same_letter(self, reading: Self) -> bool {
        let lower = |code| match code {
            KeyCode::Char(c) => c.to_lowercase().next(),
            _ => None,
        };
        self == reading || lower(self.code) == lower(reading.code)
    }

    /// What the key may mean, best first: as typed; as the US key at its position; a capital under Control as the small letter.
    pub(super) fn readings(self) -> impl Iterator<Item = Self> {
        let moved = match self.code {
            KeyCode::Char(c) => us_position(c).map(|us| Self { code: KeyCode::Char(us), ..self }),
            _ => None,
        };
        let lower = |key: Self| match key.code {
            KeyCode::Char(c) if key.ctrl || key.alt => {
                Some(Self { code: KeyCode::Char(c.to_lowercase().next().unwrap_or(c)), ..key })
            }
            _ => None,
        };
        [Some(self), lower(self), moved, moved.and_then(lower)].into_iter().flatten()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, modifier) in [(self.ctrl, "C-"), (self.alt, "A-"), (self.shift, "S-")] {
            if held {
                f.write_str(modifier)?;
            }
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, KeyCode::F(number)) => write!(f, "F{number}"),
            (None, code) => write!(f, "{code:?}"),
        }
    }
}
