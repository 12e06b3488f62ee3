//! Who speaks where.
//!
//! A turn is marked by the head of a line: `NAME:`, `Name Surname (role):`, `[NAME]:`, `THE SPEAKER:`, `Speaker 1:`, «Голос из зала:», with
//! or without a time stamp or a dash before it. Where no line is marked so, lines of dialogue that a dash opens are turns without a
//! speaker.
//!
//! A missed turn is mended by marking it; a false one puts words into somebody's mouth. So a head has to look like a name, «Фото: …» and
//! its like are known not to be one, and a single word in lower-case letters must come up twice or be a known part («Ведущий»), and so must
//! an office in small letters behind an article («The Speaker»). Only the first 160 bytes of a line are looked at.

mod head;
mod words;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use head::{Certainty, Head, is_dialogue};
use words::Words;

use crate::text::{Offset, Span, Text};

/// How much of a line is read, in bytes: room for a time, a name and a role in Cyrillic.
const HEAD: usize = 160;

/// One speaker's contiguous stretch of a transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The stretch, with the speaker's name in front of it.
    pub span: Span,
    /// Where the speech begins in its first line, behind the speaker's name; the end of that line, if it says nothing else.
    pub speech: Offset,
    /// Who is speaking, as the transcript names them; none for a line of dialogue that only a dash opens.
    pub speaker: Option<String>,
}

/// The turns of `text`, ascending and disjoint, found in one pass over the heads of its lines.
///
/// A turn runs to the start of the next, a line of dialogue to its end.
///
/// ```
/// use tribune::{document::turns, text::Text};
///
/// let text = Text::new("А. Сә\u{301}рсен: Рахмет 👍.\nФото: әкімдік\nЖҮРГІЗУШІ: Сұрақ?\n".to_owned()).unwrap();
/// let speakers: Vec<_> = turns(&text).into_iter().filter_map(|turn| turn.speaker).collect();
/// assert_eq!(speakers, ["А. Сә\u{301}рсен", "ЖҮРГІЗУШІ"]);
/// ```
pub fn turns(text: &Text) -> Vec<Turn> {
    let named = named_turns(text);
    if named.is_empty() { dialogue(text) } else { named }
}

fn named_turns(text: &Text) -> Vec<Turn> {
    let words = Words::builtin();
    let mut heads: Vec<(Offset, Head<'_>)> = (0..text.line_count())
        .filter_map(|number| {
            let line = text.line(number);
            Head::parse(head_of(text, line.start, line.end), &words).map(|head| (line.start, head))
        })
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (_, head) in &heads {
        *counts.entry(head.speaker).or_default() += 1;
    }
    heads.retain(|(_, head)| head.certainty == Certainty::Sure || counts[head.speaker] > 1);
    let ends = heads.iter().skip(1).map(|(start, _)| *start).chain([text.end()]);
    heads
        .iter()
        .zip(ends)
        .filter_map(|((start, head), end)| {
            let span = text.span(*start, end).ok()?;
            let speech = Offset::new(start.bytes() + head.speech);
            Some(Turn { span, speech, speaker: Some(head.speaker.to_owned()) })
        })
        .collect()
}

fn dialogue(text: &Text) -> Vec<Turn> {
    (0..text.line_count())
        .map(|number| text.line(number))
        .filter(|line| is_dialogue(head_of(text, line.start, line.end)))
        .filter(|line| !text.between(line.start, line.end).trim_end().ends_with([';', ',']))
        .filter_map(|line| {
            Some(Turn { span: text.span(line.start, line.end).ok()?, speech: line.start, speaker: None })
        })
        .collect()
}

/// The first bytes of a line.
fn head_of(text: &Text, start: Offset, end: Offset) -> &str {
    let line = text.between(start, end);
    (0..4).find_map(|less| line.get(..HEAD - less)).unwrap_or(line)
}
