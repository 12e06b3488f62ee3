//! The keyboard layout that keys are taken on.

use super::{Key, KeyCode, local_letter};

/// A keyboard layout, as far as it tells which US key a character is typed with.
///
/// Russian and standard Kazakh need no choice: see [`us_position`](super::us_position). The others put some characters on other keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Keyboard {
    /// US, Russian or Kazakh, whichever is on.
    #[default]
    Auto,
    /// US: no letter is taken by position.
    Us,
    /// Russian as on a PC.
    Russian,
    /// Russian as on a Mac.
    RussianMac,
    /// Standard Kazakh.
    Kazakh,
    /// Kazakh that keeps the digits (`kazrus`).
    Kazrus,
    /// Any other: each character of `from` is typed with the US key at the same place of `to`.
    Custom {
        /// What is typed.
        from: String,
        /// The US keys.
        to: String,
    },
}

/// The layouts that a config can name.
pub const KEYBOARDS: [(&str, Keyboard); 6] = [
    ("auto", Keyboard::Auto),
    ("us", Keyboard::Us),
    ("ru", Keyboard::Russian),
    ("ru-mac", Keyboard::RussianMac),
    ("kk", Keyboard::Kazakh),
    ("kk-kazrus", Keyboard::Kazrus),
];

impl Keyboard {
    /// What a config calls it.
    pub fn name(&self) -> &'static str {
        KEYBOARDS.iter().find(|(_, own)| own == self).map_or("custom", |(name, _)| name)
    }

    /// The characters that stand elsewhere than on a Russian or a standard Kazakh keyboard, with their US keys.
    fn moved(&self) -> (&str, &str) {
        match self {
            Self::Us | Self::Russian => ("", ""),
            // On a Russian keyboard this is Shift with 3, where there is no command.
            Self::Auto | Self::Kazakh => ("№", "/"),
            // Apple's "Russian"; its key `/` types what it says.
            Self::RussianMac => ("ёЁ", "\\|"),
            // xkeyboard-config `symbols/kz`, variant `kazrus`
            Self::Kazrus => ("ңғқөүұәіҢҒҚӨҮҰӘІ", "wodam]'xWODAM}\"X"),
            Self::Custom { from, to } => (from, to),
        }
    }

    /// The key as the keymap knows it. Where text is typed, letters stay what they are, except under Ctrl and Alt.
    ///
    /// ```
    /// use tribune::keymap::{Key, Keyboard};
    ///
    /// assert_eq!(Keyboard::Kazrus.settle(Key::char('қ'), false), Key::char('d'));
    /// assert_eq!(Keyboard::Kazrus.settle(Key::char('қ'), true), Key::char('қ'));
    /// ```
    #[must_use]
    pub fn settle(&self, key: Key, typing: bool) -> Key {
        let KeyCode::Char(c) = key.code else { return key };
        if typing && !key.ctrl && !key.alt {
            return key;
        }
        let (from, to) = self.moved();
        let us = from.chars().zip(to.chars()).find(|(own, _)| *own == c).map(|(_, us)| us);
        us.map_or(key, |us| Key { code: KeyCode::Char(us), ..key })
    }

    /// What the US key `us` types, for hints.
    pub fn local(&self, us: char) -> Option<char> {
        match self {
            Self::Us => None,
            Self::Custom { from, to } => {
                let own = from.chars().zip(to.chars()).find(|(_, key)| *key == us).map(|(own, _)| own);
                own.or_else(|| local_letter(us).filter(|_| us.is_ascii_alphabetic()))
            }
            _ => local_letter(us).filter(|_| self.has_stops_at_slash() || !matches!(us, '/' | '?')),
        }
    }

    /// Whether the key for `/` and `?` types a full stop and a comma; where that is not known, it is taken to.
    pub fn has_stops_at_slash(&self) -> bool {
        matches!(self, Self::Auto | Self::Russian)
    }

    /// Whether it is known to type something else than Latin letters.
    pub fn is_foreign(&self) -> bool {
        !matches!(self, Self::Auto | Self::Us)
    }
}
