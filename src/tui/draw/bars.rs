//! The title above, the hints and the status below.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::line::{Line, cut, width, wrapped};
use super::{Cell, Theme, rect};
use crate::annotation::{Annotation, Status};
use crate::app::{Access, App, Area, Edges, Hint, Lanes, Mode, Query, Reviewed, Sweep, plural};
use crate::keymap::Keyboard;

/// Document and annotator, and how far the disk is.
pub(super) fn title(app: &App, theme: Theme, area: Area, frame: &mut Frame) {
    let bar = theme.bar();
    let area = rect(area, frame);
    if area.is_empty() {
        return;
    }
    frame.buffer_mut().set_style(area, bar);
    let right = format!(" {} ", durability(app));
    let status = match app.session.set().status() {
        Status::Open => "open",
        Status::Done => "done ✓",
    };
    let set = app.session.set();
    let relations = set.spanless().filter(|own| Annotation::is_relation(own)).count();
    let count = set.len() - relations;
    let related = if relations == 0 { String::new() } else { format!(" + {}", plural(relations, "relation")) };
    let waiting = match app.count_waiting() {
        0 => String::new(),
        waiting => format!(" + {waiting} waiting"),
    };
    let room = area.width.saturating_sub(width(&right));
    let labels = app.document_labels().map(|own| format!("{} · ", app.label_title(own)));
    let (id, annotator, labels) = (&app.document.id, &app.annotator, labels.collect::<String>());
    let said = format!("{}{related}", plural(count, "annotation"));
    let ways = [
        format!(" {id} · {annotator} · {said}{waiting} · {labels}{status}"),
        format!(" {id} · {annotator} · {said}{waiting} · {status}"),
        format!(" {id} · {annotator} · {count} tagged{related}{waiting} · {status}"),
        format!(" {id} · {annotator} · {count} tagged{waiting}"),
        format!(" {id} · {annotator} · {count}{waiting}"),
    ];
    let left = ways.iter().find(|way| width(way) < room).unwrap_or(&ways[ways.len() - 1]);
    Line::new().with(cut(left, room), bar.add_modifier(Modifier::BOLD)).draw(0, area, frame.buffer_mut());
    let x = area.right().saturating_sub(width(&right)).max(area.x);
    frame.buffer_mut().set_stringn(x, area.y, &right, usize::from(area.width), bar);
}

/// What is known of the last transaction's way to the disk.
fn durability(app: &App) -> &'static str {
    let revision = app.session.revision();
    match &app.access {
        Access::Opening => "opening …",
        Access::Changed => "TEXT CHANGED",
        Access::ReadOnly(_) | Access::Taken(_) => "READ ONLY",
        Access::Failed(_) => "NOT RECORDED",
        Access::Write if app.kept.saved >= revision => "● saved",
        Access::Write if app.kept.synced >= revision => "● on disk",
        Access::Write if app.kept.recorded >= revision => "○ recorded",
        Access::Write => "…",
    }
}

/// What can be done: the most useful first, as many as there is room for, and always the last: how to learn the rest.
pub(super) fn hints(app: &App, theme: Theme, area: Area, frame: &mut Frame) {
    let area = rect(area, frame);
    if let Some(banner) = app.banner().filter(|_| matches!(app.mode, Mode::Normal)) {
        Line::new().with(format!(" {banner}"), theme.fault().add_modifier(Modifier::REVERSED)).draw(
            0,
            area,
            frame.buffer_mut(),
        );
        return;
    }
    if let [first, _] = &told(app, area.width)[..] {
        Line::new().with(first, notice_style(app, theme)).draw(0, area, frame.buffer_mut());
        return;
    }
    // While something is typed, the line below is taken; what is wrong with it is told here.
    if let (Mode::Find(_) | Mode::Goto(_), Some(notice)) = (&app.mode, &app.notice) {
        let style = if notice.fault { theme.fault() } else { Style::new() };
        Line::new().with(format!(" {}", notice.text), style).draw(0, area, frame.buffer_mut());
        return;
    }
    let mut hints = app.hints();
    let Some(last) = hints.pop() else { return };
    let needs = |hint: &Hint| 3 + width(&hint.keys) + width(&hint.what);
    let mut room = area.width.saturating_sub(needs(&last));
    let fitting = hints.into_iter().take_while(|hint| {
        let rest = room.checked_sub(needs(hint));
        room = rest.unwrap_or(0);
        rest.is_some()
    });
    let line = fitting.chain([last]).fold(Line::new(), |line, hint| {
        line.with(" ", Style::new()).with(hint.keys, theme.key()).with(format!(" {} ", hint.what), theme.quiet())
    });
    line.draw(0, area, frame.buffer_mut());
}

/// Where the cursor is, or what there is to tell, or the prompt; returns the cell of the prompt's cursor.
pub(super) fn status(app: &App, theme: Theme, area: Area, frame: &mut Frame) -> Option<Cell> {
    let area = rect(area, frame);
    if area.is_empty() {
        return None;
    }
    let right = flags(app);
    let room = area.width.saturating_sub(width(&right));
    let mut cursor = None;
    let prompt = match &app.mode {
        Mode::Find(find) if find.manner.is_some() => Some(("tag: ", &find.field)),
        Mode::Find(find) => Some(("/", &find.field)),
        Mode::Goto(field) => Some(("go to: ", field)),
        Mode::Elsewhere(prompt) => Some(("save in (a directory, or NAME.ron): ", &prompt.field)),
        _ => None,
    };
    let line = if let Some((title, field)) = prompt {
        let before = format!("{title}{}", field.before());
        cursor = Some((area.x + width(&before), area.y));
        Line::new().with(before, Style::new()).with(field.after(), Style::new())
    } else if let Some(words) = told(app, area.width).pop() {
        Line::new().with(words, notice_style(app, theme))
    } else if let Mode::Sweep(sweep) = &app.mode {
        Line::new().with(format!(" {}", standing(app, sweep)), Style::new())
    } else if let Some(reviewed) = app.reviewed() {
        Line::new().with(format!(" {}", waiting(&reviewed)), theme.heading())
    } else {
        Line::new().with(format!(" {}", place(app)), Style::new())
    };
    line.draw(0, Rect { width: room, ..area }, frame.buffer_mut());
    let x = area.right().saturating_sub(width(&right)).max(area.x);
    frame.buffer_mut().set_stringn(x, area.y, &right, usize::from(area.width), theme.key());
    cursor
}

/// What is on or off, and what was begun, at the right of the status.
fn flags(app: &App) -> String {
    let pending: Vec<String> = app.pending.iter().map(ToString::to_string).collect();
    let pending = pending.join(" ");
    let found = found(app);
    let hidden = match app.shown.hidden.len() {
        0 => String::new(),
        count => format!("{} HIDDEN", plural(count, "label")),
    };
    let flags = [
        if app.extending { "EXTEND" } else { "" },
        if app.relating.is_some() { "RELATE" } else { "" },
        match app.lanes {
            Lanes::Off => "",
            Lanes::Paragraph => "LENS",
            Lanes::All => "LANES",
        },
        if app.edges == Edges::Words { "" } else { "SNAP OFF" },
        if app.mouse { "" } else { "MOUSE OFF" },
        match (app.cyrillic, &app.config.keyboard) {
            (false, _) => "",
            (true, Keyboard::Kazakh | Keyboard::Kazrus) => "kk→us",
            (true, _) => "ru→us",
        },
        &hidden,
        &found,
        &pending,
    ];
    let flags: Vec<&str> = flags.into_iter().filter(|flag| !flag.is_empty()).collect();
    if flags.is_empty() { String::new() } else { format!(" {} ", flags.join(" · ")) }
}

/// What there is to tell, in a row or in two: what does not fit beside the flags takes the row of the hints too.
fn told(app: &App, cells: u16) -> Vec<String> {
    let Some(notice) = &app.notice else { return Vec::new() };
    let room = cells.saturating_sub(width(&flags(app)) + 1);
    let may_wrap = matches!(app.mode, Mode::Normal) && app.banner().is_none();
    let rows =
        if may_wrap && width(&notice.text) > room { wrapped(&notice.text, room, 2) } else { vec![notice.text.clone()] };
    rows.into_iter().map(|row| format!(" {row}")).collect()
}

fn notice_style(app: &App, theme: Theme) -> Style {
    if app.notice.as_ref().is_some_and(|notice| notice.fault) { theme.fault() } else { Style::new() }
}

/// How many places were found: `17 places` of what is to be tagged, else `3 of 17`, as long as one is selected.
fn found(app: &App) -> String {
    if let Some(sweep) = &app.adjusting {
        return format!("{} of {}", sweep.decided.len() + 1, sweep.places.len());
    }
    let places = app.query.as_ref().and_then(Query::places);
    match (&app.mode, places, app.place_found()) {
        (Mode::Find(find), Some(places), _) if find.manner.is_some() || places.is_empty() => {
            plural(places.len(), "place")
        }
        (Mode::Normal | Mode::Find(_), _, Some((number, count))) => format!("{number} of {count}"),
        _ => String::new(),
    }
}

/// How far a sweep is: `12 of 40 → rights · 9 tagged · 3 so already  “право человека”`.
fn standing(app: &App, sweep: &Sweep) -> String {
    let title = app.label(sweep.label).map_or("", |(_, label)| label.title.in_language(&app.language));
    let (number, count) = (sweep.decided.len() + 1, sweep.places.len());
    let counted = |count: usize, what: &str| if count > 0 { format!(" · {count} {what}") } else { String::new() };
    let (made, tagged) = (counted(sweep.made(), "tagged"), counted(sweep.tagged, "so already"));
    let words = sweep.place().map_or("", |place| app.document.text.slice(place));
    format!("{number} of {count} → {title}{made}{tagged}  “{words}”")
}

/// The annotation that is being given a place, how many are left, and what speaks for the place that is shown.
fn waiting(reviewed: &Reviewed) -> String {
    let Reviewed { name, left, place, quote } = reviewed;
    let place = match place {
        Some((number, count, why)) => format!("place {number} of {count}: {why}"),
        None => "no place was found".to_owned(),
    };
    let quote: String = quote.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect();
    format!("{name} ({left} left) {place} · “{quote}”")
}

/// The selection with its length and first words, or the place of the cursor.
fn place(app: &App) -> String {
    const MOST: usize = 80;
    let text = &app.document.text;
    if let Some(span) = app.selected() {
        let range = text.code_points(span);
        let quote: String = text.slice(span).chars().take(MOST).collect();
        return format!("{}–{} · {}  “{quote}”", range.start, range.end, plural(range.len(), "character"));
    }
    let head = app.selection.head;
    let number = text.paragraph_number(text.line_of(head));
    let paragraph = number.map_or_else(String::new, |number| format!("¶{} · ", number + 1));
    let speaker = app.document.turn_at(head).and_then(|turn| turn.speaker.as_deref());
    let speaker = speaker.map_or_else(String::new, |name| format!(" · {name} speaking"));
    format!("{paragraph}{} of {}{speaker}", text.code_point(head), text.code_point_count())
}
