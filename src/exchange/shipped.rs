//! The text without what others cannot take, and where spans are in it.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::scan::places;
use super::{Loss, Losses};
use crate::text::{Fragments, Offset, Span, Text};

/// A text as it is shipped to programs that trip over carriage returns, byte-order marks, separators and control characters.
///
/// | in the transcript | shipped |
/// |---|---|
/// | byte-order marks at the start | nothing |
/// | CR LF, CR | LF |
/// | VT, FF, NEL, U+2028, U+2029, which `str.splitlines` takes for line ends | LF |
/// | other control characters, which XML forbids | LF, so that no accent joins what stands before it |
/// | TAB, which ends a column elsewhere | a blank, or LF where a blank would join what is beside it |
/// | U+FFFE, U+FFFF, which XML forbids | U+FFFD |
///
/// ```
/// use tribune::{exchange::Shipped, text::Text};
///
/// let text = Text::new("\u{feff}й\r\n😀".to_owned()).unwrap();
/// let shipped = Shipped::of(&text);
/// assert_eq!(shipped.text().as_str(), "й\n😀");
/// let emoji = text.span_of_code_points(4, 5).unwrap();
/// assert_eq!(shipped.text().code_points(shipped.span(emoji).unwrap()), 2..3);
/// ```
#[derive(Clone, Debug)]
pub struct Shipped {
    text: Text,
    /// Byte offsets that go with one another, in the transcript and here; between two of them nothing changes.
    anchors: Vec<(usize, usize)>,
}

impl Shipped {
    /// What is shipped of `text`; the text itself, at no cost, when there is nothing to change.
    pub fn of(text: &Text) -> Self {
        let content = text.as_str();
        let mut anchors = vec![(0, 0)];
        if suspects(content).all(|(at, c)| instead(content, at, c).is_none()) {
            return Self { text: text.clone(), anchors };
        }
        let mut clean = String::with_capacity(content.len());
        let mut chars = content.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let Some(instead) = instead(content, at, c) else {
                clean.push(c);
                continue;
            };
            // CR LF is one line end.
            let pair = if c == '\r' { chars.next_if(|(_, next)| *next == '\n') } else { None };
            clean.push_str(instead);
            anchors.push((at + c.len_utf8() + pair.map_or(0, |(_, lf)| lf.len_utf8()), clean.len()));
        }
        // What goes in is never longer than what it stands for.
        let text = Text::new(clean).unwrap_or_else(|_| text.clone());
        Self { text, anchors }
    }

    /// The same, with a word in `losses` if the text had to change.
    pub fn reported(text: &Text, losses: &mut Losses) -> Self {
        let shipped = Self::of(text);
        if shipped.differs() {
            losses.tell(Loss::Text);
        }
        shipped
    }

    /// The text.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Whether it is another text than the transcript's.
    pub fn differs(&self) -> bool {
        self.anchors.len() > 1
    }

    /// Where `span` of the transcript is; none when nothing is left of it.
    pub fn span(&self, span: Span) -> Option<Span> {
        if !self.differs() {
            return Some(span);
        }
        self.text.span(self.offset(span.start()), self.offset(span.end())).ok()
    }

    /// Where `fragments` of the transcript are; none when nothing is left of them.
    pub fn fragments<'f>(&self, fragments: &'f Fragments) -> Option<Cow<'f, Fragments>> {
        if !self.differs() {
            return Some(Cow::Borrowed(fragments));
        }
        Fragments::new(fragments.spans().iter().filter_map(|span| self.span(*span)).collect()).ok().map(Cow::Owned)
    }

    /// Where `span` of the shipped text is in the transcript `text`.
    pub fn back(&self, span: Span, text: &Text) -> Option<Span> {
        if !self.differs() {
            return Some(span);
        }
        let back = |offset: Offset| {
            let next = self.anchors.partition_point(|(_, here)| *here <= offset.bytes());
            let (own, here) = self.anchors[next - 1];
            Offset::new(own + (offset.bytes() - here))
        };
        text.span(back(span.start()), back(span.end())).ok()
    }

    fn offset(&self, offset: Offset) -> Offset {
        let next = self.anchors.partition_point(|(own, _)| *own <= offset.bytes());
        let (own, here) = self.anchors[next - 1];
        Offset::new(here + (offset.bytes() - own))
    }
}

/// The characters of `content` that may have to go, with where they stand: few, in most texts.
fn suspects(content: &str) -> impl Iterator<Item = (usize, char)> {
    let start = |at: usize| (0..=at).rev().find(|own| content.is_char_boundary(*own));
    let starts = places(content.as_bytes(), may_go).filter_map(start);
    starts.filter_map(|at| Some((at, content.get(at..)?.chars().next()?)))
}

/// Whether a byte, behind another, may belong to what has to go: a control character, a separator, or what begins as a byte-order mark does.
#[expect(clippy::needless_bitwise_bool, reason = "without branches many are asked at once")]
fn may_go(before: u8, own: u8) -> bool {
    let is_control = ((own < b' ') & (own != b'\n')) | (own == 0x7F) | ((before == 0xC2) & (own < 0xA0));
    is_control | ((before == 0x80) & (own & 0xFE == 0xA8)) | (own == 0xEF)
}

/// What is written instead of `c`, which stands at byte `at`, if it cannot stay.
fn instead(content: &str, at: usize, c: char) -> Option<&'static str> {
    let before = || content.get(..at).unwrap_or_default();
    match c {
        '\u{feff}' if before().trim_start_matches('\u{feff}').is_empty() => Some(""),
        '\n' => None,
        '\t' => {
            let behind = content.get(at + 1..).unwrap_or_default();
            Some(if stands_alone(before().chars().next_back(), behind.chars().next()) { " " } else { "\n" })
        }
        '\u{fffe}' | '\u{ffff}' => Some("\u{fffd}"),
        '\u{2028}' | '\u{2029}' => Some("\n"),
        _ if c.is_control() => Some("\n"),
        _ => None,
    }
}

/// Whether the two texts differ in nothing but which white space is where there is some, and how much at the end.
pub(super) fn is_same_but_for_blanks(text: &str, other: &str) -> bool {
    let (mut one, mut two) = (text.chars(), other.chars());
    loop {
        match (one.next(), two.next()) {
            (Some(a), Some(b)) if a == b || (a.is_whitespace() && b.is_whitespace()) => {}
            (None, rest) => return rest.into_iter().chain(two).all(char::is_whitespace),
            (rest, None) => return rest.into_iter().chain(one).all(char::is_whitespace),
            _ => return false,
        }
    }
}

/// Whether a blank between the two is a grapheme cluster of its own.
fn stands_alone(before: Option<char>, behind: Option<char>) -> bool {
    let joined: String = before.into_iter().chain([' ']).chain(behind).collect();
    joined.graphemes(true).any(|grapheme| grapheme == " ")
}

#[cfg(test)]
mod tests;
