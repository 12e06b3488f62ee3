//! What can be done now: a key and a few words each, the most useful first, how to learn the rest last.

use super::hint_key;
use crate::annotation::Annotation;
use crate::app::{App, Ask, Find, Manner, Mode, Purpose, Sweep};
use crate::command::Command;
use crate::keymap::Action;
use crate::schema::{Attribute, AttributeKind};

/// A key, and what it does.
type Hint = (String, String);

/// What can be done now.
pub(super) fn now(app: &App) -> Vec<Hint> {
    match &app.mode {
        Mode::Find(Find { manner: Some(manner), .. }) => tagging(*manner),
        Mode::Find(_) => fixed(&[("Enter", "go there"), ("Esc", "back"), ("n N", "then next, previous")]),
        Mode::Sweep(sweep) => sweeping(app, sweep),
        Mode::Elsewhere(_) => fixed(&[("Enter", "write snapshot and history there"), ("Esc", "back")]),
        Mode::Picker(picker) => choosing(&picker.purpose),
        Mode::Ask(ask) => asked(app, ask),
        Mode::Form(_) => fixed(&[
            ("Enter", "accept"),
            ("Esc", "leave"),
            ("↑ ↓", "field"),
            ("← →", "choose"),
            ("Alt-Enter", "new line in the note"),
        ]),
        Mode::Normal => reading(app),
    }
}

fn fixed(hints: &[(&str, &str)]) -> Vec<Hint> {
    hints.iter().map(|(key, what)| ((*key).to_owned(), (*what).to_owned())).collect()
}

/// While what is to be tagged is typed.
fn tagging(manner: Manner) -> Vec<Hint> {
    let switch = |on: bool, what: &str| format!("{what}{}", if on { " ✓" } else { "" });
    let switches = [
        ("Ctrl-R", switch(manner.regex, "pattern")),
        ("Ctrl-B", switch(manner.whole_words, "whole words")),
        ("Ctrl-E", switch(manner.exact, "exactly")),
    ];
    let switches = switches.map(|(key, what)| (key.to_owned(), what));
    let mut hints = fixed(&[("Enter", "choose a label")]);
    hints.extend(switches);
    hints.extend(fixed(&[("Ctrl-A", "tag all at once"), ("Esc", "leave")]));
    hints
}

/// While place after place is decided on.
fn sweeping(app: &App, sweep: &Sweep) -> Vec<Hint> {
    let rest = format!("all {} that are left", sweep.places.len() - sweep.decided.len());
    [('y', "tag it"), ('n', "pass on"), ('e', "move its edges"), ('a', &rest), ('q', "end here")]
        .map(|(key, what)| (hint_key(app, key), what.to_owned()))
        .into_iter()
        .chain(fixed(&[("Bksp", "back")]))
        .collect()
}

/// In a list.
fn choosing(purpose: &Purpose) -> Vec<Hint> {
    fixed(match purpose {
        Purpose::Relations(_) => &[
            ("Enter", "go to the other end"),
            ("Ctrl-D", "remove"),
            ("Ctrl-E", "edit"),
            ("type", "to filter"),
            ("Esc", "leave"),
        ],
        Purpose::Document => {
            &[("Enter", "give or take away"), ("Ctrl-E", "values and note"), ("type", "to filter"), ("Esc", "leave")]
        }
        Purpose::Layers => {
            &[("Enter", "hide or show"), ("Ctrl-T", "only this, or all"), ("type", "to filter"), ("Esc", "leave")]
        }
        Purpose::Register => &[
            ("type", "a name, to filter or to add"),
            ("Enter", "rename, role, other names"),
            ("Ctrl-T", "is the same as …"),
            ("Ctrl-D", "delete"),
            ("Esc", "leave"),
        ],
        Purpose::Go => {
            &[("type", "to filter"), ("Enter", "go there"), ("Ctrl-D", "delete"), ("Ctrl-E", "edit"), ("Esc", "leave")]
        }
        Purpose::Check => &[("Enter", "go there"), ("Ctrl-R", "put right"), ("type", "to filter"), ("Esc", "leave")],
        Purpose::Waiting => {
            &[("Enter", "look for its place"), ("Ctrl-D", "delete"), ("type", "to filter"), ("Esc", "leave")]
        }
        _ => &[("type", "to filter"), ("↑ ↓", "choose"), ("Enter", "take it"), ("Esc", "leave")],
    })
}

/// At a question.
fn asked(app: &App, ask: &Ask) -> Vec<Hint> {
    match &ask.series {
        None => {
            let last = app.last_label.filter(|_| ask.has_usual()).and_then(|number| app.label(number));
            let usual = last.map(|(_, label)| label.title.in_language(&app.language).to_owned());
            let usual = usual.map(|title| ("Enter".to_owned(), format!("again: {title}")));
            usual.into_iter().chain(fixed(&[("Esc", "leave")])).collect()
        }
        Some(series) => {
            let before = series.before.as_ref().map(|word| ("Enter".to_owned(), format!("as before: {word}")));
            let others = fixed(&[("Space", "pass on"), ("Bksp", "none"), ("S-Tab", "back"), ("Esc", "done")]);
            before.into_iter().chain(others).collect()
        }
    }
}

/// While reading.
fn reading(app: &App) -> Vec<Hint> {
    let of = |command: Command, what: &str| {
        let keys = app.keymap().keys_for(Action::Run(command)).into_iter().next().unwrap_or_default();
        let letter = keys.chars().next().filter(|_| keys.chars().count() == 1);
        (letter.map_or_else(|| keys.clone(), |letter| hint_key(app, letter)), what.to_owned())
    };
    let prefix = |key: char, what: &str| (hint_key(app, key), what.to_owned());
    if app.extent.is_some() || app.adjusting.is_some() {
        let set = if app.extent.is_some() { "set the extent" } else { "tag what is selected" };
        let moves =
            [("Enter", set), ("w b s p", "move this edge")].map(|(key, what)| (key.to_owned(), what.to_owned()));
        return moves
            .into_iter()
            .chain([of(Command::SwapEnds, "other edge"), of(Command::Cancel, "leave it")])
            .collect();
    }
    if app.review.is_some() {
        return vec![
            ("Enter".to_owned(), "set it here".to_owned()),
            of(Command::NextAnnotation, "next place"),
            of(Command::Cancel, "put off"),
            of(Command::Delete, "delete"),
            prefix('m', "select"),
            of(Command::Undo, "undo"),
        ];
    }
    if app.relating.is_some() {
        return vec![
            of(Command::NextAnnotation, "next that fits"),
            ("Enter".to_owned(), "relate to the one here".to_owned()),
            of(Command::Relate, "list"),
            of(Command::Find, "find"),
            of(Command::Cancel, "leave it"),
        ];
    }
    let mut hints = Vec::new();
    if app.selected().is_some() {
        hints.push(prefix('a', "annotate"));
        let last = app.last_label.and_then(|number| app.label(number));
        hints.extend(
            last.map(|(_, label)| ("Enter".to_owned(), format!("again: {}", label.title.in_language(&app.language)))),
        );
        hints.push(of(Command::Grow, "grow"));
        let focus = app.focus.and_then(|id| app.session.set().get(id));
        hints.extend(focus.map(|own| of(Command::AddFragment, &format!("add to {}", own.name()))));
        hints.push(of(Command::Cancel, "drop"));
    } else {
        hints.extend([prefix('m', "select"), of(Command::Grow, "grow"), of(Command::ToggleExtend, "extend")]);
    }
    if let Some(annotation) = app.annotation_here() {
        hints.extend(has_speaker(app, annotation).then(|| of(Command::Speaker, "speaker")));
        hints.extend(has_values(app, annotation).then(|| of(Command::Values, "values")));
        hints.extend([of(Command::Edit, "edit"), of(Command::EditExtent, "edges"), of(Command::Delete, "delete")]);
        hints.extend(app.may_relate(annotation).then(|| of(Command::Relate, "relate")));
    }
    hints.extend([of(Command::NextAnnotation, "next"), of(Command::Undo, "undo"), of(Command::Find, "find")]);
    hints.extend([("Space".to_owned(), "menu".to_owned()), of(Command::Help, "all keys")]);
    hints
}

fn has_speaker(app: &App, annotation: &Annotation) -> bool {
    attributes(app, annotation).any(|own| own.kind == AttributeKind::Speaker)
}

fn has_values(app: &App, annotation: &Annotation) -> bool {
    attributes(app, annotation).any(|own| matches!(own.kind, AttributeKind::Choice(_) | AttributeKind::Flag))
}

fn attributes<'a>(app: &'a App, annotation: &Annotation) -> impl Iterator<Item = &'a Attribute> {
    app.schema.layer(&annotation.layer).into_iter().flat_map(|layer| &layer.attributes)
}
