//! Keyboard layouts, as far as they move the keys of commands.

/// A keyboard layout.
pub(crate) struct Layout {
    pub(crate) name: &'static str,
    /// What a config calls the keyboard.
    pub(crate) keyboard: &'static str,
    /// What the letter keys type, in the order of [`US`].
    letters: &'static str,
    /// How `/`, `?` and `:` are typed: where Russian has them at their US position, what stands there.
    marks: &'static str,
}

/// The letter keys of a US keyboard, unshifted and shifted.
const US: &str = "qwertyuiopasdfghjklzxcvbnmQWERTYUIOPASDFGHJKLZXCVBNM";

/// The layouts that the program knows, after xkeyboard-config (`us`, `ru`, `kz`, `kz(kazrus)`) and Apple's "Russian".
pub(crate) const LAYOUTS: [Layout; 5] = [
    Layout { name: "us", keyboard: "us", letters: US, marks: "/?:" },
    Layout {
        name: "Russian",
        keyboard: "auto",
        letters: "йцукенгшщзфывапролдячсмитьЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ",
        marks: ".,Ж",
    },
    Layout {
        name: "Russian on a Mac",
        keyboard: "ru-mac",
        letters: "йцукенгшщзфывапролдячсмитьЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ",
        marks: "/?Ж",
    },
    Layout {
        name: "Kazakh",
        keyboard: "kk",
        letters: "йцукенгшщзфывапролдячсмитьЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ",
        marks: "/?Ж",
    },
    Layout {
        name: "kazrus",
        keyboard: "kk-kazrus",
        letters: "йңукенгшғзөықапролдяісмитүЙҢУКЕНГШҒЗӨЫҚАПРОЛДЯІСМИТҮ",
        marks: "/?Ж",
    },
];

impl Layout {
    /// What is typed where a US keyboard types `us`.
    pub(crate) fn typed(&self, us: char) -> char {
        let keys = US.chars().chain("/?:".chars()).zip(self.letters.chars().chain(self.marks.chars()));
        keys.into_iter().find(|(own, _)| *own == us).map_or(us, |(_, local)| local)
    }
}
