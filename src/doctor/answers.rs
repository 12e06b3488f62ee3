//! What the terminal says of itself: the questions, and the bytes that come back.

use super::Fact;

/// What is printed to learn how wide it is shown: what it is, and one character each. The Russian letters, dashes and frames are of
/// ambiguous width in Unicode, the Kazakh letters are not.
pub const SAMPLES: &[(&str, &str)] = &[
    ("Russian letter", "ж"),
    ("Kazakh letter", "қ"),
    ("dash", "–"),
    ("ellipsis", "…"),
    ("numero sign", "№"),
    ("frame", "│"),
    ("mark", "●"),
    ("with an accent", "и\u{306}"),
    ("emoji", "👍"),
    ("emoji of several", "👩🏽\u{200d}🌾"),
];

/// The bytes that ask: every sample with the place of the cursor behind it, the keyboard protocol, synchronized output, name and
/// version, the background. The last question (DA1) is answered by every terminal, after all others.
pub fn questions() -> String {
    let widths = SAMPLES.iter().map(|(_, sample)| format!("\r{sample}\x1b[6n")).collect::<Vec<_>>().concat();
    format!("{widths}\r\x1b[K\x1b[?u\x1b[?2026$p\x1b[>0q\x1b]11;?\x1b\\\x1b[c")
}

/// What a terminal answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// How many cells each sample took, as far as that was answered.
    pub widths: Vec<u16>,
    /// Whether it knows the keyboard protocol of kitty.
    pub has_keyboard_protocol: bool,
    /// Whether it shows a frame at once (mode 2026).
    pub is_synchronized: bool,
    /// Name and version.
    pub name: Option<String>,
    /// The background, as `rgb:1010/1010/1414`.
    pub background: Option<String>,
    /// Whether the last question was answered, so that nothing more will come.
    pub is_complete: bool,
}

impl Answers {
    /// The answers in `bytes`; what is no answer is passed over, as are keys pressed meanwhile.
    pub fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let mut answers = Self::default();
        for piece in text.split('\x1b') {
            answers.take(piece);
        }
        answers
    }

    /// Takes what stands between two escape characters.
    fn take(&mut self, piece: &str) {
        let piece = piece.trim_end_matches('\x07');
        if let Some(answer) = piece.strip_prefix("[?") {
            let end =
                answer.find(|c: char| c.is_ascii_alphabetic()).and_then(|at| answer.get(..=at)).unwrap_or_default();
            match end.chars().next_back() {
                Some('u') => self.has_keyboard_protocol = true,
                Some('c') => self.is_complete = true,
                // 0: not known; 4: off for good
                Some('y') => self.is_synchronized |= matches!(end, "2026;1$y" | "2026;2$y" | "2026;3$y"),
                _ => {}
            }
        } else if let Some(place) =
            piece.strip_prefix('[').and_then(|rest| rest.split_once('R')).map(|(place, _)| place)
        {
            let column = place.split_once(';').and_then(|(_, column)| column.parse::<u16>().ok());
            self.widths.extend(column.map(|column| column.saturating_sub(1)));
        } else if let Some(name) = piece.strip_prefix("P>|") {
            self.name = Some(name.chars().filter(|c| !c.is_control()).take(60).collect());
        } else if let Some(color) = piece.strip_prefix("]11;") {
            self.background = Some(color.chars().filter(|c| !c.is_control()).take(30).collect());
        }
    }

    /// What follows from them.
    pub(super) fn facts(&self) -> Vec<Fact> {
        if !self.is_complete {
            return vec![Fact::new("answers", "none in time").but(Some(
                "the terminal, or something before it, does not answer questions; colours are taken from TERM",
            ))];
        }
        let keyboard = if self.has_keyboard_protocol {
            "kitty's protocol: Esc comes at once, Ctrl-I is not Tab"
        } else {
            "as ever: Esc and Alt are told apart by time, Ctrl-I is Tab"
        };
        let synchronized = if self.is_synchronized { "synchronized (mode 2026)" } else { "not synchronized" };
        vec![
            Fact::new("name", self.name.as_deref().unwrap_or("not told")),
            Fact::new("keyboard", keyboard),
            Fact::new("frames", synchronized),
            Fact::new("background", self.background.as_deref().unwrap_or("not told")),
        ]
    }
}
