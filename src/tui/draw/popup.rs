//! Boxes over the text: the keys that go on a sequence, and lists to choose from.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use super::line::{Line, cut, shown, width, wrapped};
use super::{Cell, Theme, field, place, rect};
use crate::app::{Answer, App, Ask, Choice, Item, Picker, Purpose, Screen};
use crate::command::{Command, entry_of};
use crate::keymap::{Action, Continuation, KeyCode};

/// The most lines that a guideline of the schema takes.
pub(super) const GUIDELINE: u16 = 2;

/// The widest that a box gets.
const WIDEST: u16 = 84;

/// Clears a box for `rows` lines in the middle, away from the rows that it is about, and draws its border; returns the inside.
pub(super) fn open(
    title: &str,
    theme: Theme,
    rows: u16,
    (about, screen): (&[Range<u16>], &Screen),
    frame: &mut Frame,
) -> Rect {
    /// Border, filter and a few lines.
    const LEAST: u16 = 6;
    let full = frame.area();
    let width = full.width.saturating_sub(4).clamp(full.width.min(20), WIDEST);
    let height = rows.saturating_add(2).min(full.height);
    let middle = |height: u16| (full.height - height) / 3;
    // Title, hints and status stay to be seen, and what the tutor says.
    let lesson = rect(screen.lesson, frame);
    let within = 1..full.height.saturating_sub(2).min(if lesson.is_empty() { full.height } else { lesson.y });
    let clear = place::clear_of(about, &within, (height, LEAST), |height| vec![middle(height)]);
    let (y, height) = clear.unwrap_or((middle(height), height));
    let outer = Rect { x: (full.width - width.min(full.width)) / 2, y, width, height };
    bordered(title, theme, outer, frame)
}

fn bordered(title: &str, theme: Theme, outer: Rect, frame: &mut Frame) -> Rect {
    let outer = outer.intersection(frame.area());
    Clear.render(outer, frame.buffer_mut());
    let title = format!(" {} ", shown(&cut(title, outer.width.saturating_sub(4))).0);
    let block = Block::bordered().border_type(BorderType::Rounded).border_style(theme.quiet());
    let block = block.title(title).title_style(theme.heading());
    let inside = block.inner(outer);
    block.render(outer, frame.buffer_mut());
    Rect { x: inside.x + inside.width.min(1), width: inside.width.saturating_sub(2), ..inside }
}

/// The keys that go on what was begun, at the foot of the text.
pub(super) fn continuations(app: &App, theme: Theme, screen: &Screen, frame: &mut Frame) {
    if !app.shows_continuations() {
        return;
    }
    let line = |next: Continuation| {
        let key = match next.key.code {
            KeyCode::Char(c) if !next.key.ctrl && !next.key.alt && c != ' ' => app.hint_key(c),
            _ => next.key.to_string(),
        };
        let guideline = next.action.and_then(|action| app.guideline(&Choice::Action(action)));
        Entry { key, what: explanation(app, next.action), guideline }
    };
    let has_keys = app.schema.span_labels().all(|(_, _, label)| label.key.is_some());
    let lists_labels =
        |next: &Continuation| matches!(next.action, Some(Action::Run(Command::AnnotateAs | Command::RelabelAs)));
    // Where each label has a key, the list of them is for those who look for it; else it is the first thing to see.
    let mut found: Vec<Continuation> =
        app.keymap().continuations(&app.pending).filter(|next| !(has_keys && lists_labels(next))).collect();
    found.sort_by_key(|next| !lists_labels(next));
    let entries: Vec<Entry> = found.into_iter().map(line).collect();
    let begun: Vec<String> = app.pending.iter().map(ToString::to_string).collect();
    at_foot(&format!("{} then …", app.hint_keys(&begun.join(" "))), &entries, app, theme, screen, frame);
}

/// A question and the keys that answer it, at the foot of the text.
pub(super) fn ask(ask: &Ask, app: &App, theme: Theme, screen: &Screen, frame: &mut Frame) {
    let entry = |own: &Answer| Entry { key: app.hint_key(own.key), what: own.text.clone(), guideline: None };
    let entries: Vec<Entry> = ask.answers.iter().map(entry).collect();
    at_foot(&ask.title, &entries, app, theme, screen, frame);
}

/// A key in a box, with what it does and when to use that.
struct Entry<'a> {
    key: String,
    what: String,
    guideline: Option<&'a str>,
}

/// `entries` in lines of `cells` cells: what they do in short where it does not fit, guidelines in up to `rows` rows.
fn laid_out<'a>(entries: &'a [Entry], cells: u16, rows: u16, theme: Theme) -> Vec<Line<'a>> {
    let keys = entries.iter().map(|own| width(&own.key)).max().unwrap_or(0).max(1) + 2;
    let what = entries.iter().map(|own| width(&own.what)).max().unwrap_or(0);
    let room = cells.saturating_sub(keys);
    // What says the same in short is cut with an ellipsis instead.
    let is_alike = |what: &str| entries.iter().filter(|own| brief(&own.what) == brief(what)).count() > 1;
    let line = |own: &'a Entry| {
        let is_brief = width(&own.what) > room && !is_alike(&own.what);
        let what = if is_brief { brief(&own.what) } else { own.what.as_str() };
        let gap = usize::from(keys - width(&own.key));
        Line::new().with(format!("{}{:gap$}", own.key, ""), theme.key()).with(what, Style::new())
    };
    let explained = |own: &'a Entry| {
        let indent = usize::from(keys + what + 2);
        let words = own.guideline.map(|words| wrapped(words, room.saturating_sub(what + 2), rows)).unwrap_or_default();
        let mut lines = vec![line(own)];
        for (place, words) in words.into_iter().enumerate() {
            let begun = if place == 0 { lines.pop().unwrap_or_default() } else { Line::new() };
            let gap = " ".repeat(indent.saturating_sub(usize::from(begun.width())));
            lines.push(begun.with(gap, Style::new()).with(words, theme.quiet()));
        }
        lines
    };
    entries.iter().flat_map(explained).collect()
}

/// The first part of `words`: what stands before a colon, a semicolon or a comma.
fn brief(words: &str) -> &str {
    words.split([':', ';', ',']).next().unwrap_or(words)
}

/// A box with these entries at the foot of the text, to the right, or where it does not cover the selection; in columns where there
/// are more than rows. Guidelines take a second row where there is room for it.
fn at_foot(title: &str, entries: &[Entry], app: &App, theme: Theme, screen: &Screen, frame: &mut Frame) {
    const GAP: u16 = 2;
    let (text, full) = (rect(screen.text, frame), frame.area());
    let count = u16::try_from(entries.len()).unwrap_or(u16::MAX).max(1);
    let columns = count.div_ceil(text.height.saturating_sub(2).max(1));
    let room = full.width.saturating_sub(4).saturating_sub(GAP * (columns - 1)) / columns;
    // The inspector below the text is covered rather than the selection.
    let body = rect(screen.hints, frame).y.max(text.bottom());
    let feet = |height: u16| vec![text.bottom().saturating_sub(height), body.saturating_sub(height)];
    let subjects = place::subjects(app, screen);
    let clear = |height: u16| place::clear_of(&subjects, &(text.y..body), (height, height), feet);
    let height_of = |lines: &[Line]| {
        let count = u16::try_from(lines.len()).unwrap_or(u16::MAX).max(1);
        count.div_ceil(columns).saturating_add(2).min(text.height)
    };
    let mut lines = laid_out(entries, room, GUIDELINE, theme);
    if lines.len() > entries.len()
        && (columns > 1 || lines.len() + 2 > usize::from(text.height) || clear(height_of(&lines)).is_none())
    {
        lines = laid_out(entries, room, 1, theme);
    }
    let height = height_of(&lines);
    let widest = lines.iter().map(Line::width).max().unwrap_or(0);
    let column = widest.min(room.max(1));
    let width = (column.saturating_mul(columns) + GAP * (columns - 1)).max(width(title)).max(12);
    let width = width.saturating_add(4).min(full.width);
    // Columns may need more than the text is wide.
    let right = text.right().max(width).min(full.right());
    let y = clear(height).map_or(text.bottom().saturating_sub(height), |(y, _)| y);
    let outer = Rect { x: right.saturating_sub(width), y, width, height };
    let inside = bordered(title, theme, outer, frame);
    let rows = inside.height.max(1);
    for (place, line) in (0..).zip(&lines) {
        let x = (place / rows) * (column + GAP);
        let area = Rect { x: inside.x + x, width: column.min(inside.width.saturating_sub(x)), ..inside };
        line.draw(place % rows, area, frame.buffer_mut());
    }
}

fn explanation(app: &App, action: Option<Action>) -> String {
    match action {
        Some(Action::Run(Command::AnnotateAs | Command::RelabelAs)) => "all labels".to_owned(),
        Some(Action::Run(command)) => entry_of(command).title(&app.language).to_owned(),
        Some(Action::Annotate(number) | Action::Relabel(number)) => {
            let label = app.label(number).map(|(_, label)| label.title.in_language(&app.language));
            label.unwrap_or_default().to_owned()
        }
        None => "…".to_owned(),
    }
}

/// A list to choose from, with what the schema says of the chosen label, or why the chosen command does nothing now; returns the cell of
/// the filter's cursor.
pub(super) fn picker(picker: &Picker, app: &App, theme: Theme, screen: &Screen, frame: &mut Frame) -> Option<Cell> {
    let matches = picker.matches();
    let items = u16::try_from(matches.len()).unwrap_or(u16::MAX).max(1);
    // In a list of labels there is always room for it, so that the box stands still.
    let is_explained = !matches.is_empty() && matches.iter().all(|item| told_of(item, app).is_some());
    let foot = if is_explained { GUIDELINE } else { 0 };
    let about = match picker.purpose {
        Purpose::Attribute(_) | Purpose::Field(..) | Purpose::Relate(_) | Purpose::Relations(_) => {
            place::subjects(app, screen)
        }
        _ => Vec::new(),
    };
    let rows = (items + foot).min(frame.area().height.saturating_sub(6)) + 1;
    let inside = open(&picker.title, theme, rows, (&about, screen), frame);
    let words = matches.get(picker.selected()).and_then(|item| told_of(item, app));
    let words = words.map_or_else(Vec::new, |words| wrapped(&words, inside.width, GUIDELINE));
    let foot = foot.max(u16::try_from(words.len()).unwrap_or(0)).min(inside.height.saturating_sub(2));
    let list = Rect { height: inside.height - foot, ..inside };
    below(&words, theme, Rect { y: list.bottom(), height: foot, ..inside }, frame);
    let inside = list;
    let shown = usize::from(inside.height.saturating_sub(1));
    let first = (picker.selected() + 1).saturating_sub(shown);
    // That the list goes on is to be seen.
    let standing = format!(" {} of {}", picker.selected() + 1, matches.len());
    let taken = if matches.len() > shown { width(&standing) } else { 0 };
    let field = Rect { height: inside.height.min(1), width: inside.width.saturating_sub(taken), ..inside };
    let cursor = field::draw(&picker.filter, "> ", field, frame);
    let rest = Rect { x: field.right(), width: inside.width - field.width, ..field };
    Line::new().with(standing, theme.quiet()).draw(0, rest, frame.buffer_mut());
    let buffer = frame.buffer_mut();
    for (row, (place, item)) in (1..inside.height).zip(matches.iter().enumerate().skip(first)) {
        let chosen = place == picker.selected();
        let style = match item.obstacle {
            _ if chosen => theme.chosen(),
            Some(_) => theme.quiet(),
            None => Style::new(),
        };
        Line::new()
            .with(if chosen { "▶ " } else { "  " }, theme.key())
            .with(&item.text, style)
            .with(if item.is_new() { " (new)" } else { "" }, theme.quiet())
            .with(format!("  {}", item.obstacle.as_ref().unwrap_or(&item.detail)), theme.quiet())
            .draw(row, inside, buffer);
    }
    if matches.is_empty() {
        let words = match picker.purpose {
            Purpose::Register => "nobody is registered yet: type a name to add it",
            Purpose::Go if picker.filter.is_empty() => "nothing is tagged yet; Esc leaves",
            Purpose::Relate(_) if picker.filter.is_empty() => {
                "nothing is there that the schema lets it be related to; Esc leaves"
            }
            _ => "nothing matches; Esc leaves",
        };
        Line::new().with(words, theme.quiet()).draw(1, inside, buffer);
    }
    cursor
}

/// What is told of the chosen item below the list: why it would do nothing now, or what the schema says of it.
fn told_of(item: &Item, app: &App) -> Option<String> {
    let obstacle = item.obstacle.as_ref().map(|own| format!("not now: {own}"));
    obstacle.or_else(|| app.guideline(&item.choice).map(str::to_owned))
}

/// Lines that explain what stands above them.
pub(super) fn below(lines: &[String], theme: Theme, area: Rect, frame: &mut Frame) {
    for (row, words) in (0..area.height).zip(lines) {
        Line::new().with(words, theme.quiet()).draw(row, area, frame.buffer_mut());
    }
}
