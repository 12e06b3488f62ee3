//! The documents of a corpus with their progress.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::line::{Line, cut, width};
use super::{Theme, field};
use crate::annotation::Status;
use crate::app::{Chooser, Standing, plural};

/// Draws the list.
pub fn chooser(chooser: &Chooser, theme: Theme, frame: &mut Frame) {
    let area = frame.area();
    if area.is_empty() {
        return;
    }
    let bar = theme.bar();
    frame.buffer_mut().set_style(Rect { height: 1, ..area }, bar);
    Line::new().with(title(chooser), bar.add_modifier(Modifier::BOLD)).draw(0, area, frame.buffer_mut());
    let prompt = Rect { y: 1, height: 1, ..area }.intersection(area);
    let cursor = field::draw(&chooser.filter, " > ", prompt, frame);
    // What was just asked for and cannot be had comes before what is always so.
    let fault = chooser.fault.as_ref().map(|fault| cut(&format!(" {fault}"), area.width));
    if let Some(words) = fault.or_else(|| left_behind(chooser)) {
        Line::new().with(words, theme.fault()).draw(2, area, frame.buffer_mut());
    }
    let matches = chooser.matches();
    let shown = usize::from(area.height.saturating_sub(4));
    let first = (chooser.selected + 1).saturating_sub(shown);
    let name_width = area.width.saturating_sub(34).clamp(10, 70);
    for (row, (place, (id, standing))) in (3..area.height.saturating_sub(1)).zip(matches.iter().enumerate().skip(first))
    {
        let chosen = place == chooser.selected;
        let name = cut(id.as_str(), name_width);
        let gap = usize::from(name_width.saturating_sub(width(&name)));
        Line::new()
            .with(if chosen { " ▶ " } else { "   " }, theme.key())
            .with(name, if chosen { theme.chosen() } else { Style::new() })
            .with(" ".repeat(gap + 2), Style::new())
            .with(standing.map_or_else(|| "…".to_owned(), progress), theme.quiet())
            .draw(row, area, frame.buffer_mut());
    }
    if matches.is_empty() {
        let empty = if chooser.rows.is_empty() {
            " No transcripts here: put .txt files (UTF-8) into this directory, or give one by its path."
        } else {
            " No document's name holds that; Esc clears the filter."
        };
        Line::new().with(empty, theme.quiet()).draw(3, area, frame.buffer_mut());
    }
    let leave = if chooser.current.is_some() { "back" } else { "quit" };
    let mut hints = Line::new();
    for (key, what) in [("Enter", "open"), ("↑ ↓", "choose"), ("type", "to filter"), ("Esc", leave)] {
        hints = hints.with(format!(" {key}"), theme.key()).with(format!(" {what} "), theme.quiet());
    }
    hints.draw(area.height - 1, area, frame.buffer_mut());
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

/// What has annotations and no transcript, the first by its name.
fn left_behind(chooser: &Chooser) -> Option<String> {
    let first = chooser.left_behind.first()?;
    let more = match chooser.left_behind.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!(" annotations without a transcript, gone or renamed: {first}{more}; tribune check tells"))
}

/// `corpus · alpha · 40 documents · 14 begun · 4 done`.
fn title(chooser: &Chooser) -> String {
    let count = |is: fn(&Standing) -> bool| chooser.rows.iter().filter(|(_, own)| own.as_ref().is_some_and(is)).count();
    let (begun, done) = (count(|own| own.begun), count(|own| own.status == Status::Done));
    let documents = plural(chooser.rows.len(), "document");
    format!(" {} · {} · {documents} · {begun} begun · {done} done", chooser.title, chooser.annotator)
}

fn progress(standing: Standing) -> String {
    match (standing.begun, standing.status) {
        (false, _) => "–".to_owned(),
        (true, Status::Open) => format!("open    {:>20}", plural(standing.annotations, "annotation")),
        (true, Status::Done) => format!("done ✓  {:>20}", plural(standing.annotations, "annotation")),
    }
}
