//! One quotation mark and which side of a quotation it is on.

use crate::text::{Offset, Span, Text};

/// Marks that close each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Double,
    Single,
    Angle,
    SingleAngle,
}

/// The number of families.
pub(super) const FAMILIES: usize = 4;

/// A mark whose side is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) sign: char,
    pub(super) family: Family,
    pub(super) span: Span,
    pub(super) side: Side,
}

/// A mark between its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    sign: char,
    pub(super) family: Family,
    span: Span,
    /// The nearest visible characters that are no marks: in «"…», both open.
    before: Option<char>,
    after: Option<char>,
}

/// The side of a quotation that a mark is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Close,
    /// It is an apostrophe, or the sign for inches.
    Neither,
}

/// Whether `c` is a quotation mark, straight ones and the apostrophe ’ included.
pub fn is_quote_mark(c: char) -> bool {
    family(c).is_some()
}

fn family(c: char) -> Option<Family> {
    Some(match c {
        '"' | '“' | '”' | '„' | '‟' => Family::Double,
        '\'' | '‘' | '’' | '‚' | '‛' => Family::Single,
        '«' | '»' => Family::Angle,
        '‹' | '›' => Family::SingleAngle,
        _ => return None,
    })
}

/// The family of the mark at `span`.
pub(super) fn family_at(text: &Text, span: Span) -> Option<Family> {
    text.slice(span).chars().next().and_then(family)
}

/// The marks of `[start, end)`, ascending. A mark that carries a combining mark is none.
pub(super) fn marks(text: &Text, start: Offset, end: Offset) -> impl Iterator<Item = Seen> {
    let content = text.between(start, end);
    let mut before = None;
    let mut behind = Behind { content, from: 0, next: None };
    content.char_indices().filter_map(move |(at, c)| {
        let Some(family) = family(c) else {
            if !is_invisible(c) {
                before = Some(c);
            }
            return None;
        };
        let after = behind.after(at + c.len_utf8());
        let start = Offset::new(start.bytes() + at);
        let span = text.span(start, Offset::new(start.bytes() + c.len_utf8())).ok()?;
        Some(Seen { sign: c, family, span, before, after })
    })
}

/// Finds the next visible character that is no mark, looking at each character once.
struct Behind<'a> {
    content: &'a str,
    from: usize,
    next: Option<char>,
}

impl Behind<'_> {
    fn after(&mut self, at: usize) -> Option<char> {
        if at > self.from {
            let run = self.content.get(at..).unwrap_or_default();
            let found = run.char_indices().find(|(_, c)| !is_quote_mark(*c) && !is_invisible(*c));
            self.from = at + found.map_or(run.len(), |(ahead, _)| ahead);
            self.next = found.map(|(_, c)| c);
        }
        self.next
    }
}

impl Seen {
    /// This mark on the side that it is on where `innermost` is the innermost open mark of its family.
    pub(super) fn resolve(self, innermost: Option<char>) -> Mark {
        Mark { sign: self.sign, family: self.family, span: self.span, side: self.side(innermost) }
    }

    fn side(self, innermost: Option<char>) -> Side {
        let (opens, closes) = (self.opens(), self.closes());
        match self.sign {
            '\'' | '’' if self.is_within_word() => Side::Neither,
            // «The '90s».
            '\'' if opens && self.after.is_some_and(char::is_numeric) => Side::Neither,
            // German »…« and ›…‹.
            '«' | '‹' if closes && !opens && matches!(innermost, Some('»' | '›')) => Side::Close,
            '»' | '›' if opens && !closes && self.leads() && innermost.is_none() => Side::Open,
            '„' | '‟' | '‚' | '‛' | '«' | '‹' => Side::Open,
            '»' | '›' => Side::Close,
            '’' if opens && !closes => Side::Neither,
            _ if opens != closes => {
                if opens {
                    Side::Open
                } else {
                    Side::Close
                }
            }
            _ => self.side_by_shape(innermost),
        }
    }

    /// The side where the neighbours tell nothing.
    fn side_by_shape(self, innermost: Option<char>) -> Side {
        match (self.sign, innermost) {
            ('”' | '’', _) | ('“', Some('„')) | ('‘', Some('‚')) => Side::Close,
            ('“' | '‘', _) => Side::Open,
            (_, Some(_)) => Side::Close,
            (_, None) if self.is_within_word() => Side::Neither,
            (_, None) => Side::Open,
        }
    }

    /// Whether it may open: a blank, an opening bracket or a dash before it, and something behind.
    fn opens(self) -> bool {
        self.after.is_some_and(|c| !c.is_whitespace() && !is_trailing(c))
            && self.before.is_none_or(|c| c.is_whitespace() || is_opening(c) || is_dash(c))
    }

    /// Whether it may close: something before it, and a blank, punctuation or nothing behind.
    fn closes(self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace() && !is_opening(c))
            && self.after.is_none_or(|c| c.is_whitespace() || is_punctuation(c) || is_dash(c))
    }

    fn is_within_word(self) -> bool {
        self.before.is_some_and(is_of_word) && self.after.is_some_and(is_of_word)
    }

    /// Whether a letter, a digit or a bracket follows.
    fn leads(self) -> bool {
        self.after.is_some_and(|c| is_of_word(c) || is_opening(c))
    }
}

impl Mark {
    /// Whether this mark, left without a partner, is an apostrophe.
    pub(super) fn is_apostrophe(self) -> bool {
        matches!(self.sign, '\'' | '’' | '‘')
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '<' | '/' | '¿' | '¡')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '‑')
}

/// Whether `c` follows what it belongs to, so that nothing opens before it.
fn is_trailing(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '>' | '%')
}

fn is_punctuation(c: char) -> bool {
    is_trailing(c) || matches!(c, '.' | '…' | '/')
}

/// Whether `c` takes no room: byte order marks, soft hyphens, direction marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
