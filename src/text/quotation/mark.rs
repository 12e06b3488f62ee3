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

/// A mark with what its neighbours tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) mark: char,
    pub(super) family: Family,
    pub(super) span: Span,
    /// Whether it may open: a blank, an opening bracket or a dash before it, and something behind.
    pub(super) opens: bool,
    /// Whether it may close: something before it, and a blank, punctuation or nothing behind.
    closes: bool,
    /// Whether letters or digits stand on both sides.
    within_word: bool,
    /// Whether a digit follows: «the '90s».
    before_digit: bool,
    /// Whether a letter, a digit or a bracket follows.
    leads: bool,
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
pub(super) fn marks(text: &Text, start: Offset, end: Offset) -> impl Iterator<Item = Mark> {
    let content = text.between(start, end);
    // Neighbours are looked for beyond other marks: in «"…», both open.
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
        Some(Mark::new(c, family, span, before, after))
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

impl Mark {
    fn new(mark: char, family: Family, span: Span, before: Option<char>, after: Option<char>) -> Self {
        let touches = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let opens = touches(after)
            && !after.is_some_and(is_trailing)
            && before.is_none_or(|c| c.is_whitespace() || is_opening(c) || is_dash(c));
        let closes = touches(before)
            && !before.is_some_and(is_opening)
            && after.is_none_or(|c| c.is_whitespace() || is_punctuation(c) || is_dash(c));
        let of_word = |c: Option<char>| c.is_some_and(is_of_word);
        Self {
            mark,
            family,
            span,
            opens,
            closes,
            within_word: of_word(before) && of_word(after),
            before_digit: after.is_some_and(char::is_numeric),
            leads: after.is_some_and(|c| is_of_word(c) || is_opening(c)),
        }
    }

    /// The side that this mark is on where `innermost` is the innermost open mark of its family.
    pub(super) fn side(self, innermost: Option<char>) -> Side {
        match self.mark {
            '\'' | '’' if self.within_word => Side::Neither,
            '\'' if self.opens && self.before_digit => Side::Neither,
            '„' | '‟' | '‚' | '‛' => Side::Open,
            // German »…« and ›…‹.
            '«' | '‹' if self.closes && !self.opens && matches!(innermost, Some('»' | '›')) => Side::Close,
            '«' | '‹' => Side::Open,
            '»' | '›' if self.opens && !self.closes && self.leads && innermost.is_none() => Side::Open,
            '»' | '›' => Side::Close,
            _ => self.side_by_neighbours(innermost),
        }
    }

    fn side_by_neighbours(self, innermost: Option<char>) -> Side {
        match (self.opens, self.closes) {
            (true, false) if self.mark == '’' => Side::Neither,
            (true, false) => Side::Open,
            (false, true) => Side::Close,
            _ => match (self.mark, innermost) {
                ('”' | '’', _) | ('“', Some('„')) | ('‘', Some('‚')) => Side::Close,
                ('“' | '‘', _) => Side::Open,
                (_, Some(_)) => Side::Close,
                (_, None) if self.within_word => Side::Neither,
                (_, None) => Side::Open,
            },
        }
    }

    /// This mark, known to be on `side`.
    pub(super) fn on(self, side: Side) -> Self {
        Self { opens: side == Side::Open, closes: side == Side::Close, ..self }
    }

    /// Whether this mark, left without a partner, is an apostrophe.
    pub(super) fn is_apostrophe(self) -> bool {
        matches!(self.mark, '\'' | '’' | '‘')
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
