//! What is drawn for a grapheme cluster.
//!
//! A transcript is untrusted: what would move the terminal's cursor, turn the direction of reading or not show at all is drawn as
//! a visible mark of one cell. Every cluster takes at least one cell, so that the cursor can stand on each.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use crate::text::graphemes;

/// Code points of one cluster that are drawn; a base under more marks than this is no writing.
const MARKS: usize = 16;

/// Letters before this one (Latin, Greek, Cyrillic) are not joined.
const JOINING: char = '\u{530}';

/// The cells that a tab takes.
const TAB: &str = "    ";

/// What stands on the screen for one grapheme cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph<'a> {
    /// What to draw: no control characters, not empty.
    pub text: Cow<'a, str>,
    /// The cells it takes, at least 1.
    pub width: u16,
    /// Whether it is a mark in place of something that cannot be shown.
    pub mark: bool,
}

impl Glyph<'_> {
    /// Whether nothing is to be seen of it.
    #[inline]
    pub fn is_blank(&self) -> bool {
        match self.text.as_bytes() {
            [byte] => *byte == b' ',
            _ => self.text.chars().all(char::is_whitespace),
        }
    }
}

/// The cells that `text` takes on one row.
pub fn width(text: &str) -> u16 {
    let each = || graphemes(text).map(|grapheme| glyph(grapheme).width).fold(0, u16::saturating_add);
    plain_start(text, u16::MAX).map_or_else(each, |(_, width)| width)
}

/// The bytes and cells at the start of `text`, up to `most` cells, if all of that is told by its bytes to be clusters of one cell, which
/// are drawn as they are.
pub fn plain_start(text: &str, most: u16) -> Option<(usize, u16)> {
    let plain = plain(text, most);
    (plain.length == text.len() || plain.width == most).then_some((plain.length, plain.width))
}

/// The glyph for `grapheme`.
///
/// ```
/// use tribune::layout::glyph;
///
/// assert_eq!(glyph("и\u{306}").width, 1);
/// assert_eq!(glyph("👩🏽‍🌾").width, 2);
/// assert_eq!(glyph("\u{1b}").text, "␛");
/// assert_eq!(glyph("\u{202e}").text, "·");
/// assert_eq!(glyph("б\u{200d}").text, "б·");
/// ```
pub fn glyph(grapheme: &str) -> Glyph<'_> {
    if let [b' '..=b'~'] | [0xD0 | 0xD1 | 0xD3, _] = grapheme.as_bytes() {
        return Glyph { text: Cow::Borrowed(grapheme), width: 1, mark: false };
    }
    let mut letters = grapheme.chars();
    let (first, alone) = (letters.next().unwrap_or(' '), letters.next().is_none());
    if alone && ((' '..'\u{7f}').contains(&first) || is_narrow(first)) {
        return Glyph { text: Cow::Borrowed(grapheme), width: 1, mark: false };
    }
    match first {
        '\t' => Glyph { text: Cow::Borrowed(TAB), width: 4, mark: false },
        '\u{a0}' | '\u{202f}' | '\u{2007}' if alone => Glyph { text: Cow::Borrowed(" "), width: 1, mark: false },
        '\0'..='\u{1f}' => mark(char::from_u32(0x2400 + u32::from(first)).unwrap_or('·')),
        '\u{7f}' => mark('␡'),
        _ => wide(grapheme, first),
    }
}

fn mark(symbol: char) -> Glyph<'static> {
    Glyph { text: Cow::Owned(symbol.to_string()), width: 1, mark: true }
}

fn wide(grapheme: &str, first: char) -> Glyph<'_> {
    let is_unseen = is_invisible(first) && grapheme.chars().nth(1).is_none();
    if is_unseen || grapheme.chars().any(is_hostile) {
        return mark('·');
    }
    let text: Cow<str> = if grapheme.chars().nth(MARKS).is_some() {
        Cow::Owned(grapheme.chars().take(MARKS).collect())
    } else {
        Cow::Borrowed(grapheme)
    };
    if text.chars().skip(1).any(|c| is_stray(first, c)) {
        // Two words that differ by it would look alike.
        let text = text.replace(|c| is_stray(first, c), "") + "·";
        return Glyph { width: u16::try_from(text.width()).unwrap_or(u16::MAX), text: Cow::Owned(text), mark: true };
    }
    // Half-width katakana write their sound marks into a cell of their own.
    let sound_marks = text.matches(['\u{ff9e}', '\u{ff9f}']).count();
    match u16::try_from(text.width() + sound_marks).unwrap_or(u16::MAX) {
        0 if first.is_whitespace() || is_invisible(first) => mark('·'),
        0 => Glyph { text: Cow::Owned(format!("\u{25cc}{text}")), width: 1, mark: true },
        width => Glyph { text, width, mark: false },
    }
}

/// What takes one cell and needs no table to say so: Cyrillic letters, quotation marks and dashes, and the lines between panels.
fn is_narrow(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' | '\u{2500}'..='\u{257f}')
        || matches!(c, '\u{a1}'..='\u{a8}' | '\u{aa}'..='\u{ac}' | '\u{af}'..='\u{bf}' | '\u{2010}'..='\u{2026}' | '№')
}

/// The bytes of the character at `at` if it is [narrow](is_narrow), 0 if not.
fn narrow_length(text: &str, at: usize) -> usize {
    let first = text.get(at..).and_then(|rest| rest.chars().next());
    first.filter(|c| is_narrow(*c)).map_or(0, char::len_utf8)
}

/// Controls and what changes the direction of the text around it.
fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether `c` does nothing behind `first` in a cluster, and would not be seen.
fn is_stray(first: char, c: char) -> bool {
    match c {
        // Joins letters of some scripts, or keeps them apart.
        '\u{200c}' | '\u{200d}' => first < JOINING,
        '\u{34f}' | '\u{17b4}' | '\u{17b5}' => true,
        // Chooses a form of emoji, of Chinese and Mongolian characters.
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => first < JOINING && first.is_alphabetic(),
        // Names a flag behind the black one.
        '\u{e0000}'..='\u{e007f}' => first != '\u{1f3f4}',
        _ => false,
    }
}

/// Characters without a shape of their own, when nothing carries them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}')
        || matches!(c, '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
}

/// What wrapping asks of what it takes at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its bytes.
    pub(super) length: usize,
    /// The cells it takes.
    pub(super) width: u16,
    /// Whether it may hang over the edge of a row.
    pub(super) is_blank: bool,
    /// The bytes and cells behind the last place in it, or at its end, where a row may end; none if there is no such place.
    pub(super) behind: Option<(usize, u16)>,
}

/// What stands at the start of `text`: what is plain, as far as that goes and there is `room` in cells, else one cluster.
pub(super) fn stretch(text: &str, room: u16) -> Option<Stretch> {
    let plain = plain(text, room);
    if plain.width > 0 {
        return Some(plain);
    }
    let grapheme = graphemes(text).next()?;
    let width = glyph(grapheme).width;
    let is_blank = is_blank(grapheme);
    let may_break = is_blank || may_break_behind(grapheme, width);
    Some(Stretch { length: grapheme.len(), width, is_blank, behind: may_break.then_some((0, 0)) })
}

/// The characters at the start of `text`, at most `most`, that are told by their bytes to be clusters of one cell: those of English and
/// Russian, most of the Kazakh ones, and the usual marks.
fn plain(text: &str, most: u16) -> Stretch {
    let most = usize::from(most);
    let (mut end, mut count) = (0, 0);
    // One more than asked for, and one that is followed by another kind, is seen and not taken: what follows may belong to it.
    'taking: loop {
        let (bytes, characters) = told_blocks(text, end, most.saturating_sub(count));
        (end, count) = (end + bytes, count + characters);
        for _ in 0..BLOCK {
            let length = plain_length(text, end);
            if length == 0 || count > most {
                break 'taking;
            }
            (end, count) = (end + length, count + 1);
        }
    }
    let taken = text.get(..end).unwrap_or_default();
    if (end < text.len() || count > most)
        && let Some((last, _)) = taken.char_indices().next_back()
    {
        (end, count) = (last, count - 1);
    }
    let width = u16::try_from(count).unwrap_or(u16::MAX);
    Stretch { length: end, width, is_blank: false, behind: behind_break(&taken.as_bytes()[..end]) }
}

/// 1 if `byte` tells that it belongs to a plain character, else 0. Nothing in it branches, so that a block is told by vectors.
fn told(byte: u8) -> u8 {
    let is_ascii = u8::from(byte.wrapping_sub(b' ') <= b'~' - b' ');
    is_ascii | u8::from(byte & 0xC0 == 0x80) | u8::from(byte | 1 == 0xD1) | u8::from(byte == 0xD3)
}

/// The bytes that are looked at together.
const BLOCK: usize = 16;

/// The bytes and the characters of the blocks from `at` on, at most `most` characters, whose every byte tells that it belongs to a plain
/// character; with the rest of the one that the last block cuts.
///
/// No byte waits for the one before it, which makes this several times as fast as going from character to character.
fn told_blocks(text: &str, at: usize, most: usize) -> (usize, usize) {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    let (mut bytes, mut count) = (0, 0);
    for block in rest.as_chunks::<BLOCK>().0 {
        let starts = usize::from(block.iter().map(|byte| u8::from(byte & 0xC0 != 0x80)).sum::<u8>());
        if usize::from(block.iter().map(|byte| told(*byte)).sum::<u8>()) < BLOCK || count + starts > most {
            break;
        }
        (bytes, count) = (bytes + BLOCK, count + starts);
    }
    let is_cut = bytes > 0 && !text.is_char_boundary(at + bytes);
    (bytes + usize::from(is_cut), count)
}

/// The bytes and cells behind the last place in `plain` text where a row may end.
fn behind_break(plain: &[u8]) -> Option<(usize, u16)> {
    let mut cells = 0;
    for (at, byte) in plain.iter().enumerate().rev() {
        let may_break = match byte {
            b' ' | b'-' | b'/' => true,
            // Of the dashes.
            0x93 | 0x94 => plain[..at].ends_with(&[0xE2, 0x80]),
            _ => false,
        };
        if may_break {
            return Some((plain.len() - at - 1, cells));
        }
        let continues = byte & 0xC0 == 0x80;
        cells += u16::from(!continues);
    }
    None
}

/// The bytes of the character at `at` if it is plain; 0 if not, and at the end.
#[inline]
fn plain_length(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    match bytes.get(at).map_or(0, |first| LENGTHS[usize::from(*first)]) {
        // Before U+048A stand marks that are put on letters.
        ASK if bytes[at] == 0xD2 => 2 * usize::from(bytes.get(at + 1).is_some_and(|byte| *byte >= 0x8A)),
        ASK => narrow_length(text, at),
        length => length.into(),
    }
}

/// The bytes of a plain character by the first of them; 0 where none is plain, [`ASK`] where some are.
const LENGTHS: [u8; 256] = {
    let mut lengths = [0; 256];
    let mut first = b' ';
    while first <= b'~' {
        lengths[first as usize] = 1;
        first += 1;
    }
    [lengths[0xD0], lengths[0xD1], lengths[0xD3]] = [2; 3];
    [lengths[0xD2], lengths[0xC2], lengths[0xE2]] = [ASK; 3];
    lengths
};

/// That the first byte does not tell.
const ASK: u8 = u8::MAX;

/// Whether a row may end behind this cluster and the cluster may hang over the edge.
fn is_blank(grapheme: &str) -> bool {
    let first = grapheme.chars().next();
    first.is_some_and(|c| matches!(c, ' ' | '\t' | '\u{3000}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}'))
}

/// Whether a row may end behind this cluster though no blank follows: hyphens and dashes, and writing without blanks.
fn may_break_behind(grapheme: &str, width: u16) -> bool {
    matches!(grapheme, "-" | "–" | "—" | "/" | "\u{200b}" | "\u{ad}")
        || (width == 2 && !grapheme.starts_with(['（', '「', '『', '《', '〈']))
}
