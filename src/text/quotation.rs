//! Quotation marks and their pairs.
//!
//! Which side a mark is on is told by its shape where the shape is clear („ always opens), and else by what stands beside
//! it: an opening mark follows a blank, a bracket or a dash and touches what follows; a closing mark touches what it
//! follows. Marks are not counted off in twos, so one stray mark does not turn over those behind it. Only where neither
//! shape nor neighbours tell (`Amanat"тың`, or a mark between blanks) does it matter whether a quotation is open.
//!
//! | family | marks |
//! |---|---|
//! | double | `" “ ” „ ‟` |
//! | single | `' ‘ ’ ‚ ‛` |
//! | angle | `« »` |
//! | single angle | `‹ ›` |
//!
//! A mark closes the innermost open mark of its family: „…“, “…”, „…”, ”…” and the careless “…" are all pairs.

mod mark;
mod paragraphs;

#[cfg(test)]
mod tests;

use super::{Line, Offset, Span, Text};
pub use mark::is_quote_mark;
use mark::{FAMILIES, Family, Mark, Side, family_at, marks};
pub use paragraphs::quotations_around;

/// Two quotation marks that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quotation {
    /// The opening mark.
    pub open: Span,
    /// The closing mark.
    pub close: Span,
}

impl Quotation {
    /// What stands between the marks, or `None` when nothing does.
    pub fn inside(self) -> Option<Span> {
        let (start, end) = (self.open.end(), self.close.start());
        (start < end).then(|| Span::new_unchecked(start, end))
    }

    /// The quotation with both marks.
    pub fn with_marks(self) -> Span {
        self.open.hull(self.close)
    }
}

/// The quotations of one line, by their ends, and the marks that have no partner in it, ascending.
///
/// An apostrophe is no mark. Nesting may be of any depth; one pass over the line.
///
/// ```
/// use tribune::text::{Text, quotation::quotations};
///
/// let text = Text::new("«Сто\u{301}ит „Amanat“ 👍», – don't say \"no\"".to_owned()).unwrap();
/// let (pairs, unmatched) = quotations(&text, text.line(0));
/// let inside: Vec<_> = pairs.iter().filter_map(|pair| pair.inside()).map(|span| text.slice(span)).collect();
/// assert_eq!(inside, ["Amanat", "Сто\u{301}ит „Amanat“ 👍", "no"]);
/// assert!(unmatched.is_empty());
/// ```
pub fn quotations(text: &Text, line: Line) -> (Vec<Quotation>, Vec<Span>) {
    let found = Found::of(text, line.start, line.end);
    (found.pairs, found.unmatched.into_iter().map(|mark| mark.span).collect())
}

/// What a stretch of text holds in quotations and stray marks.
#[derive(Debug, Default)]
struct Found {
    /// By their ends.
    pairs: Vec<Quotation>,
    /// Marks without a partner, ascending. Apostrophes are not among them.
    unmatched: Vec<Mark>,
}

/// The marks that are open at some place, innermost last.
#[derive(Debug, Default)]
struct Open {
    marks: Vec<Mark>,
    /// The same by family, so that a mark without a partner costs no search.
    families: [Vec<char>; FAMILIES],
}

impl Open {
    fn innermost(&self, family: Family) -> Option<char> {
        self.families[family as usize].last().copied()
    }

    fn push(&mut self, mark: Mark) {
        self.families[mark.family as usize].push(mark.sign);
        self.marks.push(mark);
    }

    fn pop(&mut self) -> Option<Mark> {
        let mark = self.marks.pop()?;
        self.families[mark.family as usize].pop();
        Some(mark)
    }

    /// Pairs `mark` with the innermost open mark of its family; hands what was opened inside and not closed to `strand`.
    fn close(&mut self, mark: Mark, mut strand: impl FnMut(Mark)) -> Option<Quotation> {
        self.innermost(mark.family)?;
        while let Some(last) = self.pop() {
            if last.family == mark.family {
                return Some(Quotation { open: last.span, close: mark.span });
            }
            strand(last);
        }
        None
    }
}

impl Found {
    /// Pairs the marks of `[start, end)`.
    fn of(text: &Text, start: Offset, end: Offset) -> Self {
        let mut found = Self::default();
        let mut open = Open::default();
        for mark in marks(text, start, end) {
            let mark = mark.resolve(open.innermost(mark.family));
            match mark.side {
                Side::Open => open.push(mark),
                Side::Close => match open.close(mark, |inner| found.strand(inner)) {
                    Some(pair) => found.pairs.push(pair),
                    None => found.strand(mark),
                },
                Side::Neither => {}
            }
        }
        while let Some(mark) = open.pop() {
            found.strand(mark);
        }
        found.unmatched.sort_unstable_by_key(|mark| mark.span);
        found
    }

    /// Notes a mark without a partner, unless it may be an apostrophe: «’tis», «the dogs’».
    fn strand(&mut self, mark: Mark) {
        if !mark.is_apostrophe() {
            self.unmatched.push(mark);
        }
    }
}
