//! What can be done while reading, the most useful first, and nothing that would be refused.

use super::Hint;
use crate::annotation::Target;
use crate::app::{Access, App};
use crate::command::Command;
use crate::keymap::Action;

/// What can be done while reading.
pub(super) fn hints(app: &App) -> Vec<Hint> {
    if let Some(hints) = begun(app) {
        return hints;
    }
    let selected = app.selected();
    let last = app.last_label.and_then(|number| app.label(number));
    let again = last.map_or_else(String::new, |(_, own)| format!("again: {}", own.title.in_language(&app.language)));
    let fragment = fragment(app);
    let selecting = [
        (Command::Repeat, again.as_str()),
        (Command::Grow, "grow"),
        (Command::AddFragment, fragment.as_str()),
        (Command::Cancel, "drop"),
    ];
    let moving = [(Command::Grow, "grow"), (Command::ToggleExtend, "extend")];
    let annotation = [
        (Command::Speaker, "speaker"),
        (Command::Values, "values"),
        (Command::Edit, "edit"),
        (Command::Undo, "undo"),
        (Command::Delete, "delete"),
        (Command::EditExtent, "edges"),
        (Command::Relate, "relate"),
    ];
    let going = [(Command::FindNext, "next place"), (Command::NextAnnotation, "next"), (Command::Find, "find")];
    let here = app.annotation_here();
    // So it is after tagging: then one goes on with the annotation.
    let is_tagged = selected.zip(here).is_some_and(|(span, own)| own.target == Target::Text(span.into()));
    let order: [&[(Command, &str)]; 3] = match (selected, here) {
        (Some(_), _) if is_tagged => [&annotation, &selecting, &going],
        (Some(_), _) => [&selecting, &annotation, &going],
        (None, Some(_)) => [&annotation, &moving, &going],
        (None, None) => [&moving, &annotation, &going],
    };
    let first = match selected {
        Some(_) => (app.access == Access::Write).then(|| Hint::letter(app, 'a', "annotate")),
        None => Some(Hint::letter(app, 'm', "select")),
    };
    let offered = order.into_iter().flatten();
    let offered = offered.filter(|(command, what)| !what.is_empty() && app.applies(*command, here));
    // Until something else is done, what was undone may have been so by mistake.
    let redo = app.applies(Command::Redo, here).then(|| of(app, Command::Redo, "redo"));
    let hints = first.into_iter().chain(redo).chain(offered.map(|(command, what)| of(app, *command, what)));
    hints.chain([Hint::new("Space", "menu"), of(app, Command::Help, "all keys")]).collect()
}

/// What can be done with what was begun, if anything was.
fn begun(app: &App) -> Option<Vec<Hint>> {
    if app.extent.is_some() || app.adjusting.is_some() {
        let set = if app.extent.is_some() { "set the extent" } else { "tag what is selected" };
        return Some(vec![
            Hint::new("Enter", set),
            Hint::local(app, "w b s p", "move this edge"),
            of(app, Command::SwapEnds, "other edge"),
            of(app, Command::Cancel, "leave it"),
        ]);
    }
    if app.review.is_some() {
        return Some(vec![
            Hint::new("Enter", "set it here"),
            of(app, Command::NextAnnotation, "next place"),
            of(app, Command::Cancel, "put off"),
            of(app, Command::Delete, "delete"),
            Hint::letter(app, 'm', "select"),
            of(app, Command::Undo, "undo"),
        ]);
    }
    if app.relating.is_some() {
        return Some(vec![
            of(app, Command::NextAnnotation, "next that fits"),
            Hint::new("Enter", "relate to the one here"),
            of(app, Command::Relate, "list"),
            of(app, Command::Find, "find"),
            of(app, Command::Cancel, "leave it"),
        ]);
    }
    None
}

fn of(app: &App, command: Command, what: &str) -> Hint {
    let keys = app.keymap().keys_for(Action::Run(command));
    Hint::local(app, keys.first().map_or("", String::as_str), what)
}

/// What `f` does with the selection, unless that is so far from the focused annotation that hardly anybody means it.
fn fragment(app: &App) -> String {
    /// Lines between: a paragraph and the blank lines around it.
    const NEAR: usize = 3;
    let focused = app.focus.and_then(|id| app.session.set().get(id));
    let Some((focused, own)) = focused.and_then(|own| Some((own, own.fragments()?))) else { return String::new() };
    let line = |offset| app.document.text.line_of(offset);
    let [here, first, last] = [app.selection.head, own.start(), own.hull().end()].map(line);
    if here + NEAR < first || last + NEAR < here {
        return String::new();
    }
    let covers = |span| own.spans().iter().any(|own| own.covers(span));
    let done = if app.selected().is_some_and(covers) { "take out of" } else { "add to" };
    format!("{done} {}", focused.name())
}
