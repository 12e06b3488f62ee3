//! How a text was counted, found out by what its pieces are called.
//!
//! Some formats only name a piece of text, mostly by its words, which may be cut short, and sometimes by something else. Programs that write
//! them count in different units, and some of them not in the text as it lies: with a byte-order mark, or each line end as one. So a name
//! is evidence where it fits what stands at its place, and the reading is the one under which the names fit best.

use std::borrow::Cow;
use std::ops::Range;

use super::counting::{FOLDED, folded};
use super::{Ruler, Unit};
use crate::text::Text;

/// A piece of a text, in an unknown unit, with a name that may be its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named<'a> {
    /// Half-open.
    pub(super) range: Range<usize>,
    pub(super) name: &'a str,
}

/// What offsets count, and in which text.
#[derive(Debug)]
pub(super) struct Reading {
    /// The text that they count in.
    pub(super) text: String,
    /// What they count.
    pub(super) unit: Unit,
    /// How this text differs from what a reader expects, for people: nothing, mostly.
    pub(super) counted: &'static str,
    /// For each of the pieces: why it cannot be what its name says, if so.
    pub(super) faults: Vec<Option<String>>,
}

/// The text without its byte-order mark, else with one kind of line end, else with the mark.
fn texts(content: &str) -> Vec<(Cow<'_, str>, &'static str)> {
    let plain = content.strip_prefix('\u{feff}').unwrap_or(content);
    let mut texts = vec![(Cow::Borrowed(plain), "")];
    if plain.contains('\r') {
        texts.push((folded(plain).into(), FOLDED));
    }
    if plain.len() < content.len() {
        texts.push((content.into(), ", the byte-order mark too"));
        if plain.contains('\r') {
            texts.push((folded(content).into(), ", the byte-order mark too and each line end as one"));
        }
    }
    texts
}

/// All ways to count in `content`, the likeliest first: few programs count grapheme clusters, for which CR LF is one too.
fn ways(content: &str) -> impl Iterator<Item = (Text, &'static str, Unit)> {
    let texts = texts(content).into_iter();
    let texts: Vec<_> =
        texts.filter_map(|(text, counted)| Some((Text::new(text.into_owned()).ok()?, counted))).collect();
    let each = |(text, counted): &(Text, &'static str), unit| (text.clone(), *counted, unit);
    let (last, others) = Unit::ALL.into_iter().partition::<Vec<_>, _>(|unit| *unit == Unit::Graphemes);
    let ways = [others, last].map(|units| {
        texts.iter().flat_map(|own| units.iter().map(|unit| each(own, *unit)).collect::<Vec<_>>()).collect::<Vec<_>>()
    });
    ways.into_iter().flatten()
}

/// The reading of `content` under which the names of `pieces` fit best; of several, the likeliest.
///
/// Where most names are words of the text, one that stands elsewhere but not at its place is a fault.
pub(super) fn reading(content: &str, pieces: &[Named<'_>]) -> Reading {
    let names: Vec<String> = pieces.iter().map(|own| squeezed(own.name)).collect();
    let full = names.iter().filter(|name| !name.is_empty()).count() * FITS;
    let mut best: Option<(usize, Text, Unit, &'static str)> = None;
    for (text, counted, unit) in ways(content) {
        let ruler = Ruler::new(unit, &text);
        let fit = pieces.iter().zip(&names).map(|(own, name)| fit(name, at(&ruler, &text, &own.range))).sum();
        if best.as_ref().is_none_or(|(most, ..)| fit > *most) {
            best = Some((fit, text.clone(), unit, counted));
        }
        if fit == full {
            break;
        }
    }
    let Some((_, text, unit, counted)) = best else {
        let faults = vec![None; pieces.len()];
        return Reading { text: content.to_owned(), unit: Unit::CodePoints, counted: "", faults };
    };
    let faults = faults(&text, unit, pieces, &names);
    Reading { text: text.as_str().to_owned(), unit, counted, faults }
}

/// Why pieces cannot be what their names say, for each of them.
fn faults(text: &Text, unit: Unit, pieces: &[Named<'_>], names: &[String]) -> Vec<Option<String>> {
    let ruler = Ruler::new(unit, text);
    let found: Vec<&str> = pieces.iter().map(|own| at(&ruler, text, &own.range)).collect();
    let misses: Vec<bool> =
        names.iter().zip(&found).map(|(name, found)| !name.is_empty() && fit(name, found) == 0).collect();
    if !misses.contains(&true) {
        return vec![None; pieces.len()];
    }
    let all = squeezed(text.as_str());
    let is_there: Vec<bool> = names.iter().map(|name| !name.is_empty() && all.contains(uncut(name))).collect();
    let stated = names.iter().filter(|name| !name.is_empty()).count();
    let are_words = is_there.iter().filter(|is| **is).count() * 2 > stated;
    let fault = |number: usize| {
        let Named { range, name } = &pieces[number];
        let found: String = found[number].chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
        format!("at {} to {} ({unit}) there is «{found}», not «{name}» as it is called", range.start, range.end)
    };
    (0..pieces.len()).map(|number| (are_words && misses[number] && is_there[number]).then(|| fault(number))).collect()
}

/// The most that a message shows of a text, in code points.
const LONGEST: usize = 40;

/// How much it says that a name fits: all of it, or only its beginning.
const FITS: usize = 2;

/// From how many code points on a name is one that was cut short where only its beginning fits.
const CUT: usize = 40;

/// How well `name` fits `found`.
fn fit(name: &str, found: &str) -> usize {
    if name.is_empty() {
        return 0;
    }
    let (found, start) = (squeezed(found), uncut(name));
    let is_cut = start.len() < name.len() || name.chars().count() >= CUT;
    match found.strip_prefix(start) {
        Some("") => FITS,
        Some(_) if is_cut => FITS,
        Some(_) => 1,
        None => 0,
    }
}

/// `name` without the dots that say it was cut short.
fn uncut(name: &str) -> &str {
    let start = name.strip_suffix('…').or_else(|| name.strip_suffix("...")).unwrap_or(name).trim_end();
    if start.is_empty() { name } else { start }
}

/// With single blanks, for programs replace them by one another.
fn squeezed(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn at<'t>(ruler: &Ruler<'_>, text: &'t Text, range: &Range<usize>) -> &'t str {
    let ends = ruler.offset(range.start).zip(ruler.offset(range.end));
    ends.and_then(|(start, end)| text.as_str().get(start.bytes()..end.bytes())).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "За\u{301}мок 😀\r\nправа\u{301} 👍\r\nи труд труд";

    fn found(content: &str, pieces: &[(Range<usize>, &str)]) -> (Unit, &'static str, Vec<Option<String>>) {
        let named: Vec<Named<'_>> = pieces.iter().map(|(range, name)| Named { range: range.clone(), name }).collect();
        let Reading { unit, counted, faults, .. } = reading(content, &named);
        (unit, counted, faults)
    }

    #[test]
    fn the_reading_is_the_one_under_which_most_names_fit() {
        let marked = format!("\u{feff}{TEXT}");
        let lf = ", each line end as one";
        for (content, range, unit, counted) in [
            (TEXT, 10..16, Unit::CodePoints, ""),
            (TEXT, 11..17, Unit::Utf16, ""),
            (TEXT, 19..31, Unit::Bytes, ""),
            (TEXT, 8..13, Unit::Graphemes, ""),
            (TEXT, 9..15, Unit::CodePoints, lf),
            (&marked, 10..16, Unit::CodePoints, ""),
            (&marked, 9..15, Unit::CodePoints, lf),
        ] {
            let pieces = [(range, "права\u{301}"), (0..1, "тема")];
            assert_eq!(found(content, &pieces), (unit, counted, vec![None, None]), "{pieces:?}");
        }
        let all = [(11..17, "права\u{301}"), (5..7, "ок"), (21..25, "и тр…")];
        assert_eq!(found(&marked, &all), (Unit::CodePoints, ", the byte-order mark too", vec![None; 3]));
    }

    #[test]
    fn line_ends_as_one_are_likelier_than_grapheme_clusters() {
        let lf = (Unit::CodePoints, ", each line end as one", vec![None]);
        assert_eq!(found("раз\r\nдва\r\nтри\r\nо\u{301} 👍", &[(8..11, "три")]), lf);
    }

    #[test]
    fn a_name_that_stands_elsewhere_is_a_fault_where_names_are_words() {
        let pieces = [(10..16, "права\u{301}"), (17..18, "👍"), (0..6, "труд"), (0..6, "тема")];
        let (unit, _, faults) = found(TEXT, &pieces);
        assert_eq!(unit, Unit::CodePoints);
        let fault = "at 0 to 6 (code points) there is «За\u{301}мок», not «труд» as it is called";
        assert_eq!(faults, [None, None, Some(fault.to_owned()), None]);
        let labels = [(0..6, "труд"), (10..16, "тема"), (17..18, "право")];
        assert_eq!(found(TEXT, &labels).2, [None, None, None]);
    }
}
