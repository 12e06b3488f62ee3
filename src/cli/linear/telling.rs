//! Where the cursor is and what stands there, in words.

use crate::annotation::{Annotation, Target};
use crate::app::{App, Fact, plural};
use crate::command::Command;
use crate::keymap::Action;
use crate::motion::{self, Unit};
use crate::show::visible;
use crate::text::{Offset, Span};

/// A longer text is told by its beginning and its end.
const MOST: usize = 300;

/// In a line longer than this sentences are not counted.
const LONG_LINE: usize = 1 << 16;

/// What document is open, and how much there is.
pub(super) fn heading(app: &App) -> String {
    let text = &app.document.text;
    let (points, paragraphs, turns) = (text.code_point_count(), text.paragraph_count(), app.document.turns.len());
    let counts = [plural(points, "code point"), plural(paragraphs, "paragraph"), plural(turns, "turn"), count(app)];
    format!(
        "{} as {}, {}: {}",
        visible::line(app.document.id.as_str()),
        app.annotator,
        app.session.set().status(),
        counts.join(", ")
    )
}

/// How many annotations there are.
pub(super) fn count(app: &App) -> String {
    let count = plural(app.session.set().len(), "annotation");
    match app.count_waiting() {
        0 => count,
        waiting => format!("{count}, {waiting} waiting for a place"),
    }
}

/// Where the cursor is with what is to be read there, or what is selected.
pub(super) fn cursor(app: &App, after: Option<Action>) -> String {
    let text = &app.document.text;
    if let Some(span) = app.selected() {
        let range = text.code_points(span);
        let extending = if app.extending { "extending" } else { "selected" };
        let length = plural(range.end - range.start, "code point");
        let at = place(app, span.start());
        return format!("{extending} {at} {}–{}, {length}: {}", range.start, range.end, short(text.slice(span)));
    }
    let head = app.selection.head;
    let read = text.between(head, read_to(app, head, after).max(head)).trim_end();
    let extending = if app.extending { "extending from " } else { "" };
    let place = format!("{extending}{} {}", place(app, head), text.code_point(head));
    if read.is_empty() { place } else { format!("{place}: {}", short(read)) }
}

/// How far to read from `head` after something was done: a word after moving by words, a row after moving by rows.
fn read_to(app: &App, head: Offset, after: Option<Action>) -> Offset {
    let text = &app.document.text;
    let line = || text.line(text.line_of(head)).end;
    match after {
        Some(Action::Run(Command::Left | Command::Right)) => text.next_boundary(head).unwrap_or(head),
        Some(Action::Run(Command::NextWord | Command::PreviousWord)) => {
            motion::end_of(&app.document, Unit::Word, head).min(line())
        }
        Some(Action::Run(
            Command::Up | Command::Down | Command::PageUp | Command::PageDown | Command::RowStart | Command::RowEnd,
        )) => app.layout().row_at(head).end,
        _ => motion::end_of(&app.document, Unit::Sentence, head).min(line()),
    }
}

/// `¶9 s2`: the paragraph, and the sentence of it.
pub(super) fn place(app: &App, offset: Offset) -> String {
    let text = &app.document.text;
    let number = text.line_of(offset);
    let Some(paragraph) = text.paragraph_number(number) else {
        return format!("blank line after ¶{}", text.paragraphs_before(number));
    };
    let line = text.line(number);
    if line.end.bytes() - line.start.bytes() > LONG_LINE {
        return format!("¶{}", paragraph + 1);
    }
    let starts = std::iter::successors(Some(line.start), |at| {
        Some(motion::next(&app.document, Unit::Sentence, *at)).filter(|next| next > at)
    });
    let sentence = starts.take_while(|start| *start <= offset && *start < line.end).count();
    format!("¶{} s{}", paragraph + 1, sentence.max(1))
}

/// The annotations at the cursor in a line, shortly; none where there are none.
pub(super) fn here(app: &App) -> Option<String> {
    let here = app.annotations_here();
    let brief = |own: &&Annotation| {
        let speaker = own.speaker().and_then(|id| app.session.set().speaker(id));
        let speaker = speaker.map_or_else(String::new, |own| format!(" {}", own.name));
        format!("{} {}{speaker}", own.name(), app.label_title(own))
    };
    let brief: Vec<String> = here.iter().map(brief).collect();
    (!here.is_empty()).then(|| format!("here {}: {}", plural(here.len(), "annotation"), brief.join(", ")))
}

/// What is known of the focused annotation, but for its words.
pub(super) fn focus(app: &App) -> Option<String> {
    app.focus.and_then(|id| app.session.set().get(id)).map(|own| parts(app, own).0)
}

/// All that is known of an annotation, in a line.
pub(super) fn annotation(app: &App, own: &Annotation) -> String {
    let (known, quote) = parts(app, own);
    match quote {
        Some(quote) => format!("{known}: {}", short(&quote)),
        None => known,
    }
}

/// What is known of an annotation, and its words.
fn parts(app: &App, own: &Annotation) -> (String, Option<String>) {
    let text = &app.document.text;
    let ranges = |span: &Span| {
        let range = text.code_points(*span);
        format!("{}–{}", range.start, range.end)
    };
    let (what, quote) = match &own.target {
        Target::Text(fragments) => {
            let ranges: Vec<String> = fragments.spans().iter().map(ranges).collect();
            let quotes: Vec<&str> = fragments.spans().iter().map(|span| text.slice(*span)).collect();
            (format!("{} {}", app.label_title(own), ranges.join(" and ")), Some(quotes.join(" … ")))
        }
        Target::Relation { .. } | Target::Document => (app.gist(own).into_owned(), None),
    };
    let facts = app.facts(own).into_iter().map(|fact| match fact {
        Fact::Speaker(title, name) => format!("{title}: {name}"),
        Fact::Values(words) | Fact::Fault(words) => words,
        // `→ C4 supports C7: its first words`: which way it goes is said by the names.
        Fact::Relation(words) => {
            words.split(": ").next().unwrap_or_default().trim_start_matches(['→', '←', ' ']).to_owned()
        }
        Fact::Note(note) => format!("note: {note}"),
    });
    let parts: Vec<String> = std::iter::once(format!("{} {what}", own.name())).chain(facts).collect();
    (parts.join("; "), quote)
}

/// `text` on one line, its middle left out where it is long.
fn short(text: &str) -> String {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().nth(MOST).is_none() {
        return line(text);
    }
    let start: String = text.chars().take(MOST * 2 / 3).collect();
    let mut end: Vec<char> = text.chars().rev().take(MOST / 6).collect();
    end.reverse();
    format!("{} … {}", line(&start), line(&end.into_iter().collect::<String>()))
}
