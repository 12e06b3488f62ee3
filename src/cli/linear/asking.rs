//! Lists and questions as lines, and their answers as keys.

use crate::app::{App, Entry, Form, Input, Item, Mode, Picker, Purpose, Sweep};
use crate::keymap::{Key, KeyCode, on_each_layout};
use crate::text::segment;

/// The most items of a list that are told.
const MOST: usize = 30;

/// What is being asked, in lines.
pub(super) fn lines(app: &App) -> Vec<String> {
    match &app.mode {
        Mode::Find(find) if find.manner.is_some() => vec!["which words? find-and-tag WORDS".to_owned()],
        Mode::Normal | Mode::Find(_) => Vec::new(),
        Mode::Goto(_) => vec!["where to? goto PLACE".to_owned()],
        Mode::Sweep(sweep) => place(app, sweep),
        Mode::Elsewhere(_) => vec!["where to? save-elsewhere PLACE".to_owned()],
        Mode::Picker(picker) => list(picker),
        Mode::Ask(ask) => {
            let answers = (1..).zip(&ask.answers).map(|(number, own)| format!("{number} {}", own.text));
            let title = format!("{}? yes takes the first, a number another", ask.title);
            std::iter::once(title).chain(answers).collect()
        }
        Mode::Form(form) => fields(form),
    }
}

/// The keys that decide on a place found, each with what it does; the first word is its name.
const DECISIONS: [(char, &str); 5] =
    [('y', "tag it"), ('n', "pass on"), ('a', "all that are left"), ('q', "end here"), ('u', "back to the one before")];

/// The place to be decided on, in its sentence.
fn place(app: &App, sweep: &Sweep) -> Vec<String> {
    let text = &app.document.text;
    let title = app.label(sweep.label).map_or("", |(_, label)| label.title.in_language(&app.language));
    let words = sweep.place().map_or("", |place| text.slice(place));
    let around = sweep.place().and_then(|place| segment::sentence(text, place.start()));
    let around = around.map_or("", |sentence| text.slice(sentence)).split_whitespace().collect::<Vec<_>>().join(" ");
    let (number, count) = (sweep.decided.len() + 1, sweep.places.len());
    let asked = format!("place {number} of {count}: tag {words} as {title}? in: {around}");
    let answers = (1..).zip(DECISIONS).map(|(number, (_, what))| format!("{number} {what}"));
    std::iter::once(asked).chain(answers).collect()
}

fn list(picker: &Picker) -> Vec<String> {
    let items = picker.matches();
    if matches!(picker.purpose, Purpose::Read) {
        let line = |item: &Item| [item.text.trim_end(), &item.detail].join(" ").trim_end().to_owned();
        return std::iter::once(format!("{}:", picker.title)).chain(items.iter().map(line)).collect();
    }
    let how = match picker.purpose {
        Purpose::Attribute(_) => "? yes takes the first, a number another; or: speaker NAME",
        _ => ": yes takes the first, a number another",
    };
    let title = format!("{}{how}", picker.title);
    let line = |(number, item): (usize, &Item)| {
        let parts = [item.text.as_str(), item.detail.as_str()]
            .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{number} {}{}", parts.join(", "), if item.is_new() { " (new)" } else { "" })
    };
    let more = items.len().saturating_sub(MOST);
    let more = (more > 0).then(|| format!("and {more} more: words after the command narrow the list"));
    std::iter::once(title).chain((1..).zip(&items).take(MOST).map(line)).chain(more).collect()
}

/// The entries of a form, with the commands that fill them in.
fn fields(form: &Form) -> Vec<String> {
    let line = |entry: &Entry| {
        let demanded = if entry.required { ", demanded" } else { "" };
        match &entry.input {
            Input::Choice { words, chosen, .. } => {
                let chosen = chosen.and_then(|place| words.get(place)).map_or("nothing yet", String::as_str);
                format!("{}{demanded}: {chosen}, of {}", entry.title, words.join(", "))
            }
            Input::Speaker { name, .. } => format!("{}{demanded}: {}", entry.title, or_nothing(name)),
            Input::Text(field) => format!("{}{demanded}: {}", entry.title, or_nothing(&field.text())),
        }
    };
    let how = "relabel, attribute, speaker, note and register change it".to_owned();
    std::iter::once(form.title.clone()).chain(form.entries.iter().map(line)).chain([how]).collect()
}

fn or_nothing(text: &str) -> &str {
    if text.is_empty() { "nothing yet" } else { text }
}

/// The number of the answer that is called so: in a question all of what it says, or a word of the first that has it; at a place
/// found its first word.
pub(super) fn number_of(app: &App, called: &str) -> Option<usize> {
    let called = called.to_lowercase();
    let place = match &app.mode {
        Mode::Ask(ask) => {
            let answers: Vec<String> = ask.answers.iter().map(|own| own.text.to_lowercase()).collect();
            let whole = answers.iter().position(|own| *own == called);
            let first = || answers.iter().position(|own| own.split_whitespace().any(|word| word == called));
            whole.or_else(first)
        }
        Mode::Sweep(_) => DECISIONS.iter().position(|(_, what)| what.split(' ').next() == Some(&called)),
        _ => None,
    };
    place.map(|place| place + 1)
}

/// The keys that give answer `number` (from 1) to what is being asked, or why there is none.
pub(super) fn keys(app: &App, number: usize) -> Result<Vec<Key>, String> {
    let missing = |count: usize| format!("there is no answer {number} among {count}");
    let place = number.checked_sub(1).ok_or_else(|| "answers are counted from 1".to_owned())?;
    match &app.mode {
        Mode::Picker(picker) if !matches!(picker.purpose, Purpose::Read) => {
            let count = picker.matches().len();
            if place >= count {
                return Err(missing(count));
            }
            let chosen = picker.selected();
            let step = Key::plain(if place < chosen { KeyCode::Up } else { KeyCode::Down });
            let enter = Key::plain(KeyCode::Enter);
            Ok(std::iter::repeat_n(step, place.abs_diff(chosen)).chain([enter]).collect())
        }
        Mode::Ask(ask) => {
            let answer = ask.answers.get(place).ok_or_else(|| missing(ask.answers.len()))?;
            Ok(vec![Key::char(answer.key)])
        }
        Mode::Sweep(_) => {
            let (key, _) = DECISIONS.get(place).ok_or_else(|| missing(DECISIONS.len()))?;
            Ok(vec![Key::char(*key)])
        }
        Mode::Normal | Mode::Find(_) | Mode::Goto(_) | Mode::Form(_) | Mode::Elsewhere(_) | Mode::Picker(_) => {
            Err("nothing was asked".to_owned())
        }
    }
}

/// The number of the answer that `name` means in a list of speakers: whoever has just this name, or has it among others, or is the only
/// one with that in a name; else the one that enters it as new.
pub(super) fn named(picker: &Picker, name: &str) -> Result<usize, String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let items = picker.matches();
    let is_new = |item: &Item| item.text == name && item.is_new();
    let readings = on_each_layout(&name);
    let known = |fits: &dyn Fn(&Item) -> bool| -> Vec<usize> {
        (1..).zip(&items).filter(|(_, item)| fits(item) && !is_new(item)).map(|(number, _)| number).collect()
    };
    let mut found = known(&|item| item.text == name);
    if found.is_empty() {
        found = known(&|item| readings.iter().any(|name| item.is_called(name)));
    }
    if found.is_empty() {
        found = known(&|item| readings.iter().any(|part| item.has_in_name(part)));
    }
    match found[..] {
        [] => (1..).zip(&items).find(|(_, item)| is_new(item)).map(|(number, _)| number),
        [only] => Some(only),
        _ => None,
    }
    .ok_or_else(|| {
        let names: Vec<&str> = found.iter().map(|number| items[number - 1].text.as_str()).collect();
        format!("{name} could be {}", names.join(", "))
    })
}
