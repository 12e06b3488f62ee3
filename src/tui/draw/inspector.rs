//! Annotations at the cursor, all annotations, labels and their keys.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::cell::{cells, dress, show};
use super::line::{Line, cut, width, wrapped};
use super::{Theme, rect};
use crate::annotation::Annotation;
use crate::app::{App, Area, Fact, NAMING, plural};

/// The annotations at the cursor, each with what it carries.
pub(super) fn here(app: &App, theme: Theme, panel: Area, frame: &mut Frame) {
    let area = rect(panel, frame);
    let beside = area.width < frame.area().width;
    let inspected = app.inspected(panel);
    let heading = match inspected.len() {
        0 => "at the cursor".to_owned(),
        count => format!("at the cursor: {}", plural(count, "annotation")),
    };
    // Who is speaking in the transcript is another matter than who is quoted.
    let turn = app.document.turn_at(app.selection.start()).and_then(|turn| turn.speaker.as_deref());
    let heading = turn.map_or(heading.clone(), |name| format!("{heading} · {name} speaking"));
    let mut lines = vec![heading_line(&heading, theme, area, beside)];
    for (place, (annotation, facts)) in inspected.iter().enumerate() {
        lines.push(summary(app, theme, annotation, place == 0, area.width));
        lines.extend(facts.iter().map(|fact| detail(theme, fact)));
    }
    if app.session.set().is_empty() && inspected.is_empty() {
        let tip = app.keyed(match app.selected() {
            _ if app.document.text.is_empty() => "This document is empty. {documents} lists the others. {help} helps.",
            None => "Nothing tagged: {=m}, {grow} or {extend} selects, {=a} and a label's key tags. {help} helps.",
            Some(_) => "Selected: {=a}, then a label's key, tags it. Esc drops it. {help} helps.",
        });
        for tip in wrapped(&tip, area.width.saturating_sub(2), area.height) {
            lines.push(Line::new().with(format!(" {tip}"), theme.quiet()));
        }
    }
    draw_lines(&lines, theme, area, beside, frame);
}

/// `▶Q2 quote  2044–2265  Серик Беркамалов`; the arrow stands at the one that commands act on.
fn summary<'a>(app: &'a App, theme: Theme, annotation: &'a Annotation, acted_on: bool, width: u16) -> Line<'a> {
    let fragments = annotation.fragments().map_or(&[][..], |fragments| fragments.spans());
    let ranges: Vec<String> = fragments
        .iter()
        .map(|span| app.document.text.code_points(*span))
        .map(|range| format!("{}–{}", range.start, range.end))
        .collect();
    let line = Line::new()
        .with(if acted_on { "▶" } else { " " }, theme.key())
        .with(format!("{} ", annotation.name()), label_style(app, theme, annotation))
        .with(app.label_title(annotation), if acted_on { theme.chosen() } else { theme.heading() })
        .with(format!("  {}", ranges.join(" ┄ ")), theme.quiet());
    match annotation.speaker().and_then(|id| app.session.set().speaker(id)) {
        Some(speaker) if width >= NAMING => line.with(format!("  {}", speaker.name), Style::new()),
        _ => line,
    }
}

fn label_style(app: &App, theme: Theme, annotation: &Annotation) -> Style {
    let label = app.label_number(annotation);
    app.rails.iter().find(|rail| rail.shows(label)).map_or_else(Style::new, |rail| theme.rail(theme.color(rail.color)))
}

fn detail(theme: Theme, fact: &Fact) -> Line<'_> {
    match fact {
        Fact::Speaker(title, name) => Line::new().with(format!("   {title}: "), theme.quiet()).with(name, Style::new()),
        Fact::Relation(words) => Line::new().with(format!("   {words}"), Style::new()),
        Fact::Values(values) => Line::new().with(format!("   {values}"), Style::new()),
        Fact::Fault(fault) => Line::new().with(format!("   {fault}"), theme.fault()),
        Fact::Note(note) => Line::new().with(format!("   “{note}”"), theme.quiet()),
    }
}

/// All annotations in text order, around the one that stands out.
pub(super) fn list(app: &App, theme: Theme, area: Area, frame: &mut Frame) {
    let set = app.session.set();
    let text = &app.document.text;
    let heading = plural(set.len(), "annotation");
    let mut lines = vec![heading_line(&heading, theme, rect(area, frame), true)];
    let rails: Vec<_> = app.rails.iter().map(|rail| (rail, theme.rail(theme.color(rail.color)))).collect();
    let outstanding = app.outstanding();
    for annotation in app.listed(area) {
        let start = annotation.fragments().map(|fragments| text.code_point(fragments.start()).to_string());
        let start = start.unwrap_or_default();
        let focused = outstanding == Some(annotation.id);
        let label = app.label_number(annotation);
        let stranger = if label.is_some() { ' ' } else { '?' };
        let rail = rails.iter().find(|(rail, _)| rail.shows(label));
        let (letter, style) = rail.map_or((stranger, Style::new()), |(rail, style)| (rail.letter, *style));
        lines.push(
            Line::within(area.width)
                .with(if focused { "▶" } else { " " }, theme.key())
                .with(String::from_iter([letter, ' ']), style)
                .with(columns(&annotation.name(), &start), theme.quiet())
                .with(app.words(annotation), if focused { theme.chosen() } else { Style::new() }),
        );
    }
    draw_lines(&lines, theme, rect(area, frame), true, frame);
}

/// Name and start of an annotation, each at the right of its column. A list has many, for which `format!` is slow.
fn columns(name: &str, start: &str) -> String {
    let mut columns = String::with_capacity(24);
    for (text, cells) in [(name, 4), (start, 7)] {
        columns.extend((width(text)..cells).map(|_| ' '));
        columns.push_str(text);
    }
    columns.push(' ');
    columns
}

/// Labels and the keys that give them, two on a line, each with its layer if that is called otherwise and there is room.
pub(super) fn labels(app: &App, theme: Theme, area: Area, frame: &mut Frame) {
    let area = rect(area, frame);
    let heading = format!("labels: {} then …", app.hint_key('a'));
    let mut lines = vec![heading_line(&heading, theme, area, true)];
    let labels: Vec<_> = app.schema.span_labels().collect();
    let column = area.width / 2;
    let seen = 2 * usize::from(area.height.saturating_sub(1));
    for pair in labels.chunks(2) {
        let mut line = Line::new();
        for (place, (number, layer, label)) in pair.iter().enumerate() {
            let rail = app.rails.iter().find(|rail| rail.shows(Some(*number)));
            let key = label.key.map_or_else(|| "·".to_owned(), |key| app.hint_key(key));
            let style = rail.map_or_else(Style::new, |rail| theme.rail(theme.color(rail.color)));
            if place == 1 {
                let gap = column.saturating_sub(line.width());
                line = line.with(" ".repeat(usize::from(gap)), Style::new());
            }
            let key = format!(" {key} ");
            let room = column.saturating_sub(width(&key) + 1);
            let [title, kind] = [&label.title, &layer.title].map(|title| title.in_language(&app.language));
            line = line.with(key, style).with(cut(title, room), Style::new());
            if title != kind && width(title) + 2 + width(kind) <= room {
                line = line.with(format!("  {kind}"), theme.quiet());
            }
        }
        lines.push(line);
    }
    draw_lines(&lines, theme, area, true, frame);
    tell_hidden(labels.len().saturating_sub(seen), theme, area, frame);
}

/// A heading in a rule that fills the width.
fn heading_line(heading: &str, theme: Theme, area: Rect, beside: bool) -> Line<'_> {
    let width = area.width.saturating_sub(u16::from(beside));
    let line = Line::new().with("─ ", theme.quiet()).with(heading, theme.heading()).with(" ", theme.quiet());
    let rest = usize::from(width.saturating_sub(line.width()));
    line.with("─".repeat(rest), theme.quiet())
}

/// Draws lines one below the other, behind a rule when they stand beside the text.
fn draw_lines(lines: &[Line], theme: Theme, area: Rect, beside: bool, frame: &mut Frame) {
    if area.is_empty() {
        return;
    }
    let buffer = frame.buffer_mut();
    let inside = if beside { Rect { x: area.x + 1, width: area.width - 1, ..area } } else { area };
    for (row, y) in (0..area.height).zip(area.y..) {
        if beside {
            let rule = cells((area.x, y), 1, buffer);
            show("│", rule);
            dress(theme.quiet(), rule);
        }
        if let Some(line) = lines.get(usize::from(row)) {
            line.draw(row, inside, buffer);
        }
    }
    tell_hidden(lines.len().saturating_sub(usize::from(area.height)), theme, area, frame);
}

/// Says in the last row how many are not shown.
fn tell_hidden(hidden: usize, theme: Theme, area: Rect, frame: &mut Frame) {
    let buffer = frame.buffer_mut();
    if hidden > 0 && !area.is_empty() {
        let more = format!(" +{hidden} ");
        let x = area.right().saturating_sub(u16::try_from(more.len()).unwrap_or(0));
        buffer.set_stringn(x, area.bottom() - 1, more, usize::from(area.width), theme.quiet());
    }
}
